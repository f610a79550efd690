"""A photo on a form: a picture in Word, ink on a page; a place that was filled is never called blank."""

from dataclasses import replace

import pytest

from extractors.fields import readings_of_sheet
from gengang.reading import FieldReading, ListReading
from gengang.sheet import Cell, Line, Medium, Place, Row, Sheet
from tests.unit.wordfiles import form_with, tbl, tc, tr

FORM = form_with(
    "登记表",
    tbl(tr("姓名", "{{ name | text }}", tc("{{ photo | picture }}", "照片")), tr("民族", "{{ ethnicity | text }}", "")),
)
PLACE = Cell((Line("照片"),), 2, 1)


def sheet_with(photo: Cell, medium: str = "scan") -> Sheet:
    first = Row((Cell((Line("姓名"),), 0), Cell((Line("张三"),), 1), photo), 1)
    second = Row((Cell((Line("民族"),), 0), Cell((Line("汉族"),), 1), Cell((), 2)), 1)
    return Sheet(
        (
            Row(
                (
                    Cell(
                        (Line("登记表"),),
                    ),
                )
            ),
            first,
            second,
        ),
        "scan" if medium == "scan" else "word",
    )


def photo_of(sheet: Sheet) -> FieldReading:
    [reading] = readings_of_sheet(sheet, (FORM,)).readings
    found = reading.fields["photo"]
    assert isinstance(found, FieldReading)
    return found


@pytest.mark.parametrize(
    ("cell", "status", "value"),
    [
        (PLACE, "blank", None),
        (replace(PLACE, pictures=1), "accepted", "present"),
        (replace(PLACE, unread=True), "review", "present"),
        (replace(PLACE, lines=(Line("只"), Line("照片"))), "review", "present"),  # a face that OCR took for a word
        (replace(PLACE, lines=()), "blank", None),
    ],
)
def test_a_photo_is_present_blank_or_asked_about(cell: Cell, status: str, value: str | None) -> None:
    found = photo_of(sheet_with(cell))
    assert (found.status, found.value) == (status, value)


def test_text_beside_a_table_whose_border_was_not_found_leaves_no_blank_at_its_height() -> None:
    places = [Place(1, (0.1, top, 0.4, top + 0.05)) for top in (0.2, 0.3)]
    first = Row((Cell((Line("姓名"),), 0), Cell((), 1, place=places[0]), PLACE), 1)
    second = Row((Cell((Line("民族"),), 0), Cell((), 1, place=places[1]), Cell((), 2)), 1)
    loose = Row((Cell((Line("张三"),), place=Place(1, (0.7, 0.21, 0.9, 0.24))),))
    sheet = Sheet((Row((Cell((Line("登记表"),)),)), loose, first, second), "scan")
    [reading] = readings_of_sheet(sheet, (FORM,)).readings
    statuses = {name: found.status for name, found in reading.fields.items()}
    assert (statuses["name"], statuses["ethnicity"]) == ("unread", "blank")
    assert "unread_content" in {finding.code for finding in reading.findings}


LISTED = form_with(
    "登记表",
    tbl(
        tr("时间", "学校", "证明人"),
        tr(tc("{%tr for one in posts %}", span=3)),
        tr("{{ one.since | date }}", "{{ one.school | text }}", "{{ one.signer | text }}"),
        tr(tc("{%tr endfor %}", span=3)),
    ),
)


@pytest.mark.parametrize("medium", ["scan", "word"])
def test_beside_a_part_of_a_cell_that_a_line_cut_off_nothing_of_the_row_is_accepted(medium: Medium) -> None:
    """A shadow's edge stood as a wall: 县第四中学 was accepted as 学, and 县第四中 told as beside all columns."""

    def row(*texts: str) -> Row:
        return Row(tuple(Cell((Line(text, 0.99, text),) if text else (), at) for at, text in enumerate(texts)), 1)

    said = (row("时间", "", "学校", "证明人"), row("2016年9月8日", "县第四中", "学", "张三"))
    sheet = Sheet((Row((Cell((Line("登记表"),)),)), *said), medium)
    [reading] = readings_of_sheet(sheet, (LISTED,)).readings
    posts = reading.fields["posts"]
    assert isinstance(posts, ListReading)
    [found] = posts.rows
    assert "unread_content" in {finding.code for finding in reading.findings}
    assert (found["school"].value, found["school"].status) == ("学", "review" if medium == "scan" else "accepted")
