"""Drawing a template: spans follow from cell edges, bytes repeat, and a file that the office edited is left alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from scripts import draw_forms, draw_papers
from scripts.word_drawing import A4, Cell, Line, Row, add_lines, line_xml, new_document, save, table_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DECLARED = '<root xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</root>'


def tree(xml: str) -> etree._Element:
    return etree.fromstring(DECLARED.format(xml))


def text_of(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def row(*widths_mm: float) -> Row:
    return Row(tuple(Cell(width, (Line("字"),)) for width in widths_mm), 10)


def spans(table: etree._Element) -> list[list[int]]:
    """For every row, how many columns of the grid each cell covers."""
    return [[_span(cell) for cell in line.iter(f"{W}tc")] for line in table.iter(f"{W}tr")]


def _span(cell: etree._Element) -> int:
    found = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if found is None else int(found.get(f"{W}val", "0"))


def test_a_cell_covers_the_columns_between_its_edges() -> None:
    assert spans(tree(table_xml([row(20, 30, 20), row(20, 50), row(70)]))) == [[1, 1, 1], [1, 2], [3]]


def test_edges_that_one_row_alone_has_split_the_cells_of_the_others() -> None:
    assert spans(tree(table_xml([row(20, 50), row(40, 30)]))) == [[1, 2], [2, 1]]


def test_rows_grow_with_their_text_and_stay_on_one_page() -> None:
    [height] = tree(table_xml([row(70)])).iter(f"{W}trHeight")
    assert height.get(f"{W}hRule") == "atLeast"
    assert len(list(tree(table_xml([row(70)])).iter(f"{W}cantSplit"))) == 1


def test_a_ruled_blank_is_a_run_of_its_own() -> None:
    runs = list(tree(line_xml(Line("应到‹{{ due_days | days }}›天"))).iter(f"{W}r"))
    assert [bool(list(run.iter(f"{W}u"))) for run in runs] == [False, True, False]
    assert text_of(runs[1]).strip() == "{{ due_days | days }}"


def test_marks_of_xml_in_a_text_are_escaped() -> None:
    assert text_of(tree(line_xml(Line("甲 & 乙 < 丙")))) == "甲 & 乙 < 丙"


def test_the_same_drawing_gives_the_same_bytes(tmp_path: Path) -> None:
    drawn = []
    for folder in (tmp_path / "first", tmp_path / "second"):
        folder.mkdir()
        document = new_document(A4)
        add_lines(document, (Line("标题"),))
        save(document, folder / "form.docx")
        drawn.append((folder / "form.docx").read_bytes())
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize(
    ("draw", "stem", "number"),
    [(draw_forms.main, "registration", 43), (draw_papers.main, "certificate", len(draw_papers.PAPERS))],
    ids=["forms", "papers"],
)
def test_a_template_that_is_there_is_never_drawn_over(
    draw: Callable[[Path], None], stem: str, number: int, tmp_path: Path
) -> None:
    edited = tmp_path / f"{stem}.docx"
    edited.write_bytes(b"edited by the office")
    draw(tmp_path)
    assert edited.read_bytes() == b"edited by the office"
    assert len(list(tmp_path.glob("*.docx"))) == number
