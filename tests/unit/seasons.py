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


def observation(
    day: date, topic: str | None = "分数的意义", period: str | None = "1", place: str | None = "三（1）班",
    key: str = "", **values: str | int | None,
) -> Paper:  # fmt: skip
    """A 听课记录."""
    said = {"heard_on": day.isoformat(), "lesson_period": period, "topic": topic, "class_name": place, **values}
    return paper("lesson_observation", said, key or f"heard-{day.isoformat()}-{period}#0", ON_TIME)


def lesson(
    day: date, kind: str | None = "研究课", period: str | None = "4", key: str = "", **values: str | None
) -> Paper:
    """A 上课记录; its plan or its assessment may be all there is."""
    said = {"taught_on": day.isoformat(), "lesson_period": period, "kind": kind, "class_name": "三（1）班", **values}
    return paper("lesson_taught", said, key or f"taught-{day.isoformat()}-{period}#0", ON_TIME)


def activity(day: date, kind: str | None, name: str = "同课异构", key: str = "", **values: str | None) -> Paper:
    """A 活动记录."""
    said = {"held_on": day.isoformat(), "kind": kind, "activity_name": name, **values}
    return paper("activity_record", said, key or f"held-{day.isoformat()}-{kind}#0", ON_TIME)


def summary(key: str = "sum#0", **lists: tuple[RowValues, ...]) -> Paper:
    """A 任务完成情况汇总表."""
    return paper("task_summary", {"name": "张三"}, key, ON_TIME, (), "", **lists)


def leave(first: date, last: date | None = None, key: str = "leave#0", **values: str | None) -> Paper:
    """A 请假申请 for whole days, approved by both on its first day, but for what is given."""
    approved: dict[str, str | None] = {
        "starts_on": first.isoformat(), "ends_on": (last or first).isoformat(),
        "mentor_opinion": "同意", "mentor_signed_on": first.isoformat(),
        "base_opinion": "同意", "base_signed_on": first.isoformat(),
    }  # fmt: skip
    return paper("leave_request", {**approved, **values}, key, ON_TIME)


STUDY_PLAN = {"school_analysis": "我校教师少。", "own_problems": "提问随意。", "plan": "先听后上。", "focus": "提问。",
              "mentor_opinion": "同意。", "mentor_signature": "周明"}  # fmt: skip


def study_plan(key: str = "study_plan#0", **changed: str | None) -> Paper:
    """A 个人学习计划 with all its parts, but for what is given."""
    return paper("study_plan", {"name": "张三", **STUDY_PLAN, **changed}, key, ON_TIME)


def plan(*days: date, key: str = "day_plan#0", **changed: str | None) -> Paper:
    """A 个人研修方案 of full days; changed: "d3_afternoon"=None leaves the fourth day's afternoon free."""
    rows: tuple[RowValues, ...] = tuple(
        {
            "date": day.isoformat(),
            **{half: changed.get(f"d{number}_{half}", "听课") for half in ("morning", "afternoon")},
        }
        for number, day in enumerate(days)
    )
    return paper("day_plan", {"name": "张三"}, key, ON_TIME, days=rows)


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
    """The sheet of the person, three reflections, the three plans and the two reports.

    The rows of the day plan wait to be read: so a mark 缺勤 on any day is what it says.
    """
    reflections = [paper("reflection", {"topic": f"反思{n}"}, f"reflection{n}#0", ON_TIME) for n in range(3)]
    others = ("development_plan", "study_report")
    parts = {"design": "先分组。", "practice": "试了三轮。", "effect": "再改一次。"}
    research = paper("action_research_report", parts, "action_research_report#0", ON_TIME)
    person = paper("personal_info", {"name": "张三"}, "personal_info#0", date(2016, 9, 5))
    plans = [study_plan(), paper("day_plan", {"name": "张三"}, "day_plan#0", ON_TIME, ("days",))]
    return [
        person,
        *reflections,
        *plans,
        *(paper(form, {"name": "张三"}, f"{form}#0", ON_TIME) for form in others),
        research,
    ]


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
