"""Which row of a sheet is which row of the form, and which cell is which: by labels, not by position alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from gengang.form import Form, PatternCell, PatternRow
from gengang.sheet import Cell, Row, squeezed


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What the aligner wants to know of a pattern row, worked out once.

    labels: per cell the squeezed printed words of a cell without fields, '' for a cell with fields.
    mixed: per cell the squeezed printed pieces of a cell with fields.
    """

    row: PatternRow
    labels: tuple[str, ...]
    mixed: tuple[tuple[str, ...], ...]

    @property
    def weight(self) -> int:
        """How many printed anchors the row has."""
        return sum(bool(label) for label in self.labels) + sum(bool(pieces) for pieces in self.mixed)


@dataclass(frozen=True, slots=True)
class Plan:
    """A form as the aligner and the identifier use it. words: all its printed words, squeezed."""

    form: Form
    rows: tuple[RowPlan, ...]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """A pattern row and the sheet row that fills it, by index."""

    pattern: int
    row: int


@lru_cache(maxsize=512)
def plan_of(form: Form) -> Plan:
    """The plan of a form; blank paragraphs between tables are left out."""
    rows = tuple(_row_plan(row) for row in form.rows if row.slots or any(squeezed(c.printed) for c in row.cells))
    words = {label for row in rows for label in row.labels} | {p for row in rows for cell in row.mixed for p in cell}
    return Plan(form, rows, frozenset(word for word in words if len(word) > 1))


def _row_plan(row: PatternRow) -> RowPlan:
    labels = tuple("" if cell.slots else squeezed(cell.printed) for cell in row.cells)
    mixed = tuple(_printed_pieces(cell) if cell.slots else () for cell in row.cells)
    return RowPlan(row, labels, mixed)


def _printed_pieces(cell: PatternCell) -> tuple[str, ...]:
    pieces = (squeezed(piece) for line in cell.lines for piece in line.pieces if isinstance(piece, str))
    return tuple(piece for piece in pieces if piece)


def aligned(plan: Plan, rows: Sequence[Row]) -> tuple[Pair, ...]:
    """Pairs in order of the sheet. A row of a list pairs with as many sheet rows as it printed."""
    texts = [tuple(squeezed(cell.text) for cell in row.cells) for row in rows]
    kept = [number for number, row_texts in enumerate(texts) if any(row_texts) or rows[number].table]
    return _straight(plan, rows, texts, kept) or _by_score(plan, rows, texts, kept)


# --- the common case: nothing was moved ---


def _straight(
    plan: Plan, rows: Sequence[Row], texts: Sequence[tuple[str, ...]], kept: list[int]
) -> tuple[Pair, ...] | None:
    """Walk form and sheet side by side; None as soon as they differ. A table may hold one list at the most."""
    pairs: list[Pair] = []
    at = 0
    for number, row in enumerate(plan.rows):
        count = 1
        if row.row.loop:
            count = _list_length(plan, rows, kept, number, at)
        for _ in range(count):
            if at >= len(kept) or not _fits(row, rows[kept[at]], texts[kept[at]]):
                return None
            pairs.append(Pair(number, kept[at]))
            at += 1
    return tuple(pairs) if at == len(kept) else None


def _list_length(plan: Plan, rows: Sequence[Row], kept: list[int], number: int, at: int) -> int:
    """Rows of this table that are left when those that stand once are taken away."""
    table = plan.rows[number].row.table
    here = rows[kept[at]].table if at < len(kept) else 0
    if not here or sum(row.row.table == table and bool(row.row.loop) for row in plan.rows) > 1:
        return -1
    left = sum(1 for index in kept[at:] if rows[index].table == here)
    return left - sum(1 for row in plan.rows[number + 1 :] if row.row.table == table)


def _fits(plan: RowPlan, row: Row, texts: tuple[str, ...]) -> bool:
    if len(texts) != len(plan.labels) or bool(row.table) != bool(plan.row.table):
        return False
    for label, pieces, text in zip(plan.labels, plan.mixed, texts, strict=True):
        if label and label != text:
            return False
        if pieces and not _holds(text, pieces):
            return False
    return True


def _holds(text: str, pieces: Sequence[str]) -> bool:
    at = 0
    for piece in pieces:
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True


# --- an edited form: the pairing with the most labels ---


def _by_score(plan: Plan, rows: Sequence[Row], texts: Sequence[tuple[str, ...]], kept: list[int]) -> tuple[Pair, ...]:
    height, width = len(plan.rows), len(kept)
    labels = frozenset(row.labels for row in plan.rows if row.weight > 1 and not row.row.slots)
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    step = [["" for _ in range(width + 1)] for _ in range(height + 1)]
    for i in range(1, height + 1):
        for j in range(1, width + 1):
            score = _likeness(plan.rows[i - 1], rows[kept[j - 1]], texts[kept[j - 1]], labels)
            choices = [(best[i - 1][j], "form"), (best[i][j - 1], "sheet")]
            if score > 0:
                choices.append((best[i - 1][j - 1] + score, "pair"))
                if plan.rows[i - 1].row.loop:
                    choices.append((best[i][j - 1] + score, "more"))
            best[i][j], step[i][j] = max(choices, key=lambda choice: choice[0])
    return _walked_back(step, kept)


def _walked_back(step: list[list[str]], kept: list[int]) -> tuple[Pair, ...]:
    pairs = []
    i, j = len(step) - 1, len(step[0]) - 1
    while i and j:
        move = step[i][j]
        if move in ("pair", "more"):
            pairs.append(Pair(i - 1, kept[j - 1]))
        i -= move in ("pair", "form")
        j -= move in ("pair", "more", "sheet")
    return tuple(reversed(pairs))


def _likeness(plan: RowPlan, row: Row, texts: tuple[str, ...], headers: frozenset[tuple[str, ...]]) -> float:
    """More labels found, more alike; a row of values is alike only in its number of cells."""
    if plan.row.loop:
        return 0.3 if row.table and len(texts) == len(plan.labels) and texts not in headers else 0.0
    if not plan.weight:
        return 0.2 if len(texts) == len(plan.labels) and bool(row.table) == bool(plan.row.table) else 0.0
    found = sum(1 for label in plan.labels if label and any(is_label(text, label) for text in texts))
    found += sum(1 for pieces in plan.mixed if pieces and any(_some(text, pieces) for text in texts))
    return found + 0.1 * (len(texts) == len(plan.labels)) if found else 0.0


def _some(text: str, pieces: Sequence[str]) -> bool:
    return sum(piece in text for piece in pieces) * 2 > len(pieces)


def is_label(text: str, label: str) -> bool:
    """The label alone, or the label with a value typed behind its colon. Both are squeezed."""
    return text == label or text.startswith(label + ":")


# --- cells ---


def paired_cells(plan: RowPlan, row: Row) -> tuple[tuple[PatternCell, Cell | None], ...]:
    """For each cell with fields, the sheet's cell, or None when no label leads to one."""
    texts = [squeezed(cell.text) for cell in row.cells]
    if len(texts) == len(plan.labels) and all(
        not label or is_label(text, label) for label, text in zip(plan.labels, texts, strict=True)
    ):
        return tuple((cell, found) for cell, found in zip(plan.row.cells, row.cells, strict=True) if cell.slots)
    if not any(plan.labels):
        return tuple((cell, _of_same_column(cell, row, plan)) for cell in plan.row.cells if cell.slots)
    return _behind_labels(plan, row, texts)


def _of_same_column(cell: PatternCell, row: Row, plan: RowPlan) -> Cell | None:
    if len(plan.row.cells) == 1 and len(row.cells) == 1:
        return row.cells[0]
    return next((found for found in row.cells if (found.column, found.span) == (cell.column, cell.span)), None)


def _behind_labels(plan: RowPlan, row: Row, texts: Sequence[str]) -> tuple[tuple[PatternCell, Cell | None], ...]:
    """A cell with fields is the n-th cell behind its label, as long as no other label comes first."""
    pairs: list[tuple[PatternCell, Cell | None]] = []
    at, behind = -1, 0
    known = {label for label in plan.labels if label}
    for cell, label, pieces in zip(plan.row.cells, plan.labels, plan.mixed, strict=True):
        if label:
            at = next((n for n in range(at + 1, len(texts)) if is_label(texts[n], label)), -1)
            behind = 0
        elif cell.slots:
            behind += 1
            pairs.append((cell, _cell_behind(row, texts, at, behind, pieces, known)))
    return tuple(pairs)


def _cell_behind(
    row: Row, texts: Sequence[str], at: int, behind: int, pieces: Sequence[str], known: set[str]
) -> Cell | None:
    if pieces:
        holding = [cell for cell, text in zip(row.cells, texts, strict=True) if _holds(text, pieces)]
        return holding[0] if len(holding) == 1 else None
    index = at + behind
    if at < 0 or index >= len(row.cells) or any(texts[n] in known for n in range(at + 1, index + 1)):
        return None
    return row.cells[index]
