"""会议信息.xlsx: what is filled in comes back as it was meant, every fault is said at once, and facts keep it."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from gengang.facts import Actor
from gengang.meetingbook import Book, meeting_workbook, meetings_in
from gengang.meetings import AgendaItem, Duty, Leader, Meeting, Talk, meeting_fact, meetings_of, open_points
from gengang.workbook import sheets_of
from tests.unit.cohorts import OUR_SCHEME, PASSED, WITHHELD, roster_of

ME = Actor("王老师", "office", "办公室电脑", "papers meetings")
SHOWCASE = Meeting(
    "showcase", date(2016, 12, 9), "09:00", "11:30", "08:40", "县实验学校报告厅", "赵主任", "县教师进修学校副校长",
    "王老师", "0371-6612345", 8, 12, "1．请提前十分钟入场。\n2．请将手机调至静音。", "拼音",
    (Leader("孙局长", "安和县教育体育局", "局长", "讲话"),), (AgendaItem("领导讲话", "孙局长", 15),),
    (Talk(PASSED.key, PASSED.name, PASSED.school, "让课堂慢下来", 8), Talk("", "钱校长", "安和县实验学校", "", None)),
    (Duty("签到引导", "周明", "13800138000"),),
)  # fmt: skip


def names(talk: Talk) -> tuple[str, str]:
    return talk.name, talk.unit


def book_of(*meetings: Meeting) -> Book:
    data = meeting_workbook(OUR_SCHEME, {one.event: one for one in meetings}, names)
    return meetings_in(sheets_of("会议信息.xlsx", data), OUR_SCHEME, roster_of())


def sheets_with(changes: Mapping[str, Sequence[Sequence[object]]]) -> Book:
    sheets = sheets_of("会议信息.xlsx", meeting_workbook(OUR_SCHEME, {}, names))
    for sheet, rows in changes.items():
        sheets[sheet] = [*sheets[sheet], *rows]
    return meetings_in(sheets, OUR_SCHEME, roster_of())


def test_what_is_written_comes_back_and_the_same_gives_the_same_bytes() -> None:
    [found] = [one for one in book_of(SHOWCASE).meetings if one.event == "showcase"]
    assert found == SHOWCASE
    once, again = (meeting_workbook(OUR_SCHEME, {"showcase": SHOWCASE}, names) for _ in range(2))
    assert once == again


def test_laid_ready_it_names_every_meeting_with_its_usual_items_and_nothing_invented() -> None:
    book = sheets_of("会议信息.xlsx", meeting_workbook(OUR_SCHEME, {}, names))
    assert [row[0] for row in book["会议"]][1:] == ["跟岗研修工作预备会", "跟岗研修对接会", "成果汇报会"]
    read = meetings_in(book, OUR_SCHEME, roster_of())
    assert read.faults == ()
    for meeting in read.meetings:
        assert (meeting.place, meeting.chair, meeting.held_on, meeting.leaders) == ("", "", None, ())
        assert {one.who for one in meeting.agenda} == {""}


def test_the_ledger_keeps_it_and_names_people_of_the_roster_by_key_alone() -> None:
    fact = meeting_fact(SHOWCASE, ME, "2016-12-01T00:00:00Z")
    assert PASSED.name not in str(fact.personal)
    kept = meetings_of([fact])["showcase"]
    unnamed = replace(SHOWCASE.talks[0], name="", unit="")
    assert kept == replace(SHOWCASE, talks=(unnamed, SHOWCASE.talks[1]))


def test_every_fault_is_said_at_once_with_its_place() -> None:
    book = sheets_with({
        "会议": [
            ["成果汇报会"], ["庆功会"],
            ["成果汇报会", "十二月", "25点", "", "", "", "", "", "", "13800138000", "0"],
        ],
        "议程": [["成果汇报会", "讲话", "", "很久"]],
        "领导": [["表彰会", "孙局长"]],
    })  # fmt: skip
    told = "\n".join(book.faults)
    for part in ("写了两行", "没有“庆功会”", "“十二月”不是日期", "“25点”不是时间", "办公电话", "座位排数",
                 "1到600的整数，现在是“很久”", "没有“表彰会”"):  # fmt: skip
        assert part in told
    assert "第3行" not in told
    assert "第6行" in told


def test_a_missing_sheet_or_column_is_a_fault() -> None:
    sheets = sheets_of("会议信息.xlsx", meeting_workbook(OUR_SCHEME, {}, names))
    del sheets["分工"]
    sheets["议程"] = [["会议", "事情"]]
    faults = meetings_in(sheets, OUR_SCHEME, roster_of()).faults
    assert faults == ("工作表“议程”缺少列：议项", "缺少工作表“分工”")


@pytest.mark.parametrize(("typed", "meant"), [("9:00", "09:00"), ("09:00:00", "09:00"), ("上午9点", "09:00"),
                                              ("下午2时30分", "14:30"), ("14：30", "14:30")])  # fmt: skip
def test_times_as_offices_write_them(typed: str, meant: str) -> None:
    sheets = sheets_of("会议信息.xlsx", meeting_workbook(OUR_SCHEME, {}, names))
    row = list(sheets["会议"][3])
    row[2] = typed
    sheets["会议"][3] = row
    read = meetings_in(sheets, OUR_SCHEME, roster_of())
    assert (read.faults, read.meetings[2].starts) == ((), meant)


def test_a_day_outside_the_scheme_is_remarked_and_kept_a_stranger_is_printed_as_told() -> None:
    book = book_of(replace(SHOWCASE, held_on=date(2016, 12, 16)))
    assert book.meetings[-1].held_on == date(2016, 12, 16)
    assert len(book.remarks) == 2
    assert "照填写的办" in book.remarks[0]
    assert "钱校长" in book.remarks[1]


def test_a_speaker_whose_name_two_bear_is_asked_about() -> None:
    two = roster_of()
    twin = replace(WITHHELD, key="P-twin", name=PASSED.name)
    named_twice = replace(two, trainees=(*two.trainees, twin))
    bare = replace(SHOWCASE, talks=(replace(SHOWCASE.talks[0], unit=""),))
    data = meeting_workbook(OUR_SCHEME, {"showcase": bare}, names)
    faults = meetings_in(sheets_of("a.xlsx", data), OUR_SCHEME, named_twice).faults
    assert len(faults) == 1
    assert "不止一人" in faults[0]


def test_what_is_still_open_is_listed() -> None:
    assert list(open_points(SHOWCASE)) == []
    assert list(open_points(Meeting("showcase", agenda=(AgendaItem("领导讲话", "", None),)))) == [
        "日期", "开始时间", "地点", "主持人", "联系人", "办公电话", "领导", "分工", "议项“领导讲话”的人",
    ]  # fmt: skip


def test_a_workbook_may_be_saved_by_a_person_with_a_day_and_a_time_as_such() -> None:
    from datetime import datetime, time

    book = load_workbook(io.BytesIO(meeting_workbook(OUR_SCHEME, {}, names)))
    sheet = book["会议"]
    sheet.cell(4, 2).value, sheet.cell(4, 3).value = datetime(2016, 12, 9), time(9, 0)
    saved = io.BytesIO()
    book.save(saved)
    read = meetings_in(sheets_of("会议信息.xlsx", saved.getvalue()), OUR_SCHEME, roster_of())
    assert (read.faults, read.meetings[2].held_on, read.meetings[2].starts) == ((), date(2016, 12, 9), "09:00")
