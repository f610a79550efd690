"""Lines cut to their cells, and whether all of them was read."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.layout import Rect
from extractors.pieces import LOOSE, Desk, Known, Piece, pieces_of, read_pieces, texts_in_order
from gengang.workspace import BUILT_IN


def test_a_full_stop_behind_the_frame_of_its_line_is_missed_and_another_pieces_mark_is_not() -> None:
    page = np.full((120, 500), 250, np.uint8)
    cv2.putText(page, "12345", (30, 80), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (0,), 3)
    frame = Rect(25, 45, 145, 90)
    assert not read_pieces([Piece(frame, 0)], Desk(page, ()))[0].doubtful
    cv2.circle(page, (162, 76), 5, (0,), 2)
    assert read_pieces([Piece(frame, 0)], Desk(page, ()))[0].doubtful
    beside = Piece(Rect(146, 45, 300, 90), 1)
    assert not read_pieces([Piece(frame, 0), beside], Desk(page, ()))[0].doubtful
    assert not read_pieces([Piece(frame, 0)], Desk(page, (), Known(frozenset({"12345"}))))[0].doubtful


@pytest.mark.parametrize("words", ["满分100分）", "教学有法”", "背影》"])
def test_a_comma_behind_the_frame_of_a_line_that_ends_with_a_bracket_is_missed(words: str) -> None:
    font = ImageFont.truetype(str(BUILT_IN / "fonts" / "FandolFang-Regular.otf"), 36)
    width = round(font.getlength(words))
    found = []
    for text in (words, words + "，"):
        sheet = Image.new("L", (500, 80), 250)
        ImageDraw.Draw(sheet).text((20, 20), text, font=font, fill=20)
        frame = Piece(Rect(16, 18, 20 + width, 60), 0)
        [read] = read_pieces([frame], Desk(np.asarray(sheet, np.uint8), ()))
        found.append((read.text, read.doubtful))
    assert found == [(words, False), (words, True)]


@pytest.mark.parametrize("cut", [False, True])
def test_letters_below_each_other_of_which_a_stroke_was_cut_off_are_doubtful(cut: bool) -> None:
    """Beside 班 the upper stroke of 三 is what a crop holds of the line above."""
    font = ImageFont.truetype(str(BUILT_IN / "fonts" / "FandolFang-Regular.otf"), 36)
    sheet = Image.new("L", (120, 260), 250)
    for at, letter in enumerate("三年班"):
        ImageDraw.Draw(sheet).text((30, 20 + 70 * at), letter, font=font, fill=20)
    inked = np.flatnonzero((np.asarray(sheet)[:60] < 100).any(axis=1))
    top = float(inked[0]) if cut else float(inked[0]) - 4
    stack = (Rect(26, top, 70, 66), Rect(26, 76, 70, 130), Rect(26, 146, 70, 200))
    [read] = read_pieces([Piece(Rect(26, top, 70, 200), 0, stack=stack)], Desk(np.asarray(sheet, np.uint8), ()))
    assert read.doubtful == cut


def test_a_mark_behind_a_letter_whose_frame_is_lower_than_a_line_is_missed() -> None:
    """The frame of 会 at the head of a last line left out the ！ behind it, far off and higher than the letter."""
    page = np.full((120, 300), 250, np.uint8)
    cv2.putText(page, "12345", (30, 60), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (0,), 1)
    flat = Piece(Rect(25, 46, 90, 62), 0)
    assert not read_pieces([flat], Desk(page, (), usual=40.0))[0].doubtful
    page[43:60, 108:112] = 20
    assert read_pieces([flat], Desk(page, (), usual=40.0))[0].doubtful


def test_a_line_close_under_a_table_is_whole_and_one_across_two_cells_is_cut() -> None:
    cells = (Rect(0, 0, 100, 100), Rect(100, 0, 300, 100))
    ink = np.full((200, 400), 250, np.uint8)
    under, across = Rect(150, 94, 310, 134), Rect(60, 30, 180, 70)
    assert [(piece.rect, piece.home) for piece in pieces_of([under], cells, ink)] == [(under, LOOSE)]
    assert [piece.home for piece in pieces_of([across], cells, ink)] == [0, 1]


def piece(rect: Rect, left: float, right: float, text: str) -> Piece:
    """A piece whose letters, 40 high, stand so high at its ends."""
    ends = tuple(replace(rect, top=middle - 20, bottom=middle + 20) for middle in (left, right))
    return Piece(rect, LOOSE, text=text, second=text, each=(1.0,) * len(text), ends=(ends[0], ends[1]))


@pytest.mark.parametrize(
    ("there", "lines"), [(352.0, ["课十八节。", "本学期以来"]), (330.0, ["课十八节。    本学期以来"])]
)
def test_what_stands_side_by_side_is_one_line_where_it_is_as_high(there: float, lines: list[str]) -> None:
    short, long = Rect(150, 301, 346, 351), Rect(400, there - 29, 1570, there + 59)  # the long one is bent
    found = texts_in_order([piece(short, 326, 326, "课十八节。"), piece(long, there, there + 30, "本学期以来")])
    assert [line.text for line in found] == lines


def test_of_two_that_stand_upon_each_other_each_is_a_line_though_bent_ones_share_much_of_their_height() -> None:
    short, long = Rect(150, 301, 346, 351), Rect(211, 323, 1570, 411)
    found = texts_in_order([piece(short, 326, 326, "课十八节。"), piece(long, 372, 360, "本学期以来")])
    assert [line.text for line in found] == ["课十八节。", "本学期以来"]
    assert found[1].high == 40


def test_two_letters_of_a_label_printed_downwards_that_touch_are_read_one_by_one() -> None:
    """进修 of 教师进修学校意见, whose frames detection gave as one."""
    font = ImageFont.truetype(str(BUILT_IN / "fonts" / "FandolFang-Regular.otf"), 36)
    sheet = Image.new("L", (120, 330), 250)
    tops = (20, 60, 97, 137, 177, 217, 257)
    for letter, top in zip("教师进修学校意", tops, strict=True):
        ImageDraw.Draw(sheet).text((30, top - 4), letter, font=font, fill=20)
    page = np.asarray(sheet, np.uint8).copy()
    page[128:142, 46:48] = 20  # where they touch
    ink = np.where(page < 160, 255, 0).astype(np.uint8)
    tops_of_frames = (20, 60, 97, 177, 217, 257)
    ends = (56, 96, 173, 213, 253, 293)
    boxes = [Rect(28, top, 70, end) for top, end in zip(tops_of_frames, ends, strict=True)]
    [label] = pieces_of(boxes, [Rect(10, 5, 110, 320)], ink)
    assert len(label.stack) == 7
    [read] = read_pieces([label], Desk(page, ()))
    assert read.text == "教师进修学校意"


@pytest.mark.parametrize(("gap", "sure"), [(-5, False), (2, False), (12, True)])
def test_of_two_pieces_that_touch_nobody_knows_whether_a_blank_was_typed_between_them(gap: int, sure: bool) -> None:
    """Detection parted “小组合作”有效性 at its mark, and what was read had a blank there."""
    before = Piece(Rect(100, 300, 240, 340), LOOSE, text="“小组合作”", second="“小组合作”", each=(1.0,) * 6)
    behind = Piece(Rect(240 + gap, 300, 320, 340), LOOSE, text="有效性", second="有效性", each=(1.0,) * 3)
    [line] = texts_in_order([before, behind])
    assert (line.each[5] == 1.0) is sure
    assert line.each[:5] == (1.0,) * 5
    assert line.each[-3:] == (1.0,) * 3


def test_latin_text_has_wider_blanks_of_which_nobody_knows() -> None:
    before = Piece(Rect(100, 300, 240, 340), LOOSE, text="Unit", second="Unit", each=(1.0,) * 4)
    for left, sure in ((252, False), (265, True)):
        behind = Piece(Rect(left, 300, 320, 340), LOOSE, text="three", second="three", each=(1.0,) * 5)
        [line] = texts_in_order([before, behind])
        assert (line.each[3] == 1.0) is sure


@pytest.mark.parametrize(("grey", "doubtful"), [(195, True), (120, False)])
def test_what_is_paler_than_any_writing_is_asked_about(grey: int, doubtful: bool) -> None:
    """Of a seal that was taken out its letters may be left: 学校 was accepted behind a note."""
    font = ImageFont.truetype(str(BUILT_IN / "fonts" / "FandolFang-Regular.otf"), 36)
    sheet = Image.new("L", (200, 60), 250)
    ImageDraw.Draw(sheet).text((20, 8), "学校", font=font, fill=grey)
    [read] = read_pieces([Piece(Rect(10, 4, 110, 56), 0)], Desk(np.asarray(sheet, np.uint8), ()))
    assert read.text == "学校"
    assert read.doubtful is doubtful


def test_a_piece_without_a_pixel_says_nothing() -> None:
    [read] = read_pieces([Piece(Rect(10, 4, 10, 56), 0)], Desk(np.full((60, 200), 250, np.uint8), ()))
    assert (read.text, read.doubtful) == ("", False)
