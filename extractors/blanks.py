"""Blanks that a page may have swallowed at the end of a line: whether this form's writer types such at all.

A page does not show a blank where it broke a line, beside a mark or between Chinese and Latin. Who typed none
anywhere else in the form did not type one there.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from extractors.align import Pair, Plan
from gengang.codecs import CODECS
from gengang.form import PatternCell
from gengang.sheet import Cell, Medium, Row

# So many letters without a blank among them tell a writer's habit: beside marks nobody puts one, beside Latin some do.
BESIDE_MARKS, BESIDE_LATIN = 40, 150
_BLANK = re.compile(r"(?<=[^\s!-~])\s+(?=\S)|(?<=\S)\s+(?=[^\s!-~])")


def with_blanks_told(plan: Plan, rows: Sequence[Row], pairs: Sequence[Pair], medium: Medium) -> Sequence[Row]:
    """The rows; in a print whose writer typed no blank beside a Chinese letter or a mark each line says so."""
    tight = _habit([*_texts(plan, rows, pairs)]) if medium == "pdf" else ""
    if not tight:
        return rows
    return [replace(row, cells=tuple(replace(cell, lines=tuple(replace(line, tight=tight) for line in cell.lines))
                                     for cell in row.cells)) for row in rows]  # fmt: skip


def _habit(texts: Sequence[str]) -> Literal["", "marks", "all"]:
    letters = sum(map(len, texts))
    if letters < BESIDE_MARKS or any(map(_BLANK.search, texts)):
        return ""
    return "all" if letters >= BESIDE_LATIN else "marks"


def _texts(plan: Plan, rows: Sequence[Row], pairs: Sequence[Pair]) -> Iterator[str]:
    """Lines in cells that hold nothing but one text, up to the first that may be something else."""
    for pair in pairs:
        pattern, row = plan.rows[pair.pattern].row, rows[pair.row]
        if len(pattern.cells) == len(row.cells):
            for wanted, cell in zip(pattern.cells, row.cells, strict=True):
                yield from _lines_of_text(wanted, cell)


def _lines_of_text(pattern: PatternCell, cell: Cell) -> Iterator[str]:
    if not pattern.slots or CODECS[pattern.slots[0].type.codec].closed or pattern.lines[0].printed.strip():
        return
    alone = not "".join(line.printed for line in pattern.lines).strip() and len(pattern.slots) == 1
    lines = cell.lines if alone else [line for line in cell.lines if line.end in ("on", "full")]
    yield from (line.text.strip() for line in lines)
