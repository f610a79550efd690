"""A label in other words is the form's label only where nothing else can be meant."""

import pytest

from extractors.fields import readings_of_sheet
from extractors.respelled import as_printed
from gengang.form import Form
from gengang.sheet import Cell, Line, Row, squeezed
from gengang.wordxml import sheet_of_word
from tests.unit.test_wordnumbers import item, level, numbering
from tests.unit.wordfiles import Parts, docx, form_with, tbl, tc, told, tr

GROUPS = (frozenset({"姓名", "学员姓名", "教师姓名"}), frozenset({"身份证号", "公民身份号码", "身份证号码"}),
          frozenset({"工作单位", "单位", "学校"}), frozenset({"职务", "行政职务"}))  # fmt: skip
TITLE = "跟岗教师登记表"


def form_of(*blocks: str) -> Form:
    form = form_with(TITLE, *blocks)
    return Form(form.stem, form.version, form.title, form.rows, form.faults, GROUPS)


FORM = form_of(tbl(tr("姓名", "{{ name | text }}", "性别", '{{ gender | choice("男","女") }}'),
                   tr("身份证号", "{{ number | id_number }}", "工作单位（全称）", "{{ school | text }}")),
               "指导教师：{{ mentor | text }}    单位：{{ unit | text }}")  # fmt: skip


def printed(form: Form, *blocks: str, parts: Parts | None = None) -> list[list[str]]:
    rows = as_printed(form, sheet_of_word(docx(TITLE, *blocks, parts=parts)).rows)
    return [[cell.text for cell in row.cells] for row in rows[1:]]


@pytest.mark.parametrize("label", ["学员姓名", "教 师 姓 名", "教师姓名：", "＊姓名", "姓名*", "姓名（必填）", "1.姓名",
                                   "姓名（与身份证一致）"])  # fmt: skip
def test_another_word_for_a_label_is_that_label(label: str) -> None:
    assert printed(FORM, tbl(tr(label, "张三", "性别", "男")))[0][0] == "姓名"


def test_the_value_behind_the_colon_stays() -> None:
    assert printed(FORM, tbl(tr("学员姓名：张三", "", "性别", "男")))[0][0] == "姓名：张三"
    assert printed(FORM, tbl(tr(tc("学员", "姓名：张三"), "")))[0][0] == "姓名：张三"


@pytest.mark.parametrize("rows", [
    [tr("学员姓名", "张三"), tr("教师姓名", "李四")], [tr("姓名", "张三"), tr("学员姓名", "李四")],
    [tr("性别", "学员姓名", "姓 别", "男")], [tr("申请人", "张三")], [tr("学员姓名单", "张三")],
])  # fmt: skip
def test_a_word_that_two_places_claim_or_that_is_a_value_stays_as_it_is(rows: list[str]) -> None:
    found = printed(FORM, tbl(*rows))
    assert found == [[cell.text for cell in row.cells] for row in sheet_of_word(docx(tbl(*rows))).rows]


def test_a_group_with_two_labels_on_the_form_pairs_none_of_them_by_itself() -> None:
    form = form_of(tbl(tr("职务", "{{ post | text }}"), tr("行政职务", "{{ other | text }}")))
    assert printed(form, tbl(tr("职 务", "校长"), tr("单位职务", "主任"))) == [["职 务", "校长"], ["单位职务", "主任"]]


def test_a_word_in_the_very_cell_of_a_row_that_is_known_is_its_label() -> None:
    form = form_of(tbl(tr("姓名", "{{ name | text }}", "职务", "{{ post | text }}"), tr("日期", "职务")))
    assert printed(form, tbl(tr("姓名", "张三", "行政职务", "校长"), tr("日期", "职务")))[0] == [
        "姓名",
        "张三",
        "职务",
        "校长",
    ]


def test_a_label_in_a_line_may_have_another_word() -> None:
    form = form_of("工作单位：{{ unit | text }}    日期：{{ day | date }}")
    assert printed(form, "单位：张村小学    日期：2016.9.5") == [["工作单位：张村小学    日期：2016.9.5"]]


def test_what_is_read_under_another_word_is_accepted() -> None:
    filled = docx(TITLE, tbl(tr("教师姓名", "张三", "性别", "男"),
                             tr("公民身份号码", "00000019760305123X", "工作单位", "张村小学")),
                  "指导教师：李四    单位：王村小学")  # fmt: skip
    [reading] = readings_of_sheet(sheet_of_word(filled), [FORM]).readings
    assert told(reading) == {"name": "张三", "gender": "男", "number": "00000019760305123X", "school": "张村小学",
                             "mentor": "李四", "unit": "王村小学"}  # fmt: skip


# --- Word's own numbers ---


def test_a_number_before_a_label_is_no_part_of_it_unless_the_form_prints_it_as_text() -> None:
    plain = form_of(tbl(tr("研修概况", "{{ a | prose }}")))
    typed = form_of(tbl(tr("一、研修概况", "{{ a | prose }}")))
    parts = numbering(level(0, "%1、", "japaneseCounting"))
    filled = tbl(tr(tc(item("研修概况")), "很好"))
    assert printed(plain, filled, parts=parts) == [["研修概况", "很好"]]
    assert printed(typed, filled, parts=parts) == [["一、研修概况", "很好"]]


def test_a_number_before_a_value_is_seen_and_counts() -> None:
    parts = numbering(level(0, "%1."))
    assert printed(FORM, tbl(tr("姓名", tc(item("听课"), item("评课")))), parts=parts) == [["姓名", "1.听课\n2.评课"]]
    assert printed(FORM, tbl(tr("姓名", tc(item(""), "")), tr(tc(item("")), "张三")), parts=parts) == [
        ["姓名", "1\n"], ["2", "张三"]]  # fmt: skip


def test_a_number_before_figures_is_not_joined_with_them() -> None:
    form = form_of(tbl(tr("成绩", "{{ score | score }}", "节数", "{{ lessons | count }}")))
    parts = numbering(level(0, "%1."))
    row = tbl(tr("成绩", tc(item("92")), "节数", tc(item("0"))))
    assert printed(form, row, parts=parts) == [["成绩", "1. 92", "节数", "2. 0"]]
    [reading] = readings_of_sheet(sheet_of_word(docx(TITLE, row, parts=parts)), [form]).readings
    assert told(reading) == {"score": "?None", "lessons": "?None"}


def test_a_box_as_a_bullet_counts_before_an_option_alone() -> None:
    form = form_of(tbl(tr("等级", '{{ grade | tick("合格","不合格") }}')))
    parts = numbering(level(0, "\uf0a8", "bullet", look='<w:rFonts w:ascii="Wingdings"/>'))
    assert printed(form, tbl(tr("等级", tc(item("合格"), item("其他")))), parts=parts) == [["等级", "□合格\n其他"]]


ROLL = form_of(tbl(tr("申报人（与身份证一致）", "性别", "1．课程内容"), tr("{{ name | text }}", "", "")))


@pytest.mark.parametrize(("seen", "wanted"), [
    ("甲报人（与身份证一致）", True), ("申报入（与身份证一致）", True), ("申报人〔与身份证一致)", True),
    ("申办人（与身份证一致）", False), ("甲报入（与身份证一致）", False),
])  # fmt: skip
@pytest.mark.parametrize("recognised", [True, False])
def test_a_recognised_label_with_one_letter_that_is_easily_taken_for_its_own_is_that_label(
    seen: str, wanted: bool, recognised: bool
) -> None:
    names = [Cell((Line(text, second=text if recognised else None),)) for text in (seen, "性别", "1．课程内容")]
    row = Row(tuple(names), 1)
    [found] = as_printed(ROLL, [row])
    label = "申报人(与身份证一致)"
    assert (squeezed(found.cells[0].text) == label) is ((wanted and recognised) or squeezed(seen) == label)


@pytest.mark.parametrize(("seen", "others", "wanted"), [
    ("1·课程内容", "性别", True), ("1课程内容", "性别", True), ("1·课程内容", "1．课程内容", False),
    ("2·课程内容", "性别", False),
])  # fmt: skip
def test_a_recognised_label_may_have_other_marks_where_the_paper_lacks_it(seen: str, others: str, wanted: bool) -> None:
    """A full stop as wide as a letter stands in its middle in some faces, and is read as ·."""
    row = Row(tuple(Cell((Line(text, second=text),)) for text in (seen, others)), 1)
    [found] = as_printed(ROLL, [row])
    assert (squeezed(found.cells[0].text) == "1.课程内容") is wanted


NOTE = "说明：出勤用“√”表示，事假用“○”表示，病假用“△”表示。"


@pytest.mark.parametrize(("seen", "wanted"), [
    ("说明：出勤用“√”表示，事假用“”表示，病假用“”表示。", True),
    ("说明：出动用表示，事假用“○”表示，病假用“△”表尔。", True),
    ("说明：出勤用“√”表示，事假用“○”表示，病假用“△”表示。张三", False), ("说明：出勤用“√”表示。", False),
    ("说明：出勤用“√”表示，事假三天“○”表示，病假用“△”表示。", False),
    ("公出用“√”表示，旷工用“○”表示，年假用“△”表示。", False),
])  # fmt: skip
def test_a_long_note_of_the_form_with_a_few_letters_amiss_is_that_note_and_nothing_that_was_added_is_lost(
    seen: str, wanted: bool
) -> None:
    form = form_of(tbl(tr("姓名", "{{ name | text }}")), NOTE)
    [row] = as_printed(form, [Row((Cell((Line(seen, second=seen),)),))])
    assert (squeezed(row.cells[0].text) == squeezed(NOTE)) is wanted


def test_a_letter_that_was_read_as_latin_is_the_labels() -> None:
    form = form_of(tbl(tr("工作时间", "{{ years | text }}", "性别", "{{ gender | text }}")))
    row = Row(tuple(Cell((Line(text, second=text),)) for text in ("I作时间", "1998", "性别", "女")), 1)
    assert squeezed(as_printed(form, [row])[0].cells[0].text) == "工作时间"


@pytest.mark.parametrize("seen", ["第三周工作", "第I组工作", "B类课题数", "第2组工作"])
def test_another_number_or_another_latin_letter_is_no_misreading(seen: str) -> None:
    """Those of another week or group may look alike: their values would be this one's."""
    home = {"第三周工作": "第二周工作", "第I组工作": "第1组工作", "B类课题数": "A类课题数", "第2组工作": "第Z组工作"}[
        seen
    ]
    form = form_of(tbl(tr(home, "{{ work | text }}", "性别", "{{ gender | text }}")))
    row = Row(tuple(Cell((Line(text, second=text),)) for text in (seen, "听课", "性别", "女")), 1)
    assert squeezed(as_printed(form, [row])[0].cells[0].text) == squeezed(seen)


@pytest.mark.parametrize(("seen", "wanted"), [
    ("教师进修见学校意", True), ("教师进学校意见", True), ("教师进学校见", True), ("教师学校见", False),
    ("教师进修学校意见书", False), ("教师进修学员意见", False), ("教师进修学校", False),
])  # fmt: skip
def test_a_long_label_whose_letters_stand_downwards_is_told_by_its_letters(seen: str, wanted: bool) -> None:
    form = form_of(tbl(tr("教师进修学校意见", "{{ opinion | prose }}"), tr("性别", "{{ gender | text }}")))
    row = Row(tuple(Cell((Line(text, second=text),)) for text in (seen, "同意。")), 1)
    assert (squeezed(as_printed(form, [row])[0].cells[0].text) == "教师进修学校意见") is wanted


def test_a_label_of_which_the_number_is_lost_or_that_may_be_two_is_not_told_by_its_letters() -> None:
    form = form_of(tbl(tr("第二周工作总结", "{{ second | prose }}"), tr("工作总结计划", "{{ plan | prose }}"),
                       tr("工作总结规划", "{{ more | prose }}")))  # fmt: skip
    for seen in ("第周工作总结", "工作总结划"):
        row = Row(tuple(Cell((Line(text, second=text),)) for text in (seen, "听课。")), 1)
        assert squeezed(as_printed(form, [row])[0].cells[0].text) == seen


@pytest.mark.parametrize(("seen", "sure", "wanted"), [
    ("学校相见", 0.4, True), ("学校相见", 0.99, False), ("学科相见", 0.4, False), ("学校相", 0.4, False),
    ("学员意见", 0.4, False),
])  # fmt: skip
def test_a_label_is_one_but_for_a_letter_in_doubt_and_no_other_label_is(seen: str, sure: float, wanted: bool) -> None:
    form = form_of(tbl(tr("学校意见", "{{ opinion | prose }}"), tr("学员意见", "{{ own | prose }}")))
    line = Line(seen, second=seen, each=tuple(sure if char in "相员" else 0.98 for char in seen))
    row = Row((Cell((line,)), Cell((Line("同意。", second="同意。"),))), 1)
    assert (squeezed(as_printed(form, [row])[0].cells[0].text) == "学校意见") is wanted


def test_a_number_in_doubt_is_no_label_s() -> None:
    form = form_of(tbl(tr("第二周工作", "{{ second | prose }}")))
    line = Line("第三周工作", second="第二周工作", each=(0.98, 0.3, 0.98, 0.98, 0.98))
    row = Row((Cell((line,)), Cell((Line("听课。", second="听课。"),))), 1)
    assert squeezed(as_printed(form, [row])[0].cells[0].text) == "第三周工作"


def test_what_stands_behind_a_label_is_its_value_whatever_letters_it_has() -> None:
    form = form_of(tbl(tr("单位", "{{ unit | text }}"), tr("教师进修学校意见", "{{ opinion | prose }}")))
    row = Row(tuple(Cell((Line(text, second=text),)) for text in ("单位", "教师进校意见")), 1)
    assert squeezed(as_printed(form, [row])[0].cells[1].text) == "教师进校意见"


@pytest.mark.parametrize(("seen", "sure", "wanted"), [
    ("投课班级", 0.87, True), ("投课班级", 0.99, False), ("第三组名", 0.5, False),
])  # fmt: skip
def test_in_a_row_of_labels_one_but_for_a_letter_that_is_not_sure_is_that_label(
    seen: str, sure: float, wanted: bool
) -> None:
    """投 is not much like 授."""
    home = "授课班级" if "班级" in seen else "第二组名"
    form = form_of(tbl(tr("活动形式", "{{ kind | text }}", home, "{{ class_name | text }}")))
    cells = [
        Cell(
            (
                Line(
                    text,
                    second=text,
                    each=(sure, *[0.99] * (len(text) - 1))
                    if text[0] == "投"
                    else (0.99, sure, 0.99, 0.99)[: len(text)],
                ),
            )
        )
        for text in ("活动形式", "听课", seen, "五年级")
    ]
    row = Row(tuple(cells), 1)
    assert (squeezed(as_printed(form, [row])[0].cells[2].text) == home) is wanted
