"""What 研修日志 record of one person: valid days, lessons heard and taught, 教研 and 班级活动, each counted once."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gengang.attendance import Presence, day_of_value, off_days
from gengang.calendar_days import in_window, is_workday, written
from gengang.findings import Finding
from gengang.scheme import Calendar, Measure
from gengang.submission import Paper, RowValues

KINDS: Mapping[Measure, tuple[str, ...]] = {
    "lessons_heard": ("听课",),
    "lessons_taught": ("上课",),
    "report_lessons": ("上课",),
    "research_activities": ("教研", "集体备课"),
    "class_activities": ("班级活动",),
}
REPORT_LESSON = "汇报课"
# Two entries that agree in these are one.
_TELLING = ("kind", "time", "topic", "place")
_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}")
_NUMERAL = r"[一二三四五六七八九十]|1?\d"
_RANGE = re.compile(rf"({_NUMERAL})[-—~～至到]+第?({_NUMERAL})")
_DIGITS = {character: number for number, character in enumerate("一二三四五六七八九十", 1)}


@dataclass(frozen=True, slots=True)
class Activity:
    """A row of a log on a day that counts. period: the lesson of the day, empty where none is named."""

    day: date
    kind: str
    period: str
    topic: str
    place: str
    source: str


@dataclass(frozen=True, slots=True)
class Logs:
    """days: valid dates in order; activities: certain rows; waiting: measures of which some row waits for a person."""

    days: tuple[date, ...]
    activities: tuple[Activity, ...]
    waiting: Mapping[Measure, tuple[str, ...]]
    sources: tuple[str, ...]
    findings: tuple[Finding, ...]


def logs_of(calendar: Calendar, papers: Iterable[Paper], presence: Presence) -> Logs:
    """The logs of one person; one on a day marked absent waits for a person and is not counted (H05)."""
    logs = sorted((paper for paper in papers if paper.submission.form == "training_log"), key=lambda paper: paper.key)
    dated = [(paper, day) for paper in logs if (day := day_of_value(paper.submission.values.get("log_date")))]
    beyond = sorted({day for _, day in dated if not in_window(calendar, day)})
    off = sorted({day for _, day in dated if in_window(calendar, day) and not is_workday(calendar, day)})
    missed = sorted({day for _, day in dated if presence.missed(day)})
    valid = [(paper, day) for paper, day in dated if day not in (*beyond, *off, *missed)]
    days = tuple(sorted({day for _, day in valid}))
    undated = [paper for paper in logs if not paper.submission.values.get("log_date")]
    return Logs(
        days,
        tuple(one for paper, day in valid for one in _activities(paper, day)),
        _waiting([paper for paper, _ in valid], undated),
        tuple(paper.key for paper, _ in valid),
        (*off_days("研修日志", beyond, off), *_log_findings(undated, missed), *_doubled(valid),
         *_unmarked(days, presence)),
    )  # fmt: skip


def _activities(paper: Paper, day: date) -> Iterable[Activity]:
    for number, row in enumerate(paper.submission.rows("activities"), 1):
        certain = not any(f"activities[{number}].{column}" in paper.open_fields for column in _TELLING)
        kind, time, topic, place = (_text(row, column) for column in _TELLING)
        # An entry with neither time nor topic names nothing that could be checked.
        if certain and kind and (time or topic):
            for period in periods(time) or ("",):
                yield Activity(day, kind, period, topic, place, paper.key)


def _text(row: RowValues, column: str) -> str:
    value = row.get(column)
    return value if isinstance(value, str) else ""


def periods(time: str) -> tuple[str, ...]:
    """The lessons of the day that a text lists: 第2、3节 are two, 上午第1—2节 are two, 8:00—8:40 is one, 上午 none."""
    time = re.sub(r"\s", "", time)
    if _CLOCK.search(time):
        return (time,)
    half = next((word for word in ("上午", "下午", "晚上") if word in time), "")
    spelled = _RANGE.sub(lambda found: "、".join(map(str, _between(found[1], found[2]))), time)
    numbers = [_number(found) for found in re.findall(_NUMERAL, spelled)]
    return tuple(f"{half}第{number}节" for number in dict.fromkeys(numbers))


def _between(first: str, last: str) -> range:
    return range(_number(first), _number(last) + 1)


def _number(text: str) -> int:
    return _DIGITS[text] if text in _DIGITS else int(text)


def _waiting(valid: Sequence[Paper], undated: Sequence[Paper]) -> dict[Measure, tuple[str, ...]]:
    places: dict[Measure, list[str]] = {}
    every: tuple[Measure, ...] = (*KINDS, "logs")
    for paper in undated:
        for measure in every if "log_date" in paper.open_fields else ():
            places.setdefault(measure, []).append(f"{paper.key} log_date")
    for paper in valid:
        for path in paper.open_fields:
            for measure in _measures_of(paper, path):
                places.setdefault(measure, []).append(f"{paper.key} {path}")
    return {measure: tuple(found) for measure, found in places.items()}


def _measures_of(paper: Paper, path: str) -> Iterable[Measure]:
    """Which measures an open path of a log may change."""
    if path == "activities":
        return tuple(KINDS)
    found = re.fullmatch(r"activities\[(\d+)\]\.(\w+)", path)
    if found is None or found[2] not in _TELLING:
        return ()
    rows = paper.submission.rows("activities")
    kind = _text(rows[int(found[1]) - 1], "kind") if int(found[1]) <= len(rows) else ""
    return tuple(measure for measure, kinds in KINDS.items() if not kind or kind in kinds)


def _log_findings(undated: Sequence[Paper], missed: Sequence[date]) -> list[Finding]:
    findings = []
    blank = [paper for paper in undated if "log_date" not in paper.open_fields]
    if blank:
        message = f"有{len(blank)}份研修日志没有日期，不计，请补填。"
        findings.append(Finding("log_undated", message, "log_date", "warn", "L-05", blank[0].file))
    if missed:
        message = f"考勤表记为未到岗的日子交了研修日志，请核对，确认前不计：{_dates(missed)}。"
        findings.append(Finding("log_on_absent_day", message, "log_date", "manual", "L-05"))
    return findings


def _doubled(valid: Sequence[tuple[Paper, date]]) -> list[Finding]:
    twice = sorted({day for paper, day in valid if _repeats(paper, day)})
    if not twice:
        return []
    return [Finding("lesson_twice", f"同一节课登记了两次，只计一次：{_dates(twice)}。", "activities", "warn", "L-03b")]


def _repeats(paper: Paper, day: date) -> bool:
    lessons = [one for one in _activities(paper, day) if one.kind == "听课"]
    return len(set(lessons)) < len(lessons)


def _unmarked(days: Sequence[date], presence: Presence) -> list[Finding]:
    marked = {day for day, _ in presence.marks}
    without = [day for day in days if day not in marked]
    if not presence.known or presence.waiting or not without:
        return []
    message = f"研修日志的日子在考勤表上没有记载，请指导教师确认：{_dates(without)}。"
    return [Finding("log_without_attendance", message, "log_date", "warn", "M-04")]


def _dates(days: Iterable[date]) -> str:
    return "、".join(written(day) for day in days)


def counted(logs: Logs, measure: Measure) -> tuple[Activity, ...]:
    """The activities of a measure, each once.

    Distinct are day, period, topic and place; of two logs about one period of one day the fuller is taken, so that a
    copy of a log adds nothing and the order of papers does not matter.
    """
    rows = [one for one in logs.activities if one.kind in KINDS[measure]]
    if measure == "report_lessons":
        rows = [one for one in rows if REPORT_LESSON in one.topic]
    groups: dict[tuple[date, str], dict[str, dict[tuple[str, str], Activity]]] = {}
    for one in rows:
        source = one.source if one.period else ""
        group = groups.setdefault((one.day, one.period), {}).setdefault(source, {})
        group.setdefault((one.topic, one.place), one)
    taken = (max(papers.values(), key=len) for _, papers in sorted(groups.items()))
    return tuple(activity for found in taken for activity in found.values())
