"""Choices with tick boxes: ticked with a pen, in a narrow cell, in two faces, in a blurred picture."""

import random
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from extractors import choices
from extractors.asread import proposed
from extractors.choices import with_boxes
from extractors.layout import Rect
from extractors.ocr import Reader, ReadText, read_lines
from extractors.pieces import Desk, Known, Piece, read_pieces
from extractors.scan import content_of
from extractors.ticks import TickBox, bare_marks, framed_boxes, lacks_boxes, tick_boxes
from gengang.codecs import parse
from gengang.form import FieldType
from gengang.sheet import squeezed
from gengang.workspace import BUILT_IN

Pixels = npt.NDArray[np.uint8]

SIZE = 30
CHOICES = (("小学", "初中"), ("通过", "未通过"), ("研究课", "汇报课", "常态课"), ("优", "良", "中", "差"))


def face(size: int = SIZE) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(BUILT_IN / "fonts" / "FandolFang-Regular.otf"), size)


class Line:
    """A line being written: a box is drawn, a pen ticks it, words are printed."""

    def __init__(self, height: int = 50) -> None:
        self.picture = Image.new("L", (900, height), 248)
        self.pen = ImageDraw.Draw(self.picture)
        self.at = 14

    def box(self, ticked: bool, chance: random.Random, side: int = 22, grey: int = 40) -> None:
        left, top = self.at, 14
        self.pen.rectangle((left, top, left + side, top + side), outline=grey, width=2)
        if ticked and chance.random() < 0.3:
            self.pen.line((left + 3, top + 3, left + side - 3, top + side - 3), fill=20, width=3)
            self.pen.line((left + 3, top + side - 3, left + side - 3, top + 3), fill=20, width=3)
        elif ticked:
            beyond = chance.randint(0, 6)
            self.pen.line((left + 4, top + 9, left + 9, top + side - 5), fill=20, width=3)
            self.pen.line((left + 9, top + side - 5, left + side - 2 + beyond, top - beyond), fill=20, width=3)
        self.at += side + 4

    def words(self, text: str) -> None:
        self.pen.text((self.at, 8), text, font=face(), fill=30)
        self.at += round(face().getlength(text))

    def cropped(self) -> Pixels:
        return np.asarray(self.picture.crop((0, 0, self.at + 12, self.picture.height)), dtype=np.uint8)


def choice(
    words: Sequence[str], chosen: Sequence[bool], chance: random.Random, first: int = 22, grey: int = 40
) -> Pixels:
    line = Line()
    for number, (word, ticked) in enumerate(zip(words, chosen, strict=True)):
        line.box(ticked, chance, first if number == 0 else 22, grey)
        line.words(word)
        line.at += 12
    return line.cropped()


def read(page: Pixels, pieces: Sequence[Piece] = (), options: Sequence[tuple[str, ...]] = CHOICES) -> list[Piece]:
    whole = Piece(Rect(4, 2, page.shape[1] - 2, page.shape[0] - 2), 0)
    boxes = tick_boxes(page, np.zeros_like(page))
    desk = Desk(page, boxes, Known(options=tuple(options)))
    return list(with_boxes(read_pieces(pieces or [whole], desk), desk))


def marked(words: Sequence[str], chosen: Sequence[bool]) -> str:
    return "".join(f"{'☑' if ticked else '□'}{word}" for word, ticked in zip(words, chosen, strict=True))


def blurred(page: Pixels) -> Pixels:
    small = cv2.resize(page, None, fx=0.62, fy=0.62, interpolation=cv2.INTER_AREA)
    large = cv2.resize(small, (page.shape[1], page.shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.GaussianBlur(large, (3, 3), 0), dtype=np.uint8)


@settings(max_examples=14)
@given(st.sampled_from(CHOICES), st.integers(0, 3), st.booleans(), st.integers(0, 1 << 20))
def test_what_a_pen_ticked_is_told_or_a_person_is_asked(
    words: tuple[str, ...], which: int, is_blurred: bool, seed: int
) -> None:
    chosen = [number == which % len(words) for number in range(len(words))]
    page = choice(words, chosen, random.Random(seed))
    [piece] = read(blurred(page) if is_blurred else page)
    parsed = parse("tick", piece.text, words)
    assert parsed.value in (None, words[which % len(words)])
    if not is_blurred:
        assert squeezed(piece.text) == marked(words, chosen)


@pytest.mark.parametrize("words", CHOICES)
def test_none_and_both_are_seen_as_they_are(words: tuple[str, ...]) -> None:
    for ticked in (False, True):
        [piece] = read(choice(words, [ticked] * len(words), random.Random(5)))
        assert squeezed(piece.text) == marked(words, [ticked] * len(words))
        assert parse("tick", piece.text, words).value is None


def test_letters_with_squares_are_no_boxes_and_a_box_of_another_face_is_smaller() -> None:
    words, chosen = ("通过", "未通过"), (True, False)
    [piece] = read(choice(words, chosen, random.Random(2), first=17))
    assert squeezed(piece.text) == "☑通过□未通过"


@pytest.mark.parametrize("inked", [False, True])
def test_no_letter_stands_in_a_narrow_strip_before_a_box_and_ink_there_is_a_persons(inked: bool) -> None:
    page = choice(CHOICES[3], (True, False, False, False), random.Random(9)).copy()
    page[14:38, 7:9] = 20 if inked else 248
    [piece] = read(page)
    assert (squeezed(piece.text), piece.doubtful) == ("☑优□良□中□差", inked)


def test_a_tick_that_begins_before_its_box_hides_none() -> None:
    line = Line()
    line.at = 30
    line.box(False, random.Random(0))
    line.pen.line((24, 20, 38, 38, 56, 10), fill=20, width=3)
    line.words("通过")
    line.at += 12
    line.box(False, random.Random(0))
    line.words("未通过")
    [piece] = read(line.cropped())
    assert squeezed(piece.text) == "☑通过□未通过"


def test_a_square_before_the_boxes_as_of_a_letter_is_none_of_them() -> None:
    """As large as they are and apart from all letters: the words alone tell which of three squares are boxes."""
    line, chance = Line(), random.Random(6)
    line.box(True, chance)
    line.words("：")
    for word, ticked in (("通过", True), ("未通过", True)):
        line.box(ticked, chance)
        line.words(word)
        line.at += 12
    page = line.cropped()
    desk = Desk(page, (), Known(options=CHOICES))
    whole = Piece(Rect(4, 2, page.shape[1] - 2, page.shape[0] - 2), 0, text="通过未通过", second="通过未通过")
    [piece] = with_boxes([whole], desk)
    assert squeezed(piece.text).endswith("☑通过☑未通过")


def test_the_boxes_of_a_blurred_picture_are_found_by_their_pale_sides() -> None:
    words, chosen = CHOICES[2], (True, False, False)
    [piece] = read(blurred(choice(words, chosen, random.Random(4), grey=150)))
    assert squeezed(piece.text) == "☑研究课□汇报课□常态课"


def test_a_choice_that_a_narrow_cell_breaks_over_three_lines_has_its_boxes() -> None:
    lines = (((True, "小"),), ((None, "学"), (False, "")), ((None, "初中"),))
    written = []
    for parts in lines:
        line = Line()
        for ticked, word in parts:
            if ticked is not None:
                line.box(ticked, random.Random(3))
            line.words(word)
            line.at += 10
        written.append(np.asarray(line.picture.crop((0, 0, 140, 50)), dtype=np.uint8))
    page = np.vstack(written)
    pieces = read(page, [Piece(Rect(6, 2 + 50 * row, 130, 48 + 50 * row), 0) for row in range(3)])
    assert squeezed("".join(piece.text for piece in pieces)) == "☑小学□初中"
    ink = np.asarray(np.where(page < 150, 255, 0), np.uint8)
    desk = Desk(page, (), Known(options=CHOICES))
    assert not content_of(ink, Rect(0, 0, 140, 150), pieces, desk).unread


def test_two_choices_on_one_line_have_their_own_boxes() -> None:
    line, chance = Line(), random.Random(8)
    for word, ticked in (("小学", True), ("初中", False), ("通过", False), ("未通过", True)):
        line.box(ticked, chance)
        line.words(word)
        line.at += 14
    [piece] = read(line.cropped())
    assert squeezed(piece.text) == "☑小学□初中□通过☑未通过"


@pytest.mark.parametrize(("text", "box", "wanted"), [
    ("以学定教不是一句口号", 8, "以学定教不是一句口号"), ("学过 □是 □否", 3, "学过□是□否"), ("是□否□", 1, "是□否□"),
])  # fmt: skip
def test_a_square_is_a_box_where_a_word_of_the_choice_stands_beside_it(text: str, box: int, wanted: str) -> None:
    """口 is a square too, and a long text may name the words of a choice."""
    fang = face(32)
    line = Image.new("L", (round(fang.getlength(text)) + 24, 50), 255)
    ImageDraw.Draw(line).text((12, 6), text, font=fang, fill=0)
    boxes = [number for number, char in enumerate(text) if char == text[box]]
    rects = [Rect(12 + fang.getlength(text[:at]) + 2, 8, 12 + fang.getlength(text[:at]) + 30, 38) for at in boxes]
    desk = Desk(np.asarray(line, np.uint8), [TickBox(rect, "□") for rect in rects], Known(options=(("是", "否"),)))
    [piece] = with_boxes(read_pieces([Piece(Rect(0, 0, line.width, 50), 0)], desk), desk)
    assert squeezed(piece.text) == wanted


@pytest.mark.parametrize(("before", "doubtful"), [("", False), ("姓名：张三", True)])
def test_what_was_passed_over_beside_a_choice_stays_in_doubt(
    before: str, doubtful: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pen that ticks a box may reach into the word behind it, which is the form's own: there it is none."""
    line, chance = Line(), random.Random(6)
    line.words(before)
    for word, ticked in (("通过", True), ("未通过", False)):
        line.box(ticked, chance)
        line.words(word)
        line.at += 12
    page = line.cropped()
    assert not read(page)[0].doubtful
    monkeypatch.setattr(choices, "overlooks_ink", lambda *_: True)  # a look that lies
    [piece] = read(page)
    assert (squeezed(piece.text), piece.doubtful) == (f"{squeezed(before)}☑通过□未通过", doubtful)


@pytest.mark.parametrize(("text", "lacking"), [
    ("√合格 □不合格", False), ("□合格 √不合格", False), ("合格√ □不合格", True), ("√□合格 不合格", True),
    ("合格 □不合格", True), ("☑合格 □不合格", False),
])  # fmt: skip
def test_a_tick_that_was_typed_for_a_box_is_one(text: str, lacking: bool) -> None:
    assert lacks_boxes(text, [("合格", "不合格")]) is lacking


TICK, BLOB = [(0, 12), (5, 10), (9, 15), (17, 1), (21, 2), (10, 22), (6, 22)], [(0, 8), (11, 0), (21, 9), (10, 22)]


@pytest.mark.parametrize(("shape", "doubtful"), [(TICK, False), (BLOB, True)])
@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_heavy_tick_that_was_set_in_the_place_of_a_box_is_read_and_another_mark_a_persons(
    which: int, shape: list[tuple[int, int]], doubtful: bool
) -> None:
    """Both recognisers pass over ✔."""
    words, line = CHOICES[2], Line()
    for number, word in enumerate(words):
        if number == which:
            line.pen.polygon([(line.at + x, 14 + y) for x, y in shape], fill=10)
            line.at += 28
        else:
            line.box(False, random.Random(0))
        line.words(word)
        line.at += 12
    [piece] = read(line.cropped())
    assert squeezed(piece.text) == marked(words, [number == which for number in range(3)])
    assert piece.doubtful is doubtful


@pytest.mark.parametrize(("text", "wanted"), [
    ("□满意一般 ☑不满意", "不满意"), ("满意 ☑一般不满意", "一般"),
    ("☑满意 ☑一般不满意", None), ("□满意一般不满意", None),
])  # fmt: skip
def test_where_boxes_are_lost_the_one_ticked_is_proposed(text: str, wanted: str | None) -> None:
    kind = FieldType("tick", options=("满意", "一般", "不满意"))
    assert proposed(kind, text, parse("tick", text, kind.options)) == wanted


@pytest.mark.parametrize(("text", "wanted"), [
    ("缺勒", "缺勤"), ("缺 勒", "缺勤"), ("出勤", "出勤"), ("请勤", None), ("缺勒了", None), ("人", None),
])  # fmt: skip
def test_a_choice_with_one_letter_amiss_is_proposed_where_it_is_the_only_one(text: str, wanted: str | None) -> None:
    kind = FieldType("choice", options=("出勤", "缺勤", "病假"))
    assert proposed(kind, text, parse("choice", text, kind.options)) == wanted


def test_an_empty_box_with_pale_sides_is_no_tick_without_a_box() -> None:
    """Beside a box that a dark pen ticked the sides of the other are too pale for the first look."""
    words = CHOICES[0]
    line = Line()
    for word, ticked, grey in zip(words, (True, False), (40, 178), strict=True):
        line.box(ticked, random.Random(1), grey=grey)
        line.words(word)
        line.at += 12
    page = line.cropped()
    [piece] = read(page)
    assert squeezed(piece.text) == "☑小学□初中"
    whole = Rect(0, 0, page.shape[1], page.shape[0])
    dark_box, pale = framed_boxes(page, whole, 220)
    dark = np.where(page < 200, 20, 248).astype(np.uint8)
    assert not any(mark.rect.holds(pale.rect.centre) for mark in bare_marks(dark, whole, [dark_box]))


def test_a_word_of_a_choice_in_old_letters_is_that_word(monkeypatch: pytest.MonkeyPatch) -> None:
    real = read_lines

    def old(lines: Sequence[Pixels], reader: Reader = "first") -> list[ReadText]:
        return [replace(one, text=one.text.replace("学", "學")) for one in real(lines, reader)]

    monkeypatch.setattr("extractors.choices.read_lines", old)
    page = choice(CHOICES[0], (False, True), random.Random(3))
    whole = Piece(
        Rect(4, 2, page.shape[1] - 2, page.shape[0] - 2), 0, text="口小學初中", second="小学初中", each=(0.9,) * 5
    )
    desk = Desk(page, tick_boxes(page, np.zeros_like(page)), Known(options=CHOICES))
    [piece] = with_boxes([whole], desk)
    assert squeezed(piece.text) == "□小学☑初中"
