"""How the papers about single lessons are laid out: the lesson heard, the lesson taught, the reflection on teaching."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from docx.document import Document

from scripts.word_drawing import (
    LABEL_FACE,
    PORTRAIT,
    TITLE_FACE,
    Cell,
    Column,
    Line,
    Row,
    add_lines,
    add_table,
    boxes,
    free_text,
    label,
    list_rows,
    new_document,
    note,
    opinion,
    printed,
    signed,
    tag,
    title,
    value,
    vertical,
)

FOUR_GRADES = 'tick("优","良","中","差")'
GAP = Line("", 3, leading=3, exact=True)  # tables without a paragraph between are one table to Word


def pair_row(first: str, first_cell: Cell, second: str, second_cell: Cell, height_mm: float = 10) -> Row:
    """Two labels with their cells of 65 mm: the halves of a form's head."""
    return Row((label(first, 20), first_cell, label(second, 20), second_cell), height_mm)


def wide_row(text: str, field: str, height_mm: float = 10) -> Row:
    """A label and one line over the rest of the row."""
    return Row((label(text, 20), value(field, 150)), height_mm)


def prose_row(text: str, field: str, height_mm: float) -> Row:
    """A label of one character a line beside a tall cell of prose."""
    return Row((vertical(text, 20), free_text(field, 150)), height_mm)


def writing(field: str, width_mm: float = 150) -> Cell:
    """A cell for several hundred characters of prose: smaller and closer than in an opinion block."""
    line = Line(
        tag(f"{field} | prose"), 10.5, align="both", indent=2, leading=16.5, exact=True, before=3, after=4, left_mm=1.5,
        right_mm=1.5,
    )  # fmt: skip
    return Cell(width_mm, (line,), "top")


def signed_row(text: str, signature: str, day: str, height_mm: float = 12) -> Row:
    """A row for a signature and its date."""
    line = Line(signed("签名", signature, day), 10.5, align="right", right_mm=3)
    return Row((label(text, 20), Cell(150, (line,))), height_mm)


def list_heading(text: str) -> Line:
    """What a list is, over its table: a row of it would be repeated on each page with the names of the columns."""
    return Line(text, 11, LABEL_FACE, "center", before=3, after=2, keep_next=True)


def roomy(rows: Sequence[Row]) -> tuple[Row, ...]:
    """A list whose entries run over several lines: they stand clear of the rules above and below."""
    return tuple(replace(row, cells=tuple(map(_roomy_cell, row.cells))) if _is_entry(row) else row for row in rows)


def _is_entry(row: Row) -> bool:
    return len(row.cells) > 1 and not row.heading


def _roomy_cell(cell: Cell) -> Cell:
    lines = (
        replace(line, before=1.5, after=2, leading=14, exact=True, left_mm=0.5, right_mm=0.5) for line in cell.lines
    )
    return replace(cell, lines=tuple(lines))


# --- lesson_observation ------------------------------------------------------------------------------------------

WRITING_ROOM = "　" * 15  # a blank sheet is filled in by hand too
LESSON_KIND = 'tick("新授","复习","讲评","实验")'


def lesson_observation() -> Document:
    """听课记录: one lesson on one page, what was seen beside what was thought."""
    document = new_document(replace(PORTRAIT, footer="跟岗研修听课记录 · 2016版"))
    places = f"工作单位：{{{{ school | text }}}}{WRITING_ROOM}基地学校：{{{{ base_school | text }}}}"
    add_lines(document, (title("跟岗研修听课记录"), Line(places, 10.5, after=3)))
    add_table(document, (*_observed_lesson(), *_observed_course()))
    texts = (
        "注：1．每听一节课填写一份，听课节数填1；连堂听课填实际节数，并在“时间”栏逐一写明节次。",
        "　　2．听课不少于20节，每个工作日不少于2节；本记录由跟岗教师保存，跟岗结束时交指导教师核对。",
    )
    add_lines(document, map(note, texts))
    return document


def _observed_lesson() -> tuple[Row, ...]:
    time = "{{ heard_on | date }}　第　{{ lesson_period | text }}　节"
    lessons = "‹{{ lesson_count | count }}›节"
    return (
        Row((label("学　科", 20), value("subject | text", 28), label("授课教师", 20), value("teacher | text", 42),
             label("班　级", 20), value("class_name | text", 40)), 10),
        Row((label("时　间", 20), printed(time, 90, align="center"), label("听课节数", 20),
             printed(lessons, 40, align="center")), 10),
        Row((label("课　题", 20), value("topic | text", 90), label("听课人", 20), value("name | text", 40)), 10),
        Row((label("课　型", 20), boxes(f"kind | {LESSON_KIND}", 150)), 10),
    )  # fmt: skip


def _observed_course() -> tuple[Row, ...]:
    heads = (label("教 学 过 程", 98, 12), label("点评/随想", 72, 12))
    return (
        Row(heads, 9),
        Row((writing("process", 98), writing("comments", 72)), 118),
        Row((vertical("总体评价与收获", 20), writing("gains")), 50),
    )


# --- lesson_taught -----------------------------------------------------------------------------------------------

# A column holds a whole number of characters: a line that ends a character short looks ended by its writer.
STEP_COLUMNS = (
    Column("环　节", 20, "stage | text"),
    Column("教师活动", 52.8, "teacher | text", "left"),
    Column("学生活动", 42.2, "students | text", "left"),
    Column("设计意图", 38.7, "intent | text", "left"),
    Column("时间/分", 16.3, "minutes | count"),
)
ASSESSED = (
    ("教学目标", "目标明确、具体、可检测，符合课程标准和学生实际，三维目标统一。", 20),
    ("教学内容", "教材理解准确，内容安排合理，重点突出，难点突破得法，联系学生生活。", 20),
    ("教学过程", "结构清楚，方法得当，学生主动参与、合作探究，反馈及时，时间分配合理，信息技术运用恰当。", 30),
    ("教学效果", "学生学习兴趣浓，参与面广，目标达成度高，不同层次的学生都有收获。", 20),
    ("教师素养", "教态自然，语言准确，板书规范，善于组织和应变。", 10),
)


def lesson_taught() -> Document:
    """上课记录: the trainee's lesson plan, and on a page of its own the mentor's assessment of the lesson."""
    document = new_document(replace(PORTRAIT, margins=(22, 20, 16, 20), footer="跟岗研修上课记录 · 2016版"))
    add_lines(document, (title("跟岗研修上课记录（教案与评课）"),))
    add_table(document, (*_taught_lesson(), *_planned_lesson()))
    add_lines(document, (list_heading("教 学 过 程"),))
    add_table(document, roomy(list_rows("step in steps", STEP_COLUMNS, 8, 9, 10)))
    add_lines(document, (GAP,))
    add_table(document, _after_lesson())
    heading = Line("评　课　表", 16, TITLE_FACE, "center", after=8, page_break=True)
    add_lines(document, (heading,))
    add_table(document, (*_assessed_items(), *_assessed_result()))
    text = "注：上课不少于3节，其中汇报课1节。教案由跟岗教师填写，评课表由指导教师或评课教师填写，两部分合订上交。"
    add_lines(document, (note(text),))
    return document


def _taught_lesson() -> tuple[Row, ...]:
    time = "{{ taught_on | date }}　第　{{ lesson_period | text }}　节"
    kind = boxes('kind | tick("研究课","汇报课")', 65)
    return (
        pair_row("授课人", value("name | text", 65), "学段学科", value("stage_subject | text", 65), 7.5),
        pair_row("工作单位", value("school | text", 65), "班　级", value("class_name | text", 65), 7.5),
        pair_row("时　间", printed(time, 65, align="center"), "课　型", kind, 7.5),
        wide_row("课　题", "topic | text", 7.5),
    )


def _planned_lesson() -> tuple[Row, ...]:
    fields = (("教材分析", "material", 15), ("学情分析", "learners", 15), ("教学目标", "goals", 20),
              ("重点难点", "focus", 14))  # fmt: skip
    return tuple(_plan_row(text, field, height) for text, field, height in fields)


def _after_lesson() -> tuple[Row, ...]:
    fields = (("板书设计", "board", 14), ("作业设计", "homework", 9), ("教学反思", "reflection", 20))
    return tuple(_plan_row(text, field, height) for text, field, height in fields)


def _plan_row(text: str, field: str, height_mm: float) -> Row:
    return Row((label(text, 20), writing(field)), height_mm)


def _assessed_items() -> tuple[Row, ...]:
    heads = (label("评议内容", 29), label("评　议　要　点", 91), label("分　值", 20), label("评　分", 30))
    items = (
        Row((label(item, 29, 12), printed(rule, 91), label(str(points), 20), value(f"e{number}_score | score", 30)), 21)
        for number, (item, rule, points) in enumerate(ASSESSED, 1)
    )
    return (
        Row(
            (label("授课人", 29, 12), value("name | text", 41), label("课　题", 20, 12), value("topic | text", 80)), 11
        ),
        Row(heads, 9),
        *items,
    )  # fmt: skip


def _assessed_result() -> tuple[Row, ...]:
    comment = opinion("assessor_comment | prose", (signed("评课人签名", "assessor", "assessed_on"),), 141)
    return (
        Row((label("总　分", 29, 12), value("assessed_total | score", 41), label("等　级", 20, 12),
             boxes(f"assessed_grade | {FOUR_GRADES}", 80)), 12),
        Row((vertical("评课意见", 29), comment), 94),
    )  # fmt: skip


# --- reflection --------------------------------------------------------------------------------------------------


def reflection() -> Document:
    """教育教学反思: one subject on one page, signed by the mentor."""
    document = new_document(replace(PORTRAIT, footer="跟岗研修教育教学反思 · 2016版"))
    add_lines(document, (title("跟岗研修教育教学反思"),))
    rows = (
        wide_row("课题/主题", "topic | text"),
        pair_row("反思人", value("name | text", 65), "学段学科", value("stage_subject | text", 65)),
        pair_row("工作单位", value("school | text", 65), "基地学校", value("base_school | text", 65)),
        pair_row("班　级", value("class_name | text", 65), "日　期", value("written_on | date", 65)),
        prose_row("目标达成", "goals_met | prose", 39),
        prose_row("成功之处", "strengths | prose", 41),
        prose_row("不足与原因", "weaknesses | prose", 41),
        prose_row("改进措施", "improvements | prose", 41),
        signed_row("指导教师\n签　阅", "mentor_signature", "signed_on", height_mm=13),
    )
    add_table(document, rows)
    text = "注：每篇反思填写一份，跟岗期间不少于3篇，写明真实的课例和问题，由指导教师签阅。"
    add_lines(document, (note(text),))
    return document


LESSON_FORMS: Mapping[str, Callable[[], Document]] = {
    "lesson_observation": lesson_observation,
    "lesson_taught": lesson_taught,
    "reflection": reflection,
}
