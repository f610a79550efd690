"""What a reading of a returned form may not say: nothing accepted that is wrong, nothing filled called blank.

A reader that reads nothing says nothing wrong, so `Counted` holds a law to what was accepted over all its examples.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.fields import SheetReadings
from gengang.codecs import Value
from gengang.form import Form
from gengang.reading import FieldReading, ListReading, Reading
from gengang.submission import Submission
from tests.laws.foreign import NOTE, Filled

Row = Mapping[str, Value | None]


@dataclass(slots=True)
class Counted:
    """Values that stood on all forms of a law so far, and those that were accepted from them."""

    filled: int = 0
    accepted: int = 0

    def add(self, stated: Submission, readings: Sequence[Reading]) -> None:
        """One form more, and what it was read as; nothing where it was not known."""
        self.filled += sum(value is not None for row in _rows_of(stated) for value in row.values())
        self.accepted += sum(cell.status == "accepted" for reading in readings for cell in _cells_of(reading))

    def most(self) -> bool:
        """Whether more than half was accepted."""
        return self.accepted > self.filled / 2


def _rows_of(stated: Submission) -> Iterator[Row]:
    yield stated.values
    for rows in stated.lists.values():
        yield from rows


def _cells_of(reading: Reading) -> Iterator[FieldReading]:
    for found in reading.fields.values():
        if isinstance(found, FieldReading):
            yield found
        else:
            for row in found.rows:
                yield from row.values()


def wrongs(form: Form, stated: Submission, found: SheetReadings, returned: Filled, law: bool = False) -> Iterator[str]:
    """Sentences about what is silently wrong. law: the form came back untouched, so every value must be there."""
    if not found.readings:
        if law:
            yield f"unknown: {found.findings}"
        return
    if len(found.readings) != 1:
        yield f"several: {len(found.readings)} submissions"
        return
    fields = found.readings[0].fields
    for name in form.fields():
        reading = fields[name]
        assert isinstance(reading, FieldReading)
        yield from _wrong_field(name, reading, stated.values[name], name in returned.gone, law)
    for name in form.lists():
        listed = fields[name]
        assert isinstance(listed, ListReading)
        kept = [row for n, row in enumerate(stated.rows(name), 1) if f"{name}#{n}" not in returned.gone]
        yield from _wrong_list(name, listed, kept, law)
        if listed.status == "review" and not any(f.field.startswith(name) for f in found.readings[0].findings):
            yield f"list unnamed: {name}"


def _wrong_field(name: str, found: FieldReading, value: Value | None, gone: bool, law: bool) -> Iterator[str]:
    if found.status == "accepted" and not (found.value == value or _with_note(found.value, value)):
        yield f"accepted wrong: {name} {found.value!r} stated {value!r}"
    if found.status in ("blank", "missing") and value is not None and not gone:
        yield f"filled called {found.status}: {name} {value!r}"
    if law and found.status not in (("blank",) if value is None else ("accepted",)):
        yield f"not accepted: {name} {found} stated {value!r}"


def _with_note(found: Value | None, value: Value | None) -> bool:
    """A note in the cell of a free text belongs to it."""
    if not isinstance(found, str) or NOTE not in found:
        return False
    return "".join(found.replace(NOTE, "").split()) == "".join(str(value or "").split())


def _wrong_list(name: str, found: ListReading, stated: Sequence[Row], law: bool) -> Iterator[str]:
    rows = [{column: cell.value for column, cell in row.items()} for row in found.rows]
    if found.status == "accepted" and rows != [dict(row) for row in stated]:
        yield f"list accepted wrong: {name} {rows} stated {stated}"
    if found.status in ("blank", "missing") and stated:
        yield f"list called {found.status}: {name}"
    if law and (found.status != ("accepted" if stated else "blank")):
        yield f"list not accepted: {name} {found.status} {rows} stated {stated}"
    for row in found.rows:
        for column, cell in row.items():
            if cell.status == "accepted" and cell.value not in [other[column] for other in stated]:
                yield f"cell accepted wrong: {name}.{column} {cell.value!r}"
