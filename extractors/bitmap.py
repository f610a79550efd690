"""A picture of a page made upright, flat, evenly lit and free of red seals; its ruling lines and its ink.

Pixels only: no text, no forms. Coordinates grow to the right and downwards.
"""

import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

import cv2
import numpy as np
import numpy.typing as npt
import PIL
from PIL import Image, ImageOps

from extractors.connected import things_on
from extractors.evened import ink_at_half, runs_of
from extractors.layout import Rect, Stroke
from extractors.masks import brightest, darkest, marked
from extractors.sheetedges import flattened
from extractors.tilt import turned_back
from gengang.findings import Finding

Pixels = npt.NDArray[np.uint8]

# Every page is worked on at this longer side: 200 dpi on A4, where 12 pt letters are 33 pixels high.
LONG_SIDE = 2340
LEAST_SHORT_SIDE = 900
MOST_PIXELS = 120_000_000
LARGEST_SIDE = 2 * LONG_SIDE  # of a picture kept as it was taken; more says nothing about a page, and takes memory
MOST_PAGES = 100
SMALL_SIDE = 800  # of a picture of which only the colours are looked at
LEAST_LIGHT, NEARLY, NEARLY_BRIGHTEST, PALE = 8.0, 0.86, 0.7, 70
ORIENTATION = 0x0112
INK_BELOW, FAINT_BELOW = 150, 190
LEAST_RED = 28  # by which red outdoes green and blue where a seal is
# At a quarter of SMALL_SIDE: how far the paper's colour is looked for about a place. At SMALL_SIDE: a letter's strokes
# are less broad than this. In levels: what is so much darker is not paper.
PAPER_REACH, BROAD, LEAST_APART = 37, 7, 42
ABOUT, LEAST_PALE, PALE_PATCH = 51, 14, 100  # the same for what is pale, at a quarter, in levels; and how it is marked
LEAST_COLOUR, LEAST_COLOURED = (
    24,
    0.0008,
)  # a pixel is coloured from the first on; such a share of them makes a picture so
UNDER_RED = (70.0, 170.0)  # what becomes black and white there, of paper at 250

# At LONG_SIDE: shorter runs belong to letters, not to the ruling of a table.
LEAST_LYING = 60
LEAST_STANDING = 44
THICKEST_RULE = 14
LOWEST_ROW, LOW_ROW, UNBROKEN, CLEAR, CLOSE = 20, 90, 0.97, 5, 7
MOST_SKEW = 15.0
SIDES = ((-10, -6), (6, 10))
# Of letters below one another: pixels that have no white in them, and more than which is white; where their bars are
# seen, and on which share of them.
LONGEST_LETTERS, PARTED, NEXT, BARRED = 110.0, 2, ((-8, -4), (5, 9)), 0.06
MOST_BESIDE = 0.22
LEAST_UNBROKEN = 0.97

BROKEN_IMAGE = (
    OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, AttributeError, EOFError, OverflowError,
    MemoryError, NotImplementedError, ArithmeticError, AssertionError, RuntimeError, PIL.UnidentifiedImageError,
    Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip
BROKEN = Finding("unreadable_file", "图片已损坏或格式不能识别。请重新拍照或扫描后再交。", severity="error")
TOO_LARGE = Finding(
    "too_large", "图片过大，未读取。请缩小到长边 4000 像素以内，多页的请拆分后再放入。", severity="error"
)


@dataclass(frozen=True, slots=True)
class Bitmap:
    """An upright page.

    grey: evenly lit, red taken out; rules: 255 where a ruling line runs; strokes: what may be ruling lines.
    """

    grey: Pixels
    rules: Pixels
    strokes: tuple[Stroke, ...]

    @property
    def width(self) -> int:
        """Pixels across."""
        return int(self.grey.shape[1])

    @property
    def height(self) -> int:
        """Pixels down."""
        return int(self.grey.shape[0])

    @property
    def ink(self) -> Pixels:
        """255 where something is written that is no ruling line."""
        return self._darker_than(INK_BELOW)

    @property
    def faint(self) -> Pixels:
        """The same with what is barely darker than paper, as the lying strokes of Song type in a photo."""
        return self._darker_than(FAINT_BELOW)

    @property
    def unruled(self) -> Pixels:
        """The grey page with its ruling lines painted white."""
        return np.where(self.rules > 0, 255, self.grey).astype(np.uint8)

    def _darker_than(self, grey: int) -> Pixels:
        dark = marked(self.grey < grey)
        return np.where(self.rules > 0, 0, dark).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Decoded:
    """An image file whose first picture is sound. count: of its pictures (a TIFF may hold several)."""

    count: int
    data: bytes
    first: Pixels

    def page(self, index: int) -> Pixels | None:
        """A picture as RGB, turned as the camera says; None for a damaged one. index: from 0."""
        page = self.first if index == 0 else _page(self.data, index)
        return None if isinstance(page, Finding) else page


def decoded(data: bytes) -> Decoded | Finding:
    """The pictures of an image file, taken out when they are asked for."""
    count = _count(data)
    if isinstance(count, Finding):
        return count
    first = _page(data, 0)
    return first if isinstance(first, Finding) else Decoded(count, data, first)


def _count(data: bytes) -> int | Finding:
    """How many pictures there are."""
    try:
        with warnings.catch_warnings(action="ignore"), _opened(data) as image:
            count = int(getattr(image, "n_frames", 1))
            return TOO_LARGE if count > MOST_PAGES or image.width * image.height > MOST_PIXELS else count
    except Image.DecompressionBombError:
        return TOO_LARGE
    except BROKEN_IMAGE:
        return BROKEN


def _opened(data: bytes) -> Image.Image:
    """Raises what Pillow and its plug-ins raise for a file that they cannot open."""
    if data[4:8] == b"ftyp":
        import pi_heif

        pi_heif.register_heif_opener()
    return Image.open(BytesIO(data))


def _page(data: bytes, index: int) -> Pixels | Finding:
    """The file is opened anew each time: a damaged picture leaves nothing behind."""
    try:
        with warnings.catch_warnings(action="ignore"), _opened(data) as image:
            image.seek(index)
            return TOO_LARGE if image.width * image.height > MOST_PIXELS else _rgb(_reduced(image))
    except MemoryError:
        return TOO_LARGE
    except BROKEN_IMAGE:
        return BROKEN


def _reduced(image: Image.Image) -> Image.Image:
    """The picture, or one of about LARGEST_SIDE when it is more than twice as large; made before any other copy is."""
    times = max(image.size) // LARGEST_SIDE
    if times < 2:
        return image
    orientation = image.getexif().get(ORIENTATION, 1)
    image.draft(image.mode, (image.width // times, image.height // times))  # a JPEG is unfolded smaller at once
    times = max(image.size) // LARGEST_SIDE
    small = image if times < 2 else (image.convert("RGB") if image.mode in ("1", "P") else image).reduce(times)
    small.getexif()[ORIENTATION] = orientation
    if small is not image:
        image.close()
    return small


def _rgb(image: Image.Image) -> Pixels:
    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        paper = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(paper, upright.convert("RGBA"))
    return np.ascontiguousarray(np.asarray(upright.convert("RGB"), dtype=np.uint8))


def paper_share(picture: Pixels) -> float:
    """How much of a picture, or of the one sheet that lies on it, looks like paper, 0 to 1: bright and without colour.

    Bright is what is nearly as bright as what is about it, and as the brightest of the whole.
    """
    factor = SMALL_SIDE / max(picture.shape[:2])
    small = flattened(_pixels(cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)))
    red = np.ascontiguousarray(small[:, :, 0]).astype(np.float32)
    about = cv2.medianBlur(cv2.dilate(small[:, :, 0], np.ones((9, 9), np.uint8)), 31).astype(np.float32)
    bright = (red > NEARLY * np.maximum(about, LEAST_LIGHT)) & (red > NEARLY_BRIGHTEST * float(np.percentile(red, 95)))
    pale = cv2.cvtColor(small, cv2.COLOR_RGB2HSV)[:, :, 1] < PALE
    return float((bright & pale).mean())


def scaled(picture: Pixels) -> Pixels:
    """The picture with its longer side at LONG_SIDE."""
    factor = LONG_SIDE / max(picture.shape[:2])
    if abs(factor - 1) < 0.01:
        return picture
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return _pixels(cv2.resize(picture, None, fx=factor, fy=factor, interpolation=method))


def turned(picture: Pixels, quarters: int) -> Pixels:
    """The picture turned clockwise by quarters of a full turn."""
    return np.ascontiguousarray(np.rot90(picture, -quarters))


def even_grey(picture: Pixels) -> Pixels:
    """One channel in which paper is white everywhere: shadows divided out; the red channel, where red ink is paper."""
    red = np.ascontiguousarray(picture[:, :, 0])
    small = cv2.resize(red, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 31)
    light = cv2.resize(paper, (red.shape[1], red.shape[0]), interpolation=cv2.INTER_LINEAR).astype(np.float32)
    even = np.clip(red.astype(np.float32) * 250.0 / np.maximum(light, 40.0), 0, 255)
    # A seal's red is a little darker than paper even there: what lies under it is spread over all shades again.
    bare = np.clip((even - UNDER_RED[0]) * 250.0 / (UNDER_RED[1] - UNDER_RED[0]), 0, 250)
    return np.asarray(np.where(red_ink(picture), bare, even), dtype=np.uint8)


def red_ink(picture: Pixels) -> npt.NDArray[np.bool_]:
    """Where red is printed or pressed, a little around it too, since a JPEG's colours run."""
    inked = marked(_redder(picture) > LEAST_RED, 1)
    return np.asarray(cv2.dilate(cv2.erode(inked, np.ones((2, 2), np.uint8)), np.ones((5, 5), np.uint8)) > 0)


def _redder(picture: Pixels) -> Pixels:
    """By how much red outdoes green and blue."""
    rest = np.maximum(picture[:, :, 1], picture[:, :, 2])
    return _pixels(cv2.subtract(np.ascontiguousarray(picture[:, :, 0]), np.ascontiguousarray(rest)))


def layers_of(picture: Pixels) -> Pixels:
    """The page in three layers: evenly lit grey, 255 where red ink is, and what solid is no paper, as of `_solid`."""
    red = marked(_redder(picture) > LEAST_RED)
    return np.dstack([even_grey(picture), red, _solid(picture)])


def _solid(picture: Pixels) -> Pixels:
    """255 where a patch too broad for a letter is not of the paper's colour, as a photo that was stuck on.

    PALE_PATCH where it is hardly darker than the paper about it, as a pale photo, or the edge of a shadow.
    """
    factor = SMALL_SIDE / max(picture.shape[:2])
    small = _pixels(cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))
    tiny = cv2.resize(small, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    about = cv2.GaussianBlur(cv2.dilate(tiny, np.ones((PAPER_REACH, PAPER_REACH), np.uint8)), (0, 0), PAPER_REACH / 4)
    paper = cv2.resize(about, (small.shape[1], small.shape[0]), interpolation=cv2.INTER_LINEAR)
    darker = brightest(_pixels(cv2.subtract(paper, small)))
    about_it = cv2.medianBlur(cv2.resize(darker, (tiny.shape[1], tiny.shape[0]), interpolation=cv2.INTER_AREA), ABOUT)
    local = cv2.resize(about_it, (small.shape[1], small.shape[0]), interpolation=cv2.INTER_LINEAR)
    pale = _broad(cv2.subtract(darker, local) > LEAST_PALE)
    patches = np.where(_broad(darker > LEAST_APART), 255, np.where(pale, PALE_PATCH, 0)).astype(np.uint8)
    return _pixels(cv2.resize(patches, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_NEAREST))


def _broad(flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """What is left of flags where a letter's strokes are wiped away."""
    opened = cv2.morphologyEx(flags.astype(np.uint8), cv2.MORPH_OPEN, np.ones((BROAD, BROAD), np.uint8))
    return np.asarray(opened > 0)


def is_coloured(picture: Pixels) -> bool:
    """Whether the picture shows colours at all: a grey copy shows no seal's."""
    factor = min(1.0, SMALL_SIDE / max(picture.shape[:2]))
    small = _pixels(cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))
    spread = brightest(small) - darkest(small)
    return bool(float((spread > LEAST_COLOUR).mean()) > LEAST_COLOURED)


def straightened(page: Pixels) -> Pixels:
    """The page turned by the small angle at which its long lines lie; of several layers the first tells it."""
    grey = page if page.ndim == 2 else np.ascontiguousarray(page[:, :, 0])
    angle = _skew(grey)
    if abs(angle) < 0.08:
        return page
    return turned_back(page, angle)


def _skew(grey: Pixels) -> float:
    """Degrees by which long straight lines, lying or standing, are turned; their median by length."""
    dark = ink_at_half(grey)
    if dark is None:
        return 0.0
    found = _long_lines(_pixels(cv2.bitwise_or(runs_of(dark, True), runs_of(dark, False))))
    if found is None:
        found = _long_lines(dark)  # steeper thin lines, which are gone with the letters
    if found is None:
        return 0.0
    lines = np.asarray(found, dtype=np.float64).reshape(-1, 4)
    across, down = lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]
    degrees = np.degrees(np.arctan2(down, across))
    tilt = (degrees + 45) % 90 - 45
    length = np.hypot(across, down)
    usual = np.abs(tilt) < MOST_SKEW
    if not usual.any():
        return 0.0
    order = np.argsort(tilt[usual])
    weight = np.cumsum(length[usual][order])
    return float(tilt[usual][order][int(np.searchsorted(weight, weight[-1] / 2))])


def _long_lines(dark: Pixels) -> npt.NDArray[np.int32] | None:
    found = cv2.HoughLinesP(dark, 1, np.pi / 1800, threshold=160, minLineLength=220, maxLineGap=6)
    return None if found is None else np.asarray(found, dtype=np.int32)


def bitmap_of(grey: Pixels) -> Bitmap:
    """The upright page with all that may be a ruling line found."""
    dark = marked(grey < FAINT_BELOW)
    lying = _runs(dark, lying=True)
    standing = _runs(dark, lying=False)
    strokes = [*_strokes(lying, lying=True), *_strokes(standing, lying=False)]
    strokes = [stroke for stroke in strokes if _is_alone(dark, stroke)]
    rules = _pixels(cv2.dilate(cv2.bitwise_or(lying, standing), np.ones((3, 3), np.uint8)))
    return Bitmap(grey, rules, tuple(strokes))


def with_short_walls(bitmap: Bitmap, lying: Sequence[Stroke]) -> Bitmap:
    """The page with the standing lines of rows too low for a run of their own: dark from one lying line to the next.

    lying: the ruling lines of the page, each as one. A letter leaves white above or below it, or has strokes beside it.
    """
    inked = marked(bitmap.grey < FAINT_BELOW, 1)
    dark = _pixels(cv2.dilate(inked, np.ones((1, 3), np.uint8)))
    rules, found = bitmap.rules.copy(), []
    order = sorted(lying, key=lambda stroke: stroke.at)
    for number, upper in enumerate(order):
        for lower in order[number + 1 :]:
            start, end = max(upper.start, lower.start), min(upper.end, lower.end)
            if lower.at - upper.at > LOW_ROW or end - start < LEAST_LYING:
                continue
            top, bottom, left = round(upper.at), round(lower.at), round(start)
            band = _pixels(dark[top : bottom + 1, left : round(end)])
            things = _things_between(inked[top : bottom + 1, left : round(end)])
            for at in _columns(band) if bottom - top >= LOWEST_ROW else ():
                if _is_of_letter(things, at):
                    continue
                found.append(Stroke(False, left + at, upper.at, lower.at))
                cv2.line(rules, (round(left + at), top), (round(left + at), bottom), (255,), 5)
    return Bitmap(bitmap.grey, rules, (*bitmap.strokes, *found))


def _things_between(inked: Pixels) -> npt.NDArray[np.int32]:
    """What is inked between two lying lines, each thing under its number, 0 for white."""
    return things_on(_pixels(inked[CLEAR:-CLEAR])).labels


def _is_of_letter(things: npt.NDArray[np.int32], at: float) -> bool:
    """Whether what is inked in a column is wider than a wall, or has ink close by on both sides, as 忄 has its dots."""
    own = np.unique(things[:, max(0, round(at) - 1) : round(at) + 2])
    columns = np.nonzero(np.isin(things, own[own > 0]).any(axis=0))[0]
    if not columns.size:
        return False
    first, last = int(columns[0]), int(columns[-1])
    beside = (things[:, max(0, first - CLOSE) : first], things[:, last + 1 : last + 1 + CLOSE])
    return last - first + 1 > THICKEST_RULE or all(bool((part > 0).any()) for part in beside)


def _columns(band: Pixels) -> Iterator[float]:
    """The middles of thin columns that are dark all the way."""
    whole = np.concatenate(([0], (band.mean(axis=0) >= UNBROKEN).astype(np.int8), [0]))
    for start, end in zip(np.nonzero(np.diff(whole) > 0)[0], np.nonzero(np.diff(whole) < 0)[0], strict=True):
        if end - start <= THICKEST_RULE:
            yield (int(start) + int(end) - 1) / 2


def ruled_at(bitmap: Bitmap, frames: Iterable[Rect], reach: float) -> Bitmap:
    """The page with only those runs as ruling lines that lie on a frame's edge: a dash in a text is no ruling."""
    near = np.zeros_like(bitmap.rules)
    for frame in frames:
        corners = [(round(frame.left), round(frame.top)), (round(frame.right), round(frame.bottom))]
        cv2.rectangle(near, corners[0], corners[1], (255,), thickness=round(2 * reach) | 1)
    return replace(bitmap, rules=_pixels(cv2.bitwise_and(bitmap.rules, near)))


def _runs(dark: Pixels, lying: bool) -> Pixels:
    """Only what runs straight for long and is thin."""
    length = LEAST_LYING if lying else LEAST_STANDING
    bridge = (5, 1) if lying else (1, 5)
    shape = (length, 1) if lying else (1, length)
    bridged = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, bridge))
    runs = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
    thick = (1, THICKEST_RULE) if lying else (THICKEST_RULE, 1)
    broad = cv2.morphologyEx(runs, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, thick))
    return _pixels(cv2.subtract(runs, broad))


def _strokes(runs: Pixels, lying: bool) -> Iterator[Stroke]:
    """One stroke a run; a sloping run in pieces, so that each lies where the line really is."""
    labels, stats, _ = things_on(runs)
    for label in range(1, len(stats)):
        left, top, width, height = (int(value) for value in stats[label][:4])
        thickness, length = (height, width) if lying else (width, height)
        if length < (LEAST_LYING if lying else LEAST_STANDING):
            continue
        part = labels[top : top + height, left : left + width] == label
        pieces = max(1, min(thickness // 5, length // 60))
        for cut in np.array_split(np.arange(length), pieces):
            window = part[:, cut] if lying else part[cut, :]
            places = np.nonzero(window.any(axis=1 if lying else 0))[0]
            if len(places):
                at = float(places.mean()) + (top if lying else left)
                start = float(cut[0]) + (left if lying else top)
                yield Stroke(lying, at, start, start + len(cut))


def _is_alone(dark: Pixels, stroke: Stroke) -> bool:
    """White beside it, on one side at least if it is unbroken: through a row of letters run false lines with gaps."""
    along = slice(max(0, round(stroke.start)), max(1, round(stroke.end)))
    at = round(stroke.at)
    full = [_share_dark(dark, stroke, at + near, at + far, along) for near, far in SIDES]
    if max(full) <= MOST_BESIDE:
        return stroke.lying or not _joins_letters(dark, stroke)
    core = dark[max(0, at - 1) : at + 2, along] if stroke.lying else dark[along, max(0, at - 1) : at + 2]
    unbroken = float(core.any(axis=0 if stroke.lying else 1).mean()) if core.size else 0.0
    return min(full) <= MOST_BESIDE and unbroken >= LEAST_UNBROKEN


def _joins_letters(dark: Pixels, stroke: Stroke) -> bool:
    """Whether a standing run is that of letters below one another, as 日 over 日: often parted, bars on one side.

    A ruling line that crosses it is on both.
    """
    along, at = slice(max(0, round(stroke.start)), max(1, round(stroke.end))), round(stroke.at)
    core = dark[along, max(0, at - 2) : at + 3].any(axis=1)
    parts = int((np.diff(np.nonzero(core)[0]) > PARTED).sum())
    if parts * LONGEST_LETTERS < stroke.end - stroke.start:
        return False
    left, right = (dark[along, max(0, at + near) : at + far].all(axis=1) for near, far in NEXT)
    return float((left ^ right).mean()) >= BARRED


def _share_dark(dark: Pixels, stroke: Stroke, start: int, end: int, along: slice) -> float:
    across = slice(max(0, start), max(0, end))
    side = dark[across, along] if stroke.lying else dark[along, across]
    return float((side > 0).mean()) if side.size else 0.0


def crop(pixels: Pixels, rect: Rect) -> Pixels:
    """The part of a picture inside a frame."""
    height, width = pixels.shape[:2]
    top, bottom = max(0, round(rect.top)), min(height, round(rect.bottom))
    left, right = max(0, round(rect.left)), min(width, round(rect.right))
    return np.ascontiguousarray(pixels[top:bottom, left:right])


def as_colour(grey: Pixels) -> Pixels:
    """Three equal channels, as the recogniser wants them."""
    return _pixels(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB)) if grey.size else np.zeros((0, 0, 3), np.uint8)


def _pixels(array: object) -> Pixels:
    return np.ascontiguousarray(np.asarray(array, dtype=np.uint8))
