"""Choices with tick boxes: each box as its pixels tell, in its place among the words that stand beside it.

Recognisers drop ☑ and read □ as 口; so the boxes are looked for on the page, and what stands between them is read anew.
They count where the words of a choice then stand behind them, which a narrow cell breaks over several lines.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from extractors.ink import DARK, LEAST_SPOT, overlooks_ink
from extractors.layout import Rect
from extractors.ocr import ReadText, read_lines
from extractors.pieces import Desk, Piece, crop_of, places_of_letters, rows_of
from extractors.roomy import settled
from extractors.ticks import TickBox, bare_marks, framed_boxes, stands_apart
from extractors.twice import trimmed
from gengang.characters import todays_form
from gengang.sheet import squeezed

Pixels = npt.NDArray[np.uint8]
Texts = Sequence[ReadText]
Words = Sequence[str]

# How recognisers read a box, ticked or not; all are dropped before two readings around boxes are compared.
BOX_LIKE = str.maketrans("", "", "□☐☑☒√✓✔■口囗V")
MOST_BETWEEN = 3  # letters that recognisers make of a box between two words of a choice
LEAST_ROOM = 0.3  # of a line's height: in less beside a box stands no letter
ALIKE = 0.85  # of the largest box of a choice, as large are the others in one face
SIDES_BELOW = (170, 200, 220)  # how dark the sides of boxes are, from clear print to a blurred picture


def with_boxes(pieces: Sequence[Piece], desk: Desk) -> tuple[Piece, ...]:
    """Pieces that were read, those of a choice with its boxes in place; one that nobody can judge is doubtful."""
    settled: dict[Rect, Piece] = {}
    for home in sorted({piece.home for piece in pieces}):
        text = [piece for row in rows_of([piece for piece in pieces if piece.home == home]) for piece in row]
        for held in _holding(text, desk.known.options):
            settled |= {piece.rect: piece for piece in _with_all_boxes(held, desk)}
    return tuple(settled.get(piece.rect) or _with_ticks(piece, _inside(piece, desk.ticks), desk) for piece in pieces)


@dataclass(frozen=True, slots=True)
class _Said:
    """What stands before, between and behind the boxes of a piece, as both recognisers read it.

    missed: whether they passed over ink there.
    """

    first: Texts
    second: Texts
    missed: Sequence[bool]


# --- choices whose words stand in a text ---


@dataclass(frozen=True, slots=True)
class _Held:
    """Pieces that follow each other and hold whole choices.

    words: of these choices, each with whether it is the last of its own; before: the piece before them, where the first
    word stands at the head of its line, so that its box may stand there.
    """

    pieces: tuple[Piece, ...]
    words: tuple[tuple[str, bool], ...]
    before: tuple[Piece, ...] = ()


def _holding(text: Sequence[Piece], options: Sequence[Words]) -> Iterator[_Held]:
    """The choices in a text, those that share a piece together."""
    ends = list(accumulate(len(squeezed(piece.text)) for piece in text))
    jobs: list[tuple[int, int, tuple[tuple[str, bool], ...], bool]] = []
    for start, end, words in _choices_in("".join(_plain(piece.text) for piece in text), options):
        first, last = bisect_right(ends, start), bisect_left(ends, end)
        leads = first > 0 and start == ends[first - 1]
        told = tuple((word, word == words[-1]) for word in words)
        if jobs and first <= jobs[-1][1]:
            first, _, before, leads = jobs.pop()
            told = before + told
        jobs.append((first, last, told, leads))
    for first, last, told, leads in jobs:
        yield _Held(tuple(text[first : last + 1]), told, tuple(text[first - 1 : first]) if leads else ())


def _choices_in(text: str, options: Sequence[Words]) -> list[tuple[int, int, Words]]:
    """Where the words of a choice follow each other with little between them, the longest choice that does."""
    found: list[tuple[int, int, Words]] = []
    choices = {tuple(squeezed(word) for word in choice) for choice in options if len(choice) > 1}
    for words in sorted(choices, key=lambda words: (-len(words), -len("".join(words)), words)):
        places = re.finditer(f".{{0,{MOST_BETWEEN}}}?".join(map(re.escape, words)), text)
        found += [(*place.span(), words) for place in places
                  if all(place.end() <= start or end <= place.start() for start, end, _ in found)]  # fmt: skip
    return sorted(found)


def _with_all_boxes(held: _Held, desk: Desk) -> Sequence[Piece]:
    """The pieces with their boxes; none of them where the words do not stand behind boxes, each by itself."""
    for pieces in (held.pieces, (*held.before, *held.pieces)) if held.before else (held.pieces,):
        for boxes in _tries(pieces, len(held.words), desk):
            said = [_boxed(piece, own, desk.page) for piece, own in zip(pieces, boxes, strict=True)]
            if _names(_joined([one.first for one in said]), held.words):
                words = {word for word, _ in held.words}
                return [_with_boxes(piece, own, _printed(one, words)) if own else piece
                        for piece, own, one in zip(pieces, boxes, said, strict=True)]  # fmt: skip
    return ()


def _tries(pieces: Sequence[Piece], wanted: int, desk: Desk) -> Iterator[Sequence[Sequence[TickBox]]]:
    """What may be the boxes of some pieces, so many of them.

    Those that were measured; squares, whatever a pen drew through them, that are as large as the largest, or that stand
    apart from letters, of which one too many may be a part: 过 and 课 have squares; these and a mark without a box.
    """
    tried: list[Sequence[Sequence[TickBox]]] = []
    for boxes in _guesses(pieces, wanted, desk):
        if sum(map(len, boxes)) == wanted and boxes not in tried:
            tried.append(boxes)
            yield boxes


def _guesses(pieces: Sequence[Piece], wanted: int, desk: Desk) -> Iterator[Sequence[Sequence[TickBox]]]:
    yield [_inside(piece, desk.ticks) for piece in pieces]
    for below in SIDES_BELOW:
        found = [framed_boxes(desk.page, piece.rect, below) for piece in pieces]
        side = max((box.rect.width for own in found for box in own), default=0.0)
        yield [[box for box in own if box.rect.width >= ALIKE * side] for own in found]
        apart = [[box for box in own if stands_apart(desk.page, box, below)] for own in found]
        yield apart
        for odd in (box for own in apart for box in own if sum(map(len, apart)) == wanted + 1):
            yield [[box for box in own if box is not odd] for own in apart]
    for below in SIDES_BELOW:
        found = [framed_boxes(desk.page, piece.rect, below) for piece in pieces]
        apart = [[box for box in own if stands_apart(desk.page, box, below)] for own in found]
        yield from _with_bare_marks(pieces, apart, wanted, desk)


def _with_bare_marks(
    pieces: Sequence[Piece], boxes: Sequence[Sequence[TickBox]], wanted: int, desk: Desk
) -> Iterator[Sequence[Sequence[TickBox]]]:
    """The boxes and one mark that stands without any, where they are one too few."""
    every = [box for own in boxes for box in own]
    if len(every) != wanted - 1:
        return
    for number, piece in enumerate(pieces):
        for mark in bare_marks(desk.page, piece.rect, every):
            yield [sorted((*own, mark), key=lambda box: box.rect.left) if at == number else own
                   for at, own in enumerate(boxes)]  # fmt: skip


def _printed(said: _Said, words: Collection[str]) -> _Said:
    """A form's own words are read once, and a pen that ticks their boxes may reach into them."""
    own = [_plain(one.text) in words for one in said.first]
    first = [replace(one, text="".join(map(todays_form, one.text))) if printed else one
             for printed, one in zip(own, said.first, strict=True)]  # fmt: skip
    second = [one if printed else two for printed, one, two in zip(own, first, said.second, strict=True)]
    return _Said(first, second, [odd and not printed for printed, odd in zip(own, said.missed, strict=True)])


def _joined(texts: Sequence[Texts]) -> list[str]:
    """What stands before the first box of a text, between its boxes, and behind the last; pieces run on."""
    said = [""]
    for first, *others in texts:
        said[-1] += _plain(first.text)
        said += [_plain(one.text) for one in others]
    return said


def _plain(text: str) -> str:
    """A text without blanks, in today's letters: a poor copy of 学 is read as 學."""
    return "".join(map(todays_form, squeezed(text)))


def _names(said: Sequence[str], words: Sequence[tuple[str, bool]]) -> bool:
    """Whether a word stands behind each box, alone but for the last of a choice, behind which other text begins."""
    return all(text.startswith(word) if last else text == word
               for text, (word, last) in zip(said[1:], words, strict=True))  # fmt: skip


# --- any boxes of a line ---


def _with_ticks(piece: Piece, ticks: Sequence[TickBox], desk: Desk) -> Piece:
    """The line with its boxes as measured, where they really are boxes: what stands between them must be its text."""
    if not ticks or (desk.known.options and not _shows_word(piece, desk.known.options)):
        return piece  # 口 is a square too
    said = _boxed(piece, ticks, desk.page)
    if _bare("".join(one.text for one in said.first)) != _bare(piece.text):
        return piece
    words = {squeezed(word) for choice in desk.known.options for word in choice}
    seen = _Said(said.first, said.second, _printed(said, words).missed)
    return _with_boxes(piece, ticks, seen) if _beside_words(said.first, desk.known.options) else piece


def _shows_word(piece: Piece, options: Sequence[Words]) -> bool:
    return any(squeezed(word) in squeezed(piece.text) for words in options for word in words)


def _inside(piece: Piece, ticks: Sequence[TickBox]) -> list[TickBox]:
    return sorted((tick for tick in ticks if piece.rect.holds(tick.rect.centre)), key=lambda tick: tick.rect.left)


def _boxed(piece: Piece, ticks: Sequence[TickBox], page: Pixels) -> _Said:
    if not ticks:
        return _Said((ReadText(piece.text, 1.0),), (ReadText(piece.second or "", 1.0),), (False,))
    rects = _between(piece.rect, ticks)
    lines = [crop_of(page, Piece(rect, piece.home)) for rect in rects]
    first, second = read_lines(lines), read_lines([trimmed(line) for line in lines], "second")
    said = [(settled(one), two) if rect.width >= LEAST_ROOM * rect.height else (ReadText("", 1.0),) * 2
            for rect, one, two in zip(rects, first, second, strict=True)]  # fmt: skip
    missed = [_passes_over(line, one) for line, (one, _) in zip(lines, said, strict=True)]
    return _Said([one for one, _ in said], [two for _, two in said], missed)


def _passes_over(line: Pixels, read: ReadText) -> bool:
    """Whether ink stands on a part of a line where nobody read anything."""
    if not read.text:
        return line.size > 0 and bool((line[:, :, 0] < DARK).sum() >= LEAST_SPOT)
    return overlooks_ink(line, places_of_letters(read), read.steps, read.places)


def _between(rect: Rect, ticks: Sequence[TickBox]) -> list[Rect]:
    """The frames before, between and behind the boxes."""
    starts = [rect.left, *(tick.rect.right + 1 for tick in ticks)]
    ends = [*(tick.rect.left - 1 for tick in ticks), rect.right]
    return [replace(rect, left=start, right=max(start, end)) for start, end in zip(starts, ends, strict=True)]


def _beside_words(texts: Texts, options: Sequence[Words]) -> bool:
    """Whether a word of some choice stands before or behind each box; any does where no choice is known."""
    words = tuple(squeezed(word) for choice in options for word in choice)
    said = [squeezed(one.text) for one in texts]
    return not words or all(one.endswith(words) or two.startswith(words) for one, two in pairwise(said))


def _with_boxes(piece: Piece, ticks: Sequence[TickBox], said: _Said) -> Piece:
    one, two = _woven(said.first, ticks), _woven(said.second, ticks)
    return replace(
        piece,
        text=one.text,
        each=tuple(map(min, one.each, two.each)) if len(one.each) == len(two.each) else (0.0,) * len(one.text),
        second=two.text,
        confidence=min((text.confidence for text in said.first if text.text), default=1.0),
        doubtful=any(not (tick.mark and tick.sure) for tick in ticks) or any(said.missed),
    )


def _woven(texts: Texts, ticks: Sequence[TickBox]) -> ReadText:
    """The texts with the boxes between them, which are sure."""
    woven, each = texts[0].text, texts[0].each
    for tick, text in zip(ticks, texts[1:], strict=True):
        box = f" {tick.mark}"
        woven, each = woven + box + text.text, (*each, *(1.0 for _ in box), *text.each)
    start = len(woven) - len(woven.lstrip())
    return ReadText(woven.strip(), 1.0, each[start : start + len(woven.strip())])


def _bare(text: str) -> str:
    return "".join(text.split()).translate(BOX_LIKE)
