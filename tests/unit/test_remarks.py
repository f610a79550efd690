"""What a line about a call or a message says, against the day on which it was said."""

from datetime import date

import pytest

from gengang.remarks import Understood, understood

WEDNESDAY = date(2016, 10, 12)
SUNDAY = date(2016, 10, 16)


def moves(text: str, on: date = WEDNESDAY) -> list[tuple[str, str]]:
    told = understood(text, on)
    assert told.question == ""
    return [(f"{one.first:%m-%d}{one.first_half or ''}", f"{one.to:%m-%d}{one.to_half or ''}") for one in told.moves]


@pytest.mark.parametrize(
    ("text", "first", "to"),
    [
        ("李老师来电，周五改到下周二", "10-14", "10-18"),
        ("李老师来电，周五 改到 下周二。", "10-14", "10-18"),
        ("本周五有公开课，调整到下周三", "10-14", "10-19"),
        ("星期四改为星期五", "10-13", "10-14"),
        ("明天下午改到后天上午", "10-13afternoon", "10-14morning"),
        ("今天来不了，改到下下周一", "10-12", "10-24"),
        ("10月14日改期到10月18日", "10-14", "10-18"),
        ("14号改到18号下午", "10-14", "10-18afternoon"),
        ("10.14推迟到10.18", "10-14", "10-18"),
        ("2016-10-14挪到2016-11-02", "10-14", "11-02"),
        ("下周一提前到本周五", "10-17", "10-14"),
        ("昨天改到周五", "10-11", "10-14"),
        ("周五改下周二", "10-14", "10-18"),
    ],
)
def test_a_day_is_moved_to_another(text: str, first: str, to: str) -> None:
    assert moves(text) == [(first, to)]


def test_several_days_are_moved_in_order() -> None:
    assert moves("周四、周五改到下周二、下周三") == [("10-13", "10-18"), ("10-14", "10-19")]


def test_a_week_begins_on_monday() -> None:
    assert moves("下周一改到下周二", SUNDAY) == [("10-17", "10-18")]


def test_a_day_without_a_year_is_the_nearest() -> None:
    assert [one.to for one in understood("12月30日改到1月3日", date(2016, 12, 28)).moves] == [date(2017, 1, 3)]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("李老师来电，改到下周二", "没有说从哪天改"),
        ("周三平老师来电，改到下周二", "没有说从哪天改"),
        ("周五改到以后再说", "没有说改到哪天"),
        ("周五改到周二", "“周二”是几月几日不清楚"),
        ("周一改到周五", "“周一”是几月几日不清楚"),
        ("3号改到15号", "“3号”是几月几日不清楚"),
        ("2月30日改到3月1日", "“2月30日”是几月几日不清楚"),
        ("周四、周五改到下周二", "说了2天改到1天，对不上"),
        ("周五改到10月14日", "改前和改后是同一天"),
        ("李老师说改天再来", "像是要改期，没有听出从哪天改到哪天"),
        ("周五的课要推迟", "像是要改期，没有听出从哪天改到哪天"),
    ],
)
def test_what_is_not_clear_is_asked_and_never_guessed(text: str, question: str) -> None:
    told = understood(text, WEDNESDAY)
    assert (told.moves, told.question) == ((), question)


def test_a_line_that_is_about_no_day_is_a_remark() -> None:
    assert understood("李老师来电，材料周五送到", WEDNESDAY) == Understood(caller="李老师")


@pytest.mark.parametrize(
    ("text", "caller"),
    [
        ("李老师来电，周五改到下周二", "李老师"),
        ("周校长说材料齐了", "周校长"),
        ("材料齐了", ""),
        ("周五改到下周二，李老师说", ""),
        ("阿依古丽·买买提打电话来", "阿依古丽·买买提"),
    ],
)
def test_who_called_is_how_the_line_begins(text: str, caller: str) -> None:
    assert understood(text, WEDNESDAY).caller == caller
