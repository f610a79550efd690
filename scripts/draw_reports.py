"""How the written reports are laid out: action research, the trainee's report on the study, the mentor's summary."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from docx.document import Document

from scripts.draw_lessons import FOUR_GRADES, pair_row, prose_row, signed_row, wide_row, writing
from scripts.word_drawing import (
    LABEL_FACE,
    PORTRAIT,
    Cell,
    Line,
    Row,
    add_lines,
    add_table,
    block_lines,
    boxes,
    judged,
    label,
    new_document,
    note,
    opinion,
    signed,
    tag,
    title,
    value,
    vertical,
)


def chapter(heading: str, field: str, height_mm: float, hint: str = "") -> Row:
    """A numbered part of a report. hint: how long it is to be, in small print."""
    lines = (Line(heading, 11, LABEL_FACE, "center", leading=18),)
    hints = (Line(hint, 8, align="center", before=4),) if hint else ()
    return Row((Cell(20, (*lines, *hints)), writing(field)), height_mm)


# --- action_research_report --------------------------------------------------------------------------------------


def action_research_report() -> Document:
    """行动研究报告: one problem from question to rebuilding, graded by the mentor."""
    document = new_document(replace(PORTRAIT, footer="跟岗研修行动研究报告 · 2016版"))
    add_lines(document, (title("跟岗研修行动研究报告"),))
    add_table(document, (*_research_head(), *_research_chapters(), *_research_verdict()))
    texts = (
        "注：1．题目一般不超过20字，摘要约200字，关键词3—8个，用分号隔开。",
        "　　2．本报告在指导教师指导下完成，须写明方案设计、实践探索和反思重建三个环节；篇幅不够可另附页。",
    )
    add_lines(document, map(note, texts))
    return document


def _research_head() -> tuple[Row, ...]:
    return (
        wide_row("题　目", "report_title | text", 12),
        pair_row("姓　名", value("name | text", 65), "学段学科", value("stage_subject | text", 65)),
        pair_row("工作单位", value("school | text", 65), "基地学校", value("base_school | text", 65)),
        pair_row("指导教师", value("mentor | text", 65), "报告日期", value("written_on | date", 65)),
        chapter("摘　　要", "abstract", 42, "（约200字）"),
        wide_row("关键词", "keywords | text"),
    )


def _research_chapters() -> tuple[Row, ...]:
    return (
        chapter("一、问题\n提　　出", "problem", 138),
        chapter("二、方案\n设　　计", "design", 115),
        chapter("三、实践\n探　　索", "practice", 137),
        chapter("四、效果\n与 反 思\n重　　建", "effect", 116),
        chapter("参考资料\n及 附 录", "references", 42),
    )


def _research_verdict() -> tuple[Row, ...]:
    comment = opinion("mentor_comment | prose", (signed("签名", "mentor_signature", "signed_on"),), 150)
    return (
        Row((vertical("指导教师评语", 20), comment), 62),
        Row((label("评定等级", 20), boxes(f"mentor_grade | {FOUR_GRADES}", 150, 12)), 12),
    )


# --- study_report ------------------------------------------------------------------------------------------------


def study_report() -> Document:
    """总结报告: the whole study in six parts of a given length, commented by the mentor, graded by the college."""
    document = new_document(replace(PORTRAIT, footer="跟岗研修总结报告 · 2016版"))
    written = Line("报告日期：{{ written_on | date }}", 10.5, align="right", after=3, right_mm=1.5)
    add_lines(document, (title("跟岗研修总结报告"), written))
    add_table(document, (*_study_head(), *_study_chapters(), *_study_verdict()))
    text = "注：跟岗结束后一周内报县教体局，纸质、电子各一份；纸质版须本人手写签字，由指导教师和教师进修学校填写评语。"
    add_lines(document, (note(text),))
    return document


def _study_head() -> tuple[Row, ...]:
    return (
        pair_row("姓　名", value("name | text", 65), "学科/年级", value("stage_subject | text", 65)),
        pair_row("工作单位", value("school | text", 65), "跟岗基地", value("base_school | text", 65)),
        pair_row("跟岗时间", value("period | period", 65), "指导教师", value("mentor | text", 65)),
    )


def _study_chapters() -> tuple[Row, ...]:
    return (
        chapter("一、研修\n概　　况", "overview", 60, "（约300字）"),
        chapter("二、主要\n收　　获", "gains", 138, "（约800字）"),
        chapter("三、重点\n学习成果", "results", 126, "（约500字）"),
        chapter("四、对比\n与 反 思", "contrast", 126, "（约500字）"),
        chapter("五、返校\n行动计划", "action_plan", 92, "（约500字）"),
        chapter("六、意见\n与 建 议", "suggestions", 42, "（约200字）"),
        signed_row("学员签字", "self_signature", "self_signed_on"),
    )


def _study_verdict() -> tuple[Row, ...]:
    comment = opinion("mentor_comment | prose", (signed("签名", "mentor_signature", "mentor_signed_on"),), 150)
    grade = Cell(
        150,
        (
            Line(tag(f"college_grade | {FOUR_GRADES}"), 12, "宋体", "center", after=24),
            *block_lines(("（盖章）　　　　{{ college_signed_on | date }}",), 150),
        ),
        "bottom",
    )
    return (
        Row((vertical("指导教师评语", 20), comment), 56),
        Row((label("教师进修\n学校评定", 20), grade), 40),
    )


# --- mentor_summary ----------------------------------------------------------------------------------------------


def mentor_summary() -> Document:
    """指导工作总结: what a mentor did and with what effect, with the base school's opinion."""
    document = new_document(replace(PORTRAIT, footer="跟岗研修指导教师工作总结 · 2016版"))
    add_lines(document, (title("跟岗研修指导教师工作总结"),))
    add_table(document, (*_summary_head(), *_summary_parts()))
    text = "注：每名指导教师填写一份，跟岗结束后一周内由基地学校报县教体局；成效请写明听课、评课、上课指导等次数。"
    add_lines(document, (note(text),))
    return document


def _summary_head() -> tuple[Row, ...]:
    return (
        pair_row("指导教师", value("name | text", 65), "身份证号", value("id_number | id_number", 65)),
        pair_row("工作单位", value("school | text", 65), "学段学科", value("stage_subject | text", 65)),
        pair_row("联系电话", value("phone | phone", 65), "指导时间", value("period | period", 65)),
        wide_row("跟岗教师", "trainees | text"),
    )


def _summary_parts() -> tuple[Row, ...]:
    base = judged("base_opinion | prose", ("（盖章）　　　　{{ base_signed_on | date }}",), 150)
    return (
        prose_row("主要做法", "practice | prose", 108),
        prose_row("成效", "effects | prose", 88),
        prose_row("存在问题", "problems | prose", 78),
        prose_row("意见建议", "suggestions | prose", 78),
        signed_row("指导教师\n签　名", "self_signature", "self_signed_on"),
        Row((vertical("基地学校意见", 20), base), 72),
    )


REPORT_FORMS: Mapping[str, Callable[[], Document]] = {
    "action_research_report": action_research_report,
    "study_report": study_report,
    "mentor_summary": mentor_summary,
}
