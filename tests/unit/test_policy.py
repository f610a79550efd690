"""When a value needs no person: digital text that is certain in a place that is certain; a picture never by itself."""

from dataclasses import replace

import pytest

from extractors.policy import (
    RECOGNISED_FLOOR,
    WRAP_IN_DOUBT,
    Evidence,
    agree,
    field_reading,
)
from extractors.sureness import counts, doubted, sure_of
from gengang.codecs import CODECS, parse
from gengang.form import FieldType
from gengang.reading import was_read_alike

WORD = Evidence("word", sure_place=True)
SCAN = Evidence("scan", sure_place=True, confidence=0.99, agreed=True)


def status(codec: str, text: str, evidence: Evidence) -> str:
    return field_reading(FieldType(codec), text, parse(codec, text), evidence, None).status


@pytest.mark.parametrize(("text", "evidence", "wanted"), [
    ("20", WORD, "accepted"), ("约20", WORD, "review"), ("", WORD, "blank"),
    ("20", Evidence("word", sure_place=False), "review"), ("", Evidence("word", sure_place=False), "review"),
    ("", Evidence("word", True, unread_ink=True), "unread"), ("20", Evidence("pdf", True, unread_ink=True), "review"),
    ("20", SCAN, "accepted"), ("20", Evidence("scan", True, 0.99, agreed=False), "review"),
    ("20", Evidence("scan", True, 0.7, agreed=True), "review"), ("20", Evidence("scan", True, None, True), "review"),
])  # fmt: skip
def test_a_count_is_accepted_only_when_nothing_is_in_doubt(text: str, evidence: Evidence, wanted: str) -> None:
    assert status("count", text, evidence) == wanted


def test_free_text_from_a_picture_needs_two_readings_that_are_sure() -> None:
    assert status("text", "望川县第二小学", SCAN) == "accepted"
    assert status("text", "张三", Evidence("scan", True, 0.99, agreed=False)) == "review"
    assert status("text", "蒋嫩", Evidence("scan", True, 0.61, agreed=True)) == "review"
    assert status("text", "星期", SCAN) == "review"  # its 一 stood alone on a line


@pytest.mark.parametrize(("codec", "text"), [
    ("date", "2016.12.1"), ("month", "2012.04"), ("count", "7"), ("days", "1.5"), ("score", "91"), ("money", "849"),
    ("phone", "13800138000"), ("period", "2016年9月1日至2016年9月7日"),
])  # fmt: skip
def test_a_figure_of_which_nobody_was_sure_is_asked_about_though_all_agree(codec: str, text: str) -> None:
    assert status(codec, text, Evidence("scan", True, 0.6, agreed=True)) == "review"  # so was a hand's 7 read for 1
    assert status(codec, text, Evidence("scan", True, 0.85, agreed=True)) == "accepted"


@pytest.mark.parametrize(("codec", "text"), [
    ("date", "2216年12月1日"), ("month", "1612.04"), ("period", "2016年9月1日至2116年9月7日"),
])  # fmt: skip
def test_a_year_that_no_paper_names_is_never_accepted_from_a_picture(codec: str, text: str) -> None:
    assert status(codec, text, replace(SCAN, confidence=1.0)) == "review"


@pytest.mark.parametrize(
    "text",
    [
        "第.2批",
        "兴隆街18.号",
        "听课3'节",
        "备课充分，学情分析”到位。",
        "学习“学情分析",
        "（一）班）",
        "张'村小学",
        "机会！.",
        "完。·",
        "、通过这次学习",
        "听课。\n，上课",
        "提高到2.4.5分",
        "收获很·大。",
        "把GeoGebra.引入课堂",
        "古丽娜尔：艾合买提江同志",
        "（2011年版）·，重新备课",
    ],
)
def test_a_mark_that_dirt_is_read_as_or_that_lost_its_other_half_is_asked_about(text: str) -> None:
    assert status("prose", text, SCAN) == status("text", text, SCAN) == "review"


@pytest.mark.parametrize("text", [
    "第2批", "“学情分析”到位", "1.听课", "1)听课\n2)说课", "(1）听课", '他说"好"，“很好"', "《春》[一]", "一）听课",
    "等等...", "好！——真好", "2016.9.1年级会", "“好。”他说", "1.听课\n2,说课", "一是：1.听课；2.说课",
    "3.5天", "2016.9.1",
    "听课：1)三节；2)五节", "与巴特尔·孟和老师",
])  # fmt: skip
def test_marks_in_their_place_and_whole_pairs_are_accepted(text: str) -> None:
    assert status("prose", text, SCAN) == "accepted"


def test_every_codec_that_is_read_as_text_has_a_floor() -> None:
    assert RECOGNISED_FLOOR.keys() == CODECS.keys() - {"picture"}


@pytest.mark.parametrize(("codec", "text", "second", "wanted"), [
    ("text", "张三", "张 三", True), ("text", "张三", "张王", False), ("text", "东校（北）", "东校(北)", True),
    ("date", "2016年9月5日", "2016.9.5", True), ("date", "2016年9月5日", "2016年9月6日", False),
    ("count", "20", "20节", True), ("count", "20", "约20", False), ("text", "张三", None, False),
    ("prose", "听课认真；收获很大！", "听课认真;收获很大!", True), ("prose", "认真；好。", "认真：好。", False),
    ("prose", "听课认真。", "听谭认真。", False),
    ("date", "2016年9月31日", "2016年9月31日", False), ("text", "", "", False),
])  # fmt: skip
def test_two_readings_agree_when_they_say_one_value(codec: str, text: str, second: str | None, wanted: bool) -> None:
    assert agree(FieldType(codec), parse(codec, text), second) is wanted


def test_what_only_parts_figures_says_nothing_of_a_date() -> None:
    assert [char for char in "2016年9月5日" if counts("date", char)] == list("201695")
    assert counts("date", "九")
    assert [char for char in "（9.5）" if counts("score", char)] == list("9.5")
    assert all(counts("text", char) for char in "（一）班")


def test_a_letter_of_unknown_width_is_sure_for_a_number_and_in_doubt_for_a_text() -> None:
    assert sure_of(doubted(0.9), closed=True) == pytest.approx(0.9)
    assert sure_of(doubted(0.9), closed=False) == 0.0
    assert doubted(doubted(0.9)) == doubted(0.9)
    assert sure_of(doubted(1.0), closed=True) > 0.99


@pytest.mark.parametrize(("text", "least"), [
    ("欧阳国华", 0.95), ("周静", 0.95), ("古丽娜尔·艾合买提江", 0.95), ("程桂芳", 0.95), ("李辉", 0.95),
    ("欧阳文凯", 0.95),
    ("毛笔", 0.99), ("党员", 0.99),
])  # fmt: skip
def test_a_name_from_a_picture_is_accepted_when_it_is_surer_than_any_rare_character_ever_was_read_for_it(
    text: str, least: float
) -> None:
    """What usual names have is seldom what a rare character was read as; what is a word is none."""
    assert status("text", text, Evidence("scan", True, least, agreed=True)) == "accepted"
    assert status("text", text, Evidence("scan", True, least - 0.001, agreed=True)) == "review"
    assert status("text", text, Evidence("scan", True, 0.9999, agreed=False)) == "review"


@pytest.mark.parametrize(("codec", "text", "wanted"), [
    ("text", "黃佳強", "review"), ("text", "張村小学", "review"), ("prose", "學习认真。", "review"),
    ("prose", "1、听课。\n2评课。", "review"), ("prose", "1、听课。\n2、评课。", "accepted"),
    ("prose", ".", "review"), ("text", "…", "review"), ("text", "岗位教师", "accepted"),
    ("prose", "跟岗期间认真。", "accepted"),
])  # fmt: skip
def test_an_old_form_of_a_character_and_a_mark_alone_are_asked_about(codec: str, text: str, wanted: str) -> None:
    assert status(codec, text, Evidence("scan", True, 0.9999, agreed=True)) == wanted
    assert status(codec, text, WORD) == "accepted"


@pytest.mark.parametrize(
    "text",
    [
        "许绩",
        "杨丑明",
        "张媛",
        "林佳強",
        "张",
        "李阮",
        "江明",
        "王梦江",
        "韩晶",
        "张三",
        "李垚",
        "欧阳丑",
        "古丽娜尔·鳞",
        "何嫩",
        "何司",
    ],
)
def test_a_name_with_a_character_that_is_rare_or_was_read_for_another_or_half_a_name_waits_for_the_roster(
    text: str,
) -> None:
    """Both recognisers read 何媺 as 何嫩, and were sure."""
    assert status("text", text, Evidence("scan", True, 0.9999, agreed=True)) == "review"
    assert status("text", text, WORD) == "accepted"


@pytest.mark.parametrize("text", ["李喆", "周犇", "欧阳鋆", "赵珺佳"])
def test_a_name_with_a_rare_letter_as_which_no_other_was_ever_read_has_to_be_surer_than_usual_ones(text: str) -> None:
    assert status("text", text, Evidence("scan", True, 0.989, agreed=True)) == "review"
    assert status("text", text, Evidence("scan", True, 0.99, agreed=True)) == "accepted"
    assert status("text", text, Evidence("scan", True, 0.9999, agreed=False)) == "review"


@pytest.mark.parametrize("text", ["李黄强", "王子佳", "许颖", "欧阳子明"])
def test_a_name_that_another_was_seldom_read_as_has_to_be_as_sure_as_a_rare_one(text: str) -> None:
    """黃, 予 and 颍 may be in a name, and were read as these, but not so surely."""
    assert status("text", text, Evidence("scan", True, 0.98, agreed=True)) == "review"
    assert status("text", text, Evidence("scan", True, 0.995, agreed=True)) == "accepted"
    assert status("text", "周海军", Evidence("scan", True, 0.96, agreed=True)) == "accepted"  # 嗨 names nobody


@pytest.mark.parametrize(("text", "wanted"), [
    ("4387.5", "review"), ("4387.5元", "review"), ("¥4387.5", "accepted"), ("387.5", "accepted"), ("3487", "accepted"),
])  # fmt: skip
def test_a_sum_whose_first_figure_may_be_a_sign_of_money_is_asked_about(text: str, wanted: str) -> None:
    assert status("money", text, Evidence("scan", True, 0.9999, agreed=True)) == wanted
    assert status("money", text, WORD) == "accepted"


@pytest.mark.parametrize("text", ["高中", "高级", "一级教师", "数学", "望川县柳林中学"])
def test_a_word_of_forms_is_no_name(text: str) -> None:
    assert status("text", text, Evidence("scan", True, 0.9999, agreed=True)) == "accepted"


@pytest.mark.parametrize("text", ["A类", "GeoGebra", "wx_895abc@qq.example", "三年级", "T恤"])
def test_a_text_with_latin_letters_whose_blanks_are_seen_is_accepted(text: str) -> None:
    assert status("text", text, SCAN) == "accepted"


def test_a_break_that_nobody_can_judge_goes_to_a_person() -> None:
    assert status("prose", f"一{WRAP_IN_DOUBT}二", Evidence("pdf", True)) == "review"


def test_only_what_is_there_has_a_value_and_a_confidence() -> None:
    blank = field_reading(FieldType("text"), " ", parse("text", " "), WORD, None)
    assert (blank.value, blank.confidence, blank.raw) == (None, None, "")
    seen = field_reading(FieldType("text"), " 张三 ", parse("text", " 张三 "), WORD, None)
    assert (seen.value, seen.confidence, seen.raw) == ("张三", 0.99, "张三")


def test_what_waits_for_another_reason_claims_an_even_chance_a_name_and_a_low_value_keep_their_confidence() -> None:
    sure, low = Evidence("scan", True, 0.9999, agreed=True), Evidence("scan", True, 0.7, agreed=True)
    kind = FieldType("text")
    lost = replace(sure, unread_ink=True)
    assert field_reading(kind, "张三", parse("text", "张三"), sure, None).confidence == 0.9999
    assert field_reading(kind, "张三", parse("text", "张三"), lost, None).confidence == 0.5
    assert field_reading(kind, "白水小学", parse("text", "白水小学"), low, None).confidence == 0.7


@pytest.mark.parametrize(("text", "evidence"), [
    ("白水小学", Evidence("scan", True, 0.79, agreed=True, unread_ink=True)),
    ("周明", Evidence("scan", True, 0.79, agreed=True, unread_ink=True)),
    ("白水小学", Evidence("scan", False, 0.79, agreed=True)),
    ("白水小學", Evidence("scan", True, 0.79, agreed=True)),
    (f"白水{WRAP_IN_DOUBT}小学", Evidence("scan", True, 0.79, agreed=True)),
])  # fmt: skip
def test_what_a_roster_must_not_settle_was_not_read_alike(text: str, evidence: Evidence) -> None:
    """A value that a pen struck out, or that may be another's, is a question whatever the roster has."""
    found = field_reading(FieldType("text"), text, parse("text", text), evidence, None)
    assert (found.status, was_read_alike(found)) == ("review", False)
    sure = replace(evidence, unread_ink=False, sure_place=True)
    assert was_read_alike(field_reading(FieldType("text"), "白水小学", parse("text", "白水小学"), sure, None))


def test_what_waits_is_shown_as_it_was_likely_written_and_what_was_read_stands_beside_it() -> None:
    poor = Evidence("scan", True, 0.6, agreed=True)
    found = field_reading(FieldType("text"), "刘強", parse("text", "刘強"), poor, None)
    assert (found.status, found.value, found.raw) == ("review", "刘强", "刘強")
    day = field_reading(FieldType("date"), "20·16年11月3日", parse("date", "20·16年11月3日"), SCAN, None)
    assert (day.status, day.value) == ("review", "2016-11-03")


def test_what_somebody_typed_is_shown_as_it_stands() -> None:
    unsure = replace(WORD, sure_place=False)
    assert field_reading(FieldType("text"), "刘強", parse("text", "刘強"), unsure, None).value == "刘強"
