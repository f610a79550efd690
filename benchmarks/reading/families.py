"""The families of papers, each drawn from a seed: two on which readers are mended, and `held`, which gives the figures.

A family's vocabulary and its own pieces tell it apart from the others, not the seed alone.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from benchmarks.reading.model import Paper
from benchmarks.reading.papers import paper_of
from benchmarks.reading.papers_held import held_paper_of
from benchmarks.reading.words import TUNE, TUNE2, Words
from benchmarks.reading.words_held import HELD

Drawing = Callable[[Words, str, str, random.Random, int], Paper]


@dataclass(frozen=True, slots=True)
class Family:
    """words: its vocabulary; drawing: draws the paper of a kind and a title, by chance, under its number."""

    words: Words
    drawing: Drawing


FAMILIES: Mapping[str, Family] = {
    "tune": Family(TUNE, paper_of),
    "tune2": Family(TUNE2, partial(paper_of, second=True)),
    "held": Family(HELD, held_paper_of),
}


def papers_of_family(name: str, seed: int) -> tuple[Paper, ...]:
    """One paper for each title of the family. The same seed draws the same papers."""
    family = FAMILIES[name]
    drawn = [(kind, title) for kind, titles in family.words.titles.items() for title in titles]
    return tuple(family.drawing(family.words, kind, title, random.Random(f"{name} {seed} {number}"), number)
                 for number, (kind, title) in enumerate(drawn))  # fmt: skip
