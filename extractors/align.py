"""Which row of a sheet is which row of the form: by labels, not by position alone.

A row that could as well be another one is paired with both and sure of neither: what stands there goes to a person.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, pairwise

from extractors.pairings import best_paths, is_sure, short_groups
from gengang.codecs import CODECS, parse
from gengang.form import FieldType, Form, PatternCell, PatternRow
from gengang.sheet import Cell, Row, squeezed

Texts = Sequence[tuple[str, ...]]

# What a pairing of rows is worth. Two alignments that differ by less than MARGIN are as good as each other.
LABEL = 10
SAME_SHAPE = 1
LIST_ROW = 3
ODD_LIST_ROW = 1
VALUES = 2
MARGIN = 4


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What the aligner wants to know of a pattern row, worked out once.

    labels: per cell the squeezed printed words of a cell without fields, '' for a cell with fields.
    mixed: per cell the squeezed printed pieces of a cell with fields.
    weight: how many printed anchors it has; printed: how many characters of it are printed.
    heads: indexes of the rows of column names over a row without words of its own, nearest first.
    """

    row: PatternRow
    labels: tuple[str, ...]
    mixed: tuple[tuple[str, ...], ...]
    weight: int
    printed: int
    heads: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A form as the aligner and the identifier use it.

    rows: without blank paragraphs; layout: every row of the form as an index of `rows`, -1 for a blank paragraph.
    words: all its printed words, squeezed; labels: what stands in its cells without fields.
    """

    form: Form
    rows: tuple[RowPlan, ...]
    layout: tuple[int, ...]
    words: frozenset[str]
    labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """A pattern row and the sheet row that fills it, by index. sure: no other row could be meant."""

    pattern: int
    row: int
    sure: bool = True


@lru_cache(maxsize=512)
def plan_of(form: Form) -> Plan:
    """The plan of a form; blank paragraphs stand in its layout alone."""
    shown = [row for row in form.rows if row.slots or row.table or any(squeezed(c.printed) for c in row.cells)]
    numbers = {id(row): number for number, row in enumerate(shown)}
    plain = [_row_plan(row) for row in shown]
    rows = tuple(replace(row, heads=_heads(plain, number)) for number, row in enumerate(plain))
    words = {label for row in rows for label in row.labels} | {p for row in rows for cell in row.mixed for p in cell}
    layout = tuple(numbers.get(id(row), -1) for row in form.rows)
    labels = frozenset(label for row in rows for label in row.labels if label)
    return Plan(form, rows, layout, frozenset(word for word in words if len(word) > 1), labels)


def _row_plan(row: PatternRow) -> RowPlan:
    labels = tuple("" if cell.slots else squeezed(cell.printed) for cell in row.cells)
    mixed = tuple(_printed_pieces(cell) if cell.slots else () for cell in row.cells)
    weight = sum(map(bool, labels)) + sum(map(bool, mixed))
    return RowPlan(
        row, labels, mixed, weight, sum(map(len, labels)) + sum(len(piece) for cell in mixed for piece in cell)
    )


def _printed_pieces(cell: PatternCell) -> tuple[str, ...]:
    pieces = (squeezed(piece) for line in cell.lines for piece in line.pieces if isinstance(piece, str))
    return tuple(piece for piece in pieces if piece)


def _heads(rows: Sequence[RowPlan], number: int) -> tuple[int, ...]:
    """The nearest block of rows of column names above, in the same table."""
    if any(rows[number].labels) or not rows[number].row.table:
        return ()
    found: list[int] = []
    for above in range(number - 1, -1, -1):
        if rows[above].row.table != rows[number].row.table:
            break
        if not rows[above].row.slots and sum(map(bool, rows[above].labels)) > 1:
            found.append(above)
        elif found:
            break
    return tuple(found)


def aligned(plan: Plan, rows: Sequence[Row]) -> tuple[Pair, ...]:
    """Pairs in order of the sheet. A row of a list pairs with as many sheet rows as it printed."""
    texts = [worded(row, plan.labels) for row in rows]
    kept = [number for number, row_texts in enumerate(texts) if any(row_texts) or rows[number].table]
    whole = _straight(plan, plan.layout, rows, texts, range(len(rows)))
    if whole:
        return whole
    pairs = _straight(plan, range(len(plan.rows)), rows, texts, kept) or _by_score(plan, rows, texts, kept)
    return tuple(
        replace(pair, sure=pair.sure and (not _is_bare(plan.rows[pair.pattern], texts[pair.row], plan.labels)
                                          or _is_only_one(plan, rows, pair)))
        for pair in pairs
    )  # fmt: skip


def worded(row: Row, labels: Collection[str]) -> tuple[str, ...]:
    """The squeezed text of each cell; a value typed on a line under its label stands behind a colon."""
    return tuple(_worded(squeezed(cell.text), cell, labels) for cell in row.cells)


def _worded(text: str, cell: Cell, labels: Collection[str]) -> str:
    under = under_label(cell, labels) if len(cell.lines) > 1 and text not in labels else None
    return text if under is None else f"{under[0]}:{squeezed(under[1])}"


def under_label(cell: Cell, labels: Collection[str]) -> tuple[str, str] | None:
    """A label that fills the first lines of a cell, and what stands under it; a remark in brackets is none."""
    lines = [line for part in cell.lines for line in part.text.split("\n") if line.strip()]
    for count in range(len(lines) - 1, 0, -1):
        label, rest = squeezed("".join(lines[:count])), "\n".join(lines[count:])
        if label in labels and not _REMARK.fullmatch(squeezed(rest)):
            return label, rest
    return None


_REMARK = re.compile(r"\(.*\)")


def _is_bare(row: RowPlan, texts: Sequence[str], labels: Collection[str]) -> bool:
    """A row that an edit may have put on another row's place: a paragraph of fields is told from the next by nothing, a
    label too many may be a heading that was moved, unless a blank field prints as much: 年月日.
    """
    if not row.weight and not row.row.table:
        return True
    blanks = {squeezed(CODECS[slot.type.codec].show(None, slot.type.options)) for slot in row.row.slots}
    headings = sum(text in labels and not text.isdigit() and text not in blanks for text in texts)
    return headings > sum(label != "" and not label.isdigit() for label in row.labels)


def _is_only_one(plan: Plan, rows: Sequence[Row], pair: Pair) -> bool:
    """A paragraph of one closed field, as a date under a signature, when nothing else outside the tables is one."""
    kind = _lone_field(plan.rows[pair.pattern])
    if kind is None or sum(_lone_field(row) is not None for row in plan.rows) > 1:
        return False
    blank = squeezed(CODECS[kind.codec].show(None, kind.options))
    places = [number for number, row in enumerate(rows) if not row.table and row.cells and row.part == "body"
              and _may_be(kind, blank, row.cells[0].text)]  # fmt: skip
    return places == [pair.row]


def _lone_field(plan: RowPlan) -> FieldType | None:
    slots = plan.row.slots
    alone = not plan.weight and not plan.row.table and len(slots) == 1 and CODECS[slots[0].type.codec].closed
    return slots[0].type if alone else None


def _may_be(kind: FieldType, blank: str, text: str) -> bool:
    return parse(kind.codec, text, kind.options).state == "value" or (blank != "" and squeezed(text) == blank)


# --- the common case: nothing was moved ---


def _straight(
    plan: Plan, wanted: Sequence[int], rows: Sequence[Row], texts: Texts, kept: Sequence[int]
) -> tuple[Pair, ...] | None:
    """Walk form and sheet side by side; None when they differ, or when lists of one table could end at two places."""
    walks = list(islice(_Walk(plan, rows, texts).pairs(wanted, kept, {}), 2))
    return tuple(walks[0]) if len(walks) == 1 else None


@dataclass(frozen=True, slots=True)
class _Walk:
    """What a walk side by side needs to look at."""

    plan: Plan
    rows: Sequence[Row]
    texts: Texts

    def pairs(self, wanted: Sequence[int], kept: Sequence[int], tables: Mapping[int, int]) -> Iterator[list[Pair]]:
        """Every way to pair all that is wanted with all that is kept. tables: of the form -> of the sheet."""
        done: list[Pair] = []
        known = dict(tables)
        at = 0
        for place, number in enumerate(wanted):
            if number >= 0 and self.plan.rows[number].row.loop:
                for count in self._list_lengths(wanted[place:], kept[at:], known):
                    paired = [Pair(number, index) for index in kept[at : at + count]]
                    if all(self._is(number, pair.row) for pair in paired):
                        rest = self.pairs(wanted[place + 1 :], kept[at + count :], known)
                        yield from ([*done, *paired, *tail] for tail in rest)
                return
            if at >= len(kept) or not self._is(number, kept[at]):
                return
            if number >= 0:
                done.append(Pair(number, kept[at]))
                known[self.plan.rows[number].row.table] = self.rows[kept[at]].table
            at += 1
        if at == len(kept):
            yield done

    def _is(self, number: int, index: int) -> bool:
        return _fits(self.plan.rows[number] if number >= 0 else None, self.rows[index], self.texts[index])

    def _list_lengths(self, wanted: Sequence[int], kept: Sequence[int], tables: Mapping[int, int]) -> Iterable[int]:
        """Rows of this table left when those that stand once are taken away; any part of it if lists follow."""
        table = self.plan.rows[wanted[0]].row.table
        here = tables.get(table) or (self.rows[kept[0]].table if kept else 0)
        after = [self.plan.rows[number].row for number in wanted[1:] if number >= 0]
        mates = [row for row in after if row.table == table]
        left = sum(1 for index in kept if here and self.rows[index].table == here)
        most = left - sum(1 for row in mates if not row.loop)
        return range(most + 1) if any(row.loop for row in mates) else range(max(most, 0), most + 1)


def _fits(plan: RowPlan | None, row: Row, texts: tuple[str, ...]) -> bool:
    if plan is None:
        return not row.table and not any(texts)
    if len(texts) != len(plan.labels) or bool(row.table) != bool(plan.row.table):
        return False
    for label, pieces, text in zip(plan.labels, plan.mixed, texts, strict=True):
        if label and label != text:
            return False
        if pieces and not holds(text, pieces):
            return False
    return True


def holds(text: str, pieces: Sequence[str]) -> bool:
    """The printed pieces stand in the text, in order."""
    at = 0
    for piece in pieces:
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True


# --- an edited form: the pairing with the most labels ---


def _by_score(plan: Plan, rows: Sequence[Row], texts: Texts, kept: Sequence[int]) -> tuple[Pair, ...]:
    shapes = [_list_shapes(plan, row, texts) for row in plan.rows]
    heads = frozenset(row.labels for row in plan.rows if row.weight > 1 and not row.row.slots)
    worth = [[0 if row.row.loop and texts[j] in heads else _likeness(row, rows[j], texts[j], shape) for j in kept]
             for row, shape in zip(plan.rows, shapes, strict=True)]  # fmt: skip
    loops = [bool(row.row.loop) for row in plan.rows]
    path, close = best_paths(worth, loops, MARGIN)
    rivals = _telling(plan, close, [texts[j] for j in kept], path)
    pairs = [Pair(i, kept[j], is_sure(i, j, loops, rivals) and not _is_others(plan, i, texts[kept[j]]))
             for i, j in path]  # fmt: skip
    pairs = _in_their_tables(plan, rows, pairs)
    pairs += _moved(plan, rows, texts, kept, pairs)
    taken = {pair.pattern for pair in pairs}
    pairs += [Pair(i, kept[j], False) for i in range(len(loops)) if i not in taken and not loops[i]
              for j in sorted(j for other, j in rivals if other == i)[:1]]  # fmt: skip
    pairs += _in_gaps(plan, rows, texts, kept, pairs)
    pairs = [*_doubtful_rows(plan, texts, shapes, _doubtful_ends(plan, _told_by_words(plan, rows, texts, pairs)))]
    return tuple(sorted(pairs, key=lambda pair: (pair.row, pair.pattern)))


def _is_others(plan: Plan, number: int, texts: Sequence[str]) -> bool:
    """Whether a row has its labels where another row of the form prints them, and not where this one does."""
    return not _stands_as(plan.rows[number], texts) and any(_stands_as(row, texts) for row in plan.rows)


def _stands_as(row: RowPlan, texts: Sequence[str]) -> bool:
    alike = row.weight > 0 and len(texts) == len(row.labels)
    return alike and all(not label or is_label(text, label) for text, label in zip(texts, row.labels, strict=True))


def _list_shapes(plan: Plan, row: RowPlan, texts: Texts) -> frozenset[int]:
    """How many cells a row of this list may have: as printed, or as wide as its column names stand now."""
    shapes = {len(row.labels)}
    for head in row.heads:
        names = {label for label in plan.rows[head].labels if label}
        shapes |= {len(found) for found in texts if names <= {*found}}
    return frozenset(shapes)


def _likeness(plan: RowPlan, row: Row, texts: tuple[str, ...], shapes: frozenset[int]) -> int:
    """More labels found, more alike; a row of values is alike only in its number of cells."""
    same = len(texts) == len(plan.labels) and bool(row.table) == bool(plan.row.table)
    if plan.row.loop and not plan.weight:
        near = row.table and len(texts) > 1 and min(abs(len(texts) - shape) for shape in shapes) == 1
        return LIST_ROW if row.table and len(texts) in shapes else ODD_LIST_ROW if near else 0
    if not plan.weight:
        wanted = same and (bool(plan.row.slots) or not any(texts))
        return VALUES if wanted else 0
    found = sum(1 for label in plan.labels if label and any(is_label(text, label) for text in texts))
    found += sum(1 for pieces in plan.mixed if pieces and any(_some(text, pieces) for text in texts))
    return LABEL * found + SAME_SHAPE * same if found else 0


def _some(text: str, pieces: Sequence[str]) -> bool:
    return sum(piece in text for piece in pieces) * 2 > len(pieces)


def is_label(text: str, label: str) -> bool:
    """The label alone, or the label with a value typed behind its colon. Both are squeezed."""
    return text == label or text.startswith(label + ":")


def _telling(
    plan: Plan, rivals: set[tuple[int, int]], texts: Texts, path: Sequence[tuple[int, int]]
) -> set[tuple[int, int]]:
    """Without rows that say to the letter what the row on the best path says: somebody doubled it.

    Only of a row that the form prints once; of two alike the copy may be the other one.
    """
    printed = Counter(_signature(row) for row in plan.rows)
    alone = [not row.row.loop and printed[_signature(row)] == 1 for row in plan.rows]
    chosen = {i: texts[j] for i, j in path if alone[i]}
    taken = {*path}
    return {(i, j) for i, j in rivals if (i, j) in taken or chosen.get(i) != texts[j]}


# --- what the best alignment leaves open ---


def _in_their_tables(plan: Plan, rows: Sequence[Row], pairs: Sequence[Pair]) -> list[Pair]:
    """In Word a row of a list stands in the table of its column names; elsewhere it is something else.

    A table that somebody split in two goes on below; that it is the same one its values say, or a person.
    """
    tables = {pair.pattern: rows[pair.row].table for pair in pairs}
    kept = []
    for pair in pairs:
        homes = {tables[head] for head in plan.rows[pair.pattern].heads if head in tables}
        paged = any(cell.place.page is not None for cell in rows[pair.row].cells)
        if paged or not homes or rows[pair.row].table in homes:
            kept.append(pair)
        elif _goes_on(rows, pair.row, homes):
            kept.append(replace(pair, sure=pair.sure and _says_itself(plan.rows[pair.pattern], rows[pair.row])))
    return kept


def _says_itself(plan: RowPlan, row: Row) -> bool:
    """Whether a row of cells is shaped as the list's rows are, and what its closed fields hold are values of theirs."""
    shape = [(cell.column, cell.span) for cell in plan.row.cells]
    if shape != [(cell.column, cell.span) for cell in row.cells]:
        return False
    pairs = zip(plan.row.cells, row.cells, strict=True)
    closed = [(one.slots[0].type, cell.text) for one, cell in pairs if one.slots and len(one.lines) == 1]
    closed = [(kind, text) for kind, text in closed if CODECS[kind.codec].closed]
    states = [parse(kind.codec, text, kind.options).state for kind, text in closed]
    return "value" in states and "doubt" not in states


def _goes_on(rows: Sequence[Row], number: int, homes: Collection[int]) -> bool:
    """Whether nothing but blank lines and further parts of a split table parts a row from one of the tables."""
    table = rows[number].table
    for above in range(number - 1, -1, -1):
        here = rows[above].table
        if here in homes and here:
            return True
        if here not in (0, table) or (not here and any(squeezed(cell.text) for cell in rows[above].cells)):
            return False
    return False


def _moved(plan: Plan, rows: Sequence[Row], texts: Texts, kept: Sequence[int], pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Rows that stand elsewhere with all their labels; a paragraph with the words of a table's row may be another."""
    patterns, taken = {pair.pattern for pair in pairs}, {pair.row for pair in pairs}
    printed = Counter(_signature(row) for row in plan.rows)
    for number, row in enumerate(plan.rows):
        if number in patterns or not row.weight or row.row.loop:
            continue
        alike = [j for j in kept if _shows_all(row, texts[j])]
        free = [j for j in alike if j not in taken]
        if free:
            same = bool(rows[free[0]].table) == bool(row.row.table)
            yield Pair(number, free[0], same and len(alike) == 1 and printed[_signature(row)] == 1)


def _signature(row: RowPlan) -> tuple[object, ...]:
    return (tuple(label for label in row.labels if label), tuple(pieces for pieces in row.mixed if pieces))


def _shows_all(row: RowPlan, texts: Sequence[str]) -> bool:
    labels = all(any(is_label(text, label) for text in texts) for label in row.labels if label)
    return labels and all(any(holds(text, pieces) for text in texts) for pieces in row.mixed if pieces)


def _in_gaps(
    plan: Plan, rows: Sequence[Row], texts: Texts, kept: Sequence[int], pairs: Sequence[Pair]
) -> Iterator[Pair]:
    """As many rows of the form as of the sheet between two that are known: the same, perhaps, under other words."""
    patterns, taken = {pair.pattern for pair in pairs}, {pair.row for pair in pairs}
    known = sorted((pair.pattern, pair.row) for pair in pairs)
    bounds = [(-1, -1), *known, (len(plan.rows), len(rows))]
    for (above, first), (below, last) in pairwise(bounds):
        wanted = [n for n in range(above + 1, below) if n not in patterns and plan.rows[n].row.slots]
        found = [j for j in kept if first < j < last and j not in taken and any(texts[j])]
        if len(wanted) == len(found):
            for number, row in zip(wanted, found, strict=True):
                if not plan.rows[number].row.loop and len(texts[row]) == len(plan.rows[number].labels):
                    yield Pair(number, row, False)


def _told_by_words(plan: Plan, rows: Sequence[Row], texts: Texts, pairs: Sequence[Pair]) -> list[Pair]:
    """Rows that say to the letter what the form prints, more of which could be paired with a row of theirs than are:
    the order of the rows is not the form's, and nobody knows which of them is which.
    """
    fits = {number: {j for j, row in enumerate(rows) if _fits_beside(one, row, texts[j])}
            for number, one in enumerate(plan.rows) if one.weight and not one.row.loop}  # fmt: skip
    short = [*short_groups(fits, {(pair.pattern, pair.row) for pair in pairs if pair.pattern in fits})]
    patterns = {number for group, _ in short for number in group}
    places = {j for _, group in short for j in group}
    return [replace(pair, sure=pair.sure and pair.pattern not in patterns and pair.row not in places) for pair in pairs]


def _fits_beside(plan: RowPlan, row: Row, texts: Sequence[str]) -> bool:
    """Whether a row has all its printed words where the form prints them; a value may stand behind a label."""
    pieces = zip(plan.mixed, texts, strict=False)
    return bool(row.table) == bool(plan.row.table) and _stands_as(plan, texts) and all(holds(t, p) for p, t in pieces)


def _doubtful_rows(plan: Plan, texts: Texts, shapes: Sequence[frozenset[int]], pairs: Iterable[Pair]) -> Iterator[Pair]:
    """A row of a list may be a row of values of its table that was not found, or, where it is not as wide as its list,
    the row of another list of which none was found.
    """
    pairs = [*pairs]
    found = {pair.pattern for pair in pairs}
    bare = {n: row.row for n, row in enumerate(plan.rows) if n not in found and not row.weight and row.row.slots}
    for pair in pairs:
        wide, own = len(texts[pair.row]), plan.rows[pair.pattern].row
        lost = [row for n, row in bare.items() if row.table == own.table and wide in shapes[n]]
        odd = wide not in shapes[pair.pattern]
        yield replace(pair, sure=pair.sure and not (own.loop and any(odd or not row.loop for row in lost)))


def _doubtful_ends(plan: Plan, pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Beside a row that was not found, the first or last row of a list may be that very row under other words."""
    found = {pair.pattern for pair in pairs}
    for pair in pairs:
        if not plan.rows[pair.pattern].row.loop:
            yield pair
            continue
        mates = [other.row for other in pairs if other.pattern == pair.pattern]
        beside = [n for n, end in ((pair.pattern - 1, min(mates)), (pair.pattern + 1, max(mates))) if end == pair.row]
        table = plan.rows[pair.pattern].row.table
        lost = any(0 <= n < len(plan.rows) and n not in found and plan.rows[n].row.table == table for n in beside)
        yield replace(pair, sure=pair.sure and not lost)
