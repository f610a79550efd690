"""A page's text layer against what the page shows: which letters are seen, which fonts say what they draw.

Knows neither cells nor forms. A font is judged by its own letters: whether they mean something, and look as they are
called. Only where they look odd are a few of its lines compared with what the recogniser reads on their picture.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from extractors.glyphs import Letter, likeness
from extractors.layout import Rect
from extractors.letters import Char, baseline_of, ink_centre, tick_of
from extractors.ocr import read_lines
from gengang.codecs import HAN

Pixels = npt.NDArray[np.uint8]

# Grey levels by which neighbouring pixels of a letter differ at least, and how many such pixels make it seen.
CONTRAST, LEAST_EDGES = 20, 4
SMALLEST_SEEN = 2.0  # points
MOST_RARE = 0.5  # share of a text's characters that are not common
LEAST_LETTERS = 8
MOST_HELD = 24  # so many letters of a kind are held against their shapes
TRIED_LINES = 4
# Share of its letters that the recogniser must read as a sound font calls them; rare ones it knows less well.
LEAST_ALIKE, LEAST_RARE_ALIKE = 0.8, 0.35


@dataclass(frozen=True, slots=True)
class Picture:
    """A page drawn in grey. scale: pixels a point."""

    pixels: Pixels
    scale: float

    def part(self, rect: Rect) -> Pixels:
        """The pixels of a part of the page given in points."""
        height, width = self.pixels.shape
        left, right = _inside(rect.left, rect.right, self.scale, width)
        top, bottom = _inside(rect.top, rect.bottom, self.scale, height)
        return self.pixels[top:bottom, left:right]

    def between(self, left: float, right: float) -> "Picture":
        """The part of the page between two places across it."""
        whole = Rect(left, 0.0, right, self.pixels.shape[0] / self.scale)
        return Picture(np.ascontiguousarray(self.part(whole)), self.scale)


# --- what the eye sees ---


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows. textless: the same page without its text, drawn only where something may cover letters.

    drawn: whether the picture can be expected to show a letter of this font at all; covers: pictures on the page.
    """

    picture: Picture
    textless: Callable[[], Picture]
    drawn: Callable[[Char], bool]
    covers: Sequence[Rect] = ()


def seen_letters(chars: Sequence[Char], page: Shown) -> tuple[list[Char], list[Char]]:
    """The letters in two parts: those that the page shows, with all blanks, and those that nobody sees on it."""
    inked = [char for char in chars if char["text"].strip()]
    shown = dict(zip(map(id, inked), _have_edges(inked, page.picture), strict=True))
    covered = [char for char in inked if any(cover.holds(ink_centre(char)) for cover in page.covers)]
    if covered:
        shown |= dict(zip(map(id, covered), _make_edges(covered, page.picture, page.textless()), strict=True))
    hidden = [char for char in inked if _is_hidden(char, shown[id(char)], page.drawn(char))]
    gone = {*map(id, hidden)}
    return [char for char in chars if id(char) not in gone], hidden


def _is_hidden(char: Char, shown: bool, drawn: bool) -> bool:
    if char["size"] < SMALLEST_SEEN:
        return True
    return not shown and (drawn or _is_white(char.get("non_stroking_color")))


def _is_white(colour: Any) -> bool:
    """White as grey or as red, green and blue; a mixture of inks is white when there is none."""
    parts = [colour] if isinstance(colour, int | float) else colour
    if not isinstance(parts, Sequence) or not all(isinstance(part, int | float) for part in parts) or not parts:
        return False
    return max(parts) < 0.05 if len(parts) == 4 else min(parts) > 0.95


def _have_edges(chars: Sequence[Char], picture: Picture) -> Iterator[bool]:
    """Whether something is drawn where each letter should be: its pixels are not all alike."""
    edges = cv2.morphologyEx(picture.pixels, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > CONTRAST
    return _have_some(chars, edges, picture.scale)


def _make_edges(chars: Sequence[Char], picture: Picture, textless: Picture) -> Iterator[bool]:
    """Whether each letter changes what is drawn in its place."""
    return _have_some(chars, cv2.absdiff(picture.pixels, textless.pixels) > CONTRAST, picture.scale)


def _have_some(chars: Sequence[Char], marked: npt.NDArray[np.bool_], scale: float) -> Iterator[bool]:
    sums = cv2.integral(marked.astype(np.uint8))
    height, width = marked.shape
    for char in chars:
        base = baseline_of(char)
        left, right = _inside(char["x0"], char["x1"], scale, width)
        top, bottom = _inside(base - 0.9 * char["size"], base + 0.2 * char["size"], scale, height)
        count = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        yield bool(count >= LEAST_EDGES)


def _inside(start: float, end: float, scale: float, most: int) -> tuple[int, int]:
    first, last = round(start * scale), round(end * scale)
    return min(max(first, 0), most), min(max(last, first + 1, 0), most)


# --- what a font map gets wrong though it draws the right letter ---

# Radicals that are drawn as a character which Unicode does not say they are.
_RADICALS = str.maketrans(
    "\u2ea0\u2eab\u2ebc\u2ec4\u2ec5\u2ec6\u2ec9\u2ecb\u2ed3\u2ed4\u2ed8\u2ed9\u2eda\u2edb\u2edc\u2edd\u2ee2\u2ee3"
    "\u2ee4\u2ee5\u2ee6\u2ee7\u2ee8\u2ee9\u2eec\u2eee\u2ef0\u2ef3",
    "民目肉西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)
_TWIN = re.compile("[\u2e80-\u2fdf\uf900-\ufa6d\ufa70-\ufad9\ufb00-\ufb06]")


def with_own_letters(chars: Sequence[Char]) -> list[Char]:
    """Radicals, compatibility characters and ligatures as the letters they are drawn as.

    A font that draws both the radical and the character means them apart.
    """
    twins = [char for char in chars if _TWIN.search(char["text"])]
    if not twins:
        return list(chars)
    drawn: dict[str, set[str]] = defaultdict(set)
    for char in chars:
        drawn[char["fontname"]].add(char["text"])
    return [_own_letter(char, drawn[char["fontname"]]) for char in chars]


def _own_letter(char: Char, drawn: set[str]) -> Char:
    text = char["text"]
    if not _TWIN.search(text):
        return char
    own = "".join(unicodedata.normalize("NFKC", letter.translate(_RADICALS)) if _TWIN.match(letter) else letter
                  for letter in text)  # fmt: skip
    return char if own in drawn else {**char, "text": own}


# --- fonts ---


def is_garbage(char: Char) -> bool:
    """No character of a real text: an unmapped glyph, a private code point outside tick fonts, an odd control."""
    text = char["text"]
    if text.startswith("(cid:") or not text:
        return True
    kinds = {unicodedata.category(letter) for letter in text}
    return bool(kinds & {"Cc", "Cn", "Cs", "Co"} or "\ufffd" in text) and not tick_of(char)


def broken_fonts(chars: Sequence[Char], picture: Picture) -> frozenset[str]:
    """Names of the fonts whose letters are not what they draw on the page."""
    fonts: dict[str, list[Char]] = defaultdict(list)
    for char in chars:
        if char["text"].strip():
            fonts[char["fontname"]].append(char)
    broken = {name for name, letters in fonts.items() if _is_unmapped(letters)}
    odd = [kind for name, letters in fonts.items() if name not in broken for kind in _odd_kinds(name, letters, picture)]
    return frozenset(broken | (_misread_fonts(odd, chars, picture) if odd else set()))


def _is_unmapped(letters: Sequence[Char]) -> bool:
    """Letters without a meaning; single signs that stand alone, as bullets do, say nothing of a font's text."""
    return sum(map(is_garbage, letters)) > 0.05 * len(letters) and not _are_signs(letters)


@dataclass(frozen=True, slots=True)
class _Kind:
    """The Chinese characters, the digits or the Latin letters of a font. least: share of them that must be read so."""

    font: str
    holds: Callable[[str], bool]
    least: float

    def has(self, char: Char) -> bool:
        """Whether a letter is one of them."""
        return bool(char["fontname"] == self.font and self.holds(char["text"]))


def _odd_kinds(name: str, letters: Sequence[Char], picture: Picture) -> Iterator[_Kind]:
    """Kinds of a font's letters that look otherwise than they are called, or are such as no text is made of."""
    for holds in (_is_han, str.isdigit, _is_latin, _is_strange):
        own = [char for char in letters if holds(char["text"])]
        distinct = list({char["text"]: char for char in own}.values())
        looks = likeness([Letter(char["text"], _drawn(char, picture)) for char in distinct[:MOST_HELD]])
        rare = holds is _is_strange or (holds is _is_han and _rare_share(own) > MOST_RARE)
        if looks == "odd":
            yield _Kind(name, holds, LEAST_ALIKE)
        elif looks == "unknown" and len(own) >= LEAST_LETTERS and rare:
            yield _Kind(name, holds, LEAST_RARE_ALIKE)


def _drawn(char: Char, picture: Picture) -> Pixels:
    base = baseline_of(char)
    return picture.part(Rect(char["x0"], base - 0.95 * char["size"], char["x1"], base + 0.25 * char["size"]))


def _rare_share(letters: Sequence[Char]) -> float:
    return sum(char["text"] not in _common() for char in letters) / max(len(letters), 1)


def _are_signs(letters: Sequence[Char]) -> bool:
    """At most two different signs, none beside another."""
    apart = all(abs(one["top"] - two["top"]) > 1 or abs(two["x0"] - one["x1"]) > 0.5 * one["size"]
                for one, two in pairwise(letters))  # fmt: skip
    return apart and len({char["text"] for char in letters}) <= 2


_IS_HAN = re.compile(f"[{HAN}]")


def _is_han(text: str) -> bool:
    return _IS_HAN.match(text) is not None


def _is_latin(text: str) -> bool:
    return text.isascii() and text.isalpha()


# Letters and signs that stand on Chinese forms besides Chinese ones.
_USUAL = re.compile(
    "[\u0020-\u007e\u00a0-\u00bf\u00d7\u00f7\u02c7-\u02cb\u0370-\u03ff\u2000-\u27bf\u2e80-\u30ff\u3105-\u312f\u3200-\u33ff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U0001f000-\U0001ffff]"
)
_PINYIN = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹêĀÁǍÀĒÉĚÈŌÓǑÒ")


def _is_strange(text: str) -> bool:
    letter = text[0]
    return not (_IS_HAN.match(letter) or _USUAL.match(letter) or letter in _PINYIN)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The 3755 characters of the first level of GB 2312, which make up more than 99 % of a text."""
    rows = (bytes([high, low]) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return frozenset(row.decode("gb2312") for row in rows if row < b"\xd7\xfa")


def _misread_fonts(kinds: Sequence[_Kind], chars: Sequence[Char], picture: Picture) -> set[str]:
    """Fonts of whose odd letters the recogniser reads most otherwise."""
    broken = set()
    for kind in kinds:
        runs = sorted(_runs_with(kind, chars), key=lambda run: -sum(map(kind.has, run)))[:TRIED_LINES]
        crops = [cv2.cvtColor(picture.part(_around(run)), cv2.COLOR_GRAY2RGB) for run in runs]
        read = read_lines([np.asarray(crop, np.uint8) for crop in crops])
        tried = sum(kind.has(char) for run in runs for char in run)
        alike = sum(_read_alike(kind, run, one.text) for run, one in zip(runs, read, strict=True))
        if tried and alike < kind.least * tried:
            broken.add(kind.font)
    return broken


def _read_alike(kind: _Kind, run: Sequence[Char], text: str) -> int:
    """How many of the kind's letters in a run the recogniser reads as they are called."""
    called = [_bare(char["text"])[:1] or "?" for char in run]
    blocks = SequenceMatcher(None, called, list(_bare(text)), autojunk=False).get_matching_blocks()
    return sum(kind.has(char) for block in blocks for char in run[block.a : block.a + block.size])


def _bare(text: str) -> str:
    """What two readings of a line may differ in is left out: blanks, the width of signs, letters that look alike."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold().translate(_TWINS)


_TWINS = str.maketrans("oil|", "0111")


def _runs_with(kind: _Kind, chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Letters that stand close behind each other, where the kind has a share in them."""
    run: list[Char] = []
    for char in sorted((one for one in chars if one["text"].strip()), key=_place):
        if run and not _is_behind(run[-1], char):
            if any(map(kind.has, run)):
                yield run
            run = []
        run.append(char)
    if any(map(kind.has, run)):
        yield run


def _is_behind(one: Char, two: Char) -> bool:
    gap = two["x0"] - one["x1"]
    return bool(abs(two["bottom"] - one["bottom"]) < 0.5 * two["size"] and -0.5 * two["size"] < gap < two["size"])


def _place(char: Char) -> tuple[int, float]:
    return round(char["bottom"] / 4), float(char["x0"])


def _around(run: Sequence[Char]) -> Rect:
    edge = 0.15 * run[0]["size"]
    return Rect(min(char["x0"] for char in run) - edge, min(char["top"] for char in run) - edge,
                max(char["x1"] for char in run) + edge, max(char["bottom"] for char in run) + edge)  # fmt: skip
