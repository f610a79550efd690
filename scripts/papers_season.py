"""How the office papers of the part 季中 are laid out; scripts/draw_papers.py draws them."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from docx.document import Document

from scripts.official import (
    LANDSCAPE_MM,
    PORTRAIT_MM,
    add_levelled,
    add_list,
    addressee,
    body,
    caption,
    draft_mark,
    heading,
    new_letter,
    signature,
    small_note,
)
from scripts.word_drawing import (
    A4,
    LABEL_FACE,
    TITLE_FACE,
    Cell,
    Column,
    Line,
    Row,
    add_lines,
    add_table,
    label,
    new_document,
    tag,
    value,
)

PROGRAMME = tag("programme | text")

# --- 催交 ---------------------------------------------------------------------------------------------------------

_MENTOR_COLUMN = Column("指导教师", 22, "mentor | text")
_OWED_COLUMNS = (
    Column("序号", 14, "number | count"),
    Column("材　料", 46, "paper | text", "left"),
    Column("涉及学员", 32, "about | text"),
    Column("尚缺情况", 40, "lacking | text", "left"),
    Column("应交日期", 24, "due | text"),
)
_REGISTER_COLUMNS = (
    Column("序号", 13, "number | count"),
    Column("责任方", 20, "debtor | text"),
    Column("名　称", 38, "name | text", "left"),
    Column("涉及学员", 26, "about | text"),
    Column("材　料", 38, "paper | text", "left"),
    Column("应交日期", 20, "due | text"),
    Column("催办\n次数", 12, "times | count"),
    Column("催办记录", 26, "asked | text", "left"),
    Column("经办", 14, "by | text"),
    Column("现状", 18, "state | text"),
)


def chase_notice() -> Document:
    """催交通知 to a school or a trainee."""
    return _notice(_OWED_COLUMNS)


def chase_base() -> Document:
    """The same to a base school, by mentor."""
    narrow = tuple(replace(one, width_mm=width) for one, width in zip(_OWED_COLUMNS, (12, 40, 28, 32, 22), strict=True))
    return _notice((narrow[0], _MENTOR_COLUMN, *narrow[1:]))


def _notice(columns: tuple[Column, ...]) -> Document:
    assert sum(one.width_mm for one in columns) == PORTRAIT_MM
    document = new_letter()
    opening = body(f"截至{tag('as_of | date')}，{tag('opening | text')}")
    add_lines(document, (*heading(PROGRAMME, "材料催交通知"), addressee(tag("to | text")), opening))
    add_lines(document, (Line("", 6, leading=8, exact=True),))
    add_list(document, "item in items", columns)
    text = "请在应交日期前报送，已经报送的请与我校核对。应交日期已过的，补报截止日期："
    blank = "‹ ›月‹ ›日。"
    add_lines(document, (replace(body(f"{text}{blank}", keep_next=True), before=8), *_signed()))
    return document


def _signed() -> tuple[Line, ...]:
    return signature(tag("college | text"), tag("issued_on | date"))


def chase_register() -> Document:
    """催办台账, kept in the office."""
    assert sum(one.width_mm for one in _REGISTER_COLUMNS) == LANDSCAPE_MM
    document = new_letter(landscape=True)
    count = f"统计日期：{tag('as_of | date')}　　共{tag('total | count')}项，其中未交{tag('open | count')}项"
    add_lines(document, (*heading(PROGRAMME, "材料催办台账"), Line(count, 12, align="right", after=4)))
    add_list(document, "item in items", _REGISTER_COLUMNS, 10.5, 8)
    add_lines(document, (small_note("本台账由办公室留存，不对外公布。"), _office()))
    return document


def _office() -> Line:
    return Line(tag("office | text"), 12, align="right", before=8, right_mm=4)


# --- 通报 ---------------------------------------------------------------------------------------------------------


def bulletin() -> Document:
    """学员情况通报, in as many sections as the scheme names."""
    document = new_letter()
    title = heading(PROGRAMME, f"{tag('month | text')}学员情况通报")
    add_lines(document, (draft_mark(), *title, addressee(tag("to | text")), body(tag("opening | text"))))
    add_levelled(document, "sections")
    add_lines(document, _signed())
    return document


_EXCERPT_COLUMNS = (
    Column("摘录号", 18, "number | text"),
    Column("摘　录", 92, "text | text", "left"),
    Column("来　源", 46, "source | text", "left"),
)
_PEOPLE_COLUMNS = (
    Column("姓　名", 28, "name | text"),
    Column("学　校", 42, "school | text", "left"),
    Column("情　况", 68, "why | text", "left"),
    Column("勾　选", 18, "ticked | text"),
)


def bulletin_sheet() -> Document:
    """通报素材: what a person writes from, and whom a person may tick; it stays in the office."""
    document = new_letter()
    add_lines(document, heading(PROGRAMME, f"{tag('month | text')}通报素材"))
    said = "办公室内部使用。摘录照原文，供撰写“基地校管理”和“好经验好做法”；写好后注明所依据的摘录号。"
    add_lines(document, (_noted(f"{said}整理日期：{tag('as_of | date')}。"),))
    for name, loop in (("基地校管理", "one in base"), ("好经验好做法", "one in practice")):
        add_lines(document, (caption(name),))
        add_list(document, loop, _EXCERPT_COLUMNS, 10.5, 8)
    add_lines(document, (caption("通报批评候选"), _noted(tag("naming | text"))))
    add_list(document, "one in people", _PEOPLE_COLUMNS, 10.5, 8)
    return document


def _noted(text: str) -> Line:
    """A note above a table."""
    return replace(small_note(text), before=0, after=6)


# --- 个人进度单, 领导要数 ---------------------------------------------------------------------------------------------

_POINT_COLUMNS = (
    Column("项　目", 36, "item | text", "left"),
    Column("满分或要求", 26, "most | text"),
    Column("现　得", 24, "now | text"),
    Column("怎样得来", 84, "how | text", "left"),
)
_MISSING_COLUMNS = (
    Column("还缺什么", 108, "what | text", "left"),
    Column("谁　交", 26, "who | text"),
    Column("应交日期", 36, "due | text"),
)


def progress_sheet() -> Document:
    """个人进度单 of one trainee, on one sheet, for the mentor's signature."""
    document = new_document(replace(A4, margins=(18, 20, 14, 20)))
    name = Line("", 16, TITLE_FACE, "center", leading=24)
    title = Line(f"个人进度单（{tag('month | text')}）", 20, TITLE_FACE, "center", leading=32, after=6)
    add_lines(document, (replace(name, text=PROGRAMME), title))
    add_table(document, _progress_head())
    add_lines(document, (_small_caption("一、得分和任务"),))
    add_list(document, "one in points", _POINT_COLUMNS, 9, 6.4)
    total = f"目前合计：{tag('total | text')}"
    add_lines(document, (Line(total, 11, LABEL_FACE, before=4), Line(tag("outlook | text"), 10.5, leading=16)))
    add_lines(document, (_small_caption("二、还缺什么、何时前交"),))
    add_list(document, "one in missing", _MISSING_COLUMNS, 9.5, 6.4)
    signed = "指导教师签名：　　　　　　　　学员签名：　　　　　　　　　　　年　　月　　日"
    foot = f"{tag('college | text')}　　{tag('as_of | date')}"
    add_lines(document, (Line(signed, 12, before=16, leading=24),
                         Line(foot, 10.5, align="right", before=6)))  # fmt: skip
    return document


def _progress_head() -> tuple[Row, ...]:
    pairs = (("姓　名", "name", "学　校", "school"), ("学段学科", "stage_subject", "指导教师", "mentor"))
    return tuple(
        Row((label(one, 24, 11), value(f"{field} | text", 50, 11), label(two, 24, 11),
             value(f"{other} | text", 72, 11)), 8)
        for one, field, two, other in pairs
    )  # fmt: skip


def _small_caption(text: str) -> Line:
    return Line(text, 12, LABEL_FACE, before=8, after=3, keep_next=True)


def leaders_card() -> Document:
    """领导要数: one card of sentences that can be read out."""
    document = new_document(replace(A4, margins=(24, 22, 20, 22)))
    name = Line("", 18, TITLE_FACE, "center", leading=28)
    when = Line(f"截至{tag('as_of | date')}", 13, align="center", after=8)
    add_lines(document, (replace(name, text=PROGRAMME), replace(name, text="领导要数", size=22, leading=36), when))
    said = Line(tag("one.said | text"), 14, leading=22, before=2, after=4, left_mm=1.5, right_mm=1.5)
    rows = (
        Row((Cell(166, (Line("{%tr for one in items %}", 9),)),), 5),
        Row((Cell(30, (Line(tag("one.about | text"), 14, LABEL_FACE, "center"),)), Cell(136, (said,))), 14),
        Row((Cell(166, (Line("{%tr endfor %}", 9),)),), 5),
    )
    add_table(document, rows)
    add_lines(document, (_office(),))
    return document


PAPERS: Mapping[str, Callable[[], Document]] = {
    "chase_notice": chase_notice,
    "chase_base": chase_base,
    "chase_register": chase_register,
    "bulletin": bulletin,
    "bulletin_sheet": bulletin_sheet,
    "progress_sheet": progress_sheet,
    "leaders_card": leaders_card,
}
