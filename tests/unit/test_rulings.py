"""Rulings: what a person decided stands in a line, comes back from it, and changes what it names and nothing else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengang.assess import Beside, Verdict, assess
from gengang.facts import Actor, Fact, checked
from gengang.rulings import APPROVAL, COHORT, Ruling, RulingKind, approval_of, ruling_data, rulings_of
from gengang.submission import Paper
from tests.unit.rosters import trainee
from tests.unit.seasons import AFTER, DAYS, SCHEME, attendance, leave, logs, marks, plan, season, written_papers

ME, AT = Actor("王老师", "office", "办公室电脑", "decide"), "2016-12-09T08:00:00Z"
KEY = trainee().key
WORDS = st.text("张王李情况属实已补岗，。", min_size=1, max_size=12)
DATES = st.dates(date(2016, 9, 1), date(2016, 12, 31))


@st.composite
def rulings(draw: st.DrawFn) -> Ruling:
    kind = draw(st.sampled_from(get_args(RulingKind)))
    days = tuple(sorted(draw(st.sets(DATES, max_size=3)))) if kind in ("excuse", "refuse", "make_up", "mentor") else ()
    item = {"appeal": "R9", "conclude": "合格"}.get(kind, "")
    points = draw(st.decimals(0, 6, places=1)) if kind == "appeal" else None
    on = draw(st.none() | DATES)
    return Ruling(0, KEY, kind, draw(WORDS), draw(WORDS), draw(WORDS), on, days, item, points)


def line(ruling: Ruling, value: str = "holds") -> Fact:
    data, personal = ruling_data(ruling)
    return checked(Fact("decision", ruling.person, data, ME, AT, {**personal, "value": value}))


@given(rulings())
def test_a_ruling_comes_back_from_its_line(ruling: Ruling) -> None:
    assert rulings_of([line(ruling)]) == {KEY: (ruling,)}


@given(rulings())
def test_one_that_was_taken_back_says_nothing_and_can_be_made_again(ruling: Ruling) -> None:
    assert rulings_of([line(ruling), line(ruling, "taken back")]) == {}
    assert rulings_of([line(ruling), line(ruling, "taken back"), line(ruling)]) == {KEY: (ruling,)}


@given(st.lists(rulings(), max_size=5))
def test_no_value_of_a_person_stands_in_the_open_part_of_a_line(made: list[Ruling]) -> None:
    for ruling in made:
        assert not {"why", "authority", "paper"} & set(line(ruling).data)


def ruled(papers: Sequence[Paper], *made: Ruling) -> Verdict:
    return assess(SCHEME, trainee(), papers, AFTER, Beside(rulings=made))


def ruling(kind: RulingKind, **more: Any) -> Ruling:
    return Ruling(1, KEY, kind, "情况属实", "张局长", on=date(2016, 12, 9), **more)


def absent(halves: int) -> list[Paper]:
    """Everything done, nobody judged, and so many further half days missed."""
    sheets = [marks(DAYS[10 + number], "缺勤", None, f"absent{number}#0") for number in range(halves)]
    return [attendance(), *logs(), *written_papers(), *sheets]


def test_without_a_ruling_nothing_changes() -> None:
    assert ruled(season()) == assess(SCHEME, trainee(), season(), AFTER)


def test_a_withheld_certificate_is_released() -> None:
    before, after = ruled(absent(4)), ruled(absent(4), ruling("release"))
    assert (before.outcome, before.certificate, before.hours) == ("合格（证书缓发）", "withheld", None)
    assert (after.outcome, after.certificate, after.hours, after.unexcused) == ("合格", "issue", 60, Decimal(2))
    assert "无故缺勤2天，记入教师培训档案。" in [one.message for one in after.findings]
    assert "补发证书：情况属实（张局长，12月9日）。" in [one.message for one in after.findings]


def test_an_excused_day_is_no_longer_missed_and_costs_nothing() -> None:
    before, after = ruled(absent(4)), ruled(absent(4), ruling("excuse", days=(DAYS[10], DAYS[11])))
    assert (after.unexcused, after.outcome) == (Decimal(1), "合格")
    assert after.points_now == before.points_now + 4


def test_what_is_ruled_about_leave_is_asked_no_more() -> None:
    """One approval alone is asked about, and a person says yes or no."""
    papers = [*season(), marks(DAYS[10], "缺勤", "缺勤"), leave(DAYS[10], base_opinion=None)]
    asked = {"leave_incomplete", "leave_without_paper"}
    assert asked & {one.code for one in ruled(papers).findings}
    answers: tuple[tuple[RulingKind, int], ...] = (("excuse", 0), ("refuse", 1))
    for kind, days in answers:
        verdict = ruled(papers, ruling(kind, days=(DAYS[10],)))
        assert verdict.unexcused == days
        assert verdict.score is not None
        assert not asked & {one.code for one in verdict.findings}


def test_a_planned_day_without_a_mark_is_asked_no_more_once_it_is_ruled() -> None:
    papers = [attendance(d0_morning="", d0_afternoon=""), plan(*DAYS[:10])]
    assert "planned_without_mark" in [one.code for one in ruled(papers).findings]
    excused = ruled(papers, ruling("excuse", days=(DAYS[0],)))
    assert "planned_without_mark" not in [one.code for one in excused.findings]


def test_leave_that_is_refused_is_an_absence_and_the_last_word_counts() -> None:
    papers = [*season(), marks(DAYS[12], "事假", "事假")]
    refused, excused = ruling("refuse", days=(DAYS[12],)), ruling("excuse", days=(DAYS[12],))
    assert ruled(papers).unexcused == 0
    assert ruled(papers, refused).unexcused == 1
    assert ruled(papers, refused, replace(excused, number=2)).unexcused == 0


def test_a_day_made_up_stands_beside_those_attended_and_sets_one_off() -> None:
    short = [attendance(DAYS[:9]), *absent(4)[1:]]
    before, after = ruled(short), ruled(short, ruling("make_up", days=(date(2016, 12, 1),)))
    assert (before.days, before.unexcused) == (Decimal(9), Decimal(2))
    assert (after.days, after.unexcused) == (Decimal(10), Decimal(1))


def test_an_appeal_gives_an_item_its_points_and_never_more_than_its_maximum() -> None:
    before = {one.item: one.points for one in ruled(season()).points}
    for given_points, points in ((Decimal("5.5"), Decimal("5.5")), (Decimal(60), Decimal(6))):
        after = ruled(season(), ruling("appeal", item="R9", points=given_points))
        assert {one.item: one.points for one in after.points} == {**before, "R9": points}
        [said] = [one.how for one in after.points if one.item == "R9"]
        assert said.startswith(f"申诉后改为{points}分（张局长，12月9日）；原为")


def test_who_left_has_a_verdict_and_no_certificate() -> None:
    for kind in ("withdraw", "substitute"):
        after = ruled(season(), ruling(kind))
        assert (after.outcome, after.answer, after.certificate) == ("未考核", "no", "none")


def test_a_certificate_that_waits_for_a_person_is_confirmed() -> None:
    few = [attendance(DAYS[:9]), *season()[1:]]
    assert ruled(few).certificate == "manual"
    assert ruled(few, ruling("confirm")).certificate == "issue"


@pytest.mark.parametrize(("value", "approved"), [("approved", True), ("returned", False)])
def test_the_authoritys_word_on_the_final_record(value: str, approved: bool) -> None:
    """G-08."""
    said = {"value": value, "why": "缺附表", "authority": "张局长", "paper": ""}
    fact = Fact("decision", COHORT, {"path": APPROVAL, "on": "2016-12-15"}, ME, AT, said)
    found = approval_of([fact])
    assert found is not None
    assert (found.approved, found.authority, found.on, found.why) == (approved, "张局长", date(2016, 12, 15), "缺附表")
    assert approval_of([replace(fact, personal=None)]) is None
    assert approval_of([]) is None
