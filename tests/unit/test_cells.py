"""Fields that share a cell: parted by paragraphs while those are as printed, else by words, and never by guess."""

import pytest

from extractors.cells import texts_of_cell
from gengang.form import PatternCell
from gengang.sheet import Cell, Line
from tests.unit.wordfiles import form_with, tbl, tc, tr


def pattern(*lines: str) -> PatternCell:
    [row] = form_with(tbl(tr("意见", tc(*lines)))).rows
    return row.cells[1]


def parted(cell: PatternCell, *lines: str) -> list[tuple[str, bool]]:
    found = texts_of_cell(cell, Cell(tuple(map(Line, lines))), "word")
    return [(text.text.strip(), text.sure) for _, text in found]


SIGNED = pattern("{{ opinion | prose }}", "", "签名：{{ signer | text }}    {{ day | date }}")
STACKED = pattern("{{ first | text }}", "{{ second | text }}")
DATED = pattern("{{ opinion | prose }}", "{{ day | date }}")


@pytest.mark.parametrize("lines", [
    ("同意。", "", "签名：李四    2016年9月5日"), ("同意。", "签名：李四  2016.9.5"),
    ("", "同意。", "", "", "签名:李四 2016年9月5日"),
])  # fmt: skip
def test_words_between_fields_part_them_wherever_the_breaks_are(lines: tuple[str, ...]) -> None:
    assert [(text, sure) for text, sure in parted(SIGNED, *lines)][:2] == [("同意。", True), ("李四", True)]


def test_added_paragraphs_belong_to_the_text_they_follow() -> None:
    assert parted(SIGNED, "同意。", "很好。", "签名：李四    2016年9月5日")[0] == ("同意。\n很好。", True)


def test_stacked_fields_are_parted_by_paragraphs_as_printed() -> None:
    assert parted(STACKED, "甲", "乙") == [("甲", True), ("乙", True)]
    assert parted(STACKED, "", "乙") == [("", True), ("乙", True)]


@pytest.mark.parametrize("lines", [("乙",), ("甲", "中", "乙")])
def test_stacked_fields_that_lost_or_gained_a_line_are_nobodys_to_part(lines: tuple[str, ...]) -> None:
    assert not any(sure for _, sure in parted(STACKED, *lines))


def test_a_closed_field_is_found_below_a_text_of_any_length() -> None:
    assert parted(DATED, "一", "二", "三", "2016年9月5日") == [("一\n二\n三", True), ("2016年9月5日", True)]


def test_without_its_words_only_a_closed_field_says_itself() -> None:
    lone = pattern("日期：{{ day | date }}")
    assert parted(lone, "2016年9月5日") == [("2016年9月5日", True)]
    named = pattern("姓名：{{ name | text }}")
    assert parted(named, "张三") == [("张三", False)]


def test_a_note_above_a_printed_blank_is_nobodys_text_for_sure() -> None:
    cell = pattern("{{ stay | period }}", "{{ name | text }}")
    found = parted(cell, "另附材料见袋中", "    年  月  日至    年  月  日", "")
    assert not any(sure for text, sure in found if "另附" in text)
