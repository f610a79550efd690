"""Seals of the sample: found places, a red ring with a star, worn, and pressed so that text shows through."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gengang.sample.pictures import Picture, pages_of
from gengang.sample.printing import printed
from gengang.sample.seals import DIAMETER_MM, RED, Stamp, seal, seal_places, sealed
from gengang.workspace import BUILT_IN

NAME = "安和县实验学校"


def ink(picture: Picture) -> float:
    return float(picture[..., 3].mean())


@pytest.mark.parametrize("dpi", [200, 300])
def test_a_seal_has_the_size_of_the_regulations(dpi: int) -> None:
    side = seal(NAME, True, 1, dpi).shape[0]
    assert side * 25.4 / dpi == pytest.approx(DIAMETER_MM, abs=1.2)
    assert 40 <= DIAMETER_MM <= 42


def test_a_seal_is_red_in_a_ring_around_a_star() -> None:
    mark = seal(NAME, True, 1)
    side = mark.shape[0]
    assert (mark[..., :3] == RED).all()
    middle = np.s_[side * 45 // 100 : side * 55 // 100, side * 45 // 100 : side * 55 // 100]
    assert mark[middle][..., 3].mean() > 100
    assert seal(NAME, False, 1)[middle][..., 3].mean() == 0
    assert mark[: side // 8, : side // 8, 3].max() == 0


def test_the_name_stands_on_the_upper_arc() -> None:
    side = seal(NAME, False, 1).shape[0]
    inside = np.hypot(*(np.mgrid[:side, :side] - side / 2)) < side * 0.43
    letters = seal(NAME, False, 1)[..., 3] * inside
    assert int(letters[: side // 2].sum()) > 2 * int(letters[side * 6 // 10 :].sum()) > 0
    assert letters[side * 8 // 10 :].max() == 0


def test_ink_is_uneven() -> None:
    worn = seal(NAME, True, 1)[..., 3]
    inked = worn[worn > 40]
    assert inked.std() > 25
    assert inked.max() < 255


def test_a_seed_fixes_a_seal_and_no_two_are_alike() -> None:
    assert (seal(NAME, True, 1) == seal(NAME, True, 1)).all()
    one, two = seal(NAME, True, 1), seal(NAME, True, 2)
    assert one.shape != two.shape or (one != two).any()


@settings(max_examples=8, deadline=None)
@given(name=st.text("安和县李店镇初级中学教育体局", min_size=1, max_size=20), seed=st.integers(0, 2**31))
def test_any_name_finds_room(name: str, seed: int) -> None:
    mark = seal(name, True, seed, 100)
    assert ink(mark) > ink(seal("", True, seed, 100))


def test_text_under_a_seal_stays_to_be_seen() -> None:
    page = np.full((400, 400, 3), 255, np.uint8)
    page[:, 195:205] = 0
    [pressed] = sealed([page], [Stamp(1, (0.5, 0.5), NAME)], 200, 1)
    assert (pressed[:, 195:205] == 0).all()
    assert pressed[..., 0].mean() < page[..., 0].mean() - 10
    assert (page[:, :195] == 255).all()


@settings(max_examples=10, deadline=None)
@given(x=st.floats(-0.5, 1.5), y=st.floats(-0.5, 1.5), number=st.integers(0, 3))
def test_a_seal_over_the_edge_is_cut_off_and_one_without_a_page_is_none(x: float, y: float, number: int) -> None:
    pages = [np.full((200, 160, 3), 255, np.uint8) for _ in range(2)]
    pressed = sealed(pages, [Stamp(number, (x, y), NAME)], 100, 1)
    touched = [bool((page != 255).any()) for page in pressed]
    assert touched[0] <= (number == 1)
    assert touched[1] <= (number == 2)


def test_the_places_for_seals_are_where_the_form_prints_them() -> None:
    appraisal = (BUILT_IN / "forms" / "appraisal.docx").read_bytes()
    [pdf] = printed([appraisal], BUILT_IN / "fonts")
    places = seal_places(pdf)
    assert len(places) == 3
    pages = pages_of(pdf, 100)
    for place in places:
        page = pages[place.page - 1]
        x, y = round(place.centre[0] * page.shape[1]), round(place.centre[1] * page.shape[0])
        assert page[y - 8 : y + 8, x - 14 : x + 14].min() < 128
    assert seal_places(pdf) == places
