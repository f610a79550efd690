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
    middles: float64, (1 + things, 2): across, down.
    """

    labels: Counts
    stats: Counts
    middles: Numbers


def things_on(ink: npt.NDArray[Any], corners: bool = True) -> Things:
    """The connected things of what is above 0. ink: uint8, (height, width), of any size.

    corners: whether pixels that touch by a corner hang together.
    """
    if not ink.size:
        return Things(np.zeros(ink.shape[:2], np.int32), np.zeros((1, 5), np.int32), np.zeros((1, 2)))
    _, labels, stats, middles = cv2.connectedComponentsWithStats(
        ink, connectivity=8 if corners else 4, ltype=cv2.CV_32S
    )
    return Things(np.asarray(labels, np.int32), np.asarray(stats, np.int32), np.asarray(middles, np.float64))
