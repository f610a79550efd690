"""The pen that draws a paper's pieces: its chance, its family's words, and which names and labels are taken."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.reading.model import GRID, Cell, Line, Piece, Row, Slot, Table
from benchmarks.reading.words import CODEC_OF, Words

HINTS = {"name": "\n（与身份证一致）", "id_number": "（18位）", "school": "（全称）", "phone": "（常用）",
         "title": "及等级", "born": "\n（公历）", "degree": "\n（最高）"}  # fmt: skip
WIDTH_MM, WIDE_MM = 168.0, 250.0


@dataclass(frozen=True, slots=True)
class Pen:
    """What draws one paper: its chance, its family's words, and the names given so far.

    second: the ways of the second family that readers are mended on; strong: printed cells are bold;
    width: of a table in millimetres.
    """

    chance: random.Random
    words: Words
    second: bool = False
    taken: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)
    size: float = 10.5
    face: str = "宋体"
    strong: bool = False
    width: float = WIDTH_MM

    def name(self, wanted: str) -> str:
        """A field name that is still free."""
        name, number = wanted, 2
        while name in self.taken:
            name, number = f"{wanted}{number}", number + 1
        self.taken.add(name)
        return name

    def slot(self, concept: str, loop: str = "", name: str = "", ranks: tuple[str, ...] = ()) -> Slot:
        """A place for a concept; some things are asked for as a word, as boxes or as free text."""
        codec, options = CODEC_OF.get(concept, "text"), ranks
        if concept in ("gender", "stage"):
            options = ("男", "女") if concept == "gender" else ("小学", "初中")
            codec = self.chance.choice(("choice", "text", "choice" if loop else "tick"))
        if ranks:
            codec = "tick"
        if concept.startswith("mark_"):
            codec, options = "choice", self.words.marks[self.size < 10]
        options = () if codec == "text" else options
        return Slot(name or (concept if loop else self.name(concept)), concept, codec, options, loop)

    def label(self, concept: str) -> str:
        """What the office calls it; twice the same word on one paper is avoided while there is another."""
        known = self.words.labels.get(concept, (concept,))
        free = [one for one in known if one not in self.labels] or list(known)
        chosen = self.chance.choice(free)
        self.labels.add(chosen)
        hint = HINTS.get(concept, "") if self.chance.random() < 0.12 else ""
        return f"{chosen}{hint}"

    def line(self, *pieces: Piece, align: str = "left", bold: bool = False) -> Line:
        """A line in the paper's face."""
        return Line(pieces, align, self.size, self.face, bold)

    def words_cell(self, text: str, span: int, merge: str = "") -> Cell:
        """A printed cell."""
        return Cell((self.line(text, align="center", bold=self.strong),), span, merge)

    def upright(self, text: str, span: int) -> Cell:
        """A label one character a line: as paragraphs, as breaks, or turned."""
        way = self.chance.choice(("paragraphs", "breaks", "turned"))
        if way == "turned":
            return Cell((self.line(text, align="center"),), span, upright=True)
        if way == "breaks":
            return Cell((self.line("\n".join(text), align="center"),), span)
        return Cell(tuple(self.line(char, align="center") for char in text), span)

    def value(self, slot: Slot, span: int) -> Cell:
        """A cell for one value."""
        return Cell((self.line(slot, align=self.chance.choice(("left", "center"))),), span)


def table_of(rows: Sequence[Row], width: float = WIDTH_MM) -> Table:
    return Table(tuple(rows), (width / GRID,) * GRID)


def shares(count: int, total: int, least: int, chance: random.Random) -> list[int]:
    """total columns cut into count parts of at least so many each."""
    parts = [least] * count
    for _ in range(total - least * count):
        parts[chance.randrange(count)] += 1
    return parts
