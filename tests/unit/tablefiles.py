"""One drawn sheet as every kind of table file: what a school's program would have written for it."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import xlwt
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that its program never calculated."""

    text: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sheet. areas: merged ones, as top, left, bottom, right from 1; dark: hidden rows, from 1."""

    rows: Sequence[Sequence[Value | Formula]]
    areas: Sequence[tuple[int, int, int, int]] = ()
    dark: frozenset[int] = frozenset()
    name: str = "名单"
    hidden: bool = False

    def covered(self) -> set[tuple[int, int]]:
        """Places under a merged area, but for its first."""
        return {(row, column) for top, left, bottom, right in self.areas for row in range(top, bottom + 1)
                for column in range(left, right + 1)} - {(top, left) for top, left, _, _ in self.areas}  # fmt: skip

    def area(self, row: int, column: int) -> tuple[int, int]:
        """How many columns and rows the cell there takes."""
        return next(((right - left + 1, bottom - top + 1) for top, left, bottom, right in self.areas
                     if (top, left) == (row, column)), (1, 1))  # fmt: skip


def xlsx_of(*sheets: Drawn) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for drawn in sheets:
        sheet = book.create_sheet(drawn.name)
        for number, row in enumerate(drawn.rows, 1):
            for column, value in enumerate(row, 1):
                cell = sheet.cell(number, column, f"={value.text}" if isinstance(value, Formula) else value)
                if isinstance(value, date):
                    cell.number_format = "yyyy-mm-dd"
                elif isinstance(value, str) and value.startswith("="):
                    cell.data_type = "s"
        for top, left, bottom, right in drawn.areas:
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        for number in drawn.dark:
            sheet.row_dimensions[number].hidden = True
        sheet.sheet_state = "hidden" if drawn.hidden else "visible"
    return _saved(book.save)


def xls_of(*sheets: Drawn, dates_1904: bool = False) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = dates_1904
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    plain = xlwt.XFStyle()
    for drawn in sheets:
        sheet = book.add_sheet(drawn.name, cell_overwrite_ok=True)
        covered = drawn.covered()
        for top, left, bottom, right in drawn.areas:
            sheet.merge(top - 1, bottom - 1, left - 1, right - 1)
        for number, row in enumerate(drawn.rows):
            for column, value in enumerate(row):
                if value is not None and (number + 1, column + 1) not in covered:
                    written = xlwt.Formula(value.text) if isinstance(value, Formula) else value
                    sheet.write(number, column, written, day if isinstance(value, date) else plain)
        for number in drawn.dark:
            sheet.row(number - 1).hidden = True
        sheet.visibility = int(drawn.hidden)
    return _saved(book.save)


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    data = io.BytesIO()
    save(data)
    return data.getvalue()


def html_of(drawn: Drawn) -> bytes:
    """A table as a web system exports it under the name .xls."""
    lines = []
    covered = drawn.covered()
    for number, row in enumerate(drawn.rows, 1):
        cells = []
        for column, value in enumerate(row, 1):
            if (number, column) not in covered:
                span, rows = drawn.area(number, column)
                said = escape(_shown(value)).replace("\n", "<br>")
                cells.append(f'<td colspan="{span}" rowspan="{rows}">{said or "&nbsp;"}</td>')
        dark = ' style="display:none"' if number in drawn.dark else ""
        lines.append(f"<tr{dark}>{''.join(cells)}</tr>")
    page = f'<html><head><meta charset="gbk"></head><body><table border=1>{"".join(lines)}</table></body></html>'
    return page.encode("gb18030")


def xml_of(*sheets: Drawn) -> bytes:
    """An XML Spreadsheet 2003."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    styles = '<Styles><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style></Styles>'
    inside = "".join(map(_xml_sheet, sheets))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        f'<Workbook xmlns="{space}" xmlns:ss="{space}" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        f"{styles}{inside}</Workbook>"
    ).encode()


def _xml_sheet(drawn: Drawn) -> str:
    covered = drawn.covered()
    rows = []
    for number, row in enumerate(drawn.rows, 1):
        cells = [_xml_cell(value, column, *drawn.area(number, column)) for column, value in enumerate(row, 1)
                 if value is not None and (number, column) not in covered]  # fmt: skip
        dark = ' ss:Hidden="1"' if number in drawn.dark else ""
        rows.append(f'<Row ss:Index="{number}"{dark}>{"".join(cells)}</Row>' if cells else "")
    options = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>" if drawn.hidden else ""
    return f'<Worksheet ss:Name="{escape(drawn.name)}"><Table>{"".join(rows)}</Table>{options}</Worksheet>'


def _xml_cell(value: Value | Formula, column: int, span: int, rows: int) -> str:
    merged = (f' ss:MergeAcross="{span - 1}"' if span > 1 else "") + (f' ss:MergeDown="{rows - 1}"' if rows > 1 else "")
    start = f'<Cell ss:Index="{column}"{merged}'
    if isinstance(value, Formula):
        return f'{start} ss:Formula="={escape(value.text)}"/>'
    if isinstance(value, date):
        return f'{start} ss:StyleID="d"><Data ss:Type="DateTime">{value.isoformat()}T00:00:00.000</Data></Cell>'
    kind = "String" if isinstance(value, str) else "Number"
    return f'{start}><Data ss:Type="{kind}">{escape(str(value))}</Data></Cell>'


def csv_of(drawn: Drawn, encoding: str = "utf-8-sig", separator: str = ",") -> bytes:
    """As Excel saves it: of a merged area the first cell alone, long numbers as they look in a narrow column."""
    width = max(map(len, drawn.rows), default=0)
    covered = drawn.covered()
    made = io.StringIO()
    writer = csv.writer(made, delimiter=separator, lineterminator="\r\n")
    for number, row in enumerate(drawn.rows, 1):
        shown = ["" if (number, column) in covered else _shown(value) for column, value in enumerate(row, 1)]
        writer.writerow(shown + [""] * (width - len(shown)))
    return made.getvalue().encode(encoding)


def _shown(value: Value | Formula) -> str:
    if isinstance(value, Formula):
        return "#NAME?"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and abs(value) >= 10**11:
        return f"{value:.5E}"
    return "" if value is None else str(value)


WRITERS: Mapping[str, Callable[[Drawn], bytes]] = {
    "表.xlsx": xlsx_of,
    "表.xls": xls_of,
    "表.et": xls_of,
    "网页.xls": html_of,
    "XML.xls": xml_of,
    "表.csv": csv_of,
    "国标.csv": lambda drawn: csv_of(drawn, "gb18030"),
    "统一码.txt": lambda drawn: csv_of(drawn, "utf-16", "\t"),
    "分号.csv": lambda drawn: csv_of(drawn, "utf-8", ";"),
    "全角.txt": lambda drawn: csv_of(drawn, "gb18030", "，"),
}


def letter(column: int) -> str:
    """B for 2."""
    return get_column_letter(column)
