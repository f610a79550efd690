"""Writes extractors/misread.tsv: characters that both recognisers say, surely, where another one is printed.

Usage: python -m scripts.misread FONT.ttf[:NUMBER] ...
Every character of gengang/characters.tsv that a font has is printed in an invented name, clear, blurred and small in
turn, and read by both recognisers. Where both read the same wrong character as surely as a text is accepted, that
character is in doubt wherever it is read of a name. A quarter of an hour of one core for four fonts.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from matplotlib.ft2font import FT2Font
from PIL import Image, ImageDraw, ImageFont

from extractors.ocr import ReadText, read_lines
from extractors.policy import RECOGNISED_FLOOR
from gengang.characters import characters

TARGET = Path(__file__).resolve().parent.parent / "extractors" / "misread.tsv"
HEAD = """\
# Characters that both recognisers read, surely, where another one was printed. Written by scripts/misread.py.
# {fonts}: {lines} lines, {sure} of them surely alike, {wrong} of these wrong.
# character read, characters printed
"""
FAMILY, GIVEN = "周吴郑陈沈韩杨朱许何吕张孔曹严华金魏陶姜", "明文华国建平丽芳军伟静敏"
# Parts of characters, which stand in no name.
COMPONENTS = frozenset(
    "丨丬亻冂冖冫凵刂勹匚卩厶囗夂宀屮巛幺廴彐彡彳忄扌攴攵氵灬爫犭疒癶礻禸纟罒耂艹虍衤覀訁讠豸辶釒钅阝隹飠饣"
)
POINTS, BATCH = 44, 64
SCALES = (1.0, 0.62, 0.45)  # of the picture, the first as it was drawn


@dataclass(frozen=True, slots=True)
class Line:
    """A name that was printed, and what both made of it. sure: of the least sure character of both."""

    printed: str
    first: str
    second: str
    sure: float


def lines_of(font: ImageFont.FreeTypeFont, known: Sequence[str], seed: int) -> Iterator[Line]:
    """Each character in a name. seed: fonts beside each other take another, so that a character comes in every size."""
    chance, noise = random.Random(seed), np.random.default_rng(seed)
    for start in range(0, len(known), BATCH):
        some = known[start : start + BATCH]
        names = [chance.choice(FAMILY) + one + (chance.choice(GIVEN) if chance.random() < 0.6 else "") for one in some]
        pictures = [_picture(name, font, SCALES[(at + seed) % len(SCALES)], noise) for at, name in enumerate(names)]
        read = zip(names, read_lines(pictures), read_lines(pictures, "second"), strict=True)
        yield from (_line(name, one, two) for name, one, two in read)


def _line(name: str, one: ReadText, two: ReadText) -> Line:
    first, second = one.text.replace(" ", ""), two.text.replace(" ", "")
    return Line(name, first, second, min((*one.each, *two.each), default=0.0))


def _picture(
    name: str, font: ImageFont.FreeTypeFont, scale: float, noise: np.random.Generator
) -> npt.NDArray[np.uint8]:  # fmt: skip
    image = Image.new("L", (int(font.getlength(name)) + 24, POINTS + 16), 255)
    ImageDraw.Draw(image).text((12, 4), name, font=font, fill=20)
    pixels = np.asarray(image)
    if scale < 1:
        small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        grained = cv2.GaussianBlur(small, (3, 3), 0.6) + noise.normal(0, 8, small.shape)
        pixels = np.clip(grained, 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR), dtype=np.uint8)


def misread_in(lines: Sequence[Line]) -> Mapping[str, set[str]]:
    """Character read -> characters printed, where both were sure of one that was not there."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if _is_sure(line) and len(line.first) == len(line.printed):
            for printed, read in zip(line.printed, line.first, strict=True):
                if printed != read and printed not in COMPONENTS:
                    found[read].add(printed)
    return found


def _is_sure(line: Line) -> bool:
    return line.first == line.second and line.sure >= RECOGNISED_FLOOR["text"]


def table_of(lines: Sequence[Line], fonts: Sequence[str]) -> str:
    """The file."""
    sure = [line for line in lines if _is_sure(line)]
    wrong = sum(line.first != line.printed for line in sure)
    head = HEAD.format(fonts=", ".join(fonts), lines=len(lines), sure=len(sure), wrong=wrong)
    rows = (f"{read}\t{''.join(sorted(printed))}\n" for read, printed in sorted(misread_in(lines).items()))
    return head + "".join(rows)


def main() -> None:
    """Write the table."""
    lines: list[Line] = []
    for number, given in enumerate(sys.argv[1:]):
        path, _, index = given.partition(":")
        have = FT2Font(path, face_index=int(index or 0)).get_charmap()
        known = [one for one in characters() if ord(one) in have]
        font = ImageFont.truetype(path, POINTS, index=int(index or 0))
        lines += lines_of(font, known, number)
    TARGET.write_text(table_of(lines, [Path(given.partition(":")[0]).stem for given in sys.argv[1:]]), "utf-8")


if __name__ == "__main__":
    main()
