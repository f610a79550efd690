"""A pattern cell and the sheet's cell to the text of each field in it, with how sure its bounds are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile, zip_longest

from extractors.lines import Split, split_text
from extractors.policy import WRAP_IN_DOUBT
from gengang.codecs import CODECS, HAN
from gengang.form import PatternCell, Piece, Slot
from gengang.sheet import Cell, Line, Medium, squeezed

_FULL_LINE = 0.9  # a line this many characters short of the cell's edge was broken by the page
_SENTENCE_ENDS = frozenset("。！？；…”』」.!?;")
_HAN_CHAR = re.compile(f"[{HAN}]")
_SHORT_LINE = 2.6  # a line shorter than this many characters was ended by its writer


@dataclass(frozen=True, slots=True)
class CellText:
    """text: of one field; sure: no other reading of the cell gives it other bounds."""

    text: str
    sure: bool
    confidence: float | None = None
    agreed: bool = False


def texts_of_cell(
    pattern: PatternCell, cell: Cell, medium: Medium, typed: str | None = None
) -> Iterator[tuple[Slot, CellText]]:
    """Each field of the cell with its text. typed: what stood in the label's cell instead, if anything."""
    slots = pattern.slots
    if typed is not None and len(slots) == 1:
        yield slots[0], CellText(typed, True, _confidence(cell.lines), _agreed(cell.lines))
        return
    lines = cell.lines if medium == "word" else unwrapped(cell)
    split = _split_by_lines(pattern, lines) or _split_joined(pattern, lines)
    confidence, agreed = _confidence(cell.lines), _agreed(cell.lines)
    if split is None:
        split = _split_without_words(pattern, lines)
    for slot, text in zip(slots, split.texts, strict=True):
        sure = split.sure and not _broken_latin(slot, text, medium)
        yield slot, CellText(text, sure, confidence, agreed)


def _confidence(lines: Sequence[Line]) -> float | None:
    known = [line.confidence for line in lines if line.confidence is not None]
    return min(known) if known else None


def _agreed(lines: Sequence[Line]) -> bool:
    """Every line was read twice, and both readings are equal but for blanks and the width of marks."""
    return all(line.second is not None and squeezed(line.second) == squeezed(line.text)
               for line in lines if line.text.strip())  # fmt: skip


def _broken_latin(slot: Slot, text: str, medium: Medium) -> bool:
    """Whether a blank stood where a page broke a line beside a Latin letter or a digit, only a person can tell."""
    if medium == "word" or CODECS[slot.type.codec].closed:
        return False
    kept = [line for line in text.strip().split("\n") if line]
    return any(first[-1:].isascii() or second[:1].isascii() for first, second in pairwise(kept))


# --- splitting ---


def _split_by_lines(pattern: PatternCell, lines: Sequence[Line]) -> Split | None:
    """Paragraph by paragraph, when nobody added or removed one: then a value cannot leak into its neighbour."""
    if len(pattern.lines) != len(lines):
        return None
    texts: list[str] = []
    sure = True
    for wanted, line in zip(pattern.lines, lines, strict=True):
        if not wanted.slots:
            if squeezed(wanted.printed) != squeezed(line.text):
                return None
            continue
        split = split_text(wanted.pieces, line.text)
        if split is None:
            return None
        texts += split.texts
        sure = sure and split.sure
    return Split(tuple(texts), sure)


def _split_joined(pattern: PatternCell, lines: Sequence[Line]) -> Split | None:
    """All lines as one text: where a break must stand the pattern has one, and a field may hold more."""
    text = "\n" + "\n".join(line.text for line in lines if line.text.strip())
    pieces = _joined_pieces(pattern)
    split = split_text(pieces, text, False) or split_text(_joined_pieces(pattern, ""), text, False)
    return None if split is None else Split(split.texts, split.sure and not _are_stacked(pieces))


def _are_stacked(pieces: Sequence[Piece]) -> bool:
    """Fields of one sort with nothing but a line's end between: once a line came or went, nothing tells them apart.

    A closed field below a free one still tells itself.
    """
    return any(
        isinstance(first, Slot) and isinstance(second, Slot) and _is_line_end(between) and _sort(first) == _sort(second)
        for first, between, second in zip(pieces, pieces[1:], pieces[2:], strict=False)
    )


def _is_line_end(piece: Piece) -> bool:
    return isinstance(piece, str) and not piece.strip() and "\n" in piece


def _sort(slot: Slot) -> bool:
    return CODECS[slot.type.codec].closed


def _joined_pieces(pattern: PatternCell, line_feed: str = "\n") -> list[Piece]:
    pieces: list[Piece] = []
    for number, line in enumerate(pattern.lines):
        if not line.slots and not squeezed(line.printed):
            continue
        front = line_feed if number or line_feed else ""
        for piece in line.pieces or ("",):
            text = front + piece if isinstance(piece, str) else front
            front = ""
            if text and pieces and isinstance(pieces[-1], str):
                pieces[-1] += text
            elif text:
                pieces.append(text)
            if isinstance(piece, Slot):
                pieces.append(piece)
    return pieces


def _split_without_words(pattern: PatternCell, lines: Sequence[Line]) -> Split:
    """The printed words beside the field are gone. One closed field still says itself; all else goes to a person."""
    text = "\n".join(line.text for line in lines)
    slots = pattern.slots
    if len(slots) == 1:
        codec = CODECS[slots[0].type.codec]
        certain = codec.closed and codec.parse(text, slots[0].type.options).state == "value"
        return Split((text,), certain)
    return Split((text, *("" for _ in slots[1:])), False)


# --- lines of a page ---


def unwrapped(cell: Cell) -> tuple[Line, ...]:
    """Lines of a page as its writer's lines: a full line goes on in the next one, a short one ended there.

    In between nobody can tell, and the text carries WRAP_IN_DOUBT there.
    """
    if cell.place.box is None or any(line.box is None for line in cell.lines):
        return cell.lines
    edge = cell.place.box[2]
    joined: list[Line] = []
    open_end = ""
    for line, following in zip_longest(cell.lines, cell.lines[1:]):
        if joined and open_end != "\n":
            joined[-1] = _joined_line(joined[-1], line, open_end)
        else:
            joined.append(line)
        open_end = _end_of(line, following, edge)
    return tuple(joined)


def _joined_line(first: Line, second: Line, between: str) -> Line:
    confidence = _confidence((first, second))
    seconds = None if first.second is None or second.second is None else first.second + between + second.second
    gap = "\n" if not between and (first.text[-1:].isascii() or second.text[:1].isascii()) else between
    return Line(first.text + gap + second.text, confidence, seconds, second.box)


def _end_of(line: Line, following: Line | None, edge: float) -> str:
    """What the end of a page's line means: '' it goes on, a line feed it ended, WRAP_IN_DOUBT either.

    A full line that closes a sentence may be the end of a paragraph that happened to fill it.
    """
    if line.box is None or following is None or not line.text.strip():
        return "\n"
    width = sum(map(_width, line.text.strip()))
    character = (line.box[2] - line.box[0]) / max(width, 1.0)
    gap = (edge - line.box[2]) / max(character, 1e-6) - 0.5
    if gap < _FULL_LINE:
        return WRAP_IN_DOUBT if line.text.rstrip()[-1] in _SENTENCE_ENDS else ""
    return "\n" if gap > _SHORT_LINE + _first_word(following.text) else WRAP_IN_DOUBT


def _width(char: str) -> float:
    return 0.55 if char.isascii() else 1.0


def _first_word(text: str) -> float:
    """Width in characters of what a page cannot break: letters and marks up to the first Chinese character."""
    return sum(map(_width, takewhile(lambda char: not _HAN_CHAR.match(char), text.lstrip())))
