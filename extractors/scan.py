"""Scans and photos to pages of cells: the picture made upright, its ruling found, each line read twice.

What is inked and gave no text is told as `unread`; a tick box counts only as its pixels say.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median

import numpy as np
import numpy.typing as npt
import pypdfium2

from extractors.bitmap import (
    LEAST_SHORT_SIDE,
    Bitmap,
    Decoded,
    as_colour,
    bitmap_of,
    crop,
    decoded,
    is_coloured,
    layers_of,
    paper_share,
    ruled_at,
    scaled,
    straightened,
    turned,
    with_short_walls,
)
from extractors.choices import with_boxes
from extractors.evened import evened, evened_by_text
from extractors.gutters import gutter_of, joined_page
from extractors.ink import bands_of, left_over, missed_lines
from extractors.layout import Grid, Rect, Stroke, anchored, grids_of, is_wide
from extractors.marks import Marked, mark_taken_off
from extractors.ocr import find_frames, read_lines
from extractors.paper import Content, Page, PrintedLine, Table
from extractors.patches import (
    has_red_writing,
    may_show_pale_photo,
    may_show_photo,
    ruled_behind,
    seals_on,
    shows_photo,
    stays_in,
    without_edges,
    without_shadows,
)
from extractors.pieces import FLAT, LETTER, LOOSE, Desk, Known, Piece, pieces_of, read_pieces, texts_in_order, widened
from extractors.rendered import rendered
from extractors.sheetedges import Sheet, sheets_on
from extractors.signs import IN_DOUBT, sign_of, small_sign_of
from extractors.specks import without_specks
from extractors.spreads import mixed_on
from extractors.struck import without_strikes
from extractors.ticks import lacks_boxes, tick_boxes
from extractors.tilt import LEAST_TILT, rects_of, tilt_of, tilted
from gengang.findings import Finding

Pixels = npt.NDArray[np.uint8]

# At 200 dpi.
TOLERANCE = 8.0
SMALLEST_TABLE, LOWEST_TABLE = 250.0, 45.0
LONG_STROKE = 160.0
# Of a PDF's page: the longer side at which it is drawn, and that of two A4 pages side by side and of larger paper.
LONG_SIDE_OF_PDF, LONG_SIDE_OF_SPREAD = 2340, 3310
LARGER_THAN_A4 = 1000.0  # points

NOTHING_KNOWN = Known()
LEAST_PAGE = 200
LONGEST_SHAPE = 6

SAMPLE, CLEAR_BY = 6, 10  # lines, and how many heights of each, which show whether a page lies upside down
FIRST_OF_SAMPLE = 3  # which are enough where each is surely read
SURELY_UPRIGHT = 0.85
LEAST_LEFT_OVER = 0.6
EVENED = 2  # times that a letter is drawn straight by its lines at most
LONGEST_SIGN, WALL = 2, 6  # letters as which a mark may be read; pixels of a wall that stand in its cell


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as it was photographed or scanned. number: of the page, from 1; pixels: RGB."""

    number: int
    pixels: Pixels


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pages of an image file, numbered from `first`."""

    first: int
    decoded: Decoded

    @property
    def numbers(self) -> Sequence[int]:
        """Of its pages."""
        return range(self.first, self.first + self.decoded.count)

    def pages(self, begins: Callable[[int], bool] = bool) -> Iterator[Picture]:
        """Taken out one by one; a damaged one is left out, and one for which `begins` says so."""
        for index, number in enumerate(self.numbers):
            pixels = self.decoded.page(index) if begins(number) else None
            if pixels is not None:
                yield Picture(number, pixels)


def pictures_of_image(data: bytes, first: int) -> Pictures | Finding:
    """The pages of an image file, numbered from `first`; a finding when it cannot be opened."""
    found = decoded(data)
    return found if isinstance(found, Finding) else Pictures(first, found)


def pictures_of_pdf(data: bytes, numbers: Sequence[int], begins: Callable[[int], bool] = bool) -> Iterator[Picture]:
    """Pages of a PDF that opens, drawn one at a time; a page that cannot be drawn is left out. numbers: from 1.

    begins: called with each number before the page is drawn; False leaves it out.
    """
    if not numbers:
        return
    pdf = pypdfium2.PdfDocument(data)
    try:
        pdf.init_forms()
        for number in numbers:
            pixels = _drawn(pdf, number - 1) if begins(number) else None
            if pixels is not None:
                yield Picture(number, pixels)
    finally:
        pdf.close()


def _drawn(pdf: pypdfium2.PdfDocument, index: int) -> Pixels | None:
    try:
        page = pdf[index]
        long = max(page.get_width(), page.get_height(), 1.0)
        side = LONG_SIDE_OF_SPREAD if long > LARGER_THAN_A4 else LONG_SIDE_OF_PDF
        drawn = rendered(page, side / long, colour=True)
        page.close()
    except pypdfium2.PdfiumError:
        return None
    return drawn


@dataclass(frozen=True, slots=True)
class _Upright:
    """A page the right way up and straight. layers: as `layers_of` has them; boxes: its text lines.

    quarters: by how many quarters of a turn, clockwise, it was turned for that.
    """

    layers: Pixels
    boxes: tuple[Rect, ...]
    quarters: int = 0

    @property
    def grey(self) -> Pixels:
        """The page to look at."""
        return np.ascontiguousarray(self.layers[:, :, 0])


@dataclass(frozen=True, slots=True)
class _View:
    """A page on a picture. taken: its part of that, as it was taken; marked: the same without its mark."""

    taken: Pixels
    marked: Marked
    upright: _Upright


def page_of_picture(picture: Picture, known: Known = NOTHING_KNOWN) -> tuple[Page, tuple[Finding, ...]]:
    """The page with its tables and lines, and what a person should know of the picture itself.

    known: what the forms that it may be say beforehand. A picture that may be two pages has its halves too.
    """
    findings = _findings_of(picture.pixels, picture.number)
    if not _is_page(picture.pixels):
        return Page(picture.number, float(picture.pixels.shape[1]), float(picture.pixels.shape[0])), findings
    sheets = sheets_on(picture.pixels)
    first = _marked(sheets[0].pixels, picture.pixels)
    if len(sheets) == 1 and first.separator is not None and first.mark is None and not first.beside:
        height, width = picture.pixels.shape[:2]
        return Page(picture.number, float(width), float(height), separator=first.separator), ()
    coloured = is_coloured(picture.pixels)
    views = _views_of(sheets, first)
    pages = [_page_on(picture.number, view, known, coloured) for view in views]
    if len(pages) == 1:
        told = (*findings, mixed_on(picture.number)) if first.beside else findings
        return replace(pages[0], paper=paper_share(picture.pixels)), told
    halves = [replace(page, paper=paper_share(view.taken)) for page, view in zip(pages, views, strict=True)]
    if not findings:
        halves = [replace(page, findings=_findings_of(view.taken, page.number))
                  for page, view in zip(halves, views, strict=True)]  # fmt: skip
    return replace(joined_page(*halves), paper=paper_share(picture.pixels)), findings


def _page_on(number: int, view: _View, known: Known, coloured: bool) -> Page:
    upright = view.upright
    bitmap = bitmap_of(upright.grey)
    solid = np.ascontiguousarray(upright.layers[:, :, 2])
    strokes = without_edges(solid, bitmap.grey, without_strikes(bitmap.grey, bitmap.strokes))
    hidden = ruled_behind(solid, strokes)
    bitmap = replace(bitmap, strokes=(*strokes, *hidden))
    bitmap = with_short_walls(bitmap, _lying(bitmap))
    grids = tables_of(bitmap.strokes)
    areas = [area.rect for grid in grids for area in grid.areas]
    bitmap = ruled_at(bitmap, areas, TOLERANCE)
    red = np.ascontiguousarray(upright.layers[:, :, 1])
    seals = seals_on(red) if coloured else None
    page = _page_view(number, bitmap, grids, upright.boxes, known)
    page = _with_patches(page, solid, red, seals or ())
    return replace(page, mark=view.marked.mark, separator=view.marked.separator, seals=seals)


def tables_of(strokes: Sequence[Stroke]) -> tuple[Grid, ...]:
    """The ruled tables that strokes at 200 dpi make; the last row of one may stand alone on its page."""
    return grids_of(anchored(strokes, TOLERANCE, LONG_STROKE), TOLERANCE, SMALLEST_TABLE, LOWEST_TABLE)


def _lying(bitmap: Bitmap) -> list[Stroke]:
    """The lying lines of its tables, each as one."""
    merged = anchored(bitmap.strokes, TOLERANCE, LONG_STROKE)
    return [stroke for stroke in merged if stroke.lying]


def _marked(flat: Pixels, taken: Pixels) -> Marked:
    """The flattened picture without its page mark; a mark too small there may show in the picture as it was taken."""
    found = mark_taken_off(scaled(flat))
    if found.mark is None and found.separator is None and taken.size > found.pixels.size:
        again = mark_taken_off(taken)
        return replace(found, mark=again.mark, separator=again.separator)
    return found


def _findings_of(pixels: Pixels, number: int) -> tuple[Finding, ...]:
    height, width = pixels.shape[:2]
    if min(height, width) >= LEAST_SHORT_SIDE:
        return ()
    message = (
        f"第 {number} 页图片只有 {width}×{height} 像素，太不清晰，读出的内容都要核对。"
        "请重新扫描（200 dpi 以上）或拍照，并发送原图。"
    )
    return (Finding("low_resolution", message, place=f"第{number}页"),)


def _is_page(pixels: Pixels) -> bool:
    """Large enough and shaped like paper; a logo or a strip is not looked at."""
    height, width = pixels.shape[:2]
    return bool(min(height, width) >= LEAST_PAGE and max(height, width) <= LONGEST_SHAPE * min(height, width))


# --- upright ---


def upright_picture(picture: Picture) -> Pixels:
    """The page as `page_of_picture` sees it, grey: what a place's box is a share of."""
    sheets = sheets_on(picture.pixels)
    views = _views_of(sheets, _marked(sheets[0].pixels, picture.pixels))
    high = max(view.upright.grey.shape[0] for view in views)
    return np.hstack([_on_white(view.upright.grey, high) for view in views])


def _on_white(grey: Pixels, high: int) -> Pixels:
    return np.pad(grey, ((0, high - grey.shape[0]), (0, 0)), constant_values=255)


def _upright(picture: Pixels) -> _Upright:
    """The page's layers the right way up and straight, with its text lines."""
    page = _straight(picture)
    tall = sum(box.height * box.width for box in page.boxes if box.height > 1.6 * box.width)
    if tall > 0.5 * sum(box.height * box.width for box in page.boxes) > 0:
        page = _turned(page, 1)
    sample = sorted((box for box in page.boxes if box.width > 1.5 * box.height), key=lambda box: -box.width)[:SAMPLE]
    clear = _clearness(page.layers, sample[:FIRST_OF_SAMPLE])
    if all(one >= SURELY_UPRIGHT for one in clear):
        return page
    clear = (*clear, *_clearness(page.layers, sample[FIRST_OF_SAMPLE:]))
    if fmean(clear) >= SURELY_UPRIGHT:
        return page
    upside_down = turned(page.layers, 2)
    if fmean(_clearness(upside_down, [_overturned(box, page.layers) for box in sample])) <= fmean(clear):
        return page
    return _turned(page, 2)


def _straight(picture: Pixels) -> _Upright:
    return _with_lines(evened(straightened(without_specks(layers_of(picture)))))


def _turned(page: _Upright, quarters: int) -> _Upright:
    return _with_lines(turned(page.layers, quarters), page.quarters + quarters)


def _with_lines(layers: Pixels, quarters: int = 0) -> _Upright:
    """A page and its text lines; they tell how it lies and is bent where no ruling told it."""
    frames = find_frames(_grey_of(layers))
    for _ in range(EVENED):  # frames of a line that was bent much tell little of it
        even = evened_by_text(layers, frames)
        if even is None:
            break
        layers, frames = even, find_frames(_grey_of(even))
    tilt = tilt_of(frames)
    if abs(tilt) >= LEAST_TILT:
        layers, frames = tilted(layers, frames, tilt)
    return _Upright(layers, rects_of(frames), quarters)


def _grey_of(page: Pixels) -> Pixels:
    """The first layer as the recogniser wants it."""
    return as_colour(np.ascontiguousarray(page[:, :, 0]))


def _clearness(page: Pixels, boxes: Sequence[Rect]) -> tuple[float, ...]:
    """How surely the recogniser reads each of these lines."""
    grey = np.ascontiguousarray(page[:, :, 0])
    parts = [replace(box, right=min(box.right, box.left + CLEAR_BY * box.height)) for box in boxes]
    read = read_lines([as_colour(crop(grey, part)) for part in parts])
    return tuple(text.confidence for text in read)


def _overturned(box: Rect, grey: Pixels) -> Rect:
    height, width = grey.shape[:2]
    return Rect(width - box.right, height - box.bottom, width - box.left, height - box.top)


# --- two pages side by side ---


def _views_of(sheets: Sequence[Sheet], first: Marked) -> tuple[_View, ...]:
    """The page on a picture, or the two that it may be, in the order of reading. first: the first sheet, marked."""
    if len(sheets) == 2:
        return _in_order(sheets, [_view_of(sheet.pixels) for sheet in sheets])
    taken = sheets[0].pixels
    whole = _View(taken, first, _upright(first.pixels))
    cut = _cut_at(whole.upright)
    if cut is None:
        return (whole,)
    page = turned(taken, whole.upright.quarters)
    edge = round(cut * page.shape[1])
    marked = [(half, _marked(half, half)) for half in map(np.ascontiguousarray, (page[:, :edge], page[:, edge:]))]
    return tuple(_View(half, one, _straight(one.pixels)) for half, one in marked)


def _view_of(taken: Pixels) -> _View:
    marked = _marked(taken, taken)
    return _View(taken, marked, _upright(marked.pixels))


def _in_order(sheets: Sequence[Sheet], views: Sequence[_View]) -> tuple[_View, ...]:
    """Left before right, or upper before lower, once the picture is turned as the first sheet has to be."""
    across, down = (two - one for one, two in zip(sheets[0].centre, sheets[1].centre, strict=True))
    for _ in range(views[0].upright.quarters % 4):
        across, down = -down, across
    ahead = across if abs(across) > abs(down) else down
    return tuple(views) if ahead > 0 else tuple(reversed(views))


def _cut_at(upright: _Upright) -> float | None:
    """Where between two pages a picture is to be cut, as a share of its width; None where it is one page."""
    height, width = upright.layers.shape[:2]
    if not is_wide(width, height):
        return None
    bitmap = bitmap_of(upright.grey)
    tables = tables_of(bitmap.strokes)
    lines = [Rect(stroke.start, stroke.at, stroke.end, stroke.at) for stroke in bitmap.strokes
             if stroke.lying and stroke.end - stroke.start >= LONG_STROKE]  # fmt: skip
    gutter = gutter_of(upright.boxes, [table.rect for table in tables], lines, width, height)
    return None if gutter is None else gutter / width


# --- content ---


def _page_view(number: int, bitmap: Bitmap, grids: Sequence[Grid], boxes: Sequence[Rect], known: Known) -> Page:
    areas = [area.rect for grid in grids for area in grid.areas]
    usual = median(box.height for box in boxes) if boxes else 0.0
    desk = Desk(bitmap.unruled, tick_boxes(bitmap.grey, bitmap.rules), known, usual)
    faint = bitmap.faint
    missed = missed_lines(bitmap.ink, [*boxes, *(grid.rect for grid in grids)], usual)
    framed = pieces_of(boxes, areas, bitmap.ink)
    read = _read([*framed, *(Piece(rect, LOOSE) for rect in missed)], desk)
    found, late = read[: len(framed)], read[len(framed) :]
    by_area = {home: [piece for piece in found if piece.home == home] for home in range(-1, len(areas))}
    contents = [content_of(faint, area, by_area[home], desk) for home, area in enumerate(areas)]
    said = iter(contents)
    tables = tuple(Table(grid, tuple(next(said) for _ in grid.areas)) for grid in grids)
    said_late = [piece for piece in late if _is_read(piece)]
    unread = tuple(piece.rect for piece in late if not _is_read(piece))
    loose = texts_in_order([*by_area[LOOSE], *said_late])
    return Page(number, float(bitmap.width), float(bitmap.height), tables, loose, unread=unread)


def _is_read(piece: Piece) -> bool:
    """Whether what detection passed over was read."""
    return bool(piece.text) and (piece.confidence or 0.0) >= LEAST_LEFT_OVER


def _read(pieces: Sequence[Piece], desk: Desk) -> tuple[Piece, ...]:
    return with_boxes(read_pieces(pieces, desk), desk)


def _with_patches(page: Page, solid: Pixels, red: Pixels, seals: Sequence[Rect]) -> Page:
    """The page; in a cell that something solid fills in large part a picture stands, and what is red and no seal was
    written there: it was taken out with the seals, so that a person must look.

    He must look too where a shadow may hide a picture, or most of one is as pale as the paper.
    """
    photos = without_shadows(solid)
    tables = []
    for table in page.tables:
        pairs = zip(table.grid.areas, table.contents, strict=True)
        contents = tuple(
            replace(content, pictures=1) if shows_photo(photos, area.rect) and stays_in(photos, area.rect)
            else replace(content, unread=content.unread or has_red_writing(red, area.rect, seals)
                         or may_show_photo(solid, area.rect), pale=may_show_pale_photo(solid, area.rect))
            for area, content in pairs
        )  # fmt: skip
        tables.append(replace(table, contents=contents))
    return replace(page, tables=tuple(tables))


def content_of(ink: Pixels, area: Rect, pieces: Sequence[Piece], desk: Desk) -> Content:
    """The cell's lines; ink outside them is read once more from its own place, or else told as unread."""
    known = [piece.rect for piece in pieces]
    rest = left_over(ink, area, known)
    more, unread = _reread(ink, rest, desk)
    doubtful = _is_patchwork(pieces, more) or any(piece.doubtful for piece in (*pieces, *more))
    struck = any(piece.struck for piece in (*pieces, *more))
    empty = any(not piece.text for piece in pieces)
    lines = _filled(texts_in_order([*pieces, *more]))
    hidden = lacks_boxes("".join(line.text for line in lines), desk.known.options)
    sign = _sign_in(ink, area, lines) if desk.known.signs else ""
    small = sign.endswith(IN_DOUBT) and sign != IN_DOUBT
    return Content(lines, unread=unread or doubtful or empty or hidden or small, struck=struck, sign=sign)


def _sign_in(ink: Pixels, area: Rect, lines: Sequence[PrintedLine]) -> str:
    """The lone mark in a cell that says nothing else, in doubt where it is hardly larger than dirt.

    What clings to the cell's walls is none of it.
    """
    if sum(len(line.text) for line in lines) > LONGEST_SIGN:
        return ""
    inside = crop(ink, Rect(area.left + WALL, area.top + WALL, area.right - WALL, area.bottom - WALL))
    return sign_of(inside) or ("" if lines else small_sign_of(inside))


def _is_patchwork(pieces: Sequence[Piece], more: Sequence[Piece]) -> bool:
    """Whether a line was put together from what was detected and what was not: letters may stand in both or in none."""
    return any(one.rect.top < two.rect.centre[1] < one.rect.bottom for one in more for two in (*pieces, *more)
               if one is not two)  # fmt: skip


def _filled(lines: Sequence[PrintedLine]) -> tuple[PrintedLine, ...]:
    return tuple(line for line in lines if line.text)


def _reread(ink: Pixels, rest: Sequence[Rect], desk: Desk) -> tuple[list[Piece], bool]:
    """Lines read from ink that the page's detection passed over, and whether any of it stays unread."""
    bands = [Piece(widened(band), 0) for rect in rest for band in bands_of(ink, rect, LETTER * desk.usual)]
    read = _read(bands, desk)
    # What is left of a cell is no blank to write on: a lone flat stroke is as likely a 一.
    sure = [piece for piece in read if _is_read(piece) and not FLAT.issuperset(piece.text)]
    return sure, len(sure) < len(read)
