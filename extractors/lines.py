"""A printed pattern and the text that stood in its place, to the text of each field: pure, and sure only when unique.

First the printed words are matched to the letter, and a split counts only if its values print the same text again.
Where an editor or a page changed blanks, marks or breaks, the words are matched loosely, closed codecs first. Two
splits that differ mean that no machine can tell: the first is a proposal.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, pairwise, takewhile

from gengang.codecs import CODECS, Parsed
from gengang.form import FieldType, Piece, Slot
from gengang.numerals import CHINESE_NUMBER
from gengang.sheet import squeezed


@dataclass(frozen=True, slots=True)
class Split:
    """texts: one per slot of the pattern, in order; sure: no other split is possible."""

    texts: tuple[str, ...]
    sure: bool


LiteralEnds = Callable[[str, str, int], Iterator[tuple[int, int]]]
Worth = Callable[[Slot, str], int | None]


def split_text(pieces: Sequence[Piece], text: str, to_the_letter: bool = True) -> Split | None:
    """The text of each slot, or None when the printed words are not there.

    to_the_letter: try a print as it left the writer first; it proves nothing where lines were added or taken away.
    """
    if len(pieces) == 1 and isinstance(pieces[0], Slot):
        return Split((text,), True)
    exact = to_the_letter and _Laying(tuple(pieces), text, _exact_ends, _worth_of_print).best(0, 0)
    found = exact or _Laying(tuple(pieces), text, _loose_ends, _worth_of_text).best(0, 0)
    if not found:
        return None
    sure = len(found) == 1 or found[0].worth > found[1].worth
    return Split(found[0].texts, sure and tells_itself(pieces, found[0].texts))


def tells_itself(pieces: Sequence[Piece], texts: Sequence[str]) -> bool:
    """Whether no text of these fields looks as if it held what belongs to the one beside it."""
    swallowed = any(_PRINTED_BLANK.search(text) for text in texts if not _DATE_BLANK.fullmatch(text))
    return not swallowed and not _swallows_date(pieces, texts) and not _is_shared(pieces, texts)


def _swallows_date(pieces: Sequence[Piece], texts: Sequence[str]) -> bool:
    """A place for a date is gone, and a free text beside it says something like a date."""
    slots = [piece for piece in pieces if isinstance(piece, Slot)]
    pairs = list(pairwise(zip(slots, texts, strict=True)))
    return any(
        not _is_closed(free) and dated.type.codec in _DATED and _DATE_LIKE.search(text)
        and not ("年" in day or "月" in day) and _parsed(dated.type, day).state == "blank"
        for (free, text), (dated, day) in (*pairs, *((two, one) for one, two in pairs))
    )  # fmt: skip


def _is_shared(pieces: Sequence[Piece], texts: Sequence[str]) -> bool:
    """Words that no codec understands, beside a free text with nothing but blanks between: part of either.

    A date of which some is filled stands by itself, unless the text beside it may hold the rest.
    """
    for slot, leads, one, two in _closed_beside_free(pieces, texts):
        text, facing = (one, two.strip()[:1]) if leads else (two, one.strip()[-1:])
        partly = _PARTLY_DATED.fullmatch(text) and not _OF_DATE.fullmatch(facing)
        if _meant(slot.type, text).state == "doubt" and not partly:
            return True
    return False


def is_torn(pieces: Sequence[Piece], texts: Sequence[str]) -> bool:
    """Whether a closed text that says no value says one together with what faces it in the free text beside it."""
    return any(_are_halves(slot.type, leads, one.strip(), two.strip())
               for slot, leads, one, two in _closed_beside_free(pieces, texts))  # fmt: skip


def _are_halves(kind: FieldType, leads: bool, one: str, two: str) -> bool:
    """leads: the first is the closed one."""
    if not one or not two or _meant(kind, one if leads else two).state == "value":
        return False
    free = len(two if leads else one)
    wholes = (one + two[:kept] if leads else one[-kept:] + two for kept in range(1, free + 1))
    return any(_parsed(kind, whole).state == "value" for whole in islice(wholes, _LONGEST_DOUBT))


def _closed_beside_free(pieces: Sequence[Piece], texts: Sequence[str]) -> Iterator[tuple[Slot, bool, str, str]]:
    """Texts of a closed and a free field with nothing but blanks printed between, in their order.

    Before them the closed field's slot, and whether it leads.
    """
    left = iter(texts)
    fields = [(piece, next(left) if isinstance(piece, Slot) else piece) for piece in pieces]
    fields = [(piece, text) for piece, text in fields if isinstance(piece, Slot) or squeezed(text)]
    for (first, one), (second, two) in pairwise(fields):
        if isinstance(first, Slot) and isinstance(second, Slot) and _is_closed(first) != _is_closed(second):
            yield first if _is_closed(first) else second, _is_closed(first), one, two


def _is_closed(slot: Slot) -> bool:
    return CODECS[slot.type.codec].closed


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to lay pieces along a text: the slots' texts, and how well the closed ones read.

    said: the texts as they are told apart.
    """

    worth: int
    texts: tuple[str, ...]
    said: tuple[str, ...]


@dataclass(slots=True)
class _Laying:
    """The two best ways to lay the pieces from each place on, each worked out once, so that no text is dear."""

    pieces: tuple[Piece, ...]
    text: str
    ends: LiteralEnds
    worth: Worth
    known: dict[tuple[int, int], list[_Way]] = field(default_factory=dict)

    def best(self, piece: int, at: int) -> list[_Way]:
        """At most two ways that differ, the better first; of equal ones the one with the shorter fields."""
        if (piece, at) not in self.known:
            self.known[piece, at] = _two_best(self._ways(piece, at))
        return self.known[piece, at]

    def _ways(self, piece: int, at: int) -> Iterator[_Way]:
        if piece == len(self.pieces):
            yield from [_Way(0, (), ())] if at == len(self.text) else ()
            return
        first = self.pieces[piece]
        if isinstance(first, str):
            for _, end in takewhile(lambda found: found[0] == at, self.ends(first, self.text, at)):
                yield from self.best(piece + 1, end)
            return
        for end in self._field_ends(piece + 1, at):
            worth = self.worth(first, self.text[at:end])
            if worth is not None:
                text = self.text[at:end]
                for way in self.best(piece + 1, end):
                    yield _Way(worth + way.worth, (text, *way.texts), (_said(first, text), *way.said))

    def _field_ends(self, following: int, at: int) -> Iterator[int]:
        if following == len(self.pieces):
            yield len(self.text)
            return
        after = self.pieces[following]
        if isinstance(after, str):
            for start in dict.fromkeys(start for start, _ in self.ends(after, self.text, at)):
                if squeezed(after) or not _inside_number(self.text, start):
                    yield start
        else:
            yield from (end for end in range(at, len(self.text) + 1) if not _inside_number(self.text, end))


def _said(slot: Slot, text: str) -> str:
    """What tells a text from another: blanks around it are nobody's, and ruled ones no part of a closed value."""
    kept = text.strip()
    return _RULED.sub("", kept) if CODECS[slot.type.codec].closed or _RULED.fullmatch(kept) else kept


def _two_best(ways: Iterator[_Way]) -> list[_Way]:
    kept: list[_Way] = []
    for way in ways:
        if any(way.said == other.said for other in kept):
            continue
        kept = sorted([*kept, way], key=lambda one: -one.worth)[:2]
    return kept


def _inside_number(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isdigit() and text[at].isdigit()


def _exact_ends(literal: str, text: str, at: int) -> Iterator[tuple[int, int]]:
    start = text.find(literal, at)
    while start >= 0:
        yield start, start + len(literal)
        start = text.find(literal, start + 1)


def _loose_ends(literal: str, text: str, at: int) -> Iterator[tuple[int, int]]:
    """Each place of the words with what blanks follow them; and without those of them that may be a value's own."""
    pattern = _loose(literal)
    while at <= len(text):
        match = pattern.search(text, at)
        if match is None:
            return
        yield match.span()
        own = _unprinted(literal, match.group())
        if own:
            yield match.start(), match.end() - own
        at = match.start() + 1


def _unprinted(literal: str, found: str) -> int:
    """Length of what follows the words from the first sign on that was not printed there: `_`, a colon, a break."""
    tail = _TAIL.search(found)
    printed = _TAIL.search(literal)
    if tail is None or printed is None:
        return 0
    left = Counter(printed.group().translate(_SAME_SIGN))
    for number, sign in enumerate(tail.group().translate(_SAME_SIGN)):
        if sign in "_:\n":
            left[sign] -= 1
            if left[sign] < 0:
                return len(tail.group()) - number
    return 0


_TAIL = re.compile(r"[\s_＿:：]*\Z")
_SAME_SIGN = str.maketrans("＿：", "_:")
_TWINS = dict(zip("():,;./[]", ("(（", ")）", ":：", ",，", ";；", ".．", "/／", "[【〔", "]】〕"), strict=True))
_TWINS |= {"~": "~—–―－～", '"': '"“”', "'": "'‘’"}


_LINE_EDGE = re.compile(r"(?<=\n)|(?=\n)|\A|\Z")  # between two fields: either may have lost its own line


@lru_cache(maxsize=4096)
def _loose(literal: str) -> re.Pattern[str]:
    """The printed words with any blanks between their characters; a line feed stays a break of lines."""
    head, line_feed, tail = literal.rpartition("\n")
    words = _spaced(squeezed(tail))
    if line_feed and not words and not squeezed(head):
        return _LINE_EDGE
    if not line_feed:
        bare = r"[:：][\s_＿]*" if _COLON.search(tail) else ""
        return re.compile(rf"[\s_＿]*{words}[\s_＿]*[:：]?[\s_＿]*" if words else rf"[\s_＿]*{bare}")
    before = _spaced(squeezed(head))
    front = rf"[\s_＿]*{before}[^\S\n]*" if before else r"[^\S\n]*"
    return re.compile(rf"{front}\n" + (rf"\s*{words}[\s_＿]*[:：]?[\s_＿]*" if words else ""))


def _spaced(words: str) -> str:
    return r"[\s_＿]*".join(f"[{re.escape(_TWINS.get(char, char))}]" for char in words)


def _worth_of_print(slot: Slot, text: str) -> int | None:
    """0 for a text that its value prints again to the letter, else None."""
    found = _parsed(slot.type, text)
    return 0 if CODECS[slot.type.codec].show(found.value, slot.type.options) == text else None


def _worth_of_text(slot: Slot, text: str) -> int | None:
    """A free text may be anything but a printed blank. A closed one reads best as a value, then as its printed blank.

    An empty one counts too, so that a date is not left in a name; but no more than one with something behind it. So
    does a part of a printed blank: what is missing of it is no name.
    """
    gap = _WIDE_GAP.search(text.strip()) is not None
    if not CODECS[slot.type.codec].closed:
        return -3 if _PRINTED_BLANK.search(text) or _BOX.search(text) else -2 if gap else 0
    if slot.type.codec not in ("tick", "choice") and _BOX.search(text):
        return -3
    found = _meant(slot.type, text)
    if found.state == "value":
        return 5
    if slot.type.codec in _DATED and _PARTLY_DATED.fullmatch(text):
        return 4
    if found.state == "blank":
        words, printed = squeezed(text), squeezed(CODECS[slot.type.codec].show(None, slot.type.options))
        return 3 if words and words == (printed or words) else 2
    if len(text.strip()) > _LONGEST_DOUBT:
        return None
    return (2 if found.value is not None or any(char.isdigit() for char in text) else 1) - gap


_RULED = re.compile(r"[\s_＿]+")
_BREAK = re.compile("[\n\u2028\u2060\x1f]+")
_BOX = re.compile("[□☐☑☒]")  # belongs to the word behind it
_COLON = re.compile("[:：]")
_DATE_BLANK = re.compile(r"[\s_＿年月日至到—–~-]*")
_LONGEST_DOUBT = 60
# White space that parts two fields: a name's two characters are at times set as far apart.
_WIDE_GAP = re.compile(r"\S\S(?:\u3000{2,}|\s{3,})\S|\S(?:\u3000{2,}|\s{3,})\S\S")
_FIGURES = r"[\s_＿]*[\d〇零一二三四五六七八九十]"
# A date of which some is filled and the rest printed.
_PARTLY_DATED = re.compile(
    rf"{_FIGURES}{{2,4}}[\s_＿]*年(?:{_FIGURES}{{1,3}})?[\s_＿]*月(?:{_FIGURES}{{1,3}})?[\s_＿]*日?[\s_＿]*"
)
_OF_DATE = re.compile(rf"[\d年月日号至到/.～~—–-]|{CHINESE_NUMBER}")
_DATED = frozenset({"date", "month", "period"})
_DATE_LIKE = re.compile(
    r"[\d一二三四五六七八九十〇零廿初][\s_＿]*[年月日号]|[年月][\s_＿]*[\d一二三四五六七八九十廿初]"
    r"|[本上下这]个?[周月]|星期|[今明昨前后]天|[月年]底|另定|待定"
)
# A place for a date, which no free text should swallow; a line broken after 年 is none.
_PRINTED_BLANK = re.compile(r"年(?:[^\S\n\u2028]|[_＿]){2,}月")


def _meant(kind: FieldType, text: str) -> Parsed:
    """What a closed text means; across its lines' ends if it is a value so."""
    found = _parsed(kind, text)
    if found.state == "value" or not _BREAK.search(text):
        return found
    whole = _parsed(kind, _BREAK.sub("", text))
    return whole if whole.state == "value" else found


@lru_cache(maxsize=8192)
def _parsed(kind: FieldType, text: str) -> Parsed:
    return CODECS[kind.codec].parse(text, kind.options)
