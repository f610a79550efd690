"""Letters by their places alone: which blanks somebody typed, and whether a line's writer or the page ended it."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.endings import Block, ends_of_blocks
from extractors.layout import Rect
from extractors.letters import Char, measured_lines, printed_lines
from extractors.paper import PrintedLine, unbroken_start
from extractors.policy import WRAP_IN_DOUBT

SIZE = 10.0
BLANK = 3.3
AREA = Rect(95.0, 80.0, 200.0, 300.0)


def letter(text: str, left: float, width: float, line: int = 0) -> Char:
    base = 100.0 + 15 * line
    return {"text": text, "x0": left, "x1": left + width, "top": base - 9, "bottom": base, "y0": 0.0, "size": SIZE,
            "matrix": (1, 0, 0, 1, 0, 0.0), "fontname": "Song"}  # fmt: skip


def set_line(text: str, line: int = 0, stretch: float = 0.0) -> list[Char]:
    """As a page sets it: a little white between Chinese and Latin, and what justification adds behind each."""
    chars: list[Char] = []
    at = 100.0
    for before, char in zip(["", *text], text, strict=False):
        mixed = before.isascii() != char.isascii() and before not in ("", " ") and char != " "
        at += stretch * bool(before) + (2.0 if mixed and not stretch else 0)
        chars.append(letter(char, at, BLANK if char == " " else 5.0 if char.isascii() else SIZE, line))
        at += float(chars[-1]["x1"] - chars[-1]["x0"])
    return chars


def underlined(chars: Sequence[Char]) -> list[Char]:
    """The same on a ruled blank, which is drawn as blanks: over the letters, from the end of each on."""
    over = [letter(" ", float(char["x1"]) - part * BLANK, BLANK) for char in chars for part in (0.0, 0.4, 1.0)]
    return [*chars, *over]


def lines_of_chars(chars: Sequence[Char], area: Rect | None = None) -> tuple[PrintedLine, ...]:
    """As a page with nothing else on it has them."""
    block = Block(measured_lines(chars), area)
    return printed_lines(block, ends_of_blocks([block])[0])


def texts(chars: Sequence[Char], area: Rect | None = None) -> list[str]:
    return [line.text for line in lines_of_chars(chars, area=area)]


WRITTEN = st.lists(st.sampled_from(["第", "小", "学", "a", "B", "2", "，", "）", " "]), min_size=1, max_size=12).map(
    lambda parts: " ".join("".join(parts).split())).filter(bool)  # fmt: skip


@given(WRITTEN)
def test_a_line_reads_as_it_was_set(text: str) -> None:
    assert texts(set_line(text)) == [text]


@given(WRITTEN)
def test_blanks_that_draw_an_underline_are_nobodys(text: str) -> None:
    assert texts(underlined(set_line(text))) == [text]


def test_a_blank_that_may_be_the_underlines_is_in_doubt_where_the_line_is_stretched() -> None:
    stretched = set_line("第2小学", stretch=5.0)
    assert texts([*stretched, letter(" ", 104.0, BLANK), letter(" ", 110.2, BLANK)]) == [f"第{WRAP_IN_DOUBT}2小学"]


def test_letters_drawn_over_each_other_are_in_doubt() -> None:
    assert texts([letter("乛", 100, 10), letter("☑", 110, 8), letter("0", 112, 5)]) == [f"乛☑{WRAP_IN_DOUBT}0"]


def test_a_line_of_blanks_alone_is_none() -> None:
    assert texts([letter(" ", 100, BLANK), *set_line("甲", 1)]) == ["甲"]


def ends(*lines: list[Char], area: Rect | None = AREA) -> list[tuple[str, bool]]:
    """Each line's text but the last one's, and whether it is in doubt who ended it."""
    found = texts([char for line in lines for char in line], area)[:-1]
    return [(text.rstrip(WRAP_IN_DOUBT), text.endswith(WRAP_IN_DOUBT)) for text in found]


@pytest.mark.parametrize(("first", "second", "doubt"), [
    ("甲乙丙丁", "戊己", False), ("甲乙丙丁", "戊）》，。”", True), ("甲乙丙丁", "（《戊》", True),
    ("甲乙丙丁", "international", True), ("甲乙丙丁戊己庚辛壬", "癸", False),
])  # fmt: skip
def test_a_short_line_was_ended_by_its_writer_unless_what_follows_is_too_wide(
    first: str, second: str, doubt: bool
) -> None:
    assert ends(set_line(first), set_line(second, 1)) == [(first, doubt)]


def test_a_word_too_long_for_its_line_begins_in_the_next_and_goes_on_below() -> None:
    assert ends(set_line("签名："), set_line("a“W", 1), set_line("d，，A》”a_x", 2))[0] == ("签名：", True)


def test_white_between_chinese_and_latin_is_no_stretching() -> None:
    [line, _] = lines_of_chars([*set_line("2016年9月5日甲年"), *set_line("月日", 1)], area=AREA)
    assert line.rect.right == max(char["x1"] for char in set_line("2016年9月5日甲年"))


def test_a_stretched_line_ended_where_its_letters_would_without_it() -> None:
    first = set_line("甲乙丙丁", stretch=20)
    [line, _] = lines_of_chars([*first, *set_line("戊己", 1)], area=AREA)
    assert line.rect.right == pytest.approx(140)
    full = set_line("甲乙丙丁戊己庚辛", stretch=2.8)
    assert ends(full, set_line("壬）。", 1)) == [("甲乙丙丁戊己庚辛", False)]
    assert ends(full, set_line("壬癸", 1)) == [("甲乙丙丁戊己庚辛", True)]


@pytest.mark.parametrize(("text", "start"), [
    ("章）。。同意", "章）。。"), ("名：+下乙", "名：+下"), ("（盖章）", "（盖"), ("12月5日", "12"),
    ("Word，甲", "Word，甲"), ("好》Word核", "好》Word"), ("好》（盖章）", "好》（盖"),
    ("", ""), ("  年", "年"), ("年，", "年，"),
])  # fmt: skip
def test_what_a_page_cannot_break_stays_together(text: str, start: str) -> None:
    assert unbroken_start([text[:2], text[2:]]) == start
