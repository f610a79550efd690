"""Words of the form that recognisers have amiss in a line, put right so that the values beside them find their bounds.

填表H期 is 填表日期 where the form prints that and the line says it nowhere else.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from gengang.characters import look_alike
from gengang.form import PatternCell
from gengang.sheet import Line

SHORTEST, LONG = 3, 6  # letters and marks of words of which one may be amiss, and of which two may
TELLING = 4  # letters that leave no doubt which words they are
_POOR_COPIES = {"日": "H口"}  # what a poor copy of a letter is read as, beside those that look like it
_DIRT = r"[\s.,'`·•]*"
_SPECKS = r"[\s_]*[.,'`·•][\s_.,'`·•]*"  # dirt in a blank, ruled or not
_OF_TWO_WIDTHS = "(),:;!?"
_EITHER = {char: f"[{narrow}{chr(ord(narrow) + 0xFEE0)}]" for narrow in _OF_TWO_WIDTHS
           for char in (narrow, chr(ord(narrow) + 0xFEE0))}  # fmt: skip
_PARTS = re.compile(r"\s{2,}|_+")


@dataclass(frozen=True, slots=True)
class Amended:
    """A cell's lines with the form's words as it prints them.

    sure: there was but dirt between their letters or beside them, the mark lost that closes all, or one letter read as
    another that looks like it.
    """

    lines: tuple[Line, ...]
    sure: bool


def amended(pattern: PatternCell, lines: Sequence[Line]) -> Amended | None:
    """The lines with each of the pattern's words that they say nowhere, and once amiss; None where none is.

    Amiss may be dirt between its letters, in the blank between two of them or behind the last, a mark of it that was
    lost, or one letter or two that are others.
    """
    text, sure = "\n".join(line.text for line in lines), True
    for words in _words_in(pattern):
        clean = _put(text, words, _DIRT.join(map(_either, words))) or _closed(text, words)
        text, told = (clean, True) if clean is not None else _amiss(text, words)
        sure = sure and told
    text = _without_specks(text, pattern)
    texts = _parted(text, [line.text.count("\n") for line in lines])
    if texts is None or all(text == line.text for text, line in zip(texts, lines, strict=True)):
        return None
    return Amended(tuple(replace(line, text=text) for text, line in zip(texts, lines, strict=True)), sure)


def _parted(text: str, breaks: Sequence[int]) -> list[str] | None:
    """The text of each line again, by how many breaks it holds itself; None where some were lost."""
    parts = text.split("\n")
    ends = [*accumulate(count + 1 for count in breaks)]
    whole = bool(ends) and ends[-1] == len(parts)
    return ["\n".join(parts[start:end]) for start, end in pairwise([0, *ends])] if whole else None


def _words_in(pattern: PatternCell) -> list[str]:
    """What the pattern prints between its fields, without blanks, longest first: that tells most."""
    pieces = (piece for line in pattern.lines for piece in line.pieces if isinstance(piece, str))
    words = {"".join(part.split()) for piece in pieces for part in _PARTS.split(piece)}
    return sorted((word for word in words if any(map(str.isalnum, word))), key=lambda word: (-len(word), word))


def _without_specks(text: str, pattern: PatternCell) -> str:
    """The text without the dirt in a blank between two of the form's words and behind its last: 听课_3_节·_上课。."""
    for before, behind in _neighbours(pattern):
        between = f"(?<={_as_said(before)}){_SPECKS}(?={_as_said(behind)})" if behind else None
        text = re.sub(between or rf"(?<={_as_said(before)}){_SPECKS}\Z", "  " if behind else "", text)
    return text


def _neighbours(pattern: PatternCell) -> Iterator[tuple[str, str]]:
    """Words of the form with nothing but a blank between, and its last words where no field follows, with nothing."""
    pieces = [piece for line in pattern.lines for piece in line.pieces]
    for piece in pieces:
        parts = _PARTS.split(piece) if isinstance(piece, str) else []
        yield from pairwise(part for part in parts if any(map(str.isalnum, part)))
    if pieces and isinstance(pieces[-1], str) and any(map(str.isalnum, pieces[-1])):
        yield _PARTS.split(pieces[-1].strip())[-1], ""


def _as_said(words: str) -> str:
    return "".join(_either(char) for char in words if not char.isspace())


def _either(char: str) -> str:
    return _EITHER.get(char, re.escape(char))


def _put(text: str, words: str, found: str) -> str | None:
    """The text with the words in the one place where they are found; as it is where they stand in it, None for none."""
    if re.search(r"\s*".join(map(_either, words)), text):
        return text
    places = [*re.finditer(found, text)]
    return text[: places[0].start()] + words + text[places[0].end() :] if len(places) == 1 else None


def _closed(text: str, words: str) -> str | None:
    """The text with the mark that closes the words, where they end it without."""
    return None if words[-1].isalnum() else _put(text, words, rf"{_DIRT.join(map(_either, words[:-1]))}\s*\Z")


def _amiss(text: str, words: str) -> tuple[str, bool]:
    """The text with words that lost a mark there, or have other letters; as it is where neither is so once.

    With it whether they are those words for sure.
    """
    marks_lost = _DIRT.join(_either(char) if char.isalnum() else f"{_either(char)}?" for char in words)
    put = _put(text, words, marks_lost) if sum(map(str.isalnum, words)) > 1 else None
    return _with_other_letters(text, words) if put is None else (put, False)


def _with_other_letters(text: str, words: str) -> tuple[str, bool]:
    wrong = 0 if len(words) < SHORTEST else 1 if len(words) < LONG else 2
    spans = range(len(text) - len(words) + 1) if wrong else range(0)
    near = [at for at in spans if len(_apart(text[at : at + len(words)], words)) <= wrong]
    if len(near) != 1:
        return text, False
    said = text[near[0] : near[0] + len(words)]
    return text[: near[0]] + words + text[near[0] + len(words) :], _is_poor_copy(said, words)


def _is_poor_copy(said: str, words: str) -> bool:
    """Whether one letter of many is another that looks like it: 填表曰期 says 填表日期, and 填报日期 something else."""
    apart = _apart(said, words)
    alike = all(look_alike(one, other) or one in _POOR_COPIES.get(other, "") for one, other in apart)
    return len(apart) == 1 and alike and sum(map(str.isalnum, words)) >= TELLING


def _apart(text: str, words: str) -> list[tuple[str, str]]:
    """The letters that differ, each with the form's."""
    pairs = zip(text, words, strict=True)
    return [(own, char) for own, char in pairs if re.fullmatch(_either(char), own) is None]
