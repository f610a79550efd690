"""Leave, the day plan and 改期: what a mark 缺勤 is (L-07), and what of it a person decides."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

import pytest

from gengang.assess import Beside, Verdict, assess
from gengang.dayplan import Move, plan_of
from gengang.findings import Finding
from gengang.halfdays import halves_written
from gengang.noted import Noted, Remark
from gengang.papers.figures import figures_of
from gengang.points import plain
from gengang.submission import Paper
from tests.unit.rosters import trainee
from tests.unit.seasons import AFTER, DAYS, SCHEME, appraisal, attendance, leave, marks, plan, season

DAY, NEXT = DAYS[12], DAYS[13]
ON = date(2016, 10, 10)


def judged(*papers: Paper, moves: tuple[Move, ...] = (), as_of: date = AFTER) -> Verdict:
    said = (Remark("@said:1", "改期", "王老师", ON, moves=moves),) if moves else ()
    return assess(SCHEME, trainee(), papers, as_of, Beside(noted=Noted(remarks=said)))


def found(verdict: Verdict, code: str) -> Finding:
    [only] = [one for one in verdict.findings if one.code == code]
    return only


def codes(verdict: Verdict) -> list[str]:
    return [one.code for one in verdict.findings]


def absent(*days: date) -> list[Paper]:
    return [marks(day, "缺勤", "缺勤", f"absent-{day}#0") for day in days]


# --- leave -------------------------------------------------------------------------------------------------------


def test_an_approved_leave_excuses_what_the_sheet_marks_absent() -> None:
    verdict = judged(*season(), *absent(DAY), leave(DAY))
    assert (plain(verdict.unexcused), verdict.score) == ("0", Decimal(100))
    assert found(verdict, "absence_excused").severity == "info"
    assert judged(*season(), *absent(DAY)).unexcused == 1


@pytest.mark.parametrize(("claimed", "differs"), [("1", False), ("0", False), ("2", True)])
def test_the_claim_may_follow_the_mark_or_the_leave(claimed: str, differs: bool) -> None:
    papers = [attendance(), *absent(DAY), leave(DAY), appraisal(absent_days=claimed)]
    assert ("days_differ" in codes(judged(*papers))) == differs


def test_a_leave_excuses_only_the_half_days_it_covers() -> None:
    verdict = judged(*season(), *absent(DAY), leave(DAY, starts_half="下午"))
    assert plain(verdict.unexcused) == "0.5"
    assert judged(*season(), *absent(DAY), leave(NEXT)).unexcused == 1
    assert judged(*season(), *absent(DAY, NEXT), leave(DAY, NEXT, ends_half="上午")).unexcused == Decimal("0.5")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"base_opinion": None, "base_signed_on": None}, "没有基地学校的批准"),
        ({"mentor_opinion": None}, "没有指导教师的批准"),
        ({"mentor_opinion": "不同意"}, "指导教师没有同意"),
        ({"base_signed_on": "2016-11-20"}, "基地学校11月20日才批准"),
        ({"base_signed_on": None}, "基地学校批准的日期不明"),
        ({"starts_on": None}, "请假起止日期不明"),
        ({"ends_on": "2016-09-01"}, "请假起止日期前后颠倒"),
    ],
)
def test_a_leave_that_is_not_in_order_is_asked_and_neither_excuses_nor_counts(
    changed: dict[str, str | None], words: str
) -> None:
    """H06."""
    verdict = judged(*season(), *absent(DAY), leave(DAY, None, "leave#0", **changed))
    told = found(verdict, "leave_incomplete")
    assert (told.severity, told.clause, words in told.message) == ("manual", "L-07", True)
    assert (plain(verdict.unexcused), plain(verdict.points_now), verdict.score) == ("0", "100", None)


@pytest.mark.parametrize(
    ("late_paper", "unexcused", "asked"), [("manual", "0", True), ("excused", "0", False), ("unexcused", "1", False)]
)
def test_what_becomes_of_a_late_approval_is_a_switch(
    late_paper: Literal["manual", "excused", "unexcused"], unexcused: str, asked: bool
) -> None:
    """Q13."""
    scheme = replace(SCHEME, leave=replace(SCHEME.leave, late_paper=late_paper))
    papers = [*season(), *absent(DAY), leave(DAY, base_signed_on="2016-11-20")]
    verdict = assess(scheme, trainee(), papers, AFTER)
    assert (plain(verdict.unexcused), "leave_incomplete" in codes(verdict)) == (unexcused, asked)


def test_who_must_approve_and_whether_before_is_a_switch() -> None:
    mentor_alone = replace(SCHEME, leave=replace(SCHEME.leave, approvers=("mentor",)))
    papers = [*season(), *absent(DAY), leave(DAY, base_opinion=None, base_signed_on=None)]
    assert plain(assess(mentor_alone, trainee(), papers, AFTER).unexcused) == "0"
    assert "leave_incomplete" not in codes(assess(mentor_alone, trainee(), papers, AFTER))
    afterwards = replace(SCHEME, leave=replace(SCHEME.leave, in_advance=False))
    late = [*season(), *absent(DAY), leave(DAY, base_signed_on="2016-11-20")]
    assert "absence_excused" in codes(assess(afterwards, trainee(), late, AFTER))


def test_two_days_that_a_person_has_to_decide_keep_the_verdict_open() -> None:
    verdict = judged(*season(), *absent(DAY, NEXT), leave(DAY, NEXT, base_opinion=None))
    assert (verdict.outcome, verdict.answer) == ("未考核", "cannot_tell")
    assert "4个半天" in verdict.needs[0]
    assert judged(*season(), *absent(DAY, NEXT)).outcome == "合格（证书缓发）"


def test_points_that_a_decision_may_take_away_do_not_pass_alone() -> None:
    """60 points of which two half days would take four."""
    papers = [one for one in season() if one.submission.form not in ("assessment_register", "appraisal")]
    late = [marks(DAYS[14 + n], "迟到", "迟到", f"late{n}#0") for n in range(6)]
    more = [marks(DAYS[20], "缺勤", None, "x#0")]
    asked = judged(*papers, *late, *more, *absent(DAY), leave(DAY, base_opinion=None))
    assert plain(asked.points_now) == "60"
    assert (asked.outcome, asked.needs[0]) == ("未考核", "核定考勤表2个半天的缺勤（若属无故，得分不够）")
    excused = judged(*papers, *late, *more, *absent(DAY), leave(DAY))
    assert (plain(excused.points_now), excused.outcome) == ("60", "合格")


def test_a_request_for_another_day_gives_no_reason_for_this_one() -> None:
    here = leave(DAY, base_opinion=None, base_signed_on=None)
    elsewhere = leave(DAYS[15], key="other#0", mentor_opinion=None, mentor_signed_on=None)
    message = found(judged(*season(), *absent(DAY), here, elsewhere), "leave_incomplete").message
    assert message.startswith("请假申请手续不全（没有基地学校的批准）")


def test_marked_leave_with_its_request_is_not_asked_about() -> None:
    sick = marks(DAY, "病假", "病假")
    assert not {"leave_without_paper", "leave_incomplete"} & set(codes(judged(*season(), sick, leave(DAY))))
    assert "leave_incomplete" in codes(judged(*season(), sick, leave(DAY, mentor_opinion=None)))
    assert "leave_without_paper" in codes(judged(*season(), sick))


def test_one_request_in_order_is_enough() -> None:
    first = leave(DAY, key="a#0", base_opinion=None, starts_half="上午", reason="先交的一张")
    second = leave(DAY, key="b#0", starts_half="下午", reason="补全手续的一张")
    verdict = judged(*season(), marks(DAY, None, "缺勤"), first, second)
    assert "leave_incomplete" not in codes(verdict)
    assert "leave_incomplete" in codes(judged(*season(), marks(DAY, "缺勤", "缺勤"), first, second))


def test_an_unread_approval_waits() -> None:
    asked = replace(leave(DAY, mentor_opinion=None), open_fields=("mentor_opinion",))
    assert "指导教师的批准待核" in found(judged(*season(), *absent(DAY), asked), "leave_incomplete").message


# --- the day plan ------------------------------------------------------------------------------------------------


def test_a_date_that_nobody_planned_is_never_an_absence() -> None:
    verdict = judged(*season()[:-2], *absent(DAY), plan(*DAYS[:10]))
    assert verdict.unexcused == 0
    assert (found(verdict, "absence_unplanned").severity, found(verdict, "absence_unplanned").clause) == (
        "warn",
        "L-07",
    )
    assert judged(*season()[:-2], *absent(DAY), plan(*DAYS[:10], DAY)).unexcused == 1


def test_a_planned_half_day_without_a_mark_is_asked_and_never_counted() -> None:
    verdict = judged(attendance(d0_afternoon=""), plan(*DAYS[:10]))
    assert verdict.unexcused == 0
    told = found(verdict, "planned_without_mark")
    assert (told.severity, told.message.endswith("：9月1日下午。")) == ("manual", True)
    free = plan(*DAYS[:10], d0_afternoon="——")
    assert "planned_without_mark" not in codes(judged(attendance(d0_afternoon=""), free))


def test_a_day_behind_the_last_marked_one_is_not_asked_before_the_end() -> None:
    papers = (attendance(DAYS[:5]), plan(*DAYS[:10]))
    assert "planned_without_mark" not in codes(judged(*papers, as_of=date(2016, 10, 31)))
    assert "planned_without_mark" in codes(judged(*papers))


def test_without_a_plan_only_marks_count() -> None:
    verdict = judged(attendance(DAYS[:10], d0_afternoon=""), *absent(DAY))
    assert (plain(verdict.unexcused), "planned_without_mark" in codes(verdict)) == ("1", False)


def test_a_plan_that_was_not_read_in_full_decides_nothing() -> None:
    unread = replace(plan(*DAYS[:10]), open_fields=("days[11].date",))
    verdict = judged(*season()[:-2], *absent(DAY), unread)
    assert (plain(verdict.unexcused), found(verdict, "absence_plan_unread").severity) == ("0", "manual")


def test_a_day_that_was_moved_is_due_on_the_other() -> None:
    move = Move(DAYS[3], None, DAY, None, ON, "改期")
    moved = plan_of(SCHEME.calendar, [plan(*DAYS[:10])], [move])
    assert moved.due == 10
    assert halves_written(moved.moved) == "9月14日"
    assert (DAY, "morning") in moved.halves
    back = plan_of(SCHEME.calendar, [plan(*DAYS[:10])], [move, Move(DAY, None, DAYS[3], None, ON, "又改回来")])
    assert (back.halves, back.moved - {(DAY, "morning"), (DAY, "afternoon")}) == (
        plan_of(SCHEME.calendar, [plan(*DAYS[:10])]).halves,
        frozenset(),
    )


def test_an_absence_on_a_day_that_was_moved_is_asked() -> None:
    move = Move(DAY, None, NEXT, None, ON, "改期")
    verdict = judged(*season(), *absent(DAY), moves=(move,))
    assert (plain(verdict.unexcused), found(verdict, "absence_moved").severity) == ("0", "manual")
    assert found(verdict, "moved").message.startswith(f"改期：{DAY.month}月{DAY.day}日改到{NEXT.month}月{NEXT.day}日；")


def test_a_day_that_the_plan_does_not_have_is_not_made_due_by_moving_it() -> None:
    move = Move(NEXT, None, DAY, None, ON, "李老师来电，改期")
    assert plan_of(SCHEME.calendar, [plan(*DAYS[:10])], [move]).due == 10
    told = found(judged(plan(*DAYS[:10]), moves=(move,)), "move_unclear")
    assert (told.severity, told.clause) == ("manual", "L-07")
    assert told.message == (
        f"改期请核对：“李老师来电，改期”中的{NEXT.month}月{NEXT.day}日不在个人研修方案里，没有改动应到的日子。"
    )
    assert "move_unclear" not in codes(judged(moves=(move,)))


@pytest.mark.parametrize("day", [date(2016, 10, 3), date(2016, 12, 2)])
def test_a_day_that_is_moved_to_one_that_does_not_count_is_asked_about(day: date) -> None:
    move = Move(DAYS[3], None, day, None, ON, "改期")
    told = found(judged(plan(*DAYS[:10]), moves=(move,)), "move_unclear")
    assert f"改到的{day.month}月{day.day}日在研修期以外或不是工作日" in told.message
    assert plan_of(SCHEME.calendar, [plan(*DAYS[:10])], [move]).due == 9


def test_half_a_day_is_moved_alone() -> None:
    move = Move(DAYS[0], "afternoon", DAY, "morning", ON, "改期")
    halves = plan_of(SCHEME.calendar, [plan(*DAYS[:10])], [move]).halves
    assert ((DAYS[0], "morning") in halves, (DAYS[0], "afternoon") in halves) == (True, False)
    assert ((DAY, "morning") in halves, (DAY, "afternoon") in halves) == (True, False)


def test_what_is_due_is_of_the_plan_and_else_as_the_sheet_says() -> None:
    sheet = attendance()
    values = {**sheet.submission.values, "due_days": "9"}
    stated = replace(sheet, submission=replace(sheet.submission, values=values))
    assert figures_of(SCHEME, "P", [stated]).due == 9
    assert figures_of(SCHEME, "P", [stated, plan(*DAYS[:10])]).due == 10
    told = found(judged(stated, plan(*DAYS[:10])), "due_differs")
    assert (told.clause, "应到9天" in told.message, "安排10天" in told.message) == ("W-06", True, True)


def test_a_plan_on_days_off_or_outside_is_shown_and_not_due() -> None:
    papers = [plan(*DAYS[:10], date(2016, 10, 3), date(2016, 12, 2))]
    assert plan_of(SCHEME.calendar, papers).due == 10
    assert "个人研修方案“day_plan#0.docx”" in found(judged(*papers), "day_off").message
    assert "12月2日" in found(judged(*papers), "outside_window").message
