"""The verdict on one person: yes, no, or cannot tell yet and what is needed; with points, shortfall, missing papers.

Pure: the same papers in any order give the same verdict; a field that waits for a person is never used.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_DOWN, Decimal

from gengang.activities import logs_of
from gengang.attendance import absence_findings, presence_of
from gengang.audit import audit_findings
from gengang.claims import claim_findings, identity_findings
from gengang.clause_rules import of_scheme
from gengang.copies import Copies, copies_of, version_findings
from gengang.dayplan import plan_findings
from gengang.evidence import Evidence, by_measure, evidence_findings
from gengang.findings import Finding
from gengang.judgements import Judgement, Settled, judgement_findings, register_judgements, settled_by_item
from gengang.mentoring import material_findings, own_lessons
from gengang.noted import NOTHING_NOTED, Noted, noted_findings
from gengang.outcome import (
    Answer,
    Case,
    CertificateState,
    Outcome,
    at_most,
    certificate_of,
    decision_of,
    gate_findings,
    hours_of,
    withheld_findings,
)
from gengang.outlook import outlook
from gengang.owed import MissingPaper, lateness, missing_papers
from gengang.points import CENT, REGISTER, PointLine, Records, point_lines, records_of, total_of
from gengang.recommending import recommendation_findings
from gengang.research_parts import research_findings
from gengang.roster import Person
from gengang.ruling_effects import has, line_ruled, presence_ruled, ruling_findings
from gengang.rulings import Ruling
from gengang.scheme import Measure, Scheme
from gengang.study_plans import day_plan_findings, study_plan_findings
from gengang.submission import Paper
from gengang.tasks import Shortfall, shortfalls, task_findings

_ORDER = {"error": 0, "manual": 1, "warn": 2, "info": 3}


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of a person beside the papers.

    mentors: the person's in the roster, to compare with the name on the papers; empty says nothing of it.
    evidence: the person's; it stands beside what is asked and gives no point. noted: what a clerk recorded.
    rulings: what was decided about the person. judgements: of the person in 评分表; the 考核登记表 has its own.
    """

    mentors: tuple[Person, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    noted: Noted = NOTHING_NOTED
    rulings: tuple[Ruling, ...] = ()
    judgements: tuple[Judgement, ...] = ()


NOTHING_BESIDE = Beside()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the papers of one person come to on a day.

    person: key. outcome and hours by the decision table of G-05 to G-07; hours None while undecided or withheld.
    score: None while an item is open; points_now: what is certain. unexcused: days marked 缺勤.
    needs: Chinese, what would let us tell, when answer is cannot_tell. certificate: state of the 结业证书.
    tasks_done: whether every tracked minimum is met. outlook: what the score can still become, in a sentence.
    """

    person: str
    outcome: Outcome
    answer: Answer
    hours: int | None
    score: Decimal | None
    points_now: Decimal
    unexcused: Decimal
    days: Decimal
    points: tuple[PointLine, ...]
    shortfall: tuple[Shortfall, ...]
    missing: tuple[MissingPaper, ...]
    findings: tuple[Finding, ...]
    needs: tuple[str, ...]
    certificate: CertificateState
    tasks_done: bool
    counts: tuple[tuple[Measure, int], ...] = ()
    outlook: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """The papers of one person on their way to a verdict: all that came, those that are judged, and what they show."""

    copies: tuple[Copies, ...]
    own: tuple[Paper, ...]
    records: Records
    case: Case


def assess(
    scheme: Scheme, person: Person, papers: Sequence[Paper], as_of: date, beside: Beside = NOTHING_BESIDE
) -> Verdict:
    """Judge a person by their papers (those of another person are left out) as things stand on a day.

    A paper of which several copies, media or versions are in is judged once (`copies`).
    """
    return verdict_on(basis_of(scheme, person, papers, as_of, beside), scheme, person, as_of, beside)


def verdict_on(judged: Basis, scheme: Scheme, person: Person, as_of: date, beside: Beside = NOTHING_BESIDE) -> Verdict:
    """The verdict that rests on a person's basis, which was made of the same scheme, day and things beside."""
    case, records = judged.case, judged.records
    outcome, answer, needs = decision_of(scheme, case, as_of)
    gates = gate_findings(scheme, records, case.lines) if outcome == "合格" else ()
    now = total_of(case.lines)
    certain = now == at_most(case.lines) and not records.presence.asked
    by_points = scheme.evaluation.kind == "points"
    score = now.quantize(CENT, ROUND_DOWN) if certain and by_points else None
    findings = (
        *withheld_findings(scheme, records, outcome), *gates, *_findings(scheme, judged, as_of, beside),
        *claim_findings(scheme, records, case.lines, score),
        *identity_findings(person, _mentors_asked(beside), records),
    )  # fmt: skip
    return Verdict(
        person.key, outcome, answer, hours_of(scheme, outcome), score, now.quantize(CENT, ROUND_DOWN),
        records.presence.unexcused, records.days, case.lines, case.shortfall, case.missing,
        _by_cost(findings, case.lines), needs, certificate_of(scheme, outcome, gates, beside.rulings),
        _tasks_done(scheme, case), tuple(sorted(records.counts.items())),
        outlook(scheme, case.lines, as_of) if by_points else "",
    )  # fmt: skip


def _mentors_asked(beside: Beside) -> tuple[Person, ...]:
    """Where another mentor was ruled, papers of both are in, and neither name is a slip."""
    return () if has(beside.rulings, "mentor") else beside.mentors


def basis_of(
    scheme: Scheme, person: Person, papers: Sequence[Paper], as_of: date, beside: Beside = NOTHING_BESIDE
) -> Basis:
    """What a verdict on the same person, papers and day rests on."""
    copies = copies_of(paper for paper in papers if paper.person in ("", person.key))
    own = tuple(paper for one in copies for paper in one.counts)
    presence = presence_of(scheme.calendar, own, beside.noted.moves, scheme.leave)
    presence = presence_ruled(presence, beside.rulings)
    logs = logs_of(scheme.calendar, own, presence)
    words = (*beside.judgements, *beside.noted.scores)
    counted = records_of(scheme, presence, logs, own, beside.noted, words)
    records = replace(counted, shown=by_measure(beside.evidence))
    lines = tuple(line_ruled(line, beside.rulings) for line in point_lines(scheme, records))
    short, missing = shortfalls(scheme, records, as_of), missing_papers(scheme, records, as_of)
    return Basis(copies, own, records, Case(records, lines, short, missing, beside.rulings))


def judged_words(
    scheme: Scheme, person: Person, papers: Sequence[Paper], beside: Beside = NOTHING_BESIDE
) -> Mapping[str, Settled]:
    """Item id -> what all words on it come to: of a verdict's basis the part that assessors give, at little cost."""
    registers = (one for one in papers if one.person in ("", person.key) and one.submission.form == REGISTER)
    own = [paper for one in copies_of(registers) for paper in one.counts]
    register = next(iter(sorted(own, key=lambda one: one.key)), None)
    words = (*register_judgements(scheme, register), *beside.judgements, *beside.noted.scores)
    return settled_by_item(scheme, words)


def _findings(scheme: Scheme, judged: Basis, as_of: date, beside: Beside) -> Iterable[Finding]:
    records = judged.records
    presence, came = records.presence, [paper for one in judged.copies for paper in one.versions]
    return (
        *presence.findings, *absence_findings(presence), *records.logs.findings, *noted_findings(scheme, beside.noted),
        *ruling_findings(beside.rulings), *task_findings(scheme, records, judged.case.shortfall),
        *lateness(scheme, judged.own, as_of), *audit_findings(scheme, judged.own, came, records),
        *research_findings(records.papers),
        *plan_findings(presence.plan, presence.marks, presence.settled_or_waiting, as_of, scheme.calendar.end),
        *evidence_findings(scheme, records.shown), *judgement_findings(scheme, records.judged),
        *version_findings(scheme, judged.copies),
        *of_scheme(scheme, _of_clauses(scheme, records, as_of, beside)),
    )  # fmt: skip


def _of_clauses(scheme: Scheme, records: Records, as_of: date, beside: Beside) -> Iterable[Finding]:
    """What single papers leave out, where the scheme asks for it."""
    return (
        *study_plan_findings(records.papers), *day_plan_findings(scheme, records.papers),
        *recommendation_findings(records.papers), *own_lessons(records, beside.mentors),
        *material_findings(scheme, records, len(beside.evidence), as_of),
    )  # fmt: skip


def _tasks_done(scheme: Scheme, case: Case) -> bool:
    """Days of attendance are known only where somebody keeps them."""
    known = case.records.presence.known or scheme.requirement("workdays") is None
    return known and not case.shortfall


def _by_cost(findings: Sequence[Finding], lines: Sequence[PointLine]) -> tuple[Finding, ...]:
    """What keeps something from happening first, then what costs the most points."""
    lost: dict[str, Decimal] = {}
    for line in lines:
        lost[line.clause] = lost.get(line.clause, Decimal(0)) + line.max - line.points
    return tuple(sorted(findings, key=lambda one: (_ORDER[one.severity], -lost.get(one.clause, Decimal(0)))))
