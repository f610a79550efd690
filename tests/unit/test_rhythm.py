"""Rhythms: stretches tile the window, and only those that are over can be missed."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengang.rhythm import kept, kept_words, stretches
from gengang.scheme import Alternative, Calendar, Per, Phase, Requirement

DAYS = st.dates(date(2015, 1, 1), date(2026, 12, 31))
LONG: list[Per] = [per for per in get_args(Per) if per not in ("total", "workday")]


def asked(per: Per, need: int = 1, **more: object) -> Requirement:
    return Requirement("r", "周报", "weekly_report", Decimal(need), "份", "P2-03", "warn", True, per, **more)  # type: ignore[arg-type]


@given(DAYS, st.integers(0, 400), st.sampled_from(LONG))
def test_stretches_tile_the_window(start: date, length: int, per: Per) -> None:
    end = start + timedelta(length)
    found = stretches(Calendar(start, end), per)
    assert (found[0].first, found[-1].last) == (start, end)
    assert all(one.last + timedelta(1) == two.first for one, two in pairwise(found))
    assert all(one.first <= one.last for one in found)


@pytest.mark.parametrize(
    ("per", "names"),
    [
        ("month", ["9月", "10月", "11月"]),
        ("quarter", ["9月1日至11月30日"]),
        ("term", ["9月1日至11月30日"]),
        ("week", [f"第{number}周" for number in range(1, 14)]),
    ],
)
def test_stretches_are_named_as_they_are_said(per: Per, names: list[str]) -> None:
    assert [one.name for one in stretches(Calendar(date(2016, 9, 1), date(2016, 11, 30)), per)] == names


def test_months_from_the_last_day_of_one() -> None:
    found = stretches(Calendar(date(2016, 1, 31), date(2016, 5, 1)), "month")
    assert [(one.first, one.last) for one in found] == [
        (date(2016, 1, 31), date(2016, 2, 28)), (date(2016, 2, 29), date(2016, 3, 30)),
        (date(2016, 3, 31), date(2016, 4, 29)), (date(2016, 4, 30), date(2016, 5, 1)),
    ]  # fmt: skip


def test_working_days_are_stretches_of_their_own() -> None:
    found = stretches(Calendar(date(2016, 9, 30), date(2016, 10, 9)), "workday")
    assert [one.name for one in found] == ["9月30日", "10月8日", "10月9日"]


def test_without_a_last_day_weeks_go_on_and_only_those_that_are_over_are_asked() -> None:
    calendar = Calendar(date(2026, 3, 2), None, kind="open")
    reports = {"weekly_report": [date(2026, 3, 4)]}
    for day, passed, missed in (
        (8, 0, []),
        (9, 1, []),
        (15, 1, []),
        (16, 2, ["第2周"]),
        (31, 4, ["第2周", "第3周", "第4周"]),
    ):
        found = kept(asked("week"), reports, calendar, (), date(2026, 3, day))
        assert (len(found.passed), [one.name for one in found.missed]) == (passed, missed)
    assert kept(asked("week"), reports, calendar, (), date(2026, 2, 1)).passed == ()


def test_a_name_that_says_how_often_is_not_said_twice() -> None:
    named = replace(asked("week"), name="每周主要任务", unit="项")
    found = kept(named, {}, Calendar(date(2026, 3, 2), date(2026, 3, 15)), (), date(2026, 3, 9))
    assert kept_words(named, found) == "每周主要任务：第1周不够（每周主要任务不少于1项）"


def test_without_a_window_nothing_is_missed() -> None:
    found = kept(asked("week"), {}, Calendar(None, None, kind="open"), (), date(2026, 1, 1))
    assert (found.passed, found.missed) == ((), ())


WINDOW = Calendar(date(2026, 3, 2), date(2026, 4, 12), kind="weeks", weeks=6)
CARRY_OUT = Phase("carry_out", "实施阶段", date(2026, 3, 9), date(2026, 4, 5), (), "P2-01")


def test_a_phase_asks_only_in_its_weeks_and_only_in_those_that_are_over() -> None:
    days = {"weekly_report": [date(2026, 3, 13), date(2026, 3, 27)]}
    one = asked("week", phase="carry_out")
    found = kept(one, days, WINDOW, (CARRY_OUT,), date(2026, 4, 6))
    assert [each.name for each in found.missed] == ["第3周", "第5周"]
    assert kept_words(one, found) == "周报：第3周、第5周不够（每周周报不少于1份）"
    early = kept(one, days, WINDOW, (CARRY_OUT,), date(2026, 3, 22))
    assert [each.name for each in early.passed] == ["第2周"]
    assert kept_words(one, early) == ""


def test_more_than_the_most_is_shown_and_not_missed() -> None:
    days = {"weekly_report": [date(2026, 3, day) for day in (3, 4, 5, 6)]}
    found = kept(asked("week", 2, most=Decimal(3)), days, WINDOW, (), date(2026, 3, 9))
    assert ([one.name for one in found.over], found.missed) == (["第1周"], ())


def test_of_two_ways_the_one_that_was_kept_better_is_looked_at() -> None:
    ways = (
        Alternative("book", Decimal(1), "month", "读书", "本"),
        Alternative("shop", Decimal(1), "quarter", "工作坊", "次"),
    )
    year = Calendar(date(2026, 1, 1), date(2026, 6, 30))
    one = asked("total", alternatives=ways)
    books = [date(2026, month, 5) for month in (1, 2, 3, 4, 5)]
    found = kept(one, {"book": books, "shop": []}, year, (), date(2026, 7, 1))
    assert ([each.name for each in found.missed], found.way) == (["6月"], "每月读书不少于1本")
    both = kept(one, {"book": books, "shop": [date(2026, 3, 1), date(2026, 4, 1)]}, year, (), date(2026, 7, 1))
    assert (both.missed, both.way) == ((), "每季度工作坊不少于1次")


@given(st.lists(DAYS, max_size=30), DAYS, st.integers(0, 200), st.sampled_from(LONG), DAYS)
def test_a_further_record_never_makes_another_stretch_missed(
    days: list[date], start: date, length: int, per: Per, further: date
) -> None:
    window = Calendar(start, start + timedelta(length))
    first, then = (
        kept(asked(per), {"weekly_report": found}, window, (), date(2027, 1, 1)) for found in (days, [*days, further])
    )
    assert set(then.missed) <= set(first.missed)
