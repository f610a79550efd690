"""A 〇 of which no recogniser is sure is one where a ring stands, and is made no other figure for a word's sake."""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.noughts import noughts_in
from extractors.ocr import Reader, ReadText
from extractors.twice import QUITE_SURE, Twice, read_twice, with_noughts, with_words
from gengang.workspace import BUILT_IN

Pixels = npt.NDArray[np.uint8]
DAY = "二〇一六年十月九日"
FACE = ImageFont.truetype(str(BUILT_IN / "fonts" / "FandolFang-Regular.otf"), 36)


def line(text: str) -> Pixels:
    """A printed line."""
    sheet = Image.new("RGB", (int(FACE.getlength(text)) + 16, 48), "white")
    ImageDraw.Draw(sheet).text((8, 6), text, font=FACE, fill="black")
    return np.asarray(sheet, np.uint8)


def reading(text: str) -> ReadText:
    """What a recogniser says who has each letter in its place and is not sure of the second."""
    each = tuple(0.6 if at == 1 else 0.99 for at in range(len(text)))
    return ReadText(
        text, 0.9, each, tuple(round((8 + 36 * at) / 4) for at in range(len(text))), line(text).shape[1] / 4
    )


@pytest.mark.parametrize("text", [DAY, "一九九〇年", "二〇〇〇年"])
def test_a_nought_of_a_year_that_is_a_ring_is_one(text: str) -> None:
    assert noughts_in(reading(text), line(text)) == {at for at, char in enumerate(text) if char == "〇"}


@pytest.mark.parametrize(
    "printed", ["二二一六年十月九日", "二口一六年十月九日", "二日一六年十月九日", "二回一六年十月九日"]
)
def test_what_is_no_ring_is_no_nought(printed: str) -> None:
    assert not noughts_in(reading(DAY), line(printed))


def test_a_thin_ring_in_a_blurred_picture_is_one_and_a_square_is_none() -> None:
    def pale(text: str) -> Pixels:
        blurred = cv2.GaussianBlur(line(text), (0, 0), 0.7).astype(np.float64)
        return np.clip(255 - 1.15 * (255 - blurred), 0, 255).astype(np.uint8)

    ring = pale(DAY)
    ring[24:28, 66:76] = np.maximum(ring[24:28, 66:76], 172)  # where its line is thinnest
    assert noughts_in(reading(DAY), ring) == {1}
    assert not noughts_in(reading(DAY), pale("二口一六年十月九日"))


def test_what_is_no_year_or_has_no_places_has_none() -> None:
    assert not noughts_in(reading("十〇一六号"), line("十〇一六号"))
    assert not noughts_in(ReadText(DAY, 0.9), line(DAY))


@pytest.mark.parametrize(("second", "agreed"), [
    ("二一六年十月九日", True), ("二〇一六年十月九日", True), ("二二一六年十月九日", False),
    ("二一六年十月八日", False),
])  # fmt: skip
def test_a_ring_that_the_second_left_out_is_as_good_as_read_and_another_letter_is_not(
    second: str, agreed: bool
) -> None:
    one = reading(DAY)
    each = tuple(0.0 if at == 1 and second[1] != "〇" else own for at, own in enumerate(one.each))
    found = with_noughts(Twice(one, ReadText(second, 0.9, (0.9,) * len(second)), each), line(DAY))
    assert (found.two.text == DAY) is agreed
    assert (found.each[1] == QUITE_SURE) is agreed


def test_letters_in_doubt_make_words_and_figures_none() -> None:
    """二〇 was made 二二, which is likelier as a word."""
    one = ReadText("二〇一六年", 0.9, (0.99, 0.6, 0.99, 0.99, 0.99), (1, 4, 7, 10, 13), 16.0, ("", "二四", "", "", ""))
    assert with_words(Twice(one, one, one.each), ()).one.text == "二〇一六年"


def test_a_year_whose_ring_the_second_leaves_out_is_read_alike_by_both(monkeypatch: pytest.MonkeyPatch) -> None:
    left_out = DAY.replace("〇", "")

    def seen(lines: Sequence[Pixels], reader: Reader = "first") -> tuple[ReadText, ...]:
        one = reading(DAY) if reader == "first" else ReadText(left_out, 0.9, (0.99,) * len(left_out))
        return (one,) * len(lines)

    monkeypatch.setattr("extractors.twice.read_lines", seen)
    [found] = read_twice([line(DAY)])
    assert found.two.text == DAY
    assert found.each[1] == QUITE_SURE
