"""Papers of prose: which paper it is, whose, of which day; nothing on them is silently wrong."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.files import read_bytes
from gengang.codecs import Value
from gengang.form import Form
from gengang.reading import PROSE, FieldReading, Reading, open_fields
from gengang.sample.prose_word import Look, Typed, typed_document
from gengang.template import forms_of_folder
from tests.unit.test_sample_prose import every_prose

FORMS, _ = forms_of_folder(Path(__file__).parents[2] / "templates" / "forms")
BODY = "这节课我预定的目标是让学生学会提问，课堂上孩子们的表现超出了我的预想。" * 3


def read(text: str, name: str = "新建文档.docx", forms: Sequence[Form] = FORMS) -> tuple[Reading | None, list[str]]:
    """The one submission of a Word file with these lines, and the codes of the file's findings."""
    lines = [Typed(line, "flush") for line in text.strip().split("\n")]
    file = read_bytes(name, typed_document(lines, Look()), forms)
    return (file.submissions[0] if file.submissions else None), [one.code for one in file.findings]


def value_of(reading: Reading | None, name: str) -> tuple[str, Value | None]:
    found = reading.fields[name] if reading else None
    return (found.status, found.value) if isinstance(found, FieldReading) else ("", None)


def codes(reading: Reading | None) -> set[str]:
    return {one.code for one in reading.findings} if reading else set()


def test_what_the_sample_cohort_writes_as_prose_is_read_and_nothing_is_wrong() -> None:
    kinds: Counter[str] = Counter()
    for _, prose in every_prose():
        file = read_bytes("新建文档.docx", prose.data, FORMS)
        if not file.submissions:
            kinds["not read"] += 1
            continue
        [reading] = file.submissions
        asked = "unclear_paper" in codes(reading)
        kinds["asked" if asked else "read"] += 1
        assert asked or reading.form == prose.kind, prose.title
        for name, found in reading.fields.items():
            if isinstance(found, FieldReading) and found.status == "accepted" and name in prose.values:
                assert found.value == prose.values[name], (prose.title, name)
    assert kinds["not read"] <= 0.01 * kinds.total()
    assert kinds["read"] >= 0.7 * kinds.total()


def test_a_paper_of_prose_keeps_the_fields_of_its_form_and_asks_for_none_it_has_no_room_for() -> None:
    reading, found = read(f"《背影》教学反思\n张村小学　王芳\n{BODY}\n2016年10月11日")
    assert found == []
    assert reading is not None
    form = next(form for form in FORMS if form.stem == "reflection")
    assert {*form.fields()} | {"prose_title", "prose_body"} == {*reading.fields}
    assert (reading.form, reading.version) == ("reflection", PROSE)
    assert value_of(reading, "name") == ("accepted", "王芳")
    assert value_of(reading, "school") == ("accepted", "张村小学")
    assert value_of(reading, "written_on") == ("accepted", "2016-10-11")
    assert value_of(reading, "prose_title") == ("accepted", "《背影》教学反思")
    assert value_of(reading, "topic") == ("missing", None)  # a paper's title is no lesson's
    assert value_of(reading, "prose_body") == ("accepted", BODY)
    assert value_of(reading, "class_name") == ("missing", None)
    assert open_fields(reading) == ()


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("《落花生》教学反思", "reflection"),
        ("让课堂慢下来——《桂花雨》课后反思（一）", "reflection"),
        ("小学高年级提问行动研究报告（初稿）", "action_research_report"),
        ("2016年跟岗研修心得体会", "study_report"),
        ("且行且思：跟岗研修总结", "study_report"),
        ("跟岗学习计划", "study_plan"),
        ("我的三年专业发展规划", "development_plan"),
        ("跟岗指导教师工作总结", "mentor_summary"),
    ],
)
def test_the_title_says_which_paper_it_is(title: str, kind: str) -> None:
    text = "从到校第一天起，我就把要做的事一件一件写在本子上，做完一件划去一件，三个月下来写满了两本。" * 3
    reading, _ = read(f"{title}\n张村小学 王芳\n{text}")
    assert reading is not None
    assert reading.form == kind


@pytest.mark.parametrize(
    "title",
    [
        "关于报送跟岗研修总结的通知",
        "跟岗研修启动会议程",
        "《背影》教学设计",
        "在研修总结会上的讲话",
        "研修简报",
        "责任书",
    ],
)
def test_what_is_no_paper_of_a_teacher_gives_no_field(title: str) -> None:
    text = "各中小学校要高度重视，按照要求组织实施，并于规定时间前将有关情况报送县教育体育局师训股。" * 4
    reading, found = read(f"{title}\n{text}\n县教育体育局\n2016年9月5日")
    assert reading is None
    assert found == ["unknown_form"]


def test_a_kind_in_doubt_is_one_question_and_nothing_is_accepted() -> None:
    text = "三个月来收获很大，返校后要把学到的用起来。我指导的老师也进步很快，担任她的指导教师是荣幸。"
    reading, _ = read(f"总结\n张村小学 王芳\n{text * 2}\n2016年12月1日")
    assert reading is not None
    assert "unclear_paper" in codes(reading)
    assert {one.status for one in reading.fields.values()} == {"review", "missing"}


def test_a_name_alone_is_certain_only_with_the_file_name() -> None:
    alone, _ = read(f"教学反思\n{BODY}\n王芳\n2016年10月11日")
    named, _ = read(f"教学反思\n{BODY}\n王芳\n2016年10月11日", "张村小学/王芳 教学反思2.docx")
    other, _ = read(f"教学反思\n张村小学　王芳\n{BODY}", "李丽 教学反思.docx")
    nobody, _ = read(f"教学反思\n{BODY}", "王芳教学反思.docx")
    assert value_of(alone, "name") == ("review", "王芳")
    assert "unclear_paper" in codes(alone)
    assert value_of(named, "name") == ("accepted", "王芳")
    assert "unclear_paper" not in codes(named)
    assert value_of(other, "name") == ("review", "王芳")
    assert {"file_name_differs", "unclear_paper"} <= codes(other)
    assert value_of(nobody, "name") == ("review", "王芳")
    assert "unclear_paper" in codes(nobody)


def test_what_an_office_calls_a_name_is_the_authors_label_on_prose_too() -> None:
    paper = f"教学反思\n传习人：王芳　单位：张村小学\n{BODY}"
    groups = tuple(group | {"传习人"} if "姓名" in group else group for group in FORMS[0].synonyms)
    known = [replace(form, synonyms=groups) for form in FORMS]
    unknown, _ = read(paper)
    assert value_of(unknown, "name") == ("missing", None)
    reading, _ = read(paper, forms=known)
    assert value_of(reading, "name") == ("accepted", "王芳")


def test_the_title_in_a_files_name_is_nobodys_name() -> None:
    reading, _ = read(f"《圆的周长》教学反思\n张村小学　王芳\n{BODY}", "《圆的周长》教学反思.docx")
    assert value_of(reading, "name") == ("accepted", "王芳")
    assert "file_name_differs" not in codes(reading)


def test_a_letter_of_leave_proposes_its_days_and_keeps_the_approval() -> None:
    reading, _ = read(
        "请假条\n尊敬的李老师：\n我是张村小学跟岗教师王芳，因孩子发烧需去医院，特请事假两天，时间为10月12日至10月13日，望批准。\n"
        "此致\n敬礼！\n请假人：王芳\n2016年10月11日\n同意。李明 10月11日"
    )
    assert value_of(reading, "name") == ("accepted", "王芳")
    assert value_of(reading, "applied_on") == ("accepted", "2016-10-11")
    assert value_of(reading, "starts_on") == ("review", "2016-10-12")
    assert value_of(reading, "ends_on") == ("review", "2016-10-13")
    assert value_of(reading, "leave_days") == ("review", "2")
    assert value_of(reading, "kind")[0] == "review"
    assert reading is not None
    assert any("同意" in one.message for one in reading.findings)


def test_a_letter_of_appraisal_gives_the_counts_in_its_sentences() -> None:
    reading, _ = read(
        "关于王芳老师跟岗研修情况的鉴定\n县教育体育局、县教师进修学校：\n"
        "兹有张村小学王芳老师于2016年9月1日至2016年11月30日在我校跟岗研修，指导教师李明。研修期间应到10天，实到9.5天，请假半天，"
        "缺勤0天；共听课二十节，上课3节（其中汇报课1节），撰写反思3篇。该同志为人谦和。综合鉴定为合格。\n"
        "特此鉴定。\n校长：贾明远\n安和县实验学校\n2016年12月6日"
    )
    assert value_of(reading, "name") == ("accepted", "王芳")
    assert value_of(reading, "due_days") == ("accepted", "10")
    assert value_of(reading, "present_days") == ("accepted", "9.5")
    assert value_of(reading, "leave_days") == ("accepted", "0.5")
    assert value_of(reading, "lessons_heard") == ("accepted", 20)
    assert value_of(reading, "report_lessons") == ("accepted", 1)
    assert value_of(reading, "logs") == ("missing", None)
    assert value_of(reading, "grade") == ("review", "合格")
    assert value_of(reading, "base_school") == ("accepted", "安和县实验学校")
    assert value_of(reading, "principal_signature") == ("accepted", "贾明远")
    assert value_of(reading, "signed_on") == ("accepted", "2016-12-06")


def test_parts_under_the_forms_own_headings_become_its_fields() -> None:
    part = "我所在的学校位于山区，学生不多，教师少，教研活动难以开展，希望把好的做法带回去。"
    reading, _ = read(
        f"个人学习计划\n姓名：王芳\n一、学校发展现状分析\n{part}\n二、我的问题\n提问太碎。\n三、学习目标\n学会提问。\n学会倾听。"
    )
    assert value_of(reading, "school_analysis") == ("accepted", part)
    assert value_of(reading, "goals") == ("accepted", "学会提问。\n学会倾听。")
    assert value_of(reading, "own_problems") == ("missing", None)


# --- the other plans ---

OTHER_PLANS = {
    "study_essay": tuple(form for form in FORMS if form.stem != "study_report"),
    "placement_report": tuple(form for form in FORMS if form.stem not in ("study_report", "study_essay")),
}


@pytest.mark.parametrize("stem", OTHER_PLANS)
def test_a_report_on_the_whole_study_is_the_one_that_the_plan_asks_for(stem: str) -> None:
    text = f"跟岗研修总结\n张村小学　王芳\n{BODY}\n2016年10月11日"
    reading, _ = read(text, forms=OTHER_PLANS[stem])
    assert reading is not None
    assert (reading.form, codes(reading) & {"unclear_paper"}) == (stem, set())
    own, _ = read(text)
    assert own is not None
    assert own.form == "study_report"


@pytest.mark.parametrize(
    ("title", "stem"),
    [("跟岗研修观摩心得", "observation_essay"), ("观摩学习体会", "observation_essay"), ("教学日志", "teaching_journal"),
     ("研修学习笔记（三）", "study_notes"), ("改进措施与建议", "improvement_measures"), ("课后评议", "lesson_review"),
     ("小课题研究成果", "project_result")],
)  # fmt: skip
def test_a_paper_that_another_plan_asks_for_is_known_by_its_title(title: str, stem: str) -> None:
    reading, _ = read(f"{title}\n张村小学　王芳\n{BODY}\n2016年10月11日")
    assert reading is not None
    assert (reading.form, codes(reading) & {"unclear_paper"}) == (stem, set())
    assert value_of(reading, "name") == ("accepted", "王芳")


def test_a_title_of_two_kinds_is_asked_about_though_one_is_another_plan_s() -> None:
    reading, _ = read(f"《背影》教学反思——学习笔记\n张村小学　王芳\n{BODY}\n2016年10月11日")
    assert "unclear_paper" in codes(reading)


@pytest.mark.parametrize(("title", "name"), [("教学日志", "log_date"), ("讲座笔记", "noted_on")])
def test_the_day_of_a_journal_is_not_the_day_on_which_a_mentor_signed(title: str, name: str) -> None:
    reading, _ = read(f"{title}\n张村小学　王芳\n{BODY}\n2016年10月11日")
    assert value_of(reading, name) == ("accepted", "2016-10-11")
    assert reading is not None
    assert [
        one for one, found in reading.fields.items() if one.endswith("signed_on") and found.status != "missing"
    ] == []


def test_nothing_but_its_title_makes_a_text_another_plan_s_paper() -> None:
    """What it says counts for the county's papers alone."""
    text = "跟岗随想\n张村小学　王芳\n一、观摩纪要\n这节课。\n二、借鉴与运用\n" + BODY
    reading, _ = read(text)
    assert reading is None or reading.form == "reflection"
