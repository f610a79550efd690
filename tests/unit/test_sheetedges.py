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
