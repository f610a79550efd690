"""Digital PDF to pages of cells: characters from the text layer, merged cells rebuilt from the ruling lines.

A page without a text layer that can be trusted is given back as None, for `scan.py`.
"""

import logging
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import pdfplumber
import pikepdf
import pypdfium2
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page as PlumberPage
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from extractors.endings import CLOSING, Block, ends_of_blocks
from extractors.layout import Grid, Rect, Stroke, grids_of
from extractors.letters import Char, ink_centre, measured_lines, printed_lines, tick_of
from extractors.marks import mark_taken_off
from extractors.paper import Content, Page, PrintedLine, Table
from extractors.policy import WRAP_IN_DOUBT
from gengang.findings import Finding
from gengang.issued import PageMark

MOST_PAGES = 300
MOST_CHARACTERS = 60_000
MOST_INFLATED = 1 << 20

# Points. Two ruling lines this near are one; a smaller frame is a tick box, not a table.
TOLERANCE = 2.5
SMALLEST_TABLE = 40.0
THINNEST_RECT = 2.0
OVER_EDGE = 0.5
TWICE = 1.5  # a letter printed twice for boldness is off by less

SMALLEST_MARK, LARGEST_MARK = 20.0, 90.0
MARK_SCALE = 2.0  # 144 dpi: about 2.5 pixels a module of the smallest mark

# A broken file is told as a finding; pdfminer's own warnings would go to the office's screen line by line.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

# What broken bytes inside an intact PDF frame make pdfminer and pdfplumber raise (found by flipping bits).
BROKEN_PDF = (
    PSException, PdfminerException, MalformedPDFException, ValueError, TypeError, KeyError, IndexError, AttributeError,
    AssertionError, ArithmeticError, struct.error, zlib.error, RecursionError, NotImplementedError, EOFError,
    MemoryError,
)  # fmt: skip

ENCRYPTED = "PDF 设有密码，无法读取。请取消密码（用打开它的程序另存一份不加密的）后再交。"
DAMAGED = "PDF 已损坏或不完整，无法读取。请对方重新导出或重新发送。"
TOO_LONG = f"PDF 超过 {MOST_PAGES} 页，未读取。请按人拆分后再放入。"


def pages_of_pdf(data: bytes, begins: Callable[[int], bool] = bool) -> tuple[Page | None, ...] | Finding:
    """Every page in order, None where only its picture can be read; a finding when the file cannot be opened.

    begins: called with the number of each page before it is looked at; False leaves it to its picture.
    """
    checked = _flattened(data)
    if isinstance(checked, Finding):
        return checked
    if _is_damaged(data):
        return Finding("unreadable_file", DAMAGED, severity="error")
    try:
        with pdfplumber.open(BytesIO(checked)) as pdf:
            seen = [_page_or_none(page, checked) if begins(page.page_number) else None for page in pdf.pages]
    except BROKEN_PDF:
        return Finding("unreadable_file", DAMAGED, severity="error")
    return _with_ends(seen)


def _flattened(data: bytes) -> bytes | Finding:
    """The same PDF with filled form fields and annotations drawn into its pages; a finding when it cannot be opened."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            return Finding("encrypted", ENCRYPTED, severity="error")
        return Finding("unreadable_file", DAMAGED, severity="error")
    try:
        if len(pdf) == 0:
            return Finding("unreadable_file", DAMAGED, severity="error")
        if len(pdf) > MOST_PAGES:
            return Finding("too_large", TOO_LONG, severity="error")
        return _redrawn(pdf) if b"/Widget" in data or b"/FreeText" in data or pdf.get_formtype() else data
    except pypdfium2.PdfiumError:
        return Finding("unreadable_file", DAMAGED, severity="error")
    finally:
        pdf.close()


def _is_damaged(data: bytes) -> bool:
    """Whether a compressed stream does not hold what it once held: readers show the rest, and a field looks blank."""
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            streams = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
            return any(_is_broken(stream) for stream in streams)
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, RuntimeError):
        return True


def _is_broken(stream: pikepdf.Stream) -> bool:
    filters = stream.get("/Filter")
    first = filters[0] if isinstance(filters, pikepdf.Array) and len(filters) else filters
    if first != pikepdf.Name.FlateDecode:
        return False
    inflating = zlib.decompressobj()
    try:
        left = stream.read_raw_bytes()
        while left and not inflating.eof:
            inflating.decompress(left, MOST_INFLATED)
            left = inflating.unconsumed_tail
    except zlib.error:
        return True
    return not inflating.eof


def _redrawn(pdf: pypdfium2.PdfDocument) -> bytes:
    pdf.init_forms()
    for number in range(len(pdf)):
        page = pdf[number]
        page.flatten()
        page.close()
    redrawn = BytesIO()
    pdf.save(redrawn)
    return redrawn.getvalue()


@dataclass(frozen=True, slots=True)
class _Seen:
    """A page before it is told who ended its lines. cells: of its grids' areas in order, each with a block of lines."""

    page: Page
    grids: tuple[Grid, ...]
    cells: tuple[tuple[Block, Content], ...]
    loose: Block


def _with_ends(seen: Sequence[_Seen | None]) -> tuple[Page | None, ...]:
    """The pages with who ended each line; what one page shows of it tells on the others too."""
    blocks = [block for one in seen if one is not None for block in (*(block for block, _ in one.cells), one.loose)]
    lines = iter([printed_lines(*pair) for pair in zip(blocks, ends_of_blocks(blocks), strict=True)])
    return tuple(None if one is None else _page_of(one, lines) for one in seen)


def _page_of(seen: _Seen, lines: Iterator[tuple[PrintedLine, ...]]) -> Page:
    contents = iter([replace(content, lines=next(lines)) for _, content in seen.cells])
    tables = tuple(Table(grid, tuple(next(contents) for _ in grid.areas)) for grid in seen.grids)
    return replace(seen.page, tables=tables, loose=next(lines))


def _page_or_none(page: PlumberPage, data: bytes) -> _Seen | None:
    try:
        seen = _page_seen(page) if is_usable(page) else None
        if seen is not None and any(_may_be_mark(image) for image in page.images):
            seen = replace(seen, page=replace(seen.page, mark=_mark_on(data, page.page_number)))
    except BROKEN_PDF:
        return None
    finally:
        page.close()
    return seen


def _may_be_mark(image: Mapping[str, Any]) -> bool:
    frame = _object_rect(image)
    return SMALLEST_MARK < frame.width < LARGEST_MARK and abs(frame.width - frame.height) < 0.1 * frame.width


def _mark_on(data: bytes, number: int) -> PageMark | None:
    pdf = pypdfium2.PdfDocument(data)
    try:
        return mark_taken_off(pdf[number - 1].render(scale=MARK_SCALE, grayscale=True).to_numpy()).mark
    except pypdfium2.PdfiumError:
        return None
    finally:
        pdf.close()


def is_usable(page: PlumberPage) -> bool:
    """Whether the text layer says what the page shows: there, upright, made of real characters, not laid on a scan."""
    inked = [char for char in page.chars if char["text"].strip()]
    if len(inked) < 4 or len(inked) > MOST_CHARACTERS:
        return False
    area = float(page.width) * float(page.height)
    if any(_covers(image, area) for image in page.images):
        return False
    bad = sum(_is_garbage(char) for char in inked)
    turned = sum(not char["upright"] for char in inked)
    return bad <= 0.05 * len(inked) and turned <= 0.2 * len(inked)


def _covers(image: Mapping[str, Any], area: float) -> bool:
    frame = _object_rect(image)
    return frame.width * frame.height > 0.6 * area


def _is_garbage(char: Char) -> bool:
    """No character of a real text: an unmapped glyph, a private code point outside tick fonts, an odd control."""
    text = char["text"]
    if text.startswith("(cid:") or text in TICKED_PUNCTUATION:
        return True
    point = ord(text[0])
    private = 0xE000 <= point <= 0xF8FF and not tick_of(char)
    return private or point == 0xFFFD or point < 32 or (0x3400 <= point <= 0x9FFF and not _is_usual(text[0]))


TICKED_PUNCTUATION = frozenset({"\ufffd", "\ufffe"})


def _is_usual(letter: str) -> bool:
    """A character of GBK: a text layer with a shifted encoding is full of others."""
    try:
        letter.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def _page_seen(page: PlumberPage) -> _Seen:
    grids = grids_of(_strokes(page), TOLERANCE, SMALLEST_TABLE)
    areas = [area.rect for grid in grids for area in grid.areas]
    shared: list[list[Char]] = [[] for _ in areas]
    loose: list[Char] = []
    for char in _distinct(page.chars):
        point = ink_centre(char)
        home = next((index for index, rect in enumerate(areas) if rect.holds(point)), None)
        (loose if home is None else shared[home]).append(char)
    wide = wide_gap_on(page)
    astray = [point for rect, chars in zip(areas, shared, strict=True) for point in _over_edges(rect, chars)]
    cells = tuple((Block(measured_lines(chars, wide), rect), _content(page, rect, chars, astray))
                  for rect, chars in zip(areas, shared, strict=True))  # fmt: skip
    size = float(page.width), float(page.height)
    shown = Page(page.page_number, *size, unread=tuple(_strange(page, areas)))
    return _Seen(shown, grids, cells, Block(measured_lines(loose, wide)))


def _strokes(page: PlumberPage) -> Iterator[Stroke]:
    for line in page.lines:
        yield from _stroke_of(Rect(line["x0"], line["top"], line["x1"], line["bottom"]))
    for rect in page.rects:
        frame = Rect(rect["x0"], rect["top"], rect["x1"], rect["bottom"])
        if min(frame.width, frame.height) <= THINNEST_RECT:
            yield from _stroke_of(frame)
        elif rect["stroke"]:
            yield Stroke(True, frame.top, frame.left, frame.right)
            yield Stroke(True, frame.bottom, frame.left, frame.right)
            yield Stroke(False, frame.left, frame.top, frame.bottom)
            yield Stroke(False, frame.right, frame.top, frame.bottom)


def _stroke_of(rect: Rect) -> Iterator[Stroke]:
    if rect.height <= THINNEST_RECT < rect.width:
        yield Stroke(True, rect.centre[1], rect.left, rect.right)
    elif rect.width <= THINNEST_RECT < rect.height:
        yield Stroke(False, rect.centre[0], rect.top, rect.bottom)


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


def wide_gap_on(page: PlumberPage) -> str:
    """What a wide gap reads as: where spaces are typed it may be justification's too, and only a person can tell."""
    return WRAP_IN_DOUBT if any(char["text"] == " " for char in page.chars) else " "


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


def _content(page: PlumberPage, rect: Rect, chars: Sequence[Char], astray: Sequence[tuple[float, float]]) -> Content:
    pictures = sum(rect.holds(_object_rect(image).centre) for image in page.images)
    drawn = any(rect.holds(frame.centre) for frame in _drawings(page))
    garbage = any(_is_garbage(char) for char in chars if char["text"].strip())
    return Content((), pictures, unread=drawn or garbage or any(map(rect.holds, astray)))


def _drawings(page: PlumberPage) -> list[Rect]:
    """Drawn ink that is no ruling line: a signature written on a tablet, a struck-out word."""
    frames = [_object_rect(curve) for curve in page.curves]
    slanted = [_object_rect(line) for line in page.lines]
    return [frame for frame in frames + slanted if min(frame.width, frame.height) > THINNEST_RECT]


def _object_rect(thing: Mapping[str, Any]) -> Rect:
    return Rect(float(thing["x0"]), float(thing["top"]), float(thing["x1"]), float(thing["bottom"]))


def _strange(page: PlumberPage, areas: Sequence[Rect]) -> list[Rect]:
    return [frame for frame in _drawings(page) if not any(area.holds(frame.centre) for area in areas)]
