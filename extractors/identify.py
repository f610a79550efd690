"""What kind of file some bytes are, by their content; the name is only a hint and may lie."""

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Literal

from extractors.archive import BROKEN_ZIP, has_too_many_entries
from extractors.archiveheads import is_volume
from extractors.outlook import PROPERTIES, streams_at_root
from extractors.tnef import SIGNATURE
from gengang.findings import Finding
from gengang.sheet import Medium

Kind = Literal[
    "docx", "doc", "rtf", "odt", "wps", "xlsx", "xls", "xml-sheet", "ods", "slides", "pdf", "ofd", "image", "video",
    "audio", "eml", "msg", "tnef", "zip", "rar", "7z", "tar", "gz", "split", "html", "text", "empty",
    "encrypted-office", "unknown",
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
    (b"\x1f\x8b\x08", "gz"),
    (b"PK\x07\x08", "split"),
    (b"\x1a\x45\xdf\xa3", "video"),  # .mkv, .webm
    (b"FLV\x01", "video"),
    (b".RMF", "video"),
    (b"\x00\x00\x01\xba", "video"),  # .mpg
    (b"\x00\x00\x01\xb3", "video"),
    (b"ID3\x02", "audio"),
    (b"ID3\x03", "audio"),
    (b"ID3\x04", "audio"),
    (b"OggS", "audio"),
    (b"fLaC", "audio"),
    (b"#!AMR", "audio"),
    (b"\xff\xfb", "audio"),  # .mp3 without a title, as the next two
    (b"\xff\xf3", "audio"),
    (b"\xff\xfa", "audio"),
    (b"\xff\xf1", "audio"),  # .aac
    (SIGNATURE, "tnef"),
)
RIFF: Mapping[bytes, Kind] = {b"WEBP": "image", b"AVI ": "video", b"WAVE": "audio"}
# The brand that a file of boxes begins with; of the many others all are videos.
BRANDS: Mapping[bytes, Kind] = {
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1", b"avif", b"avis"), "image"),
    **dict.fromkeys((b"M4A ", b"M4B "), "audio"),
}
VIDEO_BOXES = (b"moov", b"mdat", b"wide")  # of an old QuickTime file, which states no brand
ASF = b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"  # .wmv and .wma; only the first names a picture stream at its head
ASF_PICTURES = b"\xc0\xef\x19\xbc\x4d\x5b\xcf\x11\xa8\xfd\x00\x80\x5f\x5c\x44\x2b"
TRANSPORT_PACKET = 188  # bytes of an MPEG transport stream that begin alike
TAR_MARK = slice(257, 262)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# The beginning of a property's name is what a damaged message still shows.
OLE_STREAMS: tuple[tuple[str, Kind], ...] = (
    ("EncryptedPackage", "encrypted-office"),
    (PROPERTIES, "msg"),
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
# What a web system exports without <html>.
PART_OF_PAGE = re.compile(rb"<(?:table|meta|style|head|body|div|h[1-6]|p|center|form|span|br)[\s>]")
VIDEO_ENDINGS = (
    "mp4", "mov", "m4v", "avi", "wmv", "asf", "mkv", "webm", "flv", "3gp", "mpg", "mpeg", "rmvb", "rm", "ts", "mts",
)  # fmt: skip
ENDINGS: Mapping[Kind, tuple[str, ...]] = {
    "docx": ("docx", "docm", "dotx"),
    "doc": ("doc", "dot", "wps"),
    "rtf": ("rtf", "doc"),
    "odt": ("odt",),
    "wps": ("wps", "doc"),
    "xlsx": ("xlsx", "xlsm", "et"),
    "xls": ("xls", "et"),
    "xml-sheet": ("xml", "xls"),
    "ods": ("ods",),
    "pdf": ("pdf",),
    "image": ("jpg", "jpeg", "jpe", "jfif", "png", "tif", "tiff", "bmp", "webp", "gif", "heic", "heif"),
    "slides": ("ppt", "pptx", "pps", "ppsx", "pptm", "pot", "dps", "odp"),
    "ofd": ("ofd",),
    "video": VIDEO_ENDINGS,
    "audio": ("mp3", "wav", "m4a", "aac", "amr", "wma", "ogg", "flac"),
    "eml": ("eml",),
    "msg": ("msg",),
    "tnef": ("dat",),
    "zip": ("zip",),
    "rar": ("rar",),
    "7z": ("7z",),
    "tar": ("tar",),
    "gz": ("gz", "tgz"),
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
    "xml-sheet": "XML 电子表格",
    "ods": "ODS 电子表格",
    "pdf": "PDF",
    "image": "图片",
    "slides": "演示文稿（PPT）",
    "ofd": "OFD 版式文件",
    "video": "视频",
    "audio": "录音",
    "eml": "邮件（.eml）",
    "msg": "Outlook 邮件（.msg）",
    "tnef": "Outlook 附件包（winmail.dat）",
    "zip": "ZIP 压缩包",
    "rar": "RAR 压缩包",
    "7z": "7z 压缩包",
    "tar": "TAR 压缩包",
    "gz": "GZ 压缩包",
    "html": "网页",
}
MEDIA: Mapping[Kind, Medium] = {
    "pdf": "pdf",
    "image": "scan",
    "ofd": "pdf",
    "xlsx": "sheet",
    "xls": "sheet",
    "xml-sheet": "sheet",
    "ods": "sheet",
    "eml": "mail",
    "msg": "mail",
    "tnef": "mail",
    "zip": "archive",
    "rar": "archive",
    "7z": "archive",
    "tar": "archive",
    "gz": "archive",
    "split": "archive",
}


def medium_of(kind: Kind) -> Medium:
    """What to call a file that gave no submission."""
    return MEDIA.get(kind, "word")


def medium_named(name: str) -> Medium:
    """The same where nobody could look into the file."""
    ending = _ending(name)
    return next((medium_of(kind) for kind, endings in ENDINGS.items() if ending in endings), "word")


def kind_of(data: bytes, name: str) -> Kind:
    """The kind of a file. name: only consulted for plain text and volumes, which have no mark of their own."""
    kind = _whole_kind(data, name)
    return "split" if is_volume(data, name, kind) else kind


def _whole_kind(data: bytes, name: str) -> Kind:
    if not data.strip(b"\x00\t\r\n "):
        return "empty"
    for head, kind in HEADS:
        if data.startswith(head):
            return kind
    if data[:4] == b"RIFF" and data[8:12] in RIFF:
        return RIFF[data[8:12]]
    if data[4:8] == b"ftyp":
        return BRANDS.get(data[8:12], "video")
    if data.startswith(ASF):
        return "video" if ASF_PICTURES in data[:8192] else "audio"
    if data[4:8] in VIDEO_BOXES:
        return "video"
    if data[TAR_MARK] == b"ustar":
        return "tar"
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


def _ole_kind(data: bytes) -> Kind:
    """A message may carry every other kind, and a document a message: which it is, its own directory says.

    Where that is damaged or names no kind, any name in it is taken, in UTF-16 as names are, wherever in the file it is.
    """
    own = streams_at_root(data)
    told = [kind for stream, kind in OLE_STREAMS if own is not None and stream.lower() in own]
    if told:
        return told[0]
    kinds = (pair for pair in OLE_STREAMS if own is None or pair[1] != "msg")
    return next((kind for stream, kind in kinds if stream.encode("utf-16-le") in data), "unknown")


def _zip_kind(data: bytes) -> Kind:
    if has_too_many_entries(data):
        return "zip"
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
            if "mimetype" in names:
                with package.open("mimetype") as stream:
                    return _open_document_kind(stream.read(200))
    except BROKEN_ZIP:
        return _broken_zip_kind(data)
    if "word/document.xml" in names or ("[Content_Types].xml" in names and any(n.startswith("word/") for n in names)):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "[Content_Types].xml" in names and any(name.startswith("ppt/") for name in names):
        return "slides"
    return "ofd" if "OFD.xml" in names else "zip"


def _open_document_kind(stated: bytes) -> Kind:
    kinds: tuple[tuple[bytes, Kind], ...] = ((b"text", "odt"), (b"presentation", "slides"), (b"spreadsheet", "ods"))
    return next((kind for word, kind in kinds if b"opendocument." + word in stated), "zip")


def _broken_zip_kind(data: bytes) -> Kind:
    """A package whose directory is lost (a cut-off download) still shows its parts' names."""
    if b"word/" in data:
        return "docx"
    if b"ppt/slides/" in data:
        return "slides"
    return "xlsx" if b"xl/" in data else "zip"


def _text_kind(data: bytes, name: str) -> Kind:
    head = data[:4096].lstrip(b"\xef\xbb\xbf\r\n\t ")
    if MAIL_HEADER.match(head) and (name.lower().endswith(".eml") or _mail_headers(head) >= 2):
        return "eml"  # before the page that may stand in it
    start = head[:512].lower()
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        return "html"
    if start.startswith(b"<") and b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return "xml-sheet"
    if PART_OF_PAGE.match(start):
        return "html"
    if _is_text(data[:65536]):
        return "text"
    return "video" if data[: 5 * TRANSPORT_PACKET : TRANSPORT_PACKET] == b"GGGGG" else "unknown"


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
