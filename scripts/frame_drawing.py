"""The ornamental frame of a certificate as a picture: a band of square spirals (回纹) between two lines."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageDraw

RED = (166, 52, 43)
GOLD = (196, 154, 72)
PAPER = (255, 255, 255)

_DPI = 200
_MARGIN, _BAND, _LINE = 9.0, 6.0, 0.55
_OUTER, _INNER, _GAP = 0.9, 0.4, 1.2

# One spiral and the foot that joins it to the next, in seventh parts of the band's width; y runs inwards.
_SPIRAL = ((0, 7), (0, 0), (6, 0), (6, 5), (2, 5), (2, 2.4), (4, 2.4))
_FOOT = ((0, 7), (8, 7))
_PITCH = 8 / 7

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Side:
    """A side of the band: where it starts, which way it runs, which way is inwards, and its length, in millimetres."""

    start: Point
    along: Point
    inward: Point
    length: float

    def at(self, x: float, y: float) -> Point:
        """The point x along and y inwards."""
        return (
            self.start[0] + x * self.along[0] + y * self.inward[0],
            self.start[1] + x * self.along[1] + y * self.inward[1],
        )


def frame_picture(width_mm: float, height_mm: float) -> bytes:
    """A PNG of the whole sheet with the frame at its edge."""
    picture = Image.new("RGB", (_dots(width_mm), _dots(height_mm)), PAPER)
    pen = ImageDraw.Draw(picture)
    edge = _MARGIN - _GAP - _OUTER
    inner = _MARGIN + _BAND + _GAP
    _rectangle(pen, edge, width_mm, height_mm, _OUTER)
    _rectangle(pen, inner, width_mm, height_mm, _INNER)
    for side in _sides(width_mm, height_mm):
        for points in _band(side):
            pen.line([(_dots(x), _dots(y)) for x, y in points], fill=GOLD, width=_dots(_LINE), joint="curve")
    drawn = io.BytesIO()
    picture.quantize(16).save(drawn, "PNG", dpi=(_DPI, _DPI), optimize=True)
    return drawn.getvalue()


def _sides(width: float, height: float) -> tuple[Side, ...]:
    near, right, low = _MARGIN, width - _MARGIN, height - _MARGIN
    across, down = width - 2 * _MARGIN - _BAND, height - 2 * _MARGIN - _BAND
    return (
        Side((near, near), (1, 0), (0, 1), across),
        Side((right, near), (0, 1), (-1, 0), down),
        Side((right, low), (-1, 0), (0, -1), across),
        Side((near, low), (0, -1), (1, 0), down),
    )


def _band(side: Side) -> Iterator[list[Point]]:
    """The lines of one side; the pitch is stretched a little so that whole spirals fill it."""
    count = round(side.length / (_BAND * _PITCH))
    pitch = side.length / count
    scale_x, scale_y = pitch / 8, _BAND / 7
    for number in range(count):
        for shape in (_SPIRAL, _FOOT):
            yield [side.at(number * pitch + x * scale_x, y * scale_y) for x, y in shape]


def _rectangle(pen: ImageDraw.ImageDraw, inset: float, width: float, height: float, line: float) -> None:
    box = [_dots(inset), _dots(inset), _dots(width - inset), _dots(height - inset)]
    pen.rectangle(box, outline=RED, width=_dots(line))


def _dots(millimetres: float) -> int:
    return round(millimetres / 25.4 * _DPI)
