"""Cells between lines: every rectangle is found again, also where a piece of a line was not seen."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as some

from extractors.walls import Block, Span, Walls, blocks_of


def walls_around(cells: Sequence[Block], rows: int, columns: int) -> Walls:
    """What frames these cells, every edge at ten times its number."""
    lying: list[list[Span]] = [[] for _ in range(rows + 1)]
    standing: list[list[Span]] = [[] for _ in range(columns + 1)]
    for cell in cells:
        for edge in (cell.top, cell.bottom):
            lying[edge] += [(10.0 * one, 10.0 * one + 10) for one in range(cell.left, cell.right)]
        for edge in (cell.left, cell.right):
            standing[edge] += [(10.0 * one, 10.0 * one + 10) for one in range(cell.top, cell.bottom)]
    places = [tuple(10.0 * number for number in range(count + 1)) for count in (rows, columns)]
    once = [tuple(tuple(sorted(set(spans))) for spans in lines) for lines in (lying, standing)]
    return Walls(places[0], places[1], once[0], once[1])


def without(walls: Walls, edge: int, gone: Span) -> Walls:
    """The same with a piece of a lying line unseen."""
    lying = list(walls.lying)
    lying[edge] = tuple(span for span in lying[edge] if not gone[0] <= span[0] < gone[1])
    return Walls(walls.rows, walls.columns, tuple(lying), walls.standing)


@some.composite
def tables(draw: some.DrawFn) -> tuple[list[Block], int, int]:
    """A table cut into cells again and again, and how many rows and columns it has."""
    rows, columns = draw(some.integers(1, 8)), draw(some.integers(1, 8))
    waiting, cells = [Block(0, 0, rows, columns)], []
    while waiting:
        cell = waiting.pop()
        ways = [*(("row", at) for at in range(cell.top + 1, cell.bottom)),
                *(("column", at) for at in range(cell.left + 1, cell.right))]  # fmt: skip
        cut = draw(some.sampled_from([None, *ways]))
        if cut is None:
            cells.append(cell)
        elif cut[0] == "row":
            waiting += [
                Block(cell.top, cell.left, cut[1], cell.right),
                Block(cut[1], cell.left, cell.bottom, cell.right),
            ]
        else:
            waiting += [
                Block(cell.top, cell.left, cell.bottom, cut[1]),
                Block(cell.top, cut[1], cell.bottom, cell.right),
            ]
    return cells, rows, columns


@given(tables())
def test_every_cell_between_whole_lines_is_found(table: tuple[list[Block], int, int]) -> None:
    cells, rows, columns = table
    assert blocks_of(walls_around(cells, rows, columns)) == dict.fromkeys(cells, False)


@given(some.integers(3, 7), some.integers(4, 9), some.data())
def test_where_a_piece_of_a_line_was_not_seen_the_cells_beside_it_are_asked_about_and_no_other(
    rows: int, columns: int, data: some.DataObject
) -> None:
    """A row of one wide cell below rows of narrow ones: the line between was not seen under one of these."""
    edge = data.draw(some.integers(1, rows - 2))
    column = data.draw(some.integers(0, columns - 1))
    narrow = [Block(row, at, row + 1, at + 1) for row in range(rows) if row != edge for at in range(columns)]
    wide = Block(edge, 0, edge + 1, columns)
    walls = without(walls_around([*narrow, wide], rows, columns), edge, (10.0 * column, 10.0 * column + 10))
    found = blocks_of(walls)
    assert set(found) == {*narrow, wide}
    assert {cell for cell, mended in found.items() if mended} == {wide, Block(edge - 1, column, edge, column + 1)}


def test_a_frame_within_a_cell_is_part_of_it() -> None:
    cells = [Block(0, 0, 4, 2), Block(0, 2, 4, 6), Block(4, 0, 6, 6)]
    frame = walls_around([*cells, Block(1, 3, 3, 5)], 6, 6)
    assert blocks_of(frame) == dict.fromkeys(cells, False)


def test_a_photo_over_the_line_below_its_cell_takes_no_other_cells_with_it() -> None:
    left = [Block(row, column, row + 1, column + 1) for row in range(4) for column in range(4)]
    photo, below = Block(0, 4, 4, 7), Block(4, 0, 5, 7)
    whole = walls_around([*left, photo, below, Block(2, 5, 4, 7)], 5, 7)
    found = blocks_of(without(whole, 4, (50.0, 70.0)))
    assert set(found) == {*left, photo, below}
    assert {cell for cell, mended in found.items() if mended} == {photo, below}


def test_what_no_line_explains_is_one_cell() -> None:
    walls = walls_around([Block(0, 0, 1, 3), Block(1, 0, 3, 1), Block(1, 1, 3, 3)], 3, 3)
    assert blocks_of(without(walls, 1, (0.0, 30.0))) == {Block(0, 0, 3, 3): False}
