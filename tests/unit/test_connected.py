"""Connected things by their law: every inked pixel has one, and pictures of any size have an answer."""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import array_shapes, arrays

from extractors.connected import things_on
from extractors.ink import left_over
from extractors.layout import Rect
from extractors.patches import ruled_behind, shows_photo, stays_in, without_shadows
from extractors.signs import sign_of, small_sign_of

Pixels = npt.NDArray[np.uint8]
ANY_SIZE = array_shapes(min_dims=2, max_dims=2, min_side=0, max_side=9)
ANY_INK = arrays(np.uint8, ANY_SIZE, elements=some.sampled_from([0, 255]))


@given(ANY_INK, some.booleans())
def test_every_inked_pixel_is_of_one_thing_and_sizes_add_up(ink: Pixels, corners: bool) -> None:
    labels, stats, middles = things_on(ink, corners)
    assert labels.shape == ink.shape
    assert ((labels > 0) == (ink > 0)).all()
    assert len(stats) == len(middles) == 1 + int(labels.max(initial=0))
    assert [int((labels == label).sum()) for label in range(1, len(stats))] == stats[1:, 4].tolist()


@given(some.integers(0, 1 << 30), some.integers(0, 7), some.integers(0, 7), some.booleans())
def test_things_are_those_of_the_whole_picture_however_much_of_it_is_empty(
    seed: int, left: int, top: int, corners: bool
) -> None:
    page = np.zeros((24, 20), np.uint8)
    page[top : top + 12, left : left + 12] = 255 * (np.random.default_rng(seed).random((12, 12)) < 0.3)
    labels, stats, middles = things_on(page, corners)
    connectivity = 8 if corners else 4
    _, whole, told, centres = cv2.connectedComponentsWithStats(page, connectivity=connectivity)  # noqa: TID251  # it has pixels
    assert (labels == whole).all()
    assert stats.tolist() == told.tolist()
    assert np.allclose(middles[1:], centres[1:])


@pytest.mark.parametrize("look", [
    sign_of, small_sign_of, without_shadows, lambda ink: left_over(ink, Rect(1, 1, 3, 1), ()),
    lambda ink: ruled_behind(ink, ()), lambda ink: shows_photo(ink, Rect(2, 1, 1, 3)),
    lambda ink: stays_in(ink, Rect(2, 1, 1, 3)),
])  # fmt: skip
@given(ink=ANY_INK)
def test_what_looks_at_things_answers_on_pictures_of_any_size(look: Callable[[Pixels], object], ink: Pixels) -> None:
    look(ink)
