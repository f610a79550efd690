"""The roster that an office would have: the trainees and mentors whom a form names, its schools, and others."""

import random
from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.reading.truth import Stated, Truth
from benchmarks.reading.values import Somebody, somebody
from gengang.roster import Person, Roster, School

OTHERS = 60
_PLAIN = ("name", "id_number", "gender", "born", "phone", "school", "subject", "stage", "title", "degree")
_SCHOOLS = ("school", "base_school")


def roster_of(truth: Truth, chance: random.Random) -> Roster:
    """The person whose form it is, the trainees and mentors whom it names or lists, their schools, and sixty others.

    Heads, signers and whoever else writes on a form are on no roster.
    """
    stated: dict[str, Any] = {name: str(cell.value) for name in _PLAIN
                              if (cell := truth.fields.get(name)) is not None and cell.value is not None}  # fmt: skip
    people = [_person(f"p{number}", one) for number, one in enumerate(somebody(chance) for _ in range(OTHERS))]
    if "name" in stated:
        people.insert(chance.randrange(len(people)), Person("own", role="trainee", **stated))
    listed = (row["name"] for rows in truth.lists.values() for row in rows if "name" in row)
    people += [Person(f"l{number}", name, "trainee") for number, name in enumerate(_said(listed))]
    mentors = [Person(f"m{number}", name, "mentor") for number, name in enumerate(_said(_cells(truth, ("mentor",))))]
    names = dict.fromkeys((*(person.school for person in people if person.school), *_said(_cells(truth, _SCHOOLS))))
    schools = tuple(School(f"s{number}", name, order=number) for number, name in enumerate(names, 1))
    return Roster(schools, tuple(people), tuple(mentors))


def _cells(truth: Truth, names: tuple[str, ...]) -> Iterator[Stated | None]:
    """What stands in fields and columns of these names."""
    for name in names:
        yield truth.fields.get(name)
        yield from (row.get(name) for rows in truth.lists.values() for row in rows)


def _said(cells: Iterable[Stated | None]) -> list[str]:
    return [cell.value for cell in cells if cell is not None and isinstance(cell.value, str)]


def _person(key: str, one: Somebody) -> Person:
    return Person(key, one.name, "trainee", one.id_number, one.gender, one.born[:7], school=one.school,
                  subject=one.subject, phone=one.phone, work_start=one.start_work)  # fmt: skip
