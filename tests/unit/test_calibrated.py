"""A scanned calibration sheet: how far the second print is out of place, whatever the scanner does to the whole."""

import io
import math
from functools import cache

import cv2
import numpy as np
import pytest
from PIL import Image

from extractors.calibrated import measured
from extractors.marks import Pixels
from gengang.calibration import FIRST, SECOND, SHEETS, Lying, Measured
from gengang.findings import Finding
from scripts.calibration_drawing import DPI as SHARP
from scripts.calibration_drawing import marks_picture

DPI = 200
PIXELS_A_MM = DPI / 25.4


@cache
def sheet(lying: Lying, second: bool) -> Pixels:
    """The marks of one sheet, as a printer of 200 dpi lays them."""
    picture = marks_picture(lying, (SECOND if second else FIRST)[lying], ruled=not second)
    large = Image.open(io.BytesIO(picture)).convert("L")
    return np.asarray(large.resize([side * DPI // SHARP for side in large.size], Image.Resampling.BOX), np.uint8)


def moved(page: Pixels, right: float, down: float, scale: float = 1.0, turn: float = 0.0) -> Pixels:
    """The page as a printer lays it: about the middle turned (degrees clockwise) and scaled, then moved (mm)."""
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -turn, scale)
    shift = np.array([[0, 0, right], [0, 0, down]], np.float64) * PIXELS_A_MM
    return np.asarray(cv2.warpAffine(page, matrix + shift, (width, height), borderValue=(255,)), np.uint8)


def scanned(page: Pixels, turn: float = 0.0, dpi: int = 200, quarters: int = 0) -> bytes:
    """The page as a scanner gives it: at another resolution, a little turned, grainy."""
    share = dpi / DPI
    small = cv2.resize(page, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    height, width = small.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.0)
    small = cv2.warpAffine(small, matrix, (width, height), borderValue=(255,))
    grain = np.random.default_rng(7).normal(0, 8, small.shape)
    grey = np.clip(small * 0.85 + 25 + grain, 0, 255).astype(np.uint8)
    encoded = io.BytesIO()
    Image.fromarray(np.rot90(grey, quarters)).save(encoded, "JPEG", quality=85)
    return encoded.getvalue()


def both(lying: Lying, right: float, down: float, scale: float = 1.0, turn: float = 0.0) -> Pixels:
    """A sheet printed twice."""
    first = sheet(lying, second=False)
    second = moved(sheet(lying, second=True), right, down, scale, turn)
    return np.minimum(first, second)


def found(data: bytes) -> Measured:
    seen = measured(data)
    assert isinstance(seen, Measured)
    return seen


@pytest.mark.parametrize(
    ("lying", "right", "down", "turn", "dpi", "quarters"),
    [("竖", 2.3, -1.4, 0.0, 200, 0), ("竖", -3.0, 4.2, 1.5, 180, 1), ("横", 0.0, 0.0, -2.0, 150, 2),
     ("横", 1.1, 0.6, 0.7, 200, 3)],
)  # fmt: skip
def test_a_second_print_is_measured_against_the_first_however_it_is_scanned(
    lying: Lying, right: float, down: float, turn: float, dpi: int, quarters: int
) -> None:
    seen = found(scanned(both(lying, right, down), turn, dpi, quarters))
    assert (seen.lying, seen.by, seen.faults) == (lying, "第一遍的标记", ())
    assert math.hypot(seen.right - right, seen.down - down) < 0.1


@pytest.mark.parametrize(("lying", "quarters"), [("竖", 0), ("竖", 2), ("横", 1), ("横", 0)])
def test_a_second_print_alone_is_measured_against_the_edges(lying: Lying, quarters: int) -> None:
    alone = moved(sheet(lying, second=True), -2.0, 3.5)
    seen = found(scanned(alone, dpi=200, quarters=quarters))
    assert (seen.by, seen.faults) == ("扫描件的边", ())
    assert math.hypot(seen.right + 2.0, seen.down - 3.5) < 0.15


def test_a_print_that_was_fitted_to_the_page_or_fed_askew_is_not_used() -> None:
    fitted = found(scanned(both("竖", 0, 0, scale=0.97)))
    assert "缩放到97.0%" in fitted.faults[0]
    askew = found(scanned(both("横", 0.5, 0, turn=1.0)))
    assert "走歪了1.0度" in askew.faults[0]


def test_what_is_no_calibration_sheet_is_told() -> None:
    for data in (scanned(np.full((2339, 1654), 255, np.uint8)), b"%PDF-1.4 nothing", b"nothing"):
        assert isinstance(measured(data), Finding)
    cut = sheet("竖", second=True)[:2000]  # its edges are not the sheet's
    assert isinstance(measured(scanned(cut)), Finding)


def test_every_mark_stands_whole_on_its_sheet_and_no_two_touch() -> None:
    for lying, (width, height) in SHEETS.items():
        places = [*FIRST[lying].values(), *SECOND[lying].values()]
        assert all(14 < x < width - 14 and 14 < y < height - 14 for x, y in places)
        assert min(math.dist(one, other) for one in places for other in places if one != other) > 25
    numbers = [number for marks in (*FIRST.values(), *SECOND.values()) for number in marks]
    assert len(numbers) == len({*numbers}) == 16
