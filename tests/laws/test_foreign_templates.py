"""Law 1 for templates that nobody drew, and what no edit of a returned form may do: make a value silently wrong."""

import os

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from extractors.fields import SheetReadings, readings_of_sheet
from gengang.form import Form
from gengang.rendering import writer_of
from gengang.submission import Submission
from gengang.template import form_of
from gengang.wordxml import sheet_of_word
from tests.laws.check import Counted, wrongs
from tests.laws.foreign import EDITS, Filled, Strip, docx_of, edits, filled, templates
from tests.laws.strategies import submissions

EXAMPLES = 2_000 if "GENGANG_SOAK" in os.environ else 40


def read(form: Form, data: bytes) -> SheetReadings:
    return readings_of_sheet(sheet_of_word(data), [form])


def drawn(data: st.DataObject) -> tuple[tuple[Strip, ...], Form, Submission]:
    """A usable template and a submission of it."""
    model = data.draw(templates())
    form = form_of(docx_of(model), "foreign")
    assume(form.usable)
    return model, form, data.draw(submissions(form, 3))


@settings(max_examples=EXAMPLES)
@given(st.data())
def test_what_is_written_into_any_usable_template_is_read_back(data: st.DataObject) -> None:
    model, form, stated = drawn(data)
    found = read(form, writer_of(docx_of(model), "foreign").fill_submission(stated))
    assert list(wrongs(form, stated, found, Filled(filled(model, stated)), law=True)) == []


@settings(max_examples=EXAMPLES)
@given(st.data())
def test_the_model_fills_a_template_as_the_writer_does(data: st.DataObject) -> None:
    model, form, stated = drawn(data)
    written = writer_of(docx_of(model), "foreign").fill_submission(stated)
    assert read(form, docx_of(filled(model, stated))) == read(form, written)


def test_no_edits_make_a_value_silently_wrong() -> None:
    counted = Counted()

    @settings(max_examples=2 * EXAMPLES)
    @given(st.data())
    def law(data: st.DataObject) -> None:
        model, form, stated = drawn(data)
        returned = Filled(filled(model, stated))
        for _ in range(data.draw(st.integers(1, 3))):
            returned = data.draw(edits(returned))
        hold(form, stated, returned, counted)

    law()
    assert counted.most(), counted


@pytest.mark.parametrize("name", EDITS)
def test_no_single_edit_makes_a_value_silently_wrong(name: str) -> None:
    counted = Counted()

    @settings(max_examples=EXAMPLES // 4)
    @given(st.data())
    def law(data: st.DataObject) -> None:
        model, form, stated = drawn(data)
        untouched = Filled(filled(model, stated))
        at, where = data.draw(st.integers(0, len(untouched.strips) - 1)), data.draw(st.integers(0, 11))
        places = [*range(at, len(untouched.strips)), *range(at)]
        returned = next(filter(None, (EDITS[name](untouched, place, where) for place in places)), None)
        assume(returned is not None)
        assert returned is not None
        assert returned.strips != untouched.strips
        hold(form, stated, returned, counted)

    law()
    assert counted.most(), counted


def hold(form: Form, stated: Submission, returned: Filled, counted: Counted) -> None:
    """A returned form to the law, and count what was read of it."""
    found = read(form, docx_of(returned.strips))
    assert list(wrongs(form, stated, found, returned)) == []
    counted.add(stated, found.readings)
