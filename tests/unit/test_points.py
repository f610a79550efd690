"""A point between figures stands on their foot; what stands above it is left of a figure's stroke."""

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.ocr import ReadText, read_lines
from extractors.points import lifted_points
from extractors.twice import UNSURE, Twice, read_twice, with_ink_of_others
from gengang.workspace import BUILT_IN

Pixels = npt.NDArray[np.uint8]
FACES = ("FandolFang-Regular.otf", "handwriting/LongCang-Regular.ttf", "handwriting/MaShanZheng-Regular.ttf")


def line(text: str, face: str = FACES[0], black: bool = False) -> Pixels:
    """A printed line, in black and white if asked."""
    font = ImageFont.truetype(str(BUILT_IN / "fonts" / face), 36)
    sheet = Image.new("L", (int(font.getlength(text)) + 24, 52), 255)
    ImageDraw.Draw(sheet).text((12, 4), text, font=font, fill=20)
    grey = np.asarray(sheet, np.uint8)
    return np.repeat((np.where(grey < 150, 0, 255).astype(np.uint8) if black else grey)[:, :, None], 3, axis=2)


def broken_four() -> Pixels:
    """14 of which black and white left a speck and an upright of the 4."""
    page = np.full((34, 60, 3), 255, np.uint8)
    for left, top, right, bottom in ((12, 6, 16, 27), (22, 17, 25, 20), (30, 6, 34, 27)):
        page[top:bottom, left:right] = 10
    return page


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("text", ["13.5", "0.5", "27.5", "2016.9.12", "100.0"])
@pytest.mark.parametrize("black", [False, True])
def test_the_point_of_a_number_stands_on_the_foot_of_its_figures(text: str, face: str, black: bool) -> None:
    page = line(text, face, black)
    [read] = read_lines([page])
    assert not lifted_points(read, page)


@pytest.mark.parametrize("before", ["请假", "出勤", "第"])
def test_a_point_among_figures_smaller_than_the_words_beside_them_stands_on_their_foot(before: str) -> None:
    words, figures = line(before), line("1.5")
    small = np.full((52, 66, 3), 255, np.uint8)
    small[:44] = np.asarray(Image.fromarray(figures).resize((66, 44)))
    page = np.concatenate([words[:, :-10], small], axis=1)
    [read] = read_lines([page])
    assert read.text.endswith("1.5")
    assert not lifted_points(read, page)


def test_what_stands_above_the_foot_is_no_point_and_not_sure() -> None:
    read = ReadText("1.1", 0.9, (0.9, 0.9, 0.9), (2, 4, 7), 15.0)
    assert lifted_points(read, broken_four()) == {1}
    assert not lifted_points(ReadText("1.1", 0.9, (0.9,) * 3), broken_four())
    assert not lifted_points(read, np.full((34, 60, 3), 255, np.uint8))
    found = with_ink_of_others(Twice(read, read, read.each), broken_four())
    assert found.each == (0.9, UNSURE, 0.9)


def test_a_speck_over_a_point_does_not_lift_it() -> None:
    page, read = broken_four(), ReadText("1.1", 0.9, (0.9, 0.9, 0.9), (2, 4, 7), 15.0)
    page[22:27, 21:26] = 10
    assert not lifted_points(read, page)


def test_a_line_that_is_read_twice_has_no_lifted_point_that_is_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    read = ReadText("1.1", 0.999, (0.999,) * 3, (2, 4, 7), 15.0)
    monkeypatch.setattr("extractors.twice.read_lines", lambda lines, *_: (read,) * len(lines))
    [found] = read_twice([broken_four()])
    assert found.each == (0.999, UNSURE, 0.999)
