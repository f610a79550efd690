"""A pen that crossed letters out is told from underlines, ruled blanks, dashes and letters that touch."""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.layout import Stroke
from extractors.struck import is_struck, without_strikes
from gengang.workspace import BUILT_IN

Pixels = npt.NDArray[np.uint8]
Pen = Callable[[Pixels, int, int], None]

PRINT = "FandolFang-Regular.otf"
HANDS = ("handwriting/LongCang-Regular.ttf", "handwriting/MaShanZheng-Regular.ttf")
SIZE, TOP, LEFT, HEIGHT = 30, 5, 20, 40
INK = (40,)
VALUES = ("张村小学", "2016-11-05", "13800138000", "一级教师", "王丽")
SHORT = ("92.5", "24")


def line_of(text: str, font: str = PRINT, pen: Pen | None = None) -> Pixels:
    """A line of writing in a frame as it is detected, and a pen through it."""
    face = ImageFont.truetype(str(BUILT_IN / "fonts" / font), SIZE)
    wide = int(face.getlength(text))
    image = Image.new("L", (wide + 2 * LEFT, HEIGHT), 250)
    ImageDraw.Draw(image).text((LEFT, TOP), text, font=face, fill=30)
    line = np.asarray(image, dtype=np.uint8).copy()
    if pen is not None:
        pen(line, LEFT, LEFT + wide)
    return line


def letters_of(text: str, font: str = PRINT) -> list[tuple[str, float]]:
    """The letters as a recogniser that is not misled reads them, with their middles."""
    face = ImageFont.truetype(str(BUILT_IN / "fonts" / font), SIZE)
    ends = [LEFT + face.getlength(text[:number]) for number in range(len(text) + 1)]
    return [(char, (ends[number] + ends[number + 1]) / 2) for number, char in enumerate(text) if not char.isspace()]


def drawn(line: Pixels, points: list[tuple[int, int]], thick: int = 3) -> None:
    cv2.polylines(line, [np.array(points, np.int32)], False, INK, thick, cv2.LINE_AA)


def one_line(line: Pixels, start: int, end: int) -> None:
    drawn(line, [(start - 5, 23), (end + 6, 19)])


def two_lines(line: Pixels, start: int, end: int) -> None:
    drawn(line, [(start - 4, 18), (end + 4, 17)])
    drawn(line, [(start - 4, 25), (end + 4, 26)])


def a_wave(line: Pixels, start: int, end: int) -> None:
    drawn(line, [(x, 20 + 5 * (-1) ** n) for n, x in enumerate(range(start - 4, end + 14, 12))])


def a_cross(line: Pixels, start: int, end: int) -> None:
    drawn(line, [(start - 3, 8), (end + 3, 33)])
    drawn(line, [(start - 3, 33), (end + 3, 8)])


def a_zigzag(line: Pixels, start: int, end: int) -> None:
    drawn(line, [(x, 20 + 13 * (-1) ** n) for n, x in enumerate(range(start, end + 10, 10))])


def an_underline(line: Pixels, start: int, end: int) -> None:
    drawn(line, [(start - 8, 35), (end + 8, 35)], 2)


def a_rule_above(line: Pixels, start: int, end: int) -> None:
    drawn(line, [(start - 8, 2), (end + 8, 2)], 2)


@pytest.mark.parametrize("pen", [one_line, two_lines, a_wave, a_cross, a_zigzag])
@pytest.mark.parametrize("font", [PRINT, *HANDS])
def test_what_a_pen_crossed_out_is_struck(pen: Pen, font: str) -> None:
    lines = {text: line_of(text, font, pen) for text in VALUES}
    assert [text for text, line in lines.items() if not is_struck(line, letters=letters_of(text, font))] == []


@pytest.mark.parametrize("font", [PRINT, HANDS[1]])
@pytest.mark.parametrize("text", SHORT)
def test_a_line_through_a_few_figures_is_told_by_its_ends(text: str, font: str) -> None:
    assert is_struck(line_of(text, font, one_line), letters=letters_of(text, font))


@pytest.mark.parametrize("font", [PRINT, HANDS[1]])
def test_a_line_through_the_one_letter_of_a_choice_is_told(font: str) -> None:
    words = "男女是否有无良"
    lines = {word: line_of(word, font, one_line) for word in words}
    assert [word for word, line in lines.items() if not is_struck(line, letters=letters_of(word, font))] == []


def test_a_frame_that_cuts_letters_in_half_strikes_nothing_out() -> None:
    for text in VALUES:
        assert not is_struck(line_of(text)[12:28], usual=HEIGHT, letters=letters_of(text))


def test_the_bar_of_a_4_is_no_line_through_it() -> None:
    """In a small scan its tip and its bar are as thin as a pen's line, and both stand out."""
    line = np.full((35, 60), 250, np.uint8)
    cv2.polylines(line, [np.array([(33, 6), (22, 19), (38, 19)], np.int32)], False, INK, 2)
    cv2.line(line, (33, 6), (33, 28), INK, 2)
    assert is_struck(line, 40.0, [("9", 30.0)])
    assert not is_struck(line, 40.0, [("4", 30.0)])


@pytest.mark.parametrize("font", [PRINT, *HANDS])
@pytest.mark.parametrize("pen", [None, an_underline, a_rule_above])
def test_what_is_written_or_underlined_is_not(font: str, pen: Pen | None) -> None:
    texts = (
        *VALUES,
        *SHORT,
        *map(str, range(10)),
        "444",
        "十",
        "女",
        "中学",
        "X",
        "2016-09-05——2016-11-18",
        "9月5日~11月18日",
        "一二三十一",
        "共十一天",
        "——",
        "□优秀 ☑合格",
    )
    lines = {text: line_of(text, font, pen) for text in texts}
    assert [text for text, line in lines.items() if is_struck(line, letters=letters_of(text, font))] == []


def test_a_word_on_a_ruled_blank_is_not_struck_and_one_crossed_out_there_is() -> None:
    text = "请假共计 3.5  天整"

    def blank(line: Pixels, _start: int, _end: int) -> None:
        drawn(line, [(105, 34), (200, 34)], 2)

    def crossed(line: Pixels, start: int, end: int) -> None:
        blank(line, start, end)
        drawn(line, [(100, 19), (165, 21)])

    letters = letters_of(text, HANDS[0])
    assert not is_struck(line_of(text, HANDS[0], blank), letters=letters)
    assert is_struck(line_of(text, HANDS[0], crossed), letters=letters)


@pytest.mark.parametrize("blur", [1, 3, 5])
def test_grain_and_blur_strike_nothing_out(blur: int) -> None:
    noise = np.random.default_rng(blur)
    for text in VALUES:
        soft = cv2.GaussianBlur(line_of(text), (blur, blur), 0) + noise.normal(0, 14, line_of(text).shape)
        assert not is_struck(np.clip(soft, 0, 255).astype(np.uint8))


def test_a_high_frame_with_what_was_written_above_shows_the_cross_below() -> None:
    line = line_of("赵珺", pen=a_cross)
    above = np.asarray(cv2.resize(line_of("李明", HANDS[0])[:, 15:85], (100, 24)), dtype=np.uint8)
    assert is_struck(np.vstack([above, line]), usual=HEIGHT)
    assert not is_struck(np.vstack([above, line_of("赵珺")]), usual=HEIGHT)


def test_nothing_is_struck_in_a_frame_of_nothing() -> None:
    for shape in ((0, 0), (3, 400), (40, 400), (40, 10)):
        assert not is_struck(np.full(shape, 255, np.uint8))
        assert not is_struck(np.zeros(shape, np.uint8), letters=[("1", 5.0)])


def test_a_ruling_line_stays_and_one_through_letters_is_none() -> None:
    page = np.full((200, 500), 255, np.uint8)
    page[20:60, 100:335] = line_of("1770000740213")
    rule, wall = Stroke(True, 80.0, 90.0, 350.0), Stroke(False, 90.0, 10.0, 80.0)
    strike = Stroke(True, 40.0, 95.0, 345.0)
    for stroke in (rule, strike):
        cv2.line(page, (round(stroke.start), round(stroke.at)), (round(stroke.end), round(stroke.at)), (0,), 3)
    cv2.line(page, (90, 10), (90, 80), (0,), 3)
    assert without_strikes(page, (rule, wall, strike)) == (rule, wall)
