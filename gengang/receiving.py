"""What came in, from whom, and what became of it: every arrival as a parcel, and the sender of each paper in it.

A function of the season and its judgement alone; it reads no clock and no file.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from gengang.arrived import Arrived
from gengang.assess import Verdict
from gengang.debts import Debt
from gengang.evidence import Evidence
from gengang.facts import file_of
from gengang.mailed import sender_name
from gengang.papers.form_words import form_words
from gengang.papers.receipts import Several
from gengang.roster import Person, Roster, School, is_called
from gengang.scheme import Scheme
from gengang.season import HeldPaper, Refusal, Season

NOBODY = "送件人不明"
_DAY_BEFORE = re.compile(r"^20\d\d[-.年_]?\d{1,2}[-.月_]?\d{1,2}日?\s*")
REASONS: Mapping[str, str] = {
    "bag_empty": "封面后面没有材料，请连同材料重扫",
    "blank_form": "表没有填写，请填好再交",
    "empty_file": "是空文件，请重新发送",
    "encrypted": "设有密码，请取消后再交",
    "linked_attachment": "邮件里只有链接，请直接发附件",
    "low_resolution": "照片不清，请重拍",
    "no_attachment": "邮件没有附件，请补发",
    "photograph_again": "没有读出表格，请平放拍全四角后重拍",
    "too_costly": "文件太大或读得太久，请拆分后再交",
    "too_large": "文件太大或太多，请拆分后再交",
    "unknown_form": "不是本项目的表格，请核对后重交",
    "unreadable_file": "文件打不开，请另存为Word或PDF再交",
    "unreadable_page": "有的页读不出，请重新扫描",
}
OTHER_REASON = "读不出来，请核对后重交"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who handed something in. key: of the roster's school or person, empty for others."""

    kind: Literal["school", "person", "mail", "unknown"]
    name: str
    key: str = ""


UNKNOWN = Sender("unknown", NOBODY)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One arrival with what it gave; nothing where the same bytes had come before."""

    arrived: Arrived
    papers: tuple[HeldPaper, ...] = ()
    refusal: Refusal | None = None
    evidence: tuple[Evidence, ...] = ()


Share = tuple[Sender, HeldPaper | Evidence | None, list[str]]  # from whom, what, and why something goes back


def parcels_of(season: Season) -> tuple[Parcel, ...]:
    """Every arrival in order of its number."""
    papers: dict[str, list[HeldPaper]] = defaultdict(list)
    for held in season.papers:
        papers[file_of(held.paper.key)].append(held)
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    for piece in season.evidence:
        evidence[file_of(piece.key)].append(piece)
    refusals = {one.source.sha256: one for one in season.refusals}
    return tuple(
        Parcel(one) if one.again or one.back
        else Parcel(one, tuple(papers[one.sha256]), refusals.get(one.sha256), tuple(evidence[one.sha256]))
        for one in season.door.arrived
    )  # fmt: skip


# --- from whom ---


@dataclass(frozen=True, slots=True)
class Names:
    """The roster made ready for many questions. known: what was asked before, and the answer."""

    roster: Roster
    people: Mapping[str, Person]
    schools: Mapping[str, School]
    known: dict[str, Sender | None]

    def named(self, words: str) -> Sender | None:
        """The one school or person that some words name; a school's name may stand among others."""
        if words not in self.known:
            self.known[words] = _named(self.roster, words)
        return self.known[words]


def names_of(roster: Roster) -> Names:
    """Made once for many parcels."""
    people = {one.key: one for one in (*roster.trainees, *roster.mentors)}
    return Names(roster, people, {one.key: one for one in roster.schools}, {})


@dataclass(frozen=True, slots=True)
class Books:
    """What is told is made from this, as of a day. titles: form stem -> title, for forms that the office added."""

    season: Season
    verdicts: Mapping[str, Verdict]
    debts: Sequence[Debt]
    scheme: Scheme
    as_of: date
    titles: Mapping[str, str]
    names: Names


def sender_of(names: Names, arrived: Arrived, mail: str = "", held: HeldPaper | Evidence | None = None) -> Sender:
    """Who handed a paper in: the school whose folder it lay in, or the person, the nearest first; else who sent the
    mail, else whose it is.
    """
    parts = (_DAY_BEFORE.sub("", part.strip()) for part in reversed(arrived.where_from.split("/")))
    named = [found for part in parts if (found := names.named(part)) is not None]
    if named:
        return next((one for one in named if one.kind == "school"), named[0])
    if mail:
        return names.named(mail) or Sender("mail", mail)
    person = names.people.get(_person(held)) if held else None
    if person is not None:
        return Sender("person", person.name, person.key)
    school = names.schools.get(held.match.school) if held else None
    return Sender("school", school.name, school.key) if school else UNKNOWN


def _named(roster: Roster, words: str) -> Sender | None:
    schools = roster.schools_called(words) or _within(roster, words)
    if len(schools) == 1:
        return Sender("school", schools[0].name, schools[0].key)
    people = [one for one in (*roster.trainees, *roster.mentors) if words and is_called(one, words)]
    return Sender("person", people[0].name, people[0].key) if len(people) == 1 and not schools else None


def _within(roster: Roster, words: str) -> tuple[School, ...]:
    found = [one for one in roster.schools if one.name in words]
    return tuple(one for one in found if not any(one.name in other.name for other in found if other is not one))


# --- what came ---


def shares_of(names: Names, parcel: Parcel) -> Iterator[Share]:
    """Sender, paper, and why something was sent back, for each thing in a parcel."""
    if parcel.arrived.again:
        yield sender_of(names, parcel.arrived), None, []
    if parcel.refusal is not None:
        yield sender_of(names, parcel.arrived, sender_name(parcel.refusal.mails)), None, [_why_back(parcel.refusal)]
    for held in parcel.papers:
        faults = held.of_file if held.paper.key.endswith("#0") else ()
        back = [REASONS.get(one.code, OTHER_REASON) for one in faults if one.severity == "error"]
        yield sender_of(names, parcel.arrived, sender_name(held.mails), held), held, back
    for piece in parcel.evidence:
        faults = piece.of_file if piece.key.endswith("#0") else ()
        back = [REASONS.get(one.code, OTHER_REASON) for one in faults if one.severity == "error"]
        yield sender_of(names, parcel.arrived, sender_name(piece.mails), piece), piece, back


def _person(held: HeldPaper | Evidence) -> str:
    return held.person if isinstance(held, Evidence) else held.paper.person


def _why_back(refusal: Refusal) -> str:
    return REASONS["low_resolution"] if "不清晰" in refusal.sentence else REASONS.get(refusal.code, OTHER_REASON)


def name_for(sender: Sender, person: Person) -> str:
    return "" if person.key == sender.key else person.name


def whose_of(books: Books, sender: Sender, held: HeldPaper) -> str:
    person = books.names.people.get(held.paper.person)
    return name_for(sender, person) if person else held.paper.submission.text("name")


def came_of(books: Books, sender: Sender, papers: Sequence[HeldPaper]) -> Iterator[Several]:
    counts: dict[str, dict[tuple[str, str], int]] = {}
    for held in papers:
        form = held.reading.form
        kind = form_words(form, books.titles.get(form, ""))
        own = counts.setdefault(whose_of(books, sender, held), {})
        own[kind] = own.get(kind, 0) + 1
    for whose, kinds in counts.items():
        yield Several(whose, tuple(f"{name}{number}{unit}" for (name, unit), number in kinds.items()))


def evidence_of(books: Books, sender: Sender, pieces: Sequence[Evidence]) -> Iterator[Several]:
    """How much evidence came, person by person; what is not known to be anybody's stands alone."""
    counts = Counter(_whose_piece(books, sender, piece) for piece in pieces)
    for whose, number in counts.items():
        yield Several(whose, (f"佐证材料{number}份",))


def _whose_piece(books: Books, sender: Sender, piece: Evidence) -> str:
    person = books.names.people.get(piece.person)
    return name_for(sender, person) if person else ""
