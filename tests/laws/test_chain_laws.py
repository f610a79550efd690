"""Laws of the chain: each number is the sum of what it opens to and the verdict's own, and order does not matter."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gengang.assess import NOTHING_BESIDE, Beside, assess, basis_of
from gengang.chain import Chain, Entry, Figure
from gengang.chain_figures import OPEN_HALVES, SLIPS, UNEXCUSED
from gengang.chaining import chain_of
from gengang.drafting import Judged
from gengang.noted import CopiesCounted, Noted, Seen
from gengang.rulings import Ruling
from gengang.scheme import Scheme
from gengang.schemefile import scheme_from_toml
from gengang.season import Season
from gengang.submission import Paper
from gengang.workspace import preset_text, presets
from tests.laws.test_assess_laws import PERSON, files
from tests.unit.rosters import roster
from tests.unit.seasons import AFTER, DAYS, SCHEME, register, season

CAPS = ("不超过本项分值", "扣分不低于0分")
AS_OF = st.sampled_from([date(2016, 10, 1), date(2016, 12, 7), AFTER])
SEEN = st.lists(st.builds(Seen, st.sampled_from([one.id for one in SCHEME.in_all]), st.integers(0, 25),
                          st.just("王老师"), st.just(date(2016, 12, 5))), max_size=3)  # fmt: skip
RULINGS = st.lists(st.one_of(
    st.builds(Ruling, st.just(1), st.just(PERSON.key), st.just("appeal"), st.just("复核"), st.just("张局长"),
              item=st.sampled_from([one.id for one in SCHEME.items]), points=st.integers(0, 9).map(Decimal)),
    st.builds(Ruling, st.just(2), st.just(PERSON.key), st.sampled_from(["excuse", "make_up"]), st.just("已补"),
              st.just("张局长"), days=st.lists(st.sampled_from(DAYS), min_size=1, max_size=2, unique=True).map(tuple)),
), max_size=3).map(tuple)  # fmt: skip


@st.composite
def besides(draw: st.DrawFn) -> Beside:
    form = st.sampled_from(["study_plan", "reflection", "appraisal"])
    counted = st.builds(CopiesCounted, form, st.integers(0, 3), st.just("王老师"), st.just(date(2016, 12, 5)))
    copies = tuple(draw(st.lists(counted, max_size=1)))
    return Beside(noted=Noted(tuple(draw(SEEN)), copies), rulings=draw(RULINGS))


def chain(found: Sequence[Paper], as_of: date, beside: Beside = NOTHING_BESIDE, scheme: Scheme = SCHEME) -> Chain:
    """The chain of the person to whom all these papers belong, without what a reader saw of them."""
    own = [replace(one, person=PERSON.key) for one in found]
    of_all = Season(roster(PERSON), (), (), rulings={PERSON.key: beside.rulings})
    judged = Judged(scheme, of_all, {PERSON.key: assess(scheme, PERSON, own, as_of, beside)}, {}, (), as_of)
    return chain_of(judged, PERSON, basis_of(scheme, PERSON, own, as_of, beside), {}, {})


def total(entries: Sequence[Entry]) -> Decimal:
    return sum((one.amount for one in entries), Decimal(0))


@settings(max_examples=40, deadline=None)
@given(files(), AS_OF, besides())
def test_each_number_is_the_verdicts_and_the_sum_of_what_it_opens_to(
    found: list[Paper], as_of: date, beside: Beside
) -> None:
    own = [replace(one, person=PERSON.key) for one in found]
    records, verdict = basis_of(SCHEME, PERSON, own, as_of, beside).records, assess(SCHEME, PERSON, own, as_of, beside)
    made = chain(found, as_of, beside)
    presence = records.presence
    wanted = {"workdays": records.days, UNEXCUSED: presence.unexcused, SLIPS: Decimal(presence.slips),
              OPEN_HALVES: Decimal(presence.open_halves)}  # fmt: skip
    for one in made.figures:
        assert one.amount == total(one.items)
        assert one.amount == wanted.get(one.id, records.count(one.id)), one
    assert sum((one.points for one in made.lines), Decimal(0)) == made.points_now
    assert [one.points for one in made.lines] == [one.points for one in verdict.points]
    for line in made.lines:
        assert sum((part.points for part in line.parts), Decimal(0)) == line.points, line


@settings(max_examples=40, deadline=None)
@given(files(), AS_OF, besides())
def test_what_does_not_count_says_why_and_adds_nothing(found: list[Paper], as_of: date, beside: Beside) -> None:
    for figure in chain(found, as_of, beside).figures:
        for one in (*figure.left_out, *(other for item in figure.items for other in item.others)):
            assert one.amount == 0
            assert one.why, one


@settings(max_examples=25, deadline=None)
@given(files(), AS_OF, besides())
def test_a_part_without_a_cause_stands_only_at_an_edge(found: list[Paper], as_of: date, beside: Beside) -> None:
    for line in chain(found, as_of, replace(beside, rulings=())).lines:
        capped = [part for part in line.parts if part.words in CAPS]
        assert not capped or line.points in (0, line.max), line


@settings(max_examples=25, deadline=None)
@given(files(), st.randoms(use_true_random=False), AS_OF, besides())
def test_order_of_arrival_never_matters(found: list[Paper], random: Random, as_of: date, beside: Beside) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)
    assert chain(shuffled, as_of, beside) == chain(found, as_of, beside)


@settings(max_examples=25, deadline=None)
@given(files(), AS_OF)
def test_every_paper_and_every_clause_that_is_named_can_be_looked_up(found: list[Paper], as_of: date) -> None:
    made = chain(found, as_of)
    assert {one.key for one in made.sources} == {one.key for one in found}
    assert set(named(made)) <= {one.id for one in made.clauses}
    figures = {one.id for one in made.figures}
    assert {part.figure for line in made.lines for part in line.parts if part.figure} <= figures
    assert {way.figure for task in made.tasks for way in task.ways if way.figure} <= figures


def named(made: Chain) -> Iterator[str]:
    """Every clause that stands anywhere in a chain."""
    yield from (one.clause for one in made.lines)
    yield from (one.clause for one in made.tasks)
    yield from (one.clause for one in made.lacks)
    yield from (one.clause for one in made.remarks if one.clause)
    yield from (one.clause for one in made.ruled)
    yield from (clause for step in made.steps for clause in step.clauses)


@pytest.mark.parametrize("preset", [name for name, _ in presets()])
@settings(max_examples=4, deadline=None)
@given(found=files())
def test_every_preset_has_its_chain(preset: str, found: list[Paper]) -> None:
    scheme = scheme_from_toml(preset_text(preset))
    made = chain(found, AFTER, scheme=scheme)
    assert bool(made.lines) == bool(scheme.items)
    assert [one.id for one in made.tasks] == [one.id for one in scheme.requirements]
    assert made.steps
    for one in made.figures:
        assert one.amount == total(one.items)


def test_a_whole_season_opens_to_all_its_records() -> None:
    made = chain(season(), AFTER)
    assert made.outcome == "合格"
    assert [(one.name, one.amount) for one in shown(made.figures)] == [
        ("到岗", Decimal(10)), ("听课", Decimal(20)), ("上课", Decimal(3)), ("汇报课", Decimal(1)),
        ("教研活动", Decimal(1)), ("班级活动", Decimal(1)), ("教育教学反思", Decimal(3)), ("研修日志", Decimal(10)),
    ]  # fmt: skip
    assert {one.state for one in made.tasks} == {"met"}
    assert made.lacks == ()


def shown(figures: Sequence[Figure]) -> list[Figure]:
    return [one for one in figures if one.id in {task.measure for task in SCHEME.requirements}]


def test_an_appeal_is_a_part_of_its_line() -> None:
    ruling = Ruling(1, PERSON.key, "appeal", "复核", "张局长", item="R9", points=Decimal(2))
    made = chain([register()], AFTER, Beside(rulings=(ruling,)))
    [line] = [one for one in made.lines if one.item == "R9"]
    assert line.points == 2
    assert line.parts[-1].words == "申诉后改为2分（张局长）"
    assert line.parts[-1].points == 2 - 6
