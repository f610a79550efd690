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


@pytest.mark.parametrize("codec", PRINTING)
@given(text=st.text(max_size=30) | st.from_regex(r"[0-9年月日./-]{1,14}", fullmatch=True))
def test_whatever_is_read_as_certain_prints_and_reads_the_same_again(codec: str, text: str) -> None:
    found = parse(codec, text, _options(codec))
    if found.state == "value":
        again = parse(codec, show(codec, found.value, _options(codec)), _options(codec))
        assert (again.state, again.value) == ("value", found.value)


# What forms are full of, and what the codecs give a meaning to.
TYPED = st.text("0123456789０５〇零一二三五九十廿百千万亿壹贰拾佰年月日号天节次分元角整半点至到上下午星期共约无"
                "第.。,，、:：/-－—~+()（）TEXx×☑□√_＿￥ \n\u3000\u200b", max_size=24)  # fmt: skip


@pytest.mark.parametrize("codec", sorted(CODECS))
@given(text=TYPED | st.text("零一二十百千万亿", max_size=8) | st.text(max_size=30))
def test_no_codec_raises_whatever_stands_there(codec: str, text: str) -> None:
    assert parse(codec, text, _options(codec)).state in ("value", "doubt", "blank")


@pytest.mark.parametrize("codec", PRINTING)
def test_the_sample_of_a_codec_is_in_normal_form(codec: str) -> None:
    sample = CODECS[codec].sample
    assert parse(codec, show(codec, sample, ("合格",)), ("合格",)).value == sample
