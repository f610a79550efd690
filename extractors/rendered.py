"""Pages of a PDF drawn as pixels, and never with less on them than they show.

pdfium leaves a picture out for which it has no memory, and says nothing: a whole scan then is white paper.
"""

from collections.abc import Iterator
from math import ceil

import numpy as np
import numpy.typing as npt
import pypdfium2
from pypdfium2 import raw as pdfium

Pixels = npt.NDArray[np.uint8]

BYTES_A_PIXEL = 4  # of a picture as pdfium unfolds it, and of the page that it draws
COPIES = 2  # of the page: pdfium's, and ours
MOST_OF_PICTURES = 128 << 20  # bytes; large ones are unfolded a few lines at a time
NESTED = 4  # forms within forms in which pictures are looked for


def rendered(page: pypdfium2.PdfPage, scale: float, *, colour: bool = False) -> Pixels:
    """The page, scale pixels a point: grey (height, width), or RGB (height, width, 3).

    Raises MemoryError where there may not be room to draw all of it, pypdfium2.PdfiumError where it cannot be drawn.
    """
    side = ceil(page.get_width() * scale) * ceil(page.get_height() * scale)
    np.empty(COPIES * BYTES_A_PIXEL * side + min(MOST_OF_PICTURES, _of_pictures(page)), np.uint8)  # given back at once
    drawn = page.render(scale=scale, grayscale=not colour, rev_byteorder=colour).to_numpy()
    shown = drawn[:, :, :3] if colour else drawn.reshape(drawn.shape[:2])
    return np.ascontiguousarray(shown, dtype=np.uint8)


def _of_pictures(page: pypdfium2.PdfPage) -> int:
    return sum(BYTES_A_PIXEL * width * height for width, height in _sizes(page))


def _sizes(page: pypdfium2.PdfPage) -> Iterator[tuple[int, int]]:
    for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=NESTED):
        try:
            yield one.get_px_size()
        except pypdfium2.PdfiumError:  # of a damaged one, which is not drawn either
            continue
