"""Where Word can keep a value besides the text of its cell: content controls, text boxes, nested tables (group D)."""

import re
from collections.abc import Sequence
from copy import deepcopy
from random import Random

from lxml import etree

from gengang.sample.habits_document import Document, Spot
from gengang.sample.habits_runs import Element, made, paragraph_like
from gengang.sample.habits_typing import HabitRow, in_place, wrapped
from gengang.wordxml import W

_W_ONLY = W[1:-1]
_IDENTITY = ("name", "trainee", "mentor", "id_number")


# --- content controls ---


def _control(document: Document, inside: Sequence[Element], *properties: Element) -> None:
    """A control takes the place of these elements and holds them."""
    number = 20160905 + sum(1 for _ in document.root.iter(f"{W}sdt"))
    content = made("sdtContent")
    wrapped(inside, made("sdt", made("sdtPr", made("id", val=str(number)), *properties), content), content)


def _control_inline(document: Document, spot: Spot, _rng: Random) -> bool:
    """What a form with fields to fill in leaves: a text, a list to choose from, a calendar."""
    kind = made("text")
    if spot.slot.type.codec == "choice":
        kind = made(
            "dropDownList", *(made("listItem", displayText=word, value=word) for word in spot.slot.type.options)
        )
    elif spot.slot.type.codec == "date":
        kind = made("date", made("dateFormat", val="yyyy年M月d日"), fullDate=f"{spot.value}T00:00:00Z")
    _control(document, spot.runs(), kind)
    return True


def _control_block(document: Document, spot: Spot, _rng: Random) -> bool:
    _control(document, [spot.line.paragraph])
    return True


def _control_cell(document: Document, spot: Spot, _rng: Random) -> bool:
    row, cell = document.cell_of(spot)
    if not row.pattern.table or cell.element.getparent() is not row.element:
        return False
    _control(document, [cell.element])
    return True


def _control_row(document: Document, spot: Spot, _rng: Random) -> bool:
    row, _ = document.cell_of(spot)
    parent = row.element.getparent()
    if not row.pattern.table or parent is None or parent.tag != f"{W}tbl":
        return False
    _control(document, [row.element])
    return True


def _control_untouched(document: Document, spot: Spot, _rng: Random) -> bool:
    """A control that nobody typed in still shows its prompt."""
    if spot.slot.name in _IDENTITY or document.twins(spot):
        return False
    spot.write("单击或点击此处输入文字。")
    _control(document, spot.runs(), made("showingPlcHdr"), made("text"))
    document.values[spot.key] = None
    return True


# --- boxes and tables inside ---

_BOX = """<w:r xmlns:w="{w}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><mc:AlternateContent>
<mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">
<wp:extent cx="{cx}" cy="230000"/><wp:docPr id="{number}" name="文本框 {number}"/><wp:cNvGraphicFramePr/><a:graphic>
<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="230000"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></wps:spPr><wps:txbx><w:txbxContent/></wps:txbx>
<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0"/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>
</mc:Choice><mc:Fallback><w:pict><v:shape style="width:{points}pt;height:18pt"><v:textbox inset="0,0,0,0">
<w:txbxContent/></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


def _text_box(document: Document, spot: Spot, _rng: Random) -> bool:
    """Words that would not go into the cell were laid over it."""
    if "\n" in spot.text or len(spot.text) > 20:
        return False
    text, width = spot.text, 12 * (len(spot.text) + 1)
    number = 100 + sum(1 for _ in document.root.iter("{*}docPr"))
    xml = re.sub(r">\n+", ">", _BOX).format(w=_W_ONLY, cx=12700 * width, points=width, number=number)
    box = etree.fromstring(xml)
    for content in box.iter(f"{W}txbxContent"):
        content.append(paragraph_like(spot.line.paragraph, text))
    spot.write("")
    spot.runs()[0].addnext(box)
    return True


def _nested_table(document: Document, spot: Spot, _rng: Random) -> bool:
    row, cell = document.cell_of(spot)
    if not row.pattern.table or cell.lone is not spot:
        return False
    inner = made("tc", made("tcPr", made("tcW", w="1200", type="dxa")), deepcopy(spot.line.paragraph))
    table = made("tbl", made("tblPr", made("tblW", w="0", type="auto")), made("tblGrid", made("gridCol", w="1200")),
                 made("tr", inner))  # fmt: skip
    spot.write("")
    spot.line.paragraph.addprevious(table)
    return True


def _smart_tag(_document: Document, spot: Spot, _rng: Random) -> bool:
    """Old Word marks what looks like a date."""
    uri = "urn:schemas-microsoft-com:office:smarttags"
    tag = made("smartTag", uri=uri, element="chsdate")
    wrapped(spot.runs(), tag, tag)
    return True


CONTROLS: tuple[HabitRow, ...] = (
    ("D07", "control_inline", "harmless", in_place(_control_inline)),
    ("D07", "control_block", "harmless", in_place(_control_block)),
    ("D07", "control_cell", "harmless", in_place(_control_cell)),
    ("D07", "control_row", "harmless", in_place(_control_row)),
    ("D07", "text_box", "harmless", in_place(_text_box, "text", "date", "count", "phone", "id_number", "month")),
    ("D07", "nested_table", "harmless", in_place(_nested_table)),
    ("D07", "smart_tag", "harmless", in_place(_smart_tag, "date", "month", "period")),
    ("D11", "control_untouched", "typed", in_place(_control_untouched, "text", "prose", "date")),
)
