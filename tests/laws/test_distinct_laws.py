"""Laws of telling records apart: a further paper never lowers the number, order never matters, and it is the most."""

from collections.abc import Sequence
from datetime import date
from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from gengang.distinct import distinct, may_be_one
from gengang.records import FORMS, Record
from tests.laws.often import often

DAY = date(2016, 9, 6)


@st.composite
def records(draw: st.DrawFn) -> Record:
    form = draw(st.sampled_from(FORMS))
    paper = draw(st.integers(0, 2)) if form in FORMS[:3] else 0
    return Record(
        "听课", DAY, draw(st.sampled_from(["第1节", "第2节", "下午第1节", "8:00", ""])),
        draw(st.sampled_from(["三（1）班", "数学三(1)班", "四2", ""])),
        draw(st.sampled_from(["分数", "《分数》的意义", "小数", ""])), "", "", form, f"{form}{paper}#0",
        f"r{draw(st.integers(0, 3))}",
    )  # fmt: skip


RECORDS = st.lists(records(), max_size=9)


def most(found: Sequence[Record]) -> int:
    """The largest number of which no two may be one, by trying all."""
    for size in range(len(found), 0, -1):
        for some in combinations(found, size):
            if not any(may_be_one(one, other) for one, other in combinations(some, 2)):
                return size
    return 0


@settings(max_examples=often(120), deadline=None)
@given(RECORDS)
def test_counted_is_the_most_of_which_no_two_may_be_one(found: list[Record]) -> None:
    counted = distinct(found, FORMS)
    assert len(counted) == most(found)
    for one in counted:
        assert {one.best, *one.others} <= set(found)


@settings(max_examples=often(120), deadline=None)
@given(RECORDS, records())
def test_a_further_record_never_lowers_the_number(found: list[Record], more: Record) -> None:
    before, after = len(distinct(found, FORMS)), len(distinct([*found, more], FORMS))
    assert before <= after <= before + 1


@settings(max_examples=often(120), deadline=None)
@given(RECORDS, st.randoms(use_true_random=False))
def test_order_never_matters(found: list[Record], random: Random) -> None:
    shuffled = list(dict.fromkeys(found))
    once = distinct(shuffled, FORMS)
    random.shuffle(shuffled)
    assert distinct(shuffled, FORMS) == once


@settings(max_examples=often(120), deadline=None)
@given(records(), records())
def test_that_two_may_be_one_is_said_of_both(one: Record, other: Record) -> None:
    assert may_be_one(one, other) == may_be_one(other, one)


def test_a_hundred_rows_of_one_day_are_counted_at_once() -> None:
    """Nothing that a paper can hold takes long."""
    rows = [Record("听课", DAY, "", "", f"课{n % 50}x{n % 7}", "", "", form, f"{form}#0", f"r{n}")
            for n in range(60) for form in FORMS[3:]]  # fmt: skip
    assert len(distinct(rows, FORMS)) >= 60
