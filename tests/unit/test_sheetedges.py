"""A sheet on a desk is cut out whole: what is only lit ends nowhere."""

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from extractors.sheetedges import sheets_on


def photo(shadow: float) -> npt.NDArray[np.uint8]:
    """A sheet of 500 by 700 pixels on a dark desk, its right side in a soft shadow that leaves so much of the light."""
    picture = np.full((900, 700, 3), 45, np.float32)
    corners = np.array([(100, 100), (600, 110), (590, 800), (90, 790)])
    cv2.fillPoly(picture, [corners], (225, 225, 225))
    light = np.interp(np.arange(700), [300, 560], [1.0, shadow])[None, :, None]
    return np.asarray(picture * light, np.uint8)


@pytest.mark.parametrize("shadow", [1.0, 0.6, 0.45])
def test_a_sheet_half_in_a_shadow_is_cut_out_whole(shadow: float) -> None:
    [sheet] = sheets_on(photo(shadow))
    height, width = sheet.pixels.shape[:2]
    assert width == pytest.approx(500, abs=12)
    assert height == pytest.approx(690, abs=12)


def test_a_book_whose_fold_is_a_dark_line_is_two_sheets() -> None:
    picture = np.full((700, 1000, 3), 45, np.uint8)
    picture[60:640, 60:490] = picture[60:640, 512:942] = 225
    assert [sheet.pixels.shape[1] for sheet in sheets_on(picture)] == pytest.approx([430, 430], abs=8)


DESKS = {"green": (40, 118, 60), "teal": (30, 122, 118), "blue": (40, 50, 140), "brown": (120, 84, 50)}


@pytest.mark.parametrize("desk", DESKS.values(), ids=DESKS)
@pytest.mark.parametrize("shadow", [1.0, 0.55])
def test_a_bent_sheet_on_a_coloured_desk_is_cut_out_whole(desk: tuple[int, int, int], shadow: float) -> None:
    """Its long sides bulge; half of it may lie in a hard shadow, under which paper is darker than the desk in light."""
    picture = np.full((900, 700, 3), desk, np.float32)
    along = np.linspace(0, 1, 60)
    bulge = 14 * np.sin(np.pi * along)
    left = np.stack((100 - bulge, 110 + 680 * along), axis=1)
    right = np.stack((600 - bulge, 100 + 700 * along), axis=1)[::-1]
    cv2.fillPoly(picture, [np.concatenate((left, right)).astype(np.int32)], (228, 225, 215))
    light = np.where(np.add.outer(np.arange(900), 0.35 * np.arange(700)) < 420, shadow, 1.0)[:, :, None]
    noise = np.random.default_rng(5).normal(0, 3, picture.shape)
    [sheet] = sheets_on(np.asarray(np.clip(picture * light + noise, 0, 255), np.uint8))
    height, width = sheet.pixels.shape[:2]
    assert width == pytest.approx(506, abs=20)
    assert height == pytest.approx(690, abs=16)


def test_a_corner_turned_down_costs_the_sheet_nothing_else() -> None:
    picture = np.full((900, 700, 3), 45, np.uint8)
    cv2.fillPoly(picture, [np.array([(100, 100), (530, 104), (600, 180), (590, 800), (90, 790)])], (225, 225, 225))
    [sheet] = sheets_on(picture)
    height, width = sheet.pixels.shape[:2]
    assert (width, height) == (pytest.approx(500, abs=14), pytest.approx(690, abs=14))


def test_where_a_shadow_may_hide_a_part_of_the_sheet_the_picture_is_left_as_it_is() -> None:
    """A desk as dark as the paper in shadow: what is lit has five sides, and drawn on they would cut the paper."""
    picture = np.full((900, 700, 3), 80, np.uint8)
    picture[60:850, 60:640] = 225
    lit = np.array([(60, 60), (640, 60), (640, 600), (420, 850), (60, 850)])
    shadow = np.ones((900, 700), np.uint8)
    cv2.fillPoly(shadow, [lit], (0,))
    picture[(shadow == 1) & (picture[:, :, 0] == 225)] = 79
    [sheet] = sheets_on(picture)
    assert sheet.pixels.shape == picture.shape


def test_a_scan_with_a_large_dark_picture_is_left_as_it_is() -> None:
    scan = np.full((1100, 800, 3), 250, np.uint8)
    scan[80:500, 60:740] = (60, 70, 90)
    [sheet] = sheets_on(scan)
    assert sheet.pixels.shape == scan.shape
