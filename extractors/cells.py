"""A pattern cell and the sheet's cell to the text of each field in it, with how sure its bounds are."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

from extractors.certainty import least_sure, sure_of_text
from extractors.lines import Split, is_torn, split_text, tells_itself
from extractors.loosely import amended
from extractors.paper import unbroken_start
from extractors.policy import WRAP_IN_DOUBT, folded
from gengang.codecs import CODECS, HAN
from gengang.form import PatternCell, PatternLine, Piece, Slot
from gengang.numerals import CHINESE_NUMBER
from gengang.parsed import prompt_in
from gengang.sheet import Box, Cell, Line, Medium, squeezed

_FULL_LINE = 0.9  # a line this many characters short of the cell's edge was broken by the page
_SENTENCE_ENDS = frozenset("。！？；…”』」.!?;")
_RULING = re.compile(r"[\s_＿]+")
_FOOT = 0.88  # share of the page's height
_SHORT_LINE = 2.6  # a line shorter than this many characters was ended by its writer
_HAN_ENDS = re.compile(f"[{HAN}]{{1,2}}|·[{HAN}]|[{HAN}]·")  # a dot joins the parts of a name
_NUMERALS = re.compile(rf"\d\d|{CHINESE_NUMBER[:-1]}{{2}}")
_FIGURES = re.compile(r"[\d.,，．]+")
NUMBERS = frozenset({"count", "days", "score", "money"})  # two below each other, read as one, are one of these again
_WORDS = re.compile(f"[{HAN}]+")
_BETWEEN_WORDS = re.compile(f"[{HAN}]+[、，；。：][{HAN}]+")
_SAME_END = 0.3  # of a character
_BREAK_IN_DOUBT = WRAP_IN_DOUBT + "\n"
_LOST_BLANK = "\x1f"  # white space that no page has: stands between the lines of a text where a blank may be lost
_IN_NUMBER = "\u2060"  # stands where a page broke a number, or the blank between two was lost
_BETWEEN_NUMBERS = _IN_NUMBER + "\n"  # where as likely one ended
_IN_HAN_NUMBER = re.compile(rf"(?<={CHINESE_NUMBER[:-1]}){_BETWEEN_NUMBERS}(?={CHINESE_NUMBER[:-1]})")
_NUMBER_IN_DOUBT = re.compile(rf"\d{_BREAK_IN_DOUBT}\d")  # which may be the end of one field or the middle of another
# Where nobody can tell, the likelier is proposed: within a sentence or a word the page broke the line.
_BREAK_OF_SENTENCE = re.compile(rf"(?<![。！？；…”』」：:.!?;]){_BREAK_IN_DOUBT}")
_BREAK_OF_WORDS = re.compile(rf"(?<![A-Za-z]){_BREAK_IN_DOUBT}|{_BREAK_IN_DOUBT}(?![A-Za-z])")
# A lone sentence is sooner the rest of its paragraph than one of its own; what stands behind a number is one.
_BREAK_BEFORE_REST = re.compile(
    rf"{_BREAK_IN_DOUBT}(?![\d(（①-⑳]|[一二三四五六七八九十]+[、.．是])(?=[^。！？；\n]{{1,30}}[。！？]?(?:\n|\Z))"
)
# What begins with a number was begun by its writer.
_BREAK_BEFORE_NUMBER = re.compile(
    rf"{_BREAK_IN_DOUBT}(?=[(（]?(?:\d{{1,2}}|[一二三四五六七八九十]+)(?:[)）、]|[.．](?!\d))|[①-⑳])"
)
_BREAK_OF_HAN = re.compile(rf"(?<=[{HAN}]){_BREAK_IN_DOUBT}(?=[{HAN}])")
_SPACED_MARKS = frozenset("，。、；：！？”》")  # they bring their own white with them, so that nobody types any behind
_LAST_WORD, _FIRST_WORD = re.compile(r"[!-~]+\Z"), re.compile(r"[!-~]+")
_BETWEEN_LATIN = re.compile(rf"(?<=[!-~]){_LOST_BLANK}(?=[!-~])")
# Widths of letters as shares of a Chinese character, in usual faces; all others are about half as wide.
_WIDTHS = {**dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ&wm", 0.72), **dict.fromkeys("MW@%", 0.95)}
_WIDTHS |= dict.fromkeys("ijltfrI.,:;'|!`()[]{}/ ", 0.32)


@dataclass(frozen=True, slots=True)
class CellText:
    """text: of one field; sure: no other reading of the cell gives it other bounds; second: what a second reading gave.

    confidence: of its least certain character, or of the cell's where its place in it is not known; None if digital.
    """

    text: str
    sure: bool
    confidence: float | None = None
    second: str | None = None


def texts_of_cell(
    pattern: PatternCell, cell: Cell, medium: Medium, typed: str | None = None
) -> Iterator[tuple[Slot, CellText]]:
    """Each field of the cell with its text. typed: what stood in the label's cell instead, if anything."""
    first = _texts_of_reading(pattern, cell, medium, typed)
    if not cell.lines or any(line.second is None for line in cell.lines):
        return first
    first = ((slot, replace(text, confidence=sure_of_text(text.text, cell.lines, slot.type.codec)))
             for slot, text in first)  # fmt: skip
    if typed is not None:  # which part of the other reading stood there is not known, unless they are equal
        same = all(folded(line.second or "") == folded(line.text) for line in cell.lines)
        return ((slot, replace(text, second=text.text if same else None)) for slot, text in first)
    lines = tuple(replace(line, text=_with_printed(line.second or "", line.text, pattern)) for line in cell.lines)
    second = _texts_of_reading(pattern, replace(cell, lines=lines), medium)
    return ((slot, replace(text, second=other.text)) for (slot, text), (_, other) in zip(first, second, strict=True))


def _with_printed(text: str, other: str, pattern: PatternCell) -> str:
    """One reading of a line, with the form's own words as they are where the other reading has them.

    Else a value would have no bounds, or no second reading, because a word beside it was read amiss. A word of one
    letter counts behind a figure or its ruling; a mark that was passed over counts between words. Whatever else one of
    them has more or less stays as it is.
    """
    pieces = [piece for line in pattern.lines for piece in line.pieces if isinstance(piece, str)]
    words = [word for piece in pieces for word in _WORDS.findall(piece)]
    printed = _places(other, (word if len(word) > 1 else rf"(?<=[\d_])\s*{word}" for word in words))
    marks = _places(other, map(re.escape, (mark for piece in pieces for mark in _BETWEEN_WORDS.findall(piece))))
    whole = list(text)
    for kind, start, end, begin, last in SequenceMatcher(None, text, other, autojunk=False).get_opcodes():
        if kind == "replace" and end - start == last - begin and printed.issuperset(range(begin, last)):
            whole[start:end] = other[begin:last]
        elif (
            kind == "insert" and start and marks.issuperset(range(begin, last)) and not _WORDS.search(other[begin:last])
        ):
            whole[start - 1] += other[begin:last]
    return "".join(whole)


def _places(text: str, patterns: Iterable[str]) -> frozenset[int]:
    return frozenset(at for one in patterns for found in re.finditer(one, text) for at in range(*found.span()))


def _texts_of_reading(
    pattern: PatternCell, cell: Cell, medium: Medium, typed: str | None = None
) -> Iterator[tuple[Slot, CellText]]:
    slots = pattern.slots
    if typed is not None and len(slots) == 1:
        sure = medium == "word" or CODECS[slots[0].type.codec].closed or "\n" not in typed.strip()
        yield slots[0], CellText(typed, sure, least_sure(cell.lines))
        return
    if typed is not None:  # the label's own lines are no part of what its cell says
        cell = replace(cell, lines=tuple(map(Line, typed.split("\n"))))
    if medium == "word" and _is_plain(pattern, cell):
        text = cell.lines[0].text.strip()
        yield slots[0], CellText(text, True)
        return
    if medium == "pdf" and typed is None and _shows_nothing(pattern, cell):
        blanks = (CODECS[slot.type.codec].show(None, slot.type.options).strip() for slot in slots)
        yield from ((slot, CellText(blank, True)) for slot, blank in zip(slots, blanks, strict=True))
        return
    lines = cell.lines if medium == "word" else unwrapped(cell, pattern)
    split = _split_by_words(pattern, lines, medium, typed is not None)
    if split is None and any(line.second for line in lines):
        lines = tuple(replace(line, text=_with_printed(line.text, line.second or "", pattern)) for line in lines)
        split = _split_by_words(pattern, lines, medium, typed is not None) or _split_loosely(pattern, lines, medium)
    split = split or _split_without_words(pattern, lines)
    confidence = least_sure(cell.lines)
    cut = _may_be_cut(cell)
    parted = len(slots) > 1 and any(_NUMBER_IN_DOUBT.search(line.text) for line in lines)
    for slot, text in zip(slots, split.texts, strict=True):
        lost = cut and slot.type.codec == "prose" and text.strip() and text.strip()[-1] not in _SENTENCE_ENDS
        text, sure = _of_page(slot, text.strip(), split.sure and not lost and not parted, medium)
        yield slot, CellText(text, sure, confidence)


def _may_be_cut(cell: Cell) -> bool:
    """Whether a cell's text goes down to the foot of its page: one that closes no sentence there was perhaps cut."""
    last = cell.lines[-1].box if cell.lines else None
    return last is not None and last[3] > _FOOT


def _is_plain(pattern: PatternCell, cell: Cell) -> bool:
    """A cell of nothing but one field, and one line in it: there is nothing to part."""
    lines = pattern.lines
    return (
        len(lines) == 1 == len(cell.lines)
        and len(lines[0].pieces) == 1 == len(lines[0].slots)
        and ("\n" not in cell.lines[0].text)
    )


def _shows_nothing(pattern: PatternCell, cell: Cell) -> bool:
    """Whether a cell of a page shows the words and blanks that the form prints there, and nothing else."""
    pieces = [piece for line in pattern.lines for piece in line.pieces]
    blank = "".join(piece if isinstance(piece, str) else CODECS[piece.type.codec].show(None, piece.type.options)
                    for piece in pieces)  # fmt: skip
    # Compared with its colons: one that somebody typed alone is what he wrote.
    return bool(pattern.slots) and _RULING.sub("", blank) == _RULING.sub("", cell.text)


def _of_page(slot: Slot, text: str, sure: bool, medium: Medium) -> tuple[str, bool]:
    """The text without what only a page's breaks put there, and whether it is sure.

    Breaks change no closed value but a lone number, which may be two, and in a text of one line none beside a Chinese
    character. In a free text a blank may be lost; in a long one that was recognised no blank is sure, and none counts,
    nor who broke a line within a sentence or before a number.
    """
    if CODECS[slot.type.codec].closed:
        joined = text if slot.type.codec in NUMBERS else text.replace(_BETWEEN_NUMBERS, "")
        return joined.replace(_LOST_BLANK, "").replace(_IN_NUMBER, "").replace(_BREAK_IN_DOUBT, "\n"), sure
    text = _IN_HAN_NUMBER.sub("", text).replace(_BETWEEN_NUMBERS, _IN_NUMBER)
    if slot.type.codec == "text":
        text = _BREAK_OF_HAN.sub("", text)
    joined = (_BREAK_OF_WORDS if slot.type.codec == "text" else _BREAK_OF_SENTENCE).sub("", text)
    doubts = {_IN_NUMBER, WRAP_IN_DOUBT, _LOST_BLANK} & {*text}
    if (slot.type.codec, medium) == ("prose", "scan"):
        joined = _BREAK_BEFORE_NUMBER.sub("\n", joined)
        doubts = {_IN_NUMBER, WRAP_IN_DOUBT} & {*joined}
    whole = _BETWEEN_LATIN.sub(" ", _BREAK_BEFORE_REST.sub("", joined)).replace(_LOST_BLANK, "")
    return whole.replace(_IN_NUMBER, ""), sure and not doubts


# --- splitting ---


def _split_by_words(pattern: PatternCell, lines: Sequence[Line], medium: Medium, typed: bool) -> Split | None:
    """typed: in another cell, so that its lines say nothing."""
    split = None if typed else _split_by_lines(pattern, lines, medium)
    return split or _split_joined(pattern, lines)


def _split_loosely(pattern: PatternCell, lines: Sequence[Line], medium: Medium) -> Split | None:
    """Recognised lines of which some words of the form are amiss; what such words bound is for a person."""
    found = amended(pattern, lines)
    split = None if found is None else _split_by_words(pattern, found.lines, medium, False)
    return None if split is None or found is None else Split(split.texts, split.sure and found.sure)


def _split_by_lines(pattern: PatternCell, lines: Sequence[Line], medium: Medium) -> Split | None:
    """Paragraph by paragraph, when nobody added or removed one: then a value cannot leak into its neighbour.

    A page shows no empty paragraph, so there two that have no words of their own may have changed places.
    """
    if len(pattern.lines) != len(lines) or any(WRAP_IN_DOUBT in line.text for line in lines):
        return None
    texts: list[str] = []
    pieces = _joined_pieces(pattern)
    sure = medium == "word" or not _are_stacked(pieces)
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
    if any(line.end != "ended" for line in lines[:-1]):
        sure = sure and (not is_torn(pieces, texts) if medium == "word" else tells_itself(pieces, texts))
    return Split(tuple(texts), sure or (medium == "pdf" and _is_full(pattern, texts, lines)))


def _is_full(pattern: PatternCell, texts: Sequence[str], lines: Sequence[Line]) -> bool:
    """Whether each line of the cell holds one field and says it: a page shows as many lines, so none is empty."""
    if any(len(line.pieces) != 1 or not line.slots for line in pattern.lines):
        return False
    ended = all(line.end == "ended" for line in lines[:-1])
    return all(
        CODECS[slot.type.codec].parse(text, slot.type.options).state == "value" if CODECS[slot.type.codec].closed
        else slot.type.codec == "text" and ended and bool(text.strip())
        for slot, text in zip(pattern.slots, texts, strict=True)
    )  # fmt: skip


def _split_joined(pattern: PatternCell, lines: Sequence[Line]) -> Split | None:
    """All lines as one text: where a break must stand the pattern has one, and a field may hold more."""
    text = "\n" + "\n".join(line.text for line in lines if line.text.strip())
    pieces = _joined_pieces(pattern)
    split = split_text(pieces, text, False) or split_text(_joined_pieces(pattern, ""), text, False)
    return None if split is None else Split(split.texts, split.sure and not _are_stacked(pieces))


def _are_stacked(pieces: Sequence[Piece]) -> bool:
    """Fields of one sort with nothing but lines' ends between: once a line came or went, nothing tells them apart.

    A closed field beside a free one still tells itself, unless it leaves nothing on the paper when it is blank; words
    behind it stay.
    """
    stack: list[tuple[Slot, bool]] = []
    for number, piece in enumerate(pieces):
        before = pieces[number - 1] if number else ""
        behind = pieces[number + 1] if number + 1 < len(pieces) else ""
        if isinstance(piece, str):
            stack = stack if _is_line_end(piece) else []
            continue
        followed = isinstance(behind, str) and bool(behind.split("\n")[0].strip())
        own = piece, _sort(piece) and _leaves_nothing(piece) and not followed
        if isinstance(before, str) and any(_sort(one) == _sort(piece) or gone or own[1] for one, gone in stack):
            return True
        stack.append(own)
    return False


def _leaves_nothing(slot: Slot) -> bool:
    return not squeezed(CODECS[slot.type.codec].show(None, slot.type.options))


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
    """The printed words beside the field are gone. One closed field still says itself, and a text that was typed over
    the hint how to fill it; all else goes to a person.
    """
    text = "\n".join(line.text for line in lines)
    slots = pattern.slots
    if len(slots) == 1:
        codec = CODECS[slots[0].type.codec]
        certain = codec.closed and codec.parse(text, slots[0].type.options).state == "value"
        return Split((text,), certain or _is_over_hint(pattern, text))
    return Split((text, *("" for _ in slots[1:])), False)


_HINT = re.compile(r"[(（\[【<《][^()（）]{2,40}[)）\]】>》]")


def _is_over_hint(pattern: PatternCell, text: str) -> bool:
    """Whether all that the cell prints is a hint, of which nothing is left."""
    hint = pattern.printed.strip()
    told = _HINT.fullmatch(hint) is not None or prompt_in(squeezed(hint)) is not None
    words = squeezed(hint).strip("()[]<>《》")
    return told and not any(words[at : at + 3] in squeezed(text) for at in range(max(1, len(words) - 2)))


# --- lines of a page ---


def unwrapped(cell: Cell, pattern: PatternCell | None = None) -> tuple[Line, ...]:
    """Lines of a page as its writer's lines: a full line goes on in the next one, a short one ended there.

    In between nobody can tell, and the text carries WRAP_IN_DOUBT there; likewise where a line begins as one of the
    pattern does, or one of closed fields is whole before it.
    """
    if cell.place.box is None or any(line.box is None for line in cell.lines):
        return tuple(replace(line, text=line.text.rstrip(WRAP_IN_DOUBT)) for line in cell.lines)
    edge = cell.place.box[2]
    joined: list[Line] = []
    end = "\n"
    widest = max((width_of(line.text) for line in cell.lines), default=0.0)
    unmarked = _ends_bare(cell.lines, pattern)
    whole = _whole_lines(cell.lines, pattern)
    for number, line in enumerate(cell.lines):
        if number in whole:
            end = "\n"
        if not end and pattern is not None and _parts_lines(pattern, joined[-1].text, line.text):
            end = _BREAK_IN_DOUBT
        bare = replace(line, text=line.text.rstrip(WRAP_IN_DOUBT))
        if joined and end != "\n":
            joined[-1] = _joined_line(joined[-1], bare, end, widest)
        else:
            joined.append(bare)
        end = _BREAK_IN_DOUBT if unmarked and line.end == "full" else _end_of(line, cell.lines[number + 1 :], edge)
    return tuple(joined)


def _whole_lines(lines: Sequence[Line], pattern: PatternCell | None) -> set[int]:
    """Lines that are, alone of all, one that the form prints as closed fields and words: the form broke before them."""
    found: set[int] = set()
    for printed in pattern.lines[1:] if pattern else ():
        several = len(printed.slots) > 1
        alike = [number for number, line in enumerate(lines) if several and _is_whole(printed, line.text)]
        found |= {*alike} if len(alike) == 1 else set()
    return found - {0}


def _says_line(pattern: PatternCell, text: str) -> bool:
    """Whether a text says a line of closed fields, but for the last, from its first to its last letter."""
    return any(_is_whole(printed, text.replace(_IN_NUMBER, "")) for printed in pattern.lines[:-1])


def _is_whole(printed: PatternLine, text: str) -> bool:
    """Whether a text is a line's closed fields with its words between them, from the first to the last."""
    if not printed.slots or not all(CODECS[slot.type.codec].closed for slot in printed.slots):
        return False
    wanted = "".join(f"{re.escape(squeezed(p))}:?" if isinstance(p, str) else "(.*?)" for p in printed.pieces)
    said = re.fullmatch(wanted, squeezed(text))
    return said is not None and all(
        CODECS[slot.type.codec].parse(value, slot.type.options).state != "doubt"
        for slot, value in zip(printed.slots, said.groups(), strict=True)
    )


def _ends_bare(lines: Sequence[Line], pattern: PatternCell | None) -> bool:
    """Whether the writer ended a line without a mark, so that a full line may be one of those.

    What the form prints there tells nothing of the writer, nor does a short heading over his text.
    """
    printed = {squeezed(line.printed) for line in pattern.lines} if pattern else set()
    written = [(line, following) for line, following in pairwise(lines) if squeezed(line.text) not in printed]
    widest = max((width_of(line.text) for line in lines), default=0.0)
    return any(
        line.end == "ended" and line.text.rstrip()[-1:] not in _SENTENCE_ENDS
        and not (number == 0 and width_of(line.text) < widest / 2)
        and not (pattern and (_begins_line(pattern, line.text) or _begins_line(pattern, following.text)))
        for number, (line, following) in enumerate(written)
    )  # fmt: skip


def _parts_lines(pattern: PatternCell, before: str, text: str) -> bool:
    """Whether the form may have broken the line between two texts."""
    return _begins_line(pattern, text) or _says_line(pattern, before)


def _begins_line(pattern: PatternCell, text: str) -> bool:
    """Whether a paragraph of the cell, but for the first, may begin so: with its printed words or as its lone field."""
    words = squeezed(text)
    for line in pattern.lines[1:]:
        first = line.pieces[0] if line.pieces else ""
        if isinstance(first, str) and squeezed(first) and words.startswith(squeezed(first)):
            return True
        if len(line.pieces) == 1 and line.slots and _says_itself(line.slots[0], text):
            return True
    return False


def _says_itself(slot: Slot, text: str) -> bool:
    """Whether the text is a closed field's value, or its printed blank."""
    codec, options = CODECS[slot.type.codec], slot.type.options
    blank = squeezed(codec.show(None, options))
    return codec.closed and (codec.parse(text, options).state == "value" or blank == squeezed(text) != "")


def _joined_line(first: Line, second: Line, between: str, widest: float) -> Line:
    confidence = least_sure((first, second))
    seconds = None if first.second is None or second.second is None else first.second + between + second.second
    text = first.text + (between or _lost_between(first, second, widest)) + second.text
    return Line(text, confidence, seconds, second.box, end=second.end, tight=second.tight)


def _lost_between(first: Line, second: Line, widest: float) -> str:
    """What may be lost where a page went on in the next line: a blank, but between Chinese characters none counts.

    Between two words one was lost for sure, unless they are one word too wide for a line. widest: of the lines, in
    Chinese characters.
    """
    ends = first.text[-1:] + second.text[:1]
    if _NUMERALS.fullmatch(ends):  # a page breaks figures only where a line has nothing else, unless they are wide
        wide = ends.isdigit() and not ends.isascii() and not _FIGURES.fullmatch(first.text.strip())
        return _IN_NUMBER if wide else _BETWEEN_NUMBERS
    if _HAN_ENDS.fullmatch(ends):
        return ""
    one, two = _LAST_WORD.search(first.text), _FIRST_WORD.match(second.text)
    if one is not None and two is not None:
        words = one[0][-1].isalnum() and two[0][0].isalnum() and width_of(one[0] + two[0]) < widest - 1
        return " " if words and first.end else _LOST_BLANK
    after_mark = first.text[-1:] in _SPACED_MARKS and two is None
    return "" if first.tight == "all" or (first.tight and after_mark) else _LOST_BLANK


def _end_of(line: Line, rest: Sequence[Line], edge: float) -> str:
    """What the end of a page's line means: '' it goes on, a line feed it ended, or a break in doubt.

    A full line that closes a sentence may be the end of a paragraph that happened to fill it.
    """
    text = line.text.strip()
    if line.box is None or not rest or not text:
        return "\n"
    if line.text.endswith(WRAP_IN_DOUBT):
        return _BREAK_IN_DOUBT
    if line.end:
        return "\n" if line.end == "ended" else ""
    character = (line.box[2] - line.box[0]) / max(width_of(text), 1.0)
    gap = (edge - line.box[2]) / max(character, 1e-6) - 0.5
    if gap < _FULL_LINE:
        return _BREAK_IN_DOUBT if text[-1] in _SENTENCE_ENDS else ""
    needed = width_of(unbroken_start(following.text for following in rest))
    ends = gap > _SHORT_LINE + needed and not _end_alike(line.box, rest[0].box, character)
    return "\n" if ends else _BREAK_IN_DOUBT


def _end_alike(box: Box, following: Box | None, character: float) -> bool:
    """Two lines that end at one place may be set from the right, or hold back from it: then the first may be full."""
    return following is not None and abs(box[2] - following[2]) < _SAME_END * character


def width_of(text: str) -> float:
    """Width of a text in Chinese characters, in usual faces."""
    return sum(_WIDTHS.get(char, 0.53) if char.isascii() else 1.0 for char in text)
