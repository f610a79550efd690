"""What is so of a pixel, and its brightest and darkest channel, as numpy would say."""

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import array_shapes, arrays

from extractors.masks import brightest, darkest, marked

Pixels = npt.NDArray[np.uint8]


@given(arrays(np.bool_, array_shapes(min_dims=2, max_dims=2)), some.integers(1, 255))
def test_a_level_stands_where_a_flag_is_set(flags: npt.NDArray[np.bool_], level: int) -> None:
    seen = marked(flags, level)
    assert seen.dtype == np.uint8
    assert seen.tolist() == [[level if flag else 0 for flag in row] for row in flags.tolist()]


@given(arrays(np.uint8, some.tuples(some.integers(1, 6), some.integers(1, 6), some.just(3))))
def test_the_brightest_and_the_darkest_of_three_channels(picture: Pixels) -> None:
    assert (brightest(picture) == picture.max(axis=2)).all()
    assert (darkest(picture) == picture.min(axis=2)).all()
