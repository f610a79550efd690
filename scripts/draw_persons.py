"""How four papers of one trainee are laid out: personal details, leave, an activity, and the plan of days."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from docx.document import Document

from scripts.word_drawing import (
    GENDER,
    LABEL_FACE,
    PORTRAIT,
    Cell,
    Column,
    Line,
    Row,
    add_lines,
    add_table,
    boxes,
    free_text,
    judged,
    kept_by,
    label,
    list_rows,
    new_document,
    note,
    printed,
    signed,
    tag,
    title,
    value,
    vertical,
)

WEEKDAY = 'choice("星期一","星期二","星期三","星期四","星期五","星期六","星期日")'
HALF = 'choice("上午","下午")'
LEAVE_KIND = 'tick("事假","病假","公假","其他")'
ACTIVITY_KIND = 'tick("教研活动","集体备课","班会","队会","团会","第二课堂")'
ROLE = 'tick("组织","参加")'

# A list that repeats its heading is a table of its own, since only the first rows of a table are repeated.
GAP = Line("", 4, leading=4, exact=True)


def paper(name: str, footer: str) -> Document:
    """An upright A4 document with its title; the corner above the title stays free for the mark of the page."""
    document = new_document(replace(PORTRAIT, footer=f"{footer} · 2016版"))
    add_lines(document, (title(name),))
    return document


def numbered(*texts: str) -> tuple[Line, ...]:
    """Small print under the table, item by item."""
    return tuple(note(f"{'　　' if place else '注：'}{place + 1}．{text}") for place, text in enumerate(texts))


def person_row(height_mm: float) -> Row:
    """Name, employer, stage and subject."""
    return Row(
        (label("姓　名", 20), value("name | text", 26), label("工作单位", 18), value("school | text", 48),
         label("学段学科", 20), value("stage_subject | text", 38)), height_mm
    )  # fmt: skip


def study_row(height_mm: float) -> Row:
    """Base school, mentor and time."""
    return Row(
        (label("基地学校", 20), value("base_school | text", 34), label("指导教师", 18), value("mentor | text", 20),
         label("研修时间", 18), value("period | period", 60, 9)), height_mm
    )  # fmt: skip


# --- personal_info 附件4 -----------------------------------------------------------------------------------------

JOB_COLUMNS = (
    Column("起止时间", 50, "span | text"),
    Column("单　位", 64, "unit | text", "left"),
    Column("职　务", 36, "post | text"),
)


def personal_info() -> Document:
    """个人信息登记表: who the trainee is, and who sends him; one sheet printed on both sides, two copies."""
    document = paper("跟岗教师个人信息登记表", "附件4 个人信息登记表")
    add_lines(document, (kept_by("教体局存", "教师进修学校存"),))
    add_table(document, (*_identity(), *_career(), *_jobs(), *_wishes(), *_recommended()))
    texts = (
        "此表一式两份；用钢笔或打印填写，照片为近期免冠二寸照片。",
        "姓名、出生年月须与身份证一致，日期一律用公历；学校名称须与公章一致。",
    )
    add_lines(document, numbered(*texts))
    return document


def _identity() -> tuple[Row, ...]:
    place = (Line(tag("photo | picture"), 10.5, align="center"), Line("照　片", 9, LABEL_FACE, "center"))
    photo = Cell(36, place, merge="restart")
    below = Cell(36, (Line("", 10.5),), merge="continue")
    return (
        Row((label("姓　名", 20), value("name | text", 28), label("性　别", 18), value(f"gender | {GENDER}", 18),
             label("出生年月", 22), value("born | month", 28), photo), 12),
        Row((label("民　族", 20), value("ethnicity | text", 28), label("政治面貌", 18), value("party | text", 18, 10),
             label("参加工作\n时　　间", 22), value("work_start | month", 28), below), 12),
        Row((label("身份证号", 20), value("id_number | id_number", 64), label("联系电话", 22),
             value("phone | phone", 28), below), 12),
        Row((label("工作单位", 20), value("school | text", 64), label("任教学段\n学　　科", 22),
             value("stage_subject | text", 28), below), 12),
    )  # fmt: skip


def _career() -> tuple[Row, ...]:
    schooling = printed("学历：{{ degree | text }}\n毕业院校及专业：{{ graduated | text }}", 64, 10)
    ranked = printed("{{ title | text }}\n{{ title_date | month }}", 64, align="center")
    backbone = printed("{{ backbone | text }}\n{{ backbone_date | month }}", 64, align="center")
    return (
        Row((label("学　历\n毕业院校", 20), schooling, label("教师资格\n种类及学科", 22),
             value("certificate | text", 64)), 20),
        Row((label("职称及\n取得时间", 20), ranked, label("骨干教师\n级别及时间", 22), backbone), 14),
        Row((label("教　龄", 20), printed("{{ teaching_years | count }}年", 28, align="center"), label("任教年级", 18),
             value("grade | text", 18, 10), label("电子邮箱\n/QQ", 22), value("email | text", 64)), 12),
    )  # fmt: skip


def _jobs() -> tuple[Row, ...]:
    """The label stands beside every row of the list, the rows of the loop too, or the merge would end at the first."""
    heads, *others = list_rows("job in jobs", JOB_COLUMNS, 9, 9, 10.5)
    beside = replace(vertical("工作简历", 20), merge="restart")
    below = Cell(20, (Line("", 10.5),), merge="continue")
    return (
        replace(heads, cells=(beside, *heads.cells), heading=False),
        *(replace(row, cells=(below, *row.cells)) for row in others),
    )


def _wishes() -> tuple[Row, ...]:
    return (
        Row((vertical("教学业绩与获奖", 20), free_text("achievements | prose", 150)), 64),
        Row((vertical("研修需求及拟解决的问题", 20), free_text("needs | prose", 150)), 78),
    )


def _recommended() -> tuple[Row, ...]:
    principal = ("校长签名：{{ principal_signature | text }}", "（盖章）　　　　{{ school_signed_on | date }}")
    school = judged("school_opinion | prose", principal, 150)
    bureau = judged("bureau_opinion | prose", ("（盖章）　　　　{{ bureau_signed_on | date }}",), 150)
    return (
        Row((vertical("学校推荐意见", 20), school), 80),
        Row((vertical("教体局意见", 20), bureau), 74),
    )


# --- leave_request -----------------------------------------------------------------------------------------------


def leave_request() -> Document:
    """请假申请表: the application, its two approvals and the return, on one page."""
    document = paper("跟岗教师请假申请表", "跟岗教师请假申请表")
    away = (
        f"{{{{ starts_on | date }}}}‹{{{{ starts_half | {HALF} }}}}›至　"
        f"{{{{ ends_on | date }}}}‹{{{{ ends_half | {HALF} }}}}›　共‹{{{{ leave_days | days }}}}›天"
    )
    back = "返岗时间：{{ returned_on | date }}　　　　确认人：{{ return_confirmed_by | text }}"
    applicant = ("申请人签名：{{ applicant_signature | text }}", "日期：{{ applied_on | date }}")
    reason = judged("reason | prose", applicant, 150)
    rows = (
        Row((label("姓　名", 20), value("name | text", 30), label("工作单位", 20), value("school | text", 54),
             label("学　科", 18), value("subject | text", 28)), 14),
        Row((label("请假类别", 20), boxes(f"kind | {LEAVE_KIND}", 150, 12)), 13),
        Row((label("请假时间", 20), printed(away, 150, 11, align="center")), 14),
        Row((vertical("请假事由", 20), reason), 72),
        _approvals(),
        Row((label("销　假", 20), printed(back, 150, 11, align="center")), 15),
    )  # fmt: skip
    add_table(document, rows)
    texts = (
        "学习期间请假须提交书面申请，经指导教师和基地校批准后方可离校，请假时间须注明上午或下午。",
        "返岗当日办理销假；本表由指导教师附在考勤表后存档。",
    )
    add_lines(document, numbered(*texts))
    return document


def _approvals() -> Row:
    mentor = judged(
        "mentor_opinion | prose",
        ("指导教师签名：{{ mentor_signature | text }}", "日期：{{ mentor_signed_on | date }}"),
        65,
    )
    school = judged(
        "base_opinion | prose",
        ("校长签名：{{ principal_signature | text }}", "（盖章）　　{{ base_signed_on | date }}"),
        65,
    )
    return Row((vertical("指导教师意见", 20), mentor, vertical("基地校意见", 20), school), 92)


# --- activity_record ---------------------------------------------------------------------------------------------


def activity_record() -> Document:
    """活动记录: one activity of teaching research or of a class, on one page."""
    document = paper("跟岗研修活动记录", "教研活动/班级活动记录")
    held = "{{ held_on | date }}　　第　{{ lesson_period | text }}　节"
    witness = signed("签名", "witness", "signed_on")
    rows = (
        person_row(11),
        Row((label("活动名称", 20), value("activity_name | text", 92), label("基地学校", 20),
             value("base_school | text", 38)), 11),
        Row((label("活动类别", 20), boxes(f"kind | {ACTIVITY_KIND}", 150)), 11),
        Row((label("活动时间", 20), printed(held, 92, align="center"), label("主持人", 20),
             value("host | text", 38)), 11),
        Row((label("地点/班级", 20), value("place | text", 92), label("本人角色", 20),
             boxes(f"role | {ROLE}", 38)), 11),
        Row((vertical("活动过程", 20), free_text("process | prose", 150)), 98),
        Row((vertical("收获与体会", 20), free_text("gains | prose", 150)), 58),
        Row((label("证明人", 20), printed(witness, 150, align="right")), 13),
    )  # fmt: skip
    add_table(document, rows)
    text = "注：每次活动填写一份，由主持人或指导教师作证明人签名；第二课堂活动、班会、队会、团会均为班级活动。"
    add_lines(document, (note(text),))
    return document


# --- day_plan ----------------------------------------------------------------------------------------------------

PLAN_COLUMNS = (
    Column("日　期", 31, "date | date"),
    Column("星　期", 13, f"weekday | {WEEKDAY}"),
    Column("上　午", 28, "morning | text", "left"),
    Column("下　午", 28, "afternoon | text", "left"),
    Column("内　容", 30, "content | text", "left"),
    Column("地点/班级", 22, "place | text"),
    Column("指导教师", 18, "mentor | text"),
)


def day_plan() -> Document:
    """个人研修方案: what the trainee does on each working day, settled by the mentor."""
    document = paper("跟岗教师个人研修方案", "跟岗教师个人研修方案")
    goals = Row((label("研修目标", 20), free_text("goals | prose", 150)), 30)
    add_table(document, (person_row(11), study_row(11), goals))
    add_lines(document, (GAP,))
    add_table(document, (*list_rows("day in days", PLAN_COLUMNS, 9.5, 10.5, 9), _agreed()))
    text = "注：方案具体到每个工作日，不少于10个工作日；由指导教师听取学员意见后确定，经基地学校盖章后执行。"
    add_lines(document, (note(text),))
    return document


def _agreed() -> Row:
    own = _signs("学员签名：{{ self_signature | text }}", "self_signed_on", 54)
    mentor = _signs("指导教师签名：{{ mentor_signature | text }}", "mentor_signed_on", 62)
    school = _signs("基地学校（盖章）", "base_signed_on", 54)
    return Row((own, mentor, school), 40)


def _signs(who: str, day: str, width_mm: float) -> Cell:
    """The date has a label of its own, or a name that fills its line would seem to go on in it."""
    line = Line("", 10.5, left_mm=1.5)
    lines = (replace(line, text=who, after=10), replace(line, text=f"日　期：{{{{ {day} | date }}}}", after=18))
    return Cell(width_mm, lines, "bottom")


PERSON_FORMS: Mapping[str, Callable[[], Document]] = {
    "personal_info": personal_info,
    "leave_request": leave_request,
    "activity_record": activity_record,
    "day_plan": day_plan,
}
