"""Tables that a web page or an XML file holds, often named .xls by the system that made them, to grids.

Knows how HTML and XML Spreadsheet 2003 write cells; nothing outside the file is ever fetched.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lxml import etree, html
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from extractors.grids import (
    MOST_CELLS,
    MOST_COLUMNS,
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
from extractors.grids_text import decoded
from extractors.shown import Shown, shown_of_digits, shown_of_text, shown_of_typed
from gengang.findings import Finding

MOST_BYTES = 20_000_000
MOST_SPAN = 2_000
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.I)
_END = re.compile(r"</(?:body|html)\s*>", re.I)  # what stands behind it is shown, and the parser drops it
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BLOCKS = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "br", "tr", "table", "caption", "center"})
_UNSHOWN = frozenset({"script", "style", "head", "title", "meta", "xml", "noscript", "template"})
_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_XL = "{urn:schemas-microsoft-com:office:excel}"
_NAMED_FORMATS = {"Percent": "0%", "General Date": "yyyy-mm-dd hh:mm", "Long Date": "yyyy-mm-dd",
                  "Medium Date": "yyyy-mm-dd", "Short Date": "yyyy-mm-dd", "Long Time": "hh:mm",
                  "Short Time": "hh:mm"}  # fmt: skip
_LARGE = "表格过大，未读取。请用 Excel 或 WPS 打开，删去多余的行、列后另存为 .xlsx 再交。"


def grids_of_html(data: bytes, name: str) -> Grids:
    """All that a page shows, as one sheet: its tables, and a line of words for each block of text around them."""
    text = None if len(data) > MOST_BYTES else _text_of_html(data)
    if text is None:
        return Grids(findings=(too_large(_LARGE),) if len(data) > MOST_BYTES else (_refused(),))
    try:
        parser = html.HTMLParser(encoding="utf-8")
        page = html.document_fromstring(_END.sub("", text).encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Grids(findings=(_refused(),))
    if parser.error_log.filter_from_fatals():  # behind such a fault the rest of the page is lost
        return Grids(findings=(_refused(),))
    laid = _Laid()
    _lay(page, laid)
    laid.end_line()
    if laid.crowded:
        return Grids(findings=(too_large(_LARGE),))
    return gathered([grid_of(1, name, rows_of(laid.cells), Unseen(frozenset(laid.dark)))])


def _refused() -> Finding:
    message = "这个表格文件已损坏或读不懂。请用 Excel 或 WPS 打开后另存为 .xlsx 再交。"
    return Finding("unreadable_file", message, severity="error")


def _text_of_html(data: bytes) -> str | None:
    said = _CHARSET.search(data[:4096])
    if said and said[1].lower() in (b"gb2312", b"gbk", b"gb18030", b"utf-8", b"utf8") and data[:2] != b"\xff\xfe":
        encoding = "gb18030" if said[1].lower().startswith(b"gb") else "utf-8-sig"
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            pass  # what a page says of itself may be wrong
    return decoded(data)


@dataclass(slots=True)
class _Laid:
    """A page as it is laid out. row: of the next line; line: pieces of a block of text that has not ended."""

    cells: list[GridCell] = field(default_factory=list)
    dark: set[int] = field(default_factory=set)
    line: list[str] = field(default_factory=list)
    row: int = 1
    crowded: bool = False

    def end_line(self) -> None:
        text = " ".join("".join(self.line).split())
        self.line.clear()
        if text:
            self.cells.append(GridCell(self.row, 1, shown_of_text(text)))
            self.row += 1


def _lay(page: Any, laid: _Laid) -> None:
    """Walk a page in its order without recursion, since pages may nest a thousand deep."""
    waiting: list[Any] = [page]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            laid.line.append(node)
            continue
        tail = [node.tail] if node.tail and node is not page else []
        waiting += tail
        if not isinstance(node.tag, str) or node.tag in _UNSHOWN:
            continue
        if node.tag in _BLOCKS:
            laid.end_line()
        if node.tag == "table" and node.find(".//table") is None:
            _lay_table(node, laid)
            continue
        waiting += [*reversed(node), *([node.text] if node.text else [])]


def _lay_table(table: Any, laid: _Laid) -> None:
    """Cells beside and under one another, wide and tall ones over the places that they cover."""
    first = laid.row
    taken: set[tuple[int, int]] = set()
    for node in table.iter("caption"):
        laid.line += node.itertext()
        laid.end_line()
    for row in table.iter("tr"):
        column = 1
        for node in row:
            if node.tag not in ("td", "th"):
                continue
            while (laid.row, column) in taken:
                column += 1
            span, rows = (_number(node.get(name)) for name in ("colspan", "rowspan"))
            if len(taken) + span * rows > MOST_CELLS:
                laid.crowded = True
                return
            taken |= {(laid.row + down, column + right) for down in range(rows) for right in range(span)}
            pictures = sum(1 for _ in node.iter("img"))
            laid.cells.append(GridCell(laid.row, column, shown_of_digits(_words(node)), span, rows, pictures))
            column += span
        if any(map(_is_dark, (table, row, *row))):
            laid.dark.add(laid.row)
        laid.row += 1
    laid.row = max(laid.row, first)


def _is_dark(node: Any) -> bool:
    return node.get("hidden") is not None or _HIDDEN.search(str(node.get("style", ""))) is not None


def _number(said: str | None) -> int:
    return min(max(int(said), 1), MOST_SPAN) if said and said.isdecimal() else 1


def _words(node: Any) -> str:
    """What a cell shows: white space is one blank, a break or a new block begins a line."""
    pieces: list[str] = [node.text or ""]
    for one in node.iterdescendants():
        if isinstance(one.tag, str) and one.tag not in _UNSHOWN:
            pieces += ["\0" if one.tag in _BLOCKS else "", one.text or ""]
        pieces.append(one.tail or "")
    lines = (" ".join(line.replace("\xa0", " ").split()) for line in "".join(pieces).split("\0"))
    return "\n".join(line for line in lines if line)


# --- XML Spreadsheet 2003 ---


def grids_of_xml(data: bytes) -> Grids:
    """The sheets of an XML Spreadsheet 2003 in order, hidden ones too."""
    if len(data) > MOST_BYTES:
        return Grids(findings=(too_large(_LARGE),))
    try:
        book = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
        if book.getroottree().docinfo.internalDTD is not None:  # no program writes one, and it may unfold without end
            return Grids(findings=(_refused(),))
        if sum(1 for _ in book.iter(f"{_SS}Cell")) > MOST_CELLS:
            return Grids(findings=(too_large(_LARGE),))
        return gathered([_sheet(number, sheet, book) for number, sheet in enumerate(book.iter(f"{_SS}Worksheet"), 1)])
    except (etree.XMLSyntaxError, ValueError, OverflowError):
        return Grids(findings=(_refused(),))


def _sheet(number: int, sheet: Any, book: Any) -> Grid:
    formats = {style.get(f"{_SS}ID"): one.get(f"{_SS}Format", "") for style in book.iter(f"{_SS}Style")
               for one in style.iter(f"{_SS}NumberFormat")}  # fmt: skip
    epoch = CALENDAR_MAC_1904 if next(book.iter(f"{_XL}Date1904"), None) is not None else CALENDAR_WINDOWS_1900
    cells: list[GridCell] = []
    notes: list[str] = []
    dark: set[int] = set()
    at = 0
    for row in sheet.iter(f"{_SS}Row"):
        at = _index(row, at)
        if row.get(f"{_SS}Hidden") == "1" or row.get(f"{_SS}Height") == "0":
            dark |= {at + more for more in range(_whole(row, "Span") + 1)}
        column = 0
        for one in row.iter(f"{_SS}Cell"):
            column = _index(one, column)
            span, rows = _whole(one, "MergeAcross") + 1, _whole(one, "MergeDown") + 1
            code = formats.get(one.get(f"{_SS}StyleID") or row.get(f"{_SS}StyleID"), "")
            cells.append(GridCell(at, column, _shown(one, _NAMED_FORMATS.get(code, code), epoch), span, rows))
            notes += [name_of(cells[-1])] if one.find(f"{_SS}Comment") is not None else []
            column += span - 1
        at += _whole(row, "Span")
    unseen = Unseen(frozenset(dark), frozenset(_dark_columns(sheet)), _is_hidden(sheet))
    return grid_of(number, sheet.get(f"{_SS}Name") or str(number), rows_of(cells), unseen, notes)


def _index(node: Any, before: int) -> int:
    """Where a row or a cell stands: as it says, or behind the one before."""
    said = node.get(f"{_SS}Index")
    return int(said) if said and said.isdecimal() and 0 < int(said) <= 1_048_576 else before + 1


def _whole(node: Any, name: str) -> int:
    said = node.get(f"{_SS}{name}")
    return min(int(said), MOST_SPAN) if said and said.isdecimal() else 0


def _dark_columns(sheet: Any) -> Iterator[int]:
    at = 0
    for column in sheet.iter(f"{_SS}Column"):
        at = _index(column, at)
        last = at + _whole(column, "Span")
        if column.get(f"{_SS}Hidden") == "1" or column.get(f"{_SS}Width") == "0":
            yield from range(at, min(last, at + MOST_COLUMNS) + 1)
        at = last


def _is_hidden(sheet: Any) -> bool:
    return any((one.text or "").startswith("SheetHidden") or (one.text or "").startswith("SheetVeryHidden")
               for one in sheet.iter(f"{_XL}Visible"))  # fmt: skip


def _shown(cell: Any, code: str, epoch: datetime) -> Shown:
    data = cell.find(f"{_SS}Data")
    text = "" if data is None else "".join(data.itertext())
    formula = cell.get(f"{_SS}Formula") is not None
    if not text:
        return Shown(fault="formula_uncached" if formula else "")
    kind = data.get(f"{_SS}Type")
    if kind == "Error":
        return Shown(fault="cell_error")
    return shown_of_typed(_value(text, kind), code, 0, epoch)


def _value(text: str, kind: str | None) -> object:
    if kind == "Number":
        number = float(text)
        return int(text) if text.lstrip("-").isdecimal() and abs(number) < 10**15 else number
    if kind == "DateTime":
        return datetime.fromisoformat(text.removesuffix(".000"))
    return text == "1" if kind == "Boolean" else text
