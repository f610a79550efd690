"""Lists on a worksheet: under which column names they begin, where they end, and each as a table without gaps.

Knows what schools put into a list that is no entry: running numbers, totals, repeated headings, lines of words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.align import Plan
from extractors.gridlines import is_label_of_line
from extractors.gridrows import Half, examples_told, halves_of, is_example, told_down
from extractors.grids import Grid, GridCell
from extractors.respelled import other_words
from extractors.shown import Shown
from gengang.findings import Finding
from gengang.labels import labels_of
from gengang.sheet import Cell, Line, Place, Row, squeezed

_DAYS = frozenset({"date", "month"})
_NUMBERS = frozenset({"序号", "编号", "序", "号", "NO", "NO.", "No", "No.", "№"})
_TOTAL = re.compile(r"(?:人数)?(?:合计|总计|小计|共计|总人数|共)(?:人数)?:?(?:(\d{1,4})[人名位])?", re.ASCII)
_COUNTED = re.compile(r"共?(\d{1,4})[人名位]", re.ASCII)
_REMARK = re.compile(r"^[*＊]+|\([^()]*\)$|[*＊]+$")
_WHOSE = frozenset({"姓名", "跟岗教师", "日期"})  # a row of these forms is of one of these
_NOTE = re.compile(r"(?:注|备注|说明|填表说明|填报说明)[:\d.、]|.{6,}。$")
_SIGNED = frozenset({
    "填报人", "填表人", "制表人", "审核人", "负责人", "单位负责人", "联系人", "联系电话", "填报日期", "填表日期",
    "填报时间", "校长", "校长签字", "校长签名", "填报单位", "单位(盖章)", "学校(盖章)",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """A list on a worksheet, by index of its rows: its heading (`lines` rows, as one), and behind its last row."""

    heading: tuple[GridCell, ...]
    first: int
    lines: int
    end: int

    @property
    def body(self) -> range:
        """Rows under the heading."""
        return range(self.first + self.lines, self.end)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as table rows. named: its column names.

    absent: names of the form that no column has; None where a column in use has a name that is none of the form's.
    """

    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    named: frozenset[str]
    absent: tuple[str, ...] | None


def cell_of(cell: GridCell, grid: Grid, text: str | None = None) -> Cell:
    """A cell of a sheet. text: what to take for what it shows."""
    said = cell.shown.text if text is None else text
    lines = tuple(Line(line) for line in said.split("\n")) if said else ()
    place = Place(cell=f"t{grid.number}/r{cell.row}/c{cell.column}")
    return Cell(lines, cell.column - 1, cell.span, cell.rows, place, cell.pictures, bool(cell.shown.fault))


# --- where lists stand ---


def blocks_of(grid: Grid, plan: Plan) -> list[Block]:
    """Where the lists of the form stand: under a row, or two, of their column names."""
    names, most = _words_for(plan), len(names_of(plan))
    starts: list[tuple[int, int, tuple[GridCell, ...]]] = []
    at = 0
    while at < len(grid.rows):
        heading, lines = _heading(grid.rows, at, names, most)
        if lines:
            starts.append((at, lines, heading))
        at += max(lines, 1)
    ends = [*(first for first, _, _ in starts[1:]), len(grid.rows)]
    return [Block(heading, first, lines, _end_of_list(grid, plan, range(first + lines, end)))
            for (first, lines, heading), end in zip(starts, ends, strict=False)]  # fmt: skip


def names_of(plan: Plan) -> frozenset[str]:
    """The column names of the form's lists."""
    heads = {head for row in plan.rows if row.row.loop for head in row.heads}
    return frozenset(label for head in heads for label in plan.rows[head].labels if label)


def _words_for(plan: Plan) -> frozenset[str]:
    """The column names, and what schools call them otherwise."""
    names = names_of(plan)
    return names | {word for word, label in other_words(plan.form).items() if label in names}


def _heading(
    rows: Sequence[Sequence[GridCell]], at: int, names: frozenset[str], most: int
) -> tuple[tuple[GridCell, ...], int]:
    """The column names in this row, or in this and the next one as one; and how many rows they are, 0 for none.

    most: how many columns the form has, at least half of which a heading names.
    """
    alone = _count(rows[at], names)
    below = rows[at + 1] if at + 1 < len(rows) and rows[at + 1][0].row == rows[at][0].row + 1 else ()
    joined = _joined_heading(rows[at], below, names) if below else ()
    both = _count(joined, names)
    if both >= 2 and both > max(alone, _count(below, names)):
        return joined, 2
    if alone < 2 or alone * 2 < min(most, sum(not cell.empty for cell in rows[at])):
        return (), 0
    return tuple(_named(cell, _known(cell.shown.text, names)) for cell in rows[at]), 1


def _count(row: Sequence[GridCell], names: frozenset[str]) -> int:
    """How many different column names stand in a row."""
    return len({_known(cell.shown.text, names) for cell in row} & names)


def _known(text: str, names: frozenset[str]) -> str:
    """A column name without a star or a remark in brackets, if that makes it a known one."""
    words = squeezed(text)
    bare = _REMARK.sub("", words)
    return bare if bare in names and words not in names else words


def _named(cell: GridCell, text: str) -> GridCell:
    return replace(cell, shown=replace(cell.shown, text=text))


def _joined_heading(
    top: Sequence[GridCell], bottom: Sequence[GridCell], names: frozenset[str]
) -> tuple[GridCell, ...]:  # fmt: skip
    """Two lines of column names as one: a name below goes before, or joins, the name of its group above."""
    found = []
    under = {cell.column: cell for cell in bottom if not cell.empty}
    for cell in top:
        below = [under[column] for column in range(cell.column, cell.column + cell.span) if column in under]
        if not below:
            found.append(_named(cell, _known(cell.shown.text, names)))
        for one in below:
            words = (cell.shown.text + one.shown.text, one.shown.text)
            said = next((known for known in (_known(word, names) for word in words) if known in names), words[0])
            found.append(_named(one, said))
    covered = {column for cell in top for column in range(cell.column, cell.column + cell.span)}
    found += [_named(one, _known(one.shown.text, names)) for one in under.values() if one.column not in covered]
    return tuple(sorted(found, key=lambda cell: cell.column))


def _end_of_list(grid: Grid, plan: Plan, body: range) -> int:
    """Behind the last row of the list: what stands under it may be lines of words."""
    end = body.stop
    while end > body.start and is_text(grid.rows[end - 1], plan, grid):
        end -= 1
    return end


def words_of(cell: GridCell) -> str:
    """What it shows, as printed words are compared."""
    return squeezed(cell.shown.text)


def is_text(row: Sequence[GridCell], plan: Plan, grid: Grid) -> bool:
    """Whether a row is a line of words rather than of a table: it says so, or lies across the sheet."""
    filled = [cell for cell in row if not cell.empty]
    words = words_of(filled[0])
    labels = {label for one in plan.rows for label in one.labels if len(one.labels) > 1}
    if words in labels or filled[0].pictures or filled[0].shown.fault:
        return False
    said = words.partition(":")[0]
    pieces = {piece for one in plan.rows if not one.row.table for cell in one.mixed for piece in cell}
    known = said in pieces or said in _SIGNED or is_label_of_line(said, plan.form)
    if ":" in filled[0].shown.text.replace("：", ":") and known:
        return True
    wide = filled[0].span > 1 and filled[0].span * 2 > _width(grid)
    return len(filled) == 1 and bool(wide or _NOTE.match(words) or _is_printed(words, plan))


def _is_printed(words: str, plan: Plan) -> bool:
    return len(words) > 1 and any(words in row.labels for row in plan.rows if len(row.labels) == 1)


def _width(grid: Grid) -> int:
    return len({cell.column for row in grid.rows for cell in row if not cell.empty})


# --- a list ---


def listed(grid: Grid, plan: Plan, block: Block, again: bool) -> Listed:
    """Heading and body as a table whose every row has a cell for every column in use.

    again: the heading was printed before and the list goes on.
    """
    bodies = [grid.rows[number] for number in block.body]
    totals = [row for row in bodies if _is_total(row, plan)]
    examples = [row for row in bodies if row not in totals and is_example(row)]
    entries = [row for row in bodies if row not in totals and row not in examples]
    halves = halves_of(block.heading, entries, names_of(plan))
    absent = _absent(plan, halves)
    rows: list[Row] = []
    for half in halves:
        shift = min(half.heading, default=0) - min(halves[0].heading, default=0)
        table = _table_of(grid, plan, half, shift, absent or ())
        if not again and not rows:
            heads = replace(table, codecs={}, covered=_covered([block.heading]), down={})
            rows.append(_table_row(half.heading, heads, absent or ()))
        rows += _entries(table, half, plan)
    count = sum(row.table for row in rows) - (not again)
    miscounts = (one for row in totals for one in _miscounts(grid, row, count))
    findings = (*examples_told(grid, examples), *miscounts)
    named = frozenset(words_of(cell) for cell in block.heading if not cell.empty)
    return Listed(tuple(rows), findings, named, absent)


def _absent(plan: Plan, halves: Sequence[Half]) -> tuple[str, ...] | None:
    """Column names of the form's one list that the heading has not; None where it has one that nothing explains.

    Such a one may be what a school calls a column that seems to be absent.
    """
    names, others = names_of(plan), other_words(plan.form)
    found: set[str] = set()
    for half in halves:
        said = [half.heading.get(column) for column in _columns(half.heading, half.rows, names)]
        known = ["" if cell is None else others.get(words_of(cell), words_of(cell)) for cell in said]
        if len({*known}) < len(known) or not names.issuperset(known):
            return None
        found |= {*known}
    return tuple(sorted(names - found)) if len(plan.form.lists()) == 1 else ()


@dataclass(frozen=True, slots=True)
class _Table:
    """How the rows of a list are laid out.

    columns: in use; shift: how far its half stands to the right of the first; more: how many columns it has not.
    covered: places under a merged area, but for its first; down: those of them where it says what their row has.
    """

    grid: Grid
    columns: Sequence[int]
    codecs: Mapping[int, str]
    shift: int
    more: int
    covered: frozenset[tuple[int, int]]
    down: Mapping[tuple[int, int], GridCell]


def _table_of(grid: Grid, plan: Plan, half: Half, shift: int, absent: Sequence[str]) -> _Table:
    columns = _columns(half.heading, half.rows, names_of(plan))
    codecs = _codecs(plan, half.heading)
    return _Table(grid, columns, codecs, shift, len(absent), _covered(half.rows), told_down(half.rows))


def _entries(table: _Table, half: Half, plan: Plan) -> Iterator[Row]:
    others = other_words(plan.form)
    whose = [column for column, cell in half.heading.items() if others.get(words_of(cell), words_of(cell)) in _WHOSE]
    rows = [row for row in half.rows if any(cell.column in table.columns and not cell.empty for cell in row)]
    for row in rows:
        filled = [cell for cell in row if not cell.empty]
        lone = len(filled) == 1
        if lone and filled[0].span >= max(2, len(table.columns)):
            yield Row((cell_of(filled[0], table.grid),))
            continue
        made = _table_row({cell.column: cell for cell in row}, table)
        # A last row with a single word may be a remark under the list, and a total with words nobody knows what. Under
        # a name that was merged down a row may be more of the same person or day.
        further = any((row[0].row, column) in table.covered for column in whose)
        doubted = further or (lone and row is rows[-1]) or _TOTAL.fullmatch(words_of(filled[0]))
        yield _doubted(made) if doubted else made


def _table_row(cells: Mapping[int, GridCell], table: _Table, more: Sequence[str] = ()) -> Row:
    """A merged area stands once, but for one that says the same of several rows; where nobody wrote it is empty.

    more: names of columns that are not there, for a heading; under them every row is empty.
    """
    number = next(iter(cells.values())).row
    made = []
    for column in table.columns:
        cell = table.down.get((number, column), cells.get(column))
        if cell is not None:
            is_day = table.codecs.get(column) in _DAYS and cell.shown.day
            made.append(cell_of(cell, table.grid, cell.shown.day if is_day else None))
        elif (number, column) not in table.covered:
            made.append(cell_of(GridCell(number, column, Shown()), table.grid))
    made = [replace(cell, column=cell.column - table.shift) for cell in made]
    behind = max((cell.column + cell.span for cell in made), default=0)
    texts = [*more, *[""] * (table.more - len(more))]
    made += [Cell((Line(text),) if text else (), behind + place) for place, text in enumerate(texts)]
    return Row(tuple(made), 1)


def _doubted(row: Row) -> Row:
    """The row with nothing in it that counts without a person."""
    return replace(row, cells=tuple(replace(cell, unread=cell.unread or bool(cell.lines)) for cell in row.cells))


def _covered(rows: Sequence[Sequence[GridCell]]) -> frozenset[tuple[int, int]]:
    """Places under a merged area, but for its first."""
    wide = [cell for row in rows for cell in row if cell.span > 1 or cell.rows > 1]
    return frozenset(
        (row, column) for cell in wide for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.span)
        if (row, column) != (cell.row, cell.column)
    )  # fmt: skip


def _columns(
    heading: Mapping[int, GridCell], bodies: Sequence[Sequence[GridCell]], names: frozenset[str]
) -> list[int]:  # fmt: skip
    """Columns with anything in them, without a running number that the form does not ask for."""
    filled: dict[int, list[str]] = {column: [] for column in heading}
    for row in bodies:
        for cell in row:
            if not cell.empty:
                filled.setdefault(cell.column, []).append(cell.shown.text.strip())
    return [column for column in sorted(filled) if not _is_running(heading.get(column), filled[column], names)]


def _is_running(name: GridCell | None, texts: Sequence[str], names: frozenset[str]) -> bool:
    said = "" if name is None else words_of(name)
    return said in _NUMBERS and said not in names and all(text.rstrip(".、").isdigit() for text in texts)


def _codecs(plan: Plan, heading: Mapping[int, GridCell]) -> dict[int, str]:
    """What kind of value each column holds, where its name says one alone."""
    labels = labels_of(plan.form)
    kinds: dict[str, set[str]] = {}
    for name, columns in plan.form.lists().items():
        for column, kind in columns.items():
            kinds.setdefault(labels[f"{name}.{column}"], set()).add(kind.codec)
    others = other_words(plan.form)
    said = {number: others.get(words_of(cell), words_of(cell)) for number, cell in heading.items()}
    return {number: min(kinds[word]) for number, word in said.items() if len(kinds.get(word, ())) == 1}


# --- totals ---


def _is_total(row: Sequence[GridCell], plan: Plan) -> bool:
    """合计 with numbers alone behind it, on a form that prints no such row itself."""
    filled = [cell for cell in row if not cell.empty]
    if any("合计" in label or "总计" in label for one in plan.rows for label in one.labels):
        return False
    return _TOTAL.fullmatch(words_of(filled[0])) is not None and all(_is_number(cell) for cell in filled[1:])


def _is_number(cell: GridCell) -> bool:
    return re.fullmatch(r"共?\d{1,6}(?:\.\d+)?[人名位年]?", words_of(cell), re.ASCII) is not None


def _miscounts(grid: Grid, row: Sequence[GridCell], entries: int) -> Iterator[Finding]:
    """A total that counts other rows than there are: one may be lost."""
    filled = [cell for cell in row if not cell.empty]
    beside = [cell for cell in filled[1:] if cell.column == filled[0].column + filled[0].span]
    stated = [found[1] for cell in filled for form in (_TOTAL, _COUNTED) if (found := form.fullmatch(words_of(cell)))]
    stated += [words_of(cell) for cell in beside if words_of(cell).isdigit()]
    if any(one and int(one) != entries for one in stated):
        said = next(one for one in stated if one and int(one) != entries)
        yield Finding("total_differs", f"工作表“{grid.name}”的合计写 {said}，列表是 {entries} 行，请核对有无漏行。")
