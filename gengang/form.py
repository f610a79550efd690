"""Form: what a compiled template knows, its fields with their codecs, and the printed pattern around them.

A form is a value; `template.py` makes it from Word bytes, the extractors read with it, `rendering.py` fills its bytes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class FieldType:
    """A codec's name and, for `choice` and `tick`, its words."""

    codec: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a field inside a printed line. loop: the list it is a column of, or empty."""

    name: str
    type: FieldType
    loop: str = ""


Piece = str | Slot


def _worked_out() -> Any:
    """A field that follows from the others."""
    return field(init=False, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class PatternLine:
    """A paragraph of the template: printed text and slots in order.

    number: what Word's numbering shows before it. slots: its fields; printed: its printed text alone.
    """

    pieces: tuple[Piece, ...]
    number: str = ""
    slots: tuple[Slot, ...] = _worked_out()
    printed: str = _worked_out()

    def __post_init__(self) -> None:
        """Readers ask for these of every form they see."""
        object.__setattr__(self, "slots", tuple(piece for piece in self.pieces if isinstance(piece, Slot)))
        object.__setattr__(self, "printed", "".join(piece for piece in self.pieces if isinstance(piece, str)))


@dataclass(frozen=True, slots=True)
class PatternCell:
    """A cell of the template, with its place in the grid.

    pictures, objects, doubts: how many it prints itself. slots: its fields, in order; printed: its printed text alone,
    lines joined by line feeds.
    """

    lines: tuple[PatternLine, ...]
    column: int = 0
    span: int = 1
    cell: str | None = None
    pictures: int = 0
    objects: int = 0
    doubts: int = 0
    slots: tuple[Slot, ...] = _worked_out()
    printed: str = _worked_out()

    def __post_init__(self) -> None:
        """As a line's."""
        object.__setattr__(self, "slots", tuple(slot for line in self.lines for slot in line.slots))
        object.__setattr__(self, "printed", "\n".join(line.printed for line in self.lines))


@dataclass(frozen=True, slots=True)
class PatternRow:
    """A row of the template; `loop` names the list whose rows it prints, empty for a row that stands once.

    slots: its fields, in order.
    """

    cells: tuple[PatternCell, ...]
    table: int = 0
    loop: str = ""
    part: Literal["body", "header", "footer", "box", "note"] = "body"
    slots: tuple[Slot, ...] = _worked_out()

    def __post_init__(self) -> None:
        """As a line's."""
        object.__setattr__(self, "slots", tuple(slot for cell in self.cells for slot in cell.slots))


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a template cannot be read back (`error`) or reads less surely (`warning`), and where."""

    level: Literal["error", "warning"]
    code: str
    place: str
    message: str


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A compiled template; two forms are the same when their `version` is, so equality is identity.

    stem: file name without ending (`appraisal`); version: first 12 hex digits of the template's SHA-256.
    title: its first printed line; rows: the printed pattern.
    synonyms: groups of labels that mean the same field, `squeezed`.
    """

    stem: str
    version: str
    title: str
    rows: tuple[PatternRow, ...]
    faults: tuple[Fault, ...] = ()
    synonyms: tuple[frozenset[str], ...] = ()

    @property
    def usable(self) -> bool:
        """True when no fault is an error."""
        return not any(fault.level == "error" for fault in self.faults)

    def slots(self) -> Iterator[Slot]:
        """Every slot in order; a name used twice comes twice."""
        for row in self.rows:
            yield from row.slots

    def fields(self) -> Mapping[str, FieldType]:
        """Single fields in order, name -> type."""
        return _fields_of(self)

    def lists(self) -> Mapping[str, Mapping[str, FieldType]]:
        """Lists in order, list name -> column name -> type."""
        return _lists_of(self)


@lru_cache(maxsize=512)
def _fields_of(form: Form) -> Mapping[str, FieldType]:
    return {slot.name: slot.type for slot in form.slots() if not slot.loop}


@lru_cache(maxsize=512)
def _lists_of(form: Form) -> Mapping[str, Mapping[str, FieldType]]:
    found: dict[str, dict[str, FieldType]] = {}
    for slot in form.slots():
        if slot.loop:
            found.setdefault(slot.loop, {})[slot.name] = slot.type
    return found
