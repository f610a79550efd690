"""How 备案表, 培训档案, the lists of schools and mentors, and the papers of 表彰 are laid out."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from docx.document import Document

from scripts.official import (
    LANDSCAPE_MM,
    add_list,
    addressee,
    body,
    caption,
    draft_mark,
    heading,
    new_letter,
    prose,
    signature,
    small_note,
)
from scripts.word_drawing import (
    A4,
    TITLE_FACE,
    Cell,
    Column,
    Line,
    Row,
    add_lines,
    add_table,
    label,
    list_rows,
    new_document,
    printed,
    signed_lines,
    tag,
)

PROGRAMME = tag("programme | text")

# --- 备案表 -------------------------------------------------------------------------------------------------------

_FILED_COLUMNS = (
    Column("序号", 16, "number | count"),
    Column("备　案　材　料", 128, "paper | text", "left"),
    Column("份　数", 26, "copies | text"),
)


def filing_form() -> Document:
    """备案表: what is reported, then the opinions of the college and of the authority, unsigned."""
    document = new_document(A4)
    title = Line("终结性学情审核备案表", 20, TITLE_FACE, "center", leading=34, after=6)
    add_lines(document, (Line(PROGRAMME, 16, TITLE_FACE, "center", leading=24), title))
    add_table(document, _filing_rows())
    add_table(document, list_rows("one in papers", _FILED_COLUMNS, 9, 8, 11))
    add_table(document, (_opinion("承办单位\n意　　见", "college"), _opinion("教育体育局\n审核意见", "authority")))
    add_lines(document, (small_note(f"统计日期：{tag('as_of | date')}。本表一式两份，教育体育局、承办单位各存一份。"),))
    return document


def _filing_rows() -> tuple[Row, ...]:
    people = f"学员{tag('trainees | count')}名，来自{tag('schools | count')}所学校；指导教师{tag('mentors | count')}名"
    results = (
        f"合格{tag('passed | count')}名（其中证书缓发{tag('withheld | count')}名），不合格{tag('failed | count')}名，"
        f"未考核{tag('unassessed | count')}名"
    )
    hours = f"学员{tag('trainee_hours | count')}学时，指导教师{tag('mentor_hours | count')}学时"
    return (
        Row((label("承办单位", 30, 11), printed(tag("college | text"), 140, 11)), 9),
        Row((label("基地校", 30, 11), printed(tag("base_school | text"), 140, 11)), 9),
        Row((label("研修时间", 30, 11), printed(tag("period | text"), 140, 11)), 9),
        Row((label("参训情况", 30, 11), printed(people, 140, 11)), 9),
        Row((label("考核结果", 30, 11), printed(results, 140, 11)), 9),
        Row((label("认定学时", 30, 11), printed(hours, 140, 11)), 9),
    )


def _opinion(name: str, body_field: str) -> Row:
    signed = (f"{tag(f'{body_field} | text')}（盖章）", "负责人：　　　　　　　　　年　　月　　日")
    lines = (Line("", 11), *signed_lines(signed, before=40))
    return Row((label(name, 30, 11), Cell(140, lines, "bottom")), 42)


# --- lists --------------------------------------------------------------------------------------------------------

_ARCHIVE_COLUMNS = (
    Column("序号", 13, "number | count"),
    Column("姓　名", 30, "name | text"),
    Column("身份证号", 40, "id_number | text"),
    Column("工作单位", 44, "school | text", "left"),
    Column("学段学科", 24, "subject | text"),
    Column("内　容", 32, "result | text", "left"),
    Column("学时", 16, "hours | text"),
    Column("证书编号", 26, "certificate | text", "left"),
)
_MENTOR_COLUMNS = (
    Column("序号", 13, "number | count"),
    Column("姓　名", 26, "name | text"),
    Column("工作单位", 42, "school | text", "left"),
    Column("任教学科", 22, "subject | text"),
    Column("职　称", 28, "title | text"),
    Column("指导的跟岗教师", 36, "trainees | text"),
    Column("认定\n学时", 14, "hours | count"),
    Column("备　注", 44, "note | text", "left"),
)
_SCHOOL_COLUMNS = (
    Column("序号", 13, "number | count"),
    Column("学　校", 66, "school | text", "left"),
    Column("应报\n（人）", 16, "due | count"),
    Column("报名\n（人）", 16, "sent | count"),
    Column("合格\n（人）", 16, "passed | count"),
    Column("优秀\n（人）", 16, "excellent | count"),
    Column("无故缺勤\n（天）", 20, "absent | text"),
    Column("迟报\n（项）", 16, "late | count"),
    Column("通报批评\n（次）", 20, "criticised | count"),
    Column("备　注", 26, "note | text", "left"),
)


def _list(title: str, sums: str, loop: str, columns: tuple[Column, ...], note: str) -> Document:
    assert sum(one.width_mm for one in columns) == LANDSCAPE_MM, title
    document = new_letter(landscape=True)
    from_whom = Line(f"填报单位（盖章）：{tag('college | text')}　　　　填报日期：{tag('as_of | date')}", 12, after=4)
    add_lines(document, (*heading(PROGRAMME, title), from_whom))
    add_list(document, loop, columns, 10.5, 8)
    add_lines(document, (small_note(sums), small_note(note)))
    return document


def archive_entries() -> Document:
    """“十三五” training archive: an entry a row."""
    note = (
        "考核结果和学时记入“十三五”中小学校（园）长、教师培训档案；"
        "无故缺勤另列一行。身份证号只印首尾。本表只存档，不张贴。"
    )
    above = f"研修时间：{tag('period | text')}。"
    return _list("“十三五”教师培训档案登记表", above, "one in people", _ARCHIVE_COLUMNS, note)


def mentor_hours() -> Document:
    """The mentors and their hours."""
    above = f"已认定{tag('settled | count')}名，共{tag('total | count')}学时。"
    note = "一名指导教师指导几名学员的，学时只计一次；学时待定的，备注写明还缺什么。"
    return _list("指导教师学时认定表", above, "one in mentors", _MENTOR_COLUMNS, note)


def school_roll_up() -> Document:
    """Per school, without rank."""
    note = "本表供教师培训工作先进集体评选参考，不排名次。优秀按已勾选的表彰人选统计，尚未勾选的留空。"
    sums = (
        f"合计：应报{tag('due | count')}人，报名{tag('sent | count')}人，合格{tag('passed | count')}人，"
        f"无故缺勤{tag('absent | days')}天，迟报{tag('late | count')}项，通报批评{tag('criticised | count')}次。"
    )
    return _list("各校情况汇总表", sums, "one in schools", _SCHOOL_COLUMNS, note)


# --- 表彰 ---------------------------------------------------------------------------------------------------------

_CANDIDATE_COLUMNS = (
    Column("次序", 18, "place | text"),
    Column("姓　名", 32, "name | text"),
    Column("学　校", 48, "school | text", "left"),
    Column("学段学科", 26, "stage_subject | text"),
    Column("得分", 18, "score | score"),
    Column("理　由", 63, "why | text", "left"),
    Column("勾选", 20, "ticked | text"),
)
_COMMENDED_COLUMNS = (
    Column("序号", 14, "number | count"),
    Column("姓　名", 32, "name | text"),
    Column("学　校", 40, "school | text", "left"),
    Column("学段学科", 24, "stage_subject | text"),
    Column("主要事迹", 46, "deed | text", "left"),
)
_PUBLIC_COLUMNS = (
    Column("序号", 16, "number | count"),
    Column("姓　名", 44, "name | text"),
    Column("学　校", 64, "school | text", "left"),
    Column("学段学科", 32, "stage_subject | text"),
)


def commendation_list() -> Document:
    """表彰名单: the proposed order, to be ticked; it stays in the office."""
    assert sum(one.width_mm for one in _CANDIDATE_COLUMNS) == LANDSCAPE_MM
    document = new_letter(landscape=True)
    above = Line(f"统计日期：{tag('as_of | date')}", 12, align="right", after=4)
    add_lines(document, (*heading(PROGRAMME, "表彰名单（候选）"), above))
    add_list(document, "one in people", _CANDIDATE_COLUMNS, 10.5, 8)
    foot = (small_note(tag("rule | text")), small_note(tag("note | text")))
    add_lines(document, (*foot, Line(tag("office | text"), 12, align="right", before=8, right_mm=4)))
    return document


def commendation() -> Document:
    """表彰通报: facts, decision with the names, hope."""
    document = new_letter()
    title = heading(tag("authority | text"), "关于表彰跟岗研修", f"{tag('group | text')}的通报")
    add_lines(document, (draft_mark(), *title, addressee(tag("to | text"))))
    add_lines(document, (prose("facts"), prose("decision"), prose("hope")))
    add_lines(document, signature(tag("authority | text"), tag("issued_on | date")))
    add_lines(document, (caption("表彰名单"),))
    add_list(document, "one in people", _COMMENDED_COLUMNS)
    return document


def publicity() -> Document:
    """公示 of those who shall be commended; telephone and mailbox are the office's to fill in."""
    document = new_letter()
    add_lines(document, (draft_mark(), *heading(PROGRAMME, f"{tag('group | text')}人选公示")))
    add_lines(document, (prose("basis"), Line("", 6, leading=8, exact=True)))
    add_list(document, "one in people", _PUBLIC_COLUMNS)
    text = (
        f"{tag('term | text')}公示期间如有异议，请以书面或电话形式向我局反映，反映情况要实事求是，"
        "并写明真实姓名和联系方式。"
    )
    contact = ("联系电话：‹　　　　　　　　　　›", "电子邮箱：‹　　　　　　　　　　›")
    add_lines(document, (replace(body(text), before=8), *(body(one, keep_next=True) for one in contact)))
    add_lines(document, signature(tag("authority | text"), tag("issued_on | date")))
    return document


PAPERS: Mapping[str, Callable[[], Document]] = {
    "filing_form": filing_form,
    "archive_entries": archive_entries,
    "mentor_hours": mentor_hours,
    "school_roll_up": school_roll_up,
    "commendation_list": commendation_list,
    "commendation": commendation,
    "publicity": publicity,
}
