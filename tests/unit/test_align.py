"""Which row of a returned form is which: by place when untouched, by labels when edited, doubtful when two could be."""

from extractors.align import Pair, aligned, plan_of
from gengang.form import Form
from gengang.wordxml import sheet_of_word
from tests.unit.wordfiles import docx, form_with, tbl, tc, tr

LOOP = (tr("日期", "课题"), tr(tc("{%tr for x in xs %}", span=2)), tr("{{ x.date | date }}", "{{ x.topic | text }}"),
        tr(tc("{%tr endfor %}", span=2)))  # fmt: skip
FORM = form_with(
    "登记表", tbl(tr("姓名", "{{ name | text }}"), *LOOP, tr("合计", "{{ total | count }}")), "{{ note | text }}"
)


def pairs(form: Form, *blocks: str) -> list[tuple[int, int, bool]]:
    found: tuple[Pair, ...] = aligned(plan_of(form), sheet_of_word(docx(*blocks)).rows)
    return [(pair.pattern, pair.row, pair.sure) for pair in found]


NAME, HEAD, TOTAL = tr("姓名", "张三"), tr("日期", "课题"), tr("合计", "2")
ROWS = (tr("9.5", "背影"), tr("9.6", "春"))


def test_an_untouched_form_is_paired_row_by_row() -> None:
    found = pairs(FORM, "登记表", tbl(NAME, HEAD, *ROWS, TOTAL), "无")
    assert found == [(0, 0, True), (1, 1, True), (2, 2, True), (3, 3, True), (3, 4, True), (4, 5, True), (5, 6, True)]


def test_an_empty_list_and_an_empty_line_keep_their_places() -> None:
    assert pairs(FORM, "登记表", tbl(NAME, HEAD, TOTAL), "") == [
        (0, 0, True), (1, 1, True), (2, 2, True), (4, 3, True), (5, 4, True)]  # fmt: skip


def test_a_row_that_lost_its_label_makes_the_end_of_the_list_doubtful() -> None:
    found = pairs(FORM, "登记表", tbl(NAME, HEAD, *ROWS, tr("总数", "2")), "无")
    assert (3, 4, True) in found
    assert (3, 5, False) in found


def test_two_rows_for_one_label_are_sure_of_neither() -> None:
    found = pairs(FORM, "登记表", tbl(NAME, tr("姓名", "李四"), HEAD, *ROWS, TOTAL), "无")
    assert [sure for pattern, _, sure in found if pattern == 1] == [False]


def test_a_moved_row_is_found_by_its_label() -> None:
    found = pairs(FORM, "登记表", tbl(HEAD, *ROWS, TOTAL, NAME), "无")
    assert (1, 5, True) in found


def test_heads_stand_above_rows_without_words() -> None:
    plan = plan_of(FORM)
    assert [row.heads for row in plan.rows] == [(), (), (), (2,), (), ()]
    assert plan.layout == (0, 1, 2, 3, 4, 5)
