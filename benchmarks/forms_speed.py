"""Milliseconds to read and to write one form, beside what a user would pick instead, in one run.

Usage: python -m benchmarks.forms_speed [--forms N] [--seed S]
Reads the same filled forms of the county with gengang (typed fields), docx2python (text of all cells) and python-docx
(text of all cells), in turn, and writes them with gengang's compiled template and with a plain docxtpl loop that opens,
renders and saves for each person. Figures are medians of the forms; ratios are of those medians.
"""

import argparse
import io
import random
import statistics
import time
from collections.abc import Callable, Sequence
from itertools import cycle, permutations
from pathlib import Path
from types import SimpleNamespace
from typing import TypeVar

import docx
from docx2python import docx2python
from docxtpl import DocxTemplate
from jinja2 import Environment

from extractors.fields import readings_of_sheet
from gengang.codecs import CODECS, Period, Value, id_check_character
from gengang.form import FieldType, Form
from gengang.forms_in_use import OF_SOME_PLANS
from gengang.rendering import Writer, writer_of
from gengang.submission import Submission
from gengang.wordxml import sheet_of_word

FORMS = Path(__file__).parents[1] / "templates" / "forms"
Thing = TypeVar("Thing")
WORDS = "研修期间认真听课主动求教收获很大课堂设计学生活动教学反思改进方法小学语文数学英语初中物理"


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--forms", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=2016)
    given = arguments.parse_args()
    writers = [writer_of(path.read_bytes(), path.stem) for path in sorted(FORMS.glob("*.docx"))
               if path.stem not in OF_SOME_PLANS]  # fmt: skip
    print(f"{given.forms} filled forms of each kind, seed {given.seed}; medians in CPU milliseconds a form")
    print(f"{'form':22}{'read':>8}{'docx2python':>13}{'ratio':>7}{'python-docx':>13}{'ratio':>7}"
          f"{'write':>9}{'docxtpl':>9}{'ratio':>7}")  # fmt: skip
    for writer in writers:
        _measure(writer, [writer.form for writer in writers], given.forms, random.Random(given.seed))


def _measure(writer: Writer, forms: list[Form], count: int, chance: random.Random) -> None:
    filled = [drawn(writer.form, chance) for _ in range(count)]
    files = [writer.fill_submission(submission) for submission in filled]
    reads = in_turn(files, lambda data: readings_of_sheet(sheet_of_word(data), forms), dumped, walked)
    ours, theirs, plain = map(statistics.median, reads)
    writes = in_turn(filled, writer.fill_submission, lambda one: plain_docxtpl(writer.data, one))
    write, loop = map(statistics.median, writes)
    print(f"{writer.form.stem:22}{ours:8.2f}{theirs:13.2f}{theirs / ours:6.1f}x{plain:13.2f}{plain / ours:6.1f}x"
          f"{write:9.2f}{loop:9.2f}{loop / write:6.1f}x")  # fmt: skip


def in_turn(inputs: Sequence[Thing], *ways: Callable[[Thing], object]) -> list[list[float]]:
    """CPU milliseconds of each way for each input, which goes through all ways before the next, so noise is shared.

    The first one goes through once before, to warm up. The order changes with every input: what one way leaves in the
    processor's caches, and what it drives out of them, falls on each of the others as often.
    """
    for way in ways:
        way(inputs[0])
    spent: list[list[float]] = [[] for _ in ways]
    orders = cycle(permutations(zip(spent, ways, strict=True)))
    for thing, order in zip(inputs, orders, strict=False):
        for times, way in order:
            start = time.process_time()
            way(thing)
            times.append((time.process_time() - start) * 1000)
    return spent


def drawn(form: Form, chance: random.Random) -> Submission:
    """A filled form with plausible values; the same chance gives the same form."""
    values = {name: _value(kind, chance) for name, kind in form.fields().items() if kind.codec != "picture"}
    lists = {name: tuple({column: _value(kind, chance) for column, kind in columns.items()} for _ in range(8))
             for name, columns in form.lists().items()}  # fmt: skip
    return Submission(form.stem, values, lists)


def _value(kind: FieldType, chance: random.Random) -> Value:
    if kind.options:
        return chance.choice(kind.options)
    match kind.codec:
        case "text":
            return "".join(chance.choices(WORDS, k=chance.randint(2, 9)))
        case "prose":
            return "".join(chance.choices(WORDS, k=120))
        case "id_number":
            day = f"{chance.randint(1965, 1990)}0{chance.randint(1, 9)}1{chance.randint(0, 9)}"
            first17 = f"000000{day}{chance.randint(100, 999)}"
            return first17 + id_check_character(first17)
        case "phone":
            return f"1380000{chance.randint(0, 9999):04d}"
        case "date":
            return f"2016-{chance.randint(9, 11):02d}-{chance.randint(1, 30):02d}"
        case "count":
            return chance.randint(0, 40)
        case "period":
            return Period("2016-09-01", "2016-11-30")
    return CODECS[kind.codec].sample


def dumped(data: bytes) -> object:
    """docx2python's text of every table cell."""
    with docx2python(io.BytesIO(data)) as content:
        return content.body


def walked(data: bytes) -> list[str]:
    """python-docx's text of every table cell."""
    document = docx.Document(io.BytesIO(data))
    return [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def plain_docxtpl(data: bytes, submission: Submission) -> bytes:
    """What docxtpl's own documentation shows: open, render, save, for each person."""
    environment = Environment(autoescape=True)
    environment.filters.update({name: _shown(name) for name in CODECS})
    rows = {name: [SimpleNamespace(**row) for row in rows] for name, rows in submission.lists.items()}
    template = DocxTemplate(io.BytesIO(data))
    template.render({**submission.values, **rows}, environment, autoescape=True)
    saved = io.BytesIO()
    template.save(saved)
    return saved.getvalue()


def _shown(codec: str) -> Callable[..., str]:
    return lambda value, *options: CODECS[codec].show(value, options)


if __name__ == "__main__":
    main()
