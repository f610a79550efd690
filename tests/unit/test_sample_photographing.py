"""Photos of the sample: every page, in perspective on a desk, turned as their tag says, and fixed by a seed."""

import io
from collections import Counter
from functools import lru_cache

import cv2
import numpy as np
import pytest
from PIL import Image, ImageOps

from extractors.connected import things_on
from gengang.sample.photographing import chat_pictures, photographed
from gengang.sample.pictures import Picture
from gengang.sample.seals import Stamp
from tests.unit.sample_pages import box_pages, redness

PAGE = box_pages(1)
ORIENTATION = 274


@lru_cache(maxsize=8)
def photo(seed: int) -> bytes:
    [made] = photographed(PAGE, seed)
    return made


def upright(data: bytes) -> Picture:
    """As a viewer shows it that heeds the tag."""
    with Image.open(io.BytesIO(data)) as image:
        return np.ascontiguousarray(np.asarray(ImageOps.exif_transpose(image))[..., ::-1])


def box_of_black(picture: Picture) -> tuple[float, float]:
    """Centre of the biggest black thing, in shares."""
    dark = (cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY) < 45).astype(np.uint8)
    _, stats, centres = things_on(dark)
    biggest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    height, width = dark.shape
    return float(centres[biggest][0] / width), float(centres[biggest][1] / height)


def test_a_photo_has_its_tag_and_shows_the_page_upright() -> None:
    photos = [photo(seed) for seed in range(6)]
    tags = Counter(Image.open(io.BytesIO(taken)).getexif().get(ORIENTATION) for taken in photos)
    assert 0 < tags[None] < len(photos)
    assert set(tags) <= {None, 3, 6, 8}
    for taken in photos:
        picture = upright(taken)
        assert picture.shape == (2400, 1800, 3)
        assert box_of_black(picture) == pytest.approx((0.42, 0.405), abs=0.1)


def test_paper_is_light_and_the_desk_around_it_is_not() -> None:
    picture = upright(photo(3))
    assert picture[300:500, 700:1000].mean() > 190
    assert picture[4:30, 4:200].mean() < 150


def test_the_light_falls_unevenly() -> None:
    picture = upright(photo(3))
    assert picture[250:420, 500:800].mean() > picture[2050:2180, 1400:1600].mean() + 15


def test_a_photographed_seal_is_red_on_its_page_alone() -> None:
    stamp = Stamp(1, (0.5, 0.75), "安和县实验学校")
    sealed, plain = upright(photographed(PAGE, 3, [stamp])[0]), upright(photo(3))
    middle = np.s_[1500:2100, 500:1300]
    assert redness(sealed[middle]).mean() > 0.03
    assert redness(plain[middle]).mean() < 0.001


@pytest.mark.parametrize("width", [1080, 600])
def test_a_chat_sends_small_pictures_without_a_tag(width: int) -> None:
    [picture] = chat_pictures(PAGE, 1, width)
    with Image.open(io.BytesIO(picture)) as image:
        assert image.size == (width, round(width * 4 / 3))
        assert not dict(image.getexif())
    assert len(picture) < len(photo(1)) / 4


def test_a_seed_fixes_every_byte() -> None:
    assert photographed(PAGE, 1) == (photo(1),) != (photo(2),)
    assert chat_pictures(PAGE, 1) == chat_pictures(PAGE, 1)


def test_each_page_gives_a_photo_whatever_pages_come_after_it() -> None:
    first, second = photographed(box_pages(2), 5)
    assert first == photo(5) != second
