"""Digital PDF to pages of cells: characters from the text layer, merged cells rebuilt from the ruling lines.

A page without a text layer that can be trusted is given back as None, for `scan.py`.
"""

import logging
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

import pdfplumber
import pypdfium2
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page as PlumberPage
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from extractors.acroform import Widget
from extractors.drawn import Drawn, drawn_between, drawn_on, is_struck, rect_of
from extractors.endings import CLOSING, Block, Measured, ends_of_blocks
from extractors.formletters import compared, is_filler, letters_of
from extractors.gutters import gutter_of, with_halves
from extractors.layout import Area, Grid, Rect, grids_of, is_wide, moved
from extractors.letters import Char, ink_centre, measured_lines, printed_lines
from extractors.marks import mark_taken_off
from extractors.paper import Content, Named, Page, PrintedLine, Table
from extractors.pdffile import DAMAGED, Whole, draws_foreign_fonts, page_picture, scale_of, whole_pdf
from extractors.policy import WRAP_IN_DOUBT
from extractors.textlayer import Picture, Shown, broken_fonts, is_garbage, seen_letters, with_own_letters
from gengang.findings import Finding
from gengang.issued import PageMark
from gengang.separators import Separator

MOST_CHARACTERS = 60_000
LEAST_LETTERS = 4  # a page with fewer has no text layer, unless nothing else is drawn on it either
MOST_DRAWN = 20

# Points. Two ruling lines this near are one; a smaller frame is a tick box, not a table.
TOLERANCE = 2.5
SMALLEST_TABLE, LOWEST_TABLE = 40.0, 9.0
OVER_EDGE = 0.5
PAGE_EDGE = 1.0  # a cell this near to the edge of the page may go on behind it, and so may half a letter's size
UNEVEN = 12.0  # by which a page's right margin may be narrower than its left one
TABLE_OVERHANG = 6.0  # by which a table may be wider than the text around it
TWICE = 1.5  # a letter printed twice for boldness is off by less

SMALLEST_MARK, LARGEST_MARK = 20.0, 90.0
PICTURE_SCALE = 2.0  # 144 dpi: about 2.5 pixels a module of the smallest mark

# A broken file is told as a finding; pdfminer's own warnings would go to the office's screen line by line.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

# What broken bytes inside an intact PDF frame make pdfminer and pdfplumber raise (found by flipping bits).
BROKEN_PDF = (
    PSException, PdfminerException, MalformedPDFException, ValueError, TypeError, KeyError, IndexError, AttributeError,
    AssertionError, ArithmeticError, struct.error, zlib.error, RecursionError, NotImplementedError, EOFError,
    MemoryError, pypdfium2.PdfiumError,
)  # fmt: skip

UNSEEN = "第 {number} 页有看不见的文字（例如白色字、被盖住或移出页面的字），没有采用，请对照原件核对。"
DIFFERS = "表单域“{name}”里填的内容与页面上显示的不一致，请核对。"


def pages_of_pdf(data: bytes, begins: Callable[[int], bool] = bool) -> tuple[Page | None, ...] | Finding:
    """Every page in order, None where only its picture can be read; a finding when the file cannot be opened.

    begins: called with the number of each page before it is looked at; False leaves it to its picture.
    """
    whole = whole_pdf(data)
    if isinstance(whole, Finding):
        return whole
    drawing = pypdfium2.PdfDocument(whole.data)
    try:
        with pdfplumber.open(BytesIO(whole.data)) as pdf:
            file = _File(drawing, whole, tuple(_widgets_of(whole)))
            seen = [_page_or_none(page, file) if _is_worth(page, file, begins) else None for page in pdf.pages]
            if len(seen) != len(drawing):  # a page that stands there twice, or a tree that each understands otherwise
                seen = [None] * len(drawing)
    except BROKEN_PDF:
        return Finding("unreadable_file", DAMAGED, severity="error")
    finally:
        drawing.close()
    return _with_ends(seen)


@dataclass(frozen=True, slots=True)
class _File:
    """What all pages need. drawing: the file open for drawing."""

    drawing: pypdfium2.PdfDocument
    whole: Whole
    widgets: tuple[Widget, ...]

    def picture(self, page: PlumberPage, text: bool = True) -> Picture:
        """The page drawn in grey, with or without its letters."""
        scale = scale_of(float(page.width), float(page.height), PICTURE_SCALE)
        return Picture(page_picture(self.drawing, page.page_number, scale, text), scale)

    def draws(self, char: Char) -> bool:
        """Whether the letter would be drawn here, were it to be seen."""
        return str(char["fontname"]) in self.whole.fonts or draws_foreign_fonts()


def _is_worth(page: PlumberPage, file: _File, begins: Callable[[int], bool]) -> bool:
    return page.page_number not in file.whole.heavy and begins(page.page_number)


def _widgets_of(whole: Whole) -> list[Widget]:
    """The form's fields, held against what their appearances show."""
    if not whole.looks:
        return list(whole.widgets)
    with pdfplumber.open(BytesIO(whole.looks)) as pdf:
        return compared(whole.widgets, {page.page_number: page.chars for page in pdf.pages})


@dataclass(frozen=True, slots=True)
class _Seen:
    """A page before it is told who ended its lines. cells: of its grids' areas in order, each with a block of lines."""

    page: Page
    grids: tuple[Grid, ...]
    cells: tuple[tuple[Block, Content], ...]
    loose: Block
    halves: tuple["_Seen", ...] = ()


def _with_ends(seen: Sequence[_Seen | None]) -> tuple[Page | None, ...]:
    """The pages with who ended each line, and with their halves where they may be two pages side by side."""
    pages = _ended(seen)
    if not any(one.halves for one in seen if one is not None):
        return pages
    parts = iter(_ended([part for one in seen if one is not None for part in one.halves or (one,)]))
    return tuple(page if page is None or one is None else _whole(page, [next(parts) for _ in one.halves or (one,)])
                 for page, one in zip(pages, seen, strict=True))  # fmt: skip


def _whole(page: Page, parts: Sequence[Page | None]) -> Page:
    halves = [part for part in parts if part is not None]
    return with_halves(page, *halves) if len(halves) == 2 else page


def _ended(seen: Sequence[_Seen | None]) -> tuple[Page | None, ...]:
    """What one page shows of who ended its lines tells on the others too."""
    blocks = [block for one in seen if one is not None for block in (*(block for block, _ in one.cells), one.loose)]
    lines = iter([printed_lines(*pair) for pair in zip(blocks, ends_of_blocks(blocks), strict=True)])
    return tuple(None if one is None else _page_of(one, lines) for one in seen)


def _page_of(seen: _Seen, lines: Iterator[tuple[PrintedLine, ...]]) -> Page:
    contents = iter([replace(content, lines=next(lines)) for _, content in seen.cells])
    tables = tuple(Table(grid, tuple(next(contents) for _ in grid.areas)) for grid in seen.grids)
    return replace(seen.page, tables=tables, loose=next(lines))


def _page_or_none(page: PlumberPage, file: _File) -> _Seen | None:
    try:
        drawn = drawn_on(page)
        letters = _letters_on(page, drawn, file)
        if letters is None:
            return None
        widgets = tuple(widget for widget in file.widgets if widget.page == page.page_number)
        size = float(page.width), float(page.height)
        return _with_halves_seen(_Paper(page.page_number, size, drawn, letters, widgets, lambda: file.picture(page)))
    except BROKEN_PDF:
        return None
    finally:
        page.close()


# --- letters ---


@dataclass(frozen=True, slots=True)
class _Letters:
    """The letters that a page shows. unseen: where it has others."""

    chars: Sequence[Char]
    unseen: tuple[Rect, ...] = ()


def _letters_on(page: PlumberPage, drawn: Drawn, file: _File) -> _Letters | None:
    """What the text layer says that the page also shows; None when it cannot be trusted, or the page is a scan."""
    inked = [char for char in page.chars if char["text"].strip()]
    if len(inked) < LEAST_LETTERS:
        plain = not drawn.pictures and len(drawn.ink) < MOST_DRAWN
        return _Letters(page.chars) if plain else None
    if len(inked) > MOST_CHARACTERS or _is_covered(page, drawn.pictures):
        return None
    if sum(not char["upright"] for char in inked) > 0.2 * len(inked):
        return None
    picture = file.picture(page)
    shown = Shown(picture, lambda: file.picture(page, text=False), file.draws, drawn.pictures)
    chars, hidden = seen_letters(with_own_letters(page.chars), shown)
    if len(hidden) > 0.5 * len(inked) or broken_fonts(chars, picture):
        return None
    return _Letters(chars, tuple(map(rect_of, hidden)))


def _is_covered(page: PlumberPage, pictures: Sequence[Rect]) -> bool:
    """Whether pictures, side by side or in strips, make up the page: then its text was laid on a scan."""
    area = float(page.width) * float(page.height)
    whole = Rect(0.0, 0.0, float(page.width), float(page.height))
    return sum(picture.overlap(whole) for picture in pictures) > 0.6 * area


def _distinct(chars: Sequence[Char]) -> list[Char]:
    """Characters once each: bold is at times drawn by printing twice, a fraction of a letter apart."""
    places: dict[tuple[str, int, int], list[Char]] = {}
    kept = []
    for char in chars:
        text, across, down = char["text"], round(char["x0"] / TWICE), round(char["top"] / TWICE)
        near = ((text, across + x, down + y) for x in (-1, 0, 1) for y in (-1, 0, 1))
        if not text.strip() or not any(_is_same(char, other) for place in near for other in places.get(place, ())):
            kept.append(char)
        places.setdefault((text, across, down), []).append(char)
    return kept


def _is_same(one: Char, other: Char) -> bool:
    apart = max(abs(one["x0"] - other["x0"]), abs(one["top"] - other["top"]))
    return bool(apart < min(TWICE, 0.5 * (one["x1"] - one["x0"])))


# --- cells ---


@dataclass(frozen=True, slots=True)
class _Paper:
    """All that a page shows, or one half of it. size: in points; picture: draws it."""

    number: int
    size: tuple[float, float]
    drawn: Drawn
    letters: _Letters
    widgets: tuple[Widget, ...]
    picture: Callable[[], Picture]

    def between(self, left: float, right: float) -> "_Paper":
        """The part between two places across it, as a page of its own."""
        chars = [{**char, "x0": char["x0"] - left, "x1": char["x1"] - left} for char in self.letters.chars
                 if left <= (char["x0"] + char["x1"]) / 2 < right]  # fmt: skip
        unseen = tuple(moved(rect, -left) for rect in self.letters.unseen if left <= rect.centre[0] < right)
        widgets = tuple(replace(widget, rect=moved(widget.rect, -left)) for widget in self.widgets
                        if left <= widget.rect.centre[0] < right)  # fmt: skip
        return _Paper(self.number, (right - left, self.size[1]), drawn_between(self.drawn, left, right),
                      _Letters(chars, unseen), widgets, lambda: self.picture().between(left, right))  # fmt: skip


def _with_halves_seen(paper: _Paper) -> _Seen:
    """The page; where it may be two pages side by side, those too."""
    whole = _page_seen(paper)
    if not is_wide(*paper.size):
        return whole
    frames = (rect_of(char) for char in paper.letters.chars if char["text"].strip())
    lines = [Rect(stroke.start, stroke.at, stroke.end, stroke.at) for stroke in paper.drawn.strokes if stroke.lying]
    things = [*frames, *paper.drawn.pictures, *paper.drawn.ink, *(widget.rect for widget in paper.widgets)]
    gutter = gutter_of(things, [grid.rect for grid in whole.grids], lines, *paper.size)
    if gutter is None:
        return whole
    return replace(whole, halves=tuple(map(_page_seen, (paper.between(0.0, gutter),
                                                        paper.between(gutter, paper.size[0])))))  # fmt: skip


def _page_seen(paper: _Paper) -> _Seen:
    drawn, letters, widgets, size = paper.drawn, paper.letters, paper.widgets, paper.size
    grids = grids_of(drawn.strokes, TOLERANCE, SMALLEST_TABLE, LOWEST_TABLE)
    areas = [area for grid in grids for area in grid.areas]
    chars = _with_fields(_distinct(letters.chars), widgets, areas)
    shared, loose = _shared(chars, areas)
    wide = WRAP_IN_DOUBT if any(char["text"] == " " for char in letters.chars) else " "
    unsure = [*_doubtful_points(areas, shared, drawn, widgets), *_points_cut_off(areas, shared, size)]
    cells = tuple((Block(measured_lines(inside, wide), area.rect), _content(area.rect, drawn, unsure))
                  for area, inside in zip(areas, shared, strict=True))  # fmt: skip
    behind = [frame for frame in letters.unseen if _leaves(frame, size, 0.0)]
    strange = tuple(
        frame for frame in (*drawn.ink, *behind) if not any(area.rect.holds(frame.centre) for area in areas)
    )
    mark, separator = _codes_on(paper)
    view = Page(paper.number, *size, unread=strange, mark=mark, separator=separator, named=tuple(_named(widgets)),
                digital=True, findings=tuple(_findings(paper.number, letters, widgets)))  # fmt: skip
    outside = measured_lines(_with_cuts_told(loose, size), wide)
    return _Seen(view, grids, cells, Block(outside, None, *_reach_of(outside, grids, size[0])))


def _reach_of(lines: Sequence[Measured], grids: Sequence[Grid], width: float) -> tuple[float, float]:
    """How far to the right lines outside tables surely go, and how far at most, in points.

    As far as the tables do; but one that comes closer to the page's edge than the text does at its left may be wider
    than the text. width: of the page.
    """
    most = max((grid.rect.right for grid in grids), default=0.0) - TABLE_OVERHANG
    left = min((line.rect.left for line in lines), default=0.0)
    return (most if most < width - left + UNEVEN else 0.0), most


def _with_fields(chars: Sequence[Char], widgets: Sequence[Widget], areas: Sequence[Area]) -> list[Char]:
    """The page's letters and those of its form fields, without what only marks the place of a field."""
    if not widgets:
        return list(chars)
    printed = [char for char in chars if not is_filler(char, widgets)]
    edges = [edge for area in areas for edge in (area.rect.left, area.rect.right)]
    return [*printed, *(char for widget in widgets for char in letters_of(widget, printed, edges))]


def _shared(chars: Sequence[Char], areas: Sequence[Area]) -> tuple[list[list[Char]], list[Char]]:
    """The letters of each cell, and those outside all of them."""
    shared: list[list[Char]] = [[] for _ in areas]
    loose: list[Char] = []
    for char in chars:
        point = ink_centre(char)
        home = next((index for index, area in enumerate(areas) if area.rect.holds(point)), None)
        (loose if home is None else shared[home]).append(char)
    return shared, loose


def _content(rect: Rect, drawn: Drawn, unsure: Sequence[tuple[float, float]]) -> Content:
    pictures = sum(rect.holds(picture.centre) for picture in drawn.pictures)
    inked = any(rect.holds(frame.centre) for frame in drawn.ink)
    return Content((), pictures, unread=inked or any(map(rect.holds, unsure)))


def _doubtful_points(
    areas: Sequence[Area], shared: Sequence[Sequence[Char]], drawn: Drawn, widgets: Sequence[Widget]
) -> Iterator[tuple[float, float]]:
    """Places that make what a cell says doubtful: letters astray, struck out or unknown, fields that contradict."""
    for area, chars in zip(areas, shared, strict=True):
        yield from _over_edges(area.rect, chars)
        inside = [stroke for stroke in drawn.strokes if stroke.lying and area.rect.top < stroke.at < area.rect.bottom]
        yield from (ink_centre(char) for char in chars if is_struck(char, inside) or is_garbage(char))
    yield from (widget.rect.centre for widget in widgets if widget.doubt or _is_signed(widget))


def _is_signed(widget: Widget) -> bool:
    return widget.kind == "signature" and bool(widget.says)


def _over_edges(rect: Rect, chars: Sequence[Char]) -> Iterator[tuple[float, float]]:
    """The middle and the far end of each letter that is drawn over the edge of its cell: nobody knows whose it is.

    A closing mark may hang over.
    """
    for char in chars:
        if char["text"].strip() and char["text"] not in CLOSING:
            level = ink_centre(char)[1]
            for end in (float(char["x0"]), float(char["x1"])):
                if end < rect.left - OVER_EDGE or end > rect.right + OVER_EDGE:
                    yield from ((end, level), ink_centre(char))


def _points_cut_off(
    areas: Sequence[Area], shared: Sequence[Sequence[Char]], size: tuple[float, float]
) -> Iterator[tuple[float, float]]:
    """Places of cells that go on behind the edge of the page, and of letters there; size: the page's."""
    yield from (area.rect.centre for area in areas if _leaves(area.rect, size, PAGE_EDGE))
    yield from (ink_centre(char) for chars in shared for char in chars if _is_cut(char, size))


def _with_cuts_told(chars: Sequence[Char], size: tuple[float, float]) -> list[Char]:
    """Letters of lines outside tables; behind one at the edge of the page nobody knows what else stood."""
    return [{**char, "text": char["text"] + WRAP_IN_DOUBT} if _is_cut(char, size) else char for char in chars]


def _is_cut(char: Char, size: tuple[float, float]) -> bool:
    return bool(char["text"].strip()) and _leaves(rect_of(char), size, char["size"] / 2)


def _leaves(rect: Rect, size: tuple[float, float], margin: float) -> bool:
    return min(rect.left, rect.top, size[0] - rect.right, size[1] - rect.bottom) < margin


# --- what else the page says ---


def _codes_on(paper: _Paper) -> tuple[PageMark | None, Separator | None]:
    if not any(map(_may_be_mark, paper.drawn.pictures)):
        return None, None
    found = mark_taken_off(paper.picture().pixels)
    return found.mark, found.separator


def _may_be_mark(picture: Rect) -> bool:
    return SMALLEST_MARK < picture.width < LARGEST_MARK and abs(picture.width - picture.height) < 0.1 * picture.width


def _named(widgets: Sequence[Widget]) -> Iterator[Named]:
    """What the file says under a field's name; a tick says its word, or nothing."""
    for widget in widgets:
        if widget.kind == "text":
            yield Named(widget.own_name, widget.text, not widget.doubt)
        elif widget.kind == "tick":
            yield Named(widget.own_name, widget.says if widget.text == "☑" else "", not widget.doubt)


def _findings(number: int, letters: _Letters, widgets: Sequence[Widget]) -> Iterator[Finding]:
    place = f"第{number}页"
    if letters.unseen:
        yield Finding("unseen_text", UNSEEN.format(number=number), place=place)
    for widget in widgets:
        if widget.doubt:
            yield Finding("field_differs", DIFFERS.format(name=widget.name), place=place)
