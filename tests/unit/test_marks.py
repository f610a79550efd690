"""Page marks on pictures: found however the page lies, taken off it, and another code left alone."""

import io

import cv2
import numpy as np
import pytest
import segno

from extractors.marks import Pixels, issued_of, mark_taken_off
from gengang.issued import Issued, PageMark, text_of_mark

ONE = PageMark(Issued("appraisal", "0123456789ab", "P-0123456789ab"), 1)


def page(text: str, dots: int = 4) -> Pixels:
    """A page with a code at the top right and a black line of print below."""
    drawn = io.BytesIO()
    segno.make(text, error="q", micro=False).save(drawn, kind="png", scale=dots, border=2)
    code = np.asarray(cv2.imdecode(np.frombuffer(drawn.getvalue(), np.uint8), cv2.IMREAD_GRAYSCALE), np.uint8)
    sheet = np.full((1200, 850), 255, np.uint8)
    sheet[30 : 30 + code.shape[0], 820 - code.shape[1] : 820] = code
    sheet[600:610, 100:700] = 0
    return sheet


@pytest.mark.parametrize("turns", range(4))
def test_a_mark_is_found_however_the_page_lies(turns: int) -> None:
    found = mark_taken_off(np.ascontiguousarray(np.rot90(page(text_of_mark(ONE)), turns)))
    assert found.mark == ONE
    ink = int((np.rot90(found.pixels, -turns) < 128).sum())
    assert ink == 10 * 600  # the line of print alone


@pytest.mark.parametrize("seed", range(6))
def test_a_mark_is_found_on_a_tilted_noisy_page(seed: int) -> None:
    random = np.random.default_rng(seed)
    sheet = page(text_of_mark(ONE), dots=3).astype(np.float32)
    corners = np.array([[0, 0], [850, 0], [850, 1200], [0, 1200]], np.float32)
    seen = corners + random.uniform(-25, 25, corners.shape).astype(np.float32)
    bent = cv2.warpPerspective(sheet, cv2.getPerspectiveTransform(corners, seen), (850, 1200), borderValue=(120.0,))
    noisy = np.clip(cv2.GaussianBlur(bent, (3, 3), 0.8) * 0.8 + random.normal(0, 8, bent.shape), 0, 255)
    assert mark_taken_off(noisy.astype(np.uint8)).mark == ONE


def test_another_code_is_ink_like_any_other() -> None:
    sheet = page("https://example.invalid/pay")
    found = mark_taken_off(sheet)
    assert found.mark is None
    assert found.pixels is sheet


def test_pages_that_contradict_each_other_say_nothing() -> None:
    other = PageMark(Issued("appraisal", "0123456789ab", "P-ffffffffffff"), 2)
    assert issued_of([ONE, None]) == ONE.issued
    assert issued_of([ONE, other]) is None
    assert issued_of([None]) is None
