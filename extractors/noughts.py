"""〇 in a year that is said in Chinese figures: of a rare letter no recogniser is sure, its ink tells."""

import re

import cv2
import numpy as np
import numpy.typing as npt

from extractors.connected import things_on
from extractors.masks import marked
from extractors.ocr import ReadText, placed

Pixels = npt.NDArray[np.uint8]

INKED = (160, 180, 200)  # a thin ring in a blurred picture is whole by its pale ink alone
# Of the line's height: how far from where it was read it is looked for, and how large it is.
NEAR, LEAST, MOST = 0.5, 0.35, 1.0
LONGEST = 1.4  # times as high as wide or as wide as high
ROUND = (0.92, 1.06)  # its white, of that of an ellipse; a square's is 1.27
HOLLOW = 0.45  # share of its frame that is white
_YEAR = re.compile("[一二][〇○零一二三四五六七八九]{3}(?=年)")


def noughts_in(read: ReadText, line: Pixels) -> frozenset[int]:
    """The places of letters of a reading that are 〇 of a year, and stand on a ring.

    line: uint8 (height, width, 3), dark on light.
    """
    letters = placed(read, line.shape[1])
    if not letters:
        return frozenset()
    said = (at for year in _YEAR.finditer(read.text) for at in range(*year.span()) if read.text[at] in "〇○")
    return frozenset(at for at in said if _is_ring(line, letters[at][1]))


def _is_ring(line: Pixels, middle: float) -> bool:
    """Whether a round thing with nothing in it stands about a place across a line."""
    return any(_is_ring_in(marked(line[:, :, 0] < below), middle) for below in INKED)


def _is_ring_in(dark: Pixels, middle: float) -> bool:
    found, nested = cv2.findContours(dark, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    height = dark.shape[0]
    for number, outline in enumerate(found):
        left, top, wide, high = cv2.boundingRect(outline)
        outer = nested[0][number][3] < 0 and abs(left + wide / 2 - middle) <= NEAR * height
        if outer and LEAST * height <= min(wide, high) and max(wide, high) <= MOST * height:
            inside = dark[top : top + high, left : left + wide]
            return max(wide, high) <= LONGEST * min(wide, high) and _is_hollow(inside)
    return False


def _is_hollow(inside: Pixels) -> bool:
    """Whether a frame of ink holds one white spot that touches no side, round and large, and no ink within."""
    stats = things_on(255 - inside, corners=False).stats
    high, wide = inside.shape
    spots = [row for row in stats[1:].tolist()
             if row[0] > 0 and row[1] > 0 and row[0] + row[2] < wide and row[1] + row[3] < high]  # fmt: skip
    if len(spots) != 1:
        return False
    _, _, across, down, size = spots[0]
    return bool(size >= HOLLOW * wide * high and ROUND[0] <= size / (np.pi / 4 * across * down) <= ROUND[1])
