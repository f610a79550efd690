"""Whether the blanks between Latin letters are those that the line shows: recognisers lose them, and add some.

White between letters is a blank where it is much wider than all that is none. Faces of one width for all letters have
much white within a word, and there nothing is said.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from extractors.inkruns import Run, runs_of, size_of
from extractors.ocr import ReadText
from extractors.sureness import may_hold_blank

Pixels = npt.NDArray[np.uint8]

# In heights of the line's letters: what a blank takes at least, and white within a word at most where there is none;
# and how much of the narrowest blank it takes at most where there is one.
BLANK_FROM, WITHIN_TO, SHARE_OF_BLANK = 0.2, 0.2, 0.6
_LATIN = re.compile(r"[!-~²³]+(?: +[!-~²³]+)*")
_BLANKS = re.compile(" +")


def in_doubt(read: ReadText, line: Pixels | None) -> frozenset[int]:
    """The number of the first letter of each stretch of Latin letters whose blanks the line does not show clearly.

    line: uint8 (height, width, 3), dark on light; places of the reading are across it. Without one all are in doubt.
    """
    stretches = [found for found in _LATIN.finditer(read.text) if may_hold_blank(found[0])]
    runs = runs_of(line) if stretches and line is not None and read.steps else []
    step = line.shape[1] / read.steps if line is not None and read.steps else 0.0
    middles = [(place + 0.5) * step for place in read.places]
    return frozenset(found.start() for found in stretches
                     if not _are_clear(found[0], middles[found.start() : found.end()], runs))  # fmt: skip


def _are_clear(text: str, middles: Sequence[float], runs: list[Run]) -> bool:
    """middles: of each letter, across the line."""
    size = size_of(runs)
    gaps = sorted(_gaps_of(runs, middles[0], middles[-1]), reverse=True)
    blanks = list(_BLANKS.finditer(text))
    wide, rest = gaps[: len(blanks)], gaps[len(blanks) :]
    if not size or len(wide) < len(blanks):
        return False
    most = SHARE_OF_BLANK * wide[-1][0] if wide else WITHIN_TO * size
    within = max((gap for gap, _ in rest), default=0.0)
    stand = all(any(middles[blank.start() - 1] < at < middles[blank.end()] for _, at in wide) for blank in blanks)
    return stand and within <= most and (not wide or wide[-1][0] >= BLANK_FROM * size)


def _gaps_of(runs: Sequence[Run], first: float, last: float) -> Iterator[tuple[float, float]]:
    """How wide each white between two runs is, and where its middle, of those between two places."""
    for one, two in pairwise(runs):
        middle = (one.right + two.left) / 2
        if first < middle < last:
            yield float(two.left - one.right), middle
