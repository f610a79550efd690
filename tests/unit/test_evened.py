"""A letter has no ruling lines: its lines of text tell how it is bent, and only where they tell it."""

import cv2
import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from hypothesis import strategies as some

from extractors.evened import evened, evened_by_text

Pixels = npt.NDArray[np.uint8]
Frame = npt.NDArray[np.float64]
HIGH, WIDE = 1200, 1000
TOPS = (200, 260, 330, 480)


def letter(ruled: bool = False) -> Pixels:
    """Four lines of thirty letters, in three layers. ruled: with as many ruling lines."""
    page = np.zeros((HIGH, WIDE, 3), np.uint8)
    page[:, :, 0] = 255
    for top in TOPS:
        for number in range(30):
            page[top : top + 24, 50 + 30 * number : 70 + 30 * number, 0] = 20
        if ruled:
            page[top + 40 : top + 42, 40:960, 0] = 20
    return page


def bent(page: Pixels, by: float) -> Pixels:
    """The page lower in its middle than at its sides, by so many pixels."""
    columns, rows = np.meshgrid(np.arange(WIDE, dtype=np.float32), np.arange(HIGH, dtype=np.float32))
    down = (by * (1 - (2 * columns / WIDE - 1) ** 2)).astype(np.float32)
    drawn = cv2.remap(page, columns, rows - down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(drawn, np.uint8)


def halves(by: float) -> list[Frame]:
    """The frames of the left and the right half of each line, as a detector of straight frames finds them."""
    at = np.array([0.05, 0.5, 0.95])
    down = by * (1 - (2 * at - 1) ** 2)
    return [
        np.array([[x1, top + y1], [x2, top + y2], [x2, top + y2 + 24], [x1, top + y1 + 24]], np.float64)
        for top in TOPS
        for x1, x2, y1, y2 in zip(at[:2] * WIDE, at[1:] * WIDE, down[:2], down[1:], strict=True)
    ]


def falls(page: Pixels) -> float:
    """By how much the upper edge of the first line differs from side to side, pixels."""
    edges = [int(np.nonzero(page[:, left : left + 60, 0] < 128)[0].min()) for left in range(60, 920, 60)]
    return float(max(edges) - min(edges))


@settings(max_examples=15, deadline=None)
@given(some.floats(-35, 35).filter(lambda by: abs(by) > 12))
def test_a_bent_letter_is_drawn_with_its_lines_straight(by: float) -> None:
    page = bent(letter(), by)
    even = evened_by_text(page, halves(by))
    assert even is not None
    assert falls(page) > 6
    assert falls(even) < 4
    assert not even[:, :, 1:].any()


def test_a_straight_letter_one_of_few_lines_and_a_ruled_page_are_left_as_they_are() -> None:
    assert evened_by_text(letter(), halves(0.0)) is None
    assert evened_by_text(bent(letter(), 30.0), halves(30.0)[:2]) is None
    assert evened_by_text(bent(letter(ruled=True), 30.0), halves(30.0)) is None
    assert evened_by_text(np.full((HIGH, WIDE, 3), 255, np.uint8), halves(30.0)) is None


def row(*rules: int) -> Pixels:
    """A page with nothing but lying lines from side to side, three pixels thick."""
    page = np.zeros((HIGH, WIDE, 3), np.uint8)
    page[:, :, 0] = 255
    for top in rules:
        page[top : top + 3, 40:960, 0] = 20
    return page


@settings(max_examples=15, deadline=None)
@given(some.floats(-35, 35).filter(lambda by: abs(by) > 12))
def test_a_lone_row_of_a_bent_page_is_drawn_straight(by: float) -> None:
    """As the last row of a form on its last page is: of the rest of the page no line tells anything."""
    page = bent(row(200, 280), by)
    assert falls(page) > 6
    assert falls(evened(page)) < 4


def test_a_straight_row_and_a_lone_line_are_left_as_they_are() -> None:
    short = row(200, 280)
    short[:, 440:, 0] = 255
    far = row(200, 900)  # what lies between two of a whole page's lines nobody knows
    for page in (row(200, 280), bent(row(200), 30.0), row(), bent(short, 30.0), bent(far, 30.0)):
        assert evened(page) is page
