"""Which cell of a paired row holds which fields: behind its label, or under its column's name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.align import RowPlan, holds, is_label, under_label, worded
from gengang.form import PatternCell
from gengang.sheet import Cell, Row, squeezed

_COLON = re.compile("[:：]")


@dataclass(frozen=True, slots=True)
class CellPair:
    """A cell with fields and the sheet's cell, None when nothing leads to one.

    sure: no other cell could be meant. typed: what stands behind the colon in the label's own cell, if anything.
    """

    pattern: PatternCell
    cell: Cell | None
    sure: bool = True
    typed: str | None = None


@dataclass(frozen=True, slots=True)
class RowCells:
    """pairs: one for each cell with fields; extra: cells with content that belong to none."""

    pairs: tuple[CellPair, ...]
    extra: tuple[Cell, ...]


Heads = Sequence[tuple[RowPlan, Row | None]]


def cells_of_row(plan: RowPlan, row: Row, heads: Heads) -> RowCells:
    """The cells of a paired row. heads: the rows of column names over it with what fills them, nearest first."""
    if plan.weight and _is_as_printed(plan, row):
        return RowCells(tuple(_by_place(plan, row, True)), tuple(_beside_all(plan, row)))
    texts = worded(row, {*plan.labels} - {""})
    if any(plan.labels):
        pairs = tuple(_by_labels(plan, row, texts))
    elif heads:
        pairs = tuple(_under_heads(plan, row, heads))
    else:
        pairs = tuple(_by_place(plan, row, len(texts) == len(plan.labels)))
    return RowCells(pairs, tuple(_extra(plan, row, texts, pairs)))


def _is_as_printed(plan: RowPlan, row: Row) -> bool:
    """A row with labels, all of which stand where the form prints them."""
    labels = plan.labels
    return (
        len(labels) == len(row.cells)
        and any(labels)
        and all(not label or squeezed(cell.text) == label for label, cell in zip(labels, row.cells, strict=True))
    )


def _beside_all(plan: RowPlan, row: Row) -> Iterator[Cell]:
    """Content where the form prints nothing and asks for nothing."""
    for wanted, label, cell in zip(plan.row.cells, plan.labels, row.cells, strict=True):
        if not wanted.slots and not label and (cell.unread or squeezed(cell.text)):
            yield cell


def _extra(plan: RowPlan, row: Row, texts: Sequence[str], pairs: Sequence[CellPair]) -> Iterator[Cell]:
    taken = {id(pair.cell) for pair in pairs}
    labels = {label for label in plan.labels if label}
    typed = {squeezed(pair.typed) for pair in pairs if pair.typed}
    for cell, text in zip(row.cells, texts, strict=True):
        behind = next((text.partition(":")[2] for label in labels if text.startswith(label + ":")), "")
        if id(cell) not in taken and text not in labels and behind not in typed and (text or cell.unread):
            yield cell


# --- a row without words of its own ---


def _by_place(plan: RowPlan, row: Row, same: bool) -> Iterator[CellPair]:
    for cell, found in zip(plan.row.cells, row.cells if same else (None,) * len(plan.row.cells), strict=True):
        if cell.slots:
            yield CellPair(cell, found) if same else CellPair(cell, _of_same_column(cell, row), False)


def _of_same_column(cell: PatternCell, row: Row) -> Cell | None:
    return next((found for found in row.cells if (found.column, found.span) == (cell.column, cell.span)), None)


def _under_heads(plan: RowPlan, row: Row, heads: Heads) -> Iterator[CellPair]:
    """By place while the column names are as printed; else by the name over each, wherever it stands now."""
    same = len(row.cells) == len(plan.labels)
    found = [(head, names) for head, names in heads if names is not None]
    intact = all(head.labels == tuple(squeezed(cell.text) for cell in names.cells) for head, names in found)
    if same and intact and found:
        yield from _by_place(plan, row, True)
    elif not found:
        yield from (CellPair(pair.pattern, pair.cell, False) for pair in _by_place(plan, row, same))
    else:
        yield from (_under(cell, plan, row, found) for cell in plan.row.cells if cell.slots)


def _under(cell: PatternCell, plan: RowPlan, row: Row, heads: Sequence[tuple[RowPlan, Row]]) -> CellPair:
    for head, names in heads:
        over = next((n for n, one in enumerate(head.row.cells) if _is_over(one, cell.column)), -1)
        if over >= 0 and head.labels[over]:
            siblings = [one for one in plan.row.cells if _is_over(head.row.cells[over], one.column)]
            now = _same_name(head.labels, over, [squeezed(name.text) for name in names.cells])
            if now is None:
                return CellPair(cell, None, False)
            kept = _of_same_column(cell, row)
            if kept is not None and _stays(head.row.cells[over], names.cells[now]):
                return CellPair(cell, kept)
            below = [one for one in row.cells if _is_over(names.cells[now], one.column)]
            # Names and values gain and lose columns together; else the names are another row's.
            together = len(row.cells) - len(plan.row.cells) == len(names.cells) - len(head.row.cells)
            if len(below) == len(siblings):
                return CellPair(cell, below[siblings.index(cell)], together)
            return CellPair(cell, below[0] if below else None, False)
    return CellPair(cell, _of_same_column(cell, row), False)


def _stays(printed: PatternCell, cell: Cell) -> bool:
    """Whether a cell stands where the form prints it, whatever was added at its right."""
    return (printed.column, printed.span) == (cell.column, cell.span)


def _is_over(head: PatternCell | Cell, column: int) -> bool:
    return head.column <= column < head.column + head.span


def _same_name(printed: Sequence[str], number: int, texts: Sequence[str]) -> int | None:
    """Where the printed name stands now: the n-th of its kind, as long as none was added or taken away."""
    label = printed[number]
    there = [n for n, text in enumerate(texts) if text == label]
    if len(there) != sum(one == label for one in printed):
        return None
    return there[sum(one == label for one in printed[:number])]


# --- a row with labels ---


def _by_labels(plan: RowPlan, row: Row, texts: Sequence[str]) -> Iterator[CellPair]:
    same = len(texts) == len(plan.labels)
    if same and all(not label or text == label for label, text in zip(plan.labels, texts, strict=True)):
        yield from _by_place(plan, row, True)
        return
    names = [label for label in plan.labels if label]
    lost_names = [label for label in names if not any(is_label(text, label) for text in texts)]
    labelled = [n for n, text in enumerate(texts) if any(is_label(text, label) for label in names)]
    for start, cells in _groups(plan):
        at = -1 if start < 0 else _same_label(plan.labels, start, texts)
        if at is None:
            lost = same and start not in labelled
            yield from (CellPair(cell, row.cells[start + n] if lost and start + n not in labelled else None, False)
                        for n, cell in cells)  # fmt: skip
            continue
        end = next((n for n in labelled if n > at), len(texts))
        label = plan.labels[start] if start >= 0 else ""
        width = _width(plan, start)
        wide = start < 0 or end - at - 1 <= width or not _stays(plan.row.cells[start], row.cells[at])
        behind = () if wide else row.cells[at + 1 : end]
        kept = tuple(_kept_places(cells, behind))
        # Beyond what the form prints there stands what belonged to a label that is gone.
        sure = bool(kept) or not lost_names or end - at - 1 <= width
        found = kept or _of_group(cells, row, texts, (at, end), width, label)
        yield from (replace(pair, sure=pair.sure and sure and not _shows(pair.cell, lost_names)) for pair in found)


def _kept_places(cells: Sequence[tuple[int, PatternCell]], behind: Sequence[Cell]) -> Iterator[CellPair]:
    """Where cells were added behind: each cell that stands where the form prints it, when all of them do.

    An empty one beside an added one with content may have been pushed aside by it.
    """
    kept = [(cell, next((one for one in behind if _stays(cell, one)), None)) for _, cell in cells]
    empty = any(one is not None and not squeezed(one.text) for _, one in kept)
    if any(one is None for _, one in kept):
        return
    if kept and not (empty and any(squeezed(one.text) for one in behind)):
        yield from (CellPair(cell, one) for cell, one in kept)


def _shows(cell: Cell | None, lost: Sequence[str]) -> bool:
    """A label that lost its own cell and stands in this one: what follows it is another field's."""
    text = squeezed(cell.text) if cell is not None else ""
    return any(label in text for label in lost)


def _groups(plan: RowPlan) -> Iterator[tuple[int, list[tuple[int, PatternCell]]]]:
    """Each label's index (-1 for none) with the cells behind it that hold fields, each with its distance."""
    start = -1
    cells: list[tuple[int, PatternCell]] = []
    for number, (cell, label) in enumerate(zip(plan.row.cells, plan.labels, strict=True)):
        if label:
            if cells:
                yield start, cells
            start, cells = number, []
        elif cell.slots:
            cells.append((number - start, cell))
    if cells:
        yield start, cells


def _width(plan: RowPlan, start: int) -> int:
    """How many cells stand behind the label, those without fields too, up to the next label."""
    behind = plan.labels[start + 1 :]
    return next((n for n, label in enumerate(behind) if label), len(behind))


def _same_label(printed: Sequence[str], number: int, texts: Sequence[str]) -> int | None:
    label = printed[number]
    there = [n for n, text in enumerate(texts) if is_label(text, label)]
    if len(there) != sum(one == label for one in printed):
        return None
    return there[sum(one == label for one in printed[:number])]


def _of_group(
    cells: Sequence[tuple[int, PatternCell]], row: Row, texts: Sequence[str], bounds: tuple[int, int], width: int,
    label: str,
) -> Iterator[CellPair]:  # fmt: skip
    """The cells from a label up to the next one. Where their number changed only one that says itself is sure."""
    at, end = bounds
    typed = _typed(row.cells[at], label) if at >= 0 else ""
    filled = [n for n in range(at + 1, end) if texts[n] or row.cells[n].unread or row.cells[n].pictures]
    if typed and len(cells) == 1:
        place = row.cells[at + 1] if at + 1 < end else row.cells[at]
        yield CellPair(cells[0][1], row.cells[filled[0]] if filled else place, not filled, None if filled else typed)
        return
    for distance, cell in cells:
        pieces = tuple(squeezed(piece) for line in cell.lines for piece in line.pieces if isinstance(piece, str))
        holding = [n for n in filled if any(pieces) and holds(texts[n], pieces)]
        if end - at - 1 == width:
            yield CellPair(cell, row.cells[at + distance], not typed)
        elif len(holding) == 1:
            yield CellPair(cell, row.cells[holding[0]], not typed)
        elif len(cells) == 1 and len(filled) <= 1 and at + 1 < end:
            yield CellPair(cell, row.cells[filled[0] if filled else at + 1], not typed)
        else:
            yield CellPair(cell, row.cells[at + distance] if at + distance < end else None, False)


def _typed(cell: Cell, label: str) -> str:
    """What stands in the label's own cell: `姓名：张三`, or the value on a line under it."""
    parts = _COLON.split(cell.text, 1)
    if len(parts) > 1 and squeezed(parts[0]) == label:
        return parts[1].strip()
    under = under_label(cell, {label})
    return "" if under is None else under[1].strip()
