"""The register of certificates (登记册): every number, whose it is, whether it counts, and what became of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gengang.certificate_numbers import NumberLine
from gengang.desk.standing import Standing
from gengang.desk.views.certificates import TITLES, number_facts
from gengang.desk.views.leaves import Leaf, leaf_of
from gengang.facts import Fact
from gengang.mailed import minute_in_china
from gengang.numbering import words_of_number

IN_FORCE, VOID, REPLACED, UNPRINTED = "有效", "作废", "换发", "未印好"
STATES: Mapping[str, str] = {IN_FORCE: "good", VOID: "poor", REPLACED: "wait", UNPRINTED: "open"}
GONE = "（已删除）"


@dataclass(frozen=True, slots=True)
class Entry:
    """A number. subject: the register's name of it; instead: subject and words of the one in its place.

    docx, pdf: SHA-256 of the files as they were last printed; '' where it does not count any more.
    """

    subject: str
    number: str
    title: str
    key: str
    name: str
    school: str
    issued_on: str
    state: str
    approved: bool
    why: str = ""
    void_on: str = ""
    instead: tuple[str, str] = ("", "")
    docx: str = ""
    pdf: str = ""

    @property
    def tone(self) -> str:
        """Of its state."""
        return STATES[self.state]

    @property
    def in_force(self) -> bool:
        """Whether the certificate counts."""
        return self.state == IN_FORCE


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done with a number. seen: number of its line."""

    when: str
    who: str
    words: str
    seen: int


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """The page."""

    leaf: Leaf[Entry]
    counts: tuple[tuple[str, int], ...]
    every: int


def entries(standing: Standing) -> tuple[Entry, ...]:
    """Every number there ever was."""
    return entries_of(standing, standing.judged.season.numbers)


def entries_of(standing: Standing, lines: Sequence[NumberLine]) -> tuple[Entry, ...]:
    """These numbers. lines: of the season, or as the register stands since it was folded."""
    scheme = standing.judged.scheme
    words = {line.subject: words_of_number(scheme, line.series, line.number) for line in lines}
    files = standing.of(files_of_numbers)
    return tuple(_entry(standing, line, words, files.get(line.subject, ("", ""))) for line in lines)


def files_of_numbers(standing: Standing) -> Mapping[str, tuple[str, str]]:
    """Subject of a number -> hashes of its Word file and of its PDF, as they were last printed."""
    return {
        str(fact.data["number"]): (str(fact.data["sha256"]), str(fact.data.get("pdf", "")))
        for fact in standing.of(number_facts) if fact.kind == "paper" and fact.data.get("number")
    }  # fmt: skip


def _entry(standing: Standing, line: NumberLine, words: Mapping[str, str], files: tuple[str, str]) -> Entry:
    person = standing.judged.season.roster.person(line.person)
    state = (REPLACED if line.replaced_by else VOID) if line.void_on else IN_FORCE if line.issued_on else UNPRINTED
    docx, pdf = ("", "") if line.void_on else files
    trainee = standing.judged.scheme.certificate("trainee")
    kind = "certificate" if trainee and trainee.series == line.series else "hours_certificate"
    return Entry(
        line.subject, words[line.subject], TITLES[kind], line.person if person else "",
        person.name if person else GONE, person.school if person else "",
        line.issued_on.isoformat() if line.issued_on else "", state, line.approved, line.why, line.void_on,
        (line.replaced_by, words.get(line.replaced_by, "")), docx, pdf,
    )  # fmt: skip


def register_page(standing: Standing, state: str, wanted: str, page: int) -> RegisterPage:
    """The register, the last number first. wanted: a part of a name or of a number."""
    every = standing.of(entries)
    found = [
        one
        for one in reversed(every)
        if state in ("", one.state) and (wanted in one.name or wanted in one.number or wanted in one.subject)
    ]
    counts = tuple((name, sum(one.state == name for one in every)) for name in STATES)  # fmt: skip
    return RegisterPage(leaf_of(found, page), counts, len(every))


def entry_of(standing: Standing, subject: str) -> Entry | None:
    """The number of this name."""
    return next((one for one in standing.of(entries) if one.subject == subject), None)


def said_of(entry: Entry) -> tuple[str, ...]:
    """What the register says of a number that somebody asks after."""
    whose = f"{entry.title}　{entry.number}　{entry.school} {entry.name}"
    if entry.in_force:
        return whose, f"{entry.issued_on}发，有效。只凭编号看不出是不是同一份，请再拍左下角的方块码核对。"
    if entry.state == UNPRINTED:
        return whose, "编号已经发出，证书还没有印好。"
    instead = f"，由{entry.instead[1]}代替" if entry.instead[1] else ""
    return whose, f"{entry.void_on}作废（{entry.why}{instead}），不再有效。"


def events_of(standing: Standing, subject: str) -> tuple[Event, ...]:
    """What was done with a number, in order."""
    return tuple(_events(standing, subject))


def _events(standing: Standing, subject: str) -> Iterator[Event]:
    for fact in standing.of(number_facts):
        if fact.kind == "number_spent" and fact.subject == subject:
            yield _event(fact, "发出编号")
        elif fact.kind == "paper" and fact.data.get("number") == subject:
            yield _event(fact, "印好证书，读回核对一致")
        elif fact.kind == "number_void" and fact.subject == subject:
            entry = entry_of(standing, str(fact.data.get("replaced_by", "")))
            yield _event(fact, f"作废：{fact.data['why']}{f'；由{entry.number}代替' if entry else ''}")
        elif fact.kind == "number_void" and fact.data.get("replaced_by") == subject:
            entry = entry_of(standing, fact.subject)
            yield _event(fact, f"代替{entry.number if entry else fact.subject}")


def _event(fact: Fact, words: str) -> Event:
    return Event(minute_in_china(fact.at), fact.actor.user, words, fact.sequence)
