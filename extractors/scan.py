"""Scans and photos to pages of cells: the picture made upright, its ruling found, each line read twice.

What is inked and gave no text is told as `unread`; a tick box counts only as its pixels say.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

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
    flattened,
    is_coloured,
    layers_of,
    paper_share,
    ruled_at,
    scaled,
    straightened,
    turned,
    with_short_walls,
)
from extractors.evened import evened
from extractors.ink import bands_of, left_over
from extractors.layout import Grid, Rect, Stroke, anchored, grids_of
from extractors.marks import Marked, mark_taken_off
from extractors.ocr import find_lines, read_lines
from extractors.paper import Content, Page, PrintedLine, Table
from extractors.patches import has_red_writing, seals_on, shows_photo
from extractors.pieces import Desk, Known, Piece, pieces_of, read_pieces, texts_in_order
from extractors.struck import without_strikes
from extractors.ticks import lacks_boxes, tick_boxes
from gengang.findings import Finding

Pixels = npt.NDArray[np.uint8]

# At 200 dpi.
TOLERANCE = 8.0
SMALLEST_TABLE = 250.0
LONG_STROKE = 160.0
LONG_SIDE_OF_PDF = 2340

NOTHING_KNOWN = Known()
LEAST_PAGE = 200
LONGEST_SHAPE = 6

SAMPLE = 6
SURELY_UPRIGHT = 0.85
LEAST_LEFT_OVER = 0.6


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
        scale = LONG_SIDE_OF_PDF / max(page.get_width(), page.get_height(), 1.0)
        drawn = page.render(scale=scale, rev_byteorder=True).to_numpy()
        page.close()
    except pypdfium2.PdfiumError:
        return None
    return np.ascontiguousarray(drawn[:, :, :3], dtype=np.uint8)


def page_of_picture(picture: Picture, known: Known = NOTHING_KNOWN) -> tuple[Page, tuple[Finding, ...]]:
    """The page with its tables and lines, and what a person should know of the picture itself.

    known: what the forms that it may be say beforehand.
    """
    findings = _findings_of(picture)
    if not _is_page(picture.pixels):
        return Page(picture.number, float(picture.pixels.shape[1]), float(picture.pixels.shape[0])), findings
    marked = _marked(picture.pixels)
    if marked.separator is not None and marked.mark is None:
        height, width = picture.pixels.shape[:2]
        return Page(picture.number, float(width), float(height), separator=marked.separator), ()
    layers, boxes = _upright(marked.pixels)
    bitmap = bitmap_of(np.ascontiguousarray(layers[:, :, 0]))
    bitmap = replace(bitmap, strokes=without_strikes(bitmap.grey, bitmap.strokes))
    bitmap = with_short_walls(bitmap, _lying(bitmap))
    grids = grids_of(anchored(bitmap.strokes, TOLERANCE, LONG_STROKE), TOLERANCE, SMALLEST_TABLE)
    areas = [area.rect for grid in grids for area in grid.areas]
    bitmap = ruled_at(bitmap, areas, TOLERANCE)
    red = np.ascontiguousarray(layers[:, :, 1])
    seals = seals_on(red) if is_coloured(picture.pixels) else None
    page = _with_patches(_page_view(picture.number, bitmap, grids, boxes, known), layers[:, :, 2], red, seals or ())
    paper = paper_share(picture.pixels)
    return replace(page, mark=marked.mark, separator=marked.separator, paper=paper, seals=seals), findings


def _lying(bitmap: Bitmap) -> list[Stroke]:
    """The lying lines of its tables, each as one."""
    merged = anchored(bitmap.strokes, TOLERANCE, LONG_STROKE)
    return [stroke for stroke in merged if stroke.lying]


def _marked(pixels: Pixels) -> Marked:
    """The flattened picture without its page mark; a mark too small there may show in the picture as it was taken."""
    found = mark_taken_off(scaled(flattened(pixels)))
    if found.mark is None and found.separator is None and pixels.size > found.pixels.size:
        taken = mark_taken_off(pixels)
        return replace(found, mark=taken.mark, separator=taken.separator)
    return found


def _findings_of(picture: Picture) -> tuple[Finding, ...]:
    height, width = picture.pixels.shape[:2]
    if min(height, width) >= LEAST_SHORT_SIDE:
        return ()
    message = (
        f"第 {picture.number} 页图片只有 {width}×{height} 像素，太不清晰，读出的内容都要核对。"
        "请重新扫描（200 dpi 以上）或拍照，并发送原图。"
    )
    return (Finding("low_resolution", message, place=f"第{picture.number}页"),)


def _is_page(pixels: Pixels) -> bool:
    """Large enough and shaped like paper; a logo or a strip is not looked at."""
    height, width = pixels.shape[:2]
    return bool(min(height, width) >= LEAST_PAGE and max(height, width) <= LONGEST_SHAPE * min(height, width))


# --- upright ---


def upright_picture(picture: Picture) -> Pixels:
    """The page as `page_of_picture` sees it, grey: what a place's box is a share of."""
    return np.ascontiguousarray(_upright(_marked(picture.pixels).pixels)[0][:, :, 0])


def _upright(picture: Pixels) -> tuple[Pixels, tuple[Rect, ...]]:
    """The page's layers the right way up and straight, with its text lines."""
    page = evened(straightened(layers_of(picture)))
    boxes = find_lines(_grey_of(page))
    tall = sum(box.height * box.width for box in boxes if box.height > 1.6 * box.width)
    if tall > 0.5 * sum(box.height * box.width for box in boxes) > 0:
        page = turned(page, 1)
        boxes = find_lines(_grey_of(page))
    sample = sorted((box for box in boxes if box.width > 1.5 * box.height), key=lambda box: -box.width)[:SAMPLE]
    upright = _clearness(page, sample)
    if upright >= SURELY_UPRIGHT or not sample:
        return page, boxes
    upside_down = turned(page, 2)
    if _clearness(upside_down, [_overturned(box, page) for box in sample]) <= upright:
        return page, boxes
    return upside_down, find_lines(_grey_of(upside_down))


def _grey_of(page: Pixels) -> Pixels:
    """The first layer as the recogniser wants it."""
    return as_colour(np.ascontiguousarray(page[:, :, 0]))


def _clearness(page: Pixels, boxes: Sequence[Rect]) -> float:
    """How surely the recogniser reads these lines."""
    grey = np.ascontiguousarray(page[:, :, 0])
    read = read_lines([as_colour(crop(grey, box)) for box in boxes])
    return sum(text.confidence for text in read) / len(read) if read else 0.0


def _overturned(box: Rect, grey: Pixels) -> Rect:
    height, width = grey.shape[:2]
    return Rect(width - box.right, height - box.bottom, width - box.left, height - box.top)


# --- content ---


def _page_view(number: int, bitmap: Bitmap, grids: Sequence[Grid], boxes: Sequence[Rect], known: Known) -> Page:
    areas = [area.rect for grid in grids for area in grid.areas]
    usual = median(box.height for box in boxes) if boxes else 0.0
    desk = Desk(bitmap.unruled, tick_boxes(bitmap.grey, bitmap.rules), known, usual)
    ink = bitmap.ink
    read = read_pieces(pieces_of(boxes, areas, ink), desk)
    by_area = {home: [piece for piece in read if piece.home == home] for home in range(-1, len(areas))}
    contents = [_content(ink, area, by_area[home], desk) for home, area in enumerate(areas)]
    found = iter(contents)
    tables = tuple(Table(grid, tuple(next(found) for _ in grid.areas)) for grid in grids)
    loose = texts_in_order(by_area[-1])
    return Page(number, float(bitmap.width), float(bitmap.height), tables, loose)


def _with_patches(page: Page, solid: Pixels, red: Pixels, seals: Sequence[Rect]) -> Page:
    """The page; in a cell that something solid fills in large part a picture stands, and what is red and no seal was
    written there: it was taken out with the seals, so that a person must look.
    """
    tables = []
    for table in page.tables:
        pairs = zip(table.grid.areas, table.contents, strict=True)
        contents = tuple(_patched(content, area.rect, solid, red, seals) for area, content in pairs)
        tables.append(replace(table, contents=contents))
    return replace(page, tables=tuple(tables))


def _patched(content: Content, rect: Rect, solid: Pixels, red: Pixels, seals: Sequence[Rect]) -> Content:
    if shows_photo(solid, rect):
        return replace(content, pictures=1)
    return replace(content, unread=content.unread or has_red_writing(red, rect, seals))


def _content(ink: Pixels, area: Rect, pieces: Sequence[Piece], desk: Desk) -> Content:
    """The cell's lines; ink outside them is read once more from its own place, or else told as unread."""
    known = [piece.rect for piece in pieces]
    rest = left_over(ink, area, known)
    more, unread = _reread(ink, rest, desk)
    doubtful = any(piece.doubtful for piece in (*pieces, *more))
    struck = any(piece.struck for piece in (*pieces, *more))
    empty = any(not piece.text for piece in pieces)
    lines = _filled(texts_in_order([*pieces, *more]))
    hidden = lacks_boxes("".join(line.text for line in lines), desk.known.options)
    return Content(lines, unread=unread or doubtful or empty or hidden, struck=struck)


def _filled(lines: Sequence[PrintedLine]) -> tuple[PrintedLine, ...]:
    return tuple(line for line in lines if line.text)


def _reread(ink: Pixels, rest: Sequence[Rect], desk: Desk) -> tuple[list[Piece], bool]:
    """Lines read from ink that the page's detection passed over, and whether any of it stays unread."""
    bands = [Piece(band, 0) for rect in rest for band in bands_of(ink, rect)]
    read = read_pieces(bands, desk)
    sure = [piece for piece in read if piece.text and (piece.confidence or 0.0) >= LEAST_LEFT_OVER]
    return sure, len(sure) < len(read)
