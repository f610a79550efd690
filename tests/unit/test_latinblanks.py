"""Blanks between Latin letters: certain where the line shows them clearly, in doubt where one may be lost or read."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image, ImageDraw, ImageFont

from extractors.latinblanks import in_doubt
from extractors.ocr import ReadText
from extractors.twice import read_twice
from gengang.workspace import BUILT_IN

Pixels = npt.NDArray[np.uint8]
FACE = "FandolFang-Regular.otf"
LETTERS = some.text("abdeghnopqsuABCDEGHKNOPQRSUV", min_size=2, max_size=6)


def drawn(text: str, said: str, size: int = 36) -> tuple[ReadText, Pixels]:
    """A line that shows a text, and the reading that says another of the same letters at their places."""
    face = ImageFont.truetype(str(BUILT_IN / "fonts" / FACE), size)
    paper = Image.new("L", (int(face.getlength(text)) + 24, size + 16), 255)
    ImageDraw.Draw(paper).text((12, 4), text, font=face, fill=20)
    middles = [12 + face.getlength(text[:at]) + face.getlength(char) / 2 for at, char in enumerate(text) if char != " "]
    places: list[int] = []
    for char in said:
        places.append(round(middles[len([one for one in said[: len(places)] if one != " "])] if char != " " else 0))
    for at, char in enumerate(said):
        if char == " ":
            places[at] = (places[at - 1] + places[at + 1]) // 2
    line = np.repeat(np.asarray(paper)[:, :, None], 3, axis=2)
    return ReadText(said, 0.99, (0.99,) * len(said), tuple(places), steps=float(paper.width)), line


@settings(max_examples=80)
@given(some.lists(LETTERS, min_size=2, max_size=4), some.data())
def test_a_blank_that_was_lost_or_added_leaves_the_text_in_doubt(words: list[str], data: some.DataObject) -> None:
    text = " ".join(words)
    at = data.draw(some.integers(0, len(words) - 2))
    lost = " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])
    added = " ".join([words[0][:1], words[0][1:], *words[1:]])
    for said in (lost, added):
        assert in_doubt(*drawn(text, said)) == ({0} if said != lost or len(words) > 2 else _in_doubt_of_one(said))


def _in_doubt_of_one(said: str) -> set[int]:
    """One word of small letters alone says of itself that it may be two only where a great one stands within."""
    return {0} if any(one.islower() and two.isupper() for one, two in pairwise(said)) else set()


@pytest.mark.parametrize("text", ["Unit 3 Let's go", "Module 5 Shopping", "GeoGebra", "PPT", "Unit 12 At the zoo"])
def test_what_shows_its_blanks_is_certain(text: str) -> None:
    assert in_doubt(*drawn(text, text)) == frozenset()


@pytest.mark.parametrize(
    ("text", "doubt"), [("Unit 3 Let", {0}), ("用PPT上课", set()), ("wx_895abc@qq.example", set())]
)
def test_without_a_line_all_that_may_hold_a_blank_is_in_doubt(text: str, doubt: set[int]) -> None:
    assert in_doubt(ReadText(text, 0.9, (0.9,) * len(text), tuple(range(len(text)))), None) == doubt


def test_a_line_that_was_read_goes_through_it() -> None:
    [found] = read_twice([drawn("Unit 5 Shopping", "Unit 5 Shopping")[1]])
    assert found.one.text == "Unit 5 Shopping"
    assert min(found.each) > 0
