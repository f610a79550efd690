"""Marks of a recognised line: wide or narrow by the room they take, in doubt where nothing tells."""

import pytest

from extractors.ocr import ReadText
from extractors.roomy import settled

STEP = 10


def read(text: str, *taken: float) -> ReadText:
    """A line whose characters take so much room each, in widths of a Chinese character; 1 where not given."""
    widths = [*taken, *(1.0 for _ in text[len(taken) :])]
    starts = [sum(widths[:number]) + width / 2 for number, width in enumerate(widths)]
    return ReadText(text, 0.99, tuple(0.99 for _ in text), tuple(round(STEP * start) for start in starts))


def text_and_doubts(line: ReadText) -> tuple[str, str]:
    found = settled(line)
    return found.text, "".join(char for char, sure in zip(found.text, found.each, strict=True) if sure < 0)


def test_a_bracket_with_the_room_of_a_letter_is_wide() -> None:
    assert text_and_doubts(read("东风中学(东校区)")) == ("东风中学（东校区）", "")
    assert text_and_doubts(read("东风中学（东校区）")) == ("东风中学（东校区）", "")


def test_a_narrow_one_stays_narrow_and_is_in_doubt_since_bent_paper_looks_so() -> None:
    assert text_and_doubts(read("东风中学（东校区）", 1, 1, 1, 1, 0.4, 1, 1, 1, 0.4)) == ("东风中学(东校区)", "()")


def test_a_bracket_whose_room_tells_nothing_is_in_doubt() -> None:
    assert text_and_doubts(read("东风中学(东校区)", 1, 1, 1, 1, 0.65)) == ("东风中学（东校区）", "（）")
    assert text_and_doubts(read("七(4)", 1, 1, 0.5)) == ("七（4）", "（）")


def test_a_mark_at_the_end_is_as_it_was_read_when_that_was_wide() -> None:
    assert text_and_doubts(read("受益匪浅！")) == ("受益匪浅！", "")
    assert text_and_doubts(read("受益匪浅!")) == ("受益匪浅！", "！")


def test_marks_of_latin_text_are_left_and_where_no_line_shows_its_blanks_it_is_in_doubt() -> None:
    assert text_and_doubts(read("wx,a:b(c)", *(0.5,) * 9)) == ("wx,a:b(c)", "w")


def test_room_for_a_lost_dot_between_two_names_is_a_doubt() -> None:
    with_dot = read("扎西·次仁", 1, 1, 0.8)
    lost = [number for number in range(5) if number != 2]
    line = ReadText("扎西次仁", 0.99, (0.99,) * 4, tuple(with_dot.places[number] for number in lost))
    assert text_and_doubts(line) == ("扎西次仁", "西")
    assert text_and_doubts(read("扎西次仁")) == ("扎西次仁", "")


@pytest.mark.parametrize(("text", "wanted", "doubts"), [
    ("记录了 2 页笔记", "记录了2页笔记", "了2"), ("① 回顾两周", "①回顾两周", "①"), ("张 三", "张 三", ""),
    ("ab cd", "ab cd", "a"),
])  # fmt: skip
def test_a_blank_beside_chinese_text_is_taken_out_and_doubted(text: str, wanted: str, doubts: str) -> None:
    assert text_and_doubts(read(text)) == (wanted, doubts)


def test_a_semicolon_must_be_read_very_surely() -> None:
    line = read("认真；收获很大")
    assert text_and_doubts(ReadText(line.text, 0.9, (0.98,) * 7, line.places)) == ("认真；收获很大", "；")


def test_characters_that_stand_at_no_even_distance_have_no_unit() -> None:
    line = ReadText("王芳丽", 0.9, (0.9,) * 3, (0, 5, 25))
    assert settled(line) == line


def test_a_bracket_behind_a_blank_that_may_be_its_own_white_is_no_narrow_one_for_sure() -> None:
    text, doubts = text_and_doubts(read("七 (4)"))
    assert "(" not in text or "(" in doubts
    assert ")" not in text or ")" in doubts
