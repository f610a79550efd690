"""The round red seal of a Chinese office: drawn, worn, turned a little, and pressed over the date beside （盖章）."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import hypot

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from gengang.sample.pictures import MM_PER_INCH, PDFIUM, Picture, clouds
from gengang.workspace import BUILT_IN

Point = tuple[float, float]

RED = (206, 32, 40)
POINTS_PER_INCH = 72
DIAMETER_MM = 41.0
DRAWN_DPI = 600
TURN_DEGREES = 14.0
WORDS = ("盖章", "公章")
# 骑年盖月: a clerk presses it over year and month of the date that stands beside or under the words, if one is near.
_MONTH = "月"
_NEAR_MM = (-16.0, 62.0, -3.0, 14.0)  # left, right, above, below
_TOWARDS_MONTH, _RAISED_MM = 0.55, 4.0
# Shares of the seal's radius.
_RING, _TEXT_TOP, _STAR, _LETTER_HIGH = 0.055, 0.90, 0.34, 0.33
_WIDEST_DEGREES, _SWEEP_DEGREES = 34.0, 262.0
_FONT = BUILT_IN / "fonts" / "FandolFang-Regular.otf"


@dataclass(frozen=True, slots=True)
class SealPlace:
    """Where a page asks for a seal. page: from 1; centre: of the seal, as shares from the page's top left."""

    page: int
    centre: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A seal to be pressed. page: from 1; centre: as shares from the page's top left; text: the office's name."""

    page: int
    centre: tuple[float, float]
    text: str
    star: bool = True


def seal_places(pdf: bytes) -> tuple[SealPlace, ...]:
    """Each place where a PDF with text prints （盖章） or （公章）, page by page; a sentence about seals is none."""
    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        return tuple(SealPlace(number, centre) for number, page in enumerate(document, 1) for centre in _centres(page))


def _centres(page: pypdfium2.PdfPage) -> list[Point]:
    width, height = page.get_size()
    text = page.get_textpage()
    months = [place for _, place in _found(text, _MONTH)]
    asked = [place for word in WORDS for before, place in _found(text, word) if before in ("（", "(")]
    pressed = [_over_the_date(place, months) for place in asked]
    return [(across / width, 1 - up / height) for across, up in pressed]


def _found(text: pypdfium2.PdfTextPage, word: str) -> Iterator[tuple[str, Point]]:
    """Each place of a word: the character before it, and its middle in points from the lower left."""
    found = text.search(word)
    while hit := found.get_next():
        boxes = [text.get_charbox(index) for index in range(hit[0], hit[0] + hit[1])]
        across = (min(box[0] for box in boxes) + max(box[2] for box in boxes)) / 2
        up = (min(box[1] for box in boxes) + max(box[3] for box in boxes)) / 2
        yield (text.get_text_range(hit[0] - 1, 1) if hit[0] else ""), (across, up)


def _over_the_date(words: Point, months: Sequence[Point]) -> Point:
    """Where a seal asked for by these words is pressed, in points from the lower left."""
    left, right, above, below = (millimetres * POINTS_PER_INCH / MM_PER_INCH for millimetres in _NEAR_MM)
    near = [month for month in months
            if left <= month[0] - words[0] <= right and above <= words[1] - month[1] <= below]  # fmt: skip
    if not near:
        return words
    month = min(near, key=lambda place: hypot(place[0] - words[0], place[1] - words[1]))
    across, up = (here + _TOWARDS_MONTH * (there - here) for here, there in zip(words, month, strict=True))
    return across, up + _RAISED_MM * POINTS_PER_INCH / MM_PER_INCH


def seal(text: str, star: bool = True, seed: int = 0, dpi: int = 200) -> Picture:
    """A worn, slightly turned seal as RGBA at so many dots an inch; text runs along the upper arc."""
    random = np.random.default_rng(seed)
    ink = _turned(_drawn(text, star), float(random.uniform(-TURN_DEGREES, TURN_DEGREES)))
    side = round(DIAMETER_MM / MM_PER_INCH * dpi * float(random.uniform(0.98, 1.02)))
    small = cv2.resize(ink, (side, side), interpolation=cv2.INTER_AREA)
    alpha = small.astype(np.float32) * _wear(random, side)
    colour = np.broadcast_to(np.array(RED, np.uint8), (side, side, 3))
    return np.dstack((colour, np.clip(alpha, 0, 255).astype(np.uint8)))


@lru_cache(maxsize=64)
def _drawn(text: str, star: bool) -> Picture:
    """The new seal without a fault: 255 where there is ink."""
    side = round(DIAMETER_MM / MM_PER_INCH * DRAWN_DPI)
    sheet = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(sheet)
    radius = side / 2
    margin = radius * 0.02
    pen.ellipse((margin, margin, side - margin, side - margin), outline=255, width=round(radius * _RING))
    if star:
        pen.polygon(_star(radius, radius * _STAR), fill=255)
    for letter, degrees in _along_the_arc(text):
        _set_letter(sheet, letter, degrees, len(text))
    return np.asarray(sheet)


def _star(centre: float, radius: float) -> list[tuple[float, float]]:
    angles = np.deg2rad(-90 + 36 * np.arange(10))
    lengths = np.where(np.arange(10) % 2 == 0, radius, radius * 0.382)
    return [(centre + length * np.cos(angle), centre + length * np.sin(angle))
            for angle, length in zip(angles, lengths, strict=True)]  # fmt: skip


def _along_the_arc(text: str) -> list[tuple[str, float]]:
    """Each letter with its angle from the top, clockwise in degrees."""
    step = min(_WIDEST_DEGREES, _SWEEP_DEGREES / max(1, len(text)))
    return [(letter, step * (number - (len(text) - 1) / 2)) for number, letter in enumerate(text)]


def _set_letter(sheet: Image.Image, letter: str, degrees: float, letters: int) -> None:
    """Letters stand on the arc, narrower the more there are."""
    radius = sheet.width / 2
    high = radius * _LETTER_HIGH
    room = np.deg2rad(min(_WIDEST_DEGREES, _SWEEP_DEGREES / max(1, letters))) * radius * (_TEXT_TOP - _LETTER_HIGH / 2)
    glyph = _glyph(letter, round(high), round(min(high * 0.86, room * 0.88)))
    layer = Image.new("L", sheet.size, 0)
    layer.paste(glyph, (round(radius - glyph.width / 2), round(radius * (1 - _TEXT_TOP))))
    turned = layer.rotate(-degrees, Image.Resampling.BICUBIC, center=(radius, radius))
    sheet.paste(255, (0, 0), turned)


def _glyph(letter: str, high: int, wide: int) -> Image.Image:
    """One letter cut to its ink, somewhat bold, at this size."""
    font = ImageFont.truetype(str(_FONT), 240)
    sheet = Image.new("L", (360, 360), 0)
    ImageDraw.Draw(sheet).text((60, 40), letter, font=font, fill=255, stroke_width=5)
    box = sheet.getbbox() or (0, 0, 360, 360)
    middle = (box[0] + box[2]) / 2
    half = max((box[2] - box[0]) / 2, 100)  # 一 and 小 are not blown up
    top, bottom = min(box[1], 70), max(box[3], 300)
    return sheet.crop((round(middle - half), top, round(middle + half), bottom)).resize((wide, high))


def _turned(ink: Picture, degrees: float) -> Picture:
    middle = ink.shape[0] / 2
    turn = cv2.getRotationMatrix2D((middle, middle), degrees, 1)
    return cv2.warpAffine(ink, turn, ink.shape, flags=cv2.INTER_LINEAR).astype(np.uint8)


def _wear(random: np.random.Generator, side: int) -> NDArray[np.float32]:
    """How much ink reached the paper: uneven, paler on one side, with breaks and pinholes."""
    uneven = 0.62 + 0.55 * clouds(random, side, side, max(2, side // 9))
    breaks = clouds(random, side, side, max(2, side // 42))
    holes = clouds(random, side, side, 2)
    angle = random.uniform(0, 2 * np.pi)
    down, across = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
    lean = 1 - 0.35 * np.clip(across * np.cos(angle) + down * np.sin(angle), 0, 1) ** 2
    reached = uneven * lean * np.where(breaks < 0.09, 0.25, 1) * np.where(holes < 0.07, 0.35, 1)
    soft: NDArray[np.float32] = cv2.GaussianBlur(reached.astype(np.float32), (0, 0), 0.7).astype(np.float32)
    return np.clip(soft, 0, 0.94)


def sealed(pages: Sequence[Picture], seals: Sequence[Stamp], dpi: int, seed: int) -> list[Picture]:
    """The pages with the seals pressed on them; text under a seal stays to be seen."""
    pressed = [page.copy() for page in pages]
    for number, stamp in enumerate(seals):
        mark = seal(stamp.text, stamp.star, seed + number, dpi)
        if 1 <= stamp.page <= len(pressed):
            _press(pressed[stamp.page - 1], mark, stamp.centre)
    return pressed


def _press(page: Picture, mark: Picture, centre: tuple[float, float]) -> None:
    """Multiplies the page by the ink, as light does that falls through it; what hangs over the edge is cut off."""
    height, width = page.shape[:2]
    side = mark.shape[0]
    left, top = round(centre[0] * width - side / 2), round(centre[1] * height - side / 2)
    x0, y0, x1, y1 = max(0, left), max(0, top), min(width, left + side), min(height, top + side)
    if x0 >= x1 or y0 >= y1:
        return
    part = mark[y0 - top : y1 - top, x0 - left : x1 - left]
    alpha = part[..., 3:].astype(np.float32) / 255
    let_through = 1 - alpha * (1 - part[..., 2::-1].astype(np.float32) / 255)
    page[y0:y1, x0:x1] = (page[y0:y1, x0:x1] * let_through).astype(np.uint8)
