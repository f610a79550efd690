"""A PDF as a file: whether it can be opened and is whole, what its fillers entered and noted, its pages' pictures.

Knows nothing of what stands on a page.
"""

import warnings
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO

import numpy as np
import numpy.typing as npt
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from extractors.acroform import Widget, is_dynamic, is_widget, needs_appearances, take_widgets_off, widgets_of
from extractors.rendered import rendered
from gengang.findings import Finding

Pixels = npt.NDArray[np.uint8]

MOST_PAGES = 300
AT_A_TIME = 1 << 20
MOST_UNFOLDED = 60_000_000  # bytes of one stream, a font's or a page's; the largest Chinese fonts have half of that
MOST_OF_PICTURE = 600_000_000
MOST_CONTENT = 1_000_000  # bytes of a page's drawing: a form has a tenth; what has more is drawn, not written
LONGEST_SIDE = 3000  # pixels
HALF_INKED = 128

ENCRYPTED = "PDF 设有密码，无法读取。请取消密码（用打开它的程序另存一份不加密的）后再交。"
DAMAGED = "PDF 已损坏或不完整，无法读取。请对方重新导出或重新发送。"
DYNAMIC = (
    "这是只有 Adobe Reader 能显示的动态表单（XFA），无法读取。请用 Adobe Reader 打开，选“打印”并打印成 PDF 后再交，"
    "或改填 Word 版。"
)
TOO_HEAVY = "PDF 里有的内容解开后过大，未读取。请用“打印为 PDF”重新生成一份再交。"
TOO_LONG = f"PDF 超过 {MOST_PAGES} 页，未读取。请按人拆分后再放入。"


@dataclass(frozen=True, slots=True)
class Whole:
    """A PDF that can be read whole. data: with the filler's notes drawn into its pages, and without its form fields.

    widgets: those fields; looks: the same pages with nothing but the appearances of the fields, empty where they say
    nothing; fonts: names of the fonts that the file carries with it, which are drawn everywhere; heavy: numbers of
    pages whose letters are not worth their cost.
    """

    data: bytes
    widgets: tuple[Widget, ...]
    looks: bytes
    fonts: frozenset[str]
    heavy: frozenset[int] = frozenset()


def whole_pdf(data: bytes) -> Whole | Finding:
    """The file as its pages are to be read; a finding when it cannot be read whole."""
    closed = _why_closed(data)
    if closed is not None:
        return closed
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            sizes = _sizes(pdf)
            if isinstance(sizes, Finding):
                return sizes
            if is_dynamic(pdf):
                return Finding("dynamic_form", DYNAMIC, severity="error")
            return replace(_opened(data, pdf), heavy=frozenset(_heavy(pdf, sizes)))
    except (pikepdf.PdfError, pikepdf.DataDecodingError, pypdfium2.PdfiumError, ValueError, TypeError, RuntimeError):
        return Finding("unreadable_file", DAMAGED, severity="error")


def _why_closed(data: bytes) -> Finding | None:
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            return Finding("encrypted", ENCRYPTED, severity="error")
        return Finding("unreadable_file", DAMAGED, severity="error")
    try:
        if len(pdf) > MOST_PAGES:
            return Finding("too_large", TOO_LONG, severity="error")
        return None if len(pdf) else Finding("unreadable_file", DAMAGED, severity="error")
    finally:
        pdf.close()


def _sizes(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int] | Finding:
    """How large each stream is when unfolded, by the number of its object; a finding when one had better not be."""
    sizes: dict[tuple[int, int], int] = {}
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream):
            most = MOST_OF_PICTURE if thing.get("/Subtype") == pikepdf.Name.Image else MOST_UNFOLDED
            size = _unfolded(thing, most)
            if size is None:
                return Finding("unreadable_file", DAMAGED, severity="error")
            if size > most:
                return Finding("too_large", TOO_HEAVY, severity="error")
            sizes[thing.objgen] = size
    return sizes


def _unfolded(stream: pikepdf.Stream, most: int) -> int | None:
    """Bytes of a stream, unfolded no further than `most`.

    None where it does not hold what it once held: readers show the rest, and a field looks blank.
    """
    filters = stream.get("/Filter")
    first = filters[0] if isinstance(filters, pikepdf.Array) and len(filters) else filters
    left, size = stream.read_raw_bytes(), 0
    if first != pikepdf.Name.FlateDecode or not left:
        return len(left)
    inflating = zlib.decompressobj()
    try:
        while left and not inflating.eof and size <= most:
            size += len(inflating.decompress(left, AT_A_TIME))
            left = inflating.unconsumed_tail
    except zlib.error:
        return None
    return size if inflating.eof or size > most else None


def _heavy(pdf: pikepdf.Pdf, sizes: Mapping[tuple[int, int], int]) -> Iterator[int]:
    for number, page in enumerate(pdf.pages, 1):
        contents = page.obj.get("/Contents", ())
        streams = contents if isinstance(contents, pikepdf.Array) else [contents]
        if sum(sizes.get(one.objgen, 0) for one in streams if isinstance(one, pikepdf.Stream)) > MOST_CONTENT:
            yield number


def _opened(data: bytes, pdf: pikepdf.Pdf) -> Whole:
    fonts, widgets = frozenset(_embedded(pdf)), tuple(widgets_of(pdf))
    noted = any(len(page.obj.get("/Annots", ())) for page in pdf.pages)
    cropped = any([*page.cropbox] != [*page.mediabox] for page in pdf.pages)
    if not (noted or cropped):
        return Whole(data, widgets, b"", fonts)
    looks = _looks_of(data) if any(one.kind == "text" for one in widgets) and not needs_appearances(pdf) else b""
    take_widgets_off(pdf)
    for page in pdf.pages:
        page.mediabox = page.cropbox
    return Whole(_redrawn(_saved(pdf)), widgets, looks, fonts)


def _looks_of(data: bytes) -> bytes:
    """The pages with nothing on them but what the appearances of their form fields show."""
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.obj["/Annots"] = pikepdf.Array([one for one in page.obj.get("/Annots", ()) if is_widget(one)])
            page.obj["/Contents"] = pdf.make_stream(b"")
            page.mediabox = page.cropbox
        pdf.flatten_annotations()
        return _saved(pdf)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    saved = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)  # the form is taken off, its fields' places are not
        pdf.save(saved)
    return saved.getvalue()


def _redrawn(data: bytes) -> bytes:
    """The filler's notes drawn into the pages."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        for number in range(len(pdf)):
            page = pdf[number]
            pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
            page.close()
        redrawn = BytesIO()
        pdf.save(redrawn)
        return redrawn.getvalue()
    finally:
        pdf.close()


def _embedded(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Names of the fonts that the file carries with it."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and "/FontName" in thing and {*thing.keys()} & _FONT_FILES:
            yield str(thing["/FontName"]).lstrip("/")


_FONT_FILES = {"/FontFile", "/FontFile2", "/FontFile3"}


# --- pictures ---


def page_picture(pdf: pypdfium2.PdfDocument, number: int, scale: float, text: bool = True) -> Pixels:
    """A page drawn in grey, scale pixels a point as far as that is no giant; text: with its letters.

    number: from 1. Raises what `rendered` does.
    """
    page = pdf[number - 1]
    try:
        if not text:
            _take_letters_off(page)
        return rendered(page, scale)
    finally:
        page.close()


def scale_of(width: float, height: float, wanted: float) -> float:
    """Pixels a point for a page of this size in points: as wanted, less for a giant."""
    return min(wanted, LONGEST_SIDE / max(width, height, 1.0))


def _take_letters_off(page: pypdfium2.PdfPage) -> None:
    letters = [one for one in page.get_objects(max_depth=1) if one.type == pdfium.FPDF_PAGEOBJ_TEXT]
    for one in letters:
        page.remove_obj(one)


@lru_cache(maxsize=1)
def draws_foreign_fonts() -> bool:
    """Whether Chinese letters are drawn here in fonts that a file does not carry with it; tried once."""
    name, make = pikepdf.Name, pikepdf.Dictionary
    with pikepdf.new() as pdf:
        described = make(Type=name.FontDescriptor, FontName=name("/STSong-Light"), Flags=6, ItalicAngle=0, StemV=80,
                         FontBBox=[0, -200, 1000, 900], Ascent=900, Descent=-200, CapHeight=700)  # fmt: skip
        letters = make(Type=name.Font, Subtype=name.CIDFontType0, BaseFont=name("/STSong-Light"), DW=1000,
                       CIDSystemInfo=make(Registry=b"Adobe", Ordering=b"GB1", Supplement=4),
                       FontDescriptor=pdf.make_indirect(described))  # fmt: skip
        font = make(Type=name.Font, Subtype=name.Type0, BaseFont=name("/STSong-Light-UniGB-UCS2-H"),
                    Encoding=name("/UniGB-UCS2-H"), DescendantFonts=[pdf.make_indirect(letters)])  # fmt: skip
        page = pdf.add_blank_page(page_size=(40, 40))
        page.obj["/Resources"] = make(Font=make(F=pdf.make_indirect(font)))
        page.obj["/Contents"] = pdf.make_stream(b"BT /F 30 Tf 5 8 Td <56FD> Tj ET")
        drawing = pypdfium2.PdfDocument(_saved(pdf))
    try:
        return bool(page_picture(drawing, 1, 1.0).min() < HALF_INKED)
    finally:
        drawing.close()
