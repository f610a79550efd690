"""A printed line and its text part into fields: to the letter, then loosely, and sure only when there is one way."""

import pytest

from extractors.lines import Split, split_text
from gengang.codecs import show
from gengang.form import FieldType, Piece, Slot

NAME, OTHER = Slot("name", FieldType("text")), Slot("other", FieldType("text"))
DAY, COUNT = Slot("day", FieldType("date")), Slot("n", FieldType("count"))
SIGNED: list[Piece] = ["签名：", NAME, "    ", DAY]


@pytest.mark.parametrize(("pieces", "text", "texts"), [
    ([NAME], "任何 内容", ("任何 内容",)), (SIGNED, "签名：张三    2016年9月5日", ("张三", "2016年9月5日")),
    (SIGNED, "签名:张三2016.9.5", ("张三", "2016.9.5")), (SIGNED, "签 名 ： 张三 2016.9.5", ("张三", "2016.9.5")),
    (SIGNED, "签名：张三        年  月  日", ("张三", "年  月  日")),
    (SIGNED, "签名：        年  月  日", ("", "年  月  日")),
    (["听课", COUNT, "节，上课", Slot("m", FieldType("count")), "节"], "听课12节,上课 3 节", ("12", "3")),
    (["（", NAME, "）"], "(张三)", ("张三",)),
])  # fmt: skip
def test_the_only_way_to_part_a_line_is_sure(pieces: list[Piece], text: str, texts: tuple[str, ...]) -> None:
    split = split_text(pieces, text)
    assert split is not None
    assert (tuple(part.strip() for part in split.texts), split.sure) == (texts, True)


@pytest.mark.parametrize(("pieces", "text"), [
    (["甲：", NAME, "乙：", OTHER], "甲：一乙：二乙：三"),
    ([NAME, Slot("g", FieldType("choice", ("男", "女")))], "胜男"),
])  # fmt: skip
def test_two_ways_to_part_a_line_are_nobodys_to_choose(pieces: list[Piece], text: str) -> None:
    split = split_text(pieces, text)
    assert split is not None
    assert not split.sure


@pytest.mark.parametrize(("pieces", "text"), [
    (["单位：   ", NAME, "   ，应到", COUNT, "天"], "单位：_J5乔，应到3天"), (SIGNED, "签名： _张三 2016.9.5"),
    (SIGNED, "签名：张三_ 2016.9.5"), (["听课", NAME, "节 "], "听课：三节"),
])  # fmt: skip
def test_a_sign_that_was_not_printed_may_be_the_values_own(pieces: list[Piece], text: str) -> None:
    split = split_text(pieces, text)
    assert split is not None
    assert not split.sure


@pytest.mark.parametrize(("pieces", "text", "texts"), [
    (SIGNED, "签名：____  2016.9.5", ("", "2016.9.5")), (["应到", COUNT, "天"], "应到__3__天", ("3",)),
    ([NAME, "：", DAY], "张三：2016.9.5", ("张三", "2016.9.5")), ([NAME, "：", DAY], "：2016.9.5", ("", "2016.9.5")),
    (["签名：____", NAME, "  ", DAY], "签名：____张三 2016.9.5", ("张三", "2016.9.5")),
])  # fmt: skip
def test_ruled_blanks_and_colons_of_the_print_are_nobodys(
    pieces: list[Piece], text: str, texts: tuple[str, ...]
) -> None:
    split = split_text(pieces, text)
    assert split is not None
    assert (tuple(part.strip(" _") for part in split.texts), split.sure) == (texts, True)


@pytest.mark.parametrize("day", [DAY, Slot("day", FieldType("month")), Slot("day", FieldType("period"))])
def test_a_whole_printed_blank_is_taken_before_a_part_of_it(day: Slot) -> None:
    blank = "".join(show(day.type.codec, None).split())
    for name in ("", "张三", "年"):
        split = split_text(["签名：", NAME, "　　　　", day], f"签名：{name}　{blank}")
        assert split is not None
        assert (tuple(part.strip() for part in split.texts), split.sure) == ((name, blank), True)


def test_a_text_broken_behind_its_own_year_is_no_printed_blank() -> None:
    split = split_text(["签名：", NAME, "\n", DAY], "签名：某年\u2028\n月日\u2028\n2016年9月5日", False)
    assert split is not None
    assert split.texts[1].strip() == "2016年9月5日"


def test_prose_that_ends_like_a_date_may_have_taken_its_neighbours() -> None:
    split = split_text([Slot("p", FieldType("prose")), "\n", DAY], "同意。2016年9月5", False)
    assert split is not None
    assert not split.sure


def test_a_line_without_its_printed_words_is_not_parted() -> None:
    assert split_text(SIGNED, "张三 2016年9月5日") is None
    assert split_text(["签名：", NAME], "签名：张三") == Split(("张三",), True)


def test_a_number_is_never_cut_in_two() -> None:
    split = split_text([NAME, COUNT], "第12")
    assert split is not None
    assert {"1", "2"}.isdisjoint(split.texts)


def test_a_long_hostile_line_costs_little() -> None:
    pieces: list[Piece] = [piece for n in range(12) for piece in (Slot(f"f{n}", FieldType("text")), "：")]
    split = split_text(pieces, "：" * 300)
    assert split is not None
    assert not split.sure


@pytest.mark.parametrize("signer", ["", "李四"])
def test_a_whole_date_in_chinese_figures_is_parted_from_the_name_before_it(signer: str) -> None:
    pieces = ("签名：", Slot("signer", FieldType("text")), "        ", Slot("day", FieldType("date")))
    found = split_text(pieces, f"签名：{signer}        二〇一六年十月二十二日")
    assert found == Split((signer, "二〇一六年十月二十二日"), True)


def test_a_box_belongs_to_its_word_and_to_no_name() -> None:
    pieces: list[Piece] = ["姓名：", NAME, "    ", Slot("gender", FieldType("tick", ("男", "女")))]
    assert split_text(pieces, "姓名：    □男 □女\n", False) == Split(("", "□男 □女\n"), True)
    assert split_text(pieces, "姓名：张三 □男 ☑女", False) == Split(("张三", "□男 ☑女"), True)
    pieces[1] = Slot("number", FieldType("id_number"))
    assert split_text(pieces, "姓名：    □男 □女\n", False) == Split(("", "□男 □女\n"), True)


@pytest.mark.parametrize(("pieces", "text"), [
    ([NAME, "  ", DAY], "欧阳杰秀二〇 一六年十月二十日"), ([DAY, "    ", NAME], "本周五张三"),
    ([NAME, "  ", DAY], "张三 本周五"),
])  # fmt: skip
def test_a_text_that_may_hold_a_part_of_the_day_beside_it_is_nobodys(pieces: list[Piece], text: str) -> None:
    split = split_text(pieces, text)
    assert split is not None
    assert not split.sure


def test_no_field_ends_within_figures() -> None:
    assert split_text([NAME, COUNT], "听课302", to_the_letter=False) == Split(("听课", "302"), True)
