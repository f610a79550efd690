"""What an office scanner and a fax machine make of printed pages: PDFs of pictures without any text."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import pikepdf
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from PIL.TiffImagePlugin import TiffImageFile

from gengang.sample.pictures import Picture, Sheet, clouds, jpeg_sheet, noisy, pages_of, pdf_of_sheets
from gengang.sample.seals import Stamp, sealed
from gengang.workspace import BUILT_IN

FAX_DPI = 200
_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
_FACE = BUILT_IN / "fonts" / "FandolFang-Regular.otf"


@dataclass(frozen=True, slots=True)
class ScanStyle:
    """How somebody scans.

    dpi: dots an inch, 200 or 300; colour: else grey; tilt: degrees off, to either side; noise: spread in grey levels.
    blank_backs: the empty back of every sheet is scanned too; quality: of the JPEG, 1 to 100.
    turned: pairs of a page from 1 (backs not counted) and by how much it lies turned clockwise: 90, 180 or 270.
    """

    dpi: int = 200
    colour: bool = False
    tilt: float = 0.5
    noise: float = 4.0
    blank_backs: bool = False
    turned: tuple[tuple[int, int], ...] = ()
    quality: int = 80


USUAL = ScanStyle()


def scanned(pdf: bytes, seed: int, style: ScanStyle = USUAL, seals: Sequence[Stamp] = ()) -> bytes:
    """The pages as an office scanner gives them: a little off, some noise, JPEG in a PDF; the same bytes for a seed.

    seals: pressed on the sheets before they are scanned; a grey scan shows them grey.
    """
    random = np.random.default_rng(seed)
    sheets = []
    for number, page in enumerate(sealed(pages_of(pdf, style.dpi), seals, style.dpi, seed), 1):
        sheets.append(_scan(page, random, style, dict(style.turned).get(number, 0)))
        if style.blank_backs:
            sheets.append(_scan(_back_of(page), random, style, 0))
    return pdf_of_sheets(sheets, style.dpi)


def _back_of(page: Picture) -> Picture:
    """White, with a breath of the print that shines through."""
    through = 255 - cv2.GaussianBlur(255 - cv2.flip(page, 1), (0, 0), 2.5) * 0.035
    return through.astype(np.uint8)


def _scan(page: Picture, random: np.random.Generator, style: ScanStyle, turned: int) -> Sheet:
    sheet = page if style.colour else cv2.cvtColor(page, cv2.COLOR_BGR2GRAY).astype(np.uint8)
    tilted = _tilted(sheet, style.tilt * float(random.choice((-1, 1)) * random.uniform(0.7, 1)))
    soft = cv2.GaussianBlur(tilted, (3, 3), 0.6).astype(np.float32) * 0.93 + 8
    taken = noisy(soft, random, style.noise)
    laid = cv2.rotate(taken, _TURNS[turned]).astype(np.uint8) if turned in _TURNS else taken
    return jpeg_sheet(laid, style.quality)


def _tilted(page: Picture, degrees: float) -> Picture:
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    white = (255.0, 255.0, 255.0)
    return cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=white).astype(np.uint8)


# --- fax ---


def faxed(pdf: bytes, seed: int, head: str = "", seals: Sequence[Stamp] = ()) -> bytes:
    """The pages as a fax gives them: black and white, 200 dpi, CCITT group 4 in a PDF, specks and broken strokes.

    head: what the sending machine prints along the upper edge, before the page number; empty for no such line.
    """
    random = np.random.default_rng(seed)
    pages = sealed(pages_of(pdf, FAX_DPI), seals, FAX_DPI, seed)
    sheets = [
        _group4(_with_head(_fax(page, random), f"{head}  P.{number:02d}/{len(pages):02d}" if head else ""))
        for number, page in enumerate(pages, 1)
    ]
    return pdf_of_sheets(sheets, FAX_DPI)


def _fax(page: Picture, random: np.random.Generator) -> Picture:
    """Two levels: where the threshold runs low, thin strokes break; some rows are doubled, specks lie about."""
    grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY).astype(np.uint8)
    tilted = _tilted(grey, float(random.uniform(-0.4, 0.4)))
    soft = cv2.GaussianBlur(tilted, (0, 0), 0.7).astype(np.float32)
    height, width = grey.shape
    threshold = 134 + 60 * clouds(random, height, width, 180) + 18 * random.standard_normal((height, width), np.float32)
    white = soft > threshold
    white ^= _specks(random, height, width)
    rows = np.arange(height)
    doubled = random.integers(1, height, size=6)
    rows[doubled] = doubled - 1
    return np.where(white[rows], 255, 0).astype(np.uint8)


def _specks(random: np.random.Generator, height: int, width: int) -> NDArray[np.bool_]:
    """Some hundred single dots and a few bigger ones."""
    specks = np.zeros((height, width), np.uint8)
    for size, number in ((1, 260), (2, 40)):
        for y, x in random.integers(0, (height - size, width - size), size=(number, 2)):
            specks[y : y + size, x : x + size] = 1
    return specks.astype(bool)


def _with_head(page: Picture, head: str) -> Picture:
    if not head:
        return page
    sheet = Image.fromarray(page)
    pen = ImageDraw.Draw(sheet)
    pen.fontmode = "1"
    pen.text((90, 22), head, font=ImageFont.truetype(str(_FACE), 26), fill=0)
    return np.asarray(sheet)


def _group4(page: Picture) -> Sheet:
    """libtiff encodes the page as one strip, which a PDF takes over as it is."""
    height, width = page.shape
    tiff = io.BytesIO()
    picture = Image.fromarray(page).convert("1", dither=Image.Dither.NONE)
    picture.save(tiff, "TIFF", compression="group4", strip_size=height * ((width + 7) // 8))
    tiff.seek(0)
    with TiffImageFile(tiff) as encoded:
        tags = dict(encoded.tag_v2)
    [start], [length] = tags[273], tags[279]
    parameters = pikepdf.Dictionary(K=-1, Columns=width, Rows=height, BlackIs1=tags[262] == 1)
    return Sheet(
        width, height, tiff.getvalue()[start : start + length], "/DeviceGray", 1, "/CCITTFaxDecode", parameters
    )
