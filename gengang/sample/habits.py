"""How people mistype and rearrange a Word form before they send it back: the table of habits, by catalogue case.

A habit changes the file and says how the truth changes with it; the truth comes from the habit, never from a reader.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from gengang.codecs import Value
from gengang.form import Form
from gengang.sample.habits_controls import CONTROLS
from gengang.sample.habits_document import Document, Key, opened, packed
from gengang.sample.habits_labels import LABELS
from gengang.sample.habits_marks import MARKS
from gengang.sample.habits_numbers import DATES_AND_NUMBERS
from gengang.sample.habits_structure import ROWS_AND_CELLS
from gengang.sample.habits_typing import Edit, Harm
from gengang.sample.habits_values import IDENTITY
from gengang.sample.habits_words import WORDS_AND_TICKS
from gengang.sample.papers_filled import Filled
from gengang.submission import RowValues


@dataclass(frozen=True, slots=True)
class Typed:
    """A Word file as somebody left it.

    data: bytes of the .docx; habits: names of those that found something on this form, in turn.
    values: what a careful person reads where it is not what was stated: name of a single field -> value in normal form,
    None where nobody wrote anything or the place is gone. lists: every row as such a person reads it, of the lists in
    which a cell says something else or rows came or went.
    asked: paths (`phone`, `nominees[1].phone`, rows counted as they stand now) that such a person would ask about; a
    reader must not accept them and not call them blank. Who is asked says what was stated, so `values` is silent there.
    gone: single fields whose place is no longer in the file. expect: codes of the findings that a reader should give.
    """

    data: bytes
    values: Mapping[str, Value | None] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    expect: tuple[str, ...] = ()
    lists: Mapping[str, tuple[RowValues, ...]] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    habits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Habit:
    """id: case of the domain's catalogue (`A13`); name: its own, unique.

    harm: harmless (it still says what was stated), typed (it says something else, plainly), asks (something must be
    asked or found).
    edit: changes a document in place, or finds nothing to change and says so.
    """

    id: str
    name: str
    harm: Harm
    edit: Edit

    @property
    def on_paper(self) -> bool:
        """Whether its truth holds for a print of the file too; a print shows no hidden text, but struck-out words."""
        return self.name not in _IN_THE_FILE_ALONE

    def apply(self, document: bytes, form: Form, filled: Filled, rng: Random) -> Typed | None:
        """The filled .docx of this form with the habit; None when nothing on it is such that the habit applies."""
        typed = with_habits(document, form, filled, (self,), rng)
        return typed if typed.habits else None


_IN_THE_FILE_ALONE = frozenset((
    "private_character", "tracked_insertion", "tracked_correction", "tracked_deletion", "hidden_text",
    "control_untouched",
))  # fmt: skip
HABITS: tuple[Habit, ...] = tuple(
    Habit(*row)
    for row in (*IDENTITY, *DATES_AND_NUMBERS, *WORDS_AND_TICKS, *LABELS, *ROWS_AND_CELLS, *CONTROLS, *MARKS)
)
_BY_NAME = {habit.name: habit for habit in HABITS}


def habit_named(name: str) -> Habit:
    """The habit of this name. Raises KeyError when there is none."""
    return _BY_NAME[name]


def with_habits(document: bytes, form: Form, filled: Filled, habits: Sequence[Habit], rng: Random) -> Typed:
    """The .docx that the writer made of `filled`, with these habits in turn; no field is changed by two of them.

    The same arguments give the same bytes. Habits that find nothing to change are left out.
    """
    opened_ = opened(document, form, filled)
    done = tuple(habit.name for habit in habits if habit.edit(opened_, rng))
    if not done:
        return Typed(document)
    return _typed(opened_, done)


def _typed(document: Document, done: tuple[str, ...]) -> Typed:
    values = {name: value for (loop, _, name), value in document.values.items() if not loop}
    changed = {loop for loop, _, _ in document.values if loop} | {loop for loop, _ in document.lost}
    lists = {loop: tuple(_rows(document, loop)) for loop in sorted(changed)}
    asked = tuple(_path(document, key) for key in sorted(document.asked))
    gone = tuple(sorted(name for _, _, name in document.gone))
    expect = tuple(dict.fromkeys(document.expect))
    return Typed(packed(document), values, asked, expect, lists, gone, done)


def _kept(document: Document, loop: str) -> list[int]:
    """Numbers of the list's rows that are still there; one without a value is none, unless it is asked about."""
    stated = enumerate(document.filled.lists.get(loop, ()), 1)
    said = [number for number, row in stated if _says(document, (loop, number), row)]
    return [number for number in said if (loop, number) not in document.lost]


def _says(document: Document, at: tuple[str, int], row: RowValues) -> bool:
    keys = {name: (*at, name) for name in row}
    if not document.asked.isdisjoint(keys.values()):
        return True
    return any(document.values.get(keys[name], value) is not None for name, value in row.items())


def _rows(document: Document, loop: str) -> list[RowValues]:
    stated = document.filled.lists[loop]
    return [
        {name: document.values.get((loop, number, name), value) for name, value in stated[number - 1].items()}
        for number in _kept(document, loop)
    ]


def _path(document: Document, key: Key) -> str:
    loop, number, name = key
    return f"{loop}[{_kept(document, loop).index(number) + 1}].{name}" if loop else name
