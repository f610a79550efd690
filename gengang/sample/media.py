"""How a filled Word form comes to the office otherwise: printed, scanned, photographed, mailed, typed with habits.

Every picture is made from a seed, so that the same sample has the same bytes.
"""

import base64
import io
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

import cv2
import numpy as np
import pikepdf
import pypdfium2
from numpy.typing import NDArray

from gengang.errors import ToolError
from gengang.tools import convert_office, settled_pdf

Picture = NDArray[np.uint8]

SCAN_DPI = 200
TILT_DEGREES = 0.5
PHOTO_WIDTH, PHOTO_HEIGHT = 1800, 2400
PAPER_TINT = np.array((0.97, 0.99, 1.0), np.float32)
SECONDS_EACH = 10.0
_EPOCH = (1980, 1, 1, 0, 0, 0)
_POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a mail. name: as the sender sees it."""

    name: str
    data: bytes


def printed(documents: Sequence[bytes], fonts: Path | None) -> tuple[bytes, ...]:
    """Word files to PDFs in one batch, without what differs on every run. Raises ToolError when one is not printed."""
    with tempfile.TemporaryDirectory(prefix="gengang-sample-") as folder:
        sources = [Path(folder) / f"{number:05d}.docx" for number in range(len(documents))]
        for source, data in zip(sources, documents, strict=True):
            source.write_bytes(data)
        seconds = 60 + SECONDS_EACH * len(documents)
        made = convert_office(sources, "pdf", Path(folder) / "pdf", seconds, fonts)
        failed = next((one.message for one in made if one.result is None), "")
        if failed:
            raise ToolError(f"样例没有印成 PDF，请运行 gengang doctor 后重试。（{failed}）")
        return tuple(settled_pdf(one.result.read_bytes()) for one in made if one.result)


def scanned(pdf: bytes, seed: int) -> bytes:
    """The pages as an office scanner gives them: grey, 200 dpi, half a degree off, some noise, JPEG in a PDF."""
    random = np.random.default_rng(seed)
    return _pdf_of_pictures([_scan(page, random) for page in _pages(pdf)])


def _pages(pdf: bytes) -> list[Picture]:
    with pypdfium2.PdfDocument(pdf) as document:
        scale = SCAN_DPI / _POINTS_PER_INCH
        return [np.ascontiguousarray(page.render(scale=scale, grayscale=True).to_numpy()) for page in document]


def _scan(page: Picture, random: np.random.Generator) -> Picture:
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), TILT_DEGREES * float(random.choice((-1, 1))), 1)
    tilted = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255.0,))
    soft = cv2.GaussianBlur(tilted, (3, 3), 0.6)
    return _noisy(soft * 0.93 + 8, random, 4)


def _noisy(picture: NDArray[np.floating], random: np.random.Generator, spread: float) -> Picture:
    grain = random.standard_normal(picture.shape, np.float32)
    return np.clip(picture + spread * grain, 0, 255).astype(np.uint8)


def _jpeg(picture: Picture, quality: int) -> bytes:
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return data.tobytes()


def _pdf_of_pictures(pictures: Sequence[Picture]) -> bytes:
    pdf = pikepdf.new()
    for picture in pictures:
        height, width = picture.shape
        size = [side * _POINTS_PER_INCH / SCAN_DPI for side in (width, height)]
        page = pdf.add_blank_page(page_size=(size[0], size[1]))
        image = pikepdf.Stream(pdf, _jpeg(picture, 80))
        image.stream_dict = pikepdf.Dictionary(
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=width, Height=height, BitsPerComponent=8,
            ColorSpace=pikepdf.Name.DeviceGray, Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=image))
        page.Contents = pikepdf.Stream(pdf, f"q {size[0]:.2f} 0 0 {size[1]:.2f} 0 0 cm /Page Do Q".encode())
    made = io.BytesIO()
    pdf.save(made, deterministic_id=True)
    return made.getvalue()


def photographed(pdf: bytes, seed: int) -> bytes:
    """The first page as a phone sees it on a desk: in perspective, unevenly lit, 2400 pixels high, JPEG."""
    random = np.random.default_rng(seed)
    page = cv2.cvtColor(_pages(pdf)[0], cv2.COLOR_GRAY2BGR)
    height, width = page.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = np.array([[130, 110], [1690, 70], [1740, 2310], [60, 2330]], np.float32)
    seen += random.uniform(-25, 25, seen.shape).astype(np.float32)
    warp = cv2.getPerspectiveTransform(corners, seen)
    size = (PHOTO_WIDTH, PHOTO_HEIGHT)
    paper = cv2.warpPerspective(page, warp, size, flags=cv2.INTER_AREA)
    mask = (cv2.warpPerspective(np.full((height, width), 255, np.uint8), warp, size)[..., None] / 255).astype(
        np.float32
    )
    taken = (_desk(random) * (1 - mask) + paper * (mask * PAPER_TINT)) * _light()
    return _jpeg(_noisy(taken, random, 3), 88)


def _desk(random: np.random.Generator) -> NDArray[np.floating]:
    """Brown boards with a grain across."""
    grain = cv2.GaussianBlur(random.standard_normal((PHOTO_HEIGHT, 1), np.float32), (1, 9), 0).reshape(-1, 1, 1) * 40
    return np.array((62, 92, 128), np.float32) + np.broadcast_to(grain, (PHOTO_HEIGHT, PHOTO_WIDTH, 1))


def _light() -> NDArray[np.floating]:
    """Brighter at the top left, a third darker at the bottom right."""
    across = np.linspace(0, 1, PHOTO_WIDTH, dtype=np.float32)
    down = np.linspace(0, 1, PHOTO_HEIGHT, dtype=np.float32)
    return (1 - 0.15 * (across[None, :] + down[:, None]))[..., None]


def retyped(document: bytes, changes: Mapping[str, str]) -> bytes:
    """The Word file in which somebody typed some values another way; text -> what stands there instead."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as source,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                text = data.decode()
                for was, now in changes.items():
                    text = text.replace(f">{escape(was)}<", f">{escape(now)}<")
                data = text.encode()
            target.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return changed.getvalue()


def mailed(subject: str, sender: str, day: date, attachments: Sequence[Attachment]) -> bytes:
    """A mail of an old Chinese client: GBK throughout, attachment names as RFC 2047 words inside parameters."""
    boundary = "----=_Part_0001_20161206"
    stated = format_datetime(datetime.combine(day, time(9, 30), timezone(timedelta(hours=8))))
    body = base64.encodebytes("老师好，材料见附件，请查收。\r\n".encode("gbk")).decode()
    head = (
        f"From: {_word(sender)} <school@example.invalid>\r\nTo: <office@example.invalid>\r\n"
        f"Subject: {_word(subject)}\r\nDate: {stated}\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/mixed;\r\n\tboundary="{boundary}"\r\n\r\n'
    )
    text = f"Content-Type: text/plain;\r\n\tcharset=gbk\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}"
    parts = "".join(f"--{boundary}\r\n{part}\r\n" for part in (text, *map(_part, attachments)))
    return f"{head}{parts}--{boundary}--\r\n".replace("\r\n", "\n").replace("\n", "\r\n").encode("ascii")


def _word(text: str) -> str:
    return f"=?GBK?B?{base64.b64encode(text.encode('gb18030')).decode()}?="


def _part(attachment: Attachment) -> str:
    name = _word(attachment.name)
    content = base64.encodebytes(attachment.data).decode()
    return (
        f'Content-Type: application/octet-stream;\r\n\tname="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment;\r\n\tfilename="{name}"\r\n\r\n{content}'
    )


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def foreign_form(title: str, rows: Sequence[Sequence[str]]) -> bytes:
    """A Word file of another programme: a title and a table."""
    table = "".join(f"<w:tr>{''.join(f'<w:tc>{_paragraph(cell)}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
        'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{_paragraph(title)}<w:tbl>{table}</w:tbl>'
        f"{_paragraph('')}</w:body></w:document>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name, text in parts.items():
            whole = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}'
            target.writestr(zipfile.ZipInfo(name, _EPOCH), whole.encode(), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" if text else "<w:p/>"
