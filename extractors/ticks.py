"""Tick boxes measured by their pixels: where a small square stands, and whether anything is in it.

Recognisers drop ☑ and read □ as 口 or 日; only the ink inside the square can be trusted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from extractors.connected import things_on
from extractors.layout import Rect
from extractors.masks import marked
from extractors.signs import sign_of

Pixels = npt.NDArray[np.uint8]

# At 200 dpi: sides of the white inside of a printed box, and how square and how full its outline is.
LEAST_SIDE = 10
MOST_SIDE = 48
LEAST_FILL = 0.86
# A line is looked at a little beyond its frame; of each side of a box so much is dark at least.
REACH = 3
LEAST_SIDES = 0.92
# Beside a box is white, from so far to so far, but for so much of it; ink is darker than this.
GAP, STRAY = (2, 4), 0.05
INK = 170
# Of a mark where a box would stand: as large as a box, and how much of no side of it is a line at most.
AS_LARGE, EDGE, SIDE = (0.5, 1.3), 3, 0.7
# Share of ink inside: over the first it is ticked, under the second empty, between them nobody can tell.
TICKED_OVER = 0.06
EMPTY_UNDER = 0.015
_LONE_TICK = re.compile("(?<![☑□])[√✓✔](?![☑□])")
# 口 has legs below its lower bar; a printed box has four equal sides.
MOST_LEG = 3


@dataclass(frozen=True, slots=True)
class TickBox:
    """A square. rect: with its frame; mark: ☑, □, or empty when nobody can tell.

    sure: False for a mark that stands where a box would, with none about it, and that is no √.
    """

    rect: Rect
    mark: str
    sure: bool = True


def tick_boxes(grey: Pixels, rules: Pixels) -> tuple[TickBox, ...]:
    """Every small empty or ticked square of an evenly lit page, ruling lines left out."""
    dark = marked((grey < INK) & (rules == 0))
    contours, tree = cv2.findContours(dark, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    if tree is None:
        return ()
    nodes = np.asarray(tree).reshape(-1, 4)
    boxes = []
    for contour, node in zip(contours, nodes, strict=True):
        parent = int(node[3])
        if parent >= 0:
            hole, frame = cv2.boundingRect(contour), cv2.boundingRect(contours[parent])
            alone = int(node[0]) < 0 and int(node[1]) < 0
            if alone and _is_square(contour, hole) and _is_box(hole, frame):
                boxes.append(TickBox(_rect(frame), _mark(grey, hole)))
    return tuple(sorted(boxes, key=lambda box: (box.rect.top, box.rect.left)))


def framed_boxes(page: Pixels, rect: Rect, below: int = INK) -> tuple[TickBox, ...]:
    """Squares on a line of print whose four sides are drawn, whatever a pen drew through them; letters may be among.

    page: grey, without ruling lines; below: so dark are the sides, which are thin and pale in a blurred picture.
    """
    reach = REACH
    top, left = max(0, round(rect.top) - reach), max(0, round(rect.left) - reach)
    part = page[top : round(rect.bottom) + reach, left : round(rect.right) + reach]
    frames = _frames(marked(part < below, 1))
    return tuple(TickBox(Rect(left + x, top + y, left + x + side, top + y + side), _mark(part, (x + 2, y + 2, side - 4,
                 side - 4))) for x, y, side in sorted(frames))  # fmt: skip


def bare_marks(page: Pixels, rect: Rect, boxes: Sequence[TickBox]) -> tuple[TickBox, ...]:
    """What stands on a line by itself and is as large as its boxes: a ✔ that somebody set in the place of one.

    Letters may be among it; what has the shape of a √ is none. page: grey, without ruling lines; boxes: of the line.
    """
    if not boxes:
        return ()
    side = max(box.rect.width for box in boxes)
    top, left = max(0, round(rect.top)), max(0, round(rect.left))
    dark = marked(page[top : round(rect.bottom), left : round(rect.right)] < INK, 1)
    stats = things_on(dark).stats
    found = []
    for x, y, wide, high, _ in stats[1:].tolist():
        if _has_side(dark[y : y + high, x : x + wide]):
            continue
        near = dark[y : y + high, max(0, x - GAP[1]) : x + wide + GAP[1]].any(axis=0)
        own = int(dark[y : y + high, x : x + wide].any(axis=0).sum())
        seen = Rect(left + x, top + y, left + x + wide, top + y + high)
        as_large = all(AS_LARGE[0] * side <= size <= AS_LARGE[1] * side for size in (wide, high))
        if as_large and int(near.sum()) == own and not any(seen.holds(box.rect.centre) for box in boxes):
            found.append(TickBox(seen, "☑", sure=sign_of(dark[y : y + high, x : x + wide]) == "√"))
    return tuple(sorted(found, key=lambda box: box.rect.left))


def _has_side(shape: Pixels) -> bool:
    """Whether a shape is bounded by a straight line on a side, as a box is, whole or broken."""
    sides = (
        shape[:EDGE].any(axis=0),
        shape[-EDGE:].any(axis=0),
        shape[:, :EDGE].any(axis=1),
        shape[:, -EDGE:].any(axis=1),
    )
    return any(float(side.mean()) >= SIDE for side in sides)


def stands_apart(page: Pixels, box: TickBox, below: int = INK) -> bool:
    """Whether there is white at the left of a square and under it; a square that is part of a letter seldom has any.

    A pen that ticks it leaves it at its upper right.
    """
    left, top, right, bottom = (round(edge) for edge in (box.rect.left, box.rect.top, box.rect.right, box.rect.bottom))
    near, far = GAP
    beside = page[top:bottom, max(0, left - far) : max(0, left - near)]
    under = page[bottom + near : bottom + far, left:right]
    return all(not part.size or float((part < below).mean()) <= STRAY for part in (beside, under))


def _frames(dark: Pixels) -> list[tuple[int, int, int]]:
    """Left, top and side of each square whose sides are dark nearly everywhere, the largest where they overlap."""
    lying = np.cumsum(np.pad(cv2.dilate(dark, np.ones((3, 1), np.uint8)), ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    standing = np.cumsum(np.pad(cv2.dilate(dark, np.ones((1, 3), np.uint8)), ((1, 0), (0, 0))), axis=0, dtype=np.int32)
    kept: list[tuple[int, int, int]] = []
    for side in range(min(MOST_SIDE, *dark.shape) - 1, LEAST_SIDE + 2, -1):
        across = lying[:, side:] - lying[:, :-side]
        down = standing[side:, :] - standing[:-side, :]
        rows, columns = dark.shape[0] - side, dark.shape[1] - side
        four = np.minimum.reduce([across[:rows, :columns], across[side - 1 : side - 1 + rows, :columns],
                                  down[:rows, :columns], down[:rows, side - 1 : side - 1 + columns]])  # fmt: skip
        places = np.argwhere(four >= LEAST_SIDES * side)
        for y, x in sorted(places.tolist(), key=lambda place: -int(four[place[0], place[1]])):
            if not any(abs(x + side / 2 - one - size / 2) < size / 2 for one, _, size in kept):
                kept.append((x, y, side))
    return kept


def lacks_boxes(text: str, options: Sequence[Sequence[str]]) -> bool:
    """Whether a text names all words of a choice but a box for some alone: one is hidden under a tick, or misread.

    options: of all forms that are known; 优秀, 合格 and 不合格 are one choice, though another has but two of them.
    Words without any box may be a sentence's; where a choice was printed its codec asks. A √ that somebody typed in the
    place of a box is one.
    """
    kept = _LONE_TICK.sub("☑", "".join(text.split()))
    boxes = sum(kept.count(mark) for mark in "☑□")
    rest, wanted = kept.replace("☑", "").replace("□", ""), 0
    for words in sorted(options, key=len, reverse=True):
        without = _without(words, rest)
        if without is not None:
            rest, wanted = without, wanted + len(words)
    return wanted > 0 and boxes not in (0, wanted)


def _without(words: Sequence[str], text: str) -> str | None:
    """The text without these, if each stands in it by itself: 合格 does not stand in 不合格."""
    for word in sorted(words, key=len, reverse=True):
        if word not in text:
            return None
        text = text.replace(word, " ", 1)
    return text


def _is_square(contour: cv2.typing.MatLike, hole: Sequence[int]) -> bool:
    _, _, width, height = hole
    if not (LEAST_SIDE <= width <= MOST_SIDE and LEAST_SIDE <= height <= MOST_SIDE):
        return False
    if not 0.8 < width / height < 1.25:
        return False
    return bool(cv2.contourArea(contour) >= LEAST_FILL * (width - 1) * (height - 1))


def _is_box(hole: Sequence[int], frame: Sequence[int]) -> bool:
    """The frame lies close around its inside, equally on all four sides."""
    left, top = hole[0] - frame[0], hole[1] - frame[1]
    right = frame[0] + frame[2] - hole[0] - hole[2]
    bottom = frame[1] + frame[3] - hole[1] - hole[3]
    sides = (left, top, right, bottom)
    return max(sides) <= 0.35 * hole[2] + 2 and max(sides) - min(sides) <= MOST_LEG


def _mark(grey: Pixels, hole: Sequence[int]) -> str:
    """Two thresholds must agree on what is inside."""
    left, top, width, height = hole
    inset = max(2, round(0.12 * min(width, height)))
    inside = grey[top + inset : top + height - inset, left + inset : left + width - inset]
    marks = {_mark_at(inside, below) for below in (130, 180)}
    return marks.pop() if len(marks) == 1 else ""


def _mark_at(inside: Pixels, below: int) -> str:
    share = float((inside < below).mean()) if inside.size else 0.0
    if share > TICKED_OVER:
        return "☑"
    return "□" if share < EMPTY_UNDER else ""


def _rect(box: Sequence[int]) -> Rect:
    return Rect(box[0], box[1], box[0] + box[2], box[1] + box[3])
