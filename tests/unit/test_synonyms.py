"""The table of labels that mean the same: its file, its faults with their places, and how several become one."""

from pathlib import Path

import pytest

from gengang.synonyms import Synonyms, joined, synonyms_of
from gengang.template import BUILT_IN_SYNONYMS, forms_of_folder
from tests.unit.wordfiles import docx, tbl, tr


def test_the_built_in_table_has_no_fault() -> None:
    table = synonyms_of(BUILT_IN_SYNONYMS.read_text("utf-8"))
    assert table.faults == ()
    assert {"身份证号", "公民身份号码"} <= next(group for group in table.groups if "身份证号" in group)


def test_words_are_kept_as_they_are_compared() -> None:
    assert synonyms_of('groups = [["姓 名：", "学员\\u3000姓名"]]').groups == (frozenset({"姓名", "学员姓名"}),)
    assert synonyms_of("") == Synonyms()


@pytest.mark.parametrize(("text", "told"), [
    ('groups = [["甲", "乙"], ["丙"]]', [("第2组", "两个不同")]),
    ('groups = [\n["甲", "甲", "乙"],\n]', [("第1组 第2行", "写了两次")]),
    ('groups = [["甲", "乙"],\n ["乙", "丙"]]', [("第2组 第1行", "已在前面")]),
    ('groups = [["甲", " ", "乙"]]', [("第1组", "空白的词")]),
    ('groups = [["甲", 1], "乙"]', [("第1组", "加引号"), ("第2组", "加引号")]),
    ('groups = "甲"', [("第1行", "一组一组")]), ('\ngroup = [["甲", "乙"]]', [("第2行", "只有 groups")]),
    ('groups = [["甲" "乙"]]', [("第1行", "写法有误")]), ('groups = [["甲", "乙"]', [("文件末尾", "写法有误")]),
])  # fmt: skip
def test_every_fault_is_told_with_its_place(text: str, told: list[tuple[str, str]]) -> None:
    faults = synonyms_of(text).faults
    assert [place for place, _ in faults] == [place for place, _ in told]
    assert all(word in message for (_, message), (_, word) in zip(faults, told, strict=True))


def test_a_fault_leaves_out_its_own_group_alone() -> None:
    assert synonyms_of('groups = [["甲", "乙"], ["丙"]]').groups == (frozenset("甲乙"),)


def test_groups_of_several_files_that_share_a_word_are_one() -> None:
    tables = [Synonyms((frozenset("甲乙"), frozenset("丙丁"))), Synonyms((frozenset("乙丙"), frozenset("戊己")))]
    assert joined(tables) == (frozenset("甲乙丙丁"), frozenset("戊己"))


def test_an_office_adds_words_beside_its_forms_or_over_them(tmp_path: Path) -> None:
    folder = tmp_path / "forms"
    folder.mkdir()
    (folder / "one.docx").write_bytes(docx(tbl(tr("尊称", "{{ name | text }}"))))
    (tmp_path / "synonyms.toml").write_text('groups = [["姓名", "尊称"], ["甲"]]', "utf-8")
    forms, left_out = forms_of_folder(folder)
    assert any({"尊称", "姓名", "学员姓名"} <= group for group in forms[0].synonyms)
    assert [(fault.code, fault.place) for fault in left_out if fault.code == "synonyms"] == [
        ("synonyms", "synonyms.toml 第2组")]  # fmt: skip


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.docx").write_bytes(docx(tbl(tr("姓名", "{{ name | text }}"))))
    (tmp_path / "synonyms.toml").write_bytes('groups = [["姓名", "尊称"]]'.encode("gb18030"))
    assert "UTF-8" in next(fault.message for fault in forms_of_folder(tmp_path)[1] if fault.code == "synonyms")
