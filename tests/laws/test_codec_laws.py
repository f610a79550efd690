"""Every codec's text parses back to the value it printed, and what is parsed is in normal form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengang.codecs import CODECS, parse, show
from gengang.form import FieldType
from tests.laws.strategies import CODECS_WITHOUT_TEXT, values_of

OPTIONS = ("优秀", "合格", "不合格", "A&B")
PRINTING = sorted({*CODECS} - CODECS_WITHOUT_TEXT)


def _options(codec: str) -> tuple[str, ...]:
    return OPTIONS if codec in ("choice", "tick") else ()


@pytest.mark.parametrize("codec", PRINTING)
@given(data=st.data())
def test_a_printed_value_parses_back(codec: str, data: st.DataObject) -> None:
    value = data.draw(values_of(FieldType(codec, _options(codec))))
    found = parse(codec, show(codec, value, _options(codec)), _options(codec))
    assert found.value == value
    assert found.state == ("blank" if value is None else "value")


@st.composite
def _spellings(draw: st.DrawFn, codec: str) -> str:
    """Any text, figures with marks of dates, or a printed value with something put into it."""
    if draw(st.booleans()):
        return draw(st.text(max_size=30) | st.from_regex(r"[0-9年月日./-]{1,14}", fullmatch=True))
    shown = show(codec, draw(values_of(FieldType(codec, _options(codec)))), _options(codec))
    at = draw(st.integers(0, len(shown)))
    return shown[:at] + draw(st.sampled_from(["", "", " ", "\u3000", "。", "0", "元", "√"])) + shown[at:]


@pytest.mark.parametrize("codec", PRINTING)
def test_whatever_is_read_as_certain_prints_and_reads_the_same_again(codec: str) -> None:
    certain = 0

    @given(_spellings(codec))
    def law(text: str) -> None:
        nonlocal certain
        found = parse(codec, text, _options(codec))
        if found.state == "value":
            certain += 1
            again = parse(codec, show(codec, found.value, _options(codec)), _options(codec))
            assert (again.state, again.value) == ("value", found.value)

    law()
    assert certain >= 5


@pytest.mark.parametrize("codec", PRINTING)
def test_the_sample_of_a_codec_is_in_normal_form(codec: str) -> None:
    sample = CODECS[codec].sample
    assert parse(codec, show(codec, sample, ("合格",)), ("合格",)).value == sample
