"""How sure the text of a field is that was recognised, wherever in its cell it stands."""

import re
from collections.abc import Iterator, Sequence

from extractors.policy import WRAP_IN_DOUBT
from extractors.sureness import EVEN, letters_for, may_hold_blank, of_name
from gengang.sheet import Line
from gengang.surnames import may_be_name

OPENING, CLOSING = "（）"
_BLANKS = re.compile(rf"[\s{WRAP_IN_DOUBT}]+")


def least_sure(lines: Sequence[Line]) -> float | None:
    """The confidence of the least sure of some lines, 0-1; None where none was recognised."""
    known = [line.confidence for line in lines if line.confidence is not None]
    return min(known) if known else None


def sure_of_text(text: str, lines: Sequence[Line], codec: str) -> float | None:
    """The confidence of the least certain character of a field's text in the lines of its cell, 0-1."""
    if any(len(line.each) != len(line.text) for line in lines):
        known = least_sure(lines)
        return min(known, EVEN) if known is not None and codec == "text" and may_hold_blank(text) else known
    read = [pair for line in _with_pairs(lines) for pair in line]
    whole, wanted = "".join(char for char, _ in read), _BLANKS.sub("", text)
    each = [each for _, each in read]
    if codec == "text" and may_be_name(wanted):
        letters = _of_name_in(whole, wanted, each)
    else:
        letters = letters_for(codec, whole, each)
    places = [at for at in range(len(whole)) if wanted and whole.startswith(wanted, at)]
    sure = [sure for at in places for sure in letters[at : at + len(wanted)]]
    return min(sure) if sure else least_sure(lines)


def _with_pairs(lines: Sequence[Line]) -> Iterator[list[tuple[str, float]]]:
    """The letters of each line, blanks left out, with how sure they are.

    A wide bracket that ends its line is as surely wide as the one that it closes, in whatever line that stands: of its
    own room nothing is seen there.
    """
    opened: list[float] = []
    for line in lines:
        read = [pair for pair in zip(line.text, line.each, strict=True) if not pair[0].isspace()]
        for at, (char, own) in enumerate(read):
            if char == OPENING:
                opened.append(own)
            elif char == CLOSING and opened:
                surely = opened.pop() >= 0 > own and at == len(read) - 1
                read[at] = char, own + 1.0 if surely else own
        yield read


def _of_name_in(whole: str, name: str, each: Sequence[float]) -> list[float]:
    """How sure every letter of a cell's text is for the name that stands in it."""
    letters = of_name(whole, each)
    for at in (at for at in range(len(whole)) if whole.startswith(name, at)):
        letters[at : at + len(name)] = of_name(name, each[at : at + len(name)])
    return letters
