"""Whether letters on a page look like the characters that its text layer calls them.

Each is held against the same character, and against the others of its font, in a face of our own: a font that says
what it draws fits its own characters better than it fits each other's, whatever its style.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

Pixels = npt.NDArray[np.uint8]
Shape = npt.NDArray[np.float64]
Likeness = Literal["alike", "odd", "unknown"]

_FACE = Path(__file__).parents[1] / "templates" / "fonts" / "FandolFang-Regular.otf"
_FACE_SIZE, _ROOM = 32, 64
_SIDE = 16
_INKED = 0.35
_FAINT = 1e-6

# By how much letters fit their own characters better than each other's, on average, and how many fit it best of all.
LEAST_LEAD, LEAST_BEST = 0.15, 0.45
SURE_LEAD, SURE_BEST = 0.3, 0.85
LEAST_HELD = 3  # letters


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is called and as it is drawn, in grey on white."""

    text: str
    drawn: Pixels


def likeness(letters: Sequence[Letter]) -> Likeness:
    """Whether these letters of one font, no two alike, are drawn as they are called: alike, odd, or not to be told."""
    shapes = [(_known(one.text), _shape((255.0 - one.drawn) / 255)) for one in letters]
    pairs = [(known, seen) for known, seen in shapes if known is not None and seen is not None]
    if len(pairs) < LEAST_HELD:
        return "unknown"
    known, seen = (np.stack(one).reshape(len(pairs), -1) for one in zip(*pairs, strict=True))
    fits = known @ seen.T
    own = float(np.trace(fits)) / len(pairs)
    others = (float(fits.sum()) - own * len(pairs)) / (len(pairs) * (len(pairs) - 1))
    best = float(np.mean(np.diag(fits) >= fits.max(axis=0)))
    if own - others < LEAST_LEAD or best < LEAST_BEST:
        return "odd"
    sure = own - others >= SURE_LEAD and best >= SURE_BEST and 2 * len(pairs) > len(letters)
    return "alike" if sure else "unknown"


@lru_cache(maxsize=16_384)
def _known(text: str) -> Shape | None:
    """The shape of a character in our own face; None when it lacks it."""
    shape = _in_our_face(text)
    lacking = _in_our_face("\uffff")
    return None if shape is None or (lacking is not None and np.array_equal(shape, lacking)) else shape


def _in_our_face(text: str) -> Shape | None:
    face = _face()
    if face is None:
        return None
    picture = Image.new("L", (_ROOM, _ROOM), 0)
    ImageDraw.Draw(picture).text((12, 10), text[:1], fill=255, font=face)
    return _shape(np.asarray(picture, np.float64) / 255)


@lru_cache(maxsize=1)
def _face() -> ImageFont.FreeTypeFont | None:
    try:
        return ImageFont.truetype(str(_FACE), _FACE_SIZE)
    except OSError:
        return None


def _shape(ink: Shape) -> Shape | None:
    """The inked part in the middle of a small square, blurred, of mean 0 and length 1; None without ink."""
    marked = ink > _INKED
    if not marked.any():
        return None
    rows, columns = np.nonzero(marked.any(axis=1))[0], np.nonzero(marked.any(axis=0))[0]
    part = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = part.shape
    side = max(height, width)
    square = np.zeros((side, side), np.float64)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = part
    small = cv2.GaussianBlur(cv2.resize(square, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA), (3, 3), 0)
    flat = np.asarray(small - small.mean(), np.float64)
    length = float(np.linalg.norm(flat))
    return flat / length if length > _FAINT else None
