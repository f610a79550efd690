"""A list in a text file (.csv, .txt) to a grid: its encoding and its separator by what stands in it.

Every value stays the text it is: a text file keeps no kinds of values, and long numbers in it were written by somebody.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extractors.grids import Grid, GridCell, Grids, gathered, rows_of, too_large
from extractors.shown import Shown, shown_of_digits
from gengang.findings import Finding

MOST_BYTES = 5_000_000
SEPARATORS = ("\t", ",", ";", "，", "；", "|")
_AS_TEXT = re.compile(r'="([^"]*)"')  # what makes Excel leave a number alone: ="000123"
_LOST = re.compile("[\u3400-\u9fff][?\ufffd]|[?\ufffd][\u3400-\u9fff]|\ufffd")
_NOT_DECODED = "文本表格的文字编码无法识别，未读取。请用 Excel 或 WPS 打开后另存为 .xlsx 再交。"
_NOT_PARTED = "文本表格里的双引号不成对（第 {} 行附近），未读取。请用 Excel 或 WPS 打开后另存为 .xlsx 再交。"


def grids_of_text(data: bytes, name: str) -> Grids:
    """The one sheet of a text file. name: what to call it."""
    if len(data) > MOST_BYTES:
        return Grids(findings=(too_large("文本表格过大，未读取。请拆分后再交。"),))
    text = decoded(data)
    if text is None:
        return Grids(findings=(Finding("unreadable_file", _NOT_DECODED, severity="error"),))
    found = _parted(text)
    if isinstance(found, int):
        return Grids(findings=(Finding("unreadable_file", _NOT_PARTED.format(found), severity="error"),))
    cells = (GridCell(row, column, _shown(said))
             for row, line in found for column, said in enumerate(line, 1) if said.strip())  # fmt: skip
    return gathered([Grid(1, name, tuple(rows_of(cells)))])


def decoded(data: bytes) -> str | None:
    """The text, in one of the encodings that an office's programs write; None where it is in none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _parted(text: str) -> list[tuple[int, list[str]]] | int:
    """Rows with their numbers, by the separator that parts most lines alike; a row where quotes do not match.

    A title has fewer parts than the list, and commas inside sentences differ from line to line.
    """
    lines = text.splitlines()
    plain = {one: [(number, line.split(one)) for number, line in enumerate(lines, 1)] for one in SEPARATORS}
    separator = max(SEPARATORS, key=lambda one: _worth(plain[one]))
    if not _worth(plain[separator]):
        return [(number, [line]) for number, line in enumerate(lines, 1)]
    rows: list[tuple[int, list[str]]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            rows.append((len(rows) + 1, row))  # as rows of a sheet, since a person will look for them there
    except csv.Error:
        return len(rows) + 1
    return _swallowed(rows, separator) or rows


def _worth(rows: Sequence[tuple[int, list[str]]]) -> int:
    widths = Counter(len(line) for _, line in rows if len(line) > 1)
    return max((width * count for width, count in widths.items()), default=0)


def _swallowed(rows: Sequence[tuple[int, list[str]]], separator: str) -> int:
    """The first row with a value that looks as if a quote had swallowed a line of the list; 0 for none."""
    wide = max((len(line) for _, line in rows), default=0)
    for number, line in rows:
        if any(part.count(separator) * 2 >= wide > 2 for said in line for part in said.split("\n")[1:]):
            return number
    return 0


def _shown(said: str) -> Shown:
    found = _AS_TEXT.fullmatch(said.strip())
    shown = shown_of_digits(found[1] if found else said)
    return replace(shown, fault="letter_lost") if _LOST.search(shown.text) and not shown.fault else shown
