"""Marks and blanks of a recognised line: a mark's width is measured by the room it takes, a blank beside Han is none.

Recognisers write （ or ( as it comes. Where the room does not tell, the mark is what Chinese text has, and in doubt.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

import numpy as np
import numpy.typing as npt

from extractors.brackets import has_own_white, is_wide_bracket
from extractors.latinblanks import in_doubt
from extractors.ocr import MARKS_OF_TWO_WIDTHS, ReadText
from extractors.sureness import doubted
from gengang.codecs import HAN

Pixels = npt.NDArray[np.uint8]

WIDE_OF = dict(MARKS_OF_TWO_WIDTHS)
NARROW_OF = {wide: narrow for narrow, wide in WIDE_OF.items()}
CLOSING, BRACKETS = "）)", "（）()"
# In widths of a Chinese character: what a mark takes when it is wide, with no blank beside it, and at most when narrow.
WIDE_FROM, WIDE_TO, NARROW_TO = 0.75, 1.2, 0.55
LEAST_PAIRS = 2
WIDEST_APART = 1.4
HARD_MARKS, SURE_OF_HARD = frozenset("：；"), 0.99  # in a poor picture one is read as the other
_HAN = re.compile(f"[{HAN}]")
_BESIDE_HAN = re.compile(rf"(?<=[{HAN}，。、；：！？）》”①-⑳])[ \u3000]+|[ \u3000]+(?=[{HAN}（《“①-⑳])")


def settled(read: ReadText, line: Pixels | None = None) -> ReadText:
    """The line with its marks in their width and without blanks that are none; what is in doubt is not sure at all.

    line: the pixels (height, width, 3) that were read, which show how wide brackets are.
    """
    if len(read.places) != len(read.text):
        return read
    read = _with_doubts(read, in_doubt(read, line))
    by_ink = {} if line is None else dict(_shown_widths(read, line))
    certain = frozenset() if line is None else _certainly_wide(read, line, by_ink)
    return _without_blanks(_with_widths(_with_gaps(read), by_ink, certain), certain)


def _with_doubts(read: ReadText, numbers: Collection[int]) -> ReadText:
    return replace(read, each=tuple(doubted(each) if n in numbers else each for n, each in enumerate(read.each)))


def _shown_widths(read: ReadText, line: Pixels) -> Iterator[tuple[int, bool]]:
    """The number of each bracket of which its ink and that of the other of its pair say whether they are wide."""
    for number, char in enumerate(read.text):
        opened = _opening(read.text, number) if char in CLOSING else None
        if opened is None or not read.steps:
            continue
        step = line.shape[1] / read.steps
        ends = number == len(read.text) - 1  # with nothing behind it its own room is not seen
        opening = is_wide_bracket(line, (read.places[opened] + 0.5) * step, True)
        closing = opening if ends else is_wide_bracket(line, (read.places[number] + 0.5) * step, False)
        pair = [opening, closing]
        if pair == [True, True] or (False in pair and True not in pair):
            yield from ((one, pair[0] is True) for one in (opened, number))


def _certainly_wide(read: ReadText, line: Pixels, by_ink: Mapping[int, bool]) -> frozenset[int]:
    """Those of the wide brackets beside which only their own white is; one that ends the line is as the other."""
    step = line.shape[1] / max(read.steps, 1.0)
    certain: set[int] = set()
    for number in sorted(number for number, wide in by_ink.items() if wide):
        opened = _opening(read.text, number) if number == len(read.text) - 1 else None
        middle = (read.places[number] + 0.5) * step
        if opened in certain or (opened is None and has_own_white(line, middle, read.text[number] not in CLOSING)):
            certain.add(number)
    return frozenset(certain)


def _with_gaps(read: ReadText) -> ReadText:
    """Two Chinese characters with room for another between them: a dot may be lost there."""
    unit, each = _unit(read), list(read.each)
    if unit is None:
        return read
    for number, (one, two) in enumerate(pairwise(read.places)):
        both = _HAN.match(read.text[number]) and _HAN.match(read.text[number + 1])
        if both and two - one > WIDEST_APART * unit:
            each[number] = doubted(each[number])
    return replace(read, each=tuple(each))


def _with_widths(read: ReadText, by_ink: Mapping[int, bool], certain: Collection[int]) -> ReadText:
    letters, each = list(read.text), list(read.each)
    unit = _unit(read)
    for number, char in enumerate(read.text):
        if char not in WIDE_OF and char not in NARROW_OF:
            continue
        # A blank beside it may be the white of a wide one.
        beside = read.text[:number].rstrip()[-1:] + read.text[number + 1 :].lstrip()[:1]
        opened = _opening(letters, number) if char in CLOSING else None
        if not any(map(_is_wide, beside.replace(char, ""))) and (opened is None or letters[opened] != "（"):
            continue
        wide = by_ink.get(number, _is_measured_wide(read, number, unit))
        if wide is None and opened is not None and (each[opened] >= 0 or letters[opened] == "("):
            wide = letters[opened] == "（"
        read_wide = char not in WIDE_OF and char not in BRACKETS and wide is None
        if not (read_wide or number in certain or (wide is True and number not in by_ink)):
            each[number] = doubted(each[number])  # beside Chinese few type a narrow one, and bent paper shows it
        letters[number] = NARROW_OF.get(char, char) if wide is False else WIDE_OF.get(char, char)
        if letters[number] in HARD_MARKS and 0 <= each[number] < SURE_OF_HARD:
            each[number] = doubted(each[number])
    return replace(read, text="".join(letters), each=tuple(each))


def _opening(letters: Sequence[str], number: int) -> int | None:
    """Where the bracket stands that this one closes."""
    return next((before for before in range(number - 1, -1, -1) if letters[before] in "（("), None)


def _unit(read: ReadText) -> float | None:
    """Steps from one Chinese character to the next; None where too few stand evenly side by side."""
    pairs = zip(pairwise(read.text), pairwise(read.places), strict=True)
    steps = [two - one for (left, right), (one, two) in pairs if _HAN.match(left) and _HAN.match(right)]
    if len(steps) < LEAST_PAIRS:
        return None
    usual = median(steps)
    near = [step for step in steps if 0.6 * usual <= step <= 1.5 * usual]
    return sum(near) / len(near) if near else None


def _is_measured_wide(read: ReadText, number: int, unit: float | None) -> bool | None:
    """From the middle of the character before it to that of the one behind it."""
    first, last = number - 1, number + 1
    first -= read.text[first : first + 1].isspace()  # a blank that was read there is as likely the mark's own room
    last += read.text[last : last + 1].isspace()
    if unit is None or first < 0 or last >= len(read.text):
        return None
    before, behind = read.text[first], read.text[last]
    if any(one in WIDE_OF or one in NARROW_OF for one in (before, behind)):
        return None
    taken = (read.places[last] - read.places[first]) / unit - (_width(before) + _width(behind)) / 2
    return True if WIDE_FROM <= taken <= WIDE_TO else False if taken <= NARROW_TO else None


def _is_wide(char: str) -> bool:
    return not char.isascii()


def _width(char: str) -> float:
    return 0.5 if char.isascii() else 1.0


def _without_blanks(read: ReadText, certain: Collection[int]) -> ReadText:
    """A blank beside Chinese text may be the room that print leaves there: it is taken out, and its neighbours doubted.

    Between two Chinese characters none counts in any value, and nothing is in doubt. certain: brackets, by number,
    beside which there is no more white than is their own.
    """
    kept, each = list(range(len(read.text))), list(read.each)
    for blank in reversed(list(_BESIDE_HAN.finditer(read.text))):
        ends = read.text[blank.start() - 1 : blank.start()] + read.text[blank.end() : blank.end() + 1]
        if len(ends) == 2 and not all(_HAN.match(one) for one in ends):
            if not _is_white_of_bracket(read.text, blank.start(), blank.end(), certain):
                each[blank.start() - 1] = doubted(each[blank.start() - 1])
            del kept[blank.start() : blank.end()]
    return replace(read, text="".join(read.text[n] for n in kept), each=tuple(each[n] for n in kept),
                   places=tuple(read.places[n] for n in kept),
                   others=tuple(read.others[n] for n in kept if read.others))  # fmt: skip


def _is_white_of_bracket(text: str, start: int, end: int, certain: Collection[int]) -> bool:
    """Whether a blank is before an opening bracket or behind a closing one of which the white is its own."""
    return (end in certain and text[end] not in CLOSING) or (start - 1 in certain and text[start - 1] in CLOSING)
