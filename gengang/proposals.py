"""Proposals: the people and pairs that papers propose, what is wrong with each, and what the office decided of them.

A proposal makes nobody a trainee. The office accepts or refuses each once (in roster.xlsx, by command, at the desk);
its word is a line of the ledger and stays through every later run and paper.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from gengang.eligibility import Noted, doubts_about, pair_key, pairing_findings, quota_findings
from gengang.facts import Actor, Fact, standing, taken_lines, values_of
from gengang.findings import Finding
from gengang.joining import Joined, joined, two_numbers
from gengang.roster import Pair, Person, Roster, School
from gengang.scheme import Scheme
from gengang.signups import PairSaid, as_received, by_name, paired_trainee, said_of_mentors, said_of_trainees
from gengang.submission import Paper

ADMISSION = "@roster"  # path of the decision whether somebody is of the roster
PAIRED = "@pair:"  # path of the decision whether a trainee's mentor is this one, the mentor's key behind it
State = Literal["proposed", "accepted", "refused"]
WORDS: Mapping[State, str] = {"accepted": "同意", "refused": "不同意", "proposed": "待定"}


@dataclass(frozen=True, slots=True)
class Decided:
    """The office's word on a proposal. number: of its line; by: account; rule: accepted by the scheme's own rule."""

    state: State
    number: int = 0
    by: str = ""
    at: str = ""
    why: str = ""
    rule: bool = False


OPEN = Decided("proposed")
Decisions = Mapping[str, Decided]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One person whom papers propose. keys: all that the papers give them; papers: keys, in order of receipt."""

    person: Person
    keys: tuple[str, ...]
    papers: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    decided: Decided = OPEN

    @property
    def key(self) -> str:
        """The key that they keep."""
        return self.person.key

    @property
    def state(self) -> State:
        """Whether the office has decided, and how."""
        return self.decided.state


@dataclass(frozen=True, slots=True)
class PairProposal:
    """A trainee and the mentor whom the base school arranged."""

    pair: Pair
    names: tuple[str, str]
    papers: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    decided: Decided = OPEN

    @property
    def key(self) -> str:
        """Both keys."""
        return pair_key(self.pair)

    @property
    def state(self) -> State:
        """Whether the office has decided, and how."""
        return self.decided.state


@dataclass(frozen=True, slots=True)
class Proposals:
    """What the papers of a season propose, in the order of the lists. findings: each once, of nobody refused."""

    schools: tuple[School, ...] = ()
    trainees: tuple[Proposal, ...] = ()
    mentors: tuple[Proposal, ...] = ()
    pairs: tuple[PairProposal, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def people(self) -> tuple[Proposal, ...]:
        """Trainees, then mentors."""
        return (*self.trainees, *self.mentors)

    @property
    def every(self) -> tuple[Proposal | PairProposal, ...]:
        """People, then pairs."""
        return (*self.people, *self.pairs)

    def roster(self, *states: State) -> Roster:
        """Those in one of these states; a pair only with both its people."""
        trainees = tuple(one.person for one in self.trainees if one.state in states)
        mentors = tuple(one.person for one in self.mentors if one.state in states)
        there = {one.key for one in (*trainees, *mentors)}
        pairs = tuple(one.pair for one in self.pairs
                      if one.state in states and {one.pair.trainee, one.pair.mentor} <= there)  # fmt: skip
        return Roster(self.schools, trainees, mentors, pairs)


def proposals_of(
    schools: Sequence[School],
    papers: Iterable[Paper],
    scheme: Scheme,
    decisions: Decisions | None = None,
    known: Sequence[str] = (),
    erased: Collection[str] = (),
) -> Proposals:
    """What sign-up papers propose, with what is wrong (W-02, W-03, E-01 to E-07, T-03, T-04), in any order of arrival.

    known: keys of people in the ledger, the oldest first. erased: keys of people erased by request, whom a list that
    stays names still.
    """
    mine = decisions or {}
    by_form = _by_form(papers)
    said, of_papers = said_of_trainees(schools, (*by_form["registration"], *by_form["personal_info"]))
    mentors_said, pairs_said, of_lists = said_of_mentors(schools, by_form["mentor_assignment"])
    all_trainees, all_mentors = joined(said, known), joined(mentors_said, known)
    trainees, mentors = _without(all_trainees, erased), _without(all_mentors, erased)
    names = _names_of((*all_trainees, *all_mentors)) - _names_of((*trainees, *mentors))
    people = [_proposal(one, mine) for one in _in_order(schools, trainees)]
    guides = [_proposal(one, mine) for one in mentors]
    pairs, of_pairs = _pairs(schools, people, mentors, pairs_said, mine)
    made = Proposals(tuple(schools), tuple(people), tuple(guides), pairs)
    noted = _noted(scheme, made, (*trainees, *mentors))
    found = (*of_papers, *of_lists, *_told(made, _own(made)), *of_pairs, *_told(made, noted))
    told = tuple(dict.fromkeys(one for one in found if not any(name in one.message for name in names)))
    return replace(_with_findings(made, noted), findings=told)


def _by_form(papers: Iterable[Paper]) -> dict[str, list[Paper]]:
    found: dict[str, list[Paper]] = {"registration": [], "personal_info": [], "mentor_assignment": []}
    for paper in papers:
        found.get(paper.submission.form, []).append(paper)
    return {form: as_received(some) for form, some in found.items()}


def _without(people: Iterable[Joined], erased: Collection[str]) -> tuple[Joined, ...]:
    return tuple(one for one in people if not set(one.keys) & set(erased))


def _names_of(people: Iterable[Joined]) -> set[str]:
    return {one.person.name for one in people}


def _in_order(schools: Sequence[School], people: Iterable[Joined]) -> tuple[Joined, ...]:
    place = {school.name: (school.order, number) for number, school in enumerate(schools)}
    last = (len(schools) + 1, len(schools))
    return tuple(sorted(people, key=lambda one: (
        place.get(one.person.school, last), one.person.stage != "小学", one.person.key)))  # fmt: skip


def _proposal(one: Joined, decisions: Decisions) -> Proposal:
    """The last word on any of the keys counts."""
    words = [decisions[key] for key in (one.person.key, *one.keys) if key in decisions]
    return Proposal(one.person, one.keys, one.papers, one.findings, max(words, key=_number, default=OPEN))


def _number(one: Decided) -> int:
    return one.number


Pairs = tuple[tuple[PairProposal, ...], tuple[Finding, ...]]


def _pairs(
    schools: Sequence[School], people: Sequence[Proposal], mentors: Sequence[Joined], said: Sequence[PairSaid],
    decisions: Decisions,
) -> Pairs:  # fmt: skip
    """A later arrangement of the same two replaces the time; the trainee must be somebody whom papers name."""
    trainees = [one.person for one in people]
    called = by_name(trainees)
    key_of = {key: one.person.key for one in mentors for key in one.keys}
    names = {one.key: one.name for one in (*trainees, *(one.person for one in mentors))}
    found: dict[tuple[str, str], PairProposal] = {}
    findings: list[Finding] = []
    for row in said:
        if row.mentor not in key_of:  # erased
            continue
        trainee, wrong = paired_trainee(schools, called, row)
        findings += wrong
        if trainee is not None:
            pair = Pair(trainee.key, key_of[row.mentor], row.planned)
            papers = found[pair.trainee, pair.mentor].papers if (pair.trainee, pair.mentor) in found else ()
            both = (names[pair.trainee], names[pair.mentor])
            found[pair.trainee, pair.mentor] = PairProposal(
                pair, both, tuple(dict.fromkeys((*papers, row.paper.key))),
                decided=decisions.get(pair_key(pair), OPEN),
            )  # fmt: skip
    return tuple(found.values()), tuple(findings)


# --- what is wrong with whom -------------------------------------------------------------------------------------


def _own(made: Proposals) -> Iterator[Noted]:
    for one in made.people:
        yield from ((finding, (one.key,)) for finding in one.findings)


def _noted(scheme: Scheme, made: Proposals, people: Sequence[Joined]) -> tuple[Noted, ...]:
    """Of those who are not refused: who was refused takes nobody's place."""
    roster = made.roster("proposed", "accepted")
    there = {one.key for one in (*roster.trainees, *roster.mentors)}
    eligible = ((finding, (one.key,)) for one in roster.trainees for finding in doubts_about(scheme, one))
    twice = two_numbers([one for one in people if one.person.key in there])
    return (*twice, *quota_findings(scheme, roster), *pairing_findings(scheme, roster), *eligible)


def _told(made: Proposals, noted: Iterable[Noted]) -> Iterator[Finding]:
    gone = {one.key for one in made.every if one.state == "refused"}
    for finding, keys in noted:
        if not keys or set(keys) - gone:
            yield finding


def _with_findings(made: Proposals, noted: Iterable[Noted]) -> Proposals:
    of: dict[str, list[Finding]] = {}
    for finding, keys in noted:
        for key in keys:
            of.setdefault(key, []).append(finding)
    people = {one.key: replace(one, findings=(*one.findings, *of.get(one.key, ()))) for one in made.people}
    return replace(
        made,
        trainees=tuple(people[one.key] for one in made.trainees),
        mentors=tuple(people[one.key] for one in made.mentors),
        pairs=tuple(replace(one, findings=(*one.findings, *of.get(one.key, ()))) for one in made.pairs),
    )


# --- the office's word -------------------------------------------------------------------------------------------


def decisions_of(facts: Iterable[Fact]) -> dict[str, Decided]:
    """The last word on each person's key, and on each pair of keys.

    Somebody of a roster that was made before words were kept counts as accepted. A word that came with a workbook which
    was taken back counts no more, nor the scheme's own when all papers that it went by are gone.
    """
    lines = tuple(facts)
    undone = _taken_books(lines)
    papers = {fact.subject for fact in standing(lines) if fact.kind == "reading"}
    found: dict[str, Decided] = {}
    for fact in lines:
        if fact.kind == "roster" and fact.data.get("made_from") == "signups" and "listed" not in fact.data:
            found |= {key: Decided("accepted", fact.sequence, fact.actor.user, fact.at) for key in _keys_in(fact)}
        elif fact.kind == "decision" and _is_admission(fact) and fact.data.get("workbook") not in undone:
            went_by: Any = fact.data.get("papers", ())
            if not went_by or papers & set(went_by):
                found[_decided_key(fact)] = _word(fact)
    return found


def _taken_books(lines: Sequence[Fact]) -> set[object]:
    taken = taken_lines(lines)
    books = [fact for fact in lines if fact.kind == "roster" and fact.data.get("made_from") != "signups"]
    return ({fact.data["sha256"] for fact in books if fact.sequence in taken}
            - {fact.data["sha256"] for fact in books if fact.sequence not in taken})  # fmt: skip


def _keys_in(fact: Fact) -> Iterator[str]:
    kept: Mapping[str, Any] = fact.data
    yield from (*kept["trainees"], *kept["mentors"])
    yield from (pair_key(Pair(trainee, mentor)) for trainee, mentor, _ in kept["pairs"])


def _is_admission(fact: Fact) -> bool:
    path = str(fact.data["path"])
    said = (fact.personal or {}).get("value")
    return (path == ADMISSION or path.startswith(PAIRED)) and said in get_args(State)


def _decided_key(fact: Fact) -> str:
    path = str(fact.data["path"])
    return fact.subject if path == ADMISSION else pair_key(Pair(fact.subject, path.removeprefix(PAIRED)))


def _word(fact: Fact) -> Decided:
    kept = values_of(fact.personal)
    return Decided(kept["value"], fact.sequence, fact.actor.user, fact.at, str(kept.get("why", "")),
                   "papers" in fact.data)  # fmt: skip


def decision_fact(key: str, state: State, why: str, actor: Actor, at: str, **about: object) -> Fact:
    """The word as a line. key: a person's, or both of a pair; about: `workbook` it came with, `papers` it went by."""
    subject, pair, mentor = key.partition("+")
    data = {"path": f"{PAIRED}{mentor}" if pair else ADMISSION, **about}
    return Fact("decision", subject, data, actor, at, {"value": state, "why": why})


def by_rule(scheme: Scheme, proposals: Proposals, actor: Actor, at: str) -> tuple[Fact, ...]:
    """Where the scheme says `accept = "clean"`: a word for each open proposal without an error, once for ever."""
    if scheme.accept != "clean":
        return ()
    return tuple(
        decision_fact(one.key, "accepted", "没有不合规定之处，按方案自动录取", actor, at, papers=sorted(one.papers))
        for one in proposals.every
        if one.state == "proposed" and not has_error(one)
    )


def is_in(roster: Roster) -> Callable[[Proposal], bool]:
    """Whether a roster has somebody already: by key, by ID number, or by name and school."""
    people = (*roster.trainees, *roster.mentors)
    keys = {one.key for one in people}
    numbers = {one.id_number for one in people if one.id_number}
    places = {(one.name, one.school) for one in people}

    def there(one: Proposal) -> bool:
        person = one.person
        return (
            not keys.isdisjoint(one.keys)
            or person.key in keys
            or person.id_number in numbers
            or (person.name, person.school) in places
        )

    return there


def has_error(one: Proposal | PairProposal) -> bool:
    """Whether something is wrong that the scheme forbids."""
    return any(finding.severity == "error" for finding in one.findings)


def known_keys(facts: Iterable[Fact]) -> tuple[str, ...]:
    """Keys of people that the ledger has, the oldest first."""
    return tuple(dict.fromkeys(
        fact.subject for fact in facts
        if fact.kind == "person" or (fact.kind == "decision" and fact.data["path"] == ADMISSION)
    ))  # fmt: skip
