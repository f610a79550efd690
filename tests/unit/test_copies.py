"""Which papers of one person are one paper, how its versions differ, and what of them counts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gengang.copies import BY_DAYS, ONE_EACH, Copies, copies_of, counted_once
from gengang.reconcile import MEETING_FORMS, SCHOOL_FORMS
from gengang.submission import Choice, Paper
from gengang.template import form_of
from gengang.versions import TOLD_APART_BY
from tests.unit.rosters import paper
from tests.unit.seasons import DAYS, appraisal, attendance, log, register, row

FORMS = Path(__file__).parents[2] / "templates" / "forms"
DAY = DAYS[0]


def only(*papers: Paper) -> Copies:
    """These papers, which must be one."""
    [copies] = copies_of(papers)
    return copies


def counted(*papers: Paper) -> Paper:
    """What counts of papers that must be one."""
    [found] = only(*papers).counts
    return found


def told(copies: Copies) -> dict[str, bool]:
    """Paths that differ, and whether they are disputed."""
    return {one.path: one.disputed for one in copies.differences}


# --- which papers are one ---


def test_every_shipped_form_is_of_one_sort() -> None:
    stems = sorted(path.stem for path in FORMS.glob("*.docx"))
    sorts = [*ONE_EACH, *TOLD_APART_BY, *BY_DAYS, *SCHOOL_FORMS, *MEETING_FORMS]
    assert sorted(sorts) == stems
    for stem, (_, fields) in TOLD_APART_BY.items():
        known = form_of((FORMS / f"{stem}.docx").read_bytes(), stem).fields()
        assert {name for one in fields for name in one} <= set(known), stem


@pytest.mark.parametrize("form", sorted(ONE_EACH))
def test_of_a_form_that_is_one_for_each_person_there_is_one(form: str) -> None:
    assert len(copies_of([paper(form, {"goals": "甲"}, "a#0"), paper(form, {"goals": "乙"}, "b#0")])) == 1


@pytest.mark.parametrize(
    ("form", "first", "second", "number"),
    [
        ("training_log", {"log_date": "2016-09-01"}, {"log_date": "2016-09-01", "gains": "好"}, 1),
        ("training_log", {"log_date": "2016-09-01"}, {"log_date": "2016-09-02"}, 2),
        ("reflection", {"topic": "一"}, {"topic": "一", "strengths": "好"}, 1),
        ("reflection", {"topic": "一"}, {"topic": "二"}, 2),
        ("lesson_observation", {"heard_on": "2016-09-01", "lesson_period": "第1节"},
         {"heard_on": "2016-09-01", "lesson_period": "第2节"}, 2),
        ("lesson_observation", {"heard_on": "2016-09-01", "topic": "圆"}, {"heard_on": "2016-09-01", "topic": "数"}, 2),
        ("lesson_observation", {"heard_on": "2016-09-01", "lesson_period": "第1节"},
         {"heard_on": "2016-09-01", "lesson_period": "第 1 节", "topic": "圆"}, 1),
        ("activity_record", {"held_on": "2016-09-01", "activity_name": "备课"},
         {"held_on": "2016-09-01", "activity_name": "班会"}, 2),
        ("leave_request", {"starts_on": "2016-09-01"}, {"starts_on": "2016-09-02"}, 2),
        ("a_county_s_own_form", {"name": "张三", "said": "甲"}, {"name": "张三", "said": "乙"}, 2),
        ("a_county_s_own_form", {"name": "张三", "said": "甲"}, {"name": "张三", "said": "甲"}, 1),
    ],
)  # fmt: skip
def test_of_many_papers_the_same_one_is_known_by_date_number_or_topic(
    form: str, first: dict[str, str], second: dict[str, str], number: int
) -> None:
    assert len(copies_of([paper(form, first, "a#0"), paper(form, second, "b#0")])) == number


def test_sheets_of_days_are_one_when_they_share_a_day() -> None:
    first, second, third = attendance(DAYS[:5], "a#0"), attendance(DAYS[4:8], "b#0"), attendance(DAYS[9:], "c#0")
    assert [[one.key for one in copies.versions] for copies in copies_of([first, second, third])] == [
        ["b#0", "a#0"], ["c#0"],
    ]  # fmt: skip


def test_a_log_whose_date_is_in_doubt_is_the_one_it_seems_to_be_unless_it_says_otherwise() -> None:
    sure = log(DAY, row("听课"), key="a#0", gains="收获很大")
    scan = paper("training_log", {"log_date": None, "gains": "收获很大"}, "b#0", open_fields=("log_date",),
                 activities=(row("听课"), row("教研", "备课", "第3节")))  # fmt: skip
    scan = replace(scan, proposed={"log_date": DAY.isoformat()}, medium="scan")
    assert len(copies_of([sure, scan])) == 1
    assert counted(sure, scan).open_fields == ()
    assert len(copies_of([sure, replace(scan, proposed={"log_date": DAYS[1].isoformat()})])) == 2
    other = replace(scan.submission, values={"log_date": None, "gains": "另一天"})
    assert len(copies_of([sure, replace(scan, submission=other)])) == 2


def test_a_scan_of_which_nothing_could_be_read_is_nobody_s_copy() -> None:
    unread = paper("training_log", {"log_date": None, "name": "张三"}, "b#0", open_fields=("log_date", "gains"))
    assert len(copies_of([log(DAY, row("听课"), key="a#0", name="张三"), unread, replace(unread, key="c#0")])) == 3


# --- what counts ---


def test_equal_content_in_another_file_is_one_paper_and_nothing_is_asked() -> None:
    for first in (register("a#0"), log(DAY, row("听课"), key="a#0"), attendance(key="a#0"), appraisal("a#0")):
        copies = only(first, replace(first, key="b#0", medium="scan", arrived=2))
        assert (copies.counts, copies.differences, copies.asks) == ((first,), (), False)
        assert copies.media == ("electronic", "paper")


def test_the_order_of_fields_is_no_content() -> None:
    first, turned = paper("study_report", {"gains": "甲", "results": "乙"}), {"results": "乙", "gains": "甲", "x": None}
    assert len(only(first, paper("study_report", turned, "b#0")).versions) == 1


def test_what_one_version_leaves_blank_another_says() -> None:
    typed = appraisal("a#0", mentor_opinion=None)
    signed = replace(appraisal("b#0", gender="男"), medium="scan")
    copies = only(typed, signed)
    assert told(copies) == {"mentor_opinion": False, "gender": False}
    assert not copies.asks
    assert counted(typed, signed).submission.values == signed.submission.values


def test_what_versions_dispute_counts_for_nothing_and_the_latest_is_proposed() -> None:
    first, second = register("b#0", r9="2", r8="3"), register("a#0", r9="6")
    copies = only(first, replace(second, arrived=2))
    assert (told(copies), copies.asks, copies.proposed.key) == ({"r9_score": True}, True, "a#0")
    assert [dict(one.said) for one in copies.differences] == [{"a#0": "6", "b#0": "2"}]
    [kept] = copies.counts
    assert (kept.submission.values["r9_score"], kept.submission.values["r8_score"]) == (None, "3")
    assert kept.open_fields == ("r9_score",)


@pytest.mark.parametrize(
    ("first", "second", "latest"),
    [
        ((date(2016, 12, 6), 1), (date(2016, 12, 5), 2), "a#0"),
        ((date(2016, 12, 5), 2), (date(2016, 12, 5), 1), "a#0"),
        ((date(2016, 12, 6), 1), (None, 2), "b#0"),
        ((None, 1), (None, 2), "b#0"),
    ],
)
def test_later_is_by_a_known_date_of_receipt_then_by_arrival_and_never_by_name(
    first: tuple[date | None, int], second: tuple[date | None, int], latest: str
) -> None:
    papers = [
        replace(register(key, r9=score), received=received, arrived=arrived, file=file)
        for key, score, file, (received, arrived) in (
            ("a#0", "1", "最终版(2).docx", first), ("b#0", "2", "初稿.docx", second))
    ]  # fmt: skip
    assert only(*papers).proposed.key == latest


def test_a_keeper_or_a_signature_is_no_difference() -> None:
    first = appraisal("a#0", keeper="教体局存", self_signature="张三")
    second = appraisal("b#0", keeper="跟岗教师本人存", self_signature="张 叁")
    assert only(first, second).differences == ()


def test_blanks_and_punctuation_are_no_difference() -> None:
    copies = only(
        appraisal("a#0", base_opinion="表现良好，完成任务。"), appraisal("b#0", base_opinion="表现良好 完成任务")
    )
    assert copies.differences == ()


def test_a_scan_that_reads_the_same_with_doubt_asks_nothing_and_another_reading_does() -> None:
    typed = register("a#0")
    scan = replace(register("b#0", r9=None), open_fields=("r9_score",), medium="scan")
    for proposed, asks in (({}, False), ({"r9_score": "6"}, False), ({"r9_score": "4"}, True)):
        copies = only(typed, replace(scan, proposed=proposed))
        assert (copies.asks, counted(typed, replace(scan, proposed=proposed)).open_fields) == (
            asks, ("r9_score",) if asks else (),
        )  # fmt: skip


def test_a_long_text_read_from_a_picture_may_be_a_few_characters_out() -> None:
    opinion = "该学员跟岗期间认真听课，积极参加教研活动，虚心向指导教师请教，按时完成各项任务。"
    typed = appraisal("a#0", base_opinion=opinion)
    scan = replace(appraisal("b#0", base_opinion=None), open_fields=("base_opinion",), medium="scan")
    near = replace(scan, proposed={"base_opinion": opinion.replace("积极", "枳极").replace("虚心", "虛心")})
    other = replace(scan, proposed={"base_opinion": "该学员多次无故缺勤，没有完成规定的听课任务，不合格。"})
    assert (only(typed, near).asks, only(typed, other).asks) == (False, True)


# --- lists ---


def lessons(*rows: tuple[str, str]) -> tuple[dict[str, str], ...]:
    """Rows of a log: hour and topic."""
    return tuple({"time": time, "kind": "听课", "topic": topic} for time, topic in rows)


def logged(key: str, *rows: tuple[str, str], gains: str | None = "收获") -> Paper:
    return log(DAY, *lessons(*rows), key=key, gains=gains)


@pytest.mark.parametrize(
    ("first", "second", "topics", "paths"),
    [
        ([("1", "甲"), ("2", "乙")], [("1", "甲")], ["甲", "乙"], {"activities": False}),
        ([("1", "甲"), ("2", "乙")], [("2", "乙")], ["甲", "乙"], {"activities": False}),
        ([("1", "甲"), ("2", "乙")], [("1", "甲"), ("2", "丙")], ["甲", None], {"activities[2].topic": True}),
        ([("1", "甲")], [("2", "甲")], ["甲"], {"activities[1].time": True}),
        (
            [("1", "甲"), ("2", "乙"), ("3", "丙")],
            [("1", "甲"), ("4", "乙")],
            ["甲", "乙", "丙"],
            {"activities": False, "activities[2].time": True},
        ),
        ([("1", "甲")], [("2", "乙")], [None], {"activities[1].time": True, "activities[1].topic": True}),
        ([("1", "甲"), ("2", "乙")], [("2", "乙"), ("3", "丙"), ("4", "丁")], ["乙"], {"activities": True}),
    ],
)
def test_rows_of_one_log(
    first: list[tuple[str, str]], second: list[tuple[str, str]], topics: list[str], paths: dict[str, bool]
) -> None:
    papers = logged("a#0", *first), logged("b#0", *second)
    copies = only(*papers)
    assert told(copies) == paths
    assert [one["topic"] for one in counted(*papers).submission.rows("activities")] == topics
    assert set(counted(*papers).open_fields) == {path for path, disputed in paths.items() if disputed}


def test_two_sheets_of_one_day_without_anything_in_common_are_two_parts() -> None:
    copies = only(logged("a#0", ("第1节", "甲"), gains=None), logged("b#0", ("第2节", "乙"), gains=None))
    assert not copies.asks
    assert len(copies.counts[0].submission.rows("activities")) == 2


def test_rows_lost_in_a_scan_are_those_of_the_file() -> None:
    typed = logged("a#0", ("1", "甲"), ("2", "乙"))
    scan = replace(logged("b#0", ("1", "甲")), open_fields=("activities",), medium="scan")
    assert (counted(typed, scan).open_fields, only(typed, scan).asks) == ((), False)
    assert counted(scan, replace(scan, key="c#0")).open_fields == ("activities",)


def test_rows_of_two_days_are_never_one() -> None:
    first, second = attendance(DAYS[:2], "a#0"), attendance(DAYS[1:3], "b#0")
    assert [row["date"] for row in counted(first, second).submission.rows("days")] == [
        day.isoformat() for day in DAYS[:3]
    ]
    assert not only(first, second).asks
    other = attendance(DAYS[1:3], "b#0", d0_morning="迟到")
    assert told(only(first, other)) == {"days[2].morning": True}


def test_half_days_in_dispute_go_on_as_they_stand_in_each_sheet() -> None:
    first, second = attendance(DAYS[:3], "a#0"), attendance(DAYS[:3], "b#0", d1_morning="缺勤")
    copies = only(first, second)
    assert (copies.asks, told(copies)) == (True, {"days[2].morning": True})
    assert copies.counts == (first, second)
    chosen = replace(second, choice=Choice(7, ("a#0", "b#0")))
    assert counted_once([first, chosen]) == (chosen,)


# --- a person's word ---


def test_the_version_a_person_chose_counts_with_what_does_not_contradict_it() -> None:
    first, second = register("a#0", r9="2"), register("b#0", r9="6", r8=None)
    scan = replace(register("c#0", r9="6", r8="1"), medium="scan")
    chosen = replace(second, choice=Choice(5, ("a#0", "b#0")))
    copies = only(first, chosen, scan)
    assert (copies.chosen, copies.asks) == ("b#0", False)
    [kept] = copies.counts
    assert (kept.key, kept.submission.values["r9_score"], kept.submission.values["r8_score"]) == ("b#0", "6", "1")


def test_a_later_version_changes_no_decision_and_is_asked_about() -> None:
    first = replace(register("a#0", r9="2"), choice=Choice(5, ("a#0", "b#0")))
    seen, new = register("b#0", r9="6"), register("c#0", r9="5")
    for papers, asks in (((first, seen), False), ((first, seen, new), True)):
        copies = only(*papers)
        assert (copies.asks, copies.counts[0].submission.values["r9_score"]) == (asks, "2")


def test_the_last_decision_holds() -> None:
    first = replace(register("a#0", r9="2"), choice=Choice(5))
    second = replace(register("b#0", r9="6"), choice=Choice(9))
    assert only(first, second).chosen == "b#0"


# --- when it was received ---


def dated(received: list[date | None]) -> Iterator[Paper]:
    for number, day in enumerate(received):
        yield replace(register(f"{number}#0"), received=day, received_by="stated" if day else "")


def test_the_earliest_date_anybody_stated_is_the_paper_s() -> None:
    early, late = date(2016, 12, 5), date(2016, 12, 9)
    assert counted(*dated([None, late, early])).received == early
    assert counted(*dated([late, None])).received_by == "stated"
    assert counted(*dated([None, None])).received is None
