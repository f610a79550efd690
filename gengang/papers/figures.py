"""Figures: what was counted of one person, as the papers print it; the same records that the points rest on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gengang.activities import counted, logs_of
from gengang.attendance import presence_of
from gengang.copies import counted_once
from gengang.points import records_of
from gengang.scheme import Measure, Scheme
from gengang.submission import Paper


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one person.

    present, leave, absent: days, half days as 0.5; due: as the mentor's 考勤表 states it, None while it does not.
    known: whether any 考勤表 is in; counts: how many distinct records of each measure.
    log_days, lesson_days: the day of each counted log and of each counted lesson heard.
    """

    person: str
    known: bool
    due: Decimal | None
    present: Decimal
    leave: Decimal
    absent: Decimal
    counts: Mapping[Measure, int]
    log_days: tuple[date, ...]
    lesson_days: tuple[date, ...]

    def count(self, measure: Measure) -> int:
        """How many distinct records of a measure."""
        return self.counts.get(measure, 0)


def figures_of(scheme: Scheme, person: str, papers: Sequence[Paper]) -> Figures:
    """Count one person's papers. person: key of the roster; papers: all and only this person's."""
    papers = counted_once(papers)
    presence = presence_of(scheme.calendar, papers)
    logs = logs_of(scheme.calendar, papers, presence)
    records = records_of(presence, logs, papers)
    return Figures(
        person,
        presence.known,
        _due(records.papers.get("attendance", ())),
        presence.days,
        presence.leave_days,
        presence.unexcused,
        records.counts,
        logs.days,
        tuple(lesson.day for lesson in counted(logs, "lessons_heard")),
    )


def _due(sheets: Sequence[Paper]) -> Decimal | None:
    stated = {text for sheet in sheets if (text := sheet.submission.text("due_days"))}
    return Decimal(stated.pop()) if len(stated) == 1 else None


def plain(number: Decimal | int) -> str:
    """A number without needless zeros: 9.50 as 9.5, 10.0 as 10."""
    return f"{Decimal(number).normalize():f}"
