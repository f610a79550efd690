"""How the two papers of judgement are laid out: the appraisal (附件2) and the assessment register."""

from dataclasses import replace

from docx.document import Document

from scripts.word_drawing import (
    GENDER,
    PORTRAIT,
    STAGE,
    Cell,
    Line,
    Row,
    add_lines,
    add_table,
    boxes,
    free_text,
    judged,
    kept_by,
    label,
    new_document,
    note,
    opinion,
    printed,
    signed,
    signed_lines,
    title,
    value,
    vertical,
)

# The top right corner above the table stays free for the mark of the page.

# --- appraisal 附件2 ---------------------------------------------------------------------------------------------

DUTY_SUMS = (
    "应到‹{{ due_days | days }}›天　　实到‹{{ present_days | days }}›天　　"
    "请假‹{{ leave_days | days }}›天　　缺勤‹{{ absent_days | days }}›天"
)
TASK_SUMS = (
    "听课‹{{ lessons_heard | count }}›节  上课‹{{ lessons_taught | count }}›节"
    "（其中汇报课‹{{ report_lessons | count }}›节）  "
    "教研活动‹{{ research_activities | count }}›次  班级活动‹{{ class_activities | count }}›次\n"
    "教育教学反思‹{{ reflections | count }}›篇  研修日志‹{{ logs | count }}›篇  "
    "行动研究报告‹{{ research_reports | count }}›篇  研修报告‹{{ study_reports | count }}›篇"
)


def appraisal() -> Document:
    """鉴定表: one trainee, five signed blocks, three copies; one sheet printed on both sides."""
    document = new_document(replace(PORTRAIT, footer="附件2 学员鉴定表 · 2016版"))
    add_lines(document, (title("跟岗研修学员鉴定表"), kept_by("教体局存", "教师进修学校存", "跟岗教师本人存")))
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
        Row((label("任务完成", 20), printed(TASK_SUMS, 150, 10)), 16),
    )  # fmt: skip


def _appraisal_opinions() -> tuple[Row, ...]:
    own = opinion("self_appraisal | prose", (signed("签名", "self_signature", "self_signed_on"),), 150)
    mentor = opinion("mentor_opinion | prose", (signed("签名", "mentor_signature", "mentor_signed_on"),), 150)
    principal = ("校长签名：{{ principal_signature | text }}", "（盖章）　　　　{{ base_signed_on | date }}")
    school = judged("base_opinion | prose", principal, 150)
    return (
        Row((vertical("自我鉴定", 20), own), 76),
        Row((vertical("指导教师鉴定", 20, "（须说明\n出勤情况）"), mentor), 74),
        Row((vertical("基地学校鉴定意见", 20), school), 104),
    )


def _appraisal_verdict() -> tuple[Row, ...]:
    college = opinion("college_opinion | prose", ("（盖章）", "{{ college_signed_on | date }}"), 65)
    bureau = opinion("bureau_opinion | prose", ("（盖章）", "{{ bureau_signed_on | date }}"), 65)
    return (
        Row((label("考核得分", 20), value("score | score", 30), label("考核等次", 20),
             boxes('grade | tick("合格","不合格")', 50), label("认定学时", 20), value("hours | count", 30)), 14),
        Row((vertical("教师进修学校意见", 20), college, vertical("教体局审核意见", 20), bureau), 108),
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
    document = new_document(replace(PORTRAIT, footer="骨干教师跟岗学习考核登记表 · 2016版"))
    add_lines(document, (title("骨干教师跟岗学习考核登记表"), kept_by("教体局存", "教师进修学校存", "基地学校存")))
    add_table(document, (*_register_person(), *_register_items(), *_register_opinions()))
    texts = (
        "注：1．本表由指导教师填写，一式三份，教体局、教师进修学校、基地学校各存一份。",
        "　　2．合计、认定得分和认定学时由教师进修学校填写；累计得分60分以上为合格。",
    )
    add_lines(document, map(note, texts))
    return document


def _register_person() -> tuple[Row, ...]:
    return (
        Row((label("姓　名", 20), value("name | text", 24), label("工作单位", 18), value("school | text", 48),
             label("学段学科", 20), value("stage_subject | text", 40)), 11),
        Row((label("基地学校", 20), value("base_school | text", 34), label("指导教师", 18),
             value("mentor | text", 20), label("研修时间", 18), value("period | period", 60, 9)), 11),
    )  # fmt: skip


def _register_items() -> tuple[Row, ...]:
    widths = (10, 30, 68, 12, 33, 17)
    heads = ("序号", "考核项目", "考核内容与标准", "分值", "佐证/数量", "得分")
    items = (
        Row((label(str(number), 10), label(item, 30), printed(rule, 68, 9), label(str(points), 12),
             value(f"r{number}_evidence | text", 33, 9), value(f"r{number}_score | score", 17)), 11.5)
        for number, (item, rule, points) in enumerate(RUBRIC, 1)
    )  # fmt: skip
    return (
        Row(tuple(label(head, width) for head, width in zip(heads, widths, strict=True)), 9),
        *items,
        Row((label("合　计", 153), value("total | score", 17)), 10),
    )


def _register_opinions() -> tuple[Row, ...]:
    mentor = opinion("mentor_opinion | prose", (signed("签名", "mentor_signature", "mentor_signed_on"),), 150)
    school = opinion("base_opinion | prose", ("（盖章）", "{{ base_signed_on | date }}"), 65)
    # Nothing stands behind the figures: put in later, onto the signed sheet, they move no word.
    result = "认定得分（分）：‹{{ college_score | score }}›\n认定学时：‹{{ college_hours | count }}›"
    college = Cell(
        65,
        (
            *(Line(text, 12, leading=26, exact=True, left_mm=8) for text in result.split("\n")),
            *signed_lines(("（盖章）", "{{ college_signed_on | date }}"), before=44),
        ),
        "bottom",
    )
    return (
        Row((label("出勤情况\n说　明", 20), free_text("attendance_note | prose", 150)), 42),
        Row((vertical("指导教师考核意见", 20), mentor), 112),
        Row((vertical("基地学校意见", 20), school, vertical("教师进修学校认定", 20), college), 114),
    )
