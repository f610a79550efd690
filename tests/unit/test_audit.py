"""What one person's papers say against each other: both named, one line for a cause, never decided."""

from dataclasses import replace
from datetime import date

import pytest

from gengang.aspects import aspects_of, stages_of
from gengang.assess import Beside, Verdict, assess
from gengang.findings import Finding
from gengang.noted import NOTHING_NOTED, CopiesCounted, Noted, Remark, Seen
from gengang.papers.figures import figures_of
from gengang.points import plain
from gengang.reading import PROSE_BODY
from gengang.research_parts import parts_of
from gengang.submission import Paper
from tests.unit.rosters import paper, trainee
from tests.unit.seasons import (
    AFTER,
    DAYS,
    ON_TIME,
    SCHEME,
    appraisal,
    attendance,
    heard,
    lesson,
    log,
    logs,
    observation,
    row,
    season,
    summary,
    written_papers,
)


def judged(*papers: Paper, noted: Noted = NOTHING_NOTED) -> Verdict:
    return assess(SCHEME, trainee(), papers, AFTER, Beside(noted=noted))


def found(verdict: Verdict, code: str) -> Finding:
    [only] = [one for one in verdict.findings if one.code == code]
    return only


def codes(verdict: Verdict) -> list[str]:
    return [one.code for one in verdict.findings]


def with_values(one: Paper, **values: str | int | None) -> Paper:
    return replace(one, submission=replace(one.submission, values={**one.submission.values, **values}))


# --- papers against each other -----------------------------------------------------------------------------------


def test_logs_on_absent_days_are_one_line_with_both_papers() -> None:
    """H05."""
    sheet = attendance(d0_morning="缺勤", d0_afternoon="缺勤", d1_morning="事假", d1_afternoon="事假")
    told = found(judged(sheet, *logs()), "log_on_absent_day")
    assert told.severity == "manual"
    assert told.message == (
        "考勤表“k#0.docx”记为未到岗（缺勤、事假）的日子有研修日志“log-2016-09-01#0.docx”、“log-2016-09-06#0.docx”，"
        "请核对，确认前不计：9月1日、9月6日。"
    )


def test_a_lesson_on_a_leave_day_is_asked_and_not_counted() -> None:
    sheet = attendance(d0_morning="病假", d0_afternoon="病假")
    verdict = judged(sheet, observation(DAYS[0]), lesson(DAYS[0]))
    told = found(verdict, "record_on_absent_day")
    assert (told.severity, dict(verdict.counts)["lessons_heard"]) == ("manual", 0)
    assert "听课记录“heard-2016-09-01-1#0.docx”、上课记录“taught-2016-09-01-4#0.docx”" in told.message


def test_days_of_every_paper_outside_the_window_and_on_days_off_are_one_line_each() -> None:
    papers = [
        log(date(2016, 10, 3)), observation(date(2016, 10, 4)), lesson(date(2016, 12, 2)),
        summary(heard=({"date": "2016-12-03", "lesson_period": "1"},)),
    ]  # fmt: skip
    off, beyond = (found(judged(*papers), code).message for code in ("day_off", "outside_window"))
    assert off.endswith("有节假日或周末的日期，不计：10月3日、10月4日。")
    assert "听课记录“" in off
    assert "研修日志“" in off
    assert beyond.endswith("有研修时间以外的日期，不计：12月2日、12月3日。")
    assert "上课记录“" in beyond
    assert "任务完成情况汇总表“sum#0.docx”" in beyond


def test_an_appraisal_without_attendance_is_shown() -> None:
    told = found(judged(*logs(), appraisal()), "appraisal_without_attendance")
    assert (told.clause, "鉴定表“j#0.docx”" in told.message) == ("M-05", True)
    assert "appraisal_without_attendance" not in codes(judged(*season()))


def test_the_figures_of_a_summary_against_its_rows() -> None:
    sheet = with_values(summary(heard=({"date": "2016-09-06", "lesson_period": "1"},)), lessons_heard=20)
    told = found(judged(sheet), "summary_sum_differs")
    assert "：听课写20、逐行是1。" in told.message
    assert "summary_sum_differs" not in codes(judged(with_values(sheet, lessons_heard=1)))
    assert "summary_sum_differs" not in codes(judged(replace(sheet, open_fields=("heard[2].date",))))


# --- cramming ----------------------------------------------------------------------------------------------------


def test_logs_that_were_all_signed_on_one_day() -> None:
    """H04."""
    signed = [with_values(one, signed_on="2016-11-30") for one in logs()]
    told = found(judged(*signed), "made_in_one_day")
    assert (told.clause, told.severity) == ("G-02", "warn")
    assert "等10份都是11月30日签阅的" in told.message
    apart = [*signed[1:], with_values(signed[0], signed_on="2016-11-29")]
    assert "made_in_one_day" not in codes(judged(*apart))


def test_logs_that_all_bear_one_date() -> None:
    """H04: they are taken as versions of one log, and it is said that they are many."""
    same = [log(DAYS[0], *heard(2), key=f"same{n}#0", gains=f"第{n}篇") for n in range(10)]
    told = found(judged(*same), "made_in_one_day")
    assert "等10份都写的是9月1日" in told.message
    assert dict(judged(*same).counts)["logs"] == 1


def test_three_reflections_of_one_date() -> None:
    own = [with_values(one, written_on="2016-11-30") for one in written_papers() if one.submission.form == "reflection"]
    assert (
        "教育教学反思“reflection0#0.docx”、“reflection1#0.docx”等3份都是11月30日写成的"
        in found(judged(*own), "made_in_one_day").message
    )
    assert "made_in_one_day" not in codes(judged(*own[:2]))


def test_more_lessons_than_four_in_a_day_of_any_paper() -> None:
    papers = [observation(DAYS[0], f"课{n}", str(n)) for n in range(1, 6)]
    assert found(judged(*papers), "many_lessons_a_day").message == "一天听课超过4节，请核对：9月1日。"


# --- C-01 to C-03 ------------------------------------------------------------------------------------------------


def report(**values: str) -> Paper:
    return paper("action_research_report", values)


@pytest.mark.parametrize(
    ("values", "wanting"),
    [
        ({"design": "一", "practice": "二", "effect": "三"}, ""),
        ({"design": "一", "effect": "三"}, "“实践探索”"),
        ({PROSE_BODY: "一、研究方案\n先分组。\n二、行动过程\n试了三轮。\n三、成效与重建\n再改一次。"}, ""),
        ({PROSE_BODY: "1.方案设计：\n先分组。\n2.行动过程\n试了三轮。"}, "“反思重建”"),
        ({PROSE_BODY: "我反思了自己的教学过程，也做过一个方案。"}, "“方案设计”、“实践探索”、“反思重建”"),
    ],
)
def test_the_three_parts_of_a_research_report(values: dict[str, str], wanting: str) -> None:
    """C-03."""
    told = [one.message for one in judged(report(**values)).findings if one.clause == "C-03"]
    assert told == ([f"行动研究报告没有看到{wanting}部分，请核对。"] if wanting else [])
    assert len(parts_of(report(**values))) == 3


def test_an_unread_part_lacks_nothing_yet() -> None:
    waits = replace(report(design="一", practice="二"), open_fields=("effect",))
    assert "research_part_missing" not in codes(judged(waits))


def test_of_what_logs_tell_is_counted_by_log() -> None:
    """C-01, C-02."""
    own = [
        log(DAYS[0], row("听课"), row("听课", "小数", "第2节"), gains="听课后参加评课，导师的提问很细。"),
        log(DAYS[1], row("集体备课", "单元备课"), row("班级活动", "主题班会"), questions="课件怎样做得简洁？"),
        log(date(2016, 12, 2), row("上课"), gains="反思"),
    ]
    figures = figures_of(SCHEME, "P", own)
    assert {tag: number for tag, number in figures.aspects.items() if number} == {
        "教学设计": 1, "听课评课": 1, "教学过程与方法": 1, "教学手段": 1,
    }  # fmt: skip
    assert {tag: number for tag, number in figures.stages.items() if number} == {"备课": 1, "班级活动": 1}
    assert (len(aspects_of([])), len(stages_of([]))) == (6, 5)


# --- recorded without a scan -------------------------------------------------------------------------------------


def test_what_was_seen_on_paper_counts_and_is_shown_with_who_and_when() -> None:
    seen = Noted(seen=(Seen("lessons_heard", 20, "王老师", ON_TIME), Seen("reflections", 3, "王老师", ON_TIME)))
    verdict = judged(attendance(), noted=seen)
    [heard_line] = [one for one in verdict.points if one.item == "R2"]
    assert plain(heard_line.points) == "20"
    assert "含查阅纸质材料20（王老师，12月5日）" in heard_line.how
    assert [plain(one.points) for one in verdict.points if one.item == "R6"] == ["6"]
    assert "听课查阅纸质材料20节（王老师，12月5日），计入。" in [one.message for one in verdict.findings]
    assert not [one for one in verdict.shortfall if one.requirement in ("lessons_heard", "reflections")]
    assert "reflection" not in [one.form for one in verdict.missing]


def test_seen_and_scanned_are_not_added() -> None:
    seen = Noted(seen=(Seen("lessons_heard", 3, "王老师", ON_TIME),))
    assert dict(judged(*logs(), noted=seen).counts)["lessons_heard"] == 20


def test_days_seen_on_paper_count_and_absences_stay_unknown() -> None:
    seen = Noted(seen=(Seen("workdays", 10, "王老师", ON_TIME),))
    verdict = judged(*season()[1:], noted=seen)
    assert (plain(verdict.days), verdict.answer, verdict.needs[0]) == (
        "10",
        "cannot_tell",
        "考勤表（得分已够，缺勤天数不明）",
    )
    assert plain(judged(attendance(DAYS[:12]), noted=seen).days) == "12"
    nine = judged(attendance(DAYS[:9]), *season()[1:], noted=seen)
    assert (plain(nine.days), plain(nine.points[0].points), nine.certificate) == ("10", "15", "issue")


def test_logs_seen_on_paper_are_not_asked_for() -> None:
    seen = Noted(seen=(Seen("logs", 10, "王老师", ON_TIME),))
    assert "training_log" not in [one.form for one in judged(attendance(), noted=seen).missing]


def test_copies_that_a_clerk_counted() -> None:
    two = Noted(copies=(CopiesCounted("appraisal", 2, "王老师", ON_TIME),))
    """G-10."""
    [missing] = judged(*season(), noted=two).missing
    assert missing.sentence == "附件2 鉴定表：纸质应交3份，清点2份（王老师，12月5日），还差1份。"
    three = Noted(copies=(CopiesCounted("appraisal", 3, "王老师", ON_TIME),))
    assert judged(*season(), noted=three).missing == ()
    assert judged(*season()[:-1], noted=three).missing == ()
    none = Noted(copies=(CopiesCounted("appraisal", 0, "王老师", ON_TIME),))
    assert [one.form for one in judged(*season()[:-1], noted=none).missing] == ["appraisal"]


def test_a_plan_that_a_clerk_counted_needs_no_scan() -> None:
    counted = Noted(copies=(CopiesCounted("study_plan", 1, "王老师", ON_TIME),))
    assert [plain(one.points) for one in judged(noted=counted).points if one.item == "R8"] == ["1"]


def test_a_report_that_a_clerk_counted_supports_its_points() -> None:
    without = [one for one in season() if one.submission.form != "study_report"]
    assert "研修报告" in found(judged(*without), "no_record").message
    counted = Noted(copies=(CopiesCounted("study_report", 1, "王老师", ON_TIME),))
    assert "no_record" not in codes(judged(*without, noted=counted))


def test_a_line_that_leaves_something_open_is_asked_about() -> None:
    remark = Remark("@said:1", "李老师来电，改天再来", "王老师", ON_TIME, "09:30", "李老师", "没有听出从哪天改到哪天")
    told = found(judged(noted=Noted(remarks=(remark,))), "remark_unclear")
    assert told.severity == "manual"
    assert told.message.startswith("“李老师来电，改天再来”（王老师，12月5日 09:30）：没有听出")
