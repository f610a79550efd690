"""The records of what happened day by day: logs, lessons heard and taught, activities, and all of it on one sheet."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random

from gengang.codecs import Value
from gengang.sample.papers_filled import WEEKDAYS, Filled, Happened, Told, head_of, own_paper, theme_words
from gengang.sample.stories import plain
from gengang.sample.texts import log_gains, log_questions
from gengang.sample.texts_grammar import Bank, Words, chain, paragraphs, pick, worded
from gengang.sample.texts_lessons import CRAFTS, lesson_comments, lesson_gains, lesson_process
from gengang.sample.texts_office import (
    CLASS_GAINS,
    CLASS_PROCESS,
    CLASS_TAKEN,
    RESEARCH_GAINS,
    RESEARCH_PROCESS,
)
from gengang.sample.texts_teaching import (
    BOARD,
    FOCUS,
    HOMEWORK,
    LEARNERS,
    LOOKED_BACK,
    MATERIAL,
    assessment_words,
    lesson_goals,
    lesson_steps,
)
from gengang.submission import RowValues

GRADES = {"7": "优", "6": "良", "4.5": "中", "3": "差"}
TOTALS = {"优": (180, 192), "良": (160, 178), "中": (136, 156), "差": (104, 118)}
SHARES = (20, 20, 30, 20, 10)
MINUTES = {"小学": 40, "初中": 45}
RESEARCH_RECORDS = 2
ACTIVITY_KINDS = {
    "教研": "教研活动",
    "集体备课": "集体备课",
    "主题班会": "班会",
    "少先队活动": "队会",
    "主题团会": "团会",
}


# --- 研修日志 ------------------------------------------------------------------------------------------------------


def log_of(told: Told, number: int) -> Filled:
    """The log with this number, from 1."""
    season = told.season
    day = season.attended[number - 1]
    happened = told.on(day)
    heard = pick(season.rng("log topic", number), [one for one in happened if one.kind == "听课"])
    rng = season.rng("log", number)
    words = _themed(told, rng, heard) | {"place": str(heard.row["place"])}
    values = head_of(season) | {
        "log_date": day.isoformat(),
        "weekday": WEEKDAYS[day.weekday()],
        "day_number": number,
        "gains": log_gains(rng, [one.kind for one in happened], words),
        "questions": log_questions(rng, words),
        "mentor_signature": season.mentor.name,
        "signed_on": day.isoformat(),
    }
    return own_paper("training_log", season, values, day, {"activities": tuple(one.row for one in happened)})


def _themed(told: Told, rng: Random, about: Happened) -> dict[str, str]:
    theme, second = rng.sample(told.themes, 2)
    return theme_words(rng, told.words, theme, second, about.topic)


# --- 听课记录 ------------------------------------------------------------------------------------------------------


def observations_of(told: Told) -> Iterator[Filled]:
    """A sheet for each lesson heard."""
    for one in told.of("听课"):
        yield _observation(told, one)


def _observation(told: Told, heard: Happened) -> Filled:
    season = told.season
    rng = season.rng("observation", heard.day, heard.period)
    craft = CRAFTS[season.trainee.subject]
    words = {**told.words, "topic": heard.topic}
    values: dict[str, Value | None] = {
        "school": season.trainee.school,
        "base_school": season.base.name,
        "subject": season.trainee.subject,
        "teacher": heard.row["speaker"],
        "class_name": heard.row["place"],
        "heard_on": heard.day.isoformat(),
        "lesson_period": heard.period,
        "topic": heard.topic,
        "kind": _lesson_kind(rng, heard.topic, season.trainee.subject),
        "lesson_count": 1,
        "name": season.trainee.name,
        "process": lesson_process(rng, craft, words),
        "comments": lesson_comments(rng, craft, words),
        "gains": lesson_gains(rng, words),
    }
    return own_paper("lesson_observation", season, values, heard.day)


def _lesson_kind(rng: Random, topic: str, subject: str) -> str:
    if any(word in topic for word in ("复习", "园地", "check", "Grammar")):
        return "复习"
    if subject in ("物理", "化学", "生物") and any(word in topic for word in ("测量", "制取", "显微镜", "实验")):
        return "实验"
    return "讲评" if rng.random() < 0.06 else "新授"


# --- 上课记录 ------------------------------------------------------------------------------------------------------


def lessons_of(told: Told) -> Iterator[Filled]:
    """教案 and 评课表 of each lesson taught."""
    for one in told.of("上课"):
        yield _lesson(told, one)


def _lesson(told: Told, taught: Happened) -> Filled:
    season = told.season
    rng = season.rng("lesson", taught.day)
    words = _themed(told, rng, taught) | {
        "class_name": str(taught.row["place"]),
        "class_size": str(rng.randint(44, 58)),
    }
    steps = lesson_steps(rng, MINUTES[season.trainee.stage], words)
    values: dict[str, Value | None] = {
        "name": season.trainee.name,
        "school": season.trainee.school,
        "stage_subject": season.written_subject,
        "class_name": taught.row["place"],
        "taught_on": taught.day.isoformat(),
        "lesson_period": taught.period,
        "topic": taught.topic,
        "kind": _taught_kind(taught),
        **_plan_words(rng, words),
    } | _assessed(told, taught, rng, words)
    return own_paper("lesson_taught", season, values, taught.day, {"steps": steps})


def _taught_kind(taught: Happened) -> str:
    return str(taught.row["topic"])[:3]


def _said(rng: Random, bank: Bank, words: Words) -> str:
    return worded(rng, pick(rng, bank), words)


def _plan_words(rng: Random, words: Words) -> dict[str, Value | None]:
    return {
        "material": chain(rng, MATERIAL, words),
        "learners": chain(rng, LEARNERS, words),
        "goals": lesson_goals(rng, words),
        "focus": _said(rng, FOCUS, words),
        "board": _said(rng, BOARD, words),
        "homework": _said(rng, HOMEWORK, words),
        "reflection": f"{_said(rng, LOOKED_BACK, words)}不足的是，{words['lack']}{words['measure']}",
    }


def _assessed(told: Told, taught: Happened, rng: Random, words: Words) -> dict[str, Value | None]:
    """评课: five scores that add up to the total, and the grade that the story gives the 汇报课."""
    report = _taught_kind(taught) == "汇报课"
    usual = "良" if Decimal(told.season.story.judged[4]) >= 4 else "中"
    grade = GRADES[told.season.story.report or "6"] if report else rng.choice(("优", usual, usual))
    scores = _scores(rng, rng.randint(*TOTALS[grade]))
    values: dict[str, Value | None] = {f"e{item}_score": plain(score) for item, score in enumerate(scores, 1)}
    return values | {
        "assessed_total": plain(sum(scores, Decimal(0))),
        "assessed_grade": grade,
        "assessor_comment": assessment_words(rng, grade, words),
        "assessor": told.season.mentor.name,
        "assessed_on": taught.day.isoformat(),
    }


def _scores(rng: Random, halves: int) -> tuple[Decimal, ...]:
    """Five scores in half points; halves: their sum in half points, shared by what each can give."""
    given = [halves * share // 100 for share in SHARES]
    for _ in range(halves - sum(given)):
        room = [index for index, share in enumerate(SHARES) if given[index] < 2 * share]
        given[pick(rng, room)] += 1
    return tuple(Decimal(number) / 2 for number in given)


# --- 活动记录 ------------------------------------------------------------------------------------------------------


def recorded_activities(told: Told) -> tuple[Happened, ...]:
    """The first two 教研 or 集体备课, and every class activity, in order."""
    research = told.of("教研", "集体备课")[:RESEARCH_RECORDS]
    return tuple(one for one in told.happened if one in research or one.kind == "班级活动")


def activities_recorded(told: Told) -> Iterator[Filled]:
    """A record of each of them."""
    for one in recorded_activities(told):
        yield _activity_record(told, one)


def activity_kind(one: Happened) -> str:
    """The printed kind of an activity; a class activity says by its name what it was."""
    said = one.topic.partition("：")[0]
    return ACTIVITY_KINDS.get(one.kind) or ACTIVITY_KINDS.get(said, "第二课堂")


def role_in(told: Told, one: Happened) -> str:
    """组织 where the trainee led it."""
    return "组织" if one.row["speaker"] == told.season.trainee.name else "参加"


def _activity_record(told: Told, one: Happened) -> Filled:
    season = told.season
    rng = season.rng("activity", one.day, one.period)
    words = _themed(told, rng, one) | {
        "host": str(one.row["speaker"]), "title": one.topic.rpartition("：")[2], "period": f"第{one.period}",
        "place": str(one.row["place"]),
    }  # fmt: skip
    of_class = one.kind == "班级活动"
    values = head_of(season) | {
        "activity_name": one.topic,
        "kind": activity_kind(one),
        "held_on": one.day.isoformat(),
        "lesson_period": one.period,
        "place": one.row["place"],
        "host": one.row["speaker"],
        "role": role_in(told, one),
        "process": paragraphs(rng, [(bank,) for bank in (CLASS_PROCESS if of_class else RESEARCH_PROCESS)], words),
        "gains": chain(rng, (CLASS_GAINS, CLASS_TAKEN) if of_class else RESEARCH_GAINS, words),
        "witness": season.mentor.name,
        "signed_on": one.day.isoformat(),
    }
    values.pop("mentor")
    return own_paper("activity_record", season, values, one.day)


# --- 任务完成情况汇总表 ----------------------------------------------------------------------------------------------


def summary_of(told: Told, reflections: tuple[Filled, ...]) -> Filled:
    """All of it on one sheet, signed on the last day."""
    season, signed_on = told.season, date(2016, 11, 30)
    heard, taught = told.of("听课"), told.of("上课")
    activities = told.of("教研", "集体备课", "班级活动")
    lists = {
        "heard": tuple(_heard_row(told, number, one) for number, one in enumerate(heard, 1)),
        "taught": tuple(_taught_row(told, one) for one in taught),
        "activities": tuple(_activity_row(told, one) for one in activities),
        "reflections": tuple({"date": one.values["written_on"], "title": one.values["topic"]} for one in reflections),
    }
    values = head_of(season) | {
        "lessons_heard": len(heard),
        "lessons_taught": len(taught),
        "report_lessons": sum(_taught_kind(one) == "汇报课" for one in taught),
        "research_activities": sum(one.kind != "班级活动" for one in activities),
        "class_activities": sum(one.kind == "班级活动" for one in activities),
        "reflection_count": len(reflections),
        "mentor_signature": season.mentor.name,
        "signed_on": signed_on.isoformat(),
    }
    return own_paper("task_summary", season, values, signed_on, lists)


def _heard_row(told: Told, number: int, one: Happened) -> RowValues:
    return {"number": number, "date": one.day.isoformat(), "lesson_period": one.period,
            "class_name": f"{told.season.trainee.subject}{one.row['place']}", "topic": one.topic,
            "teacher": one.row["speaker"]}  # fmt: skip


def _taught_row(told: Told, one: Happened) -> RowValues:
    return {"date": one.day.isoformat(), "lesson_period": one.period,
            "class_name": f"{told.season.trainee.subject}{one.row['place']}", "topic": one.topic,
            "kind": _taught_kind(one)}  # fmt: skip


def _activity_row(told: Told, one: Happened) -> RowValues:
    return {"date": one.day.isoformat(), "kind": activity_kind(one), "title": one.topic, "role": role_in(told, one)}
