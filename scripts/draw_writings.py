"""How the written papers of the other plans are laid out: journal, lesson design, notes, weekly report, essays.

They differ in head and chapters alone, so one function draws a sheet of chapters.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from docx.document import Document

from scripts.draw_lessons import GAP, list_heading, pair_row, prose_row, roomy, signed_row, wide_row, writing
from scripts.draw_persons import WEEKDAY, paper, person_row
from scripts.draw_reports import chapter
from scripts.word_drawing import (
    Cell,
    Column,
    Row,
    add_lines,
    add_table,
    boxes,
    judged,
    label,
    list_rows,
    note,
    opinion,
    printed,
    signed,
    value,
    vertical,
)

NOTE_KIND = 'tick("专题讲座","案例研讨","教学观摩","交流活动","自主阅读")'
OWN = "self_signature", "self_signed_on"


def sheet(name: str, rows: Sequence[Row], remark: str) -> Document:
    """A paper of one table, named in its title and its footer. remark: how to fill it in."""
    document = paper(name, name)
    add_table(document, rows)
    add_lines(document, (note(f"注：{remark}"),))
    return document


def short_row(*pairs: tuple[str, Cell], height_mm: float = 10) -> Row:
    """Labels of 20 mm, each with the cell it names."""
    return Row(tuple(cell for text, beside in pairs for cell in (label(text, 20), beside)), height_mm)


def own_head(day: str, of_day: str = "日　期") -> tuple[Row, ...]:
    """Who wrote it, where from, and on what day, in halves of the sheet."""
    return (
        pair_row("姓　名", value("name | text", 65), "学段学科", value("stage_subject | text", 65)),
        pair_row("工作单位", value("school | text", 65), of_day, value(f"{day} | date", 65)),
    )


def study_head(day: str, of_day: str) -> tuple[Row, ...]:
    """The same, and where, when and with whom the study was."""
    return (
        *own_head(day, of_day),
        pair_row("跟岗学校", value("base_school | text", 65), "指导教师", value("mentor | text", 65)),
    )


def commented(text: str, height_mm: float, field: str = "mentor_comment") -> Row:
    """The mentor's words with signature and date."""
    block = opinion(f"{field} | prose", (signed("签名", "mentor_signature", "signed_on"),), 150)
    return Row((vertical(text, 20), block), height_mm)


# --- one day, one lesson, one week -------------------------------------------------------------------------------


def teaching_journal() -> Document:
    """教学日志: what was taught on one day, with a word of the mentor."""
    rows = (
        person_row(10),
        short_row(("日　期", value("log_date | date", 44)), ("星　期", value(f"weekday | {WEEKDAY}", 28)),
                  ("班　级", value("class_name | text", 38))),
        wide_row("课　题", "topic | text"),
        prose_row("教学过程记录", "process | prose", 80),
        prose_row("收获", "gains | prose", 39),
        prose_row("问题与改进", "problems | prose", 39),
        commented("指导教师点评", 44),
    )  # fmt: skip
    return sheet("跟岗研修教学日志", rows, "每个授课日填写一份，由指导教师点评后签名。")


# A column holds a whole number of characters: a line that ends a character short looks ended by its writer.
STEP_COLUMNS = (
    Column("教学环节", 20, "stage | text"),
    Column("教师活动", 56.4, "teacher | text", "left"),
    Column("学生活动", 49.3, "students | text", "left"),
    Column("设计意图", 44.3, "intent | text", "left"),
)


def teaching_design() -> Document:
    """教学设计: a lesson thought out beforehand, with what was thought of it afterwards."""
    document = paper("跟岗研修教学设计", "跟岗研修教学设计")
    head = (
        wide_row("课　题", "topic | text"),
        short_row(("设计人", value("name | text", 36)), ("工作单位", value("school | text", 94))),
        short_row(("班　级", value("class_name | text", 36)), ("课　时", value("lesson_periods | text", 22, 10)),
                  ("设计日期", value("written_on | date", 52))),
        wide_row("学段学科", "stage_subject | text"),
        _design_row("学生情况\n分　　析", "learners", 56),
        _design_row("教学目标", "goals", 70),
        _design_row("教学重点\n及 难 点", "focus", 54),
    )  # fmt: skip
    add_table(document, head)
    add_lines(document, (replace(list_heading("教 学 过 程"), page_break=True),))
    add_table(document, roomy(list_rows("step in steps", STEP_COLUMNS, 9, 16, 10)))
    add_lines(document, (GAP,))
    after = (_design_row("板书设计", "board", 40), _design_row("作业布置", "homework", 25),
             _design_row("课后反思", "reflection", 52))  # fmt: skip
    add_table(document, after)
    add_lines(document, (note("注：授课前完成，课后反思在授课后填写；教学过程按环节逐行填写。"),))
    return document


def _design_row(text: str, field: str, height_mm: float) -> Row:
    return Row((label(text, 20), writing(field)), height_mm)


TASK_COLUMNS = (
    Column("序号", 20, "number | count"),
    Column("本周主要任务", 75, "task | text", "left"),
    Column("完成情况", 75, "outcome | text", "left"),
)


def weekly_report() -> Document:
    """周报: the tasks of one week with what came of them, read by the mentor."""
    rows = (
        person_row(10),
        short_row(("周　次", printed("第‹{{ week_number | count }}›周", 40, align="center")),
                  ("起止日期", value("period | period", 90))),
        *(replace(row, heading=False) for row in list_rows("task in tasks", TASK_COLUMNS, 9, 10, 10.5)),
        prose_row("收获", "gains | prose", 36),
        prose_row("问题", "problems | prose", 34),
        prose_row("下周打算", "next_week | prose", 34),
        commented("指导教师意见", 44, "mentor_opinion"),
    )  # fmt: skip
    return sheet("跟岗研修周报", rows, "每周填写一份，每周至少写明一项主要任务及其完成情况。")


def study_notes() -> Document:
    """学习笔记: one lecture, discussion or book; what was heard and what was thought of it."""
    rows = (
        *own_head("noted_on"),
        wide_row("主　题", "topic | text"),
        wide_row("主讲人", "speaker | text"),
        Row((label("形　式", 20), boxes(f"kind | {NOTE_KIND}", 150)), 10),
        prose_row("学习内容记录", "notes | prose", 112),
        prose_row("思考与启发", "thoughts | prose", 64),
    )
    return sheet("跟岗研修学习笔记", rows, "每次讲座、研讨、观摩或阅读填写一份；自主阅读的，主讲人一栏填写书名和作者。")


def lesson_review() -> Document:
    """课后评议: what one colleague says of one lesson."""
    rows = (
        wide_row("课　题", "topic | text"),
        short_row(("授课人", value("teacher | text", 36)), ("班　级", value("class_name | text", 36)),
                  ("授课日期", value("held_on | date", 38))),
        short_row(("评议人", value("name | text", 36)), ("工作单位", value("school | text", 94))),
        prose_row("优点", "strengths | prose", 64),
        prose_row("不足", "weaknesses | prose", 58),
        prose_row("建议", "suggestions | prose", 58),
        signed_row("评议人\n签　名", *OWN, height_mm=13),
    )  # fmt: skip
    return sheet("跟岗研修课后评议", rows, "每听一节课后由评议人填写一份，优点和建议须结合具体教学环节。")


# --- essays of one page ------------------------------------------------------------------------------------------


def observation_essay() -> Document:
    """观摩心得: what a lesson that was watched gave for one's own teaching."""
    rows = (
        *own_head("observed_on", "观摩日期"),
        short_row(("观摩课题", value("topic | text", 65)), ("授课教师", value("teacher | text", 65))),
        prose_row("观摩纪要", "observed | prose", 56),
        prose_row("心得体会", "gains | prose", 76),
        prose_row("借鉴与运用", "application | prose", 56),
        signed_row("本人签名", *OWN),
    )
    return sheet("跟岗研修观摩心得", rows, "每次教学观摩后填写一份，写清看到了什么、想到了什么、准备怎样用。")


def improvement_measures() -> Document:
    """改进措施与建议: what came of a discussion on teaching."""
    rows = (
        *own_head("held_on", "研讨日期"),
        wide_row("研讨主题", "topic | text"),
        prose_row("存在问题", "problems | prose", 44),
        prose_row("原因分析", "causes | prose", 44),
        prose_row("改进措施", "improvements | prose", 56),
        prose_row("建议", "suggestions | prose", 44),
        signed_row("本人签名", *OWN),
    )
    return sheet("跟岗研修改进措施与建议", rows, "教学研讨后填写；措施写明做什么、何时做、怎样检查。")


def self_reflection() -> Document:
    """反思总结: a look back on one's own study."""
    rows = (
        *own_head("written_on"),
        prose_row("学习回顾", "review | prose", 46),
        prose_row("主要收获", "gains | prose", 52),
        prose_row("不足与反思", "weaknesses | prose", 50),
        prose_row("改进打算", "action_plan | prose", 48),
        signed_row("本人签名", *OWN),
    )
    return sheet("跟岗研修反思总结", rows, "由本人在学习告一段落时填写，对照学习计划逐项回顾。")


# --- reports of two pages ----------------------------------------------------------------------------------------


def study_essay() -> Document:
    """研修心得报告: under a title of its own, in four parts."""
    rows = (
        wide_row("题　目", "report_title | text", 12),
        *study_head("written_on", "报告日期"),
        chapter("一、研修\n经　　过", "overview", 72),
        chapter("二、主要\n收　　获", "gains", 108),
        chapter("三、实践\n与 运 用", "practice", 108),
        chapter("四、思考\n与 打 算", "action_plan", 108),
        signed_row("本人签名", *OWN),
    )
    return sheet("跟岗研修心得报告", rows, "总结阶段完成，题目自拟；用于成果分享的，可另附课件。")


def project_result() -> Document:
    """课题成果: what a small project found and where it is used, with the school's opinion."""
    school = judged("school_opinion | prose", ("（盖章）　　　　{{ school_signed_on | date }}",), 150)
    rows = (
        wide_row("课题名称", "project_title | text", 12),
        pair_row("负责人", value("name | text", 65), "学段学科", value("stage_subject | text", 65)),
        pair_row("工作单位", value("school | text", 65), "研究时间", value("period | period", 65)),
        wide_row("参与人", "members | text"),
        chapter("研究内容", "content", 72),
        chapter("研究过程", "process", 108),
        chapter("研究成果", "results", 88),
        chapter("成果应用", "application", 58),
        signed_row("负责人\n签　名", *OWN),
        Row((vertical("学校意见", 20), school), 62),
    )
    return sheet("跟岗研修课题成果", rows, "每项课题填写一份；论文、课例、数据等支撑材料附后。")


def placement_report() -> Document:
    """跟岗学习报告: the weeks at the other school, commented by the mentor."""
    rows = (
        *study_head("written_on", "报告日期"),
        wide_row("跟岗时间", "period | period"),
        chapter("跟岗概况", "overview", 62),
        chapter("学习收获", "gains", 113),
        chapter("实践应用", "practice", 72),
        chapter("问题不足", "problems", 46),
        chapter("今后打算", "action_plan", 46),
        signed_row("本人签名", *OWN),
        commented("指导教师评语", 54),
    )
    return sheet("跟岗学习报告", rows, "跟岗结束后由本人撰写，经指导教师评语后交所在学校。")


def study_summary() -> Document:
    """研修总结报告: the three phases of the study one by one, and what they gave."""
    rows = (
        *study_head("written_on", "报告日期"),
        wide_row("研修时间", "period | period"),
        chapter("第一阶段\n小　　结", "phase_one", 60),
        chapter("第二阶段\n小　　结", "phase_two", 60),
        chapter("第三阶段\n小　　结", "phase_three", 60),
        chapter("研修收获", "gains", 108),
        chapter("问题分析", "problems", 55),
        chapter("改进方向", "action_plan", 55),
        signed_row("本人签名", *OWN),
    )
    return sheet("跟岗教师研修总结报告", rows, "研修结束时撰写，用于成果汇报，一份存入教师成长档案。")


WRITINGS: Mapping[str, Callable[[], Document]] = {
    "teaching_journal": teaching_journal,
    "teaching_design": teaching_design,
    "weekly_report": weekly_report,
    "study_notes": study_notes,
    "study_essay": study_essay,
    "observation_essay": observation_essay,
    "improvement_measures": improvement_measures,
    "project_result": project_result,
    "placement_report": placement_report,
    "lesson_review": lesson_review,
    "study_summary": study_summary,
    "self_reflection": self_reflection,
}
