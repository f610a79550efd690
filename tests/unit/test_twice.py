"""How sure several readings of one line are together."""

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.ocr import ReadText
from extractors.policy import doubted, sure_of
from extractors.twice import Twice, read_twice, sure_by
from gengang.workspace import BUILT_IN

Pixels = npt.NDArray[np.uint8]


def read(text: str, *each: float) -> ReadText:
    return ReadText(text, float(np.mean(each)) if each else 0.0, each)


def twice(text: str, *each: float) -> Twice:
    return Twice(read(text, *each), read(text, *each), each)


def line(text: str, size: int = 32, noise: float = 0.0) -> Pixels:
    """A line of print on grained paper, in three channels."""
    face = ImageFont.truetype(str(BUILT_IN / "fonts" / "FandolFang-Regular.otf"), size)
    paper = Image.new("L", (int(face.getlength(text)) + 24, size + 12), 255)
    ImageDraw.Draw(paper).text((12, 3), text, font=face, fill=20)
    grained = np.asarray(paper, np.float64) + np.random.default_rng(7).normal(0, noise, (size + 12, paper.width))
    grey = np.clip(grained, 0, 255).astype(np.uint8)
    return np.repeat(grey[:, :, None], 3, axis=2)


def test_three_equal_readings_settle_what_two_were_not_quite_sure_of() -> None:
    name = twice("张三", 0.96, 0.97)
    assert sure_by(name, read("张三", 0.96, 0.96)) == 0.98
    assert sure_by(name, read("张三", 0.93, 0.99)) == 0.93  # so was 语 read for 诗 in a poor copy
    assert sure_by(name, read("张王", 0.9, 0.9)) == 0.0


def test_a_ruled_blank_that_a_third_look_leaves_out_is_as_sure_as_it_was_read() -> None:
    assert sure_by(twice("_", 0.96), read("")) == 0.98


def test_a_letter_of_unknown_width_is_asked_about_however_sure_it_is() -> None:
    assert sure_by(twice("（", doubted(0.99)), read("（", 0.99)) == 0.98
    assert sure_of(doubted(0.99), closed=False) == 0.0


@pytest.mark.parametrize("text", ["欧阳宇晨", "巴特尔·孟和", "望川县第二小学", "13800002397"])
def test_what_both_read_is_of_one_text_and_each_of_its_letters_has_its_sureness(text: str) -> None:
    [found] = read_twice([line(text)])
    assert found.one.text == found.two.text == text
    assert len(found.each) == len(text)
    assert min(sure_of(one, True) for one in found.each) > 0.9


def test_further_looks_make_a_short_line_no_less_sure_than_each_recogniser_is_at_its_worst() -> None:
    names = ["韩晨洋", "林洋颖", "刘玉强", "谢然桂", "何文", "彭娟明"]
    for found in read_twice([line(name, 22, 18.0) for name in names]):
        if found.one.text == found.two.text:
            assert min(found.each) >= min(0.5, *found.one.each, *found.two.each)


def test_a_word_that_the_form_prints_is_read_once() -> None:
    [once] = read_twice([line("教师姓名")], frozenset({"教师姓名"}))
    assert once.two is once.one


def test_nothing_is_read_of_nothing() -> None:
    blank = np.full((40, 120, 3), 255, np.uint8)
    assert [found.one.text for found in read_twice([blank, np.zeros((0, 0, 3), np.uint8)])] == ["", ""]
