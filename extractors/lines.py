"""A printed pattern and the text that stood in its place, to the text of each field: pure, and sure only when unique.

First the printed words are matched to the letter, and a split counts only if its values print the same text again.
Where an editor or a page changed blanks, marks or breaks, the words are matched loosely, closed codecs first. Two
splits that differ mean that no machine can tell: the first is a proposal.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gengang.codecs import CODECS, Parsed
from gengang.form import Piece, Slot
from gengang.sheet import squeezed

_LIMIT = 400  # splits looked at before a line counts as ambiguous: keeps hostile text cheap
_EXACT_LIMIT = 2


@dataclass(frozen=True, slots=True)
class Split:
    """texts: one per slot of the pattern, in order; sure: no other split is possible."""

    texts: tuple[str, ...]
    sure: bool


LiteralEnds = Callable[[str, str, int], Iterator[tuple[int, int]]]
Fits = Callable[[Slot, str], bool]


def parsed(slot: Slot, text: str) -> Parsed:
    """What the slot's codec makes of a text."""
    return CODECS[slot.type.codec].parse(text, slot.type.options)


def split_text(pieces: Sequence[Piece], text: str) -> Split | None:
    """The text of each slot, or None when the printed words are not there."""
    exact = _distinct(_solutions(tuple(pieces), text, 0, _exact_ends, _prints_itself), _EXACT_LIMIT)
    if exact:
        return Split(exact[0], len(exact) == 1)
    loose = _distinct(_solutions(tuple(pieces), text, 0, _loose_ends, _may_be), _LIMIT)
    if not loose:
        return None
    slots = [piece for piece in pieces if isinstance(piece, Slot)]
    ranks = [_rank(slots, texts) for texts in loose]
    best = [texts for texts, rank in zip(loose, ranks, strict=True) if rank == max(ranks)]
    return Split(best[0], len(best) == 1 and len(loose) < _LIMIT)


def _rank(slots: Sequence[Slot], texts: Sequence[str]) -> int:
    """Closed fields that read as values; a blank one counts half of it, so that a date is not left in a name."""
    states = [parsed(slot, text).state for slot, text in zip(slots, texts, strict=True)
              if CODECS[slot.type.codec].closed]  # fmt: skip
    return sum({"value": 4, "blank": 2, "doubt": 1}[state] for state in states)


def _distinct(found: Iterator[tuple[str, ...]], limit: int) -> list[tuple[str, ...]]:
    seen: dict[tuple[str, ...], tuple[str, ...]] = {}
    for texts in found:
        seen.setdefault(tuple(text.strip() for text in texts), texts)
        if len(seen) >= limit:
            break
    return list(seen.values())


def _solutions(
    pieces: tuple[Piece, ...], text: str, at: int, ends: LiteralEnds, fits: Fits
) -> Iterator[tuple[str, ...]]:
    """Every way to lay the pieces along text[at:], shortest field first."""
    if not pieces:
        if at == len(text):
            yield ()
        return
    first, rest = pieces[0], pieces[1:]
    if isinstance(first, str):
        start, end = next(ends(first, text, at), (-1, -1))
        if start == at:
            yield from _solutions(rest, text, end, ends, fits)
        return
    for end in _field_ends(rest, text, at, ends):
        if fits(first, text[at:end]):
            for tail in _solutions(rest, text, end, ends, fits):
                yield (text[at:end], *tail)


def _field_ends(rest: tuple[Piece, ...], text: str, at: int, ends: LiteralEnds) -> Iterator[int]:
    if not rest:
        yield len(text)
    elif isinstance(rest[0], str):
        for start, _ in ends(rest[0], text, at):
            if not _inside_number(text, start) or squeezed(rest[0]):
                yield start
    else:
        yield from (end for end in range(at, len(text) + 1) if not _inside_number(text, end))


def _inside_number(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isdigit() and text[at].isdigit()


def _exact_ends(literal: str, text: str, at: int) -> Iterator[tuple[int, int]]:
    start = text.find(literal, at)
    while start >= 0:
        yield start, start + len(literal)
        start = text.find(literal, start + 1)


def _loose_ends(literal: str, text: str, at: int) -> Iterator[tuple[int, int]]:
    pattern = _loose(literal)
    while at <= len(text):
        match = pattern.search(text, at)
        if match is None:
            return
        yield match.start(), match.end()
        at = match.start() + 1


_TWINS = dict(zip("():,;./[]", ("(（", ")）", ":：", ",，", ";；", ".．", "/／", "[【〔", "]】〕"), strict=True))
_TWINS |= {"~": "~—–―－～", '"': '"“”', "'": "'‘’"}


@lru_cache(maxsize=4096)
def _loose(literal: str) -> re.Pattern[str]:
    """The printed words with any blanks between their characters; a line feed stays a break of lines."""
    head, line_feed, tail = literal.rpartition("\n")
    words = _spaced(squeezed(tail))
    if not line_feed:
        return re.compile(rf"[\s_＿]*{words}[:：]?[\s_＿]*" if words else r"[\s_＿]*")
    before = _spaced(squeezed(head))
    front = rf"[\s_＿]*{before}[^\S\n]*" if before else r"[^\S\n]*"
    return re.compile(rf"{front}\n" + (rf"\s*{words}[:：]?[\s_＿]*" if words else ""))


def _spaced(words: str) -> str:
    return r"[\s_＿]*".join(f"[{re.escape(_TWINS.get(char, char))}]" for char in words)


def _prints_itself(slot: Slot, text: str) -> bool:
    codec = CODECS[slot.type.codec]
    found = codec.parse(text, slot.type.options)
    return codec.show(found.value, slot.type.options) == text


def _may_be(slot: Slot, text: str) -> bool:
    """A free text may be anything; a closed one is a value, a blank, or at least a proposal."""
    if not CODECS[slot.type.codec].closed:
        return True
    found = parsed(slot, text)
    return found.state != "doubt" or len(text.strip()) <= 24
