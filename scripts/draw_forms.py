"""How the forms are laid out on paper; `python -m scripts.draw_forms FOLDER` draws all 43 once.

The .docx files are the truth afterwards: the office edits them in Word or WPS and this module is not run again.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from docx.document import Document

from scripts.draw_base_school import BASE_SCHOOL_FORMS
from scripts.draw_evaluations import EVALUATIONS
from scripts.draw_judgements import appraisal, assessment_register
from scripts.draw_lessons import LESSON_FORMS
from scripts.draw_persons import PERSON_FORMS
from scripts.draw_plans import PLAN_FORMS
from scripts.draw_reports import REPORT_FORMS
from scripts.draw_scores import score_sheet
from scripts.draw_writings import WRITINGS
from scripts.word_drawing import (
    A4_LANDSCAPE,
    GENDER,
    PORTRAIT,
    STAGE,
    Column,
    Line,
    Row,
    add_lines,
    add_table,
    free_text,
    label,
    list_rows,
    new_document,
    note,
    printed,
    save,
    signed,
    title,
    value,
    vertical,
)

WEEKDAY = 'choice("星期一","星期二","星期三","星期四","星期五","星期六","星期日")'
HALF_DAY = 'choice("出勤","事假","病假","公假","缺勤","迟到","早退")'
ACTIVITY = 'choice("听课","上课","集体备课","教研","班级活动","其他")'


# The top right corner above the table stays free for the mark of the page.
LANDSCAPE = replace(A4_LANDSCAPE, margins=(22, 14, 13, 14))


def above(text: str, size: float = 12) -> Line:
    """A line of unit, names and date between title and table."""
    return Line(text, size, after=4)


# --- registration 附件3 ------------------------------------------------------------------------------------------

NOMINEE_COLUMNS = (
    Column("姓名", 16, "name | text"),
    Column("性别", 8, f"gender | {GENDER}"),
    Column("出生\n年月", 19.1, "born | month"),
    Column("民族", 11, "ethnicity | text"),
    Column("学段", 10, f"stage | {STAGE}"),
    Column("任教\n学科", 10, "subject | text"),
    Column("学历", 10, "degree | text"),
    Column("教师资格", 16, "certificate | text"),
    Column("职称", 16, "title | text"),
    Column("参加工作\n时间", 19.1, "work_start | month"),
    Column("连续\n从教\n年限", 10, "teaching_years | count"),
    Column("职称取得\n时间", 19.1, "title_date | month"),
    Column("骨干\n级别", 10, "backbone | text"),
    Column("身份证号", 34, "id_number | id_number"),
    Column("手机号码", 22, "phone | phone"),
    Column("学校推荐意见", 25.2, "opinion | text", "left"),
    Column("备注", 13.5, "remark | text", "left"),
)


def registration() -> Document:
    """报名表: one school, one row a nominee."""
    document = new_document(replace(LANDSCAPE, footer="附件3 跟岗研修报名表 · 2016版"))
    add_lines(document, (title("农村中小学骨干教师跟岗研修报名表"),))
    heads = (
        "学校（盖章）：{{ school | text }}　　　　联系电话：{{ contact_phone | phone }}　　　　"
        "填报人：{{ filled_by | text }}　　　　填报日期：{{ filled_on | date }}"
    )
    add_lines(document, (above(heads),))
    add_table(document, list_rows("nominee in nominees", NOMINEE_COLUMNS, 15, 20.5, 9))
    notes = (
        "注：1．学校名称须与公章一致，一贯制学校小学、初中各报1人；年龄、学历、职称和从教年限按方案规定的条件填写。",
        "　　2．日期一律用公历；身份证号为18位。本表纸质、电子各一份，于9月5日前报教体局师训股。",
    )
    add_lines(document, (Line("校长签字：{{ principal | text }}", before=10, after=4), *map(note, notes)))
    return document


# --- mentor_assignment -------------------------------------------------------------------------------------------

PAIR_COLUMNS = (
    Column("跟岗教师", 12, "trainee | text"),
    Column("性\n别", 5, f"gender | {GENDER}"),
    Column("工作单位", 19.7, "school | text"),
    Column("学段", 6.8, f"stage | {STAGE}"),
    Column("学科", 6.8, "subject | text"),
    Column("跟岗教师\n联系电话", 17.8, "trainee_phone | phone"),
    Column("指导教师", 12, "mentor | text"),
    Column("指导教师\n身份证号", 28.4, "mentor_id | id_number"),
    Column("任教\n学科", 6.8, "mentor_subject | text"),
    Column("职称", 12, "mentor_title | text"),
    Column("任教\n班级", 14.6, "mentor_class | text"),
    Column("指导教师\n联系电话", 17.8, "mentor_phone | phone"),
    Column("拟跟岗时段", 25.2, "planned | period"),
    Column("备注", 7.1, "remark | text", "left"),
)


def mentor_assignment() -> Document:
    """指导教师安排表: who guides whom, from the base school; fourteen columns on upright paper, so in small type."""
    page = replace(PORTRAIT, margins=(22, 9, 16, 9), footer="跟岗研修指导教师安排表 · 2016版")
    document = new_document(page)
    heads = (
        "基地校（盖章）：{{ base_school | text }}　　　　填报日期：{{ filled_on | date }}",
        "联系人：{{ contact | text }}　　　　联系电话：{{ contact_phone | phone }}",
    )
    add_lines(document, (title("跟岗研修指导教师安排表"), *(above(head) for head in heads)))
    add_table(
        document, tuple(map(_broken_after_to, list_rows("pair in pairs", PAIR_COLUMNS, 12, 12.7, 7.5))), beside_mm=0.5
    )
    text = "注：每名跟岗教师确定一名同学段、同学科的指导教师；本表与基地校研修方案一并于对接会前报教体局师训股。"
    add_lines(document, (note(text),))
    return document


def _broken_after_to(row: Row) -> Row:
    """So far apart, 年月日至 ends the first of two lines whether the period is written or blank."""
    cells = (
        replace(cell, lines=tuple(replace(line, size=7, apart=0.6) for line in cell.lines))
        if "| period" in cell.lines[0].text else cell for cell in row.cells
    )  # fmt: skip
    return replace(row, cells=tuple(cells))


# --- training_log 附件1 ------------------------------------------------------------------------------------------

ACTIVITY_COLUMNS = (
    Column("时间/节次", 20, "time | text"),
    Column("活动形式", 24, f"kind | {ACTIVITY}"),
    Column("课题/主题", 66, "topic | text", "left"),
    Column("授课人/主持人", 30, "speaker | text"),
    Column("班级/地点", 30, "place | text"),
)


def training_log() -> Document:
    """研修日志: one day of one trainee on one page."""
    document = new_document(replace(PORTRAIT, footer="附件1 学员研修日志 · 2016版"))
    add_lines(document, (title("跟岗研修学员研修日志"),))
    day = f"{{{{ log_date | date }}}}  ‹{{{{ weekday | {WEEKDAY} }}}}›  第‹{{{{ day_number | count }}}}›天"
    rows = (
        Row((label("姓　名", 20), value("name | text", 24), label("工作单位", 20), value("school | text", 54),
             label("学段学科", 20), value("stage_subject | text", 32)), 10),
        Row((label("日　期\n星　期", 20), printed(day, 70, 10, align="center"), label("基地校", 16),
             value("base_school | text", 28), label("指导教师", 18), value("mentor | text", 18)), 12),
        *list_rows("activity in activities", ACTIVITY_COLUMNS, 9, 10, 10.5),
        Row((vertical("收获与体会", 20), free_text("gains | prose", 150)), 75),
        Row((vertical("问题与思考", 20), free_text("questions | prose", 150)), 48),
        Row((label("指导教师\n签　阅", 20),
             printed(signed("签名", "mentor_signature", "signed_on"), 150, align="right")), 13),
    )  # fmt: skip
    add_table(document, [replace(row, heading=False) for row in rows])
    text = "注：每个工作日填写一份，由指导教师签阅。活动形式填写：听课、上课、集体备课、教研、班级活动、其他。"
    add_lines(document, (note(text),))
    return document


# --- attendance --------------------------------------------------------------------------------------------------

DAY_COLUMNS = (
    Column("日　期", 36, "date | date"),
    Column("星　期", 20, f"weekday | {WEEKDAY}"),
    Column("上　午", 20, f"morning | {HALF_DAY}"),
    Column("下　午", 20, f"afternoon | {HALF_DAY}"),
    Column("活动内容", 89, "activity | text", "left"),
    Column("学员签名", 44, "trainee_signature | text"),
    Column("指导教师签名", 40, "mentor_signature | text"),
)


def attendance() -> Document:
    """考勤表: one sheet a trainee, one row a day, kept by the mentor."""
    document = new_document(replace(LANDSCAPE, footer="跟岗研修学员考勤表 · 2016版"))
    add_lines(document, (title("跟岗研修学员考勤表"),))
    person = Row(
        (label("姓　名", 16), value("name | text", 22), label("工作单位", 20), value("school | text", 52),
         label("学段学科", 20), value("stage_subject | text", 32), label("基地学校", 20),
         value("base_school | text", 43), label("指导教师", 20), value("mentor | text", 24)), 10
    )  # fmt: skip
    add_table(document, (person,))
    add_lines(document, (Line("", 4, leading=4, exact=True),))
    add_table(document, (*list_rows("day in days", DAY_COLUMNS, 8.5, 8.5, 10.5), *_attendance_totals()))
    text = (
        "注：本表由指导教师如实填写，每半天记一次，上午、下午栏填写：出勤、事假、病假、公假、缺勤、迟到、早退；"
        "请假须附经指导教师和基地校批准的书面申请。"
    )
    add_lines(document, (note(text),))
    return document


def _attendance_totals() -> tuple[Row, ...]:
    sums = "　".join(
        f"{word}‹{{{{ {field} }}}}›{unit}"
        for word, field, unit in (
            ("应到", "due_days | days", "天"),
            ("实到", "present_days | days", "天"),
            ("事假", "personal_leave_days | days", "天"),
            ("病假", "sick_leave_days | days", "天"),
            ("公假", "official_leave_days | days", "天"),
            ("缺勤", "absent_days | days", "天"),
            ("迟到", "late_count | count", "次"),
            ("早退", "early_count | count", "次"),
        )
    )
    line = signed("签名", "signature", "signed_on")
    return (
        Row((label("合　计", 36), printed(sums, 233, align="center")), 9),
        Row((label("指导教师审签", 36), printed(line, 233, align="right")), 10),
    )


FORMS: Mapping[str, Callable[[], Document]] = {
    "registration": registration,
    "mentor_assignment": mentor_assignment,
    "training_log": training_log,
    "attendance": attendance,
    "appraisal": appraisal,
    "assessment_register": assessment_register,
    "score_sheet": score_sheet,
    **PERSON_FORMS,
    **BASE_SCHOOL_FORMS,
    **LESSON_FORMS,
    **REPORT_FORMS,
    **PLAN_FORMS,
    **WRITINGS,
    **EVALUATIONS,
}


def main(folder: Path) -> None:
    """Draw every form that is not there yet; one that the office has edited is never touched."""
    for stem, draw in FORMS.items():
        path = folder / f"{stem}.docx"
        if not path.exists():
            save(draw(), path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
