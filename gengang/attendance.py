"""What 考勤表 say of one person: half days attended, missed without leave, on leave, and what waits for a person.

Only the mentor's mark counts: a day without a mark is no absence (L-07), and a day off is no day (T-01, T-02). A mark
缺勤 is an unexcused absence only where no leave covers it and the day was not planned otherwise.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from gengang.calendar_days import counts, written
from gengang.dayplan import NO_PLAN, DayPlan, Move, plan_of
from gengang.findings import Finding, Severity
from gengang.halfdays import HALVES, Half, day_of_value, halves_of, halves_written, in_order
from gengang.leave import Leave, leaves_of
from gengang.scheme import Calendar, LeaveRules
from gengang.submission import Paper

HALF = Decimal("0.5")
PRESENT = ("出勤", "迟到", "早退")
LEAVE = ("事假", "病假", "公假")
ABSENT = "缺勤"
LEAVE_RULES = LeaveRules()
# What a mark 缺勤 is. asked: a leave that is not approved in time, a 改期, or a plan that was not read, and a person
# decides; unplanned: on a half day that nobody planned, which is no absence.
Absence = Literal["unexcused", "excused", "asked", "unplanned"]


@dataclass(frozen=True, slots=True)
class Presence:
    """Half days by their mark. known: whether any 考勤表 is in.

    marks: counted half days with one certain mark; unread: those whose mark waits for a person (unread or
    contradictory), lost: how many more there may be in rows without a date; waiting: places that wait.
    absences: what each mark 缺勤 is; plan, leaves: by which that was told. sources, file: the papers.
    made_up: days that a person ruled were made up; ruled: days about whose absence a person decided.
    half_days: whether half a day attended counts as 0.5, else only whole days do (Q4).
    """

    known: bool
    marks: Mapping[Half, str]
    unread: frozenset[Half]
    lost: int
    waiting: tuple[str, ...]
    sources: tuple[str, ...]
    findings: tuple[Finding, ...]
    absences: Mapping[Half, Absence] = field(default_factory=dict)
    plan: DayPlan = NO_PLAN
    leaves: tuple[Leave, ...] = ()
    file: str = ""
    made_up: tuple[date, ...] = ()
    ruled: frozenset[date] = frozenset()
    half_days: bool = True

    @property
    def dates(self) -> tuple[date, ...]:
        """Dates attended at least half a day, in order."""
        return tuple(sorted({day for (day, _), mark in self.marks.items() if mark in PRESENT}))

    @property
    def days(self) -> Decimal:
        """Days attended, half days as 0.5 or not at all as the scheme has it, and those made up."""
        return self.marked_present - (0 if self.half_days else HALF * len(self._half_attended)) + len(self.made_up)

    @property
    def marked_present(self) -> Decimal:
        """Days marked as attended, half days as 0.5 whatever the scheme makes of them."""
        return HALF * sum(mark in PRESENT for mark in self.marks.values())

    @property
    def _half_attended(self) -> list[date]:
        halves = [day for (day, _), mark in self.marks.items() if mark in PRESENT]
        return [day for day in self.dates if halves.count(day) == 1]

    @property
    def unexcused(self) -> Decimal:
        """Days missed without leave, half days as 0.5, less those made up."""
        return max(Decimal(0), HALF * self._absent("unexcused") - len(self.made_up))

    @property
    def asked(self) -> int:
        """Half days marked 缺勤 of which a person has to say whether they were excused or moved."""
        return self._absent("asked")

    @property
    def open_halves(self) -> int:
        """Half days that may yet turn out unexcused."""
        return len(self.unread) + self.lost + self.asked

    @property
    def unexcused_at_most(self) -> Decimal:
        """The same as `unexcused` if every open half day turned out so."""
        return self.unexcused + HALF * self.open_halves

    @property
    def marked_absent(self) -> Decimal:
        """Days marked 缺勤, whatever they turned out to be."""
        return HALF * sum(mark == ABSENT for mark in self.marks.values())

    @property
    def excused_days(self) -> Decimal:
        """Days marked 缺勤 that an approved leave covers."""
        return HALF * self._absent("excused")

    @property
    def leave_days(self) -> Decimal:
        """Days marked as any leave, or missed with an approved one."""
        on_leave = [half for half, mark in self.marks.items() if mark in LEAVE and half not in self.absences]
        return HALF * len(on_leave) + self.excused_days

    @property
    def settled_or_waiting(self) -> frozenset[Half]:
        """Half days without a mark of which nothing is to be asked: ruled on, or their mark is asked for."""
        return self.unread | {half for day in self.ruled for half in halves_of(day)}

    def _absent(self, kind: Absence) -> int:
        return sum(one == kind for one in self.absences.values())

    @property
    def slips(self) -> int:
        """How often late or early."""
        return sum(mark in ("迟到", "早退") for mark in self.marks.values())

    def missed(self, day: date) -> bool:
        """Whether a day has marks and none of them is present."""
        marks = [self.marks[half] for half in halves_of(day) if half in self.marks]
        return bool(marks) and not any(mark in PRESENT for mark in marks)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A half day's mark in one row of one paper; None where it waits."""

    half: Half
    mark: str | None
    place: str


def presence_of(
    calendar: Calendar, papers: Iterable[Paper], moves: Sequence[Move] = (), rules: LeaveRules = LEAVE_RULES
) -> Presence:
    """The marks of all 考勤表 of one person; two that differ about one half day wait for a person.

    papers: among them requests for leave and the day plan. moves: 改期 that a person recorded, in order.
    """
    papers = tuple(papers)
    sheets = sorted((paper for paper in papers if paper.submission.form == "attendance"), key=lambda paper: paper.key)
    seen = [one for paper in sheets for one in _seen_in(paper)]
    counted = [one for one in seen if counts(calendar, one.half[0])]
    marks, contradictory = _agreed(counted)
    unread = {one.half for one in counted if one.mark is None and one.half not in marks} | set(contradictory)
    lost = [place for paper in sheets for place in _lost_rows(paper)]
    waiting = [one.place for one in counted if one.half in unread] + lost
    plan, leaves = plan_of(calendar, papers, moves), leaves_of(rules, papers)
    absences = {half: _absence(half, plan, leaves) for half, mark in marks.items() if mark == ABSENT}
    file = sheets[0].file if sheets else ""
    findings = tuple(_contradiction(contradictory))
    # A row whose date is unread may be any two half days.
    return Presence(
        bool(sheets), marks, frozenset(unread), 2 * len(lost), tuple(dict.fromkeys(waiting)),
        tuple(paper.key for paper in sheets), findings, absences, plan, leaves, file, half_days=calendar.half_days,
    )  # fmt: skip


def _absence(half: Half, plan: DayPlan, leaves: Sequence[Leave]) -> Absence:
    states = {leave.state for leave in leaves if leave.covers(half)} - {"none"}
    if "approved" in states:
        return "excused"
    if states or half in plan.moved:
        return "asked"
    if not plan.known or half in plan.halves:
        return "unexcused"
    return "unplanned" if plan.whole else "asked"


def _seen_in(paper: Paper) -> Iterable[_Seen]:
    for number, row in enumerate(paper.submission.rows("days"), 1):
        day = day_of_value(row.get("date"))
        for half in HALVES if day is not None else ():
            place = f"days[{number}].{half}"
            mark = row.get(half)
            if day is not None and (mark is not None or place in paper.open_fields):
                yield _Seen((day, half), mark if isinstance(mark, str) else None, f"{paper.key} {place}")


def _lost_rows(paper: Paper) -> list[str]:
    return [
        f"{paper.key} {path}"
        for path in paper.open_fields
        if path == "days" or (path.startswith("days[") and path.endswith("].date"))
    ]


def _agreed(seen: Sequence[_Seen]) -> tuple[dict[Half, str], list[Half]]:
    said: dict[Half, set[str]] = {}
    for one in seen:
        if one.mark is not None:
            said.setdefault(one.half, set()).add(one.mark)
    marks = {
        half: next(iter(found))
        for half, found in sorted(said.items(), key=lambda one: in_order(one[0]))
        if len(found) == 1
    }
    return marks, sorted((half for half, found in said.items() if len(found) > 1), key=in_order)


def _dates(days: Iterable[date]) -> str:
    return "、".join(written(day) for day in days)


def _contradiction(halves: Sequence[Half]) -> list[Finding]:
    if not halves:
        return []
    message = f"考勤表前后记载不同，请指导教师确认：{_dates(dict.fromkeys(day for day, _ in halves))}。"
    return [Finding("attendance_differs", message, "", "manual", "M-04")]


def absence_findings(presence: Presence) -> list[Finding]:
    """What a person has to know or to decide of absence and leave; nothing about a day that was decided."""
    marks = {half: mark for half, mark in presence.marks.items() if half[0] not in presence.ruled}
    absences = {half: one for half, one in presence.absences.items() if half[0] not in presence.ruled}
    open_ones = replace(presence, marks=marks, absences=absences)
    return [*_without_paper(open_ones), *_incomplete(open_ones), *_told_of_absences(open_ones)]


def _without_paper(presence: Presence) -> Iterator[Finding]:
    halves = [half for half, mark in presence.marks.items()
              if mark in LEAVE and not any(one.covers(half) for one in presence.leaves)]  # fmt: skip
    if halves:
        message = f"考勤表记有请假而没有请假申请，请核对手续后确认：{halves_written(halves)}。"
        yield Finding("leave_without_paper", message, "", "manual", "L-07")


def _incomplete(presence: Presence) -> Iterator[Finding]:
    """One line for all requests that need a person and about which the 考勤表 says something."""
    leaves = presence.leaves
    away = [half for half, mark in presence.marks.items() if mark in (*LEAVE, ABSENT)]
    states = {half: {one.state for one in leaves if one.covers(half)} for half in away}
    wanting = [half for half, found in states.items() if "open" in found and "approved" not in found]
    if wanting:
        short = [one for one in leaves if one.lacks and any(one.covers(half) for half in wanting)]
        why = "、".join(dict.fromkeys(part for one in short for part in one.lacks))
        message = f"请假申请手续不全（{why}），请核对后确认是否准假，确认前不算无故缺勤：{halves_written(wanting)}。"
        yield Finding("leave_incomplete", message, "", "manual", "L-07", short[0].file)


def _told_of_absences(presence: Presence) -> Iterator[Finding]:
    """A line for each thing that a mark 缺勤 may be other than an unexcused absence."""
    asked = [half for half, one in presence.absences.items() if one == "asked"]
    unread = [half for half in asked if half not in presence.plan.moved
              and not any(leave.covers(half) for leave in presence.leaves)]  # fmt: skip
    cases: tuple[tuple[str, Severity, str, Sequence[Half]], ...] = (
        ("absence_excused", "info", "考勤表记缺勤而有批准的请假申请，按请假计",
         [half for half, one in presence.absences.items() if one == "excused"]),
        ("absence_moved", "manual", "已说好改期的日子考勤表记了缺勤，请指导教师确认，确认前不算无故缺勤",
         [half for half in asked if half in presence.plan.moved]),
        ("absence_plan_unread", "manual", "个人研修方案有日期没有读清，请核对这些缺勤是否在安排之内", unread),
        ("absence_unplanned", "warn", "考勤表记缺勤而个人研修方案没有安排的日子，不算缺勤，请核对",
         [half for half, one in presence.absences.items() if one == "unplanned"]),
    )  # fmt: skip
    for code, severity, words, halves in cases:
        if halves:
            yield Finding(code, f"{words}：{halves_written(halves)}。", "days", severity, "L-07", presence.file)
