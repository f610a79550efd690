"""Every codec's text parses back to the value it printed, and what is parsed is in normal form."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gengang.codecs import CODECS, Period, parse, show
from gengang.form import FieldType
from tests.laws.strategies import CODECS_WITHOUT_TEXT, DAYS, values_of

OPTIONS = ("优秀", "合格", "不合格", "A&B")
PRINTING = sorted({*CODECS} - CODECS_WITHOUT_TEXT)


def _options(codec: str) -> tuple[str, ...]:
    return OPTIONS if codec in ("choice", "tick") else ()


@pytest.mark.parametrize("codec", PRINTING)
@given(data=st.data())
def test_a_printed_value_parses_back(codec: str, data: st.DataObject) -> None:
    value = data.draw(values_of(FieldType(codec, _options(codec))))
    found = parse(codec, show(codec, value, _options(codec)), _options(codec))
    assert found.value == value
    assert found.state == ("blank" if value is None else "value")


@st.composite
def _spellings(draw: st.DrawFn, codec: str) -> str:
    """Any text, figures with marks of dates, or a printed value with something put into it."""
    if draw(st.booleans()):
        return draw(st.text(max_size=30) | st.from_regex(r"[0-9年月日./-]{1,14}", fullmatch=True))
    shown = show(codec, draw(values_of(FieldType(codec, _options(codec)))), _options(codec))
    at = draw(st.integers(0, len(shown)))
    return shown[:at] + draw(st.sampled_from(["", "", " ", "\u3000", "。", "0", "元", "√"])) + shown[at:]


@pytest.mark.parametrize("codec", PRINTING)
def test_whatever_is_read_as_certain_prints_and_reads_the_same_again(codec: str) -> None:
    certain = 0

    @settings(max_examples=300)  # of which at least five have to be certain
    @given(_spellings(codec))
    def law(text: str) -> None:
        nonlocal certain
        found = parse(codec, text, _options(codec))
        if found.state == "value":
            certain += 1
            again = parse(codec, show(codec, found.value, _options(codec)), _options(codec))
            assert (again.state, again.value) == ("value", found.value)

    law()
    assert certain >= 5


# What forms are full of, and what the codecs give a meaning to.
TYPED = st.text("0123456789０５〇零一二三五九十廿百千万亿壹贰拾佰年月日号天节次分元角整半点至到上下午星期共约无"
                "第.。,，、:：/-－—~+()（）TEXx×☑□√_＿￥ \n\u3000\u200b", max_size=24)  # fmt: skip


@pytest.mark.parametrize("codec", sorted(CODECS))
@given(text=TYPED | st.text("零一二十百千万亿", max_size=8) | st.text(max_size=30))
def test_no_codec_raises_whatever_stands_there(codec: str, text: str) -> None:
    assert parse(codec, text, _options(codec)).state in ("value", "doubt", "blank")


BLANKS = st.sampled_from([" ", "  ", "\n", "\u3000", "\t", "_", "\xa0", " \u200b "])
DATE_SHAPES = st.sampled_from([
    "{y}-{m}-{d}", "{y}.{m}.{d}", "{y}/{m}/{d}", "{y}-{m:02}-{d:02}", "{y}年{m}月{d}日", "{y}年{m}月{d}",
    "{y}{m:02}{d:02}",
    "{y} {m} {d}", "{y}年{m}月{d}号（周{w}）", "{y}、{m}、{d}",
])  # fmt: skip
CLOCK_SHAPES = st.sampled_from(
    ["{h}:{n:02}", "{h:02}:{n:02}:00", "{h}：{n:02}", "{h}点", "{h}时{n}分", "{h}.{n:02}", "{h:02}{n:02}", "{h}"]
)
BEFORE_CLOCK = BLANKS | st.sampled_from(["", "", "T", "上午", " 下午 ", "，"])


@st.composite
def moments(draw: st.DrawFn) -> tuple[str, str]:
    """A day, and a text that writes it with a time of day."""
    day = draw(DAYS)
    written = draw(DATE_SHAPES).format(y=day.year, m=day.month, d=day.day, w="一二三四五六日"[day.weekday()])
    clock = draw(CLOCK_SHAPES).format(h=draw(st.integers(0, 23)), n=draw(st.integers(0, 59)))
    before = draw(BEFORE_CLOCK) or (" " if clock.isdigit() else "")  # 9-1 and 2 without a blank are 9-12
    return day.isoformat(), written + before + clock


@given(moment=moments())
def test_a_day_with_a_time_of_day_is_that_day_or_a_doubt(moment: tuple[str, str]) -> None:
    day, text = moment
    found = parse("date", text)
    assert found.state in ("value", "doubt")
    assert found.value in ((day,) if found.state == "value" else (day, None))


@given(first=moments(), last=moments(), between=st.sampled_from(["至", " 至 ", "—", "-", " - ", "～"]))
def test_a_period_with_times_of_day_is_from_the_one_day_to_the_other_or_a_doubt(
    first: tuple[str, str], last: tuple[str, str], between: str
) -> None:
    found = parse("period", first[1] + between + last[1])
    assert found.state == "doubt" or found.value == Period(first[0], last[0])


@pytest.mark.parametrize("codec", ["count", "days", "score", "money"])
@given(
    one=st.integers(0, 999), two=st.integers(0, 999), gap=BLANKS, unit=st.sampled_from(["", "节", "天", " 分", "元"])
)
def test_figures_with_a_blank_between_are_asked_about(codec: str, one: int, two: int, gap: str, unit: str) -> None:
    assert parse(codec, f"{one}{gap}{two}{unit}").state == "doubt"


@pytest.mark.parametrize("codec", PRINTING)
def test_the_sample_of_a_codec_is_in_normal_form(codec: str) -> None:
    sample = CODECS[codec].sample
    assert parse(codec, show(codec, sample, ("合格",)), ("合格",)).value == sample
