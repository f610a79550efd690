"""A lone mark in a cell by its shape: √ ○ △ × ／ as a pen or a font draws them; empty for anything else.

Recognisers read such a mark as whatever letter is nearest, if they read it at all.
"""

import cv2
import numpy as np
import numpy.typing as npt

from extractors.connected import things_on
from gengang.form import FieldType

Pixels = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]

SIGNS = frozenset("√○△×／")
IN_DOUBT = "?"  # behind a mark that a person must see, or alone for something too small to tell which
SURE_OF_SIGN = 0.95  # its shape leaves no other mark

# Pixels at 200 dpi: the least side of a mark; what is smaller is dirt. Shares: so much of all ink is the mark; so far
# apart may the ends of a round lie; so flat or so high may a mark be.
LEAST_SIDE, LEAST_INK, GAP, FLATTEST = 12, 0.85, 0.1, 0.35
SPECK = 18  # pixels of ink, of which a small mark may have been made; a scanner's dirt has fewer
SMALLEST_SIDE, OUTER = 7, 0.35  # of a × in Kai type; beyond that from the middle a side begins
# Of what closes: the hole's share of the frame, and of what is no speck in it; how round (4πA/P²); how much is filled
# of the least triangle about it.
LEAST_HOLE, LEAST_PART, ROUND, NOT_ROUND, THREE_SIDED, NOT_THREE_SIDED = 0.12, 0.02, 0.84, 0.82, 0.7, 0.68
# Of strokes in a frame of one by one: how near a diagonal its ink lies, how much of it, and how large a corner is.
NEAR, ON_DIAGONAL, CORNER = 0.2, 0.9, 0.3
# Of √: where its foot stands, how high its short arm rises, and how straight both arms are.
FOOT_FROM, FOOT_TO, SHORT_ARM, STRAIGHT = 0.1, 0.55, 0.12, 0.85


def takes_sign(kind: FieldType) -> bool:
    """Whether a field is filled with one of several such marks."""
    return kind.codec == "choice" and len(SIGNS & {*map(_wide, kind.options)}) > 1


def as_option(kind: FieldType, sign: str) -> str:
    """The mark as the field's choice writes it; empty where it is none of the choice."""
    return next((option for option in kind.options if _wide(option) == sign), "")


def _wide(mark: str) -> str:
    return "／" if mark == "/" else mark


def sign_of(ink: Pixels) -> str:
    """The mark of which a cell's ink is; empty where it is none of them, or more than one thing. ink: above 0."""
    part = _lone(ink)
    if part is None:
        return ""
    return _closed(part) or _of_strokes(part)


def small_sign_of(ink: Pixels) -> str:
    """A × that is hardly larger than dirt, as some faces have it, in doubt; so is what may be any small mark.

    Empty where there is nothing of that size, or something larger.
    """
    part = _lone(ink, SMALLEST_SIDE)
    if part is not None and max(part.shape) < LEAST_SIDE and _is_small_cross(part):
        return f"×{IN_DOUBT}"
    stats = things_on((ink > 0).astype(np.uint8)).stats[1:]
    sides, sizes = stats[:, 2:4].max(axis=1, initial=0), stats[:, cv2.CC_STAT_AREA]
    large, specks = bool((sides >= LEAST_SIDE).any()), bool(((sides < LEAST_SIDE) & (sizes >= SPECK)).any())
    return IN_DOUBT if specks and not large else ""


def _is_small_cross(part: Flags) -> bool:
    """Ink in the four corners and on the ways between them, none in the middles of the sides."""
    x, y = _places(part)
    diagonal = (np.abs(x - y) < NEAR) | (np.abs(x + y - 1) < NEAR)
    far, level = np.abs(x - 0.5) > OUTER, np.abs(y - 0.5) < NEAR / 2
    high, amid = np.abs(y - 0.5) > OUTER, np.abs(x - 0.5) < NEAR / 2
    sides = bool(((far & level) | (high & amid)).any())
    return all(_corners(x, y)) and float(diagonal.mean()) >= ON_DIAGONAL and not sides


def _lone(ink: Pixels, least: int = LEAST_SIDE) -> Flags | None:
    """The one thing there, cut out; None where there is more, or it is no mark by its size."""
    dark = (ink > 0).astype(np.uint8)
    labels, stats, _ = things_on(dark)
    if len(stats) < 2:
        return None
    label = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    left, top, width, height, size = (int(value) for value in stats[label][:5])
    if size < LEAST_INK * int(dark.sum()) or max(width, height) < least:
        return None
    if min(width, height) < FLATTEST * max(width, height):
        return None
    return np.asarray(labels[top : top + height, left : left + width] == label)


def _closed(part: Flags) -> str:
    """○ or △ by its outline; a pen may have left it a little open."""
    reach = max(1, round(GAP * max(part.shape)))
    framed = np.pad(part.astype(np.uint8), reach + 1)
    shut = cv2.morphologyEx(framed, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    contours, tree = cv2.findContours(shut, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    holes = [cv2.contourArea(one) for one, kin in zip(contours, tree[0], strict=True) if kin[3] >= 0]
    if len([hole for hole in holes if hole > LEAST_PART * part.size]) != 1 or max(holes) < LEAST_HOLE * part.size:
        return ""
    hull = cv2.convexHull(np.concatenate([one for one, kin in zip(contours, tree[0], strict=True) if kin[3] < 0]))
    area = cv2.contourArea(hull)
    roundness = 4 * np.pi * area / cv2.arcLength(hull, True) ** 2
    filled = area / max(1.0, cv2.minEnclosingTriangle(hull)[0])
    if roundness >= ROUND and filled <= NOT_THREE_SIDED:
        return "○"
    return "△" if filled >= THREE_SIDED and roundness < NOT_ROUND and _stands(part) else ""


def _stands(part: Flags) -> bool:
    """Whether a triangle stands on a side, and not on its tip."""
    rows = part.shape[0] // 5
    return _reach(part[-rows:]) > 2 * _reach(part[:rows])


def _reach(part: Flags) -> int:
    columns = np.nonzero(part.any(axis=0))[0]
    return int(columns[-1] - columns[0] + 1) if columns.size else 0


def _of_strokes(part: Flags) -> str:
    """×, ／ or √ by where its ink lies in its frame."""
    x, y = _places(part)
    falling, rising = np.abs(x - y) < NEAR, np.abs(x + y - 1) < NEAR
    corners = _corners(x, y)
    if all(corners) and (falling | rising).mean() >= ON_DIAGONAL and _crosses(x, y):
        return "×"
    if corners == [False, True, True, False] and rising.mean() >= ON_DIAGONAL:
        return "／"
    return "√" if not corners[0] and corners[1] and not corners[3] and _is_tick(x, y) else ""


def _places(part: Flags) -> tuple[Numbers, Numbers]:
    """Where its ink lies, across and down, in a frame of one by one."""
    rows, columns = np.nonzero(part)
    return columns / max(1, part.shape[1] - 1), rows / max(1, part.shape[0] - 1)


def _corners(x: Numbers, y: Numbers) -> list[bool]:
    """Whether ink lies in the corners of such a frame: the upper left, the upper right, the lower ones."""
    ends = [(across, down) for down in (0, 1) for across in (0, 1)]
    return [bool(((abs(x - across) < CORNER) & (abs(y - down) < CORNER)).any()) for across, down in ends]


def _crosses(x: Numbers, y: Numbers) -> bool:
    """Whether between the ends of two strokes, at the sides of the frame, nothing is inked but the middle."""
    beside = ((abs(x - 0.5) > NEAR) & (abs(y - 0.5) < NEAR / 2)) | ((abs(y - 0.5) > NEAR) & (abs(x - 0.5) < NEAR / 2))
    return float(beside.mean()) < 1 - ON_DIAGONAL


def _is_tick(x: Numbers, y: Numbers) -> bool:
    """A short arm that falls to a foot and a long one that rises to the right above it."""
    foot = float(np.median(x[y >= y.max() - 0.05]))
    if not FOOT_FROM <= foot <= FOOT_TO:
        return False
    short, long = x < foot, x > foot
    if not short.any() or float(y[short].max() - y[short].min()) < SHORT_ARM or float(y[short].min()) < CORNER:
        return False
    return _straightness(x[long], y[long]) <= -STRAIGHT and _straightness(x[short], y[short]) > 0


def _straightness(x: Numbers, y: Numbers) -> float:
    """Correlation of the places of ink: 1 where it falls to the right, -1 where it rises."""
    if len(x) < LEAST_SIDE / 2 or not float(x.std()) or not float(y.std()):
        return 0.0
    return float(np.corrcoef(x, y)[0, 1])
