"""Values inside the sentences of a letter, and the days of its signature: figures that stand apart are not joined."""

import pytest

from extractors.sentences import InText, counts_in, days_away_in, days_named_in, periods_in
from extractors.signatures import day_of
from gengang.codecs import Period, Value
from tests.unit.test_prose import FORMS, codes, read, value_of

[APPRAISAL] = [form for form in FORMS if form.stem == "appraisal"]


@pytest.mark.parametrize(("text", "found"), [
    ("听课20节", InText(20, "20", True)), ("听课 ２０ 节", InText(20, "２０", True)),
    ("听课二十节", InText(20, "二十", True)), ("听课1 2节", InText(None, "1 2", False)),
    ("听课10\n20节", InText(None, "10 20", False)), ("听课十 二节", InText(None, "十 二", False)),
    ("听课20节，后来听课1 2节", InText(None, "1 2", False)), ("听课一万亿节", None), ("听课1 2", None),
])  # fmt: skip
def test_a_count_in_a_sentence(text: str, found: InText | None) -> None:
    said = counts_in(APPRAISAL, text).get("lessons_heard")
    assert (said is None) == (found is None)
    if said is not None and found is not None:
        assert (said.value, said.sure) == (found.value, found.sure)
        assert found.raw in said.raw


@pytest.mark.parametrize(("text", "value"), [
    ("请假三天", "3"), ("请事假 2 天", "2"), ("请假1 2天", None), ("共3\n5天", None), ("请假3天，共5天", None),
    ("时间十 二天", None),
])  # fmt: skip
def test_days_away(text: str, value: str | None) -> None:
    said = days_away_in(text)
    assert (said.value if said else None) == value
    assert (said is not None) == ("3天，" not in text)


@pytest.mark.parametrize(("text", "days"), [
    ("2016年9月1日", ["2016-09-01"]), ("2016.9.1 12:30", ["2016-09-01"]), ("2016 年 9 月 1 日上午", ["2016-09-01"]),
    ("2016-9-1 2016-9-5", ["2016-09-01", "2016-09-05"]), ("2016.9.1 5名教师", ["2016-09-01"]),
    ("2016年9月1 2日", []), ("2016年9月1\n2日", []), ("2016年9月123日", []), ("2016.9.12:30", []), ("2016.9.1 5。", []),
    ("自1 2月5日起", []), ("12月5日", ["2016-12-05"]),
])  # fmt: skip
def test_days_named_in_a_text(text: str, days: list[str]) -> None:
    assert [one.value for one in days_named_in(text, "2016")] == days


@pytest.mark.parametrize(("text", "periods"), [
    ("2016.9.1—2016.9.12", [Period("2016-09-01", "2016-09-12")]), ("2016年9月1日至2016年9月1 5日", []),
    ("2016.9.1-2016.9.1 5", []), ("2016年9月1 2日至9月15日", []), ("2016年9月1日至1 5日", []),
    ("9月1日至5日", [Period("2016-09-01", "2016-09-05")]),
])  # fmt: skip
def test_periods_in_a_text(text: str, periods: list[Value]) -> None:
    assert [one.value for one in periods_in(text, "2016")] == periods


@pytest.mark.parametrize(("text", "day"), [
    ("2016年9月12日", "2016年9月12日"), ("2016.9.1 12:30", "2016.9.1"), ("2016.9.5", "2016.9.5"),
    ("二O一六年九月五日", "二〇一六年九月五日"), ("2016年9月1 2日", ""), ("2016-9-1\n5", ""), ("2016.9.12:30", ""),
    ("二〇一六年九月十 五日", ""),
])  # fmt: skip
def test_the_day_of_a_signature(text: str, day: str) -> None:
    assert day_of(text).strip() == day


def test_figures_apart_in_a_letter_are_asked_about() -> None:
    reading, _ = read(
        "关于王芳老师跟岗研修情况的鉴定\n兹有张村小学王芳老师于2016年9月1日至2016年11月30日在我校跟岗研修，指导教师李明。"
        "研修期间应到10天，实到9.5天；共听课1 2节，上课3节。该同志为人谦和。综合鉴定为合格。\n"
        "特此鉴定。\n安和县实验学校\n2016年12月6日"
    )
    assert value_of(reading, "lessons_heard") == ("unread", None)
    assert "figures_apart" in codes(reading)
