"""Numbers of items tell each other where they count on from one, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from extractors.numbering import lacks_mark_of_item, numbers_of_items
from extractors.sureness import letters_for
from gengang.numerals import chinese_number

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"


@given(some.integers(2, 10), some.booleans())
def test_numbers_that_count_on_from_one_are_told(count: int, circled: bool) -> None:
    numbers = [CIRCLED[n] if circled else chinese_number(n + 1) + "、" for n in range(count)]
    text = "".join(f"{number}听课很有收获。" for number in numbers)
    assert "".join(text[at] for at in sorted(numbers_of_items(text))) == "".join(numbers).replace("、", "")


@given(some.integers(0, 9), some.integers(0, 9))
def test_two_numbers_tell_each_other_where_the_second_is_the_next_after_one(first: int, second: int) -> None:
    text = f"{CIRCLED[first]}听课。{CIRCLED[second]}评课。"
    assert bool(numbers_of_items(text)) == ((first, second) == (0, 1))


@pytest.mark.parametrize(
    "text", ["①听课。评课。", "②听课。③评课。", "一、听课。三、评课。", "我听①课，评②课", "", "一、"]
)
def test_one_alone_or_out_of_its_row_or_in_a_sentence_is_not(text: str) -> None:
    assert not numbers_of_items(text)


def test_a_number_of_an_item_needs_no_more_sureness_than_a_figure() -> None:
    text = "①听课。②评课。"
    each = [0.92 if char in "①②" else 0.999 for char in text]
    assert min(letters_for("prose", text, each)) == 0.92
    assert min(letters_for("prose", text.replace("②", "③"), each)) == 0.5


@pytest.mark.parametrize(("text", "lacks"), [
    ("1、听课。\n2评课。", True), ("一、听课。\n二评课。", True), ("（1）听课。\n2评课。", True),
    ("1、听课。\n2、评课。", False),
    ("1、听课。\n3次评课。", False), ("听课。\n2评课。", False), ("1、听课。\n2016年评课。", False), ("2评课。", False),
])  # fmt: skip
def test_a_number_that_goes_on_those_of_items_without_their_mark_may_have_lost_it(text: str, lacks: bool) -> None:
    assert lacks_mark_of_item(text) == lacks
