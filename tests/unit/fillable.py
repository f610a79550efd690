"""Fillable PDFs as form designers and their fillers leave them, made of a printed blank form and its fields."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pypdfium2

from extractors.layout import Rect
from extractors.pdf import pages_of_pdf
from gengang.findings import Finding
from gengang.form import Form
from gengang.rendering import Writer, writer_of
from gengang.tools import convert_office
from scripts.word_drawing import A4, Line, Row, add_lines, add_table, boxes, label, new_document, save, title
from scripts.word_drawing import printed as printed_cell
from scripts.word_drawing import value as value_cell
from tests.unit.prints import TEMPLATES

N, D = pikepdf.Name, pikepdf.Dictionary
MULTILINE, COMB, RADIO, COMBO = 1 << 12, 1 << 24, 1 << 15, 1 << 17
READ_ONLY = 1


@lru_cache
def writer() -> Writer:
    """A form of a school's own: texts, ticks, a number, a choice and an opinion with a signature line."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "card.docx"
        document = new_document(A4)
        add_lines(document, (title("教师基本情况登记卡"),))
        rows = (
            Row((label("姓名", 25), value_cell("name | text", 60), label("性别", 25),
                 boxes('gender | tick("男","女")', 60)), 9),
            Row((label("身份证号", 25), value_cell("id_number | id_number", 60), label("学段", 25),
                 value_cell('stage | choice("小学","初中")', 60)), 9),
            Row((label("教龄", 25), value_cell("years | count", 60), label("职称", 25),
                 value_cell("post | text", 60)), 9),
            Row((label("个人小结", 25), printed_cell("{{ summary | prose }}\n签名：{{ signer | text }}　　　　"
                                                 "{{ day | date }}", 145)), 60),
        )  # fmt: skip
        add_table(document, rows)
        add_lines(document, (Line("联系电话：{{ phone | phone }}", 10.5),))
        save(document, path)
        return writer_of(path.read_bytes(), "card")


def form() -> Form:
    """The form that the fillable PDFs are of."""
    return writer().form


@lru_cache
def blank_print() -> bytes:
    """The form as it is printed with nothing filled in."""
    with TemporaryDirectory() as folder:
        source = Path(folder) / "card.docx"
        source.write_bytes(writer().fill({}))
        [made] = convert_office([source], "pdf", Path(folder) / "out", 120, TEMPLATES / "fonts")
        assert made.result is not None, made.message
        return made.result.read_bytes()


@lru_cache
def places() -> dict[str, Rect]:
    """Where the fields are: the cells behind the labels, the printed boxes, the ends of the lines."""
    pages = pages_of_pdf(blank_print())
    assert not isinstance(pages, Finding)
    assert pages[0] is not None
    cells = {(area.row, area.column): area.rect for area in pages[0].tables[0].grid.areas}
    opinion = cells[3, 1]
    found = {"name": cells[0, 1], "id_number": cells[1, 1], "stage": cells[1, 3], "years": cells[2, 1]}
    found |= {"post": cells[2, 3], "summary": Rect(opinion.left, opinion.top, opinion.right, opinion.bottom - 70)}
    found |= {word: _beside(word) for word in ("男", "女", "签名：", "联系电话：", "年")}
    return found


def _beside(word: str) -> Rect:
    """The box before 男 and 女, the room behind other words."""
    drawing = pypdfium2.PdfDocument(blank_print())
    page = drawing[0]
    text = page.get_textpage()
    found = text.search(word).get_next()
    assert found is not None
    left, bottom, right, top = text.get_charbox(found[0] + len(word) - 1, loose=True)
    height = page.get_height()
    drawing.close()
    if word in ("男", "女"):
        return Rect(left - 12, height - top, left - 1, height - bottom)
    return Rect(right + 1, height - top, right + 61, height - bottom)


@dataclass(frozen=True, slots=True)
class Entry:
    """A form field. rects: one for each of its widgets; look: what its appearance shows, None for none at all.

    states: for boxes the name of each widget's own state. extra: further entries of the field.
    """

    name: str
    rects: Sequence[Rect]
    value: object = None
    look: str | None = None
    kind: pikepdf.Name = N.Tx
    flags: int = 0
    states: Sequence[str] = ()
    shown: int = 4
    extra: dict[str, object] = field(default_factory=dict)


def filled(*entries: Entry, needs_appearances: bool = False, base: bytes | None = None) -> bytes:
    """The blank form with these fields in it."""
    pdf = pikepdf.open(BytesIO(base or blank_print()))
    page = pdf.pages[0]
    height = float(page.mediabox[3])
    fields, annotations = pikepdf.Array(), pikepdf.Array()
    for entry in entries:
        whole = _field(pdf, entry)
        kids = [_widget(pdf, entry, number, height, whole) for number in range(len(entry.rects))]
        whole["/Kids"] = pikepdf.Array(kids)
        fields.append(whole)
        annotations.extend(kids)
    page.obj["/Annots"] = annotations
    pdf.Root["/AcroForm"] = D(Fields=fields, NeedAppearances=needs_appearances, DA=b"/Helv 10 Tf 0 g")
    saved = BytesIO()
    pdf.save(saved)
    return saved.getvalue()


def _field(pdf: pikepdf.Pdf, entry: Entry) -> pikepdf.Object:
    whole = D(FT=entry.kind, T=pikepdf.String(entry.name), Ff=entry.flags)
    if entry.value is not None:
        whole["/V"] = N("/" + _state(str(entry.value))) if entry.kind == N.Btn else _value(entry.value)
    for key, one in entry.extra.items():
        whole["/" + key] = one
    return pdf.make_indirect(whole)


def _value(value: object) -> object:
    return pikepdf.String(value) if isinstance(value, str) else value


def _state(word: str) -> str:
    """A word as a name that holds its bytes, as designers write Chinese export values."""
    return "".join(chr(byte) for byte in word.encode("utf-8"))


def _widget(pdf: pikepdf.Pdf, entry: Entry, number: int, height: float, whole: pikepdf.Object) -> pikepdf.Object:
    rect = entry.rects[number]
    box = [rect.left, height - rect.bottom, rect.right, height - rect.top]
    widget = D(Type=N.Annot, Subtype=N.Widget, Rect=box, F=entry.shown, Parent=whole, DA=b"/Helv 10 Tf 0 g")
    if entry.kind == N.Btn:
        own = _state(entry.states[number])
        on = entry.value is not None and entry.states[number] == entry.value
        empty = _drawn(pdf, rect, "")
        widget["/AP"] = D(N=D({"/" + own: _drawn(pdf, rect, "4"), "/Off": empty}))
        widget["/AS"] = N("/" + own) if on else N.Off
    elif entry.look is not None:
        widget["/AP"] = D(N=_drawn(pdf, rect, entry.look))
    return pdf.make_indirect(widget)


def _drawn(pdf: pikepdf.Pdf, rect: Rect, text: str) -> pikepdf.Object:
    """An appearance in a Chinese font that the file does not carry, as form programs write it."""
    descriptor = pdf.make_indirect(D(Type=N.FontDescriptor, FontName=N("/STSong-Light"), Flags=6,
                                     FontBBox=[0, -200, 1000, 900], ItalicAngle=0, Ascent=900, Descent=-200,
                                     CapHeight=700, StemV=80))  # fmt: skip
    glyphs = pdf.make_indirect(D(Type=N.Font, Subtype=N.CIDFontType0, BaseFont=N("/STSong-Light"), DW=1000,
                                 CIDSystemInfo=D(Registry=b"Adobe", Ordering=b"GB1", Supplement=4),
                                 FontDescriptor=descriptor))  # fmt: skip
    font = pdf.make_indirect(D(Type=N.Font, Subtype=N.Type0, BaseFont=N("/STSong-Light-UniGB-UCS2-H"),
                               Encoding=N("/UniGB-UCS2-H"), DescendantFonts=[glyphs]))  # fmt: skip
    lines = text.split("\n") if text else []
    shown = " ".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -12 Td" for line in lines)
    stream = pdf.make_stream(f"BT /F 10 Tf 2 {rect.height - 11:.1f} Td {shown} ET".encode())
    stream.Type, stream.Subtype, stream.BBox = N.XObject, N.Form, [0, 0, rect.width, rect.height]
    stream.Resources = D(Font=D(F=font))
    return pdf.make_indirect(stream)
