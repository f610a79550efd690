"""Forms as they come back: the template filled by the product, or the blank form typed into by its filler."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.reading.drawing import Typed, filled_of, template_of
from benchmarks.reading.model import Paper, Slot
from benchmarks.reading.truth import Answer, Answers, Draft, Stated, Truth, draft_of, drawn_answers, truth_of
from benchmarks.reading.values import portrait, spelt
from gengang.codecs import show
from gengang.form import Form
from gengang.rendering import Picture, Writer, writer_of
from gengang.template import form_of, forms_of_folder


@dataclass(frozen=True, slots=True)
class Template:
    """A usable template: its paper, its tagged bytes, the form compiled from them and what fills it."""

    paper: Paper
    data: bytes
    form: Form
    writer: Writer


def errors_of(papers: tuple[Paper, ...]) -> Iterator[str]:
    """Why `gengang forms check` refuses some of the papers."""
    for paper in papers:
        for fault in form_of(template_of(paper), paper.stem).faults:
            if fault.level == "error":
                yield f"{paper.stem} {fault.place} {fault.code}: {fault.message}"


def templates_of(papers: tuple[Paper, ...]) -> tuple[Template, ...]:
    """The papers that `gengang forms check` finds no error in, read from a folder as an office's templates are."""
    drawn = {paper.stem: template_of(paper) for paper in papers}
    with TemporaryDirectory() as folder:
        for stem, data in drawn.items():
            (Path(folder) / f"{stem}.docx").write_bytes(data)
        forms = {form.stem: form for form in forms_of_folder(Path(folder))[0]}
    return tuple(Template(paper, drawn[paper.stem], forms[paper.stem], writer_of(drawn[paper.stem], paper.stem))
                 for paper in papers if paper.stem in forms)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filled:
    """One form of one person: the Word file's bytes and what it says."""

    data: bytes
    truth: Truth


# --- by the product ---


def printed_form(template: Template, chance: random.Random) -> Filled:
    """The template filled through docxtpl, as whoever changes nothing returns it."""
    answers = drawn_answers(template.paper, chance)
    pictures = {name for name, kind in template.form.fields().items() if kind.codec == "picture"}
    values = {name: _given(name in pictures, value, chance) for name, value in answers.values.items()}
    data = template.writer.fill(values, answers.lists)
    fields: dict[str, Stated | None] = {name: Stated(value) for name, value in answers.values.items()}
    lists = {loop: tuple({name: Stated(value) for name, value in row.items()} for row in rows)
             for loop, rows in answers.lists.items()}  # fmt: skip
    return Filled(data, Truth(template.paper.stem, template.form.version, fields, lists))


def _given(is_picture: bool, value: Answer, chance: random.Random) -> Picture | Answer:
    return Picture(portrait(chance), 22.0) if is_picture and value is not None else value


# --- by its filler ---


def typed_form(template: Template, chance: random.Random) -> Draft:
    """The blank form with answers typed into it; lists were printed with some empty rows."""
    answers = drawn_answers(template.paper, chance)
    printed = {loop: len(rows) + chance.choice((0, 0, 1, 3)) for loop, rows in answers.lists.items()}
    printed = {loop: max(1, count) for loop, count in printed.items()}
    drawn = filled_of(template.paper, _Typist(answers, chance).fill, printed)
    return draft_of(drawn, template.paper, answers, printed)


def truth_in(draft: Draft, template: Template) -> Truth:
    """What the draft says."""
    return truth_of(draft, template.form.version)


@dataclass(frozen=True, slots=True)
class _Typist:
    answers: Answers
    chance: random.Random

    def fill(self, slot: Slot, number: int) -> Typed:
        """What this person typed in one place."""
        value = self._value(slot, number)
        if value is None:
            return Typed((show(slot.codec, None, slot.options),))
        if slot.codec == "picture":
            return Typed(picture=portrait(self.chance))
        if slot.codec != "prose":
            return Typed((spelt(slot, value, self.chance),))
        indent = self.chance.choice(("", "", "　　", "    "))
        paragraphs = tuple(f"{indent}{text}" for text in str(value).split("\n"))
        return Typed(("\n".join(paragraphs),) if self.chance.random() < 0.2 else paragraphs)

    def _value(self, slot: Slot, number: int) -> Answer:
        if not slot.loop:
            return self.answers.values[slot.name]
        rows: tuple[Mapping[str, Answer], ...] = self.answers.lists[slot.loop]
        return rows[number][slot.name] if number < len(rows) else None
