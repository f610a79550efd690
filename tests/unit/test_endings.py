"""Who ended a line: told by room, by how the page set it, by what the writer did elsewhere; else nobody can tell."""

from dataclasses import replace

import pytest

from extractors.endings import Block, End, Measured, ends_of_blocks
from extractors.layout import Rect

SIZE = 10.0
AREA = Rect(95.0, 0.0, 306.0, 200.0)  # room for 20 letters and the padding


def line(text: str, number: int, spread: float = 0.0, left: float = 100.0) -> Measured:
    right = left + SIZE * len(text) + spread
    top = 15.0 * number
    return Measured(text, Rect(left, top, right, top + SIZE), top + SIZE, SIZE, spread, len(text) - 1, SIZE)


def ends(*texts: str, spreads: tuple[float, ...] = (), lefts: tuple[float, ...] = ()) -> list[End]:
    lines = [line(text, number) for number, text in enumerate(texts)]
    lines = [replace(line(one.text, n, spreads[n])) for n, one in enumerate(lines)] if spreads else lines
    lines = [line(one.text, n, 0.0, lefts[n]) for n, one in enumerate(lines)] if lefts else lines
    return list(ends_of_blocks([Block(tuple(lines), AREA)])[0])


FULL, CLOSED, SHORT = "一" * 20, "一" * 19 + "。", "一" * 8 + "。"


@pytest.mark.parametrize(("texts", "told"), [
    ((FULL, SHORT), ["full", "ended"]), ((CLOSED, SHORT), ["doubt", "ended"]),
    ((SHORT, FULL, SHORT), ["ended", "full", "ended"]),
])  # fmt: skip
def test_the_room_at_the_right_tells_who_ended_a_line(texts: tuple[str, ...], told: list[End]) -> None:
    assert ends(*texts) == told


def test_a_stretched_line_goes_on_where_its_writer_left_others_as_set() -> None:
    wide = "一" * 19
    told = ends(wide[:-1] + "。", SHORT, wide, SHORT, spreads=(20.0, 0.0, 10.0, 0.0))
    assert told[0] in ("on", "doubt")
    assert told[1:] == ["ended", "on", "ended"]


def test_a_line_that_begins_further_right_begins_a_paragraph() -> None:
    assert ends(CLOSED[2:], CLOSED[2:], SHORT, lefts=(120.0, 120.0, 100.0))[0] == "ended"


def test_the_next_number_begins_a_paragraph_where_the_others_do() -> None:
    first, third = "1." + "一" * 9 + "。", "3." + "一" * 9 + "。"
    second = "2." + "一" * 17 + "。"
    assert ends(first, second, third, SHORT)[1] == "ended"


def test_what_a_writer_is_known_to_have_ended_is_ended() -> None:
    lines = (replace(line(FULL, 0), closed=True), line(SHORT, 1))
    assert ends_of_blocks([Block(lines, AREA)])[0][0] == "ended"


def test_the_room_above_a_signature_says_nothing_of_paragraphs() -> None:
    lines = [line(text, number) for number, text in enumerate((CLOSED, FULL, FULL, SHORT))]
    further = [replace(one, base=one.base + shift) for one, shift in zip(lines, (0, 0, 2, 2), strict=True)]
    signed = replace(line("签名：李四", 5, 0.0, 230.0), base=100.0)
    assert ends_of_blocks([Block((*further, signed), AREA)])[0][0] == "doubt"


@pytest.mark.parametrize(("following", "told"), [("努，感谢。", "full"), ("努力感谢", "doubt"), ("12.5分", "full")])
def test_a_line_without_room_for_a_mark_or_a_number_was_broken_by_the_page(following: str, told: End) -> None:
    lines = (line("一" * 18, 0), replace(line(following, 1), needed=2.05 * SIZE))
    assert ends_of_blocks([Block(lines, AREA)])[0][0] == told


@pytest.mark.parametrize("left", [150.0, 270.0])
def test_a_full_line_over_one_that_is_centred_or_set_from_the_right_may_be_the_pages(left: float) -> None:
    assert ends("一" * 20, "一" * 3, lefts=(100.0, left))[0] == "doubt"
    assert ends("一" * 12, "一" * 3, FULL, lefts=(100.0, 165.0, 100.0))[0] == "ended"


def test_a_line_of_which_nobody_knows_how_far_it_might_have_gone_is_in_doubt() -> None:
    lines = (line("一" * 20, 0), line("一" * 3, 1))
    told = {
        (reach, most): ends_of_blocks([Block(lines, None, reach, most)])[0][0]
        for reach, most in ((300.0, 300.0), (350.0, 350.0), (0.0, 350.0))
    }
    assert told == {(300.0, 300.0): "full", (350.0, 350.0): "ended", (0.0, 350.0): "doubt"}


def test_two_lines_that_end_at_one_place_may_hold_back_from_the_edge() -> None:
    assert ends("一" * 15, "一" * 15, "一" * 8)[0] == "doubt"
    assert ends("一" * 15, "一" * 14, "一" * 8)[0] == "ended"


def test_paragraphs_are_told_by_their_distance_only_where_it_is_much_more_than_that_of_lines() -> None:
    texts = (FULL, FULL, CLOSED, "一" * 8, FULL, "一" * 8)
    for step, told in ((16.0, "doubt"), (25.0, "on")):
        bases, base = [], 0.0
        for number in range(len(texts)):
            base += step if number == 4 else 15.0
            bases.append(base)
        lines = tuple(replace(line(text, n), base=at) for n, (text, at) in enumerate(zip(texts, bases, strict=True)))
        assert ends_of_blocks([Block(lines, AREA)])[0][2] == told


def test_numbers_within_lines_tell_nothing_of_where_paragraphs_begin() -> None:
    first, second = "1." + "一" * 9 + "。", "2." + "一" * 17 + "。"
    assert ends(first, second, "3.一一一，4.一一一。", SHORT)[1] == "doubt"


def test_a_line_that_was_stretched_by_more_than_what_follows_needs_was_ended_by_its_writer() -> None:
    for spread, told in ((30.0, "ended"), (0.0, "doubt")):
        lines = (line("一" * (20 - int(spread / SIZE)), 0, spread), line("一" * 3, 1, 0.0, 270.0))
        assert ends_of_blocks([Block(lines, AREA)])[0][0] == told
