"""How often a name in which a rare character stands is taken from a picture without a roster, and is another name.

Usage: python -m benchmarks.scans.names [--characters N] [--seed S] FONT.ttf[:NUMBER] ...
Characters of gengang/characters.tsv that a font has are printed in invented names, clear, blurred, small, and in black
and white in turn.
`alike`: both read the same as surely as other text has to be read to be accepted, `wrong` of these another name than
was printed; `taken`: those that the policy of names accepts as usual names, with the wrong ones of them, and the
one-sided 95 % upper bound of their share; `rare`: the same of names with a letter that usual ones do not have.
"""

import argparse
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from matplotlib.ft2font import FT2Font
from PIL import Image, ImageDraw, ImageFont

from benchmarks.reading.table import at_most, row_of
from extractors.ink import overlooks_ink
from extractors.pieces import places_of_letters
from extractors.policy import Evidence, field_reading
from extractors.sureness import sure_of
from extractors.twice import Twice, read_twice
from gengang.characters import characters
from gengang.codecs import parse
from gengang.form import FieldType
from gengang.reading import SURE_OF_NAME
from gengang.surnames import is_usual_name, may_be_name

Pixels = npt.NDArray[np.uint8]

FAMILY, GIVEN = "周吴郑陈沈韩杨朱许何吕张孔曹严华金魏陶姜", "明文华国建平丽芳军伟静敏"
# Parts of characters and what looks like one, which stand in no name.
COMPONENTS = frozenset(
    "丨丬孑亻冂冖冫凵刂勹匚卩厶囗夂宀屮巛幺廴彐彡彳忄扌攴攵氵灬爫犭疒癶礻禸纟罒耂艹虍衤覀訁讠豸辶釒钅阝隹飠饣"
)
POINTS, BATCH = 44, 64
SCALES = (1.0, 0.62, 0.45)  # of the picture, the first as it was drawn
BLACK_FROM = (120, 175)  # grey up to which a black and white scanner sees ink
WAYS = len(SCALES) + 1
SURELY = 0.9
SHOWN = 12
HEADINGS = ("font", "lines", "alike", "wrong", "taken", "wrong", "≤ at 95 %", "rare", "wrong", "≤ at 95 %")
WIDTHS = (20, 8, 8, 8, 8, 8, 12, 8, 8, 12)


@dataclass(frozen=True, slots=True)
class Line:
    """A name that was printed, and what both made of it. sure: of the least sure character of both.

    overlooked: ink was seen where nobody read a letter.
    """

    printed: str
    first: str
    second: str
    sure: float
    overlooked: bool

    @property
    def is_alike(self) -> bool:
        """Whether another text read so would be accepted."""
        return self.first == self.second and self.sure >= SURE_OF_NAME

    @property
    def is_taken(self) -> bool:
        """Whether the name is accepted without a roster."""
        if not may_be_name(self.first):
            return False
        evidence = Evidence("scan", True, self.sure, self.first == self.second, self.overlooked)
        found = field_reading(FieldType("text"), self.first, parse("text", self.first), evidence, None)
        return found.status == "accepted"

    @property
    def is_rare(self) -> bool:
        """Whether it was read as a name that has a letter which usual names do not have."""
        return not is_usual_name(self.first)

    @property
    def is_wrong(self) -> bool:
        """Whether it was read as another name."""
        return self.first != self.printed

    @property
    def pairs(self) -> set[tuple[str, str]]:
        """The characters that both put in the place of others, each with the one that was printed."""
        if self.first != self.second or len(self.first) != len(self.printed) or self.sure < SURELY:
            return set()
        return {(one, printed) for one, printed in zip(self.first, self.printed, strict=True) if one != printed}


def lines_of(font: ImageFont.FreeTypeFont, known: Sequence[str], seed: int) -> Iterator[Line]:
    """Each character in a name. seed: fonts beside each other take another, so that a character comes in every size."""
    chance, noise = random.Random(seed), np.random.default_rng(seed)
    for start in range(0, len(known), BATCH):
        some = known[start : start + BATCH]
        names = [name_with(one, chance) for one in some]
        pictures = [drawn_line(name, font, (at + seed) % WAYS, chance, noise) for at, name in enumerate(names)]
        yield from map(line_of, names, read_twice(pictures), pictures)


def name_with(one: str, chance: random.Random) -> str:
    """An invented name with a character."""
    return chance.choice(FAMILY) + one + (chance.choice(GIVEN) if chance.random() < 0.6 else "")


def parted(face: str) -> tuple[str, int]:
    """The path of a face and its number in the file, of path or path:number."""
    path, _, index = face.partition(":")
    return path, int(index or 0)


def characters_in(face: str, some: Iterable[str]) -> list[str]:
    """Those of some characters that a face has, without such as stand in no name; some faces have blank ones."""
    path, index = parted(face)
    have, font = FT2Font(path, face_index=index).get_charmap(), face_of(face)
    known = (one for one in some if ord(one) in have and one not in COMPONENTS)
    return [one for one in known if font.getmask(one).getbbox() is not None]


def face_of(face: str) -> ImageFont.FreeTypeFont:
    """The face, of `POINTS`."""
    path, index = parted(face)
    return ImageFont.truetype(path, POINTS, index=index)


def line_of(name: str, read: Twice, picture: Pixels) -> Line:
    """A name that was printed, with what both read."""
    one = read.one
    first, second = one.text.replace(" ", ""), read.two.text.replace(" ", "")
    overlooked = overlooks_ink(picture, places_of_letters(one), one.steps, one.places)
    return Line(name, first, second, min((sure_of(each, True) for each in read.each), default=0.0), overlooked)


def drawn_line(
    text: str, font: ImageFont.FreeTypeFont, way: int, chance: random.Random, noise: np.random.Generator
) -> Pixels:
    """A line in one of the ways in which papers come: clear, blurred, small, or in black and white."""
    if way < len(SCALES):
        return printed_line(text, font, SCALES[way], noise)
    grey = printed_line(text, font, SCALES[1], noise)[:, :, 0]
    black = np.where(grey < chance.randint(*BLACK_FROM), 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(black, cv2.COLOR_GRAY2BGR), dtype=np.uint8)


def printed_line(name: str, font: ImageFont.FreeTypeFont, scale: float, noise: np.random.Generator) -> Pixels:
    """A line printed in a face of `POINTS`, grey in three channels; at a scale below 1 small, blurred and grained."""
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
    print(f"seed {given.seed}\n" + row_of(HEADINGS, WIDTHS))
    everything: list[Line] = []
    for number, face in enumerate(given.fonts):
        lines = _lines_in(face, given.characters, given.seed + number)
        _print_row(Path(parted(face)[0]).stem, lines)
        everything += lines
    _print_row("all together", everything)


def _print_row(title: str, lines: Sequence[Line]) -> None:
    alike, taken = [line for line in lines if line.is_alike], [line for line in lines if line.is_taken]
    wrong = [line for line in taken if line.is_wrong]
    kinds = [[line for line in taken if line.is_rare is rare] for rare in (False, True)]
    counts = [(len(kind), sum(line.is_wrong for line in kind)) for kind in kinds]
    cells = (title, len(lines), len(alike), sum(line.is_wrong for line in alike),
             *(cell for of, off in counts for cell in (of, off, at_most(off, of))))  # fmt: skip
    told = " ".join(f"{line.printed}>{line.first}" for line in wrong[:SHOWN])
    print(row_of(cells, WIDTHS), told, flush=True)


def _lines_in(face: str, most: int, seed: int) -> list[Line]:
    known = characters_in(face, characters())
    some = sorted(random.Random(seed).sample(known, min(most, len(known))))
    return [*lines_of(face_of(face), some, seed)]


if __name__ == "__main__":
    main()
