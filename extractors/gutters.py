"""Two pages side by side on one picture: where the gutter between them runs, and the halves put together again.

Geometry alone: it knows no form. A table, a ruling line or a line of text that crosses the middle makes it one page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.layout import Grid, Rect, is_wide, moved
from extractors.paper import Page, PrintedLine, Table

# Shares of the width: the narrowest gutter, and how far from the middle it may be cut.
LEAST_GUTTER = 0.02
MOST_OFF = 0.06


def gutter_of(
    things: Sequence[Rect], tables: Sequence[Rect], lines: Sequence[Rect], width: float, height: float
) -> float | None:
    """Where to cut a picture that may be two pages, each higher than wide; None where it is one page.

    things: what may not be cut, such as lines of text; lines: what may be ruling, or the edge of the paper over or
    under all that stands on it. A picture without any table is left whole: loose text may stand in two columns.
    """
    if not tables or not is_wide(width, height):
        return None
    solid = [*things, *tables]
    top, bottom = min(one.top for one in solid), max(one.bottom for one in solid)
    solid += [line for line in lines if top <= line.top <= bottom]
    edge = LEAST_GUTTER * width / 2
    cuts = [min(max(width / 2, start + edge), end - edge)
            for start, end in _free(solid, width) if end - start >= 2 * edge]  # fmt: skip
    cut = min(cuts, key=lambda one: abs(one - width / 2), default=0.0)
    return cut if abs(cut - width / 2) <= MOST_OFF * width and max(cut, width - cut) < height else None


def _free(things: Sequence[Rect], width: float) -> Iterator[tuple[float, float]]:
    """Stretches across the picture over which nothing stands."""
    reached = 0.0
    for thing in sorted(things, key=lambda one: one.left):
        if thing.left > reached:
            yield reached, thing.left
        reached = max(reached, thing.right)
    if reached < width:
        yield reached, width


def with_halves(whole: Page, left: Page, right: Page) -> Page:
    """A page that may be two, with what it then is."""
    edge, high = left.width / (left.width + right.width), max(left.height, right.height)
    halves = (replace(left, half=1, window=(0.0, 0.0, edge, left.height / high)),
              replace(right, half=2, window=(edge, 0.0, 1.0, right.height / high)))  # fmt: skip
    return replace(whole, halves=halves)


def joined_page(left: Page, right: Page) -> Page:
    """The one page that two halves of a picture are, where they are no two."""
    beside = _moved(right, left.width)
    tables = sorted([*left.tables, *beside.tables], key=lambda table: table.grid.rect.top)
    loose = sorted([*left.loose, *beside.loose], key=lambda line: line.rect.centre[1])
    seals = None if left.seals is None or beside.seals is None else left.seals + beside.seals
    whole = replace(left, width=left.width + right.width, height=max(left.height, right.height), tables=tuple(tables),
                    loose=tuple(loose), findings=(), mark=left.mark or right.mark,
                    separator=left.separator or right.separator, seals=seals)  # fmt: skip
    return with_halves(whole, left, right)


def _moved(page: Page, by: float) -> Page:
    tables = tuple(_moved_table(table, by) for table in page.tables)
    seals = None if page.seals is None else tuple(moved(seal, by) for seal in page.seals)
    return replace(page, tables=tables, loose=_moved_lines(page.loose, by), seals=seals)


def _moved_table(table: Table, by: float) -> Table:
    areas = tuple(replace(area, rect=moved(area.rect, by)) for area in table.grid.areas)
    grid = Grid(moved(table.grid.rect, by), tuple(edge + by for edge in table.grid.columns), areas)
    contents = tuple(replace(content, lines=_moved_lines(content.lines, by)) for content in table.contents)
    return Table(grid, contents)


def _moved_lines(lines: Sequence[PrintedLine], by: float) -> tuple[PrintedLine, ...]:
    return tuple(replace(line, rect=moved(line.rect, by)) for line in lines)
