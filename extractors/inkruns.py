"""The ink of a line from left to right: runs of it that no white column divides."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]

INKED = 160
SPECK = 0.12  # of the highest run: what is smaller is none of the letters


@dataclass(frozen=True, slots=True)
class Run:
    """left, right: its first column and that behind its last; high: its height; all in pixels."""

    left: int
    right: int
    high: int

    @property
    def middle(self) -> float:
        """Across the line."""
        return (self.left + self.right) / 2

    @property
    def wide(self) -> int:
        """Columns that it takes."""
        return self.right - self.left


def runs_of(line: Pixels) -> list[Run]:
    """The runs of a line (height, width, 3), dark on light, without specks."""
    dark = line[:, :, 0] < INKED if line.size else np.zeros((0, 0), np.bool_)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], dark.any(axis=0), [False]]).astype(np.int8)))
    runs = []
    for left, right in edges.reshape(-1, 2):
        rows = np.flatnonzero(dark[:, left:right].any(axis=1))
        runs.append(Run(int(left), int(right), int(rows[-1] - rows[0]) + 1))
    size = size_of(runs)
    return [run for run in runs if max(run.high, run.wide) >= SPECK * size]


def size_of(runs: list[Run]) -> int:
    """The height of the line's letters, pixels; 0 of none."""
    return max((run.high for run in runs), default=0)
