"""Pages to one sheet: what a page break cut is put together with nothing lost."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from extractors.align import plan_of
from extractors.layout import Area, Grid, Rect
from extractors.pagebreaks import with_cut_rows_joined
from extractors.paper import Content, Page, PrintedLine, Table, sheet_of_pages
from tests.unit.wordfiles import form_with, tbl, tc, tr

WIDTH, HEIGHT = 600.0, 800.0
EDGES = (50.0, 150.0, 550.0)
LIST = (50.0, 100.0, 250.0, 400.0, 550.0)


def page(number: int, top: float, bottom: float, *contents: Content, edges: Sequence[float] = EDGES) -> Page:
    """A page with a table of one row."""
    rects = [Rect(left, top, right, bottom) for left, right in pairwise(edges)]
    areas = tuple(Area(0, column, 1, 1, rect) for column, rect in enumerate(rects))
    grid = Grid(Rect(edges[0], top, edges[-1], bottom), tuple(edges), areas)
    return Page(number, WIDTH, HEIGHT, (Table(grid, contents),))


def said(text: str, pictures: int = 0) -> Content:
    return Content((PrintedLine(Rect(60, 100, 140, 112), text),) if text else (), pictures)


def test_a_row_that_goes_on_over_the_page_break_keeps_the_text_and_pictures_of_both_pages() -> None:
    pages = [page(1, 600, 780, said("照片"), said("甲", 1)), page(2, 50, 200, said(""), said("乙", 2))]
    [row] = sheet_of_pages(pages, "pdf").rows
    assert [(cell.text, cell.pictures) for cell in row.cells] == [("照片", 0), ("甲\n乙", 3)]


def listed(text: str, left: float = 110.0, width: float = 0.0, foot: float = 112.0) -> Content:
    """A line of letters of 12 points, or so wide."""
    line = PrintedLine(Rect(left, foot - 12, left + (width or 12 * len(text)), foot), text)
    return Content((line,) if text else ())


def cut(upper: Sequence[Content], lower: Sequence[Content]) -> list[list[bool]]:
    """Which cells of the row at the foot of a page and of that at the head of the next are called unread."""
    first = [said("经历"), *upper]
    pages = [page(1, 700, 780, *first, edges=LIST), page(2, 50, 200, *lower, edges=LIST[-len(lower) - 1 :])]
    return [[cell.unread for cell in row.cells] for row in sheet_of_pages(pages, "pdf").rows]


def test_a_row_of_a_list_that_may_go_on_behind_the_page_break_is_unread_in_those_cells() -> None:
    upper = [listed("2016年"), listed("大营镇大营村希", 255), listed("教师", 405)]
    lower = [said(""), said(""), said("望小学"), said("")]
    assert cut(upper, lower) == [[False, False, True, False], [False, False, True, False]]


@pytest.mark.parametrize(("school", "width", "foot", "asked"), [
    ("大营镇大营村希望", 146, 776, True), ("大营小学", 48, 776, False),
    ("大营镇大营村希望", 146, 740, False),  # what stands beside it ends in the middle of the row
])  # fmt: skip
def test_a_row_whose_cell_is_full_at_the_foot_of_a_page_may_go_on_in_one_that_is_filled_where_others_end_there_too(
    school: str, width: float, foot: float, asked: bool
) -> None:
    upper = [listed("2016年", foot=foot), listed(school, 252, width, 776), listed("教师", 405, foot=foot)]
    found = cut(upper, [said(""), said("2017年"), said("张村小学"), said("教师")])
    assert any(map(any, found)) == asked


def test_a_row_most_of_whose_cells_are_full_may_go_on() -> None:
    upper = [listed("2016年", 102, 146), listed("大营镇大营村希望", 252, 146), listed("教师", 405)]
    assert any(map(any, cut(upper, [said(""), said("2017年"), said("张村小学"), said("教师")])))


@pytest.mark.parametrize("aside", [-16.0, -3.0, 4.0, 12.0])
@pytest.mark.parametrize("scale", [0.995, 1.0, 1.005])
def test_sheets_that_lay_otherwise_under_the_scanner_have_the_columns_of_one_table(aside: float, scale: float) -> None:
    lower = [LIST[0] + aside + (edge - LIST[0]) * scale for edge in (LIST[0], LIST[2], LIST[4])]
    pages = [page(1, 700, 780, *map(said, "甲乙丙丁"), edges=LIST), page(2, 50, 200, *map(said, "戊己"), edges=lower)]
    first, second = sheet_of_pages(pages, "scan").rows
    assert first.table == second.table
    assert [(cell.column, cell.span) for cell in first.cells] == [(0, 1), (1, 1), (2, 1), (3, 1)]
    assert [(cell.column, cell.span) for cell in second.cells] == [(0, 2), (2, 2)]


FORM = form_with(tbl(tr("姓名", "{{ name | text }}"), tr("{{ prose | prose }}")))


@pytest.mark.parametrize(
    ("edges", "asked"), [((50.0, 550.0), False), ((50.0, 150.0, 550.0), True), ((64.0, 549.0), True)]
)
def test_words_of_other_columns_behind_a_page_break_may_belong_to_the_row_above(
    edges: tuple[float, ...], asked: bool
) -> None:
    upper = page(1, 700, 780, said("今后将继续努力，"), edges=(50.0, 550.0))
    lower = page(2, 50, 200, said("不断提高。"), *[said("")] * (len(edges) - 2), edges=edges)
    rows = sheet_of_pages([upper, lower], "scan").rows
    joined = with_cut_rows_joined(plan_of(FORM), rows)
    assert joined[0].cells[0].unread is asked
    assert "".join(cell.text for row in joined for cell in row.cells).replace("\n", "") == "今后将继续努力，不断提高。"


LISTED = form_with(tbl(
    tr("时间", "学校", "职务", "签名"), tr(tc("{%tr for one in posts %}", span=4)),
    tr("{{ one.time | text }}", "{{ one.school | text }}", "{{ one.post | text }}", "{{ one.name | text }}"),
    tr(tc("{%tr endfor %}", span=4)),
))  # fmt: skip


@pytest.mark.parametrize(("lower", "asked"), [
    (("2016.11.13", "学", "", ""), True), (("2017年", "张村小学", "教师", "李四"), False), (("", "", "", ""), False),
])  # fmt: skip
@pytest.mark.parametrize("aside", [0.0, 30.0])
def test_a_list_s_row_in_what_a_photo_shows_as_another_table_may_be_the_rest_of_the_row_above(
    lower: tuple[str, ...], asked: bool, aside: float
) -> None:
    above = page(1, 700, 780, *map(said, ("2016.9.21", "三合镇三合村希望小", "副校长", "孙敏")), edges=LIST)
    below = page(2, 50, 200, *map(said, lower), edges=[edge + aside for edge in LIST])
    rows = with_cut_rows_joined(plan_of(LISTED), sheet_of_pages([above, below], "scan").rows)
    assert [any(cell.unread for cell in row.cells) for row in rows] == [asked, asked]


def letter(*lines: tuple[str, float, float, float], high: float = 18) -> list[str]:
    """The paragraphs of recognised lines, each with its left and right end and the height of its letters.

    high: of their frames, of which one begins 20 below the other.
    """
    frames = [(Rect(left, 100 + 20 * number, right, 100 + high + 20 * number), text, size)
              for number, (text, left, right, size) in enumerate(lines)]  # fmt: skip
    printed = tuple(PrintedLine(rect, text, 1.0, size=size) for rect, text, size in frames)
    return ["".join(cell.text for cell in row.cells).replace("\n", "")
            for row in sheet_of_pages([Page(1, WIDTH, HEIGHT, (), printed)], "scan").rows]  # fmt: skip


LONG = ("本人陈英，系新庄镇中心小学教师，因家中老人住院，需请假4天", 70.0, 500.0, 14.0)
DATES = ("（2016年11月7日至2016年11月10日），请予批准。", 50.0, 400.0, 10.0)
WIDE = ("此致敬礼", 500.0, 540.0, 14.0)


def test_a_recognised_line_goes_on_where_the_next_word_had_no_room_in_it() -> None:
    assert letter(LONG, DATES, WIDE)[0] == LONG[0] + DATES[0]
    assert letter((f"{LONG[0]}。", *LONG[1:]), DATES, WIDE)[0] == f"{LONG[0]}。"
    assert letter((LONG[0], 70.0, 440.0, 14.0), DATES, WIDE)[0] == LONG[0]


def test_a_line_whose_frame_holds_ink_of_the_line_above_is_as_large_as_its_frame() -> None:
    tall = (DATES[0], 50.0, 400.0, 24.0)
    assert letter(LONG, tall, WIDE)[0] == LONG[0]
    assert letter(LONG, tall, WIDE, high=25)[0] == LONG[0] + DATES[0]


def test_a_cell_of_whose_frame_a_part_was_not_seen_is_asked_about() -> None:
    whole = page(1, 50, 200, said("姓名"), said("张三"))
    grid = whole.tables[0].grid
    areas = (grid.areas[0], replace(grid.areas[1], mended=True))
    torn = replace(whole, tables=(Table(replace(grid, areas=areas), whole.tables[0].contents),))
    [row] = sheet_of_pages([torn], "pdf").rows
    assert [cell.unread for cell in row.cells] == [False, True]


@pytest.mark.parametrize(("end", "joined"), [("跟岗学习，", True), ("跟岗学习了", False), ("跟岗学习（", True)])
def test_a_mark_that_ends_a_recognised_line_has_white_of_its_own_before_the_margin(end: str, joined: bool) -> None:
    """The frame of a line ends with its ink, that of a comma in the first half of its room."""
    text = "兹有教师曾华颖在二〇一六年十月十日至十一日在我校跟岗学习" + "的时候" * 4 + end
    first = PrintedLine(Rect(208, 219, 1456, 249), text, 0.99, text)
    second = PrintedLine(Rect(152, 251, 804, 281), "出勤二天", 0.99, "出勤二天")
    day = PrintedLine(Rect(1341, 467, 1514, 497), "2016.09.09", 0.99, "2016.09.09")
    page = Page(1, 1655, 2340, loose=(first, second, day))
    assert len(sheet_of_pages([page], "scan").rows) == (2 if joined else 3)
