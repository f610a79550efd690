"""Drafts: names that Windows takes, the lists' order, and a hash that changes with what is said alone."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengang.codecs import Period
from gengang.papers.appraisal import KEEPERS, appraisal_drafts
from gengang.papers.charts import Share, share_chart
from gengang.papers.draft import (
    NAME_BYTES,
    NAME_LIMIT,
    Draft,
    content_hash,
    file_name,
    list_order,
    numbered_file,
    person_file,
)
from gengang.papers.figures import figures_of
from gengang.papers.words import masked
from gengang.rendering import Drawing, Picture
from tests.unit.cohorts import OUR_SCHEME, PASSED, WITHHELD, papers_of, roster_of
from tests.unit.rosters import roster, trainee
from tests.unit.seasons import appraisal


def draft(**values: str) -> Draft:
    return Draft("certificate", "certificate", "papers", "P-1", values, "证书/张三", 1)


@given(st.lists(st.text(), min_size=1))
def test_a_file_name_is_legal_on_windows(parts: list[str]) -> None:
    name = file_name(*parts)
    assert not set(name) & set(':*?"<>|\\/\n\t\x00')
    assert not name.endswith((".", " "))
    assert len(name) <= NAME_LIMIT
    assert len(name.encode()) <= NAME_BYTES


def test_a_long_chinese_name_leaves_room_for_its_ending() -> None:
    """ext4 and exFAT take 255 bytes of a name, which are 85 Chinese characters."""
    assert file_name("字" * 99) == "字" * (NAME_BYTES // 3)
    assert file_name("a" * 99, "字") == "a" * 99 + "_"
    assert file_name(f"{'a' * 60}{'字' * 60}") == f"{'a' * 60}{'字' * 40}"
    assert file_name("一二", "三" * 90) == f"一二_{'三' * 77}"
    assert file_name(f"{'字' * 79}. 王") == "字" * 79


def test_a_numbered_letter_lies_beside_its_draft_and_its_name_has_room_too() -> None:
    assert numbered_file("函/转达函", "某教〔2016〕5号") == "函/转达函_某教〔2016〕5号"
    long = numbered_file(f"函/{'字' * 80}", "某教〔2016〕5号").removeprefix("函/")
    assert long.endswith("字_某教〔2016〕5号")
    assert NAME_BYTES - 3 < len(long.encode()) <= NAME_BYTES


def test_a_persons_file_sorts_by_stage_and_school() -> None:
    assert person_file("鉴定表", PASSED, roster_of(), "教体局存") == "鉴定表/小学/01张村小学_张三_教体局存"
    assert person_file("鉴定表", replace(PASSED, school="没有的学校"), roster_of()) == "鉴定表/小学/没有的学校_张三"


def test_lists_run_by_stage_then_subject_then_school_then_name() -> None:
    people = [
        trainee("戊", "李河中学", "初中", "数学", ""), trainee("丁", "王沟学校", "小学", "语文", ""),
        trainee("丙", "张村小学", "小学", "数学", ""), trainee("甲", "张村小学", "小学", "语文", ""),
        trainee("己", "李河中学", "初中", "劳动", ""),
    ]  # fmt: skip
    ordered = list_order(people, roster(*people), OUR_SCHEME.participants.subjects)
    assert "".join(person.name for person in ordered) == "甲丁丙戊己"


def test_what_is_said_changes_the_hash_and_where_it_lies_does_not() -> None:
    said = content_hash(draft(name="张三"), "v1")
    assert content_hash(replace(draft(name="张三"), file="b"), "v1") == said
    assert content_hash(replace(draft(name="张三"), final=True), "v1") == said
    changed = [
        content_hash(draft(name="张三"), "v2"),
        content_hash(draft(name="李四"), "v1"),
        content_hash(replace(draft(), values={"period": Period("2016-09-01", "2016-11-30")}), "v1"),
        content_hash(replace(draft(), values={"chart": Picture(b"1", 10)}), "v1"),
        content_hash(replace(draft(), values={"chart": Picture(b"2", 10)}), "v1"),
        content_hash(
            replace(draft(), values={"chart": Drawing(share_chart, ((Share("甲校", Decimal(1), "1"),),))}), "v1"
        ),
        content_hash(
            replace(draft(), values={"chart": Drawing(share_chart, ((Share("甲校", Decimal(1), "2"),),))}), "v1"
        ),
        content_hash(replace(draft(), lists={"rows": ({"name": "张三"},)}), "v1"),
    ]
    assert len({said, *changed}) == 9


def test_three_copies_are_drafted_until_the_signed_one_is_in() -> None:
    figures = figures_of(OUR_SCHEME, PASSED.key, papers_of(PASSED))
    drafts = appraisal_drafts(PASSED, (), figures, OUR_SCHEME, roster_of())
    assert [one.values["keeper"] for one in drafts] == list(KEEPERS)
    assert len({one.file for one in drafts}) == 3
    assert appraisal_drafts(PASSED, (appraisal(),), figures, OUR_SCHEME, roster_of()) == ()


def test_rows_of_the_person_and_the_records_are_filled_and_judgements_are_not() -> None:
    figures = figures_of(OUR_SCHEME, WITHHELD.key, papers_of(WITHHELD))
    values = appraisal_drafts(WITHHELD, (), figures, OUR_SCHEME, roster_of())[0].values
    assert (values["name"], values["mentor"], values["base_school"]) == (
        "阿卜杜热合曼·买买提",
        "周明",
        "XX县XX实验学校",
    )
    assert (values["present_days"], values["absent_days"], values["lessons_heard"]) == ("10", "2", 20)
    judged = ("score", "grade", "hours", "mentor_opinion", "college_opinion", "self_signature")
    assert not {*judged} & {*values}


def test_what_has_no_record_stays_blank_for_the_pen() -> None:
    values = appraisal_drafts(PASSED, (), figures_of(OUR_SCHEME, PASSED.key, ()), OUR_SCHEME, roster_of())[0].values
    assert values["lessons_heard"] is None
    assert "present_days" not in values


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("身份证号00000019760305123X。", "身份证号000000********123X。"),
        ("电话13800138000", "电话138****8000"),
        ("编号2016000112345678901234", "编号2016000112345678901234"),
        ("2016年12月9日", "2016年12月9日"),
    ],
)
def test_id_numbers_and_phones_are_masked_and_other_numbers_are_not(text: str, shown: str) -> None:
    assert masked(text) == shown
