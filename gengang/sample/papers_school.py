"""What schools and mentors hand in for the whole cohort: 报名表, 指导教师安排表, 研修方案, 签到表, 指导工作总结."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from random import Random

from gengang.codecs import Period, Value
from gengang.roster import Person, School
from gengang.sample.papers_filled import (
    CONTACT,
    CONTACT_PHONE,
    DEPUTY,
    PRINCIPAL,
    Filled,
    Told,
    principal_of,
    theme_words,
    told_of,
)
from gengang.sample.people import Cohort
from gengang.sample.season import Season
from gengang.sample.texts import RECOMMENDED
from gengang.sample.texts_grammar import Words, chain, numbered, paragraphs, pick, some_of, worded
from gengang.sample.texts_office import (
    BASE_CONDITIONS,
    BASE_DEMANDS,
    BASE_DUTIES,
    BASE_GOALS,
    BASE_SCHEDULE,
    GUIDING,
    GUIDING_ADVICE,
    GUIDING_APPROVED,
    GUIDING_EFFECTS,
    GUIDING_MUTUAL,
    GUIDING_PROBLEMS,
)
from gengang.submission import RowValues

PAIRS_ON_A_PAPER = 40
PLANNED_ON, MET_ON, SHOWN_ON = date(2016, 9, 5), date(2016, 9, 6), date(2016, 12, 9)
SUMMED_UP_ON, SEALED_ON = date(2016, 12, 5), date(2016, 12, 6)
PLACE = "实验学校报告厅"
OFFICE = (
    ("县教育体育局", "高振华", "副局长", "13300000001"),
    ("县教育体育局师训股", "秦海波", "股长", "13300000002"),
    ("县教师进修学校", "罗文英", "校长", "13300000003"),
    ("县教师进修学校", "白玉田", "教务主任", "13300000004"),
)
STAFF = ("教务主任冯立新", "德育主任唐国平", "总务主任许明", "教研室主任谢春梅")


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
        "principal": principal_of(school.name),
    }
    rows = tuple(_nominee(one, rng.choice(RECOMMENDED)) for one in nominees)
    written = date.fromisoformat(values["filled_on"])
    return Filled("registration", "", school.name, values, {"nominees": rows}, written)


def _nominee(person: Person, opinion: str) -> RowValues:
    same = ("name", "gender", "born", "ethnicity", "stage", "subject", "degree", "certificate", "title", "work_start",
            "teaching_years", "title_date", "backbone", "id_number", "phone")  # fmt: skip
    return {**{name: getattr(person, name) for name in same}, "opinion": opinion, "remark": None}


def assignments_of(cohort: Cohort, seasons: Sequence[Season]) -> Iterator[Filled]:
    """The base school's paper, as many sheets as it takes."""
    head = {
        "base_school": cohort.base.name,
        "contact": CONTACT,
        "contact_phone": CONTACT_PHONE,
        "filled_on": PLANNED_ON.isoformat(),
    }
    for start in range(0, len(seasons), PAIRS_ON_A_PAPER):
        rows = tuple(_pair(season) for season in seasons[start : start + PAIRS_ON_A_PAPER])
        yield Filled("mentor_assignment", "", cohort.base.name, head, {"pairs": rows}, PLANNED_ON)


def _pair(season: Season) -> RowValues:
    trainee, mentor = season.trainee, season.mentor
    return {
        "trainee": trainee.name, "gender": trainee.gender, "school": trainee.school, "stage": trainee.stage,
        "subject": trainee.subject, "trainee_phone": trainee.phone, "mentor": mentor.name,
        "mentor_id": mentor.id_number, "mentor_subject": f"{mentor.stage}{mentor.subject}",
        "mentor_title": mentor.title, "mentor_class": mentor.classes, "mentor_phone": mentor.phone,
        "planned": season.planned, "remark": None,
    }  # fmt: skip


# --- 基地校研修方案, 签到表 ------------------------------------------------------------------------------------------


def base_plan_of(school: School, number: int) -> Filled:
    """B-01, before the first meeting. number: of trainees."""
    rng = Random(f"{school.key}/plan")
    words = {"number": str(number), "base": school.name}
    persons = (f"校长{PRINCIPAL}", f"副校长{DEPUTY}", *STAFF)
    duties = tuple(
        {"work": work, "person": person, "due": due} for (work, due), person in zip(BASE_DUTIES, persons, strict=True)
    )
    values: dict[str, Value | None] = {
        "base_school": school.name,
        "principal": PRINCIPAL,
        "deputy": DEPUTY,
        "members": "、".join((*STAFF, "各学科指导教师")),
        "contact": CONTACT,
        "contact_phone": CONTACT_PHONE,
        "goals": paragraphs(rng, ([[line]] for line in BASE_GOALS), words),
        "schedule": "\n".join(BASE_SCHEDULE),
        "conditions": numbered(BASE_CONDITIONS),
        "requirements": numbered(BASE_DEMANDS),
        "principal_signature": PRINCIPAL,
        "signed_on": PLANNED_ON.isoformat(),
    }
    return Filled("base_school_plan", "", school.name, values, {"duties": duties}, PLANNED_ON)


def sign_ins_of(cohort: Cohort) -> Iterator[Filled]:
    """签到表 of the first meeting and of the showcase, forty names a sheet."""
    for event, day in (("跟岗研修对接会", MET_ON), ("跟岗研修成果汇报会", SHOWN_ON)):
        rows = tuple(_attendees(cohort, day))
        for start in range(0, len(rows), PAIRS_ON_A_PAPER):
            values = {"event": f"2016年农村中小学骨干教师{event}", "held_on": day.isoformat(), "place": PLACE}
            sheet = {"attendees": rows[start : start + PAIRS_ON_A_PAPER]}
            yield Filled("sign_in", "", cohort.base.name, values, sheet, day)


def _attendees(cohort: Cohort, day: date) -> Iterator[RowValues]:
    """Office, mentors, trainees; about one in thirty did not come and has not signed."""
    rng = Random(f"{cohort.base.key}/{day}")
    base = cohort.base.name
    people = [*OFFICE, (base, PRINCIPAL, "校长", "13600000002"), (base, CONTACT, "联系人", CONTACT_PHONE)]
    people += [(base, one.name, "指导教师", one.phone) for one in cohort.mentors]
    people += [(one.school, one.name, "跟岗教师", one.phone) for one in cohort.trainees]
    for number, (unit, name, post, phone) in enumerate(people, 1):
        came = number <= len(OFFICE) or rng.random() > 1 / 30
        yield {"number": number, "unit": unit, "name": name, "post": post, "phone": phone,
               "signature": name if came else None}  # fmt: skip


# --- 指导工作总结 --------------------------------------------------------------------------------------------------


def mentor_summary_of(mentor: Person, seasons: Sequence[Season]) -> Filled:
    """M-07, about all trainees of a mentor. seasons: at least one, all of this mentor."""
    tolds = [told_of(season) for season in seasons]
    rng = Random(f"{mentor.key}/summary")
    words = _guiding_words(rng, tolds)
    values: dict[str, Value | None] = {
        "name": mentor.name,
        "id_number": mentor.id_number,
        "school": mentor.school,
        "stage_subject": f"{mentor.stage}{mentor.subject}",
        "phone": mentor.phone,
        "trainees": words["trainees"],
        "period": Period("2016-09-01", "2016-11-30"),
        "practice": paragraphs(rng, ((bank,) for bank in GUIDING), words),
        "effects": "".join(_effect(rng, told) for told in tolds) + worded(rng, pick(rng, GUIDING_MUTUAL), words),
        "problems": numbered(some_of(rng, GUIDING_PROBLEMS, 2, words)),
        "suggestions": numbered(some_of(rng, GUIDING_ADVICE, 2, words)),
        "self_signature": mentor.name,
        "self_signed_on": SUMMED_UP_ON.isoformat(),
        "base_opinion": chain(rng, (GUIDING_APPROVED,), words),
        "base_signed_on": SEALED_ON.isoformat(),
    }
    return Filled("mentor_summary", mentor.key, mentor.school, values, {}, SEALED_ON)


def _guiding_words(rng: Random, tolds: Sequence[Told]) -> dict[str, str]:
    told = tolds[0]
    names = "、".join(one.season.trainee.name for one in tolds)
    their = "他们" if len(tolds) > 1 else "她" if told.season.trainee.gender == "女" else "他"
    words = theme_words(rng, told.words, told.themes[0], told.themes[1], pick(rng, told.of("听课")).topic)
    return words | {"trainees": names, "their": their}


def _effect(rng: Random, told: Told) -> str:
    words: Words = {**told.words, "who": f"{told.season.trainee.name}老师"}
    return worded(rng, pick(rng, GUIDING_EFFECTS), words)
