"""Ink that no reading accounts for."""

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from extractors.ink import left_over, missed_lines, overlooks_end, overlooks_ink
from extractors.layout import Rect

STEPS = 40.0


def line(*letters: int, underlined: bool = False) -> npt.NDArray[np.uint8]:
    """A line of 48 by 320 pixels with a block of 30 by 30 at each place."""
    pixels = np.full((48, 320, 3), 250, np.uint8)
    for left in letters:
        cv2.rectangle(pixels, (left, 9), (left + 30, 39), (20, 20, 20), 3)
    if underlined:
        cv2.line(pixels, (0, 43), (319, 43), (20, 20, 20), 2)
    return pixels


def test_letters_that_were_read_leave_nothing() -> None:
    assert not overlooks_ink(line(10, 50, 90), (3, 8, 13), STEPS)
    assert not overlooks_ink(line(10, 50, 90, underlined=True), (3, 8, 13), STEPS)


def test_a_letter_that_was_passed_over_is_seen() -> None:
    assert overlooks_ink(line(10, 50, 90, 180), (3, 8, 13), STEPS)


def test_a_full_stop_behind_the_last_letter_that_nobody_read_is_seen() -> None:
    for left, top, size, seen in ((90, 28, 10, True), (90, 28, 3, False), (90, 2, 10, False), (200, 28, 10, False)):
        pixels = line(10, 50)
        cv2.rectangle(pixels, (left, top), (left + size, top + size), (20, 20, 20), 2 if size > 3 else -1)
        assert overlooks_end(pixels, 8, STEPS) is seen
    cut = line(10, 50)[:, :97]
    cv2.circle(cut, (97, 30), 6, (20, 20, 20), 2)
    assert overlooks_end(cut, 8, STEPS * 97 / 320)
    assert not overlooks_end(line(10, 50), 8, STEPS)


def test_the_foot_of_a_comma_that_the_frame_of_its_line_cuts_is_seen() -> None:
    """Of a comma in a photo the foot of it alone is dark: three pixels wide, and lower than a full stop."""
    pixels = line(10, 50)
    pixels[37:46, 90:94] = 60
    assert overlooks_end(pixels, 8, STEPS)
    pixels[37:46, 93] = 250  # in black and white
    assert overlooks_end(pixels, 8, STEPS)
    pixels[37:46, 90:92] = 250
    assert not overlooks_end(pixels, 8, STEPS)


def test_the_stroke_of_an_exclamation_mark_that_its_frame_left_out_is_seen() -> None:
    for top, bottom, width, seen in ((8, 28, 5, True), (8, 12, 5, False), (0, 47, 5, False), (8, 28, 20, False)):
        pixels = line(10, 50)
        pixels[top:bottom, 96 : 96 + width] = 20
        assert overlooks_end(pixels, 8, STEPS) is seen


def test_a_flat_character_that_was_passed_over_is_seen() -> None:
    for grey, top, seen in ((20, 22, True), (165, 22, True), (20, 42, False), (220, 22, False)):
        pixels = line(10, 50)
        cv2.rectangle(pixels, (140, top), (168, top + 3), (grey,) * 3, -1)
        assert overlooks_ink(pixels, (3, 8), STEPS) is seen
        assert not overlooks_ink(pixels, (3, 8, 19), STEPS)
        pixels[:, :90] = 250  # letters that were read are too faint to see
        assert overlooks_ink(pixels, (3, 8), STEPS) is seen
        assert not overlooks_ink(pixels, (3, 8), STEPS, (3, 8, 19))


def test_a_figure_on_a_ruled_blank_is_seen() -> None:
    pixels = line(10, 50)
    cv2.line(pixels, (100, 42), (250, 42), (20, 20, 20), 2)
    assert not overlooks_ink(pixels, (3, 8), STEPS)
    cv2.line(pixels, (180, 12), (180, 38), (20, 20, 20), 3)
    assert overlooks_ink(pixels, (3, 8), STEPS)


def test_a_speck_over_a_ruled_blank_is_no_figure() -> None:
    pixels = line(10, 50)
    cv2.line(pixels, (150, 42), (190, 42), (20, 20, 20), 2)
    pixels[12:14, 160:163] = 20
    assert not overlooks_ink(pixels, (3, 8), STEPS)
    pixels[12:20, 160:163] = 20
    assert overlooks_ink(pixels, (3, 8), STEPS)


def test_the_blank_of_the_line_above_makes_no_figure_of_a_blank() -> None:
    pixels = line(10, 50)
    pixels[40:43, 150:190] = 20
    pixels[2:6, 150:190] = 20
    assert not overlooks_ink(pixels, (3, 8), STEPS)
    pixels[10:14, 150:190] = 20
    pixels[2:6] = 250  # a 二, no higher than the letters
    assert overlooks_ink(pixels, (3, 8), STEPS)
    pixels[2:16, 150:190] = 20  # no stroke, but something high
    assert overlooks_ink(pixels, (3, 8), STEPS)


def test_a_figure_on_a_blank_of_which_nothing_but_the_blank_was_read_is_seen() -> None:
    blank = np.full((48, 120, 3), 250, np.uint8)
    cv2.line(blank, (5, 42), (115, 42), (20, 20, 20), 2)
    assert not overlooks_ink(blank, (), 15.0, (3, 7, 11))
    cv2.line(blank, (60, 12), (60, 38), (20, 20, 20), 3)
    assert overlooks_ink(blank, (), 15.0, (3, 7, 11))


def test_nothing_is_said_of_a_line_without_ink_or_reading() -> None:
    assert not overlooks_ink(line(), (3,), STEPS)
    assert not overlooks_ink(line(10), (), STEPS)


def test_a_short_blank_at_the_foot_of_a_line_is_no_ink_and_a_stroke_in_its_middle_is() -> None:
    page = np.zeros((80, 300), np.uint8)
    area, word = Rect(0, 0, 300, 80), Rect(20, 20, 120, 56)
    page[52:55, 130:167] = 255
    assert left_over(page, area, [word]) == []
    page[37:40, 190:222] = 255
    assert left_over(page, area, [word]) == [Rect(190, 37, 222, 40)]


def test_two_specks_side_by_side_in_an_empty_cell_may_be_a_letter_and_one_is_dirt() -> None:
    """八 as a hand may write it."""
    page = np.zeros((80, 300), np.uint8)
    area = Rect(0, 0, 300, 80)
    page[36:42, 40:43] = 255
    page[60:64, 200:204] = 255
    assert left_over(page, area, []) == []
    page[35:42, 48:51] = 255
    assert left_over(page, area, []) == [Rect(40, 35, 51, 42)]
    assert left_over(page, area, [Rect(120, 20, 180, 56)]) == []


def test_a_stroke_level_with_the_line_behind_it_is_no_blank_at_the_foot_of_the_line_above() -> None:
    page = np.zeros((120, 300), np.uint8)
    area, above, behind = Rect(0, 0, 300, 120), Rect(20, 20, 90, 56), Rect(100, 42, 280, 80)
    page[60:63, 60:92] = 255
    assert left_over(page, area, [above]) == []
    assert left_over(page, area, [above, behind]) == [Rect(60, 60, 92, 63)]


@pytest.mark.parametrize(("foot", "letter"), [(57, False), (50, True)])
def test_a_stroke_well_below_the_letters_over_it_is_the_next_line_s_and_no_blank_on_which_they_stand(
    foot: int, letter: bool
) -> None:
    """星期一 in a cell for two letters."""
    page = np.zeros((120, 120), np.uint8)
    page[foot - 28 : foot, 24:52] = page[foot - 28 : foot, 56:84] = 255
    page[62:66, 40:69] = 255
    assert left_over(page, Rect(0, 0, 120, 120), [Rect(16, 16, 92, 58)]) == [Rect(40, 62, 69, 66)] * letter


def test_the_dots_of_a_letter_that_was_passed_over_are_in_its_frame_and_dirt_farther_off_is_not() -> None:
    """点 whose dots stand apart; without them it is 占."""
    page = np.zeros((160, 200), np.uint8)
    page[40:62, 60:84] = 255
    for left in (60, 68, 76):
        page[65:72, left : left + 4] = 255
    page[110:117, 70:74] = 255
    line = Rect(20, 4, 120, 30)
    assert left_over(page, Rect(0, 0, 200, 160), [line]) == [Rect(60, 40, 84, 72)]


@pytest.mark.parametrize(("top", "width", "seen"), [(70, 30, True), (75, 30, False), (70, 12, False), (70, 90, False)])
def test_a_stroke_as_long_as_a_letter_near_a_cell_s_edge_is_one_unless_it_clings_to_it(
    top: int, width: int, seen: bool
) -> None:
    """The lowest stroke of 三 in a narrow cell; a rule's rest is shorter, longer or at the edge."""
    page = np.zeros((80, 200), np.uint8)
    page[top : top + 4, 40 : 40 + width] = 255
    found = left_over(page, Rect(0, 0, 200, 80), [Rect(100, 4, 180, 30)])
    assert found == [Rect(40, top, 40 + width, top + 4)] * seen


def page_of_lines(slope: float, *tops: int) -> npt.NDArray[np.uint8]:
    """Ink of a page with lines of twenty letters, which rise or sink from one to the next by the slope."""
    ink = np.zeros((600, 900), np.uint8)
    for top in tops:
        for number in range(20):
            high = top + round(slope * 34 * number)
            cv2.rectangle(ink, (60 + 34 * number, high), (84 + 34 * number, high + 24), (255,), 2)
    return ink


@settings(max_examples=40)
@given(some.floats(-0.06, 0.06), some.integers(0, 3))
def test_a_line_of_letters_that_detection_passed_over_is_seen_and_no_other(slope: float, hidden: int) -> None:
    tops = (120, 170, 220, 270)
    frames = [Rect(50, min(top, top + slope * 680) - 6, 760, max(top, top + slope * 680) + 32) for top in tops]
    apart = [Rect(50, 20, 300, 60), Rect(50, 500, 300, 540)]
    found = missed_lines(page_of_lines(slope, *tops), [*frames[:hidden], *frames[hidden + 1 :], *apart], 36.0)
    assert not missed_lines(page_of_lines(slope, *tops), [*frames, *apart], 36.0)
    if abs(slope) < 0.02:  # else the frames of its neighbours take much of it
        assert [abs(rect.centre[1] - tops[hidden] - 12 - slope * 323) < 3 for rect in found] == [True]


def test_a_few_spots_and_what_lies_outside_all_text_are_no_line() -> None:
    assert not missed_lines(page_of_lines(0.0, 120), [], 36.0)
    assert not missed_lines(page_of_lines(0.0, 120), [Rect(50, 300, 760, 340)], 36.0)
    few = page_of_lines(0.0, 120)
    few[:, 300:] = 0
    assert not missed_lines(few, [Rect(50, 20, 760, 60), Rect(50, 300, 760, 340)], 36.0)


@pytest.mark.parametrize(
    ("gap", "between", "wanted"), [(100, None, 1), (200, None, 1), (200, (450, 550), 2), (500, None, 2)]
)
def test_a_line_with_a_blank_in_it_is_one_but_where_something_known_stands_there(
    gap: int, between: tuple[int, int] | None, wanted: int
) -> None:
    ink = np.zeros((600, 1700), np.uint8)
    for number in range(24):
        left = 60 + 30 * number + (gap if number >= 12 else 0)
        cv2.rectangle(ink, (left, 200), (left + 22, 224), (255,), 2)
    known = [Rect(50, 20, 700 if gap == 60 else 1500, 60), Rect(50, 300, 300, 340)]
    known += [Rect(between[0], 190, between[1], 234)] if between else []
    found = missed_lines(ink, known, 36.0)
    assert len(found) == wanted
    assert max(rect.right for rect in found) >= 60 + 30 * 23 + gap + 22


def test_a_letter_of_two_parts_that_each_go_on_a_chain_parts_no_line() -> None:
    """The upper and the lower part of 学 stand too far apart in height to be next to each other."""
    ink = page_of_lines(0.0, 200)
    ink[:, 56 + 34 * 8 : 56 + 34 * 9] = 0
    cv2.rectangle(ink, (60 + 34 * 8, 196), (84 + 34 * 8, 206), (255,), 2)
    cv2.rectangle(ink, (60 + 34 * 8, 215), (84 + 34 * 8, 230), (255,), 2)
    [found] = missed_lines(ink, [Rect(50, 20, 760, 60), Rect(50, 300, 300, 340)], 36.0)
    assert found.left <= 60
    assert found.right >= 84 + 34 * 19
