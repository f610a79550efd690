"""Fillable PDF: its form fields as values with their places, whatever their appearance shows.

Knows the file's form objects, not what a page or a template says. A field's value is what its filler entered; the
appearance is a picture of it that may be missing or out of date.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from typing import Any, Literal

import pikepdf

from extractors.layout import Rect

Kind = Literal["text", "tick", "signature"]

MOST_FIELDS = 20_000
DEEPEST = 32

# Bits of a field's and an annotation's flags (PDF 32000-1, tables 165, 221, 226, 228).
HIDDEN, NO_VIEW = 1 << 1, 1 << 5
MULTILINE, COMB, PUSHBUTTON = 1 << 12, 1 << 24, 1 << 16

_TAG_OF_PARAGRAPH = re.compile(r"</p\s*>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_INDEX = re.compile(r"\[\d+\]\Z")


@dataclass(frozen=True, slots=True)
class Widget:
    """A field where it stands on a page.

    page: from 1; rect: in points of the upright page from its top left; name: full, with dots.
    text: what was entered, paragraphs joined by line feeds, ☑ or □ of a tick, empty when nothing was.
    says: for a tick the word it stands for in the file; slots: how many letters a comb has, 0 without one.
    doubt: the file itself does not agree on what was entered.
    """

    page: int
    rect: Rect
    name: str
    kind: Kind
    text: str
    says: str = ""
    slots: int = 0
    doubt: bool = False

    @property
    def own_name(self) -> str:
        """The last part of its name, without a number in brackets."""
        return _INDEX.sub("", self.name.rpartition(".")[2])


def is_dynamic(pdf: pikepdf.Pdf) -> bool:
    """Whether the file is an XFA form that only one program can draw: its pages say nothing."""
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary) or "/XFA" not in form:
        return False
    fields = form.get("/Fields")
    return bool(pdf.Root.get("/NeedsRendering", False)) or not isinstance(fields, pikepdf.Array) or not len(fields)


def needs_appearances(pdf: pikepdf.Pdf) -> bool:
    """Whether the file says that its appearances are out of date and every viewer draws the values instead."""
    form = pdf.Root.get("/AcroForm")
    return isinstance(form, pikepdf.Dictionary) and bool(form.get("/NeedAppearances", False))


def widgets_of(pdf: pikepdf.Pdf) -> list[Widget]:
    """The fields that a viewer shows, page by page; buttons that only do something are none."""
    found: list[Widget] = []
    for number, page in enumerate(pdf.pages, 1):
        for annotation in _widgets_on(page):
            if len(found) >= MOST_FIELDS:
                return found
            widget = _widget(number, page, annotation)
            if widget is not None:
                found.append(widget)
    return found


def take_widgets_off(pdf: pikepdf.Pdf) -> None:
    """Leave the pages without their fields; other notes stay."""
    for page in pdf.pages:
        page.obj["/Annots"] = pikepdf.Array([one for one in page.obj.get("/Annots", ()) if not is_widget(one)])
    if "/AcroForm" in pdf.Root:
        del pdf.Root["/AcroForm"]


def _widgets_on(page: pikepdf.Page) -> Iterator[Any]:
    annotations = page.obj.get("/Annots")
    if isinstance(annotations, pikepdf.Array):
        yield from (one for one in annotations if is_widget(one))


def is_widget(annotation: object) -> bool:
    """Whether an annotation is the place of a form field."""
    return isinstance(annotation, pikepdf.Dictionary) and annotation.get("/Subtype") == pikepdf.Name.Widget


def _widget(number: int, page: pikepdf.Page, annotation: Any) -> Widget | None:
    rect = _rect_on(page, annotation.get("/Rect"))
    shown = not _integer(annotation.get("/F")) & (HIDDEN | NO_VIEW)
    kind, flags = _inherited(annotation, "/FT"), _integer(_inherited(annotation, "/Ff"))
    if rect is None or not shown or (kind == pikepdf.Name.Btn and flags & PUSHBUTTON):
        return None
    name = _name(annotation)
    if kind == pikepdf.Name.Sig:
        signed = _inherited(annotation, "/V") is not None
        return Widget(number, rect, name, "signature", "", "signed" if signed else "")
    if kind == pikepdf.Name.Btn:
        return _tick(number, rect, name, annotation)
    text, doubt = _entered(annotation)
    slots = _integer(_inherited(annotation, "/MaxLen")) if flags & COMB and not flags & MULTILINE else 0
    return Widget(number, rect, name, "text", text, "", slots, doubt)


# --- what was entered ---


def _tick(number: int, rect: Rect, name: str, annotation: Any) -> Widget:
    """On when its state is not Off; the field's value should name that state."""
    own = _own_state(annotation)
    state, value = annotation.get("/AS"), _inherited(annotation, "/V")
    shown = str(state).lstrip("/") if isinstance(state, pikepdf.Name) else ""
    named = str(value).lstrip("/") if isinstance(value, pikepdf.Name | pikepdf.String) else ""
    on = bool(shown) and shown != "Off" if state is not None else named == own != ""
    entered = named == own != "" if value is not None else on
    return Widget(number, rect, name, "tick", "☑" if entered or on else "□", _readable(own), 0, on != entered)


def _own_state(annotation: Any) -> str:
    """The name of its state that is not Off."""
    looks = annotation.get("/AP")
    normal = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
    names = [name.lstrip("/") for name, _ in normal.items()] if isinstance(normal, pikepdf.Dictionary) else []
    shown = annotation.get("/AS")
    own = next((name for name in names if name != "Off"), "")
    return own or (str(shown).lstrip("/") if isinstance(shown, pikepdf.Name) and shown != pikepdf.Name.Off else "")


def _entered(annotation: Any) -> tuple[str, bool]:
    """The text of a field, and whether the file says it twice and differently."""
    value = _inherited(annotation, "/V")
    plain = "\n".join(_text(one) for one in value) if isinstance(value, pikepdf.Array) else _text(value)
    chosen = _displayed(plain, _inherited(annotation, "/Opt")) if value is not None else plain
    rich = _without_tags(_text(_inherited(annotation, "/RV")))
    if not chosen.strip():
        return _lines(rich), False
    return _lines(chosen), bool(rich.strip()) and "".join(rich.split()) != "".join(chosen.split())


def _displayed(exported: str, options: object) -> str:
    """What a list shows for what it stores, line by line."""
    if not isinstance(options, pikepdf.Array):
        return exported
    shown = {_text(one[0]): _text(one[1]) for one in options if isinstance(one, pikepdf.Array) and len(one) > 1}
    return "\n".join(shown.get(line, line) for line in exported.split("\n"))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def _without_tags(rich: str) -> str:
    return unescape(_TAG.sub("", _TAG_OF_PARAGRAPH.sub("\n", rich)))


def _text(value: object) -> str:
    if isinstance(value, pikepdf.Stream):
        return _decoded(bytes(value.read_bytes()))
    if isinstance(value, pikepdf.String):
        return _decoded(bytes(value))
    return _readable(str(value).lstrip("/")) if isinstance(value, pikepdf.Name) else ""


def _decoded(data: bytes) -> str:
    """A text string: UTF-16 or UTF-8 with their marks, else PDF's own encoding; some programs write GB 18030 there."""
    if data.startswith((b"\xfe\xff", b"\xff\xfe")):
        return data.decode("utf-16", "replace").lstrip("\ufeff")
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    if any(byte > 0x7F for byte in data):
        for encoding in ("utf-8", "gb18030"):
            with suppress(UnicodeDecodeError):
                return data.decode(encoding)
    return str(pikepdf.String(data))


def _readable(name: str) -> str:
    """A name that was written as bytes of some encoding."""
    try:
        return _decoded(name.encode("latin-1"))
    except UnicodeEncodeError:
        return name


# --- objects ---


def _inherited(annotation: Any, key: str) -> Any:
    """What the field or one of its parents says."""
    thing, seen = annotation, 0
    while isinstance(thing, pikepdf.Dictionary) and seen < DEEPEST:
        if key in thing:
            return thing[key]
        thing, seen = thing.get("/Parent"), seen + 1
    return None


def _name(annotation: Any) -> str:
    parts: list[str] = []
    thing, seen = annotation, 0
    while isinstance(thing, pikepdf.Dictionary) and seen < DEEPEST:
        if "/T" in thing:
            parts.insert(0, _text(thing["/T"]))
        thing, seen = thing.get("/Parent"), seen + 1
    return ".".join(parts)


def _integer(value: object) -> int:
    return int(value) if isinstance(value, int) else 0


def _rect_on(page: pikepdf.Page, box: object) -> Rect | None:
    """A rectangle of the page's own space as it lies on the upright page."""
    if not isinstance(box, pikepdf.Array) or len(box) != 4:
        return None
    x0, y0, x1, y1 = (float(value) for value in box)
    left, bottom, right, top = (float(value) for value in page.cropbox)
    width, height = right - left, top - bottom
    corners = [(x - left, top - y) for x in (x0, x1) for y in (y0, y1)]
    turned = _integer(_inherited(page.obj, "/Rotate")) % 360
    placed = [_turned((x, y), turned, width, height) for x, y in corners]
    across, down = [x for x, _ in placed], [y for _, y in placed]
    rect = Rect(min(across), min(down), max(across), max(down))
    return rect if rect.width > 0 and rect.height > 0 else None


def _turned(point: tuple[float, float], degrees: int, width: float, height: float) -> tuple[float, float]:
    """A point of a page of this size after the page is turned clockwise."""
    x, y = point
    return {90: (height - y, x), 180: (width - x, height - y), 270: (y, width - x)}.get(degrees, point)
