"""What the papers of one person show, and which of it is one lesson or activity."""

from dataclasses import replace

import pytest

from gengang.assess import Verdict, assess
from gengang.periods import compared
from gengang.points import PointLine, plain
from gengang.submission import Paper
from tests.unit.rosters import trainee
from tests.unit.seasons import (
    AFTER,
    DAYS,
    SCHEME,
    activity,
    attendance,
    heard,
    lesson,
    log,
    logs,
    observation,
    register,
    row,
    season,
    summary,
)


def judged(*papers: Paper) -> Verdict:
    return assess(SCHEME, trainee(), papers, AFTER)


def line(verdict: Verdict, item: str) -> PointLine:
    [found] = [one for one in verdict.points if one.item == item]
    return found


def counts(*papers: Paper) -> dict[str, int]:
    return {name: number for name, number in judged(*papers).counts if number}


def codes(verdict: Verdict) -> list[str]:
    return [one.code for one in verdict.findings]


# --- each paper shows what it is made for ------------------------------------------------------------------------


def test_a_sheet_for_each_lesson_and_activity_counts() -> None:
    papers = [
        observation(DAYS[0]), observation(DAYS[0], "小数", "2"), lesson(DAYS[1]), lesson(DAYS[2], "汇报课"),
        activity(DAYS[3], "教研活动"), activity(DAYS[4], "集体备课"), activity(DAYS[5], "队会"),
        activity(DAYS[6], "第二课堂"),
    ]  # fmt: skip
    assert counts(*papers) == {
        "lessons_heard": 2, "lessons_taught": 2, "report_lessons": 1, "research_activities": 2, "class_activities": 2,
    }  # fmt: skip
    assert line(judged(*papers), "R2").sources == ("heard-2016-09-01-1#0", "heard-2016-09-01-2#0")


def test_one_sheet_of_all_counts_row_by_row() -> None:
    sheet = summary(
        heard=({"date": DAYS[0].isoformat(), "lesson_period": "1", "topic": "甲"},
               {"date": DAYS[0].isoformat(), "lesson_period": "2", "topic": "乙"}),
        taught=({"date": DAYS[1].isoformat(), "lesson_period": "3", "kind": "汇报课"},),
        activities=({"date": DAYS[2].isoformat(), "kind": "教研活动", "title": "同课异构"},
                    {"date": DAYS[2].isoformat(), "kind": "班会", "title": "安全"}),
    )  # fmt: skip
    assert counts(sheet) == {
        "lessons_heard": 2, "lessons_taught": 1, "report_lessons": 1, "research_activities": 1, "class_activities": 1,
    }  # fmt: skip


@pytest.mark.parametrize("values", [{"material": "教材分析"}, {"assessed_grade": "优", "assessor": "周明"}])
def test_a_plan_or_an_assessment_alone_shows_a_lesson(values: dict[str, str]) -> None:
    assert counts(lesson(DAYS[0], "汇报课", **values)) == {"lessons_taught": 1, "report_lessons": 1}


def test_a_sheet_of_two_listed_lessons_is_two_and_of_one_is_one() -> None:
    """H02."""
    assert counts(observation(DAYS[0], period="2、3", lesson_count=2)) == {"lessons_heard": 2}
    assert "lesson_count_differs" not in codes(judged(observation(DAYS[0], period="2、3", lesson_count=1)))
    verdict = judged(observation(DAYS[0], period="2", lesson_count=2))
    assert dict(verdict.counts)["lessons_heard"] == 1
    [told] = [one for one in verdict.findings if one.code == "lesson_count_differs"]
    assert (told.clause, "写2节、列出1节" in told.message) == ("L-03b", True)


def test_what_names_neither_lesson_nor_topic_shows_nothing() -> None:
    assert counts(observation(DAYS[0], None, None)) == {}


def test_what_lies_on_no_day_of_the_programme_does_not_count() -> None:
    for day in ("2016-10-03", "2016-12-02"):
        assert counts(replace_day(observation(DAYS[0]), day)) == {}


def replace_day(paper: Paper, day: str) -> Paper:
    values = {**paper.submission.values, "heard_on": day}
    return replace(paper, submission=replace(paper.submission, values=values))


# --- one lesson in several papers --------------------------------------------------------------------------------


def test_a_lesson_in_three_papers_counts_once_and_the_best_names_it() -> None:
    sheet = summary(heard=({"date": DAYS[0].isoformat(), "lesson_period": "1", "class_name": "数学三（1）班"},))
    papers = [log(DAYS[0], row("听课")), sheet, observation(DAYS[0])]
    for some in (papers, papers[::-1]):
        verdict = judged(*some)
        assert dict(verdict.counts)["lessons_heard"] == 1
        assert line(verdict, "R2").sources == ("heard-2016-09-01-1#0",)
    assert "lessons_contradict" not in codes(judged(*papers))


@pytest.mark.parametrize(
    ("period", "topic", "place", "number"),
    [
        ("上午第1节", "分数的意义", "三（1）班", 1),
        ("1", "《分数的意义》", "三(1)", 1),
        (None, "分数的意义", "数学三年级1班", 1),
        (None, "分数的意义", "3.1", 1),
        (None, "分数的意义", "四（1）班", 2),
        (None, "分数的意义", None, 1),
        (None, "小数的意义", None, 2),
        ("2", "小数的意义", None, 2),
        ("下午第1节", "小数的意义", None, 2),
    ],
)
def test_what_tells_a_sheet_from_a_row_of_a_log(period: str | None, topic: str, place: str | None, number: int) -> None:
    papers = (log(DAYS[0], row("听课", "分数的意义", "第1节")), observation(DAYS[0], topic, period, place))
    assert counts(*papers)["lessons_heard"] == number


def test_two_papers_that_contradict_count_once_and_both_are_named() -> None:
    for other in (observation(DAYS[0], "小数"), observation(DAYS[0], "分数的意义", "3", "三（1）班")):
        verdict = judged(log(DAYS[0], row("听课")), other)
        assert dict(verdict.counts)["lessons_heard"] == 1
        [told] = [one for one in verdict.findings if one.code == "lessons_contradict"]
        assert told.severity == "warn"
        assert "听课记录“" in told.message
        assert "研修日志“" in told.message


def test_another_wording_contradicts_nothing() -> None:
    papers = (log(DAYS[0], row("听课", "圆面积的计算")), observation(DAYS[0], "圆的面积计算", place="3.1"))
    assert "lessons_contradict" not in codes(judged(*papers))


def test_a_double_lesson_contradicts_nothing() -> None:
    papers = (
        log(DAYS[0], row("听课", time="第2、3节")),
        observation(DAYS[0], period="2"),
        observation(DAYS[0], period="3"),
    )
    verdict = judged(*papers)
    assert dict(verdict.counts)["lessons_heard"] == 2
    assert "lessons_contradict" not in codes(verdict)


def test_a_kind_of_paper_that_the_rubric_leaves_out_shows_nothing() -> None:
    items = tuple(replace(one, evidence=("lesson_observation",)) if one.id == "R2" else one for one in SCHEME.items)
    scheme = replace(SCHEME, items=items)
    unread = replace(log(DAYS[1], *heard(2)), open_fields=("activities[2].topic",))
    verdict = assess(scheme, trainee(), [observation(DAYS[0]), unread], AFTER)
    assert (dict(verdict.counts)["lessons_heard"], plain(line(verdict, "R2").at_most)) == (1, "1")


def test_a_report_lesson_that_one_paper_alone_calls_so_is_one() -> None:
    papers = (log(DAYS[0], row("上课", "圆", "第4节")), lesson(DAYS[0], "汇报课", topic="圆"))
    assert counts(*papers) == {"lessons_taught": 1, "report_lessons": 1, "logs": 1}


def test_records_beside_logs_change_nothing_that_the_logs_show() -> None:
    sheets = [observation(day, f"第{n}课", str(n)) for day in DAYS[:10] for n in (1, 2)]
    before, after = judged(*season()), judged(*season(), *sheets)
    assert (after.score, after.counts, after.shortfall) == (before.score, before.counts, before.shortfall)
    assert not [one for one in after.findings if one.severity != "info"]
    assert "听课" not in next(one.message for one in after.findings if one.code == "counted_from_logs")


# --- what waits --------------------------------------------------------------------------------------------------


def points_and_most(verdict: Verdict) -> tuple[str, str]:
    return plain(line(verdict, "R2").points), plain(line(verdict, "R2").at_most)


@pytest.mark.parametrize("path", ["heard_on", "lesson_period"])
def test_an_unread_day_or_lesson_of_the_day_waits(path: str) -> None:
    sheet = observation(DAYS[0])
    values = {**sheet.submission.values, path: None}
    waits = replace(sheet, submission=replace(sheet.submission, values=values), open_fields=(path,))
    assert points_and_most(judged(waits)) == ("0", "20")


def test_an_unread_topic_of_a_known_lesson_waits_for_nothing() -> None:
    waits = replace(observation(DAYS[0], None), open_fields=("topic", "class_name", "kind"))
    assert points_and_most(judged(waits)) == ("1", "1")


# --- reflections -------------------------------------------------------------------------------------------------


def reflection(key: str, topic: str, words: str) -> Paper:
    made = register(key)
    values = {"topic": topic, "strengths": words}
    return replace(made, submission=replace(made.submission, form="reflection", values=values))


def test_the_same_words_under_two_titles_are_one_reflection() -> None:
    words = "今天上了分数的意义，学生动手折纸之后说得很清楚，我发现提问还可以再慢一点，多给两个学生说话的机会，" * 2
    papers = [
        reflection("a#0", "一堂数学课带给我的三点思考", words),
        reflection("b#0", "课堂提问怎样才能慢下来", words),
        reflection("c#0", "三", words + "另一段。"),
    ]
    assert counts(*papers) == {"reflections": 2}
    assert line(judged(*papers), "R6").points == 4


# --- the claim ---------------------------------------------------------------------------------------------------


def test_the_claim_is_compared_with_records_of_any_paper() -> None:
    claim = register("j#0")
    values = {"lessons_heard": 20}
    paper = replace(claim, submission=replace(claim.submission, form="appraisal", values=values))
    verdict = judged(attendance(), observation(DAYS[0]), paper)
    told = [one.message for one in verdict.findings if one.code == "claim_differs"]
    assert told == ["鉴定表自报听课20节，记录是听课1节，按记录计。"]


def test_a_form_of_study_without_any_record_is_told() -> None:
    """C-04."""
    [told] = [one for one in judged(log(DAYS[0], row("听课"))).findings if one.code == "form_without_record"]
    assert (told.severity, told.clause) == ("info", "C-04")
    assert told.message == "还没有记录的研修形式：随班上课、参与班级管理、参加教科研活动。"
    assert "form_without_record" not in codes(judged(*logs()))


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("第1节", "上午第1节", "same"), ("第5节", "下午第5节", "same"), ("第1节", "下午第1节", "unclear"),
        ("第2节", "下午第1节", "unclear"), ("上午第2节", "下午第2节", "apart"), ("第1节", "第2节", "apart"),
        ("8:00—8:40", "8：00-8:45", "same"), ("8:00", "9:00", "apart"), ("8:00", "第1节", "unclear"),
        ("", "第1节", "unclear"),
    ],
)  # fmt: skip
def test_whether_two_name_one_lesson_of_the_day(first: str, second: str, said: str) -> None:
    assert compared(first, second) == compared(second, first) == said
