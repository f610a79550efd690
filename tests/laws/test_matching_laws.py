"""Matching on generated counties: no automatic link is wrong, and no order of people or papers matters."""

import random
from collections import Counter
from dataclasses import replace

import pytest

from benchmarks.matching import SHARED, County, county, outcome
from gengang.reconcile import Match, lookup_of, match_in
from gengang.roster import Roster

SEEDS = range(2016, 2024)


def found_in(roster: Roster, made: County) -> list[Match]:
    lookup = lookup_of(roster)
    return [match_in(lookup, case.paper) for case in made.cases]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_automatic_link_is_wrong_where_three_in_ten_share_a_name(seed: int) -> None:
    made = county(100, 600, seed)
    bearers = Counter(person.name for person in made.roster.trainees)
    assert sum(number for number in bearers.values() if number > 1) >= SHARED * 100
    found = found_in(made.roster, made)
    counts = Counter(outcome(case, one) for case, one in zip(made.cases, found, strict=True))
    assert counts["wrong"] == 0
    assert counts["right"] > 600 * 0.5
    assert counts["asked"] > 10 * counts["asked of others"]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_order_matters(seed: int) -> None:
    made = county(60, 200, seed)
    chance = random.Random(seed)
    people, schools = list(made.roster.trainees), list(made.roster.schools)
    chance.shuffle(people)
    chance.shuffle(schools)
    order = chance.sample(range(len(made.cases)), len(made.cases))
    turned = replace(made.roster, trainees=tuple(people), schools=tuple(schools))
    again = found_in(turned, County(turned, tuple(made.cases[at] for at in order)))
    before = found_in(made.roster, made)
    assert again == [before[at] for at in order]


def test_a_county_has_every_mistake_and_strangers() -> None:
    made = county(100, 600, 2016)
    counts = Counter(outcome(case, one) for case, one in zip(made.cases, found_in(made.roster, made), strict=True))
    assert {"right", "asked", "none", "nobody"} <= set(counts)
    assert any(case.truth == "" for case in made.cases)
    assert any(str(case.paper.values.get("name", "")).endswith("□") for case in made.cases)
    assert any(case.paper.values.get("id_number") == "13800138000" for case in made.cases)
