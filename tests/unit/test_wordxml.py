"""What stands in a Word file is seen as Word shows it: controls, ticks, merged areas, boxes, changes, hidden text."""

import pytest

from gengang.sheet import Row, Sheet
from gengang.wordxml import NotWordError, sheet_of_word
from tests.unit.packing import members_of, zipped
from tests.unit.wordfiles import docx, p, run, sdt, tbl, tc, tr


def grid(*blocks: str, header: str = "", footer: str = "") -> list[list[str]]:
    """The texts of the cells, row by row."""
    return texts(sheet_of_word(docx(*blocks, header=header, footer=footer)).rows)


def texts(rows: tuple[Row, ...]) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in rows]


def codes(sheet: Sheet) -> list[str]:
    return [finding.code for finding in sheet.findings]


# --- content controls ---


def test_a_cell_in_a_content_control_keeps_its_place() -> None:
    assert grid(tbl(tr("姓名", sdt(tc("张三")), "性别", tc("男")))) == [["姓名", "张三", "性别", "男"]]


def test_rows_and_blocks_in_content_controls_are_read() -> None:
    assert grid(sdt(tbl(sdt(tr("甲", "乙")), tr("丙", "丁")))) == [["甲", "乙"], ["丙", "丁"]]


def test_a_paragraph_and_a_run_in_content_controls_are_read() -> None:
    assert grid(tbl(tr(tc(sdt(p("单位：", sdt(run("张村小学")))))))) == [["单位：张村小学"]]


def test_the_prompt_of_an_untouched_control_is_nobodys_answer() -> None:
    prompt = sdt(run("单击或点击此处输入文字。"), "<w:showingPlcHdr/>")
    assert grid(tbl(tr("姓名", tc(p(prompt))))) == [["姓名", ""]]


def test_a_control_that_only_looks_untouched_keeps_its_answer() -> None:
    answer = sdt(run("张三"), "<w:showingPlcHdr/>")
    assert grid(tbl(tr("姓名", tc(p(answer))))) == [["姓名", "张三"]]


@pytest.mark.parametrize(("char", "seen"), [("F0FE", "☑"), ("F06E", "☑"), ("00FC", "☑"), ("F0A8", "□"), ("F06F", "□")])
def test_a_symbol_of_a_tick_font_is_a_box(char: str, seen: str) -> None:
    symbol = f'<w:r><w:sym w:font="Wingdings" w:char="{char}"/></w:r>'
    assert grid(p("<w:r><w:t>评价：</w:t></w:r>", symbol, "合格")) == [[f"评价：{seen}合格"]]


def test_a_tick_that_stands_as_private_character_of_a_tick_font_is_a_box() -> None:
    fonts = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    second = fonts.replace("Wingdings", "Wingdings 2")
    assert grid(p(run("\uf0fe合格", fonts), run("R\uf0a3", second), "不合格")) == [["☑合格☑□不合格"]]


@pytest.mark.parametrize(("state", "seen"), [('<w:checked/>', "☑"), ('<w:checked w:val="0"/>', "□"),
                                             ('<w:default w:val="1"/>', "☑"), ("", "□")])  # fmt: skip
def test_a_legacy_check_box_says_its_state(state: str, seen: str) -> None:
    box = f"<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>"
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{box}</w:fldChar></w:r>'
    rest = '<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert grid(p(begin, rest, "合格")) == [[f"{seen}合格"]]


def test_a_modern_check_box_control_says_its_state() -> None:
    box = sdt(run("☒"), '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>')
    assert grid(p(box, "合格 ", sdt(run("☐"), "<w14:checkbox/>"), "不合格")) == [["☑合格 □不合格"]]


# --- merged areas, nesting, boxes ---


def test_a_merged_area_is_one_cell_with_its_size() -> None:
    rows = sheet_of_word(docx(tbl(
        tr(tc("照片", merge="restart"), tc("姓名", span=2)), tr(tc("", merge="continue"), "张三", "男"),
    ))).rows  # fmt: skip
    assert texts(rows) == [["照片", "姓名"], ["张三", "男"]]
    assert [(cell.column, cell.span, cell.rows) for row in rows for cell in row.cells] == [
        (0, 1, 2), (1, 2, 1), (1, 1, 1), (2, 1, 1)]  # fmt: skip


def test_text_left_in_a_continued_merge_belongs_to_the_merged_cell() -> None:
    assert grid(tbl(tr(tc("甲", merge="restart"), "一"), tr(tc("乙", merge="continue"), "二"))) == [
        ["甲\n乙", "一"], ["二"]]  # fmt: skip


def test_a_nested_table_stands_behind_the_row_that_holds_it() -> None:
    inner = tbl(tr("姓名", "张三"))
    assert grid(tbl(tr("情况", tc("", inner, "")), tr("备注", "无"))) == [
        ["情况", "\n"], ["姓名", "张三"], ["备注", "无"]]  # fmt: skip


def test_a_text_box_is_read_once_though_word_writes_it_twice() -> None:
    inside = f"<w:txbxContent>{p('加盖公章')}</w:txbxContent>"
    box = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    sheet = sheet_of_word(docx(p("标题", box)))
    assert texts(sheet.rows) == [["标题"], ["加盖公章"]]
    assert [row.part for row in sheet.rows] == ["body", "box"]


def test_a_picture_is_counted_where_it_stands() -> None:
    [row] = sheet_of_word(docx(tbl(tr("照片", tc(p("<w:r><w:drawing/></w:r>")))))).rows
    assert [cell.pictures for cell in row.cells] == [0, 1]


def test_headers_and_footers_stand_around_the_body() -> None:
    sheet = sheet_of_word(docx("正文", header=p("编号：7"), footer=p("第1页")))
    assert [(row.part, row.cells[0].text) for row in sheet.rows] == [
        ("header", "编号：7"), ("body", "正文"), ("footer", "第1页")]  # fmt: skip


# --- changes and hidden text ---


def test_the_accepted_view_of_tracked_changes_is_read_and_told() -> None:
    changed = f"<w:del>{run('李四')}</w:del><w:ins>{run('张三')}</w:ins>"
    deleted = tr("旧行", "x", properties="<w:del/>")
    sheet = sheet_of_word(docx(tbl(tr("姓名", tc(p(changed))), deleted)))
    assert texts(sheet.rows) == [["姓名", "张三"]]
    assert codes(sheet) == ["tracked_changes"]


def test_hidden_text_is_left_out_and_told() -> None:
    sheet = sheet_of_word(docx(p("姓名：", run("例：李四", "<w:vanish/>"), "张三")))
    assert texts(sheet.rows) == [["姓名：张三"]]
    assert codes(sheet) == ["hidden_text"]


def test_text_that_is_no_longer_hidden_is_read() -> None:
    assert grid(p(run("张三", '<w:vanish w:val="0"/>'))) == [["张三"]]


def test_field_codes_and_comments_are_no_text() -> None:
    field = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
             '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>9月5日</w:t></w:r>'
             '<w:r><w:fldChar w:fldCharType="end"/></w:r>')  # fmt: skip
    assert grid(p("日期：", field, "<w:r><w:commentReference/></w:r>")) == [["日期：9月5日"]]


def test_breaks_tabs_hyphens_and_ruby_are_text() -> None:
    ruby = (f"<w:r><w:ruby><w:rt>{run('zhāng')}</w:rt><w:rubyBase>{run('张')}</w:rubyBase></w:ruby></w:r>")  # fmt: skip
    assert grid(p(ruby, "<w:r><w:br/><w:tab/><w:noBreakHyphen/></w:r>")) == [["张\n -"]]


# --- packages ---


def test_a_package_in_strict_open_xml_is_read() -> None:
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    packed = zipped({name: part.replace(usual, strict) for name, part in members_of(docx("正文")).items()})
    assert texts(sheet_of_word(packed).rows) == [["正文"]]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", docx("正文")[:-200], zipped({"a": b"x"}),
                                  zipped({"word/document": b"<w"})], ids=range(6))  # fmt: skip
def test_what_is_no_sound_package_is_refused_with_advice(data: bytes) -> None:
    with pytest.raises(NotWordError, match=r"另存为|重新发送"):
        sheet_of_word(data)


def test_an_entity_of_a_hostile_file_is_not_expanded() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb">]><a>&b;</a>'
    with pytest.raises(NotWordError):
        sheet_of_word(zipped({"_rels/.rels": bomb}))
