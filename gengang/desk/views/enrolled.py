"""The roster's page: whom papers propose, what is wrong with each, what the office said, what a word would change."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gengang.admitting import STATES, Proposed, everybody_in
from gengang.desk.standing import Standing
from gengang.desk.views.leaves import Leaf, leaf_of
from gengang.enrolling import KINDS, name_of, schools_known
from gengang.mailed import minute_in_china
from gengang.papers.words import masked
from gengang.proposals import PairProposal, Proposal, State, has_error
from gengang.roster_effect import Effect, effect_lines
from gengang.settings import Settings
from gengang.telling_copies import short_key

TONES: dict[State, str] = {"proposed": "wait", "accepted": "good", "refused": "poor"}


def everybody(standing: Standing) -> tuple[Proposed, ...]:
    """Everybody who is proposed or of the roster, once there is one."""
    facts = [fact for fact in standing.facts if fact.kind in KINDS]
    schools = standing.judged.season.roster.schools
    return everybody_in(standing.judged.scheme, schools, facts) if schools else ()


def everybody_of(settings: Settings, standing: Standing) -> tuple[Proposed, ...]:
    """The same, before there is a roster too: the schools are then those of the school table."""
    if standing.judged.season.roster.schools:
        return standing.of(everybody)
    facts = [fact for fact in standing.facts if fact.kind in KINDS]
    return everybody_in(standing.judged.scheme, schools_known(settings, facts), facts)


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody, or a pair. kind: 学员, 指导教师, 结对; papers: key and short key; said: the office's word in full."""

    key: str
    kind: str
    name: str
    where: str
    state: State
    state_word: str
    tone: str
    findings: tuple[tuple[str, str], ...]
    has_error: bool
    papers: tuple[tuple[str, str], ...]
    said: str


@dataclass(frozen=True, slots=True)
class RosterPage:
    """waiting first; fit: how many of them nothing is against. counts: of each state, of people."""

    leaf: Leaf[Line]
    shown: State | None
    counts: dict[State, int]
    fit: int


def roster_page(every: Sequence[Proposed], shown: State | None, held: frozenset[str], page: int = 1) -> RosterPage:
    """The page. shown: the state wanted, None for those who wait or, where nobody does, for all; held: known papers."""
    counts: dict[State, int] = {state: sum(one.state == state for one in every) for state in STATES}
    if shown is None:
        shown = "proposed" if counts["proposed"] else "accepted"
    wanted = [one for one in every if one.state == shown]
    fit = sum(one.state == "proposed" and not has_error(one) for one in every)
    leaf = leaf_of(wanted, page)
    lines = tuple(_line(one, held) for one in leaf.rows)
    return RosterPage(Leaf(lines, leaf.found, leaf.page, leaf.pages), shown, counts, fit)


def _line(one: Proposed, held: frozenset[str]) -> Line:
    return Line(
        one.key, _kind(one), name_of(one), _where(one), one.state, STATES[one.state], TONES[one.state],
        tuple(dict.fromkeys((finding.clause, finding.message) for finding in one.findings)), has_error(one),
        tuple((key, short_key(key)) for key in one.papers if key in held), _said(one),
    )  # fmt: skip


def _kind(one: Proposed) -> str:
    if isinstance(one, PairProposal):
        return "结对"
    return "学员" if one.person.role == "trainee" else "指导教师"


def _where(one: Proposed) -> str:
    if isinstance(one, Proposal):
        return f"{one.person.school}　{one.person.stage}{one.person.subject}"
    planned = one.pair.planned
    return f"{planned.start} 至 {planned.end}" if planned else ""


def _said(one: Proposed) -> str:
    word = one.decided
    who = f"{word.by} {minute_in_china(word.at)}" if word.by and word.at else ""
    return "：".join(filter(None, (who, word.why)))


# --- what it would change ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EffectShown:
    """In sentences; grave: somebody with papers goes, or an ID number becomes another."""

    roster: tuple[str, ...]
    papers: tuple[str, ...]
    verdicts: tuple[str, ...]
    grave: bool


def effect_shown(effect: Effect) -> EffectShown:
    """The effect told apart by what it is about."""
    lines = tuple(map(masked, effect_lines(effect)))
    return EffectShown(
        tuple(_without(lines, "材料“", "结论：")), tuple(_only(lines, "材料“")), tuple(_only(lines, "结论：")),
        effect.grave,
    )  # fmt: skip


def _only(lines: Iterable[str], begins: str) -> Iterator[str]:
    return (line for line in lines if line.startswith(begins))


def _without(lines: Iterable[str], *begins: str) -> Iterator[str]:
    return (line for line in lines if not line.startswith(begins))


def held_keys(standing: Standing) -> frozenset[str]:
    """Papers that have a page."""
    return frozenset(standing.papers)
