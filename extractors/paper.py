"""Pages seen as ruled tables with text, and how several of them become one Sheet.

A digital PDF and a scan both end here; it knows no form and reads no file.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, pairwise
from typing import Literal

from extractors.endings import SENTENCE_ENDS
from extractors.layout import Area, Grid, Rect, edges_of
from extractors.marks import issued_of
from extractors.policy import WRAP_IN_DOUBT
from gengang.codecs import HAN
from gengang.findings import Finding
from gengang.issued import PageMark
from gengang.separators import Separator
from gengang.sheet import Box, Cell, Line, Medium, Place, Row, Sheet

Part = Literal["body", "header", "footer"]

WHOLE: Box = (0.0, 0.0, 1.0, 1.0)

# Shares of the page: how deep its head and foot reach, how far apart two edges of one table may lie, and how far aside
# one sheet may lie of the next under a scanner.
MARGIN = 0.085
SAME_EDGE = 0.012
ASIDE = 0.03
NEAR_BOTTOM = 0.75
OWN_WHITE, HALF_FILLED = 0.5, frozenset("，、；：")  # of a letter's size; marks that have it
OPENING = frozenset("（(《“")  # behind which nobody ends a line: a blank to fill in had no room on it
# By how much, as a share, letters of one paragraph may differ in height: as printed, and as their ink was measured.
SAME_SIZE, SAME_SIZE_OF_INK = 0.25, 0.5


# Marks stand with what is before or behind them; a letter or figure may be parted from a Chinese character.
_MARK, _WORD, _OPENING = rf"[^{HAN}\s\w]", rf"[^{HAN}\s]", r"[-(\[{<$#+（【〔《〈“‘「『￥]"
_WIDER_THAN_A_LINE = 300
_UNBROKEN = re.compile(
    rf"(?:{_WORD}*{_MARK})?[{HAN}](?:{_MARK}{_WORD}*(?<={_OPENING})[{HAN}])*(?:{_MARK}{_WORD}*)?|{_WORD}+"
)


def unbroken_start(lines: Iterable[str]) -> str:
    """What a page cannot break at the start of these lines: a word, or one character, and the marks beside it.

    A word too long for a line goes on in the next.
    """
    text = ""
    for line in lines:
        text = (text + line).lstrip()
        found = _UNBROKEN.match(text)
        if found and found.end() < len(text):
            return found[0]
        if len(text) > _WIDER_THAN_A_LINE:
            break
    return text


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of text with its place on the page, in the page's unit. confidence, each: as those of a Line.

    end: on, the page broke it; full, what follows found no room in it; ended, its writer did; empty where unknown.
    struck: a pen seems to have crossed it out; unread: ink on it gave no text. size: height of its letters, which is
    less than that of the frame around a bent line; 0 where it is the frame's.
    """

    rect: Rect
    text: str
    confidence: float | None = None
    second: str | None = None
    end: Literal["", "on", "full", "ended"] = ""
    each: tuple[float, ...] = ()
    struck: bool = False
    unread: bool = False
    size: float = 0.0

    @property
    def high(self) -> float:
        """Height of its letters."""
        return self.size or self.rect.height


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in one cell, lines from top to bottom.

    unread: ink or an object that gave no text; struck: something in it seems to be crossed out; sign, pale: as of a
    `Cell`.
    """

    lines: tuple[PrintedLine, ...] = ()
    pictures: int = 0
    unread: bool = False
    struck: bool = False
    sign: str = ""
    pale: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A grid with the content of each of its areas, in their order."""

    grid: Grid
    contents: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """What was entered in a form field of a fillable PDF. name: the last part of its own; sure: the file agrees."""

    name: str
    text: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """One upright page. width, height: as all that stands on it in points of a PDF, or in pixels of a scan.

    number: from 1 in its file; loose: lines outside tables, top to bottom; unread: ink outside tables that gave no
    text; mark: what the page says of itself; named: its form fields; digital: read from its text layer; findings: what
    a person should know of the page itself; separator: what its code says, where it parts a pile; paper: how much of a
    scan or photo looks like paper, 0 to 1; seals: where red seals are pressed, None where no colour is to be seen.
    halves: what it is where it may be two pages side by side; half: 1 or 2 on such a one, the left or the right, and
    window: the part of the picture that it is, as shares. mixed: two pages that could not be told apart.
    """

    number: int
    width: float
    height: float
    tables: tuple[Table, ...] = ()
    loose: tuple[PrintedLine, ...] = ()
    unread: tuple[Rect, ...] = ()
    mark: PageMark | None = None
    named: tuple[Named, ...] = ()
    digital: bool = False
    findings: tuple[Finding, ...] = ()
    separator: Separator | None = None
    paper: float = 1.0
    seals: tuple[Rect, ...] | None = None
    halves: tuple["Page", ...] = ()
    half: int = 0
    window: Box = WHOLE
    mixed: bool = False

    @property
    def side(self) -> tuple[int, int]:
        """Its number, and which half of its picture it is."""
        return self.number, self.half

    def place(self, rect: Rect | None, cell: str | None = None) -> Place:
        """Where something stands on it."""
        return Place(self.number, None if rect is None else box_on(self, rect), cell, self.half)


@dataclass(frozen=True, slots=True)
class _Block:
    """A table or a paragraph at its place in the order of reading."""

    page: Page
    part: Part
    table: Table | None = None
    lines: tuple[PrintedLine, ...] = ()
    unread: Rect | None = None


def sheet_of_pages(pages: Sequence[Page], medium: Medium, findings: Sequence[Finding] = ()) -> Sheet:
    """One Sheet; a table that goes on at the top of the next page is one table."""
    blocks = [block for page in pages for block in _blocks_of(page)]
    rows: list[Row] = []
    number = 0
    for chain in _chains(blocks):
        if chain[0].table is None:
            rows.append(_paragraph_row(chain[0]))
        else:
            number += 1
            rows += _rows_of_chain(chain, number)
    told = (*findings, *(finding for page in pages for finding in page.findings))
    return Sheet(tuple(rows), medium, told, issued_of([page.mark for page in pages]))


def box_on(page: Page, rect: Rect) -> Box:
    """The rectangle as shares of the page."""
    return (
        _share(rect.left, page.width),
        _share(rect.top, page.height),
        _share(rect.right, page.width),
        _share(rect.bottom, page.height),
    )


def _share(value: float, whole: float) -> float:
    return round(min(1.0, max(0.0, value / whole)), 5)


def _blocks_of(page: Page) -> list[_Block]:
    placed: list[tuple[float, _Block]] = [(table.grid.rect.top, _Block(page, "body", table)) for table in page.tables]
    for lines in _paragraphs(page.loose, [table.grid.rect for table in page.tables]):
        placed.append((lines[0].rect.centre[1], _Block(page, _part_of(page, lines), lines=lines)))
    placed += [(rect.top, _Block(page, "body", lines=(), unread=rect)) for rect in page.unread]
    return [block for _, block in sorted(placed, key=lambda one: one[0])]


def _part_of(page: Page, lines: Sequence[PrintedLine]) -> Part:
    """Head and foot are what stands in the outermost strip with a gap to everything else."""
    others = [line.rect for line in page.loose if line not in lines] + [table.grid.rect for table in page.tables]
    rect = lines[0].rect.joined(lines[-1].rect)
    gap = 0.6 * lines[0].rect.height
    if rect.bottom < MARGIN * page.height and all(other.top > rect.bottom + gap for other in others):
        return "header"
    if rect.top > (1 - MARGIN) * page.height and all(other.bottom < rect.top - gap for other in others):
        return "footer"
    return "body"


def _paragraphs(loose: Sequence[PrintedLine], tables: Sequence[Rect]) -> Iterator[tuple[PrintedLine, ...]]:
    """Lines outside tables, a line that ends at the right margin together with the one it runs on into."""
    if not loose:
        return
    margin = max(line.rect.right for line in loose)
    waiting = [loose[0]]
    for before, line in pairwise(loose):
        if not _runs_on(before, line, margin) or any(before.rect.bottom <= t.top <= line.rect.top for t in tables):
            yield tuple(waiting)
            waiting = []
        waiting.append(line)
    yield tuple(waiting)


def _runs_on(before: PrintedLine, line: PrintedLine, margin: float) -> bool:
    """Whether a line outside tables may go on in the next; a date or a word for which no room was left may be wide."""
    size = before.high
    recognised = before.confidence is not None
    said = before.text.rstrip(WRAP_IN_DOUBT)
    unended = (said != before.text or recognised) and said[-1:] not in SENTENCE_ENDS
    needed = sum(0.55 if char.isascii() else 1.0 for char in unbroken_start([line.text])) if unended else 0.0
    own = OWN_WHITE if recognised and said[-1:] in HALF_FILLED else 0.0  # behind its ink
    full = (
        said[-1:] in OPENING
        or before.end in ("on", "full")
        or before.rect.right > margin - (max(1.5, needed) + own) * size
    )
    close = 0.5 * size <= line.rect.centre[1] - before.rect.centre[1] - 0.5 * (line.high - size) < 2.5 * size
    alike = _as_large(before, line) and line.rect.left <= before.rect.left + 0.6 * size
    return full and close and alike and before.end != "ended" and before.rect.width > 20 * size


def _as_large(before: PrintedLine, line: PrintedLine) -> bool:
    """Whether two lines are print of one size: by their ink, or by their frames where these hold that of the other."""
    if before.rect.bottom > line.rect.top:
        high = before.rect.height
        return abs(line.rect.height - high) < SAME_SIZE * high
    tolerance = SAME_SIZE_OF_INK if before.size and line.size else SAME_SIZE
    return abs(line.high - before.high) < tolerance * before.high


def _paragraph_row(block: _Block) -> Row:
    page = block.page
    if not block.lines:
        return Row((Cell((), place=page.place(block.unread), unread=True),), part=block.part)
    rect = block.lines[0].rect
    for line in block.lines:
        rect = rect.joined(line.rect)
    struck = any(line.struck for line in block.lines)
    unread = struck or any(line.unread for line in block.lines)
    cell = Cell(_lines_on(page, block.lines), place=page.place(rect), unread=unread, struck=struck)
    return Row((cell,), part=block.part)


def _lines_on(page: Page, lines: Sequence[PrintedLine]) -> tuple[Line, ...]:
    return tuple(Line(line.text, line.confidence, line.second, box_on(page, line.rect), end=line.end, each=line.each)
                 for line in lines)  # fmt: skip


def _chains(blocks: Sequence[_Block]) -> list[list[_Block]]:
    """Blocks in order, a table and its continuation on following pages together."""
    chains: list[list[_Block]] = []
    for block in blocks:
        last = _last_body(chains)
        if block.table is not None and last is not None and _goes_on(last[-1], block):
            last.append(block)
        else:
            chains.append([block])
    return chains


def _last_body(chains: Sequence[list[_Block]]) -> list[_Block] | None:
    return next((chain for chain in reversed(chains) if chain[0].part == "body"), None)


def _goes_on(before: _Block, block: _Block) -> bool:
    if before.table is None or block.table is None or not _follows(block.page, before.page):
        return False
    return have_same_sides(before.page, before.table, block.page, block.table)


def _follows(page: Page, before: Page) -> bool:
    """Whether a page lies behind another with none between, blank ones too."""
    if page.number == before.number:
        return page.half == before.half + 1
    return page.number == before.number + 1 and before.half != 1 and page.half != 2


def have_same_sides(before: Page, one: Table, page: Page, two: Table) -> bool:
    """Whether a table of one page and one of another stand at the same place across, as a table that goes on does."""
    above, below = one.grid.rect, two.grid.rect
    aside = above.left / before.width - below.left / page.width
    return abs(aside) < ASIDE and abs(above.width / before.width - below.width / page.width) < SAME_EDGE


def _rows_of_chain(chain: Sequence[_Block], number: int) -> list[Row]:
    """Rows of one table, its columns counted over all its pages."""
    parts = [(block.page, block.table) for block in chain if block.table is not None]
    ways = [_across(table, *parts[0]) for _, table in parts]
    edges = edges_of(
        [way(edge) for way, (_, table) in zip(ways, parts, strict=True) for edge in table.grid.columns], SAME_EDGE / 2
    )
    rows: list[Row] = []
    for way, (page, table) in zip(ways, parts, strict=True):
        start = len(rows)
        rows += _rows_of_table(page, table, partial(_column, edges, way), (number, start))
        if start and _is_rest(rows[start - 1], rows[start]):
            rows[start - 1] = _with_rest(rows[start - 1], rows.pop(start))
        elif start:
            _carry_pictures(rows, start)
            _ask_about_cut(rows, start)
    return rows


Across = Callable[[float], float]


def _across(table: Table, first: Page, begun: Table) -> Across:
    """Where an edge of a table stands across, as a share of the page that it began on.

    Two sheets never lie alike under a scanner: what stands at the same place of both are the sides of the table.
    """
    sides, wanted = table.grid.rect, begun.grid.rect
    scale = wanted.width / max(1.0, sides.width)
    return lambda edge: (wanted.left + (edge - sides.left) * scale) / first.width


def _carry_pictures(rows: list[Row], start: int) -> None:
    """A picture at the head of a page belongs to the cell over several rows that the page break cut above it."""
    side = rows[start - 1].cells[0].place.side if rows[start - 1].cells else None
    for number, row in enumerate(rows[:start]):
        for place, cell in enumerate(row.cells):
            below = next((one for one in rows[start].cells
                          if (one.column, one.span) == (cell.column, cell.span) and one.pictures), None)  # fmt: skip
            if below is None or cell.rows < 2 or cell.place.side != side or below.text.strip():
                continue
            if number + cell.rows == start:
                taken = replace(cell, pictures=cell.pictures + below.pictures)
                rows[number] = replace(row, cells=(*row.cells[:place], taken, *row.cells[place + 1 :]))
                left = (replace(one, pictures=0) if one is below else one for one in rows[start].cells)
                rows[start] = replace(rows[start], cells=tuple(left))


def _ask_about_cut(rows: list[Row], start: int) -> None:
    """Mark the two halves of a list's row that the page break may have cut: whose the second is, a person says.

    The label beside the list stands on the new page again as an empty cell.
    """
    known = {tuple(cell.text for cell in row.cells) for row in rows[:start]}
    number = next(
        (n for n in range(start, len(rows)) if tuple(cell.text for cell in rows[n].cells) not in known), start
    )
    before, row = rows[start - 1], rows[number] if number < len(rows) else rows[start - 1]
    columns = {cell.column for cell in before.cells}
    halves = {cell.column: cell.text.strip() for cell in row.cells if cell.column in columns or cell.text.strip()}
    if (
        halves.keys() != columns
        or row is before
        or not may_go_on(before, [halves[cell.column] for cell in before.cells])
    ):
        return
    for place, one in ((start - 1, before), (number, row)):
        cells = (replace(cell, unread=cell.unread or bool(halves.get(cell.column))) for cell in one.cells)
        rows[place] = replace(one, cells=tuple(cells))


def may_go_on(before: Row, texts: Sequence[str]) -> bool:
    """Whether a list's row at the foot of a page may go on in one at the head of the next. texts: of its cells."""
    bottom = before.cells[0].place.box if before.cells else None
    if len(before.cells) < 3 or bottom is None or bottom[3] < NEAR_BOTTOM:
        return False
    filled = sum(bool(cell.text.strip()) for cell in before.cells)
    going = [cell for cell, text in zip(before.cells, texts, strict=True) if text.strip()]
    if 0 < len(going) <= filled / 2:
        return True
    return any(map(_is_full, going)) and 2 * sum(_is_full(one) or _reaches_foot(one) for one in going) > len(going)


def _is_full(cell: Cell) -> bool:
    """Whether the last line of a cell goes from edge to edge, so that it may go on."""
    box, whole = cell.lines[-1].box if cell.lines else None, cell.place.box
    if box is None or whole is None:
        return False
    letter = (box[2] - box[0]) / max(1, len(cell.lines[-1].text.strip()))
    return (whole[2] - whole[0]) - (box[2] - box[0]) < 2.5 * letter


def _reaches_foot(cell: Cell) -> bool:
    """Whether there is no room for another line below the last of a cell."""
    box, whole = cell.lines[-1].box if cell.lines else None, cell.place.box
    return box is not None and whole is not None and whole[3] - box[3] < box[3] - box[1]


def _rows_of_table(page: Page, table: Table, column: Callable[[float], int], at: tuple[int, int]) -> list[Row]:
    """column: the number of the column that begins at an edge."""
    pairs = zip(table.grid.areas, table.contents, strict=True)
    rows: list[Row] = []
    for _, group in groupby(pairs, key=lambda pair: pair[0].row):
        name = f"t{at[0]}/r{at[1] + len(rows) + 1}"
        cells = [
            _cell(page, area, content, column, f"{name}/c{index}") for index, (area, content) in enumerate(group, 1)
        ]
        rows.append(Row(tuple(cells), at[0]))
    return rows


def _cell(page: Page, area: Area, content: Content, column: Callable[[float], int], name: str) -> Cell:
    left, right = column(area.rect.left), column(area.rect.right)
    place = page.place(area.rect, name)
    lines = _lines_on(page, content.lines)
    unread = content.unread or content.struck or area.mended  # what stands there may stand in the cell beside it
    return Cell(lines, left, max(1, right - left), area.rows, place, content.pictures, unread,
                struck=content.struck, sign=content.sign, pale=content.pale)  # fmt: skip


def _column(edges: Sequence[float], across: Across, edge: float) -> int:
    """The number of the column that begins nearest to an edge."""
    return min(range(len(edges)), key=lambda index: abs(edges[index] - across(edge)))


def _is_rest(before: Row, row: Row) -> bool:
    """A row cut by the page break: beside an empty label the text goes on.

    Only for a label and its text: in a list, an empty first cell may be a row of its own.
    """
    if len(before.cells) != 2 or [c.column for c in before.cells] != [c.column for c in row.cells]:
        return False
    bottom = before.cells[0].place.box
    deep = bottom is not None and bottom[3] > NEAR_BOTTOM
    label, text = row.cells
    return deep and not label.text.strip() and bool(text.text.strip()) and bool(before.cells[0].text.strip())


def _with_rest(before: Row, rest: Row) -> Row:
    cells = tuple(
        replace(
            cell,
            lines=cell.lines + more.lines,
            unread=cell.unread or more.unread,
            struck=cell.struck or more.struck,
            pictures=cell.pictures + more.pictures,
        )
        for cell, more in zip(before.cells, rest.cells, strict=True)
    )
    return replace(before, cells=cells)
