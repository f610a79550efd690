"""How well a PDF in which several people's forms were scanned one behind the other is parted into their forms.

Usage: python -m benchmarks.scans.piles [--piles N] [--people MOST] [--seed S] [--blank] [--family tune|tune2]
Each pile holds two people's forms or more, filled by the product or typed into, of templates drawn anew, scanned as one
file at 300 dpi with pages askew and turned. `parted`: forms of which a submission has exactly the pages and the form's
name; `wrong`: values accepted that are not on the form they are told of, with the one-sided 95 % upper bound of their
share. `--blank` puts a blank back behind every other form's pages.
"""

import argparse
import io
import os
import random
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pypdfium2

from benchmarks.reading.families import papers_of_family
from benchmarks.reading.filling import Template, templates_of
from benchmarks.reading.judge import FormJudged, judge_file
from benchmarks.reading.table import at_most, share
from benchmarks.scans.made import FONTS, by_letters, codecs_of
from benchmarks.scans.rows import TUNE, Made, in_print
from extractors.files import read_bytes
from gengang.form import Form
from gengang.tools import convert_office

SECONDS_A_FORM = 20.0
A4 = (595.3, 841.9)


@dataclass(frozen=True, slots=True)
class Pile:
    """Forms that are scanned together. pdfs: each as it is printed; seed: of the scanner."""

    pdfs: tuple[bytes, ...]
    made: tuple[Made, ...]
    seed: int


@dataclass(frozen=True, slots=True)
class Parted:
    """forms: how many there were; missed: those of which no submission has just the pages; judged: their fields."""

    forms: int
    missed: tuple[str, ...]
    judged: tuple[FormJudged, ...]


def parted(pile: Pile, forms: Sequence[Form], blank: bool) -> Parted:
    """What became of a pile."""
    joined, pages = joined_pdf(pile.pdfs, blank)
    file = read_bytes("pile.pdf", TUNE.scan(joined, random.Random(pile.seed)).data, forms)
    found = [(reading.form, tuple(reading.pages)) for reading in file.submissions]
    wanted = [(one.truth.stem, own) for one, own in zip(pile.made, pages, strict=True)]
    judged = judge_file([one.truth for one in pile.made], file, "pile.pdf")
    missed = tuple(f"{stem} on {own}; found {found}" for stem, own in wanted if (stem, own) not in found)
    return Parted(len(wanted), missed, tuple(judged))


def joined_pdf(pdfs: Sequence[bytes], blank: bool) -> tuple[bytes, list[tuple[int, ...]]]:
    """One PDF, and the pages of each of them in it, from 1."""
    whole, pages = pypdfium2.PdfDocument.new(), []
    for number, data in enumerate(pdfs):
        first = len(whole)
        with pypdfium2.PdfDocument(data) as one:
            whole.import_pages(one)
        pages.append(tuple(range(first + 1, len(whole) + 1)))
        if blank and number % 2:
            whole.new_page(*A4)
    out = io.BytesIO()
    whole.save(out)
    whole.close()
    return out.getvalue(), pages


def piles_of(templates: Sequence[Template], count: int, most: int, chance: random.Random, folder: Path) -> list[Pile]:
    """So many piles of two to `most` forms; one that could not be printed is left out."""
    sizes = [chance.randint(2, most) for _ in range(count)]
    made = [in_print(chance.choice(templates), chance, TUNE) for _ in range(sum(sizes))]
    paths = [folder / f"{number:05d}.docx" for number in range(len(made))]
    for path, one in zip(paths, made, strict=True):
        path.write_bytes(one.docx)
    printed = convert_office(paths, "pdf", folder / "pdf", 60 + SECONDS_A_FORM * len(paths), FONTS)
    left = iter([(one, found.result.read_bytes()) for one, found in zip(made, printed, strict=True) if found.result])
    piles = []
    for size in sizes:
        own = [pair for _, pair in zip(range(size), left, strict=False)]
        if own:
            piles.append(Pile(tuple(pdf for _, pdf in own), tuple(one for one, _ in own), chance.randrange(1 << 30)))
    return piles


def main() -> None:
    """Print one line."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.scans.piles", description=__doc__,
                                        formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    arguments.add_argument("--piles", type=int, default=30)
    arguments.add_argument("--people", type=int, default=12)
    arguments.add_argument("--seed", type=int, default=2016)
    arguments.add_argument("--family", choices=("tune", "tune2"), default="tune2")
    arguments.add_argument("--blank", action="store_true")
    given = arguments.parse_args()
    templates = templates_of(papers_of_family(given.family, given.seed))
    forms = tuple(template.form for template in templates)
    os.environ["OMP_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        piles = piles_of(templates, given.piles, given.people, random.Random(given.seed), Path(folder))
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        read = list(pool.map(partial(parted, forms=forms, blank=given.blank), piles))
    _print(read, codecs_of(forms))


def _print(read: Sequence[Parted], codecs: dict[tuple[str, str], str]) -> None:
    judged = [by_letters(form, codecs) for one in read for form in one.judged]
    values = sum(one.accepted for form in judged for one in form.fields)
    wrong = [one for form in judged for one in form.fields if one.verdict == "wrong"]
    forms = sum(one.forms for one in read)
    right = forms - sum(len(one.missed) for one in read)
    told = f"accepted {values}, wrong {len(wrong)} (at most {at_most(len(wrong), values)})"
    print(f"{len(read)} piles, {forms} forms: parted {right}, {share(right, forms)}; {told}")
    for missed in (text for one in read for text in one.missed):
        print(f"    not parted: {missed}")
    for one in wrong:
        print(f"    wrong: {one.path}, stated {one.stated}, found {one.found}")


if __name__ == "__main__":
    main()
