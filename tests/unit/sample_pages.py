"""Pages for the tests of the sample's media: a black box on each, with or without the words of a seal's place."""

import io

import cv2
import numpy as np
import pikepdf
import pypdfium2
from numpy.typing import NDArray

from gengang.sample.pictures import Picture


def box_pages(pages: int) -> bytes:
    """A4 pages with a black box from 100 to 400 points across and 242 to 442 down, and an empty middle below."""
    document = pikepdf.new()
    for _ in range(pages):
        page = document.add_blank_page(page_size=(595, 842))
        page.Contents = pikepdf.Stream(document, b"0 g 100 400 300 200 re f")
    made = io.BytesIO()
    document.save(made, deterministic_id=True)
    return made.getvalue()


def drawn(pdf: bytes, dpi: int = 100) -> list[Picture]:
    """What a viewer shows, in BGR."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [np.ascontiguousarray(page.render(scale=dpi / 72).to_numpy()) for page in document]


def redness(picture: Picture) -> NDArray[np.bool_]:
    """Where a BGR picture is plainly red."""
    hue, full, bright = cv2.split(cv2.cvtColor(picture, cv2.COLOR_BGR2HSV))
    return np.asarray(((hue < 12) | (hue > 168)) & (full > 90) & (bright > 70), np.bool_)


def around(picture: Picture, centre: tuple[float, float], share: float) -> Picture:
    """The part of a picture about a place given in shares; share: of the width, to each side."""
    height, width = picture.shape[:2]
    half = round(share * width)
    x, y = round(centre[0] * width), round(centre[1] * height)
    return picture[max(0, y - half) : y + half, max(0, x - half) : x + half]
