"""Study plans: what 个人学习计划 leaves out (W-05, M-01), and whether 个人研修方案 plans days enough (W-06)."""

import re
from collections.abc import Iterator, Mapping, Sequence

from gengang.calendar_days import counts, written
from gengang.clause_rules import has_waiting, is_written
from gengang.dayplan import FORM as DAY_PLAN
from gengang.dayplan import planned_days
from gengang.findings import Finding
from gengang.points import plain
from gengang.reading import PROSE_BODY
from gengang.scheme import Scheme
from gengang.submission import Paper

FORM = "study_plan"
# W-05: each part, its field on the form, and the words with which a plan written as prose tells of it.
_PARTS: Mapping[str, tuple[str, re.Pattern[str]]] = {
    "学校发展现状分析": ("school_analysis", re.compile(r"我校|学校(?:的)?(?:发展|现状|情况|概况|基本)|校情")),
    "自身存在问题": ("own_problems", re.compile(r"问题|不足|困惑|困难|差距|短板|薄弱|欠缺")),
    "学习计划与措施": ("plan", re.compile(r"计划|措施|安排|打算|步骤")),
    "学习重点": ("focus", re.compile(r"重点|着重|侧重|主要学习")),
}
_SEEN_BY_MENTOR = re.compile(r"(?:指导教师|指导老师|导师)(?:的)?(?:意见|签[名字章]|审)")


def study_plan_findings(papers: Mapping[str, Sequence[Paper]]) -> Iterator[Finding]:
    """One line for what no plan has, and one where no mentor saw any."""
    plans = papers.get(FORM, ())
    if not plans:
        return
    wanting = [part for part in _PARTS if not any(_has(paper, part) for paper in plans)]
    if wanting:
        message = f"个人学习计划没有写{'、'.join(wanting)}，请补写。"
        yield Finding("plan_part_missing", message, _PARTS[wanting[0]][0], "warn", "W-05", plans[0].file)
    if not any(_seen_by_mentor(paper) for paper in plans):
        message = "个人学习计划上没有看到指导教师的意见和签名，请核对纸质件。"
        yield Finding("plan_without_mentor", message, "mentor_signature", "info", "M-01", plans[0].file)


def _has(paper: Paper, part: str) -> bool:
    field, words = _PARTS[part]
    body = paper.submission.text(PROSE_BODY)
    return is_written(paper, field, PROSE_BODY) if not body else bool(words.search(body)) or is_written(paper, field)


def _seen_by_mentor(paper: Paper) -> bool:
    signed = paper.marks.get(("signature", "mentor_signature")) == "present"
    told = _SEEN_BY_MENTOR.search(paper.submission.text(PROSE_BODY)) is not None
    return signed or told or is_written(paper, "mentor_opinion", "mentor_signature")


def day_plan_findings(scheme: Scheme, papers: Mapping[str, Sequence[Paper]]) -> Iterator[Finding]:
    """W-06: as many different working days of the window are planned as are asked; days that do not count are named.

    Nothing is said of a plan of which a row waits, or that is no table.
    """
    plans, asked = papers.get(DAY_PLAN, ()), scheme.requirement("workdays")
    if not plans or asked is None or any(has_waiting(one, "days") or is_written(one, PROSE_BODY) for one in plans):
        return
    planned = sorted({day for paper in plans for day in planned_days(paper)})
    off = [day for day in planned if not counts(scheme.calendar, day)]
    have = len(planned) - len(off)
    if have >= asked.need:
        return
    besides = f"，{'、'.join(map(written, off))}不是研修期内的工作日，不算" if off else ""
    message = f"个人研修方案安排了{have}个工作日，不足{plain(asked.need)}个{besides}，请补齐。"
    yield Finding("plan_days_short", message, "days", "warn", "W-06", plans[0].file)
