"""The invented photo of an activity: a picture of its own for each seed, the words on the board, no form in it."""

import cv2
import numpy as np
import pytest

from gengang.sample.pictures import Picture
from gengang.sample.scenes import activity_photo


def seen(data: bytes) -> Picture:
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return picture.astype(np.uint8)


def test_a_seed_and_the_words_fix_every_byte() -> None:
    assert activity_photo(1, "观潮") == activity_photo(1, "观潮")
    assert len({activity_photo(1, "观潮"), activity_photo(2, "观潮"), activity_photo(1, "春")}) == 3


def test_a_phones_picture_in_colour() -> None:
    picture = seen(activity_photo(1, "跟岗研修汇报课"))
    assert picture.shape == (1200, 1600, 3)
    assert cv2.cvtColor(picture, cv2.COLOR_BGR2HSV)[..., 1].std() > 30


@pytest.mark.parametrize("words", ["观潮", "主题班会：我的梦想", "\U0002cc56", "很" * 60])
def test_the_words_are_chalk_on_the_board(words: str) -> None:
    blank, written = (seen(activity_photo(3, text)) for text in ("", words))
    board = np.s_[250:450, 500:1100]
    assert blank[board].mean() < 110
    assert (written[board] > 150).sum() > (blank[board] > 150).sum() + 100
    assert cv2.absdiff(blank[700:], written[700:]).mean() < 3
