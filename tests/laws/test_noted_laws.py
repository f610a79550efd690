"""Laws of what is recorded without a scan: it comes back as it was, the last word about one thing counts, and the
order of different things never matters.
"""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from gengang.assess import Beside, assess
from gengang.facts import Actor, Fact
from gengang.judgements import ASSESSORS, Judgement
from gengang.noted import (
    CopiesCounted,
    Noted,
    Remark,
    Seen,
    back_fact,
    copies_fact,
    noted_of,
    remark_of,
    said_fact,
    score_fact,
    score_path,
    seen_fact,
)
from gengang.remarks import understood
from tests.laws.often import often
from tests.unit.rosters import trainee
from tests.unit.seasons import AFTER, SCHEME, season

ME = Actor("王老师", "office", "办公室电脑", "record")
AT = "2016-12-20T18:30:00Z"
PERSON = trainee()
DAYS = st.dates(date(2016, 9, 1), date(2016, 12, 7))
NAMES = st.sampled_from(["王老师", "李主任"])
LINES = st.sampled_from(["李老师来电，周五改到下周二", "明天下午改到后天上午", "改天再来", "材料齐了", "14号改到18号"])
SEEN = st.builds(Seen, st.sampled_from([one.id for one in SCHEME.in_all]), st.integers(1, 40), NAMES, DAYS, NAMES)
COPIES = st.builds(CopiesCounted, st.sampled_from(["appraisal", "study_plan"]), st.integers(0, 4), NAMES, DAYS, NAMES)
SAID = st.builds(remark_of, st.integers(1, 6), LINES, NAMES, DAYS, st.sampled_from(["", "09:30"]))
SCORES = st.builds(
    Judgement, st.sampled_from(["R3", "R9", "R12"]), st.decimals(0, 15, places=2),
    st.sampled_from([*ASSESSORS.values()]), NAMES, DAYS,
)  # fmt: skip
Recorded = Seen | CopiesCounted | Remark | Judgement


def path_of(one: Recorded) -> str:
    return score_path(one) if isinstance(one, Judgement) else one.path


RECORDED = st.lists(SEEN | COPIES | SAID | SCORES, max_size=8, unique_by=path_of)


def test_points_come_back_exactly() -> None:
    one = Judgement("R9", Decimal("4.50"), "指导教师", "李老师", date(2016, 12, 5))
    assert noted_of([fact(one)])[PERSON.key].scores == (one,)
    assert str(noted_of([fact(one)])[PERSON.key].scores[0].points) == "4.50"


def fact(one: Recorded) -> Fact:
    if isinstance(one, Judgement):
        return score_fact(PERSON.key, one, ME, AT)
    if isinstance(one, Seen):
        return seen_fact(PERSON.key, one, ME, AT)
    return (
        copies_fact(PERSON.key, one, ME, AT) if isinstance(one, CopiesCounted) else said_fact(PERSON.key, one, ME, AT)
    )


@settings(max_examples=often(60), deadline=None)
@given(RECORDED, st.randoms(use_true_random=False))
def test_it_comes_back_as_it_was_in_any_order(recorded: list[Recorded], random: Random) -> None:
    shuffled = list(recorded)
    random.shuffle(shuffled)
    noted = noted_of(map(fact, shuffled)).get(PERSON.key, Noted())
    assert noted == noted_of(map(fact, recorded)).get(PERSON.key, Noted())
    assert {*noted.seen, *noted.copies, *noted.remarks, *noted.scores} == set(recorded)


@settings(max_examples=often(60), deadline=None)
@given(RECORDED, SEEN | COPIES | SAID | SCORES)
def test_what_is_taken_back_is_as_if_it_had_never_been(recorded: list[Recorded], more: Recorded) -> None:
    others = [one for one in recorded if path_of(one) != path_of(more)]
    lines = [*map(fact, others), fact(more), back_fact(PERSON.key, path_of(more), "记错了", ME, AT)]
    assert noted_of(lines) == noted_of(map(fact, others))


def test_lines_are_in_the_order_in_which_they_were_said() -> None:
    said = ((1, 19), (2, 12), (10, 12))
    late, early, after = (
        remark_of(number, "周五改到下周二", "王老师", date(2016, 10, day), "") for number, day in said
    )
    noted = noted_of(map(fact, (late, after, early)))[PERSON.key]
    assert noted.remarks == (early, after, late)
    assert [move.first for move in noted.moves] == [date(2016, 10, 14), date(2016, 10, 14), date(2016, 10, 21)]


@settings(max_examples=often(25), deadline=None)
@given(RECORDED)
def test_equal_facts_give_equal_verdicts(recorded: list[Recorded]) -> None:
    first, again = (
        assess(SCHEME, PERSON, season(), AFTER, Beside(noted=noted_of(map(fact, some)).get(PERSON.key, Noted())))
        for some in (recorded, recorded[::-1])
    )
    assert first == again


@settings(max_examples=often(100), deadline=None)
@given(LINES, DAYS, st.integers(1, 60))
def test_a_move_is_never_guessed_and_never_onto_itself(text: str, on: date, later: int) -> None:
    told = understood(text, on)
    assert not (told.moves and told.question)
    assert all((move.first, move.first_half) != (move.to, move.to_half) for move in told.moves)
    moved = understood(f"{on:%m月%d日}改到{on + timedelta(later):%m月%d日}", on)
    assert [(move.first, move.to) for move in moved.moves] == [(on, on + timedelta(later))]
