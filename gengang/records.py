"""Records: what a person's papers show of lessons heard and taught, 教研 and 班级活动, each row as one value.

A lesson that stands in several papers is several records here; `distinct` says which of them are one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gengang.attendance import Presence
from gengang.calendar_days import counts
from gengang.halfdays import day_of_value
from gengang.periods import periods
from gengang.scheme import Calendar, Measure, Scheme
from gengang.submission import Paper, RowValues

KINDS: Mapping[Measure, tuple[str, ...]] = {
    "lessons_heard": ("听课",),
    "lessons_taught": ("上课",),
    "report_lessons": ("上课",),
    "research_activities": ("教研", "集体备课"),
    "class_activities": ("班级活动",),
}
REPORT_LESSON = "汇报课"
# The papers that show records, the best evidence first.
FORMS = ("lesson_observation", "lesson_taught", "activity_record", "task_summary", "training_log")
# What stands in the place of a paper's name in a sentence, and the field that says its day.
DAY_FIELD: Mapping[str, str] = {
    "training_log": "log_date", "lesson_observation": "heard_on", "lesson_taught": "taught_on",
    "activity_record": "held_on",
}  # fmt: skip
RESEARCH_KINDS = {"教研活动": "教研", "集体备课": "集体备课"}  # as a sheet prints them, and as a log does
_LIST_OF: Mapping[str, Mapping[str, tuple[Measure, ...]]] = {
    "training_log": {"activities": tuple(KINDS)},
    "task_summary": {
        "heard": ("lessons_heard",),
        "taught": ("lessons_taught", "report_lessons"),
        "activities": ("research_activities", "class_activities"),
    },
}
_OF_FORM: Mapping[str, tuple[Measure, ...]] = {
    "lesson_observation": ("lessons_heard",),
    "lesson_taught": ("lessons_taught", "report_lessons"),
    "activity_record": ("research_activities", "class_activities"),
}
# Columns of which an unread one may change what a row is; a topic tells only where no lesson of the day is named.
_LOG_TELLING = frozenset({"kind", "time", "topic", "place"})
_TELLING = frozenset({"date", "kind", "lesson_period"})
_TOPICS = frozenset({"topic", "title", "activity_name"})
_ROW = re.compile(r"(\w+)\[(\d+)\]\.(\w+)")


@dataclass(frozen=True, slots=True)
class Record:
    """A row, or a sheet made for one lesson or activity.

    kind: as in KINDS; period: the lesson of the day, empty where none is named; place: class or room.
    role: 汇报课 or 研究课, 组织 or 参加, empty where the paper does not say; source, spot: the paper and where in it.
    """

    kind: str
    day: date
    period: str
    place: str
    topic: str
    teacher: str
    role: str
    form: str
    source: str
    spot: str
    file: str = ""

    @property
    def is_report(self) -> bool:
        """Whether this is a 汇报课, by the sheet's own mark or by its topic."""
        return self.role == REPORT_LESSON or REPORT_LESSON in self.topic


@dataclass(frozen=True, slots=True)
class Entries:
    """records: on days that count; missed: on days that the 考勤表 marks absent; waiting: places that wait, by measure.

    every: those too of days that do not count.
    """

    records: tuple[Record, ...]
    missed: tuple[Record, ...]
    waiting: Mapping[Measure, tuple[str, ...]]
    every: tuple[Record, ...]

    def of(self, measure: Measure) -> tuple[Record, ...]:
        """Those of a measure, before it is asked which of them are one."""
        found = [one for one in self.records if one.kind in KINDS.get(measure, ())]
        return tuple(one for one in found if measure != "report_lessons" or one.is_report)


def entries_of(scheme: Scheme, papers: Iterable[Paper], presence: Presence) -> Entries:
    """The records of one person's papers, each paper once; a paper that the rubric leaves out of an item shows none."""
    sheets = sorted((paper for paper in papers if paper.submission.form in FORMS), key=lambda paper: paper.key)
    every = tuple(
        one for paper in sheets for one in records_in(paper) if one.form in forms_of(scheme, _measure_of(one))
    )
    on_days = [one for one in every if counts(scheme.calendar, one.day)]
    waiting: dict[Measure, list[str]] = {}
    for paper in sheets:
        for measure, place in _waiting_in(scheme.calendar, paper, presence):
            if paper.submission.form in forms_of(scheme, measure):
                waiting.setdefault(measure, []).append(f"{paper.key} {place}")
    return Entries(
        tuple(one for one in on_days if not presence.missed(one.day)),
        tuple(one for one in on_days if presence.missed(one.day)),
        {measure: tuple(dict.fromkeys(places)) for measure, places in waiting.items()},
        every,
    )


def _measure_of(record: Record) -> Measure:
    return next(measure for measure, kinds in KINDS.items() if record.kind in kinds)


def forms_of(scheme: Scheme, measure: Measure) -> tuple[str, ...]:
    """Which papers show a measure, the best evidence first, as the rubric's row has them; all where it has no row."""
    wanted = "lessons_taught" if measure == "report_lessons" else measure
    for item in scheme.items:
        if (item.measure or ("lessons_taught" if item.rule == "lessons" else None)) == wanted:
            return item.evidence
    return FORMS


# --- what a paper shows ------------------------------------------------------------------------------------------


def records_in(paper: Paper) -> Iterator[Record]:
    """What one paper shows for certain; a row with neither lesson of the day nor topic names nothing."""
    form = paper.submission.form
    if form == "training_log":
        yield from _of_log(paper)
    elif form == "task_summary":
        yield from _of_summary(paper)
    elif form in _OF_FORM:
        yield from _of_sheet(paper)


def _of_log(paper: Paper) -> Iterator[Record]:
    day = day_of_value(paper.submission.values.get("log_date"))
    for number, row in enumerate(paper.submission.rows("activities"), 1):
        spot = f"activities[{number}]"
        certain = not any(f"{spot}.{column}" in paper.open_fields for column in _LOG_TELLING)
        kind = _text(row, "kind")
        if day is not None and certain and any(kind in kinds for kinds in KINDS.values()):
            told = (_text(row, "time"), _text(row, "place"), _text(row, "topic"), _text(row, "speaker"))
            yield from _made(paper, kind, day, told, "", spot)


def _of_summary(paper: Paper) -> Iterator[Record]:
    for name in _LIST_OF["task_summary"]:
        for number, row in enumerate(paper.submission.rows(name), 1):
            spot = f"{name}[{number}]"
            day = day_of_value(row.get("date"))
            kind = {"heard": "听课", "taught": "上课"}.get(name) or _activity_kind(_text(row, "kind"))
            role = _text(row, "kind") if name == "taught" else _text(row, "role")
            told = (_text(row, "lesson_period"), _text(row, "class_name"),
                    _text(row, "topic") or _text(row, "title"), _text(row, "teacher"))  # fmt: skip
            if day is not None and kind and f"{spot}.lesson_period" not in paper.open_fields:
                yield from _made(paper, kind, day, told, role, spot)


def _of_sheet(paper: Paper) -> Iterator[Record]:
    said, form = paper.submission, paper.submission.form
    day = day_of_value(said.values.get(DAY_FIELD[form]))
    mark = said.text("kind")
    kind = {"lesson_observation": "听课", "lesson_taught": "上课"}.get(form) or _activity_kind(mark)
    role = {"lesson_taught": mark, "activity_record": said.text("role")}.get(form, "")
    topic = said.text("topic") or said.text("activity_name")
    told = (said.text("lesson_period"), said.text("class_name") or said.text("place"), topic,
            said.text("teacher") or said.text("host"))  # fmt: skip
    if day is not None and kind and "lesson_period" not in paper.open_fields:
        yield from _made(paper, kind, day, told, role, "")


def _activity_kind(mark: str) -> str:
    return RESEARCH_KINDS.get(mark, "班级活动") if mark else ""


def _made(
    paper: Paper, kind: str, day: date, told: tuple[str, str, str, str], role: str, spot: str
) -> Iterator[Record]:
    """A record for each lesson of the day that is listed. told: time, place, topic, teacher."""
    time, place, topic, teacher = told
    if time or topic:
        form = paper.submission.form
        for period in periods(time) or ("",):
            yield Record(kind, day, period, place, topic, teacher, role, form, paper.key, spot, paper.file)


def _text(row: RowValues, column: str) -> str:
    value = row.get(column)
    return value if isinstance(value, str) else ""


# --- what waits --------------------------------------------------------------------------------------------------


def _waiting_in(calendar: Calendar, paper: Paper, presence: Presence) -> Iterator[tuple[Measure, str]]:
    """Open places that may change a measure; nothing on a day that does not count can."""
    form = paper.submission.form
    field = DAY_FIELD.get(form, "")
    day = day_of_value(paper.submission.values.get(field)) if field else None
    if field and day is None:
        if field in paper.open_fields:
            yield from ((measure, field) for measure in _OF_FORM.get(form, tuple(KINDS)))
        return
    if day is not None and (not counts(calendar, day) or presence.missed(day)):
        return
    for path in paper.open_fields:
        for measure in _measures_of(paper, path):
            yield measure, path


def _measures_of(paper: Paper, path: str) -> Sequence[Measure]:
    """Which measures an open path of a paper may change."""
    form = paper.submission.form
    lists = _LIST_OF.get(form, {})
    if path in lists:
        return lists[path]
    if form in _OF_FORM:
        tells = _tells(path, paper.submission.values) and not (form == "lesson_observation" and path == "kind")
        return _OF_FORM[form] if tells else ()
    found = _ROW.fullmatch(path)
    if found is None or found[1] not in lists:
        return ()
    rows = paper.submission.rows(found[1])
    row = rows[int(found[2]) - 1] if int(found[2]) <= len(rows) else {}
    if form != "training_log":
        return lists[found[1]] if _tells(found[3], row) else ()
    kind = _text(row, "kind")
    kinds_of = (measure for measure, kinds in KINDS.items() if not kind or kind in kinds)
    return tuple(kinds_of) if found[3] in _LOG_TELLING else ()


def _tells(column: str, row: RowValues) -> bool:
    return column in _TELLING or (column in _TOPICS and not _text(row, "lesson_period"))
