"""A paper is compared with all forms at once, by words that fill a cell, stand inside a line, or mean the same."""

from extractors.formwords import index_of
from gengang.form import Form
from tests.unit.wordfiles import form_with, tbl, tr

SAME = (frozenset({"姓名", "学员姓名"}),)


def of(title: str, *labels: str) -> Form:
    form = form_with(title, tbl(*(tr(label, f"{{{{ f{n} | text }}}}") for n, label in enumerate(labels))))
    return Form(title, form.version, form.title, form.rows, form.faults, SAME)


SIGN_UP, LEAVE = of("报名表", "姓名", "报名学科"), of("请假单", "姓名", "请假事由", "请假天数")


def shares(*words: str) -> list[float]:
    return [round(share, 2) for share in index_of([SIGN_UP, LEAVE]).shares(set(words), "\n".join(words))]


def test_each_form_gets_the_share_of_its_words_that_the_paper_shows() -> None:
    assert shares("姓名", "报名学科", "报名表") == [1.0, 0.25]
    assert shares("请假单", "姓名", "请假事由", "请假天数") == [0.33, 1.0]
    assert shares("别的") == [0.0, 0.0]


def test_a_long_word_inside_a_text_counts_and_a_short_one_half() -> None:
    assert shares("请假事由和请假天数见附件") == [0.0, 0.5]
    assert shares("姓名见附件") == [0.17, 0.12]


def test_another_word_for_a_label_counts_as_the_label() -> None:
    assert shares("学员姓名") == [0.33, 0.25]


def test_titles_say_where_a_form_prints_them() -> None:
    [(plan, row)] = index_of([SIGN_UP, LEAVE]).titles["请假单"]
    assert (plan.form, row) == (LEAVE, 0)
