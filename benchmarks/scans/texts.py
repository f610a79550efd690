"""How often a line of Chinese text is taken from a picture without a person, and says something else.

Usage: python -m benchmarks.scans.texts [--lines N] [--seed S] [--letters] FONT.ttf[:NUMBER] ...
Lines are stretches of Chinese from docs/使用手册.md, each of them once clear, blurred, small, or in black and white.
`right`: the first recogniser reads what was printed; `sure`: both read the same, no letter below 0.98, as texts were
accepted before words counted, with the wrong ones of them; `taken`: those that the policy of long texts accepts, with
the wrong ones and the one-sided 95 % upper bound of their share. `--letters` prints how often a letter that both read
alike was right, by how sure the less sure was of it, those apart that their word tells whatever they look like.
"""

import argparse
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import ImageFont

from benchmarks.reading.table import at_most, row_of
from benchmarks.scans.names import BATCH, POINTS, SHOWN, WAYS, Pixels, drawn_line
from extractors.ink import overlooks_ink
from extractors.pieces import places_of_letters
from extractors.policy import Evidence, agree, field_reading
from extractors.sureness import EVEN, letters_for, sure_of
from extractors.twice import Twice, read_twice
from gengang.codecs import HAN, parse
from gengang.form import FieldType
from gengang.sheet import squeezed

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "使用手册.md"
TEXT = FieldType("prose")
SURELY = 0.98
BANDS = (0.5, 0.8, 0.9, 0.95, 0.98, 1.01)
HEADINGS, WIDTHS = (
    ("font", "lines", "right", "sure", "wrong", "taken", "wrong", "≤ at 95 %"),
    (24, 8, 8, 8, 8, 8, 8, 12),
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as both read it. sure: of the less sure; told: its word says that it is no other; right: it is none."""

    sure: float
    told: bool
    right: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was printed, and what was made of it. sure: both read it alike, no letter below `SURELY`."""

    printed: str
    read: str
    sure: bool
    taken: bool
    letters: tuple[Letter, ...] = ()

    @property
    def is_wrong(self) -> bool:
        """Whether it was read as another text."""
        return self.read != self.printed


def lines_in(font: ImageFont.FreeTypeFont, texts: Sequence[str], seed: int) -> Iterator[Line]:
    """Each text as a line, in four ways in turn."""
    chance, noise = random.Random(seed), np.random.default_rng(seed)
    for start in range(0, len(texts), BATCH):
        some = texts[start : start + BATCH]
        pictures = [drawn_line(text, font, at % WAYS, chance, noise) for at, text in enumerate(some)]
        yield from map(_line, some, read_twice(pictures), pictures)


def _line(text: str, read: Twice, picture: Pixels) -> Line:
    one, two = squeezed(read.one.text), squeezed(read.two.text)
    surely = one == two and min((sure_of(each, True) for each in read.each), default=0.0) >= SURELY
    overlooked = overlooks_ink(picture, places_of_letters(read.one), read.one.steps, read.one.places)
    parsed = parse(TEXT.codec, one)
    known = [each for each, char in zip(read.each, read.one.text, strict=True) if not char.isspace()]
    sure = min(letters_for(TEXT.codec, one, known), default=0.0)
    evidence = Evidence("scan", True, sure, agree(TEXT, parsed, two), overlooked)
    taken = field_reading(TEXT, one, parsed, evidence, None).status == "accepted"
    return Line(text, one, surely, taken, tuple(_letters(text, one, [sure_of(each, True) for each in known])))


def _letters(text: str, read: str, each: Sequence[float]) -> Iterator[Letter]:
    """The letters of a line of which none was lost or added; none of one of which the two readings differ."""
    if len(read) == len(text):
        told = letters_for(TEXT.codec, read, [min(sure, SURELY - 0.01) for sure in each])
        yield from (Letter(sure, word > EVEN, char == own) for sure, word, char, own in zip(each, told, read, text,
                    strict=True) if sure > EVEN)  # fmt: skip


def main() -> None:
    """One line for each font."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.scans.texts", description=__doc__,
                                        formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    arguments.add_argument("fonts", nargs="+")
    arguments.add_argument("--lines", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=2016)
    arguments.add_argument("--letters", action="store_true")
    given = arguments.parse_args()
    known = sorted(set(re.findall(rf"[{HAN}]{{5,24}}", MANUAL.read_text("utf-8"))))
    print(f"seed {given.seed}, {len(known)} stretches of text")
    print(row_of(HEADINGS, WIDTHS))
    everything: list[Line] = []
    for number, named in enumerate(given.fonts):
        path, _, index = named.partition(":")
        texts = random.Random(given.seed + number).choices(known, k=given.lines)
        font = ImageFont.truetype(path, POINTS, index=int(index or 0))
        lines = [*lines_in(font, texts, given.seed + number)]
        _print_row(Path(path).stem, lines)
        everything += lines
    _print_row("all together", everything)
    if given.letters:
        _print_letters([letter for line in everything for letter in line.letters])


def _print_letters(letters: Sequence[Letter]) -> None:
    print(f"{'both as sure as':>24}{'told by word':>16}{'wrong':>8}{'≤ at 95 %':>12}{'others':>10}{'wrong':>8}")
    for least, most in pairwise(BANDS):
        here = [letter for letter in letters if least <= letter.sure < most]
        told, other = ([letter.right for letter in here if letter.told is of_word] for of_word in (True, False))
        wrong = told.count(False)
        bound = at_most(wrong, len(told))
        print(f"{least:>24}{len(told):>16}{wrong:>8}{bound:>12}{len(other):>10}{other.count(False):>8}")


def _print_row(title: str, lines: Sequence[Line]) -> None:
    sure, taken = [line for line in lines if line.sure], [line for line in lines if line.taken]
    wrong = [line for line in taken if line.is_wrong]
    right, surely_wrong = sum(not line.is_wrong for line in lines), sum(line.is_wrong for line in sure)
    cells = (title, len(lines), right, len(sure), surely_wrong, len(taken), len(wrong), at_most(len(wrong), len(taken)))
    told = " ".join(f"{line.printed}>{line.read}" for line in wrong[:SHOWN])
    print(row_of(cells, WIDTHS), told, flush=True)


if __name__ == "__main__":
    main()
