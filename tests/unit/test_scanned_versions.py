"""A form of last year's template comes back as a scan or a photo, and is read with last year's template."""

import io
from copy import deepcopy
from functools import lru_cache

import docx
import pytest

from extractors.fields import SheetReadings, readings_of_sheet
from extractors.files import read_bytes
from extractors.paper import sheet_of_pages
from extractors.scan import Picture, page_of_picture, pictures_of_pdf
from gengang.form import Form
from gengang.reading import FieldReading, Reading
from gengang.rendering import Writer, writer_of
from gengang.sheet import Sheet
from gengang.wordxml import sheet_of_word
from tests.laws.test_word_law import EVERY_FORM, FORMS
from tests.unit.prints import Pixels, converted, file_of, photographed
from tests.unit.wordfiles import docx as docx_of
from tests.unit.wordfiles import form_with, p, replaced_in_word, tbl, tr

STEM = "leave_request"
LEAVE = {"name": "张三", "school": "张村小学", "kind": "病假", "starts_on": "2016-10-12", "leave_days": "2"}
PHONE = "13800138000"


def with_a_row_more(data: bytes) -> bytes:
    """The template with a row for a phone number above its last."""
    document = docx.Document(io.BytesIO(data))
    last = document.tables[0].rows[-1]
    row = deepcopy(last._tr)
    last._tr.addprevious(row)
    added = document.tables[0].rows[-2]
    for cell, text in ((added.cells[0], "联系电话"), (added.cells[-1], "{{ phone | phone }}")):
        for run in [run for one in cell.paragraphs for run in one.runs]:
            run.text = ""
        cell.paragraphs[0].runs[0].text = text
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


SHORT = FORMS[STEM]
LONG = writer_of(with_a_row_more(SHORT.data), STEM)
RENAMED = writer_of(replaced_in_word(with_a_row_more(SHORT.data), {"请假类别": "请假种类", "学　科": "任教科目"}), STEM)
OTHERS = tuple(form for form in EVERY_FORM if form.stem != STEM)


@lru_cache
def picture_of(writer: Writer) -> Pixels:
    """A filled form, printed and scanned."""
    values = {**LEAVE, "phone": PHONE} if "phone" in writer.form.fields() else LEAVE
    [picture] = pictures_of_pdf(converted(writer.fill(values), "docx", "pdf"), [1])
    return picture.pixels


@lru_cache
def sheet_of(writer: Writer) -> Sheet:
    page, _ = page_of_picture(Picture(1, picture_of(writer)))
    return sheet_of_pages([page], "scan")


def only(found: SheetReadings) -> Reading:
    [reading] = found.readings
    return reading


def holds_what_was_written(reading: Reading, form: Form) -> bool:
    """Whether each field says it, and none is missing."""
    wanted = {**LEAVE, **({"phone": PHONE} if "phone" in form.fields() else {})}
    fields = {name: found for name, found in reading.fields.items() if isinstance(found, FieldReading)}
    said = {name: found.value for name, found in fields.items() if name in wanted}
    return said == wanted and not any(found.status == "missing" for found in fields.values())


@pytest.mark.parametrize(("today", "older"), [(RENAMED, SHORT), (SHORT, RENAMED), (LONG, SHORT), (SHORT, LONG)],
                         ids=["renamed", "renamed back", "a row more", "a row less"])  # fmt: skip
def test_a_scan_is_read_with_its_own_version(today: Writer, older: Writer) -> None:
    forms = (today.form, *OTHERS, older.form)
    for writer, codes in ((today, set()), (older, {"older_version"})):
        reading = only(readings_of_sheet(sheet_of(writer), forms))
        assert (reading.form, reading.version) == (STEM, writer.form.version)
        assert holds_what_was_written(reading, writer.form)
        assert {one.code for one in reading.findings} & {"older_version", "other_version", "unread_content"} == codes


@pytest.mark.parametrize("longer_today", [True, False])
def test_a_row_more_tells_versions_apart_that_print_all_their_words_in_cells_of_their_own(longer_today: bool) -> None:
    title, filled = p("跟岗教师联系情况登记表"), [tr("教师姓名", "张三"), tr("工作单位", "张村小学")]
    tagged = [tr("教师姓名", "{{ name | text }}"), tr("工作单位", "{{ school | text }}")]
    short = form_with(title, tbl(*tagged))
    long = form_with(title, tbl(*tagged, tr("联系电话", "{{ phone | phone }}")))
    forms = [long, short] if longer_today else [short, long]
    for form, rows in ((short, filled), (long, [*filled, tr("联系电话", PHONE)])):
        reading = only(readings_of_sheet(sheet_of_word(docx_of(title, tbl(*rows))), forms))
        assert (reading.version, reading.fields.keys()) == (form.version, form.fields().keys())
        assert "unread_content" not in {one.code for one in reading.findings}


def test_a_photo_of_an_older_version_is_read_with_that_version() -> None:
    data = file_of(photographed(picture_of(RENAMED)), "JPEG")
    [reading] = read_bytes("a.jpg", data, (SHORT.form, *OTHERS, RENAMED.form)).submissions
    assert (reading.form, reading.version) == (STEM, RENAMED.form.version)
    assert holds_what_was_written(reading, RENAMED.form)
    assert "older_version" in {one.code for one in reading.findings}
