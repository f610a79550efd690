"""How the text lines of a page without ruling lie, and the page turned so that they lie level."""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from extractors.layout import Rect

Pixels = npt.NDArray[np.uint8]
Frame = npt.NDArray[np.float64]  # four corners (4, 2), x and y in pixels, around a line as it lies

LEAST_TILT = 0.2  # degrees: a line across the page then rises by a fifth of its height
LONG = 6  # heights of a line whose frame tells how it lies
LEAST_LONG = 2
MOST_TILT = 10.0


def tilt_of(frames: Sequence[Frame]) -> float:
    """Degrees by which long lines fall to the right, their median by length; 0 where too few are long.

    frames: four corners (4, 2) each, in pixels. Lines that run up or down the page tell it as well.
    """
    told = [(tilt, long) for tilt, long, high in map(_lying, frames) if long >= LONG * high and abs(tilt) < MOST_TILT]
    if len(told) < LEAST_LONG:
        return 0.0
    ordered = np.array(sorted(told))
    weight = np.cumsum(ordered[:, 1])
    return float(ordered[int(np.searchsorted(weight, weight[-1] / 2)), 0])


def _lying(frame: Frame) -> tuple[float, float, float]:
    """Tilt in degrees, length and height of one line."""
    upper, side = frame[1] - frame[0], frame[3] - frame[0]
    long, short = (upper, side) if np.hypot(*upper) >= np.hypot(*side) else (side, upper)
    degrees = float(np.degrees(np.arctan2(long[1], long[0])))
    return (degrees + 45) % 90 - 45, float(np.hypot(*long)), max(1.0, float(np.hypot(*short)))


def tilted(page: Pixels, frames: Sequence[Frame], degrees: float) -> tuple[Pixels, tuple[Frame, ...]]:
    """The page and the frames on it, turned against a tilt, around the middle of the page.

    page: uint8 (height, width, layers): the first grey, further ones 0 where nothing is.
    """
    height, width = page.shape[:2]
    turn = _turn(height, width, degrees)
    moved = tuple(np.asarray(frame @ turn[:, :2].T + turn[:, 2], np.float64) for frame in frames)
    return turned_back(page, degrees), moved


def turned_back(page: Pixels, degrees: float) -> Pixels:
    """The page alone, turned so; uint8 (height, width) or (height, width, layers)."""
    height, width = page.shape[:2]
    white = (255, 0, 0)  # of further layers 0 says that nothing is there
    turn = _turn(height, width, degrees)
    return np.ascontiguousarray(
        cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=white), dtype=np.uint8
    )


def _turn(height: int, width: int, degrees: float) -> Frame:
    return np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0), np.float64)


def rects_of(frames: Sequence[Frame]) -> tuple[Rect, ...]:
    """The upright rectangle around each, top to bottom."""
    rects = [Rect(*(float(v) for v in (*frame.min(axis=0), *frame.max(axis=0)))) for frame in frames]
    return tuple(sorted(rects, key=lambda rect: (rect.top, rect.left)))
