"""What a paper says of its person beside what the roster says of one, field by field, each with its weight.

The weights are set by hand and add up: a page draws them as bars, and their sum orders people. No sum decides whose a
paper is; that is `reconcile`'s.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Literal

from gengang.names import id_fault, name_skeleton, plain_place
from gengang.nearnames import NearKind, near_kinds
from gengang.roster import Person, Roster

Agreement = Literal["same", "near", "different", "blank", "unknown"]
FIELD_WORDS: Mapping[str, str] = {
    "id_number": "身份证号", "name": "姓名", "school": "学校", "stage": "学段", "subject": "学科", "bag": "材料袋",
    "decision": "人的认定",
}  # fmt: skip
# Points for a field that agrees and against one that differs; what is blank or cannot be compared says nothing.
WEIGHTS: Mapping[str, int] = {"id_number": 32, "name": 16, "school": 8, "stage": 4, "subject": 2}
NEAR_WEIGHTS: Mapping[NearKind, int] = {
    "间隔号": 14, "曾用名": 12, "繁体": 10, "异体": 10, "缺字": 8, "截短": 8, "同音": 7, "形近": 6, "少一字": 5,
    "多一字": 5, "差一字": 3,
}  # fmt: skip
SAID_WEIGHT = 64  # a bag cover or a person's own word, which no field outweighs


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the paper and the roster say of one field.

    weight: points for the person, below 0 against; near: why a name is only near; bearers: how many in the roster have
    this name, among whom its weight is shared.
    """

    field: str
    paper: str
    roster: str
    verdict: Agreement
    weight: int = 0
    near: tuple[NearKind, ...] = ()
    bearers: int = 1


@dataclass(frozen=True, slots=True)
class Claim:
    """What a paper says about whose it is, in plain wording; empty where it says nothing."""

    name: str = ""
    id_number: str = ""
    school: str = ""
    stage: str = ""
    subject: str = ""


_KEPT = tuple(one.name for one in fields(Evidence))


def kept_evidence(evidence: Iterable[Evidence]) -> list[dict[str, object]]:
    """As the ledger keeps it with a match. `asdict` would copy every value, of four for each paper of a season."""
    return [{name: getattr(one, name) for name in _KEPT} for one in evidence]


def evidence_between(claim: Claim, person: Person, roster: Roster, bearers: int = 1) -> tuple[Evidence, ...]:
    """Per field what speaks for and against a person.

    roster: whose schools the wordings are of; bearers: how many have the person's name.
    """
    return (
        _plain("id_number", claim.id_number, person.id_number, _id_agreement(claim.id_number, person.id_number)),
        _of_name(claim.name, person, max(1, bearers)),
        _plain("school", claim.school, person.school, _school_agreement(roster, claim.school, person.school)),
        _plain("stage", claim.stage, person.stage, _plain_agreement(claim.stage, person.stage)),
        _plain("subject", claim.subject, person.subject, _plain_agreement(claim.subject, person.subject)),
    )


def said(field: str, person: Person) -> Evidence:
    """What a bag cover or a person's decision says: that it is this person's."""
    return Evidence(field, person.name, person.name, "same", SAID_WEIGHT)


def _plain(field: str, paper: str, roster: str, verdict: Agreement) -> Evidence:
    sign = {"same": 1, "different": -1}.get(verdict, 0)
    return Evidence(field, paper, roster, verdict, sign * WEIGHTS[field])


def _of_name(written: str, person: Person, bearers: int) -> Evidence:
    verdict, near = name_agreement(written, person)
    weight = {"same": WEIGHTS["name"], "different": -WEIGHTS["name"]}.get(verdict, 0)
    weight = max((NEAR_WEIGHTS[kind] for kind in near if len(near) == 1 or kind != "曾用名"), default=weight)
    shared = max(1, weight // bearers) if weight > 0 else weight
    return Evidence("name", written, person.name, verdict, shared, near, bearers)


def name_agreement(written: str, person: Person) -> tuple[Agreement, tuple[NearKind, ...]]:
    """Whether a written name is the person's, and if only nearly, why; a former name is near, whatever it is like."""
    if not written:
        return "blank", ()
    skeleton, near = name_skeleton(written), near_kinds(written, person.name)
    if skeleton == name_skeleton(person.name):
        return ("near", near) if near else ("same", ())
    if skeleton in map(name_skeleton, person.former_names):
        return "near", ("曾用名",)
    if near:
        return "near", near
    former = next((kinds for name in person.former_names if (kinds := near_kinds(written, name))), ())
    return ("near", ("曾用名", *former)) if former else ("different", ())


def _id_agreement(paper: str, known: str) -> Agreement:
    if not paper or not known:
        return "blank"
    if paper == known:
        return "same"
    return "unknown" if id_fault(paper) else "different"


def _school_agreement(roster: Roster, paper: str, known: str) -> Agreement:
    if not paper or not known:
        return "blank"
    if plain_place(paper) == plain_place(known):
        return "same"
    named = [school.name for school in roster.schools_called(paper)]
    if not named:
        return "unknown"
    if known not in named:
        return "different"
    return "same" if len(named) == 1 else "unknown"


def _plain_agreement(paper: str, known: str) -> Agreement:
    if not paper or not known:
        return "blank"
    return "same" if paper == known else "different"


# --- sums and words ---


def total(evidence: Iterable[Evidence]) -> int:
    """The sum of the weights."""
    return sum(one.weight for one in evidence)


def verdict_of(evidence: Iterable[Evidence], field: str) -> Agreement:
    """What is said of one field."""
    return next((one.verdict for one in evidence if one.field == field), "blank")


def differing(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """The fields that speak against a person, the weightiest first."""
    return tuple(one.field for one in evidence if one.verdict == "different")


def deciding(first: Sequence[Evidence], second: Sequence[Evidence]) -> Evidence | None:
    """What most puts the first person before the second, as it stands with the second; None where nothing does."""
    theirs = {one.field: one for one in second}
    pairs = [(one.weight - theirs[one.field].weight, theirs[one.field]) for one in first if one.field in theirs]
    gap, found = max(pairs, key=lambda pair: pair[0], default=(0, None))
    return found if gap > 0 else None


def words_of(fields: Iterable[str]) -> str:
    """学校、学段."""
    return "、".join(FIELD_WORDS[field] for field in fields)


def near_words(evidence: Iterable[Evidence]) -> str:
    """同音、形近; empty where no name is only near."""
    return "、".join(kind for one in evidence for kind in one.near)
