"""Ruling lines to grids of cells, and cells to rows: the geometry that a printed page and a scan have in common.

Pure: coordinates in, values out; x grows to the right and y downwards, in any unit.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.walls import Span, Walls, blocks_of

MOST_PLACES = 20_000  # of the finest grid of a table: no form comes near, and each costs time


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Right less left."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Bottom less top."""
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        """x and y of the middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, point: tuple[float, float]) -> bool:
        """Whether the point lies inside or on the left or top edge."""
        return self.left <= point[0] < self.right and self.top <= point[1] < self.bottom

    def overlap(self, other: "Rect") -> float:
        """Area that both cover."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, width) * max(0.0, height)

    def joined(self, other: "Rect") -> "Rect":
        """The smallest rectangle around both."""
        return Rect(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


LEAST_WIDE = 1.2  # width of two pages side by side over their height


def is_wide(width: float, height: float) -> bool:
    """Whether two pages may lie side by side there."""
    return LEAST_WIDE * height <= width


def moved(rect: Rect, by: float) -> Rect:
    """The rectangle so far to the right."""
    return replace(rect, left=rect.left + by, right=rect.right + by)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A ruling line. at: its y when it lies, its x when it stands; start, end: how far it reaches along itself."""

    lying: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Area:
    """One cell of a grid as it is seen. row, column: its first grid row and column from 0; rows, span: how many.

    mended: a part of its frame was not seen and taken to be where a line beside it goes on.
    """

    row: int
    column: int
    rows: int
    span: int
    rect: Rect
    mended: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """One ruled table. columns: x of its standing edges; areas: from top to bottom, then left to right."""

    rect: Rect
    columns: tuple[float, ...]
    areas: tuple[Area, ...]


def grids_of(strokes: Iterable[Stroke], tolerance: float, smallest: float, lowest: float = 0.0) -> tuple[Grid, ...]:
    """The ruled tables of a page from top to bottom.

    tolerance: how far apart two lines may be and still be one; smallest: least width of a table; lowest: its least
    height, half of its least width where it is not given.
    """
    given = tuple(strokes)
    groups = _touching(merge_strokes(given, tolerance), tolerance)
    found = [_grid_of(part, tolerance) for group in groups for part in _parted(group, given, tolerance)]
    high = lowest or smallest / 2
    tables = [grid for grid in found if grid is not None and grid.rect.width >= smallest and grid.rect.height >= high]
    outer = [grid for grid in tables if not any(_inside(grid.rect, other.rect) for other in tables)]
    return tuple(sorted(outer, key=lambda grid: (grid.rect.top, grid.rect.left)))


def _inside(inner: Rect, outer: Rect) -> bool:
    """A table inside another's cell is left to that cell: its text is not lost, its rows are."""
    return inner != outer and outer.overlap(inner) > 0.9 * inner.width * inner.height


def merge_strokes(strokes: Iterable[Stroke], tolerance: float) -> tuple[Stroke, ...]:
    """Strokes that continue or repeat each other become one."""
    merged: list[Stroke] = []
    given = tuple(strokes)
    for lying in (True, False):
        same = [stroke for stroke in given if stroke.lying == lying]
        for group in _groups_by([stroke.at for stroke in same], tolerance):
            members = sorted((same[index] for index in group), key=lambda stroke: stroke.start)
            merged += _joined_runs(members, tolerance)
    return tuple(merged)


def anchored(strokes: Iterable[Stroke], tolerance: float, long: float) -> tuple[Stroke, ...]:
    """Strokes merged, and of those only what meets others at both ends, or at one when it is long.

    In a scan the upright parts of letters are strokes too, but they end in the white of their cell. One that letters
    over the table made longer is cut back to the lines it meets.
    """
    merged = merge_strokes(strokes, tolerance)
    kept = []
    for stroke in merged:
        crossed = sorted(other.at for other in merged if _cuts(other, stroke, tolerance))
        ends = sum(
            any(_crosses(other, stroke, end, tolerance) for other in merged) for end in (stroke.start, stroke.end)
        )
        if ends == 2 or (ends == 1 and stroke.end - stroke.start >= long):
            kept.append(stroke)
        elif crossed and crossed[-1] - crossed[0] > 3 * tolerance:
            kept.append(replace(stroke, start=crossed[0], end=crossed[-1]))
    return tuple(kept)


def _cuts(other: Stroke, stroke: Stroke, tolerance: float) -> bool:
    """Whether another stroke runs across this one, or meets it."""
    if other.lying == stroke.lying or not stroke.start - 2 * tolerance <= other.at <= stroke.end + 2 * tolerance:
        return False
    return other.start - 2 * tolerance <= stroke.at <= other.end + 2 * tolerance


def _crosses(other: Stroke, stroke: Stroke, end: float, tolerance: float) -> bool:
    if other.lying == stroke.lying or abs(other.at - end) > 2 * tolerance:
        return False
    return other.start - 2 * tolerance <= stroke.at <= other.end + 2 * tolerance


def _joined_runs(members: Sequence[Stroke], tolerance: float) -> list[Stroke]:
    runs: list[list[Stroke]] = []
    end = float("-inf")
    for stroke in members:
        if stroke.start <= end + 2 * tolerance:
            runs[-1].append(stroke)
        else:
            runs.append([stroke])
            end = stroke.end
        end = max(end, stroke.end)
    return [_one_stroke(run) for run in runs]


def _one_stroke(run: Sequence[Stroke]) -> Stroke:
    weight = sum(max(stroke.end - stroke.start, 1e-6) for stroke in run)
    at = sum(stroke.at * max(stroke.end - stroke.start, 1e-6) for stroke in run) / weight
    return Stroke(run[0].lying, at, min(stroke.start for stroke in run), max(stroke.end for stroke in run))


def _groups_by(positions: Sequence[float], tolerance: float) -> list[list[int]]:
    """Indices grouped so that neighbours in a group lie within the tolerance."""
    order = sorted(range(len(positions)), key=lambda index: positions[index])
    groups: list[list[int]] = []
    for index in order:
        if groups and positions[index] - positions[groups[-1][-1]] <= tolerance:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def edges_of(positions: Sequence[float], tolerance: float) -> tuple[float, ...]:
    """Positions clustered: one value for each line that is really there."""
    groups = _groups_by(positions, tolerance)
    return tuple(sum(positions[index] for index in group) / len(group) for group in groups)


def _touching(strokes: Sequence[Stroke], tolerance: float) -> list[list[Stroke]]:
    """Groups of strokes that cross or meet, at least two lying and two standing in each."""
    owner = list(range(len(strokes)))

    def root(index: int) -> int:
        while owner[index] != index:
            owner[index] = owner[owner[index]]
            index = owner[index]
        return index

    standing = [index for index, stroke in enumerate(strokes) if not stroke.lying]
    for first, lying in enumerate(strokes):
        if lying.lying:
            for second in standing:
                if _meet(lying, strokes[second], 2 * tolerance):
                    owner[root(first)] = root(second)
    groups: dict[int, list[Stroke]] = {}
    for index, stroke in enumerate(strokes):
        groups.setdefault(root(index), []).append(stroke)
    return [group for group in groups.values() if _is_frame(group)]


def _parted(group: Sequence[Stroke], given: Sequence[Stroke], tolerance: float) -> Iterator[Sequence[Stroke]]:
    """Tables that stand so close below each other that their strokes seem to go on. given: the strokes as drawn."""
    start, rest = float("-inf"), sorted(_gaps_in(group, given, tolerance))
    for end in [*rest, float("inf")]:
        part = [cut for stroke in group if (cut := _between(stroke, start, end)) is not None]
        if _is_frame(part):
            yield part
        start = end


def _gaps_in(group: Sequence[Stroke], given: Sequence[Stroke], tolerance: float) -> Iterator[float]:
    """Heights between two lines too near for a row, which no standing stroke passes."""
    rows = edges_of([stroke.at for stroke in group if stroke.lying], tolerance)
    across = [stroke.at for stroke in group if not stroke.lying]
    standing = [s for s in given if not s.lying and min(across) - tolerance <= s.at <= max(across) + tolerance]
    for top, bottom in pairwise(rows):
        middle = (top + bottom) / 2
        if bottom - top <= 3 * tolerance and not any(s.start < middle < s.end for s in standing):
            yield middle


def _between(stroke: Stroke, start: float, end: float) -> Stroke | None:
    """The part of a stroke between two heights."""
    if stroke.lying:
        return stroke if start <= stroke.at < end else None
    top, bottom = max(stroke.start, start), min(stroke.end, end)
    return replace(stroke, start=top, end=bottom) if top < bottom else None


def _meet(lying: Stroke, standing: Stroke, reach: float) -> bool:
    return (
        lying.start - reach <= standing.at <= lying.end + reach
        and standing.start - reach <= lying.at <= standing.end + reach
    )


def _is_frame(group: Sequence[Stroke]) -> bool:
    lying = sum(stroke.lying for stroke in group)
    return lying >= 2 and len(group) - lying >= 2


def _grid_of(strokes: Sequence[Stroke], tolerance: float) -> Grid | None:
    rows = edges_of([stroke.at for stroke in strokes if stroke.lying], tolerance)
    columns = edges_of([stroke.at for stroke in strokes if not stroke.lying], tolerance)
    if len(rows) < 2 or len(columns) < 2 or (len(rows) - 1) * (len(columns) - 1) > MOST_PLACES:
        return None
    blocks = blocks_of(_walls(rows, columns, strokes, tolerance))
    used_columns = sorted({edge for block in blocks for edge in (block.left, block.right)})
    used_rows = sorted({edge for block in blocks for edge in (block.top, block.bottom)})
    areas = [
        Area(
            used_rows.index(block.top),
            used_columns.index(block.left),
            used_rows.index(block.bottom) - used_rows.index(block.top),
            used_columns.index(block.right) - used_columns.index(block.left),
            Rect(columns[block.left], rows[block.top], columns[block.right], rows[block.bottom]),
            mended,
        )
        for block, mended in blocks.items()
    ]
    areas.sort(key=lambda area: (area.row, area.column))
    rect = Rect(columns[0], rows[0], columns[-1], rows[-1])
    return Grid(rect, tuple(columns[edge] for edge in used_columns), tuple(areas))


def _walls(rows: Sequence[float], columns: Sequence[float], strokes: Sequence[Stroke], tolerance: float) -> Walls:
    def near(at: float, lying: bool) -> tuple[Span, ...]:
        same = (stroke for stroke in strokes if stroke.lying == lying and abs(stroke.at - at) <= tolerance)
        return tuple((stroke.start, stroke.end) for stroke in same)

    lying, standing = (tuple(near(at, way) for at in edges) for edges, way in ((rows, True), (columns, False)))
    return Walls(tuple(rows), tuple(columns), lying, standing)
