"""What a trainee writes: the sheet about oneself, plans before, reflections on the way, and two reports at the end."""

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from gengang.codecs import Value
from gengang.roster import Person
from gengang.sample import texts_plans as plans
from gengang.sample.papers_filled import WEEKDAYS, Filled, Told, head_of, own_paper, principal_of, theme_words
from gengang.sample.people import VILLAGES, YEAR
from gengang.sample.texts_grammar import Bank, Words, chain, numbered, paragraphs, pick, some_of, worded
from gengang.submission import RowValues

LIST_STYLES = ("1.", "一、", "（1）")
PARTIES = ("中共党员", "群众", "群众", "中国民主促进会会员")


# --- 附件4 个人信息登记表 --------------------------------------------------------------------------------------------


def personal_info_of(told: Told) -> Filled:
    """附件4, signed by the school and still open for the bureau."""
    season, person = told.season, told.season.trainee
    rng = season.rng("personal info")
    signed_on = date(YEAR, 9, rng.choice((1, 2, 5)))
    theme, second = told.themes[:2]
    same = ("name", "gender", "born", "ethnicity", "work_start", "id_number", "phone", "school", "title",
            "title_date", "teaching_years", "backbone")  # fmt: skip
    values: dict[str, Value | None] = {name: getattr(person, name) for name in same}
    values |= {
        "photo": "present" if rng.random() < 0.8 else None,
        "party": pick(rng, PARTIES),
        "stage_subject": season.written_subject,
        "degree": person.degree,
        "graduated": pick(rng, plans.GRADUATED.get(person.subject, (f"师范学院{person.subject}教育专业",))),
        "certificate": f"{person.certificate}（{person.subject}）",
        "backbone_date": f"{YEAR - rng.randint(1, 4)}-09",
        "grade": told.words["grade"],
        "email": f"teacher{person.key[-6:]}@example.com",
        "achievements": _achievements(rng, told),
        "needs": worded(rng, pick(rng, plans.NEEDS), {**told.words, "theme": theme.name, "second": second.name}),
        "school_opinion": worded(rng, pick(rng, plans.SCHOOL_OPINIONS), told.words),
        "principal_signature": principal_of(person.school),
        "school_signed_on": signed_on.isoformat(),
        "bureau_opinion": None,
        "bureau_signed_on": None,
    }
    return own_paper("personal_info", season, values, signed_on, {"jobs": _jobs(rng, person)})


def _achievements(rng: Random, told: Told) -> str:
    first = max(2009, int(told.season.trainee.work_start[:4]) + 1)
    years = sorted(rng.sample(range(first, YEAR), min(rng.randint(3, 4), YEAR - first)))
    awards = rng.sample(plans.AWARDS, len(years))
    lines = [worded(rng, award, {**told.words, "year": str(year)}) for year, award in zip(years, awards, strict=True)]
    return "；".join(lines) + "。" if rng.random() < 0.5 else "。\n".join(lines) + "。"


def _jobs(rng: Random, person: Person) -> tuple[RowValues, ...]:
    """One to three schools from the first day at work until now, the last one the present."""
    start, month = (int(part) for part in person.work_start.split("-"))
    room = YEAR - start - 1
    moves = sorted(rng.sample(range(start + 1, YEAR), min(rng.randint(0, 2), room)))
    begins = [(start, month), *((year, 9) for year in moves)]
    ends = [*(f"{year}年8月" for year in moves), "今"]
    units = [f"{village}小学" for village in rng.sample(VILLAGES, len(moves))] + [person.school]
    posts = [*(["教师"] * len(moves)), rng.choice(("教师", "教研组长", "班主任", "教导副主任"))]
    return tuple(
        {"span": f"{year}年{begin}月至{end}", "unit": unit, "post": post}
        for (year, begin), end, unit, post in zip(begins, ends, units, posts, strict=True)
    )


# --- 个人学习计划, 个人专业发展规划 ----------------------------------------------------------------------------------


def _themed(told: Told, rng: Random, place: int = 0) -> dict[str, str]:
    heard = told.of("听课")
    themes = told.themes[place:] + told.themes[:place]
    return theme_words(rng, told.words, themes[0], themes[1], pick(rng, heard).topic)


def study_plan_of(told: Told) -> Filled:
    """W-05, agreed with the mentor on the first day."""
    season = told.season
    rng = season.rng("study plan")
    day = season.days[0].isoformat()
    words = _themed(told, rng)
    several = [_themed(told, rng, place) for place in range(3)]
    values = head_of(season) | {
        "period": season.planned,
        "school_analysis": paragraphs(rng, plans.SCHOOL_ANALYSIS, words),
        "own_problems": worded(rng, pick(rng, plans.PROBLEM_OPENING), words)
        + "\n"
        + numbered([f"{one['lack']}{one['cause']}" for one in several], pick(rng, LIST_STYLES)),
        "goals": numbered([*(one["goal"] for one in several[:2]), *some_of(rng, plans.GOAL_ENDINGS, 2, words)]),
        "plan": paragraphs(rng, ((bank,) for bank in plans.PLAN_STAGES), words),
        "focus": f"学习重点是{words['theme']}，其次是{words['second']}。"
        + worded(rng, pick(rng, plans.FOCUS_ENDINGS), words),
        "self_signature": season.trainee.name,
        "self_signed_on": day,
        "mentor_opinion": worded(rng, pick(rng, plans.MENTOR_ON_PLAN), words),
        "mentor_signature": season.mentor.name,
        "mentor_signed_on": day,
    }
    return own_paper("study_plan", season, values, season.days[0])


def development_plan_of(told: Told) -> Filled:
    """L-01, three years ahead, seen by the mentor on the next working day."""
    season, person = told.season, told.season.trainee
    rng = season.rng("development plan")
    words, second = _themed(told, rng, 1), _themed(told, rng, 2)
    day = season.attended[1]
    signed_on = day if rng.random() < 0.5 else season.workday(day)
    values: dict[str, Value | None] = {
        "name": person.name,
        "gender": person.gender,
        "school": person.school,
        "stage_subject": season.written_subject,
        "title": person.title,
        "teaching_years": person.teaching_years,
        "mentor": season.mentor.name,
        "strengths": chain(rng, plans.STRENGTHS, words),
        "weaknesses": numbered((words["lack"], second["lack"]), pick(rng, LIST_STYLES)),
        "goals": worded(rng, pick(rng, plans.GROWTH_GOALS), words) + words["goal"],
        "support": worded(rng, pick(rng, plans.SUPPORT), words),
        "self_signature": person.name,
        "self_signed_on": day.isoformat(),
        "mentor_opinion": worded(rng, pick(rng, plans.MENTOR_ON_PLAN), words),
        "mentor_signature": season.mentor.name,
        "mentor_signed_on": signed_on.isoformat(),
    }
    phases = tuple(_phase(rng, phase, told.words) for phase in plans.PHASES[: rng.randint(3, 4)])
    return own_paper("development_plan", season, values, signed_on, {"phases": phases})


def _phase(rng: Random, phase: Sequence[str], words: Words) -> RowValues:
    texts = (worded(rng, text, {**words, "short": pick(rng, plans.SHORT_MEASURES)}) for text in phase)
    return dict(zip(("span", "goal", "measures", "results"), texts, strict=True))


# --- 个人研修方案 --------------------------------------------------------------------------------------------------


def day_plan_of(told: Told) -> Filled:
    """W-06: every planned day, agreed on the first and sealed by the base school on the next working day."""
    season = told.season
    rng = season.rng("day plan")
    sealed_on = season.workday(season.days[0])
    values = head_of(season) | {
        "period": season.planned,
        "goals": worded(rng, pick(rng, plans.DAY_PLAN_GOALS), _themed(told, rng)),
        "self_signature": season.trainee.name,
        "self_signed_on": season.days[0].isoformat(),
        "mentor_signature": season.mentor.name,
        "mentor_signed_on": season.days[0].isoformat(),
        "base_signed_on": sealed_on.isoformat(),
    }
    rows = tuple(_planned_day(rng, told, day) for day in season.days)
    return own_paper("day_plan", season, values, sealed_on, {"days": rows})


def _planned_day(rng: Random, told: Told, day: date) -> RowValues:
    afternoon = [one.kind for one in told.on(day) if one.kind != "听课"] or ["其他"]
    half_day = told.season.story.halves % 2 == 1 and day == told.season.attended[-1]
    return {
        "date": day.isoformat(), "weekday": WEEKDAYS[day.weekday()],
        "morning": worded(rng, pick(rng, plans.MORNINGS), told.words),
        "afternoon": None if half_day else _afternoon(rng, afternoon, told.words),
        "content": pick(rng, plans.DAY_CONTENTS), "place": told.season.mentor.classes,
        "mentor": told.season.mentor.name,
    }  # fmt: skip


def _afternoon(rng: Random, kinds: Sequence[str], words: Words) -> str:
    return "，".join(worded(rng, pick(rng, _texts(kind)), words) for kind in dict.fromkeys(kinds))


def _texts(kind: str) -> Bank:
    return plans.AFTERNOONS.get(kind, plans.AFTERNOONS["其他"])


def planned_papers(told: Told) -> Iterator[Filled]:
    """As many of the three plans as R8 gives points for, the study plan first."""
    makers = (study_plan_of, day_plan_of, development_plan_of)
    for make in makers[: int(told.season.story.judged[1])]:
        yield make(told)
