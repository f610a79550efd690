"""What both recognisers passed over or took for another thing, and its ink tells: marks, and a 一 on a line of its own.

Of a few pixels neither sees much. Both learnt what usually stands where, and may be sure of a text without the ， that
stands in it.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

import numpy as np
import numpy.typing as npt

from extractors.connected import Counts, Things, things_on
from extractors.ink import DARK, SPECK, may_be_mark
from extractors.ocr import ReadText, placed
from gengang.codecs import HAN

Pixels = npt.NDArray[np.uint8]

_HAN = re.compile(f"[{HAN}]")
_WIDE = re.compile(f"[{HAN}，。；：、！？（）《》“”]")
# In widths of a letter: from where on two stand too far apart for neighbours, and how much of each lies about where it
# was read. Of so few pairs of letters nobody knows how wide they are.
APART, OWN, LEAST_PAIRS = 1.5, 0.6, 4
BLANKS = "_ "
# A ruled blank: of the line's height, from where on it lies; in times its thickness, how wide it is at least.
FOOT, FLAT = 0.75, 2.0
# In widths of a letter: how long a stroke such as 一 is at least, and how thick at most; from where on ink is higher
# than any letter. Pixels of what is no dirt.
STROKE, THIN, TOO_HIGH, LEAST_THING, INKED = 0.4, 0.25, 1.3, 12, 160
_STROKES = {"一": 1, "二": 2, "三": 3}
# In heights of the line: how far from where it was read a ： has its dots, how wide and how high one is at most. In
# heights of the upper dot: from where on the lower one has the tail of a ；. Of the ink of a ； below it: how much its
# upper dot has at least. Pixels that a dot has at least.
NEAR, DOT, TAILED, LEAST_SHARE, LEAST_DOT = 0.5, (0.3, 0.45), 1.4, 0.4, 4
# A 1: in heights of the line, how high it is at least, how wide at most, or it touches a neighbour, and how far from
# where it was read it stands; of its own height, down to where its flag reaches, and along how much below it another
# stroke stands beside its upright; rows of that at least.
LEAST_ONE, WIDEST_ONE, OWN_REACH, FLAG, BESIDE, LEAST_ROWS = 0.25, 0.55, 0.35, 0.4, 0.15, 3


def holds_another_line(read: ReadText, line: Pixels) -> bool:
    """Whether a line holds the one below too: more strokes than 三 has, or ink higher than a letter is.

    三十 was read of 三十一 in a cell for two letters. line: uint8 (height, width, 3), dark on light.
    """
    letter = _letter_in(read, line.shape[1], 1)
    if not letter:
        return False
    labels, stats, middles = things_on((line[:, :, 0] < INKED).astype(np.uint8))
    inked = (stats[:, 4] >= LEAST_THING)[labels] & (labels > 0)
    flat = (stats[:, 2] >= STROKE * letter) & (stats[:, 3] <= THIN * letter)
    flat[0] = False
    for char, place in placed(read, line.shape[1]):
        if not _HAN.match(char):
            continue
        rows = np.flatnonzero(inked[:, max(0, round(place - letter / 2)) : round(place + letter / 2)].any(axis=1))
        strokes = int((flat & (abs(middles[:, 0] - place) <= STROKE * letter)).sum())
        high = int(rows[-1] - rows[0]) if len(rows) else 0
        if high > TOO_HIGH * letter or strokes > _STROKES.get(char, strokes):
            return True
    return False


def passes_over_mark(read: ReadText, line: Pixels) -> bool:
    """Whether a mark's ink lies between two letters that stand farther apart than neighbours do.

    line: uint8 (height, width, 3), dark on light.
    """
    height = line.shape[0]
    for start, end in _gaps(read, line.shape[1]):
        things = things_on((line[:, start:end, 0] < DARK).astype(np.uint8))
        for (_, _, wide, high, size), (_, middle) in zip(things.stats[1:], things.middles[1:], strict=True):
            blank = middle >= FOOT * height and wide >= FLAT * high
            if size >= SPECK and not blank and may_be_mark(wide / height, high / height, middle / height):
                return True
    return False


def _gaps(read: ReadText, width: int) -> Iterator[tuple[int, int]]:
    """The columns between neighbours that are too far apart. width: of the line, pixels.

    A blank, ruled or not, is none of them: a hand's 八 of two dots may stand on it.
    """
    letter = _letter_in(read, width, LEAST_PAIRS)
    if not letter:
        return
    for (one, at), (two, behind) in pairwise(one for one in placed(read, width) if one[0] not in BLANKS):
        if _WIDE.match(one) and _WIDE.match(two) and behind - at >= APART * letter:
            yield round(at + OWN * letter), round(behind - OWN * letter)


def _letter_in(read: ReadText, width: int, least: int) -> float:
    """How far Chinese letters that are neighbours stand apart, pixels; 0 where fewer than the least are."""
    pairs = pairwise(placed(read, width))
    apart = [behind - at for (one, at), (two, behind) in pairs if _HAN.match(one) and _HAN.match(two)]
    return median(apart) if len(apart) >= least else 0.0


def mistaken_marks(read: ReadText, line: Pixels) -> frozenset[int]:
    """The places of letters of a reading that are a ： or a ； and have another's ink.

    That is: no two dots; a tail at the lower dot of a ：; above that of a ； a speck, with which a ， is read so.
    line: uint8 (height, width, 3), dark on light.
    """
    said = [(at, char, place) for at, (char, place) in enumerate(placed(read, line.shape[1])) if char in ":：;；"]
    if not said:
        return frozenset()
    things = things_on((line[:, :, 0] < DARK).astype(np.uint8))
    return frozenset(at for at, char, place in said if _is_mistaken(char, _dots_at(things, place, line.shape[0])))


def _is_mistaken(char: str, dots: tuple[Counts, Counts] | None) -> bool:
    if dots is None:
        return True
    (_, _, _, upper, dot), (_, _, _, lower, body) = dots
    return bool(lower >= TAILED * upper) if char in ":：" else bool(dot < LEAST_SHARE * body)


def _dots_at(things: Things, place: float, height: int) -> tuple[Counts, Counts] | None:
    """Left, top, width, height and pixels of the upper and the lower of the two dots nearest about a place."""
    stats = things.stats[1:]
    distance = abs(things.middles[1:, 0] - place)
    small = (stats[:, 2] <= DOT[0] * height) & (stats[:, 3] <= DOT[1] * height) & (stats[:, 4] >= LEAST_DOT)
    near = small & (distance <= NEAR * height)
    dots = stats[near][np.argsort(distance[near])]
    return next(((one, two) for one in dots for two in dots if _lies_over(one, two)), None)


def _lies_over(one: Counts, two: Counts) -> bool:
    shared = min(one[0] + one[2], two[0] + two[2]) - max(one[0], two[0])
    return bool(one[1] + one[3] <= two[1] and 2 * shared >= min(one[2], two[2]))


def broken_fours(read: ReadText, line: Pixels) -> frozenset[int]:
    """The places of letters of a reading that are a 1 and have a stroke beside their upright, as a 4 has.

    Black and white may leave no more of a 4's lying stroke, and what is left is read 1 by both. line: uint8 (height,
    width, 3), dark on light.
    """
    ones = [(at, place) for at, (char, place) in enumerate(placed(read, line.shape[1])) if char == "1"]
    if not ones:
        return frozenset()
    things = things_on((line[:, :, 0] < DARK).astype(np.uint8))
    return frozenset(at for at, place in ones if _stand_double(things, place, line.shape[0]))


def _stand_double(things: Things, place: float, height: int) -> bool:
    """Whether all that stands about a place has two strokes beside each other: a neighbour of a 1 may stand as near."""
    tall = np.flatnonzero(things.stats[1:, 3] >= LEAST_ONE * height) + 1
    own = tall[abs(things.middles[tall, 0] - place) <= OWN_REACH * height]
    return bool(len(own)) and all(_has_two_strokes(things, int(one), height) for one in own)


def _has_two_strokes(things: Things, own: int, height: int) -> bool:
    """Whether two strokes of a thing stand beside each other below where a 1 has its flag."""
    left, top, wide, high, _ = (int(value) for value in things.stats[own])
    if wide > WIDEST_ONE * height:
        return False
    rows = things.labels[top + round(FLAG * high) : top + high, left : left + wide] == own
    strokes = rows[:, 0].astype(int) + (~rows[:, :-1] & rows[:, 1:]).sum(axis=1)
    return int((strokes > 1).sum()) >= max(LEAST_ROWS, BESIDE * high)
