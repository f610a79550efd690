"""Rows of a sheet that nothing explains, that stand out of their order or may be others: what they may hide.

Beside them nothing is called missing, and no list is called whole. It reads no value.
"""

from collections.abc import Iterator, Sequence

from extractors.align import Pair, Plan, RowPlan
from extractors.nearby import is_page_number, prints_things, things_on
from extractors.parts import without_digits
from gengang.sheet import Row, squeezed


def stray_rows(plan: Plan, rows: Sequence[Row], pairs: Sequence[Pair]) -> set[int]:
    """Rows with content that no pattern row explains. A footer that each page repeats is known."""
    unpaired = {*range(len(rows))} - {pair.row for pair in pairs}
    drawn = prints_things(plan.form)
    inked = {number for number in unpaired if any(cell.unread for cell in rows[number].cells)
             or (things_on([rows[number]]) and things_on(rows) > drawn)}  # fmt: skip
    texts = {number: "".join(squeezed(cell.text) for cell in rows[number].cells) for number in unpaired}
    twins = {_said(rows[pair.row]) for pair in pairs if not plan.rows[pair.pattern].row.loop}
    texts = {number: text for number, text in texts.items()
             if text and not _is_page_number(rows[number], text)
             and (_said(rows[number]) not in twins or _may_be_values(plan, rows[number], pairs))}  # fmt: skip
    if not texts:
        return inked
    printed = {without_digits(text) for row in plan.rows for text in (*row.labels, *map("".join, row.mixed))} - {""}
    return inked | {number for number, text in texts.items()
                    if without_digits(text) not in printed or _may_be_values(plan, rows[number], pairs)}  # fmt: skip


def _may_be_values(plan: Plan, row: Row, pairs: Sequence[Pair]) -> bool:
    """Whether a row without new words, none of the form's as it stands, is as wide as a row of values not found."""
    found = {pair.pattern for pair in pairs}
    bare = (one for n, one in enumerate(plan.rows) if n not in found and one.row.slots and not one.weight)
    as_wide = any(one.row.table and len(one.labels) == len(row.cells) for one in bare)
    return row.table > 0 and as_wide and _said(row) not in {one.labels for one in plan.rows}


def _said(row: Row) -> tuple[str, ...]:
    """What a row says; one that says to the letter what a known row says was doubled and says nothing more."""
    return tuple(squeezed(cell.text) for cell in row.cells)


def _is_page_number(row: Row, text: str) -> bool:
    paged = row.part == "footer" or row.cells[0].place.page is not None
    return paged and not row.table and is_page_number(text)


def strays_behind(pairs: Sequence[Pair], row: int, stray: set[int], rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows up to the next known one that nothing explains."""
    if not stray:
        return ()
    following = min((pair.row for pair in pairs if pair.row > row), default=len(rows))
    return tuple(rows[index] for index in range(row + 1, following) if index in stray)


def rows_may_be_lost(plan: Plan, rows: Sequence[Row], pairs: Sequence[Pair], name: str, stray: set[int]) -> bool:
    """A row that nothing explains stands in the table of the list, or nobody knows which table that is."""
    patterns = {number for number, row in enumerate(plan.rows) if row.row.loop == name}
    patterns |= {head for number in patterns for head in plan.rows[number].heads}
    tables = {rows[pair.row].table for pair in pairs if pair.pattern in patterns}
    paged = any(cell.place.page is not None for number in stray for cell in rows[number].cells)
    return any(not tables or paged or rows[number].table in tables for number in stray)


def out_of_order(plan: Plan, pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Rows that stand before one that the form prints above them, in one table: somebody moved them.

    What a list holds is told by the rows around it, so a list of such a table is nobody's for sure.
    """
    last: dict[int, int] = {}
    for pair in sorted(pairs, key=lambda one: one.row):
        table = plan.rows[pair.pattern].row.table
        if table and pair.pattern < last.get(table, -1):
            yield pair
        last[table] = max(pair.pattern, last.get(table, -1))


def may_be_another(plan: Plan, rows: Sequence[Row], pairs: Sequence[Pair]) -> list[RowPlan]:
    """Rows of the form that a row with content is paired with and may not be."""
    doubted = (pair for pair in pairs if not pair.sure)
    filled = (pair for pair in doubted if any(squeezed(cell.text) or cell.unread for cell in rows[pair.row].cells))
    return [plan.rows[pair.pattern] for pair in filled if plan.rows[pair.pattern].row.table]
