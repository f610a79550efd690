"""How filled Word forms go wrong, case by case as offices see them: what is read, what is asked, what is told.

A value stands for accepted; `?` with a proposal for review; a word in brackets for another status.
"""

import pytest

from gengang.form import Form
from gengang.reading import Reading
from tests.unit.wordfiles import codes, form_with, p, read, run, sdt, tbl, tc, told, tr

TITLE = "2016年跟岗教师登记表"
OPTIONS = '("优秀","合格","不合格")'
FORM = form_with(
    TITLE,
    tbl(tr("姓名", "{{ name | text }}", "身份证号", "{{ id | id_number }}"),
        tr("联系电话", "{{ phone | phone }}", "出生年月", "{{ born | month }}"),
        tr("研修日期", "{{ day | date }}", "研修时间", "{{ span | period }}"),
        tr("听课节数", "{{ heard | count }}", "出勤天数", "{{ days | days }}"),
        tr("考核得分", "{{ score | score }}", "等级", f"{{{{ grade | tick{OPTIONS} }}}}")),
)  # fmt: skip
ROWS: dict[str, str] = {
    "name": "姓名",
    "id": "身份证号",
    "phone": "联系电话",
    "born": "出生年月",
    "day": "研修日期",
    "span": "研修时间",
    "heard": "听课节数",
    "days": "出勤天数",
    "score": "考核得分",
    "grade": "等级",
}
ID = "00000019760305123X"
PLAIN = {
    "name": "张三",
    "id": ID,
    "phone": "13800138000",
    "born": "1976.03",
    "day": "2016.9.5",
    "span": "2016.9.5-2016.9.16",
    "heard": "20",
    "days": "10",
    "score": "92.5",
    "grade": "□优秀 ☑合格 □不合格",
}


def filled(**typed: str) -> str:
    """The table with plain values, and these in their stead."""
    pairs = [(label, (PLAIN | typed)[name]) for name, label in ROWS.items()]
    return tbl(*(tr(*pairs[n], *pairs[n + 1]) for n in range(0, len(pairs), 2)))


def of(name: str, typed: str) -> tuple[object, set[str]]:
    reading = read(FORM, TITLE, filled(**{name: typed}))
    return told(reading)[name], codes(reading)


@pytest.mark.parametrize(("case", "name", "typed", "meant"), [
    ("A01", "name", "张　三", "张三"), ("A01", "name", "张  三", "张三"), ("A06", "name", "王𬱖", "王𬱖"),
    ("A06", "name", "李頔", "李頔"), ("A07", "name", "郭□", "?郭□"), ("A07", "name", "郭jun", "?郭jun"),
    ("A08", "name", "郭\ue863", "?郭\ue863"), ("A09", "name", "阿卜杜•买买提", "阿卜杜·买买提"),
    ("A09", "name", "阿卜杜．买买提", "?阿卜杜·买买提"), ("A12", "name", "陳静", "陳静"),
    ("A13", "id", "00000019760305123x", ID), ("A13", "id", "000000 19760305 123Ｘ", ID),
    ("A14", "id", "5.10322E+17", "?None"), ("A14", "id", "000000197603051000", "?000000197603051000"),
    ("A15", "id", "00000019760305O23X", "?00000019760305O23X"),
    ("A15", "id", "0000001976030512", "?0000001976030512"),
    ("A17", "id", "000000760305123", "?000000760305123"), ("A18", "phone", "138 0013 8000", "13800138000"),
    ("A18", "phone", "+86-138-0013-8000", "13800138000"), ("A18", "phone", "１３８００１３８０００", "13800138000"),
    ("A18", "phone", "13800138000/0371-66123456", "13800138000"), ("A18", "phone", "661234", "?661234"),
    ("B01", "day", "2016-9-5", "2016-09-05"), ("B01", "day", "2016. 9 .5", "2016-09-05"),
    ("B01", "day", "20160905", "2016-09-05"), ("B01", "day", "16.9.5", "?2016-09-05"),
    ("B02", "day", "二〇一六年九月五日", "2016-09-05"), ("B02", "day", "二零一六年九月5日", "2016-09-05"),
    ("B02", "day", "九月五日", "?None"), ("B02", "day", "9月5号", "?None"), ("B03", "day", "42618", "?2016-09-05"),
    ("B04", "born", "1980.1", "?1980-01"), ("B05", "day", "2016年9月31日", "?None"),
    ("B06", "day", "八月十五", "?None"), ("B06", "day", "农历八月初五", "?None"), ("B09", "heard", "贰拾节", 20),
    ("B09", "heard", "二十节", 20), ("B09", "heard", "20+", "?20"), ("B09", "heard", "约20", "?20"),
    ("B09", "heard", "20余节", "?20"), ("B11", "heard", "12年", 12), ("B11", "heard", "2004.8至今", "?None"),
    ("B17", "score", "105", "?105"), ("B17", "score", "-3", "?-3"), ("B17", "score", "优", "?None"),
    ("B18", "grade", "☑优秀 ☑合格 □不合格", "?None"), ("B18", "grade", "□优秀 □合格 □不合格", "[blank]"),
    ("B19", "grade", "□优秀 ✓合格 □不合格", "合格"), ("B19", "grade", "□优秀 □√合格 □不合格", "合格"),
    ("B19", "grade", "□优秀 (√)合格 □不合格", "合格"), ("B19", "grade", "□优秀 ■合格 □不合格", "合格"),
    ("B19", "grade", "□优秀 R合格 □不合格", "?None"), ("B20", "score", "60", "60"),
    ("B20", "score", "59.995", "59.995"),
    ("B20", "score", "60.0", "60"), ("D11", "name", "此处填写姓名", "?None"), ("D11", "name", "例:张三", "?None"),
    ("D15", "heard", "20\u200b ", 20), ("D15", "heard", "'20", 20), ("D15", "name", "张\n三", "张三"),
])  # fmt: skip
def test_a_value_is_read_as_it_is_meant_or_asked_about(case: str, name: str, typed: str, meant: object) -> None:
    assert of(name, typed)[0] == meant, case


@pytest.mark.parametrize("typed", ["2016.9.5—9.16", "2016年9月5日至16日", "2016.9.5-2016.9.16"])
def test_b10_a_range_is_a_period(typed: str) -> None:
    assert str(of("span", typed)[0]) == "Period(start='2016-09-05', end='2016-09-16')"


def test_b10_a_range_without_a_year_or_in_parts_is_asked_about() -> None:
    assert of("span", "9.5—9.16")[0] == "?None"
    assert str(of("span", "2016.9.5-9.9、2016.9.12-9.16")[0]).startswith("?")


def test_a16_a19_what_contradicts_itself_is_told() -> None:
    assert of("born", "1977.05") == ("1977-05", {"id_birth_differs"})
    swapped = read(FORM, TITLE, filled(id=PLAIN["phone"], phone=ID))
    assert (told(swapped)["id"], told(swapped)["phone"]) == (f"?{ID}", "?13800138000")
    assert "fields_swapped" in codes(swapped)


# --- versions, edits, structure ---


def whole(form: Form, *blocks: str) -> Reading:
    return read(form, *blocks)


READ = told(read(FORM, TITLE, filled()))


def test_d01_last_years_form_is_read_as_far_as_its_words_go_and_told() -> None:
    old = filled().replace("考核得分", "总评分数").replace("听课节数", "听课次数")
    reading = read(FORM, "2015年跟岗教师登记表", old)
    assert "other_version" in codes(reading)
    found = told(reading)
    assert {name: found[name] for name in READ if name not in ("score", "heard")} == {
        name: value for name, value in READ.items() if name not in ("score", "heard")}  # fmt: skip
    assert (found["score"], found["heard"]) == ("?92.5", "?20")


def test_d01_another_year_alone_is_told_and_changes_no_value() -> None:
    reading = read(FORM, "2015年跟岗教师登记表", filled())
    assert (told(reading), "other_version" in codes(reading)) == (READ, True)
    assert "other_version" not in codes(read(FORM, TITLE, filled()))


@pytest.mark.parametrize(("case", "first"), [
    ("D03", tr("姓名：张三", "", "身份证号", ID)), ("D02", tr("姓名", "张三", "身份证号", ID, "备注", "无")),
    ("D02", tr(tc("姓名", "张三", span=2), "身份证号", ID)), ("D04", tr(tc("姓名", "张三"), "", "身份证号", ID)),
    ("D07", tr("姓名", sdt(tc("张三")), "身份证号", sdt(tc(ID)))),
    ("D07", tr("姓名", tc(tbl(tr("张三")), ""), "身份证号", ID)),
    ("D07", tr("姓名", tc(p("<w:r><w:pict><v:shape style='width:90pt;height:20pt'><v:textbox><w:txbxContent>"
                          f"{p('张三')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>")), "身份证号", ID)),
    ("D08", tr("姓名", tc(p(f"<w:del>{run('李四')}</w:del><w:ins>{run('张三')}</w:ins>")), "身份证号", ID)),
    ("D08", tr("姓名", tc(p(run("例：李四", "<w:vanish/>"), run("张三"))), "身份证号", ID)),
    ("F08", tr("姓名", tc(p(run("张山", "<w:strike/>"), run("张三"))), "身份证号", ID)),
])  # fmt: skip
def test_an_edit_of_the_filler_changes_no_value(case: str, first: str) -> None:
    body = filled()
    assert told(read(FORM, TITLE, body.replace(tr("姓名", "张三", "身份证号", ID), first))) == READ, case


def test_d02_a_lost_label_is_asked_about() -> None:
    assert told(read(FORM, TITLE, filled().replace("听课节数", "其他")))["heard"] == "?20"


def test_d05_a_merged_cell_is_read_once() -> None:
    first = tr("姓名", tc("张三", merge="restart"), "身份证号", ID)
    again = tr("姓名", tc("张三", merge="continue"), "身份证号", ID)
    reading = read(FORM, TITLE, filled().replace(tr("姓名", "张三", "身份证号", ID), first + again))
    assert told(reading)["name"] in ("张三", "?张三")


def test_d10_what_stands_over_the_table_and_over_the_page_is_read() -> None:
    form = form_with("单位：{{ school | text }}    日期：{{ day | date }}", tbl(tr("姓名", "{{ name | text }}")),
                     header=p("编号：{{ number | count }}"))  # fmt: skip
    reading = read(form, "单位：张村小学    日期：2016.9.5", tbl(tr("姓名", "张三")), header=p("编号：7"))
    assert told(reading) == {"number": 7, "school": "张村小学", "day": "2016-09-05", "name": "张三"}


def test_d16_a_blank_form_is_told() -> None:
    blank = dict.fromkeys(PLAIN, "") | {"grade": "□优秀 □合格 □不合格", "day": "年  月  日"}
    reading = read(FORM, TITLE, filled(**blank))
    assert set(told(reading).values()) == {"[blank]"}
    assert "blank_form" in codes(reading)
