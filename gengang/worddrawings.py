"""What is drawn in a Word file: pictures, text boxes, shapes, charts and embedded objects, and which words they show.

A picture is counted; one that may be a whole page is given with its bytes. It knows no forms and reads no picture.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from gengang.issued import MARK_NAME, Issued, mark_of_text
from gengang.sheet import Pasted
from gengang.wordpackage import Package, R, W
from gengang.wordtext import MC, chosen

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_BOX = f"{W}txbxContent"
_PICTURE_PROGRAMS = ("paint", "pbrush", "staticmetafile", "staticdib", "photoshop", "msphotoed", "picture", "imaging")
_EMU_A_CENTIMETRE = 360_000
_LEAST_SIDE_CM, _LEAST_AREA_CM2 = 5.0, 100.0
_LEAST_BYTES = 20_000  # of a picture whose printed size is not told
_LENGTH = re.compile(r"(?<![\w-])(width|height)\s*:\s*(\d*\.?\d+)\s*(pt|in|cm|mm|px)?")
_CM_OF = {"pt": 2.54 / 72, "in": 2.54, "cm": 1.0, "mm": 0.1, "px": 2.54 / 96, "": 2.54 / 72}


Spot = Literal["here", "near", "away"]


@dataclass(frozen=True, slots=True)
class Box:
    """A text box. spot: where it is drawn, as told from its anchor; low: it is no higher than two lines."""

    content: etree._Element
    spot: Spot = "away"
    low: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """What one drawing shows. boxes: text boxes; words: other words; objects: things without words or pictures."""

    boxes: tuple[Box, ...] = ()
    words: tuple[str, ...] = ()
    pictures: int = 0
    floating: int = 0
    objects: int = 0
    pasted: tuple[Pasted, ...] = ()
    issued: Issued | None = None


def drawn_in(node: etree._Element, package: Package, part: str) -> Drawn:
    """What a `w:drawing`, `w:pict` or `w:object` of this part shows."""
    named = list(node.iter(f"{_WP}docPr"))
    marks = [mark for one in named if (mark := mark_of_text(one.get("descr", "")))]
    if marks or any(one.get("name", "").startswith(MARK_NAME) for one in named):
        return Drawn(issued=next((mark.issued for mark in marks), None))
    shown = list(_shown(node))
    contents = [one for one in shown if one.tag == _BOX]
    spot = _spot_of(node, shown) if len(contents) == 1 else "away"
    size = _size_of(shown)
    boxes = tuple(Box(one, spot, size is not None and size[1] <= _TWO_LINES_CM) for one in contents)
    words = tuple(text for one in shown if (text := _words_of(one, package, part)))
    pictures, objects = _pictures_and_objects(shown, bool(boxes or words))
    floating = pictures if _floats(node, shown) else 0
    return Drawn(boxes, words, pictures, floating, objects, tuple(_pasted(shown, package, part)) if pictures else ())


def _pictures_and_objects(shown: list[etree._Element], says_something: bool) -> tuple[int, int]:
    """How many pictures are drawn, and how many other things; a drawing of nothing known counts as a picture."""
    others = _embedded(shown)
    pictures = max(0, sum(one.tag in (f"{_A}blip", f"{_V}imagedata") for one in shown) - others)
    ruled = any(one.get(f"{_O}hr") is not None for one in shown)
    if not (says_something or pictures or others):
        shapes = any(one.tag in _SHAPES and one.get(f"{_O}hr") is None for one in shown)
        pictures, others = (0, 1) if shapes else (int(not ruled), 0)
    return pictures, others + any(one.tag in (f"{_C}chart", _DIAGRAM) for one in shown)


_SHAPES = frozenset(
    {f"{_V}{name}" for name in ("shape", "rect", "oval", "line", "polyline", "roundrect", "arc", "curve")}
    | {f"{_A}prstGeom", f"{_A}custGeom", f"{_C}chart", _DIAGRAM}
)


def _shown(node: etree._Element) -> Iterator[etree._Element]:
    """Everything drawn, outermost first: not inside text boxes, and of alternatives the one that Word shows."""
    for child in node:
        if child.tag == f"{MC}AlternateContent":
            yield from _shown(chosen(child))
        else:
            yield child
            if child.tag != _BOX:
                yield from _shown(child)


def _embedded(shown: list[etree._Element]) -> int:
    """How many files are embedded; each shows a picture of itself, and only one of a picture program is a picture."""
    programs = [one.get("ProgID", "").lower() for one in shown if one.tag == f"{_O}OLEObject"]
    programs += ["control" for one in shown if one.tag == f"{W}control"]
    return sum(not name.startswith(_PICTURE_PROGRAMS) for name in programs)


def _floats(node: etree._Element, shown: list[etree._Element]) -> bool:
    if node.tag == f"{W}drawing":
        return any(one.tag == f"{_WP}anchor" for one in shown)
    return any("position:absolute" in one.get("style", "").replace(" ", "") for one in shown)


# --- where a text box lies ---

_TWO_LINES_CM, _HERE_CM, _NEAR_CM = 1.2, 0.5, (3.0, 1.0)
_LOCAL = frozenset({"column", "character", "paragraph", "line", ""})
# mso-wrap-distance-left says how far other text keeps away, not where the box lies.
_OFFSET = re.compile(r"(?<![\w-])(margin-left|margin-top|left|top)\s*:\s*(-?\d*\.?\d+)\s*(pt|in|cm|mm|px)?")
_RELATIVE = re.compile(r"mso-position-(?:horizontal|vertical)-relative\s*:\s*([\w-]+)")


def _spot_of(node: etree._Element, shown: list[etree._Element]) -> Spot:
    """Whether the one box of a drawing lies where it is anchored, close by, or anywhere on the page."""
    if any(one.tag == f"{_WP}inline" for one in shown):
        return "here"
    anchor = next((one for one in shown if one.tag == f"{_WP}anchor"), None)
    across, down = _offsets_drawn(anchor) if anchor is not None else _offsets_styled(node)
    if max(abs(across), abs(down)) <= _HERE_CM:
        return "here"
    return "near" if -1 <= across <= _NEAR_CM[0] and -_HERE_CM <= down <= _NEAR_CM[1] else "away"


_AWAY = (99.0, 99.0)


def _offsets_drawn(anchor: etree._Element) -> tuple[float, float]:
    """Offsets in centimetres from the anchor; far away for a place told from the page."""
    found = []
    for name in ("positionH", "positionV"):
        position = anchor.find(f"{_WP}{name}")
        offset = None if position is None else position.find(f"{_WP}posOffset")
        if position is None or position.get("relativeFrom", "") not in _LOCAL:
            return _AWAY
        text = "0" if offset is None else (offset.text or "").strip()
        found.append(int(text) / _EMU_A_CENTIMETRE if re.fullmatch(r"-?\d+", text, re.ASCII) else 99.0)
    return found[0], found[1]


def _offsets_styled(node: etree._Element) -> tuple[float, float]:
    style = next((one.get("style", "") for one in node.iter() if one.tag in _SHAPES and one.get("style")), "")
    if not set(_RELATIVE.findall(style)) <= (_LOCAL | {"text"}) or not style:
        return _AWAY
    told = {name.removeprefix("margin-"): float(length) * _CM_OF[unit] for name, length, unit in _OFFSET.findall(style)}
    return told.get("left", 0.0), told.get("top", 0.0)


# --- words ---


def _words_of(one: etree._Element, package: Package, part: str) -> str:
    """The words of a drawn line of letters, of a shape of another program, of a chart or a diagram."""
    if one.tag == f"{_V}textpath":
        return one.get("string", "").strip()
    if one.tag == f"{_A}txBody" or one.tag.endswith("}txBody"):
        return _lettered(one)
    relation = one.get(f"{R}id") if one.tag == f"{_C}chart" else one.get(f"{R}dm") if one.tag == _DIAGRAM else None
    related = package.related(part).get(relation or "")
    if related is None or not package.holds(related.target):
        return ""
    return _lettered(package.part(related.target).root)


def _lettered(root: etree._Element) -> str:
    paragraphs = ("".join(text.text or "" for text in one.iter(f"{_A}t")).strip() for one in root.iter(f"{_A}p"))
    values = (text for one in root.iter(f"{_C}v") if (text := (one.text or "").strip()))
    return " ".join([*filter(None, paragraphs), *values])


# --- pictures as large as a page ---


def _pasted(shown: list[etree._Element], package: Package, part: str) -> Iterator[Pasted]:
    size = _size_of(shown)
    if size is not None and not _is_large(*size):
        return
    for one in shown:
        name = {f"{_A}blip": f"{R}embed", f"{_V}imagedata": f"{R}id"}.get(one.tag)
        related = package.related(part).get(one.get(name, "")) if name else None
        if related is None or not package.holds(related.target):
            continue
        if size is None and package.file.getinfo(related.target).file_size < _LEAST_BYTES:
            continue
        data = package.picture(related.target)
        if data is not None:
            yield Pasted(data, _crop_of(one), _turned(one))


def _is_large(width: float, height: float) -> bool:
    return min(width, height) >= _LEAST_SIDE_CM and width * height >= _LEAST_AREA_CM2


def _size_of(shown: list[etree._Element]) -> tuple[float, float] | None:
    """Printed width and height in centimetres, None where they are not told."""
    for one in shown:
        if one.tag == f"{_WP}extent":
            across, down = one.get("cx", ""), one.get("cy", "")
            if across.isdigit() and down.isdigit():
                return int(across) / _EMU_A_CENTIMETRE, int(down) / _EMU_A_CENTIMETRE
        sides = {name: float(length) * _CM_OF[unit] for name, length, unit in _LENGTH.findall(one.get("style", ""))}
        if len(sides) == 2 and one.tag in _SHAPES:
            return sides["width"], sides["height"]
    return None


def _crop_of(blip: etree._Element) -> tuple[float, float, float, float]:
    """The part of the picture that is shown."""
    parent = blip.getparent()
    cut = None if parent is None else parent.find(f"{_A}srcRect")
    if cut is None:
        left, top, right, bottom = (_share(blip.get(f"crop{side}", "0")) for side in ("left", "top", "right", "bottom"))
    else:
        left, top, right, bottom = (_thousandths(cut.get(side, "0")) for side in "ltrb")
    return max(0.0, left), max(0.0, top), min(1.0, 1 - right), min(1.0, 1 - bottom)


def _turned(blip: etree._Element) -> float:
    shape = next((one.find(f".//{_A}xfrm") for one in blip.iterancestors() if one.tag.endswith("}pic")), None)
    turn = "0" if shape is None else shape.get("rot", "0")
    return int(turn) / 60_000 if turn.lstrip("-").isdigit() else 0.0


def _thousandths(text: str) -> float:
    return int(text) / 100_000 if text.lstrip("-").isdigit() else 0.0


def _share(text: str) -> float:
    """VML's shares: `0.25`, or `16384f` in parts of 65,536."""
    number = text.removesuffix("f")
    if not re.fullmatch(r"-?\d*\.?\d+", number):
        return 0.0
    return float(number) / (65_536 if text.endswith("f") else 1)
