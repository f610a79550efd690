"""Leave: which half days a 请假申请 covers, and whether it was approved in time by mentor and base school (L-07)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from gengang.calendar_days import written
from gengang.halfdays import Half, day_of_value, in_order
from gengang.scheme import Approver, LeaveRules
from gengang.submission import Paper

FORM = "leave_request"
_REFUSED = re.compile(r"不(?:同意|予|准|批)|未(?:批|准|同意)|暂缓")
# Who approves, the fields any of which shows it, and the day of it.
_APPROVALS: Mapping[Approver, tuple[str, tuple[str, ...], str]] = {
    "mentor": ("指导教师", ("mentor_opinion", "mentor_signature"), "mentor_signed_on"),
    "base_school": ("基地学校", ("base_opinion", "principal_signature"), "base_signed_on"),
}


@dataclass(frozen=True, slots=True)
class Leave:
    """One request.

    first, last: half days from and to, None where the day is not known, and then it may be any.
    lacks: what keeps it from excusing anything, in Chinese, a part for each; none where it is in order.
    late: it was approved afterwards, and the programme takes that for no leave at all.
    """

    first: Half | None
    last: Half | None
    lacks: tuple[str, ...]
    source: str
    file: str = ""
    late: bool = False

    @property
    def state(self) -> Literal["approved", "open", "none"]:
        """approved: by all who must, in time; open: a person decides; none: it excuses nothing."""
        if self.late:
            return "none"
        return "open" if self.lacks else "approved"

    def covers(self, half: Half) -> bool:
        """Whether it is about this half day, or may be."""
        if self.first is None or self.last is None:
            return self.first is None or in_order(self.first) <= in_order(half)
        return in_order(self.first) <= in_order(half) <= in_order(self.last)


def leaves_of(rules: LeaveRules, papers: Iterable[Paper]) -> tuple[Leave, ...]:
    """The requests of one person, in order of key. rules: who must approve, and what becomes of a late approval."""
    found = sorted((paper for paper in papers if paper.submission.form == FORM), key=lambda paper: paper.key)
    return tuple(_leave(rules, paper) for paper in found)


def _leave(rules: LeaveRules, paper: Paper) -> Leave:
    said = paper.submission
    starts, ends = (day_of_value(said.values.get(name)) for name in ("starts_on", "ends_on"))
    # A request that names one day is for that day.
    ends = ends or (starts if "ends_on" not in paper.open_fields else None)
    first: Half | None = (starts, "afternoon" if said.text("starts_half") == "下午" else "morning") if starts else None
    last: Half | None = (ends, "morning" if said.text("ends_half") == "上午" else "afternoon") if ends else None
    lacks = [] if first and last else ["请假起止日期不明"]
    if first and last and in_order(last) < in_order(first):
        lacks.append("请假起止日期前后颠倒")
        last = None
    late = []
    for approver in rules.approvers:
        lacks += _lacking(paper, approver)
        late += _late(paper, approver, first) if rules.in_advance else []
    if rules.late_paper == "manual":
        lacks += late
    return Leave(first, last, tuple(lacks), paper.key, paper.file, bool(late) and rules.late_paper == "unexcused")


def _lacking(paper: Paper, approver: Approver) -> list[str]:
    who, fields, dated = _APPROVALS[approver]
    said = paper.submission
    if any(_REFUSED.search(said.text(name)) for name in fields):
        return [f"{who}没有同意"]
    if not any(said.text(name) for name in fields):
        waits = any(name in paper.open_fields for name in fields)
        return [f"{who}的批准待核"] if waits else [f"没有{who}的批准"]
    return [] if day_of_value(said.values.get(dated)) else [f"{who}批准的日期不明"]


def _late(paper: Paper, approver: Approver, first: Half | None) -> list[str]:
    who, _, dated = _APPROVALS[approver]
    day = day_of_value(paper.submission.values.get(dated))
    return [f"{who}{written(day)}才批准"] if day and first and day > first[0] else []
