"""Roster (学员花名册): the schools, trainees and mentors of one season, and how they are found by what a paper says.

It knows nothing of files, papers or rules.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Literal

from gengang.codecs import Period
from gengang.names import name_skeleton, one_character_apart, plain_place

Role = Literal["trainee", "mentor"]


@dataclass(frozen=True, slots=True)
class School:
    """A school of the county's table.

    aliases: other names in use; seal_name: the wording of its seal, empty when it is the name.
    rural: None while the table does not say; stages: of 小学, 初中; order: place in every list, from 1.
    base: true for the base school, which receives trainees and sends none.
    """

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    rural: bool | None = None
    stages: tuple[str, ...] = ()
    seal_name: str = ""
    order: int = 0
    base: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A trainee or a mentor.

    key: stable, without personal data; school: the full name of a school of the table (a mentor's is the base school).
    subject: the plain wording (道德与法治 is 政治); born, title_date, work_start: YYYY-MM.
    """

    key: str
    name: str
    role: Role
    id_number: str = ""
    gender: str = ""
    born: str = ""
    ethnicity: str = ""
    school: str = ""
    stage: str = ""
    subject: str = ""
    phone: str = ""
    title: str = ""
    title_date: str = ""
    degree: str = ""
    certificate: str = ""
    work_start: str = ""
    teaching_years: int | None = None
    backbone: str = ""
    classes: str = ""
    former_names: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A trainee's key and the mentor's; planned is the agreed time, None while not written."""

    trainee: str
    mentor: str
    planned: Period | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """Everyone of one season, in the order of the lists."""

    schools: tuple[School, ...] = ()
    trainees: tuple[Person, ...] = ()
    mentors: tuple[Person, ...] = ()
    pairs: tuple[Pair, ...] = ()
    _index: "_Index" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Everything is looked up once for each paper, so it is indexed."""
        object.__setattr__(self, "_index", _indexed(self))

    def person(self, key: str) -> Person | None:
        """The trainee or mentor with this key."""
        return self._index.people.get(key)

    def school(self, name: str) -> School | None:
        """The one school a text names, None when none or several do."""
        found = self.schools_called(name)
        return found[0] if len(found) == 1 else None

    def schools_called(self, written: str) -> tuple[School, ...]:
        """Every school whose name, alias or seal a text is (C01); two for an alias that two schools share (C02)."""
        return self._index.called.get(plain_place(written), ())

    def has_name(self, written: str) -> bool:
        """Whether somebody on it is called so, letter by letter, now or formerly."""
        return written in self._index.names

    def knows_alone(self, written: str) -> bool:
        """Whether a person or school is called exactly so, and no other is called so but for one character."""
        names = self._index.names | self._index.places
        return written in names and not any(one_character_apart(written, other) for other in names - {written})

    def mentors_of(self, trainee: str) -> tuple[Person, ...]:
        """The mentors of a trainee's key: one when all is well (T-03)."""
        return self._index.mentors.get(trainee, ())

    def trainees_of(self, mentor: str) -> tuple[Person, ...]:
        """The trainees of a mentor's key, in roster order."""
        return self._index.trainees.get(mentor, ())

    @property
    def base_schools(self) -> tuple[School, ...]:
        """The schools that receive trainees."""
        return tuple(school for school in self.schools if school.base)


@dataclass(frozen=True, slots=True)
class _Index:
    """people: by key; names: of everybody; places: every wording of the schools; called: plain wording -> the
    schools of that name; mentors, trainees: key -> the others.
    """

    people: Mapping[str, Person]
    names: frozenset[str]
    places: frozenset[str]
    called: Mapping[str, tuple[School, ...]]
    mentors: Mapping[str, tuple[Person, ...]]
    trainees: Mapping[str, tuple[Person, ...]]


def _indexed(roster: Roster) -> _Index:
    called: dict[str, tuple[School, ...]] = {}
    for school in roster.schools:
        for wording in _wordings(school.name, school.aliases, school.seal_name):
            called[wording] = (*called.get(wording, ()), school)
    mentors = _others(((pair.trainee, pair.mentor) for pair in roster.pairs), roster.mentors)
    trainees = _others(((pair.mentor, pair.trainee) for pair in roster.pairs), roster.trainees)
    everybody = {one.key: one for one in reversed((*roster.trainees, *roster.mentors))}
    names = frozenset(name for one in everybody.values() for name in (one.name, *one.former_names))
    places = frozenset(name for school in roster.schools for name in school_names(school))
    return _Index(everybody, names, places, called, mentors, trainees)


def _others(pairs: Iterable[tuple[str, str]], people: Sequence[Person]) -> dict[str, tuple[Person, ...]]:
    """For the first key of each pair those whom the second names, in the order of the roster."""
    places: dict[str, list[int]] = {}
    for place, one in enumerate(people):
        places.setdefault(one.key, []).append(place)
    found: dict[str, set[int]] = {}
    for first, second in pairs:
        found.setdefault(first, set()).update(places.get(second, ()))
    return {first: tuple(people[place] for place in sorted(own)) for first, own in found.items()}


def find_schools(schools: Iterable[School], written: str) -> tuple[School, ...]:
    """The same of schools that are no roster yet."""
    wanted = plain_place(written)
    if not wanted:
        return ()
    return tuple(school for school in schools if wanted in _wordings(school.name, school.aliases, school.seal_name))


@lru_cache(maxsize=1 << 12)
def _wordings(name: str, aliases: tuple[str, ...], seal_name: str) -> frozenset[str]:
    return frozenset(map(plain_place, filter(None, (name, *aliases, seal_name))))


def school_names(school: School) -> tuple[str, ...]:
    """Every wording a school is known by."""
    return tuple(name for name in (school.name, *school.aliases, school.seal_name) if name)


def is_called(person: Person, written: str) -> bool:
    """Whether a written name is the person's, now or formerly; spaces and kinds of middle dot do not matter."""
    return name_skeleton(written) in {name_skeleton(name) for name in (person.name, *person.former_names)}


def person_key(id_number: str, *fallback: str) -> str:
    """A stable key: from the ID number, without one from the given name, school, stage and subject."""
    return f"P-{_short_hash(id_number or '/'.join(fallback))}"


def school_key(name: str) -> str:
    """A stable key of a school, from its full name."""
    return f"S-{_short_hash(plain_place(name))}"


def _short_hash(text: str) -> str:
    return sha256(f"gengang:{text}".encode()).hexdigest()[:12]
