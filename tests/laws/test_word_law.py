"""Law 1: what is written into a Word form is read back from it, for every form, field and codec."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from extractors.fields import readings_of_sheet
from gengang.form import Form
from gengang.forms_in_use import OF_SOME_PLANS
from gengang.reading import accepted_values
from gengang.rendering import Writer, writer_of
from gengang.sheet import squeezed
from gengang.submission import Submission
from gengang.wordxml import sheet_of_word
from tests.laws.often import often
from tests.laws.strategies import submissions

TEMPLATES = Path(__file__).parents[2] / "templates"
FORMS = {path.stem: writer_of(path.read_bytes(), path.stem) for path in sorted((TEMPLATES / "forms").glob("*.docx"))}
EVERY_FORM: list[Form] = [writer.form for writer in FORMS.values()]


def examples(stem: str, most: int) -> int:
    """How many a form gets: those of the other plans are drawn by a few functions, so each tries the others' too."""
    return most // 5 if stem in OF_SOME_PLANS else most


def read_back(writer: Writer, data: bytes) -> Submission:
    """What a reader that knows all forms makes of the bytes, values that were accepted."""
    [reading] = readings_of_sheet(sheet_of_word(data), EVERY_FORM).readings
    assert reading.version == writer.form.version
    return accepted_values(reading)


@pytest.mark.parametrize("stem", FORMS)
def test_a_written_form_reads_back_equal(stem: str) -> None:
    writer = FORMS[stem]
    pictures = {name for name, kind in writer.form.fields().items() if kind.codec == "picture"}

    @settings(max_examples=examples(stem, often(110)), deadline=None, suppress_health_check=list(HealthCheck))
    @given(submissions(writer.form))
    def law(stated: Submission) -> None:
        found = read_back(writer, writer.fill_submission(stated))
        assert {name: value for name, value in found.values.items() if name not in pictures} == dict(stated.values)
        assert {name: found.rows(name) for name in stated.lists} == dict(stated.lists)

    law()


@pytest.mark.parametrize("stem", FORMS)
def test_an_empty_form_is_told_to_be_empty(stem: str) -> None:
    writer = FORMS[stem]
    data = writer.fill({})
    [reading] = readings_of_sheet(sheet_of_word(data), EVERY_FORM).readings
    assert {found.status for found in reading.fields.values()} == {"blank"}
    assert [finding.code for finding in reading.findings] == ["blank_form"]


@pytest.mark.parametrize("stem", FORMS)
def test_a_form_is_known_without_its_title_and_its_footer(stem: str) -> None:
    """Who retypes a form leaves them out, and some forms look like others."""
    writer = FORMS[stem]
    sheet = sheet_of_word(writer.fill({}))
    kept = [row for row in sheet.rows if row.part == "body" and squeezed(row.cells[0].text) != writer.form.title]
    assert len(kept) < len(sheet.rows)
    [reading] = readings_of_sheet(replace(sheet, rows=tuple(kept)), EVERY_FORM).readings
    assert reading.form == stem


def test_a_lesson_plan_that_came_without_its_assessment_is_no_teaching_design() -> None:
    sheet = sheet_of_word(FORMS["lesson_taught"].fill({}))
    cut = next(number for number, row in enumerate(sheet.rows) if squeezed(row.cells[0].text) == "评课表")
    shown = [row for row in sheet.rows if row.part == "footer"]
    for rows in (sheet.rows[:cut], sheet.rows[1:cut], [*sheet.rows[1:cut], *shown]):
        readings = readings_of_sheet(replace(sheet, rows=tuple(rows)), EVERY_FORM).readings
        assert {reading.form for reading in readings} <= {"lesson_taught"}
