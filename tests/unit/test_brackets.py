"""How wide brackets were typed, by their ink; where it does not tell, nothing is said."""

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image, ImageDraw, ImageFont

from extractors.brackets import has_own_white, is_wide_bracket
from extractors.twice import read_twice
from gengang.workspace import BUILT_IN

Pixels = npt.NDArray[np.uint8]
TEXTS = ("五（2）班", "三（1）班", "高一（3）班", "本科（函授）生", "永兴中学（东校区）旧址", "圆的面积（第2课时）下")
NARROW = str.maketrans("（）", "()")


def drawn(
    text: str, size: int, apart: float, noise: float, seed: int, name: str = "FandolFang-Regular.otf"
) -> tuple[Pixels, list[float]]:
    """A line of print, grained and blurred, with more room between its letters; and the middle of each."""
    face = ImageFont.truetype(str(BUILT_IN / "fonts" / name), size)
    paper = Image.new("L", (int(face.getlength(text) + apart * size * len(text)) + 40, size + 24), 255)
    at, middles = 20.0, []
    for char in text:
        ImageDraw.Draw(paper).text((at, 8), char, font=face, fill=20)
        middles.append(at + face.getlength(char) / 2)
        at += face.getlength(char) + apart * size
    grained = np.asarray(paper, np.float64) + np.random.default_rng(seed).normal(0, noise, (size + 24, paper.width))
    grey = np.clip(cv2.GaussianBlur(grained, (3, 3), 0.5), 0, 255).astype(np.uint8)
    return np.repeat(grey[:, :, None], 3, axis=2), middles


@settings(max_examples=60)
@given(some.sampled_from(TEXTS), some.booleans(), some.integers(24, 48), some.floats(0, 0.25), some.floats(0, 15),
       some.integers(0, 2**32))  # fmt: skip
def test_a_pair_is_never_taken_for_the_other_width(
    text: str, wide: bool, size: int, apart: float, noise: float, seed: int
) -> None:
    """Nor is an opening one called wide that was typed narrow, where the other tells nothing."""
    text = text if wide else text.translate(NARROW)
    line, middles = drawn(text, size, apart, noise, seed)
    found = {
        is_wide_bracket(line, at, char in "（(") for char, at in zip(text, middles, strict=True) if char in "（）()"
    }
    assert found != {not wide}
    opening = text.index("（" if wide else "(")
    assert is_wide_bracket(line, middles[opening], True) in ((True, None) if wide else (False, None))


def test_in_clear_print_most_are_told() -> None:
    found = []
    for text in TEXTS:
        for typed in (text, text.translate(NARROW)):
            line, middles = drawn(typed, 34, 0.0, 0.0, 1)
            found += [is_wide_bracket(line, at, char in "（(") is (typed == text)
                      for char, at in zip(typed, middles, strict=True) if char in "（）()"]  # fmt: skip
    assert sum(found) > 0.8 * len(found)


def test_nothing_is_said_of_a_blank_line_or_where_no_bracket_stands() -> None:
    assert is_wide_bracket(np.full((40, 200, 3), 255, np.uint8), 100, True) is None
    assert is_wide_bracket(np.zeros((0, 0, 3), np.uint8), 0, True) is None
    line, middles = drawn("一二三", 34, 0.0, 0.0, 1)
    assert is_wide_bracket(line, middles[1], True) is None


@pytest.mark.parametrize("text", ["五（2）班", "三（1）班", "高一（3）班", "本科（函授）", "七（4）"])
def test_the_width_of_wide_brackets_is_certain_and_that_of_narrow_ones_in_doubt(text: str) -> None:
    """Wide ones may be printed as narrow as these."""
    wide, narrow = read_twice([drawn(typed, 34, 0.0, 0.0, 1)[0] for typed in (text, text.translate(NARROW))])
    assert (wide.one.text, min(wide.each) > 0) == (text, True)
    assert min(narrow.each) < 0


@pytest.mark.parametrize("typed", ["本科 (函授)", "本科 （函授）", "圆的面积 （第2课时）"])
def test_a_bracket_behind_a_typed_blank_is_never_certain_without_it(typed: str) -> None:
    [found] = read_twice([drawn(typed, 34, 0.0, 0.0, 1)[0]])
    assert found.one.text == typed or min(found.each) < 0


@settings(max_examples=60)
@given(some.sampled_from(TEXTS), some.integers(24, 48), some.floats(0, 15), some.integers(0, 2**32),
       some.sampled_from(["FandolFang-Regular.otf", "handwriting/MaShanZheng-Regular.ttf",
                          "handwriting/LongCang-Regular.ttf"]))  # fmt: skip
def test_a_narrow_bracket_never_has_the_white_of_a_wide_one(
    text: str, size: int, noise: float, seed: int, face: str
) -> None:
    text = text.translate(NARROW)
    line, middles = drawn(text, size, 0.0, noise, seed, face)
    for char, at in zip(text, middles, strict=True):
        assert char not in "()" or not has_own_white(line, at, char == "(")
