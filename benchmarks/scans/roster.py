"""The roster that an office would have: the person whose form it is, among others who are like them."""

import random
from typing import Any

from benchmarks.reading.truth import Truth
from benchmarks.reading.values import Somebody, somebody
from gengang.roster import Person, Roster, School

OTHERS = 60
_PLAIN = ("name", "id_number", "gender", "born", "phone", "school", "subject", "stage", "title", "degree")


def roster_of(truth: Truth, chance: random.Random) -> Roster:
    """What the office's own list says of the person, and of sixty others; the form's other people are not on it."""
    stated: dict[str, Any] = {name: str(cell.value) for name in _PLAIN
                              if (cell := truth.fields.get(name)) is not None and cell.value is not None}  # fmt: skip
    others = [somebody(chance) for _ in range(OTHERS)]
    people = [_person(f"p{number}", one) for number, one in enumerate(others)]
    if "name" in stated:
        people.insert(chance.randrange(len(people)), Person("own", role="trainee", **stated))
    names = dict.fromkeys(person.school for person in people if person.school)
    schools = tuple(School(f"s{number}", name, order=number) for number, name in enumerate(names, 1))
    return Roster(schools, tuple(people))


def _person(key: str, one: Somebody) -> Person:
    return Person(key, one.name, "trainee", one.id_number, one.gender, one.born[:7], school=one.school,
                  subject=one.subject, phone=one.phone, work_start=one.start_work)  # fmt: skip
