"""Lone marks by their shape: as fonts print them, as a pen draws them; letters and scrawls are none."""

import math
from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from extractors.files import read_bytes
from extractors.signs import IN_DOUBT, SIGNS, sign_of, small_sign_of
from gengang.reading import FieldReading
from gengang.workspace import BUILT_IN
from tests.unit.prints import converted, file_of, photographed
from tests.unit.wordfiles import docx, form_with, p, ruled, tr

Pixels = npt.NDArray[np.uint8]
Path = list[tuple[float, float]]

# Each mark as a pen goes, in a frame of one by one.
SPECK = "speck"  # so small that nobody can tell what it is
ROUND: Path = [(0.5 + 0.5 * math.cos(turn / 10), 0.5 + 0.5 * math.sin(turn / 10)) for turn in range(62)]
PENS: dict[str, list[Path]] = {
    "√": [[(0.0, 0.55), (0.3, 1.0), (1.0, 0.0)]],
    "○": [ROUND],
    "△": [[(0.5, 0.0), (0.0, 1.0), (1.0, 1.0), (0.5, 0.0)]],
    "×": [[(0.0, 0.0), (1.0, 1.0)], [(1.0, 0.0), (0.0, 1.0)]],
    "／": [[(1.0, 0.0), (0.0, 1.0)]],
    SPECK: [[(0.4, 0.4), (0.55, 0.5)], [(0.4, 0.55), (0.6, 0.5)]],
}


def drawn(strokes: list[Path], size: float, width: float, thick: int, shake: Callable[[], float]) -> Pixels:
    """A cell with a mark so large, so much wider than high, by a hand that shakes."""
    cell = np.zeros((120, 160), np.uint8)
    for stroke in strokes:
        points = [(40 + size * width * (x + shake()), 30 + size * (y + shake())) for x, y in stroke]
        cv2.polylines(cell, [np.round(np.array(points)).astype(np.int32)], False, (255,), thick, cv2.LINE_AA)
    return np.asarray(np.where(cell > 90, 255, 0), np.uint8)


@pytest.mark.parametrize("sign", sorted(SIGNS))
@given(size=st.floats(20, 60), width=st.floats(0.8, 1.25), thick=st.integers(2, 4), seed=st.integers(0, 1 << 20))
def test_a_mark_by_a_hand_is_itself_or_nothing(sign: str, size: float, width: float, thick: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    found = sign_of(drawn(PENS[sign], size, width, thick, lambda: float(chance.normal(0, 0.012))))
    assert found in (sign, "")


@pytest.mark.parametrize("sign", sorted(SIGNS))
def test_nearly_every_mark_by_a_hand_is_known(sign: str) -> None:
    chance = np.random.default_rng(7)
    found = [sign_of(drawn(PENS[sign], chance.uniform(20, 60), chance.uniform(0.8, 1.25), int(chance.integers(2, 5)),
                           lambda: float(chance.normal(0, 0.012)))) for _ in range(100)]  # fmt: skip
    assert found.count(sign) >= 90


def printed(char: str, size: int) -> Pixels:
    page = Image.new("L", (140, 120), 0)
    face = ImageFont.truetype(str(BUILT_IN / "fonts" / "FandolFang-Regular.otf"), size)
    ImageDraw.Draw(page).text((30, 20), char, font=face, fill=255)
    return np.asarray(np.where(np.asarray(page) > 110, 255, 0), np.uint8)


@pytest.mark.parametrize("size", [30, 44])
@pytest.mark.parametrize("sign", ["√", "○", "△", "×"])
def test_a_mark_in_print_is_known(sign: str, size: int) -> None:
    assert sign_of(printed(sign, size)) == sign


@pytest.mark.parametrize("text", [*"人八口日田山女十一二三大小AV7148L", "甲乙", "迟到", "", "▽", "□", "☑"])
def test_a_letter_or_another_mark_is_none(text: str) -> None:
    assert sign_of(printed(text, 40)) == ""


@pytest.mark.parametrize("side", [1, 2, 3, 4])
def test_dirt_is_no_mark(side: int) -> None:
    cell = np.zeros((60, 200), np.uint8)
    cell[20 : 20 + side, 40 : 40 + side] = cell[40 : 40 + side, 150 : 150 + side] = 255
    assert not sign_of(cell)
    assert not small_sign_of(cell)


MARKED = [("10月12日", "morning"), ("10月13日", "afternoon"), ("10月14日", "third"), ("10月15日", "fourth"),
          ("10月16日", "blank"), ("10月17日", "speck")]  # fmt: skip
DRAWN = ("√", "○", "△", "×", "", SPECK)


def register(value: Callable[[str], str]) -> tuple[str, ...]:
    rows = (tr(day, value(name), "按时到岗听课") for day, name in MARKED)
    return p("研修出勤登记表"), ruled(tr("日期", "出勤情况", "活动内容"), *rows)


def _box(text: pypdfium2.PdfTextPage, words: str) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of words on a page, in points."""
    first, count = text.search(words).get_next()
    boxes = [text.get_charbox(number) for number in range(first, first + count)]
    return boxes[0][0], boxes[0][1], boxes[-1][2], boxes[0][3]


@pytest.mark.parametrize("side", [7, 8, 10])
def test_a_cross_hardly_larger_than_dirt_is_one_for_a_person(side: int) -> None:
    cell = np.zeros((60, 200), np.uint8)
    for at in range(side):
        for x in (at, side - 1 - at):
            cell[30 + at, 90 + x : 92 + x] = 255
    assert small_sign_of(cell) == f"×{IN_DOUBT}"
    assert not sign_of(cell)
    for dirt in (cv2.circle(np.zeros_like(cell), (90, 30), side // 2, (255,), -1),
                 cv2.rectangle(np.zeros_like(cell), (90, 30), (90 + side, 33), (255,), -1)):  # fmt: skip
        assert small_sign_of(np.asarray(dirt, np.uint8)) in ("", IN_DOUBT)


def test_marks_that_a_pen_drew_into_a_form_are_read_by_their_shape() -> None:
    form = form_with(*register(lambda name: f"{{{{ {name} | choice('√', '○', '△', '×') }}}}"))
    document = pypdfium2.PdfDocument(converted(docx(*register(lambda _: "")), "docx", "pdf"))
    drawn_page = document[0].render(scale=200 / 72, rev_byteorder=True).to_numpy()
    text = document[0].get_textpage()
    page = np.ascontiguousarray(drawn_page[:, :, :3], dtype=np.uint8)
    for (day, _), sign in zip(MARKED, DRAWN, strict=True):
        across = _box(text, "出勤情况")[0] * 200 / 72 + 20
        down = (document[0].get_height() - _box(text, day)[3]) * 200 / 72
        for stroke in PENS.get(sign, []):
            points = np.round([(across + 26 * x, down + 26 * y) for x, y in stroke]).astype(np.int32)
            cv2.polylines(page, [points], False, (30, 30, 90), 3, cv2.LINE_AA)
    document.close()
    for picture in (page, photographed(page)):
        [reading] = read_bytes("a.png", file_of(picture), [form]).submissions
        found = [reading.fields[name] for _, name in MARKED]
        *told, speck = [(one.value, one.status) for one in found if isinstance(one, FieldReading)]
        assert told == [*((sign, "accepted") for sign in DRAWN[:4]), (None, "blank")]
        assert speck in ((None, "unread"), (None, "review"))
