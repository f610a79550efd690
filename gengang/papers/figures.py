"""Figures: what was counted of one person, as the papers print it; the same records that the points rest on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from gengang.activities import logs_of
from gengang.aspects import aspects_of, stages_of
from gengang.attendance import presence_of
from gengang.copies import counted_once
from gengang.noted import NOTHING_NOTED, Noted
from gengang.points import Records, records_of
from gengang.reconcile import SCHOOL_FORMS
from gengang.records import KINDS
from gengang.scheme import Measure, Scheme
from gengang.submission import Paper


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one person.

    present, leave, absent: days, half days as 0.5; due: by the day plan as last agreed, where none is in as the
    mentor's 考勤表 states it, None where neither does.
    known: whether any 考勤表 is in; counts: how many distinct records of each measure, how many papers of each form.
    log_days, lesson_days: the day of each counted log and of each counted lesson heard.
    aspects, stages: of how many logs each of the six aspects of C-01 and the kinds of activity of C-02 are told.
    days: measure -> the day of each record; `workdays` are those attended, `planned` those of the day plan as last
    agreed, None where no plan was read. sources: keys of the papers that name the records of a measure.
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
    aspects: Mapping[str, int] = field(default_factory=dict)
    stages: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[Measure, tuple[date, ...]] = field(default_factory=dict)
    planned: tuple[date, ...] | None = None
    sources: Mapping[Measure, tuple[str, ...]] = field(default_factory=dict)

    def until(self, measure: Measure, day: date) -> int:
        """How many distinct records of a measure there are but for those of later days."""
        return self.count(measure) - sum(one > day for one in self.days.get(measure, ()))

    def done(self, measure: Measure) -> Decimal | None:
        """How much of a measure there is; None for the days of somebody of whom no 考勤表 is in."""
        if measure != "workdays":
            return Decimal(self.count(measure))
        return self.present if self.known else None

    def count(self, measure: Measure) -> int:
        """How many distinct records of a measure."""
        return self.counts.get(measure, 0)


def done_by(figures: Iterable[Figures], measure: Measure) -> tuple[list[Decimal], str]:
    """How much of a measure each has; in words how many are left out: `1名没有考勤表，未计入`, empty when nobody."""
    found = [one.done(measure) for one in figures]
    told = [one for one in found if one is not None]
    untold = len(found) - len(told)
    return told, f"{untold}名没有考勤表，未计入" if untold else ""


def figures_of(scheme: Scheme, person: str, papers: Sequence[Paper], noted: Noted = NOTHING_NOTED) -> Figures:
    """Count one person's papers. person: key of the roster; papers: all and only this person's.

    noted: what was recorded of the person without a scan.
    """
    papers = counted_once(papers)
    presence = presence_of(scheme.calendar, papers, noted.moves, scheme.leave)
    logs = logs_of(scheme.calendar, papers, presence)
    return figures_in(person, records_of(scheme, presence, logs, papers, noted))


def figures_in(person: str, records: Records) -> Figures:
    """What a person's records come to, where nothing that was ruled has changed them; a school's lists are no paper."""
    presence, logs = records.presence, records.logs
    valid = [paper for paper in records.papers.get("training_log", ()) if paper.key in logs.sources]
    return Figures(
        person,
        presence.known,
        presence.plan.due if presence.plan.due is not None else _due(records.papers.get("attendance", ())),
        records.days,
        presence.leave_days,
        presence.unexcused,
        {**{form: records.number_of(form) for form in records.papers if form not in SCHOOL_FORMS}, **records.counts},
        logs.days,
        records.days_of("lessons_heard"),
        aspects_of(valid),
        stages_of(valid),
        {"workdays": presence.dates, "logs": logs.days, **{measure: records.days_of(measure) for measure in KINDS}},
        tuple(sorted({day for day, _ in presence.plan.halves})) if presence.plan.known else None,
        records.sources,
    )


def _due(sheets: Sequence[Paper]) -> Decimal | None:
    stated = {text for sheet in sheets if (text := sheet.submission.text("due_days"))}
    return Decimal(stated.pop()) if len(stated) == 1 else None


def plain(number: Decimal | int) -> str:
    """A number without needless zeros: 9.50 as 9.5, 10.0 as 10."""
    return f"{Decimal(number).normalize():f}"
