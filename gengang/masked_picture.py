"""A page's places as patches of ink: where something stands and how much, without what it says; the rest is white.

A patch is about as large as a written character, so that each leaves one bit. Only boxes to tick are shown as they are.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

Pixels = npt.NDArray[np.uint8]
Box = tuple[float, float, float, float]
PATCHES_ACROSS = 60  # 3.5 mm on A4
DARK = 128
LEAST_INK = 0.04


@dataclass(frozen=True, slots=True)
class Patch:
    """A place to be shown. box: shares 0-1 of the upright page from its top left; plain: its pixels as they are."""

    box: Box
    plain: bool = False


def masked_page(grey: Pixels, patches: Sequence[Patch]) -> bytes:
    """PNG of the upright page, white but for its patches. grey: one byte a pixel; the PNG carries no text."""
    shown = np.full(grey.shape, 255, np.uint8)
    for patch in sorted(patches, key=lambda one: not one.plain):  # what must not be seen is laid over what may
        rows, columns = _slices(grey.shape[0], patch.box[1::2]), _slices(grey.shape[1], patch.box[::2])
        part = grey[rows, columns]
        shown[rows, columns] = part if patch.plain else _inked(part, max(8, grey.shape[1] // PATCHES_ACROSS))
    file = io.BytesIO()
    Image.fromarray(shown).save(file, "PNG", optimize=True)
    return file.getvalue()


def _slices(length: int, shares: Sequence[float]) -> slice:
    start, end = (round(min(1.0, max(0.0, share)) * length) for share in shares)
    return slice(start, max(start, end))


def _inked(part: Pixels, size: int) -> Pixels:
    """Each square black or white: whether there is ink in it."""
    inked = np.full(part.shape, 255, np.uint8)
    for top in range(0, part.shape[0], size):
        for left in range(0, part.shape[1], size):
            square = part[top : top + size, left : left + size]
            if (square < DARK).mean() > LEAST_INK:
                inked[top : top + size, left : left + size] = 0
    return inked
