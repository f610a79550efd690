"""Pages as arrays of pixels: a PDF's pages drawn, soiled with noise, packed as JPEG and as a PDF of pictures.

Every picture is BGR, 8 bits; noise comes from a generator that the caller seeds, so that equal seeds give equal bytes.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import cv2
import numpy as np
import pikepdf
import pypdfium2
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Pixels = NDArray[np.floating]

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can state
POINTS_PER_INCH = 72
MM_PER_INCH = 25.4

PDFIUM = Lock()  # pdfium crashes when two threads are in it


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture on its way into a PDF. data: its stream as `filter` packs it, with parameters; space: of colours."""

    width: int
    height: int
    data: bytes
    space: str
    bits: int
    filter: str
    parameters: pikepdf.Dictionary | None = None


def pages_of(pdf: bytes, dpi: int) -> list[Picture]:
    """Each page drawn at so many dots an inch."""
    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        scale = dpi / POINTS_PER_INCH
        return [np.ascontiguousarray(page.render(scale=scale).to_numpy()[..., :3]) for page in document]


def noisy(picture: Pixels | Picture, random: np.random.Generator, spread: float) -> Picture:
    """The picture with grain, the same in each colour; spread: standard deviation in grey levels."""
    grain = random.standard_normal(picture.shape[:2], np.float32)
    grain *= spread
    soiled = picture + (grain[..., None] if picture.ndim == 3 else grain)
    np.clip(soiled, 0, 255, out=soiled)
    return soiled.astype(np.uint8)


def clouds(random: np.random.Generator, height: int, width: int, coarse: int) -> NDArray[np.float32]:
    """Smooth noise between 0 and 1; coarse: pixels from one random value to the next."""
    grid = random.random((max(2, height // coarse), max(2, width // coarse)), np.float32)
    return np.clip(cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC), 0, 1).astype(np.float32)


def jpeg(picture: Picture, quality: int) -> bytes:
    """JPEG; quality: 1 to 100."""
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return data.tobytes()


def jpeg_sheet(picture: Picture, quality: int) -> Sheet:
    """A picture in colour (three channels) or grey (two dimensions) as JPEG."""
    height, width = picture.shape[:2]
    space = "/DeviceRGB" if picture.ndim == 3 else "/DeviceGray"
    return Sheet(width, height, jpeg(picture, quality), space, 8, "/DCTDecode")


def pdf_of_sheets(sheets: Sequence[Sheet], dpi: int) -> bytes:
    """A PDF with one picture filling each page."""
    pdf = pikepdf.new()
    for sheet in sheets:
        size = (sheet.width * POINTS_PER_INCH / dpi, sheet.height * POINTS_PER_INCH / dpi)
        page = pdf.add_blank_page(page_size=size)
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=_image(pdf, sheet)))
        page.Contents = pikepdf.Stream(pdf, f"q {size[0]:.2f} 0 0 {size[1]:.2f} 0 0 cm /Page Do Q".encode())
    made = io.BytesIO()
    pdf.save(made, deterministic_id=True)
    return made.getvalue()


def _image(pdf: pikepdf.Pdf, sheet: Sheet) -> pikepdf.Stream:
    image = pikepdf.Stream(pdf, sheet.data)
    image.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=sheet.width, Height=sheet.height,
        BitsPerComponent=sheet.bits, ColorSpace=pikepdf.Name(sheet.space), Filter=pikepdf.Name(sheet.filter),
    )  # fmt: skip
    if sheet.parameters is not None:
        image.stream_dict.DecodeParms = sheet.parameters
    return image
