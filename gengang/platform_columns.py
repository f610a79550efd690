"""A platform's own sample workbook: its headings found, a copy of it filled below them, and read back equal.

It knows cells; what a column means is `office.platform_values`'. ID numbers and whatever else looks like a number are
text, or Excel would round the last digits away.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from gengang.errors import WorkspaceError
from gengang.workbook import bytes_of, plain_label, put_text, writable

HEADER_WITHIN = 15


@dataclass(frozen=True, slots=True)
class Heads:
    """The row of headings of a sample. columns: column number -> what it asks; others: headings nobody knows."""

    sheet: str
    row: int
    columns: Mapping[int, str]
    others: tuple[str, ...]
    samples: int


def opened(path: Path) -> Workbook:
    """Raises WorkspaceError for what is no .xlsx."""
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        raise WorkspaceError(f"{path.name} 不是 .xlsx：请用 Excel 或 WPS 把平台的样表另存为 .xlsx 后再试。")
    try:
        return load_workbook(path)
    except FileNotFoundError:
        raise WorkspaceError(f"找不到 {path}：请核对文件名。") from None
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as fault:
        raise WorkspaceError(f"打不开 {path.name}：请用 Excel 或 WPS 另存为 .xlsx 后再试。") from fault


def heads_of(book: Workbook, known: Mapping[str, str]) -> Heads:
    """The row with most known headings, of any sheet. known: plain heading -> what it asks.

    Raises WorkspaceError where no sheet has two of them.
    """
    found = [(_heads(sheet, row, known)) for sheet in book.worksheets
             for row in range(1, min(sheet.max_row, HEADER_WITHIN) + 1)]  # fmt: skip
    best = max(found, key=lambda one: len(one.columns), default=None)
    if best is None or len(best.columns) < 2:
        raise WorkspaceError("样表里找不到表头：前15行里应有“姓名”“身份证号”这样的列名。")
    return best


def _heads(sheet: Worksheet, row: int, known: Mapping[str, str]) -> Heads:
    labels = {cell.column: plain_label(str(cell.value)) for cell in sheet[row] if cell.value is not None}
    columns = {column: known[label] for column, label in labels.items() if label in known}
    others = tuple(str(sheet.cell(row, column).value).strip() for column in labels if column not in columns)
    below = range(row + 1, sheet.max_row + 1)
    samples = sum(any(cell.value is not None for cell in sheet[number]) for number in below)
    return Heads(sheet.title, row, columns, others, samples)


def filled(book: Workbook, heads: Heads, rows: Sequence[Mapping[str, str]]) -> bytes:
    """The copy, sample rows below the headings replaced. Raises WorkspaceError when it does not read back equal."""
    sheet = book[heads.sheet]
    looks = {column: _look_of(sheet.cell(heads.row + 1, column)) for column in heads.columns}
    if sheet.max_row > heads.row:
        for merged in [one for one in sheet.merged_cells.ranges if one.min_row > heads.row]:
            sheet.unmerge_cells(str(merged))
        sheet.delete_rows(heads.row + 1, sheet.max_row - heads.row)
    for number, row in enumerate(rows, heads.row + 1):
        for column, what in heads.columns.items():
            cell = sheet.cell(number, column)
            assert isinstance(cell, Cell), "nothing below the headings is merged any more"
            cell.font, cell.border, cell.alignment, cell.fill = map(copy, looks[column])
            put_text(cell, row.get(what, ""))
    data = bytes_of(book)
    _proved(data, heads, rows)
    return data


def _look_of(cell: Cell | MergedCell) -> tuple[Any, ...]:
    """Of a sample row, which the rows below the headings take over."""
    return copy(cell.font), copy(cell.border), copy(cell.alignment), copy(cell.fill)


def _proved(data: bytes, heads: Heads, rows: Sequence[Mapping[str, str]]) -> None:
    sheet = load_workbook(io.BytesIO(data))[heads.sheet]
    for number, row in enumerate(rows, heads.row + 1):
        for column, what in heads.columns.items():
            cell = sheet.cell(number, column)
            wanted = writable(row.get(what, "")) or None
            if isinstance(cell, MergedCell) or cell.value != wanted or (wanted and cell.data_type != "s"):
                raise WorkspaceError(f"写出的第{number}行“{what}”读回来不同，没有放行：请把样表发给维护人员。")
