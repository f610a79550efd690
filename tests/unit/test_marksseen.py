"""Seals, signatures and photos on a scan: what the pixels show, and nothing where they cannot."""

from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from extractors.bitmap import is_coloured, layers_of
from extractors.fields import readings_of_sheet
from extractors.layout import Rect, Stroke
from extractors.marksseen import with_marks_seen
from extractors.paper import Page, sheet_of_pages
from extractors.patches import (
    has_red_writing,
    may_hold_photo,
    may_show_photo,
    seals_on,
    shows_photo,
    stays_in,
    without_edges,
    without_shadows,
)
from extractors.scan import Picture, page_of_picture
from gengang.reading import FieldReading, Mark, Reading
from gengang.sheet import Cell, Line, Place, Row, Sheet
from tests.unit.wordfiles import form_with, tbl, tr

Pixels = npt.NDArray[np.uint8]

FORM = form_with(
    "鉴定表",
    tbl(
        tr("照片", "{{ photo | picture }}"),
        tr("学校意见", "{{ opinion | prose }}（盖章）签名：{{ signer | text }}　{{ day | date }}"),
    ),
)
CELL = Place(1, (0.3, 0.5, 0.9, 0.7), "t1/r2/c2")
PAGE = Page(1, 1655.0, 2340.0, seals=())


def marks_of(page: Page, signer: FieldReading) -> dict[str, str]:
    fields = {
        "photo": FieldReading("accepted", "present", place=Place(1, (0.3, 0.1, 0.9, 0.4))),
        "opinion": FieldReading("accepted", "同意。", place=CELL), "signer": signer,
        "day": FieldReading("accepted", "2016-11-20", place=CELL),
    }  # fmt: skip
    read = with_marks_seen(Reading(FORM.stem, FORM.version, fields, (1,)), FORM, [page])
    return {mark.kind: mark.state for mark in read.marks}


SIGNED, UNSIGNED = FieldReading("review", "李四", place=CELL), FieldReading("blank", place=CELL)


def test_a_seal_in_or_near_its_cell_is_present_and_elsewhere_absent() -> None:
    inside, far = Rect(900, 1300, 1200, 1600), Rect(900, 100, 1200, 400)
    assert marks_of(replace(PAGE, seals=(inside,)), SIGNED)["seal"] == "present"
    assert marks_of(replace(PAGE, seals=(far,)), SIGNED)["seal"] == "absent"


def test_a_copy_without_colour_tells_nothing_of_a_seal() -> None:
    assert marks_of(replace(PAGE, seals=None), SIGNED)["seal"] == "cannot_tell"


def test_a_signature_is_never_inferred_from_the_date_beside_it() -> None:
    assert marks_of(PAGE, SIGNED)["signature"] == "present"
    assert marks_of(PAGE, UNSIGNED)["signature"] == "absent"
    assert marks_of(PAGE, FieldReading("missing"))["signature"] == "cannot_tell"


def test_a_page_with_a_text_layer_gets_no_marks_from_pixels() -> None:
    assert marks_of(replace(PAGE, digital=True), SIGNED) == {}


def test_the_kinds_are_told_of_their_fields() -> None:
    fields = {"photo": FieldReading("blank", place=CELL), "opinion": FieldReading("missing"), "signer": UNSIGNED}
    read = with_marks_seen(Reading(FORM.stem, FORM.version, fields, (1,)), FORM, [PAGE])
    assert read.marks == (Mark("photo", "photo", "absent", CELL), Mark("signature", "signer", "absent", CELL),
                          Mark("seal", "opinion", "cannot_tell"))  # fmt: skip


# --- pixels ---


def paper() -> Pixels:
    return np.full((2340, 1655, 3), 238, np.uint8)


def test_a_shadow_across_the_page_is_no_photo_and_may_hide_one() -> None:
    pixels = paper()
    pixels[300:560, 300:500] = (90, 140, 210)
    pixels[:, 1300:] = 160
    solid = layers_of(pixels)[:, :, 2]
    cell = Rect(1150, 250, 1450, 600)
    assert shows_photo(solid, cell)
    assert not shows_photo(without_shadows(solid), cell)
    assert shows_photo(without_shadows(solid), Rect(250, 250, 550, 600))
    assert may_hold_photo(cell)
    assert not may_hold_photo(Rect(200, 250, 1450, 600))


def test_what_goes_on_over_the_cells_beside_it_is_a_shadow_s_edge_and_a_photo_over_its_cell_s_side_is_one() -> None:
    pixels = paper()
    cell = Rect(1150, 250, 1450, 600)
    cv2.fillPoly(pixels, [np.array([(1180, 80), (1330, 80), (1640, 560), (1640, 740)])], (150, 150, 150))
    shadow = without_shadows(layers_of(pixels)[:, :, 2])
    assert shows_photo(shadow, cell)
    assert not stays_in(shadow, cell)
    stuck = paper()
    stuck[300:560, 1290:1490] = (90, 140, 210)
    assert stays_in(layers_of(stuck)[:, :, 2], cell)
    assert not stays_in(layers_of(paper())[:, :, 2], cell)


def test_a_photo_of_which_only_a_part_is_darker_than_the_paper_may_be_one() -> None:
    pixels = paper()
    pixels[300:560, 1200:1400] = 222
    pixels[500:560, 1210:1390] = 120
    solid = layers_of(pixels)[:, :, 2]
    cell = Rect(1150, 250, 1450, 600)
    assert not shows_photo(solid, cell)
    assert may_show_photo(solid, cell)
    assert not may_show_photo(layers_of(paper())[:, :, 2], cell)
    assert not may_show_photo(solid, Rect(200, 250, 1450, 600))  # no cell for a photo


def cell_of(pixels: Pixels) -> Cell:
    """What a page says of the right one of two ruled cells."""
    for left, right in ((200, 900), (900, 1450)):
        cv2.rectangle(pixels, (left, 250), (right, 600), (20, 20, 20), 3)
    page, _ = page_of_picture(Picture(1, pixels))
    [row] = sheet_of_pages([page], "scan").rows
    return row.cells[-1]


def test_on_a_page_a_shadow_s_edge_and_a_part_of_a_pale_photo_are_for_a_person_and_a_photo_is_one() -> None:
    shadow, pale, stuck = paper(), paper(), paper()
    cv2.fillPoly(shadow, [np.array([(1180, 80), (1330, 80), (1640, 560), (1640, 740)])], (165, 165, 165))
    shadow = np.asarray(cv2.GaussianBlur(shadow, (0, 0), 15), dtype=np.uint8)
    pale[300:560, 1200:1400] = 222
    pale[500:560, 1210:1390] = 120
    stuck[300:560, 1200:1400] = (90, 140, 210)
    found = [cell_of(pixels) for pixels in (shadow, pale, stuck)]
    assert [(cell.pictures, cell.unread) for cell in found] == [(0, True), (0, True), (1, False)]


@pytest.mark.parametrize(("high", "kept"), [(300, 1), (900, 2)])
def test_a_line_along_a_photo_inside_its_cell_is_no_wall_and_one_along_a_shadow_is(high: int, kept: int) -> None:
    solid = np.zeros((1200, 800), np.uint8)
    solid[100 : 100 + high, 200:400] = 255
    wall, edge = (Stroke(False, at, 100.0, 100.0 + high) for at in (150.0, 200.0))
    assert len(without_edges(solid, np.full_like(solid, 240), [wall, edge])) == kept


def test_what_may_be_a_photo_hardly_darker_than_the_paper_is_told_and_words_are_none() -> None:
    pale, written = paper(), paper()
    pale[300:560, 1200:1400] = 214
    for row in range(320, 560, 44):
        cv2.putText(written, "2016 ABC", (1160, row), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (20, 20, 20), 3)
    found = [cell_of(pixels) for pixels in (pale, written, paper())]
    assert [(cell.pictures, cell.pale) for cell in found] == [(0, True), (0, False), (0, False)]


@pytest.mark.parametrize(("pale", "wanted"), [(False, ("blank", None)), (True, ("review", "present"))])
def test_a_place_in_which_a_pale_photo_may_stand_is_for_a_person(pale: bool, wanted: tuple[str, str | None]) -> None:
    cells = Cell((Line("照片"),), 0), Cell((), 1, pale=pale, place=Place(1, (0.3, 0.1, 0.9, 0.4)))
    texts = Cell((Line("学校意见"),), 0), Cell((Line("同意。（盖章）签名：李四　2016年9月5日"),), 1)
    rows = (Row((Cell((Line("鉴定表"),)),)), Row(cells, 1), Row(texts, 1))
    [reading] = readings_of_sheet(Sheet(rows, "scan"), [FORM]).readings
    photo = reading.fields["photo"]
    assert isinstance(photo, FieldReading)
    assert (photo.status, photo.value) == wanted


@pytest.mark.parametrize(("photo", "words", "cells"), [
    ((950, 254, 1400, 596), None, 1), ((904, 300, 1446, 560), None, 1), ((1100, 300, 1300, 520), None, 1),
    ((950, 254, 1400, 596), (905, 430), 2), ((940, 420, 1446, 596), (1150, 330), 1),
])  # fmt: skip
def test_the_edges_of_a_photo_are_no_walls_of_its_cell(
    photo: tuple[int, int, int, int], words: tuple[int, int] | None, cells: int
) -> None:
    """As high as its cell, as wide, in its middle; beside a column with words; below its cell's own words."""
    pixels = paper()
    for left, right in ((200, 900), (900, 1450)):
        cv2.rectangle(pixels, (left, 250), (right, 600), (20, 20, 20), 3)
    cv2.rectangle(pixels, photo[:2], photo[2:], (90, 140, 210), -1)
    if words:
        cv2.putText(pixels, "A1", words, cv2.FONT_HERSHEY_SIMPLEX, 0.8, (20, 20, 20), 2)
    page, _ = page_of_picture(Picture(1, pixels))
    rows = sheet_of_pages([page], "scan").rows
    assert [len(row.cells) for row in rows] == [1 + cells]
    assert rows[0].cells[-1].pictures == 1


@pytest.mark.parametrize("light", [1.0, 0.7])
def test_a_photo_in_its_cell_is_seen_in_any_light_and_a_text_is_none(light: float) -> None:
    pixels = paper()
    pixels[300:560, 1200:1400] = (90, 140, 210)
    for row in range(700, 950, 44):
        cv2.putText(pixels, "2016 ABCDEF", (1160, row), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (20, 20, 20), 3)
    solid = layers_of(np.asarray(pixels * light, dtype=np.uint8))[:, :, 2]
    assert shows_photo(solid, Rect(1150, 250, 1450, 600))
    assert not shows_photo(solid, Rect(1150, 640, 1450, 960))
    assert not shows_photo(solid, Rect(200, 250, 500, 600))


def test_a_seal_is_seen_by_its_red_and_red_figures_are_none() -> None:
    pixels = paper()
    cv2.circle(pixels, (800, 1200), 150, (206, 32, 40), 9)
    cv2.putText(pixels, "95", (300, 400), cv2.FONT_HERSHEY_SIMPLEX, 2, (206, 32, 40), 4)
    [seal] = seals_on(np.ascontiguousarray(layers_of(pixels)[:, :, 1]))
    assert abs(seal.centre[0] - 800) < 20
    assert abs(seal.centre[1] - 1200) < 20


def test_a_grey_copy_shows_no_colours() -> None:
    pixels = paper()
    cv2.circle(pixels, (800, 1200), 150, (206, 32, 40), 9)
    assert is_coloured(pixels)
    assert not is_coloured(np.dstack([pixels.min(axis=2)] * 3))


def test_what_a_red_pen_wrote_in_a_cell_is_seen_and_a_seal_over_it_is_not_taken_for_that() -> None:
    pixels = paper()
    cv2.putText(pixels, "95", (300, 400), cv2.FONT_HERSHEY_SIMPLEX, 2, (206, 32, 40), 4)
    cv2.circle(pixels, (800, 1200), 150, (206, 32, 40), 9)
    red = np.ascontiguousarray(layers_of(pixels)[:, :, 1])
    seals = seals_on(red)
    assert has_red_writing(red, Rect(250, 300, 500, 450), seals)
    assert not has_red_writing(red, Rect(600, 1000, 1000, 1400), seals)
    assert not has_red_writing(red, Rect(250, 600, 500, 800), seals)
    outside = float(red.shape[0])
    assert not has_red_writing(red, Rect(250, outside - 2, 500, outside + 40), seals)
    assert not has_red_writing(red, Rect(250, 600, 500, 604), seals)
