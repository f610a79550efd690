"""Two forms of an office that the product has never seen, as its staff draw them: blank, tagged, filled by hand.

Nothing here writes with the product: cells are typed into, so that what is read was put there by somebody else.
"""

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.shared import Cm, Pt
from docx.table import Table, _Cell

Values = Mapping[str, str]
Write = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Filled:
    """A copy as a person filled it. typed: what stands in each place; means: its value in normal form, None if blank.

    rows: of the form's list, typed; rows_mean: the same in normal form.
    """

    typed: Values
    means: Mapping[str, object]
    rows: Sequence[Values]
    rows_mean: Sequence[Mapping[str, object]]


def bytes_of(document: WordDocument) -> bytes:
    """The .docx."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


# --- drawing ---


def _page(title: str) -> WordDocument:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(title)
    run.bold, run.font.size = True, Pt(18)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "黑体")
    return document


def _row(table: Table, *parts: tuple[str, int]) -> list[_Cell]:
    """A row of texts, each over so many columns."""
    cells = table.add_row().cells  # type: ignore[no-untyped-call]
    made, at = [], 0
    for text, span in parts:
        cell = cells[at].merge(cells[at + span - 1]) if span > 1 else cells[at]
        cell.paragraphs[0].text = text
        made.append(cell)
        at += span
    return made


def _opinion(table: Table, label: str, write: Write, name: str, signer: str, columns: int) -> None:
    """A tall box with its label written downwards, a signature and a day at its foot."""
    _, box = _row(table, ("\n".join(label), 1), (write(name), columns - 1))
    box.add_paragraph("")
    foot = box.add_paragraph(f"{signer}：{write(f'{name}_by')}        {write(f'{name}_on')}")
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT


# --- 送教下乡活动登记表 ---

LESSON_COLUMNS = ("number", "day", "period", "topic", "listeners", "memo")


def teaching_visit(write: Write, rows: Sequence[Sequence[str]]) -> WordDocument:
    """A register of a teacher's lessons given in village schools. rows: what stands in the rows of its list."""
    document = _page("青石县中小学教师送教下乡活动登记表")
    document.add_paragraph(f"送教单位（盖章）：{write('unit')}        填表日期：{write('filled_on')}")
    table = document.add_table(rows=0, cols=6, style="Table Grid")
    person = ("姓　名", write("name"), "性　别", write("gender"), "出生年月", write("born"))
    _row(table, *((text, 1) for text in person))
    _row(table, ("身份证号", 1), (write("id_number"), 3), ("联系电话", 1), (write("phone"), 1))
    _row(table, ("受援学校", 1), (write("host"), 3), ("任教学科", 1), (write("subject"), 1))
    _row(table, ("送教形式", 1), (write("kind"), 5))
    _row(table, *((head, 1) for head in ("序号", "日期", "节次", "课题或讲座题目", "听课人数", "备注")))
    for row in rows:
        _row(table, *((text, 1) for text in row))
    _row(table, ("合计", 1), (f"送教 {write('lessons')} 节，听课教师 {write('audience')} 人次", 5))
    _row(table, ("主要内容与效果", 1), (write("story"), 5))
    _opinion(table, "受援学校意见", write, "host_opinion", "负责人签名", 6)
    _opinion(table, "进修学校意见", write, "centre_opinion", "负责人签名", 6)
    document.add_paragraph("说明：本表一式两份，送教教师所在学校、县教师进修学校各存一份。")
    return document


VISIT_TAGS = {
    "unit": "{{ unit | text }}", "filled_on": "{{ filled_on | date }}", "name": "{{ name | text }}",
    "gender": '{{ gender | choice("男","女") }}', "born": "{{ born | month }}",
    "id_number": "{{ id_number | id_number }}", "phone": "{{ phone | phone }}", "host": "{{ host | text }}",
    "subject": "{{ subject | text }}", "kind": '{{ kind | tick("示范课","专题讲座","同课异构","教研指导") }}',
    "lessons": "{{ lessons | count }}", "audience": "{{ audience | count }}", "story": "{{ story | prose }}",
    "host_opinion": "{{ host_opinion | prose }}", "host_opinion_by": "{{ host_opinion_by | text }}",
    "host_opinion_on": "{{ host_opinion_on | date }}", "centre_opinion": "{{ centre_opinion | prose }}",
    "centre_opinion_by": "{{ centre_opinion_by | text }}", "centre_opinion_on": "{{ centre_opinion_on | date }}",
}  # fmt: skip
VISIT_ROW = ("{{ x.number | count }}", "{{ x.day | date }}", "{{ x.period | text }}", "{{ x.topic | text }}",
             "{{ x.listeners | count }}", "{{ x.memo | text }}")  # fmt: skip
VISIT_LOOP = (("{%tr for x in visits %}", *[""] * 5), VISIT_ROW, ("{%tr endfor %}", *[""] * 5))

# --- 教师外出培训审批表 ---


def training_leave(write: Write, _rows: Sequence[Sequence[str]] = ()) -> WordDocument:
    """An application to go to a training elsewhere, with three opinions."""
    document = _page("教师外出培训审批表")
    document.add_paragraph(f"编号：{write('number')}").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    table = document.add_table(rows=0, cols=4, style="Table Grid")
    _row(table, ("申请人", 1), (write("name"), 1), ("所在学校", 1), (write("school"), 1))
    _row(table, ("任教学科", 1), (write("subject"), 1), ("职称", 1), (write("title"), 1))
    _row(table, ("培训项目名称", 1), (write("project"), 3))
    _row(table, ("主办单位", 1), (write("host"), 1), ("培训地点", 1), (write("place"), 1))
    _row(table, ("起止时间", 1), (write("period"), 2), (f"共 {write('days')} 天", 1))
    _row(table, ("经费预算（元）", 1), (write("budget"), 1), ("联系电话", 1), (write("phone"), 1))
    _row(table, ("经费来源", 1), (write("source"), 3))
    _row(table, ("离校期间课务安排", 1), (write("lessons"), 3))
    _opinion(table, "教研组意见", write, "group_opinion", "组长", 4)
    _opinion(table, "学校意见", write, "school_opinion", "校长", 4)
    _opinion(table, "教体局意见", write, "bureau_opinion", "经办人", 4)
    document.add_paragraph("注：1.此表一式三份。2.培训结束后一周内凭本表和结业证书报销。")
    return document


LEAVE_TAGS = {
    "number": "{{ number | text }}", "name": "{{ name | text }}", "school": "{{ school | text }}",
    "subject": "{{ subject | text }}", "title": "{{ title | text }}", "project": "{{ project | text }}",
    "host": "{{ host | text }}", "place": "{{ place | text }}", "period": "{{ period | period }}",
    "days": "{{ days | days }}", "budget": "{{ budget | money }}", "phone": "{{ phone | phone }}",
    "source": '{{ source | tick("学校公用经费","上级专项经费","个人自理") }}', "lessons": "{{ lessons | prose }}",
    "group_opinion": "{{ group_opinion | prose }}", "group_opinion_by": "{{ group_opinion_by | text }}",
    "group_opinion_on": "{{ group_opinion_on | date }}", "school_opinion": "{{ school_opinion | prose }}",
    "school_opinion_by": "{{ school_opinion_by | text }}", "school_opinion_on": "{{ school_opinion_on | date }}",
    "bureau_opinion": "{{ bureau_opinion | prose }}", "bureau_opinion_by": "{{ bureau_opinion_by | text }}",
    "bureau_opinion_on": "{{ bureau_opinion_on | date }}",
}  # fmt: skip

# --- how people filled them ---

COPIES = json.loads((Path(__file__).parents[1] / "golden" / "foreign_office.json").read_text(encoding="utf-8"))


# --- how they were tagged at first, with the slips of somebody who has ten minutes ---

VISIT_SLIPS = {
    "name": "｛｛ name ｜ text ｝｝", "gender": "{{ gender | choice（男、女） }}", "born": "{{ born | 年月 }}",
    "kind": "{{ kind | checkbox（“示范课”，“专题讲座”，“同课异构”，“教研指导”） }}", "phone": "{{ phone | tel }",
}  # fmt: skip
VISIT_LOOP_SLIPS = (("{% for x in visits %}{{ x.number | int }}", *VISIT_ROW[1:5], "{{ x.memo | txt }}{% endfor %}"),)
LEAVE_SLIPS = {
    "host": "{ host | text }",
    "days": "{{days｜天数}}",
    "school_opinion_on": "{{ school_opinion_on | data }}",
}


@dataclass(frozen=True, slots=True)
class OfficeForm:
    """A form of the office. loop: the tagged rows of its list, empty for none; list: the list's name.

    slips: tags that were typed wrong at first; loop_slips: the list's rows as they were typed at first.
    """

    stem: str
    draw: Callable[[Write, Sequence[Sequence[str]]], WordDocument]
    tags: Values
    slips: Values
    loop: Sequence[Sequence[str]] = ()
    loop_slips: Sequence[Sequence[str]] = ()
    list: str = ""

    @property
    def copies(self) -> tuple[Filled, ...]:
        """The filled copies."""
        return tuple(Filled(**copy) for copy in COPIES[self.stem])

    def tagged(self, slipped: bool = False) -> bytes:
        """The template, as it should be or as it was typed at first."""
        tags = {**self.tags, **(self.slips if slipped else {})}
        return bytes_of(self.draw(tags.__getitem__, self.loop_slips if slipped else self.loop))

    def filled(self, copy: Filled) -> WordDocument:
        """A copy with what a person typed into the blank form."""
        rows = [[row[column] for column in LESSON_COLUMNS] for row in copy.rows]
        return self.draw(copy.typed.__getitem__, rows)


FORMS = (
    OfficeForm("teaching_visit", teaching_visit, VISIT_TAGS, VISIT_SLIPS, VISIT_LOOP, VISIT_LOOP_SLIPS, "visits"),
    OfficeForm("training_leave", training_leave, LEAVE_TAGS, LEAVE_SLIPS),
)


# --- what people do to a form ---

Deed = Callable[[WordDocument], object]


def edits(form: OfficeForm) -> Iterator[tuple[str, Deed, frozenset[str]]]:
    """Name, deed and lost fields of each edit that is made on a filled copy of the form."""
    gone = {"teaching_visit": {"id_number", "phone"}, "training_leave": {"subject", "title"}}[form.stem]
    yield "label_respelled", lambda word: _respell(word, "联系电话", "联 系 电 话："), frozenset()
    yield "row_inserted", _insert_row, frozenset()
    yield "note_added", lambda word: word.add_paragraph("另：材料已交电子版。"), frozenset()
    yield "row_moved", lambda word: _rows(word)[0].addprevious(_rows(word)[1]), frozenset()
    yield "row_deleted", lambda word: word.tables[0]._tbl.remove(_rows(word)[1]), frozenset(gone)


def _rows(word: WordDocument) -> Sequence[CT_Row]:
    rows: Sequence[CT_Row] = word.tables[0]._tbl.tr_lst
    return rows


def _insert_row(word: WordDocument) -> None:
    word.tables[0].add_row()  # type: ignore[no-untyped-call]


def _respell(word: WordDocument, label: str, other: str) -> None:
    cells = (cell for row in word.tables[0].rows for cell in row.cells)
    next(cell for cell in cells if cell.text == label).paragraphs[0].text = other
