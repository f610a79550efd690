"""A trainee's papers of one season, made by small functions, for the tests of judging."""

from collections.abc import Sequence
from datetime import date
from itertools import islice
from pathlib import Path

from gengang.calendar_days import workdays
from gengang.scheme import Scheme
from gengang.schemefile import scheme_from_toml
from gengang.submission import Paper, RowValues
from tests.unit.rosters import paper

SCHEME: Scheme = scheme_from_toml((Path(__file__).parents[2] / "templates/schemes/county-2016.toml").read_text("utf-8"))
DAYS: tuple[date, ...] = tuple(islice(workdays(SCHEME.calendar), 0, 61, 3))
ON_TIME = date(2016, 12, 5)
AFTER = date(2016, 12, 31)


def attendance(days: Sequence[date] = DAYS[:10], key: str = "k#0", **changed: str) -> Paper:
    """A 考勤表 of full days; changed: "d3_morning"="缺勤" marks the fourth day's morning."""
    rows: list[RowValues] = []
    for number, day in enumerate(days):
        marks = {half: changed.get(f"d{number}_{half}", "出勤") for half in ("morning", "afternoon")}
        rows.append({"date": day.isoformat(), **{half: mark or None for half, mark in marks.items()}})
    return paper("attendance", {"name": "张三"}, key, ON_TIME, days=tuple(rows))


def marks(day: date, morning: str | None, afternoon: str | None, key: str = "k#1") -> Paper:
    """A 考勤表 with one row."""
    row = {"date": day.isoformat(), "morning": morning, "afternoon": afternoon}
    return paper("attendance", {}, key, ON_TIME, days=(row,))


def row(kind: str, topic: str = "分数的意义", time: str = "第1节", place: str = "三（1）班") -> RowValues:
    """A row of a log."""
    return {"time": time, "kind": kind, "topic": topic, "speaker": "周明", "place": place}


def log(day: date, *rows: RowValues, key: str = "", received: date | None = ON_TIME, **values: str | None) -> Paper:
    """A 研修日志."""
    stamp = key or f"log-{day.isoformat()}#0"
    return paper("training_log", {"log_date": day.isoformat(), **values}, stamp, received, activities=rows)


def heard(number: int) -> tuple[RowValues, ...]:
    """So many lessons heard in one day."""
    return tuple(row("听课", f"第{period}课", f"第{period}节") for period in range(1, number + 1))


def logs(days: Sequence[date] = DAYS[:10], lessons: int = 2) -> list[Paper]:
    """Ten logs with everything that is asked: 20 lessons heard, 3 taught, 教研 and 班级活动."""
    extra: dict[int, tuple[RowValues, ...]] = {
        1: (row("上课", "分数的加法", "第4节"),),
        3: (row("上课", "小数的加法", "第4节"), row("教研", "同课异构", "下午")),
        5: (row("上课", "汇报课：圆的面积", "第4节"), row("班级活动", "主题班会", "下午")),
    }
    return [log(day, *heard(lessons), *extra.get(number, ())) for number, day in enumerate(days)]


def written_papers() -> list[Paper]:
    """Three reflections, the three plans and the two reports."""
    reflections = [paper("reflection", {"topic": f"反思{n}"}, f"reflection{n}#0", ON_TIME) for n in range(3)]
    others = ("study_plan", "development_plan", "day_plan", "action_research_report", "study_report")
    return [*reflections, *(paper(form, {"name": "张三"}, f"{form}#0", ON_TIME) for form in others)]


FULL = {"r1": "15", "r2": "20", "r3": "15", "r4": "4", "r5": "4", "r6": "9", "r7": "8", "r8": "3", "r9": "6",
        "r10": "6", "r11": "5", "r12": "5"}  # fmt: skip


def register(
    key: str = "g#0", received: date | None = ON_TIME, total: str | None = None, **scores: str | None
) -> Paper:
    """A 考核登记表 with full marks, but for what is given."""
    given = {**FULL, **scores}
    values: dict[str, str | int | None] = {f"{item}_score": score for item, score in given.items()}
    return paper("assessment_register", {**values, "total": total, "mentor_signed_on": "2016-12-02"}, key, received)


def appraisal(key: str = "j#0", received: date | None = ON_TIME, **values: str | int | None) -> Paper:
    """A 鉴定表 that agrees with ten days and full records, but for what is given."""
    agreed: dict[str, str | int | None] = {
        "due_days": "10", "present_days": "10", "absent_days": "0", "lessons_heard": 20, "lessons_taught": 3,
        "report_lessons": 1, "research_activities": 1, "class_activities": 1, "logs": 10,
        "mentor_opinion": "该学员出勤10天，听课认真。", "base_opinion": "表现良好，完成任务。",
    }  # fmt: skip
    return paper("appraisal", {**agreed, **values}, key, received)


def season() -> list[Paper]:
    """Everything of a trainee who did all."""
    return [attendance(), *logs(), *written_papers(), register(), appraisal()]
