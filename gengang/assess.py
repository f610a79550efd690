"""The verdict on one person: yes, no, or cannot tell yet and what is needed; with points, shortfall, missing papers.

Pure: the same papers in any order give the same verdict; a field that waits for a person is never used.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Literal

from gengang.activities import logs_of
from gengang.attendance import presence_of
from gengang.audit import audit_findings
from gengang.calendar_days import written
from gengang.claims import claim_findings, identity_findings
from gengang.copies import copies_of, version_findings
from gengang.dayplan import plan_findings
from gengang.evidence import Evidence, by_measure, evidence_findings
from gengang.findings import Finding, Severity
from gengang.noted import NOTHING_NOTED, Noted, noted_findings
from gengang.owed import MissingPaper, lateness, missing_papers
from gengang.points import CENT, PointLine, Records, plain, point_lines, records_of, shown, total_of
from gengang.research_parts import research_findings
from gengang.roster import Person
from gengang.scheme import Gate, Measure, Requirement, Scheme
from gengang.submission import Paper

Outcome = Literal["合格", "合格（证书缓发）", "不合格", "未考核"]
Answer = Literal["yes", "no", "cannot_tell"]
# issue: may be written; manual: a person decides first; withheld: G-07; none: not earned; open: not known yet.
CertificateState = Literal["issue", "manual", "withheld", "none", "open"]
_ORDER = {"error": 0, "manual": 1, "warn": 2, "info": 3}
# C-04: the four forms of study, by what is counted of each.
FORMS_OF_STUDY: dict[Measure, str] = {
    "lessons_heard": "跟班听课", "lessons_taught": "随班上课", "class_activities": "参与班级管理",
    "research_activities": "参加教科研活动",
}  # fmt: skip
_GATE_SEVERITY: dict[Gate, Severity] = {"manual": "manual", "warn": "warn", "block": "error"}


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What is asked and not there. sentence: Chinese; requirement: id of the scheme's requirement."""

    requirement: str
    have: Decimal
    need: Decimal
    clause: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the papers of one person come to on a day.

    person: key. outcome and hours by the decision table of G-05 to G-07; hours None while undecided or withheld.
    score: None while an item is open; points_now: what is certain. unexcused: days marked 缺勤.
    needs: Chinese, what would let us tell, when answer is cannot_tell. certificate: state of the 结业证书.
    tasks_done: whether every tracked minimum is met.
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


def assess(
    scheme: Scheme, person: Person, papers: Sequence[Paper], as_of: date, mentors: Sequence[Person] = (),
    evidence: Sequence[Evidence] = (), noted: Noted = NOTHING_NOTED,
) -> Verdict:  # fmt: skip
    """Judge a person by their papers (those of another person are left out) as things stand on a day.

    A paper of which several copies, media or versions are in is judged once (`copies`).
    mentors: the person's in the roster, to compare with the name on the papers; empty says nothing of it.
    evidence: the person's; it stands beside what is asked and gives no point. noted: what was recorded without a scan.
    """
    copies = copies_of(paper for paper in papers if paper.person in ("", person.key))
    own = [paper for one in copies for paper in one.counts]
    presence = presence_of(scheme.calendar, own, noted.moves, scheme.leave)
    logs = logs_of(scheme.calendar, own, presence)
    records = replace(records_of(scheme, presence, logs, own, noted), shown=by_measure(evidence))
    lines = point_lines(scheme, records)
    outcome, answer, needs = _decision(scheme, records, lines, as_of)
    shortfall = _shortfalls(scheme, records, as_of)
    gates = _gate_findings(scheme, records, lines) if outcome == "合格" else ()
    now, most = total_of(lines), _at_most(lines)
    score = now.quantize(CENT, ROUND_DOWN) if now == most and not presence.asked else None
    came = [paper for one in copies for paper in one.versions]
    findings = (
        *presence.findings, *logs.findings, *noted_findings(scheme, noted), *_withheld(scheme, records, outcome),
        *gates, *_task_findings(scheme, records, shortfall), *_late_rush(scheme, records),
        *lateness(scheme, own, as_of), *audit_findings(scheme, own, came, records), *research_findings(records.papers),
        *plan_findings(presence.plan, presence.marks, presence.unread, as_of, scheme.calendar.end),
        *claim_findings(scheme, records, lines, score), *identity_findings(person, mentors, records),
        *evidence_findings(scheme, records.shown),
        *version_findings(scheme, copies),
    )  # fmt: skip
    return Verdict(
        person.key, outcome, answer, _hours(scheme, outcome), score, now.quantize(CENT, ROUND_DOWN),
        presence.unexcused, records.days, lines, shortfall, missing_papers(scheme, records, as_of),
        tuple(sorted(findings, key=lambda one: _ORDER[one.severity])), needs,
        _certificate(scheme, outcome, gates), presence.known and not shortfall, tuple(sorted(records.counts.items())),
    )  # fmt: skip


# --- the decision table ------------------------------------------------------------------------------------------

Decision = tuple[Outcome, Answer, tuple[str, ...]]


def _at_most(lines: Sequence[PointLine]) -> Decimal:
    return sum((line.at_most for line in lines), Decimal(0))


def _decision(scheme: Scheme, records: Records, lines: Sequence[PointLine], as_of: date) -> Decision:
    pass_at = scheme.evaluation.pass_at
    if total_of(lines) >= pass_at:
        return _passed(scheme, records, total_of(lines))
    if records.register is None:
        return "未考核", "cannot_tell", _needs(records, lines, "考核登记表（评价分）")
    if _at_most(lines) >= pass_at:
        return "未考核", "cannot_tell", _needs(records, lines)
    if scheme.closing is None or as_of < scheme.closing:
        until = f"{written(scheme.closing)}前" if scheme.closing else ""
        need = f"现为{shown(total_of(lines))}分；{until}仍可补交材料"
        return "未考核", "cannot_tell", (need, *_needs(records, lines))
    return "不合格", "no", ()


def _passed(scheme: Scheme, records: Records, total: Decimal) -> Decision:
    presence, withhold = records.presence, scheme.outcomes.withhold_unexcused_at
    if presence.unexcused >= withhold:
        return "合格（证书缓发）", "yes", ()
    if not presence.known:
        return "未考核", "cannot_tell", ("考勤表（得分已够，缺勤天数不明）",)
    if presence.unexcused_at_most >= withhold:
        return "未考核", "cannot_tell", (f"核定考勤表{presence.open_halves}个半天（得分已够，缺勤天数不明）",)
    if total - presence.asked * scheme.discipline.unexcused_half_day < scheme.evaluation.pass_at:
        return "未考核", "cannot_tell", (f"核定考勤表{presence.asked}个半天的缺勤（若属无故，得分不够）",)
    return "合格", "yes", ()


def _needs(records: Records, lines: Sequence[PointLine], *first: str) -> tuple[str, ...]:
    open_lines = [line for line in lines if line.at_most > line.points]
    listed = f"未定的项目：{'、'.join(line.name for line in open_lines)}" if open_lines else ""
    presence = "" if records.presence.known else "考勤表"
    return tuple(filter(None, (*first, presence, listed)))


def _hours(scheme: Scheme, outcome: Outcome) -> int | None:
    if outcome == "合格":
        return scheme.outcomes.hours_trainee
    return 0 if outcome == "不合格" else None


def _certificate(scheme: Scheme, outcome: Outcome, gates: Sequence[Finding]) -> CertificateState:
    if outcome == "合格（证书缓发）":
        return "withheld"
    if outcome == "未考核":
        return "open"
    if outcome == "不合格":
        return "none"
    if not gates or scheme.outcomes.gate == "warn":
        return "issue"
    return "manual" if scheme.outcomes.gate == "manual" else "none"


def _withheld(scheme: Scheme, records: Records, outcome: Outcome) -> tuple[Finding, ...]:
    days = records.presence.unexcused
    if days < scheme.outcomes.withhold_unexcused_at:
        return ()
    consequence = "结业证书缓发，学时证明由人决定；" if outcome == "合格（证书缓发）" else ""
    message = f"无故缺勤{plain(days)}天，{consequence}记入教师培训档案。"
    return (Finding("unexcused_absence", message, "", "manual", "G-07"),)


def _gate_findings(scheme: Scheme, records: Records, lines: Sequence[PointLine]) -> tuple[Finding, ...]:
    """What a person decides before a certificate although the score is enough (section 4, gate_on_missing_tasks)."""
    gate = scheme.outcomes
    wanting: list[tuple[str, str]] = []
    requirement = scheme.requirement("workdays")
    if requirement and records.days < requirement.need:
        wanting.append((f"到岗{plain(records.days)}天，不足{plain(requirement.need)}天", requirement.clause))
    zero = [line for line in lines if line.item in gate.gate_items and line.points == 0]
    wanting += [(f"{line.name}没有记录", line.clause) for line in zero]
    heard = records.counts["lessons_heard"]
    if 0 < heard < gate.gate_lessons_heard:
        wanting.append((f"听课{heard}节，不足{plain(gate.gate_lessons_heard)}节", "L-03b"))
    return tuple(
        Finding("task_gate", f"得分已够，但{what}，发证前请确认。", "", _GATE_SEVERITY[gate.gate], clause)
        for what, clause in wanting
    )


# --- tasks -------------------------------------------------------------------------------------------------------


def _have(records: Records, measure: Measure) -> Decimal:
    return records.days if measure == "workdays" else Decimal(records.count(measure))


def _shortfalls(scheme: Scheme, records: Records, as_of: date) -> tuple[Shortfall, ...]:
    unknown = () if records.presence.known or "workdays" in records.seen else ("workdays",)
    asked = [one for one in scheme.in_all if one.tracked and one.measure not in unknown]
    return tuple(
        Shortfall(one.id, have, one.need, one.clause, _short_sentence(scheme, one, have, as_of, records.shown))
        for one in asked
        if (have := _have(records, one.measure)) < one.need
    )


def _short_sentence(
    scheme: Scheme, asked: Requirement, have: Decimal, as_of: date, shown: Mapping[Measure, str]
) -> str:
    gap = f"{asked.name}{plain(have)}{asked.unit}，还差{plain(asked.need - have)}{asked.unit}"
    if asked.measure in shown:
        gap += f"（有佐证：{shown[asked.measure]}）"
    if scheme.calendar.end is None or as_of <= scheme.calendar.end:
        return f"{gap}。"
    if scheme.closing is None or as_of <= scheme.closing:
        until = f"{written(scheme.closing)}前" if scheme.closing else ""
        return f"{gap}；研修已结束，做过而未交材料的{until}可补交。"
    return f"{gap}；已过补交期。"


def _task_findings(scheme: Scheme, records: Records, shortfall: Sequence[Shortfall]) -> list[Finding]:
    asked = {one.id: one for one in scheme.requirements}
    findings = [
        Finding("task_short", short.sentence, "", asked[short.requirement].severity, short.clause)
        for short in shortfall
        if records.papers.get("training_log") or records.presence.known or any(records.found.values())
    ]
    return [*findings, *_thin_days(scheme, records), *_counted_from_logs(scheme, records), *_forms_without(records)]


def _counted_from_logs(scheme: Scheme, records: Records) -> list[Finding]:
    """What is counted from logs because the paper made for it is not in, said in one line."""
    log = "training_log"
    names = [
        item.name
        for item in scheme.items
        if log in item.evidence[1:] and not any(records.papers.get(form) for form in item.evidence if form != log)
    ]
    if not names or not records.logs.days:
        return []
    message = f"没有专门的记录表，按研修日志计：{'、'.join(names)}。"
    return [Finding("counted_from_logs", message, "", "info", "G-04")]


def _thin_days(scheme: Scheme, records: Records) -> list[Finding]:
    """L-03a, one line for all days; silent before any log is in and where an entry waits."""
    asked = scheme.each_workday("lessons_heard")
    if asked is None or not asked.tracked or not records.logs.days or records.waiting("lessons_heard"):
        return []
    heard = records.days_of("lessons_heard")
    thin = [day for day in records.presence.dates or records.logs.days if heard.count(day) < asked.need]
    if not thin:
        return []
    message = f"每日听课不足{plain(asked.need)}节：{'、'.join(written(day) for day in thin)}。"
    return [Finding("few_lessons_a_day", message, "", asked.severity, asked.clause)]


def _forms_without(records: Records) -> list[Finding]:
    """C-04: a form of study of which nothing is recorded, once anything is."""
    none = [name for measure, name in FORMS_OF_STUDY.items() if not records.count(measure)]
    if not none or len(none) == len(FORMS_OF_STUDY):
        return []
    return [Finding("form_without_record", f"还没有记录的研修形式：{'、'.join(none)}。", "", "info", "C-04")]


def _late_rush(scheme: Scheme, records: Records) -> list[Finding]:
    """G-02: what looks like cramming is shown, never decided."""
    rules, calendar = scheme.signals, scheme.calendar
    if calendar.start is None or calendar.end is None or not rules.late_share_of_window:
        return []
    span = ((calendar.end - calendar.start).days + 1) * rules.late_share_of_window
    edge = calendar.end - timedelta(days=int(span))
    late = [day for day in records.presence.dates if day > edge]
    if not late or len(late) < len(records.presence.dates) * rules.late_share_of_days:
        return []
    message = f"{len(records.presence.dates)}个到岗日中有{len(late)}个在研修期最后{int(span)}天，请核对是否突击。"
    return [Finding("late_rush", message, "", "warn", "G-02")]
