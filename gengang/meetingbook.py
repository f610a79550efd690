"""会议信息.xlsx: what only the office knows of each meeting, as a workbook; laid ready, and read back fault by fault.

The names in it are the office's; a report's speaker who is in the roster is kept by key, so that they can be erased.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast

from gengang.codecs import parse
from gengang.meetings import AgendaItem, Duty, Leader, Meeting, NameOrder, Talk
from gengang.names import name_skeleton
from gengang.roster import Person, Roster, is_called
from gengang.scheme import Event, Scheme
from gengang.workbook import Column, Line, Sheets, lines_of, mark_in, workbook_bytes

FILE = "会议信息.xlsx"
_TOLD = "gengang"
_EVENT = Column("event", ("会议", "会议名称"), True)
_HEADS = (
    _EVENT,
    Column("held_on", ("日期",), True),
    Column("starts", ("开始时间", "开始"), True),
    Column("ends", ("结束时间", "结束")),
    Column("arrives", ("报到时间", "报到")),
    Column("place", ("地点",), True),
    Column("chair", ("主持人",), True),
    Column("chair_post", ("主持人职务",)),
    Column("contact", ("联系人",)),
    Column("contact_phone", ("办公电话",)),
    Column("rows", ("座位排数",)),
    Column("seats", ("每排座位",)),
    Column("demands", ("参会要求",)),
    Column("name_order", ("姓名排序",), choices=("笔画", "拼音")),
)
_LEADERS = (_EVENT, Column("name", ("姓名",), True), Column("unit", ("单位",)), Column("post", ("职务",)),
            Column("does", ("会上事项", "事项")))  # fmt: skip
_AGENDA = (_EVENT, Column("item", ("议项",), True), Column("who", ("主讲人", "人员")), Column("minutes", ("分钟",)))
_TALKS = (_EVENT, Column("name", ("汇报人", "姓名"), True), Column("unit", ("单位",)), Column("title", ("题目",)),
          Column("minutes", ("分钟",)))  # fmt: skip
_DUTIES = (_EVENT, Column("task", ("事项",), True), Column("who", ("负责人",)), Column("phone", ("电话",)))
SHEETS: Mapping[str, tuple[Column, ...]] = {
    "会议": _HEADS, "领导": _LEADERS, "议程": _AGENDA, "汇报": _TALKS, "分工": _DUTIES,
}  # fmt: skip
# The usual course of each kind of meeting; the office strikes, adds and names.
USUAL_ITEMS: Mapping[str, tuple[str, ...]] = {
    "briefing": ("宣读研修方案", "基地校表态发言", "领导讲话"),
    "meeting": ("介绍研修方案", "基地校校长讲话", "跟岗教师代表发言", "指导教师代表发言", "研修工作安排", "领导讲话"),
    "showcase": ("基地校领导致辞", "跟岗教师汇报研修成果", "宣读表彰名单", "颁发证书", "领导讲话"),
}
_ITEMS_SHOWN = ("汇报研修成果", "点评", "总结讲话")
USUAL_DUTIES = ("会议通知", "会场布置", "签到引导", "证书及材料发放", "摄影宣传", "后勤保障")
_TIME = re.compile(r"(?:上午|早上)?(\d{1,2})(?:[:：时点]|点钟)(\d{1,2})?分?(?::00)?")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)", re.ASCII)
# Where a line of the cell ended: its normal form has a blank there.
_LINE_END = re.compile(r"(?<=[。；;！]) ")
_LONGEST = 600
_MOST_ROWS, _MOST_SEATS = 40, 20


@dataclass(frozen=True, slots=True)
class Book:
    """What a workbook says: the meetings, its faults with their places, and remarks that keep nothing back."""

    meetings: tuple[Meeting, ...] = ()
    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class _Notes:
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def events_with_papers(scheme: Scheme) -> tuple[Event, ...]:
    """The events that are meetings: those for which papers are needed."""
    return tuple(event for event in scheme.events if event.papers)


# --- laid ready --------------------------------------------------------------------------------------------------


def meeting_workbook(
    scheme: Scheme, known: Mapping[str, Meeting], names: Callable[[Talk], tuple[str, str]], told: int = 0
) -> bytes:
    """The workbook with what is known, and else with the usual items to fill in; equal facts give equal bytes.

    names: name and unit of who gives a talk; told: number of the last line that is in it, see `told_in`.
    """
    rows = meeting_rows(scheme, known, names)
    return workbook_bytes({sheet: (columns, rows[sheet]) for sheet, columns in SHEETS.items()}, {_TOLD: told})


def told_in(data: bytes) -> int:
    """Up to which line of the ledger a workbook was written, 0 where it does not say."""
    return mark_in(data, _TOLD)


def meeting_rows(
    scheme: Scheme, known: Mapping[str, Meeting], names: Callable[[Talk], tuple[str, str]]
) -> dict[str, list[Mapping[str, str]]]:
    """The same as rows: sheet -> field -> text; `event` in each says of which meeting."""
    rows: dict[str, list[Mapping[str, str]]] = {sheet: [] for sheet in SHEETS}
    for event in events_with_papers(scheme):
        meeting = known.get(event.id) or _usual(event)
        rows["会议"].append(_head_row(event, meeting))
        named = {"event": event.name}
        rows["领导"] += [{**named, "name": one.name, "unit": one.unit, "post": one.post, "does": one.does}
                       for one in meeting.leaders]  # fmt: skip
        rows["议程"] += [{**named, "item": one.item, "who": one.who, "minutes": _number(one.minutes)}
                       for one in meeting.agenda]  # fmt: skip
        rows["汇报"] += [{**named, "name": names(one)[0], "unit": names(one)[1], "title": one.title,
                        "minutes": _number(one.minutes)} for one in meeting.talks]  # fmt: skip
        rows["分工"] += [{**named, "task": one.task, "who": one.who, "phone": one.phone} for one in meeting.duties]
    return rows


def sheets_of_rows(rows: Mapping[str, Sequence[Mapping[str, str]]]) -> Sheets:
    """Rows that were typed elsewhere, as the workbook would hold them; those in which nothing is said are left out."""
    return {
        sheet: [
            [column.labels[0] for column in columns],
            *([row.get(column.field, "") for column in columns] for row in rows.get(sheet, ())
              if any(row.get(column.field, "").strip() for column in columns if column.field != "event")),
        ]
        for sheet, columns in SHEETS.items()
    }  # fmt: skip


def _usual(event: Event) -> Meeting:
    day = event.start if event.start == event.end else None
    items = tuple(
        AgendaItem(item, "", None)
        for item in USUAL_ITEMS.get(event.id, _ITEMS_SHOWN if "成果" in event.name else ("领导讲话",))
    )
    return Meeting(event.id, day, agenda=items, duties=tuple(Duty(task, "", "") for task in USUAL_DUTIES))


def _head_row(event: Event, meeting: Meeting) -> Mapping[str, str]:
    plain = {column.field: str(getattr(meeting, column.field) or "") for column in _HEADS[2:]}
    return {**plain, "event": event.name, "held_on": meeting.held_on.isoformat() if meeting.held_on else ""}


def _number(minutes: int | None) -> str:
    return "" if minutes is None else str(minutes)


# --- read back ---------------------------------------------------------------------------------------------------


def meetings_in(sheets: Sheets, scheme: Scheme, roster: Roster) -> Book:
    """What the sheets say, with every fault at once; a meeting of which nothing is told yet is told as it stands."""
    notes = _Notes()
    events = {event.name: event for event in events_with_papers(scheme)}
    lines = {sheet: _lines(sheets, sheet, events, notes) for sheet in SHEETS}
    found: dict[str, Meeting] = {}
    for line in lines["会议"]:
        if line["event"] in found:
            notes.faults.append(line.fault("会议", f"“{line['event']}”写了两行，只留一行"))
        found[line["event"]] = _head(line, events[line["event"]], notes)
    for sheet in ("领导", "议程", "汇报", "分工"):
        for line in lines[sheet]:
            if line["event"] not in found:
                notes.faults.append(line.fault("会议", f"工作表“会议”里没有“{line['event']}”这一行"))
            else:
                found[line["event"]] = _joined(found[line["event"]], sheet, line, roster, notes)
    return Book(tuple(found.values()), tuple(notes.faults), tuple(notes.remarks))


def _lines(sheets: Sheets, sheet: str, events: Mapping[str, Event], notes: _Notes) -> list[Line]:
    if sheet not in sheets:
        notes.faults.append(f"缺少工作表“{sheet}”")
        return []
    lines, missing = lines_of(sheet, sheets[sheet], SHEETS[sheet])
    notes.faults += missing
    known = []
    for line in lines:
        if line["event"] in events:
            known.append(line)
        else:
            notes.faults.append(line.fault("会议", f"方案里没有“{line['event']}”，应是{'、'.join(events)}之一"))
    return known


def _head(line: Line, event: Event, notes: _Notes) -> Meeting:
    order = line["name_order"] or "笔画"
    if order not in ("笔画", "拼音"):
        notes.faults.append(line.fault("姓名排序", f"应是笔画或拼音，现在是“{order}”"))
        order = "笔画"
    if _MOBILE.search(line["contact_phone"]):
        said = "通知和会议手册人人看得到，这里请填办公电话，不填个人手机"
        notes.faults.append(line.fault("办公电话", said))
    demands = _LINE_END.sub("\n", line["demands"])
    return Meeting(
        event.id, _day(line, event, notes), _time(line, "starts", "开始时间", notes),
        _time(line, "ends", "结束时间", notes), _time(line, "arrives", "报到时间", notes), line["place"],
        line["chair"], line["chair_post"], line["contact"], line["contact_phone"], demands=demands,
        rows=_whole(line, "rows", "座位排数", _MOST_ROWS, notes) or 0,
        seats=_whole(line, "seats", "每排座位", _MOST_SEATS, notes) or 0, name_order=cast(NameOrder, order),
    )  # fmt: skip


def _day(line: Line, event: Event, notes: _Notes) -> date | None:
    text = line["held_on"]
    parsed = parse("date", text)
    if parsed.state == "blank":
        return None
    if parsed.state != "value":
        notes.faults.append(line.fault("日期", f"“{text}”不是日期，请写成2016-12-09的样子"))
        return None
    day = date.fromisoformat(str(parsed.value))
    if event.start and event.end and not event.start <= day <= event.end:
        notes.remarks.append(line.fault("日期", f"方案写的是{event.start}至{event.end}，这里是{day}，照填写的办"))
    return day


def _time(line: Line, name: str, label: str, notes: _Notes) -> str:
    text = line[name].replace(" ", "")
    if not text:
        return ""
    found = _TIME.fullmatch(text.removeprefix("下午"))
    hours, minutes = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    hours += 12 if text.startswith("下午") and hours < 12 else 0
    if hours > 23 or minutes > 59:
        notes.faults.append(line.fault(label, f"“{text}”不是时间，请写成09:00的样子"))
        return ""
    return f"{hours:02d}:{minutes:02d}"


def _whole(line: Line, name: str, label: str, most: int, notes: _Notes) -> int | None:
    text = line[name]
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        notes.faults.append(line.fault(label, f"应是1到{most}的整数，现在是“{text}”"))
        return None
    return int(text)


def _joined(meeting: Meeting, sheet: str, line: Line, roster: Roster, notes: _Notes) -> Meeting:
    """The meeting with one more line of a further sheet."""
    if sheet == "领导":
        leader = Leader(line["name"], line["unit"], line["post"], line["does"])
        return replace(meeting, leaders=(*meeting.leaders, leader))
    if sheet == "分工":
        return replace(meeting, duties=(*meeting.duties, Duty(line["task"], line["who"], line["phone"])))
    minutes = _whole(line, "minutes", "分钟", _LONGEST, notes)
    if sheet == "议程":
        return replace(meeting, agenda=(*meeting.agenda, AgendaItem(line["item"], line["who"], minutes)))
    return replace(meeting, talks=(*meeting.talks, _talk(line, minutes, roster, notes)))


def _talk(line: Line, minutes: int | None, roster: Roster, notes: _Notes) -> Talk:
    """A report with its speaker's key where the roster knows the one person meant."""
    people = list(_called(line, (*roster.trainees, *roster.mentors), roster))
    if len(people) > 1:
        notes.faults.append(line.fault("汇报人", f"叫“{line['name']}”的不止一人，请在“单位”写明学校"))
    if not people:
        notes.remarks.append(line.fault("汇报人", f"花名册里没有“{line['name']}”，照填写的印"))
    key = people[0].key if len(people) == 1 else ""
    return Talk(key, line["name"], line["unit"], line["title"], minutes)


def _called(line: Line, people: Sequence[Person], roster: Roster) -> Iterator[Person]:
    school = roster.school(line["unit"]) if line["unit"] else None
    for one in people:
        at_school = school is None or one.school in ("", school.name)
        if at_school and name_skeleton(line["name"]) and is_called(one, line["name"]):
            yield one
