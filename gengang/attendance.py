"""What 考勤表 say of one person: half days attended, missed without leave, on leave, and what waits for a person.

Only the mentor's mark counts: a day without a mark is no absence (L-07), and a day off is no day (T-01, T-02).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from gengang.calendar_days import in_window, is_workday, written
from gengang.codecs import Value
from gengang.findings import Finding
from gengang.scheme import Calendar
from gengang.submission import Paper

HALF = Decimal("0.5")
PRESENT = ("出勤", "迟到", "早退")
LEAVE = ("事假", "病假", "公假")
ABSENT = "缺勤"
Half = tuple[date, Literal["morning", "afternoon"]]
_HALVES: tuple[Literal["morning", "afternoon"], ...] = ("morning", "afternoon")


@dataclass(frozen=True, slots=True)
class Presence:
    """Half days by their mark. known: whether any 考勤表 is in.

    marks: counted half days with one certain mark; open_halves: how many wait for a person (unread or contradictory).
    waiting: places that wait; sources: keys of the papers. made_up: days that a person ruled were made up.
    """

    known: bool
    marks: Mapping[Half, str]
    open_halves: int
    waiting: tuple[str, ...]
    sources: tuple[str, ...]
    findings: tuple[Finding, ...]
    made_up: tuple[date, ...] = ()

    @property
    def dates(self) -> tuple[date, ...]:
        """Dates attended at least half a day, in order."""
        return tuple(sorted({day for (day, _), mark in self.marks.items() if mark in PRESENT}))

    @property
    def days(self) -> Decimal:
        """Days attended, half days as 0.5, and those made up."""
        return HALF * sum(mark in PRESENT for mark in self.marks.values()) + len(self.made_up)

    @property
    def unexcused(self) -> Decimal:
        """Days marked 缺勤, half days as 0.5, less those made up."""
        return max(HALF * 0, HALF * sum(mark == ABSENT for mark in self.marks.values()) - len(self.made_up))

    @property
    def unexcused_at_most(self) -> Decimal:
        """The same if every open half day turned out 缺勤."""
        return self.unexcused + HALF * self.open_halves

    @property
    def leave_days(self) -> Decimal:
        """Days marked as any leave."""
        return HALF * sum(mark in LEAVE for mark in self.marks.values())

    @property
    def slips(self) -> int:
        """How often late or early."""
        return sum(mark in ("迟到", "早退") for mark in self.marks.values())

    def missed(self, day: date) -> bool:
        """Whether a day has marks and none of them is present."""
        marks = [self.marks[half] for half in _halves_of(day) if half in self.marks]
        return bool(marks) and not any(mark in PRESENT for mark in marks)


def _halves_of(day: date) -> tuple[Half, ...]:
    return tuple((day, half) for half in _HALVES)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A half day's mark in one row of one paper; None where it waits."""

    half: Half
    mark: str | None
    place: str


def presence_of(calendar: Calendar, papers: Iterable[Paper]) -> Presence:
    """The marks of all 考勤表 of one person; two that differ about one half day wait for a person."""
    sheets = sorted((paper for paper in papers if paper.submission.form == "attendance"), key=lambda paper: paper.key)
    seen = [one for paper in sheets for one in _seen_in(paper)]
    counted = [one for one in seen if in_window(calendar, one.half[0]) and is_workday(calendar, one.half[0])]
    marks, contradictory = _agreed(counted)
    open_halves = {one.half for one in counted if one.mark is None and one.half not in marks} | set(contradictory)
    lost = [place for paper in sheets for place in _lost_rows(paper)]
    waiting = [one.place for one in counted if one.half in open_halves] + lost
    findings = (*_outside(calendar, seen), *_contradiction(contradictory), *_leave_findings(marks))
    keys = tuple(paper.key for paper in sheets)
    # A row whose date is unread may be any two half days.
    return Presence(
        bool(sheets), marks, len(open_halves) + 2 * len(lost), tuple(dict.fromkeys(waiting)), keys, findings
    )


def _seen_in(paper: Paper) -> Iterable[_Seen]:
    for number, row in enumerate(paper.submission.rows("days"), 1):
        day = day_of_value(row.get("date"))
        for half in _HALVES if day is not None else ():
            place = f"days[{number}].{half}"
            mark = row.get(half)
            if day is not None and (mark is not None or place in paper.open_fields):
                yield _Seen((day, half), mark if isinstance(mark, str) else None, f"{paper.key} {place}")


def day_of_value(value: Value | None) -> date | None:
    """A `date` value as a day."""
    return date.fromisoformat(value) if isinstance(value, str) else None


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
    marks = {half: next(iter(found)) for half, found in sorted(said.items()) if len(found) == 1}
    return marks, sorted(half for half, found in said.items() if len(found) > 1)


def _outside(calendar: Calendar, seen: Sequence[_Seen]) -> list[Finding]:
    days = sorted({one.half[0] for one in seen})
    beyond = [day for day in days if not in_window(calendar, day)]
    off = [day for day in days if in_window(calendar, day) and not is_workday(calendar, day)]
    return off_days("考勤表", beyond, off)


def off_days(paper: str, beyond: Sequence[date], off: Sequence[date]) -> list[Finding]:
    """What is said of records outside the window (B08) and on days off (B07)."""
    findings = []
    if beyond:
        message = f"{paper}有研修时间以外的日期，不计：{_dates(beyond)}。"
        findings.append(Finding("outside_window", message, "", "warn", "T-01"))
    if off:
        message = f"{paper}有节假日或周末的日期，不计：{_dates(off)}。"
        findings.append(Finding("day_off", message, "", "warn", "T-02"))
    return findings


def _dates(days: Iterable[date]) -> str:
    return "、".join(written(day) for day in days)


def _contradiction(halves: Sequence[Half]) -> list[Finding]:
    if not halves:
        return []
    message = f"考勤表前后记载不同，请指导教师确认：{_dates(dict.fromkeys(day for day, _ in halves))}。"
    return [Finding("attendance_differs", message, "", "manual", "M-04")]


def _leave_findings(marks: Mapping[Half, str]) -> list[Finding]:
    days = dict.fromkeys(day for (day, _), mark in marks.items() if mark in LEAVE)
    if not days:
        return []
    message = f"考勤表记有请假而没有请假申请，请核对手续后确认：{_dates(days)}。"
    return [Finding("leave_without_paper", message, "", "manual", "L-07")]
