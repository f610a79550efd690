"""What stands beside an empty place: a note leaves it blank, what could be its value makes a person look."""

import pytest

from extractors.nearby import could_be, floats_over, is_page_number, is_total, said_by_heads
from gengang.form import FieldType
from gengang.sheet import Cell, Line, Place, Row
from tests.unit.wordfiles import codes, form_with, p, read, run, tbl, tc, told, tr

TITLE = "跟岗教师登记表"
FORM = form_with(
    TITLE, tbl(tr("姓名", "{{ name | text }}", "日期", "{{ day | date }}", "照片", "{{ photo | picture }}"))
)
SHAPE = '<w:r><w:drawing><wp:inline><a:prstGeom prst="ellipse"/></wp:inline></w:drawing></w:r>'
FLOATING = "<w:r><w:drawing><wp:anchor><a:blip/></wp:anchor></w:drawing></w:r>"


@pytest.mark.parametrize(("text", "page"), [
    ("第 1 页", True), ("- 3 -", True), ("第3页 共8页", True), ("3/8", True), ("12", True), ("第1节", False),
    ("2016.9.5", False), ("内部资料", False),
])  # fmt: skip
def test_a_page_number_is_known(text: str, page: bool) -> None:
    assert is_page_number(text) == page


@pytest.mark.parametrize(("codec", "text", "may"), [
    ("date", "2016.9.5", True), ("date", "填表日期：2016年9月5日", True), ("date", "16.9.5", True),
    ("date", "加急", False), ("count", "20", True), ("count", "2016年秋季", False),
    ("text", "张三", True), ("text", "请尽快审核", False),
    ("text", "注：一式三份", False), ("prose", "同意推荐。", True), ("picture", "照片", False), ("text", "", False),
])  # fmt: skip
def test_only_what_could_be_a_value_hides_one(codec: str, text: str, may: bool) -> None:
    assert could_be(FieldType(codec), text) == may


@pytest.mark.parametrize(("cell", "loose"), [
    (Cell((), pictures=1, place=Place(1, (0.7, 0.1, 0.9, 0.3))), True), (Cell((), pictures=1, place=Place()), False),
    (Cell((), pictures=1, floating=1), True), (Cell((), place=Place(1, (0.7, 0.1, 0.9, 0.3))), False),
])  # fmt: skip
def test_a_photo_anywhere_on_a_page_may_be_the_one_that_its_place_lacks(cell: Cell, loose: bool) -> None:
    assert floats_over(FORM, [Row(cells=(cell,))]) == loose


def test_a_line_over_the_page_is_no_free_text_and_its_number_no_count() -> None:
    assert [said_by_heads(FieldType(codec), text) for codec, text in (
        ("text", "张村小学"), ("count", "第 1 页"), ("date", "2016.9.5"))] == [False, False, True]  # fmt: skip


@pytest.mark.parametrize(("texts", "total"), [
    (("合计", "20", ""), True), (("总 计：", "", "9.5天"), True), (("合计",), True), (("合计", "背影"), False),
    (("张三", "20"), False), (("",), False),
])  # fmt: skip
def test_a_row_of_totals_is_known(texts: tuple[str, ...], total: bool) -> None:
    assert is_total(Row(tuple(Cell((Line(text),)) for text in texts), 1)) == total


@pytest.mark.parametrize(("name", "meant"), [
    (tc(p(SHAPE)), "[unread]"), (tc(p(run("李四", "<w:vanish/>"))), "[unread]"), (tc(p("张三", SHAPE)), "张三"),
    (tc(p("张三", "<w:r><w:footnoteReference/></w:r>")), "张三"),
    (tc(p(run("张三", '<w:color w:val="FFFFFF"/>'))), "?张三"), (tc(""), "[blank]"),
])  # fmt: skip
def test_a_thing_in_an_empty_cell_hides_it_and_one_beside_a_value_is_told(name: str, meant: str) -> None:
    reading = read(FORM, TITLE, tbl(tr("姓名", name, "日期", "2016.9.5", "照片", "")))
    assert told(reading) == {"name": meant, "day": "2016-09-05", "photo": "[blank]"}
    assert ("unread_content" in codes(reading)) == (meant in ("[unread]", "张三"))


def test_a_thing_in_a_labels_cell_leaves_nothing_of_its_row_blank() -> None:
    reading = read(FORM, TITLE, tbl(tr(tc(p("姓名", SHAPE)), "", "日期", "2016.9.5", "照片", "")))
    assert told(reading)["name"] == "[unread]"


def test_a_picture_that_floats_elsewhere_may_be_the_photo() -> None:
    reading = read(FORM, p(run(TITLE), FLOATING), tbl(tr("姓名", "张三", "日期", "2016.9.5", "照片", "")))
    assert told(reading) == {"name": "张三", "day": "2016-09-05", "photo": "?present"}
