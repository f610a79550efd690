"""A season's facts made by hand: files that came, what was read of them, and what a person decided."""

from collections.abc import Mapping
from hashlib import sha256

from gengang.codecs import Value
from gengang.facts import Actor, Fact
from gengang.findings import Finding
from gengang.reading import FieldReading, ListReading, Reading
from gengang.roster import Person, Roster
from gengang.season import VERSION, reading_fact, roster_facts
from gengang.submission import RowValues

ME = Actor("王老师", "office", "办公室电脑", "run")
AT = "2016-12-20T18:30:00Z"


def hash_of(name: str) -> str:
    """The hash of a file of this name."""
    return sha256(name.encode()).hexdigest()


def key_of(name: str) -> str:
    """The key of its only paper."""
    return f"{hash_of(name)}#0"


def came(path: str, received: str | None = None, at: str = AT, again: str = "", modified: str = "") -> Fact:
    """A file came. again: name of the file whose bytes it has."""
    name = again or path.rpartition("/")[2]
    data = {"size": 9, "received": received, "modified": modified or "2016-11-01T00:00:00Z"}
    personal = {"path": path, "where_from": path.rpartition("/")[0]}
    return Fact("duplicate" if again else "arrival", hash_of(name), data, ME, at, personal)


def read(
    name: str, form: str, person: Person | None, values: Mapping[str, Value], medium: str = "word",
    review: Mapping[str, Value] | None = None, about: Mapping[str, object] | None = None,
    found: tuple[Finding, ...] = (), **lists: tuple[RowValues, ...],
) -> Fact:  # fmt: skip
    """What was read of it: accepted values, and proposals that wait. person: whose name and number stand on it."""
    head = {} if person is None else {"name": person.name, "id_number": person.id_number, "school": person.school}
    fields: dict[str, FieldReading | ListReading] = {
        name: FieldReading("accepted", value, str(value), 1.0) for name, value in {**head, **values}.items()
    }
    fields |= {name: FieldReading("review", value, str(value), 0.5) for name, value in (review or {}).items()}
    for list_name, rows in lists.items():
        cells = tuple({column: FieldReading("accepted", value, str(value), 1.0) for column, value in row.items()
                       if value is not None} for row in rows)  # fmt: skip
        fields[list_name] = ListReading("accepted", cells)
    return reading_fact(key_of(name), Reading(form, "v", fields, findings=found), medium, about or {}, ME, AT)


def listed(*trainees: Person, schools: Roster | None = None) -> tuple[Fact, ...]:
    """The roster."""
    known = schools.schools if schools else ()
    return roster_facts(Roster(known, trainees), "0" * 64, "workbook", ME, AT)


def decided(name: str, *among: str) -> Fact:
    """A person chose a version, having seen these."""
    data = {"path": VERSION, "among": [key_of(one) for one in among]}
    return Fact("decision", key_of(name), data, ME, AT, {"value": "counts", "why": "本人确认"})


def numbered(*facts: Fact) -> tuple[Fact, ...]:
    """As the ledger gives them back."""
    return tuple(Fact(one.kind, one.subject, one.data, one.actor, one.at, one.personal, one.version, number)
                 for number, one in enumerate(facts, 1))  # fmt: skip
