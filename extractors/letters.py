"""Letters of a page's text layer to its lines: their order, the blanks between them, what tells where a line ended.

Knows neither PDF nor cells. What the letters' places leave open stands in the text as WRAP_IN_DOUBT: a line's last
one says that its writer or the page may have broken the line there.
"""

import re
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from extractors.endings import CLOSING, Block, End, Measured
from extractors.layout import Rect
from extractors.paper import PrintedLine, unbroken_start
from extractors.policy import WRAP_IN_DOUBT
from gengang.codecs import HAN

Char = Mapping[str, Any]
"""A letter as pdfplumber has it, in points of the upright page.

x0, x1, top, bottom: from the page's top left; y0, matrix[5]: its bottom and its baseline from the page's foot; size: of
its font. ended: its writer surely ended the line with it; only letters of form fields, which we set, have it.
"""

# Shares of a letter's size. A gap wider than WIDE_GAP is a space.
WIDE_GAP = 0.6
OVERLAID = 0.5  # share of the narrower letter that another one covers
# How far a typed blank may reach into the next letter: Latin letters are at times drawn nearer to it.
SNUG, KERNED = 0.03, 0.12
SPACED_BY_PAGE = 0.25  # what a page puts between Chinese and Latin by itself
LEAST_GAPS, CLOSE = 3, 0.2  # so many gaps, none of them wider, tell how a line was set

# Tick fonts draw these at private-use code points.
TICKED_POINTS = frozenset({0xFE, 0xFD, 0xFC, 0xFB, 0x52, 0x53, 0x54, 0x50, 0x78, 0x6E})
EMPTY_POINTS = frozenset({0xA8, 0x6F, 0x70, 0x71, 0x72, 0xA3, 0x2A, 0x30})
_HAN = re.compile(f"[{HAN}]")
TICK_FONTS = ("wingdings", "webdings", "marlett", "zapfdingbats")


def tick_of(char: Char) -> str:
    """☑ or □ where a tick font draws one, else empty."""
    point = ord(char["text"][0])
    named = any(font in str(char["fontname"]).lower() for font in TICK_FONTS)
    if not (named or 0xF000 <= point <= 0xF0FF):
        return ""
    if point & 0xFF in TICKED_POINTS:
        return "☑"
    return "□" if point & 0xFF in EMPTY_POINTS else ""


def baseline_of(char: Char) -> float:
    """y of the line the letter stands on, in points from the top."""
    return float(char["bottom"] - (char["matrix"][5] - char["y0"]))


def ink_centre(char: Char) -> tuple[float, float]:
    """The middle of the letter itself; boxes of different fonts are not comparable."""
    return _middle(char), baseline_of(char) - 0.35 * char["size"]


def printed_lines(block: Block, ends: Sequence[End]) -> tuple[PrintedLine, ...]:
    """The lines of a block with who ended each; the last one's end says nothing."""
    return tuple(_printed(line, end, number + 1 == len(ends))
                 for number, (line, end) in enumerate(zip(block.lines, ends, strict=True)))  # fmt: skip


def _printed(line: Measured, end: End, last: bool) -> PrintedLine:
    if last:
        return PrintedLine(line.rect, line.text)
    if end == "doubt":
        return PrintedLine(line.rect, line.text + WRAP_IN_DOUBT)
    rect = replace(line.rect, right=line.natural) if end == "ended" else line.rect
    return PrintedLine(rect, line.text, end=end)


def measured_lines(chars: Sequence[Char], wide: str = " ") -> tuple[Measured, ...]:
    """Characters as lines from top to bottom with what their ends are told by. wide: what a wide gap reads as."""
    lines = [_Letters(tuple(inked), wide) for inked in map(_in_order, _by_baseline(chars)) if inked]
    spaced = min((line.spacing for line in lines if line.spacing is not None), default=0.0) if len(lines) > 1 else 0.0
    return tuple(
        Measured(line.text, line.rect, baseline_of(line.chars[0]), line.size, line.spread(spaced), len(line.gaps),
                 _width_of_start(lines[number:]), bool(line.chars[-1].get("ended")), sum(map(_pressed, line.chars)))
        for number, line in enumerate(lines)
    )  # fmt: skip


def _by_baseline(chars: Sequence[Char]) -> Iterator[list[Char]]:
    line: list[Char] = []
    for char in sorted(chars, key=baseline_of):
        if line and baseline_of(char) - baseline_of(line[0]) > 0.45 * max(char["size"], line[0]["size"]):
            yield line
            line = []
        line.append(char)
    if line:
        yield line


# --- blanks ---


def _in_order(line: Sequence[Char]) -> list[Char]:
    """From left to right, between its letters only the blanks that somebody typed; an underline is drawn with others.

    Nothing when the line has no letter.
    """
    inked = sorted((char for char in line if char["text"].strip()), key=lambda char: float(char["x0"]))
    starts = [float(char["x0"]) for char in inked]
    between: dict[int, list[Char]] = {}
    over = False
    for blank in (char for char in line if not char["text"].strip()):
        behind = bisect(starts, _middle(blank))
        between.setdefault(behind, []).append(blank)
        over = over or (behind > 0 and _middle(blank) < inked[behind - 1]["x1"])
    kept = list(inked[:1])
    for number, (before, char) in enumerate(pairwise(inked), 1):
        kept += [*_typed(between.get(number, []), before, char, over), char]
    return kept


def _typed(blanks: Sequence[Char], before: Char, char: Char, over: bool) -> list[Char]:
    """The blanks that fit between two letters end to end. over: the line has others, that were drawn over letters.

    Such ones may lie in a gap that justification made; then nobody can tell whether one was typed.
    """
    size = float(char["size"])
    reach = size * (KERNED if _latin(before) and _latin(char) else SNUG)
    chain: list[Char] = []
    end = float(before["x1"])
    for blank in sorted(blanks, key=lambda blank: float(blank["x0"])):
        if blank["x0"] >= end - size * SNUG and blank["x1"] <= char["x0"] + reach:
            chain.append(blank)
            end = float(blank["x1"])
    loose = float(char["x0"]) - end > 2 * SNUG * size
    return [{**blank, "text": WRAP_IN_DOUBT} for blank in chain] if over and loose else chain


def _middle(char: Char) -> float:
    return float(char["x0"] + char["x1"]) / 2


def _latin(char: Char) -> bool:
    return str(char["text"]).isascii()


def _chinese(char: Char) -> bool:
    """A character, no mark: marks are at times set closer."""
    return _HAN.match(str(char["text"])) is not None


# --- one line ---


@dataclass(frozen=True, slots=True)
class _Letters:
    """The characters of one line from left to right. wide: what a wide gap between two of them reads as."""

    chars: tuple[Char, ...]
    wide: str

    @property
    def rect(self) -> Rect:
        """Around what is inked."""
        return Rect(
            float(self.chars[0]["x0"]),
            min(float(char["top"]) for char in self.chars),
            max(float(char["x1"]) for char in self.chars),
            max(float(char["bottom"]) for char in self.chars),
        )

    @property
    def size(self) -> float:
        """Of its letters, in points."""
        return float(self.chars[0]["size"])

    @property
    def gaps(self) -> list[float]:
        """White before each character but the first."""
        return [float(char["x0"] - before["x1"]) for before, char in pairwise(self.chars)]

    @property
    def stretch(self) -> float:
        """The gap that justification put between all characters; 0 in a short line, unless it is even.

        What the page puts between Chinese and Latin by itself is none.
        """
        pairs = list(zip(self.gaps, pairwise(self.chars), strict=True))
        alike = [gap for gap, (before, char) in pairs if _latin(before) == _latin(char)]
        other = [gap - SPACED_BY_PAGE * self.size for gap, (before, char) in pairs if _latin(before) != _latin(char)]
        chinese = [gap for gap, (before, char) in pairs if not _latin(before) and not _latin(char)]
        gaps = sorted(chinese if len(chinese) > 1 else alike or other)
        even = len(gaps) > 1 or _letter(self.chars[-1]) in CLOSING
        if gaps and (len(gaps) >= 4 or (even and gaps[-1] < 1.3 * gaps[0])):
            return max(0.0, gaps[len(gaps) // 2])
        return 0.0

    @property
    def filled(self) -> float:
        """How much shorter the line would be without stretching."""
        stretch = self.stretch
        if stretch < 2 * SNUG * self.size:
            return 0.0
        return sum(min(stretch, max(0.0, gap)) for gap in self.gaps)

    @property
    def spacing(self) -> float | None:
        """The mean gap between Chinese letters that stand close; None when there are too few to tell."""
        pairs = zip(self.gaps, pairwise(self.chars), strict=True)
        gaps = [gap for gap, (before, char) in pairs if _chinese(before) and _chinese(char)]
        if len(gaps) < LEAST_GAPS or not -SNUG * self.size < min(gaps) <= max(gaps) < CLOSE * self.size:
            return None
        return sum(gaps) / len(gaps)

    def spread(self, spaced: float) -> float:
        """How much wider than its letters the line is. spaced: what stands between all letters of its text anyway."""
        if self.filled or self.spacing is None:
            return self.filled
        return max(0.0, self.spacing - spaced) * len(self.gaps)

    @property
    def text(self) -> str:
        """What the line says; a gap much wider than the line's others reads as a space, or as one in doubt."""
        stretch = self.stretch
        text = _letter(self.chars[0])
        for gap, (before, char) in zip(self.gaps, pairwise(self.chars), strict=True):
            if _lies_over(before, char):
                text += WRAP_IN_DOUBT  # which of the two was written first cannot be seen
            wide = gap > max(WIDE_GAP * char["size"], 2 * stretch)
            text += (self.wide if wide and text[-1:] not in (" ", self.wide) else "") + _letter(char)
        return text.strip()


def _lies_over(before: Char, char: Char) -> bool:
    """Two letters on one place: a borrowed font at times draws the next one over the last."""
    narrower = min(before["x1"] - before["x0"], char["x1"] - char["x0"])
    both = before["text"].strip() and char["text"].strip()
    return bool(both) and float(before["x1"] - char["x0"]) > OVERLAID * float(narrower)


def _letter(char: Char) -> str:
    return tick_of(char) or str(char["text"])


def _width_of_start(lines: Sequence[_Letters]) -> float:
    """Width of what a page cannot break at the start of the lines, its marks as wide as before they are set."""
    left = len(unbroken_start(line.text for line in lines))
    width = 0.0
    for line in lines:
        chars = line.chars[:left]
        if not chars:
            break
        width += float(chars[-1]["x1"] - chars[0]["x0"]) + sum(map(_pressed, chars))
        left -= len(chars)
    return width


def _pressed(char: Char) -> float:
    """By how much a full-width mark is drawn narrower than a letter: pages press marks together."""
    mark = not _latin(char) and not _chinese(char) and char["text"].strip()
    return max(0.0, float(char["size"] - (char["x1"] - char["x0"]))) if mark else 0.0
