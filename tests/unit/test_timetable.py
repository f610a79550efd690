"""工作日程表 and which days do not go together."""

from dataclasses import replace
from datetime import date

import pytest

from gengang.scheme import Scheme
from gengang.schemefile import scheme_from_toml
from gengang.schememoving import Wish, moved
from gengang.timetable import collisions_of, timetable_of
from gengang.workspace import preset_text

COUNTY: Scheme = scheme_from_toml(preset_text("county-2016"))


def said(scheme: Scheme) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in collisions_of(scheme):
        found.setdefault(one.code, []).append(one.message)
    return found


def test_entries_stand_in_order_of_their_last_day_and_what_has_none_at_the_end() -> None:
    lines = timetable_of(COUNTY)
    days = [line.last for line in lines if line.last]
    assert days == sorted(days)
    assert [line.last is None for line in lines] == sorted(line.last is None for line in lines)
    assert [line.clause for line in lines if line.last is None] == ["W-01", "W-04"]
    assert [line.what for line in lines if line.last is None] == [
        "跟岗研修工作预备会（备：会议通知、签到表）",
        "跟岗研修对接会（备：会议通知、议程、签到表、通讯录）",
    ]


def test_a_due_day_says_who_hands_in_what_in_how_many_copies_and_to_whom() -> None:
    owed = {line.who: line.what for line in timetable_of(COUNTY) if line.what.startswith("交齐")}
    forms = "附件3 报名表（纸质和电子，报教体局师训股）、附件4 个人信息登记表（一式二份，报教体局师训股）"
    assert owed["派出学校",] == f"交齐：{forms}"
    assert "附件2 鉴定表（一式三份，报县教育行政部门、教师进修校）" in owed["基地校",]
    assert "附件1 研修日志（10份）" in owed["学员",]


def test_bulletins_fall_on_the_ends_of_the_months() -> None:
    days = [line.last for line in timetable_of(COUNTY) if line.what == "学员情况通报"]
    assert days == [date(2016, 9, 30), date(2016, 10, 31), date(2016, 11, 30)]
    assert {line.clause for line in timetable_of(COUNTY) if line.last in days and "通报" in line.what} == {"G-03"}


def test_what_does_not_go_together_in_2016() -> None:
    assert said(COUNTY) == {
        "day_off": ["成果汇报会最后一天12月10日是星期六，不是工作日。"],
        "sign_up_late": ["附件3 报名表、附件4 个人信息登记表9月5日才截止，研修9月1日已开始。"],
        "little_time": [
            "附件1 研修日志、教育教学反思、行动研究报告、研修报告12月7日截止，"
            "成果汇报会须在12月10日前召开，中间只有12月8日、12月9日。"
        ],
        "publicity_late": ["如要公示，5个工作日从12月8日起，到12月14日才结束，晚于成果汇报会（12月10日前）。"],
    }
    clauses = {one.code: one.clause for one in collisions_of(COUNTY)}
    assert (clauses["little_time"], clauses["publicity_late"], clauses["day_off"]) == ("W-08", "W-08", "W-08")


def test_a_publicity_that_is_on_is_said_as_such_and_a_short_one_not_at_all() -> None:
    five = replace(COUNTY, commendation=replace(COUNTY.commendation, publicity_days=5))
    assert said(five)["publicity_late"][0].startswith("公示5个工作日")
    two = replace(COUNTY, commendation=replace(COUNTY.commendation, publicity_days=2))
    assert "publicity_late" not in said(two)


@pytest.mark.parametrize(("year", "known"), [(2026, True), (2027, False)])
def test_a_year_whose_holidays_are_not_known_is_said(year: int, known: bool) -> None:
    scheme = scheme_from_toml(moved(preset_text("county-2016"), Wish(year=year)).text)
    assert ("calendar_unknown" not in said(scheme)) == known
