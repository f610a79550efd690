"""Judging one person: the figures of the rubric, the decision table, and what is said about it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gengang.assess import Beside, Verdict, assess
from gengang.findings import Finding
from gengang.points import PointLine, plain
from gengang.scheme import Scheme
from gengang.submission import Choice, Paper
from tests.unit.rosters import mentor, paper, trainee
from tests.unit.seasons import (
    AFTER,
    DAYS,
    ON_TIME,
    SCHEME,
    appraisal,
    attendance,
    heard,
    log,
    logs,
    marks,
    register,
    row,
    season,
    written_papers,
)

BEFORE = date(2016, 11, 1)


def judged(papers: Sequence[Paper], as_of: date = AFTER, scheme: Scheme = SCHEME) -> Verdict:
    return assess(scheme, trainee(), papers, as_of)


def line(verdict: Verdict, item: str) -> PointLine:
    [found] = [one for one in verdict.points if one.item == item]
    return found


def codes(verdict: Verdict) -> list[str]:
    return [one.code for one in verdict.findings]


def points(verdict: Verdict, *items: str) -> list[str]:
    """The points of items as plain numbers."""
    return [plain(line(verdict, item).points) for item in items]


def at_most(verdict: Verdict, *items: str) -> list[str]:
    return [plain(line(verdict, item).at_most) for item in items]


def found(verdict: Verdict, code: str) -> Finding:
    [only] = [one for one in verdict.findings if one.code == code]
    return only


def computed() -> list[Paper]:
    """Every task done and nobody has judged anything."""
    return [attendance(), *logs(), *written_papers()]


# --- figures of the rubric ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("absences", "points", "outcome"),
    [(0, "68.00", "合格"), (3, "62.00", "合格"), (4, "60.00", "合格（证书缓发）"), (5, "58.00", "未考核")],
)
def test_computed_rows_alone(absences: int, points: str, outcome: str) -> None:
    """Ten days attended, and so many half days marked absent on further days."""
    sheets = [marks(DAYS[10 + n], "缺勤", None, f"absent{n}#0") for n in range(absences)]
    verdict = judged([*computed(), *sheets])
    assert verdict.points_now == Decimal(points)
    assert verdict.unexcused == Decimal(absences) / 2
    assert verdict.outcome == outcome
    assert verdict.score is None


def test_everything_done_and_judged_is_a_hundred() -> None:
    verdict = judged(season())
    assert (verdict.score, verdict.outcome, verdict.answer, verdict.hours) == (Decimal(100), "合格", "yes", 60)
    assert (verdict.certificate, verdict.tasks_done, verdict.shortfall, verdict.missing) == ("issue", True, (), ())


def test_a_clean_person_is_told_only_what_has_no_paper() -> None:
    assert codes(judged(season())) == ["counted_from_logs", "no_material"]
    assert "听课、上课、教研活动、班级活动" in found(judged(season()), "counted_from_logs").message
    without = [one for one in season() if not one.submission.form.endswith("_report")]
    assert "行动研究报告、研修报告" in found(judged(without), "no_record").message


def test_a_third_lesson_without_a_report_lesson() -> None:
    """H09: R3 stays at 8, with a warning of L-03c."""
    taught = [log(DAYS[n], row("上课", f"课{n}", "第4节")) for n in range(3)]
    verdict = judged([attendance(), *taught])
    assert line(verdict, "R3").points == 8
    short = [one for one in verdict.shortfall if one.requirement == "report_lessons"]
    assert [one.clause for one in short] == ["L-03c"]


def test_two_lessons_and_a_report_lesson_satisfy() -> None:
    """H10; Z-06: what is no 汇报课 is a 研究课."""
    assert not [one for one in judged(season()).shortfall if one.clause == "L-03c"]


@pytest.mark.parametrize(("given", "points"), [("15", 15), ("14", 14), ("11", 11), ("8", 8), ("5", 8)])
def test_the_mentor_judges_the_report_lesson_alone(given: str, points: int) -> None:
    assert line(judged([*computed(), register(r3=given)]), "R3").points == points


def test_a_report_lesson_that_nobody_recorded_is_not_judged() -> None:
    taught = [log(DAYS[n], row("上课", f"课{n}", "第4节")) for n in range(3)]
    verdict = judged([attendance(), *taught, register()])
    assert line(verdict, "R3").points == 8
    assert "上课评15分、记录计8.00分" in found(verdict, "score_differs").message


@pytest.mark.parametrize(
    ("days", "changed", "points"),
    [
        (10, {}, "15"),
        (12, {}, "15"),
        (9, {"d0_morning": "出勤"}, "13.8"),
        (10, {"d0_afternoon": ""}, "14.4"),
        (10, {"d0_morning": "迟到", "d1_afternoon": "早退"}, "14"),
        (10, {"d0_morning": "缺勤"}, "12.4"),
        (10, {f"d{n}_{half}": "缺勤" for n in range(10) for half in ("morning", "afternoon")}, "0"),
        (0, {}, "0"),
    ],
)
def test_attendance_points(days: int, changed: dict[str, Any], points: str) -> None:
    assert line(judged([attendance(DAYS[:days], **changed)]), "R1").points == Decimal(points)


def test_how_says_every_deduction() -> None:
    how = line(judged([attendance(d0_morning="缺勤", d1_morning="迟到")]), "R1").how
    assert how == "到岗9.5天，9.5天×1.2分，纪律3分，无故缺勤1个半天扣2分，迟到早退1次扣0.5分。"


def test_judged_points_keep_assessor_and_day() -> None:
    one = line(judged(season()), "R9")
    assert (plain(one.points), one.assessor, one.assessed_on) == ("6", "指导教师", date(2016, 12, 2))
    assert one.sources == ("action_research_report#0", "g#0")


def test_reflections_are_counted_once_each_and_depth_is_judged() -> None:
    papers = written_papers()[1:3]
    copies = [replace(one, key=f"copy{n}#0") for n, one in enumerate(papers)]
    assert line(judged([*papers, *copies]), "R6").points == 4
    assert line(judged([*papers, register(r6="6")]), "R6").points == 6


def test_no_judgement_lifts_an_item_above_its_maximum() -> None:
    verdict = judged([*written_papers(), register(r6="20", r8="20")])
    assert points(verdict, "R6", "R8") == ["9", "3"]


def test_points_without_paper_are_taken_from_the_register_and_said() -> None:
    verdict = judged([attendance(), *logs(), register()])
    assert points(verdict, "R6", "R8") == ["9", "3"]
    assert found(verdict, "no_record").clause == "G-04"
    assert "教育教学反思、计划与个人研修方案" in found(verdict, "no_record").message


# --- decision table ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("r9", "outcome", "score"),
    [("5", "合格", "60"), ("5.00", "合格", "60"), ("4.995", "不合格", "59.99"), ("4.99", "不合格", "59.99")],
)
def test_sixty_passes_and_nothing_is_rounded_up(r9: str, outcome: str, score: str) -> None:
    """B20, G-05: 15 for attendance, 20 heard, 8 taught, 4 教研, 8 logs are 55; R9 gives the rest."""
    extra = (row("上课", "甲", "第5节"), row("上课", "乙", "第6节"), row("教研", "备课", "下午"))
    records = [log(day, *heard(2), *(extra if day == DAYS[0] else ())) for day in DAYS[:10]]
    noughts: dict[str, Any] = dict.fromkeys(("r6", "r8", "r10", "r11", "r12"), "0")
    verdict = judged([attendance(), *records, register(r9=r9, **noughts)])
    assert (verdict.outcome, verdict.score) == (outcome, Decimal(score))


def test_a_score_that_may_still_reach_sixty_is_open() -> None:
    """54 are certain and the open R9 could bring 6."""
    extra = (row("上课", "甲", "第5节"), row("上课", "乙", "第6节"), row("教研", "备课", "下午"))
    records = [log(day, *heard(2), *(extra if day == DAYS[0] else ())) for day in DAYS[:10]]
    noughts: dict[str, Any] = dict.fromkeys(("r6", "r8", "r10", "r11", "r12"), "0")
    open_r9 = replace(register(r9=None, **noughts), open_fields=("r9_score",))
    late = attendance(d0_morning="迟到", d1_morning="迟到")
    verdict = judged([late, *records, open_r9])
    assert (plain(verdict.points_now), verdict.outcome, verdict.answer) == ("54", "未考核", "cannot_tell")
    assert verdict.needs == ("未定的项目：行动研究报告",)
    later = attendance(d0_morning="迟到", d1_morning="迟到", d2_morning="早退")
    assert judged([later, *records, open_r9]).answer == "no"


def test_no_paper_at_all_is_not_judged() -> None:
    verdict = judged([])
    assert (verdict.outcome, verdict.answer, verdict.hours, verdict.certificate) == (
        "未考核",
        "cannot_tell",
        None,
        "open",
    )
    assert verdict.needs[:2] == ("考核登记表（评价分）", "考勤表")
    assert verdict.findings == ()


def test_too_few_points_fail_from_the_closing_day() -> None:
    poor = [attendance(DAYS[:4]), log(DAYS[0], *heard(2)), register(r6="0", r8="0", r9="0")]
    assert (judged(poor).outcome, judged(poor).answer, judged(poor).hours) == ("不合格", "no", 0)
    assert judged(poor, date(2016, 12, 7)).outcome == "不合格"
    early = judged(poor, date(2016, 12, 6))
    assert (early.outcome, early.answer) == ("未考核", "cannot_tell")
    assert "12月7日前仍可补交" in early.needs[0]


def test_withheld_whatever_the_score() -> None:
    """G-07: the archive line, no certificate, hours undecided."""
    papers = [*season(), marks(DAYS[12], "缺勤", "缺勤"), marks(DAYS[13], "缺勤", "缺勤", "k#2")]
    verdict = judged(papers)
    assert (verdict.outcome, verdict.certificate, verdict.hours) == ("合格（证书缓发）", "withheld", None)
    assert found(verdict, "unexcused_absence").clause == "G-07"
    assert "缓发" in found(verdict, "unexcused_absence").message


def test_one_and_a_half_days_do_not_withhold() -> None:
    """H07."""
    papers = [*season(), marks(DAYS[12], "缺勤", "缺勤"), marks(DAYS[13], "缺勤", None, "k#2")]
    verdict = judged(papers)
    assert (verdict.unexcused, verdict.outcome, verdict.score) == (Decimal("1.5"), "合格", Decimal(94))


def test_a_failed_person_with_absences_is_archived_too() -> None:
    sheet = attendance(DAYS[:2], d0_morning="缺勤", d0_afternoon="缺勤", d1_morning="缺勤", d1_afternoon="缺勤")
    verdict = judged([sheet, register(r6="0", r8="0")])
    assert verdict.outcome == "不合格"
    assert "缓发" not in found(verdict, "unexcused_absence").message


def test_nine_and_a_half_days_wait_for_a_person() -> None:
    """H08."""
    verdict = judged([attendance(d0_afternoon=""), *logs(), register(), appraisal(present_days="9.5")])
    assert (verdict.outcome, verdict.certificate) == ("合格", "manual")
    assert (found(verdict, "task_gate").clause, found(verdict, "task_gate").severity) == ("T-02", "manual")


@pytest.mark.parametrize(("gate", "state"), [("manual", "manual"), ("warn", "issue"), ("block", "none")])
def test_gate_is_a_switch(gate: str, state: str) -> None:
    scheme = replace(SCHEME, outcomes=replace(SCHEME.outcomes, gate=gate))  # type: ignore[arg-type]
    verdict = judged([attendance(DAYS[:9]), *logs(), register()], scheme=scheme)
    assert verdict.certificate == state


def test_a_task_without_any_record_waits_for_a_person() -> None:
    papers = [attendance(), *[log(day, *heard(2)) for day in DAYS[:10]], *written_papers(), register()]
    verdict = judged(papers)
    gates = [one.message for one in verdict.findings if one.code == "task_gate"]
    assert verdict.certificate == "manual"
    assert gates == [f"得分已够，但{what}没有记录，发证前请确认。" for what in ("上课", "教研活动", "班级活动")]


def test_no_lesson_heard_is_said_once() -> None:
    verdict = judged([attendance(), *logs(lessons=0), *written_papers(), register()])
    assert [one.message for one in verdict.findings if one.code == "task_gate"] == [
        "得分已够，但听课没有记录，发证前请确认。"
    ]


def test_fewer_than_ten_lessons_heard_wait_for_a_person() -> None:
    papers = [attendance(), *logs(lessons=0)[1:], log(DAYS[0], *heard(3)), *written_papers(), register()]
    verdict = judged(papers)
    assert (verdict.outcome, verdict.certificate) == ("合格", "manual")
    assert found(verdict, "task_gate").message == "得分已够，但听课3节，不足10节，发证前请确认。"


def test_enough_points_without_attendance_cannot_be_told() -> None:
    verdict = judged([*logs(), *written_papers(), register()])
    assert (plain(verdict.points_now), verdict.score) == ("85", None)
    assert (verdict.outcome, verdict.answer) == ("未考核", "cannot_tell")
    assert not [one for one in verdict.shortfall if one.requirement == "workdays"]
    assert not verdict.tasks_done


def test_nobody_fails_for_a_sheet_the_mentor_owes() -> None:
    """50 points without R1: with a 考勤表 it could be 65."""
    thin = [log(day, *heard(2)) for day in DAYS[:10]]
    scores: dict[str, Any] = {"r3": "0", "r4": "0", "r5": "0"}
    verdict = judged([*thin, *written_papers(), register(**scores)])
    assert plain(verdict.points_now) == "62"
    lower: dict[str, Any] = {**scores, "r9": "0", "r10": "0"}
    assert judged([*thin, *written_papers(), register(**lower)]).needs == ("考勤表", "未定的项目：出勤与纪律")


# --- attendance --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["事假", "病假", "公假"])
def test_leave_without_paper_is_asked_and_never_unexcused(mark: str) -> None:
    verdict = judged([*season(), marks(DAYS[12], mark, mark)])
    assert verdict.unexcused == 0
    assert (found(verdict, "leave_without_paper").severity, found(verdict, "leave_without_paper").clause) == (
        "manual",
        "L-07",
    )


def test_a_day_without_a_mark_is_no_absence() -> None:
    assert judged([attendance(), marks(DAYS[12], None, None)]).unexcused == 0


@pytest.mark.parametrize(
    ("day", "code", "clause"),
    [
        (date(2016, 10, 3), "day_off", "T-02"),
        (date(2016, 9, 4), "day_off", "T-02"),
        (date(2016, 8, 30), "outside_window", "T-01"),
        (date(2016, 12, 2), "outside_window", "T-01"),
    ],
)
def test_days_that_do_not_count(day: date, code: str, clause: str) -> None:
    """B07, B08: neither attendance nor a log."""
    verdict = judged([marks(day, "出勤", "出勤"), log(day, *heard(2))])
    assert (plain(verdict.days), dict(verdict.counts)["lessons_heard"], dict(verdict.counts)["logs"]) == ("0", 0, 0)
    assert found(verdict, code).clause == clause
    assert "考勤表“k#1.docx”、研修日志“log-" in found(verdict, code).message


@pytest.mark.parametrize("day", [date(2016, 9, 18), date(2016, 10, 8), date(2016, 10, 9)])
def test_make_up_days_count(day: date) -> None:
    assert judged([marks(day, "出勤", "出勤")]).days == 1


def test_two_half_days_make_one() -> None:
    assert judged([marks(DAYS[0], "出勤", None), marks(DAYS[1], None, "迟到", "k#2")]).days == 1


def test_one_day_in_two_sheets_counts_once_and_a_difference_waits() -> None:
    same = judged([attendance(), attendance(key="k#9")])
    assert (plain(same.days), codes(same).count("attendance_differs")) == ("10", 0)
    differs = judged([attendance(), marks(DAYS[0], "缺勤", "出勤")])
    assert (plain(differs.days), plain(differs.unexcused)) == ("9.5", "0")
    assert found(differs, "attendance_differs").severity == "manual"


def test_open_marks_are_not_used_and_their_item_waits() -> None:
    sheet = attendance(d0_morning="")
    waits = replace(sheet, open_fields=("days[1].morning",))
    verdict = judged([waits])
    assert verdict.days == Decimal("9.5")
    assert line(verdict, "R1").at_most == 15
    assert "另有1处待核，核定前不计" in line(verdict, "R1").how


def test_open_marks_that_could_withhold_keep_the_verdict_open() -> None:
    rows = {f"d{n}_{half}": "" for n in range(10, 12) for half in ("morning", "afternoon")}
    sheet = attendance(DAYS[:12], **rows)
    places = tuple(f"days[{n}].{half}" for n in (11, 12) for half in ("morning", "afternoon"))
    verdict = judged([*season()[1:], replace(sheet, open_fields=places)])
    assert (verdict.outcome, verdict.answer) == ("未考核", "cannot_tell")
    assert "4个半天" in verdict.needs[0]
    fewer = judged([*season()[1:], replace(sheet, open_fields=places[:3])])
    assert fewer.outcome == "合格"


def test_what_one_sheet_leaves_open_another_may_settle() -> None:
    waits = replace(marks(DAYS[0], None, "出勤", "k#1"), open_fields=("days[1].morning",))
    assert line(judged([waits]), "R1").at_most == 15
    settled = judged([waits, marks(DAYS[0], "出勤", None, "k#2")])
    assert points(settled, "R1") == at_most(settled, "R1") == ["4.2"]


def test_an_unread_date_may_be_any_two_half_days() -> None:
    one_day = marks(DAYS[12], "缺勤", "缺勤")
    assert judged([*season(), one_day]).outcome == "合格"
    lost = judged([*season(), replace(one_day, open_fields=("days[2].date",))])
    assert (lost.outcome, plain(lost.unexcused)) == ("未考核", "1")
    verdict = judged([replace(marks(DAYS[0], "出勤", "出勤"), open_fields=("days[2].date",))])
    assert line(verdict, "R1").at_most == 15


# --- logs --------------------------------------------------------------------------------------------------------


def test_the_same_lesson_twice_counts_once() -> None:
    """H02."""
    verdict = judged([log(DAYS[0], row("听课"), row("听课"))])
    assert dict(verdict.counts)["lessons_heard"] == 1
    assert found(verdict, "lesson_twice").clause == "L-03b"


def test_a_copy_of_a_log_adds_nothing() -> None:
    papers = logs()
    copies = [replace(one, key=f"scan-{one.key}") for one in papers]
    assert judged([*papers, *copies]).counts == judged(papers).counts


@pytest.mark.parametrize(
    ("time", "count"),
    [("第2、3节", 2), ("第1-3节", 3), ("第一、二节", 2), ("上午", 1), ("8:00—8:40", 1), ("", 1), ("下午第1至2节", 2)],
)
def test_lessons_by_listed_periods(time: str, count: int) -> None:
    assert dict(judged([log(DAYS[0], row("听课", time=time))]).counts)["lessons_heard"] == count


def test_an_entry_that_names_nothing_is_not_counted() -> None:
    assert dict(judged([log(DAYS[0], row("听课", "", ""))]).counts)["lessons_heard"] == 0


def test_two_logs_of_one_day_are_one_log() -> None:
    verdict = judged([log(DAYS[0], row("听课", "甲", "第1节")), log(DAYS[0], row("听课", "乙", "第2节"), key="z#0")])
    assert (dict(verdict.counts)["logs"], dict(verdict.counts)["lessons_heard"]) == (1, 2)


def test_a_log_on_a_day_marked_absent_waits() -> None:
    """H05."""
    verdict = judged([attendance(d0_morning="缺勤", d0_afternoon="事假"), *logs()])
    assert dict(verdict.counts)["logs"] == 9
    assert (found(verdict, "log_on_absent_day").severity, found(verdict, "log_on_absent_day").clause) == (
        "manual",
        "L-05",
    )


def test_a_log_on_a_day_without_any_mark_is_asked() -> None:
    verdict = judged([attendance(), log(DAYS[12], *heard(2))])
    assert found(verdict, "log_without_attendance").clause == "M-04"


def test_an_undated_log_is_not_counted() -> None:
    verdict = judged([paper("training_log", {"log_date": None}, activities=heard(2))])
    assert dict(verdict.counts)["logs"] == 0
    assert found(verdict, "log_undated").clause == "L-05"


def test_an_open_date_or_cell_waits() -> None:
    undated = paper("training_log", {}, open_fields=("log_date",), activities=heard(2))
    verdict = judged([undated])
    assert (points(verdict, "R2"), at_most(verdict, "R2", "R7")) == (["0"], ["20", "8"])
    cell = replace(log(DAYS[0], *heard(2)), open_fields=("activities[2].topic",))
    verdict = judged([cell])
    assert (points(verdict, "R2"), at_most(verdict, "R2")) == (["1"], ["20"])
    assert at_most(verdict, "R4", "R7") == ["0", "0.8"]
    unknown_kind = replace(log(DAYS[0], {"time": "第1节"}), open_fields=("activities[1].kind",))
    assert line(judged([unknown_kind]), "R5").at_most == 4


def test_days_with_few_lessons_are_one_line() -> None:
    """L-03a."""
    papers = [attendance(DAYS[:3]), log(DAYS[0], *heard(2)), log(DAYS[1], *heard(1)), log(DAYS[2])]
    warned = found(judged(papers), "few_lessons_a_day")
    assert (warned.message, warned.severity, warned.clause) == ("每日听课不足2节：9月6日、9月9日。", "warn", "L-03a")


def test_days_with_few_lessons_are_not_said_while_an_entry_waits() -> None:
    waits = replace(log(DAYS[0], *heard(1), {"time": "第2节"}), open_fields=("activities[2].kind",))
    assert "few_lessons_a_day" not in codes(judged([waits]))


def test_cramming_is_shown() -> None:
    """G-02."""
    verdict = judged([log(DAYS[0], *heard(5))])
    assert "超过4节" in found(verdict, "many_lessons_a_day").message
    assert "many_lessons_a_day" not in codes(judged([log(DAYS[0], *heard(4))]))
    rush = judged([attendance([*DAYS[:2], date(2016, 11, 28), date(2016, 11, 29)])])
    assert "4个到岗日中有2个" in found(rush, "late_rush").message
    assert "late_rush" not in codes(judged([attendance([*DAYS[:3], date(2016, 11, 29)])]))


# --- claims ------------------------------------------------------------------------------------------------------


def test_the_claim_is_compared_and_the_record_counts() -> None:
    """H01."""
    verdict = judged([attendance(), *logs()[:9], appraisal()])
    differs = [one for one in verdict.findings if one.code == "claim_differs"]
    assert [(one.message, one.clause) for one in differs] == [
        ("鉴定表自报听课20节，记录是听课18节，按记录计。", "L-03b"),
        ("鉴定表自报日志10篇，记录是日志9篇，按记录计。", "L-05"),
    ]
    assert line(verdict, "R2").points == 18


def test_a_claim_is_not_compared_while_records_wait() -> None:
    waits = replace(logs()[0], open_fields=("activities[1].time",))
    assert "claim_differs" not in codes(judged([attendance(), waits, *logs()[1:], appraisal()]))


@pytest.mark.parametrize(
    ("changed", "code", "clause"),
    [
        ({"present_days": "11"}, "days_differ", "M-05"),
        ({"absent_days": "1"}, "days_differ", "M-05"),
        ({"score": "58", "grade": "合格"}, "grade_differs", "G-06"),
        ({"score": "100", "grade": "不合格"}, "grade_differs", "G-05"),
        ({"grade": "不合格"}, "grade_differs", "G-05"),
        ({"score": "60", "grade": "不合格"}, "grade_differs", "G-05"),
        ({"score": "96"}, "score_differs", "G-04"),
        ({"mentor_opinion": "该同志学习认真。"}, "opinion_without_attendance", "M-05"),
        ({"mentor_opinion": "出勤12天，表现好。"}, "opinion_days_differ", "M-05"),
        ({"base_opinion": "同意"}, "bare_opinion", "B-05"),
    ],
)
def test_an_appraisal_that_does_not_agree(changed: dict[str, Any], code: str, clause: str) -> None:
    """B18, G04, G05."""
    verdict = judged([*season()[:-1], appraisal(**changed)])
    assert (code, clause) in [(one.code, one.clause) for one in verdict.findings]


@pytest.mark.parametrize(("claimed", "differs"), [("1", False), ("2", True), (None, False)])
def test_leave_on_the_appraisal_against_the_sheet(claimed: str | None, differs: bool) -> None:
    verdict = judged([attendance(), marks(DAYS[12], "事假", "病假"), appraisal(leave_days=claimed)])
    assert ("days_differ" in codes(verdict)) == differs


def test_an_appraisal_that_agrees_says_nothing() -> None:
    verdict = judged([*season()[:-1], appraisal(score="100", grade="合格")])
    assert codes(verdict) == ["counted_from_logs", "no_material"]


def test_a_register_whose_total_is_wrong() -> None:
    """B16."""
    verdict = judged([*season()[:-2], register(total="96"), appraisal()])
    assert (found(verdict, "total_differs").severity, found(verdict, "total_differs").clause) == ("manual", "G-04")
    assert "total_differs" not in codes(judged([*season()[:-2], register(total="100"), appraisal()]))


def test_a_score_above_its_maximum_is_capped_and_asked() -> None:
    """B17."""
    verdict = judged([*season()[:-2], register(r11="7"), appraisal()])
    assert line(verdict, "R11").points == 5
    assert found(verdict, "score_over_max").severity == "manual"


def test_computed_rows_the_register_gives_otherwise_are_one_line() -> None:
    verdict = judged([*season()[:-2], register(r2="18", r7="10"), appraisal()])
    message = found(verdict, "score_differs").message
    assert "听课评18分、记录计20.00分；研修日志评10分、记录计8.00分" in message
    assert verdict.score == 100


def test_two_registers_that_differ_wait_for_a_person_where_they_differ() -> None:
    first, second = register("a#0", date(2016, 12, 1)), register("b#0", date(2016, 12, 6), r9="2")
    verdict = judged([*season()[:-2], first, second])
    told = found(verdict, "versions_differ")
    assert (told.severity, told.clause) == ("manual", "M-05")
    assert told.message == "考核登记表收到2份，有1处不同，请确认以哪份为准，确认前这几处不计。"
    assert (points(verdict, "R9"), points(verdict, "R8"), verdict.score) == (["0"], ["3"], None)
    decided = judged([*season()[:-2], first, replace(second, choice=Choice(1, ("a#0", "b#0")))])
    assert (points(decided, "R9"), "versions_differ" in codes(decided)) == (["2"], False)


def test_a_scan_of_the_same_register_is_no_second_one() -> None:
    scan = replace(register(key="s#0", r9=None), open_fields=("r9_score",))
    verdict = judged([*season(), scan])
    assert (points(verdict, "R9"), codes(verdict)) == (["6"], ["counted_from_logs", "no_material"])


def test_an_open_score_waits_and_computed_rows_may_decide_alone() -> None:
    verdict = judged([*season()[:-2], replace(register(r9=None), open_fields=("r9_score",)), appraisal()])
    assert (verdict.score, verdict.outcome, verdict.points_now) == (None, "合格", Decimal(94))
    assert "评分未到，最多6分" in line(verdict, "R9").how


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"present_days": "9"}, "实到9天，逐日相加是10天"),
        ({"absent_days": "1"}, "缺勤1天，逐日相加是0天"),
        ({"late_count": 2}, "迟到2次，逐日相加是0次"),
    ],
)
def test_the_foot_of_the_sheet_against_its_rows(values: dict[str, str | int], words: str) -> None:
    sheet = attendance()
    submission = replace(sheet.submission, values={**sheet.submission.values, **values})
    verdict = judged([replace(sheet, submission=submission)])
    assert words in found(verdict, "sheet_sum_differs").message


def test_the_college_s_score_is_compared() -> None:
    one = register()
    values = {**one.submission.values, "college_score": "95"}
    verdict = judged([*season()[:-2], replace(one, submission=replace(one.submission, values=values)), appraisal()])
    assert found(verdict, "confirmed_score_differs").severity == "manual"


def test_a_mentor_who_is_not_the_agreed_one() -> None:
    """H11, one line for all papers; nothing before anybody is agreed."""
    papers = [log(DAYS[0], mentor="吴亮"), log(DAYS[1], mentor="周 明"), log(DAYS[2], mentor="吴亮")]
    verdict = assess(SCHEME, trainee(), papers, AFTER, Beside((mentor(),)))
    told = [one for one in verdict.findings if one.clause == "T-03"]
    assert [one.message for one in told] == ["材料上的指导教师是吴亮，安排表是周明，请核对。"]
    assert "mentor_differs" not in codes(judged(papers))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": "小学一级教师"}, "职称写“小学一级教师”、花名册是“小学高级教师”"),
        ({"born": "1976-04"}, "出生年月写“1976-04”、花名册是“1976-03”"),
        ({"id_number": "000000198001010019"}, "身份证号与花名册不同"),
    ],
)
def test_an_appraisal_that_differs_from_the_roster(changed: dict[str, Any], words: str) -> None:
    """H12; an ID number is not written out."""
    told = found(judged([appraisal(**changed)]), "person_differs")
    assert words in told.message
    assert (told.severity, told.clause) == ("manual", "W-02")


def test_another_wording_is_no_difference() -> None:
    assert "person_differs" not in codes(judged([appraisal(title="小高", gender="男", degree="大学本科")]))


def test_a_date_beside_another_weekday_is_shown() -> None:
    right, wrong = log(DAYS[0], weekday="星期四"), log(DAYS[1], weekday="星期五")
    sheet = paper("attendance", {}, "k#0", days=({"date": "2016-09-01", "weekday": "星期三", "morning": "出勤"},))
    told = [one for one in judged([right, wrong, sheet]).findings if one.code == "weekday_differs"]
    assert [(one.message, one.clause) for one in told] == [
        ("研修日志的日期与星期不符，请核对：9月6日。", "L-05"),
        ("考勤表的日期与星期不符，请核对：9月1日。", "M-04"),
    ]


# --- papers and time ---------------------------------------------------------------------------------------------


def test_shortfall_in_words() -> None:
    verdict = judged([attendance(), *logs()[:9]], BEFORE)
    assert [one.sentence for one in verdict.shortfall] == [
        "听课18节，还差2节。",
        "教育教学反思0篇，还差3篇。",
        "研修日志9篇，还差1篇。",
    ]
    late = judged([attendance(), *logs()[:9]], date(2016, 12, 7))
    assert late.shortfall[0].sentence == "听课18节，还差2节；研修已结束，做过而未交材料的12月7日前可补交。"
    assert judged([attendance(), *logs()[:9]], AFTER).shortfall[0].sentence.endswith("已过补交期。")


def test_a_shortfall_is_a_warning_once_any_record_is_in() -> None:
    assert "task_short" in codes(judged([attendance()]))
    assert "task_short" in codes(judged(logs()[:9]))
    assert "task_short" not in codes(judged([appraisal()]))


def test_what_is_missing_and_who_owes_it() -> None:
    verdict = judged([attendance(), *logs()[:9]], BEFORE)
    assert [(one.form, one.owed_by, one.clause, one.overdue) for one in verdict.missing] == [
        ("personal_info", "school", "G-10", True),
        ("study_plan", "trainee", "L-01", False),
        ("development_plan", "trainee", "L-01", False),
        ("day_plan", "mentor", "W-06", False),
        ("training_log", "trainee", "L-05", False),
        ("reflection", "trainee", "L-03f", False),
        ("action_research_report", "trainee", "L-04", False),
        ("study_report", "trainee", "W-07", False),
        ("appraisal", "base_school", "B-05", False),
        ("assessment_register", "mentor", "M-05", False),
    ]
    assert verdict.missing[4].sentence == "附件1 研修日志：收到9份，应交10份；10月14日的未交（12月7日前）。"
    assert judged([], AFTER).missing[1].sentence == "个人学习计划：未交。"
    assert judged([], AFTER).missing[4].sentence == "考勤表：未交（12月7日已过期）。"


@pytest.mark.parametrize(
    ("received", "expected"),
    [(date(2016, 12, 7), []), (date(2016, 12, 8), ["late"]), (None, ["received_unknown"])],
)
def test_late_by_the_received_date_alone(received: date | None, expected: list[str]) -> None:
    """H14."""
    verdict = judged([*season()[:-1], appraisal(received=received)])
    mine = [one for one in verdict.findings if one.code in ("late", "received_unknown")]
    assert [one.code for one in mine] == expected
    assert all(one.clause == "B-05" for one in mine)
    if expected == ["late"]:
        assert mine[0].message == "附件2 鉴定表迟交1天（应于12月7日前）。"


def test_an_unknown_date_is_not_asked_before_the_paper_is_due() -> None:
    verdict = judged([appraisal(received=None)], date(2016, 12, 7))
    assert "received_unknown" not in codes(verdict)


def test_papers_of_another_person_are_left_out() -> None:
    other = [replace(one, person="P-ffffffffffff") for one in season()]
    assert judged(other).points_now == 0
    own = [replace(one, person=trainee().key) for one in season()]
    assert judged(own).points_now == 100


def test_every_finding_names_a_clause_of_the_scheme_and_ends_a_sentence() -> None:
    messy = [
        attendance(d0_morning="缺勤", d1_morning="事假"),
        marks(date(2016, 10, 1), "出勤", None),
        log(DAYS[0], *heard(6)),
        paper("training_log", {}),
        register(total="1", r9="9"),
        appraisal(received=None, grade="不合格", score="99"),
    ]
    verdict = judged(messy)
    known = {clause.id for clause in SCHEME.clauses}
    assert len(verdict.findings) > 8
    assert {one.clause for one in verdict.findings} <= known
    assert all(one.message.endswith("。") for one in verdict.findings)
    order = [("error", "manual", "warn", "info").index(one.severity) for one in verdict.findings]
    assert order == sorted(order)
    assert ON_TIME < AFTER


def test_what_the_score_can_still_become_is_said_where_there_are_points() -> None:
    verdict = judged(computed(), BEFORE)
    assert verdict.outlook == "现有68.00分，补齐后预计最多达到100.00分"
    assert judged(season()).outlook == ""
