"""How the 评分表 is laid out: one assessor, everybody whom they judge, a column for each row that a person judges."""

from dataclasses import replace

from docx.document import Document

from scripts.word_drawing import A4_LANDSCAPE, Column, Line, add_lines, add_table, list_rows, new_document, note, title

# The top right corner above the table stays free for the mark of the page.
LANDSCAPE = replace(A4_LANDSCAPE, margins=(22, 14, 13, 14))
ASSESSOR = 'tick("指导教师","基地校","教师进修学校")'
SCORE_COLUMNS = (
    Column("序号", 10, "number | count"),
    Column("人员编号", 36, "person_no | text"),
    Column("姓名", 20, "name | text"),
    Column("学校", 46, "school | text", "left"),
    Column("学段学科", 24, "stage_subject | text"),
    Column("上课", 16, "r3_score | score"),
    Column("教育教学\n反思", 18, "r6_score | score"),
    Column("行动研究\n报告", 18, "r9_score | score"),
    Column("研修报告", 18, "r10_score | score"),
    Column("指导教师\n评价", 18, "r11_score | score"),
    Column("基地校\n评价", 16, "r12_score | score"),
    Column("备注", 29, "remark | text", "left"),
)


def score_sheet() -> Document:
    """评分表: an assessor's word on many people at once."""
    document = new_document(replace(LANDSCAPE, footer="跟岗研修考核评分表 · 2016版"))
    add_lines(document, (title("跟岗研修考核评分表"),))
    heads = (
        f"评分方：{{{{ assessor | {ASSESSOR} }}}}　　　　评分人：{{{{ assessor_name | text }}}}　　　　"
        "评分日期：{{ assessed_on | date }}"
    )
    add_lines(document, (Line(heads, 12, after=4),))
    add_table(document, list_rows("one in people", SCORE_COLUMNS, 15, 10, 10))
    texts = (
        "注：1．只评自己负责的项目，其余空着；每项写整项得分（含按记录计的部分），不超过考核细则的分值。",
        "　　2．人员编号和姓名请不要改动；教师进修学校评的为认定分。",
    )
    add_lines(document, map(note, texts))
    return document
