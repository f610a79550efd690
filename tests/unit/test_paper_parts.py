"""What single papers leave out: plans, recommendations and the base school's papers; and the mentor's part.

Each rule fires on the paper that breaks it, says so in one line under its clause, and is silent without the paper.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengang.assess import Beside, assess
from gengang.base_school import base_findings
from gengang.calendar_days import counts
from gengang.debts import Handed, missing_by_debtor
from gengang.evidence import Evidence
from gengang.facts import Balance
from gengang.findings import Finding
from gengang.judging import judged_of
from gengang.papers.morning import Notice
from gengang.reading import PROSE_BODY, FieldReading, ListReading, Mark, Reading
from gengang.reconcile import Match
from gengang.roster import Roster
from gengang.scheme import Scheme
from gengang.schemefile import scheme_from_toml
from gengang.season import reading_fact
from gengang.submission import Paper, RowValues
from gengang.telling import Told, note_of
from gengang.workspace import preset_text
from tests.unit.facts_of_papers import AT, ME, came, key_of, listed, numbered, read
from tests.unit.rosters import BASE, SCHOOLS, TOWN, mentor, paper, roster, school, trainee
from tests.unit.seasons import (
    AFTER,
    DAYS,
    SCHEME,
    STUDY_PLAN,
    activity,
    attendance,
    heard,
    lesson,
    log,
    observation,
    plan,
    row,
    study_plan,
)  # fmt: skip

NO_CLAUSES: Scheme = scheme_from_toml(preset_text("term-plan"))


def told(papers: Sequence[Paper], code: str, beside: Beside | None = None, as_of: date = AFTER) -> list[Finding]:
    verdict = assess(SCHEME, trainee(), papers, as_of, beside or Beside())
    return [one for one in verdict.findings if one.code == code]


def only(papers: Sequence[Paper], code: str, beside: Beside | None = None) -> tuple[str, str, str]:
    """Severity, clause and words of the one line."""
    [one] = told(papers, code, beside)
    return one.severity, one.clause, one.message


NEW = ("plan_part_missing", "plan_without_mentor", "plan_days_short", "recommendation_unsigned", "own_lessons_share",
       "no_material")  # fmt: skip


def test_nothing_is_said_of_papers_that_are_not_in() -> None:
    guided = Beside(mentors=(mentor(),))
    assert not {one.code for one in assess(SCHEME, trainee(), [], AFTER, guided).findings} & {*NEW}
    assert base_findings(SCHEME, roster(trainee(), mentors=(mentor(),)), []) == ()


def test_a_programme_without_these_clauses_asks_nothing() -> None:
    verdict = assess(NO_CLAUSES, trainee(), [paper("study_plan"), plan(DAYS[0])], AFTER)
    assert not {one.code for one in verdict.findings} & {*NEW}
    assert base_findings(NO_CLAUSES, Roster(), [paper("base_school_plan")]) == ()


# --- W-05, M-01: 个人学习计划 ------------------------------------------------------------------------------------

PARTS = {"school_analysis": "学校发展现状分析", "own_problems": "自身存在问题", "plan": "学习计划与措施",
         "focus": "学习重点"}  # fmt: skip


@given(st.sets(st.sampled_from(sorted(PARTS))))
def test_a_plan_names_just_the_parts_that_it_lacks(blank: set[str]) -> None:
    found = told([paper("study_plan", {**STUDY_PLAN, **dict.fromkeys(blank)})], "plan_part_missing")
    wanting = [label for field, label in PARTS.items() if field in blank]
    assert [one.message for one in found] == ([f"个人学习计划没有写{'、'.join(wanting)}，请补写。"] if blank else [])
    assert all((one.severity, one.clause) == ("warn", "W-05") for one in found)


def test_a_part_that_waits_or_stands_in_another_copy_is_not_missing() -> None:
    waits = replace(study_plan(focus=None), open_fields=("focus",))
    assert not told([waits], "plan_part_missing")
    first, second = study_plan(focus=None), study_plan("study_plan_2#0", plan=None, goals="别的")
    assert not told([first, second], "plan_part_missing")


@pytest.mark.parametrize(
    ("body", "wanting"),
    [
        ("我校地处山区。存在的不足是提问随意。打算先听后上。重点学习提问。", []),
        ("存在的不足是提问随意。打算先听后上。", ["学校发展现状分析", "学习重点"]),
    ],
)
def test_a_plan_of_prose_is_looked_through(body: str, wanting: list[str]) -> None:
    prose = paper("study_plan", {"name": "张三", PROSE_BODY: body})
    [*found] = told([prose], "plan_part_missing")
    assert [one.message for one in found] == ([f"个人学习计划没有写{'、'.join(wanting)}，请补写。"] if wanting else [])


def test_a_plan_that_no_mentor_saw_is_told() -> None:
    bare = study_plan(mentor_opinion=None, mentor_signature=None)
    assert only([bare], "plan_without_mentor")[:2] == ("info", "M-01")
    signed = replace(bare, marks={("signature", "mentor_signature"): "present"})
    waits = replace(bare, open_fields=("mentor_opinion",))
    prose = paper("study_plan", {PROSE_BODY: "指导教师意见：同意。"})
    for one in (study_plan(), signed, waits, prose, study_plan(mentor_opinion=None), study_plan(mentor_signature=None)):
        assert not told([one], "plan_without_mentor")
    assert told([replace(bare, marks={("signature", "mentor_signature"): "absent"})], "plan_without_mentor")


# --- W-06: 个人研修方案 ------------------------------------------------------------------------------------------

OFF = (date(2016, 9, 10), date(2016, 10, 1), date(2016, 8, 31), date(2016, 12, 1))


@given(st.sets(st.sampled_from(DAYS[:14]), min_size=1), st.sets(st.sampled_from(OFF)))
def test_days_of_the_plan_that_count_are_counted(days: set[date], off: set[date]) -> None:
    found = told([plan(*sorted(days | off))], "plan_days_short")
    assert len(found) == (len(days) < 10)
    assert [f"安排了{len(days)}个工作日，不足10个" in one.message for one in found] == [True] * len(found)
    assert all(counts(SCHEME.calendar, day) for day in days)


def test_a_short_plan_names_the_days_that_do_not_count() -> None:
    severity, clause, message = only([plan(*DAYS[:9], date(2016, 9, 10), date(2016, 12, 1))], "plan_days_short")
    assert (severity, clause) == ("warn", "W-06")
    assert message == "个人研修方案安排了9个工作日，不足10个，9月10日、12月1日不是研修期内的工作日，不算，请补齐。"


def test_days_enough_or_unread_say_nothing() -> None:
    for one in (plan(*DAYS[:10]), replace(plan(*DAYS[:3]), open_fields=("days[4].date",)),
                replace(plan(), open_fields=("days",)), paper("day_plan", {PROSE_BODY: "第一周听课。"})):  # fmt: skip
        assert not told([one], "plan_days_short")


def test_a_day_with_nothing_planned_is_no_day() -> None:
    empty = plan(*DAYS[:10], d0_morning=None, d0_afternoon="—")
    assert "安排了9个工作日" in only([empty], "plan_days_short")[2]
    assert told([plan()], "plan_days_short")


# --- E-05, E-06: what the school says ---------------------------------------------------------------------------

SIGNED = {
    "name": "张三",
    "school_opinion": "同意推荐。",
    "principal_signature": "王校长",
    "school_signed_on": "2016-09-02",
}
SEAL, HAND = ("seal", "school_opinion"), ("signature", "principal_signature")


def info(medium: str = "scan", marks: Mapping[tuple[str, str], str] | None = None, **values: str | None) -> Paper:
    return replace(paper("personal_info", {**SIGNED, **values}, "i#0"), medium=medium, marks=marks or {})


@pytest.mark.parametrize(
    ("one", "lacks"),
    [
        (info(principal_signature=None), "校长签字"),
        (info(school_signed_on=None), "日期"),
        (info(marks={SEAL: "absent"}), "公章"),
        (info(marks={SEAL: "absent"}, principal_signature=None, school_signed_on=None), "校长签字、日期、公章"),
        (info("word", {HAND: "absent"}, principal_signature=None), "校长签字"),
    ],
)
def test_a_recommendation_that_nobody_signed_dated_or_sealed(one: Paper, lacks: str) -> None:
    message = f"附件4个人信息登记表的学校推荐没有看到{lacks}，请核对纸质件。"
    assert only([one], "recommendation_unsigned") == ("warn", "E-05", message)


@pytest.mark.parametrize(
    "one",
    [
        info(),
        info(marks={SEAL: "present"}),
        info(marks={SEAL: "cannot_tell"}),
        info("word", principal_signature=None, school_signed_on=None),
        info("word", {SEAL: "cannot_tell", HAND: "cannot_tell"}, principal_signature=None),
        replace(info(principal_signature=None), open_fields=("principal_signature",)),
        replace(info(school_signed_on=None), open_fields=("school_signed_on",)),
        info(marks={HAND: "present"}, principal_signature=None),
        info(marks={("seal", "bureau_opinion"): "absent"}),
    ],
)
def test_what_cannot_be_told_is_not_missing(one: Paper) -> None:
    assert not told([one], "recommendation_unsigned")


def test_the_schools_list_is_looked_at_too() -> None:
    listed_on = {"school": "张村小学", "filled_on": "2016-09-02", "principal": None}
    scanned = replace(paper("registration", listed_on, "r#0"), medium="scan", marks={("seal", "school"): "absent"})
    assert "附件3报名表的学校推荐没有看到校长签字、公章" in only([scanned], "recommendation_unsigned")[2]


# --- Z-05, M-06: the mentor's part ------------------------------------------------------------------------------

ZHOU = Beside(mentors=(mentor(),))
PHOTO = Evidence("e#0", "photo", "a.jpg", "", "a.jpg", "2016-11-01T00:00:00Z", "", None,
                 Match("sure", trainee().key), None, "kept", "")  # fmt: skip


def test_the_share_of_the_mentors_own_lessons() -> None:
    lessons = [observation(DAYS[n], f"第{n}课", "1", teacher="周明" if n < 2 else "赵强") for n in range(3)]
    unnamed = observation(DAYS[5], "第5课", "2")
    severity, clause, message = only([*lessons, unnamed], "own_lessons_share", ZHOU)
    assert (severity, clause) == ("info", "Z-05")
    assert message == "听课写明授课教师的3节中，指导教师本人的课2节，占66.7%。"
    assert not told(lessons, "own_lessons_share")
    assert not told([unnamed], "own_lessons_share", ZHOU)


def test_a_teacher_whom_another_paper_names_is_known() -> None:
    papers = [observation(DAYS[0], "分数的意义", "1"), log(DAYS[0], row("听课"))]
    assert "1节中，指导教师本人的课1节，占100%" in only(papers, "own_lessons_share", ZHOU)[2]


def test_a_trainee_of_whom_there_is_no_material() -> None:
    assert only([attendance()], "no_material")[:2] == ("info", "M-06")
    assert not told([attendance()], "no_material", Beside(evidence=(PHOTO,)))
    assert not told([attendance()], "no_material", as_of=date(2016, 11, 30))
    assert told([attendance()], "no_material", as_of=date(2016, 12, 1))


def test_m07_a_mentor_without_a_summary_is_asked_for_it() -> None:
    guided = roster(trainee(), mentors=(mentor(),))

    def owed(handed: Handed) -> list[tuple[str, str]]:
        debts = missing_by_debtor([], guided, SCHEME, AFTER, handed)
        return [(item.clause, item.sentence) for debt in debts if debt.debtor == "mentor" for item in debt.items]

    assert owed(Handed(frozenset(), {})) == [("M-07", "指导工作总结：未交（12月7日已过期）。")]
    assert owed(Handed(frozenset(), {mentor().key: frozenset({"mentor_summary"})})) == []


# --- T-01, C-04, L-03d, L-03e, L-03f ----------------------------------------------------------------------------


@pytest.mark.parametrize("day", [date(2016, 8, 31), date(2016, 12, 1)])
def test_t01_a_record_outside_the_window_does_not_count_and_is_named(day: date) -> None:
    papers = [attendance(), observation(day), observation(DAYS[0])]
    assert dict(assess(SCHEME, trainee(), papers, AFTER).counts)["lessons_heard"] == 1
    assert f"{day.month}月{day.day}日" in only(papers, "outside_window")[2]
    assert only(papers, "outside_window")[1] == "T-01"


@pytest.mark.parametrize("day", [date(2016, 9, 1), date(2016, 11, 30)])
def test_t01_both_ends_of_the_window_count(day: date) -> None:
    assert dict(assess(SCHEME, trainee(), [observation(day)], AFTER).counts)["lessons_heard"] == 1
    assert not told([observation(day)], "outside_window")


def test_c04_a_form_of_study_without_a_record_is_named() -> None:
    message = only([observation(DAYS[0]), lesson(DAYS[1])], "form_without_record")
    assert message == ("info", "C-04", "还没有记录的研修形式：参与班级管理、参加教科研活动。")


@pytest.mark.parametrize(
    ("clause", "one", "name", "short"),
    [
        ("L-03d", activity(DAYS[1], "教研活动"), "教研活动", 1),
        ("L-03d", log(DAYS[1], row("集体备课", "备课")), "教研活动", 1),
        ("L-03e", activity(DAYS[1], "主题班会", role="参加"), "班级活动", 1),
        ("L-03e", activity(DAYS[1], "第二课堂", role="组织"), "班级活动", 1),
    ],
)
def test_l03_one_activity_is_enough_and_none_is_short(clause: str, one: Paper, name: str, short: int) -> None:
    """B-03: 集体备课 is an activity too."""
    without = [attendance(), log(DAYS[0], *heard(2))]
    lines = {found.clause: found.message for found in told(without, "task_short")}
    assert lines[clause].startswith(f"{name}0次，还差{short}次")
    assert clause not in {found.clause for found in told([*without, one], "task_short")}


@pytest.mark.parametrize(("number", "short"), [(1, "2"), (2, "1"), (3, "")])
def test_l03f_three_different_reflections(number: int, short: str) -> None:
    texts = [paper("reflection", {"topic": f"反思{n}"}, f"r{n}#0") for n in range(number)]
    again = paper("reflection", {"topic": "反思0"}, "again#0")
    lines = [one.message for one in told([attendance(), *texts, again], "task_short") if one.clause == "L-03f"]
    assert [f"还差{short}篇" in line for line in lines] == ([True] if short else [])


# --- B-01, B-02, B-04, B-06: the base school --------------------------------------------------------------------

DUTIES: tuple[RowValues, ...] = ({"work": "排课", "person": "教务主任", "due": "9月"},)
WHOLE = {"base_school": BASE.name, "principal": "赵校长", "deputy": "钱副校长", "members": "孙、李", "contact": "周"}
KNOWN = roster(trainee(), mentors=(mentor(),))


def base_plan(duties: tuple[RowValues, ...] = DUTIES, key: str = "b#0", **changed: str | None) -> Paper:
    return paper("base_school_plan", {**WHOLE, **changed}, key, duties=duties)


def arranged(**changed: str | None) -> Paper:
    return paper("mentor_assignment", {"base_school": BASE.name, "contact": "周", **changed}, "m#0")


def of_base(*papers: Paper, known: Roster = KNOWN, scheme: Scheme = SCHEME) -> list[tuple[str, str, str]]:
    return [(one.clause, one.severity, one.message) for one in base_findings(scheme, known, papers)]


def test_a_base_schools_papers_that_say_all_say_nothing() -> None:
    prose = paper("base_school_plan", {PROSE_BODY: "校长任组长，副组长、成员如下，分工负责。"}, "p#0")
    assert of_base(base_plan(), arranged()) == of_base(prose) == []
    unread = replace(base_plan(()), open_fields=("duties",))
    assert of_base(unread) == of_base(replace(arranged(contact=None), open_fields=("contact",))) == []


@pytest.mark.parametrize(
    ("one", "line"),
    [
        (base_plan(principal=None), ("B-01", "info", f"{BASE.name}的研修工作方案没有写明校长。")),
        (base_plan(()), ("B-01", "info", f"{BASE.name}的研修工作方案没有写明分工。")),
        (base_plan(({"due": "9月"},), principal=None),
         ("B-01", "info", f"{BASE.name}的研修工作方案没有写明校长、分工。")),
        (base_plan(deputy=None), ("B-06", "info", f"{BASE.name}的研修工作方案没有写明工作领导小组的副组长。")),
        (base_plan(members=None), ("B-06", "info", f"{BASE.name}的研修工作方案没有写明工作领导小组的成员。")),
        (arranged(contact=None), ("B-04", "info", f"{BASE.name}的指导教师安排表没有写联系人。")),
    ],
)  # fmt: skip
def test_what_a_base_schools_paper_leaves_out(one: Paper, line: tuple[str, str, str]) -> None:
    assert of_base(one) == [line]
    assert of_base(one, base_plan(key="c#0"), replace(arranged(), key="d#0")) == []


def test_a_mentor_of_another_school() -> None:
    other = replace(mentor("吴刚", number=""), school=TOWN.name)
    known = replace(KNOWN, mentors=(mentor(), other))
    line = ("B-02", "info", f"指导教师应是基地校教师，花名册上不是的：吴刚（{TOWN.name}），请核对。")
    assert of_base(known=known) == [line]
    named = replace(SCHEME, organisation=replace(SCHEME.organisation, base_school=TOWN.name))
    further = replace(SCHEME, organisation=replace(SCHEME.organisation, further_base_schools=(TOWN.name,)))
    assert of_base(known=known, scheme=named) == of_base(known=known, scheme=further) == []
    nobody_knows = Roster(SCHOOLS[:4], (), (other,), ())
    assert of_base(known=nobody_knows) == of_base(known=replace(KNOWN, mentors=(replace(other, school=""),))) == []


def test_an_alias_of_the_base_school_is_the_base_school() -> None:
    base = school("县实验学校", aliases=("实验学校",), rural=False, base=True)
    known = Roster((base,), (), (replace(mentor(), school="实验学校"),), ())
    assert of_base(known=known) == []


def test_the_morning_note_tells_of_the_base_school() -> None:
    values = {name: value for name, value in WHOLE.items() if name != "principal"}
    facts = (*listed(trainee(), schools=KNOWN), came("方案.docx"),
             read("方案.docx", "base_school_plan", None, values, duties=DUTIES))  # fmt: skip
    judged = judged_of(numbered(*facts), SCHEME, AFTER)
    note = note_of(Told(judged, judged, Balance(0, 0, 0, 0, 0), (), {}, (), (), (), (), ()))
    assert Notice(BASE.name, f"{BASE.name}的研修工作方案没有写明校长。", "B-01") in note.notices
    assert [one.clause for one in judged.of_base] == ["B-01"]


def test_a_seal_that_a_reading_saw_reaches_the_verdict() -> None:
    said = {**SIGNED, "id_number": trainee().id_number, "school": trainee().school}
    fields: dict[str, FieldReading | ListReading] = {
        name: FieldReading("accepted", value, value, 1.0) for name, value in said.items()
    }
    seen = Reading("personal_info", "v", fields, marks=(Mark("seal", "school_opinion", "absent"),))
    facts = numbered(*listed(trainee(), schools=KNOWN), came("表.jpg"),
                     reading_fact(key_of("表.jpg"), seen, "scan", {}, ME, AT))  # fmt: skip
    [verdict] = judged_of(facts, SCHEME, AFTER).verdicts.values()
    assert [one.clause for one in verdict.findings if one.code == "recommendation_unsigned"] == ["E-05"]
