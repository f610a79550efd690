"""Lists in every kind of table file are read alike, and what a program spoiled is told by person and row."""

import io
from collections.abc import Callable
from datetime import date

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from extractors import grids_xls
from extractors.files import read_bytes
from gengang.reading import FieldReading, FileReading, Reading
from tests.unit.prints import FORMS
from tests.unit.tablefiles import WRITERS, Drawn, Formula, Value, csv_of, html_of, xls_of, xlsx_of, xml_of
from tests.unit.test_sheets import LI, NAMES, TITLE, WANG, changed, codes, rows_of, signup, values

Cells = tuple[Value | Formula, ...]
SIGN_IN = "跟岗研修会议签到表"
HEADS: Cells = ("序号", "单位", "姓名", "职务/身份", "联系电话", "签到")
HONG: Cells = (1, "孙店小学", "李红", "教师", "13800000001", "李红")
QIANG: Cells = (2, "孙店小学", "王强", "教师", "13800000002", "王强")
MIN: Cells = (3, "李塘小学", "赵敏", "主任", "13800000003", "赵敏")


def row(cells: object) -> Cells:
    assert isinstance(cells, tuple | list)
    return tuple(cells)


def drawn(*rows: object, **other: object) -> Drawn:
    return Drawn([(TITLE,), NAMES, *map(row, rows)], **other)  # type: ignore[arg-type]  # fields of Drawn


def file_of(name: str, data: bytes) -> FileReading:
    return read_bytes(name, data, FORMS)


def reading_of(name: str, data: bytes) -> Reading:
    [reading] = file_of(name, data).submissions
    return reading


# --- every kind of file ---


@pytest.mark.parametrize("name", WRITERS)
def test_a_list_is_read_alike_from_every_kind_of_file(name: str) -> None:
    file = file_of(name, WRITERS[name](drawn(LI, WANG)))
    [reading] = file.submissions
    assert (file.medium, reading.form, reading.fields["nominees"].status) == ("sheet", "registration", "accepted")
    for column in ("name", "id_number", "phone", "born", "teaching_years"):
        assert values(reading, column) == values(reading_of("表.xlsx", xlsx_of(drawn(LI, WANG))), column)


def test_a_file_is_what_it_holds_and_not_what_it_is_called() -> None:
    list_ = drawn(LI)
    for name, data in (("表.et", xlsx_of(list_)), ("表.xlsx", xls_of(list_)), ("表.csv", xls_of(list_)),
                       ("表.xlsx", csv_of(list_)), ("表.xlsx", html_of(list_))):  # fmt: skip
        assert values(reading_of(name, data), "name") == ["李红"]


@pytest.mark.parametrize("write", [xlsx_of, xls_of, xml_of], ids=["xlsx", "xls", "xml"])
def test_days_are_days_and_formulas_without_result_are_asked(write: Callable[[Drawn], bytes]) -> None:
    name = "表" if write is xlsx_of else "表.xls"
    dated = changed(LI, 出生年月=date(1980, 5, 1), 连续从教年限=Formula("2016-2001"))
    [read] = rows_of(reading_of(name, write(drawn(dated))))
    assert (read["born"].value, read["teaching_years"].status) == ("1980-05", "unread")


@pytest.mark.parametrize("dates_1904", [False, True])
def test_a_day_counted_from_1904_is_the_same_day(dates_1904: bool) -> None:
    data = xls_of(drawn(changed(LI, 出生年月=date(1980, 5, 1))), dates_1904=dates_1904)
    assert values(reading_of("表.xls", data), "born") == ["1980-05"]


@pytest.mark.parametrize("write", [xlsx_of, xls_of, xml_of, html_of], ids=["xlsx", "xls", "xml", "html"])
def test_hidden_rows_are_read_and_told(write: Callable[[Drawn], bytes]) -> None:
    reading = reading_of("表.xls", write(drawn(LI, WANG, dark=frozenset({4}))))
    assert values(reading, "name") == ["李红", "王强"]
    [told] = [one for one in reading.findings if one.code == "hidden_rows"]
    assert "第 4 行" in told.message


@pytest.mark.parametrize("write", [xlsx_of, xls_of, xml_of], ids=["xlsx", "xls", "xml"])
def test_each_school_has_its_own_sheet_and_a_hidden_one_is_told(write: Callable[..., bytes]) -> None:
    sheets = [drawn(LI, name="孙店小学"), drawn(WANG, name="李塘小学", hidden=True)]
    first, second = file_of("表.xls", write(*sheets)).submissions
    schools = [one.fields["school"] for one in (first, second)]
    found = [(one.status, one.value) for one in schools if isinstance(one, FieldReading)]
    assert found == [("review", "孙店小学"), ("review", "李塘小学")]
    assert any("工作表的名称" in one.message for one in first.findings)
    assert ("hidden_sheet" in codes(first), "hidden_sheet" in codes(second)) == (False, True)


# --- text ---


def test_values_of_a_text_file_stay_the_text_they_are() -> None:
    quoted = changed(LI, 学校推荐意见="同意\n推荐", 身份证号='="000000198005120025"', 备注="优秀,骨干;推荐")
    [read] = rows_of(reading_of("表.csv", csv_of(drawn(quoted))))
    assert [read[one].value for one in ("opinion", "id_number", "phone", "remark")] == [
        "同意推荐", "000000198005120025", "13800000001", "优秀,骨干;推荐"
    ]  # fmt: skip


def test_sentences_with_commas_of_both_kinds_do_not_part_the_list() -> None:
    reading = reading_of("表.csv", csv_of(drawn(changed(LI, 备注="勤，" * 20), WANG)))
    assert values(reading, "name") == ["李红", "王强"]


def test_quotes_that_do_not_match_are_told_with_their_row() -> None:
    for broken in (b'"\xe6\x9d\x8e\xe7\xba\xa2', b'"\xe6\x9d\x8e"\xe7\xba\xa2'):
        data = csv_of(drawn(LI, WANG), "utf-8").replace("李红".encode(), broken)
        file = file_of("表.csv", data)
        assert (file.submissions, codes(file)) == ((), {"unreadable_file"})
        assert "双引号" in file.findings[0].message


def test_a_quote_that_swallows_a_line_of_the_list_is_told() -> None:
    data = csv_of(drawn(LI, WANG, changed(LI, 姓名="周静")), "utf-8")
    data = data.replace("李红".encode(), '"李红'.encode()).replace(b"\xe6\x97\xa0\r\n", b'\xe6\x97\xa0"\r\n')
    file = file_of("表.csv", data)
    assert (file.submissions, codes(file)) == ((), {"unreadable_file"})


@pytest.mark.parametrize("said", ["李?", "?红", "李\ufffd"])
def test_a_name_that_lost_a_letter_on_the_way_is_asked_about(said: str) -> None:
    reading = reading_of("表.csv", csv_of(drawn(changed(LI, 姓名=said)), "utf-8"))
    [read] = rows_of(reading)
    assert read["name"].status == "review"
    assert "letter_lost" in codes(reading)


def test_a_text_that_is_no_list_is_refused_as_before() -> None:
    file = file_of("新建文本文档.txt", "今天听了三节课，收获很大。\n明天继续。".encode("gbk"))
    assert (file.submissions, codes(file)) == ((), {"unreadable_file"})
    assert "纯文本" in file.findings[0].message
    file = file_of("别的.csv", "品名,数量\n粉笔,3\n".encode())
    assert codes(file) == {"unknown_form"}


# --- pages ---


def test_a_table_in_a_web_page_has_its_title_above_it() -> None:
    table = html_of(Drawn([NAMES, LI])).decode("gb18030").partition("<table")[2]
    page = f"<h2>孙店小学{TITLE}</h2><table{table}<p>校长签字：<b>钱</b>伟</p>".encode()
    reading = reading_of("导出.xls", page)
    said = [getattr(reading.fields[name], "value", None) for name in ("school", "principal")]
    assert (values(reading, "name"), said) == (["李红"], ["孙店小学", "钱伟"])


def test_a_page_too_deep_to_be_read_whole_is_refused() -> None:
    page = b"<html><body>" + b"<div>" * 3000 + html_of(drawn(LI))
    assert file_of("深.xls", page).submissions == ()


# --- how lists stand ---


@pytest.mark.parametrize(
    ("line", "school", "phone"),
    [
        (("学校（盖章）：孙店小学",), ("accepted", "孙店小学"), ("missing", None)),
        (("单位：孙店小学", None, "联系电话：13800000009"), ("accepted", "孙店小学"), ("accepted", "13800000009")),
        (("联系电话：13800000009　学校（盖章）：孙店小学",), ("accepted", "孙店小学"), ("accepted", "13800000009")),
        (("学校（盖章）：孙店小学 13800000009",), ("review", None), ("review", None)),
        (("学校（盖章）：孙店小学", None, "2016年9月1日"), ("review", None), ("review", None)),
        (("上报：孙店小学",), ("review", None), ("review", None)),
        (("单位：人",), ("review", None), ("review", None)),
        (("单位：元", None, "电话：13800000009"), ("review", None), ("review", None)),
    ],
)  # fmt: skip
def test_a_line_over_the_list_may_leave_out_what_the_form_asks(
    line: Cells, school: tuple[str, str | None], phone: tuple[str, str | None]
) -> None:
    reading = reading_of("表.xlsx", xlsx_of(Drawn([(TITLE,), line, NAMES, row(LI)])))
    for name, (status, value) in (("school", school), ("contact_phone", phone)):
        found = reading.fields[name]
        assert isinstance(found, FieldReading)
        assert found.status == status
        assert value is None or found.value == value
    assert values(reading, "name") == ["李红"]


def test_examples_are_no_entries_and_told() -> None:
    for example in (changed(LI, 姓名="例：张三"), changed(LI, 姓名="张三（示例）"), ["例", *LI[1:]]):
        reading = reading_of("表.xlsx", xlsx_of(drawn(example, WANG)))
        assert values(reading, "name") == ["王强"]
        [told] = [one for one in reading.findings if one.code == "example_row"]
        assert "第3行" in told.message
        assert reading.fields["nominees"].status == "accepted"


@pytest.mark.parametrize("write", [xlsx_of, xls_of, xml_of, html_of], ids=["xlsx", "xls", "xml", "html"])
def test_a_school_that_is_merged_down_is_that_of_every_row(write: Callable[[Drawn], bytes]) -> None:
    rows: list[Cells] = [(SIGN_IN,), HEADS, HONG, (2, None, *QIANG[2:]), MIN]
    reading = reading_of("表.xls", write(Drawn(rows, [(3, 2, 4, 2)])))
    assert values(reading, "unit", "attendees") == ["孙店小学", "孙店小学", "李塘小学"]
    assert reading.fields["attendees"].status == "accepted"


def test_a_row_under_a_name_that_is_merged_down_is_asked_about() -> None:
    rows: list[Cells] = [(SIGN_IN,), HEADS, HONG, (2, "李塘小学", None, *QIANG[3:])]
    reading = reading_of("表.xls", xls_of(Drawn(rows, [(3, 3, 4, 3)])))
    first, second = rows_of(reading, "attendees")
    assert (first["name"].status, second["name"].status, second["unit"].status) == ("accepted", "review", "review")


@pytest.mark.parametrize("gap", [(), (None,)], ids=["close", "apart"])
def test_lists_beside_each_other_are_one_list(gap: Cells) -> None:
    rows: list[Cells] = [(SIGN_IN,), (*HEADS, *gap, *HEADS), (*HONG, *gap, *MIN), QIANG, ("合计", 3)]
    reading = reading_of("表.xlsx", xlsx_of(Drawn(rows)))
    assert values(reading, "name", "attendees") == ["李红", "王强", "赵敏"]
    assert reading.fields["attendees"].status == "accepted"
    assert "total_differs" not in codes(reading)


def test_lists_beside_each_other_are_one_whatever_the_order_of_their_columns() -> None:
    heads, hong, qiang = ((*cells[3:], *cells[:3]) for cells in (HEADS, HONG, QIANG))
    reading = reading_of("表.xlsx", xlsx_of(Drawn([(SIGN_IN,), (*heads, None, *heads), (*hong, None, *qiang)])))
    assert values(reading, "name", "attendees") == ["李红", "王强"]
    assert reading.fields["attendees"].status == "accepted"


def test_columns_that_are_not_there_are_missing_and_told_once_each() -> None:
    reading = reading_of("表.xlsx", xlsx_of(Drawn([(SIGN_IN,), HEADS[:4], HONG[:4], QIANG[:4]])))
    assert values(reading, "name", "attendees") == ["李红", "王强"]
    found = rows_of(reading, "attendees")
    assert {one[column].status for one in found for column in ("phone", "signature")} == {"missing"}
    told = [one.field for one in reading.findings if one.code == "missing_field" and one.field.startswith("attendees")]
    assert told == ["attendees[1].phone", "attendees[1].signature"]


def test_columns_in_other_words_are_the_same_columns() -> None:
    others = {"姓名": "教师姓名", "身份证号": "身份证号码（18位）", "手机号码": "联系电话", "任教学科": "学科",
              "民族": "民 族", "职称": "专业技术职务", "学历": "*学历"}  # fmt: skip
    heads = [others.get(one, one) for one in NAMES]
    reading = reading_of("表.xlsx", xlsx_of(Drawn([(TITLE,), heads, row(LI)])))
    assert reading.fields["nominees"].status == "accepted"
    assert (values(reading, "name"), values(reading, "phone")) == (["李红"], ["13800000001"])


def test_the_same_as_above_is_asked_about() -> None:
    rows: list[Cells] = [(SIGN_IN,), HEADS, HONG, (2, "同上", *QIANG[2:]), (3, "〃", *MIN[2:])]
    found = rows_of(reading_of("表.xlsx", xlsx_of(Drawn(rows))), "attendees")
    assert [one["unit"].status for one in found] == ["accepted", "review", "review"]


# --- what a program spoiled ---


@pytest.mark.parametrize("name", WRITERS)
def test_a_spoiled_number_is_refused_by_person_and_row(name: str) -> None:
    reading = reading_of(name, WRITERS[name](drawn(LI, changed(WANG, 身份证号=990000197911230010))))
    assert rows_of(reading)[1]["id_number"].status == "review"
    [told] = [one for one in reading.findings if one.code == "number_damaged"]
    assert "第4行王强的“身份证号”（N4）" in told.message


@pytest.mark.parametrize(("said", "status"), [(13800000001.0, "accepted"), (13812300000, "review"),
                                              ("1.38E+10", "review"), ("1.38001E+10", "review")])  # fmt: skip
def test_a_telephone_number_that_was_rounded_is_asked_about(said: Value, status: str) -> None:
    for write in (xlsx_of, xls_of, xml_of):
        [read] = rows_of(reading_of("表.xls", write(drawn(changed(LI, 手机号码=said)))))
        assert read["phone"].status == status


def test_every_workbook_names_its_spoiled_cells() -> None:
    reading = reading_of("表.xlsx", signup(changed(LI, 备注="#N/A")))
    [told] = [one for one in reading.findings if one.code == "cell_error"]
    assert "第3行李红的“备注”（Q3）" in told.message


def test_a_picture_in_an_old_workbook_is_told_and_hides_no_blank() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    for number, cells in enumerate([(TITLE,), NAMES, changed(LI, 备注=None)]):
        for column, value in enumerate(cells):
            if value is not None:
                sheet.write(number, column, value)
    bitmap = io.BytesIO()
    Image.new("RGB", (8, 8)).save(bitmap, "BMP")
    sheet.insert_bitmap_data(bitmap.getvalue(), 2, 16)
    data = io.BytesIO()
    book.save(data)
    reading = reading_of("表.xls", data.getvalue())
    assert rows_of(reading)[0]["remark"].status == "unread"
    assert any("Q3 处有图片" in one.message for one in reading.findings)


# --- bounds ---


@settings(max_examples=60)
@given(at=st.floats(0, 1), other=st.binary(max_size=40), write=st.sampled_from([xls_of, xml_of, html_of]))
def test_damage_is_told_or_harmless(at: float, other: bytes, write: Callable[[Drawn], bytes]) -> None:
    data = write(drawn(LI))
    place = int(at * len(data))
    for damaged in (data[:place] + other + data[place + len(other) :], data[:place]):
        file = file_of("表.xls", damaged)
        assert file.submissions or file.findings


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (xls_of(drawn(LI)) + bytes(grids_xls.MOST_BYTES), "too_large"),
        (b"<table>" + b"<tr><td colspan=2000 rowspan=2000>x</td></tr>" * 2 + b"</table>", "too_large"),
        (xml_of(Drawn([["x"] * 500] * 301)), "too_large"),
        (b"\xff\xfe" + "姓名,性别".encode("utf-16-le") + b"\x00", "unreadable_file"),
        (xls_of(drawn(LI))[:600], "unreadable_file"),
    ],
    ids=["xls", "html", "xml", "utf-16", "cut"],
)
def test_what_costs_too_much_or_is_broken_says_so(data: bytes, code: str) -> None:
    file = file_of("表.xls", data)
    assert (file.submissions, codes(file) - {"wrong_extension"}) == ((), {code})


def test_an_xml_spreadsheet_fetches_and_unfolds_nothing() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE x [<!ENTITY l0 "哈">{laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    data = xml_of(drawn(changed(LI, 备注="LAUGH"))).decode()
    for entity in ("&l9;", "&f;"):
        file = file_of("表.xls", data.replace("<?mso", f"{doctype}<?mso").replace("LAUGH", entity).encode())
        assert (file.submissions, codes(file)) == ((), {"unreadable_file"})
