"""Whose paper is this: a form's values against the roster, with evidence per field and why it is not another one.

The ID number comes first; then name, school, stage and subject together. Two people with one name are told apart by
the school alone, never by the name, and a name that is only near is a proposal.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from gengang.findings import Finding
from gengang.names import (
    id_fault,
    may_be_name,
    name_skeleton,
    one_character_apart,
    plain_id,
    plain_place,
    plain_stage_subject,
)
from gengang.roster import Person, Roster, find_schools, is_called, school_names
from gengang.submission import Submission

Status = Literal["sure", "doubt", "none"]
Agreement = Literal["same", "near", "different", "blank", "unknown"]
# These papers belong to a school, whose name stands in this field.
SCHOOL_FORMS = {"registration": "school", "mentor_assignment": "base_school", "base_school_plan": "base_school"}
# These belong to a mentor, and to a meeting of everybody.
MENTOR_FORMS = frozenset({"mentor_summary"})
MEETING_FORMS = frozenset({"sign_in"})
_FIELD_WORDS = {"id_number": "身份证号", "name": "姓名", "school": "学校", "stage": "学段", "subject": "学科"}
_WEIGHTS = {"id_number": 16, "name": 8, "school": 4, "stage": 2, "subject": 1}
_SIGN: dict[Agreement, int] = {"same": 2, "near": 1, "blank": 0, "unknown": 0, "different": -2}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the paper and the roster say of one field."""

    field: str
    paper: str
    roster: str
    verdict: Agreement


@dataclass(frozen=True, slots=True)
class Match:
    """Whom or which school a paper belongs to.

    status: sure needs nobody; doubt proposes `person` to a person; none has no proposal.
    runner_up: key of the second candidate; why_not: Chinese sentence that says what speaks against it, or what keeps
    the first from being sure. candidates: keys, best first.
    """

    status: Status
    person: str = ""
    school: str = ""
    evidence: tuple[Evidence, ...] = ()
    runner_up: str = ""
    why_not: str = ""
    candidates: tuple[str, ...] = ()


NOBODY = Match("none", why_not="花名册里没有这个姓名，请核对或先录入花名册。")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a paper says about whose it is, in plain wording; empty where it says nothing."""

    name: str = ""
    id_number: str = ""
    school: str = ""
    stage: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Lookup:
    """Some people by ID number and by name (present and former), made once for many papers.

    people: trainees, or mentors in `mentors`, which is None there.
    """

    roster: Roster
    people: tuple[Person, ...]
    by_id: Mapping[str, tuple[Person, ...]]
    by_name: Mapping[str, tuple[Person, ...]]
    by_key: Mapping[str, Person]
    mentors: "Lookup | None" = None


def lookup_of(roster: Roster) -> Lookup:
    """The roster indexed for `match_in`."""
    return replace(_indexed(roster, roster.trainees), mentors=_indexed(roster, roster.mentors))


def _indexed(roster: Roster, people: tuple[Person, ...]) -> Lookup:
    by_id: dict[str, tuple[Person, ...]] = {}
    by_name: dict[str, tuple[Person, ...]] = {}
    for person in people:
        if person.id_number:
            by_id[person.id_number] = (*by_id.get(person.id_number, ()), person)
        for name in {name_skeleton(one) for one in (person.name, *person.former_names)}:
            by_name[name] = (*by_name.get(name, ()), person)
    return Lookup(roster, people, by_id, by_name, {person.key: person for person in people})


def match(submission: Submission, roster: Roster, hints: Sequence[str] = ()) -> Match:
    """Whose the paper is. For many papers make `lookup_of(roster)` once and call `match_in`."""
    return match_in(lookup_of(roster), submission, hints)


def match_in(lookup: Lookup, submission: Submission, hints: Sequence[str] = ()) -> Match:
    """Whose the paper is. hints: the key in a pre-filled form, names of the file and its folder.

    A hint that is a person's key counts when the name on the paper agrees; other hints only order the candidates.
    """
    if submission.form in SCHOOL_FORMS:
        return _school_match(lookup.roster, submission.text(SCHOOL_FORMS[submission.form]))
    if submission.form in MEETING_FORMS:
        return Match("sure")
    if submission.form in MENTOR_FORMS and lookup.mentors is not None:
        return match_in(lookup.mentors, submission, hints)
    claim = claim_of(submission)
    hinted = next((lookup.by_key[hint] for hint in hints if hint in lookup.by_key), None)
    owners = lookup.by_id.get(claim.id_number, ()) if claim.id_number else ()
    if len(owners) == 1:
        return _by_id(lookup, claim, owners[0], hinted)
    if hinted is not None:
        return _by_key(lookup, claim, hinted)
    named = lookup.by_name.get(name_skeleton(claim.name), ()) if claim.name else ()
    if named:
        return _by_name(lookup, claim, named, hints)
    return _near(lookup, claim, hints)


def claim_of(submission: Submission) -> Claim:
    """What a form's accepted values say about its person."""
    stage, subject = plain_stage_subject(submission.text("stage_subject") or submission.text("subject"))
    return Claim(
        name=submission.text("name"),
        id_number=plain_id(submission.text("id_number")),
        school=submission.text("school"),
        stage=submission.text("stage") or stage,
        subject=subject,
    )


def evidence_of(roster: Roster, claim: Claim, person: Person) -> tuple[Evidence, ...]:
    """Per field what speaks for and against a person."""
    pairs: tuple[tuple[str, str, str, Agreement], ...] = (
        ("id_number", claim.id_number, person.id_number, _id_agreement(claim.id_number, person.id_number)),
        ("name", claim.name, person.name, _name_agreement(claim.name, person)),
        ("school", claim.school, person.school, _school_agreement(roster, claim.school, person.school)),
        ("stage", claim.stage, person.stage, _plain_agreement(claim.stage, person.stage)),
        ("subject", claim.subject, person.subject, _plain_agreement(claim.subject, person.subject)),
    )
    return tuple(Evidence(*pair) for pair in pairs)


def _id_agreement(paper: str, known: str) -> Agreement:
    if not paper or not known:
        return "blank"
    if paper == known:
        return "same"
    return "unknown" if id_fault(paper) else "different"


def _name_agreement(paper: str, person: Person) -> Agreement:
    if not paper:
        return "blank"
    if is_called(person, paper):
        return "same"
    return "near" if is_near_name(paper, person.name) else "different"


def is_near_name(written: str, name: str) -> bool:
    """A placeholder for a rare character (A07), one character apart (A05), or a long name cut short (A10)."""
    short, long = name_skeleton(written), name_skeleton(name)
    cut = len(short) >= 3 and len(short) < len(long) and long.startswith(short)
    return cut or may_be_name(written, name) or one_character_apart(written, name)


def may_be_called(person: Person, written: str) -> bool:
    """Whether a name does not speak against a person: blank, theirs, with a hidden character, or cut short.

    One character apart is another name (A05).
    """
    if not written or is_called(person, written) or may_be_name(written, person.name):
        return True
    return is_near_name(written, person.name) and not one_character_apart(written, person.name)


def _school_agreement(roster: Roster, paper: str, known: str) -> Agreement:
    if not paper or not known:
        return "blank"
    if plain_place(paper) == plain_place(known):
        return "same"
    named = [school.name for school in find_schools(roster.schools, paper)]
    if not named:
        return "unknown"
    if known not in named:
        return "different"
    return "same" if len(named) == 1 else "unknown"


def _plain_agreement(paper: str, known: str) -> Agreement:
    if not paper or not known:
        return "blank"
    return "same" if paper == known else "different"


# --- the ways to a person ----------------------------------------------------------------------------------------


def _by_id(lookup: Lookup, claim: Claim, owner: Person, hinted: Person | None) -> Match:
    evidence = evidence_of(lookup.roster, claim, owner)
    if hinted is not None and hinted.key != owner.key:
        why = f"表内预填的是{_described(hinted)}，身份证号却是{owner.name}的，请核对。"
        return Match("doubt", owner.key, "", evidence, hinted.key, why, (owner.key, hinted.key))
    if not may_be_called(owner, claim.name):
        why = f"身份证号是{owner.name}的，姓名却写“{claim.name}”，请对照原件核对。"
        return Match("doubt", owner.key, "", evidence, "", why, (owner.key,))
    return Match("sure", owner.key, "", evidence, candidates=(owner.key,))


def _by_key(lookup: Lookup, claim: Claim, hinted: Person) -> Match:
    evidence = evidence_of(lookup.roster, claim, hinted)
    against = [one.field for one in evidence if one.verdict == "different"]
    if _verdict(evidence, "name") == "same" and "id_number" not in against:
        return Match("sure", hinted.key, "", evidence, candidates=(hinted.key,))
    why = f"表内预填的是{_described(hinted)}，{_words(against) or '姓名'}不一致，请核对。"
    return Match("doubt", hinted.key, "", evidence, "", why, (hinted.key,))


def _by_name(lookup: Lookup, claim: Claim, named: Sequence[Person], hints: Sequence[str]) -> Match:
    best, *others = _ranked(lookup.roster, claim, named, hints)
    evidence = evidence_of(lookup.roster, claim, best)
    candidates = (best.key, *(one.key for one in others))
    doubt = _why_not_sure(evidence)
    if others and (doubt or not all(_is_of_another_school(lookup.roster, claim, one) for one in others)):
        second = _against(lookup.roster, claim, others[0])
        why = f"花名册里有{len(named)}位“{claim.name}”，没有身份证号不能自动认定；{second}"
        return Match("doubt", best.key, "", evidence, others[0].key, why, candidates)
    second = others[0].key if others else ""
    why = doubt or (_against(lookup.roster, claim, others[0]) if others else "")
    return Match("doubt" if doubt else "sure", best.key, "", evidence, second, why, candidates)


def _is_of_another_school(roster: Roster, claim: Claim, other: Person) -> bool:
    """Two people of one name are told apart by the school that the paper names, when it names only one of theirs."""
    return _verdict(evidence_of(roster, claim, other), "school") == "different"


def _why_not_sure(evidence: Sequence[Evidence]) -> str:
    against = [one.field for one in evidence if one.verdict == "different"]
    if against:
        return f"姓名相同而{_words(against)}与花名册不一致，请核对。"
    if _verdict(evidence, "school") != "same":
        return "姓名相同而学校空白或对不上，请核对。"
    if "same" not in (_verdict(evidence, "stage"), _verdict(evidence, "subject")):
        return "姓名和学校相同，学段和学科都空白，请核对。"
    return ""


def _near(lookup: Lookup, claim: Claim, hints: Sequence[str]) -> Match:
    if not claim.name:
        return _by_hint(lookup, claim, hints)
    near = [one for one in lookup.people if is_near_name(claim.name, one.name)]
    if not near:
        return NOBODY
    best, *others = _ranked(lookup.roster, claim, near, hints)
    why = f"花名册里没有“{claim.name}”，相近的是{_described(best)}，请对照原件确认。"
    second = others[0].key if others else ""
    keys = (best.key, *(one.key for one in others))
    return Match("doubt", best.key, "", evidence_of(lookup.roster, claim, best), second, why, keys)


def _by_hint(lookup: Lookup, claim: Claim, hints: Sequence[str]) -> Match:
    """A paper that says no name is proposed to the one person whom its file and folders name, and is never theirs yet.

    Of people with one name the one whose school is named too.
    """
    named = [one for one in lookup.people if any(one.name and one.name in hint for hint in hints)]
    if len({one.name for one in named}) == 1:
        named = [one for one in named if _hinted_school(lookup.roster, one, hints)] or named
    if len(named) != 1:
        return replace(NOBODY, why_not="表上没有可用的姓名和身份证号，请对照原件补录。")
    [person] = named
    why = f"表上没有可用的姓名和身份证号，按文件夹、文件名或邮件像是{_described(person)}，请对照原件确认。"
    return Match("doubt", person.key, "", evidence_of(lookup.roster, claim, person), "", why, (person.key,))


def _ranked(roster: Roster, claim: Claim, people: Iterable[Person], hints: Sequence[str]) -> list[Person]:
    return sorted(people, key=lambda one: (-_weight(roster, claim, one), -_hinted(roster, one, hints), one.key))


def _weight(roster: Roster, claim: Claim, person: Person) -> int:
    return sum(_WEIGHTS[one.field] * _SIGN[one.verdict] for one in evidence_of(roster, claim, person))


def _hinted(roster: Roster, person: Person, hints: Sequence[str]) -> int:
    """How much a file's name and its folders speak for a person: evidence that orders and never decides."""
    named = any(person.name and person.name in hint for hint in hints)
    return 2 * _hinted_school(roster, person, hints) + named


def _hinted_school(roster: Roster, person: Person, hints: Sequence[str]) -> bool:
    school = roster.school(person.school)
    names = school_names(school) if school else (person.school,)
    return any(name and name in hint for name in names for hint in hints)


def _verdict(evidence: Sequence[Evidence], field: str) -> Agreement:
    return next(one.verdict for one in evidence if one.field == field)


def _against(roster: Roster, claim: Claim, other: Person) -> str:
    against = [one.field for one in evidence_of(roster, claim, other) if one.verdict == "different"]
    reason = f"{_words(against)}不同" if against else "没有不同之处"
    return f"另一位是{_described(other)}，{reason}。"


def _described(person: Person) -> str:
    return f"{person.school}{person.stage}{person.subject}的{person.name}"


def _words(fields: Iterable[str]) -> str:
    return "、".join(_FIELD_WORDS[field] for field in fields)


def _school_match(roster: Roster, written: str) -> Match:
    found = find_schools(roster.schools, written)
    if len(found) == 1:
        return Match("sure", school=found[0].key, candidates=(found[0].key,))
    if found:
        why = f"“{written}”可能是{'、'.join(school.name for school in found)}，请确认。"
        return Match("doubt", school=found[0].key, runner_up=found[1].key, why_not=why,
                     candidates=tuple(school.key for school in found))  # fmt: skip
    what = f"“{written}”不在学校一览表里" if written else "学校名称空白或待核"
    return Match("none", why_not=f"{what}，请补录学校或别名。")


def match_finding(match: Match) -> Finding | None:
    """What a person is told of a match that is not sure."""
    if match.status == "sure":
        return None
    code = "person_doubt" if match.status == "doubt" else "person_unknown"
    return Finding(code, match.why_not, "name", "manual", "W-02")
