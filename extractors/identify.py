"""What kind of file some bytes are, by their content; the name is only a hint and may lie."""

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Literal

from extractors.archive import BROKEN_ZIP
from gengang.findings import Finding
from gengang.sheet import Medium

Kind = Literal[
    "docx", "doc", "rtf", "odt", "wps", "xlsx", "xls", "pdf", "image", "heic", "eml", "msg", "zip", "rar", "7z", "html",
    "slides", "video", "audio", "text", "empty", "encrypted-office", "unknown",
]  # fmt: skip

HEADS: tuple[tuple[bytes, Kind], ...] = (
    (b"{\\rtf", "rtf"),
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "image"),
    (b"GIF8", "image"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1a\x45\xdf\xa3", "video"),  # Matroska and WebM
    (b"FLV\x01", "video"),
    (b"\x00\x00\x01\xba", "video"),  # MPEG
    (b"\x00\x00\x01\xb3", "video"),
    (b".RMF", "video"),
    (b"OggS\x00", "audio"),
    (b"fLaC", "audio"),
    (b"#!AMR", "audio"),
    (b"ID3\x02", "audio"),
    (b"ID3\x03", "audio"),
    (b"ID3\x04", "audio"),
    (b"\xff\xfb", "audio"),
    (b"\xff\xf3", "audio"),
    (b"\xff\xf1", "audio"),
)
RIFF: Mapping[bytes, Kind] = {b"WEBP": "image", b"AVI ": "video", b"WAVE": "audio"}
ASF = b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"  # .wmv and .wma; only the first names a picture stream at its head
ASF_PICTURES = b"\xc0\xef\x19\xbc\x4d\x5b\xcf\x11\xa8\xfd\x00\x80\x5f\x5c\x44\x2b"
STREAM_PACKET = 188  # bytes of an MPEG transport stream that begin alike
APPLE_PICTURES = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypheim", b"ftypmif1", b"ftypmsf1")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Names of streams in an OLE file are UTF-16; the directory that lists them lies anywhere in the file.
OLE_STREAMS: tuple[tuple[str, Kind], ...] = (
    ("EncryptedPackage", "encrypted-office"),
    ("__substg1.0_", "msg"),
    ("WordDocument", "doc"),
    ("WpsContent", "wps"),
    ("PowerPoint Document", "slides"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)
MAIL_HEADER = re.compile(
    rb"^(from|to|subject|date|received|return-path|message-id|mime-version|content-type|x-[a-z-]+)[ \t]*:", re.I
)
ENDINGS: Mapping[Kind, tuple[str, ...]] = {
    "docx": ("docx", "docm", "dotx"),
    "doc": ("doc", "dot", "wps"),
    "rtf": ("rtf", "doc"),
    "odt": ("odt",),
    "wps": ("wps", "doc"),
    "xlsx": ("xlsx", "xlsm", "et"),
    "xls": ("xls", "et"),
    "pdf": ("pdf",),
    "image": ("jpg", "jpeg", "jpe", "jfif", "png", "tif", "tiff", "bmp", "webp", "gif"),
    "heic": ("heic", "heif"),
    "eml": ("eml",),
    "msg": ("msg",),
    "zip": ("zip",),
    "rar": ("rar",),
    "7z": ("7z",),
    "slides": ("ppt", "pptx", "pptm", "pps", "ppsx", "pot", "dps", "odp"),
    "video": ("mp4", "mov", "m4v", "avi", "wmv", "mkv", "webm", "flv", "3gp", "mpg", "mpeg", "ts", "mts", "rmvb", "rm"),
    "audio": ("mp3", "m4a", "wav", "wma", "aac", "amr", "ogg", "flac"),
    "html": ("html", "htm", "mht"),
}
NAMES: Mapping[Kind, str] = {
    "docx": "Word 文档（.docx）",
    "doc": "旧版 Word 文档（.doc）",
    "rtf": "RTF 文档",
    "odt": "ODT 文档",
    "wps": "WPS 文档",
    "xlsx": "Excel 工作簿（.xlsx）",
    "xls": "旧版 Excel 工作簿（.xls）",
    "pdf": "PDF",
    "image": "图片",
    "heic": "HEIC 照片",
    "eml": "邮件（.eml）",
    "msg": "Outlook 邮件（.msg）",
    "zip": "ZIP 压缩包",
    "rar": "RAR 压缩包",
    "7z": "7z 压缩包",
    "slides": "课件（PPT）",
    "video": "视频",
    "audio": "录音",
    "html": "网页",
}
MEDIA: Mapping[Kind, Medium] = {
    "pdf": "pdf",
    "image": "scan",
    "heic": "scan",
    "xlsx": "sheet",
    "xls": "sheet",
    "eml": "mail",
    "msg": "mail",
    "zip": "archive",
    "rar": "archive",
    "7z": "archive",
}


def medium_of(kind: Kind) -> Medium:
    """What to call a file that gave no submission."""
    return MEDIA.get(kind, "word")


def medium_named(name: str) -> Medium:
    """The same where nobody could look into the file."""
    ending = _ending(name)
    return next((medium_of(kind) for kind, endings in ENDINGS.items() if ending in endings), "word")


def kind_of(data: bytes, name: str) -> Kind:
    """The kind of a file. name: only consulted for plain text, which has no mark of its own."""
    if not data.strip(b"\x00\t\r\n "):
        return "empty"
    for head, kind in HEADS:
        if data.startswith(head):
            return kind
    if data[:4] == b"RIFF" and data[8:12] in RIFF:
        return RIFF[data[8:12]]
    if data[4:8] == b"ftyp":
        return _kind_of_brand(data[:12])
    if data.startswith(ASF):
        return "video" if ASF_PICTURES in data[:8192] else "audio"
    if data.startswith(OLE):
        return _ole_kind(data)
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zip_kind(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    return _text_kind(data, name)


def ending_finding(kind: Kind, name: str) -> Finding | None:
    """What to say when the name's ending is not that of the content; None when it fits or there is nothing to say."""
    ending = _ending(name)
    if kind not in ENDINGS or ending in ENDINGS[kind]:
        return None
    if not ending or ending not in {known for endings in ENDINGS.values() for known in endings}:
        return None
    message = f"“{name}”的扩展名是 .{ending}，内容却是{NAMES[kind]}，已按内容读取；请核对是否放错了文件。"
    return Finding("wrong_extension", message, severity="info")


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _kind_of_brand(head: bytes) -> Kind:
    """Of the family of MP4, to which pictures and sound belong too."""
    if head[4:12] in APPLE_PICTURES:
        return "heic"
    if head[8:12] in (b"avif", b"avis"):
        return "image"
    return "audio" if head[8:11] in (b"M4A", b"M4B") else "video"


def _ole_kind(data: bytes) -> Kind:
    for stream, kind in OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return kind
    return "unknown"


def _zip_kind(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
            if "mimetype" in names:
                with package.open("mimetype") as stream:
                    return _kind_of_open_document(stream.read(200))
    except BROKEN_ZIP:
        return _broken_zip_kind(data)
    if "word/document.xml" in names or ("[Content_Types].xml" in names and any(n.startswith("word/") for n in names)):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    return "slides" if "[Content_Types].xml" in names and any(n.startswith("ppt/") for n in names) else "zip"


def _kind_of_open_document(said: bytes) -> Kind:
    if b"opendocument.text" in said:
        return "odt"
    return "slides" if b"opendocument.presentation" in said else "zip"


def _broken_zip_kind(data: bytes) -> Kind:
    """A package whose directory is lost (a cut-off download) still shows its parts' names."""
    if b"word/" in data:
        return "docx"
    if b"ppt/slides/" in data:
        return "slides"
    return "xlsx" if b"xl/" in data else "zip"


def _text_kind(data: bytes, name: str) -> Kind:
    head = data[:4096].lstrip(b"\xef\xbb\xbf\r\n\t ")
    start = head[:512].lower()
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        return "html"
    if MAIL_HEADER.match(head) and (name.lower().endswith(".eml") or _mail_headers(head) >= 2):
        return "eml"
    if _is_text(data[:65536]):
        return "text"
    packets = data[: 5 * STREAM_PACKET : STREAM_PACKET]
    return "video" if packets == b"\x47" * 5 else "unknown"


def _mail_headers(head: bytes) -> int:
    return sum(bool(MAIL_HEADER.match(line)) for line in head.splitlines())


def _is_text(data: bytes) -> bool:
    """True for text in an encoding that an office's programs write."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if any(byte < 9 or 13 < byte < 27 for byte in data):
        return False
    return any(_decodes(data, encoding) for encoding in ("utf-8", "gb18030"))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data[: max(1, len(data) - 4)].decode(encoding)
    except UnicodeDecodeError as error:
        # The last character may be cut by the limit.
        return error.start >= len(data) - 8
    return True
