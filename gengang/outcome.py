"""The decision: what a person's points, or the conclusion on their paper, come to, and what would let us tell.

By points the table of G-05 to G-07; elsewhere the conclusion of an assessor or of the person; where a programme judges
no person, whether everything was handed in. What a person ruled stands above.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from gengang.calendar_days import written
from gengang.findings import Finding, Severity
from gengang.owed import MissingPaper
from gengang.points import PointLine, Records, plain, shown, total_of
from gengang.ruling_effects import has
from gengang.rulings import Ruling
from gengang.scheme import Gate, Scheme
from gengang.tasks import Shortfall, day_of_paper

# 完成, 未完成: of a programme that gives no person a mark.
Outcome = Literal["合格", "合格（证书缓发）", "不合格", "未考核", "完成", "未完成"]
Answer = Literal["yes", "no", "cannot_tell"]
# issue: may be written; manual: a person decides first; withheld: G-07; none: not earned; open: not known yet.
CertificateState = Literal["issue", "manual", "withheld", "none", "open"]
Decision = tuple[Outcome, Answer, tuple[str, ...]]
_GATE_SEVERITY: dict[Gate, Severity] = {"manual": "manual", "warn": "warn", "block": "error"}


@dataclass(frozen=True, slots=True)
class Case:
    """What is decided on. lines: of the rubric, none where there are no points; rulings: about the person."""

    records: Records
    lines: tuple[PointLine, ...]
    shortfall: tuple[Shortfall, ...]
    missing: tuple[MissingPaper, ...]
    rulings: tuple[Ruling, ...]


def decision_of(scheme: Scheme, case: Case, as_of: date) -> Decision:
    """Outcome, answer, and what is needed when the answer is cannot_tell."""
    gone = next((one for one in case.rulings if one.kind in ("withdraw", "substitute")), None)
    if gone is not None:
        return "未考核", "no", (f"已{'退出' if gone.kind == 'withdraw' else '由他人替换'}：{gone.why}",)
    match scheme.evaluation.kind:
        case "points":
            return _by_points(scheme, case, as_of)
        case "qualitative":
            return _by_conclusion(scheme, case)
        case "self":
            return _by_own_word(scheme, case)
        case "activity" | "none":
            return _by_papers(scheme, case, as_of)
    return "未考核", "cannot_tell", (f"方案没有写明评价办法{_why_open(scheme)}",)


def _why_open(scheme: Scheme) -> str:
    return next((f"（{one.note}）" for one in scheme.unknowns if one.place == "evaluation.kind"), "")


# --- by points ---------------------------------------------------------------------------------------------------


def at_most(lines: Sequence[PointLine]) -> Decimal:
    """The points if everything that is open turned out well."""
    return sum((line.at_most for line in lines), Decimal(0))


def _by_points(scheme: Scheme, case: Case, as_of: date) -> Decision:
    records, lines = case.records, case.lines
    pass_at = scheme.evaluation.pass_at
    if total_of(lines) >= pass_at:
        return _passed(scheme, case, total_of(lines))
    if not records.begun_to_judge:
        return "未考核", "cannot_tell", _needs(records, lines, "考核登记表（评价分）")
    if at_most(lines) >= pass_at:
        return "未考核", "cannot_tell", _needs(records, lines)
    if scheme.closing is None or as_of < scheme.closing:
        until = f"{written(scheme.closing)}前" if scheme.closing else ""
        need = f"现为{shown(total_of(lines))}分；{until}仍可补交材料"
        return "未考核", "cannot_tell", (need, *_needs(records, lines))
    return "不合格", "no", ()


def _passed(scheme: Scheme, case: Case, total: Decimal) -> Decision:
    presence, withhold = case.records.presence, scheme.outcomes.withhold_unexcused_at
    if has(case.rulings, "release"):
        return "合格", "yes", ()
    if withhold and presence.unexcused >= withhold:
        return "合格（证书缓发）", "yes", ()
    if not presence.known:
        return "未考核", "cannot_tell", ("考勤表（得分已够，缺勤天数不明）",)
    if withhold and presence.unexcused_at_most >= withhold:
        return "未考核", "cannot_tell", (f"核定考勤表{presence.open_halves}个半天（得分已够，缺勤天数不明）",)
    if total - presence.asked * scheme.discipline.unexcused_half_day < scheme.evaluation.pass_at:
        return "未考核", "cannot_tell", (f"核定考勤表{presence.asked}个半天的缺勤（若属无故，得分不够）",)
    return "合格", "yes", ()


def _needs(records: Records, lines: Sequence[PointLine], *first: str) -> tuple[str, ...]:
    open_lines = [line for line in lines if line.at_most > line.points]
    listed = f"未定的项目：{'、'.join(line.name for line in open_lines)}" if open_lines else ""
    presence = "" if records.presence.known else "考勤表"
    return tuple(filter(None, (*first, presence, listed)))


# --- without points ----------------------------------------------------------------------------------------------


def _by_conclusion(scheme: Scheme, case: Case) -> Decision:
    """A person's word, else the conclusion that all the assessor's papers agree on."""
    rules = scheme.evaluation
    ruled = next((one.item for one in reversed(case.rulings) if one.kind == "conclude"), "")
    said = {ruled} if ruled else _conclusions(scheme, case.records)
    paper = scheme.document(rules.form)
    name = f"《{paper.name}》的结论" if paper else f"{rules.assessor}的评价结论"
    if len(said) != 1:
        return "未考核", "cannot_tell", (f"{name}{'前后不同，请核对' if said else ''}",)
    passed = said <= {*rules.passed, "合格"}
    return ("合格", "yes", ()) if passed else ("不合格", "no", ())


def _conclusions(scheme: Scheme, records: Records) -> set[str]:
    rules = scheme.evaluation
    papers = records.papers.get(rules.form, ())
    return {text for paper in papers if (text := paper.submission.text(rules.conclusion))}


def _by_own_word(scheme: Scheme, case: Case) -> Decision:
    """The latest own judgement; of several that differ the last one written, since a self-plan is judged as it goes."""
    rules = scheme.evaluation
    papers = case.records.papers.get(rules.form, ())
    said = [(str(day_of_paper(paper)), text) for paper in papers if (text := paper.submission.text(rules.conclusion))]
    if not said:
        paper = scheme.document(rules.form)
        return "未考核", "cannot_tell", (f"《{paper.name if paper else rules.form}》",)
    _, last = max(said)
    return ("完成", "yes", ()) if last in rules.passed else ("未完成", "no", ())


def _by_papers(scheme: Scheme, case: Case, as_of: date) -> Decision:
    """Whether everything asked was handed in; nobody is given a mark."""
    lacking = (*(one.sentence for one in case.missing), *(one.sentence for one in case.shortfall))
    over = scheme.closing is not None and as_of > scheme.closing
    if lacking:
        return ("未完成", "no", ()) if over else ("未考核", "cannot_tell", lacking)
    end = scheme.calendar.end
    if end is not None and as_of < end:
        return "未考核", "cannot_tell", (f"研修到{written(end)}结束",)
    return "完成", "yes", ()


# --- hours and certificate ---------------------------------------------------------------------------------------


def hours_of(scheme: Scheme, outcome: Outcome) -> int | None:
    """Hours that are certain; None while they are not, and where the programme gives none."""
    if outcome == "合格":
        return scheme.outcomes.hours_trainee or None
    return 0 if outcome == "不合格" and scheme.outcomes.hours_trainee else None


def certificate_of(
    scheme: Scheme, outcome: Outcome, gates: Sequence[Finding], rulings: Sequence[Ruling]
) -> CertificateState:
    """What may be done about the certificate. gates: what a person decides first."""
    if has(rulings, "withdraw", "substitute") or scheme.certificate("trainee") is None:
        return "none"
    if outcome == "合格（证书缓发）":
        return "withheld"
    if outcome == "未考核":
        return "open"
    if outcome != "合格":
        return "none"
    if not gates or has(rulings, "confirm", "release") or scheme.outcomes.gate == "warn":
        return "issue"
    return "manual" if scheme.outcomes.gate == "manual" else "none"


def withheld_findings(scheme: Scheme, records: Records, outcome: Outcome) -> tuple[Finding, ...]:
    """G-07: the certificate waits, and the absence is filed whatever the score."""
    days = records.presence.unexcused
    if not scheme.outcomes.withhold_unexcused_at or days < scheme.outcomes.withhold_unexcused_at:
        return ()
    consequence = "结业证书缓发，学时证明由人决定；" if outcome == "合格（证书缓发）" else ""
    message = f"无故缺勤{plain(days)}天，{consequence}记入教师培训档案。"
    return (Finding("unexcused_absence", message, "", "manual", "G-07"),)


def gate_findings(scheme: Scheme, records: Records, lines: Sequence[PointLine]) -> tuple[Finding, ...]:
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
