"""What stands on each of the six kinds of paper that an invented season leaves behind, as values in normal form."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from random import Random

from gengang.codecs import Value
from gengang.roster import Person, School
from gengang.sample.people import Cohort
from gengang.sample.season import Season, activities_of
from gengang.sample.stories import Kind, plain, stated_points
from gengang.sample.texts import (
    BASE_SAID,
    EVIDENCE,
    MENTOR_SAID,
    RECOMMENDED,
    SELF_APPRAISED,
    log_gains,
    log_questions,
    sentences,
)
from gengang.submission import RowValues

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
PAIRS_ON_A_PAPER = 40
PRINCIPAL, CONTACT = "贾明远", "汪素云"


@dataclass(frozen=True, slots=True)
class Filled:
    """A paper as it was filled in. person: key, empty for a school's; sender: name of the school it comes from."""

    kind: Kind
    person: str
    sender: str
    values: Mapping[str, Value | None]
    lists: Mapping[str, tuple[RowValues, ...]] = field(default_factory=dict)


def papers_of(season: Season) -> Iterator[Filled]:
    """Everything one trainee's season leaves on paper, in the order in which it is written."""
    logs = tuple(_log(season, number) for number in range(1, len(season.attended) + 1))
    made = (*logs, _attendance(season, logs), _appraisal(season, logs), _register(season))
    yield from (paper for paper in made if paper.kind not in season.story.withheld_papers)


# --- 报名表, 指导教师安排表 ----------------------------------------------------------------------------------------


def registrations_of(cohort: Cohort) -> Iterator[Filled]:
    """One paper a school; every second school of two stages sends a paper for each."""
    senders = {school.name: school for school in cohort.schools}
    for name, together in groupby(cohort.trainees, key=lambda one: one.school):
        school, nominees = senders[name], list(together)
        apart = len(nominees) == 2 and school.order % 2 == 0
        for page in [[one] for one in nominees] if apart else [nominees]:
            yield _registration(school, page)


def _registration(school: School, nominees: Sequence[Person]) -> Filled:
    rng = Random(f"{school.key}/{nominees[0].key}")
    values = {
        "school": school.name,
        "filled_by": rng.choice(("李秋生", "张立本", "王素珍", "陈广田", "赵玉成")),
        "contact_phone": f"1370000{rng.randrange(10_000):04d}",
        "filled_on": f"2016-09-0{rng.randint(1, 3)}",
        "principal": rng.choice(("刘长河", "孙守义", "周月琴", "吴振海", "郑国安")),
    }
    rows = tuple(_nominee(one, rng.choice(RECOMMENDED)) for one in nominees)
    return Filled("registration", "", school.name, values, {"nominees": rows})


def _nominee(person: Person, opinion: str) -> RowValues:
    same = ("name", "gender", "born", "ethnicity", "stage", "subject", "degree", "certificate", "title", "work_start",
            "teaching_years", "title_date", "backbone", "id_number", "phone")  # fmt: skip
    return {**{name: getattr(person, name) for name in same}, "opinion": opinion, "remark": None}


def assignments_of(cohort: Cohort, seasons: Sequence[Season]) -> Iterator[Filled]:
    """The base school's paper, as many sheets as it takes."""
    head = {
        "base_school": cohort.base.name,
        "contact": CONTACT,
        "contact_phone": "13600000001",
        "filled_on": "2016-09-05",
    }
    for start in range(0, len(seasons), PAIRS_ON_A_PAPER):
        rows = tuple(_pair(season) for season in seasons[start : start + PAIRS_ON_A_PAPER])
        yield Filled("mentor_assignment", "", cohort.base.name, head, {"pairs": rows})


def _pair(season: Season) -> RowValues:
    trainee, mentor = season.trainee, season.mentor
    return {
        "trainee": trainee.name, "gender": trainee.gender, "school": trainee.school, "stage": trainee.stage,
        "subject": trainee.subject, "trainee_phone": trainee.phone, "mentor": mentor.name,
        "mentor_id": mentor.id_number, "mentor_subject": f"{mentor.stage}{mentor.subject}",
        "mentor_title": mentor.title, "mentor_class": mentor.classes, "mentor_phone": mentor.phone,
        "planned": season.planned, "remark": None,
    }  # fmt: skip


# --- 研修日志 ------------------------------------------------------------------------------------------------------


def _head(season: Season) -> dict[str, Value | None]:
    return {
        "name": season.trainee.name,
        "school": season.trainee.school,
        "stage_subject": season.written_subject,
        "base_school": season.base.name,
        "mentor": season.mentor.name,
    }


def _log(season: Season, number: int) -> Filled:
    day = season.attended[number - 1]
    rng = season.rng("log", number)
    activities = tuple(activities_of(season, number))
    heard = next(row for row in activities if row["kind"] == "听课")
    values = _head(season) | {
        "log_date": day.isoformat(),
        "weekday": WEEKDAYS[day.weekday()],
        "day_number": number,
        "gains": log_gains(rng, str(heard["topic"]), str(heard["speaker"]), str(heard["place"])),
        "questions": log_questions(rng),
        "mentor_signature": season.mentor.name,
        "signed_on": day.isoformat(),
    }
    return Filled("training_log", season.trainee.key, season.trainee.school, values, {"activities": activities})


# --- 考勤表 --------------------------------------------------------------------------------------------------------


def _attendance(season: Season, logs: Sequence[Filled]) -> Filled:
    story = season.story
    did = dict(zip(season.attended, logs, strict=True))
    late_on = season.attended[2 : 2 + story.late]
    rows = tuple(_day(season, day, did.get(day), day in late_on) for day in season.days)
    due = Decimal(story.halves + story.absent) / 2
    values = _head(season) | {
        "due_days": plain(due),
        "present_days": plain(Decimal(story.halves) / 2),
        "personal_leave_days": "0",
        "sick_leave_days": "0",
        "official_leave_days": "0",
        "absent_days": plain(Decimal(story.absent) / 2),
        "late_count": story.late,
        "early_count": 0,
        "signature": season.mentor.name,
        "signed_on": "2016-11-30",
    }
    return Filled("attendance", season.trainee.key, season.base.name, values, {"days": rows})


def _day(season: Season, day: date, log: Filled | None, late: bool) -> RowValues:
    half_day = season.story.halves % 2 == 1 and day == season.attended[-1]
    there: tuple[str, str | None] = ("迟到" if late else "出勤", None if half_day else "出勤")
    morning, afternoon = there if log else ("缺勤", "缺勤")
    return {
        "date": day.isoformat(), "weekday": WEEKDAYS[day.weekday()], "morning": morning, "afternoon": afternoon,
        "activity": _summary(log) if log else None,
        "trainee_signature": season.trainee.name if log else None, "mentor_signature": season.mentor.name,
    }  # fmt: skip


def _summary(log: Filled) -> str:
    kinds = [str(row["kind"]) for row in log.lists["activities"]]
    others = [kind for kind in dict.fromkeys(kinds) if kind not in ("听课", "其他")]
    return "，".join([f"听课{kinds.count('听课')}节", *others])


# --- 鉴定表, 考核登记表 ----------------------------------------------------------------------------------------------


def _attended_text(season: Season) -> str:
    story = season.story
    present = plain(Decimal(story.halves) / 2)
    absent = f"，缺勤{plain(Decimal(story.absent) / 2)}天" if story.absent else ""
    late = f"，迟到{story.late}次" if story.late else ""
    return f"跟岗期间出勤{present}天{absent}{late}。"


def _appraisal(season: Season, logs: Sequence[Filled]) -> Filled:
    story, person = season.story, season.trainee
    rng = season.rng("appraisal")
    same = ("name", "gender", "born", "ethnicity", "school", "stage", "subject", "title", "degree", "teaching_years",
            "phone")  # fmt: skip
    values: dict[str, Value | None] = {name: getattr(person, name) for name in same}
    values |= {
        "id_number": _miswritten(person.id_number) if story.wrong_id else person.id_number,
        "base_school": season.base.name,
        "mentor": season.mentor.name,
        "period": season.window,
        "self_appraisal": sentences(rng, SELF_APPRAISED, 4),
        "self_signature": person.name,
        "self_signed_on": "2016-12-01",
        "mentor_opinion": _attended_text(season) + sentences(rng, MENTOR_SAID, 3),
        "mentor_signature": season.mentor.name,
        "mentor_signed_on": "2016-12-02",
        "base_opinion": rng.choice(BASE_SAID),
        "principal_signature": PRINCIPAL,
        "base_signed_on": "2016-12-05",
    }
    return Filled("appraisal", person.key, season.base.name, values | _tallies(season, logs))


def _miswritten(number: str) -> str:
    """The number with another last character, as a slip of the pen makes it."""
    return number[:17] + ("1" if number[17] != "1" else "2")


def _tallies(season: Season, logs: Sequence[Filled]) -> dict[str, Value | None]:
    """出勤 and 任务完成情况 as the mentor states them; 集体备课 is counted as 教研."""
    story = season.story
    kinds = Counter(str(row["kind"]) for log in logs for row in log.lists["activities"])
    return {
        "due_days": plain(Decimal(story.halves + story.absent) / 2),
        "present_days": plain(Decimal(story.halves) / 2),
        "leave_days": "0",
        "absent_days": plain(Decimal(story.absent) / 2),
        "lessons_heard": story.claimed or story.heard,
        "lessons_taught": story.taught + (story.report is not None),
        "report_lessons": int(story.report is not None),
        "research_activities": kinds["教研"] + kinds["集体备课"],
        "class_activities": kinds["班级活动"],
        "reflections": 3 if Decimal(story.judged[0]) >= 6 else 1,
        "logs": len(season.attended),
        "research_reports": 1,
        "study_reports": 1,
    }


def _register(season: Season) -> Filled:
    rng = season.rng("register")
    points = stated_points(season.story)
    values = _head(season) | {
        "period": season.window,
        "total": plain(sum(points.values(), Decimal(0))),
        "attendance_note": _attended_text(season),
        "mentor_opinion": sentences(rng, MENTOR_SAID, 2) + "同意上报。",
        "mentor_signature": season.mentor.name,
        "mentor_signed_on": "2016-12-02",
        "base_opinion": rng.choice(BASE_SAID),
        "base_signed_on": "2016-12-05",
    }
    values |= {f"{item}_score": plain(value) for item, value in points.items()}
    values |= {f"{item}_evidence": text for item, text in zip(points, EVIDENCE, strict=True)}
    return Filled("assessment_register", season.trainee.key, season.base.name, values)
