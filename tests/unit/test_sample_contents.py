"""What stands on the invented papers: the papers of one season agree with each other and with their forms."""

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

from extractors.files import read_files
from gengang.codecs import parse, show
from gengang.forms_in_use import OF_SOME_PLANS
from gengang.reading import json_of_value
from gengang.rendering import writer_of
from gengang.sample.season import Season
from gengang.sample.stories import Kind, half_days
from gengang.template import forms_of_folder
from gengang.workspace import BUILT_IN
from tests.unit.documents import document_of
from tests.unit.sample_papers import (
    OF_MENTORS,
    OF_SCHOOLS,
    PAPERS,
    SEASONS,
    every_paper,
    log_rows,
    papers,
    the,
)

FORMS = {form.stem: form for form in forms_of_folder(BUILT_IN / "forms")[0]}
# The office fills these when everything is in.
OFFICE_FIELDS = {"score", "grade", "hours", "keeper", "college_opinion", "college_signed_on", "bureau_opinion",
                 "bureau_signed_on", "college_score", "college_hours"}  # fmt: skip
REPORT_GRADES = {"7": "优", "6": "良", "4.5": "中", "3": "差"}

each_season = pytest.mark.parametrize("season", SEASONS[:12], ids=lambda season: str(season.story.id))


# --- papers and their forms ----------------------------------------------------------------------------------------


def test_the_kinds_are_the_forms_and_every_kind_comes() -> None:
    of_the_county = set(FORMS) - OF_SOME_PLANS - {"score_sheet"}  # which the office sends out when all else is in
    assert set(get_args(Kind)) == of_the_county == {paper.kind for paper in every_paper()}


def test_a_paper_speaks_of_every_field_of_its_form_but_those_of_the_office() -> None:
    for paper in every_paper():
        form = FORMS[paper.kind]
        assert set(paper.values) <= set(form.fields()), paper.kind
        assert set(form.fields()) - set(paper.values) <= OFFICE_FIELDS, paper.kind
        assert {name: set(columns) for name, columns in form.lists().items()} == {
            name: set(rows[0]) for name, rows in paper.lists.items()
        }, paper.kind


def test_every_value_stands_in_its_normal_form() -> None:
    wrong = []
    for paper in every_paper():
        form = FORMS[paper.kind]
        typed = [(name, form.fields()[name], value) for name, value in paper.values.items()]
        typed += [(f"{name}.{column}", form.lists()[name][column], value)
                  for name, rows in paper.lists.items() for row in rows for column, value in row.items()]  # fmt: skip
        for name, kind, value in typed:
            if value is not None and kind.codec not in ("picture", "id_number"):
                again = parse(kind.codec, show(kind.codec, value, kind.options), kind.options)
                wrong += [(paper.kind, name, value)] if (again.state, again.value) != ("value", value) else []
    assert wrong == []


def test_what_is_written_in_word_reads_back_as_it_was_filled(tmp_path: Path) -> None:
    filled = (*PAPERS[SEASONS[0].trainee.key], *PAPERS[SEASONS[7].trainee.key], *OF_MENTORS[:1], *OF_SCHOOLS[-4:])
    filled = tuple(paper for paper in filled if len(str(paper.lists)) < 10_000)
    writers = {stem: writer_of((BUILT_IN / "forms" / f"{stem}.docx").read_bytes(), stem) for stem in FORMS}
    names = [str(tmp_path / f"{number}.docx") for number in range(len(filled))]
    for name, paper in zip(names, filled, strict=True):
        Path(name).write_bytes(writers[paper.kind].fill({**paper.values, "photo": None} if paper.kind == "personal_info"
                                                        else paper.values, paper.lists))  # fmt: skip
    read = document_of(read_files(names, tuple(FORMS.values())))["files"]
    for entry, paper in zip(read, filled, strict=True):
        [submission] = entry["submissions"]
        assert submission["form"] == paper.kind
        for name, value in paper.values.items():
            if name != "photo":
                assert submission["fields"][name]["value"] == json_of_value(value), (paper.kind, name)
        for name, rows in paper.lists.items():
            cells = [
                {column: cell["value"] for column, cell in row.items()} for row in submission["fields"][name]["rows"]
            ]
            assert cells == [{column: json_of_value(value) for column, value in row.items()} for row in rows], (
                paper.kind
            )


# --- records agree -------------------------------------------------------------------------------------------------


@each_season
def test_lessons_heard_are_those_of_the_logs(season: Season) -> None:
    rows = [(day, row["time"], row["topic"], row["speaker"], row["place"]) for day, row in log_rows(season, "听课")]
    sheets = [
        (one["heard_on"], f"第{one['lesson_period']}节", one["topic"], one["teacher"], one["class_name"])
        for one in (paper.values for paper in papers(season, "lesson_observation"))
    ]
    summaries = papers(season, "task_summary")
    listed = [(row["date"], f"第{row['lesson_period']}节", row["topic"], row["teacher"],
               str(row["class_name"]).removeprefix(season.trainee.subject))
              for paper in summaries for row in paper.lists["heard"]]  # fmt: skip
    assert (listed if season.story.summary else sheets) == rows
    assert (sheets if season.story.summary else listed) == []
    assert len(rows) == season.story.heard


@each_season
def test_lessons_taught_are_those_of_the_logs(season: Season) -> None:
    rows = [(day, row["time"], row["topic"], row["place"]) for day, row in log_rows(season, "上课")]
    taught = [
        (one["taught_on"], f"第{one['lesson_period']}节", f"{one['kind']}：{one['topic']}", one["class_name"])
        for one in (paper.values for paper in papers(season, "lesson_taught"))
    ]
    assert taught == rows
    assert [topic[:3] for _, _, topic, _ in taught].count("汇报课") == (season.story.report is not None)


def test_scores_of_a_lesson_add_up_and_its_grade_is_the_storys() -> None:
    full = (20, 20, 30, 20, 10)
    for season in SEASONS:
        for paper in papers(season, "lesson_taught"):
            scores = [Decimal(str(paper.values[f"e{item}_score"])) for item in range(1, 6)]
            assert sum(scores) == Decimal(str(paper.values["assessed_total"]))
            assert all(0 < score <= most for score, most in zip(scores, full, strict=True))
            if paper.values["kind"] == "汇报课":
                assert paper.values["assessed_grade"] == REPORT_GRADES[str(season.story.report)]
            minutes = [row["minutes"] for row in paper.lists["steps"]]
            assert sum(int(str(one)) for one in minutes) == (40 if season.trainee.stage == "小学" else 45)
            assert min(int(str(one)) for one in minutes) > 0


@each_season
def test_activities_recorded_are_those_of_the_logs(season: Season) -> None:
    rows = [(day, row["topic"], row["speaker"]) for day, row in log_rows(season, "教研", "集体备课", "班级活动")]
    records = [paper.values for paper in papers(season, "activity_record")]
    assert {(one["held_on"], one["activity_name"], one["host"]) for one in records} <= set(rows)
    of_class = [one for one in records if one["kind"] not in ("教研活动", "集体备课")]
    assert len(of_class) == season.story.class_activity
    assert len(records) - len(of_class) == 2
    for one in records:
        assert (one["role"] == "组织") == (one["host"] == season.trainee.name)


@each_season
def test_the_appraisal_counts_what_is_there(season: Season) -> None:
    for paper in (*papers(season, "appraisal"), *papers(season, "base_school_appraisal")):
        said = paper.values
        assert said["logs"] == len(papers(season, "training_log")) == len(season.attended)
        assert said["reflections"] == len(papers(season, "reflection"))
        assert said["lessons_heard"] == (season.story.claimed or len(log_rows(season, "听课")))
        assert said["lessons_taught"] == len(papers(season, "lesson_taught"))
        assert said["class_activities"] == len(log_rows(season, "班级活动"))
        assert said["research_activities"] == len(log_rows(season, "教研", "集体备课"))
        days = [Decimal(str(said[f"{name}_days"])) for name in ("present", "leave", "absent", "due")]
        assert sum(days[:3]) == days[3]


@each_season
def test_the_base_school_says_in_its_letter_what_the_appraisal_says(season: Season) -> None:
    letter = the(season, "base_school_appraisal").values
    for appraisal in papers(season, "appraisal"):
        same = (set(letter) & set(appraisal.values)) - OFFICE_FIELDS - {"id_number"}
        assert {"due_days", "lessons_heard", "period", "mentor"} <= same
        assert {name: letter[name] for name in same} == {name: appraisal.values[name] for name in same}
    assert letter["base_score"] == season.story.judged[5]
    assert (letter["grade"] == "不合格") == (season.story.outcome == "不合格")


def test_a_summary_adds_up() -> None:
    summaries = [paper for season in SEASONS for paper in papers(season, "task_summary")]
    assert len(summaries) == sum(season.story.summary for season in SEASONS) > 20
    for paper in summaries:
        said, lists = paper.values, paper.lists
        kinds = Counter(str(row["kind"]) for row in lists["activities"])
        research = kinds["教研活动"] + kinds["集体备课"]
        assert [row["number"] for row in lists["heard"]] == list(range(1, len(lists["heard"]) + 1))
        assert said["lessons_heard"] == len(lists["heard"])
        assert said["lessons_taught"] == len(lists["taught"])
        assert said["report_lessons"] == sum(row["kind"] == "汇报课" for row in lists["taught"])
        assert (said["research_activities"], said["class_activities"]) == (research, kinds.total() - research)
        assert said["reflection_count"] == len(lists["reflections"])


@each_season
def test_the_attendance_sheet_adds_up(season: Season) -> None:
    for sheet in papers(season, "attendance"):
        marks = Counter(row[half] for row in sheet.lists["days"] for half in ("morning", "afternoon"))
        present = marks["出勤"] + marks["迟到"]
        assert sheet.values["present_days"] == half_days(present) == half_days(season.story.halves)
        assert sheet.values["personal_leave_days"] == half_days(marks["事假"])
        assert sheet.values["absent_days"] == half_days(marks["缺勤"]) == half_days(season.story.absent)
        assert sheet.values["due_days"] == half_days(marks.total() - marks[None])
        assert [row["date"] for row in sheet.lists["days"]] == [day.isoformat() for day in season.days]


@each_season
def test_the_day_plan_has_every_planned_day(season: Season) -> None:
    for plan in papers(season, "day_plan"):
        assert [row["date"] for row in plan.lists["days"]] == [day.isoformat() for day in season.days]
        names = [f"星期{name}" for name in "一二三四五六日"]
        assert [row["weekday"] for row in plan.lists["days"]] == [names[day.weekday()] for day in season.days]


@each_season
def test_reflections_speak_of_lessons_that_took_place(season: Season) -> None:
    written = [paper.values for paper in papers(season, "reflection")]
    assert len({one["written_on"] for one in written}) == len(written)
    lessons = [(str(day), str(row["topic"])) for day, row in log_rows(season, "上课", "听课")]
    for number, one in enumerate(written if season.copied_from is None else (), 1):
        named = re.findall(r"《(.+?)》", f"{one['topic']}{one['goals_met']}{one['improvements']}")
        assert named or number == 3, "the third may speak of its theme alone"
        for lesson in named:
            assert any(day <= str(one["written_on"]) and lesson in topic for day, topic in lessons)


def test_as_many_plans_come_as_points_are_given_for_them() -> None:
    for season in SEASONS:
        plans = [papers(season, kind) for kind in ("study_plan", "development_plan", "day_plan")]
        assert sum(map(len, plans)) == int(season.story.judged[1])


def test_a_leave_is_approved_before_and_is_neither_attended_nor_missed() -> None:
    away = [season for season in SEASONS if season.on_leave]
    assert len(away) == sum(bool(season.story.leave) for season in SEASONS) >= 4
    for season in away:
        asked, [day] = the(season, "leave_request").values, season.on_leave
        assert asked["starts_on"] == asked["ends_on"] == day.isoformat()
        assert day not in season.attended
        for name in ("applied_on", "mentor_signed_on", "base_signed_on"):
            assert str(asked[name]) < day.isoformat() < str(asked["returned_on"])
        [row] = [row for row in the(season, "attendance").lists["days"] if row["date"] == day.isoformat()]
        assert row["morning"] == row["afternoon"] == season.story.leave == asked["kind"]
