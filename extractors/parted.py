"""Paragraphs outside tables that a page ran together, parted where a line begins with a label of the form.

A line that ends at the right margin is taken with the one below; whether its paragraph ended there, only the form says.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.align import Pair, Plan
from extractors.respelled import letters_of
from gengang.sheet import Row, squeezed

LONG_WITHOUT_COLON = 4  # letters of a label that no colon ends; fewer begin many a sentence
_COLONS = ":："


def parted_at_labels(plan: Plan, rows: Sequence[Row]) -> list[Row]:
    """The rows, each paragraph of several lines parted before every further line that begins with a label."""
    labels = [label for number in range(len(plan.rows)) if (label := _label(plan, number))]
    whole = frozenset(letters_of(row.labels[0]) for row in plan.rows if not row.row.table and not row.row.slots) - {""}
    return [part for row in rows for part in _parts_of(row, labels, whole)]


def leads_behind(plan: Plan, rows: Sequence[Row], pairs: Sequence[Pair], pair: Pair) -> tuple[Row, ...]:
    """What the paragraph of the next pair holds above the line that its label begins: it is of whatever stands before.

    pairs: of pattern rows with `rows`; pair: the one behind which it may stand.
    """
    following = min((one for one in pairs if one.row > pair.row), key=lambda one: one.row, default=None)
    lead = None if following is None else _lead_of(plan, following, rows[following.row])
    return () if lead is None else (lead,)


def _lead_of(plan: Plan, pair: Pair, row: Row) -> Row | None:
    first = _first_piece(plan, pair.pattern)
    if not _is_paragraph(row) or not first or plan.rows[pair.pattern].row.table:
        return None
    lines = row.cells[0].lines
    begins = next((at for at, line in enumerate(lines) if squeezed(line.text).startswith(first)), 0)
    return _with_lines(row, 0, begins) if begins else None


def _label(plan: Plan, number: int) -> str:
    """The words with which a paragraph of the form begins, squeezed, with the colon that stands behind them."""
    row = plan.rows[number].row
    first = _first_piece(plan, number)
    if row.table or row.part != "body" or not first:
        return ""
    printed = str(row.cells[0].lines[0].pieces[0]).rstrip()
    if printed.endswith(tuple(_COLONS)):
        return f"{first}:"
    return first if len(first) >= LONG_WITHOUT_COLON else ""


def _first_piece(plan: Plan, number: int) -> str:
    """The words, squeezed, with which a pattern row begins; none where a field does."""
    lines = plan.rows[number].row.cells[0].lines if plan.rows[number].row.cells else ()
    piece = lines[0].pieces[0] if lines and lines[0].pieces else None
    return squeezed(piece) if isinstance(piece, str) else ""


def _is_paragraph(row: Row) -> bool:
    return not row.table and len(row.cells) == 1 and len(row.cells[0].lines) > 1 and row.cells[0].place.page is not None


def _parts_of(row: Row, labels: Sequence[str], whole: Collection[str]) -> Iterator[Row]:
    if not _is_paragraph(row):
        yield row
        return
    lines = row.cells[0].lines
    begins = [at for at, line in enumerate(lines) if at and _begins(line.text, labels, whole)]
    yield from (_with_lines(row, start, end) for start, end in pairwise([0, *begins, len(lines)]))


def _begins(text: str, labels: Sequence[str], whole: Collection[str]) -> bool:
    """Whether a line begins with a label, or is a whole paragraph of the form, such as 此致, whatever its marks."""
    said = squeezed(text)
    return letters_of(said) in whole or any(said.startswith(label) or said == label.rstrip(":") for label in labels)


def _with_lines(row: Row, start: int, end: int) -> Row:
    """The same paragraph with some of its lines; where they stand is told by themselves."""
    [cell] = row.cells
    lines = cell.lines[start:end]
    boxes = [line.box for line in lines if line.box is not None]
    place = cell.place
    if boxes:
        sides = [*zip(*boxes, strict=True)]
        place = replace(place, box=(min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])))
    return replace(row, cells=(replace(cell, lines=lines, place=place),))
