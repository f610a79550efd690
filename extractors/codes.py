"""Every QR code of a file, page by page, with the text that the page itself holds; it knows not what codes say."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2
import zxingcpp

from extractors.bitmap import Decoded, decoded
from extractors.marks import QR_CODE, Pixels
from gengang.findings import Finding

PDF_SCALES = (2.0, 3.5)  # 144 dpi reads most; a code that is drawn small needs more
MOST_PAGES = 200
PALE = 200


@dataclass(frozen=True, slots=True)
class CodePage:
    """One page or picture. codes: what its QR codes say; text: of its text layer, empty where it has none."""

    codes: tuple[str, ...]
    text: str = ""


def pages_of_codes(data: bytes) -> tuple[CodePage, ...] | Finding:
    """The pages of a PDF or the pictures of an image file; a finding when it is neither or cannot be opened."""
    if data.lstrip()[:5] == b"%PDF-":
        try:
            return tuple(_pages_of_pdf(data))
        except pypdfium2.PdfiumError:
            return Finding("unreadable_file", "PDF 打不开，可能已损坏或加了密码。", severity="error")
    pictures = decoded(data)
    return tuple(_pictures(pictures)) if isinstance(pictures, Decoded) else pictures


def _pages_of_pdf(data: bytes) -> Iterator[CodePage]:
    document = pypdfium2.PdfDocument(data)
    try:
        for number in range(min(len(document), MOST_PAGES)):
            page = document[number]
            text_page = page.get_textpage()
            text = text_page.get_text_range()
            codes: tuple[str, ...] = ()
            for scale in PDF_SCALES:
                codes = codes or _codes(np.asarray(page.render(scale=scale, grayscale=True).to_numpy(), np.uint8))
            text_page.close()
            page.close()
            yield CodePage(codes, text)
    finally:
        document.close()


def _pictures(pictures: Decoded) -> Iterator[CodePage]:
    for number in range(min(pictures.count, MOST_PAGES)):
        page = pictures.page(number)
        if page is not None:
            yield CodePage(_codes(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY).astype(np.uint8)))


def _codes(grey: Pixels) -> tuple[str, ...]:
    """As it is, else with an even light: a phone's shadow hides a dense code."""
    found = zxingcpp.read_barcodes(grey, formats=QR_CODE)
    if not found:
        light = cv2.GaussianBlur(grey, (0, 0), 40)
        even = np.clip(grey.astype(np.float32) * PALE / np.maximum(light, 1), 0, 255).astype(np.uint8)
        found = zxingcpp.read_barcodes(even, formats=QR_CODE)
    return tuple(code.text for code in found)
