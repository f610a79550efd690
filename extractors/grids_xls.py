"""An old workbook (.xls, .et) to the grids of its sheets.

Knows xlrd, and of the records of such a file what xlrd leaves out: which cells are formulas and where shapes stand.
"""

import struct
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

import xlrd
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900
from xlrd.biffh import XL_CELL_BLANK, XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_EMPTY, XL_CELL_ERROR, XL_CELL_TEXT
from xlrd.compdoc import CompDocError

from extractors.grids import (
    MOST_CELLS,
    MOST_MERGED,
    Grid,
    GridCell,
    Grids,
    Unseen,
    gathered,
    grid_of,
    name_of,
    rows_of,
    too_large,
)
from extractors.shown import Shown, shown_of_typed
from gengang.findings import Finding
from gengang.zipmembers import TooLargeError

MOST_BYTES = 20_000_000
_BROKEN = (
    xlrd.XLRDError, CompDocError, struct.error, KeyError, ValueError, TypeError, AttributeError, IndexError,
    OverflowError, EOFError, AssertionError, NotImplementedError, RecursionError,
)  # fmt: skip
_ENCRYPTED = "电子表格设有打开密码，无法读取。请取消密码后另存一份再交。"
_UNREADABLE = "旧版电子表格（.xls 或 .et）已损坏或读不懂。请用 Excel 或 WPS 打开后另存为 .xlsx 再交。"

_BOF, _EOF, _BOUNDSHEET, _FORMULA, _OBJ, _DRAWING, _CONTINUE = 0x809, 0x0A, 0x85, 0x06, 0x5D, 0xEC, 0x3C
_ROWS_OF_CELLS = {0x201: 1, 0x203: 1, 0xFD: 1, 0x204: 1, 0x27E: 1, 0x06: 1, 0x205: 1, 0xD6: 1}
_SEVERAL = {0xBD: 6, 0xBE: 2}  # records of several cells -> bytes a cell
_ANCHOR = b"\x00\x00\x10\xf0\x12\x00\x00\x00"  # where a shape stands: flags, column, offset, row
_UNDRAWN = frozenset({0x14, 0x19})  # the arrow of a filter, and a note, which is told as one
_CALCULATE = 2


@dataclass(frozen=True, slots=True)
class _Records:
    """Of one sheet: formulas, each with whether it waits to be calculated, and shapes; row and column from 1."""

    formulas: Mapping[tuple[int, int], bool]
    shapes: tuple[tuple[int, int], ...]
    cells: int


def grids_of_xls(data: bytes) -> Grids:
    """The sheets of an .xls in order, hidden ones too. Never raises for the file's sake."""
    if len(data) > MOST_BYTES:
        return Grids(findings=(too_large("电子表格过大，未读取。请删去多余的行、列和图片后再交。"),))
    try:
        book = _opened(data)
        records = _records(bytes(book.mem), book.base)
        if any(one.cells > MOST_CELLS for one in records):
            raise TooLargeError("cells")
        return gathered([_grid(number, book, records[number - 1] if number <= len(records) else _Records({}, (), 0))
                         for number in range(1, book.nsheets + 1)])  # fmt: skip
    except TooLargeError:
        return Grids(findings=(too_large("电子表格里的单元格过多，未读取。请删去多余的行、列后再交。"),))
    except _BROKEN as fault:
        encrypted = "encrypted" in str(fault)
        code, message = ("encrypted", _ENCRYPTED) if encrypted else ("unreadable_file", _UNREADABLE)
        return Grids(findings=(Finding(code, message, severity="error"),))


def _opened(data: bytes) -> Any:
    """Chinese where a file of old says no encoding."""
    said = StringIO()  # standard output may be a document's
    book = xlrd.open_workbook(file_contents=data, formatting_info=True, on_demand=True, logfile=said, ragged_rows=True)
    if book.biff_version >= 80 or book.codepage not in (None, 1252):
        return book
    return xlrd.open_workbook(file_contents=data, formatting_info=True, on_demand=True, logfile=said, ragged_rows=True,
                              encoding_override="gb18030")  # fmt: skip


# --- one sheet ---


def _grid(number: int, book: Any, records: _Records) -> Grid:
    sheet = book.sheet_by_index(number - 1)
    if sum((bottom - top) * (right - left) for top, bottom, left, right in sheet.merged_cells) > MOST_MERGED:
        raise TooLargeError(sheet.name)
    shapes = Counter(records.shapes)
    areas = {(top + 1, left + 1): (right - left, bottom - top) for top, bottom, left, right in sheet.merged_cells}
    covered = {(row, column) for (top, left), (span, rows) in areas.items() for row in range(top, top + rows)
               for column in range(left, left + span)} - areas.keys()  # fmt: skip
    cells: dict[tuple[int, int], GridCell] = {}
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            place = (row + 1, column + 1)
            if place not in covered and (sheet.cell_type(row, column) != XL_CELL_EMPTY or place in records.formulas):
                shown = _shown(book, sheet, row, column, records.formulas.get(place))
                cells[place] = GridCell(*place, shown, *areas.get(place, (1, 1)), shapes[place])
    for place in shapes.keys() - cells.keys() - covered:
        cells[place] = GridCell(*place, Shown(), pictures=shapes[place])
    notes = [name_of(GridCell(row + 1, column + 1, Shown())) for row, column in sorted(sheet.cell_note_map)]
    unseen = Unseen(*_dark(sheet), bool(sheet.visibility))
    return grid_of(number, sheet.name, rows_of(cells.values()), unseen, notes, sorted(records.shapes))


def _dark(sheet: Any) -> tuple[frozenset[int], frozenset[int]]:
    rows = frozenset(row + 1 for row, one in sheet.rowinfo_map.items() if one.hidden or one.height == 0)
    return rows, frozenset(column + 1 for column, one in sheet.colinfo_map.items() if one.hidden or one.width == 0)


def _shown(book: Any, sheet: Any, row: int, column: int, waiting: bool | None) -> Shown:
    """waiting: whether the cell is a formula that nobody has calculated; None for no formula."""
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == XL_CELL_ERROR:
        return Shown(fault="cell_error")
    if waiting is not None and (value == "" or (waiting and value == 0)):
        return Shown(fault="formula_uncached")
    if kind in (XL_CELL_EMPTY, XL_CELL_BLANK):
        return Shown()
    epoch = CALENDAR_MAC_1904 if book.datemode else CALENDAR_WINDOWS_1900
    if kind in (XL_CELL_TEXT, XL_CELL_BOOLEAN):
        return shown_of_typed(bool(value) if kind == XL_CELL_BOOLEAN else value, "", 0, epoch)
    key = book.xf_list[sheet.cell_xf_index(row, column)].format_key
    code = str(book.format_map[key].format_str or "") if key in book.format_map else ""
    return shown_of_typed(_moment(book, value) if kind == XL_CELL_DATE else value, code, key, epoch)


def _moment(book: Any, value: float) -> object:
    """A day or a time of day; the number itself where it is none."""
    try:
        found = xlrd.xldate_as_datetime(value, book.datemode)
    except (ValueError, OverflowError):
        return value
    return found.time() if 0 <= value < 1 else found


# --- records ---


def _records(stream: bytes, base: int) -> list[_Records]:
    """Of each worksheet in order; nothing of a file older than 1993."""
    starts = []
    for _, kind, body in _each(stream, base):
        if kind == _BOUNDSHEET and len(body) >= 6 and body[5] == 0:
            starts.append(base + int.from_bytes(body[:4], "little"))
        if kind == _EOF:
            break
    return [_records_of_sheet(stream, start) for start in starts]


def _each(stream: bytes, at: int) -> Iterator[tuple[int, int, bytes]]:
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _records_of_sheet(stream: bytes, start: int) -> _Records:
    formulas: dict[tuple[int, int], bool] = {}
    shapes: list[tuple[int, int]] = []
    anchors: list[tuple[int, int]] = []
    depth = cells = 0
    for _, kind, body in _each(stream, start):
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            break
        cells += _ROWS_OF_CELLS.get(kind, 0) + (len(body) // _SEVERAL[kind] if kind in _SEVERAL else 0)
        if kind == _FORMULA and depth == 1 and len(body) >= 16:
            row, column = struct.unpack_from("<HH", body)
            formulas[row + 1, column + 1] = bool(struct.unpack_from("<H", body, 14)[0] & _CALCULATE)
        elif kind in (_DRAWING, _CONTINUE):
            anchors += _anchors(body)
        elif kind == _OBJ and len(body) >= 6 and struct.unpack_from("<H", body, 4)[0] not in _UNDRAWN:
            shapes.append(_place_of_old(body) or (anchors[-1] if anchors else (1, 1)))
    return _Records(formulas, tuple(shapes), cells)


def _place_of_old(shape: bytes) -> tuple[int, int] | None:
    """Where a shape of a file before 1997 stands; None for a later one, whose place stands in its drawing."""
    if shape[:2] == b"\x15\x00" or len(shape) < 18:
        return None
    column, _, row = struct.unpack_from("<3H", shape, 10)
    return row + 1, column + 1


def _anchors(drawing: bytes) -> Sequence[tuple[int, int]]:
    found = []
    at = drawing.find(_ANCHOR)
    while 0 <= at <= len(drawing) - len(_ANCHOR) - 8:
        column, _, row = struct.unpack_from("<3H", drawing, at + len(_ANCHOR) + 2)
        found.append((row + 1, column + 1))
        at = drawing.find(_ANCHOR, at + 1)
    return found
