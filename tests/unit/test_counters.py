"""The counters of a run: a line for each night in which something moved or stands otherwise, none for the others."""

from dataclasses import asdict, replace

from hypothesis import given
from hypothesis import strategies as st

from gengang.counters import Counters, lines_of_counters
from gengang.facts import Actor, Fact

ME = Actor("王老师", "office", "办公室电脑", "run")
AT = "2016-12-20T18:30:00Z"
COUNTS = st.builds(Counters, *[st.integers(0, 3)] * 6)


def after(nights: list[Counters]) -> list[Fact]:
    """The lines of some nights, each with the one that ends it."""
    facts: list[Fact] = []
    for night in nights:
        new = [*lines_of_counters(facts, night, ME, AT), Fact("run", "run", {"phase": "done"}, ME, AT)]
        facts += [replace(fact, sequence=len(facts) + number) for number, fact in enumerate(new, 1)]
    return facts


@given(st.lists(COUNTS, max_size=4), COUNTS)
def test_a_night_in_which_something_moved_is_a_line_of_its_own(before: list[Counters], night: Counters) -> None:
    facts = after(before)
    lines = lines_of_counters(facts, night, ME, AT)
    if night.moved or not before:
        [line] = lines
        assert {name: line.data[name] for name in asdict(night)} == asdict(night)
        assert all(line.data != fact.data for fact in facts)


@given(st.lists(COUNTS, max_size=4), COUNTS)
def test_the_same_night_again_without_anything_new_is_no_line(before: list[Counters], night: Counters) -> None:
    facts = after([*before, night])
    assert lines_of_counters(facts, replace(night, arrived=0, read=0, printed=0), ME, AT) == []
