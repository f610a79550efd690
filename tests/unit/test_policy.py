"""When a value needs no person: digital text that is certain in a place that is certain; a picture never by itself."""

import pytest

from extractors.policy import RECOGNISED_FLOOR, WRAP_IN_DOUBT, Evidence, agree, field_reading
from gengang.codecs import CODECS, parse
from gengang.form import FieldType

WORD = Evidence("word", sure_place=True)
SCAN = Evidence("scan", sure_place=True, confidence=0.99, agreed=True)


def status(codec: str, text: str, evidence: Evidence) -> str:
    return field_reading(FieldType(codec), text, parse(codec, text), evidence, None).status


@pytest.mark.parametrize(("text", "evidence", "wanted"), [
    ("20", WORD, "accepted"), ("约20", WORD, "review"), ("", WORD, "blank"),
    ("20", Evidence("word", sure_place=False), "review"), ("", Evidence("word", sure_place=False), "review"),
    ("", Evidence("word", True, unread_ink=True), "unread"), ("20", Evidence("pdf", True, unread_ink=True), "review"),
    ("20", SCAN, "accepted"), ("20", Evidence("scan", True, 0.99, agreed=False), "review"),
    ("20", Evidence("scan", True, 0.8, agreed=True), "review"), ("20", Evidence("scan", True, None, True), "review"),
])  # fmt: skip
def test_a_count_is_accepted_only_when_nothing_is_in_doubt(text: str, evidence: Evidence, wanted: str) -> None:
    assert status("count", text, evidence) == wanted


def test_free_text_from_a_picture_needs_two_readings_that_are_sure() -> None:
    assert status("text", "张三", SCAN) == "accepted"
    assert status("text", "张三", Evidence("scan", True, 0.99, agreed=False)) == "review"
    assert status("text", "蒋嫩", Evidence("scan", True, 0.61, agreed=True)) == "review"


def test_every_codec_that_is_read_as_text_has_a_floor() -> None:
    assert RECOGNISED_FLOOR.keys() == CODECS.keys() - {"picture"}


@pytest.mark.parametrize(("codec", "text", "second", "wanted"), [
    ("text", "张三", "张 三", True), ("text", "张三", "张王", False), ("text", "东校（北）", "东校(北)", True),
    ("date", "2016年9月5日", "2016.9.5", True), ("date", "2016年9月5日", "2016年9月6日", False),
    ("count", "20", "20节", True), ("count", "20", "约20", False), ("text", "张三", None, False),
    ("prose", "听课认真；收获很大。", "听课认真:收获很大.", True), ("prose", "听课认真。", "听谭认真。", False),
    ("date", "2016年9月31日", "2016年9月31日", False), ("text", "", "", False),
])  # fmt: skip
def test_two_readings_agree_when_they_say_one_value(codec: str, text: str, second: str | None, wanted: bool) -> None:
    assert agree(FieldType(codec), parse(codec, text), second) is wanted


def test_a_break_that_nobody_can_judge_goes_to_a_person() -> None:
    assert status("prose", f"一{WRAP_IN_DOUBT}二", Evidence("pdf", True)) == "review"


def test_only_what_is_there_has_a_value_and_a_confidence() -> None:
    blank = field_reading(FieldType("text"), " ", parse("text", " "), WORD, None)
    assert (blank.value, blank.confidence, blank.raw) == (None, None, "")
    seen = field_reading(FieldType("text"), " 张三 ", parse("text", " 张三 "), WORD, None)
    assert (seen.value, seen.confidence, seen.raw) == ("张三", 0.99, "张三")
