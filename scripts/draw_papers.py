"""How the papers that the office issues are laid out; `python -m scripts.draw_papers FOLDER` draws them once.

The .docx files are the truth afterwards: the office edits their wording in Word or WPS. No paper shows a seal: its
place stays empty for the wet one.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from docx.document import Document

from gengang.calibration import FIRST, SECOND, SHEETS, Lying
from scripts import papers_outcome, papers_preparing, papers_season, papers_showcase
from scripts.calibration_drawing import marks_picture
from scripts.frame_drawing import frame_picture
from scripts.official import body, caption, draft_mark, heading, level_one, new_letter, prose, signature, small_note
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
    save,
    tag,
    value,
)

STATUS = 'choice("草稿","送审稿","定稿")'
PROGRAMME = "{{ programme | text }}"

CERTIFICATE_PAGE = Page(297, 210, margins=(31, 38, 20, 38), backdrop=frame_picture(297, 210))


# --- certificates ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Type:
    """How a certificate's text is set. leading: points."""

    size: float
    leading: float


USUAL, SMALL = _Type(20, 36), _Type(17, 29)  # the small one for long names, which else would not leave room


def certificate(type: _Type = USUAL) -> Document:
    """结业证书 of a trainee who passed."""
    text = (
        "{{ name | text }}同志（身份证号：{{ id_number | id_number }}）于{{ period | period }}参加"
        f"{PROGRAMME}（学段学科：{{{{ stage_subject | text }}}}；基地校：{{{{ base_school | text }}}}），"
        "{{ completion | text }}，准予结业，认定{{ hours | count }}学时。"
    )
    return _certificate("结 业 证 书", text, "特发此证。", type)


def hours_certificate(type: _Type = USUAL) -> Document:
    """学时证明书 of a mentor."""
    text = (
        "兹证明{{ name | text }}同志（身份证号：{{ id_number | id_number }}，工作单位：{{ school | text }}）"
        f"于{{{{ period | period }}}}担任{PROGRAMME}指导教师，"
        "指导跟岗教师{{ trainee_count | count }}名（{{ trainees | text }}），完成指导任务，"
        "认定继续教育{{ hours | count }}学时。"
    )
    return _certificate("学 时 证 明 书", text, "特此证明。", type)


def _certificate(name: str, text: str, closing: str, type: _Type) -> Document:
    """The text has a row of its own, so that the foot stands at one place however long it is."""
    document = new_document(CERTIFICATE_PAGE)
    body = Line(text, type.size, KAI_FACE, leading=type.leading, indent=2)
    add_lines(document, (Line(name, 48, TITLE_FACE, "center", after=12, colour="A6342B"),))
    # The code stands where no seal is pressed, and keeps its place while a draft has none.
    code = Line("{{ code | picture }}", 10.5, leading=90)
    issuer = Line("", 16, BODY_FACE, "center", leading=26)
    issuers = tuple(replace(issuer, text=f"{{{{ {tag} }}}}") for tag in ("bureau | text", "college | text"))
    foot = (*issuers, replace(issuer, text="{{ issued_on | date }}"))
    rows = (
        Row((Cell(221, (body, replace(body, text=closing)), "top"),), 83),
        Row((Cell(101, (code,), "bottom"), Cell(120, foot, "bottom")), 33),
    )
    add_table(document, rows, ruled=False, beside_mm=0)
    add_lines(document, (Line("证书编号：{{ number | text }}", 12, BODY_FACE, before=2),))
    return document


# --- cohort report -----------------------------------------------------------------------------------------------


def cohort_report() -> Document:
    """终结性学情报告: seven sections and three tables, in the look of an official letter without a red head."""
    document = new_letter()
    add_lines(document, (*_report_head(), *_report_basics()))
    add_lines(document, (level_one("二、研修过程"), prose("process"), caption("研修任务完成情况")))
    add_table(document, list_rows("task in tasks", TASK_COLUMNS, 10, 9, 12))
    _add_chart(document, "图1　研修进度（按周累计）", "chart_progress", "研修日志、听课记录")
    _add_chart(document, "图2　四种研修形式的参加情况（参加的学员占全体的比例）", "chart_forms", "听课、上课和活动记录")
    _add_chart(
        document, "图3　各校任务完成率（各项任务完成比例的平均，超额不计）", "chart_schools", "附表2各校学员的记录"
    )
    add_lines(document, _report_results())
    _add_chart(document, "图4　考核得分分布（人数）", "chart_score", "已定的考核得分")
    add_lines(document, (*_report_words(), *_report_foot()))
    for name, loop, columns in APPENDICES:
        add_lines(document, (caption(name, new_page=name.startswith("附表1")),))
        add_table(document, list_rows(loop, columns, 10, 8, 9))
    return document


def plain_report() -> Document:
    """研修情况报告 of a programme without points and certificates: what it asks, what is in, and each verdict."""
    document = new_letter()
    add_lines(document, (*_report_head("研修情况报告"), level_one("一、基本情况"), prose("basics")))
    add_lines(document, (level_one("二、研修过程"), prose("process"), caption("任务完成情况")))
    add_table(document, list_rows("task in tasks", PLAIN_TASK_COLUMNS, 10, 9, 11))
    add_lines(document, (caption("材料收交情况"),))
    add_table(document, list_rows("one in papers", PLAIN_PAPER_COLUMNS, 10, 9, 11))
    add_lines(document, (level_one("三、评价结果"), prose("results"), *_report_words(), *_report_foot()))
    add_lines(document, (caption("附表　学员一览表", new_page=True),))
    add_table(document, list_rows("person in persons", PLAIN_PERSON_COLUMNS, 10, 8, 10))
    return document


PLAIN_TASK_COLUMNS = (
    Column("项　目", 34, "item | text"),
    Column("要　求", 58, "asked | text", "left"),
    Column("合　计", 26, "total | text"),
    Column("达到\n（人）", 18, "met | count"),
    Column("未达到\n（人）", 18, "short | count"),
)
PLAIN_PAPER_COLUMNS = (
    Column("材　料", 58, "paper | text", "left"),
    Column("谁　交", 30, "owed_by | text"),
    Column("期　限", 30, "due | text"),
    Column("交齐\n（份）", 18, "complete | count"),
    Column("未交齐\n（份）", 18, "lacking | count"),
)
PLAIN_PERSON_COLUMNS = (
    Column("姓　名", 22, "name | text"),
    Column("工作单位", 36, "school | text", "left"),
    Column("学段学科", 22, "stage_subject | text"),
    Column("指导教师", 22, "mentor | text"),
    Column("还缺的材料", 56, "missing | text", "left"),
    Column("结　论", 18, "verdict | text"),
)
TASK_COLUMNS = (
    Column("项　目", 52, "item | text"),
    Column("合　计", 34, "total | text"),
    Column("人　均", 34, "mean | text"),
    Column("最　少", 34, "least | text"),
)
PERSON_COLUMNS = (
    Column("姓　名", 20, "name | text"),
    Column("工作单位", 36, "school | text", "left"),
    Column("学段学科", 20, "stage_subject | text"),
    Column("出勤\n天数", 11, "days | days"),
    Column("听课", 11, "heard | count"),
    Column("上课", 11, "taught | count"),
    Column("反思", 11, "reflections | count"),
    Column("日志", 11, "logs | count"),
    Column("得分", 13, "score | score"),
    Column("结　论", 22, "verdict | text"),
)
SCHOOL_COLUMNS = (
    Column("学　校", 54, "school | text", "left"),
    Column("应报", 14, "due | count"),
    Column("实报", 14, "reported | count"),
    Column("合格", 14, "passed | count"),
    Column("缺件", 14, "missing | count"),
    Column("备　注", 56, "note | text", "left"),
)
GUIDE_COLUMNS = (
    Column("指导教师", 24, "name | text"),
    Column("职　称", 30, "title | text"),
    Column("任教学科", 22, "subject | text"),
    Column("指导的跟岗教师", 42, "trainees | text"),
    Column("认定学时", 18, "hours | count"),
    Column("备　注", 30, "note | text", "left"),
)
WISH_COLUMNS = (
    Column("编号", 14, "number | text"),
    Column("意见建议", 66, "text | text", "left"),
    Column("来　源", 34, "source | text", "left"),
    Column("办理／回应", 42, "answer | text", "left"),
)
SOURCE_COLUMNS = (
    Column("数　字", 28, "name | text", "left"),
    Column("数　值", 18, "value | text"),
    Column("名单和材料", 110, "source | text", "left"),
)
APPENDICES = (
    ("附表1　学员一览表", "person in persons", PERSON_COLUMNS),
    ("附表2　各校情况汇总表", "unit in schools", SCHOOL_COLUMNS),
    ("附表3　指导教师一览表", "guide in guides", GUIDE_COLUMNS),
    ("附表4　意见建议汇总表", "wish in wishes", WISH_COLUMNS),
    ("附表5　数据出处", "origin in sources", SOURCE_COLUMNS),
)


def _report_head(title: str = "终结性学情报告") -> tuple[Line, ...]:
    return (draft_mark(), *heading(PROGRAMME, title))


def _report_basics() -> tuple[Line, ...]:
    schools = (
        "应报学校{{ schools_due | count }}所，实报{{ schools_reported | count }}所，"
        "其中迟报{{ schools_late | count }}所。"
        "学员共{{ trainees | count }}名，其中小学{{ primary_trainees | count }}名、"
        "初中{{ junior_trainees | count }}名；"
        "指导教师{{ mentors | count }}名。"
    )
    return (level_one("一、基本情况"), body(schools), prose("basics"))


def _report_results() -> tuple[Line, ...]:
    outcome = (
        "考核合格{{ passed | count }}名（其中证书缓发{{ withheld | count }}名），不合格{{ failed | count }}名，"
        "未考核{{ unassessed | count }}名，合格率{{ pass_rate | score }}%。"
    )
    hours = "学员认定{{ trainee_hours | count }}学时，指导教师认定{{ mentor_hours | count }}学时。"
    return (level_one("三、考核结果"), body(outcome), body(hours), prose("results"))


def _report_words() -> tuple[Line, ...]:
    sections = (
        ("四、主要做法", "practices"),
        ("五、主要成效", "achievements"),
        ("六、存在问题", "problems"),
        ("七、工作建议", "suggestions"),
    )
    lines = [line for heading, field in sections for line in (level_one(heading), prose(field))]
    return (*lines[:-1], replace(lines[-1], keep_next=True))


def _report_foot() -> tuple[Line, ...]:
    return signature(tag("college | text"), tag("issued_on | date"))


def _add_chart(document: Document, name: str, field: str, source: str) -> None:
    """A chart under its caption, in an unruled cell of its own: a picture alone in a paragraph cannot be read back."""
    add_lines(document, (caption(name),))
    line = Line(f"{{{{ {field} | picture }}}}", 10.5, align="center", before=2, after=8)
    add_table(document, (Row((Cell(156, (line,)),), 20),), ruled=False)
    told = f"数据来源：{source}；统计截止{tag('as_of | date')}。"
    add_lines(document, (replace(small_note(told), align="center", before=0, after=6),))


# --- lists and covers --------------------------------------------------------------------------------------------

MISSING_COLUMNS = (
    Column("责任方", 26, "debtor | text"),
    Column("对　象", 22, "subject | text"),
    Column("缺什么", 38, "missing | text", "left"),
    Column("方案规定", 31, "clause | text", "left"),
    Column("应交日期", 34, "due | date"),
    Column("说　明", 27, "note | text", "left"),
)
CONTENT_COLUMNS = (
    Column("序号", 18, "number | count"),
    Column("材　料", 124, "title | text", "left"),
    Column("页码", 24, "page | count"),
)


def missing_list() -> Document:
    """缺件清单: who owes which paper, by whom it is owed."""
    document = new_document(replace(A4, margins=(20, 16, 18, 16), footer="跟岗研修缺件清单"))
    name = Line("", 18, TITLE_FACE, "center", leading=28)
    lines = (
        replace(name, text=PROGRAMME),
        replace(name, text="缺件清单", after=8),
        Line("统计截止：{{ as_of | date }}　　　　共{{ total | count }}项", 12, after=4),
    )
    add_lines(document, lines)
    add_table(document, list_rows("item in items", MISSING_COLUMNS, 11, 10, 10.5))
    foot = Line("", 12, align="right", leading=22, right_mm=4)
    text = "注：请责任方按清单补交；已交而仍在清单上的，请与办公室核对。"
    add_lines(document, (note(text), replace(foot, text="{{ office | text }}", before=14),
                         replace(foot, text="{{ issued_on | date }}")))  # fmt: skip
    return document


def packet_cover() -> Document:
    """Cover of the December packet."""
    document = new_document(replace(A4, margins=(30, 24, 30, 24)))
    big = Line("", 28, TITLE_FACE, "center", leading=48)
    small = Line("", 16, KAI_FACE, "center", leading=34)
    lines = (
        Line(f"（{{{{ status | {STATUS} }}}}）", 16, KAI_FACE, "right", after=110),
        replace(big, text=PROGRAMME, size=21),
        replace(big, text="{{ title | text }}", size=36, leading=64, before=20, after=250),
        replace(small, text="编制单位：{{ office | text }}"),
        replace(small, text="编制日期：{{ issued_on | date }}"),
    )
    add_lines(document, lines)
    return document


def packet_mark() -> Document:
    """What is laid over each page of a draft: words in the middle of its foot, between the papers' own feet."""
    document = new_document(replace(A4, margins=(286.5, 30, 2, 30)))
    add_lines(document, (Line(f"{{{{ status | {STATUS} }}}}，以定稿为准", 9, KAI_FACE, "center"),))
    return document


def packet_contents() -> Document:
    """Contents of the December packet."""
    document = new_document(replace(A4, margins=(25, 22, 20, 22)))
    name = Line("", 22, TITLE_FACE, "center", leading=36)
    add_lines(document, (replace(name, text="目　录", after=2),
                         Line(PROGRAMME, 14, KAI_FACE, "center", after=10)))  # fmt: skip
    add_table(document, list_rows("entry in entries", CONTENT_COLUMNS, 12, 12, 14))
    return document


NUMBER_COLUMNS = (
    Column("序号", 12, "place | count"),
    Column("证书编号", 56, "number | text"),
    Column("姓　名", 26, "name | text"),
    Column("工作单位", 38, "school | text", "left"),
    Column("证　书", 27, "title | text"),
    Column("发证日期", 32, "issued_on | date"),
    Column("审　核", 19, 'approved | choice("已审核","先发后审","尚未审核")'),
    Column("状　况", 14, 'state | choice("有效","作废","未印")'),
    Column("作废情况", 45, "note | text", "left"),
)
WITHHELD_COLUMNS = (
    Column("序号", 12, "place | count"),
    Column("姓　名", 27, "name | text"),
    Column("工作单位", 38, "school | text", "left"),
    Column("学段学科", 23, "subject | text"),
    Column("情　形", 20, 'state | choice("证书缓发","待定","不发证书","未考核")'),
    Column("方案的规定", 62, "clause | text", "left"),
    Column("事　由", 54, "why | text", "left"),
    Column("处理意见", 33, "decided | text", "left"),
)


def certificate_register() -> Document:
    """证书编号登记册: every number that was spent, in order, and what became of it."""
    document = new_document(replace(A4_LANDSCAPE, footer="跟岗研修证书编号登记册"))
    count = "共{{ total | count }}号，有效{{ standing | count }}号，作废{{ void | count }}号　　截至{{ as_of | date }}"
    _list_head(document, "证书编号登记册", count)
    add_table(document, list_rows("line in lines", NUMBER_COLUMNS, 11, 10, 10.5))
    _list_foot(
        document, "注：编号由程序依次编排，不跳号、不重号；作废的编号不再使用。“先发后审”指发证在教体局审核之前。"
    )
    return document


def withheld_list() -> Document:
    """证书缓发及暂不发证名单: who gets no certificate now, by what, and room for what is decided."""
    document = new_document(replace(A4_LANDSCAPE, footer="跟岗研修证书缓发及暂不发证名单"))
    _list_head(
        document, "证书缓发及暂不发证名单", "共{{ total | count }}人：{{ counts | text }}　　截至{{ as_of | date }}"
    )
    add_table(document, list_rows("line in lines", WITHHELD_COLUMNS, 11, 12, 10.5))
    _list_foot(document, "注：缓发、待定的，由教体局或办公室决定后填入处理意见，并登记到程序里；本名单只供内部使用。")
    return document


def _list_head(document: Document, title: str, count: str) -> None:
    name = Line("", 18, TITLE_FACE, "center", leading=28)
    add_lines(document, (replace(name, text=PROGRAMME), replace(name, text=title, after=4),
                         Line(count, 12, align="right", after=4)))  # fmt: skip


def _list_foot(document: Document, text: str) -> None:
    add_lines(document, (note(text), Line("{{ office | text }}", 12, align="right", before=8, right_mm=4)))


# --- what is handed in ------------------------------------------------------------------------------------------

REGISTER_COLUMNS = (
    Column("序号", 13, "number | count"),
    Column("收到日期及来源", 44, "received | text"),
    Column("送件单位（人）", 38, "sender | text", "left"),
    Column("材料名称", 69, "title | text", "left"),
    Column("份数", 12, "copies | count"),
    Column("页数", 12, "pages | count"),
    Column("介质", 16, "medium | text"),
    Column("处　理", 42, "handled | text", "left"),
    Column("经　手", 21, "taken_by | text"),
)
CHECK_COLUMNS = (
    Column("序号", 12, "number | count"),
    Column("材料名称", 54, "title | text", "left"),
    Column("应交", 18, "asked | text"),
    Column("已收", 18, "held | text"),
    Column("收齐", 22, 'complete | tick("收齐")'),
    Column("备　注", 46, "note | text", "left"),
)


def inbox_register() -> Document:
    """收件登记簿: everything that came in, in the order in which it was taken in."""
    document = new_document(replace(A4_LANDSCAPE, footer="跟岗研修收件登记簿"))
    name = Line("", 18, TITLE_FACE, "center", leading=28)
    count = "第{{ volume | count }}册　　第{{ first | count }}号至第{{ last | count }}号　　共{{ total | count }}件"
    lines = (replace(name, text=PROGRAMME), replace(name, text="收件登记簿", after=4),
             Line(count, 12, align="right", after=4))  # fmt: skip
    add_lines(document, lines)
    add_table(document, list_rows("entry in entries", REGISTER_COLUMNS, 11, 10, 10.5))
    text = "注：序号按登记先后编排，一经登记不再改动；收到日期由文件夹名、日期分隔页或邮件证明，没有证明的写“待确认”。"
    add_lines(document, (note(text), Line("{{ office | text }}", 12, align="right", before=8, right_mm=4)))
    return document


def bag_cover() -> Document:
    """材料袋封面: laid on a person's papers before they are scanned."""
    document = new_document(replace(A4, margins=(16, 20, 14, 20)))
    name = Line("", 16, TITLE_FACE, "center", leading=24)
    add_lines(document, (replace(name, text=PROGRAMME),
                         Line("材料袋封面", 26, TITLE_FACE, "center", leading=40, after=6)))  # fmt: skip
    add_table(document, _bag_head(), beside_mm=1.5)
    add_lines(document, (_gap(6),))
    add_table(document, list_rows("item in items", CHECK_COLUMNS, 9, 8.2, 10.5))
    text = (
        "用法：把本页放在这个人的材料最上面一起扫描。本页以后的材料都归入此人，直到下一张材料袋封面；"
        "一袋一张，不要折叠、遮挡方块码。没有打勾的，收到后放进本袋，并在方框里打勾。"
    )
    foot = Line("", 12, align="right", leading=20, right_mm=4)
    add_lines(document, (note(text), replace(foot, text="{{ office | text }}　　{{ as_of | date }}", before=4)))
    return document


def _gap(points: float) -> Line:
    return Line("", 1, leading=points, exact=True)


def _bag_head() -> tuple[Row, ...]:
    rows = (("姓　名", "name | text"), ("单　位", "school | text"), ("学段学科", "stage_subject | text"),
            ("指导教师", "mentor | text"))  # fmt: skip
    code = Line("{{ code | picture }}", 10.5, align="center")
    return tuple(
        Row((label(words, 26, 12), value(tag, 106, 14 if place == 0 else 12),
             Cell(38, (code,) if place == 0 else (Line(),), merge="continue" if place else "restart")), 9.5)
        for place, (words, tag) in enumerate(rows)
    )  # fmt: skip


def day_sheet() -> Document:
    """收到日期分隔页: laid on papers that came in on one day."""
    document = new_document(replace(A4, margins=(30, 24, 24, 24)))
    name = Line("", 18, TITLE_FACE, "center", leading=30)
    big = Line("收到日期分隔页", 32, TITLE_FACE, "center", leading=60, before=20, after=40)
    add_lines(document, (replace(name, text=PROGRAMME), big))
    day = Cell(162, (Line("{{ day | date }}", 40, LABEL_FACE, "center", leading=60),))
    code = Cell(162, (Line("{{ code | picture }}", 10.5, align="center", before=6, after=6),))
    add_table(document, (Row((day,), 36), Row((code,), 44)))
    text = (
        "用法：把本页放在同一天收到的材料最上面一起扫描。本页以后的材料都按上面的日期算收到，"
        "直到下一张收到日期分隔页；材料归谁不受本页影响。不要折叠、遮挡方块码。"
    )
    add_lines(document, (Line(text, 14, BODY_FACE, "both", before=40, leading=26, indent=2),
                         Line("{{ office | text }}", 14, align="right", before=30)))  # fmt: skip
    return document


# --- printing onto sheets that have the rest ---------------------------------------------------------------------

TRANSCRIPT_COLUMNS = (
    Column("序号", 12, "place | count"),
    Column("姓　名", 28, "name | text"),
    Column("工作单位", 40, "school | text", "left"),
    Column("学段学科", 22, "subject | text"),
    Column("考核得分", 18, "score | score"),
    Column("考核等次", 20, 'grade | choice("合格","不合格")'),
    Column("认定学时", 18, "hours | count"),
    Column("已填", 16, 'done | tick("已填")'),
)


def transcript() -> Document:
    """誊写清单: what goes into three cells of the signed sheets, in the order of the overprint."""
    document = new_document(replace(A4, margins=(20, 16, 18, 16), footer="跟岗研修考核结果誊写清单"))
    _list_head(document, "考核结果誊写清单", "共{{ total | count }}人　　截至{{ as_of | date }}")
    add_table(document, list_rows("line in lines", TRANSCRIPT_COLUMNS, 11, 9, 10.5))
    _list_foot(
        document,
        "注：照此填入已签字盖章的学员鉴定表和考核登记表，每人各三份；套打时按本清单的顺序叠放。认定学时空白的，由人决定后再填。",
    )
    return document


def calibration(lying: Lying, second: bool) -> Document:
    """套打校准页: marks that a scan finds again; the second is printed onto the first, or onto a shell."""
    width, height = SHEETS[lying]
    marks = (SECOND if second else FIRST)[lying]
    backdrop = marks_picture(lying, marks, ruled=not second)
    margin = 48 if lying == "竖" else 90
    document = new_document(Page(width, height, margins=(32, margin, 20, margin), backdrop=backdrop))
    text = (
        "把印好第一遍的纸按同样的方向再放进纸盒，在同一面印这一页；证书空壳也可以用废的一张单独来印。"
        "然后按原大小扫描整页，不要裁边。"
        if second
        else "打印时选“实际大小”（100%），不要选“适合纸张”。先印这一页，再在同一面印第二遍。"
    )
    room = {("竖", False): 0, ("竖", True): 345, ("横", False): 0, ("横", True): 170}[lying, second]
    add_lines(document, (
        Line(f"套打校准页（{lying}）第{'二' if second else '一'}遍", 16, TITLE_FACE, "center", leading=26, before=room),
        Line(text, 10.5, BODY_FACE, "both", leading=17, indent=2),
        Line("{{ office | text }}", 10.5, align="right"),
    ))  # fmt: skip
    return document


PAPERS: Mapping[str, Callable[[], Document]] = {
    "certificate": certificate,
    "certificate_long": lambda: certificate(SMALL),
    "hours_certificate": hours_certificate,
    "hours_certificate_long": lambda: hours_certificate(SMALL),
    "cohort_report": cohort_report,
    "plain_report": plain_report,
    "missing_list": missing_list,
    "packet_cover": packet_cover,
    "packet_contents": packet_contents,
    "packet_mark": packet_mark,
    "inbox_register": inbox_register,
    "certificate_register": certificate_register,
    "withheld_list": withheld_list,
    "bag_cover": bag_cover,
    "day_sheet": day_sheet,
    **papers_preparing.PAPERS,
    **papers_season.PAPERS,
    **papers_outcome.PAPERS,
    **papers_showcase.PAPERS,
    "transcript": transcript,
    "calibration_portrait_1": lambda: calibration("竖", second=False),
    "calibration_portrait_2": lambda: calibration("竖", second=True),
    "calibration_landscape_1": lambda: calibration("横", second=False),
    "calibration_landscape_2": lambda: calibration("横", second=True),
}


def main(folder: Path) -> None:
    """Draw every paper that is not there yet; one that the office has edited is never touched."""
    for stem, draw in PAPERS.items():
        path = folder / f"{stem}.docx"
        if not path.exists():
            save(draw(), path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
