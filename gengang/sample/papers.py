"""All that an invented season leaves behind on paper, in the order in which it is written, as values in normal form."""

from collections.abc import Iterator, Sequence

from gengang.roster import Person
from gengang.sample.papers_filled import Filled, Told, told_of
from gengang.sample.papers_office import appraisal_of, attendance_of, base_appraisal_of, leaves_of, register_of
from gengang.sample.papers_records import activities_recorded, lessons_of, log_of, observations_of, summary_of
from gengang.sample.papers_reports import action_research_of, reflections_of, study_report_of
from gengang.sample.papers_school import (
    assignments_of,
    base_plan_of,
    mentor_summary_of,
    registrations_of,
    sign_ins_of,
)
from gengang.sample.papers_study import personal_info_of, planned_papers
from gengang.sample.people import Cohort
from gengang.sample.season import Season

__all__ = ["Filled", "assignments_of", "papers_of", "papers_of_base", "papers_of_mentor", "registrations_of"]


def papers_of(season: Season) -> Iterator[Filled]:
    """Everything one trainee's season leaves on paper, in the order in which it is written."""
    papers = sorted(_papers(told_of(season)), key=lambda paper: paper.written)
    yield from (paper for paper in papers if paper.kind not in season.story.withheld_papers)


def _papers(told: Told) -> Iterator[Filled]:
    season = told.season
    yield personal_info_of(told)
    yield from planned_papers(told)
    for number in range(1, len(season.attended) + 1):
        yield log_of(told, number)
    if not season.story.summary:
        yield from observations_of(told)
    yield from lessons_of(told)
    yield from activities_recorded(told)
    yield from leaves_of(told)
    reflections = tuple(reflections_of(told))
    yield from reflections
    if season.story.summary:
        yield summary_of(told, reflections)
    yield action_research_of(told)
    yield attendance_of(told)
    yield study_report_of(told)
    yield appraisal_of(told)
    yield register_of(told)
    yield base_appraisal_of(told)


def papers_of_mentor(mentor: Person, seasons: Sequence[Season]) -> Iterator[Filled]:
    """What a mentor writes about the own work. seasons: those of other mentors are left out; nothing without one."""
    own = [season for season in seasons if season.mentor.key == mentor.key]
    if own:
        yield mentor_summary_of(mentor, own)


def papers_of_base(cohort: Cohort, seasons: Sequence[Season]) -> Iterator[Filled]:
    """What the base school hands in for all, in the order in which it is written; the last is the showcase's 签到表."""
    papers = [base_plan_of(cohort.base, len(seasons)), *assignments_of(cohort, seasons), *sign_ins_of(cohort)]
    yield from sorted(papers, key=lambda paper: paper.written)
