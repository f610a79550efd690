"""Print has full-width marks beside Chinese: mending again changes nothing, no word is lost, and it reads back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengang.codecs import parse, show
from gengang.full_width import full_width

PIECES = ["张村", "小学", "年", "9", "30", "A", "b", ",", ".", ";", ":", "?", "!", "(", ")", '"', " ", "，", "（", "）",
          "。", "“", "”", "《", "·", "\u3000", "-"]  # fmt: skip
TYPED = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(TYPED)
def test_mending_again_changes_nothing(text: str) -> None:
    for prose in (False, True):
        assert full_width(full_width(text, prose), prose) == full_width(text, prose)


@given(TYPED)
def test_no_word_and_no_figure_is_lost(text: str) -> None:
    words = re.compile(r"[^\w]")
    assert words.sub("", full_width(text, prose=True)) == words.sub("", text)


@given(TYPED, st.sampled_from(["text", "prose"]))
def test_what_is_printed_reads_back_as_the_value(text: str, codec: str) -> None:
    value = parse(codec, text).value
    if isinstance(value, str):
        printed = full_width(value, codec == "prose")
        assert parse(codec, show(codec, printed)).value == printed


@pytest.mark.parametrize(("typed", "printed"), [
    ("张村小学(中心校)", "张村小学（中心校）"), ("学习了,收获很大", "学习了，收获很大"), ("时间:10:30", "时间：10:30"),
    ("共 20 节", "共20节"), ("2016 年 9 月 5 日", "2016年9月5日"), ("A,B", "A,B"), ("(3.5)", "(3.5)"),
    ("阿卜杜.买买提", "阿卜杜.买买提"), ('说"好"', "说“好”"), ("为什么?因为", "为什么？因为"),
    ("7-9年级(3)班", "7-9年级（3）班"), ("好!", "好！"), ("10:30到11:20", "10:30到11:20"),
])  # fmt: skip
def test_a_typed_text_is_printed_as_print_has_it(typed: str, printed: str) -> None:
    assert full_width(typed) == printed


def test_a_full_stop_is_mended_in_prose_alone() -> None:
    assert full_width("认真听课.收获很大.\n共3.5天.", prose=True) == "认真听课。收获很大。\n共3.5天。"
