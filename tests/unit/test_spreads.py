"""Two pages on one picture: each half is a page of its own, and its places are those of the picture."""

from dataclasses import replace
from functools import lru_cache
from io import BytesIO

import cv2
import numpy as np
import numpy.typing as npt
import pikepdf
import pypdfium2
import pytest

from extractors.files import read_bytes
from extractors.gutters import gutter_of
from extractors.layout import Rect
from extractors.ocr import read_lines
from extractors.pdf import pages_of_pdf
from extractors.scan import Picture, page_of_picture, pictures_of_pdf, upright_picture
from extractors.sheetedges import sheets_on
from extractors.spreads import apart
from gengang.reading import FieldReading, FileReading, ListReading, Reading
from gengang.rendering import writer_of
from gengang.sample.scanning import ScanStyle, scanned
from gengang.sheet import Box, squeezed
from gengang.submission import Submission
from tests.unit.prints import FORMS, LOG, TEMPLATES, converted, file_of, pdf_of, photographed, side_by_side
from tests.unit.repainted import saved

Pixels = npt.NDArray[np.uint8]

A3 = (1191.0, 842.0)
EDGE = Rect(20, 830, 1170, 830)  # of the paper
LEFT, RIGHT = Rect(60, 60, 540, 780), Rect(655, 60, 1130, 780)


def printed(stem: str, sent: Submission) -> bytes:
    docx = writer_of((TEMPLATES / "forms" / f"{stem}.docx").read_bytes(), stem).fill_submission(sent)
    return converted(docx, "docx", "pdf")


@lru_cache
def other_log() -> bytes:
    """Somebody else's."""
    values = {**LOG.values, "name": "孙鹏", "school": "青石镇中心小学", "log_date": "2016-10-25", "day_number": 9}
    return printed("training_log", replace(LOG, values=values))


def two_logs() -> bytes:
    return side_by_side(((pdf_of("training_log"), 0), (other_log(), 0)))


def appraisal(first: int, second: int) -> bytes:
    return side_by_side(((pdf_of("appraisal"), first), (pdf_of("appraisal"), second)))


@lru_cache
def scan_of_logs() -> bytes:
    return scanned(two_logs(), 5)


@lru_cache
def read(data: bytes, name: str = "a.pdf") -> FileReading:
    return read_bytes(name, data, FORMS)


def values(reading: Reading) -> dict[str, object]:
    return {name: found.value for name, found in reading.fields.items() if isinstance(found, FieldReading)}


def truth(pdf: bytes) -> Reading:
    [reading] = read(pdf).submissions
    return reading


def cells(reading: Reading) -> dict[str, FieldReading]:
    found = {}
    for name, one in reading.fields.items():
        rows = one.rows if isinstance(one, ListReading) else ({name: one},)
        found.update({f"{name}{number}.{key}": cell for number, row in enumerate(rows) for key, cell in row.items()})
    return found


def assert_right_or_told(reading: Reading, pdf: bytes) -> None:
    """Every value of the form is read or asked about, and none is wrong."""
    known, seen = cells(truth(pdf)), cells(reading)
    assert known.keys() == seen.keys()
    for name, cell in known.items():
        if seen[name].status == "accepted":
            assert seen[name].value == cell.value, name
        if cell.value is not None:
            assert seen[name].status in ("accepted", "review", "unread"), name
    assert sum(cell.status == "accepted" for cell in seen.values()) > 0.5 * sum(
        c.value is not None for c in known.values()
    )


def codes(file: FileReading) -> set[str]:
    told = (finding for reading in file.submissions for finding in reading.findings)
    return {finding.code for finding in (*file.findings, *told)}


# --- where a picture is cut ---


def test_two_tables_apart_are_cut_between() -> None:
    assert gutter_of([LEFT, RIGHT], [LEFT, RIGHT], [EDGE], *A3) == pytest.approx(595.5)


def test_a_blank_half_is_cut_off_in_the_middle() -> None:
    assert gutter_of([LEFT], [LEFT], [], *A3) == pytest.approx(595.5)


@pytest.mark.parametrize(
    ("things", "tables", "lines"),
    [
        pytest.param([Rect(60, 60, 1130, 780)], [Rect(60, 60, 1130, 780)], [], id="a table over the whole width"),
        pytest.param([LEFT, RIGHT, Rect(500, 30, 700, 50)], [LEFT, RIGHT], [], id="a title over both"),
        pytest.param([LEFT, RIGHT], [LEFT, RIGHT], [Rect(60, 400, 1130, 400)], id="a ruling line through both"),
        pytest.param([LEFT, RIGHT], [], [], id="two columns of loose text"),
        pytest.param([LEFT, Rect(548, 60, 1130, 780)], [LEFT], [], id="too narrow a gap"),
        pytest.param([Rect(60, 60, 300, 780), Rect(350, 60, 1130, 780)], [LEFT], [], id="a gap beside the middle"),
    ],
)
def test_one_page_is_never_cut(things: list[Rect], tables: list[Rect], lines: list[Rect]) -> None:
    assert gutter_of(things, tables, lines, *A3) is None


def test_an_upright_page_and_a_strip_are_no_two_pages() -> None:
    assert gutter_of([], [Rect(50, 50, 250, 780)], [], 595, 842) is None
    assert gutter_of([], [Rect(50, 50, 250, 180)], [], 1191, 300) is None


# --- digital ---


def test_two_persons_forms_on_one_sheet_are_two() -> None:
    one, two = read(two_logs()).submissions
    assert values(one) == values(truth(pdf_of("training_log")))
    assert values(two) == values(truth(other_log()))
    assert (one.pages, two.pages) == ((1,), (1,))


def test_two_pages_of_one_form_on_one_sheet_are_one() -> None:
    [reading] = read(appraisal(0, 1)).submissions
    assert cells(reading).keys() == cells(truth(pdf_of("appraisal"))).keys()
    assert values(reading) == values(truth(pdf_of("appraisal")))
    assert reading.pages == (1,)


def test_the_second_page_printed_on_the_left_is_put_behind_the_first() -> None:
    file = read(appraisal(1, 0))
    [reading] = file.submissions
    assert values(reading) == values(truth(pdf_of("appraisal")))
    [told] = [one.message for one in reading.findings if one.code == "pages_reordered"]
    assert "第 1右、1左 页" in told


def test_pages_go_on_over_sheets() -> None:
    pages = (pdf_of("training_log"), 0), (pdf_of("appraisal"), 0), (pdf_of("appraisal"), 1), (other_log(), 0)
    one, two, three = read(side_by_side(pages[:2], pages[2:])).submissions
    assert values(one) == values(truth(pdf_of("training_log")))
    assert values(two) == values(truth(pdf_of("appraisal")))
    assert values(three) == values(truth(other_log()))
    assert (one.pages, two.pages, three.pages) == ((1,), (1, 2), (2,))


def test_a_place_lies_on_the_sheet_that_the_file_has() -> None:
    one, two = read(two_logs()).submissions
    alone = cells(truth(pdf_of("training_log")))
    for name, cell in cells(one).items():
        own, place = alone[name].place, cell.place
        assert place is not None
        assert own is not None
        assert place.box is not None
        assert own.box is not None
        assert (place.page, place.half) == (1, 0)
        assert place.box == pytest.approx((own.box[0] / 2, own.box[1], own.box[2] / 2, own.box[3]), abs=0.004)
    boxes = [cell.place.box for cell in cells(two).values() if cell.place is not None and cell.place.box is not None]
    assert min(box[0] for box in boxes) > 0.5


def landscape_list() -> bytes:
    """A form whose table lies across its page."""
    return converted((TEMPLATES / "forms" / "attendance.docx").read_bytes(), "docx", "pdf")


def test_a_landscape_list_stays_whole() -> None:
    data = landscape_list()
    pages = pages_of_pdf(data)
    assert isinstance(pages, tuple)
    assert [page.halves for page in pages if page is not None] == [()] * len(pages)
    [picture, *_] = pictures_of_pdf(data, [1])
    height, width = upright_picture(picture).shape
    assert (max(height, width), width > height) == (2340, True)


# --- scans and photos ---


def test_two_persons_forms_on_one_scan_are_two() -> None:
    one, two = read(scan_of_logs()).submissions
    assert_right_or_told(one, pdf_of("training_log"))
    assert_right_or_told(two, other_log())
    assert (one.pages, two.pages) == ((1,), (1,))


def test_a_crop_of_a_scan_shows_the_value_it_is_named_after() -> None:
    [picture] = pictures_of_pdf(scan_of_logs(), [1])
    grey = upright_picture(picture)
    for reading, name in zip(read(scan_of_logs()).submissions, ("徐丽", "孙鹏"), strict=True):
        place = cells(reading)["name0.name"].place
        assert place is not None
        assert place.box is not None
        [text] = read_lines([cropped(grey, place.box)])
        assert name in squeezed(text.text)


def cropped(grey: Pixels, box: Box) -> Pixels:
    height, width = grey.shape
    left, right = round(box[0] * width) + 6, round(box[2] * width) - 6
    part = grey[round(box[1] * height) + 6 : round(box[3] * height) - 6, left:right]
    return np.ascontiguousarray(cv2.cvtColor(part, cv2.COLOR_GRAY2RGB), np.uint8)


def test_two_pages_of_one_form_on_a_scan_that_lies_turned_are_one() -> None:
    file = read(scanned(appraisal(0, 1), 6, ScanStyle(turned=((1, 90),))))
    [reading] = file.submissions
    assert_right_or_told(reading, pdf_of("appraisal"))
    assert reading.pages == (1,)


def drawn(pdf: bytes) -> Pixels:
    """The first page at 200 dpi."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].render(scale=200 / 72, rev_byteorder=True).to_numpy()
    return np.ascontiguousarray(page[:, :, :3], dtype=np.uint8)


def test_a_blank_half_of_a_photo_is_left_out_and_told() -> None:
    photo = photographed(drawn(side_by_side(((pdf_of("training_log"), 0), None))))
    file = read(file_of(photo, "JPEG"), "a.jpg")
    [reading] = file.submissions
    assert_right_or_told(reading, pdf_of("training_log"))
    [told] = [one for one in (*file.findings, *reading.findings) if one.code == "page_skipped"]
    assert "右半是空白页" in told.message
    assert told.severity == "info"


def on_a_desk(*pages: Pixels) -> Pixels:
    """Pages beside each other, with the dark of the desk or of a fold between them."""
    sheets = [cv2.copyMakeBorder(page, 120, 120, 40, 40, cv2.BORDER_CONSTANT, value=(70, 80, 90)) for page in pages]
    return np.ascontiguousarray(np.hstack(sheets), np.uint8)


def test_two_sheets_on_a_desk_are_two_pages() -> None:
    """The camera lay: the sheets stand over each other in the picture."""
    photo = np.rot90(on_a_desk(drawn(pdf_of("training_log")), drawn(other_log())))
    one, two = read(file_of(np.ascontiguousarray(photo), "JPEG"), "a.jpg").submissions
    assert_right_or_told(one, pdf_of("training_log"))
    assert_right_or_told(two, other_log())
    boxes = [cell.place.box for cell in cells(two).values() if cell.place is not None and cell.place.box is not None]
    assert min(box[0] for box in boxes) > 0.5


@pytest.mark.parametrize("number", [1, 2, 3])
def test_sheets_are_cut_out_of_a_picture(number: int) -> None:
    """One or two; of three none, so that none is lost."""
    page = np.full((500, 350, 3), 240, np.uint8)
    sheets = sheets_on(on_a_desk(*[page] * number))
    assert len(sheets) == (number if number < 3 else 1)
    assert (sheets[0].pixels.shape[1] < 400) == (number < 3)


def test_two_pages_that_cannot_be_told_apart_are_asked_about() -> None:
    with pikepdf.Pdf.open(BytesIO(two_logs())) as pdf:
        pdf.pages[0].contents_add(b"q 1 w 555 400 m 660 400 l S Q")
        file = read(saved(pdf))
    accepted = [cell for reading in file.submissions for cell in cells(reading).values() if cell.status == "accepted"]
    assert accepted == []
    assert "two_pages" in codes(file)


def test_halves_without_a_form_stay_one_page() -> None:
    picture = np.full((1060, 1500, 3), 255, np.uint8)
    for left in (60, 820):
        for top in range(100, 700, 200):
            cv2.rectangle(picture, (left, top), (left + 600, top + 200), (0, 0, 0), 2)
            cv2.putText(picture, "words", (left + 20, top + 60), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (0, 0, 0), 2)
    page, _ = page_of_picture(Picture(1, picture))
    assert apart(page, FORMS) == (page,)
    one, two = page.halves
    assert [table.grid.rect.left > one.width for table in page.tables] == [False, True]
    assert page.width == one.width + two.width
    assert [[one.code for one in half.findings] for half in page.halves] == [["low_resolution"]] * 2


def test_two_columns_of_loose_text_stay_one_page() -> None:
    page = np.full((1654, 2339, 3), 255, np.uint8)
    for line in range(60, 1600, 60):
        for left in (120, 1290):
            cv2.putText(page, "columns of words and more", (left, line), cv2.FONT_HERSHEY_SIMPLEX, 2.1, (0, 0, 0), 4)
    assert upright_picture(Picture(1, page)).shape == (1654, 2339)
