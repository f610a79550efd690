"""A season's ledger lines, made by small functions, for the tests of what senders are told and of the register."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import count

from gengang.arrived import RECEIPTS
from gengang.codecs import Value
from gengang.drafting import books_of_judged
from gengang.evidence import evidence_fact
from gengang.facts import Actor, Fact
from gengang.findings import Finding
from gengang.judging import judged_of
from gengang.mailed import Mailed, kept_mails
from gengang.material import Material
from gengang.reading import FieldReading, ListReading, Reading
from gengang.receiving import Books
from gengang.roster import Person, Roster
from gengang.season import reading_fact, roster_facts
from gengang.submission import Paper, RowValues
from tests.unit.cohorts import OUR_SCHEME
from tests.unit.rosters import id_number, mentor, roster, trainee
from tests.unit.seasons import AFTER

ME, AT = Actor("王老师", "office", "办公室电脑", "gengang run"), "2016-12-06T08:00:00Z"
ZHANG = trainee()
LI = trainee("李四", "李河中学", "初中", "数学", id_number("19800101", "001"))
GUIDE = mentor()
EVERYONE = roster(ZHANG, LI, mentors=(GUIDE,))
TITLES = {"training_log": "跟岗研修学员研修日志"}


def sha(name: str) -> str:
    return sha256(name.encode()).hexdigest()


def came(path: str, received: str | None = None, name: str = "") -> Fact:
    """A file that arrived. name: of its content, the path where it is not given."""
    data = {"size": 9, "received": received, "modified": AT}
    personal = {"path": path, "where_from": path.rpartition("/")[0]}
    return Fact("arrival", sha(name or path), data, ME, AT, personal)


def again(path: str, name: str) -> Fact:
    """The same bytes under another name."""
    return replace(came(path, None, name), kind="duplicate")


def from_sender(name: str) -> list[dict[str, object]]:
    """The mails of a line that came from somebody; none where nobody is named."""
    return kept_mails([Mailed("", "", name, "")]) if name else []


def refused(name: str, code: str = "unknown_form", sentence: str = "", sender: str = "") -> Fact:
    """Bytes that went back."""
    personal = {"sentence": sentence, "aside": name, "mails": from_sender(sender)}
    return Fact("refused", sha(name), {"code": code}, ME, AT, personal)


def told(intake: int, day: date) -> Fact:
    """A run is about to hand out the receipts of an intake."""
    phase = {"phase": RECEIPTS, "as_of": day.isoformat(), "intake": intake}
    return Fact("run", "run", phase, ME, AT)


def done(day: date, number: int = 0) -> Fact:
    """A run ended. number: to tell it from another."""
    return Fact("run", "run", {"phase": "done", "as_of": day.isoformat(), "arrived": number}, ME, AT)


def of(person: Person, **values: Value | None) -> dict[str, Value | None]:
    """What a paper says of its person, and more."""
    return {"name": person.name, "school": person.school, "subject": person.subject, **values}


def reading(form: str, values: RowValues, **lists: Sequence[RowValues]) -> Reading:
    """A reading in which everything is accepted."""
    fields: dict[str, FieldReading | ListReading] = {
        name: FieldReading("accepted" if value is not None else "blank", value) for name, value in values.items()
    }
    fields |= {
        name: ListReading("accepted", tuple({c: FieldReading("accepted" if v is not None else "blank", v)
                                             for c, v in row.items()} for row in rows))
        for name, rows in lists.items()
    }  # fmt: skip
    return Reading(form, "0" * 12, fields)


def read(
    name: str, *readings: Reading, medium: str = "word", sender: str = "", faults: Sequence[Finding] = ()
) -> Iterable[Fact]:
    """What a file gave. faults: of the file itself."""
    about: dict[str, object] = {"received": None, "of_file": [[f.code, f.message, f.severity] for f in faults]}
    about |= {"mails": from_sender(sender)}
    for index, one in enumerate(readings):
        yield reading_fact(f"{sha(name)}#{index}", one, medium, about, ME, AT)


def shown(name: str, *pieces: Material, faults: Sequence[Finding] = (), first: int = 0) -> Iterable[Fact]:
    """What a file gave that holds evidence. first: how many papers it holds too."""
    about = {} if first else {"of_file": [[f.code, f.message, f.severity] for f in faults]}
    for index, one in enumerate(pieces, first):
        yield evidence_fact(f"{sha(name)}#{index}", one, about, ME, AT)


def photo(name: str, member: str = "", doubt: bool = False) -> Material:
    """A picture of an activity."""
    return Material("photo", name, member, sha(member or name), 9, doubt)


def of_paper(paper: Paper, person: Person) -> Reading:
    """A paper of the tests of judging as the reading that says the same."""
    values = {**paper.submission.values, **of(person)}
    return reading(paper.submission.form, values, **paper.submission.lists)


def books(*facts: Fact, people: Roster = EVERYONE, as_of: date = AFTER) -> Books:
    """What these lines come to, numbered as a ledger would."""
    numbers = count(1)
    lines = [replace(fact, sequence=next(numbers))
             for fact in (*roster_facts(people, "x", "workbook", ME, AT), *facts)]  # fmt: skip
    return books_of_judged(judged_of(lines, OUR_SCHEME, as_of), TITLES)
