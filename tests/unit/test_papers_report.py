"""The cohort report and the list of what is missing: every number from verdicts, nothing personal that has no place."""

import re
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from gengang.debts import Debt, Owed
from gengang.papers.charts import Series, chart_face, progress_chart, score_chart
from gengang.papers.cohort_report import cohort_report_draft
from gengang.papers.draft import Draft
from gengang.papers.figures import plain
from gengang.papers.missing import CHAT_LIMIT, chat_page, chat_texts, missing_draft, overdue_lines, overdue_words
from gengang.rendering import Picture
from tests.unit.cohorts import COUNTY, FONTS, OUR_SCHEME, debts_of, facts_of
from tests.unit.seasons import AFTER

START, END = date(2016, 9, 1), date(2016, 11, 30)


def report() -> Draft:
    return cohort_report_draft(facts_of())


def test_the_sections_count_people_outcomes_and_hours() -> None:
    values = report().values
    wanted = {
        "trainees": 3, "primary_trainees": 2, "junior_trainees": 1, "mentors": 1, "schools_due": 3,
        "schools_reported": 3, "schools_late": 0, "passed": 2, "withheld": 1, "failed": 1, "unassessed": 0,
        "pass_rate": "66.6", "trainee_hours": 60, "mentor_hours": 0,
    }  # fmt: skip
    assert {name: values[name] for name in wanted} == wanted
    assert "平均66分，最高100分，最低6分" in str(values["results"])


def test_the_tables_state_each_person_task_and_school() -> None:
    lists = report().lists
    assert [(row["name"], row["heard"], row["logs"], row["score"], row["verdict"]) for row in lists["persons"]] == [
        ("张三", 20, 10, "100", "合格"),
        ("李𬱖", 1, 1, "6", "不合格"),
        ("阿卜杜热合曼·买买提", 20, 10, "92", "合格（证书缓发）"),
    ]
    heard = next(row for row in lists["tasks"] if str(row["item"]).startswith("听课"))
    assert (heard["total"], heard["mean"], heard["least"]) == ("41节", "13.7节", "1节")
    assert [(row["school"], row["due"], row["reported"], row["passed"]) for row in lists["schools"]] == [
        ("张村小学", 1, 1, 1), ("李河中学", 1, 1, 1), ("王沟学校", 2, 1, 0),
    ]  # fmt: skip
    assert lists["guides"][0]["note"] == (
        "待定：缺阿卜杜热合曼·买买提的《鉴定表》（附件2）、李𬱖的《鉴定表》（附件2），交齐或由人决定后再出"
    )


def test_days_that_no_sheet_tells_are_no_nought_in_sums_means_and_shares() -> None:
    facts = facts_of()
    first, *others = facts.figures
    untold = {**facts.figures, first: replace(facts.figures[first], known=False, present=Decimal(0))}
    draft = cohort_report_draft(replace(facts, figures=untold))
    present = [facts.figures[one].present for one in others]
    mean = (sum(present, Decimal(0)) / len(present)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    row = next(row for row in draft.lists["tasks"] if "工作日" in str(row["item"]))
    assert str(row["item"]).endswith("；1名没有考勤表，未计入）")
    assert row["total"] == f"{plain(sum(present, Decimal(0)))}天"
    assert row["mean"] == f"{plain(mean)}天"
    assert row["least"] == f"{plain(min(present))}天"
    assert "（1名没有考勤表，未计入）" in str(draft.values["process"])
    assert untold[first].done("workdays") is None
    assert untold[first].done("logs") == untold[first].count("logs")


def test_where_no_sheet_is_in_nobody_was_there_for_nought_days() -> None:
    facts = facts_of()
    untold = {key: replace(one, known=False, present=Decimal(0)) for key, one in facts.figures.items()}
    draft = cohort_report_draft(replace(facts, figures=untold))
    row = next(row for row in draft.lists["tasks"] if "工作日" in str(row["item"]))
    assert (row["total"], row["mean"], row["least"]) == (None, None, None)
    assert "学员到岗天数还没有考勤表可计" in str(draft.values["process"])


def test_a_count_that_cannot_be_made_yet_is_blank_not_nought() -> None:
    facts = facts_of()
    unread = tuple(replace(one, tracked=one.measure != "reflections") for one in facts.scheme.requirements)
    draft = cohort_report_draft(replace(facts, scheme=replace(facts.scheme, requirements=unread)))
    assert {row["reflections"] for row in draft.lists["persons"]} == {None}
    assert {row["reflections"] for row in report().lists["persons"]} == {0, 3}


def test_what_a_person_must_write_is_said_and_the_report_stays_a_draft() -> None:
    values = report().values
    assert [values[name] for name in ("status", "practices", "achievements", "suggestions")] == [
        "草稿", "待补充。", "待补充。", "待补充。",
    ]  # fmt: skip
    assert "听课不足20节的1名" in str(values["problems"])


def test_no_id_number_and_no_phone_is_in_the_report() -> None:
    said = repr((report().values, report().lists))
    assert not re.search(r"(?<![0-9a-f.])\d{11,18}", said)  # a share is 0.666…


def test_charts_are_the_same_bytes_each_time_and_change_with_the_figures() -> None:
    scores = [Decimal("59.99"), Decimal(60), Decimal(100)]
    series = [Series("研修日志", "篇", (START, START, END), 20)]
    assert score_chart(scores, Decimal(60), FONTS) == score_chart(scores, Decimal(60), FONTS)
    assert score_chart(scores, Decimal(60), FONTS) != score_chart([Decimal(60), *scores[1:]], Decimal(60), FONTS)
    assert progress_chart(series, START, END, FONTS) == progress_chart(series, START, END, FONTS)
    assert isinstance(progress_chart([], START, END, FONTS), Picture)
    assert isinstance(score_chart([], Decimal(60), None), Picture)


def test_charts_are_drawn_in_the_reports_own_face() -> None:
    assert str(chart_face(FONTS).get_file()).endswith("FandolFang-Regular.otf")


# --- what is missing ---


def test_the_list_names_debtor_person_days_late_and_the_clause_in_words() -> None:
    draft = missing_draft(debts_of(), OUR_SCHEME, date(2016, 12, 10))
    sign_up = "以校为单位组织报名，一贯制学校中小学各报1人……"
    log = "填写《跟岗学习日志》，详细记录各项培训活动安排、学习观摩的收获和体会。"
    plan = "厘清个人学习和发展中的问题和困难，制定个人学习计划与学习重点。……在导师指导下……"
    rows = [(row["debtor"], row["subject"], row["missing"], row["clause"], row["note"]) for row in draft.lists["items"]]
    assert draft.values["total"] == len(rows) == 18
    assert rows[0] == ("派出学校：王沟学校", "王沟学校", "《报名表》（附件3）：初中尚未报名", sign_up, "已过期96天")
    assert ("学员：李𬱖", "李𬱖", "《研修日志》（附件1）：收到1份，应交10份", log, "已过期3天") in rows
    assert ("学员：李𬱖", "李𬱖", "个人学习计划：未交", plan, None) in rows  # no day is named for it


@pytest.mark.parametrize(("day", "words"), [(6, ""), (7, "今日截止"), (8, "已过期1天")])
def test_the_last_day_itself_is_in_time(day: int, words: str) -> None:
    assert overdue_words(date(2016, 12, 7), date(2016, 12, day)) == words


def many(number: int, sentence: str = "附件1 研修日志：收到6份，应交10份（12月7日已过期）。") -> Debt:
    owed = (Owed("附件1 研修日志", f"学员{place}", sentence, None, True, "L-05") for place in range(number))
    return Debt("mentor", "周明", "P-1", tuple(owed))


@pytest.mark.parametrize("debt", [many(1), many(3), many(40), many(1, "很长" * 400), *debts_of()])
def test_a_chat_text_is_short_and_tells_how_many(debt: Debt) -> None:
    [text] = chat_texts((debt,), OUR_SCHEME, AFTER)
    assert len(text.text) <= CHAT_LIMIT
    assert f"还有{len(debt.items)}项未收到" in text.text
    assert text.text.endswith(COUNTY.college)


def test_a_chat_text_names_every_item_while_there_is_room() -> None:
    [text] = chat_texts((many(3),), OUR_SCHEME, AFTER)
    assert [f"学员{place}的研修日志" in text.text for place in range(3)] == [True] * 3
    assert "详见" not in text.text
    assert text.text in chat_page((text,))


def test_no_chat_text_bears_an_id_number_or_a_phone() -> None:
    [text] = chat_texts((many(1, "身份证号00000019760305123X、电话13800138000待核。"),), OUR_SCHEME, AFTER)
    assert "00000019760305123X" not in text.text
    assert "13800138000" not in text.text


def test_the_mornings_lines_say_about_whom() -> None:
    """G-09: sums of each school, and no rank."""
    lines = overdue_lines(debts_of(), date(2016, 12, 10))
    assert any("李𬱖的附件2 鉴定表" in line.what for line in lines)
    assert {line.late for line in lines} == {"已过期96天", "已过期3天", ""}
