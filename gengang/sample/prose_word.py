"""A Word file of running text as a teacher types it: title, author line, paragraphs, signature; never a table."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape

Place = Literal["body", "title", "centre", "right", "head", "flush"]

_EPOCH = (1980, 1, 1, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@dataclass(frozen=True, slots=True)
class Typed:
    """A paragraph as it was typed.

    place: body is indented by two characters, head a bold heading, flush a line without indent; title, centre, right.
    """

    text: str
    place: Place = "body"


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody sets a page. face: of the text; points: its size; leading: of a line, in points, 0 for Word's own.

    spaces: whether the indent is typed as two full-width spaces instead of set.
    """

    face: str = "宋体"
    points: int = 12
    leading: int = 0
    spaces: bool = False


def typed_document(lines: Sequence[Typed], look: Look) -> bytes:
    """The .docx; equal lines and looks give equal bytes."""
    body = "".join(_paragraph(line, look) for line in lines)
    section = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1700" w:bottom="1440" ' \
        'w:left="1700" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'  # fmt: skip
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
        f'PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_MAIN}"><w:body>{body}{section}</w:body></w:document>',
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}'.encode())
    return made.getvalue()


def _paragraph(line: Typed, look: Look) -> str:
    spaces = look.spaces and line.place == "body"
    text = f"　　{line.text}" if spaces else line.text
    size = look.points * 2 + (8 if line.place == "title" else 0)
    face = "黑体" if line.place in ("title", "head") else look.face
    bold = "<w:b/>" if line.place in ("title", "head") else ""
    fonts = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{face}"/>'
    run = f'<w:r><w:rPr>{fonts}{bold}<w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    return f"<w:p><w:pPr>{''.join(_settings(line, look))}</w:pPr>{run}</w:p>"


def _settings(line: Typed, look: Look) -> Iterator[str]:
    """Paragraph properties in the order that the schema asks for."""
    if look.leading:
        yield f'<w:spacing w:line="{look.leading * 20}" w:lineRule="exact"/>'
    if line.place in ("body", "head") and not look.spaces:
        yield f'<w:ind w:firstLineChars="200" w:firstLine="{look.points * 40}"/>'
    if line.place in ("title", "centre"):
        yield '<w:jc w:val="center"/>'
    if line.place == "right":
        yield '<w:jc w:val="right"/>'
