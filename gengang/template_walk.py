"""The paragraphs and tables of a template in its XML, and what a person would call the place of each cell.

Walks in the order in which the view of the file numbers its tables.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from gengang.form import Fault
from gengang.sheet import Sheet
from gengang.wordpackage import W, tree_of

_Element = etree._Element
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OUTSIDE = {"header": "页眉", "footer": "页脚"}


def words_of_places(data: bytes, sheet: Sheet) -> Mapping[str, str]:
    """`t1/r2/c3` -> 第1个表 第2行第3格, for every cell."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return dict(_words_of_cells(walked(package, sheet).tables))


def in_words(fault: Fault, words: Mapping[str, str]) -> Fault:
    """The fault with its place, and every place in its message, as a person counts."""
    message = _CELL.sub(lambda code: words.get(code[0], code[0]), fault.message)
    return replace(fault, place=words.get(fault.place, fault.place), message=message)


_CELL = re.compile(r"t\d+/r\d+/c\d+")


def _parts(package: zipfile.ZipFile, kind: str) -> Iterator[str]:
    """Names of the parts that are filled: the document itself, headers or footers."""
    name = {"body": "document"}.get(kind, kind)
    yield from (one for one in package.namelist() if re.fullmatch(rf"word/{name}\d*\.xml", one))


@dataclass(frozen=True, slots=True)
class Table:
    """A table. number: its number in the sheet; words: how a person calls it, such as 第1个表."""

    element: _Element
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and the cell it stands in, by its table, row and cell; outside of tables the words for its part."""

    element: _Element
    table: _Element | None
    place: str


@dataclass(frozen=True, slots=True)
class Walked:
    """Everything that is filled."""

    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]


class _Walk:
    """A walk over the blocks of one part."""

    def __init__(self, outside: str) -> None:
        self.outside = outside
        self.paragraphs: list[Paragraph] = []
        self.tables: list[tuple[_Element, str]] = []
        self.boxed: list[tuple[_Element, str]] = []
        self.top = 0

    def blocks(self, parent: _Element, outside: str) -> None:
        """The paragraphs and tables of a body, a header or a text box."""
        for block in within(parent, f"{W}p", f"{W}tbl"):
            if block.tag == f"{W}tbl":
                self.top += outside == self.outside
                self.table(block, f"{'' if outside == '表格外' else outside}第{max(self.top, 1)}个表", outside)
            else:
                self.paragraphs.append(Paragraph(block, None, f"{outside}的段落"))
                self.boxes(block)

    def boxes(self, paragraph: _Element) -> None:
        """The text boxes of a paragraph; the copy of one for old programs is none."""
        for box in paragraph.iter(f"{W}txbxContent"):
            home = next(box.iterancestors(f"{W}p"), None)
            if home is paragraph and next(box.iterancestors(_FALLBACK), None) is None:
                self.blocks(box, "文本框里")

    def table(self, table: _Element, words: str, outside: str) -> None:
        """A table, and the small ones in its cells behind the row that holds them."""
        (self.tables if outside == self.outside else self.boxed).append((table, words))
        for row, tr in enumerate(within(table, f"{W}tr"), 1):
            nested: list[tuple[_Element, str]] = []
            for cell, tc in enumerate(within(tr, f"{W}tc"), 1):
                for block in within(tc, f"{W}p", f"{W}tbl"):
                    if block.tag == f"{W}tbl":
                        nested.append((block, f"{words} 第{row}行第{cell}格里的小表"))
                    else:
                        self.paragraphs.append(Paragraph(block, table, f"r{row}/c{cell}"))
                        self.boxes(block)
            for block, inside in nested:
                self.table(block, inside, outside)


def within(parent: _Element, *wanted: str) -> Iterator[_Element]:
    """The nearest elements of these kinds, through controls and changes, not through each other nor into paragraphs."""
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag not in (_FALLBACK, f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}del"):
            yield from within(child, *wanted)


def walked(package: zipfile.ZipFile, sheet: Sheet) -> Walked:
    """Every part that is filled. The tables of a part are numbered as the sheet does, as far as it has as many."""
    paragraphs: list[Paragraph] = []
    tables: list[Table] = []
    boxed: list[tuple[_Element, str]] = []
    for kind in ("header", "footer", "body"):
        walk = _Walk(_OUTSIDE.get(kind, "表格外"))
        for name in _parts(package, kind):
            tree = tree_of(package.read(name))
            body = tree.find(f"{W}body")
            walk.blocks(tree if body is None else body, walk.outside)
        paragraphs += walk.paragraphs
        tables += _numbered(walk.tables, sheet, kind)
        boxed += walk.boxed
    return Walked(tuple(paragraphs), (*tables, *_numbered(boxed, sheet, "box")))


def _numbered(found: Sequence[tuple[_Element, str]], sheet: Sheet, part: str) -> Iterator[Table]:
    numbers = sorted({row.table for row in sheet.rows if row.table and row.part == part})
    known = numbers if len(numbers) == len(found) else [0] * len(found)
    yield from (Table(element, number, words) for (element, words), number in zip(found, known, strict=True))


def _words_of_cells(tables: Sequence[Table]) -> Iterator[tuple[str, str]]:
    for table in tables:
        for row, tr in enumerate(within(table.element, f"{W}tr"), 1):
            for cell, _ in enumerate(within(tr, f"{W}tc"), 1):
                yield f"t{table.number}/r{row}/c{cell}", f"{table.words} 第{row}行第{cell}格"
