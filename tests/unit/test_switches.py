"""The fifteen open questions: each switch, set in the file, changes a judgement, a timetable, a paper or a sentence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from gengang.assess import assess
from gengang.attendance import presence_of
from gengang.eligibility import eligibility_findings, pairing_findings, quota_findings
from gengang.explaining import explained
from gengang.papers.certificate import hours_draft, number_words
from gengang.papers.draft import Draft
from gengang.roster import Roster
from gengang.scheme import Scheme
from gengang.schemefile import scheme_from_toml
from gengang.schemeplaces import places_of, with_value
from gengang.timetable import collisions_of, timetable_of
from gengang.workspace import preset_text
from tests.unit.cohorts import GUIDE, OUR_SCHEME, roster_of, verdicts_of
from tests.unit.rosters import SCHOOLS, id_number, mentor, paper, roster, school, trainee
from tests.unit.seasons import (
    AFTER,
    DAYS,
    ON_TIME,
    appraisal,
    attendance,
    leave,
    marks,
    season,
    written_papers,
)  # fmt: skip

COUNTY = preset_text("county-2016")
QUESTIONS = {one.id: one for one in scheme_from_toml(COUNTY).questions}
Said = Callable[[Scheme, str], object]
TWO = roster(trainee(), trainee("李四", number=id_number("19800101", "001")), mentors=(mentor(),))


def age(scheme: Scheme, _: str) -> object:
    forty_five = trainee(number=id_number("19710301"))
    return [one.message for one in eligibility_findings(scheme, roster(forty_five))]


def late_sign_up(scheme: Scheme, _: str) -> object:
    came = paper("personal_info", {"name": "张三"}, "i#0", date(2016, 9, 6))
    list_came = paper("registration", {"school": "张村小学"}, "r#0", date(2016, 9, 5))
    findings = assess(scheme, trainee(), [came, list_came], AFTER).findings
    return [one.message for one in findings if one.code == "late"]


def last_day(scheme: Scheme, _: str) -> object:
    return assess(scheme, trainee(), [attendance()], date(2016, 12, 8)).shortfall


def half_days(scheme: Scheme, _: str) -> object:
    return assess(scheme, trainee(), [attendance(DAYS[:10], d0_morning="")], AFTER).days


def score(scheme: Scheme, _: str) -> object:
    return assess(scheme, trainee(), season(), AFTER).score


def number(scheme: Scheme, _: str) -> object:
    return number_words(scheme, scheme.certificate("trainee"), 7)


def page(scheme: Scheme, text: str) -> object:
    return [
        line for line in explained(scheme, text).splitlines() if "现在：" not in line and not line.startswith("　　")
    ]


def one_report(scheme: Scheme, _: str) -> object:
    """L-04: the report of the action research may stand in the 研修报告."""
    papers = [one for one in written_papers() if one.submission.form != "action_research_report"]
    return [one.form for one in assess(scheme, trainee(), papers, AFTER).missing]


def bulletin_days(scheme: Scheme, _: str) -> object:
    return [line.when for line in timetable_of(scheme) if line.clause == "G-03"]


def mentors_hours(scheme: Scheme, _: str) -> object:
    ours = replace(OUR_SCHEME, outcomes=scheme.outcomes)
    verdicts = {key: replace(one, missing=()) for key, one in verdicts_of().items()}
    found = hours_draft(GUIDE, verdicts, ours, roster_of(), date(2016, 12, 9))
    return found.values["hours"] if isinstance(found, Draft) else found.why


def shared(scheme: Scheme, _: str) -> object:
    return [one.message for one, _ in pairing_findings(scheme, TWO)]


def nine_days(scheme: Scheme, _: str) -> object:
    papers = [one for one in season() if one.submission.form not in ("attendance", "appraisal")]
    return assess(scheme, trainee(), [*papers, attendance(DAYS[:9])], AFTER).certificate


def late_leave(scheme: Scheme, _: str) -> object:
    away = marks(DAYS[12], "缺勤", "缺勤", "absent#0")
    return assess(scheme, trainee(), [*season(), away, leave(DAYS[12], base_signed_on="2016-11-20")], AFTER).unexcused


def collisions(scheme: Scheme, _: str) -> object:
    return [one.message for one in collisions_of(scheme)]


CASES: list[tuple[str, str, str, Said]] = [
    ("Q1", "eligibility.age_inclusive", "否", age),
    ("Q1", "eligibility.as_of", "2018-09-01", age),
    ("Q2", "document DOC1.due", "2016-09-04", late_sign_up),
    ("Q3", "scheme.closing", "2016-12-09", last_day),
    ("Q4", "calendar.half_days", "否", half_days),
    ("Q5", "item R2.each", "0.5", score),
    ("Q6", "certificate completion.name", "合格证书", page),
    ("Q6", "certificate completion.number", "结{year}-{number:03d}", number),
    ("Q7", "document DOC17.keepers", "教体局、教师进修校、跟岗教师本人", page),
    ("Q7", "document DOC2.keepers", "教体局、派出学校", page),
    ("Q8", "document DOC14.inside", "study_report", one_report),
    ("Q9", "bulletins.rhythm", "once", bulletin_days),
    ("Q9", "bulletins.from_share", "0.75", page),
    ("Q9", "bulletins.names_when", "两次缺勤", page),
    ("Q10", "commendation.kinds", "[]", collisions),
    ("Q10", "commendation.places", "5", page),
    ("Q11", "outcomes.hours_mentor", "30", mentors_hours),
    ("Q11", "pairing.trainees_at_most", "2", shared),
    ("Q12", "outcomes.gate_on_missing_tasks", "warn", nine_days),
    ("Q12", "outcomes.gate_on_missing_tasks", "block", nine_days),
    ("Q13", "leave.late_paper", "unexcused", late_leave),
    ("Q14", "certificate completion.seals", "教育体育局", page),
]  # fmt: skip


@pytest.mark.parametrize(
    ("place", "written", "said"), [one[1:] for one in CASES], ids=[f"{one[0]}-{one[1]}-{one[2]}" for one in CASES]
)
def test_a_switch_changes_what_is_said(place: str, written: str, said: Said) -> None:
    text = with_value(COUNTY, place, written)
    before, after = (said(scheme_from_toml(one), one) for one in (COUNTY, text))
    assert before != after, f"{place} = {written} changes nothing: {before}"


def test_every_place_of_every_question_is_tried() -> None:
    """Of a part of which there are several one is enough."""
    tried = [place for _, place, _, _ in CASES]
    for question in QUESTIONS.values():
        for place in places_of(question.switch):
            kind, _, key = place.partition(".")
            same = [one for one in tried if one.startswith(f"{kind} ") and one.endswith(key)]
            assert place in tried or same, place


def test_q15_the_school_table_says_who_signs_up() -> None:
    """教学点单独报名 when it stands in the table with its stage, and not when it is an alias."""
    own = Roster((*SCHOOLS, school("张村小学东庄教学点", "小学", order=9)))
    part = Roster(SCHOOLS)
    said = [[one.message for one, _ in quota_findings(scheme_from_toml(COUNTY), each)] for each in (own, part)]
    assert {*said[0]} - {*said[1]} == {"张村小学东庄教学点（小学）尚未报名，请催报。"}


def test_only_whole_days_count_when_half_days_do_not() -> None:
    """Q4; what is missed goes on by half days (G-07), and the 鉴定表 may state either figure."""
    calendar = scheme_from_toml(with_value(COUNTY, "calendar.half_days", "否")).calendar
    sheet = attendance(DAYS[:4], d0_morning="", d1_afternoon="缺勤", d2_morning="迟到")
    whole, half = presence_of(calendar, [sheet]), presence_of(replace(calendar, half_days=True), [sheet])
    assert (whole.days, half.days) == (Decimal(2), Decimal(3))
    assert whole.dates == half.dates == DAYS[:4]
    assert whole.unexcused == half.unexcused == Decimal("0.5")


@pytest.mark.parametrize(("stated", "differs"), [("9.5", False), ("9", False), ("10", True)])
def test_an_appraisal_may_state_half_days_that_do_not_count(stated: str, differs: bool) -> None:
    scheme = scheme_from_toml(with_value(COUNTY, "calendar.half_days", "否"))
    said = appraisal(present_days=stated, mentor_opinion=f"出勤{stated}天。")
    found = assess(scheme, trainee(), [attendance(DAYS[:10], d0_morning=""), said], ON_TIME).findings
    codes = {"days_differ", "opinion_days_differ"}
    assert {one.code for one in found} & codes == (codes if differs else set())
