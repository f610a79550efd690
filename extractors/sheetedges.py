"""Sheets of paper on a desk, found by their brightness, cut out of a photo and stretched flat. Pixels only."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from extractors.masks import darkest

Pixels = npt.NDArray[np.uint8]
Outline = npt.NDArray[np.int32]
Corners = npt.NDArray[np.float32]
Point = npt.NDArray[np.float32]

LOOKED_AT = 800  # the longer side at which edges are looked for
# Shares of the picture that the paper on it fills; of the larger sheet that a second page fills at least.
LEAST_PAPER, MOST_PAPER, LEAST_SECOND = 0.3, 0.97, 0.6
# Of a sheet that is bent or has a corner turned down: its sides at most, and by what share drawing on adds to it.
MOST_SIDES, MOST_ADDED = 6, 1.06
# Of a sheet beside a hard shadow: by how much the whole is larger, what share of the first it may lack, how much of the
# light a shadow leaves, and how near their colours are, in shares of a channel.
LEAST_MORE, MOST_LOST, LEAST_LIT, SAME_COLOUR = 1.02, 0.02, 0.3, 0.02
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
    A picture on which the first look finds nothing as large as a sheet is left as it is.
    """
    grey = _pixels(cv2.GaussianBlur(darkest(small), (7, 7), 0))  # a coloured desk is dark in one channel at least
    drawn_on = [] if (found := _best_of(grey, small, _four_corners)) else _best_of(grey, small, _squared)
    return found or ([] if any(_has_shadow_beside(corners, small) for corners in drawn_on) else drawn_on)


def _has_shadow_beside(corners: Corners, small: Pixels) -> bool:
    """Whether one of the sides may be a shadow's, beyond which the paper goes on."""
    sides = zip(corners, np.roll(corners, -1, axis=0), strict=True)
    return any(_is_shadow(one, two, corners.mean(axis=0), small) for one, two in sides)


def _best_of(grey: Pixels, small: Pixels, cornered: Callable[[Outline], Corners | None]) -> list[Corners]:
    """The sheets of which the corners are found so, at the level that shows most of them."""
    best: list[Corners] = []
    for level in _levels(grey):
        outlines = _outlines_above(grey, level)
        if not outlines or not _is_as_large_as_paper(outlines[:2], small):
            return best
        found = _sheets_of(outlines, small, cornered)
        if all(_ends_there(corners, grey) for corners in found) and (not best or _are_more_of(found, best, small)):
            best = found
    return best


def _are_more_of(found: Sequence[Corners], best: Sequence[Corners], small: Pixels) -> bool:
    """Whether larger sheets are the same paper: what a hard shadow cut off has its colour, and a desk seldom has."""
    if len(found) != 1 or len(best) != 1 or cv2.contourArea(found[0]) < LEAST_MORE * cv2.contourArea(best[0]):
        return False
    inner, outer = (_filled(corners, small) for corners in (best[0], found[0]))
    added = outer & ~inner
    if (inner & ~outer).sum() > MOST_LOST * inner.sum() or not added.any():
        return False
    return _is_in_shadow(small[added], small[inner])


def _is_in_shadow(outer: Pixels, inner: Pixels) -> bool:
    """Whether pixels (count, 3) may be the same paper as others, with less light on it."""
    lit = float(np.median(outer)) >= LEAST_LIT * float(np.median(inner))
    return lit and bool(np.abs(_colour_of(outer) - _colour_of(inner)).max() < SAME_COLOUR)


def _filled(corners: Corners, small: Pixels) -> npt.NDArray[np.bool_]:
    mask = cv2.fillConvexPoly(np.zeros(small.shape[:2], np.uint8), cv2.convexHull(corners).astype(np.int32), (1,))
    return np.asarray(mask, dtype=np.bool_)


def _colour_of(pixels: Pixels) -> npt.NDArray[np.float64]:
    """The share of each channel in the light of pixels (count, 3), whatever falls on them."""
    light = pixels.astype(np.float64) + 1.0
    return np.asarray(np.median(light / light.sum(axis=1, keepdims=True), axis=0))


def _levels(grey: Pixels) -> Iterator[float]:
    """What parts paper from desk; then what parts the darker of both once more."""
    level, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    yield level
    dark = grey[grey <= level].reshape(1, -1)
    if dark.size:
        yield cv2.threshold(dark, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0]


def _sheets_of(
    outlines: Sequence[Outline], small: Pixels, cornered: Callable[[Outline], Corners | None]
) -> list[Corners]:
    if not outlines:
        return []
    largest = cv2.contourArea(outlines[0])
    second = [one for one in outlines[1:] if cv2.contourArea(one) >= LEAST_SECOND * largest]
    if len(second) > 1:
        return []
    sheets = [outlines[0], *second]
    if not _is_as_large_as_paper(sheets, small):
        return []
    found = [corners for one in sheets if (corners := cornered(one)) is not None]
    framed = len(found) == 1 and _is_frame(found[0], small)
    return [] if len(found) < len(sheets) or framed else found


def _is_as_large_as_paper(outlines: Sequence[Outline], small: Pixels) -> bool:
    share = sum(cv2.contourArea(cv2.convexHull(one)) for one in outlines) / small[:, :, 0].size
    return bool(LEAST_PAPER < share < MOST_PAPER)


def _ends_there(corners: Corners, grey: Pixels) -> bool:
    """Whether each side is the edge of something: outside it is darker at once, or the picture ends."""
    sides = zip(corners, np.roll(corners, -1, axis=0), strict=True)
    return all(_is_edge(one, two, corners.mean(axis=0), grey) for one, two in sides)


def _is_edge(one: Point, two: Point, middle: Point, grey: Pixels) -> bool:
    """Of a side from one corner to another of a sheet with this middle."""
    places = _across(one, two, middle, grey.shape[:2])
    steps = [1 - float(grey[outer]) / max(float(grey[inner]), 1.0) for inner, outer in places]
    return not steps or float(np.median(steps)) >= LEAST_STEP


def _is_shadow(one: Point, two: Point, middle: Point, small: Pixels) -> bool:
    """Whether what lies beyond a side is the same paper with less light on it."""
    places = _across(one, two, middle, small.shape[:2])
    inner, outer = (np.array([small[place[way]] for place in places]) for way in (0, 1))
    return bool(places) and _is_in_shadow(outer, inner)


Place = tuple[int, int]


def _across(one: Point, two: Point, middle: Point, shape: Sequence[int]) -> list[tuple[Place, Place]]:
    """Places inside and outside of a side, row and column, where both are in the picture."""
    along = two - one
    across = np.array((along[1], -along[0])) / max(float(np.linalg.norm(along)), 1.0)
    out = across if float(across @ (one - middle)) > 0 else -across
    found = []
    for share in np.linspace(0.1, 0.9, SAMPLES):
        inner, outer = (_place_of(one + share * along + way * APART * out) for way in (-1, 1))
        if all(0 <= row < shape[0] and 0 <= column < shape[1] for row, column in (inner, outer)):
            found.append((inner, outer))
    return found


def _place_of(point: Point) -> Place:
    x, y = (round(float(value)) for value in point)
    return y, x


def _outlines_above(grey: Pixels, level: float) -> list[Outline]:
    """Around what is bright, the largest first."""
    _, bright = cv2.threshold(grey, level, 255, cv2.THRESH_BINARY)
    closed = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    outlines: Sequence[object] = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]
    return sorted((np.asarray(one, np.int32) for one in outlines), key=lambda one: -cv2.contourArea(one))


def _four_corners(outline: Outline) -> Corners | None:
    """Of what has four sides, and nothing taken out of it."""
    corners = _corners_of(outline)
    return corners if len(corners) == 4 else None


def _corners_of(outline: Outline) -> Corners:
    """All that it has, (count, 2); no row where something is taken out of it."""
    hull = cv2.convexHull(outline)
    if cv2.contourArea(outline) < 0.9 * cv2.contourArea(hull):
        return np.zeros((0, 2), np.float32)
    return np.asarray(cv2.approxPolyDP(hull, 0.02 * cv2.arcLength(hull, True), True), np.float32).reshape(-1, 2)


def _squared(outline: Outline) -> Corners | None:
    """The four sides of a sheet with a side or two more, bent or with a corner turned down: its longest, drawn on."""
    corners, area = _corners_of(outline), cv2.contourArea(cv2.convexHull(outline))
    if not 4 < len(corners) <= MOST_SIDES:
        return None
    ends = np.roll(corners, -1, axis=0)
    longest = sorted(np.argsort(-np.linalg.norm(ends - corners, axis=1))[:4].tolist())
    met = [_meeting(corners[one], ends[one], corners[two], ends[two])
           for one, two in zip(longest, longest[1:] + longest[:1], strict=True)]  # fmt: skip
    if any(point is None for point in met):
        return None
    found = np.asarray(met, dtype=np.float32)
    return found if cv2.isContourConvex(found) and cv2.contourArea(found) <= MOST_ADDED * area else None


def _meeting(one: Point, two: Point, three: Point, four: Point) -> Point | None:
    """Where the line through two points meets that through two others."""
    first, second = two - one, four - three
    cross = float(first[0] * second[1] - first[1] * second[0])
    if abs(cross) < 1.0:
        return None
    away = three - one
    share = float(away[0] * second[1] - away[1] * second[0]) / cross
    return np.asarray(one + share * first, dtype=np.float32)


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
