"""One line read by two recognisers that were trained apart, and by both again where they are not quite sure.

A letter is as sure as each of the two is where it sees it best, and of the two as the less sure: what one look at a
line shows poorly, the same line a little larger, or with more white around it, may show well.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

import cv2
import numpy as np
import numpy.typing as npt

from extractors.bitmap import as_colour
from extractors.ocr import Reader, ReadText, read_lines
from extractors.policy import SAME_WIDTH, SURE_OF_RARE, doubted, folded, sure_of
from extractors.roomy import settled
from gengang.sheet import squeezed

Pixels = npt.NDArray[np.uint8]

SHARPENED_SCALE = 1.6
MANY_FIGURES, WIDE = 8, 1.7
# Of the least certain letter: over the first a further look may confirm it, from the second on make it as sure as the
# last; what is as sure as that by itself needs none. A short line may be a name, which has to be surer.
UNSURE, NEARLY_SURE, QUITE_SURE = 0.5, 0.95, 0.98
SHORT = 16  # letters; looking at a long line again and again costs more than a person
INKED, RIM = 160, 4
WHITE_ABOVE, WHITE_BESIDE = 6, 12  # pixels that a roomy line has more


@dataclass(frozen=True, slots=True)
class Twice:
    """What a line says to both. each: of every letter of the first reading, as sure as both are of it."""

    one: ReadText
    two: ReadText
    each: tuple[float, ...]


def read_twice(lines: Sequence[Pixels], printed: Collection[str] = ()) -> list[Twice]:
    """Each line, pixels (height, width, 3), in order. printed: words, `squeezed`, that one reading is enough for."""
    first = [settled(one, line) for one, line in zip(_with_all_figures(lines, read_lines(lines)), lines, strict=True)]
    read = [Twice(one, one, one.each) for one in first]
    again = [number for number, one in enumerate(first) if squeezed(one.text) not in printed]
    seconds = _second_readings([first[number] for number in again], [lines[number] for number in again])
    for number, two in zip(again, seconds, strict=True):
        read[number] = Twice(first[number], two, _less_sure(first[number], _letters_in(first[number], two)))
    unsure = [number for number in again if _asks_for_a_look(read[number])]
    for number, each in zip(unsure, _looked_at([read[n] for n in unsure], [lines[n] for n in unsure]), strict=True):
        read[number] = replace(read[number], each=each)
    return read


def _letters_in(one: ReadText, other: ReadText) -> tuple[float, ...]:
    """For each letter of the first how sure the other is of it: not at all where it has another."""
    each = [0.0 if not char.isspace() else 1.0 for char in one.text]
    matcher = SequenceMatcher(None, one.text.translate(SAME_WIDTH), other.text.translate(SAME_WIDTH), autojunk=False)
    for block in matcher.get_matching_blocks():
        for at, sure in zip(range(block.a, block.a + block.size), other.each[block.b :], strict=False):
            each[at] = sure
    return tuple(each)


def _less_sure(one: ReadText, other: Sequence[float]) -> tuple[float, ...]:
    """Each letter as sure as the less sure of two; that its width is in doubt stays."""
    return tuple(_signed(min(sure_of(own, True), sure), own) for own, sure in zip(one.each, other, strict=True))


def _signed(sure: float, each: float) -> float:
    return sure if each >= 0 else doubted(sure)


# --- the second recogniser ---


def _with_all_figures(lines: Sequence[Pixels], read: Sequence[ReadText]) -> list[ReadText]:
    """The readings; equal figures side by side run into one where they are narrow: such lines are drawn wide again."""
    whole = list(read)
    narrow = [number for number, one in enumerate(read) if _figures(one) >= MANY_FIGURES]
    for number, wide in zip(narrow, read_lines([_drawn_wide(lines[n]) for n in narrow]), strict=True):
        if _figures(wide) > _figures(read[number]):
            whole[number] = wide
    return whole


def _figures(read: ReadText) -> int:
    return sum(char.isdigit() for char in read.text)


def _second_readings(first: Sequence[ReadText], lines: Sequence[Pixels]) -> list[ReadText]:
    """What the second recogniser reads; where it reads something else, it looks again: at the ink alone, at it wide."""
    read = list(read_lines([trimmed(line) for line in lines], "second"))
    for drawn, least in ((_sharpened, 0), (_drawn_wide, MANY_FIGURES)):
        apart = [number for number, (one, two) in enumerate(zip(first, read, strict=True))
                 if not _alike(one, two) and _figures(one) >= least]  # fmt: skip
        again = [drawn(trimmed(lines[number])) for number in apart]
        for number, two in zip(apart, read_lines(again, "second"), strict=True):
            if _alike(first[number], two):
                read[number] = two
    return read


def _alike(one: ReadText, two: ReadText) -> bool:
    return folded(one.text) == folded(two.text)


# --- further looks ---


def _asks_for_a_look(read: Twice) -> bool:
    wanted = SURE_OF_RARE if len(read.one.text) <= SHORT else QUITE_SURE
    return bool(read.each) and UNSURE < min(sure_of(each, True) for each in read.each) < wanted


def _looked_at(read: Sequence[Twice], lines: Sequence[Pixels]) -> list[tuple[float, ...]]:
    """How sure each letter is after the first recogniser saw the ink alone; of short lines both see it in two ways."""
    third = _looks(_sharpened, "first", lines, range(len(lines)))
    short = [number for number, one in enumerate(read) if len(one.one.text) <= SHORT]
    more = [
        (third, _looks(_roomy, "first", lines, short)),
        (_looks(_sharpened, "second", lines, short), _looks(_roomy, "second", lines, short)),
    ]
    found = []
    for number, one in enumerate(read):
        settled_by = sure_by(one, third[number])
        each = tuple(_signed(_moved(sure_of(own, True), settled_by), own) for own in one.each)
        if settled_by and len(one.one.text) <= SHORT:
            by_first, by_second = ([look[number] for look in looks] for looks in more)
            each = _surest(one, each, by_first, by_second)
        found.append(each)
    return found


def _looks(
    drawn: Callable[[Pixels], Pixels], reader: Reader, lines: Sequence[Pixels], numbers: Sequence[int]
) -> dict[int, ReadText]:
    read = read_lines([drawn(trimmed(lines[number])) for number in numbers], reader)
    return dict(zip(numbers, read, strict=True))


def sure_by(read: Twice, three: ReadText) -> float:
    """How sure three equal readings are at least of every letter; not at all when the third has another."""
    if folded(read.one.text) != folded(three.text):
        return 0.0
    least = min([*(sure_of(one, True) for one in read.each), *three.each])
    return QUITE_SURE if least >= NEARLY_SURE else least if least >= UNSURE else 0.0


def _moved(letter: float, sure: float) -> float:
    """A letter's confidence after a third look that said how sure one may be."""
    return max(letter, sure) if sure else min(letter, UNSURE)


def _surest(
    read: Twice, each: Sequence[float], by_first: Sequence[ReadText], by_second: Sequence[ReadText]
) -> tuple[float, ...]:
    """Each letter as sure as each recogniser is where it sees it best, and no less than before."""
    one = [tuple(sure_of(own, True) for own in read.one.each), *(_letters_in(read.one, look) for look in by_first)]
    two = [_letters_in(read.one, look) for look in (read.two, *by_second)]
    best = map(min, map(max, zip(*one, strict=True)), map(max, zip(*two, strict=True)))
    return tuple(_signed(max(sure_of(own, True), sure), own) for own, sure in zip(each, best, strict=True))


# --- how a line is drawn ---


def _drawn_wide(line: Pixels) -> Pixels:
    return np.asarray(cv2.resize(line, None, fx=WIDE, fy=1.0, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def trimmed(line: Pixels) -> Pixels:
    """The line without the white before and behind it, in which the second recogniser loses its way."""
    columns = np.nonzero((line < INKED).any(axis=2).any(axis=0))[0] if line.size else np.zeros(0)
    if not columns.size:
        return line
    return np.ascontiguousarray(line[:, max(0, int(columns[0]) - RIM) : int(columns[-1]) + 1 + RIM])


def _roomy(line: Pixels) -> Pixels:
    """The line with more of what is around it."""
    if not line.size:
        return line
    sides = (WHITE_ABOVE, WHITE_ABOVE, WHITE_BESIDE, WHITE_BESIDE)
    return np.asarray(cv2.copyMakeBorder(line, *sides, cv2.BORDER_REPLICATE), dtype=np.uint8)


def _sharpened(line: Pixels) -> Pixels:
    """The same line cut close around its ink, enlarged and in black and white."""
    part = line[:, :, 0] if line.size else line
    inked = part < INKED
    if not inked.any():
        return line
    rows, columns = np.nonzero(inked.any(axis=1))[0], np.nonzero(inked.any(axis=0))[0]
    tight = np.ascontiguousarray(part[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
    large = cv2.resize(tight, None, fx=SHARPENED_SCALE, fy=SHARPENED_SCALE, interpolation=cv2.INTER_CUBIC)
    _, sharp = cv2.threshold(large, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    rim = max(4, round(0.12 * sharp.shape[0]))
    framed = cv2.copyMakeBorder(sharp, rim, rim, rim, rim, cv2.BORDER_CONSTANT, value=(255,))
    return as_colour(np.asarray(cv2.GaussianBlur(framed, (3, 3), 0), dtype=np.uint8))
