"""What a recogniser's scores say: characters with how sure each is, a mark by both of its widths together."""

from typing import Any

import numpy as np
from rapidocr import EngineType, RapidOCR

from extractors.ocr import decoded, twins_of, with_quick_levels
from extractors.policy import folded

LETTERS = ("", "县", "（", "(", "东")


def scores(*steps: dict[str, float]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """A row for each step; what is not said is the blank's."""
    made = np.zeros((len(steps), len(LETTERS)), dtype=np.float32)
    for row, said in zip(made, steps, strict=True):
        for letter, share in said.items():
            row[LETTERS.index(letter)] = share
        row[0] = 1 - row.sum()
    return made


def test_a_bracket_is_as_sure_as_both_its_widths_together() -> None:
    read = decoded(scores({"县": 0.99}, {"（": 0.5, "(": 0.48}, {}, {"东": 0.97}), LETTERS, twins_of(LETTERS))
    assert (read.text, read.places) == ("县（东", (0, 1, 3))
    assert np.allclose(read.each, (0.99, 0.98, 0.97), atol=1e-3)


def test_a_figure_is_as_sure_as_both_its_widths_together() -> None:
    letters = ("", "县", "2", "２", "东")
    read = decoded(scores({"县": 0.99}, {"（": 0.6, "(": 0.39}), letters, twins_of(letters))
    assert read.text == "县2"
    assert np.allclose(read.each, (0.99, 0.99), atol=1e-3)


def test_a_letter_is_as_sure_as_where_it_is_surest() -> None:
    read = decoded(scores({"县": 0.6}, {"县": 0.99}, {"东": 0.97}, {"东": 0.8}), LETTERS, twins_of(LETTERS))
    assert (read.text, read.places) == ("县东", (0, 2))
    assert np.allclose(read.each, (0.99, 0.97), atol=1e-3)


def test_a_mark_whose_other_width_is_no_letter_stands_alone() -> None:
    letters = ("", "县", "（")
    assert list(twins_of(letters)) == [0, 1, 2]
    assert list(twins_of(LETTERS)) == [0, 1, 3, 2, 4]


def test_a_letter_that_is_not_sure_has_those_that_it_may_be_instead() -> None:
    read = decoded(scores({"县": 0.6, "东": 0.3, "（": 0.05}, {"东": 0.99}), LETTERS, twins_of(LETTERS))
    assert read.text == "县东"
    assert read.others[0][:2] == "东（"
    assert read.others[1] == ""


def test_the_sign_of_money_is_one_in_both_its_widths() -> None:
    assert list(twins_of(("", "¥", "￥", "县"))) == [0, 2, 1, 3]
    assert folded("￥219") == folded("¥219")


def test_levels_that_are_looked_up_are_those_that_the_detector_works_out() -> None:
    params = {"Global.log_level": "critical", "Det.engine_type": EngineType.OPENVINO}
    detector: Any = with_quick_levels(RapidOCR(params=params)).text_det
    picture = np.random.default_rng(3).integers(0, 256, (96, 64, 3), np.uint8)
    own, quick = type(detector.get_preprocess())(736, "min"), detector.get_preprocess()
    assert np.array_equal(quick(picture), own(picture))
    assert quick.normalize(picture).dtype == np.float32
