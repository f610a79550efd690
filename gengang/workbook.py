"""Tables as offices keep them, in .xlsx or .csv: the header found below title rows, columns by their synonyms.

It knows cells and their faults; what a row means is `rosterfile`'s.
"""

import csv
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.packaging.custom import IntProperty
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation

from gengang.codecs import text_normal
from gengang.errors import RosterError

# A title, a note and an office's own line stand above the header; further down it would be data.
_HEADER_WITHIN = 15
# What XML cannot hold: a name from a damaged PDF must not keep the whole roster from being written.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOST = "\ufffd"
_FIXED_TIME = (2016, 9, 1, 0, 0, 0)
_CORE_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")

RawRow = Sequence[object]
Sheets = dict[str, list[RawRow]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of ours: the name we write first among its labels; needed ones must be there. choices: offered in it."""

    field: str
    labels: tuple[str, ...]
    needed: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its number in the sheet from 1, and field -> text in normal form.

    numeric: fields whose cell Excel holds as a number.
    """

    sheet: str
    number: int
    values: Mapping[str, str]
    numeric: frozenset[str] = frozenset()

    def __getitem__(self, field: str) -> str:
        return self.values.get(field, "")

    def fault(self, label: str, what: str) -> str:
        """A fault with its place."""
        return f"工作表“{self.sheet}”第{self.number}行“{label}”：{what}"


def read_sheets(path: Path) -> Sheets:
    """Every sheet's cells as they are; a .csv is one sheet in UTF-8 or GB18030. Raises RosterError if unreadable."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise RosterError(f"找不到 {path.name}", ("请把文件放到工作文件夹里再运行",)) from None
    except OSError:
        raise RosterError(f"打不开 {path.name}", ("请关掉正在打开它的程序后再运行",)) from None
    return sheets_of(path.name, data)


def sheets_of(name: str, data: bytes) -> Sheets:
    """The same of a file's bytes."""
    import pandas as pd  # costs most of a second, which only a command that opens a workbook should pay

    path = Path(name)
    try:
        if path.suffix.lower() == ".csv":
            return {path.stem: _csv_rows(data)}
        source = io.BytesIO(data)
        frames = pd.read_excel(source, sheet_name=None, header=None, dtype=object, engine="openpyxl", na_filter=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        raise RosterError(f"打不开 {path.name}", ("请用 Excel 或 WPS 另存为 .xlsx 后再运行",)) from None
    return {str(name): [list(row) for row in frame.itertuples(index=False)] for name, frame in frames.items()}


def _csv_rows(data: bytes) -> list[RawRow]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    return list(csv.reader(io.StringIO(text, newline="")))


def lines_of(sheet: str, rows: Sequence[RawRow], columns: Sequence[Column]) -> tuple[list[Line], list[str]]:
    """The rows below the header, blank ones left out, and the faults: no header, or a needed column missing."""
    header, places = find_header(rows, columns)
    missing = [column.labels[0] for column in columns if column.needed and column.field not in places]
    if missing:
        return [], [f"工作表“{sheet}”缺少列：{'、'.join(missing)}"]
    below = enumerate(rows[header + 1 :], header + 2)
    lines = [_line(sheet, number, row, places) for number, row in below]
    return [line for line in lines if any(line.values.values())], []


def find_header(rows: Sequence[RawRow], columns: Sequence[Column]) -> tuple[int, dict[str, int]]:
    """Index of the row with most known labels, and field -> column index in it."""
    places = [_places(row, columns) for row in rows[:_HEADER_WITHIN]] or [{}]
    best = max(range(len(places)), key=lambda index: (len(places[index]), -index))
    return best, places[best]


def has_other_cells(rows: Sequence[RawRow], columns: Sequence[Column]) -> bool:
    """Whether anything stands in a table beside the columns: above the header, or in a column of the office's own."""
    header, places = find_header(rows, columns)
    ours = set(places.values())
    return any(cell_text(cell) for row in rows[:header] for cell in row) or any(
        cell_text(cell) for row in rows[header:] for index, cell in enumerate(row) if index not in ours
    )


def _places(row: RawRow, columns: Sequence[Column]) -> dict[str, int]:
    labels = {label: column.field for column in columns for label in column.labels}
    found: dict[str, int] = {}
    for index, cell in enumerate(row):
        field = labels.get(plain_label(cell))
        if field is not None:
            found.setdefault(field, index)
    return found


def plain_label(cell: object) -> str:
    """A heading without blanks, notes in brackets and marks of what is required."""
    return re.sub(r"\s|[（(].*[）)]|[*＊:：]", "", str(cell or ""))


def _line(sheet: str, number: int, row: RawRow, places: Mapping[str, int]) -> Line:
    cells = {field: row[index] if index < len(row) else "" for field, index in places.items()}
    numeric = frozenset(field for field, cell in cells.items() if isinstance(cell, int | float))
    return Line(sheet, number, {field: cell_text(cell) for field, cell in cells.items()}, numeric)


def cell_text(cell: object) -> str:
    """A cell as text in normal form; whole numbers without a point, days as YYYY-MM-DD."""
    if cell is None or cell != cell:  # pandas' empty cells, NaN and NaT, are not equal to themselves
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return text_normal(str(cell))


def workbook_bytes(
    sheets: Mapping[str, tuple[Sequence[Column], Sequence[Mapping[str, str]]]], marks: Mapping[str, int] | None = None
) -> bytes:
    """An .xlsx with a bold header and every cell as text; the same rows give the same bytes.

    marks: numbers that go with it, unseen, and stay when Excel or WPS saves it.
    """
    book = Workbook()
    for mark, value in (marks or {}).items():
        book.custom_doc_props.append(  # type: ignore[attr-defined]  # its types do not know of it
            IntProperty(name=mark, value=value)
        )
    book.remove(book.worksheets[0])
    for name, (columns, rows) in sheets.items():
        sheet = book.create_sheet(name)
        for index, column in enumerate(columns, 1):
            head = sheet.cell(1, index, column.labels[0])
            head.font, head.alignment = Font(bold=True), Alignment(horizontal="center")
            texts = [writable(row.get(column.field, "")) for row in rows]
            for number, text in enumerate(texts, 2):
                put_text(sheet.cell(number, index), text)
            widest = max(map(_width, (column.labels[0], *texts)))
            sheet.column_dimensions[get_column_letter(index)].width = min(widest + 2, 40)
            if column.choices:
                offered = DataValidation("list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
                offered.add(f"{get_column_letter(index)}2:{get_column_letter(index)}{len(rows) + 200}")
                sheet.add_data_validation(offered)
        sheet.freeze_panes = "A2"
    return bytes_of(book)


def mark_in(data: bytes, name: str) -> int:
    """The number of this name that goes with a workbook, 0 for none."""
    book = load_workbook(io.BytesIO(data), read_only=True)
    marks = book.custom_doc_props.props  # type: ignore[attr-defined]  # as above
    found = next((one.value for one in marks if one.name == name), 0)
    return found if isinstance(found, int) else 0


def put_text(cell: Cell, text: str) -> None:
    """A text that stays one, also where it begins with = and would else be taken for a formula; empty for none."""
    cell.value = writable(text) or None
    cell.number_format = "@"
    if text:
        cell.data_type = "s"


def writable(text: str) -> str:
    """The text without what XML cannot hold."""
    return _UNWRITABLE.sub(_LOST, text)


def bytes_of(book: Workbook) -> bytes:
    """The .xlsx without a clock: equal books give equal bytes."""
    stream = io.BytesIO()
    book.save(stream)
    return _without_times(stream.getvalue())


def _width(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)


def _without_times(data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = _CORE_TIMES.sub(rb"\g<1>2016-09-01T00:00:00Z", part)
            target.writestr(zipfile.ZipInfo(name, _FIXED_TIME), part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def write_whole(path: Path, data: bytes) -> None:
    """Write beside and rename, so that nobody ever reads half a workbook."""
    beside = path.with_name(f"~{path.name}.tmp")
    beside.write_bytes(data)
    beside.replace(path)
