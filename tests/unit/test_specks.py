"""Specks go, and with them nothing that was written: points, dots of letters and dotted lines stay."""

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image, ImageDraw, ImageFont

from extractors.scan import Picture, page_of_picture
from extractors.specks import without_specks
from gengang.sheet import squeezed
from gengang.workspace import BUILT_IN

Pixels = npt.NDArray[np.uint8]
LETTER = (
    "学校领导：",
    "本人陈英，系新庄镇中心小学教师，因家中老人住院，需请假4.5天",
    "请予批准。",
    "联系电话：18600007522",
)


def sheet() -> Pixels:
    """White, with a letter and a decimal point close to it, and a dotted line."""
    page = np.full((600, 900), 255, np.uint8)
    page[100:130, 100:110] = 0
    page[127:129, 114:116] = 0
    page[300, 200:500:4] = 0
    return page


def speckled(page: Pixels, share: float, seed: int) -> Pixels:
    dots = np.random.default_rng(seed).random(page.shape) < share
    return np.where(dots, 0, page).astype(np.uint8)


def letter() -> Pixels:
    """A page (2339, 1654) with four lines close below one another."""
    paper = Image.new("L", (1654, 2339), 255)
    face = ImageFont.truetype(str(BUILT_IN / "fonts" / "FandolFang-Regular.otf"), 30)
    for number, line in enumerate(LETTER):
        ImageDraw.Draw(paper).text((150, 240 + 36 * number), line, font=face, fill=0)
    return np.asarray(paper, np.uint8)


@settings(max_examples=20)
@given(some.floats(0.004, 0.01), some.integers(0, 2**32))
def test_specks_go_and_ink_stays(share: float, seed: int) -> None:
    page = sheet()
    dirty = speckled(page, share, seed)
    clean = without_specks(dirty)
    assert (clean[page == 0] == 0).all()
    assert (clean[page == 255] < 255).sum() < 0.35 * (dirty[page == 255] < 255).sum()


def test_a_clean_page_is_left_as_it_is() -> None:
    page = sheet()
    assert without_specks(page) is page


def test_other_layers_are_kept() -> None:
    layers = np.dstack([speckled(sheet(), 0.006, 1), np.full((600, 900), 7, np.uint8), np.zeros((600, 900), np.uint8)])
    clean = without_specks(layers)
    assert (clean[:, :, 1:] == layers[:, :, 1:]).all()
    assert (clean[:, :, 0] > layers[:, :, 0]).any()


@pytest.mark.parametrize(("share", "degrees"), [(0.0, 0.0), (0.007, 0.0), (0.0, 0.7), (0.004, -0.8)])
def test_a_letter_without_ruling_is_read_line_by_line_however_it_lies(share: float, degrees: float) -> None:
    page = letter()
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    lying = np.asarray(cv2.warpAffine(page, turn, (width, height), borderValue=(255,)), np.uint8)
    bilevel = np.where(speckled(lying, share, 3) < 140, 0, 255).astype(np.uint8)
    read, _ = page_of_picture(Picture(1, np.repeat(bilevel[:, :, None], 3, axis=2)))
    assert [squeezed(line.text) for line in read.loose] == [squeezed(line) for line in LETTER]


def test_the_lines_of_a_bent_letter_without_ruling_are_one_paragraph_as_far_as_they_go_on() -> None:
    page = letter()
    rows, columns = (np.asarray(one, np.float32) for one in np.indices(page.shape))
    bow = 8 * np.sin(np.pi * (columns - 150) / 900)
    bent = cv2.remap(page, columns, np.asarray(rows + bow, np.float32), cv2.INTER_LINEAR, borderValue=(255,))
    read, _ = page_of_picture(Picture(1, np.repeat(np.asarray(bent, np.uint8)[:, :, None], 3, axis=2)))
    assert [squeezed(line.text) for line in read.loose] == [squeezed(line) for line in LETTER]
