"""Specks of a copier or a fax: thousands of dots of a few pixels by themselves, among which no line of text is found.

A full stop, a decimal point and the dot of a letter stand close to other ink, those of a dotted line in a row: they
stay.
"""

import cv2
import numpy as np
import numpy.typing as npt

from extractors.connected import things_on
from extractors.masks import marked

Pixels = npt.NDArray[np.uint8]
Marked = npt.NDArray[np.bool_]

DARK_BELOW = 160
LARGEST = 5  # pixels of a speck at 200 dpi, where a point of the smallest print has nine
FEWEST = 1500  # on a page; of fewer there is no need to be rid
BESIDE = 6  # pixels within which other ink makes a dot a part of it
RIM = 1  # pixels around a speck that are no longer white
GAP, LEAST_RUN = 9, 61  # pixels between the dots of a dotted line, and how long it is at least


def without_specks(page: Pixels) -> Pixels:
    """The page without its specks; the same where there are few. Of several layers the first is looked at and cleaned.

    page: uint8, (height, width) or (height, width, layers).
    """
    grey = page if page.ndim == 2 else np.ascontiguousarray(page[:, :, 0])
    dark = marked(grey < DARK_BELOW, 1)
    labels, stats, _ = things_on(dark)
    small = stats[:, cv2.CC_STAT_AREA] <= LARGEST
    if int(small.sum()) < FEWEST:
        return page
    dots = np.asarray(small[labels], np.bool_)
    ink = (dark > 0) & ~dots
    specks = dots & ~_spread(ink, BESIDE) & ~_in_rows(dark)
    gone = _spread(specks, RIM) & ~_spread((dark > 0) & ~specks, RIM)
    cleaned = np.where(gone, 255, grey).astype(np.uint8)
    return cleaned if page.ndim == 2 else np.ascontiguousarray(np.dstack([cleaned, page[:, :, 1:]]))


def _in_rows(dark: Pixels) -> Marked:
    """Where ink, 1 on 0, is part of a long straight row, across or down, of dots that follow each other."""
    rows = np.zeros(dark.shape, np.bool_)
    for gap, run in (((1, GAP), (1, LEAST_RUN)), ((GAP, 1), (LEAST_RUN, 1))):
        joined = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones(gap, np.uint8))
        rows |= cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones(run, np.uint8)) > 0
    return rows


def _spread(marked: Marked, reach: int) -> Marked:
    """What is marked, and so many pixels around it."""
    square = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    return np.asarray(cv2.dilate(marked.astype(np.uint8), square) > 0, np.bool_)
