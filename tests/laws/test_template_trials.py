"""What the doctor passes is read back: a template without a fault gives every field back; an odd one is never wrong."""

import os

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from extractors.files import read_bytes
from gengang.template import form_of
from gengang.template_trials import differences, trials_of, word_faults
from tests.laws.foreign import docx_of, templates
from tests.laws.odd import Odd, odd_templates

EXAMPLES = 2_000 if "GENGANG_SOAK" in os.environ else 30


@settings(max_examples=EXAMPLES)
@given(st.data())
def test_a_template_of_a_usual_kind_comes_back_from_word(data: st.DataObject) -> None:
    template = docx_of(data.draw(templates()))
    form = form_of(template, "foreign")
    assume(form.usable)
    trials = trials_of(template, form)
    assert isinstance(trials, tuple)
    assert [fault for fault in word_faults(form, trials, read_bytes) if fault.level == "error"] == []


@settings(max_examples=EXAMPLES)
@given(odd_templates())
def test_an_odd_template_is_filled_and_never_read_as_something_else(odd: Odd) -> None:
    form = form_of(odd.data, "odd")
    assume(form.usable)
    trials = trials_of(odd.data, form)
    assert isinstance(trials, tuple)
    for trial in trials:
        file = read_bytes("trial.docx", trial.docx, [form])
        # A form with hardly a word of its own is not known again, and that is said.
        assert len(file.submissions) == 1 or [one.code for one in file.findings] == ["unknown_form"]
        for reading in file.submissions:
            wrong = [one for one in differences(form, trial.stated, reading) if one.how in ("wrong", "lost")]
            assert wrong == [], odd.blocks
