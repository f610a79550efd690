"""Recognised letters as what they must be: figures for their likenesses, and likely proposals of what waits."""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from extractors.asread import as_read, has_dirt, has_odd_blank, lacks_beginning, lacks_end, lacks_figure, proposed
from gengang.characters import is_old_form, todays_form
from gengang.codecs import parse, show
from gengang.form import FieldType
from gengang.parsed import Period, Value

SAID = "〇一二三四五六七八九"
DAYS = some.dates(date(1950, 1, 1), date(2049, 12, 31))


def shown(codec: str, text: str) -> Value | None:
    return proposed(FieldType(codec), text, parse(codec, as_read(codec, text)))


@pytest.mark.parametrize(("codec", "text", "wanted"), [
    ("month", "2 0 1 2.0 4", "2012.04"), ("id_number", "000000198506|33350", "000000198506133350"),
    ("period", "2016年9月12日一2016年10月22日", "2016年9月12日—2016年10月22日"),
    ("period", "2016年9月17日一10月11日", "2016年9月17日—10月11日"),
    ("period", "二〇一六年九月一日至十一月一日", "二〇一六年九月一日至十一月一日"),
    ("date", "2016年9月5日", "2016年9月5日"), ("date", "2016 9 5", "2016 9 5"),
    ("date", "2016年9月1 4日", "2016年9月1 4日"),  # a dash may be lost there
    ("text", "二 1 班|", "二 1 班|"), ("text", "二O一六年", "二O一六年"),
    ("date", "二〇一六年九月十一日", "二〇一六年九月十一日"), ("date", "二0一六年九月十日", "二〇一六年九月十日"),
    ("month", "二o一O年九月", "二〇一〇年九月"), ("date", "A0一六年九月十日", "A0一六年九月十日"),
    ("score", "1 3.5", "13.5"), ("phone", "19900001742.", "19900001742"), ("score", "13.", "13."),
    ("phone", "13800003.123", "13800003?123"), ("phone", "138.0000.3423", "138.0000.3423"),
    ("date", ".    2016年12月23日", "2016年12月23日"), ("date", "2016年12月23日·", "2016年12月23日"),
    ("date", "2016.12.", "2016.12."), ("period", "· 2016年9月1日—11月1日", "2016年9月1日—11月1日"),
])  # fmt: skip
def test_what_has_no_other_meaning_is_read_so(codec: str, text: str, wanted: str) -> None:
    assert as_read(codec, text) == wanted


@given(DAYS, some.sampled_from("0Oo〇"))
def test_a_round_letter_in_a_year_said_in_chinese_is_a_zero(day: date, round_letter: str) -> None:
    year, month, number = str(day).split("-")
    said = "".join(SAID[int(figure)] for figure in year).replace("〇", round_letter)
    text = f"{said}年{int(month)}月{int(number)}日"
    assert parse("date", as_read("date", text)).value == str(day)


@given(DAYS, some.sampled_from(".,·'、"), some.data())
def test_a_day_with_dirt_in_it_is_proposed_and_never_certain(day: date, dirt: str, data: some.DataObject) -> None:
    text = show("date", str(day))
    at = data.draw(some.sampled_from([1, 2, 3, 5, *([text.index("月") + 1])]))
    soiled = text[:at] + dirt + text[at:]
    if parse("date", as_read("date", soiled)).state == "doubt":
        assert shown("date", soiled) == str(day)
    else:
        assert parse("date", as_read("date", soiled)).value == str(day)


@given(DAYS, some.data())
def test_a_day_broken_anywhere_is_proposed_whole(day: date, data: some.DataObject) -> None:
    text = show("date", str(day))
    at = data.draw(some.integers(1, len(text) - 1))
    assert shown("date", f"{text[:at]}\n{text[at:]}") == str(day)


@pytest.mark.parametrize(("codec", "text", "wanted"), [
    ("date", "2016年10月.22日", "2016-10-22"), ("date", "二一六年十二月十日", "2016-12-10"),
    ("date", "2016年9月1 4日", "2016-09-14"), ("date", "2016年13月1日", None), ("date", "9月5日", None),
    ("date", "二二一六年十一月十一日", "2016-11-11"), ("date", "二四一六年十月二十九日（星期六）", "2016-10-29"),
    ("date", "二十一六年九月二十八日", "2016-09-28"), ("month", "2216年3月", "2016-03"),
    ("month", "1816年3月", "1816-03"),
    ("period", "二〇一六年九月一日至二二一六年九月五日", Period("2016-09-01", "2016-09-05")),
    ("month", "二一六年十二月", "2016-12"), ("date", "2016年12月7H", "2016-12-07"),
    ("period", "2016年11月2H到12月19曰", Period("2016-11-02", "2016-12-19")),
    ("period", "2\n016.9.\n6—2\n016.10.25", Period("2016-09-06", "2016-10-25")),
    ("period", "2016年10月31日至20·16年11月3日", Period("2016-10-31", "2016-11-03")),
    ("id_number", "WN\n000000197202115730", "000000197202115730"),
    ("id_number", "000000197202115730 000000197110026597", "000000197202115730000000197110026597"),
    ("id_number", "WN\n000000197202115731", "WN000000197202115731"),
    ("text", "音乐.", "音乐"), ("text", "青山镇兴隆街18.号", "青山镇兴隆街18号"), ("text", "18.5元", "18.5元"),
    ("text", "31806768@qq.ex ample", "31806768@qq.example"), ("text", "见 li@163.com 或", "见 li@163.com 或"),
    ("text", "40544026@qq.examp1e", "40544026@qq.example"), ("text", "li1@163.c0m", "li1@163.com"),
    ("text", "a1@b", "a1@b"),
    ("text", "1.听课", "1.听课"), ("text", "1.听课18.号", "1.听课18号"),
    ("text", "听课,评课.", "听课,评课"), ("text", "星期_", "星期一"), ("text", "听课_", "听课_"),
    ("text", "教学楼A区302.", "教学楼A区302"), ("text", "蔡芳颖 ·", "蔡芳颖"), ("text", "Mr. Li.", "Mr. Li."),
    ("count", ".6", 6), ("count", "8.", 8), ("score", "8.5 .", "8.5"), ("score", ".·", None), ("days", "1 ·", "1"),
    ("text", "wx_8 7 9 abc", "wx_879abc"),
    ("text", "三年級", "三年级"), ("prose", "學習認真.", "学习认真."), ("count", "20", 20), ("date", "", None),
])  # fmt: skip
def test_what_is_likely_is_shown(codec: str, text: str, wanted: Value | None) -> None:
    assert shown(codec, text) == wanted


def test_every_day_of_a_month_keeps_its_meaning() -> None:
    for number in range(1, monthrange(2016, 9)[1] + 1):
        assert shown("date", f"2016年9月{number}日") == f"2016-09-{number:02d}"


def test_an_old_form_is_written_as_today_and_a_surname_keeps_its_spelling() -> None:
    assert "".join(map(todays_form, "強黃藍鎮於昇堃峯頔")) == "强黄蓝镇于昇堃峰頔"
    assert not any(map(is_old_form, "强黄蓝镇于昇堃"))


@pytest.mark.parametrize(("text", "odd"), [
    ("wx_8 7 9 abc", True), ("li 1@163.com", True), ("wx_879abc", False), ("Unit 3 Let's go!", False), ("李 明", False),
])  # fmt: skip
def test_an_address_has_no_blank(text: str, odd: bool) -> None:
    assert has_odd_blank(text) is odd


def test_a_paragraph_above_another_whose_full_stop_may_be_lost_is_asked_about() -> None:
    whole = "跟岗期间，学校的教研氛围浓厚、管理精细，还需不断改进。\n作为一名乡村教师，我听课9节。"
    assert not lacks_end(whole)
    assert lacks_end(whole.replace("改进。", "改进"))
    assert not lacks_end("一、基本情况\n作为一名乡村教师，我听课9节。情况属实")


@pytest.mark.parametrize("text", [".\n情况属实", "·情况属实", "、情况属实"])
def test_no_line_begins_with_a_mark(text: str) -> None:
    assert lacks_beginning(text)


def test_a_wide_point_in_a_sentence_is_dirt_over_a_comma() -> None:
    assert has_dirt("我在签名墙上签了名．我参加了3次集体备课")
    assert has_dirt("我把PPT和·GeoGebra引入课堂")
    assert has_dirt("我把GeoGebra·引入课堂")
    assert has_dirt("我听课5节,.记录了7页笔记")  # a ， beside a speck, under a seal
    assert has_dirt("我听课12·,记录了7页笔记")
    assert not has_dirt("10:30, 11:15")
    assert not has_dirt("“3·15”活动")


@pytest.mark.parametrize(
    "text", ["星期", "周", "班", "第节", "年级2班", "第实验小学", "县第中学", "圆的面积（第课时）"]
)
def test_a_lost_figure_shows_in_what_is_nothing_without_one(text: str) -> None:
    """星期一 in a cell for two letters, of which the 一 stood alone on a line."""
    assert lacks_figure(text)


@pytest.mark.parametrize(
    "text",
    ["星期一", "周日", "一班", "第1节", "一年级2班", "第一实验小学", "书香门第", "第（2）课时", "周慧", "年级组长"],
)
def test_what_has_its_figure_lacks_none(text: str) -> None:
    assert not lacks_figure(text)
