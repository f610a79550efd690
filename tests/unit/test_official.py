"""公文 keep to GB/T 9704: each template of one is held to it; a print has its lines, characters and page numbers."""

import io
import re
import zipfile
from pathlib import Path

import pdfplumber
import pytest
from docx import Document as open_document
from docx.document import Document
from lxml import etree

from gengang.night import read_back
from gengang.rendering import proof_findings, writer_of
from gengang.submission import Submission
from gengang.tools import convert_office
from gengang.workspace import BUILT_IN
from scripts.official import (
    APART,
    CATEGORY,
    LEADING,
    LETTER,
    add_levelled,
    addressee,
    attachments,
    body,
    draft_mark,
    heading,
    level_one,
    level_two,
    new_letter,
    signature,
)
from scripts.word_drawing import BODY_FACE, KAI_FACE, LABEL_FACE, TITLE_FACE, add_lines, save, tag

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAPERS = sorted((BUILT_IN / "papers").glob("*.docx"))
# Size in half points -> the faces that a 公文 sets in it outside tables.
FACES = {"44": {TITLE_FACE}, "32": {BODY_FACE, LABEL_FACE, KAI_FACE}, "28": {KAI_FACE, LABEL_FACE}, "24": {BODY_FACE}}
MARGINS = {(37.0, 26.0, 35.0, 28.0), (28.0, 35.0, 26.0, 37.0)}
MM = 72 / 25.4


def margins(document: Document) -> tuple[float, ...]:
    section = document.sections[0]
    sides = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    return tuple(round(side.mm, 0) for side in sides if side is not None)


def is_official(document: Document) -> bool:
    """Marked as one when it was drawn, or laid out as one by whoever drew it."""
    return document.core_properties.category == CATEGORY or margins(document) in MARGINS


def text_of(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


OFFICIAL = [path for path in PAPERS if is_official(open_document(str(path)))]


def paragraphs(path: Path) -> list[etree._Element]:
    """Those outside ruled tables; an unruled cell holds text as the page does."""
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    ruled = {table for table in root.iter(f"{W}tbl") if table.find(f"{W}tblPr/{W}tblBorders") is not None}
    found = [one for one in root.iter(f"{W}p") if not ruled & {*one.iterancestors(f"{W}tbl")}]
    return [one for one in found if "picture" not in text_of(one)]


@pytest.mark.parametrize("path", OFFICIAL, ids=lambda path: path.stem)
def test_a_template_of_an_official_paper_keeps_to_the_standard(path: Path) -> None:
    document = open_document(str(path))
    assert document.core_properties.category == CATEGORY
    assert margins(document) in MARGINS
    assert document.settings.odd_and_even_pages_header_footer
    for paragraph in paragraphs(path):
        for run in paragraph.iter(f"{W}r"):
            size, fonts = run.find(f"{W}rPr/{W}sz"), run.find(f"{W}rPr/{W}rFonts")
            assert size is not None
            assert fonts is not None
            assert fonts.get(f"{W}eastAsia") in FACES[size.get(f"{W}val", "")], text_of(run)
            assert run.find(f"{W}rPr/{W}b") is None
            assert run.find(f"{W}rPr/{W}color") is None, "a template bears no red head"
            spacing = paragraph.find(f"{W}pPr/{W}spacing")
            if size.get(f"{W}val") == "32":
                assert spacing is not None
                assert (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == (str(round(LEADING * 20)), "exact")


def test_there_are_official_papers_and_they_are_known_by_their_mark() -> None:
    assert {"cohort_report", "plain_report"} <= {path.stem for path in OFFICIAL}


# --- a print ---

SENTENCE = "根据县教育工作要点现将跟岗研修有关事项通知如下请认真贯彻执行"
LEVELS = "一、研修目标\n着力打造队伍。\n（一）时间。自2016年9月1日起。\n二、要求\n认真参加。"


def notice() -> Document:
    document = new_letter()
    lines = (draft_mark(), *heading(tag("programme | text"), "实施方案"), addressee(tag("to | text")))
    add_lines(document, lines)
    add_levelled(document, "text")
    foot = (*attachments("attachments"), *signature(tag("issuer | text"), tag("issued_on | date")))
    add_lines(document, (body("特此通知。", keep_next=True), *foot))
    return document


def data_of(document: Document, folder: Path) -> bytes:
    save(document, folder / "drawn.docx")
    return (folder / "drawn.docx").read_bytes()


def test_a_page_has_22_lines_of_28_characters_and_its_number_outside(tmp_path: Path) -> None:
    document = new_letter()
    add_lines(document, (body(SENTENCE * 60),))
    save(document, tmp_path / "long.docx")
    [made] = convert_office([tmp_path / "long.docx"], "pdf", tmp_path / "pdf", 120, BUILT_IN / "fonts")
    assert made.result is not None
    with pdfplumber.open(made.result) as pdf:
        numbers = [_number_place(page) for page in pdf.pages[:2]]
        lines = [line["text"] for line in pdf.pages[1].extract_text_lines()]
    assert [len(line) for line in lines[:-1]] == [28] * 22
    assert lines[-1] == "— 2 —"
    (odd_left, odd_top), (even_left, even_top) = numbers
    assert even_left == pytest.approx(28 + 5, abs=1.5)
    assert odd_left > 160
    assert odd_top == even_top == pytest.approx(7, abs=1)


def _number_place(page: pdfplumber.page.Page) -> tuple[float, float]:
    """Where the dash of the page number stands: mm from the left edge, and below the type area."""
    dash = next(char for char in page.chars if char["text"] == "—" and char["top"] > 250 * MM)
    return dash["x0"] / MM, (dash["top"] + dash["bottom"]) / 2 / MM - (LETTER.height - 35)


def test_levels_stand_in_their_faces_and_the_text_reads_back(tmp_path: Path) -> None:
    writer = writer_of(data_of(notice(), tmp_path), "notice")
    values = {"status": "草稿", "programme": "安和县跟岗研修", "to": "各学校", "text": LEVELS,
              "attachments": "1.报名表\n2.登记表", "issuer": "安和县教育体育局", "issued_on": "2016-09-01"}  # fmt: skip
    filled = writer.fill(values)
    assert proof_findings(writer.form, filled, Submission("notice", values), read_back) == ()
    assert faces_of(filled) == {
        "一、研修目标": LABEL_FACE, "着力打造队伍。": BODY_FACE, "（一）时间。": KAI_FACE,
        "自2016年9月1日起。": BODY_FACE, "二、要求": LABEL_FACE, "认真参加。": BODY_FACE,
    }  # fmt: skip


def faces_of(data: bytes) -> dict[str, str]:
    """Text of each run in the cell of the text -> its face."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    runs = (run for cell in root.iter(f"{W}tc") for run in cell.iter(f"{W}r") if text_of(run))
    return {text_of(run): fonts.get(f"{W}eastAsia", "") for run in runs for fonts in run.iter(f"{W}rFonts")}


def test_the_lines_of_a_prose_outside_tables_begin_as_its_first_one(tmp_path: Path) -> None:
    document = new_letter()
    add_lines(document, (level_one("一、情况"), body("{{ story | prose }}"), level_two("（一）时间")))
    writer = writer_of(data_of(document, tmp_path), "report")
    filled = writer.fill({"story": "第一段。\n第二段。"})
    assert proof_findings(writer.form, filled, Submission("report", {"story": "第一段。\n第二段。"}), read_back) == ()
    with zipfile.ZipFile(io.BytesIO(filled)) as package:
        text = package.read("word/document.xml").decode()
    assert re.search(r"第一段。</w:t><w:br/><w:t[^>]*>　　第二段。", text)


def test_28_characters_fit_only_because_they_stand_a_little_closer() -> None:
    width_mm = 28 * (16 + APART) / MM
    assert width_mm < 156 < 28 * 16 / MM
