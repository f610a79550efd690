"""Laws of judged rows: the order of words never matters, one said twice is one, the college's word stands, and no word
brings an item below its records or above its maximum.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from gengang.assess import Beside, Verdict, assess
from gengang.judgements import ASSESSORS, COLLEGE, Judgement, settled
from gengang.submission import Paper
from tests.laws.often import often
from tests.unit.rosters import trainee
from tests.unit.seasons import AFTER, SCHEME, attendance, logs, register, written_papers

PERSON = trainee()
JUDGED = [one for one in SCHEME.items if one.judged_max]
ITEMS = st.sampled_from(JUDGED)
POINTS = st.sampled_from([Decimal(text) for text in ("0", "2", "4.5", "6", "6.0", "9", "20")])
DAYS = st.none() | st.dates(date(2016, 12, 1), date(2016, 12, 4))
WORDS = st.builds(
    Judgement, st.sampled_from([name for one in JUDGED for name in (one.id, one.register)]), POINTS,
    st.sampled_from([*ASSESSORS.values()]), st.sampled_from(["", "李老师"]), DAYS,
    st.sampled_from(["sheet", "desk"]), st.sampled_from(["a#0", "b#0"]),
)  # fmt: skip
REGISTERS = st.none() | st.builds(
    lambda scores: register(**scores),
    st.dictionaries(st.sampled_from(["r3", "r6", "r9", "r10", "r11", "r12"]), st.sampled_from([None, "2", "5"])),
)
COMPUTED = [attendance(), *logs(), *written_papers()]


def judged(words: Iterable[Judgement], paper: Paper | None = None) -> Verdict:
    papers = [*COMPUTED, *([paper] if paper else [])]
    return assess(SCHEME, PERSON, papers, AFTER, Beside(judgements=tuple(words)))


BARE = {one.item: one for one in judged(()).points}


@settings(max_examples=often(40), deadline=None)
@given(st.lists(WORDS, max_size=8), REGISTERS, st.randoms(use_true_random=False))
def test_the_order_of_words_never_matters(words: list[Judgement], paper: Paper | None, random: Random) -> None:
    shuffled = [*words, *random.sample(words, len(words) // 2)]
    random.shuffle(shuffled)
    assert judged(shuffled, paper) == judged(words, paper)


@settings(max_examples=often(40), deadline=None)
@given(st.lists(WORDS, max_size=8), REGISTERS)
def test_no_word_brings_an_item_below_its_records_or_above_what_it_can_be(
    words: list[Judgement], paper: Paper | None
) -> None:
    for line in judged(words, paper).points:
        assert BARE[line.item].points <= line.points <= line.at_most <= BARE[line.item].at_most <= line.max


@settings(max_examples=often(200), deadline=None)
@given(ITEMS, st.lists(WORDS, max_size=6), POINTS)
def test_the_colleges_last_word_stands_above_everybodys(item: object, words: list[Judgement], points: Decimal) -> None:
    [asked] = [one for one in JUDGED if one == item]
    said = [replace(one, item=asked.id, on=one.on or date(2016, 12, 1)) for one in words]
    last = Judgement(asked.id, points, COLLEGE, "王老师", date(2016, 12, 9))
    found = settled(asked, [*said, last])
    assert (found.counts, found.asked) == (last, ())


@settings(max_examples=often(200), deadline=None)
@given(ITEMS, st.lists(WORDS, max_size=6))
def test_what_counts_was_said_and_what_is_asked_is_not_counted(item: object, words: list[Judgement]) -> None:
    [asked] = [one for one in JUDGED if one == item]
    said = [replace(one, item=asked.register) for one in words]
    found = settled(asked, said)
    assert found.counts is None or found.counts in said
    assert not (found.counts and found.asked)
    assert len({one.points for one in found.asked}) == len(found.asked) != 1
    own = {one.assessor for one in said} & {COLLEGE, asked.assessor}
    assert bool(own) == bool(found.counts or found.asked)


@settings(max_examples=often(60), deadline=None)
@given(st.lists(WORDS, max_size=5), WORDS)
def test_a_proposal_never_changes_points(words: list[Judgement], more: Judgement) -> None:
    item = next(one for one in JUDGED if more.is_of(one))
    proposer = next(one for one in ASSESSORS.values() if one not in (COLLEGE, item.assessor))
    before, after = judged(words), judged([*words, replace(more, assessor=proposer)])
    assert [one.points for one in before.points] == [one.points for one in after.points]
    assert (before.outcome, before.score) == (after.outcome, after.score)
