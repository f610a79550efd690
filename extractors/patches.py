"""Patches of colour on an upright page: a photo in its cell, a red seal. Pixels and frames only."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from extractors.bitmap import PALE_PATCH, crop
from extractors.connected import things_on
from extractors.layout import Rect, Stroke
from extractors.masks import marked

Pixels = npt.NDArray[np.uint8]

SOLID = 127  # level from which on something is no pale patch
# At 200 dpi. A photo is larger than any letter.
LEAST_PHOTO, LARGEST_PHOTO, LEAST_PART = 90, 700, 50
OWN_SHARE = 0.6  # of a photo that lies in its cell, which it may reach over
CORNER = 14.0  # from one of its corners; its edges are seen at a third of the page's size
# How far from a photo's edge its cell's wall may stand, and where nothing is written between; beside walls, whose
# ink is wide; levels and pixels of what is written.
BEYOND, MARGIN, BESIDE_WALL, WRITTEN, LEAST_WRITTEN = 400.0, 120.0, 6.0, 160, 30
# A seal is 30 to 50 mm across; its strokes are near each other, and fill little of its frame.
LEAST_SEAL = 150
BETWEEN = 25
LEAST_RED_SHARE = 0.03
EDGE, LEAST_RED = 6, 80


def shows_photo(solid: Pixels, rect: Rect) -> bool:
    """Whether a photo stands in a cell. solid: 255 where something broad is not of the paper's colour."""
    return _has_patch(solid, rect, LEAST_PHOTO)


def may_show_photo(solid: Pixels, rect: Rect) -> bool:
    """Whether something solid in a cell that may hold a photo may be a part of one that is pale for the rest."""
    return may_hold_photo(rect) and _has_patch(solid, rect, LEAST_PART)


def may_show_pale_photo(solid: Pixels, rect: Rect) -> bool:
    """Whether something as large as a photo stands in a cell that is hardly darker than the paper."""
    return _has_patch(solid, rect, LEAST_PHOTO, PALE_PATCH // 2)


def _has_patch(solid: Pixels, rect: Rect, least: int, above: int = SOLID) -> bool:
    if min(rect.width, rect.height) < LEAST_PHOTO:
        return False
    inside = Rect(rect.left + 6, rect.top + 6, rect.right - 6, rect.bottom - 6)
    part = crop(solid, inside) > above
    rows, columns = np.nonzero(part.any(axis=1))[0], np.nonzero(part.any(axis=0))[0]
    if not len(rows) or not len(columns):
        return False
    high, wide = int(rows[-1] - rows[0] + 1), int(columns[-1] - columns[0] + 1)
    return min(high, wide) >= least and float(part.sum()) >= 0.4 * least**2


def _seen(solid: Pixels) -> Pixels:
    """1 where something is solid, and more than a pale patch."""
    return marked(solid > SOLID, 1)


def stays_in(solid: Pixels, rect: Rect) -> bool:
    """Whether what is solid in a cell lies mostly in it: the edge of a shadow goes on over the cells beside it."""
    labels, stats, _ = things_on(_seen(solid))
    rows = slice(max(0, round(rect.top)), max(0, round(rect.bottom)))
    own = np.bincount(labels[rows, max(0, round(rect.left)) : max(0, round(rect.right))].ravel(), minlength=len(stats))
    largest = 1 + int(own[1:].argmax()) if len(own) > 1 else 0
    return largest > 0 and float(own[largest]) >= OWN_SHARE * float(stats[largest, cv2.CC_STAT_AREA])


def without_shadows(solid: Pixels) -> Pixels:
    """The same without what is larger than any photo: the edge of a shadow that lies across the page."""
    labels, stats, _ = things_on(_seen(solid))
    large = stats[:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_HEIGHT + 1].max(axis=1) > LARGEST_PHOTO
    return np.where(large[labels], 0, solid).astype(np.uint8)


def may_hold_photo(rect: Rect) -> bool:
    """Whether a cell is as large as one into which a photo is stuck, or a patch as a photo, and no larger."""
    return min(rect.width, rect.height) >= LEAST_PHOTO and max(rect.width, rect.height) <= LARGEST_PHOTO


def without_edges(solid: Pixels, grey: Pixels, strokes: Sequence[Stroke]) -> list[Stroke]:
    """The ruling lines without the edges of photos: along one and no longer, with the wall of its cell beyond.

    Such a line is a wall itself where others hold both its ends, unless nothing is written between it and that wall.
    solid: as of `shows_photo`; grey: of the page.
    """
    patches = (Rect(left, top, left + width, top + height) for left, top, width, height, _ in _patches_on(solid))
    photos = [patch for patch in patches if may_hold_photo(patch)]  # what is larger is a shadow, which has no edges
    edges: list[Stroke] = []
    for photo in photos:
        along = [stroke for stroke in strokes if _outwards(stroke, photo)]
        rest = [stroke for stroke in strokes if stroke not in along]
        edges += [edge for edge in along if any(
            not _is_held(edge, rest) or (abs(wall - edge.at) <= MARGIN and _is_white(grey, edge, wall))
            for wall in _beyond(edge, photo, rest)
        )]  # fmt: skip
    return [stroke for stroke in strokes if stroke not in edges]


def _outwards(stroke: Stroke, photo: Rect) -> int:
    """-1 for a line along the photo's upper or left edge and no longer, 1 for one along the other, 0 for none."""
    edges, first, last = _sides(photo, stroke)
    if stroke.start < first - CORNER or stroke.end > last + CORNER:
        return 0
    return next((way for edge, way in zip(edges, (-1, 1), strict=True) if abs(stroke.at - edge) <= CORNER), 0)


def _is_held(edge: Stroke, strokes: Sequence[Stroke]) -> bool:
    """Whether other lines meet it at both ends."""
    return all(any(_meets(one, edge, end) for one in strokes) for end in (edge.start, edge.end))


def _meets(stroke: Stroke, edge: Stroke, end: float) -> bool:
    if stroke.lying == edge.lying:
        return abs(stroke.at - edge.at) <= CORNER / 2 and min(abs(stroke.start - end), abs(stroke.end - end)) <= CORNER
    return abs(stroke.at - end) <= CORNER and stroke.start - CORNER <= edge.at <= stroke.end + CORNER


def _beyond(edge: Stroke, photo: Rect, strokes: Sequence[Stroke]) -> list[float]:
    """Where the walls near a photo stand that lie outside an edge of it and reach along all of it."""
    way, (_, first, last) = _outwards(edge, photo), _sides(photo, edge)
    walls = (one.at for one in strokes if one.lying == edge.lying and _reaches(one, first, last))
    return [wall for wall in walls if CORNER < (wall - edge.at) * way <= BEYOND]


def _reaches(stroke: Stroke, first: float, last: float) -> bool:
    return stroke.start <= first + CORNER and stroke.end >= last - CORNER


def _is_white(grey: Pixels, stroke: Stroke, wall: float) -> bool:
    """Whether nothing is written between a stroke and a wall beside it."""
    near, far = sorted((stroke.at, wall))
    across = (near + BESIDE_WALL, far - BESIDE_WALL)
    along = (stroke.start + BESIDE_WALL, stroke.end - BESIDE_WALL)
    between = Rect(along[0], across[0], along[1], across[1]) if stroke.lying else Rect(
        across[0], along[0], across[1], along[1]
    )  # fmt: skip
    return between.width > 0 < between.height and int((crop(grey, between) < WRITTEN).sum()) < LEAST_WRITTEN


def _patches_on(solid: Pixels) -> list[list[int]]:
    """Left, top, width, height and size of each patch."""
    patches: list[list[int]] = things_on(_seen(solid)).stats[1:].tolist()
    return patches


def _sides(photo: Rect, stroke: Stroke) -> tuple[tuple[float, float], float, float]:
    """Where the photo's two edges along a stroke lie, and from where to where it reaches along it."""
    if stroke.lying:
        return (photo.top, photo.bottom), photo.left, photo.right
    return (photo.left, photo.right), photo.top, photo.bottom


def ruled_behind(solid: Pixels, strokes: Sequence[Stroke]) -> list[Stroke]:
    """The ruling lines that a photo hides by its edge: one that runs into a corner of it goes on to the next corner.

    solid: as of `shows_photo`; strokes: the ruling lines that were seen.
    """
    found = []
    for left, top, width, height, _ in _patches_on(solid):
        if min(width, height) >= LEAST_PHOTO:
            found += [
                hidden for stroke in strokes for hidden in _hidden(Rect(left, top, left + width, top + height), stroke)
            ]
    return found


def _hidden(photo: Rect, stroke: Stroke) -> Iterator[Stroke]:
    edges, first, last = _sides(photo, stroke)
    beside = any(abs(stroke.at - edge) <= CORNER for edge in edges)
    if beside and abs(stroke.end - first) <= CORNER:
        yield replace(stroke, start=stroke.end, end=last)
    if beside and abs(stroke.start - last) <= CORNER:
        yield replace(stroke, start=first, end=stroke.start)


def seals_on(red: Pixels) -> tuple[Rect, ...]:
    """The frames of red seals, top to bottom. red: 255 where ink is red."""
    clean = cv2.morphologyEx(red, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    joined = cv2.dilate(clean, np.ones((BETWEEN, BETWEEN), np.uint8))
    stats = things_on(joined).stats
    found = []
    for label in range(1, len(stats)):
        left, top, width, height = (int(value) for value in stats[label][:4])
        wide, high = width - BETWEEN, height - BETWEEN
        inked = int((clean[top : top + height, left : left + width] > 127).sum())
        if min(wide, high) >= LEAST_SEAL and inked >= LEAST_RED_SHARE * wide * high:
            found.append(Rect(left + BETWEEN / 2, top + BETWEEN / 2, left + width - BETWEEN / 2,
                              top + height - BETWEEN / 2))  # fmt: skip
    return tuple(sorted(found, key=lambda rect: (rect.top, rect.left)))


def has_red_writing(red: Pixels, rect: Rect, seals: Sequence[Rect]) -> bool:
    """Whether a cell has red ink that belongs to no seal: a pen's, or a correction."""
    inside = Rect(rect.left + EDGE, rect.top + EDGE, rect.right - EDGE, rect.bottom - EDGE)
    seen = crop(red, inside) if inside.width > 0 < inside.height else red[:0, :0]
    if not seen.size:
        return False
    part = cv2.morphologyEx(seen, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    if not (part > 127).any():
        return False
    for seal in seals:
        rows = slice(max(0, round(seal.top - inside.top - EDGE)), max(0, round(seal.bottom - inside.top + EDGE)))
        part[rows, max(0, round(seal.left - inside.left - EDGE)) : max(0, round(seal.right - inside.left + EDGE))] = 0
    return int((part > 127).sum()) >= LEAST_RED
