"""How the office papers of the parts 会议, 汇报会 and 归档 are laid out; scripts/draw_papers.py draws them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from docx.document import Document

from scripts.official import BODY_SIZE, LEADING, SMALL_SIZE, addressee, body, heading, level_one, new_letter, signature
from scripts.word_drawing import (
    A4,
    A4_LANDSCAPE,
    BODY_FACE,
    KAI_FACE,
    LABEL_FACE,
    TITLE_FACE,
    Cell,
    Column,
    Line,
    Page,
    Row,
    add_lines,
    add_table,
    label,
    list_rows,
    new_document,
    note,
    tag,
    value,
)

LIST_PAGE = replace(A4, margins=(25, 20, 22, 20), official_numbers=True)
WIDE_PAGE = replace(A4_LANDSCAPE, margins=(20, 16, 18, 16), official_numbers=True)
PROGRAMME = "{{ programme | text }}"


def _name(text: str, after: float = 8) -> Line:
    return Line(text, 22, TITLE_FACE, "center", leading=34, after=after)


def _head(title: str) -> tuple[Line, ...]:
    return (Line(PROGRAMME, 16, KAI_FACE, "center", leading=26, after=2), _name(title))


def _facts(*texts: str) -> tuple[Line, ...]:
    return tuple(Line(text, 14, leading=26) for text in texts)


def _paragraphs(loop: str, width_mm: float) -> tuple[Row, ...]:
    """One paragraph of running text for each row, in a table without lines."""
    item = loop.split(maxsplit=1)[0]
    said = Cell(width_mm, (body(tag(f"{item}.text | prose")),), "top")
    return (
        Row((Cell(width_mm, (body(f"{{%tr for {loop} %}}"),)),), 1),
        Row((said,), 1),
        Row((Cell(width_mm, (body("{%tr endfor %}"),)),), 1),
    )


def _listing(
    title: str, loop: str, columns: Sequence[Column], head: Iterable[Line] = (), foot: Iterable[Line] = (),
    page: Page = LIST_PAGE, size: float = 12,
) -> Document:  # fmt: skip
    document = new_document(page)
    add_lines(document, (*_head(title), *head))
    add_table(document, list_rows(loop, columns, 11, 10, size))
    add_lines(document, foot)
    return document


# --- a meeting ---------------------------------------------------------------------------------------------------


def meeting_notice() -> Document:
    """会议通知: when, where, who, what for; the day and the seal are the office's."""
    document = new_letter()
    sections = (("一、会议时间", "held_at | text"), ("二、会议地点", "place | text"),
                ("三、参会人员", "attendees | prose"), ("四、会议内容", "contents | prose"))  # fmt: skip
    add_lines(document, (*heading(tag("bureau | text"), f"关于召开{tag('event | text')}的通知"),
                         addressee(tag("receivers | text")), body(tag("opening | prose"))))  # fmt: skip
    add_lines(document, (line for name, said in sections for line in (level_one(name), body(tag(said)))))
    add_lines(document, (level_one("五、有关要求"),))
    add_table(document, _paragraphs("line in demands", 156), ruled=False, beside_mm=0)
    contact = f"联系人：{tag('contact | text')}　　联系电话：{tag('contact_phone | text')}"
    add_lines(document, (body(contact, keep_next=True), *signature(tag("bureau | text"), "　　　　年　　月　　日")))
    return document


AGENDA_COLUMNS = (
    Column("序号", 14, "number | count"), Column("时　间", 44, "time | text"),
    Column("议　项", 56, "item | text", "left"), Column("主讲人", 32, "who | text"),
    Column("时长\n（分钟）", 24, "minutes | count"),
)  # fmt: skip


def agenda() -> Document:
    """议程."""
    facts = _facts("时间：{{ held_at | text }}", "地点：{{ place | text }}", "主持：{{ chair | text }}")
    return _listing("{{ event | text }}议程", "entry in entries", AGENDA_COLUMNS, (*facts, _gap(6)), size=13)


CONTACT_COLUMNS = (
    Column("序号", 13, "number | count"), Column("类　别", 24, "role | text"),
    Column("单　位", 52, "unit | text", "left"), Column("姓　名", 26, "name | text"),
    Column("学段学科", 24, "subject | text"), Column("联系电话", 31, "phone | phone"),
)  # fmt: skip


def contact_list() -> Document:
    """通讯录 of trainees and mentors."""
    foot = (note("注：本通讯录只供本次跟岗研修联系工作使用，请妥善保管，不要转发。"),)
    return _listing("{{ event | text }}通讯录", "one in people", CONTACT_COLUMNS, foot=foot, size=11)


# --- the handbook ------------------------------------------------------------------------------------------------


def host_words() -> Document:
    """主持词."""
    document = new_letter()
    under = Line("", BODY_SIZE, KAI_FACE, "center", leading=LEADING, exact=True)
    add_lines(document, (*heading(f"{tag('event | text')}主持词"), replace(under, text=tag("chair | text")),
                         replace(under, text=f"（{tag('held_at | text')}）", after=14)))  # fmt: skip
    add_table(document, _paragraphs("line in lines", 156), ruled=False, beside_mm=0)
    return document


ATTENDEE_COLUMNS = (
    Column("序号", 13, "number | count"), Column("类　别", 25, "role | text"),
    Column("单　位", 50, "unit | text", "left"), Column("姓　名", 26, "name | text"),
    Column("性别", 12, "gender | text"), Column("民族", 15, "ethnicity | text"),
    Column("职务\n（学段学科）", 29, "post | text"),
)  # fmt: skip


def attendee_list() -> Document:
    """参会人员名单."""
    head = (Line("{{ order | text }}", 10.5, KAI_FACE, "right", after=4),)
    return _listing("{{ event | text }}参会人员名单", "one in people", ATTENDEE_COLUMNS, head, size=11)


SEATS = 12


def seat_plan() -> Document:
    """座次图: the platform at the top, rows of at most SEATS seats below it."""
    document = new_document(WIDE_PAGE)
    add_lines(document, (_name("{{ event | text }}座次图", 4),
                         Line("{{ place | text }}", 14, KAI_FACE, "center", after=8)))  # fmt: skip
    add_table(document, (Row((Cell(120, (Line("主席台：{{ platform | text }}", 14, LABEL_FACE, "center"),)),), 16),))
    add_lines(document, (_gap(8),))
    columns = (Column("排", 13, "number | count"),
               *(Column(str(seat), 21, f"seat{seat} | text") for seat in range(1, SEATS + 1)))  # fmt: skip
    add_table(document, list_rows("row in rows", columns, 8, 11.5, 10.5), beside_mm=0.5)
    add_lines(document, (note("注：面向主席台，座位自左向右编号；空格为机动座位。{{ remark | text }}"),))
    return document


TALK_COLUMNS = (
    Column("顺序", 13, "number | count"), Column("时　间", 42, "time | text"), Column("学段学科", 24, "subject | text"),
    Column("汇报人", 26, "name | text"), Column("单　位", 43, "unit | text", "left"),
    Column("时长\n（分钟）", 22, "minutes | count"),
)  # fmt: skip
TITLE_COLUMNS = (
    Column("序号", 14, "number | count"), Column("题　目", 76, "title | text", "left"),
    Column("汇报人", 28, "name | text"), Column("单　位", 52, "unit | text", "left"),
)  # fmt: skip
COMMENDED_COLUMNS = (
    Column("序号", 16, "number | count"), Column("类　别", 40, "honour | text"),
    Column("单　位", 66, "unit | text", "left"), Column("姓　名", 48, "name | text"),
)  # fmt: skip
SHOWN_COLUMNS = (
    Column("序号", 14, "number | count"), Column("单　位", 44, "unit | text", "left"),
    Column("姓　名", 28, "name | text"), Column("学段学科", 24, "subject | text"),
    Column("展示材料", 60, "shown | text", "left"),
)  # fmt: skip
WORK_COLUMNS = (
    Column("序号", 13, "number | count"), Column("题　目", 70, "title | text", "left"),
    Column("类　别", 30, "form | text"), Column("作　者", 24, "name | text"),
    Column("单　位", 33, "unit | text", "left"),
)  # fmt: skip


def talk_order() -> Document:
    """汇报顺序及时长."""
    return _listing("汇报顺序及时长", "one in talks", TALK_COLUMNS)


def talk_titles() -> Document:
    """汇报材料目录."""
    return _listing("汇报材料目录", "one in talks", TITLE_COLUMNS)


def commended_people() -> Document:
    """表彰名单 of who was ticked, or lines to write on."""
    foot = (note("注：名单由县教育体育局确定后填写。"),)
    return _listing("表彰名单", "one in people", COMMENDED_COLUMNS, foot=foot)


def exhibit_list() -> Document:
    """展示材料清单."""
    return _listing("展示材料清单", "one in people", SHOWN_COLUMNS, size=11)


def collected_works() -> Document:
    """成果汇编目录."""
    return _listing("成果汇编目录", "one in works", WORK_COLUMNS, size=11)


def news_draft() -> Document:
    """新闻通稿草稿."""
    document = new_letter()
    add_lines(
        document,
        (Line("（草稿，发布前请核对）", SMALL_SIZE, KAI_FACE, "right", after=6), *heading(tag("headline | text"))),
    )
    add_table(document, _paragraphs("line in lines", 156), ruled=False, beside_mm=0)
    return document


# --- the office's own volume ------------------------------------------------------------------------------------

HANDED_COLUMNS = (
    Column("序号", 13, "number | count"), Column("单　位", 52, "unit | text", "left"),
    Column("姓　名", 30, "name | text"), Column("证书名称", 40, "certificate | text"),
    Column("证书编号", 58, "code | text"), Column("领取人签名", 42, "signature | text"),
    Column("领取日期", 30, "day | text"),
)  # fmt: skip
DUTY_COLUMNS = (
    Column("序号", 16, "number | count"), Column("事　项", 62, "task | text", "left"),
    Column("负责人", 46, "who | text"), Column("联系电话", 46, "phone | text"),
)  # fmt: skip
LACKING_COLUMNS = (
    Column("序号", 13, "number | count"), Column("单　位", 40, "unit | text", "left"),
    Column("姓　名", 27, "name | text"), Column("所缺材料、佐证", 66, "lacking | prose", "left"),
    Column("到　会", 24, "came | text"),
)  # fmt: skip
HELD_COLUMNS = (
    Column("序号", 13, "number | count"), Column("单　位", 34, "unit | text", "left"),
    Column("姓　名", 26, "name | text"), Column("情　况", 17, "state | text"),
    Column("方案规定", 42, "clause | text", "left"), Column("原　因", 38, "why | prose", "left"),
)  # fmt: skip
SWAP_COLUMNS = (
    Column("序号", 13, "number | count"), Column("册　别", 28, "volume | text"),
    Column("页　码", 30, "pages | text"), Column("材　料", 55, "title | text", "left"),
    Column("做　法", 24, "act | text"), Column("盖章", 20, "seal | text"),
)  # fmt: skip


def certificate_handout() -> Document:
    """证书发放清单, for the hand of who takes each."""
    return _listing("证书发放清单", "one in people", HANDED_COLUMNS, page=WIDE_PAGE, size=11)


def duty_list() -> Document:
    """会务分工."""
    return _listing("{{ event | text }}会务分工", "one in duties", DUTY_COLUMNS)


def lacking_list() -> Document:
    """缺件及未到情况."""
    foot = (note("注：本表供会务组内部使用，不发放；“到会”栏在签到后填写。"),)
    return _listing("缺件及未到情况", "one in people", LACKING_COLUMNS, foot=foot, size=11)


def held_list() -> Document:
    """证书缓发、不发情况, each with its clause."""
    foot = (note("注：本表供办公室内部使用，不发放。"),)
    return _listing("证书缓发及不发情况", "one in people", HELD_COLUMNS, foot=foot, size=11)


def swap_list() -> Document:
    """换页清单: which sheets of the last printed packet to print again, seal and swap."""
    head = (Line("{{ against | text }}", 12, leading=22, after=6),)
    foot = (note("注：换下的旧页收回后按内部材料处理，不要混入新册。“增”为插入在该页码处的新页，“撤”为取出不再补。"),)
    return _listing("换页清单", "one in pages", SWAP_COLUMNS, head, foot, size=11)


# --- the archive -------------------------------------------------------------------------------------------------

FILED_COLUMNS = (
    Column("顺序号", 15, "number | count"), Column("文　号", 26, "code | text"), Column("责任者", 32, "author | text"),
    Column("题　名", 54, "title | text", "left"), Column("日　期", 23, "day | text"),
    Column("页号", 13, "pages | text"), Column("备注", 13, "remark | text"),
)  # fmt: skip


def file_contents() -> Document:
    """卷内文件目录."""
    document = new_document(replace(A4, margins=(28, 10, 20, 24)))
    add_lines(document, (_name("卷 内 文 件 目 录", 4), Line("案卷题名：{{ title | text }}", 12, leading=22, after=6)))
    add_table(document, list_rows("one in papers", FILED_COLUMNS, 12, 11, 10.5), beside_mm=0.5)
    return document


def file_note() -> Document:
    """备考表: what the volume holds, who filed and who checked it."""
    document = new_document(replace(A4, margins=(28, 20, 20, 30)))
    said = (
        Line("本卷情况说明：", 14, LABEL_FACE, leading=28, left_mm=4),
        Line("{{ said | prose }}", 14, align="both", leading=28, indent=2, left_mm=4, right_mm=4),
    )
    sign = Line("", 14, leading=34, left_mm=66)
    signed = tuple(replace(sign, text=text) for text in ("立卷人：", "检查人：", "立卷时间：　　　年　　月　　日"))
    add_lines(document, (_name("卷 内 备 考 表", 10),))
    add_table(document, (Row((Cell(160, (*said, replace(sign, text="", leading=250), *signed), "top"),), 215),))
    return document


def file_cover() -> Document:
    """案卷封面."""
    document = new_document(replace(A4, margins=(30, 25, 25, 30)))
    rows = (("归档单位", "unit | text"), ("类　　别", "kind | text"), ("起止日期", "period | text"),
            ("保管期限", "kept | text"), ("件　　数", "count | text"), ("页　　数", "pages | text"),
            ("档　　号", "code | text"))  # fmt: skip
    add_lines(document, (Line(PROGRAMME, 18, KAI_FACE, "center", leading=34, before=40, after=40),
                         Line("{{ title | prose }}", 28, TITLE_FACE, "center", leading=48, after=110)))  # fmt: skip
    add_table(document, tuple(Row((label(name, 36, 14), value(field, 90, 14)), 13) for name, field in rows))
    return document


def file_spine() -> Document:
    """盒脊: to cut out along the lines, three centimetres wide, one for each box."""
    document = new_document(replace(A4, margins=(15, 20, 12, 20)))
    parts = (("年度", "year | text", 24), ("类别", "kind | text", 40), ("题名", "title | prose", 120),
             ("保管期限", "kept | text", 24), ("盒号", "box | text", 24))  # fmt: skip
    add_lines(document, (note("沿外框剪下，贴在档案盒脊背上。"), _gap(6)))
    rows = []
    for name, field, height in parts:
        size = 14 if name == "题名" else 12
        rows += [
            Row((Cell(30, (Line(name, 10.5, LABEL_FACE, "center"),)),), 7),
            Row((Cell(30, (Line(tag(field), size, BODY_FACE, "center", leading=size * 1.5),)),), height - 7),
        ]
    add_table(document, tuple(rows))
    return document


def _gap(points: float) -> Line:
    return Line("", 1, leading=points, exact=True)


PAPERS: Mapping[str, Callable[[], Document]] = {
    draw.__name__: draw
    for draw in (
        meeting_notice, agenda, contact_list, host_words, attendee_list, seat_plan, talk_order, talk_titles,
        commended_people, exhibit_list, collected_works, news_draft, certificate_handout, duty_list, lacking_list,
        held_list, swap_list, file_contents, file_note, file_cover, file_spine,
    )
}  # fmt: skip
