"""A small language for Word files in tests: paragraphs, cells, rows and tables as WordprocessingML, packed as .docx."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import PurePosixPath

from extractors.fields import readings_of_sheet
from gengang.form import Form
from gengang.reading import FieldReading, ListReading, Reading
from gengang.template import form_of
from gengang.wordxml import sheet_of_word
from tests.unit.packing import part_replaced

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def run(text: str, properties: str = "") -> str:
    """A run; a line feed in the text is a break."""
    pieces = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(part) for part in text.split("\n"))
    front = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{front}<w:t xml:space="preserve">{pieces}</w:t></w:r>'


def p(*content: str) -> str:
    """A paragraph of runs; plain text becomes one run."""
    return f"<w:p>{''.join(part if part.startswith(('<w:', '<mc:')) else run(part) for part in content)}</w:p>"


def tc(*blocks: str, span: int = 1, merge: str = "") -> str:
    """A cell of paragraphs or other blocks; plain text becomes a paragraph."""
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    inside = "".join(block if block.startswith("<w:") or block.startswith("<mc:") else p(block) for block in blocks)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside or p()}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row; plain text becomes a cell."""
    front = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{front}{''.join(cell if cell.startswith('<w:') else tc(cell) for cell in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def sdt(content: str, properties: str = "") -> str:
    """A content control around blocks, rows, cells or runs."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


Parts = Mapping[str, tuple[str, bytes | str]]


def docx(*blocks: str, header: str = "", footer: str = "", parts: Parts | None = None) -> bytes:
    """A .docx of these blocks; plain text becomes a paragraph.

    parts: name inside `word/` -> the kind of its relation and its content; the id of the relation is its stem.
    """
    body = "".join(block if block.startswith(("<w:", "<mc:")) else p(block) for block in blocks)
    others = {kind: xml for kind, xml in (("header", header), ("footer", footer)) if xml}
    more = parts or {}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _types(others))
        package.writestr("_rels/.rels", _relations([("officeDocument", "word/document.xml")]))
        related = [(kind, f"{kind}1.xml") for kind in others] + [(kind, name) for name, (kind, _) in more.items()]
        package.writestr("word/_rels/document.xml.rels", _relations(related))
        package.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>")
        for kind, xml in others.items():
            tag = "w:hdr" if kind == "header" else "w:ftr"
            package.writestr(f"word/{kind}1.xml", f"<{tag} {SPACES}>{xml}</{tag}>")
        for name, (_, content) in more.items():
            package.writestr(f"word/{name}", content)
    return packed.getvalue()


def _types(others: Sequence[str] | dict[str, str]) -> str:
    parts = [("document", "document.main"), *((f"{kind}1", kind) for kind in others)]
    overrides = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_CONTENT}.{kind}+xml"/>'
                        for name, kind in parts)  # fmt: skip
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    lines = "".join(f'<Relationship Id="{PurePosixPath(target).stem}" Type="{_RELATION}/{kind}" Target="{target}"/>'
                    for kind, target in targets)  # fmt: skip
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'
    )


# --- reading ---


EDGES = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0"/>' for edge in
                ("top", "left", "bottom", "right", "insideH", "insideV"))  # fmt: skip
RULED = f'<w:tblPr><w:tblW w:w="9000" w:type="dxa"/><w:tblBorders>{EDGES}</w:tblBorders></w:tblPr>'


def ruled(*rows: str) -> str:
    """A table with lines around its cells."""
    return tbl(*rows).replace("<w:tblPr/>", RULED)


def form_with(*blocks: str, header: str = "", footer: str = "") -> Form:
    """The form of a template of these blocks; it must be usable."""
    form = form_of(docx(*blocks, header=header, footer=footer), "foreign")
    assert form.usable, form.faults
    return form


def read(form: Form, *blocks: str, header: str = "", footer: str = "") -> Reading:
    """The one reading of a filled form of these blocks."""
    [reading] = readings_of_sheet(sheet_of_word(docx(*blocks, header=header, footer=footer)), [form]).readings
    return reading


def told(reading: Reading) -> dict[str, object]:
    """Each field: its value if accepted, otherwise its status with the proposal; a list: its rows, or status + rows."""
    return {name: told_rows(found) if isinstance(found, ListReading) else told_field(found)
            for name, found in reading.fields.items()}  # fmt: skip


def told_field(found: FieldReading) -> object:
    """The value of an accepted field, `…` with the proposal in a review, otherwise the status in brackets."""
    if found.status == "accepted":
        return found.value
    return f"?{found.value}" if found.status == "review" else f"[{found.status}]"


def told_rows(found: ListReading) -> object:
    """The rows of an accepted list; `(status, rows)` of any other."""
    rows = [{column: told_field(cell) for column, cell in row.items()} for row in found.rows]
    return rows if found.status == "accepted" else (f"[{found.status}]", rows)


def codes(reading: Reading) -> set[str]:
    """The codes of a reading's findings."""
    return {finding.code for finding in reading.findings}


def replaced_in_word(data: bytes, changes: Mapping[str, str]) -> bytes:
    """A Word file with words of its body replaced, as an office edits its template."""
    return part_replaced(data, "word/document.xml", lambda part: _replaced(part, changes))


def _replaced(part: bytes, changes: Mapping[str, str]) -> bytes:
    for was, now in changes.items():
        assert was.encode() in part, was
        part = part.replace(was.encode(), now.encode())
    return part
