"""The cohort report's appendices: suggestions with an answer, and every number opened to its people and papers."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from gengang.papers.charts import MOST_BARS, Share, share_chart
from gengang.papers.cohort_report import cohort_report_draft
from gengang.papers.draft import Draft
from gengang.papers.excerpts import key_of_text
from gengang.papers.tracing import LONGEST_ROW, Traced, in_rows
from gengang.ticks import NOTHING_TOLD, Told, Written
from tests.unit.cohorts import FAILED, FONTS, GUIDE, PASSED, WITHHELD, facts_of, papers_of
from tests.unit.rosters import paper

WISH = "建议把研修分散安排，联系电话13800138000。"
PEOPLE = (PASSED, WITHHELD, FAILED)


def rows(draft: Draft, name: str) -> list[Mapping[str, object]]:
    return list(draft.lists[name])


def report(told: Told = NOTHING_TOLD, town: str = "") -> Draft:
    """Of the cohort, of which one made suggestions."""
    wishes = {"suggestions": WISH}
    more = [replace(paper("study_report", wishes, "wish#0", date(2016, 12, 1)), person=PASSED.key)]
    nothing = [replace(paper("mentor_summary", {"suggestions": "无。"}, "none#0"), person=GUIDE.key)]
    every = [one for person in PEOPLE for one in papers_of(person)]
    facts = facts_of()
    schools = tuple(replace(one, rural=one.rural and one.name != town) for one in facts.roster.schools)
    roster = replace(facts.roster, schools=schools)
    return cohort_report_draft(replace(facts, roster=roster, papers=(*every, *more, *nothing), told=told))


def test_each_suggestion_stands_with_its_source_and_a_place_for_the_answer() -> None:
    [wish] = rows(report(), "wishes")
    assert (wish["text"], wish["answer"]) == ("建议把研修分散安排，联系电话138****8000。", None)
    assert str(wish["source"]).startswith("张三，研修报告")
    key = key_of_text("wish#0", WISH)
    assert wish["number"] == key[-5:]
    answered = report(Told(written=(Written("reply", key, "明年分两段安排。", "王老师"),)))
    assert rows(answered, "wishes")[0]["answer"] == "明年分两段安排。"


def test_a_report_is_submitted_only_when_every_section_was_written() -> None:
    parts = ("practices", "achievements", "suggestions")
    whole = tuple(Written("report", part, f"{part}写好了。", "王老师") for part in parts)
    assert [report(Told(written=whole[:number])).values["status"] for number in range(4)] == [
        "草稿", "草稿", "草稿", "送审稿",
    ]  # fmt: skip
    assert report(Told(written=whole)).values["practices"] == "practices写好了。"


@pytest.mark.parametrize("town", ["", "张村小学"])
def test_every_number_of_the_report_opens_to_its_people_and_papers(town: str) -> None:
    draft = report(town=town)
    found = {str(row["name"]): (str(row["value"]), str(row["source"])) for row in rows(draft, "sources") if row["name"]}
    for field, name in {
        "schools_due": "应报学校", "schools_reported": "实报学校", "schools_late": "迟报学校", "trainees": "学员",
        "primary_trainees": "小学学员", "junior_trainees": "初中学员", "mentors": "指导教师", "passed": "考核合格",
        "withheld": "证书缓发", "failed": "不合格", "unassessed": "未考核", "trainee_hours": "学员认定学时",
        "mentor_hours": "指导教师认定学时",
    }.items():  # fmt: skip
        assert re.match(r"\d+", found[name][0]).group() == str(draft.values[field]), name  # type: ignore[union-attr]
    for row in rows(draft, "tasks"):
        assert found[str(row["item"]).partition("（")[0]][0] == row["total"]
    assert (
        found["听课"][1] == "张三20节（研修日志10篇）；李𬱖1节（研修日志1篇）；阿卜杜热合曼·买买提20节（研修日志10篇）"
    )
    assert found["不合格"] == ("1名", "李𬱖（6分）")
    problems = re.findall(r"([^；。]+?)不足[\d.]+\D+?的(\d+)名", str(draft.values["problems"]))
    assert problems
    assert all(found[f"{name}未达到规定数量"][0] == f"{number}名" for name, number in problems)


def test_a_long_list_goes_on_in_rows_that_fit_a_page() -> None:
    parts = tuple(f"学员{number:03d}（研修日志10篇）" for number in range(200))
    found = list(in_rows([Traced("研修日志", "2000篇", parts)]))
    assert max(len(row[2]) for row in found) <= LONGEST_ROW + 20
    assert [row[:2] for row in found[:2]] == [("研修日志", "2000篇"), ("", "")]
    assert "；".join(row[2].rstrip("；") for row in found) == "；".join(parts)


def test_a_bar_for_each_school_and_bands_where_there_are_too_many() -> None:
    few = [Share("张村小学", Decimal("0.5"), "50%（1名）", 1), Share("李\U0001f600中学", Decimal(1), "100%（1名）", 2)]
    assert share_chart(few, FONTS) == share_chart(few, FONTS)
    assert share_chart(few, FONTS) != share_chart(few[:1], FONTS)
    many = [Share(f"第{number}小学", Decimal(number % 2), "", number) for number in range(MOST_BARS + 1)]
    bands = [Share("不满60%", Decimal(25) / 49, "25所"), Share("60%至不满80%", Decimal(0), "0所"),
             Share("80%至不满100%", Decimal(0), "0所"), Share("100%", Decimal(24) / 49, "24所")]  # fmt: skip
    assert share_chart(many, FONTS) == share_chart(bands, FONTS)
    assert share_chart([], FONTS).data
