"""Whose is a paper that lay behind somebody's bag cover: what the bag says, held against what the paper says itself.

The bag settles whose an unnamed or doubtful paper is. Where bag and paper contradict each other a person decides:
neither is believed against the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gengang.names import id_fault, plain_id
from gengang.reading import FieldReading, Reading, accepted_values
from gengang.reconcile import (
    MEETING_FORMS,
    MENTOR_FORMS,
    SCHOOL_FORMS,
    Lookup,
    Match,
    claim_of,
    evidence_of,
    may_be_called,
)
from gengang.roster import Person
from gengang.waterfall import FIELD_WORDS, said

BAG = "bag"
_STRANGER = "材料袋封面上的人不在花名册里，请核对封面是不是这一期的。"


def match_in_bag(lookup: Lookup, reading: Reading, found: Match, hints: Sequence[str] = ()) -> Match:
    """The match with the bag's word on it. found: by the paper alone; hints: as it was found with.

    lookup: of the whole roster. A school's list and a meeting's sheet are nobody's, whatever bag they lie in.
    """
    if not reading.bag or reading.form in SCHOOL_FORMS or reading.form in MEETING_FORMS:
        return found
    owner = lookup.roster.person(reading.bag)
    if owner is None:
        return _asked(found, _STRANGER)
    mentors_paper = reading.form in MENTOR_FORMS
    if mentors_paper != (owner.role == "mentor"):
        return _of_the_other(lookup, found, owner)
    people = lookup.mentors if mentors_paper and lookup.mentors is not None else lookup
    against = tuple(_contradictions(people, reading, owner, hints))
    named = lookup.roster.person(found.person) if found.status == "sure" else None
    if against or (named is not None and named.key != owner.key):
        what = "、".join(against) or (f"姓名“{named.name}”" if named else "")
        return _contradicted(people, reading, found, owner, what)
    evidence = evidence_of(lookup, claim_of(accepted_values(reading)), owner)
    return Match("sure", owner.key, "", (*evidence, said(BAG, owner)), candidates=(owner.key,))


def _of_the_other(lookup: Lookup, found: Match, owner: Person) -> Match:
    """A trainee's paper in a mentor's bag, or the other way round: theirs who belong together, if the paper says so."""
    roster = lookup.roster
    pairs = roster.trainees_of(owner.key) if owner.role == "mentor" else roster.mentors_of(owner.key)
    if found.status == "sure" and found.person in {one.key for one in pairs}:
        return replace(found, evidence=(*found.evidence, said(BAG, owner)))
    who = "学员" if owner.role == "mentor" else "指导教师"
    return _asked(found, f"这份材料放在{owner.name}的材料袋里，却是{who}的材料，请核对是谁的。")


def _asked(found: Match, why: str) -> Match:
    return replace(found, status="doubt" if found.person else "none", why_not=f"{why}{found.why_not}")


def _contradicted(people: Lookup, reading: Reading, found: Match, owner: Person, what: str) -> Match:
    why = f"这份材料放在{owner.school}{owner.name}的材料袋里，表上却是{what}，请核对是放错了袋还是写错了。"
    evidence = (*evidence_of(people, claim_of(accepted_values(reading)), owner), said(BAG, owner))
    other = found.person if found.person != owner.key else found.runner_up
    candidates = tuple(dict.fromkeys(key for key in (owner.key, other, *found.candidates) if key))
    return Match("doubt", owner.key, "", evidence, other, why, candidates)


def _contradictions(people: Lookup, reading: Reading, owner: Person, hints: Sequence[str]) -> Iterator[str]:
    """What speaks against the owner: on the paper, in what was proposed of it, and whose pre-filled form it is."""
    issued = next((people.by_key[hint] for hint in hints if hint in people.by_key), owner)
    if issued.key != owner.key:
        yield f"给{issued.name}预填的"
    claim = claim_of(accepted_values(reading))
    written = {"id_number": claim.id_number, "name": claim.name, "school": claim.school, "stage": claim.stage,
               "subject": claim.subject}  # fmt: skip
    for one in evidence_of(people, claim, owner):
        if one.verdict in ("different", "near") and not (one.field == "name" and may_be_called(owner, claim.name)):
            yield FIELD_WORDS[one.field] + ("" if one.field == "id_number" else f"“{written[one.field]}”")
    name, number = _proposed(reading, "name"), plain_id(_proposed(reading, "id_number"))
    if name and not may_be_called(owner, name):
        yield f"姓名像是“{name}”"
    if number and number != owner.id_number and (number in people.by_id or not id_fault(number)):
        yield "身份证号不同"


def _proposed(reading: Reading, field: str) -> str:
    """What a field seems to say that nobody has accepted."""
    found = reading.fields.get(field)
    if not isinstance(found, FieldReading) or found.status not in ("review", "unread"):
        return ""
    return found.value if isinstance(found.value, str) else found.raw.strip()
