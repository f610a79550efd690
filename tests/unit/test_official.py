"""公文 keep to GB/T 9704: each template of one is held to it; a print has its lines, characters and page numbers."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pdfplumber
import pytest
from docx import Document as open_document
from docx.document import Document
from lxml import etree

from gengang.night import read_back
from gengang.papers.draft import Draft
from gengang.papers.letterhead import Letterhead, letter_number, with_letterhead
from gengang.papers.print_proof import page_texts, print_findings, words_findings
from gengang.press import press
from gengang.rendering import GivenRows, proof_findings, writer_of
from gengang.submission import Submission
from gengang.tools import convert_office
from gengang.workspace import BUILT_IN
from scripts.official import (
    BEYOND_MM,
    CATEGORY,
    LEADING,
    LETTER,
    add_levelled,
    add_list,
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
from scripts.word_drawing import BODY_FACE, KAI_FACE, LABEL_FACE, TITLE_FACE, Column, add_lines, save, tag
from tests.unit.cohorts import press_at

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
            closer = run.find(f"{W}rPr/{W}spacing")
            assert closer is None or not closer.get(f"{W}val", "").startswith("-"), "marks at line ends get lost"
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


VALUES = {"status": None, "programme": "安和县跟岗研修", "to": "各学校", "text": LEVELS,
          "attachments": "1.报名表\n2.登记表", "issuer": "安和县教育体育局", "issued_on": "2016-09-01"}  # fmt: skip
HEAD = Letterhead(
    "安和县教育体育局", "安教体〔2016〕12号", "安和县教育体育局办公室", date(2016, 9, 1), "安和县教师进修学校"
)


@pytest.fixture(scope="module")
def prints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One call of LibreOffice: a long text, a notice that is issued, a list whose last row would stand alone."""
    folder = tmp_path_factory.mktemp("official")
    long, listed = new_letter(), new_letter()
    add_lines(long, (body(SENTENCE * 60),))
    add_lines(listed, heading("学员名单"))
    add_list(listed, "one in people", (Column("序号", 20, "number | count"), Column("姓名", 136, "name | text")))
    rows: GivenRows = tuple({"number": number, "name": "阿卜杜热合曼·买买提"} for number in range(1, 22))
    made = {
        "long": data_of(long, folder),
        "issued": with_letterhead(writer_of(data_of(notice(), folder), "notice").fill(VALUES), HEAD),
        "listed": writer_of(data_of(listed, folder), "listed").fill({}, {"people": rows}),
    }
    for name, data in made.items():
        (folder / f"{name}.docx").write_bytes(data)
    sources = [folder / f"{name}.docx" for name in made]
    converted = convert_office(sources, "pdf", folder / "pdf", 300, BUILT_IN / "fonts")
    return {one.source.stem: one.result for one in converted if one.result is not None}


def lines_of(path: Path) -> list[list[str]]:
    with pdfplumber.open(path) as pdf:
        return [[line["text"].replace(" ", "") for line in page.extract_text_lines()] for page in pdf.pages]


def test_a_page_has_22_lines_of_28_characters_and_its_number_outside(prints: dict[str, Path]) -> None:
    with pdfplumber.open(prints["long"]) as pdf:
        numbers = [_number_place(page) for page in pdf.pages[:2]]
    lines = lines_of(prints["long"])[1]
    assert [len(line) for line in lines[:-1]] == [28] * 22
    assert lines[-1] == "—2—"
    (odd_left, odd_top), (even_left, even_top) = numbers
    assert even_left == pytest.approx(28 + 5, abs=1.5)
    assert odd_left > 160
    assert odd_top == even_top == pytest.approx(7, abs=1)


def test_an_issued_letter_has_a_red_head_and_its_imprint_at_the_foot(prints: dict[str, Path]) -> None:
    first, last = lines_of(prints["issued"])
    assert first[:4] == ["安和县教育体育局文件", "安教体〔2016〕12号", "安和县跟岗研修", "实施方案"]
    assert last[-3:] == ["抄送：安和县教师进修学校。", "安和县教育体育局办公室2016年9月1日印发", "—2—"]
    with pdfplumber.open(prints["issued"]) as pdf:
        chars, foot = (page.chars for page in pdf.pages)
    red = [char for char in chars if char["non_stroking_color"] == (1, 0, 0)]
    assert "".join(char["text"] for char in red) == "安和县教育体育局文件"
    assert red[0]["top"] / MM == pytest.approx(37 + 35, abs=4)
    imprint = next(char for char in foot if char["text"] == "印" and char["top"] > 200 * MM)
    assert LETTER.height - 35 - 12 < imprint["bottom"] / MM < LETTER.height - 35


def test_the_last_row_of_a_list_never_stands_alone_on_a_page(prints: dict[str, Path]) -> None:
    first, second = lines_of(prints["listed"])
    assert first[-2].startswith("19阿")
    assert second[0] == "序号姓名"
    assert [line[:2] for line in second[1:3]] == ["20", "21"]


@pytest.mark.parametrize(("typed", "number"), [
    ("安教体〔2016〕12号", "安教体〔2016〕12号"), ("安教体[2016]012号", "安教体〔2016〕12号"),
    ("安教体（2016）第12号", "安教体〔2016〕12号"), ("安教体【2016】12", "安教体〔2016〕12号"),
    ("安教体〔16〕12号", None), ("12号", None), ("安教体〔2016〕号", None),
])  # fmt: skip
def test_a_number_is_written_as_the_standard_has_it(typed: str, number: str | None) -> None:
    assert letter_number(typed) == number


def _number_place(page: pdfplumber.page.Page) -> tuple[float, float]:
    """Where the dash of the page number stands: mm from the left edge, and below the type area."""
    dash = next(char for char in page.chars if char["text"] == "—" and char["top"] > 250 * MM)
    return dash["x0"] / MM, (dash["top"] + dash["bottom"]) / 2 / MM - (LETTER.height - 35)


def test_levels_stand_in_their_faces_and_the_text_reads_back(tmp_path: Path) -> None:
    writer = writer_of(data_of(notice(), tmp_path), "notice")
    values = {**VALUES, "status": "草稿"}
    filled = writer.fill(values)
    assert proof_findings(writer.form, filled, Submission("notice", values), read_back) == ()
    assert faces_of(filled) == {
        "一、研修目标": LABEL_FACE, "着力打造队伍。": BODY_FACE, "（一）时间。": KAI_FACE,
        "自2016年9月1日起。": BODY_FACE, "二、要求": LABEL_FACE, "认真参加。": BODY_FACE,
    }  # fmt: skip


def faces_of(data: bytes) -> dict[str, str]:
    """Text of each run in the control of the text -> its face."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    runs = (run for control in root.iter(f"{W}sdtContent") for run in control.iter(f"{W}r") if text_of(run))
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


# Whose lines end in a mark as they fall.
MARKED = (
    "安和县2016年农村中小学骨干教师跟岗研修已经结束。2016年9月1日至2016年11月30日，8名学员来自8所学校，在基地校跟岗研修。"
    "学员听课、上课、参加教研和班级活动，认真反思，涌现出一批表现突出、成果显著的学员。"
)


def test_no_mark_is_lost_at_the_end_of_a_line(tmp_path: Path) -> None:
    document = new_letter()
    texts = [MARKED, *("跟岗研修情况" * 3 + "修" * number + "，" + MARKED for number in range(9))]
    add_lines(document, [body(text) for text in texts])
    add_levelled(document, "text")
    filled = writer_of(data_of(document, tmp_path), "marks").fill({"text": "\n".join(texts)})
    (tmp_path / "marks.docx").write_bytes(filled)
    [made] = convert_office([tmp_path / "marks.docx"], "pdf", tmp_path / "pdf", 120, BUILT_IN / "fonts")
    assert made.result is not None
    with pdfplumber.open(made.result) as pdf:
        printed = "".join(char["text"] for page in pdf.pages for char in page.chars if char["x1"] < page.width)
    assert {mark: printed.count(mark) for mark in "，。、"} == {
        mark: 2 * "".join(texts).count(mark) for mark in "，。、"
    }  # fmt: skip


def test_a_print_that_lost_a_mark_is_made_again_flush_left(tmp_path: Path) -> None:
    """Two pages of text, in which the search for the values forgives a few characters."""
    texts = "\n".join("跟岗研修情况" * 3 + "修" * (number % 9) + "，" + MARKED for number in range(12))
    findings = []
    for line in (body("{{ text | prose }}"), replace(body("{{ text | prose }}"), apart=-0.25, right_mm=0)):
        document = new_letter()
        add_lines(document, (line,))
        writer = writer_of(data_of(document, tmp_path), "marks")
        (tmp_path / "marks.docx").write_bytes(writer.fill({"text": texts}))
        [made] = convert_office([tmp_path / "marks.docx"], "pdf", tmp_path / "pdf", 120, BUILT_IN / "fonts")
        assert made.result is not None
        stated = Submission("marks", {"text": texts})
        findings.append([one.code for one in print_findings(made.result.read_bytes(), writer.form, stated, 9)[1]])
    assert findings == [[], ["print_marks"]]
    closer = replace(press_at(tmp_path), writers={("papers", "marks"): writer})
    [done] = press((Draft("marks", "marks", "papers", "", {"text": texts}, "通报", 9),), closer)
    assert (done.status, done.findings) == ("new", ())
    printed = "".join(page_texts((closer.outbox / "通报.pdf").read_bytes()))
    assert [printed.count(mark) for mark in "，。、"] == [texts.count(mark) for mark in "，。、"]
    with zipfile.ZipFile(closer.outbox / "通报.docx") as package:
        assert b'<w:jc w:val="both"/>' in package.read("word/document.xml")


def test_28_characters_end_a_little_beyond_the_type_area() -> None:
    assert 156 < 28 * 16 / MM < 156 + BEYOND_MM


def test_a_letterhead_that_a_print_lacks_or_no_font_has_is_told(prints: dict[str, Path]) -> None:
    pdf = prints["issued"].read_bytes()
    assert words_findings(pdf, HEAD.words, BUILT_IN / "fonts") == ()
    other = replace(HEAD, number="安教体〔2016〕13号", issuer="\U000e0001县教育局")
    assert [one.message[1:5] for one in words_findings(pdf, other.words, BUILT_IN / "fonts")] == [
        "\U000e0001县教育",
        "安教体〔",
    ]
