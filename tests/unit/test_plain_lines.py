"""Progress in a log: few plain lines, none for what is quick, and the end of what was slow."""

from hypothesis import given
from hypothesis import strategies as st

from gengang.cli_shared import EVERY_SECONDS, PlainLines


def said(seconds: list[float]) -> list[str]:
    """What is said of a stage whose steps take so many seconds."""
    lines: list[str] = []
    now = 0.0
    plain = PlainLines(lines.append, lambda: now)
    plain.told("读取", 0, len(seconds))
    for number, step in enumerate(seconds, 1):
        now += step
        plain.told("读取", number, len(seconds))
    return lines


def test_a_quick_stage_says_nothing() -> None:
    assert said([0.1] * 50) == []


def test_a_slow_one_says_how_far_it_is_and_its_end() -> None:
    assert said([20.0, 20.0, 5.0]) == ["读取 2/3", "读取 3/3"]


@given(st.lists(st.floats(0, 100), max_size=30))
def test_lines_are_few_and_the_end_of_what_spoke_is_told_once(seconds: list[float]) -> None:
    lines = said(seconds)
    assert len(lines) <= sum(seconds) / EVERY_SECONDS + 1
    assert lines == list(dict.fromkeys(lines))
    assert lines == [] or lines[-1] == f"读取 {len(seconds)}/{len(seconds)}"
