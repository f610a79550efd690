"""How the plans of one trainee are laid out: the plan for the study and the plan for the years after it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from docx.document import Document

from scripts.draw_lessons import GAP, list_heading, pair_row, prose_row, roomy, signed_row
from scripts.word_drawing import (
    GENDER,
    PORTRAIT,
    Column,
    Row,
    add_lines,
    add_table,
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


def _mentor_opinion(height_mm: float) -> Row:
    block = opinion("mentor_opinion | prose", (signed("签名", "mentor_signature", "mentor_signed_on"),), 150)
    return Row((vertical("指导教师意见", 20), block), height_mm)


# --- study_plan --------------------------------------------------------------------------------------------------


def study_plan() -> Document:
    """个人学习计划: from the own school's state to what is to be learnt, agreed with the mentor."""
    document = new_document(replace(PORTRAIT, footer="跟岗研修个人学习计划 · 2016版"))
    add_lines(document, (title("跟岗研修个人学习计划"),))
    rows = (
        pair_row("姓　名", value("name | text", 65), "学段学科", value("stage_subject | text", 65)),
        pair_row("工作单位", value("school | text", 65), "基地学校", value("base_school | text", 65)),
        pair_row("指导教师", value("mentor | text", 65), "研修时间", value("period | period", 65)),
        prose_row("学校发展现状分析", "school_analysis | prose", 72),
        prose_row("自身存在问题", "own_problems | prose", 66),
        prose_row("学习目标", "goals | prose", 68),
        prose_row("学习计划与措施", "plan | prose", 112),
        prose_row("学习重点", "focus | prose", 56),
        signed_row("学员签名", "self_signature", "self_signed_on"),
        _mentor_opinion(60),
    )
    add_table(document, rows)
    text = "注：结合本人和本校实际填写，目标和措施要具体可行，对接会后由指导教师审定；学员、指导教师各存一份。"
    add_lines(document, (note(text),))
    return document


# --- development_plan --------------------------------------------------------------------------------------------

PHASE_COLUMNS = (
    Column("时间段", 30.3, "span | text"),
    Column("阶段目标", 44.1, "goal | text", "left"),
    Column("主要措施", 51.5, "measures | text", "left"),
    Column("预期成果", 44.1, "results | text", "left"),
)


def development_plan() -> Document:
    """个人专业发展规划: strengths and gaps on one page, the phases that follow from them on the next."""
    document = new_document(replace(PORTRAIT, footer="跟岗教师个人专业发展规划 · 2016版"))
    add_lines(document, (title("跟岗教师个人专业发展规划"),))
    add_table(document, _development_head())
    add_lines(document, (list_heading("分 阶 段 规 划"),))
    add_table(document, roomy(list_rows("phase in phases", PHASE_COLUMNS, 9, 22, 10.5)))
    add_lines(document, (GAP,))
    rows = (
        prose_row("需要的支持", "support | prose", 46),
        signed_row("本人签名", "self_signature", "self_signed_on"),
        _mentor_opinion(56),
    )
    add_table(document, rows)
    text = "注：在指导教师指导下制定，一般规划三至五年，按年度或学年分阶段填写，每个阶段填一行。"
    add_lines(document, (note(text),))
    return document


def _development_head() -> tuple[Row, ...]:
    years = printed("{{ teaching_years | count }}年", 26, align="center")
    return (
        Row((label("姓　名", 20), value("name | text", 65), label("性　别", 20), value(f"gender | {GENDER}", 19),
             label("教　龄", 20), years), 10),
        pair_row("工作单位", value("school | text", 65), "学段学科", value("stage_subject | text", 65)),
        pair_row("职　称", value("title | text", 65), "指导教师", value("mentor | text", 65)),
        prose_row("自身优势", "strengths | prose", 72),
        prose_row("存在不足", "weaknesses | prose", 72),
        prose_row("发展总目标", "goals | prose", 62),
    )  # fmt: skip


PLAN_FORMS: Mapping[str, Callable[[], Document]] = {
    "study_plan": study_plan,
    "development_plan": development_plan,
}
