"""A field as a card of the page shows it: what the machine proposes, what was said, what speaks against it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from gengang.codecs import CODECS, Period, Value
from gengang.desk.standing import Now, Standing
from gengang.facts import Fact
from gengang.form import FieldType, Form
from gengang.labels import label_of
from gengang.mailed import minute_in_china
from gengang.papers.words import masked
from gengang.reading import FieldReading, ListReading, Reading
from gengang.season import HeldPaper
from gengang.settled import SAID_WORDS, FieldWord, Said, field_at, word_of, words_by_path
from gengang.settling import seal_of, waiting_paths
from gengang.sheet import Place

SECRET = ("id_number", "phone")  # codecs whose values are shown masked
TEXT = FieldType("text")
CODEC_WORDS: Mapping[str, str] = {
    "id_number": "身份证号", "phone": "电话", "date": "日期", "month": "年月", "period": "起止日期", "count": "数量",
    "days": "天数", "score": "分数", "money": "金额", "choice": "选项", "tick": "勾选", "text": "文字",
    "prose": "长段文字", "picture": "照片",
}  # fmt: skip
STATUS_WORDS = {
    "accepted": "已认可",
    "review": "待核对",
    "blank": "空白",
    "missing": "没有找到这一栏",
    "unread": "有字，没有读出",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A line of a field's history. before, after: in words."""

    who: str
    when: str
    said: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class FieldCard:
    """One field. state: open, settled (a person's word stands) or read (the machine's).

    text: what its input shows; shown: the value in words, masked; offered: what the roster has in its place;
    messages: what a rule says of it. seal: of what is shown; anchor: its name inside a page.
    awaits: somebody settled it, and somebody else has to come to the same.
    """

    paper: str
    path: str
    anchor: str
    label: str
    kind: FieldType
    state: str
    status: str
    text: str
    shown: str
    raw: str
    confidence: float | None
    said: Said | None
    by: str
    when: str
    why: str
    messages: tuple[str, ...]
    offered: tuple[str, ...]
    seal: str
    secret: bool
    is_list: bool
    place: Place | None
    history: tuple[Told, ...]
    awaits: bool = False

    @property
    def sureness(self) -> str:
        """How sure the machine is."""
        return "" if self.confidence is None else f"{self.confidence:.0%}"


def lines_by_paper(standing: Standing) -> dict[str, tuple[Fact, ...]]:
    """Paper key -> the lines that speak of its fields, in order."""
    found: dict[str, list[Fact]] = {}
    for fact in standing.facts:
        if fact.kind in ("settled", "decision") and fact.subject in standing.papers:
            found.setdefault(fact.subject, []).append(fact)
    return {key: tuple(lines) for key, lines in found.items()}


def lines_of(now: Now, paper: str) -> tuple[Fact, ...]:
    """The lines about a paper's fields, with those that came since the season was folded."""
    known = now.standing.of(lines_by_paper).get(paper, ())
    return (*known, *(fact for fact in now.since if fact.subject == paper)) if paper in now.touched else known


def machine_of(held: HeldPaper) -> Reading:
    """The paper as it was read, without anybody's word."""
    return held.machine or held.reading


def kind_at(form: Form | None, path: str) -> FieldType:
    """What sort of value stands at a path."""
    name, _, rest = path.partition("[")
    if form is None:
        return TEXT
    if rest:
        return form.lists().get(name, {}).get(rest.partition("].")[2], TEXT)
    return form.fields().get(name, TEXT)


def cards_of(
    now: Now, held: HeldPaper, settled_elsewhere: Collection[str] = (), opened: Collection[str] = ()
) -> tuple[FieldCard, ...]:
    """Every field of a paper, in the order of its form. settled_elsewhere: open fields that another copy says.

    opened: secret fields that are to be shown whole.
    """
    words = words_by_path(lines_of(now, held.paper.key))
    waiting = frozenset(waiting_paths(machine_of(held), words)).difference(settled_elsewhere)
    return tuple(
        card_of(now, held, path, words.get(path), path in waiting, path in opened)
        for path in paths_of(machine_of(held), now.standing.forms.get(held.reading.form))
    )


def card_at(now: Now, held: HeldPaper, path: str, opened: bool = False) -> FieldCard:
    """One field, as it stands at this moment."""
    words = words_by_path(lines_of(now, held.paper.key))
    return card_of(now, held, path, words.get(path), path in waiting_paths(machine_of(held), words), opened)


def paths_of(reading: Reading, form: Form | None = None) -> Iterator[str]:
    """`name`, then for a list itself and `list[1].column` for its cells; in the order of the form where it is given."""
    for name in _in_order(reading.fields, [*form.fields(), *form.lists()] if form else ()):
        found = reading.fields[name]
        yield name
        if isinstance(found, ListReading):
            columns = tuple(form.lists().get(name, ())) if form else ()
            for number, row in enumerate(found.rows, 1):
                yield from (f"{name}[{number}].{column}" for column in _in_order(row, columns))


def _in_order(names: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """The ledger keeps names sorted; a person reads them as the form has them."""
    place = {name: number for number, name in enumerate(wanted)}
    return sorted(names, key=lambda name: place.get(name, len(place)))


def card_of(
    now: Now, held: HeldPaper, path: str, word: FieldWord | None, waits: bool, opened: bool = False
) -> FieldCard:
    """One field of a paper. word: the last said of it; waits: somebody has to look at it; opened: shown whole."""
    machine = field_at(machine_of(held), path)
    form = now.standing.forms.get(held.reading.form)
    kind = kind_at(form, path)
    spoken = word if word is not None and word.said != "back" else None
    status = machine.status if machine else "missing"
    value = _value(machine, spoken)
    secret = kind.codec in SECRET and not opened
    text = words_of_value(value, kind)
    raw = machine.raw if isinstance(machine, FieldReading) else ""
    return FieldCard(
        held.paper.key, path, anchor_of(path), label_of(form, path) if form else path, kind,
        "open" if waits else "settled" if spoken else "read", status,
        "" if secret else text, masked(text), masked(raw), machine.confidence if isinstance(machine, FieldReading)
        else None, spoken.said if spoken else None, spoken.by if spoken else "",
        minute_in_china(spoken.at) if spoken else "", spoken.why if spoken else "",
        tuple(dict.fromkeys(one.message for one in held.reading.findings if one.field == path)),
        offers(now, held, path) if kind.codec == "text" else (), seal_of(machine, word), secret,
        isinstance(machine, ListReading), machine.place if isinstance(machine, FieldReading) else None,
        history_of(lines_of(now, held.paper.key), path, kind), bool(spoken and spoken.awaits),
    )  # fmt: skip


def _value(machine: FieldReading | ListReading | None, spoken: FieldWord | None) -> Value | None:
    if spoken is not None and spoken.said in ("accepted", "corrected"):
        return spoken.value
    if spoken is not None and spoken.said == "blank":
        return None
    return machine.value if isinstance(machine, FieldReading) else None


def words_of_value(value: Value | None, kind: FieldType) -> str:
    """As somebody would type it."""
    if value is None:
        return ""
    if isinstance(value, Period):
        return CODECS["period"].show(value, ())
    if kind.codec == "tick":  # the option alone, not every box
        return str(value)
    return str(value)


def anchor_of(path: str) -> str:
    """The path as a name inside a page: letters, digits and dashes."""
    return "f-" + path.replace("[", "-").replace("].", "-")


def history_of(lines: Iterable[Fact], path: str, kind: FieldType) -> tuple[Told, ...]:
    """What was said of a field, the last first, each with what stood there before."""
    told = []
    for fact in lines:
        word = word_of(fact)
        if word is not None and word.path == path:
            after = masked(words_of_value(word.value, kind)) if word.value is not None else SAID_WORDS[word.said]
            told.append(Told(word.by, minute_in_china(word.at), SAID_WORDS[word.said], _before(word), after, word.why))
    return tuple(reversed(told))


def _before(word: FieldWord) -> str:
    before = word.before
    value = before.get("value")
    said = SAID_WORDS.get(before.get("said", ""), "") or STATUS_WORDS.get(str(before.get("status", "")), "")
    text = f"{value['from']}至{value['to']}" if isinstance(value, dict) else "" if value is None else str(value)
    return masked("　".join(filter(None, (text or str(before.get("raw", "")), said)))) or "—"


def offers(now: Now, held: HeldPaper, path: str) -> tuple[str, ...]:
    """What the roster has for a name or a school: of the paper's person, or of those it may be of."""
    roster = now.judged.season.roster
    keys = (held.paper.person,) if held.paper.person else held.match.candidates
    people = [person for key in keys if (person := roster.person(key)) is not None]
    mentors = [one for person in people if person.role == "trainee" for one in roster.mentors_of(person.key)]
    said: Iterable[str] = {
        "name": (one.name for one in people),
        "school": (one.school for one in people),
        "subject": (one.subject for one in people),
        "mentor": (one.name for one in mentors),
        "base_school": (one.name for one in roster.base_schools),
    }.get(path, ())
    return tuple(dict.fromkeys(one for one in said if one))
