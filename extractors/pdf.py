"""Digital PDF to pages of cells: characters from the text layer, merged cells rebuilt from the ruling lines.

A page without a text layer that can be trusted is given back as None, for `scan.py`.
"""

import logging
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise, takewhile, zip_longest
from typing import Any

import pdfplumber
import pikepdf
import pypdfium2
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page as PlumberPage
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from extractors.layout import Rect, Stroke, grids_of
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

SMALLEST_MARK, LARGEST_MARK = 20.0, 90.0
MARK_SCALE = 2.0  # 144 dpi: about 2.5 pixels a module of the smallest mark

# A line stretched by less than one character was filled by the page; by more, its writer may have ended it.
STRETCHED = 0.8

# A gap wider than so many characters is a space. Where the text layer types its spaces it may be justification's too,
# and only a person can tell.
WIDE_GAP = 0.6
OVERLAID = 0.5  # share of the narrower letter that another one covers
CLOSING = frozenset("。，、；：！？）”》")

Char = Mapping[str, Any]

# A broken file is told as a finding; pdfminer's own warnings would go to the office's screen line by line.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

# What broken bytes inside an intact PDF frame make pdfminer and pdfplumber raise (found by flipping bits).
BROKEN_PDF = (
    PSException, PdfminerException, MalformedPDFException, ValueError, TypeError, KeyError, IndexError, AttributeError,
    AssertionError, ArithmeticError, struct.error, zlib.error, RecursionError, NotImplementedError, EOFError,
    MemoryError,
)  # fmt: skip

# Tick fonts draw these at private-use code points.
TICKED_POINTS = frozenset({0xFE, 0xFD, 0xFC, 0xFB, 0x52, 0x53, 0x54, 0x50, 0x78, 0x6E})
EMPTY_POINTS = frozenset({0xA8, 0x6F, 0x70, 0x71, 0x72, 0xA3, 0x2A, 0x30})
TICK_FONTS = ("wingdings", "webdings", "marlett", "zapfdingbats")

ENCRYPTED = "PDF 设有密码，无法读取。请取消密码（用打开它的程序另存一份不加密的）后再交。"
DAMAGED = "PDF 已损坏或不完整，无法读取。请对方重新导出或重新发送。"
TOO_LONG = f"PDF 超过 {MOST_PAGES} 页，未读取。请按人拆分后再放入。"


def pages_of_pdf(data: bytes) -> tuple[Page | None, ...] | Finding:
    """Every page in order, None where only its picture can be read; a finding when the file cannot be opened."""
    checked = _flattened(data)
    if isinstance(checked, Finding):
        return checked
    if _is_damaged(data):
        return Finding("unreadable_file", DAMAGED, severity="error")
    try:
        with pdfplumber.open(BytesIO(checked)) as pdf:
            return tuple(_page_or_none(page, checked) for page in pdf.pages)
    except BROKEN_PDF:
        return Finding("unreadable_file", DAMAGED, severity="error")


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


def _page_or_none(page: PlumberPage, data: bytes) -> Page | None:
    try:
        view = _page_view(page) if is_usable(page) else None
        if view is not None and any(_may_be_mark(image) for image in page.images):
            view = replace(view, mark=_mark_on(data, page.page_number))
    except BROKEN_PDF:
        return None
    finally:
        page.close()
    return view


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
    private = 0xE000 <= point <= 0xF8FF and not _tick(char)
    return private or point == 0xFFFD or point < 32 or (0x3400 <= point <= 0x9FFF and not _is_usual(text[0]))


TICKED_PUNCTUATION = frozenset({"\ufffd", "\ufffe"})


def _is_usual(letter: str) -> bool:
    """A character of GBK: a text layer with a shifted encoding is full of others."""
    try:
        letter.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def _tick(char: Char) -> str:
    """☑ or □ where a tick font draws one, else empty."""
    point = ord(char["text"][0])
    named = any(font in str(char["fontname"]).lower() for font in TICK_FONTS)
    if not (named or 0xF000 <= point <= 0xF0FF):
        return ""
    if point & 0xFF in TICKED_POINTS:
        return "☑"
    return "□" if point & 0xFF in EMPTY_POINTS else ""


def _page_view(page: PlumberPage) -> Page:
    grids = grids_of(_strokes(page), TOLERANCE, SMALLEST_TABLE)
    areas = [area.rect for grid in grids for area in grid.areas]
    shared: list[list[Char]] = [[] for _ in areas]
    loose: list[Char] = []
    for char in _distinct(page.chars):
        point = _ink_centre(char)
        home = next((index for index, rect in enumerate(areas) if rect.holds(point)), None)
        (loose if home is None else shared[home]).append(char)
    contents = iter([_content(page, rect, chars) for rect, chars in zip(areas, shared, strict=True)])
    tables = tuple(Table(grid, tuple(next(contents) for _ in grid.areas)) for grid in grids)
    size = float(page.width), float(page.height)
    return Page(
        page.page_number, *size, tables, tuple(lines_of_chars(loose, wide_gap_on(page))), tuple(_strange(page, areas))
    )


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
    """Characters once each: bold is at times drawn by printing twice, half a point apart."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for char in chars:
        key = (char["text"], round(char["x0"]), round(char["top"]))
        if key not in seen or not char["text"].strip():
            kept.append(char)
        seen |= {(key[0], key[1] + step, key[2]) for step in (-1, 0, 1)}
    return kept


def _baseline(char: Char) -> float:
    """y of the line the letters stand on, from the top; boxes of different fonts are not comparable."""
    return float(char["bottom"] - (char["matrix"][5] - char["y0"]))


def _ink_centre(char: Char) -> tuple[float, float]:
    return (char["x0"] + char["x1"]) / 2, _baseline(char) - 0.35 * char["size"]


def lines_of_chars(chars: Sequence[Char], wide: str = " ") -> Iterator[PrintedLine]:
    """Characters as lines from top to bottom, each from left to right with its spaces."""
    lines = [_Letters(tuple(_in_order(line)), wide) for line in _by_baseline(chars)]
    for line, following in zip_longest(lines, lines[1:]):
        yield PrintedLine(_ended_rect(line, following), line.text)


def _in_order(line: Sequence[Char]) -> list[Char]:
    """From left to right, without the blanks that an underlined field lays over its letters."""
    inked = [char for char in line if char["text"].strip()]
    blanks = [char for char in line if not char["text"].strip()]
    kept = [blank for blank in blanks if not any(one["x0"] < _middle(blank) < one["x1"] for one in inked)]
    return sorted([*inked, *kept], key=lambda char: float(char["x0"]))


def _middle(char: Char) -> float:
    return float(char["x0"] + char["x1"]) / 2


def wide_gap_on(page: PlumberPage) -> str:
    """What a wide gap reads as on this page."""
    return WRAP_IN_DOUBT if any(char["text"] == " " for char in page.chars) else " "


def _by_baseline(chars: Sequence[Char]) -> Iterator[list[Char]]:
    line: list[Char] = []
    for char in sorted(chars, key=_baseline):
        if line and _baseline(char) - _baseline(line[0]) > 0.45 * max(char["size"], line[0]["size"]):
            yield line
            line = []
        line.append(char)
    if line:
        yield line


@dataclass(frozen=True, slots=True)
class _Letters:
    """The characters of one line from left to right. wide: what a wide gap between two of them reads as."""

    chars: tuple[Char, ...]
    wide: str

    @property
    def rect(self) -> Rect:
        """Around what is inked."""
        return Rect(
            float(self.chars[0]["x0"]),
            min(float(char["top"]) for char in self.chars),
            max(float(char["x1"]) for char in self.chars),
            max(float(char["bottom"]) for char in self.chars),
        )

    @property
    def gaps(self) -> list[float]:
        """White before each character but the first."""
        return [float(char["x0"] - before["x1"]) for before, char in pairwise(self.chars)]

    @property
    def stretch(self) -> float:
        """The gap that justification put between all characters; 0 in a short line, unless it is even."""
        gaps = sorted(self.gaps)
        even = len(gaps) > 1 or _letter(self.chars[-1]) in CLOSING
        if gaps and (len(gaps) >= 4 or (even and gaps[-1] < 1.3 * gaps[0])):
            return max(0.0, gaps[len(gaps) // 2])
        return 0.0

    @property
    def text(self) -> str:
        """What the line says; a gap much wider than the line's others reads as a space, or as one in doubt."""
        stretch = self.stretch
        text = _letter(self.chars[0])
        for gap, (before, char) in zip(self.gaps, pairwise(self.chars), strict=True):
            if _lies_over(before, char):
                text += WRAP_IN_DOUBT  # which of the two was written first cannot be seen
            wide = gap > max(WIDE_GAP * char["size"], 2 * stretch)
            text += (self.wide if wide and text[-1:] not in (" ", self.wide) else "") + _letter(char)
        return text.strip()


def _lies_over(before: Char, char: Char) -> bool:
    """Two letters on one place: a borrowed font at times draws the next one over the last."""
    narrower = min(before["x1"] - before["x0"], char["x1"] - char["x0"])
    both = before["text"].strip() and char["text"].strip()
    return bool(both) and float(before["x1"] - char["x0"]) > OVERLAID * float(narrower)


def _letter(char: Char) -> str:
    return _tick(char) or str(char["text"])


def _ended_rect(line: _Letters, following: _Letters | None) -> Rect:
    """Where the line ends by its letters. A line that its writer broke is at times stretched to the full width.

    It was not broken there when the next line's first word is too long for the room that stretching filled.
    """
    size = float(line.chars[0]["size"])
    filled = line.stretch * (len(line.chars) - 1)
    if following is None or filled < STRETCHED * size or _first_word(following) + size > filled:
        return line.rect
    return replace(line.rect, right=line.rect.right - filled)


def _first_word(line: _Letters) -> float:
    """Width of the Latin letters or digits that a line begins with; 0 before Chinese, which may break anywhere."""
    word = list(takewhile(lambda char: str(char["text"]).isascii() and str(char["text"]).strip(), line.chars))
    return float(word[-1]["x1"] - word[0]["x0"]) if word else 0.0


def _content(page: PlumberPage, rect: Rect, chars: Sequence[Char]) -> Content:
    pictures = sum(rect.holds(_object_rect(image).centre) for image in page.images)
    drawn = any(rect.holds(frame.centre) for frame in _drawings(page))
    garbage = any(_is_garbage(char) for char in chars if char["text"].strip())
    return Content(tuple(lines_of_chars(chars, wide_gap_on(page))), pictures, unread=drawn or garbage)


def _drawings(page: PlumberPage) -> list[Rect]:
    """Drawn ink that is no ruling line: a signature written on a tablet, a struck-out word."""
    frames = [_object_rect(curve) for curve in page.curves]
    slanted = [_object_rect(line) for line in page.lines]
    return [frame for frame in frames + slanted if min(frame.width, frame.height) > THINNEST_RECT]


def _object_rect(thing: Mapping[str, Any]) -> Rect:
    return Rect(float(thing["x0"]), float(thing["top"]), float(thing["x1"]), float(thing["bottom"]))


def _strange(page: PlumberPage, areas: Sequence[Rect]) -> list[Rect]:
    return [frame for frame in _drawings(page) if not any(area.holds(frame.centre) for area in areas)]
