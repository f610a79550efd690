"""A page's text layer against what the page shows: which letters are seen, which fonts say what they draw.

Knows neither cells nor forms. A font is judged by its own letters; only where those look odd are a few of its lines
compared with what the recogniser reads on their picture.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

import cv2
import numpy as np
import numpy.typing as npt
from rapidfuzz.fuzz import ratio

from extractors.endings import CLOSING
from extractors.layout import Rect
from extractors.letters import Char, ink_centre, tick_of
from extractors.ocr import read_lines
from gengang.codecs import HAN

Pixels = npt.NDArray[np.uint8]
Verdict = Literal["sound", "odd", "broken"]

# Grey levels by which neighbouring pixels of a letter differ at least, and how many such pixels make it seen.
CONTRAST, LEAST_EDGES = 20, 4
SMALLEST_SEEN = 2.0  # points
# Shares of a font's letters.
MOST_STRANGE, LEAST_COMMON = 0.3, 0.85
LEAST_LETTERS = 8
LEAST_MARKS = 3
TRIED_LINES = 4
ALIKE = 60.0  # per cent; lines that the recogniser reads less alike were drawn otherwise than the layer says
OCR_SCALE = 200 / 72


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
        base = char["bottom"] - (char["matrix"][5] - char["y0"])
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


def broken_fonts(chars: Sequence[Char], picture: Callable[[], Picture]) -> frozenset[str]:
    """Names of the fonts whose letters are not what they draw. picture: of the page, drawn only where it is needed."""
    fonts: dict[str, list[Char]] = defaultdict(list)
    inked = [char for char in chars if char["text"].strip()]
    for char in inked:
        fonts[char["fontname"]].append(char)
    verdicts = {name: verdict_of(letters) for name, letters in fonts.items()}
    odd = {name for name, verdict in verdicts.items() if verdict == "odd"} | _beginning_with_marks(inked)
    misread = _misread_fonts(odd, chars, picture()) if odd else frozenset()
    return frozenset(name for name, verdict in verdicts.items() if verdict == "broken") | misread


def verdict_of(letters: Sequence[Char]) -> Verdict:
    """What a font's letters say of its map by themselves. Single signs that stand alone, as bullets do, say nothing."""
    bad = sum(map(is_garbage, letters))
    if bad > 0.05 * len(letters) and not _are_signs(letters):
        return "broken"
    texts = [char["text"] for char in letters]
    han = [text for text in texts if _IS_HAN.match(text)]
    rare = len(han) >= LEAST_LETTERS and sum(text in _common() for text in han) < LEAST_COMMON * len(han)
    strange = len(texts) >= LEAST_LETTERS and sum(map(_is_strange, texts)) > MOST_STRANGE * len(texts)
    return "odd" if rare or strange else "sound"


def _are_signs(letters: Sequence[Char]) -> bool:
    """At most two different signs, none beside another."""
    apart = all(abs(one["top"] - two["top"]) > 1 or abs(two["x0"] - one["x1"]) > 0.5 * one["size"]
                for one, two in pairwise(letters))  # fmt: skip
    return apart and len({char["text"] for char in letters}) <= 2


_IS_HAN = re.compile(f"[{HAN}]")
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


def _beginning_with_marks(letters: Sequence[Char]) -> set[str]:
    """Fonts whose closing marks begin several lines: no program breaks a line so. letters: in the order of the file."""
    begun = [two for one, two in pairwise(letters)
             if two["x1"] <= one["x0"] and two["top"] > one["top"] + 0.5 * one["size"]]  # fmt: skip
    marks = Counter(char["fontname"] for char in begun if char["text"] in CLOSING)
    return {name for name, count in marks.items() if count >= LEAST_MARKS and count > 0.1 * len(begun)}


def _misread_fonts(fonts: Collection[str], chars: Sequence[Char], picture: Picture) -> frozenset[str]:
    broken = set()
    for name in fonts:
        runs = sorted(_runs_with(name, chars), key=len, reverse=True)[:TRIED_LINES]
        crops = [cv2.cvtColor(picture.part(_around(run)), cv2.COLOR_GRAY2RGB) for run in runs]
        read = read_lines([np.asarray(crop, np.uint8) for crop in crops])
        alike = [ratio(_bare(one.text), _bare("".join(char["text"] for char in run)))
                 for one, run in zip(read, runs, strict=True)]  # fmt: skip
        if alike and sum(alike) / len(alike) < ALIKE:
            broken.add(name)
    return frozenset(broken)


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _runs_with(name: str, chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Letters that stand close behind each other, where the font has a share in them."""
    run: list[Char] = []
    for char in sorted((one for one in chars if one["text"].strip()), key=_place):
        near = run and abs(char["bottom"] - run[-1]["bottom"]) < 0.5 * char["size"] and (
            -0.5 * char["size"] < char["x0"] - run[-1]["x1"] < char["size"])  # fmt: skip
        if run and not near:
            if any(one["fontname"] == name for one in run):
                yield run
            run = []
        run.append(char)
    if any(one["fontname"] == name for one in run):
        yield run


def _place(char: Char) -> tuple[int, float]:
    return round(char["bottom"] / 4), float(char["x0"])


def _around(run: Sequence[Char]) -> Rect:
    edge = 0.15 * run[0]["size"]
    return Rect(min(char["x0"] for char in run) - edge, min(char["top"] for char in run) - edge,
                max(char["x1"] for char in run) + edge, max(char["bottom"] for char in run) + edge)  # fmt: skip
