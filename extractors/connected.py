"""Connected things of ink on a picture: which pixel belongs to which, their frames, sizes and middles.

The one place that asks cv2 for them: on a picture without a pixel, such as what is left of a cell narrower than its
walls, cv2 5.0 ends the whole process.
"""

from typing import Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.float64]


class Things(NamedTuple):
    """What hangs together; a thing's label is its row in `stats` and `middles`, whose first is the ground's.

    labels: int32, (height, width), 0 for the ground; stats: int32, (1 + things, 5): left, top, width, height, pixels;
    middles: float64, (1 + things, 2): across, down; none of the ground.
    """

    labels: Counts
    stats: Counts
    middles: Numbers


def things_on(ink: npt.NDArray[Any], corners: bool = True) -> Things:
    """The connected things of what is above 0. ink: uint8, (height, width), of any size.

    corners: whether pixels that touch by a corner hang together.
    """
    height, width = ink.shape[:2]
    labels = np.zeros((height, width), np.int32)
    left, top, wide, high = cv2.boundingRect(ink) if ink.size else (0, 0, 0, 0)
    if not wide:
        return Things(labels, np.array([(0, 0, width, height, ink.size)], np.int32), np.zeros((1, 2)))
    # Most pages have next to nothing solid on them: looked at is the part that has ink. Two by two pixels are taken
    # together, so that what begins at an even one is numbered as on the whole picture.
    left, top, right, bottom = left - left % 2, top - top % 2, left + wide, top + high
    _, inner, stats, middles = cv2.connectedComponentsWithStats(
        ink[top:bottom, left:right], connectivity=8 if corners else 4, ltype=cv2.CV_32S
    )
    labels[top:bottom, left:right] = inner
    found = np.asarray(stats, np.int32) + np.array((left, top, 0, 0, 0), np.int32)
    found[0] = 0, 0, width, height, ink.size - found[1:, 4].sum()
    return Things(labels, found, np.asarray(middles, np.float64) + np.array((left, top)))
