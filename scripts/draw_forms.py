"""How the first six forms are laid out on paper; `python -m scripts.draw_forms FOLDER` draws them once.

The .docx files are the truth afterwards: the office edits them in Word or WPS and this module is not run again.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from docx.document import Document

from scripts.word_drawing import (
    A4,
    A4_LANDSCAPE,
    BODY_FACE,
    Cell,
    Column,
    Line,
    Row,
    add_lines,
    add_table,
    boxes,
    label,
    list_rows,
    new_document,
    opinion,
    printed,
    save,
    signed_lines,
    title,
    value,
    vertical,
)

GENDER = 'choice("男","女")'
STAGE = 'choice("小学","初中")'
WEEKDAY = 'choice("星期一","星期二","星期三","星期四","星期五","星期六","星期日")'
HALF_DAY = 'choice("出勤","事假","病假","公假","缺勤","迟到","早退")'
ACTIVITY = 'choice("听课","上课","集体备课","教研","班级活动","其他")'
KEEPER = 'choice("教体局存","教师进修学校存","跟岗教师本人存")'

SIGNATURE_GAP = "　　　　"


def above(text: str, size: float = 12) -> Line:
    """A line of unit, names and date between title and table."""
    return Line(text, size, after=4)


def note(text: str) -> Line:
    """Small print under the table: copies, keepers, how to fill in."""
    return Line(text, 9, BODY_FACE, before=3, leading=13)


def signed(role: str, signature: str, day: str) -> str:
    """`签名：` with the tags of a signature and its date."""
    return f"{role}：{{{{ {signature} | text }}}}{SIGNATURE_GAP}{{{{ {day} | date }}}}"


# --- registration 附件3 ------------------------------------------------------------------------------------------

NOMINEE_COLUMNS = (
    Column("姓名", 16, "name | text"),
    Column("性别", 8, f"gender | {GENDER}"),
    Column("出生\n年月", 13, "born | month"),
    Column("民族", 10, "ethnicity | text"),
    Column("学段", 10, f"stage | {STAGE}"),
    Column("任教\n学科", 13, "subject | text"),
    Column("学历", 12, "degree | text"),
    Column("教师资格", 18, "certificate | text"),
    Column("职称", 18, "title | text"),
    Column("参加工\n作时间", 13, "work_start | month"),
    Column("连续从\n教年限", 12, "teaching_years | count"),
    Column("职称取\n得时间", 13, "title_date | month"),
    Column("骨干\n级别", 11, "backbone | text"),
    Column("身份证号", 35, "id_number | id_number"),
    Column("手机号码", 23, "phone | phone"),
    Column("学校推荐意见", 28, "opinion | text", "left"),
    Column("备注", 16, "remark | text", "left"),
)


def registration() -> Document:
    """报名表: one school, one row a nominee."""
    document = new_document(replace(A4_LANDSCAPE, footer="附件3 跟岗研修报名表 · 2016版"))
    add_lines(document, (title("农村中小学骨干教师跟岗研修报名表"),))
    heads = (
        "学校（盖章）：{{ school | text }}　　　　联系电话：{{ contact_phone | phone }}　　　　"
        "填报人：{{ filled_by | text }}　　　　填报日期：{{ filled_on | date }}"
    )
    add_lines(document, (above(heads),))
    add_table(document, list_rows("nominee in nominees", NOMINEE_COLUMNS, 13, 20, 9))
    notes = (
        "注：1．学校名称须与公章一致，一贯制学校小学、初中各报1人；年龄、学历、职称和从教年限按方案规定的条件填写。",
        "　　2．日期一律用公历；身份证号为18位。本表纸质、电子各一份，于9月5日前报教体局师训股。",
    )
    add_lines(document, (Line("校长签字：{{ principal | text }}", before=10, after=4), *map(note, notes)))
    return document


# --- mentor_assignment -------------------------------------------------------------------------------------------

PAIR_COLUMNS = (
    Column("跟岗教师", 16, "trainee | text"),
    Column("性别", 8, f"gender | {GENDER}"),
    Column("工作单位", 29, "school | text"),
    Column("学段", 10, f"stage | {STAGE}"),
    Column("学科", 13, "subject | text"),
    Column("跟岗教师\n联系电话", 23, "trainee_phone | phone"),
    Column("指导教师", 16, "mentor | text"),
    Column("指导教师\n身份证号", 35, "mentor_id | id_number"),
    Column("任教学科", 14, "mentor_subject | text"),
    Column("职称", 18, "mentor_title | text"),
    Column("任教班级", 17, "mentor_class | text"),
    Column("指导教师\n联系电话", 23, "mentor_phone | phone"),
    Column("拟跟岗时段", 30, "planned | period"),
    Column("备注", 17, "remark | text", "left"),
)


def mentor_assignment() -> Document:
    """指导教师安排表: who guides whom, from the base school."""
    document = new_document(replace(A4_LANDSCAPE, footer="跟岗研修指导教师安排表 · 2016版"))
    add_lines(document, (title("跟岗研修指导教师安排表"),))
    heads = (
        "基地校（盖章）：{{ base_school | text }}　　　　联系电话：{{ contact_phone | phone }}　　　　"
        "联系人：{{ contact | text }}　　　　填报日期：{{ filled_on | date }}"
    )
    add_lines(document, (above(heads),))
    add_table(document, list_rows("pair in pairs", PAIR_COLUMNS, 12, 13, 9))
    text = "注：每名跟岗教师确定一名同学段、同学科的指导教师；本表与基地校研修方案一并于对接会前报教体局师训股。"
    add_lines(document, (note(text),))
    return document


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
    document = new_document(replace(A4, footer="附件1 学员研修日志 · 2016版"))
    add_lines(document, (title("跟岗研修学员研修日志"),))
    day = f"{{{{ log_date | date }}}}  ‹{{{{ weekday | {WEEKDAY} }}}}›  第‹{{{{ day_number | count }}}}›天"
    rows = (
        Row((label("姓　名", 20), value("name | text", 24), label("工作单位", 20), value("school | text", 54),
             label("学段学科", 20), value("stage_subject | text", 32)), 10),
        Row((label("日　期\n星　期", 20), printed(day, 70, align="center"), label("基地校", 16),
             value("base_school | text", 28), label("指导教师", 18), value("mentor | text", 18)), 12),
        *list_rows("activity in activities", ACTIVITY_COLUMNS, 9, 10, 10.5),
        Row((vertical("收获与体会", 20), _free_text("gains | prose", 150)), 76),
        Row((vertical("问题与思考", 20), _free_text("questions | prose", 150)), 46),
        Row((label("指导教师\n签　阅", 20),
             printed(signed("签名", "mentor_signature", "signed_on"), 150, align="right")), 13),
    )  # fmt: skip
    add_table(document, [replace(row, heading=False) for row in rows])
    text = "注：每个工作日填写一份，由指导教师签阅。活动形式填写：听课、上课、集体备课、教研、班级活动、其他。"
    add_lines(document, (note(text),))
    return document


def _free_text(field: str, width_mm: float) -> Cell:
    return Cell(
        width_mm,
        (
            Line(
                "{{ " + field + " }}",
                12,
                align="both",
                indent=2,
                leading=20,
                before=3,
                after=5,
                left_mm=1.5,
                right_mm=1.5,
            ),
        ),
        "top",
    )


# --- attendance --------------------------------------------------------------------------------------------------

DAY_COLUMNS = (
    Column("日　期", 36, "date | date"),
    Column("星　期", 22, f"weekday | {WEEKDAY}"),
    Column("上　午", 22, f"morning | {HALF_DAY}"),
    Column("下　午", 22, f"afternoon | {HALF_DAY}"),
    Column("活动内容", 103, "activity | text", "left"),
    Column("学员签名", 32, "trainee_signature | text"),
    Column("指导教师签名", 32, "mentor_signature | text"),
)


def attendance() -> Document:
    """考勤表: one sheet a trainee, one row a day, kept by the mentor."""
    document = new_document(replace(A4_LANDSCAPE, footer="跟岗研修学员考勤表 · 2016版"))
    add_lines(document, (title("跟岗研修学员考勤表"),))
    person = Row(
        (label("姓　名", 16), value("name | text", 22), label("工作单位", 20), value("school | text", 52),
         label("学段学科", 20), value("stage_subject | text", 32), label("基地学校", 20),
         value("base_school | text", 43), label("指导教师", 20), value("mentor | text", 24)), 10
    )  # fmt: skip
    add_table(document, (person,))
    add_lines(document, (Line("", 4, leading=4, exact=True),))
    add_table(document, (*list_rows("day in days", DAY_COLUMNS, 9, 9, 10.5), *_attendance_totals()))
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
        Row((label("合　计", 36), printed(sums, 233, align="center")), 10),
        Row((label("指导教师审签", 36), printed(line, 233, align="right")), 11),
    )


# --- appraisal 附件2 ---------------------------------------------------------------------------------------------

DUTY_SUMS = (
    "应到‹{{ due_days | days }}›天　　实到‹{{ present_days | days }}›天　　"
    "请假‹{{ leave_days | days }}›天　　缺勤‹{{ absent_days | days }}›天"
)
TASK_SUMS = (
    "听课‹{{ lessons_heard | count }}›节　上课‹{{ lessons_taught | count }}›节"
    "（其中汇报课‹{{ report_lessons | count }}›节）　"
    "教研活动‹{{ research_activities | count }}›次　班级活动‹{{ class_activities | count }}›次\n"
    "教育教学反思‹{{ reflections | count }}›篇　研修日志‹{{ logs | count }}›篇　"
    "行动研究报告‹{{ research_reports | count }}›篇　研修报告‹{{ study_reports | count }}›篇"
)


def appraisal() -> Document:
    """鉴定表: one trainee, five signed blocks, three copies; one sheet printed on both sides."""
    document = new_document(replace(A4, footer="附件2 学员鉴定表 · 2016版"))
    add_lines(document, (title("跟岗研修学员鉴定表"),))
    keeper = Line(f"本份：{{{{ keeper | {KEEPER} }}}}", 10.5, align="right", after=3)
    add_lines(document, (keeper,))
    add_table(document, (*_appraisal_person(), *_appraisal_opinions(), *_appraisal_verdict()))
    text = "说明：此表一式三份，教体局、教师进修学校、跟岗教师本人各存一份；用钢笔或打印填写，签名须手写，盖章有效。"
    add_lines(document, (note(text),))
    return document


def _appraisal_person() -> tuple[Row, ...]:
    return (
        Row((label("姓　名", 20), value("name | text", 26), label("性　别", 17), value(f"gender | {GENDER}", 18),
             label("出生年月", 20), value("born | month", 23), label("民　族", 20), value("ethnicity | text", 26)), 10),
        Row((label("工作单位", 20), value("school | text", 61), label("学　段", 20), value(f"stage | {STAGE}", 23),
             label("任教学科", 20), value("subject | text", 26)), 10),
        Row((label("职　称", 20), value("title | text", 26), label("学　历", 17), value("degree | text", 18),
             label("教　龄", 20), printed("{{ teaching_years | count }}年", 23, align="center"),
             label("联系电话", 20), value("phone | phone", 26, 10)), 10),
        Row((label("身份证号", 20), value("id_number | id_number", 71), label("基地学校", 20),
             value("base_school | text", 59)), 10),
        Row((label("研修时间", 20), value("period | period", 71), label("指导教师", 20),
             value("mentor | text", 59)), 10),
        Row((label("出　勤", 20), printed(DUTY_SUMS, 150)), 10),
        Row((label("任务完成", 20), printed(TASK_SUMS, 150)), 16),
    )  # fmt: skip


def _appraisal_opinions() -> tuple[Row, ...]:
    own = opinion("self_appraisal | prose", (signed("签名", "self_signature", "self_signed_on"),), 150)
    mentor = opinion("mentor_opinion | prose", (signed("签名", "mentor_signature", "mentor_signed_on"),), 150)
    school = opinion(
        "base_opinion | prose",
        (signed("（盖章）　　　　　　校长签名", "principal_signature", "base_signed_on"),),
        150,
    )
    return (
        Row((vertical("自我鉴定", 20), own), 81),
        Row((vertical("指导教师鉴定", 20, "（须说明\n出勤情况）"), mentor), 78),
        Row((vertical("基地学校鉴定意见", 20), school), 76),
    )


def _appraisal_verdict() -> tuple[Row, ...]:
    college = opinion("college_opinion | prose", ("（盖章）", "{{ college_signed_on | date }}"), 65)
    bureau = opinion("bureau_opinion | prose", ("（盖章）", "{{ bureau_signed_on | date }}"), 65)
    return (
        Row((label("考核得分", 20), value("score | score", 30), label("考核等次", 20),
             boxes('grade | tick("合格","不合格")', 50), label("认定学时", 20), value("hours | count", 30)), 12),
        Row((vertical("教师进修学校意见", 20), college, vertical("教体局审核意见", 20), bureau), 78),
    )  # fmt: skip


# --- assessment_register -----------------------------------------------------------------------------------------

RUBRIC = (
    (
        "出勤与纪律",
        "跟岗不少于10个工作日，每天1.2分，满分12分；纪律3分；无故缺勤每半天扣2分，迟到、早退每次扣0.5分。",
        15,
    ),
    ("听课", "累计听课20节，有听课记录，每节1分。", 20),
    ("上课", "研究课2节，每节4分；汇报课1节，优7分、良6分、中4.5分、差3分。", 15),
    ("教研活动", "参加教研活动1次以上，有记录。", 4),
    ("班级活动", "组织或参加班级活动1次以上，有记录。", 4),
    ("教育教学反思", "撰写反思3篇，每篇3分（完整2分、深度1分）。", 9),
    ("研修日志", "每个工作日1篇，每篇0.8分，满分8分。", 8),
    ("学习计划与方案", "个人学习计划、专业发展规划、个人研修方案各1分。", 3),
    ("行动研究报告", "优6分、良5分、中4分、差2分。", 6),
    ("研修报告", "优6分、良5分、中4分、差2分；每迟交1天扣1分。", 6),
    ("指导教师评价", "指导教师综合评价，0—5分。", 5),
    ("基地校评价", "基地学校综合评价，0—5分。", 5),
)


def assessment_register() -> Document:
    """考核登记表: the twelve items of the rubric, opinions and the office's result; three copies."""
    document = new_document(replace(A4, footer="骨干教师跟岗学习考核登记表 · 2016版"))
    add_lines(document, (title("骨干教师跟岗学习考核登记表"),))
    add_table(document, (*_register_person(), *_register_items(), *_register_opinions()))
    texts = (
        "注：1．本表由指导教师填写，一式三份，教体局、教师进修学校、基地学校各存一份。",
        "　　2．合计、认定得分和认定学时由教师进修学校填写；累计得分60分以上为合格。",
    )
    add_lines(document, map(note, texts))
    return document


def _register_person() -> tuple[Row, ...]:
    return (
        Row((label("姓　名", 20), value("name | text", 26), label("工作单位", 18), value("school | text", 42),
             label("学段学科", 20), value("stage_subject | text", 44)), 10),
        Row((label("基地学校", 20), value("base_school | text", 44), label("指导教师", 20),
             value("mentor | text", 22), label("研修时间", 20), value("period | period", 44)), 12),
    )  # fmt: skip


def _register_items() -> tuple[Row, ...]:
    widths = (10, 28, 66, 14, 34, 18)
    heads = ("序号", "考核项目", "考核内容与标准", "分值", "佐证/数量", "得分")
    items = (
        Row((label(str(number), 10), label(item, 28), printed(rule, 66, 9), label(str(points), 14),
             value(f"r{number}_evidence | text", 34, 9), value(f"r{number}_score | score", 18)), 11.5)
        for number, (item, rule, points) in enumerate(RUBRIC, 1)
    )  # fmt: skip
    return (
        Row(tuple(label(head, width) for head, width in zip(heads, widths, strict=True)), 9),
        *items,
        Row((label("合　计", 152), value("total | score", 18)), 10),
    )


def _register_opinions() -> tuple[Row, ...]:
    mentor = opinion("mentor_opinion | prose", (signed("签名", "mentor_signature", "mentor_signed_on"),), 150)
    school = opinion("base_opinion | prose", ("（盖章）", "{{ base_signed_on | date }}"), 65)
    result = "认定得分‹{{ college_score | score }}›分\n认定学时‹{{ college_hours | count }}›学时"
    college = Cell(
        65,
        (
            *(Line(text, 12, align="center", leading=26) for text in result.split("\n")),
            *signed_lines(("（盖章）", "{{ college_signed_on | date }}"), before=40),
        ),
        "bottom",
    )
    return (
        Row((label("出勤情况\n说　明", 20), _free_text("attendance_note | prose", 150)), 34),
        Row((vertical("指导教师考核意见", 20), mentor), 80),
        Row((vertical("基地学校意见", 20), school, vertical("教师进修学校认定", 20), college), 85),
    )


FORMS: Mapping[str, Callable[[], Document]] = {
    "registration": registration,
    "mentor_assignment": mentor_assignment,
    "training_log": training_log,
    "attendance": attendance,
    "appraisal": appraisal,
    "assessment_register": assessment_register,
}


def main(folder: Path) -> None:
    """Draw every form that is not there yet; one that the office has edited is never touched."""
    for stem, draw in FORMS.items():
        path = folder / f"{stem}.docx"
        if not path.exists():
            save(draw(), path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
