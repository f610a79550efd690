"""Which letters two recognisers alike read for others, of all Chinese characters of some faces: what misread.txt holds.

Usage: python -m benchmarks.scans.misread [--seed S] [--write FILE] FONT.ttf[:NUMBER] ...
Each character is printed in an invented name, clear, blurred, small, and in black and white; one that is not in
gengang/characters.tsv clear and blurred, as what is read for letters that names seldom have. `unlike`: lines that the
first recogniser read otherwise, in as many letters; `pairs`: letters that both put in the place of others with 0.9 or
more, `surely` of these with 0.99. `--write` adds them to a file; extractors/misread.txt is made with Noto Serif CJK SC,
Noto Sans CJK SC, FandolFang, LXGW WenKai, Ma Shan Zheng and Long Cang. Half an hour on two cores for all.
"""

import argparse
import random
from collections.abc import Iterator, Sequence, Set
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.reading.table import row_of
from benchmarks.scans.names import BATCH, WAYS, characters_in, drawn_line, face_of, line_of, name_with, parted
from extractors.misread import file_of, misread_of, with_pairs
from extractors.ocr import read_lines
from extractors.sureness import SURE_OF_RARE
from extractors.twice import read_twice
from gengang.characters import characters
from gengang.surnames import is_usual_in_given_names

Pixels = npt.NDArray[np.uint8]
HAN_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF))
CLEAR_AND_BLURRED = (0, 1)
LINES_A_TASK = 16 * BATCH
HEADINGS, WIDTHS = ("font", "lines", "unlike", "pairs", "surely"), (24, 8, 8, 8, 8)


@dataclass(frozen=True, slots=True)
class Task:
    """Characters of a face to be printed in one way."""

    face: str
    way: int
    some: tuple[str, ...]
    seed: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of it. pairs: the letter that was read, the one that was printed, whether read so surely."""

    lines: int
    unlike: int
    pairs: frozenset[tuple[str, str, bool]]


def tasks_of(face: str, seed: int) -> Iterator[Task]:
    """Everything that is to be printed in a face, path or path:number."""
    known = characters_in(face, characters())
    blocks = (chr(code) for first, last in HAN_BLOCKS for code in range(first, last + 1))
    others = characters_in(face, (one for one in blocks if one not in characters()))
    for way in range(WAYS):
        for wanted in (known, others if way in CLEAR_AND_BLURRED else []):
            for start in range(0, len(wanted), LINES_A_TASK):
                yield Task(face, way, tuple(wanted[start : start + LINES_A_TASK]), seed + start)


def seen_in(task: Task) -> Seen:
    """The task done. What the first recogniser reads as it was printed need not be read again."""
    font = face_of(task.face)
    chance, noise = random.Random(task.seed), np.random.default_rng(task.seed)
    unlike, pairs = 0, set[tuple[str, str, bool]]()
    for start in range(0, len(task.some), BATCH):
        names = [name_with(one, chance) for one in task.some[start : start + BATCH]]
        pictures = [drawn_line(name, font, task.way, chance, noise) for name in names]
        odd = [(name, picture) for name, picture, read in zip(names, pictures, read_lines(pictures), strict=True)
               if read.text.replace(" ", "") != name and len(read.text.replace(" ", "")) == len(name)]  # fmt: skip
        unlike += len(odd)
        pairs.update(pairs_in(odd))
    return Seen(len(task.some), unlike, frozenset(pairs))


def pairs_in(odd: Sequence[tuple[str, Pixels]]) -> Iterator[tuple[str, str, bool]]:
    """Of lines, with what they say, the letters that both read for others; usual ones for letters of the table."""
    again = read_twice([picture for _, picture in odd])
    for (name, picture), read in zip(odd, again, strict=True):
        line = line_of(name, read, picture)
        yield from ((one, printed, line.sure >= SURE_OF_RARE) for one, printed in line.pairs
                    if printed in characters() or not is_usual_in_given_names(one))  # fmt: skip


def main() -> None:
    """One line for each face."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.scans.misread", description=__doc__,
                                        formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    arguments.add_argument("fonts", nargs="+")
    arguments.add_argument("--seed", type=int, default=2016)
    arguments.add_argument("--write", type=Path)
    given = arguments.parse_args()
    print(f"seed {given.seed}\n" + row_of(HEADINGS, WIDTHS))
    everything: set[tuple[str, str, bool]] = set()
    with ProcessPoolExecutor(None, get_context("spawn")) as pool:
        for face in given.fonts:
            done = [*pool.map(seen_in, tasks_of(face, given.seed))]
            pairs = frozenset[tuple[str, str, bool]]().union(*(one.pairs for one in done))
            print_row(Path(parted(face)[0]).stem, done, pairs)
            everything |= pairs
    if given.write:
        known = given.write.read_text("utf-8").splitlines()[1:] if given.write.exists() else []
        given.write.write_text(file_of(with_pairs(misread_of(known), everything)), "utf-8")


def print_row(title: str, done: Sequence[Seen], pairs: Set[tuple[str, str, bool]]) -> None:
    """What came of a face."""
    surely = sum(one for *_, one in pairs)
    cells = (title, sum(one.lines for one in done), sum(one.unlike for one in done), len(pairs), surely)
    print(row_of(cells, WIDTHS), flush=True)


if __name__ == "__main__":
    main()
