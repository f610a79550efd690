"""What a Chinese office paper looks like in WordprocessingML: pages, lines, ruled tables with merged cells.

Draws the first version of a template; afterwards the .docx is the truth and staff edit it in Word. Knows no form.
One module of over 300 lines, so that a further form needs one import and a table of cells.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section, _Footer
from docx.shared import Mm

TITLE_FACE = "方正小标宋简体"
BODY_FACE = "仿宋_GB2312"
KAI_FACE = "楷体_GB2312"
LABEL_FACE = "黑体"
LATIN_FACE = "Times New Roman"

Align = Literal["left", "center", "right", "both"]
Merge = Literal["", "restart", "continue"]

# Codecs of fields that many forms share.
GENDER = 'choice("男","女")'
STAGE = 'choice("小学","初中")'

# Room for a pen: a name of three characters is some 20 mm wide by hand.
SIGNATURE_GAP = "　　　　　　"

SIGNED_MM = 64.0

_TWIPS_PER_MM = 1440 / 25.4
_UNUSED_PARTS = frozenset({"stylesWithEffects", "thumbnail", "customXml", "numbering", "webSettings"})
_FIXED_TIME = (2016, 9, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. text: `‹…›` is written on a ruled blank, a line feed breaks the line. Sizes and spaces in points.

    leading: line height in points; exact: whether it is that much always. indent: first line, in characters, negative
    where the others stand further in; apart: points more between letters.
    """

    text: str = ""
    size: float = 12
    face: str = BODY_FACE
    align: Align = "left"
    before: float = 0
    after: float = 0
    leading: float = 0
    exact: bool = False
    indent: float = 0
    apart: float = 0
    left_mm: float = 0
    right_mm: float = 0
    bold: bool = False
    colour: str = ""
    tabs_mm: tuple[float, ...] = ()
    keep_next: bool = False
    page_break: bool = False

    @property
    def latin(self) -> str:
        """The face of figures and Latin letters: running text has Times, headings their own."""
        return LATIN_FACE if self.face in (BODY_FACE, KAI_FACE) else self.face


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a ruled row. merge: place in a vertical merge."""

    width_mm: float
    lines: tuple[Line, ...]
    stand: Literal["top", "center", "bottom"] = "center"
    merge: Merge = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that grows with its text. height_mm: at least; heading: on every page; splits: a page may end in it."""

    cells: tuple[Cell, ...]
    height_mm: float
    heading: bool = False
    splits: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its printed label and its tag without the loop variable."""

    label: str
    width_mm: float
    tag: str
    align: Align = "center"


@dataclass(frozen=True, slots=True)
class Page:
    """Paper in millimetres. margins: top, right, bottom, left; backdrop: a PNG of the whole sheet, or empty."""

    width: float = 210
    height: float = 297
    margins: tuple[float, float, float, float] = (18, 20, 18, 20)
    footer: str = ""
    official_numbers: bool = False
    backdrop: bytes = b""

    @property
    def inner_width(self) -> float:
        """Millimetres between the side margins."""
        return self.width - self.margins[1] - self.margins[3]


A4 = Page()
# A form's top margin leaves room for the page mark in the corner.
PORTRAIT = replace(A4, margins=(22, 20, 18, 20))
A4_LANDSCAPE = Page(width=297, height=210, margins=(14, 14, 13, 14))


def title(text: str) -> Line:
    """The paper's name, centred; the first printed line, since readers know a form by it."""
    return Line(text, 18, TITLE_FACE, "center", before=2, after=8)


def kept_by(*keepers: str) -> Line:
    """Under the title, which of several copies this one is."""
    words = ",".join(f'"{keeper}"' for keeper in keepers)
    return Line(f"本份：{{{{ keeper | choice({words}) }}}}", 10.5, align="right", after=3)


# --- words on a form ---------------------------------------------------------------------------------------------


def tag(text: str) -> str:
    """`name | text` as the tag that prints and reads it."""
    return "{{ " + text + " }}"


def label(text: str, width_mm: float, size: float = 10.5) -> Cell:
    """A printed label, centred."""
    return Cell(width_mm, (Line(text, size, LABEL_FACE, "center"),))


def vertical(text: str, width_mm: float, hint: str = "", size: float = 12) -> Cell:
    """A label of one character a line; hint: small print under it."""
    letters = Line("\n".join(text), size, LABEL_FACE, "center", leading=size * 1.4)
    return Cell(width_mm, (letters, Line(hint, 9, BODY_FACE, "center", before=4)) if hint else (letters,))


def value(text: str, width_mm: float, size: float = 10.5, align: Align = "center") -> Cell:
    """A cell to fill in; text: a tag's inside."""
    return Cell(width_mm, (Line(tag(text), size, align=align),))


def boxes(text: str, width_mm: float, size: float = 10.5) -> Cell:
    """A cell of tick boxes; one face for both scripts, or the boxes come in two sizes."""
    return Cell(width_mm, (Line(tag(text), size, "宋体", "center"),))


def printed(text: str, width_mm: float, size: float = 10.5, align: Align = "left") -> Cell:
    """A cell of printed text with tags in it."""
    parts = text.split("\n")
    leading = size * 1.6 if len(parts) > 1 else 0
    inset = 0.0 if align == "center" else 1.5
    lines = (Line(part, size, align=align, leading=leading, left_mm=inset, right_mm=inset) for part in parts)
    return Cell(width_mm, tuple(lines))


def opinion(field: str, signed: Sequence[str], width_mm: float, size: float = 12) -> Cell:
    """An opinion block: prose, then lines at the lower right for signature, seal and date."""
    prose = Line(
        tag(field), size, align="both", indent=2, leading=size * 1.5, exact=True, after=14, left_mm=1.5, right_mm=1.5
    )
    return Cell(width_mm, (prose, *signed_lines(signed)), stand="bottom")


def signed_lines(texts: Sequence[str], before: float = 4) -> tuple[Line, ...]:
    """Lines for signature, seal and date, at the right, clear of the border; before: points above the first.

    A seal of 42 mm is pressed over the date: such lines stand so far from the borders that it has room.
    """
    last = len(texts) - 1
    sealed = any("盖章" in text for text in texts)
    below, beside = (22, 8) if sealed else (5, 3)
    return tuple(
        Line(
            text, 10.5, align="right", before=4 if place else before, after=below if place == last else 0,
            right_mm=beside,
        )
        for place, text in enumerate(texts)
    )  # fmt: skip


def judged(field: str, who_and_when: Sequence[str], width_mm: float) -> Cell:
    """An opinion over lines that begin at one place at the lower right: who signs, then the seal and the date."""
    cell = opinion(field, (), width_mm)
    return replace(cell, lines=(*cell.lines, *block_lines(who_and_when, width_mm)))


def block_lines(texts: Sequence[str], width_mm: float) -> tuple[Line, ...]:
    """The lines of a signed block, which all begin at one place at the right of a cell."""
    left = max(5.0, width_mm - SIGNED_MM)
    return tuple(replace(line, align="left", left_mm=left, right_mm=0) for line in signed_lines(texts))


def free_text(field: str, width_mm: float) -> Cell:
    """A tall cell of prose, from the top."""
    return Cell(
        width_mm,
        (
            Line(
                "{{ " + field + " }}",
                12,
                align="both",
                indent=2,
                leading=20,
                exact=True,
                before=3,
                after=5,
                left_mm=1.5,
                right_mm=1.5,
            ),
        ),
        "top",
    )


def signed(role: str, signature: str, day: str) -> str:
    """`签名：` with the tags of a signature and its date."""
    return f"{role}：{{{{ {signature} | text }}}}{SIGNATURE_GAP}{{{{ {day} | date }}}}"


def note(text: str) -> Line:
    """Small print under the table: copies, keepers, how to fill in."""
    return Line(text, 9, BODY_FACE, before=3, leading=13)


def list_rows(loop: str, columns: Sequence[Column], head_mm: float, row_mm: float, size: float) -> tuple[Row, ...]:
    """Heading row, loop row, item row and end row of a list. loop: `lesson in lessons`."""
    item = loop.split(maxsplit=1)[0]
    whole = sum(column.width_mm for column in columns)
    heads = tuple(Cell(column.width_mm, (Line(column.label, size, LABEL_FACE, "center"),)) for column in columns)
    items = tuple(value(f"{item}.{column.tag}", column.width_mm, size, column.align) for column in columns)
    return (
        Row(heads, head_mm, heading=True),
        Row((Cell(whole, (Line(f"{{%tr for {loop} %}}", 9),)),), 5),
        Row(items, row_mm),
        Row((Cell(whole, (Line("{%tr endfor %}", 9),)),), 5),
    )


# --- a document --------------------------------------------------------------------------------------------------


def new_document(page: Page) -> Document:
    """An empty document of one section with the page's paper and footer."""
    document = docx.Document()
    document.element.body.remove_all("w:p")
    _set_normal_style(document)
    _drop_unused(document)
    _set_compatibility(document)
    section = document.sections[0]
    _set_paper(section, page)
    if page.backdrop:
        _add_backdrop(section, page)
    if page.footer:
        _replace_paragraph(section.footer._element, _parsed(_footer_xml(page)))
    if page.official_numbers:
        _number_outside(document, section)
    return document


def add_lines(document: Document, lines: Iterable[Line]) -> None:
    """Paragraphs at the end of the document."""
    for line in lines:
        _append(document, line_xml(line))


def add_controlled(document: Document, line: Line, control: str) -> None:
    """A paragraph in a content control at the end of the document. control: its tag, by which readers know it."""
    content = f"<w:sdtContent>{line_xml(line)}</w:sdtContent>"
    # LibreOffice 7.4 loses the face of the first words of a control that is no building block.
    kind = '<w:docPartObj><w:docPartGallery w:val="AutoText"/></w:docPartObj>'
    _append(document, f'<w:sdt><w:sdtPr><w:tag w:val="{control}"/>{kind}</w:sdtPr>{content}</w:sdt>')


def add_table(
    document: Document, rows: Sequence[Row], ruled: bool = True, beside_mm: float = 1, above_mm: float = 0.5
) -> None:
    """A centred table of fixed widths at the end of the document. beside_mm, above_mm: between a rule and the text."""
    _append(document, table_xml(rows, ruled, beside_mm, above_mm))


def save(document: Document, path: Path) -> None:
    """Write the document with fixed times, so that drawing it again gives the same bytes."""
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "", path.stem, ""
    drawn = io.BytesIO()
    document.save(drawn)
    with zipfile.ZipFile(drawn) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))


# --- XML ---------------------------------------------------------------------------------------------------------


def line_xml(line: Line) -> str:
    """A `w:p` element."""
    runs = "".join(_run_xml(line, text, ruled) for text, ruled in _ruled_parts(line.text))
    return f"<w:p>{_paragraph_properties(line)}{runs}</w:p>"


def table_xml(rows: Sequence[Row], ruled: bool = True, beside_mm: float = 1, above_mm: float = 0.5) -> str:
    """A `w:tbl` element; the grid is the union of all cell edges, spans follow from it."""
    edges = sorted({edge for row in rows for edge in _edges(row)})
    widths = [right - left for left, right in zip([0, *edges], edges, strict=False)]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(_row_xml(row, edges) for row in rows)
    clear = dict(zip(_SIDES, (_twips(above_mm), _twips(beside_mm)) * 2, strict=True))
    padding = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in clear.items())
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{edges[-1]}" w:type="dxa"/><w:jc w:val="center"/>'
        f'{_borders_xml() if ruled else ""}<w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{padding}</w:tblCellMar>"
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"
    )


def _edges(row: Row) -> list[int]:
    return [_twips(edge) for edge in accumulate(cell.width_mm for cell in row.cells)]


def _row_xml(row: Row, edges: Sequence[int]) -> str:
    whole = "" if row.splits else "<w:cantSplit/>"
    heading = "<w:tblHeader/>" if row.heading else ""
    height = f'<w:trHeight w:val="{_twips(row.height_mm)}" w:hRule="atLeast"/>' if row.height_mm else ""
    rights = _edges(row)
    cells = "".join(
        _cell_xml(cell, right - left, edges.index(right) - (edges.index(left) if left else -1))
        for cell, left, right in zip(row.cells, [0, *rights], rights, strict=False)
    )
    return f"<w:tr><w:trPr>{whole}{height}{heading}</w:trPr>{cells}</w:tr>"


def _cell_xml(cell: Cell, width: int, span: int) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
    lines = "".join(line_xml(line) for line in cell.lines)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{merged}'
        f'<w:vAlign w:val="{cell.stand}"/></w:tcPr>{lines}</w:tc>'
    )


def _borders_xml() -> str:
    outer = "".join(f'<w:{side} w:val="single" w:sz="8" w:space="0" w:color="000000"/>' for side in _SIDES)
    inner = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in _INSIDES)
    return f"<w:tblBorders>{outer}{inner}</w:tblBorders>"


_SIDES = ("top", "left", "bottom", "right")
_INSIDES = ("insideH", "insideV")


def _paragraph_properties(line: Line) -> str:
    tabs = "".join(f'<w:tab w:val="right" w:pos="{_twips(place)}"/>' for place in line.tabs_mm)
    rule = "exact" if line.exact else "atLeast"
    leading = f' w:line="{round(line.leading * 20)}" w:lineRule="{rule}"' if line.leading else ""
    kind, deep = ("firstLine", line.indent) if line.indent >= 0 else ("hanging", -line.indent)
    first = f' w:{kind}Chars="{round(deep * 100)}" w:{kind}="{round(deep * (line.size + line.apart) * 20)}"'
    return (
        "<w:pPr>"
        + ("<w:keepNext/>" if line.keep_next else "")
        + ("<w:pageBreakBefore/>" if line.page_break else "")
        + (f"<w:tabs>{tabs}</w:tabs>" if tabs else "")
        + f'<w:spacing w:before="{round(line.before * 20)}" w:after="{round(line.after * 20)}"{leading}/>'
        + f'<w:ind w:left="{_twips(line.left_mm)}" w:right="{_twips(line.right_mm)}"{first if line.indent else ""}/>'
        + f'<w:jc w:val="{line.align}"/></w:pPr>'
    )


def _ruled_parts(text: str) -> list[tuple[str, bool]]:
    """`应到‹days›天` as (应到, no), (   days   , yes), (天, no)."""
    parts: list[tuple[str, bool]] = []
    for piece in text.split("‹"):
        inside, found, rest = piece.partition("›")
        parts += [(f"   {inside}   ", True), (rest, False)] if found else [(piece, False)]
    return [(part, ruled) for part, ruled in parts if part]


def _run_xml(line: Line, text: str, ruled: bool = False) -> str:
    return f"<w:r>{_run_properties(line, ruled)}{_text_xml(text)}</w:r>"


def _text_xml(text: str) -> str:
    broken = escape(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    tabbed = broken.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:t xml:space="preserve">{tabbed}</w:t>'


def _run_properties(line: Line, ruled: bool) -> str:
    return (
        f'<w:rPr><w:rFonts w:ascii="{line.latin}" w:hAnsi="{line.latin}" w:eastAsia="{line.face}" w:hint="eastAsia"/>'
        + ("<w:b/>" if line.bold else "")
        + (f'<w:color w:val="{line.colour}"/>' if line.colour else "")
        + (f'<w:spacing w:val="{round(line.apart * 20)}"/>' if line.apart else "")
        + f'<w:sz w:val="{round(line.size * 2)}"/><w:szCs w:val="{round(line.size * 2)}"/>'
        + ('<w:u w:val="single"/>' if ruled else "")
        + "</w:rPr>"
    )


def _footer_xml(page: Page) -> str:
    line = Line(page.footer, 9, "宋体", tabs_mm=(page.inner_width,))
    start = _run_xml(line, f"{page.footer}\t第")
    middle = _field_xml(line, "PAGE") + _run_xml(line, "页 共") + _field_xml(line, "NUMPAGES") + _run_xml(line, "页")
    return f"<w:p>{_paragraph_properties(line)}{start}{middle}</w:p>"


def _number_outside(document: Document, section: Section) -> None:
    """Odd pages bear their number at the right, even ones at the left, a character from the edge."""
    document.settings.odd_and_even_pages_header_footer = True
    section.footer_distance = Mm(_NUMBER_MM)
    sides: tuple[tuple[_Footer, Align], ...] = ((section.footer, "right"), (section.even_page_footer, "left"))
    for footer, align in sides:
        footer.is_linked_to_previous = False
        _replace_paragraph(footer._element, _parsed(_official_number_xml(align)))


# The dash of the number stands 7 mm below the text where the bottom margin is 35 mm.
_NUMBER_MM = 25.0


def _official_number_xml(align: Align) -> str:
    line = Line("", 14, "宋体", align, left_mm=4.9, right_mm=4.9, leading=16, exact=True)
    number = _run_xml(line, "— ") + _field_xml(line, "PAGE") + _run_xml(line, " —")
    return f"<w:p>{_paragraph_properties(line)}{number}</w:p>"


def _field_xml(line: Line, name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} ">{_run_xml(line, "1")}</w:fldSimple>'


def _set_paper(section: Section, page: Page) -> None:
    top, right, bottom, left = page.margins
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.top_margin, section.right_margin = Mm(top), Mm(right)
    section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
    section.header_distance, section.footer_distance = Mm(min(9, top)), Mm(min(8, bottom))
    properties = section._sectPr
    if page.width > page.height:
        section.orientation = WD_ORIENT.LANDSCAPE
    for grid in properties.findall(qn("w:docGrid")):
        properties.remove(grid)


def _add_backdrop(section: Section, page: Page) -> None:
    """The picture stands in the header, behind the text, so that nobody moves it while typing."""
    relation, _ = section.header.part.get_or_add_image(io.BytesIO(page.backdrop))
    wide, high = (Mm(length) for length in (page.width, page.height))
    place = '<wp:position{0} relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:position{0}>'
    drawing = (
        f"<w:p {nsdecls('w', 'wp', 'a', 'pic', 'r')}><w:r><w:drawing>"
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" '
        'behindDoc="1" locked="1" layoutInCell="1" allowOverlap="1">'
        f'<wp:simplePos x="0" y="0"/>{place.format("H")}{place.format("V")}<wp:extent cx="{wide}" cy="{high}"/>'
        '<wp:wrapNone/><wp:docPr id="1" name="frame"/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="1" name="frame"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:anchor></w:drawing></w:r></w:p>"
    )
    _replace_paragraph(section.header._element, parse_xml(drawing))


def _set_normal_style(document: Document) -> None:
    """Office papers print 2016年9月5日 without the gaps that Word puts beside figures; LibreOffice keeps them."""
    style = document.styles["Normal"].element
    style.get_or_add_pPr().extend([_parsed('<w:autoSpaceDE w:val="0"/>'), _parsed('<w:autoSpaceDN w:val="0"/>')])
    properties = style.get_or_add_rPr()
    for old in list(properties):
        properties.remove(old)
    line = replace(Line(), size=12)
    for new in _parsed(f"<w:r>{_run_properties(line, ruled=False)}</w:r>")[0]:
        properties.append(new)
    properties.append(_parsed('<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'))


def _set_compatibility(document: Document) -> None:
    """Rule blanks at the end of a line too, and do not stretch a justified line that the writer broke."""
    compat = document.settings.element.find(qn("w:compat"))
    for place, name in enumerate(("ulTrailSpace", "doNotExpandShiftReturn")):
        if compat is not None and compat.find(qn(f"w:{name}")) is None:
            compat.insert(place, _parsed(f"<w:{name}/>"))


def _drop_unused(document: Document) -> None:
    """Styles, effects and a preview picture that come with an empty document: 0.8 MB to pack again for every paper."""
    styles = document.styles.element
    for style in [*styles.findall(qn("w:style")), *styles.findall(qn("w:latentStyles"))]:
        if style.get(qn("w:default")) != "1":
            styles.remove(style)
    for owner in (document.part.rels, document.part.package.rels):
        for key in [key for key, relation in owner.items() if relation.reltype.rsplit("/", 1)[-1] in _UNUSED_PARTS]:
            del owner[key]


def _replace_paragraph(part: BaseOxmlElement, paragraph: BaseOxmlElement) -> None:
    for old in part.findall(qn("w:p")):
        part.remove(old)
    part.append(paragraph)


def _append(document: Document, xml: str) -> None:
    document.element.body.insert_element_before(_parsed(xml), "w:sectPr")


def _parsed(xml: str) -> BaseOxmlElement:
    """One element; the namespace declarations are put into its start tag."""
    end = min(place for place in (xml.find(">"), xml.find("/>"), xml.find(" ")) if place > 0)
    element: BaseOxmlElement = parse_xml(f"{xml[:end]} {nsdecls('w')}{xml[end:]}")
    return element


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS_PER_MM)
