"""评分: one item of everybody on one page, what each assessor said side by side, and which word counts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gengang.assess import judged_words
from gengang.desk.standing import Standing
from gengang.desk.views.leaves import Leaf, leaf_of
from gengang.desk.views.people import Wanted, trainees
from gengang.judgements import (
    ASSESSORS,
    COLLEGE,
    NOT_JUDGED,
    Judgement,
    RoleName,
    Settled,
    is_judged,
    plain_points,
    waiting_words,
)
from gengang.judging import beside_of, papers_judged
from gengang.points import shown
from gengang.roster import Person
from gengang.scheme import Item

ROLES: tuple[RoleName, ...] = ("mentor", "base_school", "college")


@dataclass(frozen=True, slots=True)
class Word:
    """What an assessor said of an item. points: as typed, empty for nothing; about: who, when, where."""

    points: str
    about: str
    counts: bool


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A person and an item. differs: the assessors do not agree; waits: why nothing counts although somebody spoke."""

    key: str
    name: str
    school: str
    stage: str
    subject: str
    mentors: str
    words: Mapping[RoleName, Word]
    counted: str
    line: str
    differs: bool
    waits: str

    @property
    def state(self) -> str:
        """未评, 有分歧, 待认定 or 已定."""
        if self.waits:
            return "待认定"
        if not any(one.points for one in self.words.values()):
            return "未评"
        return "有分歧" if self.differs else "已定"


STATES = ("未评", "待认定", "有分歧", "已定")


@dataclass(frozen=True, slots=True)
class ItemTab:
    """An item that somebody judges. open: how many people nobody gave points that count."""

    id: str
    name: str
    max: str
    assessor: str
    open: int


@dataclass(frozen=True, slots=True)
class ScorePage:
    """One item of everybody who is wanted."""

    tabs: tuple[ItemTab, ...]
    item: ItemTab
    clause: str
    leaf: Leaf[ScoreRow]
    roles: tuple[tuple[RoleName, str], ...]
    schools: tuple[str, ...]
    counts: Mapping[str, int]


def judged_items(standing: Standing) -> tuple[Item, ...]:
    """The items of which a person gives points."""
    return tuple(one for one in standing.judged.scheme.items if is_judged(one))


def words_by_person(standing: Standing) -> dict[str, Mapping[str, Settled]]:
    """Person's key -> item id -> what all that was said of it comes to; the same as in the verdict."""
    judged = standing.judged
    return {
        one.key: judged_words(judged.scheme, one, papers_judged(judged.scheme, judged.season, one),
                              beside_of(judged.season, one))
        for one in standing.of(trainees)
    }  # fmt: skip


def score_page(standing: Standing, wanted: Wanted, item: str, page: int = 1) -> ScorePage | None:
    """The page of an item, the first where it names none; None where nobody judges anything."""
    items = judged_items(standing)
    if not items:
        return None
    chosen = next((one for one in items if one.id == item), items[0])
    words = standing.of(words_by_person)
    rows = tuple(_row(standing, one, chosen, words[one.key].get(chosen.id, NOT_JUDGED))
                 for one in standing.of(trainees))  # fmt: skip
    counts = {state: sum(row.state == state for row in rows) for state in STATES}
    tabs = tuple(_tab(one, words) for one in items)
    return ScorePage(
        tabs, next(one for one in tabs if one.id == chosen.id), chosen.clause,
        leaf_of([row for row in rows if _holds(wanted, row)], page), tuple((role, ASSESSORS[role]) for role in ROLES),
        tuple(sorted({row.school for row in rows})), counts,
    )  # fmt: skip


def _holds(wanted: Wanted, row: ScoreRow) -> bool:
    return (
        (not wanted.school or wanted.school == row.school)
        and (not wanted.state or wanted.state == row.state)
        and wanted.name in row.name
    )


def _tab(item: Item, words: Mapping[str, Mapping[str, Settled]]) -> ItemTab:
    waiting = sum(own.get(item.id, NOT_JUDGED).counts is None for own in words.values())
    return ItemTab(item.id, item.name, plain_points(item.max), item.assessor, waiting)


def _row(standing: Standing, one: Person, item: Item, settled: Settled) -> ScoreRow:
    judged = standing.judged
    line = next(line for line in judged.verdicts[one.key].points if line.item == item.id)
    said = {role: next((word for word in settled.said if word.assessor == ASSESSORS[role]), None) for role in ROLES}
    others = settled.asked
    return ScoreRow(
        one.key, one.name, one.school, one.stage, one.subject,
        "、".join(mentor.name for mentor in judged.season.roster.mentors_of(one.key)),
        {role: _word(word, settled.counts) for role, word in said.items()}, shown(line.points), line.how,
        len({word.points for word in (*settled.said, *others)}) > 1,
        waiting_words(item, settled) if settled.counts is None else "",
    )  # fmt: skip


def _word(word: Judgement | None, counts: Judgement | None) -> Word:
    return Word("", "", False) if word is None else Word(plain_points(word.points), _about(word), word == counts)


def _about(word: Judgement) -> str:
    day = f"{word.on.month}月{word.on.day}日" if word.on else ""
    where = {"register": "考核登记表", "sheet": "评分表", "desk": "登记"}[word.medium]
    return "　".join(filter(None, (word.name, day, where)))


# --- what was typed ----------------------------------------------------------------------------------------------

TYPED, SEEN = "p:", "was:"  # before a person's key: the names of the points typed and of those that were shown


def typed_points(typed: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Key, points as typed, and those that were shown, where something else was typed than stood there."""
    for name, points in typed.items():
        if name.startswith(TYPED):
            key = name.removeprefix(TYPED)
            was = typed.get(SEEN + key, "")
            if points.strip() and not _equal(points.strip(), was):
                yield key, points.strip(), was


def _equal(one: str, other: str) -> bool:
    try:
        return Decimal(one) == Decimal(other)
    except ArithmeticError:
        return one == other


def proposals_to_take(rows: Iterable[ScoreRow]) -> Iterator[tuple[str, str, str]]:
    """Where the college said nothing, and mentor and base school say one thing: key, those points, nothing shown."""
    for row in rows:
        said = {row.words[role].points for role in ("mentor", "base_school") if row.words[role].points}
        if not row.words["college"].points and len(said) == 1:
            yield row.key, said.pop(), ""


def college(standing: Standing) -> str:
    """The office's own name as an assessor."""
    return standing.judged.scheme.organisation.college or COLLEGE
