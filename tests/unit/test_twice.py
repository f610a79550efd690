"""How sure several readings of one line are together."""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image, ImageDraw, ImageFont

from extractors.ocr import Reader, ReadText, read_lines
from extractors.policy import SURE_OF_WORDS, Evidence, field_reading
from extractors.sureness import SURE_OF_USUAL, doubted, sure_of
from extractors.twice import (
    NO_NAME_S,
    Twice,
    doubted_where_apart,
    in_letters_of,
    in_todays_letters,
    no_name_s_where_old,
    read_twice,
    sure_by,
    trimmed,
    with_words,
)
from gengang.codecs import parse
from gengang.form import FieldType
from gengang.workspace import BUILT_IN

Pixels = npt.NDArray[np.uint8]


def read(text: str, *each: float) -> ReadText:
    return ReadText(text, float(np.mean(each)) if each else 0.0, each)


def twice(text: str, *each: float) -> Twice:
    return Twice(read(text, *each), read(text, *each), each)


def line(text: str, size: int = 32, noise: float = 0.0) -> Pixels:
    """A line of print on grained paper, in three channels."""
    face = ImageFont.truetype(str(BUILT_IN / "fonts" / "FandolFang-Regular.otf"), size)
    paper = Image.new("L", (int(face.getlength(text)) + 24, size + 12), 255)
    ImageDraw.Draw(paper).text((12, 3), text, font=face, fill=20)
    grained = np.asarray(paper, np.float64) + np.random.default_rng(7).normal(0, noise, (size + 12, paper.width))
    grey = np.clip(grained, 0, 255).astype(np.uint8)
    return np.repeat(grey[:, :, None], 3, axis=2)


def test_three_equal_readings_settle_what_two_were_not_quite_sure_of() -> None:
    name = twice("张三", 0.96, 0.97)
    assert sure_by(name, read("张三", 0.96, 0.96)) == 0.98
    assert sure_by(name, read("张三", 0.93, 0.99)) == 0.93  # so was 语 read for 诗 in a poor copy
    assert sure_by(name, read("张王", 0.9, 0.9)) == 0.0


def test_a_ruled_blank_that_a_third_look_leaves_out_is_as_sure_as_it_was_read() -> None:
    assert sure_by(twice("_", 0.96), read("")) == 0.98


def test_a_letter_of_unknown_width_is_asked_about_however_sure_it_is() -> None:
    assert sure_by(twice("（", doubted(0.99)), read("（", 0.99)) == 0.98
    assert sure_of(doubted(0.99), closed=False) == 0.0


@pytest.mark.parametrize("text", ["欧阳宇晨", "巴特尔·孟和", "望川县第二小学", "13800002397"])
def test_what_both_read_is_of_one_text_and_each_of_its_letters_has_its_sureness(text: str) -> None:
    [found] = read_twice([line(text)])
    assert found.one.text == found.two.text == text
    assert len(found.each) == len(text)
    assert min(sure_of(one, True) for one in found.each) > 0.9


def test_further_looks_make_a_short_line_no_less_sure_than_each_recogniser_is_at_its_worst() -> None:
    names = ["韩晨洋", "林洋颖", "刘玉强", "谢然桂", "何文", "彭娟明"]
    for found in read_twice([line(name, 22, 18.0) for name in names]):
        if found.one.text == found.two.text:
            assert min(found.each) >= min(0.5, *found.one.each, *found.two.each)


def with_a_piece_of(own: Pixels, other: Pixels, above: bool, high: int = 14) -> Pixels:
    """The crop of a line that holds the rim of another line too, so many pixels."""
    part = other[-6 - high : -6] if above else other[6 : 6 + high]
    wide = max(own.shape[1], part.shape[1])
    own, part = (np.pad(one, ((0, 0), (0, wide - one.shape[1]), (0, 0)), constant_values=255) for one in (own, part))
    return np.vstack([part, own[4:]] if above else [own, part])


@pytest.mark.parametrize("text", ["兰丽", "望小学", "婷霞", "日至", "月6"])
@pytest.mark.parametrize("above", [True, False])
def test_what_a_crop_holds_of_the_line_above_or_below_is_no_part_of_it(text: str, above: bool) -> None:
    [found] = read_twice([with_a_piece_of(line(text), line("望川县大"[: len(text)]), above)])
    assert found.one.text == found.two.text == text


@pytest.mark.parametrize(
    ("text", "above", "high"), [("次", "级", 10), ("术", "级", 10), ("月", "动", 10), ("术", "望", 6)]
)
def test_a_letter_alone_is_read_without_what_is_above_it_but_for_a_person_to_see(
    text: str, above: str, high: int
) -> None:
    """次 below a line was read 茨; but what is white apart from a letter may be its own dots."""
    crop = with_a_piece_of(line(text), line(above), above=True, high=high)
    assert read_lines([crop])[0].text != text
    [found] = read_twice([crop])
    assert found.one.text == found.two.text == text
    assert max(found.each) <= 0.5


def test_a_third_look_that_differs_takes_its_sureness_from_the_letters_that_differ_alone() -> None:
    long = "今后将继续努力，认真听课，不断改进。"
    each = tuple(0.97 for _ in long)
    other = ReadText(long.replace("听课", "听谭"), 0.97, each)
    found = doubted_where_apart(Twice(ReadText(long, 0.97, each), ReadText(long, 0.97, each), each), other)
    assert [char for char, sure in zip(long, found, strict=True) if sure < 0.97] == ["课"]
    poorly = ReadText(long, 0.9, tuple(0.4 if char == "课" else 0.97 for char in long))
    assert doubted_where_apart(Twice(other, other, each), poorly)[long.index("课")] == 0.5


def test_a_word_that_the_form_prints_is_read_once() -> None:
    [once] = read_twice([line("教师姓名")], frozenset({"教师姓名"}))
    assert once.two is once.one


def test_nothing_is_read_of_nothing() -> None:
    blank = np.full((40, 120, 3), 255, np.uint8)
    assert [found.one.text for found in read_twice([blank, np.zeros((0, 0, 3), np.uint8)])] == ["", ""]


def in_doubt(text: str, **others: str) -> Twice:
    """A line of which both are sure but for some letters. others: letter -> those that it may be instead."""
    each = tuple(0.6 if char in others else 0.99 for char in text)
    one = ReadText(text, 0.9, each, tuple(range(len(text))), others=tuple(others.get(char, "") for char in text))
    return Twice(one, one, each)


@pytest.mark.parametrize(("read_as", "others", "printed", "wanted"), [
    ("投课班级", {"投": "授役"}, {"授课班级"}, "授课班级"), ("投课班级", {"投": "役"}, {"授课班级"}, "投课班级"),
    ("投课班级", {"班": "斑"}, {"授课班级"}, "投课班级"), ("性剔", {"剔": "别"}, {"性别", "学科"}, "性别"),
    ("深受欢通", {"通": "道迎"}, set(), "深受欢迎"), ("学习认真", {"习": "司"}, set(), "学习认真"),
    ("1l7", {"l": "一十"}, {"1一7"}, "1l7"),
])  # fmt: skip
def test_letters_in_doubt_make_the_form_s_words_or_others_and_are_then_not_sure_at_all(
    read_as: str, others: dict[str, str], printed: set[str], wanted: str
) -> None:
    found = with_words(in_doubt(read_as, **others), printed)
    assert found.one.text == wanted
    assert [each for each, one, was in zip(found.each, wanted, read_as, strict=True) if one != was] == [0.0] * sum(
        one != was for one, was in zip(wanted, read_as, strict=True)
    )


def test_a_letter_that_the_second_reads_otherwise_may_be_what_it_reads() -> None:
    one, two = in_doubt("课当评价语言", 当=""), read("课堂评价语言", *[0.9] * 6)
    assert with_words(Twice(one.one, two, one.each), set()).one.text == "课堂评价语言"


def test_the_form_s_own_words_are_read_in_today_s_letters() -> None:
    assert in_todays_letters(read("任教學科", *[0.9] * 4), {"任教学科"}).text == "任教学科"
    assert in_todays_letters(read("任教學科", *[0.9] * 4), {"任教"}).text == "任教學科"


def test_a_line_that_is_read_twice_is_held_against_the_form_s_words_and_letters() -> None:
    [alone] = read_twice([line("任教學科")])
    [known] = read_twice([line("任教學科")], {"任教学科"})
    assert alone.one.text == "任教學科"
    assert known.one.text == "任教学科"


def test_lines_hard_to_read_are_proposed_in_words_of_which_no_letter_that_changed_is_sure() -> None:
    texts = ["能与学生打成一片深受欢迎", "学习认真善于思考", "学校的教研氛围浓厚管理精细", "积极参加教研活动撰写反思"]
    lines = [line(text, 16, 60.0) for text in texts]
    first, both = read_lines(lines), read_twice(lines)
    assert sum(one.one.text == text for one, text in zip(both, texts, strict=True)) > sum(
        one.text == text for one, text in zip(first, texts, strict=True)
    )
    for alone, one in zip(first, both, strict=True):
        if len(alone.text) == len(one.one.text):
            pairs = zip(alone.text, one.one.text, one.each, strict=True)
            assert {each for was, char, each in pairs if char != was} <= {0.0}


def cut_close(text: str, threshold: int) -> Pixels:
    """A line in black and white with hardly any white around it, as a cell's frame cuts one."""
    face = ImageFont.truetype(str(BUILT_IN / "fonts" / "FandolFang-Regular.otf"), 30)
    page = Image.new("L", (30 * len(text) + 40, 60), 255)
    ImageDraw.Draw(page).text((20, 8), text, font=face, fill=0)
    black = np.asarray(cv2.GaussianBlur(np.asarray(page), (3, 3), 0.7)) >= threshold
    rows, columns = np.flatnonzero(~black.all(axis=1)), np.flatnonzero(~black.all(axis=0))
    cut = black[rows[0] - 1 : rows[-1] + 2, columns[0] - 1 : columns[-1] + 2]
    return np.ascontiguousarray(np.dstack([np.where(cut, 255, 0).astype(np.uint8)] * 3))


@pytest.mark.parametrize("threshold", [150, 180])
def test_letters_cut_close_are_not_taken_for_their_old_forms(threshold: int) -> None:
    names = ["丁婷静", "胡娜杰", "林强静", "上官杰明", "情况属实"]
    found = read_twice([cut_close(name, threshold) for name in names])
    assert [one.two.text for one in found] == [one.one.text for one in found] == names


@given(before=some.integers(0, 40), behind=some.integers(0, 40))
def test_a_trimmed_line_keeps_as_much_white_beside_its_ink_as_the_second_recogniser_wants(
    before: int, behind: int
) -> None:
    whole = np.full((40, before + 60 + behind, 3), 255, np.uint8)
    whole[10:30, before : before + 60] = 0
    assert trimmed(whole).shape[1] == min(before, 12) + 60 + min(behind, 12)


def test_the_old_form_that_a_further_look_sees_is_no_other_letter_but_makes_it_no_name_s() -> None:
    sure, look = twice("九年一贯制", 0.98, 0.98, 0.98, 0.98, 0.98), read("九年一貫制", 0.9, 0.9, 0.9, 0.6, 0.96)
    assert sure_by(sure, look) == 0.0
    assert in_letters_of(sure.one, look).text == "九年一贯制"
    assert sure_by(sure, in_letters_of(sure.one, look)) == 0.5
    assert sure_by(sure, in_letters_of(sure.one, read("九年一惯制", 0.9, 0.9, 0.9, 0.6, 0.96))) == 0.0
    assert no_name_s_where_old(sure, look) == (0.98, 0.98, 0.98, NO_NAME_S, 0.98)
    assert no_name_s_where_old(twice("一贯", 0.99, 0.992), read("一貫", 0.9, 0.6)) == (0.99, 0.992)
    assert no_name_s_where_old(sure, read("九年", 0.9, 0.9)) == sure.each
    assert SURE_OF_WORDS <= NO_NAME_S < SURE_OF_USUAL


@pytest.mark.parametrize(("name", "other"), [("朱静宇", "朱靜宇"), ("唐强杰", "唐強杰"), ("萧明", "蕭明")])
def test_a_name_in_which_a_look_saw_an_old_form_waits(name: str, other: str) -> None:
    each = no_name_s_where_old(twice(name, *[0.98] * len(name)), read(other, *[0.9] * len(name)))
    evidence = Evidence("scan", True, min(each), agreed=True)
    assert field_reading(FieldType("text"), name, parse("text", name), evidence, None).status == "review"


def test_a_look_that_sees_an_old_form_costs_its_line_no_more_than_that_letter_for_a_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def seen(lines: Sequence[Pixels], reader: Reader = "first") -> tuple[ReadText, ...]:
        """The enlarged line, higher than any other drawing of it, with the old form."""
        texts = ("九年一貫制" if reader == "first" and len(one) > 78 else "九年一贯制" for one in lines)
        return tuple(read(text, *[0.97] * 5) for text in texts)

    monkeypatch.setattr("extractors.twice.read_lines", seen)
    [found] = read_twice([line("九年一贯制", 48)])
    assert found.each == (0.97, 0.97, 0.97, NO_NAME_S, 0.97)


@pytest.mark.parametrize("also", [True, False])
def test_the_old_form_that_the_second_reads_is_no_other_letter_of_a_word_and_no_name_s(
    monkeypatch: pytest.MonkeyPatch, also: bool
) -> None:
    """also: it reads today's form in a further look."""

    def seen(lines: Sequence[Pixels], reader: Reader = "first") -> tuple[ReadText, ...]:
        looks.append(reader)
        if reader == "first":
            return (read("年级组", 0.985, 0.985, 0.985),) * len(lines)
        later = also and looks.count("second") > 5
        return (read("年级组" if later else "年級组", 0.995, 0.995, 0.995),) * len(lines)

    looks: list[str] = []
    monkeypatch.setattr("extractors.twice.read_lines", seen)
    [found] = read_twice([np.full((48, 150, 3), 255, np.uint8)])
    assert found.one.text == found.two.text == "年级组"
    assert SURE_OF_WORDS <= found.each[1] <= NO_NAME_S < found.each[0]
