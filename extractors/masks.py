"""Pictures that say of each pixel whether something holds, and the brightest or darkest of a pixel's channels.

The one place for both: numpy makes eight bytes of a pixel where a plain number is chosen, and takes ten times as long
over three channels as cv2 does.
"""

from functools import reduce

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]


def marked(flags: npt.NDArray[np.bool_], level: int = 255) -> Pixels:
    """The level, 1 to 255, where a flag is set, 0 elsewhere."""
    return np.where(flags, np.uint8(level), np.uint8(0))


def brightest(picture: Pixels) -> Pixels:
    """Of each pixel the brightest channel. picture: (height, width, channels)."""
    return np.asarray(reduce(cv2.max, cv2.split(picture)), np.uint8)


def darkest(picture: Pixels) -> Pixels:
    """Of each pixel the darkest channel. picture: (height, width, channels)."""
    return np.asarray(reduce(cv2.min, cv2.split(picture)), np.uint8)
