"""Pages of one file to the forms on them: in the order they make sense in, and nobody's pages with another's."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from io import BytesIO

import pikepdf
import pytest

from extractors.files import read_bytes
from extractors.layout import Area, Grid, Rect
from extractors.pageorder import groups_of_pages, readings_of_pages
from extractors.paper import Content, PrintedLine, Table
from extractors.paper import Page as PaperPage
from extractors.sights import Sight, cells_open_at_foot, sights_of
from gengang.form import Form
from gengang.reading import FieldReading, FileReading, Reading
from gengang.sheet import Cell, Line, Place, Row
from tests.unit.prints import FORMS, SENT, pdf_of
from tests.unit.repainted import saved
from tests.unit.wordfiles import form_with, p, tbl, tc, tr

Page = tuple[str, int]
FRONT, BACK = ("appraisal", 0), ("appraisal", 1)
LOG = ("training_log", 0)


def file_of(pages: Sequence[Page | None]) -> bytes:
    """These pages of prints in one file; None is a blank page."""
    made = pikepdf.new()
    sources = {stem: pikepdf.open(BytesIO(pdf_of(stem))) for stem in SENT}
    for page in pages:
        if page is None:
            made.add_blank_page(page_size=(595, 842))
        else:
            made.pages.append(sources[page[0]].pages[page[1]])
    return saved(made)


def read(*pages: Page | None) -> FileReading:
    return read_bytes("all.pdf", file_of(pages), FORMS)


@lru_cache
def alone(stem: str) -> dict[str, tuple[str, object]]:
    [reading] = read_bytes("one.pdf", pdf_of(stem), FORMS).submissions
    return fields(reading)


def fields(reading: Reading) -> dict[str, tuple[str, object]]:
    return {name: (one.status, one.value) for name, one in reading.fields.items() if isinstance(one, FieldReading)}


def codes(file: FileReading) -> set[str]:
    return {finding.code for reading in file.submissions for finding in reading.findings} | {
        finding.code for finding in file.findings
    }


@pytest.mark.parametrize("pages", [
    [FRONT, BACK, LOG], [LOG, FRONT, BACK], [BACK, FRONT], [FRONT, LOG, BACK], [FRONT, BACK, FRONT, BACK],
    [FRONT, None, BACK, None, LOG],
], ids=str)  # fmt: skip
def test_pages_are_read_as_if_each_form_came_alone(pages: list[Page | None]) -> None:
    file = read(*pages)
    stems = sorted({page[0] for page in pages if page} if pages.count(FRONT) < 2 else ["appraisal", "appraisal"])
    assert sorted(reading.form for reading in file.submissions) == stems
    assert all(fields(reading) == alone(reading.form) for reading in file.submissions)


def test_pages_that_were_put_in_order_are_told() -> None:
    file = read(BACK, FRONT)
    assert "pages_reordered" in codes(file)
    assert file.submissions[0].pages == (1, 2)


def test_a_blank_back_is_skipped_and_told() -> None:
    assert "page_skipped" in codes(read(FRONT, None, BACK))


def test_pages_that_nobody_can_put_together_are_asked_about() -> None:
    file = read(FRONT, FRONT, BACK, BACK)
    assert "page_order" in codes(file)
    assert len(file.submissions) == 2
    assert not any(status == "accepted" for reading in file.submissions for status, _ in fields(reading).values())


def test_a_lost_page_is_told_and_its_fields_are_missing() -> None:
    [reading] = read(FRONT).submissions
    assert fields(reading)["name"] == alone("appraisal")["name"]
    assert fields(reading)["score"][0] == "missing"
    assert "page_missing" in codes(read(FRONT))


# --- what pages show, without pages ---

OPINIONS = form_with(tbl(tr("姓名", "{{ name | text }}"), tr("导师意见", "{{ one | prose }}"),
                         tr("学校意见", "{{ two | prose }}")))  # fmt: skip


def sheet(number: int, bottom: float = 780) -> PaperPage:
    """A page with a table from margin to margin. bottom: its lower edge."""
    whole = Rect(50, 60, 545, bottom)
    return PaperPage(number, 595, 842, (Table(Grid(whole, (50, 545), (Area(0, 0, 1, 1, whole),)), ()),))


def front(number: int, *texts: str, form: Form | None = OPINIONS) -> Sight:
    return Sight(sheet(number), form, 0, 0, 0, 0, begins=True, texts=frozenset(texts))


def back(number: int, *texts: str) -> Sight:
    return Sight(sheet(number), OPINIONS, 1, 2, 1, 2, complete=True, texts=frozenset(texts))


def lone(number: int, bottom: float) -> Sight:
    """A page with all rows of the form."""
    return Sight(sheet(number, bottom), OPINIONS, 0, 2, 0, 2, begins=True, complete=True)


def rest(number: int) -> Sight:
    """A page with nothing on it but the end of somebody's text."""
    return Sight(sheet(number), texts=frozenset(["收获很大。"]))


NOTED = form_with(tbl(tr("姓名", "{{ name | text }}"), tr("导师意见", "{{ one | prose }}"),
                      tr("学校意见", "{{ two | prose }}")), p("填表说明：本表由本人如实填写，一式叁份。"))  # fmt: skip


@pytest.mark.parametrize(("text", "pages"), [
    ("填表说明:本表由本人如实填写,一式叁份。", [(1, 2), (3,)]), ("一式叁份。", [(1, 2), (3,)]),
    ("跟岗研修材料封面", [(1,), (3,)]),
])  # fmt: skip
def test_the_forms_own_note_on_a_page_of_its_own_is_no_cover(text: str, pages: list[tuple[int, ...]]) -> None:
    done = Sight(sheet(1), NOTED, 0, 2, 0, 2, begins=True, complete=True)
    note = Sight(PaperPage(2, 595, 842), texts=frozenset([text]), slight=True)
    groups = groups_of_pages([done, note, replace(done, page=sheet(3))])
    assert [tuple(sight.page.number for sight in group.sights) for group in groups] == pages


@pytest.mark.parametrize("sights", [
    [rest(1), front(2), rest(3), front(4), back(5), front(6)], [rest(1), front(2), back(3), front(4)],
    [rest(1), front(2)],
], ids=len)  # fmt: skip
def test_a_pile_that_begins_with_the_rest_of_a_text_is_nobodys_to_part(sights: list[Sight]) -> None:
    groups = groups_of_pages(sights)
    assert sorted(page.number for group in groups for page in group.pages) == [*range(1, len(sights) + 1)]
    assert not any(group.sure for group in groups)


def test_the_rest_of_a_text_behind_its_page_is_part_of_the_form() -> None:
    [group] = groups_of_pages([front(1), rest(2), back(3)])
    assert group.sure
    first, second = groups_of_pages([front(1), back(2), front(3), back(4)])
    assert (first.sure, second.sure) == (True, True)


def test_a_printed_label_tells_nobodys_pages_from_anothers() -> None:
    own = [back(1, "张三", "导师意见"), front(2, "张三", "导师意见"), back(3, "李四"), front(4, "李四")]
    assert [[page.number for page in group.pages] for group in groups_of_pages(own)] == [[2, 1], [4, 3]]
    lost = [
        back(1, "导师意见", "学校意见"),
        front(2, "张三", "导师意见"),
        back(3, "学校意见", "李四"),
        front(4, "李四"),
    ]
    assert not any(group.sure for group in groups_of_pages(lost))


def test_a_letter_over_a_form_that_lost_its_end_is_no_rest_of_it() -> None:
    letter = Sight(PaperPage(1, 595, 842), texts=frozenset(["各位领导："]))
    assert [group.sure for group in groups_of_pages([letter, front(2)])] == [True, True]


def test_the_rest_of_a_text_behind_a_form_that_ends_higher_up_is_somebody_elses() -> None:
    ended, short, full = lone(1, 400), lone(3, 400), lone(3, 780)
    assert [len(group.pages) for group in groups_of_pages([full, rest(4)])] == [2]
    assert [group.sure for group in groups_of_pages([ended, rest(2), short])] == [True, True, True]
    assert not any(group.sure for group in groups_of_pages([ended, rest(2), full]))


# --- forms one under another on a page ---

SCORED = tbl(tr("参训教师", "{{ name | text }}"), tr("考核组评语", "{{ opinion | prose }}"),
             tr("考核组长签字", "{{ signer | text }}"))  # fmt: skip
SCORES = replace(form_with("跟岗研修考核表", SCORED), stem="scores")
FEW = form_with("跟岗研修登记表", tbl(tr("教师姓名", "{{ name | text }}"), tr("联系方式", "{{ phone | phone }}")))
LEFT, MIDDLE, RIGHT, HEIGHT = 60.0, 160.0, 540.0, 30.0


def drawn(number: int, *blocks: str | list[tuple[str, str]]) -> PaperPage:
    """A page of titles and tables of two columns, one under another."""
    loose, tables, top = [], [], 60.0
    for block in blocks:
        if isinstance(block, str):
            loose.append(PrintedLine(Rect(LEFT, top, LEFT + 10.5 * len(block), top + 10.5), block))
            top += HEIGHT
            continue
        areas, contents, first = [], [], top
        for row, texts in enumerate(block):
            for column, (text, left, right) in enumerate(zip(texts, (LEFT, MIDDLE), (MIDDLE, RIGHT), strict=True)):
                areas.append(Area(row, column, 1, 1, Rect(left, top, right, top + HEIGHT)))
                box = Rect(left + 5, top + 5, left + 5 + 10.5 * len(text), top + 15.5)
                contents.append(Content((PrintedLine(box, text),) if text else ()))
            top += HEIGHT
        tables.append(Table(Grid(Rect(LEFT, first, RIGHT, top), (LEFT, MIDDLE, RIGHT), tuple(areas)), tuple(contents)))
        top += HEIGHT
    return PaperPage(number, 595, 842, tuple(tables), tuple(loose), digital=True)


def test_a_form_that_begins_below_anothers_end_goes_on_on_the_next_page() -> None:
    own = [("教师姓名", "张三"), ("联系方式", "13800138000")]
    first = drawn(1, FEW.title, own, SCORES.title, [("参训教师", "李四")])
    second = drawn(2, [("考核组评语", "同意。"), ("考核组长签字", "王五")])
    found = readings_of_pages([first, second], "pdf", [], [FEW, SCORES])
    assert [(one.form, one.pages) for one in found.readings] == [(FEW.stem, (1,)), (SCORES.stem, (1, 2))]
    assert {name: value for name, (_, value) in fields(found.readings[1]).items()} == {
        "name": "李四", "opinion": "同意。", "signer": "王五",
    }  # fmt: skip
    assert not any(code in {one.code for one in found.findings} for code in ("unknown_form", "page_order"))


def test_the_end_of_a_form_that_nothing_above_it_began_stands_alone() -> None:
    own = [("教师姓名", "张三"), ("联系方式", "13800138000")]
    second = drawn(2, [("考核组评语", "同意。"), ("考核组长签字", "王五")])
    found = readings_of_pages([drawn(1, FEW.title, own), second], "pdf", [], [FEW, SCORES])
    assert [one.pages for one in found.readings] == [(1,), (2,)]
    assert fields(found.readings[1])["name"] == ("missing", None)


def test_a_page_that_begins_another_form_is_no_rest_of_the_one_before_although_it_shows_its_words() -> None:
    longer = tbl(tr("教师姓名", "{{ name | text }}"), tr("联系方式", "{{ phone | phone }}"),
                 tr("考核组评语", "{{ opinion | prose }}"), tr("考核组长签字", "{{ signer | text }}"))  # fmt: skip
    other = form_with("跟岗研修登记表", longer)
    own = [("教师姓名", "张三"), ("联系方式", "13800138000"), ("考核组评语", "同意。"), ("考核组长签字", "王五")]
    first, second = drawn(1, SCORES.title, [("参训教师", "李四")]), drawn(2, own)
    assert [sight.form for sight in sights_of([first, second], "pdf", [SCORES, other])] == [SCORES, other]


def test_a_running_head_that_is_the_first_line_of_another_form_begins_none() -> None:
    """Both pages of a form say 填报单位 at their head, which is where another form begins."""
    said, head = "填报单位（盖章）：{{ school | text }}", "填报单位（盖章）：红旗中学"
    more = [
        (label, f"{{{{ more{number} | text }}}}") for number, label in enumerate(("工作单位", "任教学科", "研修内容"))
    ]
    long = tbl(*(tr(*row) for row in (*more, ("考核组评语", "{{ one | prose }}"), ("负责人签字", "{{ two | text }}"))))
    mine = replace(form_with("跟岗研修考核表", long, header=p(said)), stem="mine")
    other = form_with(p(said), tbl(tr("教师姓名", "{{ name | text }}"), tr("联系方式", "{{ phone | phone }}")))
    first = drawn(1, head, mine.title, [("工作单位", "红旗中学"), ("考核组评语", "同意。")])
    second = replace(drawn(2, head, [("负责人签字", "王五")]), height=400)  # too low for a margin
    assert [sight.form for sight in sights_of([first, second], "scan", [mine, other])] == [mine, mine]
    again = drawn(2, head, mine.title, [("工作单位", "张村小学")])
    assert [sight.begins for sight in sights_of([first, again], "scan", [mine, other])] == [True, True]


def test_a_row_that_shows_the_words_of_two_is_neither() -> None:
    form = form_with("跟岗双方协议书", tbl(tr("甲方意见", "{{ one | text }}"), tr("乙方意见", "{{ two | text }}")))
    [sight] = sights_of([drawn(1, form.title, [("甲方意见", "乙方意见")])], "pdf", [form])
    assert (sight.form, sight.head, sight.foot) == (form, -1, -1)


@pytest.mark.parametrize(("last", "opened"), [((), {1}), (("（盖章）",), set())])
def test_a_cell_whose_last_line_the_form_prints_does_not_go_on_behind_its_page(
    last: tuple[str, ...], opened: set[int]
) -> None:
    form = form_with("跟岗意见表", tbl(tr("意见", tc("{{ opinion | prose }}", *last))))
    texts = ["意见", "\n".join(("很好。", *last))]
    place = Place(1, (0.1, 0.8, 0.9, 0.92))
    row = Row(tuple(Cell(tuple(map(Line, text.split("\n"))), place=place) for text in texts), 1)
    assert cells_open_at_foot(form, row) == opened
