"""Two pages on one picture, once they are read: whether they are two, and where what they say stands on the picture."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.layout import is_wide
from extractors.paper import WHOLE, Page
from extractors.sights import letters_shown, sight_of, sights_of
from gengang.findings import Finding
from gengang.form import Form
from gengang.reading import FieldReading, ListReading, Reading
from gengang.sheet import Box, Medium, Place

MIXED = "第 {number} 页上并排着两页，分不开，读出的内容都要核对。请一页一页分开扫描或拍照后再交。"

Windows = Mapping[tuple[int | None, int], Box]


def apart(page: Page, forms: Sequence[Form]) -> tuple[Page, ...]:
    """The page, or its two halves where one of them shows a form in a table and both show no less than the whole.

    Of a page on which two forms stand side by side and cannot be told apart nothing is sure.
    """
    if page.halves and (_parts_one(page.halves) or _show_more(page.halves, page, forms)):
        return page.halves
    return (_asked_apart(page) if _holds_two(page, forms) else page,)


def _parts_one(halves: Sequence[Page]) -> bool:
    """Whether one of them is a sheet that parts a pile, and the other is not."""
    return len({half.separator for half in halves}) > 1


def _show_more(halves: Sequence[Page], page: Page, forms: Sequence[Form]) -> bool:
    sights = sights_of(halves, _medium(page), forms)
    if not any(sight.form is not None and sight.page.tables for sight in sights):
        return False
    return sum(map(letters_shown, sights)) >= letters_shown(sight_of(page, _medium(page), forms))


def _medium(page: Page) -> Medium:
    return "pdf" if page.digital else "scan"


def _asked_apart(page: Page) -> Page:
    return replace(page, mixed=True, findings=(*page.findings, mixed_on(page.number)))


def mixed_on(number: int) -> Finding:
    """What to say of a picture on which two pages lie that could not be told apart."""
    return Finding("two_pages", MIXED.format(number=number), place=f"第{number}页")


def _holds_two(page: Page, forms: Sequence[Form]) -> bool:
    """Whether the tables on either side of the middle are two forms, or one form twice."""
    if not is_wide(page.width, page.height):
        return False
    sides = [tuple(table for table in page.tables if (table.grid.rect.centre[0] < page.width / 2) == left)
             for left in (True, False)]  # fmt: skip
    if not all(sides):
        return False
    one, two = (sight_of(replace(page, tables=side, loose=(), mark=None), _medium(page), forms) for side in sides)
    if one.form is None or two.form is None:
        return False
    return one.form.stem != two.form.stem or two.first <= one.last


def on_pictures(reading: Reading, pages: Sequence[Page]) -> Reading:
    """The reading with its places on the pictures that the file has, not on halves of them."""
    windows: Windows = {page.side: page.window for page in pages if page.window != WHOLE}
    if not windows:
        return reading
    fields = {name: _on_pictures(found, windows) for name, found in reading.fields.items()}
    marks = tuple(replace(mark, place=_on_picture(mark.place, windows)) for mark in reading.marks)
    return replace(reading, fields=fields, marks=marks)


def _on_pictures(found: FieldReading | ListReading, windows: Windows) -> FieldReading | ListReading:
    if isinstance(found, FieldReading):
        return _field_on_picture(found, windows)
    rows = tuple({name: _field_on_picture(cell, windows) for name, cell in row.items()} for row in found.rows)
    return replace(found, rows=rows)


def _field_on_picture(found: FieldReading, windows: Windows) -> FieldReading:
    return replace(found, place=_on_picture(found.place, windows))


def _on_picture(place: Place | None, windows: Windows) -> Place | None:
    if place is None or place.side not in windows:
        return place
    return replace(place, half=0, box=None if place.box is None else _box_in(windows[place.side], place.box))


def _box_in(window: Box, box: Box) -> Box:
    """A share of a part of the picture as one of the whole."""
    across, down = window[2] - window[0], window[3] - window[1]
    left, top, right, bottom = box
    return (round(window[0] + left * across, 5), round(window[1] + top * down, 5),
            round(window[0] + right * across, 5), round(window[1] + bottom * down, 5))  # fmt: skip
