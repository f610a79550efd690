"""Points of figures that stand too high to be any: what black and white leaves of the stroke of a 4 is read as one."""

import re

import numpy as np
import numpy.typing as npt

from extractors.connected import things_on
from extractors.ocr import ReadText, placed

Pixels = npt.NDArray[np.uint8]

INKED = 160
# In heights of a figure: how large a point is at most, how far from where it was read it stands, and how far above the
# foot of the figures beside it, which print and hands leave it on.
LARGEST, NEAR, LIFTED = 0.35, 0.5, 0.18
TALL = 0.4  # of the tallest thing in the line: a figure beside Chinese letters has so much at least
_POINT = re.compile(r"(?<=\d)[.,．，·](?=\d)")


def lifted_points(read: ReadText, line: Pixels) -> frozenset[int]:
    """The places of letters of a reading that are a point between two figures, and whose ink stands above the foot.

    line: uint8 (height, width, 3), dark on light.
    """
    said = [found.start() for found in _POINT.finditer(read.text)]
    letters = placed(read, line.shape[1])
    if not said or not letters:
        return frozenset()
    things = things_on((line[:, :, 0] < INKED).astype(np.uint8)).stats[1:]
    return frozenset(at for at in said if _is_lifted(things, letters[at][1]))


def _is_lifted(things: npt.NDArray[np.int32], place: float) -> bool:
    """Whether a point stands there that is lifted. things: left, top, width, height and area of each; place: pixels."""
    tall = things[things[:, 3] >= TALL * things[:, 3].max(initial=1)]
    if not len(tall):
        return False
    # Chinese letters in the line stand lower than its figures.
    _, top, _, high, _ = tall[np.argmin(abs(tall[:, 0] + tall[:, 2] / 2 - place))]
    near = abs(things[:, 0] + things[:, 2] / 2 - place) <= NEAR * high
    small = things[near & (things[:, 2:4].max(axis=1) <= LARGEST * high)]
    lifted = small[:, 1] + small[:, 3] < top + high - LIFTED * high
    return bool(small[lifted, 4].max(initial=0) > small[~lifted, 4].max(initial=0))  # a speck over a point lifts none
