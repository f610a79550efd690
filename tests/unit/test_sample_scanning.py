"""Scans and faxes of the sample: what page lies where, how it looks, and that a seed fixes every byte."""

import io

import cv2
import numpy as np
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gengang.sample.pictures import Picture, pages_of
from gengang.sample.scanning import ScanStyle, faxed, scanned
from gengang.sample.seals import Stamp
from tests.unit.sample_pages import around, box_pages, drawn, redness

PAGES = box_pages(2)
SEAL = Stamp(2, (0.5, 0.8), "安和县实验学校")


def pictures_in(pdf: bytes) -> list[Picture]:
    """The pictures of a PDF as they are stored."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        stored = (page.Resources.XObject.Page for page in document.pages)
        images = [pikepdf.PdfImage(image) for image in stored if isinstance(image, pikepdf.Stream)]
        return [np.asarray(image.as_pil_image().convert("L")) for image in images]


def dark_share(picture: Picture) -> float:
    return float((cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY) < 100).mean())


def test_a_scanned_seal_is_red_in_colour_and_grey_in_grey() -> None:
    colour = drawn(scanned(PAGES, 1, ScanStyle(colour=True), [SEAL]))
    grey = drawn(scanned(PAGES, 1, seals=[SEAL]))
    assert redness(around(colour[1], SEAL.centre, 0.12)).mean() > 0.08
    assert not redness(colour[0]).any()
    pressed = around(grey[1], SEAL.centre, 0.12)
    assert pressed.std() > around(grey[0], SEAL.centre, 0.12).std() + 10
    assert (pressed.max(axis=2) - pressed.min(axis=2)).max() == 0


def test_backs_lie_between_the_pages_and_are_almost_white() -> None:
    pages = drawn(scanned(PAGES, 1, ScanStyle(blank_backs=True)), 40)
    assert [dark_share(page) > 0.05 for page in pages] == [True, False, True, False]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_lies_turned_clockwise_by_what_was_asked(turned: int) -> None:
    straight, lying = drawn(scanned(PAGES, 1, ScanStyle(tilt=0, noise=0, turned=((2, turned),))), 40)
    back = np.rot90(lying, turned // 90)
    assert back.shape == straight.shape
    assert cv2.absdiff(np.ascontiguousarray(back), straight).mean() < 2


def test_dots_an_inch_are_those_of_the_style() -> None:
    [usual, _], [fine, _] = pictures_in(scanned(PAGES, 1)), pictures_in(scanned(PAGES, 1, ScanStyle(dpi=300)))
    assert usual.shape == pytest.approx((842 * 200 / 72, 595 * 200 / 72), abs=1)
    assert fine.shape == pytest.approx((842 * 300 / 72, 595 * 300 / 72), abs=1)


def test_a_seed_fixes_every_byte() -> None:
    assert faxed(PAGES, 1) == faxed(PAGES, 1) != faxed(PAGES, 2)
    style = ScanStyle(colour=True)
    assert scanned(PAGES, 1, style, [SEAL]) == scanned(PAGES, 1, style, [SEAL]) != scanned(PAGES, 2, style, [SEAL])


def test_a_fax_has_two_colours_and_keeps_what_is_black() -> None:
    pdf = faxed(PAGES, 1)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        stored = document.pages[0].Resources.XObject.Page
        assert stored.Filter == "/CCITTFaxDecode"
        assert (int(stored.BitsPerComponent), int(stored.DecodeParms.K)) == (1, -1)
    [page, _] = pictures_in(pdf)
    assert set(np.unique(page)) == {0, 255}
    box, paper = page[700:1200, 330:1050], page[1500:2200]
    assert box.mean() < 10
    assert 0 < (paper == 0).mean() < 0.01


def test_a_viewer_shows_a_fax_as_it_is_stored() -> None:
    pdf = faxed(PAGES, 1)
    shown = cv2.cvtColor(drawn(pdf, 200)[0], cv2.COLOR_BGR2GRAY)
    [stored, _] = pictures_in(pdf)
    assert (
        cv2.absdiff(shown[: stored.shape[0], : stored.shape[1]], stored[: shown.shape[0], : shown.shape[1]]).mean() < 6
    )


def test_the_head_of_a_fax_stands_above_the_page() -> None:
    [plain, _], [headed, _] = pictures_in(faxed(PAGES, 1)), pictures_in(faxed(PAGES, 1, "2016-12-06 09:31"))
    assert (headed[:60] == 0).sum() > (plain[:60] == 0).sum() + 400
    assert (headed[60:] == plain[60:]).all()


@settings(max_examples=4, deadline=None)
@given(pages=st.integers(1, 3), backs=st.booleans(), seed=st.integers(0, 2**32 - 1))
def test_no_page_is_lost(pages: int, backs: bool, seed: int) -> None:
    pdf = box_pages(pages)
    assert len(pages_of(scanned(pdf, seed, ScanStyle(blank_backs=backs)), 10)) == pages * (1 + backs)
    assert len(pages_of(faxed(pdf, seed), 10)) == pages


def test_a_fax_is_small() -> None:
    assert len(faxed(PAGES, 1)) < len(scanned(PAGES, 1)) / 4
