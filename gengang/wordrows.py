"""The body, a header or a footer of a Word file as rows of cells: tables, paragraphs, boxes, each where it stands.

Merged areas are one cell; a paragraph whose mark is gone runs on into the next. It knows no forms.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from lxml import etree

from gengang.findings import Finding
from gengang.sheet import Cell, Line, Pasted, Place, Row, Sheet
from gengang.wordcontrols import is_of_long_text, settle_controls
from gengang.worddrawings import Box, drawn_in
from gengang.wordnumbers import Numbering
from gengang.wordpackage import NotWordError, Package, R, W, XmlPart, flag, value_of
from gengang.wordtext import MC, Seen, chosen, dresses, fields_are_closed, read_text

_MOST_PICTURES = 40


class Walk:
    """A walk over a document's parts. last: number of its last table.

    Of the part that it is in: joins, paragraph marks may be gone; merges, cells may be merged; row_marks, rows may be
    changed or begin further in. What a part has not is not looked for in each of its cells.
    numbering: None where no paragraph is numbered; unfold: reads a document embedded in this one, None where that is
    too deep. sectioned: whether the ends of sections are kept, each as the number of rows before it.
    """

    __slots__ = ("boxes", "findings", "joins", "last", "merges", "numbering", "package", "part", "pasted", "row_marks",
                 "section_ends", "sectioned", "seen", "unfold", "words")  # fmt: skip

    def __init__(
        self, package: Package, seen: Seen, numbering: Numbering | None, unfold: Callable[[bytes], Sheet] | None
    ) -> None:  # fmt: skip
        self.package, self.seen, self.numbering, self.unfold = package, seen, numbering, unfold
        self.part, self.last = "", 0
        self.joins, self.merges, self.row_marks, self.sectioned = False, True, True, False
        self.boxes: list[Box] = []
        self.words: list[str] = []
        self.findings: list[Finding] = []
        self.pasted: list[Pasted] = []
        self.section_ends: list[int] = []

    def next_table(self) -> int:
        self.last += 1
        return self.last


def rows_of_part(part: XmlPart, walk: Walk) -> list[Row]:
    _enter(part, walk)
    body = part.root.find(f"{W}body")
    return _rows_of_blocks(part.root if body is None else body, walk)


def _enter(part: XmlPart, walk: Walk) -> None:
    """What must be looked for in this part, and what must be settled before it is read."""
    if part.has("sdtPr"):
        settle_controls(part.root, walk.package, part.name)
    walk.part = part.name
    walk.joins = bool(walk.seen.styles.hidden) or part.has("vanish", "specVanish", "del", "moveFrom")
    walk.merges = part.has(*_SHAPING_NAMES)
    walk.row_marks = part.has("gridBefore", "del", "ins")
    walk.seen.dressed = dresses(part, walk.seen.styles)
    walk.seen.fields.clear()
    walk.seen.muted = 0
    walk.seen.fields_end = fields_are_closed(part.root)


def rows_of_notes(kind: str, walk: Walk) -> list[Row]:
    """Footnotes or endnotes that say something; the lines that part them from the page are none."""
    rows: list[Row] = []
    for name in walk.package.of_kind(walk.package.main, kind):
        part = walk.package.part(name)
        _enter(part, walk)
        for note in part.root.iter(f"{W}footnote", f"{W}endnote"):
            if note.get(f"{W}type", "normal") == "normal":
                rows += [row for row in _rows_of_blocks(note, walk) if any(map(holds_something, row.cells))]
    return rows


def _rows_of_blocks(parent: etree._Element, walk: Walk) -> list[Row]:
    rows: list[Row] = []
    held: list[str] = []
    for block in _blocks(parent, walk.seen):
        if block.tag == _PARAGRAPH:
            start = _Counts.of(walk.seen)
            text, number, ends = _paragraph(block, walk, held)
            if ends:
                row = _paragraph_row(text, number, start, walk.seen)
                rows += [_gone_on(rows, row, block), *_rows_beside(walk, alone=not text.strip())]
            if walk.sectioned and block.find(_SECTION) is not None:
                walk.section_ends.append(len(rows))
        else:
            rows += [Row((Cell((Line(text),)),)) for text in _let_go(held)]
            rows += _rows_of_table(block, walk) if block.tag == _TABLE else _rows_of_chunk(block, walk)
    return [*rows, *(Row((Cell((Line(text),)),)) for text in _let_go(held))]


def _paragraph_row(text: str, number: str, start: "_Counts", seen: Seen) -> Row:
    line = Line(text, number=number) if number else Line(text)
    cell = Cell((line,))
    return Row((cell if start.same(seen) else start.counted(cell, seen),))


def _gone_on(rows: list[Row], row: Row, paragraph: etree._Element) -> Row:
    """The row of a paragraph; in a control for one text of several the row above is taken off and stands in it too."""
    before = paragraph.getprevious()
    if before is None or before.tag != _PARAGRAPH or not rows or not is_of_long_text(paragraph.getparent()):
        return row
    above, cell = rows.pop().cells[0], row.cells[0]
    joined = replace(above, lines=(*above.lines, *cell.lines), pictures=above.pictures + cell.pictures,
                     floating=above.floating + cell.floating, objects=above.objects + cell.objects,
                     doubts=above.doubts + cell.doubts)  # fmt: skip
    return replace(row, cells=(joined,))


def _let_go(held: list[str]) -> list[str]:
    """A paragraph that runs on into a table or the end runs on into nothing."""
    texts = ["".join(held)] if held else []
    held.clear()
    return texts


@dataclass(frozen=True, slots=True)
class _Counts:
    """How much besides text had been met before a cell."""

    pictures: int
    floating: int
    objects: int
    doubts: int

    @staticmethod
    def of(seen: Seen) -> "_Counts":
        return _Counts(seen.pictures, seen.floating, seen.objects, seen.doubts)

    def same(self, seen: Seen) -> bool:
        return (self.pictures, self.objects, self.doubts) == (seen.pictures, seen.objects, seen.doubts)

    def counted(self, cell: Cell, seen: Seen) -> Cell:
        return replace(cell, pictures=seen.pictures - self.pictures, floating=seen.floating - self.floating,
                       objects=seen.objects - self.objects, doubts=seen.doubts - self.doubts)  # fmt: skip


def holds_something(cell: Cell) -> bool:
    """Whether there is anything in a cell, be it understood or not."""
    return bool(cell.text.strip() or cell.pictures or cell.objects or cell.doubts)


# --- paragraphs ---

_SECTION = f"{W}pPr/{W}sectPr"
_PARAGRAPH, _TABLE, _ROW, _CELL, _CHUNK = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}altChunk"
_CELL_PROPERTIES = f"{W}tcPr"


def _paragraph(paragraph: etree._Element, walk: Walk, held: list[str]) -> tuple[str, str, bool]:
    """Its text behind what is held, its number, and whether it ends; text of one that runs on is held."""
    seen = walk.seen
    read_text(paragraph, seen, held)
    if seen.drawn:
        _look_at_drawings(walk)
    number = ""
    if walk.numbering is not None or walk.joins:
        properties = paragraph.find(f"{W}pPr")
        if properties is not None:
            if walk.joins and _runs_on(properties, seen):
                return "", "", False
            number = walk.numbering.before(properties) if walk.numbering is not None else ""
    text = held[0] if len(held) == 1 else "".join(held)
    held.clear()
    return text, number, True


def _runs_on(properties: etree._Element, seen: Seen) -> bool:
    """Its mark is deleted or hidden, so that the next paragraph goes on in its line."""
    mark = properties.find(f"{W}rPr")
    if mark is None:
        return False
    changed = mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None
    seen.tracked |= changed
    return changed or flag(mark.find(f"{W}vanish")) or flag(mark.find(f"{W}specVanish"))


def _look_at_drawings(walk: Walk) -> None:
    seen = walk.seen
    waiting, seen.drawn = seen.drawn, []
    for node in waiting:
        found = drawn_in(node, walk.package, walk.part)
        walk.boxes += found.boxes
        walk.words += found.words
        seen.pictures += found.pictures
        seen.floating += found.floating
        seen.objects += found.objects
        seen.issued = seen.issued or found.issued
        walk.pasted += found.pasted[: _MOST_PICTURES - len(walk.pasted)]


def _rows_beside(walk: Walk, alone: bool = False) -> list[Row]:
    """Nested tables, text boxes and drawn words stand behind the row that holds them.

    alone: that row is an empty paragraph; a low box that lies there is a paragraph itself and covers nothing else.
    """
    seen = walk.seen
    if not (walk.boxes or seen.nested or walk.words):
        return []
    words, walk.words = walk.words, []
    boxes, walk.boxes = walk.boxes, []
    nested, seen.nested = seen.nested, []
    rows = [Row((Cell((Line(text),)),), part="box") for text in words]
    for box in boxes:
        part: Literal["body", "box"] = "body" if alone and box.spot == "here" and box.low else "box"
        rows += [replace(row, part=part) for row in _rows_of_blocks(box.content, walk)]
    for table in nested:
        rows += _rows_of_table(table, walk)
    return rows


def _rows_of_chunk(chunk: etree._Element, walk: Walk) -> list[Row]:
    """Another document that Word unfolds when it opens this one: a Word file is read, others are told."""
    related = walk.package.related(walk.part).get(chunk.get(f"{R}id", ""))
    if related is not None and walk.package.holds(related.target) and walk.unfold is not None:
        try:
            inside = walk.unfold(walk.package.bytes_of(related.target))
        except NotWordError:
            inside = Sheet((), "word")
        first = walk.last
        walk.last += max((row.table for row in inside.rows), default=0)
        walk.findings += [*inside.findings, *_unseen_of_chunk(inside)]
        walk.pasted += inside.pictures[: _MOST_PICTURES - len(walk.pasted)]
        if inside.rows:
            return [_renumbered(row, first) for row in inside.rows if row.part in ("body", "box", "note")]
    walk.findings.append(Finding("embedded_document", "文件里嵌有另一份文档，没有读取，请把其中内容复制到正文后再交。"))
    return [Row((Cell((), unread=True),))]


def _unseen_of_chunk(inside: Sheet) -> Iterator[Finding]:
    """Word shows an embedded document without its headers and footers."""
    margins = (row for row in inside.rows if row.part in ("header", "footer"))
    words = next((text for row in margins for cell in row.cells if (text := cell.text.strip())), "")
    if words:
        message = f"文件里嵌有另一份文档，它的页眉页脚（“{words[:20]}”）没有读取，请人工查看。"
        yield Finding("embedded_document", message)


def _renumbered(row: Row, first: int) -> Row:
    if not row.table:
        return row
    number = row.table + first
    cells = (replace(cell, place=Place(cell=f"t{number}/{(cell.place.cell or '').partition('/')[2]}"))
             for cell in row.cells)  # fmt: skip
    return replace(row, table=number, cells=tuple(cells))


# --- blocks ---

_TRANSPARENT = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "hyperlink", "fldSimple")
)
_CHANGED = frozenset({f"{W}ins", f"{W}moveTo"})
_GONE = frozenset({f"{W}del", f"{W}moveFrom"})
_ALTERNATE = f"{MC}AlternateContent"


def _blocks(parent: etree._Element, seen: Seen) -> Iterator[etree._Element]:
    """Paragraphs, tables and embedded documents, through content controls and accepted changes."""
    for child in parent:
        tag = child.tag
        if tag == _PARAGRAPH:
            yield child
        elif tag in _SILENT:
            continue
        elif tag in (_TABLE, _CHUNK):
            yield child
        elif tag in _TRANSPARENT:
            seen.tracked |= tag in _CHANGED
            yield from _blocks(child, seen)
        elif tag in _GONE:
            seen.tracked = True
        elif tag == _ALTERNATE:
            yield from _blocks(chosen(child), seen)
        elif next(child.iter(_PARAGRAPH), None) is not None:
            seen.doubts += 1
            yield from _blocks(child, seen)


_SILENT = frozenset(f"{W}{name}" for name in ("tcPr", "sectPr", "sdtPr", "sdtEndPr", "customXmlPr"))


# --- tables ---


@dataclass(slots=True)
class _Open:
    """A merged area that later rows may still extend."""

    row: int
    index: int
    span: int


def _rows_of_table(table: etree._Element, walk: Walk) -> list[Row]:
    number = walk.next_table()
    grid: list[list[Cell]] = []
    merged: dict[int, _Open] = {}
    after: list[list[Row]] = []
    for row_number, tr in enumerate(_children(table, _ROW, walk), 1):
        grid.append(_cells_of_row(tr, f"t{number}/r{row_number}/c", grid, merged, walk))
        after.append(_rows_beside(walk))
    rows: list[Row] = []
    for cells, inner in zip(grid, after, strict=True):
        rows.append(Row(tuple(cells), number))
        rows += inner
    return rows


def _cells_of_row(
    tr: etree._Element, name: str, grid: list[list[Cell]], merged: dict[int, _Open], walk: Walk
) -> list[Cell]:
    if not walk.merges:
        first = _first_column(tr, walk) - 1
        return [_cell(tc, first + number, 1, f"{name}{number}", walk)
                for number, tc in enumerate(_children(tr, _CELL, walk), 1)]  # fmt: skip
    cells: list[Cell] = []
    column = _first_column(tr, walk)
    for number, tc in enumerate(_children(tr, _CELL, walk), 1):
        shape = _shape_of(tc)
        if shape.deleted:
            walk.seen.tracked = True
            continue
        cell = _cell(tc, column, shape.span, f"{name}{number}", walk)
        origin = merged.get(column)
        if shape.across == "continue" and cells:
            cells[-1] = _with_more(cells[-1], cell, span=cells[-1].span + cell.span)
        elif shape.down == "continue" and origin is not None and origin.span == shape.span:
            above = grid[origin.row]
            above[origin.index] = _with_more(above[origin.index], cell, rows=above[origin.index].rows + 1)
        else:
            if shape.down == "restart":
                merged[column] = _Open(len(grid), len(cells), shape.span)
            elif origin is not None:
                del merged[column]
            cells.append(cell)
        column += shape.span
    return cells


def _first_column(tr: etree._Element, walk: Walk) -> int:
    return _int(value_of(tr, "trPr", "gridBefore")) if walk.row_marks else 0


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a cell is merged. span: in grid columns; down, across: restart, continue or empty; deleted: as a change."""

    span: int = 1
    down: str = ""
    across: str = ""
    deleted: bool = False


_SINGLE = _Shape()
_SHAPING_NAMES = ("gridSpan", "vMerge", "hMerge", "cellDel", "cellMerge")
_SHAPING = tuple(f"{W}{name}" for name in _SHAPING_NAMES)


def _shape_of(tc: etree._Element) -> _Shape:
    properties = next(tc.iterchildren(_CELL_PROPERTIES), None)
    if properties is None:
        return _SINGLE
    told = {child.tag: child for child in properties.iterchildren(*_SHAPING)}
    if not told:
        return _SINGLE
    span, down, across, change = (told.get(f"{W}{name}") for name in ("gridSpan", "vMerge", "hMerge", "cellMerge"))
    kinds = {"cont": "continue", "rest": "restart"}
    merged = "" if change is None else kinds.get(change.get(f"{W}vMerge", ""), "")
    return _Shape(
        1 if span is None else _int(span.get(f"{W}val", "")) or 1,
        merged if down is None else down.get(f"{W}val", "continue"),
        "" if across is None else across.get(f"{W}val", "continue"),
        f"{W}cellDel" in told,
    )


def _cell(tc: etree._Element, column: int, span: int, name: str, walk: Walk) -> Cell:
    seen = walk.seen
    pictures, floating, objects, doubts = seen.pictures, seen.floating, seen.objects, seen.doubts
    boxes, nested = len(walk.boxes), len(seen.nested)
    lines: list[Line] = []
    held: list[str] = []
    unread = False
    for block in _blocks(tc, seen):
        if block.tag == _PARAGRAPH:
            _add_line(block, walk, held, lines)
        elif block.tag == _TABLE:
            seen.nested.append(block)
        else:
            inside = _rows_of_chunk(block, walk)
            unread |= any(cell.unread for row in inside for cell in row.cells)
            lines += [line for row in inside for cell in row.cells for line in cell.lines]
    lines += map(Line, _let_go(held))
    if (len(walk.boxes) > boxes or len(seen.nested) > nested) and not any(line.text.strip() for line in lines):
        lines = _lines_inside(walk, boxes, nested) or lines
    place = Place(cell=name)
    if (pictures, objects, doubts) == (seen.pictures, seen.objects, seen.doubts) and not unread:
        return Cell(tuple(lines), column, span, 1, place)
    return Cell(tuple(lines), column, span, 1, place, seen.pictures - pictures, unread, seen.objects - objects,
                seen.doubts - doubts, seen.floating - floating)  # fmt: skip


def _add_line(paragraph: etree._Element, walk: Walk, held: list[str], lines: list[Line]) -> None:
    text, number, ends = _paragraph(paragraph, walk, held)
    if ends:
        lines.append(Line(text, number=number) if number else Line(text))


def _lines_inside(walk: Walk, boxes: int, nested: int) -> list[Line]:
    """What stands in an empty cell's text boxes, or in the one cell of a table in it: nothing else can be meant."""
    inside, tables = walk.boxes[boxes:], walk.seen.nested[nested:]
    if inside and not tables and all(box.spot != "away" for box in inside):
        blocks = [block for box in inside for block in _blocks(box.content, walk.seen)]
        if all(block.tag == _PARAGRAPH for block in blocks):
            del walk.boxes[boxes:]
            walk.seen.doubts += any(box.spot == "near" for box in inside)
            lines: list[Line] = []
            held: list[str] = []
            for block in blocks:
                _add_line(block, walk, held, lines)
            return [*lines, *map(Line, _let_go(held))]
    if len(tables) == 1 and not inside:
        cells = [tc for tr in _children(tables[0], _ROW, walk) for tc in _children(tr, _CELL, walk)]
        if len(cells) == 1:
            del walk.seen.nested[nested:]
            return list(_cell(cells[0], 0, 1, "", walk).lines)
    return []


def _with_more(cell: Cell, more: Cell, rows: int = 0, span: int = 0) -> Cell:
    """A continued merge shows nothing of its own; a writer that put text there meant the merged cell.

    A program that fills a merged area row by row says the same in each.
    """
    said = {line.text for line in cell.lines}
    return replace(
        cell, rows=rows or cell.rows, span=span or cell.span,
        lines=cell.lines + tuple(line for line in more.lines if line.text.strip() and line.text not in said),
        pictures=cell.pictures + more.pictures, floating=cell.floating + more.floating,
        objects=cell.objects + more.objects, doubts=cell.doubts + more.doubts, unread=cell.unread or more.unread,
    )  # fmt: skip


def _int(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _children(parent: etree._Element, wanted: str, walk: Walk) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, through content controls; deleted rows are left out."""
    for child in parent:
        tag = child.tag
        if tag == wanted:
            if wanted == _CELL or not walk.row_marks or not _is_deleted(child, walk.seen):
                yield child
        elif tag in _TRANSPARENT:
            walk.seen.tracked |= tag in _CHANGED
            yield from _children(child, wanted, walk)
        elif tag == _ALTERNATE:
            yield from _children(chosen(child), wanted, walk)
        elif tag in _GONE:
            walk.seen.tracked = True


def _is_deleted(row: etree._Element, seen: Seen) -> bool:
    properties = row.find(f"{W}trPr")
    if properties is None:
        return False
    gone = properties.find(f"{W}del") is not None
    seen.tracked |= gone or properties.find(f"{W}ins") is not None
    return gone
