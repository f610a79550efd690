"""The papers of an invented cohort as a whole: their days, how many they are, and that people differ."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from gengang.calendar_days import is_workday
from gengang.sample.papers import papers_of, papers_of_mentor
from gengang.sample.papers_filled import Filled
from gengang.sample.stories import USUAL
from gengang.submission import RowValues
from tests.unit.sample_papers import (
    COHORT,
    OF_MENTORS,
    OF_SCHOOLS,
    PAPERS,
    SCHEME,
    SEASONS,
    every_paper,
    papers,
    texts_on,
    the,
)

# Dates that lie ahead when the paper is written.
AHEAD = {"starts_on", "ends_on"}
LONG = 100


# --- days ----------------------------------------------------------------------------------------------------------


def signed_days(paper: Filled) -> Iterator[date]:
    for name, value in paper.values.items():
        if name.endswith(("_on", "_date")) and name not in AHEAD and isinstance(value, str) and len(value) == 10:
            yield date.fromisoformat(value)


def test_a_paper_is_written_on_its_last_day_and_inside_the_season() -> None:
    for paper in every_paper():
        days = list(signed_days(paper))
        assert paper.written == max(days), (paper.kind, days)
        assert date(2016, 9, 1) <= paper.written <= date(2016, 12, 10)


def test_what_a_trainee_writes_bears_working_days_in_order() -> None:
    for season in SEASONS:
        written = [paper.written for paper in PAPERS[season.trainee.key]]
        assert written == sorted(written)
        off = [(paper.kind, day) for paper in PAPERS[season.trainee.key] for day in signed_days(paper)
               if not is_workday(SCHEME.calendar, day)]  # fmt: skip
        assert off == []


def test_plans_come_before_what_is_planned_and_reports_after_it() -> None:
    for season in SEASONS:
        [report], first, last = papers(season, "action_research_report"), season.days[0], season.attended[-1]
        assert the(season, "study_plan").written == first
        assert str(report.values["written_on"]) > last.isoformat()
        assert the(season, "study_report").written > date(2016, 11, 30)


# --- the whole -----------------------------------------------------------------------------------------------------


def test_thirty_to_fifty_papers_a_trainee() -> None:
    numbers = [len(PAPERS[season.trainee.key]) for season in SEASONS if season.story.outcome != "不合格"]
    assert min(numbers) >= 29
    assert max(numbers) <= 50


def test_nobody_writes_what_another_has_written_unless_it_was_copied() -> None:
    writers: defaultdict[str, set[str]] = defaultdict(set)
    for key, own in PAPERS.items():
        for paper in own:
            if not paper.note:
                for _, text in texts_on(paper):
                    if len(text) >= LONG:
                        writers[text].add(key)
    assert len(writers) > 2_000
    assert [text for text, keys in writers.items() if len(keys) > 1] == []


def test_a_copier_hands_in_the_reflections_of_a_colleague_and_nobody_else_does() -> None:
    said = ("goals_met", "strengths", "weaknesses", "improvements")
    copiers = [season for season in SEASONS if season.story.copied]
    assert len(copiers) == 60 // len(USUAL)
    for season in copiers:
        colleague = season.copied_from
        assert colleague is not None
        theirs = [paper for paper in PAPERS[colleague.key] if paper.kind == "reflection"]
        for mine, other in zip(papers(season, "reflection"), theirs, strict=True):
            assert mine.note == f"copied_from:{colleague.key}"
            assert [mine.values[name] for name in said] == [other.values[name] for name in said]
            assert mine.values["name"] == season.trainee.name != other.values["name"]
    noted = {paper.person for paper in every_paper() if paper.note}
    assert noted == {season.trainee.key for season in copiers}


def test_nothing_of_the_grammar_is_left_in_a_text() -> None:
    left = [(paper.kind, name, text) for paper in every_paper() for name, text in texts_on(paper)
            if re.search(r"[<>{}|]|None|。。|，。|：：", text)]  # fmt: skip
    assert left == []


def test_a_season_is_told_the_same_way_every_time() -> None:
    for season in SEASONS[:12]:
        assert tuple(papers_of(season)) == PAPERS[season.trainee.key]


def test_a_mentor_writes_once_about_all_who_were_guided() -> None:
    assert [paper.person for paper in OF_MENTORS] == [mentor.key for mentor in COHORT.mentors]
    for mentor, paper in zip(COHORT.mentors, OF_MENTORS, strict=True):
        guided = [season.trainee.name for season in SEASONS if season.mentor.key == mentor.key]
        assert paper.values["trainees"] == "、".join(guided)
        assert all(name in str(paper.values["practice"]) + str(paper.values["effects"]) for name in guided)
    assert list(papers_of_mentor(COHORT.mentors[0], ())) == []


def test_a_school_has_one_head_on_all_its_papers() -> None:
    heads: defaultdict[str, set[object]] = defaultdict(set)
    for paper in every_paper():
        if paper.kind in ("registration", "personal_info"):
            heads[paper.sender].add(paper.values.get("principal") or paper.values["principal_signature"])
    assert {school: names for school, names in heads.items() if len(names) > 1} == {}
    assert len(set.union(*heads.values())) > 3


def test_everybody_stands_on_the_lists_of_both_meetings_once() -> None:
    sheets: defaultdict[object, list[RowValues]] = defaultdict(list)
    for paper in OF_SCHOOLS:
        if paper.kind == "sign_in":
            sheets[paper.values["event"]].extend(paper.lists["attendees"])
    assert len(sheets) == 2
    for rows in sheets.values():
        assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
        phones = {row["phone"] for row in rows}
        assert {one.phone for one in (*COHORT.trainees, *COHORT.mentors)} <= phones
        assert len(phones) == len(rows)
