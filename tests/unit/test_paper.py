"""Pages to one sheet: what a page break cut is put together with nothing lost."""

from itertools import pairwise

from extractors.layout import Area, Grid, Rect
from extractors.paper import Content, Page, PrintedLine, Table, sheet_of_pages

WIDTH, HEIGHT = 600.0, 800.0
EDGES = (50.0, 150.0, 550.0)


def page(number: int, top: float, bottom: float, *contents: Content) -> Page:
    """A page with a table of one row."""
    rects = [Rect(left, top, right, bottom) for left, right in pairwise(EDGES)]
    areas = tuple(Area(0, column, 1, 1, rect) for column, rect in enumerate(rects))
    return Page(number, WIDTH, HEIGHT, (Table(Grid(Rect(EDGES[0], top, EDGES[-1], bottom), EDGES, areas), contents),))


def said(text: str, pictures: int = 0) -> Content:
    return Content((PrintedLine(Rect(60, 100, 140, 112), text),) if text else (), pictures)


def test_a_row_that_goes_on_over_the_page_break_keeps_the_text_and_pictures_of_both_pages() -> None:
    pages = [page(1, 600, 780, said("照片"), said("甲", 1)), page(2, 50, 200, said(""), said("乙", 2))]
    [row] = sheet_of_pages(pages, "pdf").rows
    assert [(cell.text, cell.pictures) for cell in row.cells] == [("照片", 0), ("甲\n乙", 3)]
