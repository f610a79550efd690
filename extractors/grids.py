"""Sheets of a table as grids of cells, whatever file they came in, and what is told of any of them.

Knows no form and no file format.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter

from extractors.shown import Shown
from gengang.findings import Finding

MOST_SHEETS = 10
MOST_ROWS = 2_000
MOST_COLUMNS = 60
MOST_MERGED = 1_000_000  # places under all merged areas of a sheet
MOST_CELLS = 150_000  # stored on one sheet, empty ones with a format too


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell with content, or a merged area. row, column from 1; span, rows: how many it covers.

    pictures: how many are anchored in it.
    """

    row: int
    column: int
    shown: Shown
    span: int = 1
    rows: int = 1
    pictures: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing at all stands in it."""
        return not self.shown.text.strip() and not self.shown.fault and not self.pictures


@dataclass(frozen=True, slots=True)
class Grid:
    """A worksheet. number from 1; rows: those with content, in order, each with its cells from left to right.

    boxes: texts of shapes that float over the cells; findings: what is wrong with it whatever form it shows.
    """

    number: int
    name: str
    rows: tuple[tuple[GridCell, ...], ...]
    hidden: bool = False
    boxes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Grids:
    """What a workbook gave: its sheets with content, and what was wrong with the file."""

    grids: tuple[Grid, ...] = ()
    findings: tuple[Finding, ...] = ()


def too_large(message: str) -> Finding:
    """The refusal of what costs too much. message: what it is, and what to do."""
    return Finding("too_large", message, severity="error")


def gathered(found: Sequence[Grid]) -> Grids:
    """The sheets with content, as many and as large as are read, and what to say of the others."""
    filled = [grid for grid in found if grid.rows or grid.boxes]
    findings = [too_large(f"工作表“{grid.name}”超过 {MOST_ROWS} 行或 {MOST_COLUMNS} 列，未读取。请拆分后再交。")
                for grid in filled if _is_wide(grid)]  # fmt: skip
    if len(filled) > MOST_SHEETS:
        names = "、".join(grid.name for grid in filled[MOST_SHEETS:])
        findings.append(too_large(f"工作表超过 {MOST_SHEETS} 张，后面的“{names}”未读取。请拆分后再交。"))
    if not filled:
        findings.append(Finding("empty_file", "电子表格里没有任何内容。请对方重新发送。", severity="error"))
    return Grids(tuple(grid for grid in filled[:MOST_SHEETS] if not _is_wide(grid)), tuple(findings))


def _is_wide(grid: Grid) -> bool:
    columns = {cell.column for row in grid.rows for cell in row if not cell.empty}
    merged = sum(cell.span * cell.rows for row in grid.rows for cell in row if cell.span > 1 or cell.rows > 1)
    return len(grid.rows) > MOST_ROWS or len(columns) > MOST_COLUMNS or merged > MOST_MERGED


def rows_of(cells: Iterable[GridCell]) -> list[tuple[GridCell, ...]]:
    """The cells in the rows they stand in, in order; rows without content left out."""
    rows: dict[int, list[GridCell]] = {}
    for cell in sorted(cells, key=lambda one: (one.row, one.column)):
        rows.setdefault(cell.row, []).append(cell)
    return [tuple(row) for row in rows.values() if any(not cell.empty for cell in row)]


@dataclass(frozen=True, slots=True)
class Unseen:
    """What a sheet's sender does not see of it: rows, columns, or all of it."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    sheet: bool = False


def grid_of(
    number: int, name: str, rows: Sequence[tuple[GridCell, ...]], unseen: Unseen = Unseen(),
    notes: Sequence[str] = (), drawn: Sequence[tuple[int, int]] = (), boxes: tuple[str, ...] = (),
) -> Grid:  # fmt: skip
    """A sheet of these rows and what is to be said of it.

    notes: cells with a comment, by their names; drawn: row and column of each picture or shape.
    """
    findings = (*_hidden(unseen, rows), *_unread(notes, drawn))
    told = tuple(replace(one, message=f"工作表“{name}”{one.message}") for one in findings)
    return Grid(number, name, tuple(rows), unseen.sheet, boxes, told)


def _hidden(unseen: Unseen, rows: Sequence[Sequence[GridCell]]) -> Iterator[Finding]:
    """What was hidden, perhaps by a filter, is read; perhaps the school did not mean to send it."""
    filled = [cell for row in rows for cell in row if not cell.empty]
    found = sorted({cell.row for cell in filled} & unseen.rows)
    if found:
        names = listed_names([*map(str, found)])
        yield Finding("hidden_rows", f"第 {names} 行是隐藏的，已一并读取，请核对是否应当上报。")
    columns = sorted({cell.column for cell in filled} & unseen.columns)
    if columns:
        names = listed_names([get_column_letter(column) for column in columns])
        yield Finding("hidden_columns", f"{names} 列是隐藏的，已一并读取，请核对。")
    if unseen.sheet:
        yield Finding("hidden_sheet", "是隐藏的，已一并读取，请核对是否应当上报。")


def _unread(notes: Sequence[str], drawn: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    """What stands on the sheet and in no cell."""
    if notes:
        message = f"{listed_names(notes)} 单元格有批注，未读取，请人工查看。"
        yield Finding("unread_content", message, place=notes[0])
    places = [f"{get_column_letter(column)}{row}" for row, column in drawn]
    if places:
        message = f"{listed_names(places)} 处有图片，里面的文字未读取，请人工查看。"
        yield Finding("unread_content", message, place=places[0])


def name_of(cell: GridCell) -> str:
    """B3."""
    return f"{get_column_letter(cell.column)}{cell.row}"


def listed_names(names: Sequence[str]) -> str:
    """Some names as one phrase."""
    return "、".join(names) if len(names) <= 8 else f"{'、'.join(names[:8])} 等 {len(names)} 处"
