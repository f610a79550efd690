"""Whose paper is this: a form's values against the roster, with evidence per field and why it is not another one.

The ID number comes first; then name, school, stage and subject together. Two people with one name are told apart by
the school alone, never by the name, and a name that is only near, or was theirs formerly, is a proposal. What a person
decided stands above all of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from gengang.findings import Finding
from gengang.names import may_be_name, name_skeleton, plain_id, plain_stage_subject
from gengang.nearnames import SLIPS, is_cut_short, near_kinds, near_names
from gengang.roster import Person, Roster, is_called, school_names
from gengang.submission import Submission
from gengang.waterfall import (
    Claim,
    Evidence,
    deciding,
    differing,
    evidence_between,
    near_words,
    said,
    total,
    verdict_of,
    words_of,
)

Status = Literal["sure", "doubt", "none"]
# These papers belong to a school, whose name stands in this field.
SCHOOL_FORMS = {"registration": "school", "mentor_assignment": "base_school", "base_school_plan": "base_school"}
# These belong to a mentor, and to many people at once: a meeting's, and an assessor's word on each of them.
MENTOR_FORMS = frozenset({"mentor_summary"})
MEETING_FORMS = frozenset({"sign_in", "activity_evaluation", "score_sheet"})
DECISION = "decision"
MOST_CANDIDATES = 8
_PLACE = ("school", "stage", "subject")
_UNCONFIRMED = frozenset({"different", "unknown"})


@dataclass(frozen=True, slots=True)
class Match:
    """Whom or which school a paper belongs to.

    status: sure needs nobody; doubt proposes `person` to a person; none has no proposal.
    runner_up: key of the second candidate; why_not: Chinese sentence that says what speaks against it, or what keeps
    the first from being sure. candidates: keys, best first. decided: a person said so, or that it is nobody's of ours.
    """

    status: Status
    person: str = ""
    school: str = ""
    evidence: tuple[Evidence, ...] = ()
    runner_up: str = ""
    why_not: str = ""
    candidates: tuple[str, ...] = ()
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whose a paper may be, with the bars of the waterfall and their sum."""

    person: Person
    evidence: tuple[Evidence, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Whose:
    """A person's word on a paper. person: a key, '' for nobody of ours; name: theirs, as far as any roster knew it."""

    person: str
    name: str = ""


NOBODY = Match("none", why_not="花名册里没有这个姓名，请核对或先录入花名册。")


@dataclass(frozen=True, slots=True)
class Lookup:
    """Some people by ID number and by name (present and former), made once for many papers.

    people: trainees, or mentors in `mentors`, which is None there. names: every name, for what is only near.
    """

    roster: Roster
    people: tuple[Person, ...]
    by_id: Mapping[str, tuple[Person, ...]]
    by_name: Mapping[str, tuple[Person, ...]]
    by_key: Mapping[str, Person]
    mentors: "Lookup | None" = None
    by_school: Mapping[str, tuple[Person, ...]] = field(default_factory=dict)
    names: tuple[str, ...] = ()


def lookup_of(roster: Roster) -> Lookup:
    """The roster indexed for `match_in`."""
    return replace(_indexed(roster, roster.trainees), mentors=_indexed(roster, roster.mentors))


def _indexed(roster: Roster, people: tuple[Person, ...]) -> Lookup:
    by_id: dict[str, tuple[Person, ...]] = {}
    by_name: dict[str, tuple[Person, ...]] = {}
    by_school: dict[str, tuple[Person, ...]] = {}
    for person in people:
        if person.id_number:
            by_id[person.id_number] = (*by_id.get(person.id_number, ()), person)
        by_school[person.school] = (*by_school.get(person.school, ()), person)
        for name in {name_skeleton(one) for one in (person.name, *person.former_names)}:
            by_name[name] = (*by_name.get(name, ()), person)
    by_key = {person.key: person for person in people}
    names = tuple(sorted({name for one in people for name in (one.name, *one.former_names) if name}))
    return Lookup(roster, people, by_id, by_name, by_key, None, by_school, names)


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
    lookup = people_of(lookup, submission.form)
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


def people_of(lookup: Lookup, form: str) -> Lookup:
    """Those whose a form can be: the mentors of a mentor's, the trainees of any other."""
    return lookup.mentors if form in MENTOR_FORMS and lookup.mentors is not None else lookup


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


def evidence_of(lookup: Lookup, claim: Claim, person: Person) -> tuple[Evidence, ...]:
    """Per field what speaks for and against a person, each with its weight."""
    bearers = len(lookup.by_name.get(name_skeleton(person.name), ()))
    return evidence_between(claim, person, lookup.roster, bearers)


def candidates_of(lookup: Lookup, submission: Submission, found: Match) -> tuple[Candidate, ...]:
    """Everybody whom a match names, in its order, as a page or a terminal shows them beside each other."""
    people, claim = people_of(lookup, submission.form), claim_of(submission)
    kept = [people.by_key[key] for key in found.candidates if key in people.by_key]
    return tuple(_candidate(people, claim, one) for one in kept)


def _candidate(lookup: Lookup, claim: Claim, person: Person) -> Candidate:
    evidence = evidence_of(lookup, claim, person)
    return Candidate(person, evidence, total(evidence))


def may_be_called(person: Person, written: str) -> bool:
    """Whether a name does not speak against a person: blank, theirs, with a hidden character, or cut short.

    One character apart is another name (A05), and so is any other that is only near.
    """
    return not written or is_called(person, written) or _is_part_of(written, person.name)


def _is_part_of(written: str, name: str) -> bool:
    return may_be_name(written, name) or is_cut_short(written, name)


def decided(lookup: Lookup, submission: Submission, found: Match, whose: Whose) -> Match:
    """The match with a person's word on it, which stands above everything. found: what it is without.

    Of somebody who is in the roster no more it is asked again, and the word counts when they are back.
    """
    if not whose.person:
        return Match("sure", why_not="经人认定，不是本期人员的材料。", candidates=found.candidates, decided=True)
    owner = lookup.roster.person(whose.person)
    if owner is None:
        who = f"{whose.name}（{whose.person}）" if whose.name else whose.person
        why = f"已由人认定是{who}的，这个人现在不在花名册里，请核对花名册或重新认定。"
        return replace(found, status="doubt" if found.person else "none", why_not=f"{why}{found.why_not}")
    evidence = (*evidence_of(lookup, claim_of(submission), owner), said(DECISION, owner))
    others = tuple(key for key in found.candidates if key != owner.key)
    return Match("sure", owner.key, "", evidence, candidates=(owner.key, *others), decided=True)


# --- the ways to a person ----------------------------------------------------------------------------------------


def _by_id(lookup: Lookup, claim: Claim, owner: Person, hinted: Person | None) -> Match:
    evidence = evidence_of(lookup, claim, owner)
    if hinted is not None and hinted.key != owner.key:
        why = f"表内预填的是{_described(hinted)}，身份证号却是{owner.name}的，请核对。"
        return Match("doubt", owner.key, "", evidence, hinted.key, why, (owner.key, hinted.key))
    if not may_be_called(owner, claim.name):
        why = f"身份证号是{owner.name}的，姓名却写“{claim.name}”，请对照原件核对。"
        return _with_second(lookup, claim, owner, _called(lookup, claim, owner), why)
    against = [one.field for one in evidence if one.field in _PLACE and one.verdict in _UNCONFIRMED]
    if against and not is_called(owner, claim.name):
        why = f"身份证号是{owner.name}的，{words_of(against)}却与花名册不一致，姓名空白或不全，请核对。"
        return Match("doubt", owner.key, "", evidence, "", why, (owner.key,))
    return _unless_namesake(lookup, claim, owner, "身份证号")


def _by_key(lookup: Lookup, claim: Claim, hinted: Person) -> Match:
    evidence = evidence_of(lookup, claim, hinted)
    against = differing(evidence)
    if claim.name and is_called(hinted, claim.name) and "id_number" not in against:
        return _unless_namesake(lookup, claim, hinted, "表内预填")
    why = f"表内预填的是{_described(hinted)}，{words_of(against) or '姓名'}不一致，请核对。"
    return Match("doubt", hinted.key, "", evidence, "", why, (hinted.key,))


def _unless_namesake(lookup: Lookup, claim: Claim, owner: Person, by: str) -> Match:
    """Sure, unless something on the paper differs and somebody else has that name: then number or name may be wrong.

    A school that is in no table differs from nobody's; then the other has to fit as well.
    """
    evidence = evidence_of(lookup, claim, owner)
    place = [one for one in evidence if one.field in _PLACE]
    others = _called(lookup, claim, owner) if {one.verdict for one in place} & _UNCONFIRMED else []
    if not differing(place):
        others = [one for one in others if _fit(evidence_of(lookup, claim, one)) >= _fit(place)]
    if others:
        why = f"{by}是{_described(owner)}的，表上的学校、学段、学科却不全对得上，又有同名的人，请对照原件核对。"
        return _with_second(lookup, claim, owner, others, why)
    namesakes = lookup.by_name.get(name_skeleton(claim.name), ()) if claim.name else ()
    found = _with_second(lookup, claim, owner, (one for one in namesakes if one.key != owner.key), "")
    return replace(found, status="sure")


def _fit(evidence: Sequence[Evidence]) -> int:
    return total(one for one in evidence if one.field in _PLACE)


def _called(lookup: Lookup, claim: Claim, but: Person) -> list[Person]:
    """Others who have the name on the paper, or a near one where nobody at all has it."""
    named = lookup.by_name.get(name_skeleton(claim.name), ()) if claim.name else ()
    return [one for one in (named or _nearly_called(lookup, claim.name)) if one.key != but.key]


def _with_second(lookup: Lookup, claim: Claim, owner: Person, others: Iterable[Person], why: str) -> Match:
    """A doubt about the first, with the best of the others behind it."""
    ranked = _ranked(lookup, claim, others, ())
    keys = (owner.key, *(one.key for one in ranked))[:MOST_CANDIDATES]
    second = _against(lookup, claim, owner, ranked[0]) if ranked else ""
    evidence = evidence_of(lookup, claim, owner)
    return Match("doubt", owner.key, "", evidence, ranked[0].key if ranked else "", f"{why}{second}", keys)


def _by_name(lookup: Lookup, claim: Claim, named: Sequence[Person], hints: Sequence[str]) -> Match:
    best, *others = _ranked(lookup, claim, named, hints)
    evidence = evidence_of(lookup, claim, best)
    candidates = (best.key, *(one.key for one in others))
    doubt = _why_not_sure(evidence)
    if others and (doubt or not all(_is_of_another_school(lookup, claim, one) for one in others)):
        second = _against(lookup, claim, best, others[0])
        why = f"花名册里有{len(named)}位“{claim.name}”，没有身份证号不能自动认定；{second}"
        return Match("doubt", best.key, "", evidence, others[0].key, why, candidates)
    near = () if doubt else _near_colleagues(lookup, claim, best)
    if near:
        why = f"{best.school}还有姓名相近的{near[0].name}，没有身份证号不能自动认定，请对照原件核对。"
        return _with_second(lookup, claim, best, (*near, *others), why)
    second = others[0].key if others else ""
    why = doubt or (_against(lookup, claim, best, others[0]) if others else "")
    return Match("doubt" if doubt else "sure", best.key, "", evidence, second, why, candidates)


def _is_of_another_school(lookup: Lookup, claim: Claim, other: Person) -> bool:
    """Two people of one name are told apart by the school that the paper names, when it names only one of theirs."""
    return verdict_of(evidence_of(lookup, claim, other), "school") == "different"


def _near_colleagues(lookup: Lookup, claim: Claim, best: Person) -> tuple[Person, ...]:
    """Others of the same school whose name a slip makes of this one, and against whom nothing speaks."""
    others = [one for one in lookup.by_school.get(best.school, ()) if one.key != best.key]
    near = [one for one in others if not SLIPS.isdisjoint(near_kinds(claim.name, one.name))]
    return tuple(one for one in near if not differing(evidence_of(lookup, claim, one)))


def _why_not_sure(evidence: Sequence[Evidence]) -> str:
    against = differing(evidence)
    if against:
        return f"姓名相同而{words_of(against)}与花名册不一致，请核对。"
    if verdict_of(evidence, "name") != "same":
        return f"花名册上现在不是这个姓名（{near_words(evidence)}），没有身份证号不能自动认定，请核对。"
    if verdict_of(evidence, "school") != "same":
        return "姓名相同而学校空白或对不上，请核对。"
    if "same" not in (verdict_of(evidence, "stage"), verdict_of(evidence, "subject")):
        return "姓名和学校相同，学段和学科都空白，请核对。"
    return ""


def _near(lookup: Lookup, claim: Claim, hints: Sequence[str]) -> Match:
    if not claim.name:
        return _by_hint(lookup, claim, hints)
    near = _nearly_called(lookup, claim.name)
    if not near:
        return _crossed(lookup, claim, hints) or NOBODY
    best, *others = _ranked(lookup, claim, near, hints)[:MOST_CANDIDATES]
    evidence = evidence_of(lookup, claim, best)
    why = f"花名册里没有“{claim.name}”，相近的是{_described(best)}（{near_words(evidence)}），请对照原件确认。"
    second = _against(lookup, claim, best, others[0]) if others else ""
    keys = (best.key, *(one.key for one in others))
    return Match("doubt", best.key, "", evidence, others[0].key if others else "", f"{why}{second}", keys)


def _nearly_called(lookup: Lookup, written: str) -> list[Person]:
    names = near_names(lookup.names).near(written) if written else {}
    people = {one.key: one for name in names for one in lookup.by_name[name_skeleton(name)]}
    return list(people.values())


def _crossed(lookup: Lookup, claim: Claim, hints: Sequence[str]) -> Match | None:
    """Name and school each in the other's cell: a proposal."""
    named = lookup.by_name.get(name_skeleton(claim.school), ()) if claim.school else ()
    if not named or not lookup.roster.schools_called(claim.name):
        return None
    found = _by_name(lookup, replace(claim, name=claim.school, school=claim.name), named, hints)
    why = f"姓名栏写着“{claim.name}”，学校栏写着“{claim.school}”，像是填反了，请对照原件核对。"
    return replace(found, status="doubt", why_not=f"{why}{found.why_not if found.status == 'doubt' else ''}")


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
    return Match("doubt", person.key, "", evidence_of(lookup, claim, person), "", why, (person.key,))


def _ranked(lookup: Lookup, claim: Claim, people: Iterable[Person], hints: Sequence[str]) -> list[Person]:
    """Best first; of equals the one whom folder and file name, and then by key, so that no order of a list matters."""
    found = {one.key: one for one in people}
    weights = {key: total(evidence_of(lookup, claim, one)) for key, one in found.items()}
    return sorted(found.values(), key=lambda one: (-weights[one.key], -_hinted(lookup.roster, one, hints), one.key))


def _hinted(roster: Roster, person: Person, hints: Sequence[str]) -> int:
    """How much a file's name and its folders speak for a person: evidence that orders and never decides."""
    named = any(person.name and person.name in hint for hint in hints)
    return 2 * _hinted_school(roster, person, hints) + named


def _hinted_school(roster: Roster, person: Person, hints: Sequence[str]) -> bool:
    school = roster.school(person.school) if hints else None
    names = school_names(school) if school else (person.school,)
    return any(name and name in hint for name in names for hint in hints)


def _against(lookup: Lookup, claim: Claim, best: Person, other: Person) -> str:
    """Why it is not the other one: what differs with them, and the one field that decides."""
    first, second = evidence_of(lookup, claim, best), evidence_of(lookup, claim, other)
    against = differing(second)
    reason = f"{words_of(against)}不同" if against else near_words(second) or "没有不同之处"
    return f"另一位是{_described(other)}，{reason}{_decided_by(deciding(first, second))}。"


def _decided_by(one: Evidence | None) -> str:
    if one is None:
        return "，两人分不出先后"
    if one.field == "id_number" or not (one.paper and one.roster):
        return f"，主要看{words_of([one.field])}"
    return f"，主要看{words_of([one.field])}（表上“{one.paper}”，花名册上这位是“{one.roster}”）"


def _described(person: Person) -> str:
    return f"{person.school}{person.stage}{person.subject}的{person.name}"


def _school_match(roster: Roster, written: str) -> Match:
    found = sorted(roster.schools_called(written), key=lambda school: (school.order, school.key))
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
