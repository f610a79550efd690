"""One line read by two recognisers that were trained apart, and by both again where they are not quite sure.

A letter is as sure as each of the two is where it sees it best, and of the two as the less sure: what one look at a
line shows poorly, the same line a little larger, or with more white around it, may show well.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

import cv2
import numpy as np
import numpy.typing as npt

from extractors.bitmap import as_colour
from extractors.noughts import noughts_in
from extractors.ocr import Reader, ReadText, read_lines
from extractors.points import lifted_points
from extractors.policy import SAME_WIDTH, folded
from extractors.roomy import settled
from extractors.sureness import SURE_OF_RARE, doubted, sure_of
from extractors.unseen import broken_fours, mistaken_marks
from extractors.words import mended
from gengang.characters import todays_form
from gengang.codecs import HAN
from gengang.sheet import squeezed

Pixels = npt.NDArray[np.uint8]

SHARPENED_SCALE = 1.6
MANY_FIGURES, WIDE = 8, 1.7
# Of the least certain letter: over the first a further look may confirm it, from the second on make it as sure as the
# last; what is as sure as that by itself needs none. A short line may be a name, which has to be surer.
UNSURE, NEARLY_SURE, QUITE_SURE = 0.5, 0.95, 0.98
NO_NAME_S = 0.94  # enough for a letter of a word, not for one of a name (extractors.policy)
SHORT = 16  # letters; looking at a long line again and again costs more than a person
WORDLESS = 0.9  # a letter less sure is another where that makes a word
SHORTEST_LABEL = 2
_HAN = re.compile(f"[{HAN}]")
_FIGURES_SAID = frozenset("〇○零一二三四五六七八九十")
# Figures need not be as sure as a name.
_NO_WORDS = re.compile(r"[\d\s.,:/~()（），：年月日至到时分元节天次—–-]*")
INKED = 160
RIM = 12  # pixels of white that stay beside a line's ink: cut closer the second recogniser reads otherwise, less surely
OTHER_LINE = 0.5  # of the line's height: what a crop holds of another line at most
# In its heights: a crop so wide holds two letters, and the dots on top of one of them are not white apart from the rest
# of the line; of a shorter one the first recogniser sees all.
LONG = 1.6
WHITE_ABOVE, WHITE_BESIDE = 6, 12  # pixels that a roomy line has more
FRAME_ABOVE, FRAME_BESIDE = 4, 8  # pixels of white around a framed one


@dataclass(frozen=True, slots=True)
class Twice:
    """What a line says to both. each: of every letter of the first reading, as sure as both are of it."""

    one: ReadText
    two: ReadText
    each: tuple[float, ...]


def read_twice(lines: Sequence[Pixels], printed: Collection[str] = ()) -> list[Twice]:
    """Each line, pixels (height, width, 3), in order. printed: words, `squeezed`, that one reading is enough for."""
    lines = [alone(line) for line in lines]
    seen = _with_all_figures(lines, read_lines(lines))
    first = [in_todays_letters(settled(one, line), printed) for one, line in zip(seen, lines, strict=True)]
    read = [Twice(one, one, one.each) for one in first]
    again = [number for number, one in enumerate(first) if squeezed(one.text) not in printed]
    seconds = _second_readings([first[number] for number in again], [lines[number] for number in again])
    for number, one in _alone_after_all({n: (first[n], two, lines[n]) for n, two in zip(again, seconds, strict=True)}):
        first[number] = one
    old: dict[int, frozenset[int]] = {}
    for number, seen_by_second in zip(again, seconds, strict=True):
        two = in_letters_of(first[number], seen_by_second, NO_NAME_S)
        old[number] = _seen_as_old(first[number].text, seen_by_second)
        read[number] = Twice(first[number], two, _less_sure(first[number], _letters_in(first[number], two)))
    unsure = [number for number in again if _asks_for_a_look(read[number])]
    for number, each in zip(unsure, _looked_at([read[n] for n in unsure], [lines[n] for n in unsure]), strict=True):
        read[number] = replace(read[number], each=each)
    read = [replace(one, each=_no_name_s(one.each, old.get(number, ()))) for number, one in enumerate(read)]
    told = [with_ink_of_others(with_noughts(one, line), line) for one, line in zip(read, lines, strict=True)]
    return [with_words(one, printed) for one in told]


def with_ink_of_others(read: Twice, line: Pixels) -> Twice:
    """The line with each letter not sure whose ink is another's: a point that is left of a figure, a ； read ：, a ，
    read ；, and a 1 that was a 4.
    """
    others = lifted_points(read.one, line) | mistaken_marks(read.one, line) | broken_fours(read.one, line)
    each = tuple(_signed(min(sure_of(own, True), UNSURE), own) if at in others else own
                 for at, own in enumerate(read.each))  # fmt: skip
    return replace(read, each=each) if others else read


def with_noughts(read: Twice, line: Pixels) -> Twice:
    """The line with each 〇 of a year quite sure where a ring stands: no other figure is one.

    So it is where the second reads all but its rings, as it often does; one of which it reads another letter is not.
    """
    rings = noughts_in(read.one, line)
    rest = "".join(char for at, char in enumerate(read.one.text) if at not in rings)
    left_out = bool(rings) and folded(rest) == folded(read.two.text)
    each = tuple(max(own, QUITE_SURE) if at in rings and (own > 0 or left_out) else own
                 for at, own in enumerate(read.each))  # fmt: skip
    two = replace(read.two, text=read.one.text, each=(), others=()) if left_out else read.two
    return replace(read, two=two, each=each) if rings else read


def in_todays_letters(read: ReadText, printed: Collection[str]) -> ReadText:
    """A line in today's letters where these are the form's own words: a poor copy of 别 is read as 別."""
    today = "".join(map(todays_form, read.text))
    return replace(read, text=today) if squeezed(today) in printed else read


def with_words(read: Twice, printed: Collection[str]) -> Twice:
    """The line with letters in doubt as they make words, or the form's own words; such a letter is not sure at all."""
    one = read.one
    in_doubt = [sure_of(each, True) < WORDLESS for each in read.each]
    if not any(in_doubt) or squeezed(one.text) in printed or len(one.others) != len(one.text):
        return read
    others = [other if doubt else "" for other, doubt in zip(_others_in(one, read.two), in_doubt, strict=True)]
    text = _as_word_of_form(one.text, others, printed) or mended(one.text, others)
    each = tuple(own if char == was else 0.0 for own, char, was in zip(read.each, text, one.text, strict=True))
    return replace(read, one=replace(one, text=text), each=each)


def _others_in(one: ReadText, two: ReadText) -> Iterator[str]:
    """For each Chinese letter of the first what it may be instead, that of the second first.

    Nothing for a figure: any other makes a word as well.
    """
    theirs = [""] * len(one.text)
    matcher = SequenceMatcher(None, one.text.translate(SAME_WIDTH), two.text.translate(SAME_WIDTH), autojunk=False)
    known = two.others if len(two.others) == len(two.text) else ("",) * len(two.text)
    for _, start, end, begin, last in matcher.get_opcodes():
        if end - start == last - begin:
            theirs[start:end] = [
                char + more for char, more in zip(two.text[begin:last], known[begin:last], strict=True)
            ]
    for own, ours, other in zip(one.text, one.others, theirs, strict=True):
        kept = (char for char in dict.fromkeys(other[:1] + ours + other[1:]) if _HAN.match(char) and char != own)
        yield "".join(kept) if _HAN.match(own) and own not in _FIGURES_SAID else ""


def _as_word_of_form(text: str, others: Sequence[str], printed: Collection[str]) -> str:
    """The one of the form's words that the text may be, or nothing."""
    possible = [
        word for word in printed if len(word) == len(text) >= SHORTEST_LABEL
        and all(char == own or char in other for char, own, other in zip(word, text, others, strict=True))
    ]  # fmt: skip
    return possible[0] if len(possible) == 1 else ""


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
    """What the second recogniser reads; where it reads something else, it looks again, at the line drawn otherwise.

    Without white around them it takes letters for their old forms, 静 for 靜, and of black and white it sees the steps.
    """
    read = list(read_lines([trimmed(line) for line in lines], "second"))
    for drawn, least in ((_sharpened, 0), (_framed, 0), (_softened, 0), (_drawn_wide, MANY_FIGURES)):
        apart = [number for number, (one, two) in enumerate(zip(first, read, strict=True))
                 if not _alike(one, two) and _figures(one) >= least]  # fmt: skip
        again = [drawn(trimmed(lines[number])) for number in apart]
        for number, two in zip(apart, read_lines(again, "second"), strict=True):
            if _alike(first[number], two):
                read[number] = two
    return read


def _alone_after_all(read: Mapping[int, tuple[ReadText, ReadText, Pixels]]) -> Iterator[tuple[int, ReadText]]:
    """Short lines that both read alike without what their crops hold of other lines: so a person is asked about them.

    read: by number what both read, and the line. Cutting might have taken a letter's own dots.
    """
    apart = {number: own for number, (one, two, line) in read.items()
             if not _alike(one, two) and (own := _own_rows(line)).shape != line.shape}  # fmt: skip
    for (number, own), one in zip(apart.items(), read_lines(list(apart.values())), strict=True):
        settled_one = settled(one, own)
        if _alike(settled_one, read[number][1]):
            yield number, replace(settled_one, each=tuple(_signed(min(sure_of(each, True), UNSURE), each)
                                                          for each in settled_one.each))  # fmt: skip


def _alike(one: ReadText, two: ReadText) -> bool:
    return folded(one.text) == folded(two.text)


# --- further looks ---


def _asks_for_a_look(read: Twice) -> bool:
    wanted = QUITE_SURE if len(read.one.text) > SHORT else SURE_OF_RARE
    if _NO_WORDS.fullmatch(read.one.text):
        wanted = NEARLY_SURE
    return bool(read.each) and UNSURE < min(sure_of(each, True) for each in read.each) < wanted


def _looked_at(read: Sequence[Twice], lines: Sequence[Pixels]) -> list[tuple[float, ...]]:
    """How sure each letter is after the first recogniser saw the ink alone; of short lines both see it in more ways."""
    sharp = _looks(_sharpened, "first", lines, range(len(lines)))
    third = {number: in_letters_of(read[number].one, look) for number, look in sharp.items()}
    settled_by = {number: sure_by(one, third[number]) for number, one in enumerate(read)}
    found = [tuple(_signed(max(sure_of(own, True), settled_by[number]), own) for own in one.each) if settled_by[number]
             else doubted_where_apart(one, third[number]) for number, one in enumerate(read)]  # fmt: skip
    short = [number for number, one in enumerate(read) if settled_by[number] and len(one.one.text) <= SHORT]
    more = _looked_at_more([read[n] for n in short], [found[n] for n in short], [third[n] for n in short],
                           [lines[n] for n in short])  # fmt: skip
    for number, each in zip(short, more, strict=True):
        found[number] = each
    return [no_name_s_where_old(replace(one, each=each), sharp[number])
            for number, (one, each) in enumerate(zip(read, found, strict=True))]  # fmt: skip


def _looked_at_more(
    read: Sequence[Twice], each: Sequence[tuple[float, ...]], third: Sequence[ReadText], lines: Sequence[Pixels]
) -> list[tuple[float, ...]]:
    """How sure each letter is as both see the lines in more ways, until all are as sure as any has to be."""
    found = list(each)
    by_first, by_second = [[look] for look in third], [list[ReadText]() for _ in third]
    for drawn in (_sharpened, _roomy, _framed):
        left = [number for number, own in enumerate(found) if min(sure_of(one, True) for one in own) < SURE_OF_RARE]
        if drawn is not _sharpened:  # so the first has seen it
            for number, look in _looks(drawn, "first", lines, left).items():
                by_first[number].append(look)
        for number, look in _looks(drawn, "second", lines, left).items():
            by_second[number].append(look)
            found[number] = _surest(read[number], each[number], by_first[number], by_second[number])
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


def in_letters_of(read: ReadText, look: ReadText, most: float = UNSURE) -> ReadText:
    """Another look with the letters that were read where it sees their old forms, of which it is so sure at most.

    Drawn in black and white 静 is seen as 靜 and 贯 as 貫, and by the second recogniser a hand's 级 as 級: that is no
    other letter of a word, and makes none beside it less sure.
    """
    old = _seen_as_old(read.text, look)
    if not old:
        return look
    text = "".join(
        own if at in old else other for at, (own, other) in enumerate(zip(read.text, look.text, strict=True))
    )
    each = tuple(min(sure, most) if at in old else sure for at, sure in enumerate(look.each))
    return replace(look, text=text, each=each)


def no_name_s_where_old(read: Twice, look: ReadText) -> tuple[float, ...]:
    """How sure each letter is where one of which a further look saw the old form is as sure as a word's at most, unless
    both are as sure of it as of a rare one.

    In a word it is no other letter. 强 in a name may be 強, though, and the roster's or a person's is the name.
    """
    old = _seen_as_old(read.one.text, look)
    return _no_name_s(read.each, {at for at in old if sure_of(read.each[at], True) < SURE_OF_RARE})


def _no_name_s(each: Sequence[float], places: Collection[int]) -> tuple[float, ...]:
    """How sure letters are, at some places no surer than one of a word has to be."""
    return tuple(_signed(min(sure_of(own, True), NO_NAME_S), own) if at in places else own
                 for at, own in enumerate(each))  # fmt: skip


def _seen_as_old(text: str, look: ReadText) -> frozenset[int]:
    """The places at which a further look sees the old form of a letter; none where it has more letters or fewer."""
    if len(look.text) != len(text):
        return frozenset()
    return frozenset(at for at, (own, other) in enumerate(zip(text, look.text, strict=True))
                     if other != own and todays_form(other) == own)  # fmt: skip


def doubted_where_apart(read: Twice, three: ReadText) -> tuple[float, ...]:
    """How sure each letter is after a third look that read another line: those that differ are not."""
    kept = _letters_in(read.one, three)
    return tuple(own if one >= UNSURE else _signed(min(sure_of(own, True), UNSURE), own)
                 for own, one in zip(read.each, kept, strict=True))  # fmt: skip


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
    """The line without the white before and behind it, in which the second recogniser loses its way, and alone."""
    own = _own_rows(line)
    columns = np.nonzero((own < INKED).any(axis=2).any(axis=0))[0] if own.size else np.zeros(0)
    if not columns.size:
        return own
    return np.ascontiguousarray(own[:, max(0, int(columns[0]) - RIM) : int(columns[-1]) + 1 + RIM])


def alone(line: Pixels) -> Pixels:
    """A line of several letters without what its crop holds of other lines; of one letter it may be its own dots."""
    return _own_rows(line) if line.size and line.shape[1] >= LONG * len(line) else line


def _own_rows(line: Pixels) -> Pixels:
    """The line without what its crop holds of the lines above and below: low ink at the rim, white between."""
    if not line.size:
        return line
    rows = np.flatnonzero(np.any(line < INKED, axis=(1, 2)))
    bands = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)
    if len(bands) < 2:
        return line
    low = OTHER_LINE * max(len(band) for band in bands)
    first = int(bands[1][0]) - 1 if bands[0][0] == 0 and len(bands[0]) <= low else 0
    last = int(bands[-2][-1]) + 2 if bands[-1][-1] == len(line) - 1 and len(bands[-1]) <= low else len(line)
    return np.ascontiguousarray(line[first:last])


def _roomy(line: Pixels) -> Pixels:
    """The line with more of what is around it."""
    return _bordered(line, WHITE_ABOVE, WHITE_BESIDE, cv2.BORDER_REPLICATE)


def _framed(line: Pixels) -> Pixels:
    """The line with white around it."""
    return _bordered(line, FRAME_ABOVE, FRAME_BESIDE, cv2.BORDER_CONSTANT)


def _bordered(line: Pixels, above: int, beside: int, kind: int) -> Pixels:
    if not line.size:
        return line
    framed = cv2.copyMakeBorder(line, above, above, beside, beside, kind, value=(255, 255, 255))
    return np.asarray(framed, dtype=np.uint8)


def _softened(line: Pixels) -> Pixels:
    """The line without the steps that black and white make of a slope."""
    return np.asarray(cv2.GaussianBlur(line, (5, 5), 1.0), dtype=np.uint8) if line.size else line


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
