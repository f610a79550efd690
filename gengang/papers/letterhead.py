"""What makes a draft an issued 公文: the red head with its 发文字号 above, the 版记 at the foot of the last page.

Both by GB/T 9704, and both only where a person gave the number: an office may own pre-printed red paper, and a draft
bears neither.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from gengang.papers.words import chinese_date

_RED = "FF0000"
_MM = 1440 / 25.4  # twips
_TEXT_MM = 156.0
_LINE = 579  # twips: 22 lines of these fill the type area
_HIGHEST_POINTS = 48.0
_FACES = {"title": "方正小标宋简体", "text": "仿宋_GB2312"}
_SECTION = re.compile(r"<w:sectPr(?:(?!<w:sectPr).)*</w:sectPr>\s*</w:body>|<w:sectPr[^>]*/>\s*</w:body>", re.DOTALL)
_NUMBER = re.compile(
    r"(?P<word>[\u4e00-\u9fff]{1,12}?)\s*[\[〔［(（【]\s*(?P<year>\d{4})\s*[\]〕］)）】]\s*第?\s*0*(?P<number>[1-9]\d*)\s*号?"
)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """issuer: the authority by its full name; number: as 安教体〔2016〕12号; copies_to: 抄送, empty for nobody.

    printed_by: 印发机关; printed_on: 印发日期.
    """

    issuer: str
    number: str
    printed_by: str
    printed_on: date
    copies_to: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """What it prints, each of which must be seen on the print."""
        copies = (f"抄送：{self.copies_to}。",) if self.copies_to else ()
        return (f"{self.issuer}文件", self.number, *copies, self.printed_by, f"{chinese_date(self.printed_on)}印发")


def letter_number(text: str) -> str | None:
    """A 发文字号 as the standard writes it: year whole and in 〔〕, no 第, no zero before; None where it is none."""
    found = _NUMBER.fullmatch(text.strip())
    return f"{found['word']}〔{found['year']}〕{found['number']}号" if found else None


def with_letterhead(docx: bytes, letterhead: Letterhead) -> bytes:
    """The .docx with red head and 版记. Equal arguments give equal bytes."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for info in source.infolist():
            data = source.read(info.filename)
            if info.filename == "word/document.xml":
                data = _headed(data.decode("utf-8"), letterhead).encode()
            target.writestr(info, data)
    return packed.getvalue()


def _headed(xml: str, letterhead: Letterhead) -> str:
    start = xml.index(">", xml.index("<w:body")) + 1
    end = section.start() if (section := _SECTION.search(xml)) else xml.index("</w:body>")
    return f"{xml[:start]}{_head(letterhead)}{xml[start:end]}{_foot(letterhead)}{xml[end:]}"


def _head(one: Letterhead) -> str:
    """The mark 35 mm below the top of the type area, two lines, the number, and 4 mm below it a red rule."""
    name, number_text, *_ = one.words
    points = min(_HIGHEST_POINTS, _TEXT_MM / 25.4 * 72 / len(name))
    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="11" w:color="{_RED}"/></w:pBdr>'
    mark = _paragraph(name, "title", points, before=35 * _MM, line=points * 24, colour=_RED)
    number = _paragraph(number_text, "text", 16, before=2 * _LINE, line=_LINE, extra=rule)
    return mark + number + _paragraph("", "text", 16, line=_LINE)


def _foot(one: Letterhead) -> str:
    """Lines over the whole type area at its foot: a thick one above and below, a thin one between.

    In a text box: LibreOffice 7.4 moves neither a frame nor a table as wide as the text to the foot of the page.
    """
    *copies, by, day = one.words[2:]
    rows = [*copies, f"{by}\t{day}"]
    last = len(rows) - 1
    lines = "".join(_foot_line(text, place == 0, place == last) for place, text in enumerate(rows))
    return f'<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr><w:r>{_box(lines, len(rows))}</w:r></w:p>'


def _foot_line(text: str, first: bool, last: bool) -> str:
    above = '<w:top w:val="single" w:sz="8" w:space="1" w:color="000000"/>' if first else ""
    below = f'<w:bottom w:val="single" w:sz="{8 if last else 6}" w:space="1" w:color="000000"/>'
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{round(_TEXT_MM * _MM) - 280}"/></w:tabs>'
    # The rules are as wide as the paragraph: what stands a character in from them is text alone.
    said = f"\u3000{text}\u3000" if "\t" not in text else f"\u3000{text}"
    return _paragraph(said, "text", 14, line=_FOOT_LINE, extra=f"<w:pBdr>{above}{below}</w:pBdr>{tab}", align="left")


def _box(lines: str, count: int) -> str:
    wide, high = round(_TEXT_MM * 36_000), round((count * _FOOT_LINE + 120) * 635)
    places = "".join(
        f'<wp:position{side} relativeFrom="margin"><wp:align>{align}</wp:align></wp:position{side}>'
        for side, align in (("H", "left"), ("V", "bottom"))
    )
    return (
        f'<w:drawing {_DRAWING}><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
        f'{places}<wp:extent cx="{wide}" cy="{high}"/><wp:wrapTopAndBottom/><wp:docPr id="9001" name="imprint"/>'
        "<wp:cNvGraphicFramePr/><a:graphic><a:graphicData "
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        f'<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{lines}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0"/></wps:wsp></a:graphicData></a:graphic></wp:anchor>'
        "</w:drawing>"
    )


_FOOT_LINE = 480
_DRAWING = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def _paragraph(
    text: str, face: str, points: float, before: float = 0, line: float = 0, extra: str = "", indent: str = "",
    align: str = "center", colour: str = "",
) -> str:  # fmt: skip
    """line, before: in twips; extra: properties before the spacing."""
    font = _FACES[face]
    said = escape(text).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    painted = f'<w:color w:val="{colour}"/>' if colour else ""
    size = round(points * 2)
    run = (
        f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:hint="eastAsia"/>{painted}'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr><w:t xml:space="preserve">{said}</w:t></w:r>'
    )
    return (
        f'<w:p><w:pPr>{extra}<w:spacing w:before="{round(before)}" w:after="0" w:line="{round(line)}" '
        f'w:lineRule="exact"/>{indent}<w:jc w:val="{align}"/></w:pPr>{run if text else ""}</w:p>'
    )
