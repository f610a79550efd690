"""How wide a bracket was typed, by its ink: a wide one stands at the inner side of its room, a narrow one amid it.

More room between all letters makes no difference to that, as a hand or spread text has it.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from extractors.inkruns import Run, runs_of, size_of

Pixels = npt.NDArray[np.uint8]

# In heights of the letters of the line: how wide the ink of a bracket is at most and how high at least, and how far
# from where it was read it stands at most.
MOST_WIDE, LEAST_HIGH, NEAR = 0.4, 0.7, 0.6
# By how much more room is on the outer side of a wide bracket at least, and of a narrow one at most.
WIDE_FROM, NARROW_TO = 0.25, 0.12
# The white of a wide bracket on its outer side: with a blank typed there as well it is more, and a narrow one behind a
# blank as wide as print's has less. Of a narrow one nothing is certain: some writers print wide ones pressed together.
OWN_WHITE_FROM, OWN_WHITE_TO = 0.66, 0.93


def is_wide_bracket(line: Pixels, at: float, opens: bool) -> bool | None:
    """Whether a bracket is a wide one; None where its ink does not tell.

    line: uint8 (height, width, 3), dark on light; at: about where its middle is across, in pixels.
    """
    white = _white_of(line, at, opens)
    if white is None:
        return None
    more = white[0] - white[1]
    if more >= WIDE_FROM:
        return True
    return False if abs(more) <= NARROW_TO else None


def has_own_white(line: Pixels, at: float, opens: bool) -> bool:
    """Whether beside a wide bracket there is just the white that is its own, so that no blank was typed."""
    white = _white_of(line, at, opens)
    return white is not None and OWN_WHITE_FROM <= white[0] <= OWN_WHITE_TO


def _white_of(line: Pixels, at: float, opens: bool) -> tuple[float, float] | None:
    """The white on a bracket's outer side and on its inner one, in heights of the line's letters."""
    runs = runs_of(line)
    size = size_of(runs)
    number = _bracket_at(runs, at, size)
    if number is None or not 0 < number < len(runs) - 1:
        return None
    before = (runs[number].left - runs[number - 1].right) / size
    behind = (runs[number + 1].left - runs[number].right) / size
    return (before, behind) if opens else (behind, before)


def _bracket_at(runs: Sequence[Run], at: float, size: int) -> int | None:
    """The number of the narrow high run that stands nearest to a place."""
    shaped = [(abs(run.middle - at), number) for number, run in enumerate(runs)
              if run.wide <= MOST_WIDE * size and run.high >= LEAST_HIGH * size]  # fmt: skip
    near = [one for one in shaped if one[0] <= NEAR * size]
    return min(near)[1] if near else None
