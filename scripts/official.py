"""How a 公文 looks (GB/T 9704-2012): type area, faces, sizes, levels, signature, attachments, page numbers.

One place for all of it; a module that draws a paper holds its words and tags and no measure. Body text stands in 22
lines of 28 characters. Neither red head nor 版记 is drawn here: a draft bears none, and `as_letter` of
gengang/office/letters.py gives both to any of these papers when a person gives its 发文字号.

A notice:

    document = new_letter()
    add_lines(document, (draft_mark(), *heading(tag("programme | text"), "报名情况转达函")))
    add_lines(document, (addressee(tag("to | text")), body("现将报名情况转达如下。")))
    add_lines(document, (level_one("一、报名情况"), prose("situation")))
    add_levelled(document, "sections")             # as many as there are: its lines 一、 in 黑体, （一） in 楷体
    add_lines(document, (*attachments("attachments"), *signature(tag("college | text"), tag("issued_on | date"))))

A paper that is a table, in as many pages as it needs: its heads stand on every page, no row is parted, and the last one
never stands alone on a page (the writer sees to that in every list with repeated heads):

    document = new_letter()                        # new_letter(landscape=True) for a wide one: 225 mm across
    add_lines(document, (draft_mark(), *heading(tag("programme | text"), "学员名单")))
    add_list(document, "person in persons", (Column("序号", 14, "number | count"), Column("姓　名", 30, "name | text")))
    add_lines(document, small_signature(tag("office | text"), tag("issued_on | date")))

An attachment of a notice begins with `attachment_head("附件1", "报名表")`, on a page of its own. Column widths add up
to PORTRAIT_MM or LANDSCAPE_MM. Tables are set in 小四 (12 points) or, where they are wide, in 五号 (10.5) or 小五 (9).
"""

from collections.abc import Sequence
from dataclasses import replace

from docx.document import Document

from gengang.wordcontrols import LONG_TEXT
from scripts.word_drawing import (
    BODY_FACE,
    KAI_FACE,
    LABEL_FACE,
    TITLE_FACE,
    Column,
    Line,
    Page,
    add_controlled,
    add_table,
    list_rows,
    new_document,
    tag,
)

CATEGORY = "公文"
PORTRAIT_MM = 156.0
LANDSCAPE_MM = 225.0
# Turned sheets keep the margins of the sheet: its top becomes the left side.
LETTER = Page(210, 297, margins=(37, 26, 35, 28), official_numbers=True)
LETTER_LANDSCAPE = Page(297, 210, margins=(28, 35, 26, 37), official_numbers=True)

TITLE_SIZE = 22.0  # 2号
BODY_SIZE = 16.0  # 3号
SMALL_SIZE = 14.0  # 4号
TABLE_SIZE = 12.0  # 小四
LEADING = 28.95  # 22 lines fill the 225 mm of the type area
# 28 characters of 16 points are 5.8 points wider than the type area: a line ends so much beyond it. Letters that stand
# closer would fit too, but LibreOffice leaves out the mark at the end of a justified line not of whole characters.
BEYOND_MM = 2.1
CHARACTER_MM = 156 / 28

_BODY = Line("", BODY_SIZE, align="both", leading=LEADING, exact=True, indent=2, right_mm=-BEYOND_MM)
_STATUS = 'status | choice("草稿","送审稿")'


def new_letter(landscape: bool = False) -> Document:
    """An empty 公文: page numbers in 4号, outside, 7 mm below the text."""
    document = new_document(LETTER_LANDSCAPE if landscape else LETTER)
    document.core_properties.category = CATEGORY
    return document


# --- from the top of the first page to its foot ---


def draft_mark() -> Line:
    """`草稿` or `送审稿` above the title, on the right; blank on what is final."""
    return replace(_BODY, text=tag(_STATUS), size=SMALL_SIZE, face=KAI_FACE, align="right", indent=0, right_mm=0)


def heading(*lines: str) -> tuple[Line, ...]:
    """The title, centred; each text a line of its own, broken where its sense is."""
    line = Line("", TITLE_SIZE, TITLE_FACE, "center", leading=34, exact=True, keep_next=True)
    last = len(lines) - 1
    return tuple(
        replace(line, text=text, before=0 if place else 8, after=LEADING if place == last else 0)
        for place, text in enumerate(lines)
    )


def addressee(text: str) -> Line:
    """主送机关: flush left, its colon is added."""
    return replace(_BODY, text=f"{text}：", align="left", indent=0)


def body(text: str, keep_next: bool = False) -> Line:
    """A paragraph of the text. keep_next: the last one before a signature, which never stands alone on a page."""
    return replace(_BODY, text=text, keep_next=keep_next)


def prose(field: str) -> Line:
    """A field of several paragraphs."""
    return body(tag(f"{field} | prose"))


def level_one(text: str) -> Line:
    """`一、` in 黑体."""
    return replace(_BODY, text=text, face=LABEL_FACE, keep_next=True)


def level_two(text: str) -> Line:
    """`（一）` in 楷体."""
    return replace(_BODY, text=text, face=KAI_FACE, keep_next=True)


def level_three(text: str) -> Line:
    """`1.` in 仿宋; the fourth level `（1）` looks the same."""
    return replace(_BODY, text=text)


def add_levelled(document: Document, field: str) -> None:
    """A field of several paragraphs, of which those that begin with `一、` or `（一）` are set as levels one and two.

    It stands in a content control, so that a reader knows where it ends.
    """
    add_controlled(document, body(tag(f'{field} | prose("分级")')), LONG_TEXT)


def attachments(field: str) -> tuple[Line, ...]:
    """附件说明, a line below the text: `1.报名表` and the next under it. field: prose, a line for each attachment."""
    line = replace(_BODY, align="left", left_mm=5 * CHARACTER_MM, indent=-3, before=LEADING, keep_next=True)
    return (replace(line, text=f"附件：{tag(f'{field} | prose')}"),)


def signature(issuer: str, day: str) -> tuple[Line, ...]:
    """Issuer and date at the right: the date ends four characters from the edge, the issuer stands centred over it."""
    line = replace(_BODY, align="center", indent=0, left_mm=PORTRAIT_MM - 80, right_mm=0, text=day)
    return (replace(line, text=issuer, before=2 * LEADING, keep_next=True), line)


def attachment_head(number: str, *title: str) -> tuple[Line, ...]:
    """`附件1` at the left of a new page, and the title of the attachment."""
    mark = replace(_BODY, text=number, face=LABEL_FACE, align="left", indent=0, page_break=True, keep_next=True)
    return (mark, *heading(*title))


# --- tables ---


def caption(text: str, new_page: bool = False) -> Line:
    """What a table or a chart shows, above it."""
    line = Line(text, SMALL_SIZE, LABEL_FACE, "center", before=8, after=4, leading=22, exact=True, keep_next=True)
    return replace(line, page_break=new_page)


def add_list(
    document: Document, loop: str, columns: Sequence[Column], size: float = TABLE_SIZE, row_mm: float = 9
) -> None:
    """A ruled list with its heads on every page. loop: `person in persons`; row_mm: a row is at least so high."""
    add_table(document, list_rows(loop, columns, row_mm + 2, row_mm, size))


def small_note(text: str) -> Line:
    """What is said below a table."""
    return Line(text, TABLE_SIZE, BODY_FACE, "both", before=4, leading=20)


def small_signature(issuer: str, day: str) -> tuple[Line, ...]:
    """Issuer and date below a table, in its size."""
    line = Line(issuer, TABLE_SIZE, align="right", before=10, leading=20, right_mm=4, keep_next=True)
    return (line, replace(line, text=day, before=0, keep_next=False))
