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
    """The confidence of the least certain character of a field's text in the lines of its cell, 0-1.

    What stands before and behind it says nothing of it: 情况属实 above 校长签名 is no name before a title.
    """
    if any(len(line.each) != len(line.text) for line in lines):
        known = least_sure(lines)
        return min(known, EVEN) if known is not None and codec == "text" and may_hold_blank(text) else known
    read = [pair for line in _with_pairs(lines) for pair in line]
    whole, wanted = "".join(char for char, _ in read), _BLANKS.sub("", text)
    each = [each for _, each in read]
    places = [at for at in range(len(whole)) if wanted and whole.startswith(wanted, at)]
    told = [each[at : at + len(wanted)] for at in places]
    name = codec == "text" and may_be_name(wanted)
    sure = [one for own in told for one in (of_name(wanted, own) if name else letters_for(codec, wanted, own))]
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
