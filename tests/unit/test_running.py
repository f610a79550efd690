"""Lines of a page to paragraphs: what their places tell, and that lines without a width tell nothing."""

from collections.abc import Sequence

from extractors.running import Paragraph, running_of
from gengang.sheet import Cell, Line, Place, Row, Sheet

LINE = "这节课我预定的目标是让学生学会提问，课堂上孩子"


def paragraphs(lines: Sequence[tuple[str, float, float]]) -> list[Paragraph]:
    """Of lines one below the other: text, left and right as shares of the page."""
    placed = [Line(text, box=(left, 0.1 + 0.03 * number, right, 0.12 + 0.03 * number))
              for number, (text, left, right) in enumerate(lines)]  # fmt: skip
    rows = tuple(Row((Cell((line,), place=Place(1, line.box)),)) for line in placed)
    return list(running_of(Sheet(rows, "pdf")).paragraphs)


def test_a_full_line_goes_on_in_the_next() -> None:
    [paragraph] = paragraphs([(LINE, 0.1, 0.9), (LINE[:-1], 0.1, 0.86)])
    assert (paragraph.text, paragraph.sure) == (LINE + LINE[:-1], True)


def test_lines_without_a_width_are_kept_and_their_bounds_are_in_doubt() -> None:
    found = paragraphs([("甲", 1.0, 1.0), ("乙。", 1.0, 1.0), ("丙", 0.0, 0.0)])
    assert "\n".join(one.text for one in found) == "甲\n乙。\n丙"
    assert not any(one.sure for one in found)


def test_a_line_without_a_width_among_others_leaves_its_bounds_in_doubt() -> None:
    found = paragraphs([(LINE, 0.1, 0.9), ("甲", 1.0, 1.0), (LINE, 0.1, 0.9)])
    assert "".join(one.text for one in found).replace("\n", "") == f"{LINE}甲{LINE}"
    assert not any(one.sure for one in found)
