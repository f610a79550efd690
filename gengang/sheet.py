"""Sheet: what a paper of any medium looks like to a reader, as rows of cells with their text and place.

A Word body, a PDF page and a rectified scan all become this one value, so that fields are found by one piece of code.
A paragraph outside a table is a row with one cell.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from gengang.findings import Finding
from gengang.issued import Issued

Medium = Literal["word", "pdf", "scan", "sheet", "mail", "archive"]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands.

    page: number from 1; None in Word.
    box: left, top, right, bottom as shares 0-1 of the upright page.
    cell: `t1/r2/c3`, table, row and cell counted from 1; None outside tables.
    half: 1 left and 2 right while a page is read that is half of its picture, which the box is then a share of; else 0.
    """

    page: int | None = None
    box: Box | None = None
    cell: str | None = None
    half: int = 0

    @property
    def side(self) -> tuple[int | None, int]:
        """The page, told from the other one on the same picture."""
        return self.page, self.half


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of Word, or a printed line of a page.

    text: ticks are one of ☑ and □ whatever drew them; a break inside a Word paragraph is a line feed.
    confidence: the recogniser's of its least certain character, 0-1; None where the text is digital; each: of every
    character of the text, as far as it is known.
    second: what an independent second reading gave; None where there was none.
    number: what Word's automatic numbering shows before it (`1.`, `（一）`), no part of the text.
    end: of a page's line: on, the page broke it; full, what follows found no room; ended, its writer did; else empty.
    tight: its writer surely put no blank behind it: not beside a mark, or beside Latin and figures neither.
    """

    text: str
    confidence: float | None = None
    second: str | None = None
    box: Box | None = None
    number: str = ""
    end: Literal["", "on", "full", "ended"] = ""
    tight: Literal["", "marks", "all"] = ""
    each: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it is seen: a merged area is one cell.

    column, span: first grid column (from 0) and how many grid columns it covers.
    rows: how many grid rows it covers.
    pictures: how many pictures stand in it, floating: how many of them float and may lie over another place.
    unread: true when ink or an object was seen in it that gave no text; struck: when a pen seems to have crossed
    something out in it, which is then unread as well.
    objects: how many other things stand here that gave no text: shapes, notes, hidden and struck out words.
    doubts: how many things make its own text doubtful: words that nobody sees, a formula, a changing date.
    sign: the lone mark in it by its shape, such as √ or ○, where a page was looked at for one; with a question mark
    one in doubt, and that alone for something too small to tell.
    pale: whether what may be a photo stands in it that is hardly darker than the paper.
    """

    lines: tuple[Line, ...]
    column: int = 0
    span: int = 1
    rows: int = 1
    place: Place = Place()
    pictures: int = 0
    unread: bool = False
    objects: int = 0
    doubts: int = 0
    floating: int = 0
    struck: bool = False
    sign: str = ""
    pale: bool = False

    @property
    def text(self) -> str:
        """The lines joined by line feeds."""
        if len(self.lines) == 1:
            return self.lines[0].text
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Row:
    """Cells from left to right; a cell that is merged downwards stands only in its first row.

    table: number of its table from 1, or 0 for a paragraph outside tables.
    part: body, header or footer of the page, a text box, or a footnote or endnote.
    """

    cells: tuple[Cell, ...]
    table: int = 0
    part: Literal["body", "header", "footer", "box", "note"] = "body"


@dataclass(frozen=True, slots=True)
class Pasted:
    """A picture in a Word file that is large enough to be a whole page.

    data: the picture's file; crop: the part of it that is shown, as shares 0-1; turned: by how many degrees clockwise.
    """

    data: bytes
    crop: Box = (0.0, 0.0, 1.0, 1.0)
    turned: float = 0.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper in reading order. findings: what the view itself saw (tracked changes, poor picture).

    issued: whose form it says it is, hidden in Word or marked on its pages; None where it says nothing.
    pictures: large ones in order, which may be pages of their own.
    """

    rows: tuple[Row, ...]
    medium: Medium
    findings: tuple[Finding, ...] = field(default=())
    issued: Issued | None = None
    pictures: tuple[Pasted, ...] = ()


_SAME_MARK = str.maketrans("（）：，；．／～—–―－“”‘’【】〔〕", "():,;./~----\"\"''[][]")
_GAPS = re.compile(r"[\s_＿﹍\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


@lru_cache(maxsize=16_384)
def squeezed(text: str) -> str:
    """Printed words as they are compared: no white space or ruled blanks, marks half-width, no closing colon."""
    return _GAPS.sub("", text).translate(_SAME_MARK).rstrip(":")
