"""A scheme as a page: every clause, question, day and unknown stands on it, for each preset."""

import pytest

from gengang.explaining import explained
from gengang.schemefile import scheme_from_toml
from gengang.workspace import preset_text, presets

# Clauses of the county that no program can check, or that ask for nothing: they are there to be read.
READ = (
    "M-02", "M-03", "L-02", "L-06", "G-00", "Z-01", "Z-02", "Z-03", "Z-04", "Z-07", "Z-08", "Z-09", "Z-10",
    "Z-11", "Z-12", "Z-13", "Z-14", "Z-15",
)  # fmt: skip
NAMES = [name for name, _ in presets()]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_all_that_the_file_says(name: str) -> None:
    text = preset_text(name)
    scheme = scheme_from_toml(text)
    page = explained(scheme, text)
    for clause in scheme.clauses:
        assert f"【{clause.id}】" in page
        assert clause.quote in page
        assert clause.reading in page
    for part in (*scheme.requirements, *scheme.items, *scheme.support):
        assert getattr(part, "name", "") in page
    for question in scheme.questions:
        assert question.question in page
        assert question.default in page
    for unknown in scheme.unknowns:
        assert f"{unknown.place}：{unknown.note}" in page
    assert all(note in page for note in scheme.notes)


def test_the_counties_fifteen_questions_with_what_stands_at_their_switches() -> None:
    text = preset_text("county-2016")
    page = explained(scheme_from_toml(text), text)
    assert "Q1　45周岁是否在内？以哪一天计？" in page
    assert "现在：eligibility.age_inclusive = 是；eligibility.as_of = 2016年9月1日" in page
    other = text.replace("age_inclusive = true", "age_inclusive = false")
    assert "现在：eligibility.age_inclusive = 否" in explained(scheme_from_toml(other), other)
    assert [f"Q{number}　" in page for number in range(1, 16)] == [True] * 15


def test_a_task_is_said_as_it_is_asked() -> None:
    texts = {name: preset_text(name) for name in NAMES}
    pages = {name: explained(scheme_from_toml(text), text) for name, text in texts.items()}
    assert "听课：累计不少于20节（L-03b，提示）" in pages["county-2016"]
    assert "汇报课：累计不少于1节（含在上课之内）" in pages["county-2016"]
    assert "培训活动：每周2至3次" in pages["term-plan"]
    assert "读书或工作坊：每月阅读教育类新书1本；或每季度参加教学方法工作坊1次" in pages["personal-practice"]
    assert "参加人员：我校选拔出的骨干教师，10名。" in pages["ten-teachers"]
    assert "共6周，起始日未定" in pages["six-weeks"]
    assert "原文写到“第一阶段，2周”就中断了" in pages["cut-off"]


@pytest.mark.parametrize("id", READ)
def test_what_no_program_checks_is_shown_as_it_is_read(id: str) -> None:
    text = preset_text("county-2016")
    scheme = scheme_from_toml(text)
    shown = explained(scheme, text).split(f"【{id}】")[1].split("【")[0].splitlines()
    clause = scheme.clause(id)
    assert shown[0] in ("只供了解", "提示", "由人决定")
    assert shown[1:3] == [f"　　原文：“{clause.quote}”", f"　　理解：{clause.reading}"]
