"""Trying again: as often as there are waits, no more once it succeeded, and the last answer when it never did."""

from hypothesis import given
from hypothesis import strategies as st

from gengang.trying import tried

WAITS = st.lists(st.floats(0, 100), max_size=4)


@given(WAITS, st.integers(0, 6))
def test_it_is_tried_until_it_succeeds_or_the_waits_are_over(waits: list[float], failures: int) -> None:
    attempts: list[int] = []
    slept: list[float] = []

    def attempt() -> int:
        attempts.append(len(attempts))
        return attempts[-1]

    got = tried(attempt, lambda number: number < failures, waits, slept.append)
    needed = min(failures, len(waits))
    assert got == needed == attempts[-1]
    assert slept == waits[:needed]
