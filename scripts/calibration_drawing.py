"""The marks of a calibration sheet as a picture of the whole sheet, with a millimetre rule along its middle lines."""

import io
from collections.abc import Iterator, Mapping

import cv2
import numpy as np
from PIL import Image, ImageDraw

from gengang.calibration import MARK_MM, SHEETS, Lying, Point

DPI = 300
MODULES = 6  # of a mark's side
LONG_MM, SHORT_MM = 3.0, 1.5


def marks_picture(lying: Lying, marks: Mapping[int, Point], ruled: bool) -> bytes:
    """A PNG of the whole sheet."""
    width, height = SHEETS[lying]
    picture = Image.new("L", (_dots(width), _dots(height)), 255)
    side = round(_dots(MARK_MM) / MODULES) * MODULES
    book = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    for number, (x, y) in marks.items():
        mark = np.asarray(cv2.aruco.generateImageMarker(book, number, side))
        picture.paste(Image.fromarray(mark), (_dots(x) - side // 2, _dots(y) - side // 2))
    if ruled:
        pen = ImageDraw.Draw(picture)
        for start, end in _rules(width, height):
            pen.line([(_dots(x), _dots(y)) for x, y in (start, end)], fill=0, width=2)
    drawn = io.BytesIO()
    picture.convert("1").save(drawn, "PNG", dpi=(DPI, DPI), optimize=True)
    return drawn.getvalue()


def _rules(width: float, height: float) -> Iterator[tuple[Point, Point]]:
    """A stroke a millimetre from each edge of the sheet inwards, so that a wrong size is seen by eye too."""
    for number in range(5, 31):
        long = LONG_MM if number % 5 == 0 else SHORT_MM
        yield (number, height / 2), (number, height / 2 + long)
        yield (width - number, height / 2), (width - number, height / 2 + long)
        yield (width / 2, number), (width / 2 + long, number)
        yield (width / 2, height - number), (width / 2 + long, height - number)


def _dots(millimetres: float) -> int:
    return round(millimetres / 25.4 * DPI)
