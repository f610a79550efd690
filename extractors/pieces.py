"""Detected text lines cut to the cells they stand in, each read by two recognisers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import cv2
import numpy as np
import numpy.typing as npt

from extractors.bitmap import as_colour, crop
from extractors.ink import bands_of, overlooks_end, overlooks_ink
from extractors.layout import Rect
from extractors.ocr import ReadText, placed
from extractors.paper import PrintedLine
from extractors.struck import is_struck
from extractors.sureness import doubted, sure_of
from extractors.ticks import TickBox
from extractors.twice import alone, read_twice
from extractors.unseen import holds_another_line, passes_over_mark
from gengang.sheet import squeezed

Pixels = npt.NDArray[np.uint8]

BEFORE_MARKS = ("）", "》", "”")  # a sentence goes on with a mark behind them

LOOSE = -1
# Shares of a detected line: in one cell as a whole; enough in a cell to be cut for it; so much in cells, or it is none
# of theirs: the frame of a line close under a table reaches into it.
WHOLLY = 0.8
PARTLY = 0.1
MOSTLY = 0.5
FLAT = frozenset("_＿-—－~")
LEAST_STACK = 3
# Of a letter's height: how far from the middle of two letters of a stack they may meet, and how much of the second one
# a frame may lack.
TOUCHING, MOST_OF_ONE = 0.2, 0.3
# A letter's height as a share of its detected frame's, rather too much than too little.
LETTER = 0.95
LEAST_LETTER = 0.8  # the same of the usual line's frame, rather too little
# In heights of a line: how much of an end tells how high it stands, and by how much what stands side by side may
# differ. What shares more than so much of its width with another stands above or below it.
END, LEVEL = 2.0, 0.5
UPON = 0.3
PALE = 160  # grey that the darkest dot of any writing is below
# In heights of a frame: between two Latin ones that stand so far apart there is a blank for sure, between any others.
GAP, SURE_GAP, TOUCHING = "    ", 0.5, 0.15


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a text line. home: index of its cell, LOOSE outside tables. doubtful: a tick box nobody can judge.

    stack: letters printed below one another, which are read side by side as the one label they are.
    confidence: mean over the characters of the first reading; each: of every character, as sure as both readings are.
    struck: a pen seems to have crossed it out. ends: its letters at its left and at its right end, of which one stands
    higher where a page is bent; None where nobody looked.
    """

    rect: Rect
    home: int
    stack: tuple[Rect, ...] = ()
    text: str = ""
    confidence: float | None = None
    each: tuple[float, ...] = ()
    second: str | None = None
    doubtful: bool = False
    struck: bool = False
    ends: tuple[Rect, Rect] | None = None


def pieces_of(boxes: Sequence[Rect], areas: Sequence[Rect], ink: Pixels) -> tuple[Piece, ...]:
    """Detected lines cut at the cells' edges; a frame that holds several lines is cut between them."""
    usual = median(box.height for box in boxes) if boxes else 0.0
    pieces: list[Piece] = []
    for box in boxes:
        for piece in _cut(box, areas):
            pieces += _parted(piece, usual, ink)
    apart = _without_repeats(pieces)
    homes = sorted({piece.home for piece in apart})
    stacked = [_with_letters_apart(piece, ink) for home in homes for piece in _stacked(apart, home)]
    seen = [replace(piece, ends=_ends_of(piece.rect, ink, usual)) for piece in stacked]
    return tuple(sorted(seen, key=lambda piece: (piece.rect.top, piece.rect.left)))


def _ends_of(rect: Rect, ink: Pixels, usual: float) -> tuple[Rect, Rect] | None:
    """The first letters of a line and its last ones; of a line near it only the edge is in its frame."""
    reach = min(rect.width, END * usual)
    parts = replace(rect, right=rect.left + reach), replace(rect, left=rect.right - reach)
    left, right = (max(bands_of(ink, part), key=lambda band: band.height, default=None) for part in parts)
    return (left, right) if left and right else None


def _stacked(pieces: Sequence[Piece], home: int) -> Iterator[Piece]:
    """The pieces of one cell, single letters that stand below one another as one."""
    column: list[Piece] = []
    for piece in (piece for piece in pieces if piece.home == home):
        if column and not _stands_below(column[-1], piece):
            yield from _as_one(column)
            column = []
        column.append(piece)
    yield from _as_one(column)


def _stands_below(above: Piece, piece: Piece) -> bool:
    one, two = above.rect, piece.rect
    middle = abs(one.centre[0] - two.centre[0]) < 0.4 * max(one.width, two.width)
    single = max(one.width / one.height, two.width / two.height) < 1.5
    return middle and single and piece.home != LOOSE and 0 <= two.centre[1] - one.centre[1] < 2.5 * one.height


def _as_one(column: Sequence[Piece]) -> Iterator[Piece]:
    if len(column) < LEAST_STACK:
        yield from column
        return
    rect = column[0].rect
    for piece in column[1:]:
        rect = rect.joined(piece.rect)
    yield replace(column[0], rect=rect, stack=tuple(piece.rect for piece in column))


def _with_letters_apart(piece: Piece, ink: Pixels) -> Piece:
    """The piece; two letters of a stack that touch, and so were taken for one, come apart where there is least ink."""
    if not piece.stack:
        return piece
    high = median(rect.height for rect in piece.stack)
    return replace(piece, stack=tuple(letter for rect in piece.stack for letter in _letters_in(rect, high, ink)))


def _letters_in(rect: Rect, high: float, ink: Pixels) -> Iterator[Rect]:
    parts = int(rect.height / max(high, rect.width) + MOST_OF_ONE)  # letters are as wide as high
    top = rect.top
    for number in range(1, parts):
        near = round(rect.top + number * rect.height / parts)
        rows = range(max(0, round(near - TOUCHING * high)), round(near + TOUCHING * high) + 1)
        inked = crop(ink, Rect(rect.left, rows[0], rect.right, rows[-1] + 1)).astype(np.int64).sum(axis=1)
        cut = float(rows[int(inked.argmin())]) if len(inked) else float(near)
        yield replace(rect, top=top, bottom=cut)
        top = cut
    yield replace(rect, top=top)


def _cut(box: Rect, areas: Sequence[Rect]) -> Iterator[Piece]:
    size = max(1.0, box.width * box.height)
    shares = [(home, area.overlap(box) / size) for home, area in enumerate(areas)]
    whole = next((home for home, share in shares if share >= WHOLLY), None)
    if whole is not None:
        yield Piece(_clipped(box, areas[whole]), whole)
        return
    touched = [home for home, share in shares if share >= PARTLY]
    if not touched or sum(share for _, share in shares) < MOSTLY:
        yield Piece(box, LOOSE)
        return
    for home in touched:
        yield Piece(_clipped(box, areas[home]), home)


def _clipped(box: Rect, area: Rect) -> Rect:
    return Rect(
        max(box.left, area.left), max(box.top, area.top), min(box.right, area.right), min(box.bottom, area.bottom)
    )


def _parted(piece: Piece, usual: float, ink: Pixels) -> list[Piece]:
    """A frame much higher than a line: a label printed downwards, or two lines taken for one."""
    if piece.rect.height < 1.6 * usual:
        return [piece]
    bands = bands_of(ink, piece.rect, LETTER * usual)
    return [replace(piece, rect=widened(band)) for band in bands] if len(bands) > 1 else [piece]


def widened(band: Rect) -> Rect:
    """A frame around ink with the white that a recogniser wants about it."""
    return Rect(band.left - 4, band.top - 3, band.right + 4, band.bottom + 3)


def _without_repeats(pieces: Sequence[Piece]) -> list[Piece]:
    kept: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: -piece.rect.width * piece.rect.height):
        size = max(1.0, piece.rect.width * piece.rect.height)
        if not any(other.home == piece.home and other.rect.overlap(piece.rect) > 0.7 * size for other in kept):
            kept.append(piece)
    return sorted(kept, key=lambda piece: (piece.rect.top, piece.rect.left))


# --- reading ---


@dataclass(frozen=True, slots=True)
class Known:
    """What the forms say beforehand. printed: their words, `squeezed`, which are read only once; options: of ticks.

    signs: whether a field of theirs is filled with a mark such as √ or ○.
    """

    printed: frozenset[str] = frozenset()
    options: tuple[tuple[str, ...], ...] = ()
    signs: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """What reading needs. page: grey, without ruling lines; usual: height of a line on it, 0 where it is not known."""

    page: Pixels
    ticks: Sequence[TickBox]
    known: Known = Known()
    usual: float = 0.0


def read_pieces(pieces: Sequence[Piece], desk: Desk) -> tuple[Piece, ...]:
    """Each piece with its two readings."""
    page = desk.page
    whole = [crop_of(page, piece) for piece in pieces]
    crops = [alone(crop) for crop in whole]
    twice = read_twice(crops, desk.known.printed)
    read = [replace(piece, text=it.one.text, confidence=it.one.confidence, each=it.each, second=it.two.text)
            for piece, it in zip(pieces, twice, strict=True)]  # fmt: skip
    first = [it.one for it in twice]
    for number, (piece, line, one) in enumerate(zip(pieces, crops, first, strict=True)):
        own = squeezed(one.text) not in desk.known.printed
        early = own and _ends_early(_with_room(desk, piece, pieces), line, one)
        # Of letters below each other, put side by side, nobody knows whether what was cut off is of a line or of 三.
        cut = bool(piece.stack) and line.shape != whole[number].shape
        # No pen and no printer writes so: what is left of a seal's letters, or shows through from the back.
        pale = bool(one.text) and int(line.min()) > PALE
        if one.text and (early or cut or pale or _overlooks(line, one) or (own and _hides(line, one))):
            read[number] = replace(read[number], doubtful=True)
    seen = zip(read, crops, first, strict=True)
    read = [replace(piece, struck=_is_struck(piece, line, one, desk)) for piece, line, one in seen]
    return tuple(read)


def _overlooks(line: Pixels, read: ReadText) -> bool:
    return overlooks_ink(line, places_of_letters(read), read.steps, read.places)


def _hides(line: Pixels, read: ReadText) -> bool:
    return passes_over_mark(read, line) or holds_another_line(read, line)


def _ends_early(roomy: Pixels, line: Pixels, read: ReadText) -> bool:
    """Whether a mark stands behind the last letter or bracket that was read. roomy: the line and what is behind."""
    steps = read.steps * roomy.shape[1] / max(1, line.shape[1])
    may_go_on = read.text[-1:].isalnum() or read.text[-1:] in BEFORE_MARKS
    return may_go_on and bool(read.places) and overlooks_end(roomy, read.places[-1], steps)


def _with_room(desk: Desk, piece: Piece, pieces: Sequence[Piece]) -> Pixels:
    """The piece's part of the page and a letter's width behind it, as far as no other piece begins there.

    The frame of a lone letter such as 会 or 一 is lower than the marks behind it: there it is as high as a letter.
    """
    rect = piece.rect
    if piece.stack:
        return crop_of(desk.page, piece)
    beside = [one.rect.left for one in pieces if one.rect.left >= rect.right and _side_by_side(one.rect, rect)]
    high = max(rect.height, LEAST_LETTER * desk.usual)
    top = rect.centre[1] - high / 2
    room = Rect(rect.left, top, min([rect.right + high, *beside]), top + high)
    return as_colour(crop(desk.page, room))


def _side_by_side(one: Rect, two: Rect) -> bool:
    return min(one.bottom, two.bottom) > max(one.top, two.top)


def _is_struck(piece: Piece, line: Pixels, read: ReadText, desk: Desk) -> bool:
    """Whether a pen seems to have crossed out a line that is more than the form's own words."""
    if squeezed(piece.text) in desk.known.printed or piece.stack or not line.size:
        return False
    return is_struck(np.ascontiguousarray(line[:, :, 0]), desk.usual, placed(read, line.shape[1]))


def places_of_letters(read: ReadText) -> tuple[int, ...]:
    """Where letters stand; a ruled blank is no letter, and a figure on it may have been passed over."""
    return tuple(place for char, place in zip(read.text, read.places, strict=True) if char not in FLAT)


def crop_of(page: Pixels, piece: Piece) -> Pixels:
    """The piece's part of the page, in three equal channels; stacked letters side by side."""
    if not piece.stack:
        return as_colour(crop(page, piece.rect))
    letters = [crop(page, rect) for rect in piece.stack]
    height = max(letter.shape[0] for letter in letters)
    even = [
        cv2.copyMakeBorder(letter, 0, height - letter.shape[0], 0, 0, cv2.BORDER_CONSTANT, value=(255,))
        for letter in letters
    ]
    return as_colour(np.asarray(np.hstack(even), dtype=np.uint8))


# --- lines ---


def texts_in_order(pieces: Sequence[Piece]) -> tuple[PrintedLine, ...]:
    """Pieces that stand side by side as one line, lines from top to bottom."""
    return tuple(_line(row) for row in rows_of(pieces))


def rows_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces of each line from left to right, lines from top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.rect.centre[1]):
        if rows and _same_line(rows[-1], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.rect.left) for row in rows]


def _same_line(row: Sequence[Piece], piece: Piece) -> bool:
    """Whether a piece stands on the line of others: side by side as high where they meet, or upon each other wholly."""
    left, right = sorted((row[-1], piece), key=lambda one: one.rect.left)
    one, two = left.rect, right.rect
    if left.ends and right.ends and two.left >= one.right:
        met, meeting = left.ends[1], right.ends[0]
        return abs(met.centre[1] - meeting.centre[1]) < LEVEL * max(met.height, meeting.height)
    beneath = min(one.right, two.right) - two.left > UPON * min(one.width, two.width)
    shared = min(one.bottom, two.bottom) - max(one.top, two.top)
    return shared > (WHOLLY if beneath else 0.5) * min(one.height, two.height)


def _may_have_no_blank(before: Piece, behind: Piece) -> bool:
    """Whether two pieces of a line stand so close that perhaps nobody typed a blank between them.

    Latin text has blanks of many widths. Detection parts a line at a mark as well: the white of a ” is no blank.
    """
    latin = before.text[-1:].isascii() and behind.text[:1].isascii()
    return behind.rect.left - before.rect.right < (SURE_GAP if latin else TOUCHING) * before.rect.height


def _line(row: Sequence[Piece]) -> PrintedLine:
    rect = row[0].rect
    for piece in row[1:]:
        rect = rect.joined(piece.rect)
    read = [piece for piece in row if piece.text]
    each: tuple[float, ...] = read[0].each if read else ()
    for before, piece in pairwise(read):
        if each and _may_have_no_blank(before, piece):
            each = (*each[:-1], doubted(each[-1]))
        each += (1.0,) * len(GAP) + piece.each
    second = GAP.join(piece.second for piece in read if piece.second)
    sure = min((sure_of(one, True) for one in each), default=0.0)
    struck = any(piece.struck for piece in row)
    size = max((end.height for piece in row for end in piece.ends or ()), default=0.0)
    text = GAP.join(piece.text for piece in read)
    unread = any(piece.doubtful or not piece.text for piece in row)
    return PrintedLine(rect, text, sure, second, each=each, struck=struck, unread=unread, size=min(size, rect.height))
