"""Cells between lines: places of the finest grid that no line divides, as the rectangles that cells are.

A place is a row and a column of that grid. Places that are open to each other make a shape. A shape that is no
rectangle has a wall too many, as where a photo's frame stands in a cell, or one too few, where a line was not seen: in
the first case it holds one other shape, in the second it would take many cells with it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

Span = tuple[float, float]  # from where to where a line reaches along itself
Place = tuple[int, int]
Shape = frozenset[Place]

LEAST_SEEN = 0.6  # share of a line across a shape that is seen where the rest of it may be missing
MOST_CUTS, DEEPEST = 4, 3  # that are tried for one shape, and one within the other
LARGEST_CUT = 600  # places of a shape; what is larger was drawn by no office


@dataclass(frozen=True, slots=True)
class Block:
    """A cell by the numbers of its edges; bottom and right are the edges behind its last row and column."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def size(self) -> int:
        """How many places it has."""
        return (self.bottom - self.top) * (self.right - self.left)

    def places(self) -> Iterator[Place]:
        """All its places."""
        return product(range(self.top, self.bottom), range(self.left, self.right))

    def joined(self, other: "Block") -> "Block":
        """The smallest block around both."""
        return Block(min(self.top, other.top), min(self.left, other.left),
                     max(self.bottom, other.bottom), max(self.right, other.right))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Walls:
    """Which neighbours a line divides. rows, columns: where the edges are; lying, standing: the lines at each."""

    rows: tuple[float, ...]
    columns: tuple[float, ...]
    lying: tuple[tuple[Span, ...], ...]
    standing: tuple[tuple[Span, ...], ...]

    def below(self, place: Place) -> bool:
        """Is there a line under this place?"""
        row, column = place
        return _seen(self.lying[row + 1], self.columns[column], self.columns[column + 1]) >= 0.5

    def beside(self, place: Place) -> bool:
        """Is there a line on the right of this place?"""
        row, column = place
        return _seen(self.standing[column + 1], self.rows[row], self.rows[row + 1]) >= 0.5

    def open_to(self, place: Place) -> Iterator[Place]:
        """The neighbours on the right of it and below it that no line divides from it."""
        row, column = place
        if column + 2 < len(self.columns) and not self.beside(place):
            yield row, column + 1
        if row + 2 < len(self.rows) and not self.below(place):
            yield row + 1, column


def _seen(lines: Sequence[Span], start: float, end: float) -> float:
    """Which share of the way between two places the lines cover."""
    return sum(max(0.0, min(line[1], end) - max(line[0], start)) for line in lines) / max(end - start, 1e-9)


def blocks_of(walls: Walls) -> dict[Block, bool]:
    """The cells; of each whether a line that is its edge was seen only in part, and taken to go on."""
    every = [place for row in range(len(walls.rows) - 1) for place in product([row], range(len(walls.columns) - 1))]
    shapes, mended = _with_missing_lines(_shapes(every, walls), walls)
    home: dict[Place, Block] = {}
    for shape in shapes:
        _settle(home, _hull(shape))
    touched = {home[place] for shape in mended for place in shape}
    return {block: block in touched for block in home.values()}


def _settle(home: dict[Place, Block], block: Block) -> None:
    """One more block; what it overlaps is drawn in, since a cell is a rectangle."""
    grown = None
    while grown != block:
        grown = block
        for place in grown.places():
            block = block.joined(home.get(place, block))
    home.update(dict.fromkeys(block.places(), block))


def _hull(shape: Collection[Place]) -> Block:
    rows, columns = {row for row, _ in shape}, {column for _, column in shape}
    return Block(min(rows), min(columns), max(rows) + 1, max(columns) + 1)


def _shapes(places: Collection[Place], walls: Walls) -> list[Shape]:
    """The places, those that are open to each other together."""
    waiting = dict.fromkeys(places)
    ways: dict[Place, list[Place]] = {place: [] for place in places}
    for place in places:
        for other in walls.open_to(place):
            if other in ways:
                ways[place].append(other)
                ways[other].append(place)
    found = []
    while waiting:
        reached = [next(iter(waiting))]
        waiting.pop(reached[0])
        for place in reached:
            fresh = [other for other in ways[place] if other in waiting]
            reached += fresh
            for other in fresh:
                del waiting[other]
        found.append(frozenset(reached))
    return found


# --- lines that were not seen ---


def _with_missing_lines(shapes: Sequence[Shape], walls: Walls) -> tuple[list[Shape], list[Shape]]:
    """The shapes, those cut up that would draw other cells in; and which of them came of that."""
    kept, mended = list(shapes), list[Shape]()
    ragged = [shape for shape in shapes if _hull(shape).size > len(shape)]
    for shape in sorted(ragged, key=lambda one: -_hull(one).size):
        if len(shape) <= LARGEST_CUT and not _holds_one(shape, kept):
            parts = _cut_up(shape, walls, DEEPEST)
            if parts:
                kept = [one for one in kept if one != shape] + parts
                mended += parts
    return kept, mended


def _holds_one(shape: Shape, shapes: Sequence[Shape]) -> bool:
    """Whether what a shape lacks to be a rectangle is one other, whole."""
    lacking = {*_hull(shape).places()} - shape
    others = [one for one in shapes if not lacking.isdisjoint(one)]
    return len(others) == 1 and others[0] <= lacking


def _cut_up(shape: Shape, walls: Walls, depth: int) -> list[Shape]:
    """Rectangles that a shape is made of where lines seen in large part go on through it; none if it is not."""
    if _hull(shape).size == len(shape):
        return [shape]
    for halves in _halves(shape, walls)[:MOST_CUTS] if depth else ():
        found = [_cut_up(part, walls, depth - 1) for half in halves for part in _shapes(half, walls)]
        if all(found):
            return [part for parts in found for part in parts]
    return []


def _halves(shape: Shape, walls: Walls) -> list[tuple[list[Place], list[Place]]]:
    """The shape on either side of each line that is seen in large part across it, the most seen first."""
    hull, cuts = _hull(shape), []
    for row in range(hull.top + 1, hull.bottom):
        seen = _seen(walls.lying[row], walls.columns[hull.left], walls.columns[hull.right])
        cuts.append((seen, [one for one in shape if one[0] < row], [one for one in shape if one[0] >= row]))
    for column in range(hull.left + 1, hull.right):
        seen = _seen(walls.standing[column], walls.rows[hull.top], walls.rows[hull.bottom])
        cuts.append((seen, [one for one in shape if one[1] < column], [one for one in shape if one[1] >= column]))
    return [(one, two) for seen, one, two in sorted(cuts, key=lambda cut: -cut[0]) if seen >= LEAST_SEEN]
