"""What people do to a form before they send it back, one by one: values are found by labels, doubts go to a person."""

from pathlib import Path

import pytest

from extractors.fields import readings_of_sheet
from gengang.parsed import Period
from gengang.reading import FieldReading, ListReading
from gengang.rendering import writer_of
from gengang.sheet import Cell, Line, Place, Row, Sheet
from gengang.template import form_of
from gengang.wordxml import sheet_of_word
from tests.unit.wordfiles import codes, docx, form_with, p, read, run, sdt, tbl, tc, told, told_field, tr

TITLE = "跟岗教师登记表"
HEAD = tr("日期", "节次", "课题")
LESSONS = tbl(HEAD, tr(tc("{%tr for one in lessons %}", span=3)),
              tr("{{ one.date | date }}", "{{ one.time | text }}", "{{ one.topic | text }}"),
              tr(tc("{%tr endfor %}", span=3)))  # fmt: skip
OPINION = "签名：{{ signer | text }}    {{ signed_on | date }}"
PERSON = tbl(
    tr("姓名", "{{ name | text }}", "性别", '{{ gender | choice("男","女") }}'),
    tr("身份证号", "{{ id_number | id_number }}", "电话", "{{ phone | phone }}"),
    tr("教龄", "{{ years | count }}", "等级", '{{ grade | tick("合格","不合格") }}'),
    tr("意见", tc("{{ opinion | prose }}", OPINION, span=3)),
)
FORM = form_with(TITLE, PERSON)
LISTED = form_with(TITLE, tbl(tr("姓名", "{{ name | text }}")), "", LESSONS)
ID = "00000019760305123X"
FIRST = tr("姓名", "张三", "性别", "男")
SECOND = tr("身份证号", ID, "电话", "13800138000")
THIRD = tr("教龄", "12", "等级", "☑合格 □不合格")
LAST = tr("意见", tc("同意。", "签名：李四    2016年12月1日", span=3))
TRUTH = {"name": "张三", "gender": "男", "id_number": ID, "phone": "13800138000", "years": 12, "grade": "合格",
         "opinion": "同意。", "signer": "李四", "signed_on": "2016-12-01"}  # fmt: skip


def values(*rows: str) -> dict[str, object]:
    return told(read(FORM, TITLE, tbl(*rows)))


def test_an_untouched_form_is_read_whole() -> None:
    assert values(FIRST, SECOND, THIRD, LAST) == TRUTH


@pytest.mark.parametrize("first", [
    tr("姓　　名", "张　三", "性 别：", "男"), tr(tc("姓", "名"), tc("", "张三"), "性别:", tc("男", "")),
    tr(tc("姓名"), tc(p(run("张"), run("三"))), "性别", tc(p("男\n"))),
    tr("姓名", sdt(tc("张三")), "性别", tc(sdt(p("男")))), tr("性别", "男", "姓名", "张三"),
    tr("姓名：张三", "", "性别", "男"), tr(tc("姓名：张三", span=2), "性别", "男"),
    tr("姓名", "张三", "", "性别", "男"), tr("姓名", "", "张三", "性别", "男"), tr("姓名", "张三", "性别", "男", ""),
    tr("姓名", tc("张", "三"), "性别", tc("", "", "男")), tr("姓名", "张三\u200b", "性别", "　男　"),
], ids=range(12))  # fmt: skip
def test_an_edit_that_leaves_no_doubt_changes_no_value(first: str) -> None:
    assert values(first, SECOND, THIRD, LAST) == TRUTH


def test_rows_may_change_places_and_blank_ones_come_between() -> None:
    assert values(SECOND, FIRST, tr("", "", "", ""), LAST, THIRD) == TRUTH


def test_the_fields_of_a_deleted_row_are_missing_and_all_others_read() -> None:
    gone = {"id_number": "[missing]", "phone": "[missing]"}
    assert values(FIRST, THIRD, LAST) == TRUTH | gone


def test_a_row_that_was_added_is_told_and_hides_no_value() -> None:
    reading = read(FORM, TITLE, tbl(FIRST, SECOND, THIRD, tr(tc("另附教案三份", span=4)), LAST))
    assert told(reading) == TRUTH
    assert "unread_content" in codes(reading)


@pytest.mark.parametrize(("below", "name"), [
    (tr("", "张三", "", ""), "?张三"), (tr("张三", "", "", ""), "?张三"), (tr("张", "三", "", ""), "[blank]"),
    (tr(tc("张三", span=2), "", ""), "?张三"), (tr(tc("张三", span=4)), "[unread]"),
    (tr("", "", "", "张三"), "[blank]"),
])  # fmt: skip
def test_a_value_below_an_empty_cell_is_proposed_and_never_called_blank(below: str, name: str) -> None:
    reading = read(FORM, TITLE, tbl(tr("姓名", "", "性别", "男"), below, SECOND, THIRD, LAST))
    assert told(reading)["name"] == name
    assert "unread_content" in codes(reading)


def test_a_number_below_a_text_and_a_number_is_no_certain_value() -> None:
    reading = read(FORM, TITLE, tbl(FIRST, tr("身份证号", ID, "电话", ""), tr("", "", "", "13800138000"), THIRD, LAST))
    assert told(reading)["phone"] == "?13800138000"


def test_rows_that_changed_places_and_have_each_others_labels_are_nobodys_for_sure() -> None:
    form = form_with(tbl(tr("姓名", "{{ one | text }}", "成绩", "{{ two | text }}"),
                         tr("成绩", "{{ three | text }}", "姓名", "{{ four | text }}")))  # fmt: skip
    reading = read(form, tbl(tr("成绩", "", "姓名", "张三"), tr("姓名", "", "成绩", "")))
    assert "张三" not in told(reading).values()
    assert "[blank]" not in told(reading).values()


def test_a_blank_date_is_no_heading_though_a_column_is_called_so() -> None:
    form = form_with(tbl(tr("姓名", "{{ name | text }}", "日期", "{{ day | date }}"), tr("年月日", "课题"),
                         tr("{{ when | text }}", "{{ topic | text }}")), p("备注：{{ note | text }}"))  # fmt: skip
    reading = read(form, p("（复印件）"), tbl(tr("姓名", "张三", "日期", "年  月  日"), tr("年月日", "课题"),
                                      tr("5日", "背影")), p("备注：无"))  # fmt: skip
    assert told(reading)["name"] == "张三"


def test_two_values_for_one_field_go_to_a_person() -> None:
    reading = read(FORM, TITLE, tbl(tr("姓名：王五", "张三", "性别", "男"), SECOND, THIRD, LAST))
    assert told(reading)["name"] == "?张三"
    assert "unread_content" in codes(reading)


def test_a_label_in_other_words_makes_a_proposal() -> None:
    assert values(tr("教师姓名", "张三", "性别", "男"), SECOND, THIRD, LAST)["name"] == "?张三"


def test_a_further_paragraph_in_an_opinion_belongs_to_it() -> None:
    last = tr("意见", tc("同意。", "表现优秀。", "", "签名：李四    2016年12月1日", span=3))
    assert values(FIRST, SECOND, THIRD, last) == TRUTH | {"opinion": "同意。\n表现优秀。"}


def test_a_note_behind_a_signature_is_no_part_of_a_name_or_a_date() -> None:
    last = tr("意见", tc("同意。", "签名：李四    2016年12月1日", "（原件存学校）", span=3))
    found = values(FIRST, SECOND, THIRD, last)
    assert found["opinion"] in ("同意。", "?同意。")
    assert found["signer"] == "李四" or str(found["signer"]).startswith("?")
    assert str(found["signed_on"]).startswith("?")


@pytest.mark.parametrize(("line", "signer", "signed_on"), [
    ("签名：李四 2016.12.1", "李四", "2016-12-01"), ("签名:李四２０１６年１２月１日", "李四", "2016-12-01"),
    ("签名：        年  月  日", "[blank]", "[blank]"), ("签名：李四        年  月  日", "李四", "[blank]"),
    ("签名：____    2016年12月1日", "[blank]", "2016-12-01"), ("签 名 ：李四2016年12月1日", "李四", "2016-12-01"),
])  # fmt: skip
def test_free_text_beside_a_date_is_parted_from_it(line: str, signer: str, signed_on: str) -> None:
    found = values(FIRST, SECOND, THIRD, tr("意见", tc("同意。", line, span=3)))
    assert (found["signer"], found["signed_on"]) == (signer, signed_on)


@pytest.mark.parametrize(("text", "grade"), [
    ("☑合格 □不合格", "合格"), ("√合格　□不合格", "合格"), ("□合格 ■不合格", "不合格"), ("合格☑ 不合格□", "合格"),
    ("☐合格 ☒不合格", "不合格"), ("□合格 □不合格", "[blank]"), ("☑合格 ☑不合格", "?None"), ("不合格", "不合格"),
    ("优秀", "?None"),
])  # fmt: skip
def test_a_tick_list_says_the_one_chosen_word(text: str, grade: str) -> None:
    assert values(FIRST, SECOND, tr("教龄", "12", "等级", text), LAST)["grade"] == grade


def test_a_picture_in_an_empty_cell_is_not_called_blank() -> None:
    picture = tc(p("<w:r><w:drawing/></w:r>"))
    assert values(tr("姓名", picture, "性别", "男"), SECOND, THIRD, LAST)["name"] == "[unread]"


def test_a_text_box_over_the_form_leaves_nothing_blank() -> None:
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('张三')}</w:txbxContent></v:textbox></w:pict></w:r>"
    reading = read(FORM, p(run(TITLE), box), tbl(tr("姓名", "", "性别", "男"), SECOND, THIRD, LAST))
    assert told(reading)["name"] == "[unread]"
    assert "unread_content" in codes(reading)


def test_tracked_changes_and_hidden_text_are_told_with_the_value() -> None:
    changed = tc(f"<w:p><w:del>{run('李五')}</w:del><w:ins>{run('张三')}</w:ins>{run('例：王', '<w:vanish/>')}</w:p>")
    reading = read(FORM, TITLE, tbl(tr("姓名", changed, "性别", "男"), SECOND, THIRD, LAST))
    assert told(reading) == TRUTH
    assert {"tracked_changes", "hidden_text"} <= codes(reading)


def test_fields_in_header_footer_and_paragraphs_are_read() -> None:
    form = form_with("单位：{{ school | text }}    时间：{{ day | date }}", tbl(tr("姓名", "{{ name | text }}")),
                     header=p("编号：{{ number | count }}"), footer=p("电话：{{ phone | phone }}"))  # fmt: skip
    reading = read(form, "", "单位：张村小学  时间：2016.9.5", "", tbl(tr("姓名", "张三")),
                   header=p("编号：第7号"), footer=p("电话：138-0013-8000"))  # fmt: skip
    assert told(reading) == {"number": 7, "school": "张村小学", "day": "2016-09-05", "name": "张三",
                             "phone": "13800138000"}  # fmt: skip


# --- who is meant ---


TWICE = form_with(TITLE, tbl(tr(tc("教师", span=2)), tr("姓名", "{{ teacher | text }}"), tr(tc("导师", span=2)),
                             tr("姓名", "{{ mentor | text }}")))  # fmt: skip


def test_the_same_label_twice_is_told_apart_by_the_heading_above() -> None:
    rows = tr(tc("教师", span=2)), tr("姓名", "张三"), tr(tc("导师", span=2)), tr("姓名", "李四")
    assert told(read(TWICE, TITLE, tbl(*rows))) == {"teacher": "张三", "mentor": "李四"}
    assert told(read(TWICE, TITLE, tbl(rows[0], *rows[2:]))) == {"teacher": "[missing]", "mentor": "李四"}


def test_a_label_that_could_be_either_of_two_is_nobodys_for_sure() -> None:
    form = form_with(TITLE, tbl(tr("姓名", "{{ teacher | text }}"), tr("姓名", "{{ mentor | text }}")))
    assert told(read(form, TITLE, tbl(tr("姓名", "张三")))) == {"teacher": "?张三", "mentor": "?张三"}


BESIDE = form_with(TITLE, tbl(tr("姓名", "{{ name | text }}", "复核姓名", "{{ name | text }}")))
ONE_LINE = form_with(TITLE, "姓名：{{ name | text }}    复核：{{ name | text }}")
IN_LIST = form_with(
    TITLE, tbl(tr("日期", "听课人", "听课人"), tr(tc("{%tr for one in lessons %}", span=3)),
               tr("{{ one.day | date }}", "{{ one.who | text }}", "{{ one.who | text }}"),
               tr(tc("{%tr endfor %}", span=3))),
)  # fmt: skip


@pytest.mark.parametrize(("first", "second", "value", "asked"), [
    ("张三", "李四", "?张三", True), ("张三", "", "张三", False), ("", "张三", "张三", False),
    ("张三", "张三", "张三", False), ("", "", "[blank]", False),
])  # fmt: skip
def test_a_field_may_stand_twice_in_one_row(first: str, second: str, value: str, asked: bool) -> None:
    row = read(BESIDE, TITLE, tbl(tr("姓名", first, "复核姓名", second)))
    line = read(ONE_LINE, TITLE, f"姓名：{first}    复核：{second}")
    listed = read(IN_LIST, TITLE, tbl(tr("日期", "听课人", "听课人"), tr("2016-9-5", first, second)))
    assert [told(reading)["name"] for reading in (row, line)] == [value, value]
    assert ["two_values" in codes(reading) for reading in (row, line, listed)] == [asked] * 3
    rows = listed.fields["lessons"]
    assert isinstance(rows, ListReading)
    assert told_field(rows.rows[0]["who"]) == value


def test_a_field_that_stands_twice_with_two_values_goes_to_a_person() -> None:
    form = form_with(TITLE, tbl(tr("姓名", "{{ name | text }}")), "承诺人：{{ name | text }}")
    reading = read(form, TITLE, tbl(tr("姓名", "张三")), "承诺人：李四")
    assert (told(reading), codes(reading)) == ({"name": "?张三"}, {"two_values", "needs_eyes"})
    assert told(read(form, TITLE, tbl(tr("姓名", "张三")), "承诺人：")) == {"name": "张三"}


# --- lists ---


def lessons(*rows: str) -> object:
    return told(read(LISTED, TITLE, tbl(tr("姓名", "张三")), "", tbl(*rows)))["lessons"]


ONE = {"date": "2016-09-05", "time": "第1节", "topic": "背影"}
TWO = {"date": "2016-09-06", "time": "第2节", "topic": "春"}


def test_rows_are_read_in_order_and_blank_ones_left_out() -> None:
    blank = tr("    年  月  日", "", "")
    assert lessons(HEAD, tr("9月5日", "", ""), blank) != []
    assert lessons(HEAD, tr("2016.9.5", "第1节", "背影"), blank, tr("2016.9.6", "第2节", "春"), blank) == [ONE, TWO]
    assert lessons(HEAD) == ("[blank]", [])


def test_a_row_that_shows_only_the_prompt_of_an_untouched_control_is_no_row() -> None:
    prompt = tc(p(sdt(run("单击或点击此处输入文字。"), "<w:showingPlcHdr/>")))
    assert lessons(HEAD, tr(prompt, "", ""), tr("2016.9.5", "第1节", "背影")) == [ONE]
    assert lessons(HEAD, tr(prompt, "第2节", ""), tr("2016.9.5", "第1节", "背影")) == [
        {"date": "[blank]", "time": "第2节", "topic": "[blank]"}, ONE]  # fmt: skip


def test_columns_are_found_by_their_names_wherever_they_stand_now() -> None:
    moved = tr("节次", "日期", "课题"), tr("第1节", "2016.9.5", "背影")
    assert lessons(*moved) == [ONE]
    wider = tr("日期", "周次", "节次", "课题"), tr("2016.9.5", "3", "第1节", "背影")
    assert lessons(*wider) == [ONE]


@pytest.mark.parametrize("mark", ["同上", "〃", "″", '"', "（同上）", "同 上"])
def test_a_ditto_mark_proposes_the_value_above_it(mark: str) -> None:
    rows = lessons(HEAD, tr("2016.9.5", "第1节", "背影"), tr("2016.9.6", "第2节", mark))
    assert rows == ("[review]", [ONE, {**TWO, "topic": "?背影"}])
    assert values(tr("姓名", mark, "性别", "男"), SECOND, THIRD, LAST)["name"] == "?None"


def test_a_note_between_the_rows_makes_the_list_doubtful_and_is_named() -> None:
    reading = read(LISTED, TITLE, tbl(tr("姓名", "张三")), "",
                   tbl(HEAD, tr("2016.9.5", "第1节", "背影"), tr(tc("以上属实", span=3))))  # fmt: skip
    assert told(reading)["lessons"] == ("[review]", [ONE])
    assert ("rows_in_doubt", "lessons") in [(found.code, found.field) for found in reading.findings]


@pytest.mark.parametrize("total", [tr("合计", "2", ""), tr(tc("合　计", span=2), "2节"), tr("小计：", "", "2.0")])
def test_a_row_of_totals_is_no_row_of_the_list_and_is_told(total: str) -> None:
    reading = read(LISTED, TITLE, tbl(tr("姓名", "张三")), "", tbl(HEAD, tr("2016.9.5", "第1节", "背影"), total))
    assert told(reading)["lessons"] == [ONE]
    assert "total_row" in codes(reading)


def test_a_row_that_only_begins_like_totals_is_one() -> None:
    assert lessons(HEAD, tr("合计", "第1节", "背影")) == (
        "[review]",
        [{"date": "?None", "time": "第1节", "topic": "背影"}],
    )


def test_cells_merged_down_by_hand_are_asked_about() -> None:
    rows = (tr(tc("2016.9.5", merge="restart"), "第1节", "背影"), tr(tc("", merge="continue"), "第2节", "春"))
    found = lessons(HEAD, *rows)
    assert isinstance(found, tuple)
    assert found[0] == "[review]"
    assert found[1][0] == ONE
    assert found[1][1]["date"] == "[unread]"


def test_a_list_whose_table_is_gone_is_missing() -> None:
    reading = read(LISTED, TITLE, tbl(tr("姓名", "张三")))
    assert told(reading)["lessons"] == ("[missing]", [])
    assert "missing_field" in codes(reading)


def test_two_lists_with_the_same_columns_keep_their_rows() -> None:
    other = LESSONS.replace("lessons", "taught")
    form = form_with(TITLE, "听课", LESSONS, "上课", other)
    row, row_2 = tr("2016.9.5", "第1节", "背影"), tr("2016.9.6", "第2节", "春")
    found = told(read(form, TITLE, "听课", tbl(HEAD, row), "上课", tbl(HEAD, row_2)))
    assert found == {"lessons": [ONE], "taught": [TWO]}


# --- several forms in one file ---


def test_several_peoples_forms_in_one_file_are_several_submissions() -> None:
    other = tr("姓名", "李四", "性别", "女")
    sheet = sheet_of_word(docx(TITLE, tbl(FIRST, SECOND, THIRD, LAST), "", TITLE, tbl(other, SECOND, THIRD, LAST)))
    found = readings_of_sheet(sheet, [FORM]).readings
    assert [told(one)["name"] for one in found] == ["张三", "李四"]
    assert told(found[0]) == TRUTH


def test_a_form_without_a_title_is_parted_with_the_line_above_its_table() -> None:
    form = form_with("编号：{{ number | count }}", PERSON)
    table = tbl(FIRST, SECOND, THIRD, LAST)
    sheet = sheet_of_word(docx("编号：1", table, "", "编号：2", table, "编号：3", table))
    assert [told(one)["number"] for one in readings_of_sheet(sheet, [form]).readings] == [1, 2, 3]


def test_two_kinds_of_forms_in_one_file_are_both_read() -> None:
    leave = form_of(docx("请假单", tbl(tr("请假人", "{{ name | text }}", "请假天数", "{{ days | days }}"))), "leave")
    sheet = sheet_of_word(
        docx(TITLE, tbl(FIRST, SECOND, THIRD, LAST), "请假单", tbl(tr("请假人", "王五", "请假天数", "2")))
    )
    found = readings_of_sheet(sheet, [FORM, leave]).readings
    assert [one.form for one in found] == ["foreign", "leave"]
    assert told(found[0]) == TRUTH
    assert told(found[1]) == {"name": "王五", "days": "2"}


def test_a_foreign_paper_gives_no_submission() -> None:
    found = readings_of_sheet(sheet_of_word(docx("会议通知", tbl(tr("时间", "2016年9月5日")))), [FORM])
    assert found.readings == ()
    assert [finding.code for finding in found.findings] == ["unknown_form"]


FORMS = Path(__file__).parents[2] / "templates" / "forms"


def test_an_appraisal_with_a_note_under_it_is_read_as_before() -> None:
    writer = writer_of((FORMS / "appraisal.docx").read_bytes(), "appraisal")
    data = writer.fill({"name": "张三", "self_appraisal": "收获很大。", "score": "92.5", "grade": "合格"})
    sheet = sheet_of_word(data)
    note = sheet_of_word(docx("注：本表一式三份，另附教案。"))
    [plain] = readings_of_sheet(sheet, [writer.form]).readings
    [noted] = readings_of_sheet(type(sheet)((*sheet.rows, *note.rows), "word"), [writer.form]).readings
    filled = {name: value for name, value in told(plain).items() if value != "[blank]"}
    assert filled == {"name": "张三", "self_appraisal": "收获很大。", "score": "92.5", "grade": "合格"}
    assert {name: told(noted)[name] for name in filled} == filled
    assert "unread_content" in codes(noted)


@pytest.mark.parametrize(("codec", "lines", "status", "value"), [
    ("date", ("２０１６年１０月２", "３日"), "review", "2016-10-23"),
    ("date", ("二〇一六年十月", "二十日"), "review", "2016-10-20"),
    ("period", ("2016年9月1日至11月3", "0日，共三个月"), "review", Period("2016-09-01", "2016-11-30")),
    ("phone", ("138001", "38000"), "review", "13800138000"), ("count", ("1", "2节"), "review", 12),
    ("date", ("2016年10月2日", "上午已交"), "accepted", "2016-10-02"),
    ("date", ("2016年10月2日", "附：名单"), "accepted", "2016-10-02"),
])  # fmt: skip
def test_a_closed_value_outside_tables_that_goes_on_in_the_paragraph_below_is_asked_about(
    codec: str, lines: tuple[str, str], status: str, value: object
) -> None:
    form = form_with(TITLE, f"填写人及填写情况：{{{{ one | {codec} }}}}", tbl(tr("姓名", "{{ name | text }}")))
    found = read(form, TITLE, f"填写人及填写情况：{lines[0]}", lines[1], tbl(tr("姓名", "张三"))).fields["one"]
    assert isinstance(found, FieldReading)
    assert (found.status, found.value) == (status, value)


def test_a_row_without_a_place_for_a_column_may_be_of_another_table_and_nothing_of_it_is_sure() -> None:
    form = form_with(tbl(
        tr("姓名", "性别", "出生年月"), tr(tc("{%tr for one in xs %}", span=3)),
        tr("{{ one.a | text }}", "{{ one.b | text }}", "{{ one.c | text }}"), tr(tc("{%tr endfor %}", span=3)),
        tr(tc("姓名", span=2), "性别"), tr(tc("{{ d | text }}", span=2), "{{ e | text }}"),
    ))  # fmt: skip
    moved = docx(tbl(tr(tc("姓名", span=2), "性别"), tr(tc("", span=2), "甲"), tr("姓名", "性别", "出生年月")))
    [reading] = readings_of_sheet(sheet_of_word(moved), (form,)).readings
    found = reading.fields["xs"]
    assert isinstance(found, ListReading)
    assert not [cell for row in found.rows for cell in row.values() if cell.status == "accepted"]


@pytest.mark.parametrize(("text", "status"), [("一", "review"), ("_", "unread"), ("—", "review"), ("1", "accepted")])
def test_a_lone_stroke_that_was_recognised_where_a_number_stands_is_asked_about(text: str, status: str) -> None:
    """一 of a thin face was read as a ruling, and as a dash: neither no value nor one is certain."""
    form = form_with(TITLE, tbl(tr("节次", "{{ number | count }}", "姓名", "{{ name | text }}")))
    place = Place(page=1)

    def cell(said: str, column: int) -> Cell:
        return Cell((Line(said, 0.99, said, each=(0.99,) * len(said)),), column=column, place=place)

    row = Row(tuple(cell(said, at) for at, said in enumerate(("节次", text, "姓名", "张三"))), table=1)
    title = Row((cell(TITLE, 0),))
    [found] = readings_of_sheet(Sheet((title, row), "scan"), [form]).readings
    number = found.fields["number"]
    assert isinstance(number, FieldReading)
    assert number.status == status
