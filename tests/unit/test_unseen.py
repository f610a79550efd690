"""What ink tells of marks that both recognisers pass over or take for others."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.connected import things_on
from extractors.layout import Rect
from extractors.ocr import ReadText, read_lines
from extractors.pieces import Desk, Known, Piece, read_pieces
from extractors.twice import UNSURE, Twice, read_twice, with_ink_of_others
from extractors.unseen import broken_fours, holds_another_line, mistaken_marks, passes_over_mark
from gengang.workspace import BUILT_IN

Pixels = npt.NDArray[np.uint8]
SIZES = (24, 36, 52)  # pixels
TEXT = "我上了一节汇报课《背影》，得到老师们的肯定。这是我最大的体会"


def face(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(BUILT_IN / "fonts" / "FandolFang-Regular.otf"), size)


def line(text: str, size: int = 36) -> Pixels:
    """A printed line."""
    font = face(size)
    sheet = Image.new("L", (int(font.getlength(text)) + 24, size + 16), 255)
    ImageDraw.Draw(sheet).text((12, 4), text, font=font, fill=20)
    return np.repeat(np.asarray(sheet, np.uint8)[:, :, None], 3, axis=2)


def without(read: ReadText, at: int) -> ReadText:
    """The reading as of somebody who passed over that letter."""
    return replace(read, text=read.text[:at] + read.text[at + 1 :], places=read.places[:at] + read.places[at + 1 :],
                   each=read.each[:at] + read.each[at + 1 :], others=())  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("mark", ["，", "。"])
def test_a_mark_that_was_passed_over_shows_between_letters_too_far_apart(size: int, mark: str) -> None:
    page = line(TEXT, size)
    [read] = read_lines([page])
    assert read.text == TEXT
    assert not passes_over_mark(read, page)
    assert passes_over_mark(without(read, TEXT.index(mark)), page)


@pytest.mark.parametrize("size", SIZES)
def test_a_small_figure_before_a_ruled_blank_is_seen(size: int) -> None:
    """A hand's 八 is two dots; 三十 was read of 三十八."""
    text = "教研活动听课__三十　__节"
    page = line(text, size).copy()
    [read] = read_lines([page])
    assert "三十_" in read.text.replace(" ", "")
    assert not passes_over_mark(read, page)
    dot = round(size / 5)
    for share in (0.2, 0.6):
        place = 12 + round(face(size).getlength(text[: text.index("　")]) + share * size)
        page[4 + size // 2 :][:dot, place : place + dot] = 20
    assert passes_over_mark(read, page)


def test_a_piece_of_a_thick_blank_is_no_mark() -> None:
    text = "教研活动听课__三十　　节"
    page = line(text, 36).copy()
    [read] = read_lines([page])
    place = 12 + round(face(36).getlength(text[: text.index("　")]))
    for top, seen in ((round(0.8 * len(page)), False), (round(0.5 * len(page)), True)):
        drawn = page.copy()
        drawn[top : top + 7, place + 22 : place + 40] = 20
        assert passes_over_mark(read, drawn) is seen


@pytest.mark.parametrize("size", SIZES)
def test_a_blank_between_letters_is_no_mark(size: int) -> None:
    page = line("我上了一节汇报课 得到老师们的肯定", size)
    [read] = read_lines([page])
    assert not passes_over_mark(replace(read, text=read.text.replace(" ", "")), page)


def test_of_few_letters_nobody_knows_how_far_apart_they_stand() -> None:
    page = line("肯定，得到")
    [read] = read_lines([page])
    assert not passes_over_mark(without(read, 2), page)
    assert not passes_over_mark(ReadText("", 0.0), page)


@pytest.mark.parametrize("size", SIZES)
def test_the_tail_of_a_semicolon_tells_it_from_a_colon(size: int) -> None:
    page = line("指导教师意见：备课要备学生；学校意见：多听多问", size)
    [read] = read_lines([page])
    assert not mistaken_marks(read, page)
    at = read.text.index("；")
    mistaken = replace(read, text=read.text.replace("；", "："))
    assert mistaken_marks(mistaken, page) == {at}
    sure = (1.0,) * len(read.text)
    told = with_ink_of_others(Twice(mistaken, mistaken, sure), page).each
    assert [place for place, own in enumerate(told) if own == UNSURE] == [at]


@pytest.mark.parametrize("size", SIZES)
def test_a_comma_under_a_speck_is_no_semicolon(size: int) -> None:
    text = "回顾两周的研修，我听课十节；记录了三页笔记"
    page = line(text, size).copy()
    [read] = read_lines([page])
    mistaken = replace(read, text=read.text.replace("，", "；"))
    assert mistaken_marks(mistaken, page) == {text.index("，")}
    things = things_on((page[:, :, 0] < 190).astype(np.uint8))
    place = (read.places[text.index("，")] + 0.5) * page.shape[1] / read.steps
    comma = min(things.stats[1:].tolist(), key=lambda one: abs(one[0] + one[2] / 2 - place))
    page[comma[1] - size // 3 : comma[1] - size // 3 + 2, comma[0] : comma[0] + 2] = 30
    assert mistaken_marks(mistaken, page) == {text.index("，")}


def over_each_other(above: str, below: str, apart: int = 36) -> Pixels:
    """Two lines in one frame, as detection gives them where the second is a lone 一."""
    one, two = line(above), line(below)
    sheet = np.full((one.shape[0] + apart, one.shape[1], 3), 255, np.uint8)
    sheet[: one.shape[0]] = one
    sheet[apart:, : two.shape[1]] = np.minimum(sheet[apart:, : two.shape[1]], two)
    return sheet[8 : 8 + apart + 22]


@pytest.mark.parametrize("text", ["三十", "二十", "星期", "教研活动"])
def test_a_one_on_the_line_below_shows_in_the_frame_of_both(text: str) -> None:
    page = over_each_other(text, "一")
    [read] = read_lines([line(text)])
    assert not holds_another_line(read, line(text))
    assert holds_another_line(read, page)


@pytest.mark.parametrize("text", ["三十一", "二〇一六年十一月二十三日", "一一三二", "三年一班", "一", ""])
@pytest.mark.parametrize("size", SIZES)
def test_a_line_of_strokes_holds_no_other_line(text: str, size: int) -> None:
    page = line(text, size)
    [read] = read_lines([page])
    assert not holds_another_line(read, page)


def test_a_line_with_a_mark_that_nobody_read_is_in_doubt_and_a_printed_one_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = line(TEXT)
    [read] = read_twice([page])
    one = without(read.one, TEXT.index("，"))
    monkeypatch.setattr("extractors.pieces.read_twice", lambda *_: [Twice(one, one, one.each)])
    piece = Piece(Rect(0, 0, page.shape[1], page.shape[0]), 0)
    for printed, doubtful in ((frozenset[str](), True), (frozenset({one.text}), False)):
        [own] = read_pieces([piece], Desk(page[:, :, 0], (), Known(printed)))
        assert own.doubtful == doubtful


def test_a_line_with_another_below_it_is_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    page = over_each_other("三十", "一")
    [read] = read_lines([line("三十")])
    monkeypatch.setattr("extractors.pieces.read_twice", lambda *_: [Twice(read, read, read.each)])
    [own] = read_pieces([Piece(Rect(0, 0, page.shape[1], page.shape[0]), 0)], Desk(page[:, :, 0], ()))
    assert own.doubtful


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text", ["1", "11", "2011", "14041", "17700001114"])
def test_a_one_beside_other_figures_is_no_broken_four(text: str, size: int) -> None:
    page = line(text, size)
    [read] = read_lines([page])
    assert read.text == text
    assert broken_fours(read, page) == frozenset()


def test_two_ones_that_touch_are_no_broken_four() -> None:
    page = line("11", 52).copy()
    [read] = read_lines([page])
    dark = np.argwhere(page[:, :, 0] < 128)
    (_, left), (foot, right) = dark.min(axis=0), dark.max(axis=0)
    page[foot - 2 : foot + 1, left : right + 1] = 20
    assert read.text == "11"
    assert broken_fours(read, page) == frozenset()


@pytest.mark.parametrize("before", ["", "2"])
def test_an_upright_with_another_stroke_beside_it_is_no_one(before: str) -> None:
    """Of a 4 black and white left no lying stroke, and both read 1."""
    page = line(f"{before}4", 52).copy()
    [read] = read_lines([page])
    assert read.text == f"{before}4"
    four = page[:, -38:, 0] < 128
    lying = np.abs(np.arange(len(page)) - four.sum(axis=1).argmax()) < 3
    upright = np.convolve(four.sum(axis=0) > 25, [1, 1, 1], "same") > 0
    page[:, -38:][lying[:, None] & ~upright] = 255
    mistaken = replace(read, text=f"{before}1")
    assert broken_fours(mistaken, page) == {len(before)}
    told = with_ink_of_others(Twice(mistaken, mistaken, (1.0,) * len(mistaken.text)), page).each
    assert [at for at, own in enumerate(told) if own == UNSURE] == [len(before)]
