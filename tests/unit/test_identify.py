"""Kinds are known by content, whatever the name says."""

import io

import pytest
from PIL import Image

from extractors.identify import ASF, ASF_PICTURES, Kind, ending_finding, kind_of
from tests.unit.outlook_files import Storage, ole_file
from tests.unit.packing import zipped
from tests.unit.packing_archives import rar4, rar5, seven_zip, tarred
from tests.unit.prints import docx_of


def package(*names: str) -> bytes:
    return zipped(dict.fromkeys(names, b"application/vnd.oasis.opendocument.text"))


def image(kind: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(data, kind)
    return data.getvalue()


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + stream.encode("utf-16-le") + bytes(500)


KINDS: list[tuple[Kind, bytes]] = [
    ("docx", docx_of("training_log")),
    ("docx", docx_of("training_log")[:9000]),
    ("pdf", b"%PDF-1.7\n%\xe2\xe3"),
    ("pdf", b"\n\n%PDF-1.4\n"),
    ("doc", ole("WordDocument")),
    ("wps", ole("WpsContent")),
    ("xls", ole("Workbook")),
    ("msg", ole("__substg1.0_0037001F")),
    ("encrypted-office", ole("EncryptedPackage")),
    ("unknown", ole("Something")),
    ("rtf", b"{\\rtf1\\ansi hello}"),
    ("odt", package("mimetype", "content.xml")),
    ("xlsx", package("xl/workbook.xml", "[Content_Types].xml")),
    ("zip", package("a.txt")),
    ("rar", rar4({"a.txt": b"x"})),
    ("rar", rar5({"a.txt": b"x"})),
    ("rar", b"Rar!\x1a\x07\x01\x00"),
    ("7z", b"7z\xbc\xaf\x27\x1crest"),
    ("image", image("PNG")),
    ("image", image("JPEG")),
    ("image", image("TIFF")),
    ("image", image("BMP")),
    ("image", image("WEBP")),
    ("image", image("GIF")),
    ("slides", package("ppt/presentation.xml", "ppt/slides/slide1.xml", "[Content_Types].xml")),
    ("slides", package("ppt/presentation.xml", "ppt/slides/slide1.xml", "[Content_Types].xml")[:-40]),
    ("slides", zipped({"mimetype": b"application/vnd.oasis.opendocument.presentation"})),
    ("slides", ole("PowerPoint Document")),
    ("doc", ole("WordDocument") + "PowerPoint Document".encode("utf-16-le")),
    ("slides", ole("PowerPoint Document") + "Workbook".encode("utf-16-le")),
    ("zip", package("ppt/notes.txt")),
    ("video", b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2"),
    ("video", b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  "),
    ("video", b"RIFF\x24\x00\x00\x00AVI LIST"),
    ("video", b"\x1a\x45\xdf\xa3\x9fB\x86\x81"),
    ("video", ASF + bytes(60) + ASF_PICTURES + bytes(90)),
    ("video", (b"\x47" + bytes(187)) * 6),
    ("audio", ASF + bytes(200)),
    ("audio", b"\x00\x00\x00\x20ftypM4A \x00\x00\x02\x00"),
    ("audio", b"RIFF\x24\x00\x00\x00WAVEfmt "),
    ("audio", b"ID3\x03\x00\x00"),
    ("audio", b"\xff\xfb\x90\x44" + bytes(40)),
    ("text", "\ufeff中文文字".encode("utf-16-le")),
    ("text", b"G" * 2000),
    ("image", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"),
    ("slides", package("ppt/presentation.xml", "[Content_Types].xml")),
    ("ofd", package("OFD.xml", "Doc_0/Document.xml")),
    ("video", b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00"),
    ("video", b"\x00\x00\x00\x08wide\x00\x01\x00\x00mdat"),
    ("video", b"\x00\x00\x00\x18ftyp3gp4"),
    ("video", b"\x1a\x45\xdf\xa3\x01\x00\x00\x00"),
    ("video", b"FLV\x01\x05\x00"),
    ("video", b".RMF\x00\x00\x00\x12"),
    ("video", b"\x00\x00\x01\xba\x44\x00"),
    ("video", (b"G" + bytes(187)) * 6),
    ("audio", b"ID3\x04\x00"),
    ("audio", b"\xff\xfb\x90\x64\x00"),
    ("audio", b"\x00\x00\x00\x20ftypM4A \x00\x00"),
    ("audio", b"#!AMR\n\x3c"),
    ("tar", tarred({"a.txt": b"x"})),
    ("gz", tarred({"a.txt": b"x"}, "w:gz")),
    ("split", rar4({"a.txt": b"x"}, flags=1)),
    ("split", rar5({"a.txt": b"x"}, flags=1)),
    ("split", b"PK\x07\x08PK\x03\x04"),
    ("split", zipped({"a.txt": b"x"}).replace(b"PK\x05\x06\x00", b"PK\x05\x06\x02")),
    ("html", b"<!DOCTYPE html><html><body>x</body></html>"),
    ("eml", b"From: a@example.cn\r\nSubject: x\r\n\r\nbody"),
    ("text", "姓名，张三".encode("gbk")),
    ("empty", b""),
    ("empty", b"\x00" * 100),
    ("unknown", bytes(range(256)) * 4),
]


@pytest.mark.parametrize(("kind", "data"), KINDS)
def test_the_kind_is_that_of_the_content(kind: Kind, data: bytes) -> None:
    assert kind_of(data, "任意.dat") == kind


OLE_KINDS: list[tuple[Kind, Storage]] = [
    ("doc", {"WordDocument": b"a", "ObjectPool": {"_1": {"Workbook": b"b"}, "_2": {"PowerPoint Document": b"c"}}}),
    ("slides", {"PowerPoint Document": b"a", "_1": {"WordDocument": b"b"}, "_2": {"WpsContent": b"c"}}),
    ("xls", {"Workbook": b"a", "MBD01": {"WordDocument": b"b"}, "MBD02": {"EncryptedPackage": b"c"}}),
    ("xls", {"Book": b"a", "MBD01": {"PowerPoint Document": b"b"}}),
    ("wps", {"WpsContent": b"a", "_1": {"Workbook": b"b"}}),
    ("encrypted-office", {"EncryptedPackage": b"a", "EncryptionInfo": b"b"}),
    ("msg", {"__properties_version1.0": b"a", "__attach": {"WordDocument": b"b"}}),
    ("doc", {"worddocument": b"a"}),
    ("unknown", {"VisioDocument": b"a", "_1": {"__properties_version1.0": b"b"}}),
]


@pytest.mark.parametrize(("kind", "root"), OLE_KINDS)
def test_an_ole_file_is_what_its_own_directory_says_whatever_is_embedded_in_it(kind: Kind, root: Storage) -> None:
    assert kind_of(ole_file(root), "任意.dat") == kind


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.7z.001", seven_zip({"a.txt": bytes(500)})[:300]),
        ("a.7z.002", bytes(range(256))),
        ("a.z01", bytes(range(256))),
        ("a.zip.001", zipped({"a.txt": b"x"})[:40]),
        ("a.zip.002", bytes(range(256))),
        ("a.r00", bytes(range(256))),
    ],
)
def test_a_volume_without_a_mark_is_told_by_its_name(name: str, data: bytes) -> None:
    assert kind_of(data, name) == "split"
    assert kind_of(data, "a.dat") != "split"


def test_a_whole_archive_is_no_volume_whatever_its_name() -> None:
    assert kind_of(seven_zip({"a.txt": b"x"}), "a.7z.001") == "7z"
    assert kind_of(zipped({"a.txt": b"x"}), "a.zip.001") == "zip"


def test_a_lying_ending_is_told_with_both_kinds() -> None:
    finding = ending_finding("image", "张三.pdf")
    assert finding is not None
    assert finding.code == "wrong_extension"
    assert ".pdf" in finding.message
    assert "图片" in finding.message


@pytest.mark.parametrize(
    ("kind", "name"),
    [("docx", "张三.docx"), ("docx", "张三"), ("docx", "张三.docx.bak"), ("doc", "a.wps"), ("text", "a.doc")],
)
def test_a_fitting_or_unknown_ending_is_not_told(kind: Kind, name: str) -> None:
    assert ending_finding(kind, name) is None
