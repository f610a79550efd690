"""Pictures pasted into a Word file that may be pages of a form: cut as they are shown, and only those like paper.

What cannot be opened may have been a page too, so it is told.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from extractors.bitmap import decoded, turned
from extractors.scan import Picture
from gengang.findings import Finding
from gengang.sheet import Pasted

Pixels = npt.NDArray[np.uint8]

MOST_PAGES = 20
# Of a page most is paper: light, and hardly coloured. A photo of people or of a room is neither.
LIGHT, FAINT = 105, 62
LEAST_PAPER = 0.45
LEAST_SIDE = 300
_SAMPLE = 240


def pages_pasted(pictures: Sequence[Pasted], begins: Callable[[int], bool] = bool) -> Iterator[Picture | Finding]:
    """The pictures that look like pages, numbered from 1 in their order, and what to say of those that are not read.

    begins: called with each number; False leaves the picture out.
    """
    number = 0
    for place, pasted in enumerate(pictures, 1):
        found = decoded(pasted.data)
        if isinstance(found, Finding):
            yield _unopened(place, found)
            continue
        page = _as_shown(found.first, pasted)
        if not is_paper(page):
            continue
        number += 1
        if number > MOST_PAGES:
            yield _too_many()
            return
        if begins(number):
            yield Picture(number, page)


def _unopened(place: int, why: Finding) -> Finding:
    """Word shows pictures that we cannot open, drawings of other programs among them."""
    if why.code == "too_large":
        return replace(why, message=f"Word 文件里贴的第 {place} 张大图：{why.message}")
    message = f"Word 文件里贴的第 {place} 张大图打不开，没有读取。如果是表格，请改交原图、扫描件或照片。"
    return Finding("unreadable_page", message, severity="error")


def _too_many() -> Finding:
    message = (
        f"Word 文件里贴的表格图片超过 {MOST_PAGES} 张，第 {MOST_PAGES + 1} 张起没有读取，"
        "请把图片拆成几个文件，或改交 PDF、扫描件。"
    )
    return Finding("too_large", message, severity="error")


def _as_shown(pixels: Pixels, pasted: Pasted) -> Pixels:
    """Without what the crop hides, and turned as it is shown."""
    height, width = pixels.shape[:2]
    left, top, right, bottom = pasted.crop
    part = pixels[round(top * height) : round(bottom * height), round(left * width) : round(right * width)]
    return turned(np.ascontiguousarray(part), round(pasted.turned / 90) % 4)


def is_paper(pixels: Pixels) -> bool:
    """Whether a picture is large enough to be read, and mostly light and without colour."""
    if min(pixels.shape[:2]) < LEAST_SIDE:
        return False
    small = cv2.resize(pixels, (_SAMPLE, _SAMPLE), interpolation=cv2.INTER_AREA)
    shades = cv2.cvtColor(small, cv2.COLOR_RGB2HSV)
    paper = (shades[:, :, 1] < FAINT) & (shades[:, :, 2] > LIGHT)
    return float(paper.mean()) >= LEAST_PAPER
