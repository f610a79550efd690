"""Numbers before the items of a text that count on from one: ①②③, 一、二、三、, 1. 2. 3. Each tells the next."""

import re
from itertools import takewhile

from gengang.codecs import HAN
from gengang.numerals import integer_of

_BEGINNING = r"(?:\A|(?<=[。！？；：:!?;]))"
_CIRCLED = re.compile(rf"{_BEGINNING}[①-⑳]")
_BEFORE_COMMA = re.compile(rf"{_BEGINNING}[一二三四五六七八九十]{{1,3}}(?=、)")
FIRST_CIRCLED = ord("①")
_FIGURES = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
_MARKED = re.compile(rf"[(（]?{_FIGURES}[、.．)）]")
_BARE = re.compile(rf"{_FIGURES}(?=[{HAN}])")


def numbers_of_items(text: str) -> frozenset[int]:
    """The places of the figures of such numbers in a text without blanks, of two or more that count on from one.

    What was read so fits the number before it by chance once in as many as there are figures.
    """
    places: set[int] = set()
    for numbers in (_CIRCLED, _BEFORE_COMMA):
        said = [*numbers.finditer(text)]
        counted = [*takewhile(lambda one: _number(one[1].group()) == one[0], enumerate(said, 1))]
        if len(counted) > 1:
            places.update(at for _, found in counted for at in range(*found.span()))
    return frozenset(places)


def _number(said: str) -> int | None:
    return ord(said) - FIRST_CIRCLED + 1 if "①" <= said <= "⑳" else integer_of(said)


def lacks_mark_of_item(text: str) -> bool:
    """Whether a line begins with the next number of the items above it and with no mark behind: it may be lost."""
    last: int | None = None
    for line in text.split("\n"):
        marked, bare = _MARKED.match(line.strip()), _BARE.match(line.strip())
        if bare and last is not None and _number(bare[1]) == last + 1:
            return True
        last = _number(marked[1]) if marked else last
    return False
