"""Words of a form that recognisers have amiss: values keep their bounds, and what such words bound is asked about."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from extractors.cells import texts_of_cell
from extractors.loosely import amended
from gengang.form import PatternCell
from gengang.sheet import Cell, Line
from tests.unit.wordfiles import form_with, p

PRINTED = (
    "学校（盖章）：{{ school | text }}    填表日期：{{ day | date }}，听课{{ heard | count }}节，"
    "反思{{ written | count }}篇。"
)
WHOLE = "学校（盖章）：新庄中学    填表日期：2016年9月5日，听课12节，反思3篇。"
VALUES = ["新庄中学", "2016年9月5日", "12", "3"]
WORDS = ["学校（盖章）：", "填表日期：", "，听课", "节，反思", "篇。"]


def pattern() -> PatternCell:
    return form_with(p(PRINTED)).rows[0].cells[0]


def line(text: str) -> Line:
    return Line(text, 0.99, text, each=(0.99,) * len(text))


def split(text: str) -> list[tuple[str, bool]]:
    return [(one.text, one.sure) for _, one in texts_of_cell(pattern(), Cell((line(text),)), "scan")]


def test_a_line_as_it_is_printed_is_not_amended() -> None:
    assert amended(pattern(), [line(WHOLE)]) is None
    assert split(WHOLE) == [(value, True) for value in VALUES]


@pytest.mark.parametrize("amiss", [
    WHOLE.replace("填表日期", "填报日期"), WHOLE.replace("（盖章）", "（公章）"), WHOLE.replace("（盖章）", "（益草）"),
    WHOLE.replace("节，反思", "节反思"),
])  # fmt: skip
def test_values_keep_their_bounds_beside_a_word_that_is_amiss_and_none_is_sure(amiss: str) -> None:
    assert split(amiss) == [(value, False) for value in VALUES]


@pytest.mark.parametrize("amiss", [
    WHOLE.replace("填表日期", "填表H期"), WHOLE.replace("填表日期", "填表曰期"), WHOLE.replace("（盖章）", "（益章）"),
])  # fmt: skip
def test_a_letter_of_a_long_word_that_was_read_as_one_like_it_changes_no_bounds(amiss: str) -> None:
    assert split(amiss) == [(value, True) for value in VALUES]


@pytest.mark.parametrize("amiss", [
    WHOLE.replace("填表日期", "填表.日期"), WHOLE.replace("节，反思", "节，·反思"), WHOLE.removesuffix("。"),
])  # fmt: skip
def test_dirt_in_a_word_or_a_lost_full_stop_changes_no_bounds(amiss: str) -> None:
    assert split(amiss) == [(value, True) for value in VALUES]


RULED = "听课__{{ heard | count }}__节　　上课__{{ given | count }}__节　　教研活动__{{ met | count }}__次。"


@pytest.mark.parametrize("read", [
    "听课_3_节·_上课_7__节    教研活动_17_次。", "听课__3__节  上课_7_节 . 教研活动_17_次。",
    "听课__3__节  上课_7_节  教研活动_17_次。.",
    "听课__3__节 ·上课_7_节·教研活动_17_次。 ·", "听课_3_节·_上课_7__节_.教研活动_17_次",
])  # fmt: skip
def test_dirt_in_a_blank_between_words_of_the_form_or_behind_its_last_changes_no_value(read: str) -> None:
    cell = form_with(p(RULED)).rows[0].cells[0]
    found = [(one.text.strip("_ "), one.sure) for _, one in texts_of_cell(cell, Cell((line(read),)), "scan")]
    assert found == [("3", True), ("7", True), ("17", True)]


@pytest.mark.parametrize(
    "read", ["听课_3·5_节  上课_7_节  教研活动_17_次。", "听课_3._节  上课_7_节  教研活动_17_次。"]
)
def test_dirt_beside_a_value_stays_there_for_a_person(read: str) -> None:
    cell = form_with(p(RULED)).rows[0].cells[0]
    first = next(iter(texts_of_cell(cell, Cell((line(read),)), "scan")))[1]
    assert first.text.strip("_ ") in ("3·5", "3.", "3._")


@given(some.sampled_from(WORDS), some.integers(0, 5), some.sampled_from("永田甲X"))
def test_no_letter_that_is_amiss_makes_another_value_sure(words: str, at: int, other: str) -> None:
    at %= len(words)
    assume(words[at].isalnum())  # a colon is no bound
    changed = words[:at] + other + words[at + 1 :]
    found = split(WHOLE.replace(words, changed))
    assert all(text == value for (text, sure), value in zip(found, VALUES, strict=True) if sure)
