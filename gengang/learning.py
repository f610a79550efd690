"""Learning from corrections: what a run works out of people's words before it reads anything, and says in the ledger.

**A wording** becomes one that is known when somebody corrected it, on any paper, to a school of the table, to the name
of one person of the roster, or to a subject that somebody of the roster has, or when somebody said whose a paper is
that bears it as a name. It is none where the roster knows it already, where it is the name of somebody or something
else, or where people made two things of it; one that people later took otherwise is withdrawn. Of a name it has at
least two characters.

**A threshold** rests on fields that the machine accepted, or would have, and somebody looked at: those drawn by lot and
read blind, those that were asked about only because the threshold had been raised, and those that somebody corrected
though nobody had asked. The last are found because they are wrong, so the share of wrong ones is rather told too high:
that asks too often and never too rarely, but raises nothing by itself. A text that stands on a digital paper as it was
read, and that somebody took for a school or a person of another name, is a wording and no wrong reading. What waits for
a person anyway says nothing of a threshold: its confidence is below the program's own, or no more than 0.5. How often
its proposal was taken as it stood is counted beside it.

It is raised where at least two that were drawn or asked about were wrong (one may be the slip of whoever looked) and
the 95 % upper bound of the share of wrong ones (Wilson's) is above 2 %. It is raised to the lowest confidence from
which on that bound is at most 2 %; that takes 189 looked at and none wrong, so where fewer were looked at everything of
the kind is asked about. It falls again as the count grows, and never below the program's own table: to prove a lower
one, values would have to be accepted that the table has people look at.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from extractors.policy import RECOGNISED_FLOOR
from gengang.codecs import Value
from gengang.facts import Actor, Fact, latest, standing, values_of
from gengang.form import FieldType, Form
from gengang.learned import (
    ALWAYS,
    FIELDS,
    LEARNED,
    POLICY,
    Alias,
    AliasField,
    AliasLine,
    Group,
    Policy,
    alias_fact,
    alias_lines,
    numbered_aliases,
    plain_wording,
    policy_fact,
    policy_in_force,
    refused_groups,
)
from gengang.reading import FieldReading, Reading, reading_of_json, value_of_json, waits_for_roster
from gengang.roster import Roster, school_names
from gengang.season import WHOSE, roster_of
from gengang.settled import KIND, WITH_VALUE, FieldWord, field_at, word_of
from gengang.under_way import Pass

RECHECKED = "rechecked"
KINDS = (KIND, RECHECKED, "decision")
TOLERATED = 0.02  # of values accepted unasked, the share of wrong ones that has to be ruled out with 95 % confidence
LEAST_WRONG = 2
Z = 1.96
ASKED_FROM = 0.5  # what waits for another reason than its confidence keeps no more
TINY = 1e-6
SHORTEST = 2
DIGITAL = 0.0


def upper_bound(checked: int, wrong: int) -> float:
    """Wilson's upper bound, with 95 % confidence, of the share of wrong ones: few that are all right prove little."""
    if not checked:
        return 1.0
    share = wrong / checked
    middle = share + Z * Z / (2 * checked)
    spread = Z * sqrt(share * (1 - share) / checked + Z * Z / (4 * checked * checked))
    return min(1.0, (middle + spread) / (1 + Z * Z / checked))


# --- what people said of fields ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Readings:
    """The papers that people spoke of, as they were read: key -> medium and reading. forms: stem -> form."""

    held: Mapping[str, tuple[str, Reading]]
    forms: Mapping[str, Form]

    def kind(self, key: str, path: str) -> FieldType | None:
        """What sort of value stands at a place; None of a form that is not known."""
        form = self.forms.get(self.held[key][1].form)
        name, _, rest = path.partition("[")
        if form is None:
            return None
        return form.lists().get(name, {}).get(rest.partition("].")[2]) if rest else form.fields().get(name)


def readings_spoken_of(facts: Sequence[Fact], forms: Mapping[str, Form]) -> Readings:
    """Of papers that nobody spoke of nothing is opened."""
    spoken = {fact.subject for fact in facts if fact.kind in KINDS}
    held = {
        key: (str(fact.data["medium"]), reading_of_json(values_of(fact.personal)["reading"]))
        for (key, _), fact in latest(facts, "reading").items() if key in spoken and fact.personal is not None
    }  # fmt: skip
    return Readings(held, forms)


def words_on_fields(facts: Iterable[Fact]) -> Iterator[tuple[str, FieldWord]]:
    """The last word on each field, with the paper's key; one that waits for a second person is none yet."""
    found: dict[tuple[str, str], FieldWord] = {}
    for fact in facts:
        word = word_of(fact)
        if word is not None:
            found[fact.subject, word.path] = word
    for (key, _), word in found.items():
        if not word.awaits and word.said != "back":
            yield key, word


# --- thresholds --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Check:
    """A value that the machine accepted, or would have, and that somebody looked at. drawn: by lot, or because it was
    asked about; else somebody came upon it.
    """

    group: Group
    confidence: float
    right: bool
    drawn: bool = True


def checks_of(facts: Sequence[Fact], readings: Readings) -> tuple[Check, ...]:
    """One of each field at most; what somebody settled stands above what was read blind."""
    drawn = {place: bool(fact.data["agrees"]) for place, fact in latest(facts, RECHECKED).items()}
    said = dict(drawn)
    for key, word in words_on_fields(facts):
        found = _found(readings, key, word.path)
        if found is None or word.said not in (*WITH_VALUE, "blank"):
            continue
        right = word.said in WITH_VALUE and word.value == found.value
        if right or not _is_wording(readings.held[key][0], found, word):
            said[key, word.path] = right
    checks = {place: _check(readings, *place, right) for place, right in said.items()}
    return tuple(replace(check, drawn=place in drawn or _waited(readings, *place))
                 for place, check in checks.items() if check is not None)  # fmt: skip


def _waited(readings: Readings, key: str, path: str) -> bool:
    found = _found(readings, key, path)
    return found is not None and found.status == "review"


def _is_wording(medium: str, found: FieldReading, word: FieldWord) -> bool:
    """Whether a text was read letter by letter as it stands on the paper, and means something that is called otherwise.

    A picture's letters are known to nobody: there it may be either.
    """
    if medium == "scan" or word.path not in FIELDS or word.said not in WITH_VALUE or not isinstance(found.value, str):
        return False
    return plain_wording(word.path, found.raw) == plain_wording(word.path, found.value)


def _found(readings: Readings, key: str, path: str) -> FieldReading | None:
    found = field_at(readings.held[key][1], path) if key in readings.held else None
    return found if isinstance(found, FieldReading) else None


def _check(readings: Readings, key: str, path: str, right: bool) -> Check | None:
    found = _found(readings, key, path)
    kind = readings.kind(key, path) if found is not None else None
    if found is None or kind is None or found.confidence is None or found.value is None:
        return None
    group = (readings.held[key][0], kind.codec)
    return Check(group, found.confidence, right) if found.status == "accepted" or _was_raised(found, group) else None


def _was_raised(found: FieldReading, group: Group) -> bool:
    """Whether it waits because a threshold was raised: the program's own table would have accepted it."""
    sure = found.status == "review" and (found.confidence or 0.0) > max(ASKED_FROM, shipped_floor(group) - TINY)
    return sure and not waits_for_roster(found)


def proposals_taken(facts: Sequence[Fact], readings: Readings) -> dict[Group, tuple[int, int]]:
    """Of what waited for a person anyway: how often the proposal was taken as it stood, and how often not."""
    found: dict[Group, tuple[int, int]] = {}
    for key, word in words_on_fields(facts):
        field = _found(readings, key, word.path)
        kind = readings.kind(key, word.path) if field is not None else None
        shown = _shown(field, word) if field is not None else None
        if field is None or kind is None or shown is None or word.said not in (*WITH_VALUE, "blank"):
            continue
        group = (readings.held[key][0], kind.codec)
        if field.status == "review" and not _was_raised(field, group):
            taken, other = found.get(group, (0, 0))
            same = word.said in WITH_VALUE and word.value == shown
            found[group] = (taken + same, other + (not same))
    return found


def _shown(found: FieldReading, word: FieldWord) -> Value | None:
    """What was proposed to whoever said it: the roster or a wording may have known better than what was read."""
    return value_of_json(word.before.get("value")) if "status" in word.before else found.value


def shipped_floor(group: Group) -> float:
    """From which confidence on the program's own table accepts a value; digital text at any."""
    medium, codec = group
    return RECOGNISED_FLOOR.get(codec, DIGITAL) if medium == "scan" else DIGITAL


def counted(checks: Iterable[Check]) -> dict[Group, tuple[int, int]]:
    """How many were looked at, and how many of them were wrong."""
    found: dict[Group, tuple[int, int]] = {}
    for one in checks:
        checked, wrong = found.get(one.group, (0, 0))
        found[one.group] = (checked + 1, wrong + (not one.right))
    return found


def refitted(checks: Sequence[Check], refused: Iterable[Group] = ()) -> Policy:
    """The thresholds that the checks ask for. refused: what a senior does not want raised."""
    counts, left = counted(checks), frozenset(refused)
    floors = {}
    for group in sorted(counts):
        own = [one for one in checks if one.group == group]
        floor = _floor(own, shipped_floor(group))
        if floor > shipped_floor(group) and group not in left:
            floors[group] = floor
    return Policy(floors, {group: pair for group, pair in counts.items() if group in floors})


def _floor(own: Sequence[Check], shipped: float) -> float:
    def bound(floor: float) -> float:
        at_least = [one for one in own if one.confidence >= floor]
        return upper_bound(len(at_least), sum(not one.right for one in at_least))

    if sum(one.drawn and not one.right for one in own) < LEAST_WRONG or bound(shipped) <= TOLERATED:
        return shipped
    higher = sorted({one.confidence for one in own if one.confidence > shipped})
    return next((floor for floor in higher if bound(floor) <= TOLERATED), ALWAYS)


# --- wordings ----------------------------------------------------------------------------------------------------


def wordings(facts: Sequence[Fact], readings: Readings, roster: Roster) -> tuple[Alias, ...]:
    """Every wording that people made one thing of, and that the roster does not know."""
    made: dict[tuple[AliasField, str], list[tuple[str, str, str, str]]] = {}
    for field, wording, means, by, key in (*_corrected(facts, readings), *_whose(facts, readings, roster)):
        made.setdefault((field, plain_wording(field, wording)), []).append((wording, means, by, key))
    found = (_alias(field, plain, said, roster) for (field, plain), said in made.items())
    return tuple(one for one in found if one is not None)


Made = tuple[AliasField, str, str, str, str]  # field, wording, what was made of it, by whom, on which paper


def _corrected(facts: Sequence[Fact], readings: Readings) -> Iterator[Made]:
    for key, word in words_on_fields(facts):
        found = _found(readings, key, word.path)
        field = next((one for one in FIELDS if one == word.path), None)
        if field is None or found is None or not found.raw or word.said not in WITH_VALUE:
            continue
        if isinstance(word.value, str):
            yield field, found.raw, word.value, word.by, key


def _whose(facts: Sequence[Fact], readings: Readings, roster: Roster) -> Iterator[Made]:
    """Somebody said whose a paper is; the name on it is a wording of theirs."""
    for (key, path), fact in latest(facts, "decision").items():
        value = (fact.personal or {}).get("value")
        person = roster.person(value) if path == WHOSE and isinstance(value, str) else None
        found = _found(readings, key, "name")
        if person is not None and found is not None and found.raw:
            yield "name", found.raw, person.name, fact.actor.user, key


def _alias(
    field: AliasField, plain: str, said: Sequence[tuple[str, str, str, str]], roster: Roster
) -> Alias | None:  # fmt: skip
    meant = {means for _, means, _, _ in said}
    if len(meant) != 1 or len(plain) < SHORTEST:
        return None
    [means] = meant
    whose = _meant(field, means, roster)
    if whose is None or plain in _known(field, roster):
        return None
    by = tuple(dict.fromkeys(who for _, _, who, _ in said))
    return Alias(field, said[0][0], means, whose, by, len({key for _, _, _, key in said}))


def _meant(field: AliasField, means: str, roster: Roster) -> str | None:
    """Whose name it is, '' for what is nobody's; None for what the roster does not have, or has twice."""
    if field in ("name", "mentor"):
        people = roster.mentors if field == "mentor" else (*roster.trainees, *roster.mentors)
        found = [one.key for one in people if one.name == means]
        return found[0] if len(found) == 1 else None
    return "" if means in _targets(field, roster) else None


def _targets(field: AliasField, roster: Roster) -> frozenset[str]:
    if field in ("school", "base_school"):
        return frozenset(one.name for one in (roster.base_schools if field == "base_school" else roster.schools))
    people = (*roster.trainees, *roster.mentors)
    both = {f"{one.stage}{one.subject}" for one in people if one.subject}
    return frozenset(both if field == "stage_subject" else both | {one.subject for one in people if one.subject})


def _known(field: AliasField, roster: Roster) -> frozenset[str]:
    """Wordings that the roster has of anybody or anything."""
    if field in ("name", "mentor"):
        people = (*roster.trainees, *roster.mentors)
        names: Iterable[str] = (name for one in people for name in (one.name, *one.former_names))
    elif field in ("school", "base_school"):
        names = (name for one in roster.schools for name in school_names(one))
    else:
        names = _targets(field, roster)
    return frozenset(plain_wording(field, one) for one in names)


# --- before a run reads ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Learnt:
    """What people's words come to. aliases: wordings that may be known; counts: all looked at, and how many wrong.

    taken: of what waited anyway, proposals that were taken as they stood, and others.
    """

    aliases: tuple[Alias, ...]
    policy: Policy
    counts: Mapping[Group, tuple[int, int]]
    taken: Mapping[Group, tuple[int, int]]


def learnt_from(facts: Sequence[Fact], forms: Mapping[str, Form]) -> Learnt:
    """What a run would learn now; counts: of every medium and codec. facts: all lines; forms: stem -> form."""
    lines = standing(facts)
    readings = readings_spoken_of(lines, forms)
    checks = checks_of(lines, readings)
    policy = refitted(checks, refused_groups(lines))
    known = wordings(lines, readings, roster_of(lines))
    return Learnt(known, policy, counted(checks), proposals_taken(lines, readings))


def lines_to_learn(facts: Sequence[Fact], learnt: Learnt, actor: Actor, at: str) -> tuple[Fact, ...]:
    """The lines that say what is new in it: wordings to be used or no more, and thresholds that changed."""
    known = {line.alias.place: line for line in alias_lines(facts)}
    now = {one.place: one for one in numbered_aliases(learnt.aliases, facts)}
    fresh = [alias_fact(one, "in_use", "", actor, at) for place, one in now.items() if _is_news(one, known.get(place))]
    gone = [alias_fact(line.alias, "withdrawn", "", actor, at) for place, line in known.items()
            if line.state == "in_use" and place not in now]  # fmt: skip
    changed = dict(policy_in_force(facts).floors) != dict(learnt.policy.floors)
    return (*fresh, *gone, *((policy_fact(learnt.policy, actor, at),) if changed else ()))


def _is_news(one: Alias, known: AliasLine | None) -> bool:
    """What a senior refused stays refused, whatever people make of the wording later."""
    if known is None or known.state == "withdrawn":
        return True
    return known.state == "in_use" and known.alias.means != one.means


def learn(under_way: Pass) -> tuple[str, ...]:
    """Say in the ledger what people's words taught since the last run; what was learnt, in sentences."""
    ledger = under_way.ledger
    if not any(True for _ in ledger.read(kinds=KINDS)):
        return ()
    facts = tuple(ledger.read())
    forms = {form.stem: form for form in reversed(under_way.templates.readable)}
    lines = lines_to_learn(facts, learnt_from(facts, forms), under_way.actor, under_way.at)
    ledger.append(lines)
    return tuple(_told(lines))


def _told(lines: Sequence[Fact]) -> Iterator[str]:
    states = [fact.data["state"] for fact in lines if fact.kind == LEARNED]
    said = [
        f"{word}{states.count(state)}个"
        for state, word in (("in_use", "学到"), ("withdrawn", "收回"))
        if state in states
    ]
    if said:
        yield f"按核对的结果，写法{'、'.join(said)}；只作提示，不自动采用。"
    if any(fact.kind == POLICY for fact in lines):
        yield "按核对的结果，自动采用的门槛有变化，从这一次读取起用，见核对台“学到的”。"
