"""What papers travel in: mails, zips, PDFs of several people, a school's workbook, another programme's form."""

import base64
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from email.utils import format_datetime
from random import Random
from xml.sax.saxutils import escape

import pikepdf
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gengang.sample.pictures import EPOCH

# --- mail ---

_BOUNDARY = "----=_Part_0001_20161206"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a mail or zip. name: as the sender sees it."""

    name: str
    data: bytes


def mailed(
    subject: str,
    sender: str,
    day: date,
    attachments: Sequence[Attachment],
    forwarded: Sequence[bytes] = (),
    logo: bytes | None = None,
) -> bytes:
    """A mail of an old Chinese client: GBK throughout, attachment names as RFC 2047 words inside parameters.

    forwarded: whole mails carried inside, as made here; logo: a PNG shown under the text, no attachment.
    """
    stated = format_datetime(datetime.combine(day, time(9, 30), timezone(timedelta(hours=8))))
    # A mail inside a mail must not end at the boundary of the outer one.
    boundary = f"----=_Whole_{zlib.crc32(b''.join(forwarded)):08x}" if forwarded else _BOUNDARY
    head = (
        f"Received: from mail.example.invalid by mx.example.invalid;\r\n\t{stated}\r\n"
        f"From: {_word(sender)} <school@example.invalid>\r\nTo: <office@example.invalid>\r\n"
        f"Subject: {_word(subject)}\r\nDate: {stated}\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/mixed;\r\n\tboundary="{boundary}"\r\n\r\n'
    )
    wanted = (_body(logo), *map(_part, attachments), *map(_message, forwarded))
    parts = "".join(f"--{boundary}\r\n{part}\r\n" for part in wanted)
    return f"{head}{parts}--{boundary}--\r\n".replace("\r\n", "\n").replace("\n", "\r\n").encode("ascii")


def _body(logo: bytes | None) -> str:
    if logo is None:
        return _encoded("text/plain;\r\n\tcharset=gbk", "老师好，材料见附件，请查收。\r\n".encode("gbk"))
    page = '<html><body><p>老师好，材料见附件，请查收。</p><img src="cid:logo0001"></body></html>\r\n'
    boundary = "----=_Part_0002_20161206"
    html = _encoded("text/html;\r\n\tcharset=gbk", page.encode("gbk"))
    picture = _encoded("image/png", logo, "Content-ID: <logo0001>\r\nContent-Disposition: inline\r\n")
    return (
        f'Content-Type: multipart/related;\r\n\tboundary="{boundary}"\r\n\r\n'
        f"--{boundary}\r\n{html}\r\n"
        f"--{boundary}\r\n{picture}\r\n--{boundary}--\r\n"
    )


def _encoded(kind: str, data: bytes, more: str = "") -> str:
    content = base64.encodebytes(data).decode()
    return f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n{more}\r\n{content}"


def _word(text: str) -> str:
    return f"=?GBK?B?{base64.b64encode(text.encode('gb18030')).decode()}?="


def _part(attachment: Attachment) -> str:
    name = _word(attachment.name)
    disposition = f'Content-Disposition: attachment;\r\n\tfilename="{name}"\r\n'
    return _encoded(f'application/octet-stream;\r\n\tname="{name}"', attachment.data, disposition)


def _message(mail: bytes) -> str:
    return f"Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n{mail.decode('ascii')}"


# --- zip ---

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_DOS_DATE = (2016 - 1980) << 9 | 12 << 5 | 5
_DOS_TIME = 9 << 11 | 30 << 5
_DEFLATED, _UTF8 = 8, 0x800


def zipped(members: Sequence[Attachment], names_in_gbk: bool = True) -> bytes:
    """A zip as Windows makes it: names in GBK without a flag that says so; else in UTF-8 with its flag.

    Written by hand, since zipfile never writes a name that is neither ASCII nor flagged. All times are fixed.
    """
    body, directory = b"", b""
    for member in members:
        name = member.name.encode("gb18030" if names_in_gbk else "utf-8")
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        packed = packer.compress(member.data) + packer.flush()
        flag = 0 if names_in_gbk else _UTF8
        common = struct.pack("<HHHHHIIIHH", 20, flag, _DEFLATED, _DOS_TIME, _DOS_DATE, zlib.crc32(member.data),
                             len(packed), len(member.data), len(name), 0)  # fmt: skip
        place = struct.pack("<HHHII", 0, 0, 0, 0x20, len(body))
        directory += _CENTRAL + struct.pack("<H", 20) + common + place + name
        body += _LOCAL + common + name + packed
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), len(body), 0)
    return body + directory + _END + end


# --- several papers in one PDF ---


def joined(pdfs: Sequence[bytes]) -> tuple[bytes, tuple[tuple[int, int], ...]]:
    """One PDF of several, and of each its first and last page in it, from 1. Raises pikepdf.PdfError for no PDF."""
    whole = pikepdf.new()
    ranges = []
    for data in pdfs:
        first = len(whole.pages) + 1
        with pikepdf.open(io.BytesIO(data)) as part:
            whole.pages.extend(part.pages)
        ranges.append((first, len(whole.pages)))
    made = io.BytesIO()
    whole.save(made, deterministic_id=True)
    return made.getvalue(), tuple(ranges)


# --- a workbook ---

_LONG = re.compile(r"\d{10,17}[\dXx]")
_CLOCK = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_THIN = Side(style="thin")


def workbook_of_list(title: str, heads: Sequence[str], rows: Sequence[Sequence[str | int]], seed: int) -> bytes:
    """An .xlsx as a school keeps it: a merged title, headings, the rows, a line with their number; equal bytes.

    Long numbers stand as text. The seed chooses what schools do otherwise: faces, a blank line, where the list begins.
    """
    random = Random(f"{seed}/workbook")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = random.choice(("Sheet1", "名单", title[:20]))
    _write_title(sheet, title, len(heads), random)
    first = 2 + random.randint(0, 1)
    for number, row in enumerate((heads, *rows), first):
        for column, value in enumerate(row, 1):
            _write_cell(sheet, number, column, value, bold=number == first)
    total = first + len(rows) + 1
    sheet.cell(total, 1, "合计").font = Font(name="宋体", size=11, bold=True)
    sheet.cell(total, 2, f"{len(rows)}人" if random.random() < 0.5 else len(rows))
    for column, head in enumerate(heads, 1):
        longest = max((len(str(row[column - 1])) for row in rows if column <= len(row)), default=0)
        sheet.column_dimensions[get_column_letter(column)].width = max(
            6, min(40, max(2 * len(head), longest * 1.4) + 2)
        )
    return _settled_workbook(book)


def _write_title(sheet: Worksheet, title: str, columns: int, random: Random) -> None:
    cell = sheet.cell(1, 1, title)
    cell.font = Font(name=random.choice(("黑体", "方正小标宋简体", "宋体")), size=random.choice((16, 18, 20)))
    cell.alignment = Alignment(horizontal="center", vertical="center")
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=max(1, columns))
    sheet.row_dimensions[1].height = 32


def _write_cell(sheet: Worksheet, row: int, column: int, value: str | int, bold: bool) -> None:
    cell = sheet.cell(row, column, value)
    cell.font = Font(name="宋体", size=11, bold=bold)
    cell.border = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    if isinstance(value, str) and _LONG.fullmatch(value):  # the number of a person or a telephone
        cell.number_format = "@"


def _settled_workbook(book: Workbook) -> bytes:
    """openpyxl writes the time of saving into the package."""
    saved = io.BytesIO()
    book.save(saved)
    made = io.BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = _CLOCK.sub(rb"\g<1>2016-12-05T09:30:00Z", source.read(name))
            target.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


# --- another programme's form ---

_WORDML = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
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
        "word/document.xml": f'<w:document xmlns:w="{_WORDML}"><w:body>{_paragraph(title)}<w:tbl>{table}</w:tbl>'
        f"{_paragraph('')}</w:body></w:document>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name, text in parts.items():
            whole = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}'
            target.writestr(zipfile.ZipInfo(name, EPOCH), whole.encode(), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" if text else "<w:p/>"
