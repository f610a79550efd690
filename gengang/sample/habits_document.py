"""A filled Word form while an invented hand edits it: where each field stands, and what the truth becomes.

One parse serves all habits of a paper, so a Document is changed in place; outside, bytes come in and frozen values out.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from gengang.codecs import Value, show
from gengang.form import Form, PatternCell, PatternRow, Slot
from gengang.sample.habits_runs import Element, runs_between, set_text, text_of
from gengang.sample.papers_filled import Filled
from gengang.wordxml import W

MAIN = "word/document.xml"
_TYPES, _RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EPOCH = (1980, 1, 1, 0, 0, 0)

Key = tuple[str, int, str]


class Line:
    """A paragraph with fields. texts: what each printed piece and each field of it says now."""

    def __init__(self, paragraph: Element, texts: Sequence[str]) -> None:
        self.paragraph = paragraph
        self.texts = list(texts)
        self.spots: list[Spot] = []

    def close(self) -> None:
        """No habit shall look for its fields any more: their runs are not where the texts say."""
        for spot in self.spots:
            spot.taken = True


class Spot:
    """A field's place in a line. row: number of its list row from 1, 0 outside lists; taken: a habit has been at it."""

    def __init__(self, line: Line, index: int, slot: Slot, row: int, value: Value | None) -> None:
        self.line = line
        self.index = index
        self.slot = slot
        self.row = row
        self.value = value
        self.taken = False

    @property
    def key(self) -> Key:
        """What the truth calls it: list, row as it was stated, name."""
        return self.slot.loop, self.row, self.slot.name

    @property
    def text(self) -> str:
        """What stands there now."""
        return self.line.texts[self.index]

    @property
    def after(self) -> str:
        """The printed words right behind it in its paragraph."""
        return "".join(self.line.texts[self.index + 1 : self.index + 2]).strip()

    def runs(self) -> list[Element]:
        """The runs that hold its text and nothing else, at least one."""
        start = sum(map(len, self.line.texts[: self.index]))
        return runs_between(self.line.paragraph, start, start + len(self.text))

    def write(self, text: str) -> None:
        """Another text in its place, in the look of the first run; a line feed becomes a break."""
        first, *rest = self.runs()
        for run in rest:
            run.getparent().remove(run)  # type: ignore[union-attr]  # a run stands in its paragraph
        set_text(first, text)
        self.line.texts[self.index] = text
        self.taken = True


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell of the form, or a paragraph outside tables."""

    element: Element
    pattern: PatternCell
    lines: tuple[Line | None, ...]

    @property
    def spots(self) -> list[Spot]:
        """Its fields in order."""
        return [spot for line in self.lines if line for spot in line.spots]

    @property
    def lone(self) -> Spot | None:
        """The field that fills this cell all by itself, while nobody has been at it."""
        spots = self.spots
        alone = len(spots) == 1 and len(self.pattern.lines) == 1 and len(self.pattern.lines[0].pieces) == 1
        return spots[0] if alone and not spots[0].taken else None


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A row of the form in the document. number: of its list, from 1."""

    element: Element
    pattern: PatternRow
    cells: tuple[Cell, ...]
    number: int = 0

    @property
    def spots(self) -> list[Spot]:
        """Its fields in order."""
        return [spot for cell in self.cells for spot in cell.spots]

    @property
    def touched(self) -> bool:
        """Whether a habit has been at one of its fields."""
        return any(spot.taken for spot in self.spots)


class Document:
    """The file, its rows, and the truth as far as it is no longer what was stated.

    parts: parts of the package that were added or changed; lost: list rows taken out, by list and number.
    """

    def __init__(self, data: bytes, form: Form, filled: Filled, root: Element) -> None:
        self.data = data
        self.form = form
        self.filled = filled
        self.root = root
        self.rows = _located(root, form, filled)
        self.parts: dict[str, bytes] = {}
        self.values: dict[Key, Value | None] = {}
        self.asked: set[Key] = set()
        self.gone: set[Key] = set()
        self.lost: set[tuple[str, int]] = set()
        self.expect: list[str] = []

    def free(self, *codecs: str) -> list[Spot]:
        """Filled fields of these codecs (of all, when none is named) that no habit has been at."""
        return [
            spot
            for row in self.rows
            for spot in row.spots
            if spot.value is not None and not spot.taken and (not codecs or spot.slot.type.codec in codecs)
        ]

    def cell_of(self, spot: Spot) -> tuple[Row, Cell]:
        """The row and the cell that a field stands in."""
        return next((row, cell) for row in self.rows for cell in row.cells if spot in cell.spots)

    def twins(self, spot: Spot) -> list[Spot]:
        """Other places of the same field: a form may print one twice."""
        return [one for row in self.rows for one in row.spots if one.key == spot.key and one is not spot]

    def write(self, spot: Spot, text: str) -> None:
        """The same in every place of a field."""
        for one in (spot, *self.twins(spot)):
            one.write(text)

    def beside(self, spot: Spot, codec: str) -> Spot | None:
        """Another free field of this codec in the same list row, or outside lists."""
        return next((one for one in self.free(codec) if one.key[:2] == spot.key[:2] and one is not spot), None)

    def tables(self) -> Iterator[tuple[Element, list[Row]]]:
        """Each table with its rows."""
        found: dict[Element, list[Row]] = {}
        for row in self.rows:
            if row.pattern.table:
                found.setdefault(next(row.element.iterancestors(f"{W}tbl")), []).append(row)
        yield from found.items()

    def add_part(self, kind: str, xml: bytes) -> str | None:
        """A part (`header`, `comments`) with its relation, whose id comes back; None where there is one already."""
        types, relations = self._part(_TYPES), self._part(_RELATIONS)
        if f"+{kind}+xml".encode() in types or f"{kind}+xml".encode() in types:
            return None
        name = f"{kind}1.xml" if kind == "header" else f"{kind}.xml"
        number = f"rId{relations.count(b'<Relationship ') + 101}"
        override = f'<Override PartName="/word/{name}" ContentType="{_CONTENT}.{kind}+xml"/></Types>'
        relation = f'<Relationship Id="{number}" Type="{_OFFICE}/{kind}" Target="{name}"/></Relationships>'
        self.parts |= {
            f"word/{name}": xml,
            _TYPES: types.replace(b"</Types>", override.encode()),
            _RELATIONS: relations.replace(b"</Relationships>", relation.encode()),
        }
        return number

    def _part(self, name: str) -> bytes:
        if name in self.parts:
            return self.parts[name]
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            return package.read(name)


def opened(data: bytes, form: Form, filled: Filled) -> Document:
    """The document with its fields found. One that is not laid out as the writer left it has no rows."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read(MAIN))
    return Document(data, form, filled, root)


def packed(document: Document) -> bytes:
    """The .docx as it is now; the same edits give the same bytes."""
    main = etree.tostring(document.root, xml_declaration=True, encoding="UTF-8", standalone=True)
    parts = {**document.parts, MAIN: main}
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document.data)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for name in dict.fromkeys((*source.namelist(), *parts)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, parts[name] if name in parts else source.read(name))
    return made.getvalue()


# --- where the fields stand ---


def _located(root: Element, form: Form, filled: Filled) -> list[Row]:
    elements = list(_elements(root))
    wanted = list(_printed(form, filled))
    if len(elements) != len(wanted):
        return []
    rows = []
    for element, (pattern, number) in zip(elements, wanted, strict=True):
        if (element.tag == f"{W}tr") != bool(pattern.table):
            return []
        values = filled.lists[pattern.loop][number - 1] if pattern.loop else filled.values
        rows.append(_row(element, pattern, number, values))
    return rows


def _elements(root: Element) -> Iterator[Element]:
    for block in root[0]:
        if block.tag == f"{W}p":
            yield block
        elif block.tag == f"{W}tbl":
            yield from block.iterchildren(f"{W}tr")


def _printed(form: Form, filled: Filled) -> Iterator[tuple[PatternRow, int]]:
    """The form's rows as often as they are printed, with their numbers."""
    for pattern in form.rows:
        if pattern.part != "body":
            continue
        if not pattern.loop:
            yield pattern, 0
        else:
            yield from ((pattern, number) for number in range(1, len(filled.lists.get(pattern.loop, ())) + 1))


def _row(element: Element, pattern: PatternRow, number: int, values: Mapping[str, Value | None]) -> Row:
    if not pattern.table:
        [cell] = pattern.cells
        return Row(element, pattern, (_cell(element, [element], cell, number, values),), number)
    columns = list(element.iterchildren(f"{W}tc"))
    cells = []
    for cell in pattern.cells:
        column = columns[int((cell.cell or "c1").rpartition("c")[2]) - 1]
        cells.append(_cell(column, list(column.iterchildren(f"{W}p")), cell, number, values))
    return Row(element, pattern, tuple(cells), number)


def _cell(
    element: Element,
    paragraphs: Sequence[Element],
    pattern: PatternCell,
    number: int,
    values: Mapping[str, Value | None],
) -> Cell:
    lines = []
    for paragraph, line in zip(paragraphs, pattern.lines, strict=False):
        lines.append(_line(paragraph, line.pieces, number, values) if line.slots else None)
    return Cell(element, pattern, tuple(lines))


def _line(
    paragraph: Element, pieces: Sequence[str | Slot], number: int, values: Mapping[str, Value | None]
) -> Line | None:
    """The paragraph with its fields; None when it does not say what was stated."""
    texts = [
        piece if isinstance(piece, str) else show(piece.type.codec, values.get(piece.name), piece.type.options)
        for piece in pieces
    ]
    if text_of(paragraph) != "".join(texts):
        return None
    line = Line(paragraph, texts)
    for index, piece in enumerate(pieces):
        if isinstance(piece, Slot) and piece.type.codec != "picture":
            line.spots.append(Spot(line, index, piece, number if piece.loop else 0, values.get(piece.name)))
    return line
