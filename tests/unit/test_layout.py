"""A law of the geometry: whatever way a grid is merged, its lines give the same cells back."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.layout import Stroke, anchored, grids_of, merge_strokes

Block = tuple[int, int, int, int]


@st.composite
def merged_grids(draw: st.DrawFn) -> tuple[int, int, list[Block]]:
    """Rows, columns, and cells (top, left, bottom, right) that cut the grid up, some of them merged."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    blocks: list[Block] = [(0, 0, rows, columns)]
    for choice in draw(st.lists(st.integers(0, 10_000), max_size=25)):
        block = blocks.pop(choice % len(blocks))
        blocks += _cut(block, random.Random(choice))
    return rows, columns, blocks


def _cut(block: Block, chance: random.Random) -> list[Block]:
    top, left, bottom, right = block
    if chance.random() < 0.5 and bottom - top > 1:
        at = chance.randrange(top + 1, bottom)
        return [(top, left, at, right), (at, left, bottom, right)]
    if right - left > 1:
        at = chance.randrange(left + 1, right)
        return [(top, left, bottom, at), (top, at, bottom, right)]
    return [block]


def lines_around(blocks: list[Block], shake: float) -> list[Stroke]:
    """Each cell's four sides, every side a stroke of its own and a little off."""
    chance = random.Random(5)
    strokes = []
    for top, left, bottom, right in blocks:
        for at in (top, bottom):
            strokes.append(Stroke(True, 50 * at + chance.uniform(-shake, shake), 80 * left, 80 * right))
        for at in (left, right):
            strokes.append(Stroke(False, 80 * at + chance.uniform(-shake, shake), 50 * top, 50 * bottom))
    return strokes


@given(merged_grids())
def test_merged_cells_come_back_from_their_lines(drawn: tuple[int, int, list[Block]]) -> None:
    _, _, blocks = drawn
    [grid] = grids_of(lines_around(blocks, 0.8), 2.5, 10)
    rows = sorted({edge for block in blocks for edge in (block[0], block[2])})
    columns = sorted({edge for block in blocks for edge in (block[1], block[3])})
    expected = {
        (rows.index(top), columns.index(left), rows.index(bottom), columns.index(right))
        for top, left, bottom, right in blocks
    }
    found = {(a.row, a.column, a.row + a.rows, a.column + a.span) for a in grid.areas}
    assert found == expected


@given(merged_grids())
def test_all_lines_of_a_table_are_anchored(drawn: tuple[int, int, list[Block]]) -> None:
    strokes = lines_around(drawn[2], 0.0)
    assert set(anchored(strokes, 2.5, 400)) == set(merge_strokes(strokes, 2.5))


def test_the_upright_of_a_letter_is_no_ruling_line() -> None:
    frame = lines_around([(0, 0, 1, 1)], 0.0)
    letter = Stroke(False, 40, 10, 40)
    assert letter not in anchored([*frame, letter], 2.5, 400)


def test_two_tables_on_a_page_stay_two() -> None:
    upper = lines_around([(0, 0, 1, 2), (1, 0, 2, 1), (1, 1, 2, 2)], 0.0)
    lower = [Stroke(s.lying, s.at + (300 if s.lying else 0), s.start + (0 if s.lying else 300),
                    s.end + (0 if s.lying else 300)) for s in upper]  # fmt: skip
    assert [len(grid.areas) for grid in grids_of([*upper, *lower], 2.5, 10)] == [3, 3]


@pytest.mark.parametrize("missing", [0, 1])
def test_lines_that_close_no_frame_are_no_table(missing: int) -> None:
    frame = [stroke for stroke in lines_around([(0, 0, 1, 1)], 0.0) if stroke.lying != bool(missing)]
    assert grids_of(frame, 2.5, 10) == ()
