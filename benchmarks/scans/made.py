"""The files of a row made and read, a form at a time over all cores; each process recognises on one core of its own."""

import os
import random
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from benchmarks.reading.filling import Template
from benchmarks.reading.judge import FormJudged, Verdict, judge_file
from benchmarks.reading.media import Order
from benchmarks.scans.pens import drawn_ticks
from benchmarks.scans.reliability import plain_path
from benchmarks.scans.roster import roster_of
from benchmarks.scans.rows import Kit, Made, Row, has_ticks
from extractors.files import read_files
from gengang.corroborate import corroborate
from gengang.form import Form
from gengang.tools import convert_office

FONTS = Path(__file__).resolve().parents[2] / "templates" / "fonts"
SECONDS_A_FILE = 20.0
BATCH = 40


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed form. number: in its row; seed: of what happens to it."""

    number: int
    pdf: Path
    made: Made
    seed: int


Twice = tuple[list[FormJudged], list[FormJudged]]
"""A row without and with a roster."""


def read_row(order: Order, row: Row, kit: Kit, workers: int) -> Twice:
    """What is made of each form; one that could not be printed as it was meant is left out."""
    templates = [one for one in order.templates if not row.ticks or has_ticks(one.paper)]
    os.environ["OMP_NUM_THREADS"] = "1"
    forms = tuple(template.form for template in order.templates)
    answer = partial(_judged, row=row, kit=kit, forms=forms)
    alone: list[FormJudged] = []
    settled: list[FormJudged] = []
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        for sheets in _printed(order, templates, row, kit):
            for one, two in pool.map(answer, sheets):
                alone += one
                settled += two
    held = partial(_ticks_alone if row.ticks else by_letters, codecs=codecs_of(forms))
    return [held(one) for one in alone], [held(one) for one in settled]


def _printed(order: Order, templates: Sequence[Template], row: Row, kit: Kit) -> Iterator[list[Sheet]]:
    """The forms in batches, each in turn on another template."""
    for first in range(0, order.forms, BATCH):
        numbers = range(first, min(first + BATCH, order.forms))
        made = [row.making(templates[number % len(templates)], order.chance, kit) for number in numbers]
        paths = [order.folder / f"{number:05d}.docx" for number in numbers]
        for path, one in zip(paths, made, strict=True):
            path.write_bytes(one.docx)
        results = convert_office(paths, "pdf", order.folder / f"pdf{first:05d}", 60 + SECONDS_A_FILE * len(paths),
                                 kit.fonts or FONTS)  # fmt: skip
        yield [Sheet(number, result.result, replace(one, docx=b""), order.chance.randrange(1 << 30))
               for number, one, result in zip(numbers, made, results, strict=True)
               if result.result is not None]  # fmt: skip


def _judged(sheet: Sheet, row: Row, kit: Kit, forms: Sequence[Form]) -> Twice:
    chance = random.Random(sheet.seed)
    pdf: bytes | None = sheet.pdf.read_bytes()
    if sheet.made.chosen is not None and pdf is not None:
        pdf = drawn_ticks(pdf, sheet.made.chosen, chance)
    if pdf is None:
        return [], []
    sent = getattr(kit, row.damage)(pdf, chance)
    path = sheet.pdf.with_name(f"{sheet.number:05d}-sent{sent.ending}")
    path.write_bytes(sent.data)
    [file] = read_files([str(path)], forms)
    known = roster_of(sheet.made.truth, random.Random(sheet.seed))
    settled = replace(file, submissions=tuple(corroborate(one, known) for one in file.submissions))
    return judge_file((sheet.made.truth,), file, path.name), judge_file((sheet.made.truth,), settled, path.name)


def codecs_of(forms: Sequence[Form]) -> dict[tuple[str, str], str]:
    """Stem and field, or list and column, -> codec."""
    return {(form.stem, f"{slot.loop}.{slot.name}" if slot.loop else slot.name): slot.type.codec
            for form in forms for slot in form.slots()}  # fmt: skip


def _ticks_alone(judged: FormJudged, codecs: Mapping[tuple[str, str], str]) -> FormJudged:
    """Only what was said of tick boxes."""
    stem = judged.truth.stem
    return replace(judged, fields=tuple(one for one in judged.fields if codecs[stem, plain_path(one.path)] == "tick"))


_BY_LETTERS: Mapping[Verdict, Verdict] = {"wrong": "right", "open": "proposed"}


def by_letters(judged: FormJudged, codecs: Mapping[tuple[str, str], str]) -> FormJudged:
    """Long texts held to their letters and marks: how wide a mark is, or who broke a full line, no page shows."""
    stem = judged.truth.stem
    return replace(judged, fields=tuple(
        replace(one, verdict=_BY_LETTERS.get(one.verdict, one.verdict))
        if one.alike and codecs.get((stem, plain_path(one.path))) == "prose" else one for one in judged.fields
    ))  # fmt: skip


def set_otherwise(judged: Sequence[FormJudged]) -> int:
    """How many accepted long texts have another blank, line end or width of a mark than the truth."""
    return sum(one.alike and one.verdict == "right" for form in judged for one in form.fields)
