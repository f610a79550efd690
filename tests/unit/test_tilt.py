"""Long lines tell how a page lies, and turned against that they lie level."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as some

from extractors.tilt import rects_of, tilt_of, tilted

Frame = npt.NDArray[np.float64]


def frame(left: float, top: float, width: float, height: float, degrees: float) -> Frame:
    """Four corners of a line, turned around the origin."""
    corners = np.array([[left, top], [left + width, top], [left + width, top + height], [left, top + height]])
    turn = np.radians(degrees)
    return np.asarray(corners @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]), np.float64)


@given(some.floats(-9, 9), some.lists(some.tuples(some.floats(0, 900), some.floats(300, 900)), min_size=2, max_size=9))
def test_long_lines_tell_how_they_lie(degrees: float, lines: list[tuple[float, float]]) -> None:
    frames = [frame(100, top, width, 40, degrees) for top, width in lines]
    short = [frame(500, 20, 60, 40, 0), frame(700, 20, 90, 40, 0)]
    assert tilt_of([*frames, *short]) == pytest.approx(degrees, abs=1e-6)


@given(some.floats(-9, 9))
def test_turned_against_their_tilt_lines_lie_level_and_as_long(degrees: float) -> None:
    frames = [frame(100, top, 600, 40, degrees) for top in (200, 300, 500)]
    page = np.full((900, 900, 3), 255, np.uint8)
    _, moved = tilted(page, frames, tilt_of(frames))
    assert abs(tilt_of(moved)) < 1e-6
    assert [(round(rect.width), round(rect.height)) for rect in rects_of(moved)] == [(600, 40)] * 3


def test_a_line_that_runs_down_the_page_tells_it_too() -> None:
    frames = [np.roll(frame(100, top, 600, 40, 91.0), 0, axis=0) for top in (200, 400)]
    assert tilt_of(frames) == pytest.approx(1.0)


def test_one_line_or_short_ones_tell_nothing() -> None:
    assert tilt_of([]) == 0.0
    assert tilt_of([frame(0, 0, 600, 40, 2)]) == 0.0
    assert tilt_of([frame(0, top, 100, 40, 2) for top in (0, 100, 200)]) == 0.0


def test_what_is_drawn_moves_with_its_frame() -> None:
    page = np.zeros((400, 600, 3), np.uint8)
    page[:, :, 0] = 255
    page[150:170, 100:500, 0] = 0
    line = np.array([[100.0, 150.0], [500.0, 150.0], [500.0, 170.0], [100.0, 170.0]])
    drawn, [moved] = tilted(page, [line], 3.0)
    inside = moved.mean(axis=0).round().astype(int)
    assert drawn[inside[1], inside[0], 0] == 0
    assert not drawn[:, :, 1:].any()
