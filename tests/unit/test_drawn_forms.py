"""The six forms hold every agreed field, with its codec, and each tag stands whole in one run."""

import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

FORMS = Path(__file__).parents[2] / "templates" / "forms"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TAG = re.compile(r"\{\{ (?P<name>[a-z0-9_.]+) \| (?P<codec>[a-z_]+)(?:\((?P<options>[^)]*)\))? \}\}")

PERSON = {"name": "text", "school": "text", "stage_subject": "text", "base_school": "text", "mentor": "text"}
HALF_DAY = "choice(出勤,事假,病假,公假,缺勤,迟到,早退)"
WEEKDAY = "choice(星期一,星期二,星期三,星期四,星期五,星期六,星期日)"
GENDER = "choice(男,女)"
STAGE = "choice(小学,初中)"

AGREED: dict[str, dict[str, str]] = {
    "registration": {
        "school": "text", "filled_by": "text", "contact_phone": "phone", "filled_on": "date", "principal": "text",
        "nominee.name": "text", "nominee.gender": GENDER, "nominee.born": "month", "nominee.ethnicity": "text",
        "nominee.stage": STAGE, "nominee.subject": "text", "nominee.degree": "text", "nominee.certificate": "text",
        "nominee.title": "text", "nominee.work_start": "month", "nominee.teaching_years": "count",
        "nominee.title_date": "month", "nominee.backbone": "text", "nominee.id_number": "id_number",
        "nominee.phone": "phone", "nominee.opinion": "text", "nominee.remark": "text",
    },
    "mentor_assignment": {
        "base_school": "text", "contact": "text", "contact_phone": "phone", "filled_on": "date",
        "pair.trainee": "text", "pair.gender": GENDER, "pair.school": "text", "pair.stage": STAGE,
        "pair.subject": "text", "pair.trainee_phone": "phone", "pair.mentor": "text", "pair.mentor_id": "id_number",
        "pair.mentor_subject": "text", "pair.mentor_title": "text", "pair.mentor_class": "text",
        "pair.mentor_phone": "phone", "pair.planned": "period", "pair.remark": "text",
    },
    "training_log": PERSON | {
        "log_date": "date", "weekday": WEEKDAY, "day_number": "count", "activity.time": "text",
        "activity.kind": "choice(听课,上课,集体备课,教研,班级活动,其他)", "activity.topic": "text",
        "activity.speaker": "text", "activity.place": "text", "gains": "prose", "questions": "prose",
        "mentor_signature": "text", "signed_on": "date",
    },
    "attendance": PERSON | {
        "day.date": "date", "day.weekday": WEEKDAY, "day.morning": HALF_DAY, "day.afternoon": HALF_DAY,
        "day.activity": "text", "day.trainee_signature": "text", "day.mentor_signature": "text",
        "due_days": "days", "present_days": "days", "personal_leave_days": "days", "sick_leave_days": "days",
        "official_leave_days": "days", "absent_days": "days", "late_count": "count", "early_count": "count",
        "signature": "text", "signed_on": "date",
    },
    "appraisal": {
        "keeper": "choice(教体局存,教师进修学校存,跟岗教师本人存)",
        "name": "text", "gender": GENDER, "born": "month", "ethnicity": "text", "school": "text", "stage": STAGE,
        "subject": "text", "title": "text", "degree": "text", "teaching_years": "count", "phone": "phone",
        "id_number": "id_number", "base_school": "text", "period": "period", "mentor": "text", "due_days": "days",
        "present_days": "days", "leave_days": "days", "absent_days": "days", "lessons_heard": "count",
        "lessons_taught": "count", "report_lessons": "count", "research_activities": "count",
        "class_activities": "count", "reflections": "count", "logs": "count", "research_reports": "count",
        "study_reports": "count", "self_appraisal": "prose", "self_signature": "text", "self_signed_on": "date",
        "mentor_opinion": "prose", "mentor_signature": "text", "mentor_signed_on": "date", "base_opinion": "prose",
        "principal_signature": "text", "base_signed_on": "date", "score": "score", "grade": "tick(合格,不合格)",
        "hours": "count", "college_opinion": "prose", "college_signed_on": "date", "bureau_opinion": "prose",
        "bureau_signed_on": "date",
    },
    "assessment_register": PERSON | {
        "period": "period", "total": "score", "attendance_note": "prose", "mentor_opinion": "prose",
        "mentor_signature": "text", "mentor_signed_on": "date", "base_opinion": "prose", "base_signed_on": "date",
        "college_score": "score", "college_hours": "count", "college_signed_on": "date",
    } | {f"r{number}_evidence": "text" for number in range(1, 13)}
      | {f"r{number}_score": "score" for number in range(1, 13)},
}  # fmt: skip
LISTS = {
    "registration": ["nominee in nominees"],
    "mentor_assignment": ["pair in pairs"],
    "training_log": ["activity in activities"],
    "attendance": ["day in days"],
    "appraisal": [],
    "assessment_register": [],
}


def run_texts(stem: str) -> list[str]:
    """The text of every run of the form's body, in order."""
    with zipfile.ZipFile(FORMS / f"{stem}.docx") as package:
        body = etree.fromstring(package.read("word/document.xml"))
    return ["".join(text.text or "" for text in run.iter(f"{W}t")) for run in body.iter(f"{W}r")]


def drawn_fields(stem: str) -> dict[str, str]:
    """Field name -> codec with its options, of the tags that stand whole in one run."""
    matches = [match for text in run_texts(stem) for match in TAG.finditer(text)]
    return {match["name"]: match["codec"] + _options(match["options"]) for match in matches}


def _options(text: str | None) -> str:
    return "" if text is None else "(" + text.replace('"', "") + ")"


@pytest.mark.parametrize("stem", AGREED)
def test_a_form_holds_exactly_the_agreed_fields(stem: str) -> None:
    assert drawn_fields(stem) == AGREED[stem]


@pytest.mark.parametrize("stem", AGREED)
def test_every_tag_is_in_one_run(stem: str) -> None:
    texts = run_texts(stem)
    assert "".join(texts).count("{{") == sum(len(TAG.findall(text)) for text in texts)


@pytest.mark.parametrize("stem", LISTS)
def test_lists_are_looped_by_rows_of_their_own(stem: str) -> None:
    loops = [text for text in run_texts(stem) if "{%" in text]
    wanted = [part for loop in LISTS[stem] for part in (f"{{%tr for {loop} %}}", "{%tr endfor %}")]
    assert loops == wanted
