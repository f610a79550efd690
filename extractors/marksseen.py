"""Seals, signatures and photos of a scanned form, as its pixels show them; never inferred from a date beside them.

A copy without colour shows no seal, and says that nobody can tell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.crosschecks import mark_places
from extractors.layout import Rect
from extractors.paper import Page
from gengang.form import Form
from gengang.labels import labels_of
from gengang.reading import FieldReading, Mark, MarkKind, Reading
from gengang.sheet import Place

# How far over its cell's edge a seal may be pressed, as a share of the page's width.
OVER_EDGE = 0.06


def with_marks_seen(reading: Reading, form: Form, pages: Sequence[Page]) -> Reading:
    """The reading with a mark for each place where the form asks for one; of pages with a text layer none is added."""
    if any(page.digital for page in pages):
        return reading
    by_side: dict[tuple[int | None, int], Page] = {page.side: page for page in pages}
    marks = tuple(_mark(kind, name, reading, by_side) for kind, name in mark_places(form, labels_of(form)))
    return replace(reading, marks=(*reading.marks, *marks))


def _mark(kind: MarkKind, name: str, reading: Reading, pages: Mapping[tuple[int | None, int], Page]) -> Mark:
    found = reading.fields.get(name)
    place = found.place if isinstance(found, FieldReading) else None
    if not isinstance(found, FieldReading) or place is None or place.side not in pages:
        return Mark(kind, name, "cannot_tell", None)
    if kind == "seal":
        return _seal(name, place, pages[place.side])
    return Mark(kind, name, "absent" if found.status == "blank" else "present", place)


def _seal(name: str, place: Place, page: Page) -> Mark:
    """A seal stands where the largest part of it lies in the cell or near its edge."""
    if page.seals is None or place.box is None:
        return Mark("seal", name, "cannot_tell", place)
    left, top, right, bottom = place.box
    over = OVER_EDGE * page.width
    wide = Rect(left * page.width - over, top * page.height - over, right * page.width + over,
                bottom * page.height + over)  # fmt: skip
    near = [seal for seal in page.seals if wide.holds(seal.centre)]
    if not near:
        return Mark("seal", name, "absent", place)
    return Mark("seal", name, "present", page.place(max(near, key=wide.overlap)))
