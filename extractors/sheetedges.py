"""Sheets of paper on a desk, found by their brightness, cut out of a photo and stretched flat. Pixels only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
Outline = npt.NDArray[np.int32]
Corners = npt.NDArray[np.float32]
Point = npt.NDArray[np.float32]

LOOKED_AT = 800  # the longer side at which edges are looked for
# Shares of the picture that the paper on it fills; of the larger sheet that a second page fills at least.
LEAST_PAPER, MOST_PAPER, LEAST_SECOND = 0.3, 0.97, 0.6
# How far on either side of an edge its light is taken, less than the fold of a book is wide; by which share of the
# inner the outer is darker at least, since a shadow on paper is softer; at how many places.
APART, LEAST_STEP, SAMPLES = 12, 0.15, 33


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet cut out of a picture and flat. centre: where it lay on that, x and y in pixels."""

    pixels: Pixels
    centre: tuple[float, float]


def sheets_on(picture: Pixels) -> tuple[Sheet, ...]:
    """The one sheet, or the two of like size; the picture itself when no edge of a desk is seen or they are not clear.

    A book with a dark fold lies there as two.
    """
    factor = LOOKED_AT / max(picture.shape[:2])
    small = _pixels(cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))
    found = [corners / factor for corners in _corners_on(small)]
    if not found:
        height, width = picture.shape[:2]
        return (Sheet(picture, (width / 2, height / 2)),)
    middles = [corners.mean(axis=0) for corners in found]
    return tuple(Sheet(_stretched(picture, corners), (float(middle[0]), float(middle[1])))
                 for corners, middle in zip(found, middles, strict=True))  # fmt: skip


def flattened(picture: Pixels) -> Pixels:
    """The one sheet cut out of a photo and stretched flat; the picture itself where there is none, or there are two."""
    sheets = sheets_on(picture)
    return sheets[0].pixels if len(sheets) == 1 else picture


def _corners_on(small: Pixels) -> list[Corners]:
    """The corners of the one or two bright sheets that fill most of the picture but not all of it; empty in doubt.

    Where the paper lies half in a shadow its lit half is no sheet: what is brighter than the desk is looked for then.
    A picture on which the first look finds no sheet at all is left as it is.
    """
    grey = _pixels(cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), (7, 7), 0))
    for level in _levels(grey):
        found = _sheets_of(_outlines_above(grey, level), small)
        if all(_ends_there(corners, grey) for corners in found):
            return found
    return []


def _levels(grey: Pixels) -> Iterator[float]:
    """What parts paper from desk; then what parts the darker of both once more."""
    level, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    yield level
    dark = grey[grey <= level].reshape(1, -1)
    if dark.size:
        yield cv2.threshold(dark, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0]


def _sheets_of(outlines: Sequence[Outline], small: Pixels) -> list[Corners]:
    if not outlines:
        return []
    largest = cv2.contourArea(outlines[0])
    second = [one for one in outlines[1:] if cv2.contourArea(one) >= LEAST_SECOND * largest]
    if len(second) > 1:
        return []
    sheets = [outlines[0], *second]
    if not LEAST_PAPER < sum(cv2.contourArea(cv2.convexHull(one)) for one in sheets) / small[:, :, 0].size < MOST_PAPER:
        return []
    found = [corners for one in sheets if (corners := _corners_of(one)) is not None]
    framed = len(found) == 1 and _is_frame(found[0], small)
    return [] if len(found) < len(sheets) or framed else found


def _ends_there(corners: Corners, grey: Pixels) -> bool:
    """Whether each side is the edge of something: outside it is darker at once, or the picture ends."""
    sides = zip(corners, np.roll(corners, -1, axis=0), strict=True)
    return all(_is_edge(one, two, corners.mean(axis=0), grey) for one, two in sides)


def _is_edge(one: Point, two: Point, middle: Point, grey: Pixels) -> bool:
    """Of a side from one corner to another of a sheet with this middle."""
    along = two - one
    across = np.array((along[1], -along[0])) / max(float(np.linalg.norm(along)), 1.0)
    out = across if float(across @ (one - middle)) > 0 else -across
    steps = []
    for share in np.linspace(0.1, 0.9, SAMPLES):
        inner, outer = (_light_at(one + share * along + way * APART * out, grey) for way in (-1, 1))
        if inner is not None and outer is not None:
            steps.append(1 - outer / max(inner, 1.0))
    return not steps or float(np.median(steps)) >= LEAST_STEP


def _light_at(point: Point, grey: Pixels) -> float | None:
    """None outside the picture."""
    x, y = (round(float(value)) for value in point)
    height, width = grey.shape
    return float(grey[y, x]) if 0 <= x < width and 0 <= y < height else None


def _outlines_above(grey: Pixels, level: float) -> list[Outline]:
    """Around what is bright, the largest first."""
    _, bright = cv2.threshold(grey, level, 255, cv2.THRESH_BINARY)
    closed = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    outlines: Sequence[object] = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]
    return sorted((np.asarray(one, np.int32) for one in outlines), key=lambda one: -cv2.contourArea(one))


def _corners_of(outline: Outline) -> Corners | None:
    """Of what has four sides, and nothing taken out of it."""
    hull = cv2.convexHull(outline)
    corners = cv2.approxPolyDP(hull, 0.02 * cv2.arcLength(hull, True), True)
    if len(corners) != 4 or cv2.contourArea(outline) < 0.9 * cv2.contourArea(hull):
        return None
    return np.asarray(corners, dtype=np.float32).reshape(4, 2)


def _is_frame(corners: Corners, small: Pixels) -> bool:
    """Corners at those of the picture: a scan with a dark rim at most."""
    height, width = small.shape[:2]
    ends = np.array([(0, 0), (width, 0), (0, height), (width, height)], dtype=np.float32)
    reach = [float(np.abs(corners - end).sum(axis=1).min()) for end in ends]
    return bool(max(reach) < 0.02 * (width + height))


def _stretched(picture: Pixels, corners: Corners) -> Pixels:
    sums, differences = corners.sum(axis=1), np.diff(corners, axis=1).ravel()
    order = [int(sums.argmin()), int(differences.argmin()), int(sums.argmax()), int(differences.argmax())]
    quad = corners[order].astype(np.float32)
    across = max(float(np.linalg.norm(quad[0] - quad[1])), float(np.linalg.norm(quad[3] - quad[2])))
    down = max(float(np.linalg.norm(quad[0] - quad[3])), float(np.linalg.norm(quad[1] - quad[2])))
    target = np.array([(0, 0), (across, 0), (across, down), (0, down)], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(quad, target)
    flat = cv2.warpPerspective(picture, matrix, (round(across), round(down)), borderValue=(255, 255, 255))
    return _pixels(flat)


def _pixels(array: object) -> Pixels:
    return np.ascontiguousarray(np.asarray(array, dtype=np.uint8))
