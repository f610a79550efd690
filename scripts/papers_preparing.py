"""How the office papers of the part 准备 are laid out; scripts/draw_papers.py draws them."""

from collections.abc import Callable, Mapping, Sequence

from docx.document import Document

from scripts.official import (
    add_levelled,
    add_list,
    addressee,
    attachments,
    body,
    caption,
    draft_mark,
    heading,
    new_letter,
    prose,
    signature,
    small_note,
    small_signature,
)
from scripts.word_drawing import Cell, Column, Line, Row, add_lines, add_table, label, tag, value

ISSUER, DAY = tag("issuer | text"), tag("issued_on | date")
TITLE = tag("title | prose")
_GAP = Line("", 6, leading=8, exact=True)  # between text and a ruled table


def programme_notice() -> Document:
    """研修方案 of a programme to which schools send people: a notice to them, with the blank forms as attachments."""
    document = new_letter()
    add_lines(document, (draft_mark(), *heading(tag("issuer_above | text"), TITLE), addressee(tag("to | text"))))
    return _plan_below(document)


def programme_plan() -> Document:
    """研修计划 of a programme that addresses nobody."""
    document = new_letter()
    add_lines(document, (draft_mark(), *heading(TITLE)))
    return _plan_below(document)


def _plan_below(document: Document) -> Document:
    add_levelled(document, "text")
    add_lines(document, (*attachments("attachments"), *signature(ISSUER, DAY)))
    return document


PLAN_TASKS = (
    Column("序号", 12, "number | count"),
    Column("研修任务", 34, "name | text", "left"),
    Column("要　求", 62, "asked | text", "left"),
    Column("完成情况", 48, "done | text", "left"),
)
PLAN_PAPERS = (
    Column("序号", 12, "number | count"),
    Column("材　料", 46, "name | text", "left"),
    Column("份数和期限", 50, "asked | text", "left"),
    Column("完成日期", 48, "done | text"),
)


def personal_plan() -> Document:
    """个人计划表 of a programme of one person: tasks and papers with room to note what was done."""
    document = new_letter()
    add_lines(document, heading(TITLE))
    add_table(document, _person_rows())
    add_lines(document, (caption("一、研修任务"),))
    add_list(document, "task in tasks", PLAN_TASKS, 11, 11)
    add_lines(document, (caption("二、形成的材料"),))
    add_list(document, "one in papers", PLAN_PAPERS, 11, 9)
    add_lines(document, (caption("三、评价和支持"),))
    text = Line(tag("judging | prose"), 12, align="both", indent=2, leading=22, before=2, after=4)
    add_table(document, (Row((label("评　价", 30, 12), Cell(126, (text,))), 16),
                         Row((label("支　持", 30, 12), value("support | prose", 126, 12, "left")), 12)))  # fmt: skip
    add_lines(document, small_signature("本人签名：{{ signature | text }}　　　　　　　　", tag("signed_on | date")))
    return document


def _person_rows() -> tuple[Row, ...]:
    pairs = (("姓　名", "name | text", "单　位", "school | text"),
             ("学段学科", "stage_subject | text", "基地校", "base_school | text"))  # fmt: skip
    rows = [Row((label(a, 24, 12), value(b, 44, 12), label(c, 24, 12), value(d, 64, 12)), 10) for a, b, c, d in pairs]
    return (*rows, Row((label("研修时间", 24, 12), value("window | text", 132, 12)), 10))


TIMETABLE = (
    Column("序号", 12, "number | count"),
    Column("时　间", 44, "when | text"),
    Column("工作内容", 66, "what | text", "left"),
    Column("参加或负责", 34, "who | text"),
)


def timetable() -> Document:
    """工作日程表: what is due on which day, and by whom."""
    document = new_letter()
    add_lines(document, (draft_mark(), *heading(tag("programme | text"), "工作日程表")))
    add_list(document, "line in lines", TIMETABLE, 11, 10)
    note = small_note(tag("remarks | prose"))
    add_lines(document, (Line("提示：", 12, before=6, keep_next=True), note, *small_signature(ISSUER, DAY)))
    return document


def _narrow(names: Sequence[tuple[str, str]]) -> tuple[Column, ...]:
    return tuple(Column(name, 9, f"{field} | text") for name, field in names)


REVIEW = (
    Column("序\n号", 8, "number | count"),
    Column("学　校", 34, "school | text", "left"),
    Column("姓　名", 21, "name | text"),
    Column("性\n别", 8, "gender | text"),
    Column("学段\n学科", 18, "stage_subject | text"),
    *_narrow((("名额", "quota"), ("年龄", "age"), ("骨干", "backbone"), ("教龄", "years"), ("职称", "grade"),
              ("资格", "certificate"), ("学历", "degree"), ("推荐", "opinion"), ("农村\n学校", "rural"),
              ("学科", "subject"))),
    Column("审核\n意见", 12, "state | text"),
    Column("说　明", 34, "note | text", "left"),
)  # fmt: skip


def sign_up_review() -> Document:
    """报名汇总及资格审核表: each nominee against each condition, by school."""
    document = new_letter(landscape=True)
    add_lines(document, (draft_mark(), *heading(tag("programme | text"), "报名汇总及资格审核表")))
    add_lines(document, (small_note(tag("summary | prose")),))
    add_lines(document, (_GAP,))
    add_list(document, "one in people", REVIEW, 9, 8)
    text = "尚未报名的学校和学段：{{ lacking | text }}"
    signed = "审核人签名：{{ reviewer | text }}　　　　　　　　　　复核人签名：{{ second_reviewer | text }}"
    add_lines(document, (small_note(text), Line(signed, 12, before=10, leading=20, keep_next=True),
                         *small_signature(ISSUER, DAY)))  # fmt: skip
    return document


HANDED_ON = (
    Column("序号", 12, "number | count"),
    Column("姓　名", 28, "name | text"),
    Column("性别", 13, "gender | text"),
    Column("学段学科", 24, "stage_subject | text"),
    Column("工作单位", 48, "school | text", "left"),
    Column("职　称", 31, "grade | text"),
)


def sign_up_letter() -> Document:
    """转达函: who will come, to the base school that has to plan for them."""
    document = new_letter()
    add_lines(document, (draft_mark(), *heading(TITLE), addressee(tag("to | text")), prose("text")))
    add_lines(document, (*attachments("attachments"), *signature(ISSUER, DAY)))
    add_lines(document, (Line("附件", 16, "黑体", page_break=True, leading=28.95, exact=True), *heading("学员名单")))
    add_list(document, "one in people", HANDED_ON, 12, 9)
    return document


RETURNED = (
    Column("序号", 12, "number | count"),
    Column("材料或人员", 44, "what | text", "left"),
    Column("问　题", 54, "why | text", "left"),
    Column("怎样补正", 46, "mend | text", "left"),
)


def returned_notice() -> Document:
    """退回补正通知: what a school has to mend, line by line."""
    document = new_letter()
    add_lines(document, (draft_mark(), *heading("退回补正通知"), addressee(tag("to | text")), prose("text")))
    add_lines(document, (body("请按下表逐项补正，并于{{ until | date }}前重新报送。"),))
    add_lines(document, (_GAP,))
    add_list(document, "one in items", RETURNED, 12, 10)
    add_lines(document, (_GAP, body("特此通知。", keep_next=True), *signature(ISSUER, DAY)))
    return document


PAPERS: Mapping[str, Callable[[], Document]] = {
    "programme_notice": programme_notice,
    "programme_plan": programme_plan,
    "personal_plan": personal_plan,
    "timetable": timetable,
    "sign_up_review": sign_up_review,
    "sign_up_letter": sign_up_letter,
    "returned_notice": returned_notice,
}
