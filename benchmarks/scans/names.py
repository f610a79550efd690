"""How often both recognisers are sure of a name in which a rare character stands, and read it alike and wrong.

Usage: python -m benchmarks.scans.names [--characters N] [--seed S] FONT.ttf[:NUMBER] ...
Characters of gengang/characters.tsv that a font has are printed in invented names, clear, blurred and small in turn.
`sure`: both read the same, as surely as a text has to be read to be accepted; `wrong`: of these, another name than was
printed; `dropped`: of the wrong ones, with a character less. These figures are why no name is accepted from a picture
without a roster. An hour of one core for all characters in four fonts.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
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

FAMILY, GIVEN = "周吴郑陈沈韩杨朱许何吕张孔曹严华金魏陶姜", "明文华国建平丽芳军伟静敏"
# Parts of characters and what looks like one, which stand in no name.
COMPONENTS = frozenset(
    "丨丬孑亻冂冖冫凵刂勹匚卩厶囗夂宀屮巛幺廴彐彡彳忄扌攴攵氵灬爫犭疒癶礻禸纟罒耂艹虍衤覀訁讠豸辶釒钅阝隹飠饣"
)
POINTS, BATCH = 44, 64
SCALES = (1.0, 0.62, 0.45)  # of the picture, the first as it was drawn
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A name that was printed, and what both made of it. sure: of the least sure character of both."""

    printed: str
    first: str
    second: str
    sure: float

    @property
    def is_sure(self) -> bool:
        """Whether a text read so would be accepted."""
        return self.first == self.second and self.sure >= RECOGNISED_FLOOR["text"]


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


def main() -> None:
    """One line for each font."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.scans.names", description=__doc__,
                                        formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    arguments.add_argument("fonts", nargs="+")
    arguments.add_argument("--characters", type=int, default=len(characters()))
    arguments.add_argument("--seed", type=int, default=2016)
    given = arguments.parse_args()
    print(f"seed {given.seed}\n{'font':24}{'lines':>8}{'sure':>8}{'wrong':>8}{'dropped':>9}")
    for number, named in enumerate(given.fonts):
        path, _, index = named.partition(":")
        lines = _lines_in(path, int(index or 0), given.characters, given.seed + number)
        wrong = [line for line in lines if line.is_sure and line.first != line.printed]
        dropped = sum(len(line.first) < len(line.printed) for line in wrong)
        sure = sum(line.is_sure for line in lines)
        print(f"{Path(path).stem:24}{len(lines):>8}{sure:>8}{len(wrong):>8}{dropped:>9}  "
              + " ".join(f"{line.printed}>{line.first}" for line in wrong[:SHOWN]), flush=True)  # fmt: skip


def _lines_in(path: str, index: int, most: int, seed: int) -> list[Line]:
    have = FT2Font(path, face_index=index).get_charmap()
    known = [one for one in characters() if ord(one) in have and one not in COMPONENTS]
    some = sorted(random.Random(seed).sample(known, min(most, len(known))))
    return [*lines_of(ImageFont.truetype(path, POINTS, index=index), some, seed)]


if __name__ == "__main__":
    main()
