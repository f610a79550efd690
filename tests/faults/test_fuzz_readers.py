"""Each reader alone against what a generator makes up: a value, or what is wrong; nothing else is raised."""

import io
import os
import struct
import zlib
from contextlib import suppress
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from extractors.archive import MOST_BYTES, Room, contents_of_zip
from extractors.bitmap import Decoded, decoded
from extractors.leaves import unpacked
from extractors.mail import Mail, mail_of
from extractors.packed import contents_of_gz
from extractors.pdf import pages_of_pdf
from extractors.tables import readings_of_table
from gengang.findings import Finding
from gengang.wordxml import NotWordError, sheet_of_word
from tests.faults.damage import raw
from tests.faults.hostile import MEGABYTE, SHEETS, body, one_page, png, saved, word, workbook
from tests.unit.packing import zipped
from tests.unit.packing_archives import rar4, rar5, seven_zip, tarred
from tests.unit.prints import FORMS

SOAK = "GENGANG_SOAK" in os.environ
bounded = settings(max_examples=1_500 if SOAK else 25)
costly = settings(max_examples=200 if SOAK else 2)  # a program is started for each

# --- Word ---

ELEMENTS = (
    "tbl",
    "tr",
    "tc",
    "p",
    "r",
    "t",
    "sdt",
    "sdtContent",
    "ins",
    "del",
    "tcPr",
    "gridSpan",
    "vMerge",
    "txbxContent",
    "smartTag",
    "fldSimple",
    "hyperlink",
    "numPr",
    "sym",
    "drawing",
    "altChunk",
    "sectPr",
    "pPr",
    "rPr",
    "tab",
    "br",
)
WORDS = ("姓名", "张三", "", "☑", "年月日", "&amp;", "{{ x }}", "{% for %}", "=1+1", "\u202e", "9" * 30)
ATTRIBUTES = (
    "",
    ' w:val="0"',
    ' w:val="-1"',
    ' w:val="99999999999"',
    ' w:val="restart"',
    ' w:id="x"',
    ' w:char="F0FE"',
)


def nested(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda name, attribute, inner: f"<w:{name}{attribute}>{''.join(inner)}</w:{name}>",
        st.sampled_from(ELEMENTS),
        st.sampled_from(ATTRIBUTES),
        st.lists(children, max_size=4),
    )


XML = st.recursive(st.sampled_from(WORDS).map(lambda text: f"<w:t>{text}</w:t>"), nested, max_leaves=40)


@bounded
@given(st.lists(XML, max_size=6))
def test_word(inner: list[str]) -> None:
    with suppress(NotWordError):  # which says what to do
        assert sheet_of_word(word(body("".join(inner)))).medium == "word"


# --- PDF ---

OPERATORS = (
    "BT",
    "ET",
    "Tf",
    "Td",
    "Tj",
    "TJ",
    "re",
    "m",
    "l",
    "S",
    "f",
    "q",
    "Q",
    "cm",
    "Do",
    "c",
    "W",
    "n",
    "Tm",
    "'",
    '"',
)
OPERANDS = (
    "0",
    "-1",
    "1e9",
    "99999999999",
    "/F",
    "(a)",
    "<0041>",
    "[",
    "]",
    "<<",
    ">>",
    "12",
    "595",
    "/X",
    "NaN",
    "(",
    ")",
)


@bounded
@given(
    st.lists(st.sampled_from((*OPERATORS, *OPERANDS * 2)), max_size=60), st.sampled_from(["", "/XObject<</X 6 0 R>>"])
)
def test_pdf(content: list[str], resources: str) -> None:
    found = pages_of_pdf(one_page(" ".join(content).encode(), resources, "<</Type/XObject>>"))
    assert isinstance(found, Finding) or len(found) == 1


# --- workbooks ---

CELLS = st.builds(
    lambda place, kind, inner: f"<c{place}{kind}>{inner}</c>",
    st.sampled_from(["", ' r="A1"', ' r="XFD1"', ' r="A0"', ' r="1A"', ' r="B2"']),
    st.sampled_from(["", ' t="s"', ' t="str"', ' t="b"', ' t="e"', ' t="d"', ' t="inlineStr"', ' s="99"']),
    st.sampled_from(
        [
            "<v>1</v>",
            "<v>-1</v>",
            "<v>x</v>",
            "<v>5.10322E+17</v>",
            "<f>A1</f>",
            "<f>1/0</f><v>#REF!</v>",
            "<v/>",
            "<is><t>姓名</t></is>",
            "<v>99999999999999999999</v>",
            "<v>NaN</v>",
            "",
        ]
    ),
)
ROWS = st.builds(
    lambda number, cells: f"<row{number}>{''.join(cells)}</row>",
    st.sampled_from(["", ' r="1"', ' r="0"', ' r="x"', ' r="1048576"', ' hidden="1"']),
    st.lists(CELLS, max_size=6),
)
AFTER = st.sampled_from(
    [
        "",
        '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
        '<mergeCells><mergeCell ref="x"/></mergeCells>',
        '<mergeCells><mergeCell ref="B2:A1"/></mergeCells>',
        f'<x xmlns="{SHEETS}"/>',
    ]
)


@bounded
@given(st.lists(ROWS, max_size=5), AFTER)
def test_sheet(rows: list[str], after: str) -> None:
    found = readings_of_table("xlsx", workbook("".join(rows), after), "a.xlsx", FORMS)
    assert found is not None
    assert found.readings or found.findings


# --- mail ---

LINES = st.sampled_from(
    [
        b"From: =?gbk?B?1cXI/Q==?= <a@example.cn>",
        b"Subject: =?utf-8?q?=E5?=",
        b"Content-Type: multipart/mixed; boundary=b",
        b"Content-Type: multipart/mixed",
        b"--b",
        b"--b--",
        b"",
        b"",
        b"Content-Type: message/rfc822",
        b"Content-Transfer-Encoding: base64",
        b"Content-Transfer-Encoding: uuencode",
        b"begin 644 a",
        b"QUJD",
        b"\xd5\xc5\xc8\xfd",
        b"Content-Disposition: attachment; filename*0*=gbk''%D5; filename*1=x",
        b'Content-Disposition: attachment; filename="\\',
        b"Content-Type: application/octet-stream; name=../../a.docx",
        b"Received: x; Mon, 99 Foo 9999 99:99:99 +9999",
        b":",
        b" x",
        b"Content-Type: text/plain; charset=utf-7",
        b"Content-Type: text/html; charset=\xff",
        b"\x00",
        b"Date: ",
        b"MIME-Version: 1.0",
    ]
)


@bounded
@given(st.lists(LINES, max_size=25))
def test_mail(lines: list[bytes]) -> None:
    mail = mail_of(b"\r\n".join(lines))
    assert isinstance(mail, Mail)
    assert mail.attachments or mail.findings


# --- archives ---

MEMBERS = {"张三.txt": b"x" * 300, "b/c.txt": b"", "d.bin": bytes(range(256))}
SAFE = Room()


@bounded
@given(st.integers(0, 1 << 32))
def test_zip_and_gz(seed: int) -> None:
    chance = Random(seed)
    found = contents_of_zip(raw(zipped(MEMBERS), chance), SAFE)
    assert found.members or found.findings
    assert sum(len(one.data) for one in found.members) <= MOST_BYTES
    packed = contents_of_gz(raw(tarred(MEMBERS, "w:gz"), chance), "a.tgz", SAFE)
    assert packed.members or packed.findings


@costly
@given(st.integers(0, 1 << 32))
def test_rar_7z_and_tar(seed: int) -> None:
    chance = Random(seed)
    for name, make in (("a.rar", rar4), ("b.rar", rar5), ("c.7z", seven_zip), ("d.tar", tarred)):
        inside = unpacked(name, raw(make(MEMBERS), chance))
        leaves, findings = inside.leaves, inside.findings
        assert leaves or findings
        held = [leaf.data for leaf in leaves if leaf.member]
        assert name == "d.tar" or all(data in MEMBERS.values() for data in held)  # a tar has no checksums


# --- pictures ---

PICTURES = {
    kind: saved(Image.new("RGB", (40, 60), "white"), kind) for kind in ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
}


@bounded
@given(st.sampled_from(sorted(PICTURES)), st.integers(0, 1 << 32))
def test_image(kind: str, seed: int) -> None:
    found = decoded(raw(PICTURES[kind], Random(seed)))
    assert isinstance(found, Decoded | Finding)
    if isinstance(found, Decoded):
        pages = [found.page(index) for index in range(found.count)]
        assert sum(page.nbytes for page in pages if page is not None) < 400 * MEGABYTE


@bounded
@given(
    width=st.integers(0, 1 << 31),
    height=st.integers(0, 1 << 31),
    kind=st.sampled_from([0, 2, 3, 6, 9]),
    bits=st.sampled_from([0, 1, 8, 16]),
)
def test_image_whose_header_lies(width: int, height: int, kind: int, bits: int) -> None:
    data = bytearray(png(40, 60))
    header = struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, 0)
    data[16:33] = header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    found = decoded(bytes(data))
    assert isinstance(found, Decoded | Finding)
    assert io.BytesIO(data).read(4) == b"\x89PNG"
