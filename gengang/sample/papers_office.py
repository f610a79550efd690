"""What mentor and base school write about a trainee: leave, 考勤表, 鉴定表, 考核登记表, 鉴定书."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from gengang.codecs import Value
from gengang.sample.papers_filled import (
    PRINCIPAL,
    WEEKDAYS,
    Filled,
    Told,
    head_of,
    own_paper,
    theme_words,
)
from gengang.sample.stories import half_days, plain, stated_points
from gengang.sample.texts import EVIDENCE
from gengang.sample.texts_grammar import chain, pick, some_of, worded
from gengang.sample.texts_office import (
    BASE_REMARKS,
    BASE_WEAK,
    LEAVE_AGREED,
    LEAVE_BASE_AGREED,
    LEAVE_REASONS,
    LETTER_REMARKS,
    MENTOR_REMARKS,
    SELF_APPRAISALS,
    WEAK_REMARKS,
)
from gengang.submission import RowValues

SHEET_SIGNED, SELF_SIGNED, MENTOR_SIGNED, BASE_SIGNED, LETTER_SIGNED = (
    date(2016, 11, 30), date(2016, 12, 1), date(2016, 12, 2), date(2016, 12, 5), date(2016, 12, 6),
)  # fmt: skip
LEAVE_FIELDS = {"事假": "personal_leave_days", "病假": "sick_leave_days", "公假": "official_leave_days"}


def _themed(told: Told, rng: Random) -> dict[str, str]:
    return theme_words(rng, told.words, told.themes[0], told.themes[1], pick(rng, told.of("听课")).topic)


def _poor(told: Told) -> bool:
    return told.season.story.outcome == "不合格"


# --- 请假 ----------------------------------------------------------------------------------------------------------


def leaves_of(told: Told) -> Iterator[Filled]:
    """A request for each day of leave, approved before it and closed on the return."""
    for day in told.season.on_leave:
        yield _leave(told, day)


def leave_reason(told: Told) -> str:
    """Why the trainee asks for leave; empty where no leave is told of."""
    kind = told.season.story.leave
    rng = told.season.rng("leave reason")
    return worded(rng, pick(rng, LEAVE_REASONS[kind]), told.words) if kind else ""


def day_before(told: Told, day: date) -> date:
    """The working day before a day."""
    season = told.season
    return next(one for one in (day - timedelta(back) for back in range(1, 15)) if season.workday(one) == day)


def _leave(told: Told, day: date) -> Filled:
    season = told.season
    rng = season.rng("leave", day)
    asked_on = day_before(told, day).isoformat()
    returned_on = season.attended_from(day)
    values: dict[str, Value | None] = {
        "name": season.trainee.name,
        "school": season.trainee.school,
        "subject": season.trainee.subject,
        "kind": season.story.leave,
        "starts_on": day.isoformat(),
        "starts_half": "上午",
        "ends_on": day.isoformat(),
        "ends_half": "下午",
        "leave_days": "1",
        "reason": leave_reason(told),
        "applicant_signature": season.trainee.name,
        "applied_on": asked_on,
        "mentor_opinion": pick(rng, LEAVE_AGREED),
        "mentor_signature": season.mentor.name,
        "mentor_signed_on": asked_on,
        "base_opinion": pick(rng, LEAVE_BASE_AGREED),
        "principal_signature": PRINCIPAL,
        "base_signed_on": asked_on,
        "returned_on": returned_on.isoformat(),
        "return_confirmed_by": season.mentor.name,
    }
    return own_paper("leave_request", season, values, returned_on)


# --- 考勤表 --------------------------------------------------------------------------------------------------------


def attendance_of(told: Told) -> Filled:
    """The mentor's sheet of one trainee, a row for each planned day."""
    season, story = told.season, told.season.story
    late_on = season.attended[2 : 2 + story.late]
    rows = tuple(_day(told, day, day in late_on) for day in season.days)
    leave = dict.fromkeys(LEAVE_FIELDS.values(), "0")
    if story.leave:
        leave[LEAVE_FIELDS[story.leave]] = str(len(season.on_leave))
    values = head_of(season) | {
        "due_days": half_days(season.due_halves),
        "present_days": half_days(story.halves),
        **leave,
        "absent_days": half_days(story.absent),
        "late_count": story.late,
        "early_count": 0,
        "signature": season.mentor.name,
        "signed_on": SHEET_SIGNED.isoformat(),
    }
    return Filled("attendance", season.trainee.key, season.base.name, values, {"days": rows}, SHEET_SIGNED)


def _day(told: Told, day: date, late: bool) -> RowValues:
    season = told.season
    there = day in season.attended
    half_day = season.story.halves % 2 == 1 and day == season.attended[-1]
    away = season.story.leave if day in season.on_leave else "缺勤"
    morning = ("迟到" if late else "出勤") if there else away
    afternoon = (None if half_day else "出勤") if there else away
    return {
        "date": day.isoformat(), "weekday": WEEKDAYS[day.weekday()], "morning": morning, "afternoon": afternoon,
        "activity": _summary(told, day) if there else None,
        "trainee_signature": season.trainee.name if there else None, "mentor_signature": season.mentor.name,
    }  # fmt: skip


def _summary(told: Told, day: date) -> str:
    kinds = [one.kind for one in told.on(day)]
    others = [kind for kind in dict.fromkeys(kinds) if kind not in ("听课", "其他")]
    return "，".join([f"听课{kinds.count('听课')}节", *others])


# --- 鉴定表, 考核登记表, 鉴定书 --------------------------------------------------------------------------------------


def _attended_text(told: Told) -> str:
    story = told.season.story
    leave = f"，{story.leave}{len(told.season.on_leave)}天" if story.leave else ""
    absent = f"，缺勤{half_days(story.absent)}天" if story.absent else ""
    late = f"，迟到{story.late}次" if story.late else ""
    return f"跟岗期间出勤{half_days(story.halves)}天{leave}{absent}{late}。"


def _mentor_said(rng: Random, told: Told, number: int) -> str:
    bank = WEAK_REMARKS if _poor(told) else MENTOR_REMARKS
    return "".join(some_of(rng, bank, min(number, len(bank)), _themed(told, rng)))


def _base_said(rng: Random, told: Told) -> str:
    return worded(rng, pick(rng, BASE_WEAK if _poor(told) else BASE_REMARKS), told.words)


def appraisal_of(told: Told) -> Filled:
    """附件2 as it leaves the base school; score and result are the office's."""
    season, person = told.season, told.season.trainee
    rng = season.rng("appraisal")
    same = ("name", "gender", "born", "ethnicity", "school", "stage", "subject", "title", "degree", "teaching_years",
            "phone")  # fmt: skip
    values: dict[str, Value | None] = {name: getattr(person, name) for name in same}
    values |= {
        "id_number": _miswritten(person.id_number) if season.story.wrong_id else person.id_number,
        "base_school": season.base.name,
        "mentor": season.mentor.name,
        "period": season.window,
        "self_appraisal": chain(rng, SELF_APPRAISALS, _themed(told, rng)),
        "self_signature": person.name,
        "self_signed_on": SELF_SIGNED.isoformat(),
        "mentor_opinion": _attended_text(told) + _mentor_said(rng, told, 3),
        "mentor_signature": season.mentor.name,
        "mentor_signed_on": MENTOR_SIGNED.isoformat(),
        "base_opinion": _base_said(rng, told),
        "principal_signature": PRINCIPAL,
        "base_signed_on": BASE_SIGNED.isoformat(),
    }
    tallies = tallies_of(told) | {"research_reports": 1, "study_reports": 1}
    return Filled("appraisal", person.key, season.base.name, values | tallies, {}, BASE_SIGNED)


def _miswritten(number: str) -> str:
    """The number with another last character, as a slip of the pen makes it."""
    return number[:17] + ("1" if number[17] != "1" else "2")


def tallies_of(told: Told) -> dict[str, Value | None]:
    """出勤 and 任务完成情况 as the mentor states them; 集体备课 is counted as 教研."""
    season, story = told.season, told.season.story
    kinds = Counter(one.kind for one in told.happened)
    return {
        "due_days": half_days(season.due_halves),
        "present_days": half_days(story.halves),
        "leave_days": str(len(season.on_leave)),
        "absent_days": half_days(story.absent),
        "lessons_heard": story.claimed or story.heard,
        "lessons_taught": story.taught + (story.report is not None),
        "report_lessons": int(story.report is not None),
        "research_activities": kinds["教研"] + kinds["集体备课"],
        "class_activities": kinds["班级活动"],
        "reflections": story.reflections,
        "logs": len(season.attended),
    }


def register_of(told: Told) -> Filled:
    """考核登记表 with the mentor's points; 认定 is the office's."""
    season = told.season
    rng = season.rng("register")
    points = stated_points(season.story)
    values = head_of(season) | {
        "period": season.window,
        "total": plain(sum(points.values(), Decimal(0))),
        "attendance_note": _attended_text(told),
        "mentor_opinion": _mentor_said(rng, told, 2) + "同意上报。",
        "mentor_signature": season.mentor.name,
        "mentor_signed_on": MENTOR_SIGNED.isoformat(),
        "base_opinion": _base_said(rng, told),
        "base_signed_on": BASE_SIGNED.isoformat(),
    }
    evidence = (text.format(reflections=season.story.reflections) for text in EVIDENCE)
    values |= {f"{item}_score": plain(value) for item, value in points.items()}
    values |= {f"{item}_evidence": text for item, text in zip(points, evidence, strict=True)}
    return Filled("assessment_register", season.trainee.key, season.base.name, values, {}, BASE_SIGNED)


def base_appraisal_of(told: Told) -> Filled:
    """The base school's letter to bureau and college, with the figures of the 鉴定表."""
    season, story = told.season, told.season.story
    rng = season.rng("base appraisal")
    best = story.outcome == "合格" and Decimal(story.judged[5]) == 5
    grade = "不合格" if _poor(told) else "优秀" if best else "合格"
    opinion = _base_said(rng, told) if _poor(told) else chain(rng, LETTER_REMARKS, _themed(told, rng))
    values = head_of(season) | {
        "id_number": season.trainee.id_number,
        "period": season.window,
        **tallies_of(told),
        "opinion": opinion,
        "grade": grade,
        "base_score": story.judged[5],
        "principal_signature": PRINCIPAL,
        "signed_on": LETTER_SIGNED.isoformat(),
    }
    return Filled("base_school_appraisal", season.trainee.key, season.base.name, values, {}, LETTER_SIGNED)
