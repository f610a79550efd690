"""Workbooks: a school's list is read through its Word form, and nothing that Excel spoiled is ever accepted."""

import io
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Pictures

from extractors.files import read_bytes
from extractors.grids import MOST_COLUMNS, MOST_ROWS, MOST_SHEETS
from extractors.grids_xlsx import grids_of_workbook
from extractors.shown import Shown
from gengang.form import Form
from gengang.reading import FieldReading, FileReading, ListReading, Reading
from gengang.sample.containers import workbook_of_list
from tests.unit.packing import members_of, part_replaced, zipped
from tests.unit.prints import FORMS
from tests.unit.test_identify import ole

TITLE = "农村中小学骨干教师跟岗研修报名表"
NAMES = ("姓名", "性别", "出生年月", "民族", "学段", "任教学科", "学历", "教师资格", "职称", "参加工作时间",
         "连续从教年限", "职称取得时间", "骨干级别", "身份证号", "手机号码", "学校推荐意见", "备注")  # fmt: skip
LI = ("李红", "女", "1980年5月", "汉族", "小学", "语文", "本科", "小学教师资格", "一级教师", "2001年8月", 15,
      "2010年12月", "县级", "000000198005120025", "13800000001", "同意推荐", None)  # fmt: skip
WANG = ("王强", "男", "1979-11", "汉族", "初中", "数学", "本科", "初级中学教师资格", "一级教师", "2000.09", 16,
        "2009.12", "校级", "000000197911230010", "13800000002", "同意推荐", "无")  # fmt: skip
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Sender = Callable[[Worksheet], None]
Cells = Sequence[object]


def form_named(stem: str) -> Form:
    return next(form for form in FORMS if form.stem == stem)


def saved(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def workbook(rows: Sequence[Cells], change: Sender | None = None, name: str = "名单") -> bytes:
    """A sheet of these rows, with what else its sender did to it."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    if change is not None:
        change(sheet)
    return saved(book)


def signup(*rows: Cells, change: Sender | None = None) -> bytes:
    """A 报名表 of these nominees under its title."""
    return workbook([(TITLE,), NAMES, *rows], change)


def file_of(data: bytes) -> FileReading:
    return read_bytes("报名表.xlsx", data, FORMS)


def reading_of(data: bytes) -> Reading:
    file = file_of(data)
    assert file.medium == "sheet"
    [reading] = file.submissions
    return reading


def rows_of(reading: Reading, name: str = "nominees") -> tuple[Mapping[str, FieldReading], ...]:
    found = reading.fields[name]
    assert isinstance(found, ListReading)
    return found.rows


def values(reading: Reading, column: str, name: str = "nominees") -> list[object]:
    return [row[column].value for row in rows_of(reading, name)]


def codes(reading: Reading | FileReading) -> set[str]:
    return {finding.code for finding in reading.findings}


def changed(row: Cells, **new: object) -> list[object]:
    """The row with other values under the names of columns."""
    return [new.get(name, value) for name, value in zip(NAMES, row, strict=True)]


def as_excel_saves(data: bytes) -> bytes:
    """The same workbook with its texts in one part of their own, where openpyxl leaves each in its cell."""
    texts: list[bytes] = []

    def shared(found: re.Match[bytes]) -> bytes:
        texts.append(found[1])
        return b' t="s"><v>%d</v>' % (len(texts) - 1)

    members = members_of(data)
    for name in [name for name in members if name.startswith("xl/worksheets/")]:
        members[name] = re.sub(rb' t="inlineStr"><is>(.*?)</is>', shared, members[name])
    kind, name = "openxmlformats-officedocument.spreadsheetml.sharedStrings", "xl/sharedStrings.xml"
    said = f'<Override PartName="/{name}" ContentType="application/vnd.{kind}+xml"/></Types>'
    place = f'<Relationship Type="{RELATIONS}/sharedStrings" Target="/{name}" Id="rIdTexts"/></Relationships>'
    links = "xl/_rels/workbook.xml.rels"
    members["[Content_Types].xml"] = members["[Content_Types].xml"].replace(b"</Types>", said.encode())
    members[links] = members[links].replace(b"</Relationships>", place.encode())
    members[name] = b'<sst xmlns="%s">%s</sst>' % (MAIN, b"".join(b"<si>%s</si>" % text for text in texts))
    return zipped(members)


# --- what a list looks like ---


def test_texts_in_a_part_of_their_own_are_read_as_those_in_their_cells() -> None:
    data = signup(LI, WANG)
    shared = as_excel_saves(data)
    assert b"inlineStr" not in members_of(shared)["xl/worksheets/sheet1.xml"]
    assert reading_of(shared) == reading_of(data)
    assert values(reading_of(shared), "name") == ["李红", "王强"]


@given(data=st.data())
@settings(max_examples=30)
def test_a_list_as_it_is_mostly_filled_needs_nobody(data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from([LI, WANG]), min_size=1, max_size=5))
    reading = reading_of(workbook_of_list(f"孙店小学{TITLE}", NAMES, [[*map(plain, row)] for row in chosen], 1))
    assert values(reading, "name") == [row[0] for row in chosen]
    assert reading.fields["nominees"].status == "accepted"


def plain(value: object) -> str | int:
    return value if isinstance(value, int) else str(value or "")


def test_values_are_read_with_the_place_where_a_person_finds_them() -> None:
    reading = reading_of(signup(LI, WANG))
    first, second = rows_of(reading)
    assert (first["id_number"].value, second["born"].value, second["teaching_years"].value) == (
        "000000198005120025", "1979-11", 16
    )  # fmt: skip
    place = second["name"].place
    assert place is not None
    assert place.cell == "t1/r4/c1"
    assert first["remark"].status == "blank"
    assert {cell.status for row in rows_of(reading) for cell in row.values()} == {"accepted", "blank"}


def test_what_stands_outside_the_list_is_read_by_its_own_words() -> None:
    line = "学校（盖章）：孙店小学　联系电话：13800000009　填报人：赵敏　填报日期：2016年9月3日"
    rows = [(TITLE,), (line,), NAMES, LI, (), ("校长签字：钱伟",)]
    reading = reading_of(workbook(rows, lambda sheet: sheet.merge_cells("A2:Q2")))
    said = {name: getattr(reading.fields[name], "value", None) for name in form_named("registration").fields()}
    assert said == {"school": "孙店小学", "contact_phone": "13800000009", "filled_by": "赵敏",
                    "filled_on": "2016-09-03", "principal": "钱伟"}  # fmt: skip


def test_the_same_words_in_cells_of_their_own_are_one_line() -> None:
    line = [
        "学校（盖章）：孙店小学",
        None,
        None,
        "联系电话：13800000009",
        None,
        "填报人：赵敏",
        None,
        "填报日期：2016年9月3日",
    ]
    reading = reading_of(workbook([(TITLE,), line, NAMES, LI]))
    assert getattr(reading.fields["school"], "value", None) == "孙店小学"
    assert getattr(reading.fields["filled_on"], "value", None) == "2016-09-03"
    assert values(reading, "name") == ["李红"]


@pytest.mark.parametrize(
    ("title", "status", "school"),
    [
        (f"孙店小学{TITLE}", "accepted", "孙店小学"),
        (f"孙店小学2016年{TITLE}", "accepted", "孙店小学"),
        (f"安和县孙店小学{TITLE}（电子版）", "accepted", "安和县孙店小学"),
        (f"安和县{TITLE}", "missing", None),
        (f"安和县2016年{TITLE}", "missing", None),
        (f"安和县各中小学{TITLE}", "review", "安和县各中小学"),
    ],
)
def test_the_title_may_name_the_school(title: str, status: str, school: str | None) -> None:
    found = reading_of(workbook([(title,), NAMES, LI])).fields["school"]
    assert isinstance(found, FieldReading)
    assert (found.status, found.value) == (status, school)


def test_a_school_that_is_written_down_is_not_taken_from_the_title() -> None:
    line = "学校（盖章）：李塘小学　联系电话：　填报人：　填报日期：    年  月  日"
    reading = reading_of(workbook([(f"孙店小学{TITLE}",), (line,), NAMES, LI]))
    assert getattr(reading.fields["school"], "value", None) == "李塘小学"


@pytest.mark.parametrize(("place", "value"), [("A2", "报送：李塘中心校"), ("A5", "孙店小学")])
def test_beside_a_line_that_nothing_explains_no_school_is_accepted(place: str, value: str) -> None:
    def line(sheet: Worksheet) -> None:
        sheet[place].value = "报送：李塘中心校"
        sheet.merge_cells(f"{place}:Q{place[1:]}")

    reading = reading_of(workbook([(f"孙店小学{TITLE}",), (), NAMES, LI], line))
    found = reading.fields["school"]
    assert isinstance(found, FieldReading)
    assert (found.status, found.value) == ("review", value)
    assert any(one.field == "school" for one in reading.findings)


def test_columns_in_another_order_with_a_running_number_are_read_by_their_names() -> None:
    rows = [(number, *reversed(row)) for number, row in enumerate((LI, WANG), 1)]
    reading = reading_of(workbook([(TITLE,), ("序号", *reversed(NAMES)), *rows, (3,), (4,)]))
    assert values(reading, "name") == ["李红", "王强"]
    assert values(reading, "id_number") == ["000000198005120025", "000000197911230010"]
    assert reading.fields["nominees"].status == "accepted"


def test_a_column_that_is_not_there_is_missing_and_not_blank() -> None:
    reading = reading_of(workbook([(TITLE,), NAMES[:13] + NAMES[14:], LI[:13] + LI[14:]]))
    [row] = rows_of(reading)
    assert row["id_number"].status == "missing"
    assert (row["phone"].value, row["name"].value) == ("13800000001", "李红")
    told = [finding for finding in reading.findings if finding.field == "nominees[1].id_number"]
    assert [finding.code for finding in told] == ["missing_field"]


def test_beside_a_column_of_another_name_nothing_is_called_missing_or_blank() -> None:
    names = [name if name != "身份证号" else "证件号" for name in NAMES]
    [row] = rows_of(reading_of(workbook([(TITLE,), names, LI])))
    assert row["id_number"].status == "unread"
    assert row["remark"].status == "unread"


def test_names_with_a_star_or_a_hint_are_known() -> None:
    names = [f"*{name}" if name == "姓名" else f"{name}（如1978.06）" if name == "出生年月" else name for name in NAMES]
    reading = reading_of(workbook([(TITLE,), names, LI]))
    assert (values(reading, "name"), values(reading, "born")) == (["李红"], ["1980-05"])
    assert reading.fields["nominees"].status == "accepted"


def two_lines(sheet: Worksheet) -> None:
    """姓名 over both lines, the rest under the names of groups."""
    for column in (1, 14, 15, 16, 17):
        sheet.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)
    sheet.merge_cells("B2:F2")
    sheet.merge_cells("G2:M2")


def test_two_lines_of_column_names_are_one() -> None:
    top = ["姓名", "基本情况", *[None] * 4, "资格", *[None] * 6, "身份证号", "手机号码", "学校推荐意见", "备注"]
    bottom = [None, *NAMES[1:13]]
    reading = reading_of(workbook([(TITLE,), top, bottom, LI, WANG], two_lines))
    assert values(reading, "name") == ["李红", "王强"]
    assert values(reading, "title_date") == ["2010-12", "2009-12"]
    assert reading.fields["nominees"].status == "accepted"


def test_a_group_and_the_name_below_it_may_be_one_name() -> None:
    labels = ["跟岗教师", "性别", "工作单位", "学段", "学科", "跟岗教师", "指导教师", "指导教师身份证号", "任教学科",
              "职称", "任教班级", "指导教师", "拟跟岗时段", "备注"]  # fmt: skip
    below = [None] * 5 + ["联系电话"] + [None] * 5 + ["联系电话"]
    row = ["李红", "女", "孙店小学", "小学", "语文", "13800000001", "周静", "000000198005120025", "小学语文",
           "高级教师", "三(1)班", "13800000005", "2016年9月5日至2016年9月30日", None]  # fmt: skip

    def merged(sheet: Worksheet) -> None:
        for column in {*range(1, 15)} - {6, 12}:
            sheet.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)

    reading = reading_of(workbook([("孙店小学跟岗研修指导教师安排表",), labels, below, row], merged))
    assert reading.form == "mentor_assignment"
    assert values(reading, "trainee_phone", "pairs") == ["13800000001"]
    assert values(reading, "mentor_phone", "pairs") == ["13800000005"]
    assert getattr(reading.fields["base_school"], "value", None) == "孙店小学"


def test_totals_and_empty_rows_are_no_entries_and_a_wrong_total_is_told() -> None:
    rows = [(TITLE,), NAMES, LI, (), WANG, ("合计", 2), (), ("注：本表一式两份。",)]
    reading = reading_of(workbook(rows))
    assert values(reading, "name") == ["李红", "王强"]
    assert "total_differs" not in codes(reading)
    assert "total_differs" in codes(reading_of(workbook([*rows[:3], ("合计", "2人")])))


def test_a_single_word_under_the_list_is_no_nominee_without_a_person() -> None:
    reading = reading_of(signup(LI, ("以上情况属实",)))
    assert [row["name"].status for row in rows_of(reading)] == ["accepted", "review"]
    assert reading.fields["nominees"].status == "review"


def test_a_line_over_the_whole_list_is_told_and_no_entry() -> None:
    reading = reading_of(signup(("一、小学",), LI, change=lambda sheet: sheet.merge_cells("A3:Q3")))
    assert values(reading, "name") == ["李红"]
    assert "unread_content" in codes(reading)


def test_the_heading_of_the_next_printed_page_is_no_entry() -> None:
    reading = reading_of(signup(LI, NAMES, WANG))
    assert values(reading, "name") == ["李红", "王强"]
    assert reading.fields["nominees"].status == "accepted"


def test_a_cell_merged_down_says_the_same_of_each_row_and_one_merged_across_stands_once() -> None:
    shared = signup(LI, changed(WANG, 学校推荐意见=None), change=lambda sheet: sheet.merge_cells("P3:P4"))
    first, second = rows_of(reading_of(shared))
    assert (first["opinion"].value, second["opinion"].value) == ("同意推荐", "同意推荐")
    assert second["remark"].value == "无"
    wide: list[Cells] = [[*NAMES, None], [*LI[:16], "县级优课", None]]

    def widened(sheet: Worksheet) -> None:
        sheet.merge_cells("Q2:R2")
        sheet.merge_cells("Q3:R3")

    reading = reading_of(workbook([(TITLE,), *wide], widened))
    assert values(reading, "remark") == ["县级优课"]
    assert reading.fields["nominees"].status == "accepted"


def test_what_is_hidden_is_read_and_told() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["N"].hidden = True

    reading = reading_of(signup(LI, WANG, change=hide))
    assert values(reading, "id_number") == ["000000198005120025", "000000197911230010"]
    assert {"hidden_rows", "hidden_columns"} <= codes(reading)


def test_hidden_sheets_and_several_sheets_are_read_each_for_itself() -> None:
    book = Workbook()
    first, second, third = book.worksheets[0], book.create_sheet("第二批"), book.create_sheet("下拉选项")
    for sheet, row in ((first, LI), (second, WANG)):
        for line in ((TITLE,), NAMES, row):
            sheet.append(list(line))
    third.append(["男", "女"])
    second.sheet_state = third.sheet_state = "hidden"
    book.create_sheet("Sheet3")
    file = file_of(saved(book))
    assert [values(reading, "name") for reading in file.submissions] == [["李红"], ["王强"]]
    assert ["hidden_sheet" in codes(reading) for reading in file.submissions] == [False, True]
    assert codes(file) == {"hidden_sheet"}
    third.sheet_state = "visible"
    assert codes(file_of(saved(book))) == {"unknown_form"}


def test_a_workbook_of_something_else_is_no_form() -> None:
    file = file_of(workbook([("菜单",), ("星期一", "面条"), ("星期二", "米饭")]))
    assert (file.submissions, file.medium, codes(file)) == ((), "sheet", {"unknown_form"})


def test_a_few_labels_of_a_form_do_not_make_it() -> None:
    rows = [("跟岗研修请假申请",), ("姓名", "李红", "工作单位", "孙店小学", "学科", "语文"), ("请假事由", "感冒发烧")]
    file = file_of(workbook(rows))
    assert (file.submissions, codes(file)) == ((), {"unknown_form"})


def test_a_form_without_a_list_is_read_by_its_labels() -> None:
    form = form_named("reflection")
    words = [cell.printed for row in form.rows for cell in row.cells if not cell.slots and cell.printed.strip()]
    shown = reading_of(workbook([(form.title,), *((word, "甲") for word in words[1:])]))
    assert shown.form == "reflection"
    accepted = {name: one.value for name, one in shown.fields.items()
                if isinstance(one, FieldReading) and one.status == "accepted"}  # fmt: skip
    assert accepted == dict.fromkeys(("topic", "goals_met", "strengths", "weaknesses", "improvements"), "甲")
    assert {one.status for one in shown.fields.values()} == {"accepted", "review", "unread"}


def test_more_columns_than_the_form_has_are_told_and_the_known_ones_read() -> None:
    more = tuple(f"附{number}" for number in range(30))
    reading = reading_of(workbook([(TITLE,), (*NAMES, *more), (*LI, *["甲"] * 30)]))
    assert values(reading, "name") == ["李红"]
    assert "unread_content" in codes(reading)


def test_a_form_that_nobody_filled_says_so() -> None:
    assert "blank_form" in codes(reading_of(signup()))


# --- what Excel does to values ---


@pytest.mark.parametrize("damaged", [990000197603051230, 9.90000197603051e17, "5.10322E+17", "000000197603051000"])
@pytest.mark.parametrize("column", ["身份证号", "备注", "任教学科"])
def test_a_long_number_that_lost_its_digits_is_never_accepted(damaged: object, column: str) -> None:
    reading = reading_of(signup(changed(LI, **{column: damaged})))
    [row] = rows_of(reading)
    field = {"身份证号": "id_number", "备注": "remark", "任教学科": "subject"}[column]
    assert row[field].status == "review"
    assert row["name"].status == "accepted"
    [finding] = [one for one in reading.findings if one.code == "number_damaged"]
    assert "文本" in finding.message
    assert finding.place == f"{'ABCDEFGHIJKLMNOPQ'[NAMES.index(column)]}3"


def test_a_phone_as_a_number_keeps_its_digits() -> None:
    assert values(reading_of(signup(changed(LI, 手机号码=13800000001))), "phone") == ["13800000001"]


@pytest.mark.parametrize(
    ("cell", "format_", "status", "value"),
    [
        (datetime(1980, 5, 1), "yyyy-mm-dd", "accepted", "1980-05"),
        (datetime(1980, 5, 1), 'yyyy"年"m"月"', "accepted", "1980-05"),
        (datetime(1980, 5, 1), "mmm-yy", "accepted", "1980-05"),
        (date(1980, 5, 1), "m/d", "review", "1980-05"),
        (29342, "General", "accepted", "1980-05"),
        (1980.1, "General", "review", "1980-01"),
        (1980.1, "0.00", "review", "1980-01"),
        (1980.12, "General", "accepted", "1980-12"),
        (198005, "General", "accepted", "1980-05"),
        (1980, "General", "review", None),
        ("1980.1", "@", "review", "1980-01"),
    ],
)
def test_a_month_is_what_its_cell_shows(cell: object, format_: str, status: str, value: str | None) -> None:
    def shown(sheet: Worksheet) -> None:
        sheet["C3"].value = cell
        sheet["C3"].number_format = format_

    [row] = rows_of(reading_of(signup(LI, change=shown)))
    assert (row["born"].status, row["born"].value) == (status, value)


def test_a_month_in_a_column_of_days_stays_a_month() -> None:
    rows = [("跟岗研修学员考勤表",), ("日期", "星期", "上午", "下午", "活动内容", "学员签名", "指导教师签名"),
            (date(2016, 9, 5), "星期一", "出勤", "出勤", "听课", "李红", "周静"),
            (42619, "星期二", "出勤", "出勤", "听课", "李红", "周静"),
            (date(2016, 9, 1), "星期三", "出勤", "出勤", "听课", "李红", "周静")]  # fmt: skip

    def shown(sheet: Worksheet) -> None:
        sheet["A5"].number_format = "yyyy-mm"

    reading = reading_of(workbook(rows, shown))
    dates = [(row["date"].status, row["date"].value) for row in rows_of(reading, "days")]
    assert dates == [("accepted", "2016-09-05"), ("accepted", "2016-09-06"), ("review", None)]


def with_style_number(data: bytes, number: int) -> bytes:
    """The first number format of the file's own replaced by one of those that only a Chinese system knows."""

    def restyled(part: bytes) -> bytes:
        return re.sub(rb"<numFmts.*?</numFmts>", b"", part).replace(b'numFmtId="164"', b'numFmtId="%d"' % number)

    return part_replaced(data, "xl/styles.xml", restyled)


@pytest.mark.parametrize(("number", "said"), [(31, "2016-09-05"), (57, "2016-09")])
def test_the_date_formats_of_a_chinese_system_are_known(number: int, said: str) -> None:
    def shown(sheet: Worksheet) -> None:
        sheet["Q3"].value = 42618
        sheet["Q3"].number_format = "[$-804]000"

    assert values(reading_of(with_style_number(signup(LI, change=shown), number)), "remark") == [said]


@pytest.mark.parametrize(
    ("cell", "format_", "status", "value"),
    [
        (0.95, "0%", "accepted", "95%"),
        (7, "000", "accepted", "007"),
        (4, '"1380000"0000', "review", "4"),
        (92.5, "0.00", "accepted", "92.5"),
        (0.1 + 0.2, "General", "accepted", "0.3"),
        (True, "General", "accepted", "TRUE"),
        (12345, "General", "accepted", "12345"),
        (42618, "General", "accepted", "42618"),
    ],
)
def test_a_number_is_typed_as_it_is_shown(cell: object, format_: str, status: str, value: str) -> None:
    def shown(sheet: Worksheet) -> None:
        sheet["Q3"].value = cell
        sheet["Q3"].number_format = format_

    [row] = rows_of(reading_of(signup(LI, change=shown)))
    assert (row["remark"].status, row["remark"].value) == (status, value)


def test_a_formula_without_its_result_and_an_error_are_told_and_not_called_blank() -> None:
    rows = [changed(LI, 备注="=A3"), changed(LI, 备注="#N/A"), changed(LI, 备注="#REF!", 民族="#N/A")]
    reading = reading_of(signup(*rows))
    assert [row["remark"].status for row in rows_of(reading)] == ["unread"] * 3
    assert rows_of(reading)[2]["ethnicity"].status == "unread"
    assert {"formula_uncached", "cell_error"} <= codes(reading)
    assert [one.place for one in reading.findings if one.code in ("formula_uncached", "cell_error")] == ["Q3", "Q4"]


def calculated(data: bytes, result: bytes, kind: bytes = b"n") -> bytes:
    """The workbook with the result of its one formula. kind: as the file says it, n for a number, str for a text."""

    def stored(part: bytes) -> bytes:
        made, count = re.subn(
            rb"<c ([^>]*)><f>(.*?)</f><v ?(?:/>|></v>)",
            lambda found: b'<c %s t="%s"><f>%s</f><v>%s</v>' % (found[1], kind, found[2], result),
            part,
        )
        assert count == 1
        return made

    return part_replaced(data, "xl/worksheets/sheet1.xml", stored)


def test_a_formula_with_its_result_is_read() -> None:
    data = signup(changed(LI, 连续从教年限="=2016-2001"))
    assert values(reading_of(calculated(data, b"15")), "teaching_years") == [15]


def with_picture(sheet: Worksheet) -> None:
    picture = io.BytesIO()
    Pictures.new("RGB", (8, 8)).save(picture, "PNG")
    sheet.add_image(Image(picture), "Q3")


@pytest.mark.parametrize(
    ("formula", "result", "pictures", "shown"),
    [
        ('=A3&"好"', "李红好", 1, Shown("李红好")),
        ("=A3", "", 1, Shown(fault="formula_uncached")),
        ('=_xlfn.DISPIMG("ID_1",1)', '=DISPIMG("ID_1",1)', 2, Shown()),
        ('=IF(A3="",_xlfn.DISPIMG("ID_1",1),"无照片")', "无照片", 2, Shown("无照片")),
    ],
    ids=["result", "no result", "picture", "picture or text"],
)
def test_a_formulas_result_is_kept_under_a_picture(formula: str, result: str, pictures: int, shown: Shown) -> None:
    data = signup(changed(LI, 备注=formula), change=with_picture)
    if result:
        data = calculated(data, escape(result).encode(), b"str")
    [grid] = grids_of_workbook(data).grids
    [found] = [cell for row in grid.rows for cell in row if (cell.row, cell.column) == (3, 17)]
    assert (found.pictures, found.shown) == (pictures, shown)


def test_texts_lose_what_nobody_sees() -> None:
    row = changed(
        LI,
        姓名="'李\u200b 红 ",
        手机号码="'13800000001\u202c",
        身份证号="\u202d000000198005120025",
        学校推荐意见="同意_x000D_\n推荐",
    )
    [read] = rows_of(reading_of(signup(row)))
    assert (read["name"].value, read["phone"].value, read["id_number"].value, read["opinion"].value) == (
        "李红", "13800000001", "000000198005120025", "同意推荐"
    )  # fmt: skip


def test_pictures_shapes_and_notes_are_told_and_hide_no_blank() -> None:
    def decorated(sheet: Worksheet) -> None:
        with_picture(sheet)
        sheet["A3"].comment = Comment("改名为李洪", "校长")

    reading = reading_of(signup(LI, change=decorated))
    [row] = rows_of(reading)
    assert row["remark"].status == "unread"
    assert len([one for one in reading.findings if "批注" in one.message or "图片" in one.message]) == 2


# --- bounds ---


def test_lists_have_their_limits() -> None:
    long = grids_of_workbook(workbook([[number] for number in range(MOST_ROWS + 1)]))
    wide = grids_of_workbook(workbook([["x"] * (MOST_COLUMNS + 1)]))
    assert [[one.code for one in book.findings] for book in (long, wide)] == [["too_large"]] * 2
    assert (long.grids, wide.grids) == ((), ())
    book = Workbook()
    for number in range(MOST_SHEETS + 2):
        book.create_sheet(f"表{number}").append(["x"])
    many = grids_of_workbook(saved(book))
    assert (len(many.grids), [one.code for one in many.findings]) == (MOST_SHEETS, ["too_large"])


@pytest.mark.parametrize(
    "more",
    [
        b" " * 30_000_000,
        b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        b'<hyperlinks><hyperlink ref="A1:Z1048576"/></hyperlinks>',
    ],
    ids=["long", "merged", "linked"],
)
def test_a_workbook_that_would_blow_up_is_not_opened(more: bytes) -> None:
    def blown(part: bytes) -> bytes:
        return part.replace(b"</sheetData>", b"</sheetData>" + more)

    file = file_of(part_replaced(signup(LI), "xl/worksheets/sheet1.xml", blown))
    assert (file.submissions, codes(file)) == ((), {"too_large"})


@settings(max_examples=60)
@given(at=st.floats(0, 1), other=st.binary(min_size=1, max_size=40), whole=st.booleans())
def test_damage_is_told_or_harmless(at: float, other: bytes, whole: bool) -> None:
    data = signup(LI)
    place = int(at * len(data))
    file = file_of(data[:place] + other + data[place + len(other) :] if whole else data[:place])
    assert file.submissions or file.findings


@settings(max_examples=60)
@given(at=st.floats(0, 1), other=st.sampled_from([b"", b"<", b'"', b"9", b"-1", b"x", b"<c/>", b"&#0;", b"1e999"]),
       part=st.sampled_from(["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml",
                             "[Content_Types].xml", "xl/_rels/workbook.xml.rels"]))  # fmt: skip
def test_damage_inside_is_told_or_harmless(at: float, other: bytes, part: str) -> None:
    def damaged(data: bytes) -> bytes:
        place = int(at * len(data))
        return data[:place] + other + data[place + 1 :]

    file = file_of(part_replaced(as_excel_saves(signup(LI)), part, damaged))
    assert file.submissions or file.findings


def test_nothing_is_printed_about_a_style_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    def styled(part: bytes) -> bytes:
        return part.replace(b'xfId="0"', b'xfId="9999"')

    file_of(part_replaced(signup(LI), "xl/styles.xml", styled))
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("name", "data", "code", "word"),
    [
        ("旧.xls", ole("Workbook"), "unreadable_file", "另存为 .xlsx"),
        ("旧.et", ole("Workbook"), "unreadable_file", "另存为 .xlsx"),
        ("密.xlsx", ole("EncryptedPackage"), "encrypted", "密码"),
        ("空.xlsx", saved(Workbook()), "empty_file", "重新发送"),
        ("坏.xlsx", signup(LI)[:2000], "unreadable_file", "另存为 .xlsx"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_what_to_do(name: str, data: bytes, code: str, word: str) -> None:
    file = read_bytes(name, data, FORMS)
    assert (file.submissions, codes(file), file.medium) == ((), {code}, "sheet" if code != "encrypted" else file.medium)
    assert word in file.findings[0].message


def test_a_workbook_in_a_zip_is_named_by_its_member() -> None:
    file = read_bytes("a.zip", zipped({"甲/报名表.xlsx": signup(LI), "菜单.xlsx": workbook([("菜单",)])}), FORMS)
    [reading] = file.submissions
    assert (reading.members, file.medium) == (("a.zip!甲/报名表.xlsx",), "sheet")
    assert ["菜单.xlsx" in finding.message for finding in file.findings] == [True]
