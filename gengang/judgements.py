"""Judged rows: who gave an item of the rubric how many points and when, and which of several words counts.

A judgement comes from the 考核登记表, from a 评分表 or from the desk. Words have days, not an order of arrival: the
last day of each assessor stands; 教师进修学校 confirms and stands above, else the item's own assessor; anybody else's
word is a proposal and counts for nothing. Two different words of one assessor and day are asked about.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from gengang.calendar_days import written
from gengang.findings import Finding
from gengang.halfdays import day_of_value
from gengang.scheme import Item, Scheme
from gengang.submission import Paper

RoleName = Literal["mentor", "base_school", "college"]
# As the scheme names who judges an item.
ASSESSORS: Mapping[RoleName, str] = {"mentor": "指导教师", "base_school": "基地校", "college": "教师进修学校"}
COLLEGE = ASSESSORS["college"]
MediumName = Literal["register", "sheet", "desk"]
_WHERE: Mapping[MediumName, str] = {"register": "在考核登记表", "sheet": "在评分表", "desk": ""}
SIGNED = {"指导教师": "mentor_signed_on", "基地校": "base_signed_on", "教师进修学校": "college_signed_on"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """An assessor's word on one item of one person.

    item: id of the item, or its column in the 评分表 (`Item.register`); points: of the whole item, as in the register.
    assessor: 指导教师, 基地校, 教师进修学校, or another as the scheme names one; name: who that was, empty while nobody
    said; on: None where no day stands beside it. source: key of its paper, empty for one typed; file: its path.
    """

    item: str
    points: Decimal
    assessor: str
    name: str = ""
    on: date | None = None
    medium: MediumName = "desk"
    source: str = ""
    file: str = ""

    def is_of(self, item: Item) -> bool:
        """Whether it is about an item."""
        return self.item in (item.id, item.register)


@dataclass(frozen=True, slots=True)
class Settled:
    """What all the words on one item come to.

    counts: the one that counts, None while nobody said or while it is asked about; asked: the different words of one
    assessor and day that would count. said: the standing word of each assessor, and what stands otherwise in a register
    that its assessor has not signed.
    """

    counts: Judgement | None = None
    asked: tuple[Judgement, ...] = ()
    said: tuple[Judgement, ...] = ()


NOT_JUDGED = Settled()


def is_judged(item: Item) -> bool:
    """Whether a person gives points of an item."""
    return item.judged_max > 0 and bool(item.assessor)


def items_of_assessor(scheme: Scheme, assessor: str) -> tuple[Item, ...]:
    """What an assessor judges: the items of their own; 教师进修学校, which confirms, all."""
    return tuple(item for item in scheme.items if is_judged(item) and assessor in (item.assessor, COLLEGE))


# --- from the register -------------------------------------------------------------------------------------------


def given_score(register: Paper | None, item: Item) -> Decimal | None:
    """What the register gives an item, None while blank or open."""
    text = register.submission.text(item.register) if register else ""
    return Decimal(text) if text else None


def register_judgements(scheme: Scheme, register: Paper | None) -> tuple[Judgement, ...]:
    """The scores of the register, each as the word of its item's assessor on the day that one signed."""
    return tuple(
        Judgement(item.id, given, item.assessor, "", _signed_on(register, item), "register", register.key,
                  register.file)
        for item in scheme.items
        if register is not None and item.assessor and (given := given_score(register, item)) is not None
    )  # fmt: skip


def _signed_on(register: Paper, item: Item) -> date | None:
    return day_of_value(register.submission.values.get(SIGNED.get(item.assessor, "")))


# --- which counts ------------------------------------------------------------------------------------------------


def settled_by_item(scheme: Scheme, judgements: Sequence[Judgement]) -> dict[str, Settled]:
    """Item id -> what the words on it come to; every order of them gives the same."""
    return {item.id: settled(item, [one for one in judgements if one.is_of(item)]) for item in scheme.items}


def settled(item: Item, judgements: Iterable[Judgement]) -> Settled:
    """Which word on an item counts."""
    every = tuple(sorted(dict.fromkeys(judgements), key=_order))
    standing = {role: _standing([one for one in every if one.assessor == role])
                for role in dict.fromkeys(one.assessor for one in every)}  # fmt: skip
    deciding = next((standing[role] for role in (COLLEGE, item.assessor) if role in standing), ())
    said = [words[0] for words in standing.values() if len(words) == 1]
    said += [one for one in every if _is_unsigned(one) and one not in said]
    return Settled(
        deciding[0] if len(deciding) == 1 else None, deciding if len(deciding) > 1 else (), tuple(dict.fromkeys(said))
    )


def _standing(words: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """The words of one assessor that no later day replaces, each number of points once: one when all is well.

    A word without a day may be the last one, so it is held against the last day's; but for a row of the register that
    its assessor has not signed, which is a proposal beside a word with a day.
    """
    last = max((one.on for one in words if one.on is not None), default=None)
    open_ones = [one for one in words if one.on == last or (one.on is None and not _is_unsigned(one))]
    # The dated word before an equal one without a day, the paper before what was typed from it.
    return tuple({one.points: one for one in reversed(open_ones)}.values())[::-1]


def _is_unsigned(one: Judgement) -> bool:
    return one.medium == "register" and one.on is None


def _order(one: Judgement) -> tuple[str, bool, str, int, str, str, str, Decimal]:
    """An order that no arrival changes."""
    day = one.on.isoformat() if one.on else ""
    return one.assessor, one.on is None, day, list(_WHERE).index(one.medium), one.source, one.item, one.name, one.points


# --- in words ----------------------------------------------------------------------------------------------------


def judged_by(one: Judgement) -> str:
    """`教师进修学校在评分表评5分（王老师，12月5日）`."""
    day = written(one.on) if one.on and one.medium != "register" else ""
    who = "，".join(filter(None, (one.name, day)))
    return f"{one.assessor}{_WHERE[one.medium]}评{plain_points(one.points)}分{f'（{who}）' if who else ''}"


def waiting_words(item: Item, judged: Settled) -> str:
    """Why an item without a word that counts is open although somebody gave points; empty while nobody did."""
    if judged.asked:
        numbers = "、".join(f"{plain_points(one.points)}分" for one in judged.asked)
        return f"同一评分方同一天评了{numbers}，核定前不计"
    proposed = "、".join(f"{one.assessor}拟评{plain_points(one.points)}分" for one in judged.said)
    return f"{proposed}，待{item.assessor}评定或{COLLEGE}认定" if proposed else ""


def plain_points(points: Decimal) -> str:
    """Without needless noughts: 9.5, 10."""
    return f"{points.normalize():f}"


def judgement_findings(scheme: Scheme, judged: Mapping[str, Settled]) -> tuple[Finding, ...]:
    """What of the judged rows somebody has to look at; nothing about registers that agree with themselves."""
    pairs = [(item, judged.get(item.id, NOT_JUDGED)) for item in scheme.items if item.assessor]
    return (*_asked(pairs), *_over_max(pairs), *_different(pairs))


def _asked(pairs: Sequence[tuple[Item, Settled]]) -> Iterator[Finding]:
    """One line for all items, since one cause usually spoils several."""
    told = [
        f"{item.name}{one.asked[0].assessor}{_day(one.asked)}{'、'.join(map(_points_at, one.asked))}"
        for item, one in pairs if one.asked
    ]  # fmt: skip
    if told:
        message = f"同一评分方同一天（或没有写日期）评了不同的分，请核对以哪个为准，核定前不计：{'；'.join(told)}。"
        yield Finding("judgements_contradict", message, "", "manual", "G-04")


def _day(asked: Sequence[Judgement]) -> str:
    last = max((one.on for one in asked if one.on), default=None)
    return written(last) if last else ""


def _points_at(one: Judgement) -> str:
    return f"{_WHERE[one.medium] or '登记'}评{plain_points(one.points)}分"


def _over_max(pairs: Sequence[tuple[Item, Settled]]) -> Iterator[Finding]:
    """B17 of sheets and typed scores; the register's own are told with its sums."""
    for item, judged in pairs:
        for one in dict.fromkeys((*judged.said, *judged.asked)):
            if one.points > item.max and one.medium != "register":
                message = (
                    f"{item.name}{one.assessor}评{plain_points(one.points)}分，超过分值，"
                    f"按{plain_points(item.max)}分封顶，请核对。"
                )
                yield Finding("score_over_max", message, "", "manual", item.clause, one.file)


def _different(pairs: Sequence[tuple[Item, Settled]]) -> Iterator[Finding]:
    """G-04: where assessors differ, one line for the person."""
    told = []
    for item, judged in pairs:
        if len({one.points for one in judged.said}) > 1:
            words = "、".join(map(_said_words, judged.said))
            held = f"，按{judged.counts.assessor}的计" if judged.counts else ""
            told.append(f"{item.name}{words}{held}")
    if told:
        yield Finding("judgements_differ", f"各方评分不同：{'；'.join(told)}。", "", "warn", "G-04")


def _said_words(one: Judgement) -> str:
    who = "考核登记表（未签名）" if _is_unsigned(one) else f"{one.assessor}评"
    return f"{who}{plain_points(one.points)}分"
