"""The invented season: its papers can be written and read, and the product's judgement agrees with its stories."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

import pytest

from gengang.assess import Verdict, assess
from gengang.calendar_days import counts
from gengang.codecs import Value, parse
from gengang.filenames import stated_date
from gengang.form import FieldType
from gengang.sample.papers import Filled, assignments_of, papers_of, registrations_of
from gengang.sample.people import Cohort, cohort_of
from gengang.sample.post import Posted, posted_lists, posted_papers
from gengang.sample.season import Season, season_of
from gengang.sample.stories import PASSED, USUAL, Damage, score_of, story_of
from gengang.scheme import Scheme
from gengang.schemefile import scheme_from_toml
from gengang.submission import Paper, Submission
from gengang.template import forms_of_folder
from gengang.workspace import BUILT_IN
from tests.unit.proposing import FITNESS, roster_from_signups

PEOPLE = 24
PARTS = {"plan_part_missing", "plan_without_mentor", "plan_days_short", "recommendation_unsigned"}
AS_OF = date(2016, 12, 12)
SCHEME: Scheme = scheme_from_toml((BUILT_IN / "schemes" / "county-2016.toml").read_text(encoding="utf-8"))
COHORT: Cohort = cohort_of(PEOPLE, 2016, "安和县实验学校")
FORMS = {form.stem: form for form in forms_of_folder(BUILT_IN / "forms")[0]}


def seasons(damage: Damage) -> tuple[Season, ...]:
    return tuple(
        season_of(one, COHORT, story_of(index, damage), SCHEME.calendar, 2016)
        for index, one in enumerate(COHORT.trainees)
    )


USUAL_SEASONS = seasons("usual")


def all_papers() -> Iterator[Filled]:
    yield from registrations_of(COHORT)
    yield from assignments_of(COHORT, USUAL_SEASONS)
    for season in USUAL_SEASONS:
        yield from papers_of(season)


def filled_values(paper: Filled) -> Iterator[tuple[str, FieldType, Value]]:
    form = FORMS[paper.kind]
    fields, lists = form.fields(), form.lists()
    yield from ((name, fields[name], value) for name, value in paper.values.items() if value is not None)
    for name, rows in paper.lists.items():
        for row in rows:
            yield from ((f"{name}.{column}", lists[name][column], value) for column, value in row.items()
                        if value is not None)  # fmt: skip


def paper_of(posted: Posted, number: int) -> Paper:
    filled = posted.filled
    received = stated_date(posted.carrier or f"{posted.folder}/{posted.name}")
    return Paper(f"p{number}", filled.person, Submission(filled.kind, filled.values, filled.lists), received)


def papers_in(posted: Sequence[Posted]) -> list[Paper]:
    return [paper_of(one, number) for number, one in enumerate(posted)]


def judged(season: Season, damage: Damage = "usual") -> Verdict:
    posted = tuple(posted_papers(season, tuple(papers_of(season)), damage))
    return assess(SCHEME, season.trainee, papers_in(posted), AS_OF)


def test_only_the_stated_slip_of_the_pen_is_no_id_number() -> None:
    slips = [
        paper.person
        for paper in all_papers()
        for name, type_, value in filled_values(paper)
        if type_.codec == "id_number" and parse("id_number", str(value)).state != "value"
    ]
    assert slips == [season.trainee.key for season in USUAL_SEASONS if season.story.wrong_id]


@pytest.mark.parametrize("season", USUAL_SEASONS[:12], ids=lambda season: str(season.story.id))
def test_the_logs_show_what_the_story_tells(season: Season) -> None:
    logs = [paper for paper in papers_of(season) if paper.kind == "training_log"]
    rows = [(log.values["log_date"], row) for log in logs for row in log.lists["activities"]]
    kinds = Counter(str(row["kind"]) for _, row in rows)
    reports = [row for _, row in rows if str(row["topic"]).startswith("汇报课")]
    story = season.story
    assert (len(logs), kinds["听课"]) == (story.days, story.heard)
    assert kinds["上课"] == story.taught + len(reports)
    assert len(reports) == (story.report is not None)
    assert kinds["班级活动"] == story.class_activity
    assert len({(day, row["time"]) for day, row in rows}) == len(rows)


@pytest.mark.parametrize("season", USUAL_SEASONS, ids=lambda season: str(season.trainee.key))
def test_every_day_is_a_working_day_of_the_window(season: Season) -> None:
    assert [day for day in season.days if not counts(SCHEME.calendar, day)] == []
    missed = set(season.days) - set(season.attended) - set(season.on_leave)
    assert len(missed) * 2 == season.story.absent
    assert len(season.on_leave) == bool(season.story.leave)


@pytest.mark.parametrize("season", USUAL_SEASONS[:12], ids=lambda season: str(season.story.id))
def test_the_product_reaches_the_verdict_that_the_story_tells(season: Season) -> None:
    verdict = judged(season)
    story = season.story
    assert (verdict.outcome, verdict.certificate) == (story.outcome, story.certificate)
    assert verdict.unexcused == Decimal(story.absent) / 2
    score = score_of(story)
    assert score is None or verdict.score == score


@pytest.mark.parametrize("season", seasons("none"), ids=lambda season: str(season.trainee.key))
def test_a_cohort_without_damage_passes_and_gets_its_certificates(season: Season) -> None:
    verdict = judged(season, "none")
    assert (verdict.outcome, verdict.certificate, verdict.score) == ("合格", "issue", score_of(season.story))
    contradictions = {"late", "score_differs", "claim_differs", "days_differ", "total_differs"}
    assert {one.code for one in verdict.findings} & {*contradictions, *PARTS} == set()


def test_what_a_story_expects_is_found() -> None:
    for season in USUAL_SEASONS[:12]:
        posted = tuple(posted_papers(season, tuple(papers_of(season)), "usual"))
        expected = {code for one in posted for code in one.expect} - {"id_checksum", "wrong_extension"}
        assert expected <= {finding.code for finding in judged(season).findings}, season.story.id


def test_eight_of_twelve_pass() -> None:
    assert sum(story.certificate == "issue" for story in USUAL) == len(PASSED) == 8


def test_the_roster_is_born_from_the_sign_up_papers() -> None:
    registrations = tuple(posted_lists(registrations_of(COHORT), "none"))
    assignments = tuple(posted_lists(assignments_of(COHORT, USUAL_SEASONS), "none"))
    roster, findings = roster_from_signups(COHORT.schools, papers_in(registrations), papers_in(assignments))
    assert {one.key for one in roster.trainees} == {one.key for one in COHORT.trainees}
    assert {one.key for one in roster.mentors} == {one.key for one in COHORT.mentors}
    assert {finding.code for finding in findings} - FITNESS == {"quota_unused", "mentor_shared"}


def test_a_school_of_two_stages_sends_two_papers_or_one() -> None:
    papers = Counter(paper.sender for paper in registrations_of(COHORT))
    nominees = Counter(one.school for one in COHORT.trainees)
    assert {papers[name] for name, number in nominees.items() if number == 2} <= {1, 2}
    assert 2 in papers.values()
