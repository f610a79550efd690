"""What 研修日志 show of one person: on which days a log was written that counts, and what waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gengang.attendance import Presence
from gengang.calendar_days import counts, written
from gengang.findings import Finding
from gengang.halfdays import day_of_value
from gengang.scheme import Calendar
from gengang.submission import Paper

FORM = "training_log"


@dataclass(frozen=True, slots=True)
class Logs:
    """days: valid dates in order; waiting: places of logs whose date waits; sources: keys of the valid ones."""

    days: tuple[date, ...]
    waiting: tuple[str, ...]
    sources: tuple[str, ...]
    findings: tuple[Finding, ...]


def logs_of(calendar: Calendar, papers: Iterable[Paper], presence: Presence) -> Logs:
    """The logs of one person; one on a day marked absent waits for a person and is not counted (H05)."""
    logs = sorted((paper for paper in papers if paper.submission.form == FORM), key=lambda paper: paper.key)
    dated = [(paper, day) for paper in logs if (day := day_of_value(paper.submission.values.get("log_date")))]
    valid = [(paper, day) for paper, day in dated if counts(calendar, day) and not presence.missed(day)]
    days = tuple(sorted({day for _, day in valid}))
    undated = [paper for paper in logs if not paper.submission.values.get("log_date")]
    return Logs(
        days,
        tuple(f"{paper.key} log_date" for paper in undated if "log_date" in paper.open_fields),
        tuple(paper.key for paper, _ in valid),
        (*_undated(undated), *_unmarked(days, presence)),
    )


def _undated(undated: Sequence[Paper]) -> list[Finding]:
    blank = [paper for paper in undated if "log_date" not in paper.open_fields]
    if not blank:
        return []
    message = f"有{len(blank)}份研修日志没有日期，不计，请补填。"
    return [Finding("log_undated", message, "log_date", "warn", "L-05", blank[0].file)]


def _unmarked(days: Sequence[date], presence: Presence) -> list[Finding]:
    marked = {day for day, _ in presence.marks}
    without = [day for day in days if day not in marked]
    if not presence.known or presence.waiting or not without:
        return []
    message = f"研修日志的日子在考勤表上没有记载，请指导教师确认：{'、'.join(map(written, without))}。"
    return [Finding("log_without_attendance", message, "log_date", "warn", "M-04")]
