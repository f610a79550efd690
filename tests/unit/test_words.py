"""Letters that make words, and letters in doubt that others would make words of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.words import in_words, is_told_by_word, likelier_by, mended

PHRASES = ("深受欢迎", "课堂评价语言有待丰富", "学习认真，善于思考", "对照《课程标准》，我重新备了课", "圆的面积")


@pytest.mark.parametrize(("text", "outside"), [
    ("深受欢迎", ""), ("深受欢通", "欢通"), ("课当评价语言", "课当"), ("听课10节", "10节"), ("魏超同志", "魏超"),
    ("", ""),    ("PPT课件", "PPT"),
])  # fmt: skip
def test_what_stands_outside_all_words(text: str, outside: str) -> None:
    known = in_words(text)
    assert "".join(char for at, char in enumerate(text) if at not in known) == outside


@pytest.mark.parametrize(("text", "at", "others", "wanted"), [
    ("深受欢通", 3, "道迎", "深受欢迎"), ("课当评价语言有待丰富", 1, "尝堂", "课堂评价语言有待丰富"),
    ("学司认真", 1, "刁习", "学习认真"), ("深受欢迎", 3, "通", "深受欢迎"), ("魏超同志", 1, "越起", "魏超同志"),
    ("欢通", 1, "迎", "欢通"),
])  # fmt: skip
def test_a_letter_in_doubt_is_the_one_that_makes_a_word_where_it_makes_none_itself(
    text: str, at: int, others: str, wanted: str
) -> None:
    assert mended(text, [others if number == at else "" for number in range(len(text))]) == wanted


@pytest.mark.parametrize(("text", "at", "low", "high"), [
    ("补交了材科", 4, 1000, 1e6), ("成果江报会", 2, 10, 100), ("江报材料", 0, 100, 1e4), ("教学有法", 3, 0.01, 1),
    ("补交了材料", 4, 0, 0), ("王科", 1, 0, 0), ("学科教学", 1, 0, 0), ("PPT材科", 4, 0, 0),
])  # fmt: skip
def test_how_much_likelier_another_letter_s_word_is(text: str, at: int, low: float, high: float) -> None:
    assert low <= likelier_by(text, at) <= high


@pytest.mark.parametrize(("text", "told"), [
    ("学习认真", "学习认真"), ("课堂", "课堂"), ("第二实验小学", "第实验小学"), ("三年级", "年级"),
    ("水平不足", "水平不"),    ("课当", ""), ("PPT", ""),
])  # fmt: skip
def test_a_letter_is_told_by_its_word_where_none_like_it_makes_one_as_usual(text: str, told: str) -> None:
    assert "".join(char for at, char in enumerate(text) if is_told_by_word(text, at)) == told


def test_a_letter_as_which_another_was_read_is_told_by_a_word_that_the_other_does_not_make() -> None:
    assert is_told_by_word("学科语言", 1, "料")
    assert not is_told_by_word("题材", 1, "海目")  # 题目 is a word more usual
    assert is_told_by_word("学期末", 1)


@pytest.mark.parametrize("text", ["跟岗期间", "评课", "九年一贯制学校", "大班额", "磨课"])
def test_words_of_schools_that_no_common_dictionary_has_are_words(text: str) -> None:
    assert in_words(text) == {*range(len(text))}


@given(st.sampled_from(PHRASES), st.data())
def test_only_letters_in_doubt_outside_words_change_and_one_becomes_one_of_those_it_may_be(
    phrase: str, data: st.DataObject
) -> None:
    text = "".join(data.draw(st.sampled_from([char, "通", "1"])) for char in phrase)
    others = [data.draw(st.text("欢迎课堂习真想的", max_size=4)) for _ in text]
    found = mended(text, others)
    assert len(found) == len(text)
    changed = [at for at, (one, was) in enumerate(zip(found, text, strict=True)) if one != was]
    assert all(found[at] in others[at] for at in changed)
    assert not {*changed} & in_words(text)
