"""What was learnt from people's corrections, as it stands in the ledger: wordings, and what is accepted unasked.

**Wordings.** A line `learned` says that a wording, as it stands on papers, means a school, a subject or a person of the
roster. It proposes and never accepts: a field that waits for a person and says the wording is shown with what it
means, and the paper's candidates are put in order by it. Whoever wants a wording recognised alone writes it into the
school table, which is the office's own. The line's subject is the person whose name it is, so that it is erased with
them; one that a senior refused is not in use, and is not learnt again.

**Thresholds.** A line `policy` says from which confidence on a value of a medium and codec is accepted unasked, where
that is more than the program's own table asks for. It is laid on a reading when that is written, and the reading's line
names it: what was read before stays as it was read, and a ledger folds to the same whatever is learnt later.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Literal, cast, get_args

from gengang.facts import Actor, Fact, canonical, latest, values_of
from gengang.findings import Finding
from gengang.form import FieldType, Form
from gengang.names import name_skeleton, plain_place
from gengang.reading import FieldReading, ListReading, Reading

LEARNED, POLICY = "learned", "policy"
AliasField = Literal["name", "mentor", "school", "base_school", "subject", "stage_subject"]
FIELDS: Mapping[AliasField, str] = {
    "name": "姓名", "mentor": "指导教师", "school": "学校", "base_school": "基地校", "subject": "学科",
    "stage_subject": "学段学科",
}  # fmt: skip
State = Literal["in_use", "refused", "withdrawn"]
ALWAYS = 1.01  # a floor that nothing reaches: everything of the kind is asked about
COHORT = "words"  # subject of a wording that names nobody
ALIAS, FLOOR = "alias:", "floor:"
_BLANKS = re.compile(r"\s+")


def plain_wording(field: str, text: str) -> str:
    """A wording as it is compared: blanks, dots of names and kinds of brackets do not matter."""
    plain: Callable[[str], str] = name_skeleton if field in ("name", "mentor") else plain_place
    return plain(_BLANKS.sub("", text))


# --- wordings ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Alias:
    """wording: as it stood on papers; means: what people made of it; whose: key of the person of the name, else empty.

    by: who corrected it so; times: on how many papers; number: of the wording among those of its subject and field.
    """

    field: AliasField
    wording: str
    means: str
    whose: str = ""
    by: tuple[str, ...] = ()
    times: int = 0
    number: int = 0

    @property
    def subject(self) -> str:
        """Of its line."""
        return self.whose or COHORT

    @property
    def path(self) -> str:
        """Of its line: it stays when the person's part of the line is erased, and says nothing of the wording."""
        return f"{ALIAS}{self.field}:{self.number}"

    @property
    def place(self) -> "Place":
        """What tells it from every other."""
        return self.subject, self.field, plain_wording(self.field, self.wording)


Place = tuple[str, str, str]  # subject, field, plain wording


@dataclass(frozen=True, slots=True)
class AliasLine:
    """A wording as the ledger has it. who, at, number: of the line; why: of a refusal."""

    alias: Alias
    state: State
    who: str
    at: str
    number: int
    why: str = ""


def alias_fact(alias: Alias, state: State, why: str, actor: Actor, at: str) -> Fact:
    """The line that says it."""
    kept = {"wording": alias.wording, "means": alias.means, "by": list(alias.by), "times": alias.times, "why": why}
    return Fact(LEARNED, alias.subject, {"path": alias.path, "state": state}, actor, at, kept)


def alias_lines(facts: Iterable[Fact]) -> tuple[AliasLine, ...]:
    """The last line of every wording; those of people who were erased are none."""
    found = (_alias_line(subject, path, fact) for (subject, path), fact in latest(facts, LEARNED).items()
             if path.startswith(ALIAS) and fact.personal is not None)  # fmt: skip
    return tuple(one for one in found if one is not None)


def _alias_line(subject: str, path: str, fact: Fact) -> AliasLine | None:
    kept, (field, _, number) = values_of(fact.personal), path.removeprefix(ALIAS).partition(":")
    state = str(fact.data["state"])
    if field not in FIELDS or not number.isdecimal() or state not in get_args(State):
        return None
    alias = Alias(
        cast(AliasField, field), str(kept["wording"]), str(kept["means"]), "" if subject == COHORT else subject,
        tuple(map(str, kept.get("by", ()))), int(kept.get("times", 0)), int(number),
    )  # fmt: skip
    return AliasLine(alias, cast(State, state), fact.actor.user, fact.at, fact.sequence, str(kept.get("why", "")))


def numbered_aliases(aliases: Iterable[Alias], facts: Collection[Fact]) -> tuple[Alias, ...]:
    """Each with the number that its wording has in the ledger, a new wording with one that none had, erased or not."""
    known = {line.alias.place: line.alias.number for line in alias_lines(facts)}
    last: dict[tuple[str, str], int] = {}
    for subject, path in latest(facts, LEARNED):
        field, _, number = path.removeprefix(ALIAS).partition(":")
        if number.isdecimal():
            last[subject, field] = max(int(number), last.get((subject, field), 0))
    found = []
    for one in aliases:
        own = known.get(one.place, 0)
        if not own:
            own = last[one.subject, one.field] = last.get((one.subject, one.field), 0) + 1
        found.append(replace(one, number=own))
    return tuple(found)


Aliases = Mapping[tuple[str, str], AliasLine]


def aliases_in_use(facts: Iterable[Fact]) -> Aliases:
    """Field and plain wording -> what it means; a wording that means two things means nothing."""
    found: dict[tuple[str, str], AliasLine] = {}
    twice: set[tuple[str, str]] = set()
    for line in alias_lines(facts):
        if line.state == "in_use":
            key = (line.alias.field, plain_wording(line.alias.field, line.alias.wording))
            if key in found and found[key].alias.means != line.alias.means:
                twice.add(key)
            found[key] = line
    return {key: line for key, line in found.items() if key not in twice}


def with_aliases(reading: Reading, aliases: Aliases) -> Reading:
    """The reading with what its wordings mean as proposals; a field's status stays, and nothing is accepted by it."""
    if not aliases:
        return reading
    fields: dict[str, FieldReading | ListReading] = {}
    findings = []
    for name in FIELDS:
        found = reading.fields.get(name)
        line = alias_of(name, found, aliases)
        if isinstance(found, FieldReading) and found.status == "review" and line is not None:
            fields[name] = replace(found, value=line.alias.means)
            by = "、".join(line.alias.by) or line.who
            message = f"原文是“{found.raw}”，{by}以前改为“{line.alias.means}”，请核对。"
            findings.append(Finding("learned_wording", message, name, "info"))
    if not fields:
        return reading
    return replace(reading, fields={**reading.fields, **fields}, findings=(*reading.findings, *findings))


def alias_of(name: str, found: FieldReading | ListReading | None, aliases: Aliases) -> AliasLine | None:
    """What a field's text is known to mean."""
    if not aliases or not isinstance(found, FieldReading) or not found.raw:
        return None
    return aliases.get((name, plain_wording(name, found.raw)))


# --- thresholds --------------------------------------------------------------------------------------------------


Group = tuple[str, str]  # medium and codec


@dataclass(frozen=True, slots=True)
class Policy:
    """floors: medium and codec -> the confidence from which on a value is accepted, where it was raised.

    counts: how many were looked at, and how many of them were wrong. who, at, number: of its line.
    """

    floors: Mapping[Group, float]
    counts: Mapping[Group, tuple[int, int]]
    who: str = ""
    at: str = ""
    number: int = 0

    @property
    def name(self) -> str:
        """Of what it says, for the lines of the readings that were made by it; empty for the program's own table."""
        if not self.floors:
            return ""
        said = {":".join(group): floor for group, floor in self.floors.items()}
        return sha256(canonical(said).encode()).hexdigest()[:12]


SHIPPED = Policy({}, {})


def policy_fact(policy: Policy, actor: Actor, at: str) -> Fact:
    """The line that puts it in force."""
    floors = {":".join(group): floor for group, floor in sorted(policy.floors.items())}
    counts = {":".join(group): list(pair) for group, pair in sorted(policy.counts.items())}
    return Fact(POLICY, POLICY, {"floors": floors, "counts": counts}, actor, at)


def policies_of(facts: Iterable[Fact]) -> tuple[Policy, ...]:
    """Every one that was ever in force, the first first."""
    return tuple(map(_policy, (fact for fact in facts if fact.kind == POLICY)))


def policy_in_force(facts: Iterable[Fact]) -> Policy:
    """The last."""
    return next(reversed(policies_of(facts)), SHIPPED)


def _policy(fact: Fact) -> Policy:
    kept: Mapping[str, Any] = fact.data
    floors = {_group(name): float(floor) for name, floor in kept["floors"].items()}
    counts = {_group(name): (int(pair[0]), int(pair[1])) for name, pair in kept["counts"].items()}
    return Policy(floors, counts, fact.actor.user, fact.at, fact.sequence)


def _group(name: str) -> Group:
    medium, _, codec = name.partition(":")
    return medium, codec


def refusal_fact(group: Group, refused: bool, why: str, actor: Actor, at: str) -> Fact:
    """A senior's word that a threshold is not to be raised, or may be after all."""
    data = {"path": f"{FLOOR}{':'.join(group)}", "state": "refused" if refused else "in_use"}
    return Fact(LEARNED, POLICY, data, actor, at, {"why": why})


def refused_groups(facts: Iterable[Fact]) -> dict[Group, Fact]:
    """What a senior refused to have raised, with the line."""
    return {_group(path.removeprefix(FLOOR)): fact for (_, path), fact in latest(facts, LEARNED).items()
            if path.startswith(FLOOR) and fact.data["state"] == "refused"}  # fmt: skip


def under_policy(reading: Reading, form: Form | None, medium: str, policy: Policy) -> Reading:
    """The reading as a policy has it: what was accepted with less confidence waits for a person, and keeps it.

    So it is known again that a raised threshold asked about it: nothing else that waits has more than 0.5.
    """
    floors = {codec: floor for (where, codec), floor in policy.floors.items() if where == medium}
    if not floors or form is None:
        return reading
    kinds, columns = form.fields(), form.lists()

    def asked(found: FieldReading, kind: FieldType | None) -> FieldReading:
        floor = floors.get(kind.codec, 0.0) if kind is not None else 0.0
        low = found.status == "accepted" and (found.confidence or 0.0) < floor
        return replace(found, status="review") if low else found

    fields: dict[str, FieldReading | ListReading] = {}
    for name, found in reading.fields.items():
        if isinstance(found, FieldReading):
            fields[name] = asked(found, kinds.get(name))
            continue
        own = columns.get(name, {})
        rows = tuple({column: asked(cell, own.get(column)) for column, cell in row.items()} for row in found.rows)
        fields[name] = replace(found, rows=rows)
    return replace(reading, fields=fields)
