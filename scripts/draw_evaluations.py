"""How the papers of evaluation and follow-up of the other plans are laid out: grades, feedback, lists of a person."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from docx.document import Document

from scripts.draw_lessons import FOUR_GRADES, GAP, pair_row, prose_row, roomy, signed_row, wide_row
from scripts.draw_persons import numbered, paper, person_row, study_row
from scripts.draw_writings import OWN, sheet, short_row
from scripts.word_drawing import (
    A4_LANDSCAPE,
    GENDER,
    Column,
    Row,
    add_lines,
    add_table,
    boxes,
    label,
    list_rows,
    new_document,
    note,
    opinion,
    printed,
    signed,
    title,
    value,
    vertical,
)

PASSED = 'tick("合格","不合格")'
REACHED = 'tick("达到预期","基本达到","未达到")'
Items = Sequence[tuple[str, str, str]]  # what is looked at, what counts there, its field


def graded(items: Items, height_mm: float, remarks: bool = False) -> tuple[Row, ...]:
    """One row a dimension, each with four boxes to tick. remarks: with a column for a word beside the grade."""
    widths = (30.0, 62.0, 50.0, 28.0) if remarks else (30.0, 80.0, 60.0)
    heads = ("评价项目", "评　价　要　点", "等　次", "备　注")
    rows = [Row(tuple(label(head, width) for head, width in zip(heads, widths, strict=False)), 9)]
    for item, rule, field in items:
        beside = [value(f"{field}_remark | text", width, 9) for width in widths[3:]]
        grade = boxes(f"{field}_grade | {FOUR_GRADES}", widths[2])
        rows.append(Row((label(item, widths[0]), printed(rule, widths[1], 10), grade, *beside), height_mm))
    return tuple(rows)


def concluded(text: str, codec: str) -> Row:
    """The last word, to be ticked."""
    return Row((label(text, 30), boxes(f"conclusion | {codec}", 140, 12)), 12)


def said(text: str, field: str, height_mm: float, signatures: Sequence[str] = ()) -> Row:
    """An opinion beside its label, under the columns of grades; signatures: the lines at its lower right."""
    return Row((vertical(text, 30), opinion(f"{field} | prose", signatures, 140)), height_mm)


# --- of a person -------------------------------------------------------------------------------------------------

PROCESS: Items = (
    ("学习态度", "按时参加各项培训活动，遵守纪律，认真记录，按要求完成任务。", "attitude"),
    ("积极性", "主动参与讲座、研讨、观摩和模拟教学，乐于承担任务。", "initiative"),
    ("互动交流", "发言有质量，能与同伴分享经验，虚心听取意见。", "interaction"),
    ("教学设计", "目标明确，重难点突出，过程合理，体现所学的理念和方法。", "design"),
    ("教学日志", "记录及时、真实，有分析，有改进。", "journal"),
)


def process_evaluation() -> Document:
    """过程评价表: attitude, initiative and exchange, design and journal, each with a grade and a word."""
    rows = (
        person_row(10),
        study_row(10),
        *graded(PROCESS, 17, remarks=True),
        said("评价意见", "opinion", 82, (signed("评价人签名", "assessor", "assessed_on"),)),
        concluded("评价结论", PASSED),
    )
    texts = "由培训组织者根据日常观察和提交的材料填写，评价结果向本人反馈。"
    return sheet("跟岗研修过程评价表", rows, texts)


PERFORMANCE: Items = (
    ("参与度", "出勤，参加讲座、观摩、研讨和实践的情况。", "participation"),
    ("学习态度", "认真听讲、记录、提问和完成任务的情况。", "attitude"),
    ("实践效果", "把所学运用于课堂教学的情况和效果。", "practice"),
)


def performance_review() -> Document:
    """表现评价与反馈意见书: what is thought of a teacher's work, told to that teacher, who signs for it."""
    received = signed("本人签收", *OWN)
    rows = (
        person_row(10),
        study_row(10),
        *graded(PERFORMANCE, 15),
        said("评价意见", "opinion", 68, (signed("评价人签名", "assessor", "assessed_on"),)),
        concluded("评价结论", PASSED),
        said("反馈意见", "feedback", 70, (received,)),
    )
    text = "由指导教师或研修组织者填写，一式两份，反馈本人并签收后各存一份。"
    return sheet("跟岗教师表现评价与反馈意见书", rows, text)


OWN_WORK: Items = (
    ("学习投入", "按计划安排时间，坚持学习、记录和思考。", "attitude"),
    ("教学实践", "尝试新的教学策略，改进自己的课堂。", "teaching"),
    ("研究交流", "参加研讨和交流，写出案例或论文。", "research"),
    ("目标完成", "对照计划，各项目标的完成程度。", "goals"),
)


def self_evaluation() -> Document:
    """自我评估表: one's own work against one's own plan."""
    rows = (
        pair_row("姓　名", value("name | text", 65), "学段学科", value("stage_subject | text", 65)),
        pair_row("工作单位", value("school | text", 65), "评估日期", value("written_on | date", 65)),
        *graded(OWN_WORK, 15),
        said("自我评价", "self_appraisal", 112, (signed("本人签名", *OWN),)),
        concluded("自评结论", REACHED),
    )
    return sheet("跟岗研修自我评估表", rows, "由本人定期填写，结合学生反馈和检查点记录如实评价。")


# --- of the activity and by the pupils ---------------------------------------------------------------------------

ACTIVITY_ITEMS: Items = (
    ("活动组织", "目标明确，安排有序，分工落实，准备充分。", "organisation"),
    ("活动内容", "切合教学实际，针对问题，有深度。", "content"),
    ("活动形式", "形式多样，参与面广，交流充分。", "methods"),
    ("成果展示", "教学展示和研究成果有质量，可推广。", "results"),
    ("条件保障", "经费、时间和制度落实。", "support"),
)


def activity_evaluation() -> Document:
    """专家点评与活动评估表: the activity is judged, nobody in it."""
    rows = (
        wide_row("活动名称", "activity_name | text"),
        pair_row("活动日期", value("held_on | date", 65), "地　点", value("place | text", 65)),
        wide_row("专　家", "experts | text"),
        *graded(ACTIVITY_ITEMS, 12),
        said("专家点评", "expert_comment", 62),
        said("改进意见", "improvements", 58, (signed("专家签名", "expert_signature", "signed_on"),)),
    )
    text = "由专家组填写，只评估活动的组织和效果，不评价个人；改进意见由活动承办学校落实。"
    return sheet("专家点评与活动评估表", rows, text)


ASKED: Items = (
    ("教学目标", "这节课要学什么，我清楚。", "goals"),
    ("教学内容", "老师讲的内容，我能听懂。", "content"),
    ("教学方法", "老师的教学方法，我喜欢。", "methods"),
    ("课堂互动", "我有机会发言、讨论和动手。", "interaction"),
    ("作业辅导", "作业合适，不懂的能得到帮助。", "homework"),
)
ANSWERS = (("满　意", "satisfied"), ("一　般", "fair"), ("不满意", "dissatisfied"))


def student_feedback() -> Document:
    """学生反馈: how many pupils answered what, and what is to be done about it."""
    sheets = "发出‹{{ sent_out | count }}›份　　收回‹{{ returned | count }}›份"
    rows = (
        pair_row("教　师", value("name | text", 65), "学段学科", value("stage_subject | text", 65)),
        pair_row("工作单位", value("school | text", 65), "班　级", value("class_name | text", 65)),
        pair_row("反馈日期", value("collected_on | date", 65), "问卷份数", printed(sheets, 65, align="center")),
        *_answer_rows(),
        prose_row("意见摘要", "opinions | prose", 50),
        prose_row("改进打算", "improvements | prose", 46),
        signed_row("教师签名", *OWN),
    )
    return sheet("跟岗研修学生反馈表", rows, "由教师根据无记名问卷或座谈汇总，各栏填写人数；问卷附后。")


def _answer_rows() -> tuple[Row, ...]:
    heads = (label("调查项目", 30), label("学生怎么看", 65), *(label(text, 25) for text, _ in ANSWERS))
    asked = (
        Row((label(item, 30), printed(words, 65, 10),
             *(value(f"{field}_{answer} | count", 25) for _, answer in ANSWERS)), 12)
        for item, words, field in ASKED
    )  # fmt: skip
    return (Row(heads, 9), *asked)


# --- lists of a person -------------------------------------------------------------------------------------------

QUESTION_COLUMNS = (
    Column("序号", 13, "number | count"),
    Column("问题与建议", 80, "question | text", "left"),
    Column("提出日期", 33, "raised_on | date"),
    Column("回　应", 80, "response | text", "left"),
    Column("回应人", 30, "responder | text"),
    Column("回应日期", 33, "responded_on | date"),
)


def question_response() -> Document:
    """问题与建议回应表: what a trainee asked or proposed, and who answered what, on a lying sheet."""
    footer = "跟岗研修问题与建议回应表 · 2016版"
    document = new_document(replace(A4_LANDSCAPE, margins=(22, 14, 13, 14), footer=footer))
    add_lines(document, (title("跟岗研修问题与建议回应表"),))
    person = Row(
        (label("姓　名", 16), value("name | text", 28), label("工作单位", 20), value("school | text", 74),
         label("学段学科", 20), value("stage_subject | text", 36), label("填表日期", 20),
         value("written_on | date", 55)), 10
    )  # fmt: skip
    add_table(document, (person,))
    add_lines(document, (GAP,))
    add_table(document, roomy(list_rows("item in items", QUESTION_COLUMNS, 9, 17.5, 10)))
    add_lines(document, (note("注：问题与建议由学员填写，由组织者、指导教师或讲课专家逐条回应，回应后交还本人。"),))
    return document


POINT_COLUMNS = (
    Column("序号", 20, "number | count"),
    Column("计划任务", 56, "planned | text", "left"),
    Column("完成情况", 56, "done | text", "left"),
    Column("说　明", 38, "remark | text", "left"),
)


def checkpoint() -> Document:
    """检查点记录: what was planned for the month or the quarter, and what of it is done."""
    kind = boxes('kind | tick("月度","季度")', 65)
    document = paper("跟岗研修检查点记录", "跟岗研修检查点记录")
    add_table(document, (person_row(10), pair_row("检查类别", kind, "检查日期", value("checked_on | date", 65))))
    add_lines(document, (GAP,))
    rows = (
        *roomy(list_rows("point in points", POINT_COLUMNS, 9, 15, 10)),
        prose_row("下一步安排", "next_steps | prose", 84),
        signed_row("本人签名", *OWN),
    )
    add_table(document, rows)
    text = "按月度或季度各填写一份，对照研修实践计划逐项检查；未完成的，在说明栏写明原因。"
    add_lines(document, (note(f"注：{text}"),))
    return document


FILE_COLUMNS = (
    Column("序号", 20, "number | count"),
    Column("日　期", 33, "date | date"),
    Column("材料名称", 64, "material | text", "left"),
    Column("份数", 15, "copies | count"),
    Column("说　明", 38, "remark | text", "left"),
)


def growth_file() -> Document:
    """成长档案: who the teacher is, and which papers lie in the file."""
    document = paper("跟岗教师成长档案", "跟岗教师成长档案")
    head = (
        short_row(("姓　名", value("name | text", 36)), ("性　别", value(f"gender | {GENDER}", 26)),
                  ("出生年月", value("born | month", 48))),
        pair_row("工作单位", value("school | text", 65), "学段学科", value("stage_subject | text", 65)),
        pair_row("职　称", value("title | text", 65), "指导教师", value("mentor | text", 65)),
    )  # fmt: skip
    add_table(document, head)
    add_lines(document, (GAP,))
    filed = (label("建档人", 20), printed(signed("签名", "filed_by", "filed_on"), 150, align="right"))
    add_table(document, (*list_rows("paper in papers", FILE_COLUMNS, 9, 10, 10), Row(filed, 12)))
    add_lines(
        document, numbered("一人一档，材料入档时逐件登记。", "研修总结报告、研修日志、课后评议等材料按日期排列附后。")
    )
    return document


EVALUATIONS: Mapping[str, Callable[[], Document]] = {
    "process_evaluation": process_evaluation,
    "performance_review": performance_review,
    "self_evaluation": self_evaluation,
    "activity_evaluation": activity_evaluation,
    "student_feedback": student_feedback,
    "question_response": question_response,
    "checkpoint": checkpoint,
    "growth_file": growth_file,
}
