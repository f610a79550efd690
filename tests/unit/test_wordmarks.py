"""A handed-out Word form: it reads as before, says whose it is, and prints a mark on each page."""

import io
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest
import zxingcpp
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement

from extractors.files import read_bytes
from gengang.issued import Issued, PageMark, mark_of_text
from gengang.rendering import writer_of
from gengang.tools import convert_office
from gengang.wordmarks import marked
from gengang.wordxml import sheet_of_word
from tests.laws.test_word_law import EVERY_FORM, FORMS, TEMPLATES
from tests.unit.packing import members_of, zipped

PERSON = "P-0123456789ab"


def issued(stem: str, person: str = PERSON) -> Issued:
    return Issued(stem, FORMS[stem].form.version, person)


def printed_marks(data: bytes, folder: Path) -> list[list[PageMark | None]]:
    """The marks on each page of the print."""
    source = folder / "a.docx"
    source.write_bytes(data)
    [made] = convert_office([source], "pdf", folder / "pdf", 120, TEMPLATES / "fonts")
    assert made.result is not None, made.message
    with pypdfium2.PdfDocument(made.result.read_bytes()) as pdf:
        pages = [page.render(scale=2.5, grayscale=True).to_numpy() for page in pdf]
    return [[mark_of_text(code.text) for code in zxingcpp.read_barcodes(page)] for page in pages]


@pytest.mark.parametrize("stem", FORMS)
def test_a_handed_out_form_reads_as_before_and_says_whose_it_is(stem: str) -> None:
    filled = FORMS[stem].fill({})
    plain, handed = sheet_of_word(filled), sheet_of_word(marked(filled, issued(stem)))
    assert handed.issued == issued(stem)
    assert handed.rows == plain.rows
    assert plain.issued is None


def test_a_blank_form_is_known_by_its_hidden_part_and_bears_no_mark(tmp_path: Path) -> None:
    blank = marked(FORMS["leave_request"].fill({}), issued("leave_request", ""))
    assert sheet_of_word(blank).issued == issued("leave_request", "")
    assert printed_marks(blank, tmp_path) == [[]]


@pytest.mark.parametrize("stem", ["听课&评课", "a<b", 'a"b', "a'b", "FORM1", "2.1", "A-1", "听课\\1"])
@pytest.mark.parametrize("hidden", [True, False])
def test_a_template_may_be_called_anything(stem: str, hidden: bool) -> None:
    writer = writer_of(FORMS["leave_request"].data, stem)
    mine = Issued(stem, writer.form.version, PERSON)
    handed = marked(writer.fill({"name": "张三"}), mine)
    [reading] = read_bytes("a.docx", handed if hidden else with_marks_alone(handed), (writer.form,)).submissions
    assert (reading.form, reading.issued) == (stem, mine)
    assert [finding.code for finding in reading.findings] == ["electronic_copy"]


@pytest.mark.parametrize("stem", ["听课&评课", "2.1"])
def test_a_print_is_known_whatever_its_template_is_called(stem: str, tmp_path: Path) -> None:
    writer = writer_of(FORMS["leave_request"].data, stem)
    mine = Issued(stem, writer.form.version, PERSON)
    (tmp_path / "a.docx").write_bytes(marked(writer.fill({"name": "张三"}), mine))
    for ending in ("pdf", "doc"):
        [made] = convert_office([tmp_path / "a.docx"], ending, tmp_path / ending, 120, TEMPLATES / "fonts")
        assert made.result is not None, made.message
        [reading] = read_bytes(f"a.{ending}", made.result.read_bytes(), (writer.form,)).submissions
        assert (reading.form, reading.issued) == (stem, mine)


def with_marks_alone(handed: bytes) -> bytes:
    """The file without its hidden part, as some programs save it."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(handed)) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, b"<a/>" if name.startswith("customXml/item1") else data)
    return changed.getvalue()


def test_equal_forms_are_equal_bytes() -> None:
    filled = FORMS["appraisal"].fill({})
    assert marked(filled, issued("appraisal")) == marked(filled, issued("appraisal"))


def test_every_page_bears_its_number(tmp_path: Path) -> None:
    long = FORMS["attendance"].fill({}, {"days": tuple({"activity": f"第{n}行"} for n in range(60))})
    pages = printed_marks(marked(long, issued("attendance")), tmp_path)
    assert len(pages) >= 4
    wanted = [1, *(2 if number % 2 == 0 else 3 for number in range(2, len(pages) + 1))]
    assert pages == [[PageMark(issued("attendance"), number)] for number in wanted]


def own_template() -> bytes:
    """An office's own document: two sections, a header that names the unit, a first page without one."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "单位：{{ school | text }}"
    document.sections[0].footer.paragraphs[0].text = "第一版"
    document.add_paragraph("困难补助申请表")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "申请人姓名", "{{ name | text }}"
    document.add_section(WD_SECTION.NEW_PAGE)
    document.add_paragraph("附件另附")
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_a_tracked_change_of_a_section_bears_no_mark() -> None:
    document = docx.Document(io.BytesIO(FORMS["leave_request"].fill({"name": "张三"})))
    change = OxmlElement("w:sectPrChange")
    change.append(OxmlElement("w:sectPr"))
    document.sections[0]._sectPr.append(change)
    saved = io.BytesIO()
    document.save(saved)
    handed = marked(saved.getvalue(), issued("leave_request"))
    with zipfile.ZipFile(io.BytesIO(handed)) as package:
        pictures = [name for name in package.namelist() if name.startswith("word/media/gengang")]
        assert b"<w:sectPrChange><w:sectPr/></w:sectPrChange>" in package.read("word/document.xml")
    assert len(pictures) == len(("first", "even", "odd"))


def test_headers_and_footers_of_an_office_stay_on_every_page() -> None:
    writer = writer_of(own_template(), "hardship")
    filled = writer.fill({"name": "张三", "school": "张村小学"})
    mine = Issued("hardship", writer.form.version, PERSON)
    handed = marked(filled, mine)
    assert sheet_of_word(handed).rows == sheet_of_word(filled).rows
    with zipfile.ZipFile(io.BytesIO(handed)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if name.startswith("word/gengang_")}
    headers, footers = ([text for name, text in parts.items() if place in name] for place in ("header", "footer"))
    assert len(headers) == len(footers) == 6  # first, even and odd pages of two sections
    assert all("张村小学" in header for header in headers)
    assert all("第一版" in footer for footer in footers)
    [reading] = read_bytes("a.docx", handed, (writer.form,)).submissions
    assert reading.issued == mine


@pytest.mark.parametrize("ending", ["doc", "odt"])
def test_an_old_format_keeps_the_mark(ending: str, tmp_path: Path) -> None:
    source = tmp_path / "a.docx"
    source.write_bytes(marked(FORMS["appraisal"].fill({"name": "张三"}), issued("appraisal")))
    [made] = convert_office([source], "doc" if ending == "doc" else "odt", tmp_path / "old", 120)
    assert made.result is not None
    [reading] = read_bytes(f"a.{ending}", made.result.read_bytes(), EVERY_FORM).submissions
    assert reading.issued == issued("appraisal")
    assert [finding.code for finding in reading.findings] == ["electronic_copy"]


def test_a_damaged_hidden_part_never_stops_the_reader() -> None:
    handed = marked(FORMS["appraisal"].fill({"name": "张三"}), issued("appraisal"))
    members = members_of(handed)
    hidden = [name for name in members if name.startswith("customXml/item1")]
    assert hidden
    changed = zipped(members | {name: members[name][: len(members[name]) // 2] for name in hidden})
    assert sheet_of_word(changed).issued == issued("appraisal")  # the marks on its pages still say it
