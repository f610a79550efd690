"""What the roster says of a reading: it settles a doubtful field only by saying exactly the same, and doubts others.

A value is never replaced by the roster's; what stands on the paper is what was read.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from gengang.codecs import Value
from gengang.findings import STRUCK_OUT, Finding
from gengang.names import (
    id_fault,
    name_skeleton,
    one_character_apart,
    plain_name,
    plain_place,
    plain_stage_subject,
    plain_title,
)
from gengang.reading import PROSE, FieldReading, ListReading, Reading, waits_for_roster, was_read_alike
from gengang.reconcile import SCHOOL_FORMS
from gengang.roster import Person, Roster, is_called, school_names

# Field -> its clause and its printed label.
_FIELDS = {
    "name": ("W-02", "姓名"),
    "id_number": ("W-02", "身份证号"),
    "gender": ("E-02", "性别"),
    "born": ("E-02", "出生年月"),
    "phone": ("W-02", "联系电话"),
    "school": ("E-07", "工作单位"),
    "stage": ("T-04", "学段"),
    "subject": ("T-04", "学科"),
    "stage_subject": ("T-04", "学段学科"),
    "title": ("E-03c", "职称"),
    "degree": ("E-04b", "学历"),
    "base_school": ("T-01", "基地学校"),
    "mentor": ("T-03", "指导教师"),
}
# How two wordings of a field are compared before one contradicts the other.
_PLAIN: dict[str, Callable[[str], str]] = {
    "name": name_skeleton,
    "mentor": name_skeleton,
    "title": plain_title,
    "subject": lambda text: plain_stage_subject(text)[1],
    "stage_subject": lambda text: "".join(plain_stage_subject(text)),
}


def _known_of(roster: Roster, person: Person) -> dict[str, tuple[str, ...]]:
    """Every wording the roster has of each field of a person; none where it does not say."""
    school = roster.school(person.school)
    both = f"{person.stage}{person.subject}"
    known: dict[str, tuple[str, ...]] = {name: (str(getattr(person, name, "")),) for name in _FIELDS}
    known |= {
        "name": (person.name, *person.former_names),
        "school": school_names(school) if school else (person.school,),
        "subject": (person.subject, both if person.subject else ""),
        "stage_subject": (both if person.stage and person.subject else "",),
        "base_school": tuple(name for base in roster.base_schools for name in school_names(base)),
        "mentor": tuple(mentor.name for mentor in roster.mentors_of(person.key)),
    }
    return {name: tuple(filter(None, wordings)) for name, wordings in known.items()}


def corroborate(reading: Reading, roster: Roster, owner: str = "") -> Reading:
    """The reading with the roster's word on it. owner: the key of the person whose somebody said it is.

    A name whose letters are sure is accepted, in a list too, when somebody on the roster is called so; a name or school
    that was read alike and not quite surely, when nobody and no school but one is called nearly so. Of one person a
    `review` field whose value the roster has exactly is accepted, and an accepted field that the roster contradicts
    goes to review with a finding: of the owner, as long as nothing on it speaks against that, or of whom a valid ID
    number, name and school together, the form that was handed out to them, or the name together with the bag it came
    in identify. What was struck out on the paper nobody's word but a person's settles.
    """
    if reading.form in SCHOOL_FORMS:
        return _school_settled(reading, roster)
    reading = _with_names(reading, roster)
    person = (
        _unless_contradicted(reading, roster, owner)
        or person_of(reading, roster)
        or _issued_to(reading, roster)
        or _in_whose_bag(reading, roster)
    )
    if person is None:
        return reading
    fields: dict[str, FieldReading | ListReading] = dict(reading.fields)
    findings: list[Finding] = []
    for name, known in _known_of(roster, person).items():
        found = fields.get(name)
        if isinstance(found, FieldReading) and isinstance(found.value, str) and known and _stands(reading, name, found):
            fields[name], more = _settled(name, found, found.value, known)
            findings += more
    return replace(reading, fields=fields, findings=(*reading.findings, *findings))


def _with_names(reading: Reading, roster: Roster) -> Reading:
    def known(found: FieldReading) -> FieldReading:
        ours = waits_for_roster(found) and roster.has_name(str(found.value))
        ours = ours or (was_read_alike(found) and roster.knows_alone(str(found.value)))
        return replace(found, status="accepted") if ours else found

    def known_in(found: FieldReading | ListReading) -> FieldReading | ListReading:
        if isinstance(found, FieldReading):
            return known(found)
        return replace(found, rows=tuple({name: known(cell) for name, cell in row.items()} for row in found.rows))

    return replace(reading, fields={name: known_in(found) for name, found in reading.fields.items()})


def _stands(reading: Reading, name: str, found: FieldReading) -> bool:
    """Whether a value stands on the paper, and nobody struck it out there; otherwise it stays a proposal.

    A text without a form may have one from its file's name.
    """
    return (reading.version != PROSE or found.place is not None) and not _is_struck(reading, name)


def _is_struck(reading: Reading, name: str) -> bool:
    return any(finding.code == STRUCK_OUT and finding.field == name for finding in reading.findings)


def _settled(
    name: str, found: FieldReading, value: str, known: tuple[str, ...]
) -> tuple[FieldReading, tuple[Finding, ...]]:
    if found.status == "review" and value in known:
        return replace(found, status="accepted"), ()
    plain = _PLAIN.get(name, plain_place)
    if found.status != "accepted" or plain(value) in map(plain, known):
        return found, ()
    clause, label = _FIELDS[name]
    message = f"{label}写的是“{value}”，花名册是“{known[0]}”，请核对。"
    return replace(found, status="review"), (Finding("roster_differs", message, name, "manual", clause),)


def person_of(reading: Reading, roster: Roster) -> Person | None:
    """The one trainee whom the reading's valid ID number, or its name and school together, identify.

    None when the two disagree, or when a colleague's name is one character apart and no ID number decides.
    """
    fields = reading.fields
    number, name, school = (_value(fields, field) for field in ("id_number", "name", "school"))
    owners = [one for one in roster.trainees if number and one.id_number == number and not id_fault(number)]
    if owners:
        [owner, *more] = owners
        contradicted = _is_accepted(fields, "name") and not is_called(owner, name)
        return None if more or contradicted else owner
    if _is_accepted(fields, "id_number") and number:
        return None
    return _named(roster, name, school)


def _issued_to(reading: Reading, roster: Roster) -> Person | None:
    """Whose pre-filled form it is, as long as neither the name nor the ID number on it speaks against that."""
    return _unless_contradicted(reading, roster, reading.issued.person if reading.issued else "")


def _in_whose_bag(reading: Reading, roster: Roster) -> Person | None:
    """Whose bag cover lay on it, where the paper itself says exactly that name."""
    person = _unless_contradicted(reading, roster, reading.bag)
    return person if person is not None and is_called(person, _value(reading.fields, "name")) else None


def _unless_contradicted(reading: Reading, roster: Roster, key: str) -> Person | None:
    person = roster.person(key) if key else None
    if person is None:
        return None
    number, name = (_value(reading.fields, field) for field in ("id_number", "name"))
    another = any(one.id_number == number for one in roster.trainees if one.key != person.key) if number else False
    return None if another or (name and not is_called(person, name)) else person


def _named(roster: Roster, name: str, school: str) -> Person | None:
    schools = {one.name for one in roster.schools_called(school)}
    if not name or len(schools) != 1:
        return None
    colleagues = [one for one in roster.trainees if one.school in schools]
    called = [one for one in colleagues if plain_name(name) in (one.name, *one.former_names)]
    close = [one for one in colleagues if one_character_apart(name, one.name)]
    return called[0] if len(called) == 1 and not close else None


def _value(fields: Mapping[str, FieldReading | ListReading], name: str) -> str:
    found = fields.get(name)
    value: Value | None = found.value if isinstance(found, FieldReading) else None
    return value if isinstance(value, str) else ""


def _is_accepted(fields: Mapping[str, FieldReading | ListReading], name: str) -> bool:
    found = fields.get(name)
    return isinstance(found, FieldReading) and found.status == "accepted"


def _school_settled(reading: Reading, roster: Roster) -> Reading:
    name = SCHOOL_FORMS[reading.form]
    found = reading.fields.get(name)
    if not isinstance(found, FieldReading) or found.status != "review" or not isinstance(found.value, str):
        return reading
    if _is_struck(reading, name):
        return reading
    schools = roster.base_schools if name == "base_school" else roster.schools
    exact = [school for school in schools if found.value in school_names(school)]
    if len(exact) != 1:
        return reading
    return replace(reading, fields={**reading.fields, name: replace(found, status="accepted")})
