"""A row that a page break cut in two to one row again, as far as the form says that it was one.

Knows the form; tables that go on over pages have been put together before, and lists keep their rows as they stand.
"""

from collections.abc import Sequence
from dataclasses import replace

from extractors.align import Plan
from extractors.paper import NEAR_BOTTOM, may_go_on
from extractors.parts import rows_fitting
from gengang.sheet import Cell, Row, squeezed


def with_cut_rows_joined(plan: Plan, rows: Sequence[Row]) -> list[Row]:
    """The rows; what stands at the head of a page and goes on in every cell is part of the row at the foot before.

    Where it may be a row of the form that is not seen elsewhere, both are left with their cells unread; so is the row
    at the foot where nobody knows what stands at the head.
    """
    kept: list[Row] = []
    for row in rows:
        if not kept or not _may_be_rest(plan, kept[-1], row):
            cut = bool(kept) and _is_cut_list(plan, kept[-1], row)
            if kept and (cut or _hangs(plan, kept[-1], row)):
                kept[-1] = _unread(kept[-1])
            kept.append(_unread(row) if cut else row)
        elif _may_be_own(plan, kept[-1], row, rows):
            kept[-1] = _unread(kept[-1])
            kept.append(_unread(row))
        else:
            kept[-1] = _joined(kept[-1], row)
    return kept


def _may_be_rest(plan: Plan, before: Row, row: Row) -> bool:
    """Whether a row at the head of a page, no row of the form by itself, has text only where the one above has text."""
    if not _is_behind_break(before, row) or not _is_one_table(before, row):
        return False
    if _is_of_list(plan, row):
        return False
    known = any(squeezed(cell.text) in plan.labels for cell in row.cells)
    if known or (rows_fitting(plan, before) and rows_fitting(plan, row)):
        return False
    return any(cell.text.strip() for cell in row.cells) and all(
        not more.text.strip() or _is_written(plan, cell) for cell, more in zip(before.cells, row.cells, strict=True)
    )


def _hangs(plan: Plan, before: Row, row: Row) -> bool:
    """Whether a row of other columns, or of another table, at the head of a page is none of the form's.

    Its words may be of the row above: a photo shows what goes on over a page as narrower, or wider, than it began.
    """
    if not _is_behind_break(before, row) or _is_one_table(before, row):
        return False
    told = _is_of_list(plan, row) or rows_fitting(plan, row)
    return not told and any(_is_written(plan, cell) for cell in row.cells)


def _is_cut_list(plan: Plan, before: Row, row: Row) -> bool:
    """Whether a list's row at the head of a page, in what a photo shows as another table, may be the rest of one."""
    if not _is_behind_break(before, row) or row.table == before.table or len(row.cells) != len(before.cells):
        return False
    lists = _is_of_list(plan, row) and not rows_fitting(plan, row)
    return lists and may_go_on(before, [cell.text for cell in row.cells])


def _is_of_list(plan: Plan, row: Row) -> bool:
    return any(pattern.row.loop and len(pattern.labels) == len(row.cells) for pattern in plan.rows)


def _is_one_table(before: Row, row: Row) -> bool:
    return row.table == before.table and _columns_of(before) == _columns_of(row)


def _columns_of(row: Row) -> list[tuple[int, int]]:
    return [(cell.column, cell.span) for cell in row.cells]


def _is_behind_break(before: Row, row: Row) -> bool:
    """Whether a row of a table stands at the head of the page behind that at whose foot the other one's does."""
    if not row.table or not before.table:
        return False
    foot, head = (one.cells[0].place if one.cells else None for one in (before, row))
    if foot is None or head is None or foot.page is None or head.page != foot.page + 1 or foot.box is None:
        return False
    return foot.box[3] > NEAR_BOTTOM


def _is_written(plan: Plan, cell: Cell) -> bool:
    """Whether more stands in a cell than a label."""
    words = squeezed(cell.text)
    return bool(words) and words not in plan.labels


def _may_be_own(plan: Plan, before: Row, row: Row, rows: Sequence[Row]) -> bool:
    """Whether the form has a row of as many cells that none of the rows shows, or more rows without any words."""
    alike = [number for number, pattern in enumerate(plan.rows) if len(pattern.labels) == len(row.cells)]
    bare = sum(bool(plan.rows[number].row.slots) and not plan.rows[number].printed for number in alike)
    if bare > (0 if rows_fitting(plan, before) else 1):
        return True
    seen = {number for one in rows for number in rows_fitting(plan, one)}
    return any(plan.rows[number].printed and number not in seen for number in alike)


def _joined(before: Row, row: Row) -> Row:
    cells = tuple(replace(cell, lines=(*cell.lines, *more.lines), unread=cell.unread or more.unread,
                          struck=cell.struck or more.struck, pictures=cell.pictures + more.pictures)
                  for cell, more in zip(before.cells, row.cells, strict=True))  # fmt: skip
    return replace(before, cells=cells)


def _unread(row: Row) -> Row:
    return replace(row, cells=tuple(replace(cell, unread=True) for cell in row.cells))
