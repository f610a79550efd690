"""Words that several papers share: attachments as an office names them, clauses in the scheme's words."""

from dataclasses import replace

import pytest

from gengang.papers.words import clause_words, in_titles
from tests.unit.cohorts import OUR_SCHEME


@pytest.mark.parametrize(
    ("said", "titled"),
    [
        ("附件1 研修日志：收到1份，应交10份", "《研修日志》（附件1）：收到1份，应交10份"),
        ("缺张三的附件2 鉴定表、附件1 研修日志，再出", "缺张三的《鉴定表》（附件2）、《研修日志》（附件1），再出"),
        ("附件12 研修日志", "《研修日志》（附件12）"),
        ("考勤表：未交", "考勤表：未交"),
        ("见附件1", "见附件1"),
    ],
)  # fmt: skip
def test_an_attachment_is_named_by_its_title_and_then_its_number(said: str, titled: str) -> None:
    assert in_titles(said) == titled
    assert in_titles(titled) == titled


def test_a_clause_is_told_in_the_schemes_words_and_shortened_at_a_mark() -> None:
    late = "无故缺勤两天及以上者，将不能正常颁发培训结业证书，"
    assert clause_words(OUR_SCHEME, "G-07").startswith(late)
    assert clause_words(OUR_SCHEME, "G-07", len(late)) == f"{late[:-1]}……"
    assert clause_words(OUR_SCHEME, "G-07", 12) == "无故缺勤两天及以上者……"
    assert clause_words(OUR_SCHEME, "G-07", 5) == "无故缺勤两……"
    assert clause_words(OUR_SCHEME, "E-02", 40) == "年龄在45周岁以下"
    assert clause_words(OUR_SCHEME, "没有的") == ""
    half = tuple(replace(one, quote="附：甲,乙(丙)") for one in OUR_SCHEME.clauses)
    assert clause_words(replace(OUR_SCHEME, clauses=half), "G-07") == "附：甲，乙（丙）"
