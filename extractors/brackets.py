"""How wide a bracket was typed, by its ink: a wide one stands at the inner side of its room, a narrow one amid it.

More room between all letters makes no difference to that, as a hand or spread text has it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]

INKED = 160
# In heights of the letters of the line: how wide the ink of a bracket is at most and how high at least, and how far
# from where it was read it stands at most.
MOST_WIDE, LEAST_HIGH, NEAR = 0.4, 0.8, 0.6
SPECK = 0.12  # what is smaller than that is none of the letters
# By how much more room is on the outer side of a wide bracket at least, and of a narrow one at most; and of a wide one
# where the other of its pair ends the line and tells nothing.
WIDE_FROM, NARROW_TO, ALONE_FROM = 0.25, 0.12, 0.4


@dataclass(frozen=True, slots=True)
class _Run:
    """Ink that no white column divides. left, right: its first column and that behind its last; high: its height."""

    left: int
    right: int
    high: int

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def wide(self) -> int:
        return self.right - self.left


def is_wide_bracket(line: Pixels, at: float, opens: bool, alone: bool = False) -> bool | None:
    """Whether a bracket is a wide one; None where its ink does not tell.

    line: uint8 (height, width, 3), dark on light; at: about where its middle is across, in pixels; alone: the other of
    its pair tells nothing, so that this one has to be clear.
    """
    runs = _runs_of(line)
    size = max((run.high for run in runs), default=0)
    number = _bracket_at(runs, at, size)
    if number is None or not 0 < number < len(runs) - 1:
        return None
    before = runs[number].left - runs[number - 1].right
    behind = runs[number + 1].left - runs[number].right
    more = (before - behind if opens else behind - before) / size
    if more >= (ALONE_FROM if alone else WIDE_FROM):
        return True
    return False if abs(more) <= NARROW_TO else None


def _bracket_at(runs: Sequence[_Run], at: float, size: int) -> int | None:
    """The number of the narrow high run that stands nearest to a place."""
    shaped = [(abs(run.middle - at), number) for number, run in enumerate(runs)
              if run.wide <= MOST_WIDE * size and run.high >= LEAST_HIGH * size]  # fmt: skip
    near = [one for one in shaped if one[0] <= NEAR * size]
    return min(near)[1] if near else None


def _runs_of(line: Pixels) -> list[_Run]:
    """The ink of the line from left to right, without specks."""
    dark = line[:, :, 0] < INKED if line.size else np.zeros((0, 0), np.bool_)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], dark.any(axis=0), [False]]).astype(np.int8)))
    runs = []
    for left, right in edges.reshape(-1, 2):
        rows = np.flatnonzero(dark[:, left:right].any(axis=1))
        runs.append(_Run(int(left), int(right), int(rows[-1] - rows[0]) + 1))
    size = max((run.high for run in runs), default=0)
    return [run for run in runs if max(run.high, run.wide) >= SPECK * size]
