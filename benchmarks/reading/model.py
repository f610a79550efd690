"""A tagged paper as a value: lines and tables of cells, whose pieces are printed words and places for a field.

One paper is drawn twice: with tags as a template, and as somebody's filled form. It knows neither Word nor values.
"""

from collections.abc import Iterator
from dataclasses import dataclass

GRID = 24  # columns of a table on an upright page
A4 = (210.0, 297.0)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to fill in. concept: what is asked for (`name`, `school`), by which values are drawn; loop: its list."""

    name: str
    concept: str
    codec: str
    options: tuple[str, ...] = ()
    loop: str = ""


Piece = str | Slot


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. A line feed in its words is a break. size in points."""

    pieces: tuple[Piece, ...]
    align: str = "left"
    size: float = 10.5
    font: str = "宋体"
    bold: bool = False

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Its places, in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Slot))


@dataclass(frozen=True, slots=True)
class Cell:
    """span: grid columns; merge: `restart` or `continue` of an area merged downwards; upright: its text is turned.

    top: what stands in it begins at its upper edge, not in its middle.
    """

    lines: tuple[Line, ...]
    span: int = 1
    merge: str = ""
    upright: bool = False
    top: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """height: at least so many millimetres; of: the list whose entries it prints, empty for a row that stands once.

    head: printed again on each page; whole: not broken by the end of a page.
    """

    cells: tuple[Cell, ...]
    height: float = 9.0
    of: str = ""
    head: bool = False
    whole: bool = False

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The places of its cells."""
        return tuple(slot for cell in self.cells for line in cell.lines for slot in line.slots)


@dataclass(frozen=True, slots=True)
class Table:
    """widths: of the grid's columns in millimetres."""

    rows: tuple[Row, ...]
    widths: tuple[float, ...]


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """stem: the template's file name; header, footer: lines of the page.

    wide: a page that lies; size: of the sheet when it stands, in millimetres.
    """

    stem: str
    blocks: tuple[Block, ...]
    wide: bool = False
    header: tuple[Line, ...] = ()
    footer: tuple[Line, ...] = ()
    size: tuple[float, float] = A4

    def rows(self) -> Iterator[Row]:
        """The rows of its tables, in order."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield from block.rows

    def slots(self) -> Iterator[Slot]:
        """Every place, in order; a field that stands twice comes twice."""
        for line in self.header:
            yield from line.slots
        for block in self.blocks:
            if isinstance(block, Line):
                yield from block.slots
            else:
                for row in block.rows:
                    yield from row.slots
        for line in self.footer:
            yield from line.slots
