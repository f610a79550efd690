"""A paper is compared with all forms at once, by words that fill a cell, stand inside a line, or mean the same."""

from extractors.formwords import index_of
from extractors.parts import form_on
from gengang.form import Form
from gengang.wordxml import sheet_of_word
from tests.unit.wordfiles import docx, form_with, tbl, tr

SAME = (frozenset({"姓名", "学员姓名"}),)


def of(title: str, *labels: str) -> Form:
    form = form_with(title, tbl(*(tr(label, f"{{{{ f{n} | text }}}}") for n, label in enumerate(labels))))
    return Form(title, form.version, form.title, form.rows, form.faults, SAME)


SIGN_UP, LEAVE = of("报名表", "姓名", "报名学科"), of("请假单", "姓名", "请假事由", "请假天数")


def best(*words: str, bonus: tuple[float, float] = (0.0, 0.0)) -> tuple[float, str]:
    found = index_of([SIGN_UP, LEAVE]).best(set(words), "\n".join(words), bonus)
    assert found is not None
    return round(found[0], 2), found[1].form.stem


def test_the_form_of_whose_words_the_paper_shows_most_is_the_best() -> None:
    assert best("姓名", "报名学科", "报名表") == (1.0, "报名表")
    assert best("请假单", "姓名", "请假事由", "请假天数") == (1.0, "请假单")
    assert best("别的")[0] == 0.0
    assert index_of([]).best({"姓名"}, "姓名", ()) is None


def test_a_long_word_inside_a_text_counts_and_a_short_one_half() -> None:
    assert best("请假事由和请假天数见附件") == (0.5, "请假单")
    assert best("姓名见附件") == (0.17, "报名表")


def test_another_word_for_a_label_counts_as_the_label() -> None:
    assert best("学员姓名") == (0.33, "报名表")


def test_a_title_may_tip_the_scales() -> None:
    assert best("姓名", bonus=(0.0, 0.35)) == (0.6, "请假单")


def test_of_equals_the_later_name_counts_and_of_one_name_the_first() -> None:
    a, b = (Form(stem, SIGN_UP.version, SIGN_UP.title, SIGN_UP.rows) for stem in "ab")
    today, older = (Form("b", version, SIGN_UP.title, SIGN_UP.rows) for version in ("1" * 12, "2" * 12))
    rows = sheet_of_word(docx("报名表", tbl(tr("姓名", "张三"), tr("报名学科", "数学")))).rows
    for forms, truth in (((a, b), b), ((b, a), b), ((today, older), today), ((older, today), older)):
        plan = form_on(rows, forms)
        assert plan is not None
        assert plan.form is truth


def test_titles_say_where_a_form_prints_them() -> None:
    [(plan, row)] = index_of([SIGN_UP, LEAVE]).titles["请假单"]
    assert (plan.form, row) == (LEAVE, 0)
