"""A workbook's bytes to the grids of its sheets: every cell as somebody would type it, what Excel spoiled told.

Knows openpyxl and what spreadsheet programs do to numbers, dates and formulas; knows no form. Macros are never run.
"""

import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from io import BytesIO, StringIO
from typing import Any
from xml.etree.ElementTree import ParseError

from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from extractors.archive import BROKEN_ZIP, MOST_RATIO, RATIO_FREE_BYTES
from extractors.grids import MOST_CELLS, MOST_MERGED, Grid, GridCell, Grids, Unseen, gathered, grid_of, too_large
from extractors.shown import Shown, shown_of_value
from gengang.findings import Finding
from gengang.zipmembers import TooLargeError, member_of

MOST_BYTES = 100_000_000
MOST_BYTES_A_PART = (
    20_000_000  # a sheet of the most rows and columns has a third of that; openpyxl takes seconds for it
)
MOST_JOINED = 5_000  # merged and linked areas: openpyxl makes a cell for each place, and holds each against all others

BROKEN_WORKBOOK = (
    zipfile.BadZipFile, zlib.error, struct.error, ParseError, etree.XMLSyntaxError, InvalidFileException, KeyError,
    ValueError, TypeError, AttributeError, IndexError, OverflowError, EOFError, OSError, RuntimeError, AssertionError,
    NotImplementedError,
)  # fmt: skip

_SECTIONS = re.compile(
    rb"""<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*?\bref\s*=\s*["']\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)["']""", re.I
)
_CELL = re.compile(rb"<(?:\w+:)?c[ />]")
_DRAWN_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_SHAPE = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}sp"


def grids_of_workbook(data: bytes) -> Grids:
    """The sheets of an .xlsx in order, hidden ones too. Never raises for the file's sake."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            unfolded = _unfolded(package, len(data))
        if unfolded is None:
            return Grids(findings=(too_large("电子表格解开后过大，未读取。请删去多余的行、列和图片后再交。"),))
        # openpyxl prints about styles out of range, and standard output may be a document's.
        with warnings.catch_warnings(), redirect_stdout(StringIO()):
            warnings.simplefilter("ignore")  # what openpyxl does not know it leaves out; what we miss of that is told
            return _grids(unfolded)
    except BROKEN_WORKBOOK:
        message = "电子表格已损坏或不是完好的 .xlsx。请用 Excel 或 WPS 打开后另存为 .xlsx 再交。"
        return Grids(findings=(Finding("unreadable_file", message, severity="error"),))


def _unfolded(package: zipfile.ZipFile, packed: int) -> bytes | None:
    """The same workbook unpacked, so that no member is more than it states; None where opening it costs too much."""
    allowed = max(RATIO_FREE_BYTES, min(MOST_BYTES, packed * MOST_RATIO))
    if sum(entry.file_size for entry in package.infolist()) > allowed:
        return None
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as target:
        for name in dict.fromkeys(package.namelist()):
            try:
                content = _member(package, name)
            except TooLargeError:
                return None
            if content is not None:
                target.writestr(name, content)
    return made.getvalue()


def _member(package: zipfile.ZipFile, name: str) -> bytes | None:
    """None for a damaged one that may never be asked for. Raises TooLargeError."""
    if not name.lower().endswith((".xml", ".rels", ".vml")):
        try:
            return member_of(package, name, MOST_BYTES)
        except BROKEN_ZIP:
            return None
    part = member_of(package, name, MOST_BYTES_A_PART)
    if _is_crowded(part):  # a sheet's part may have any name
        raise TooLargeError(name)
    return part


def _is_crowded(part: bytes) -> bool:
    areas = _SECTIONS.findall(part)
    joined = sum((abs(int(bottom) - int(top)) + 1) * (abs(_column(right) - _column(left)) + 1)
                 for left, top, right, bottom in areas)  # fmt: skip
    return joined > MOST_MERGED or len(areas) > MOST_JOINED or sum(1 for _ in _CELL.finditer(part)) > MOST_CELLS


def _column(letters: bytes) -> int:
    return column_index_from_string(letters.decode("ascii").upper())


def _grids(data: bytes) -> Grids:
    """A second look at the stored results costs as much again, so only where there are formulas."""
    book = load_workbook(BytesIO(data), keep_links=False)
    results = load_workbook(BytesIO(data), keep_links=False, data_only=True) if _has_formula(book) else book
    texts = _drawn_texts(data)
    found = [_grid(number, sheet, results.worksheets[number - 1], texts)
             for number, sheet in enumerate(book.worksheets, 1)]  # fmt: skip
    return gathered(found)


def _has_formula(book: Workbook) -> bool:
    return any(cell.data_type == "f" for sheet in book.worksheets for row in _stored(sheet) for cell in row)


def _stored(sheet: Worksheet) -> Iterator[list[Any]]:
    """Cells that the file holds, row by row; iter_rows would make every one up to the last."""
    rows: dict[int, list[Any]] = {}
    for (row, _), cell in sorted(sheet._cells.items()):
        rows.setdefault(row, []).append(cell)
    yield from rows.values()


# --- one sheet ---


def _grid(number: int, sheet: Worksheet, results: Worksheet, texts: Mapping[str, tuple[str, ...]]) -> Grid:
    areas = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    covered = {(row, column) for area in areas.values() for row in range(area.min_row, area.max_row + 1)
               for column in range(area.min_col, area.max_col + 1)} - set(areas)  # fmt: skip
    pictures = _pictures(sheet)
    rows: list[tuple[GridCell, ...]] = []
    for stored in _stored(sheet):
        kept = [cell for cell in stored if (cell.row, cell.column) not in covered]
        cells = [_grid_cell(cell, results, areas.get((cell.row, cell.column)), pictures) for cell in kept]
        if any(not cell.empty for cell in cells):
            rows.append(tuple(cells))
    boxes = tuple(text for part in _drawings(sheet) for text in texts.get(part, ()))
    notes = [cell.coordinate for row in _stored(sheet) for cell in row if getattr(cell, "comment", None) is not None]
    name = sheet.title or str(number)
    unseen = Unseen(*_dark(sheet), sheet.sheet_state != "visible")
    return grid_of(number, name, rows, unseen, notes, sorted(pictures), boxes)


def _grid_cell(cell: Any, results: Worksheet, area: Any, pictures: Mapping[tuple[int, int], int]) -> GridCell:
    span, rows = (1, 1) if area is None else (area.max_col - area.min_col + 1, area.max_row - area.min_row + 1)
    result = results.cell(cell.row, cell.column)
    formula = str(getattr(cell.value, "text", cell.value)) if cell.data_type == "f" else ""
    within = "DISPIMG" in formula.upper()
    drawn = pictures.get((cell.row, cell.column), 0) + within
    shown = Shown() if within and _is_no_text(result) else shown_of_value(result, bool(formula))
    return GridCell(cell.row, cell.column, shown, span, rows, drawn)


def _is_no_text(result: Any) -> bool:
    """Whether what is stored of a formula that may draw a picture is not what another branch of it says."""
    return result.value is None or result.data_type == "e" or "DISPIMG" in str(result.value).upper()


def _pictures(sheet: Worksheet) -> Mapping[tuple[int, int], int]:
    """How many pictures are anchored in each cell; a cell that nobody touched is made for one."""
    found: dict[tuple[int, int], int] = {}
    for picture in sheet._images:  # type: ignore[attr-defined]  # not in its stubs
        start = getattr(picture.anchor, "_from", None)
        place = (1, 1) if start is None else (start.row + 1, start.col + 1)
        found[place] = found.get(place, 0) + 1
        sheet.cell(*place)
    return found


def _dark(sheet: Worksheet) -> tuple[frozenset[int], frozenset[int]]:
    """Hidden rows and columns."""
    rows = frozenset(row for row, one in sheet.row_dimensions.items() if one.hidden or one.height == 0)
    columns = frozenset(column for one in sheet.column_dimensions.values() if one.hidden or one.width == 0
                        for column in range(one.min or 0, min(one.max or 0, 16_384) + 1))  # fmt: skip
    return rows, columns


# --- shapes ---


def _drawings(sheet: Worksheet) -> list[str]:
    relations: Any = sheet._rels  # type: ignore[attr-defined]  # not in its stubs
    return [str(one.target).lstrip("/") for one in relations if str(one.Type).endswith("/drawing")]


def _drawn_texts(data: bytes) -> dict[str, tuple[str, ...]]:
    """Texts of the shapes in each drawing part; openpyxl leaves them out."""
    found = {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(BytesIO(data)) as package:
        for name in package.namelist():
            if re.fullmatch(r"xl/drawings/[^/]+\.xml", name):
                root = etree.fromstring(package.read(name), parser)
                shapes = ("".join(one.text or "" for one in shape.iter(_DRAWN_TEXT)) for shape in root.iter(_SHAPE))
                found[name] = tuple(text for text in shapes if text.strip())
    return found
