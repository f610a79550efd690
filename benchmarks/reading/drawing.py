"""A paper as Word: with tags as the template, or as a form somebody filled in, each place marked for later edits.

The marks (attributes of a namespace of our own) say which runs hold which field and which row is which entry; edits
move them along with what they mark, and `packed` takes them out.
"""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from html import escape
from itertools import takewhile

from lxml import etree

from benchmarks.reading.model import Cell, Line, Paper, Row, Slot, Table

Element = etree._Element
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARK = "{urn:gengang:benchmark}"
SLOT, ENTRY = f"{MARK}slot", f"{MARK}entry"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:g="urn:gengang:benchmark"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TWIPS_A_MM = 56.7
EMU_A_MM = 36_000


@dataclass(slots=True, eq=False)
class Drawn:
    """A document being drawn and edited: its parts' root elements and its pictures.

    parts: `document`, `header1`, `footer1`, `comments`; pictures: file name -> bytes.
    """

    parts: dict[str, Element]
    pictures: dict[str, bytes] = field(default_factory=dict)

    @property
    def body(self) -> Element:
        """The body of the document."""
        [body] = self.parts["document"]
        return body

    def copy(self) -> "Drawn":
        """Another one to edit."""
        return Drawn(deepcopy(self.parts), dict(self.pictures))


def parsed(xml: str) -> Element:
    """One element of WordprocessingML, its prefixes known."""
    [element] = etree.fromstring(f"<all {SPACES}>{xml}</all>")
    return element


def run(text: str, properties: str = "", slot: str = "") -> str:
    """A run; line feeds are breaks, form feeds those of a page. slot: the field it holds."""
    mark = f' g:slot="{slot}"' if slot else ""
    front = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    pieces = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(part) for part in text.split("\n"))
    pieces = pieces.replace("\f", '</w:t><w:br w:type="page"/><w:t xml:space="preserve">')
    return f'<w:r{mark}>{front}<w:t xml:space="preserve">{pieces}</w:t></w:r>'


def paragraph(runs: str, align: str = "left") -> str:
    """A paragraph of runs."""
    return f'<w:p><w:pPr><w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'


def face_of(line: Line) -> str:
    """Run properties of a line."""
    bold = "<w:b/>" if line.bold else ""
    fonts = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{line.font}"/>'
    return f'{fonts}{bold}<w:sz w:val="{round(line.size * 2)}"/>'


# --- the template ---


def template_of(paper: Paper) -> bytes:
    """The tagged .docx that an office would have made of the paper."""
    return packed(_document(paper, lambda line: paragraph(_tagged(line), line.align), _looped))


def _tagged(line: Line) -> str:
    return "".join(run(piece if isinstance(piece, str) else tag_of(piece), face_of(line)) for piece in line.pieces)


def tag_of(slot: Slot) -> str:
    """`{{ name | codec("a","b") }}`."""
    words = ",".join(f'"{word}"' for word in slot.options)
    item = f"{slot.loop}_item." if slot.loop else ""
    return f"{{{{ {item}{slot.name} | {slot.codec}{f'({words})' if words else ''} }}}}"


def _looped(row: Row, drawn: Callable[[Row], str]) -> str:
    if not row.of:
        return drawn(row)
    around = [_row_of_tag(row, text) for text in (f"{{%tr for {row.of}_item in {row.of} %}}", "{%tr endfor %}")]
    return around[0] + drawn(row) + around[1]


def _row_of_tag(row: Row, text: str) -> str:
    """A row that opens or ends a list: areas merged downwards from above run through it, as Word wants them to."""
    merged = list(takewhile(lambda cell: cell.merge == "continue", row.cells))
    rest = sum(cell.span for cell in row.cells[len(merged) :])
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{rest}"/></w:tcPr>{paragraph(run(text))}</w:tc>'
    return f"<w:tr>{''.join(_cell(one, lambda _: paragraph('')) for one in merged)}{cell}</w:tr>"


# --- the filled form ---


@dataclass(frozen=True, slots=True)
class Typed:
    """How one place was filled. paragraphs: what stands there, none where nothing does; picture: a PNG instead."""

    paragraphs: tuple[str, ...] = ()
    picture: bytes = b""


Filling = Callable[[Slot, int], Typed]  # slot, number of its entry from 0


def filled_of(paper: Paper, filling: Filling, entries: Mapping[str, int]) -> Drawn:
    """The form as somebody filled it in. entries: list -> how many rows were printed for it."""
    pictures: dict[str, bytes] = {}

    def lines(number: int) -> Callable[[Line], str]:
        return lambda line: _typed_line(line, filling, number, pictures)

    def rows(row: Row, drawn: Callable[[Row], str]) -> str:
        if not row.of:
            return drawn(row)
        return "".join(_row(row, lines(number), f"{row.of}#{number}") for number in range(entries[row.of]))

    return _document(paper, lines(0), rows, pictures)


def _typed_line(line: Line, filling: Filling, number: int, pictures: dict[str, bytes]) -> str:
    """A line with its places filled; a text of several paragraphs makes several of the line."""
    properties, runs, done = face_of(line), "", ""
    for piece in line.pieces:
        if isinstance(piece, str):
            runs += run(piece, properties)
            continue
        typed = filling(piece, number)
        if typed.picture:
            runs += picture_run(typed.picture, pictures, piece.name)
            continue
        first, *more = typed.paragraphs or ("",)
        runs += run(first, properties, piece.name)
        for text in more:
            done += paragraph(runs, line.align)
            runs = run(text, properties, piece.name)
    return done + paragraph(runs, line.align)


def picture_run(data: bytes, pictures: dict[str, bytes], slot: str = "") -> str:
    """A run with a picture, which is added to the document's. slot: the field it answers."""
    mark = f' g:slot="{slot}"' if slot else ""
    name = f"image{len(pictures) + 1}.png"
    pictures[name] = data
    size = f'cx="{22 * EMU_A_MM}" cy="{30 * EMU_A_MM}"'
    picture = (
        '<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{name}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic>"
    )
    return (
        f'<w:r{mark}><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{len(pictures)}" name="Picture {len(pictures)}"/><a:graphic><a:graphicData '
        f'uri="http://schemas.openxmlformats.org/drawingml/2006/picture">{picture}</a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


# --- both ---


def _document(
    paper: Paper,
    line: Callable[[Line], str],
    rows: Callable[[Row, Callable[[Row], str]], str],
    pictures: dict[str, bytes] | None = None,
) -> Drawn:
    blocks = []
    for block in paper.blocks:
        if isinstance(block, Table):
            blocks.append(_table(block, "".join(rows(row, lambda one: _row(one, line)) for row in block.rows)))
        else:
            blocks.append(line(block))
    if isinstance(paper.blocks[-1], Table):
        blocks.append("<w:p/>")  # Word lets no table be the last of a body
    parts = {"document": f"<w:document><w:body>{''.join(blocks)}{_section(paper)}</w:body></w:document>"}
    for name, tag, lines in (("header1", "hdr", paper.header), ("footer1", "ftr", paper.footer)):
        if lines:
            parts[name] = f"<w:{tag}>{''.join(map(line, lines))}</w:{tag}>"
    return Drawn({name: parsed(xml) for name, xml in parts.items()}, pictures if pictures is not None else {})


def _section(paper: Paper) -> str:
    named = (("header", paper.header), ("footer", paper.footer))
    marks = "".join(f'<w:{kind}Reference w:type="default" r:id="{kind}1"/>' for kind, lines in named if lines)
    short, long = (round(side * TWIPS_A_MM) for side in paper.size)
    wide, tall = (long, short) if paper.wide else (short, long)
    turned = ' w:orient="landscape"' if paper.wide else ""
    margins = 'w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"'
    return f'<w:sectPr>{marks}<w:pgSz w:w="{wide}" w:h="{tall}"{turned}/><w:pgMar {margins}/></w:sectPr>'


def _table(table: Table, rows: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{round(width * TWIPS_A_MM)}"/>' for width in table.widths)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)
    wide = round(sum(table.widths) * TWIPS_A_MM)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{wide}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _row(row: Row, line: Callable[[Line], str], entry: str = "") -> str:
    mark = f' g:entry="{entry}"' if entry else ""
    properties = "<w:cantSplit/>" if row.whole else ""
    properties += f'<w:trHeight w:val="{round(row.height * TWIPS_A_MM)}"/>'
    properties += "<w:tblHeader/>" if row.head else ""
    return f"<w:tr{mark}><w:trPr>{properties}</w:trPr>{''.join(_cell(cell, line) for cell in row.cells)}</w:tr>"


def _cell(cell: Cell, line: Callable[[Line], str]) -> str:
    properties = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    properties += {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[cell.merge]
    properties += '<w:textDirection w:val="tbRlV"/>' if cell.upright else ""
    inside = "".join(map(line, cell.lines))
    return f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="{"top" if cell.top else "center"}"/></w:tcPr>{inside}</w:tc>'


# --- the package ---

_TYPES = {"header": "header", "footer": "footer", "comments": "comments"}
_STYLES = (
    f'<w:styles {SPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="宋体" '
    'w:hAnsi="Times New Roman"/><w:sz w:val="21"/><w:lang w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>'
)


def packed(drawn: Drawn) -> bytes:
    """The .docx without marks; equal documents give equal bytes."""
    others = [name for name in drawn.parts if name != "document"]
    relations = [(name, _TYPES[name.rstrip("0123456789")], f"{name}.xml") for name in others]
    relations += [("styles", "styles", "styles.xml")]
    relations += [(name, "image", f"media/{name}") for name in drawn.pictures]
    files: dict[str, bytes] = {
        "[Content_Types].xml": _types(others).encode(),
        "_rels/.rels": _relations([("rId1", "officeDocument", "word/document.xml")]).encode(),
        "word/_rels/document.xml.rels": _relations(relations).encode(),
        "word/styles.xml": _STYLES.encode(),
        **{f"word/{name}.xml": _unmarked(part) for name, part in drawn.parts.items()},
        **{f"word/media/{name}": data for name, data in drawn.pictures.items()},
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, data)
    return target.getvalue()


def _unmarked(part: Element) -> bytes:
    clean = deepcopy(part)
    for element in clean.iter():
        for name in [name for name in element.attrib if str(name).startswith(MARK)]:
            del element.attrib[name]
    etree.cleanup_namespaces(clean, keep_ns_prefixes=["w", "r", "mc", "w14", "wp", "wps", "v"])
    data: bytes = etree.tostring(clean, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def _types(others: Iterable[str]) -> str:
    parts = [("document", "document.main"), ("styles", "styles")]
    parts += [(name, _TYPES[name.rstrip("0123456789")]) for name in others]
    overrides = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_CONTENT}.{kind}+xml"/>'
                        for name, kind in parts)  # fmt: skip
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f"{overrides}</Types>"
    )


def _relations(targets: Sequence[tuple[str, str, str]]) -> str:
    lines = "".join(f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
                    for key, kind, target in targets)  # fmt: skip
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'
    )
