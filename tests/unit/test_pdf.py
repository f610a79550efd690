"""A digital PDF seen as the cells it was printed from; what cannot be trusted is given to the scanner's reader."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from extractors.fields import readings_of_sheet
from extractors.paper import Page, sheet_of_pages
from extractors.pdf import pages_of_pdf
from gengang.codecs import Value
from gengang.findings import Finding
from gengang.form import Form
from gengang.reading import FieldReading
from gengang.rendering import writer_of
from gengang.sheet import Cell, Sheet, squeezed
from gengang.tools import convert_office
from gengang.wordxml import sheet_of_word
from scripts.word_drawing import A4, Row, add_table, label, new_document, save
from scripts.word_drawing import printed as printed_cell
from tests.unit.prints import FORMS, TEMPLATES, docx_of, pdf_of, pdf_of_pictures, pictures_of
from tests.unit.repainted import saved


def pages_of(data: bytes) -> list[Page]:
    pages = pages_of_pdf(data)
    assert not isinstance(pages, Finding)
    return [page for page in pages if page is not None]


def printed(stem: str) -> Sheet:
    return sheet_of_pages(pages_of(pdf_of(stem)), "pdf")


def changed(data: bytes, change: str) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        content = pdf.pages[0]
        content.contents_add(pdf.make_stream(change.encode()))
        saved = BytesIO()
        pdf.save(saved)
    return saved.getvalue()


def cells_of(sheet: Sheet) -> list[Cell]:
    return [cell for row in sheet.rows if row.table for cell in row.cells]


@pytest.mark.parametrize("stem", ["appraisal", "training_log"])
def test_the_print_has_the_documents_cells_in_order(stem: str) -> None:
    word = [squeezed(cell.text) for cell in cells_of(sheet_of_word(docx_of(stem)))]
    assert [squeezed(cell.text) for cell in cells_of(printed(stem))] == word


@pytest.mark.parametrize("stem", ["appraisal", "training_log"])
def test_merged_cells_stand_where_the_document_has_them(stem: str) -> None:
    word = [row for row in sheet_of_word(docx_of(stem)).rows if row.table]
    seen = [row for row in printed(stem).rows if row.table]
    assert [len(row.cells) for row in seen] == [len(row.cells) for row in word]
    assert {row.cells[0].column for row in seen} == {0}
    assert len({row.cells[-1].column + row.cells[-1].span for row in seen}) == 1


def test_every_cell_has_its_place_on_the_page() -> None:
    for cell in cells_of(printed("appraisal")):
        assert cell.place.page in (1, 2)
        assert cell.place.box is not None
        left, top, right, bottom = cell.place.box
        assert 0 <= left < right <= 1
        assert 0 <= top < bottom <= 1


def test_a_table_over_two_pages_is_one_table() -> None:
    rows = [row for row in printed("appraisal").rows if row.table]
    assert {row.table for row in rows} == {1}
    assert {cell.place.page for row in rows for cell in row.cells} == {1, 2}


def test_the_foot_of_each_page_is_told_from_the_text() -> None:
    feet = [row.cells[0].text for row in printed("appraisal").rows if row.part == "footer"]
    assert [foot[-7:].replace(" ", "") for foot in feet] == ["第1页共2页", "第2页共2页"]


def test_tick_boxes_are_kept() -> None:
    [grade] = [cell.text for cell in cells_of(printed("appraisal")) if "不合格" in cell.text]
    assert squeezed(grade) == "☑合格□不合格"


def test_a_scanners_pdf_has_no_usable_page() -> None:
    assert pages_of_pdf(pdf_of_pictures(pictures_of("training_log"))) == (None,)


def test_ink_drawn_over_a_cell_makes_it_unread() -> None:
    [box] = [c.place.box for c in cells_of(printed("training_log")) if squeezed(c.text) == "吴敏"]
    assert box is not None
    with pikepdf.open(BytesIO(pdf_of("training_log"))) as pdf:
        width, height = float(pdf.pages[0].mediabox[2]), float(pdf.pages[0].mediabox[3])
    left, top, right = box[0] * width + 5, (1 - box[1]) * height - 8, box[2] * width - 5
    drawn = changed(
        pdf_of("training_log"), f"q 1 w {left} {top} m {left + 9} {top - 9} {right} {top} {right} {top - 8} c S Q"
    )
    inked = [squeezed(c.text) for c in cells_of(sheet_of_pages(pages_of(drawn), "pdf")) if c.unread]
    assert inked == ["吴敏"]


@pytest.mark.parametrize(("right", "up"), [
    (-100, 0), (-90, 0), (-80, 0), (90, 0), (100, 0), (0, -140), (0, 140),
])  # fmt: skip
def test_what_the_edge_of_a_page_cuts_off_is_asked_about(right: int, up: int) -> None:
    form = next(form for form in FORMS if form.stem == "appraisal")
    whole = fields_of(pdf_of("appraisal"), form)
    found = fields_of(moved(pdf_of("appraisal"), right, up), form)
    told = [name for name, one in found.items() if one.status in ("accepted", "blank")]
    assert {name: found[name].value for name in told} == {name: whole[name].value for name in told}
    assert len(told) < len(whole)


def moved(data: bytes, right: int, up: int) -> bytes:
    """The file with what its pages show moved by points, as a page that is too small for its table cuts it off."""
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.contents_add(pdf.make_stream(f"1 0 0 1 {right} {up} cm".encode()), prepend=True)
        return saved(pdf)


def finding_of(data: bytes) -> str:
    found = pages_of_pdf(data)
    assert isinstance(found, Finding)
    return found.code


def test_a_password_is_told() -> None:
    locked = BytesIO()
    with pikepdf.open(BytesIO(pdf_of("training_log"))) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert finding_of(locked.getvalue()) == "encrypted"


def test_a_damaged_stream_is_refused_since_half_a_form_looks_blank() -> None:
    data = bytearray(pdf_of("training_log"))
    data[data.index(b"stream") + 60] ^= 0x10
    assert finding_of(bytes(data)) == "unreadable_file"


def test_what_is_no_pdf_is_refused() -> None:
    assert finding_of(b"%PDF-1.7 and nothing more") == "unreadable_file"


def form_with_field(value: str) -> bytes:
    """A fillable PDF: its value stands in the field, not in the page."""
    pdf = pikepdf.open(BytesIO(pdf_of("training_log")))
    drawn = pdf.make_stream(f"BT /F 12 Tf 2 6 Td ({value}) Tj ET".encode())
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    drawn.Type, drawn.Subtype, drawn.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 80, 20]
    drawn.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    widget = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Widget,
        FT=pikepdf.Name.Tx,
        T=pikepdf.String("name"),
        V=pikepdf.String(value),
        F=4,
        Rect=[300, 60, 380, 80],
        AP=pikepdf.Dictionary(N=drawn),
    )
    pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(widget)]))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pdf.pages[0].Annots)
    saved = BytesIO()
    pdf.save(saved)
    return saved.getvalue()


def test_what_was_typed_into_a_fillable_pdf_is_seen() -> None:
    texts = [line.text for page in pages_of(form_with_field("TYPED42")) for line in page.loose]
    assert any("TYPED42" in text for text in texts)


# --- what a page does to a text ---

TRIALS: dict[str, list[tuple[str, Mapping[str, Value]]]] = {
    "在‹›{{ place | text }}‹›工作": [
        *(("right", {"place": text}) for text in ("第2小学a", "2a3b小c学", "第 2小学", "ab 第2小学", "A")),
        ("blank", {}), ("asked", {"place": "_J5乔"}), ("asked", {"place": "乔J5_"}),
    ],
    "{{ name | text }}\n{{ day | date }}": [
        *(("right", {"name": "张三" * times, "day": "2016-09-05"}) for times in range(3, 7)),
        ("right", {"name": "张三" * 6}),
    ],
    "{{ opinion | prose }}\n签名：{{ signer | text }}": [
        ("blank", {}), ("asked", {"opinion": "签名：无。", "signer": "李四"}),
        ("asked", {"signer": "年》》》》》》 核"}),
        *(("asked", {"opinion": text}) for text in ("很好" * 4 + "很（盖章）。。", "签名： a“Word，，A》”a_")),
        *(("right", {"opinion": text}) for text in ("2016年9月5日甲年月日同意", "同意。\n2016年来校", "很好" * 9)),
    ],
}  # fmt: skip


def trial_form(folder: Path, text: str) -> bytes:
    document = new_document(A4)
    add_table(document, (Row((label("试验表", 30), printed_cell(text, 40)), 20),))
    save(document, folder / "trial.docx")
    return (folder / "trial.docx").read_bytes()


def prints_of(documents: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """The documents printed in one batch."""
    for name, data in documents.items():
        (folder / f"{name}.docx").write_bytes(data)
    sources = [folder / f"{name}.docx" for name in documents]
    found = convert_office(sources, "pdf", folder / "pdf", 300, TEMPLATES / "fonts")
    return {one.source.stem: one.result.read_bytes() for one in found if one.result is not None}


def fields_of(data: bytes, form: Form) -> dict[str, FieldReading]:
    [reading] = readings_of_sheet(sheet_of_pages(pages_of(data), "pdf"), [form]).readings
    return {name: one for name, one in reading.fields.items() if isinstance(one, FieldReading)}


@pytest.mark.parametrize("text", TRIALS)
def test_what_a_page_may_have_changed_is_asked_about_and_all_else_is_read(text: str, tmp_path: Path) -> None:
    writer = writer_of(trial_form(tmp_path, text), "trial")
    stated = {f"{number:02}": trial for number, trial in enumerate(TRIALS[text])}
    pdfs = prints_of({number: writer.fill(values) for number, (_, values) in stated.items()}, tmp_path)
    for number, (told, values) in stated.items():
        found = fields_of(pdfs[number], writer.form)
        for name, one in found.items():
            right = one.status == ("accepted" if name in values else "blank") and one.value == values.get(name)
            assert right or (told == "asked" and one.status == "review"), (values, name, one)


def test_letters_that_a_borrowed_font_drew_over_each_other_are_asked_about(tmp_path: Path) -> None:
    writer = writer_of((TEMPLATES / "forms" / "training_log.docx").read_bytes(), "training_log")
    drawn = {"name": "0-也天☑", "stage_subject": "指导教师乛☑0丱/"}
    found = fields_of(prints_of({"drawn": writer.fill(drawn)}, tmp_path)["drawn"], writer.form)
    assert all(found[name].status == "review" or found[name].value == value for name, value in drawn.items())


def test_a_printed_form_that_nobody_filled_is_blank(tmp_path: Path) -> None:
    writers = {path.stem: writer_of(path.read_bytes(), path.stem) for path in (TEMPLATES / "forms").glob("*.docx")}
    pdfs = prints_of({stem: writer.fill({}) for stem, writer in writers.items()}, tmp_path)
    for stem, writer in writers.items():
        [reading] = readings_of_sheet(sheet_of_pages(pages_of(pdfs[stem]), "pdf"), [writer.form]).readings
        assert {one.status for one in reading.fields.values()} == {"blank"}, stem
        assert [finding.code for finding in reading.findings] == ["blank_form"]
