"""Page marks: the QR code that a handed-out form bears on each page, found on a picture and taken off it; separators.

It knows neither forms nor persons; what a mark says is for others.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import quoteattr

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
import zxingcpp

from extractors.layout import is_wide
from gengang.issued import Issued, PageMark, mark_of_text, text_of_mark
from gengang.separators import Separator, separator_of_text, the_one

Pixels = npt.NDArray[np.uint8]

QR_CODE = zxingcpp.barcode_formats_from_str("QRCode")
QUIET = 0.12  # white border around a code, as a share of its side
WHITE = 255
PRINT_SCALE = 2.0  # 144 dpi, less than any scanner's
_HEADER = re.compile(r"word/header\d*\.xml")
_PICTURE = re.compile(r'Target="(media/[^"]+)"')
_DESCRIPTION = re.compile(rb'<wp:docPr([^>]*?)descr="[^"]*"')


@dataclass(frozen=True, slots=True)
class Marked:
    """A picture and the mark on it. pixels: with the code painted white, so that nobody reads it as ink.

    separator: what sheet it is, where it is one that parts a pile of paper; beside: another page may lie beside that,
    since the picture is wide as its code stands.
    """

    pixels: Pixels
    mark: PageMark | None
    separator: Separator | None = None
    beside: bool = False


def mark_taken_off(pixels: Pixels) -> Marked:
    """The picture without its page mark, and what the mark says; other codes stay where they are."""
    codes = zxingcpp.read_barcodes(pixels, formats=QR_CODE)
    separator = the_one(frozenset(one for code in codes if (one := separator_of_text(code.text)) is not None))
    for code in codes:
        mark = mark_of_text(code.text)
        if mark is not None:
            return Marked(_without(pixels, code.position), mark, separator)
    parting = [code for code in codes if separator_of_text(code.text) is not None]
    return Marked(pixels, None, separator, any(_lies_wide(pixels, code.orientation) for code in parting))


def _lies_wide(pixels: Pixels, degrees: int) -> bool:
    """Whether a picture is wide when a code that was turned so far on it stands upright."""
    height, width = pixels.shape[:2]
    return is_wide(height, width) if 45 < degrees % 180 < 135 else is_wide(width, height)


def codes_of_print(pdf: bytes) -> frozenset[str]:
    """What the QR codes on the pages of a PDF say. Raises PdfiumError when the bytes are no PDF.

    Pictures are read in the size in which they are printed, without drawing the page around them, which takes ten times
    as long; a page with a picture on which that finds nothing is drawn whole.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        return frozenset(text for page in document for text in _codes_of_page(page))
    finally:
        document.close()


def _codes_of_page(page: pypdfium2.PdfPage) -> frozenset[str]:
    read = [zxingcpp.read_barcodes(picture, formats=QR_CODE) for picture in _small_pictures(page)]
    found = frozenset(code.text for codes in read for code in codes)
    if read and all(read):
        return found
    whole = page.render(scale=PRINT_SCALE, grayscale=True).to_numpy()
    return found | {code.text for code in zxingcpp.read_barcodes(whole, formats=QR_CODE)}


def _small_pictures(page: pypdfium2.PdfPage) -> Iterator[Pixels]:
    """Each picture that does not fill the page, at 144 dpi, with a white border."""
    area = page.get_width() * page.get_height()
    for one in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
        left, low, right, high = one.get_bounds()
        if 0 < (right - left) * (high - low) < area / 4:
            grey = np.asarray(one.get_bitmap(render=False).to_pil().convert("L"), np.uint8)
            size = (round((right - left) * PRINT_SCALE), round((high - low) * PRINT_SCALE))
            small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
            edge = round(QUIET * max(size))
            yield np.pad(small, edge, constant_values=WHITE).astype(np.uint8)


def _without(pixels: Pixels, position: zxingcpp.Position) -> Pixels:
    corners = [position.top_left, position.top_right, position.bottom_right, position.bottom_left]
    across, down = [corner.x for corner in corners], [corner.y for corner in corners]
    edge = round(max(max(across) - min(across), max(down) - min(down)) * QUIET)
    painted = pixels.copy()
    painted[max(0, min(down) - edge) : max(down) + edge, max(0, min(across) - edge) : max(across) + edge] = WHITE
    return painted


def with_named_marks(docx: bytes) -> bytes:
    """The .docx in which pictures of page marks say what they are: an old format keeps the picture alone.

    docx: as LibreOffice converted it; anything that is no sound package is given back as it is.
    """
    try:
        with zipfile.ZipFile(BytesIO(docx)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, EOFError, zlib.error):
        return docx
    headers = {name: header for name in parts if _HEADER.fullmatch(name) and (header := _named(name, parts))}
    if not headers:
        return docx
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as target:
        for name, data in (parts | headers).items():
            target.writestr(name, data)
    return packed.getvalue()


def _named(name: str, parts: Mapping[str, bytes]) -> bytes | None:
    """The header with the text of the one mark among its pictures; None where there is none."""
    folder, _, base = name.rpartition("/")
    pictures = _PICTURE.findall(parts.get(f"{folder}/_rels/{base}.rels", b"").decode("utf-8", "replace"))
    texts = [text for picture in pictures if (text := _text_in(parts.get(f"{folder}/{picture}", b"")))]
    if len(texts) != 1:
        return None
    said = quoteattr(texts[0]).encode()
    return _DESCRIPTION.sub(lambda old: b"<wp:docPr" + old[1] + b"descr=" + said, parts[name])


def _text_in(picture: bytes) -> str:
    pixels = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_GRAYSCALE) if picture else None
    if pixels is None:
        return ""
    mark = mark_taken_off(np.asarray(pixels, np.uint8)).mark
    return text_of_mark(mark) if mark else ""


def issued_of(marks: Sequence[PageMark | None]) -> Issued | None:
    """Whose form some pages are: what their marks agree on, None where they say nothing or contradict each other."""
    said = {mark.issued for mark in marks if mark is not None}
    return next(iter(said)) if len(said) == 1 else None
