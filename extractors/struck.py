"""Whether a pen went through a line of writing: ink that joins its letters as no stroke of a letter does.

Pixels only. Underlines, ruled blanks and dashes have letters on one side of them, or on none.
"""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from extractors.connected import things_on
from extractors.layout import Stroke
from extractors.masks import marked

Pixels = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
Letter = tuple[str, float]  # as it was read, and where its middle stands on the line

DARK = 150
LEAST_HEIGHT = 8
# Shares of a line's height: letters that touch in a poor copy reach less far; a mark as low as that is a dash; a stroke
# as thin stands alone in its column; so much of one counts where it goes on before or behind the letters.
LONG, LOW, THIN, OVER = 1.25, 0.4, 0.3, 0.35
# A flat run of so many heights is an underline or a ruled blank below the first share of the line, a rule above the
# second.
FLAT, FOOT, HEAD = 0.5, 0.74, 0.12
# A frame so much higher than the page's lines holds more than one, or large letters, which touch less easily.
TALL, LONG_IN_TALL = 1.3, 1.06

# Of a line through one letter: where it may lie in the letter's height, how thick and how long it shows on either side.
# Many Chinese characters have such arms, but none is as wide as this; of figures one has.
ARMS_FROM, ARMS_TO, ARM, LEAST_ARM, ALONE, LEAST_WIDTH = 0.2, 0.68, 0.17, 0.07, 1.0, 0.4
NEAR = 0.2  # of a thing a letter was read whose middle is as far outside it
FIGURES, ARMED, TWO_FIGURES = frozenset("0123456789."), "4", 0.6
# Words of one letter that choices are made of, and how high and wide one is at least when a line goes through it.
CHOSEN, LEAST_FLAT, FLATTENED = frozenset("男女是否有无优良"), 0.5, 1.35
LEAST_LETTER = 0.8  # of the usual height: in a frame as low as that a letter is cut, or the print is small
# In what is darker nothing is written.
MOST_INK = 0.5

# At 200 dpi. A letter crosses a line that is dark as far as that above and below it; so near to a wall it is the wall.
RULE_DARK, CROSSING, CROSSED, WALL = 190, 6, 0.95, 14
# Ruling lines are crossed in fewer places, and in a smaller share of their length.
LEAST_CROSSINGS, LEAST_CROSSED = 2, 0.02


def is_struck(line: Pixels, usual: float = 0.0, letters: Sequence[Letter] = ()) -> bool:
    """Whether something on a line joins its letters, or goes through one, as a pen does that crosses them out.

    line: grey, unruled; usual: height of the page's lines, 0 where it is not known; letters: as they were read.
    """
    high, wide = line.shape[:2]
    if high < LEAST_HEIGHT or wide < high * LEAST_WIDTH:
        return False
    tall = 0 < TALL * usual < high
    letter = max(min(high, usual), LEAST_LETTER * usual) if not tall and usual else high
    long = (LONG_IN_TALL if tall else LONG) * letter
    inked = _without_underlines(marked(line < DARK, 1))
    if float(inked.mean()) > MOST_INK:
        return False
    for left, part in _letter_high_things(inked):
        end, near = left + part.shape[1], NEAR * high
        inside = [char for char, at in letters if left - near <= at < end + near] if letters else None
        strictly = [char for char, at in letters if left <= at < end]
        if _is_joined(part, letter, long) or _is_cut(part, letter, inside, strictly):
            return True
    return False


def _letter_high_things(inked: Pixels) -> Iterator[tuple[int, Flags]]:
    """Each connected thing that is as wide and high as a figure, with its first column."""
    high = inked.shape[0]
    labels, stats, _ = things_on(inked)
    for label in range(1, len(stats)):
        left, top, width, height = (int(one) for one in stats[label][:4])
        if width >= LEAST_WIDTH * high and height >= LOW * high:
            yield left, np.asarray(labels[top : top + height, left : left + width] == label)


def _is_joined(part: Flags, high: float, long: float) -> bool:
    """Whether a thing is so wide that it must be several letters that a pen joined."""
    return part.shape[1] >= long and _reach(part, high) >= long


def _is_cut(part: Flags, high: float, inside: Sequence[str] | None, strictly: Sequence[str]) -> bool:
    """Whether a thin stroke shows on both sides of a letter, or on one of figures that it joins.

    inside: as read there or close by, None where nothing on the line was; strictly: those that stand inside. What
    alone was passed over may be a figure as well.
    """
    arms = sum(_arms_of(part, high))
    if inside is None or any(char not in FIGURES for char in inside):
        wide = part.shape[1] >= ALONE * high
        chosen = bool(inside) and set(inside or "") <= CHOSEN and _is_flat(part, high)
        return (arms == 2 and wide) or (arms > 0 and chosen)
    if list(strictly) == [ARMED]:
        return False
    return arms == 2 or (arms == 1 and len(strictly) > 1 and part.shape[1] >= TWO_FIGURES * high)


def _is_flat(part: Flags, high: float) -> bool:
    """Whether a letter is much wider than it is high, and no mere part of one."""
    height, width = part.shape
    return bool(height >= LEAST_FLAT * high and width >= FLATTENED * height)


def _without_underlines(inked: Pixels) -> Pixels:
    """The ink without flat runs along the foot and the head of the line."""
    high = inked.shape[0]
    flat = cv2.morphologyEx(inked, cv2.MORPH_OPEN, np.ones((1, max(3, round(FLAT * high))), np.uint8))
    flat[round(HEAD * high) : round(FOOT * high)] = 0
    return np.asarray(cv2.subtract(inked, flat), dtype=np.uint8)


def _reach(part: Flags, high: float) -> float:
    """How far a thing reaches across with letters in it; a thin stroke before or behind them counts a little."""
    lettered = np.nonzero((_runs_in(part) > 1) | (part.sum(axis=0) > THIN * high))[0]
    if not lettered.size:
        return 0.0
    start, end = int(lettered[0]), int(lettered[-1]) + 1
    over = OVER * high
    return float(end - start + min(start, over) + min(part.shape[1] - end, over))


def _runs_in(part: Flags) -> npt.NDArray[np.int_]:
    """How many stretches of ink each column has."""
    return np.asarray((np.diff(np.pad(part.astype(np.int8), ((1, 1), (0, 0))), axis=0) > 0).sum(axis=0))


def _arms_of(part: Flags, high: float) -> tuple[bool, bool]:
    """Whether a letter ends, to its left and right, in nothing but a thin stroke at its middle, or two."""
    height = part.shape[0]
    runs, thick = _runs_in(part), part.sum(axis=0)
    outside = part[: round(ARMS_FROM * height)].any(axis=0) | part[round(ARMS_TO * height) :].any(axis=0)
    thin = (runs > 0) & (runs < 3) & (thick <= runs * ARM * high) & ~outside
    least = max(2, round(LEAST_ARM * high))
    return bool(thin[:least].all() and not thin.all()), bool(thin[-least:].all() and not thin.all())


# --- ruling lines ---


def without_strikes(grey: Pixels, strokes: Sequence[Stroke]) -> tuple[Stroke, ...]:
    """The ruling lines without those that letters cross: what a pen drew from one edge of a cell to the other."""
    dark = np.asarray(grey < RULE_DARK)
    standing = [stroke for stroke in strokes if not stroke.lying]
    return tuple(stroke for stroke in strokes if not (stroke.lying and _crosses_letters(dark, stroke, standing)))


def _crosses_letters(dark: Flags, stroke: Stroke, standing: Sequence[Stroke]) -> bool:
    at, start, end = round(stroke.at), round(stroke.start), round(stroke.end)
    band = dark[max(0, at - CROSSING) : at + CROSSING + 1, start:end]
    if not band.size:
        return False
    crossed = np.asarray(band.mean(axis=0) >= CROSSED)
    for wall in standing:
        if wall.start - CROSSING < stroke.at < wall.end + CROSSING:
            middle = round(wall.at) - start
            crossed[max(0, middle - WALL) : max(0, middle + WALL)] = False
    places = int((np.diff(np.concatenate(([0], crossed.astype(np.int8)))) > 0).sum())
    return places >= LEAST_CROSSINGS and float(crossed.mean()) >= LEAST_CROSSED
