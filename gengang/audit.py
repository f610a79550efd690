"""Audit: what one person's papers say against each other, by day; every finding names both papers and decides nothing.

Findings of one cause are one line with the days.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations

from gengang.activities import FORM as LOG
from gengang.attendance import ABSENT, LEAVE, Presence
from gengang.calendar_days import in_window, is_workday, written
from gengang.copies import name_of_form
from gengang.distinct import contradict, may_be_one
from gengang.findings import Finding
from gengang.halfdays import day_of_value
from gengang.periods import periods
from gengang.points import Records
from gengang.records import DAY_FIELD, KINDS, REPORT_LESSON, RESEARCH_KINDS, Record
from gengang.scheme import Calendar, Scheme, Signals
from gengang.submission import Paper

MOST_NAMED = 2  # papers of one kind that a sentence names
CROWD = 3  # papers of one day from which it is told that all are of one day
# The field that says on which day a paper was made.
_MADE = {"training_log": "signed_on", "reflection": "written_on"}
_SUMS = ("heard", "taught", "activities", "reflections")
_DATED_ROWS = {"attendance": ("days",), "day_plan": ("days",), "task_summary": ("heard", "taught", "activities")}


def audit_findings(scheme: Scheme, papers: Sequence[Paper], came: Sequence[Paper], records: Records) -> list[Finding]:
    """Everything that does not fit. papers: each paper once; came: everything that came, versions too."""
    papers, came = (sorted(some, key=lambda paper: paper.key) for some in (papers, came))
    return [
        *_astray(scheme.calendar, papers),
        *_on_absent_days(papers, records),
        *_twice(records),
        *_contradicting(records),
        *_lesson_counts(papers),
        *_summary_sums(papers),
        *_crowded(scheme.signals, records),
        *_of_one_day(papers, came),
        *_without_attendance(records),
        *_due_differs(records),
    ]


def _file(name: str) -> str:
    return f"“{name.rpartition('/')[2]}”"


def _files(papers: Iterable[tuple[str, str]]) -> str:
    """听课记录“a.docx”、“b.docx”等3份、研修日志“c.docx”. papers: form and file of each."""
    by_form: dict[str, list[str]] = defaultdict(list)
    for form, file in dict.fromkeys(papers):
        by_form[form].append(file)
    told = []
    for form, files in by_form.items():
        more = f"等{len(files)}份" if len(files) > MOST_NAMED else ""
        told.append(f"{name_of_form(form)}{'、'.join(map(_file, files[:MOST_NAMED]))}{more}")
    return "、".join(told)


def _dates(days: Iterable[date]) -> str:
    return "、".join(written(day) for day in sorted(set(days)))


def _records_files(records: Iterable[Record]) -> list[tuple[str, str]]:
    return [(one.form, one.file) for one in records]


# --- days outside the window, days off, days absent --------------------------------------------------------------


def days_in(paper: Paper) -> Iterator[date]:
    """Every day on which a paper says that something was done or planned."""
    form = paper.submission.form
    day = day_of_value(paper.submission.values.get(DAY_FIELD[form])) if form in DAY_FIELD else None
    if day is not None:
        yield day
    for name in _DATED_ROWS.get(form, ()):
        for row in paper.submission.rows(name):
            day = day_of_value(row.get("date"))
            says = form != "attendance" or any(row.get(half) for half in ("morning", "afternoon"))
            if day is not None and says:
                yield day


def _astray(calendar: Calendar, papers: Sequence[Paper]) -> Iterator[Finding]:
    """B08 outside the window, B07 on days off."""
    dated = [(paper.submission.form, paper.file, day) for paper in papers for day in days_in(paper)]
    beyond = [one for one in dated if not in_window(calendar, one[2])]
    off = [one for one in dated if in_window(calendar, one[2]) and not is_workday(calendar, one[2])]
    if beyond:
        message = f"{_files(one[:2] for one in beyond)}有研修时间以外的日期，不计：{_dates(one[2] for one in beyond)}。"
        yield Finding("outside_window", message, "", "warn", "T-01")
    if off:
        message = f"{_files(one[:2] for one in off)}有节假日或周末的日期，不计：{_dates(one[2] for one in off)}。"
        yield Finding("day_off", message, "", "warn", "T-02")


def _on_absent_days(papers: Sequence[Paper], records: Records) -> Iterator[Finding]:
    """H05: a log, or a lesson in another paper, on a day that the 考勤表 marks absent."""
    presence = records.presence
    logs = [(LOG, paper.file, day) for paper in papers if paper.submission.form == LOG
            for day in days_in(paper) if presence.missed(day)]  # fmt: skip
    others = [(one.form, one.file, one.day) for one in records.entries.missed if one.form != LOG]
    for code, found, clause in (("log_on_absent_day", logs, "L-05"), ("record_on_absent_day", others, "L-03b")):
        if found:
            message = (
                f"考勤表{_file(presence.file)}记为未到岗（{_marks_on(presence, found)}）的日子有"
                f"{_files(one[:2] for one in found)}，请核对，确认前不计：{_dates(one[2] for one in found)}。"
            )
            yield Finding(code, message, "", "manual", clause)


def _marks_on(presence: Presence, found: Iterable[tuple[str, str, date]]) -> str:
    days = {day for _, _, day in found}
    marks = {mark for (day, _), mark in presence.marks.items() if day in days}
    return "、".join(mark for mark in (ABSENT, *LEAVE) if mark in marks)


# --- one lesson twice --------------------------------------------------------------------------------------------


def _twice(records: Records) -> Iterator[Finding]:
    """H02: two rows of one paper that nothing tells apart."""
    found = [one for one, other in _pairs(records) if one.source == other.source and not contradict(one, other)]
    if found:
        what = "、".join(dict.fromkeys(one.kind for one in found))
        message = (
            f"{_files(_records_files(found))}里同一次{what}登记了两次，只计一次：{_dates(one.day for one in found)}。"
        )
        yield Finding("lesson_twice", message, "", "warn", "L-03b")


def _contradicting(records: Records) -> Iterator[Finding]:
    """Two papers about one lesson that do not agree; it counts once, and a person looks which is right."""
    found = [pair for pair in _pairs(records) if pair[0].source != pair[1].source and contradict(*pair)
             and not _settled(records, *pair)]  # fmt: skip
    if found:
        named = _files(_records_files(one for pair in found for one in pair))
        message = f"{named}对同一节课写的不同，只计一次，请核对：{'；'.join(dict.fromkeys(map(_differing, found)))}。"
        yield Finding("lessons_contradict", message, "", "warn", "L-03b")


def _settled(records: Records, one: Record, other: Record) -> bool:
    """Whether each of the two has its own counterpart in papers of the other's kind, as the halves of a double have."""
    return all(
        any(third.form == right.form and may_be_one(left, third) and not contradict(left, third)
            for third in records.entries.records if third.day == left.day and third.kind == left.kind)
        for left, right in ((one, other), (other, one))
    )  # fmt: skip


def _differing(pair: tuple[Record, Record]) -> str:
    told = ["、".join(filter(None, (one.period, one.topic, one.place))) for one in pair]
    return f"{written(pair[0].day)}{told[0]}/{told[1]}"


def _pairs(records: Records) -> Iterator[tuple[Record, Record]]:
    by_day: dict[tuple[date, bool], list[Record]] = defaultdict(list)
    for one in records.entries.records:
        if one.kind in (*KINDS["lessons_heard"], *KINDS["lessons_taught"]):
            by_day[one.day, one.kind == "听课"].append(one)
    for found in by_day.values():
        yield from (pair for pair in combinations(found, 2) if may_be_one(*pair))


def _lesson_counts(papers: Sequence[Paper]) -> Iterator[Finding]:
    """H02: a sheet that claims more lessons than it lists lessons of the day."""
    wrong = []
    for paper in papers:
        stated = paper.submission.number("lesson_count") if paper.submission.form == "lesson_observation" else None
        listed = len(periods(paper.submission.text("lesson_period"))) or 1
        if stated is not None and stated > listed:
            wrong.append((paper, f"{_file(paper.file)}写{stated}节、列出{listed}节"))
    if wrong:
        message = f"听课记录的听课节数多于所列节次，按所列计：{'；'.join(words for _, words in wrong)}。"
        yield Finding("lesson_count_differs", message, "lesson_count", "warn", "L-03b", wrong[0][0].file)


def _summary_sums(papers: Sequence[Paper]) -> Iterator[Finding]:
    """The figures of a 汇总表 against its own rows; silent where a row waits."""
    for paper in papers:
        if paper.submission.form != "task_summary" or any("[" in path or path in _SUMS for path in paper.open_fields):
            continue
        wrong = [
            f"{name}写{stated}、逐行是{known}" for name, stated, known in _sums(paper) if stated not in (None, known)
        ]
        if wrong and any(paper.submission.rows(name) for name in _SUMS):
            message = f"任务完成情况汇总表{_file(paper.file)}合计与各行不符，按各行计，请核对：{'；'.join(wrong)}。"
            yield Finding("summary_sum_differs", message, "", "warn", "G-04", paper.file)


def _sums(paper: Paper) -> Iterator[tuple[str, int | None, int]]:
    """Name, figure and number of rows."""
    said, (heard, taught, activities, reflections) = paper.submission, map(paper.submission.rows, _SUMS)
    research = sum(row.get("kind") in RESEARCH_KINDS for row in activities)
    yield "听课", said.number("lessons_heard"), len(heard)
    yield "上课", said.number("lessons_taught"), len(taught)
    yield "汇报课", said.number("report_lessons"), sum(row.get("kind") == REPORT_LESSON for row in taught)
    yield "教研活动", said.number("research_activities"), research
    yield "班级活动", said.number("class_activities"), len(activities) - research
    yield "反思", said.number("reflection_count"), len(reflections)


# --- cramming (G-02) ---------------------------------------------------------------------------------------------


def _crowded(rules: Signals, records: Records) -> Iterator[Finding]:
    heard = records.days_of("lessons_heard")
    crowded = {day for day in heard if rules.lessons_a_day and heard.count(day) > rules.lessons_a_day}
    if crowded:
        message = f"一天听课超过{rules.lessons_a_day}节，请核对：{_dates(crowded)}。"
        yield Finding("many_lessons_a_day", message, "", "warn", "G-02")


def _of_one_day(papers: Sequence[Paper], came: Sequence[Paper]) -> Iterator[Finding]:
    """H04: logs or reflections that were all made, or are all dated, on one day."""
    for form, field in _MADE.items():
        own = [paper for paper in papers if paper.submission.form == form]
        days = {day_of_value(paper.submission.values.get(field)) for paper in own}
        dated = {paper.submission.text("log_date") for paper in own}
        if len(own) >= CROWD and len(days) == 1 and None not in days and (form != LOG or len(dated) > 1):
            word = "签阅" if form == LOG else "写成"
            yield _cramming(form, own, f"都是{_dates(day for day in days if day)}{word}的")
    same: dict[str, list[Paper]] = defaultdict(list)
    for paper in came:
        if paper.submission.form == LOG and paper.submission.text("log_date"):
            same[paper.submission.text("log_date")].append(paper)
    for day, found in sorted(same.items()):
        if len({repr(sorted(paper.submission.values.items(), key=str)) for paper in found}) >= CROWD:
            yield _cramming(LOG, found, f"都写的是{written(date.fromisoformat(day))}")


def _cramming(form: str, papers: Sequence[Paper], how: str) -> Finding:
    message = f"{_files((form, paper.file) for paper in papers)}{how}，请核对是否突击。"
    return Finding("made_in_one_day", message, "", "warn", "G-02", papers[0].file)


# --- attendance --------------------------------------------------------------------------------------------------


def _without_attendance(records: Records) -> Iterator[Finding]:
    """A 鉴定 tells of attendance that nothing shows."""
    forms = ("appraisal", "base_school_appraisal")
    found = [(form, paper.file) for form in forms for paper in records.papers.get(form, ())]
    if found and not records.presence.known:
        message = f"收到{_files(found)}而没有考勤表，鉴定所说的出勤没有依据，请指导教师补交考勤表。"
        yield Finding("appraisal_without_attendance", message, "", "warn", "M-05", found[0][1])


def _due_differs(records: Records) -> Iterator[Finding]:
    """应到 as the mentor's sheet states it against the plan as last agreed."""
    presence = records.presence
    due = presence.plan.due
    stated = {
        text: paper for paper in records.papers.get("attendance", ()) if (text := paper.submission.text("due_days"))
    }
    for text, paper in stated.items():
        if due is not None and not presence.waiting and Decimal(text) != due:
            message = (
                f"考勤表{_file(paper.file)}写应到{text}天，个人研修方案{_file(presence.plan.file)}"
                f"（含改期）安排{due.normalize():f}天，请核对。"
            )
            yield Finding("due_differs", message, "due_days", "warn", "W-06", paper.file)
