"""Law 1: what is written into a Word form is read back from it, for every form, field and codec."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.fields import readings_of_sheet
from gengang.form import Form
from gengang.reading import accepted_values
from gengang.rendering import Writer, writer_of
from gengang.submission import Submission
from gengang.wordxml import sheet_of_word
from tests.laws.often import often
from tests.laws.strategies import submissions

TEMPLATES = Path(__file__).parents[2] / "templates"
FORMS = {path.stem: writer_of(path.read_bytes(), path.stem) for path in sorted((TEMPLATES / "forms").glob("*.docx"))}
EVERY_FORM: list[Form] = [writer.form for writer in FORMS.values()]


def read_back(writer: Writer, data: bytes) -> Submission:
    """What a reader that knows all forms makes of the bytes, values that were accepted."""
    [reading] = readings_of_sheet(sheet_of_word(data), EVERY_FORM).readings
    assert reading.version == writer.form.version
    return accepted_values(reading)


@pytest.mark.parametrize("stem", FORMS)
@settings(max_examples=often(200), deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_written_form_reads_back_equal(stem: str, data: st.DataObject) -> None:
    writer = FORMS[stem]
    stated = data.draw(submissions(writer.form))
    found = read_back(writer, writer.fill_submission(stated))
    pictures = {name for name, kind in writer.form.fields().items() if kind.codec == "picture"}
    assert {name: value for name, value in found.values.items() if name not in pictures} == dict(stated.values)
    assert {name: found.rows(name) for name in stated.lists} == dict(stated.lists)


@pytest.mark.parametrize("stem", FORMS)
def test_an_empty_form_is_told_to_be_empty(stem: str) -> None:
    writer = FORMS[stem]
    data = writer.fill({})
    [reading] = readings_of_sheet(sheet_of_word(data), EVERY_FORM).readings
    assert {found.status for found in reading.fields.values()} == {"blank"}
    assert [finding.code for finding in reading.findings] == ["blank_form"]
