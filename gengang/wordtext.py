"""A paragraph of Word as the text that is seen: runs, fields, changes, symbols, and what stands there besides text.

What it meets that gives no text, or makes a text doubtful, is counted in `Seen`. It knows no forms.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from gengang.issued import Issued
from gengang.wordpackage import W, XmlPart, flag, value_of
from gengang.wordstyles import NO_STYLES, Look, Styles, is_behind, is_tiny, is_white, names_unseen
from gengang.wordsymbols import TICK_FONTS, is_symbol_font, symbol_named, symbol_of

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DOUBT = "{urn:gengang:seen}doubt"  # put into the tree where what stands there cannot be trusted
_RUN, _TEXT, _RUN_PROPERTIES, _PARAGRAPH_PROPERTIES = f"{W}r", f"{W}t", f"{W}rPr", f"{W}pPr"


@dataclass(slots=True)
class _Field:
    """A complex field that is open. shown: whether its result is to be read; code: its instruction so far."""

    shown: bool = True
    in_code: bool = True
    code: str = ""


class Seen:
    """What a walk over the parts of a document met besides text, and what it must know on its way.

    dressed: runs must be looked at for what hides or changes their text; fields_end: every field of the part is closed.
    struck: words that were struck out.
    """

    __slots__ = ("clock", "doubts", "drawn", "dressed", "fields", "fields_end", "floating", "hidden", "issued", "muted",
                 "nested", "objects", "pictures", "struck", "styles", "tracked", "unseen")  # fmt: skip

    def __init__(self, styles: Styles = NO_STYLES) -> None:
        self.styles = styles
        self.dressed, self.fields_end, self.muted = False, True, 0
        self.fields: list[_Field] = []
        self.tracked = self.hidden = self.unseen = self.clock = False
        self.struck: list[str] = []
        self.nested: list[etree._Element] = []
        self.drawn: list[etree._Element] = []
        self.pictures = self.floating = self.objects = self.doubts = 0
        self.issued: Issued | None = None


def read_text(parent: etree._Element, seen: Seen, out: list[str]) -> None:
    """Append the text inside a paragraph, or inside a part of one."""
    for child in parent:
        tag = child.tag
        if tag == _RUN:
            if seen.dressed:
                _read_dressed_run(child, seen, out)
            else:
                _read_run(child, seen, out)
        elif tag == _TEXT:
            if not seen.muted:
                out.append(child.text or "")
        elif tag != _PARAGRAPH_PROPERTIES:
            _ACTIONS.get(tag, _read_unknown)(child, seen, out)


def _read_run(run: etree._Element, seen: Seen, out: list[str]) -> None:
    for child in run:
        tag = child.tag
        if tag == _TEXT:
            if not seen.muted:
                out.append(child.text or "")
        elif tag != _RUN_PROPERTIES:
            _ACTIONS.get(tag, _read_unknown)(child, seen, out)


Action = Callable[[etree._Element, Seen, list[str]], None]


def _skip(_node: etree._Element, _seen: Seen, _out: list[str]) -> None:
    """Nothing of it is seen."""


def _puts(text: str) -> Action:
    def put(_node: etree._Element, seen: Seen, out: list[str]) -> None:
        if not seen.muted:
            out.append(text)

    return put


def _read_changed(node: etree._Element, seen: Seen, out: list[str]) -> None:
    seen.tracked = True
    read_text(node, seen, out)


def _skip_changed(node: etree._Element, seen: Seen, _out: list[str]) -> None:
    """Deleted; but a field that begins or ends in it is no text of the document."""
    seen.tracked = True
    for char in node.iter(f"{W}fldChar"):
        _read_field_char(char, seen, [])


def _read_unknown(node: etree._Element, seen: Seen, out: list[str]) -> None:
    """Something of another program: its text is read, and nobody knows how it is shown."""
    if any(text.strip() for text in node.itertext()):
        seen.doubts += 1
        read_text(node, seen, out)


def _read_break(node: etree._Element, seen: Seen, out: list[str]) -> None:
    if node.get(f"{W}type") not in ("page", "column") and not seen.muted:
        out.append("\n")


def _read_symbol(node: etree._Element, seen: Seen, out: list[str]) -> None:
    if not seen.muted:
        out.append(symbol_named(node.get(f"{W}font", ""), node.get(f"{W}char", "")))


def _read_ruby(node: etree._Element, seen: Seen, out: list[str]) -> None:
    for base in node.iter(f"{W}rubyBase"):
        read_text(base, seen, out)


def _read_reversed(node: etree._Element, seen: Seen, out: list[str]) -> None:
    """Letters laid from right to left against their nature: what is seen is another text."""
    if node.get(f"{W}val") == "rtl" and any(text.strip() for text in node.itertext(_TEXT)):
        seen.doubts += 1
    read_text(node, seen, out)


def _read_alternate(node: etree._Element, seen: Seen, out: list[str]) -> None:
    read_text(chosen(node), seen, out)


def _count_object(_node: etree._Element, seen: Seen, _out: list[str]) -> None:
    seen.objects += 1


def _count_doubt(_node: etree._Element, seen: Seen, _out: list[str]) -> None:
    seen.doubts += 1


def _keep_drawing(node: etree._Element, seen: Seen, _out: list[str]) -> None:
    if not seen.muted:
        seen.drawn.append(node)


_OFFICE_SPACES = ("http://schemas.microsoft.com/", "http://schemas.openxmlformats.org/", "urn:schemas-microsoft-com:")


def chosen(alternate: etree._Element) -> etree._Element:
    """Word shows the choice that it understands; the fallback repeats it for other programs."""
    choices = alternate.findall(f"{MC}Choice")
    for choice in choices:
        wanted = (choice.nsmap.get(prefix, "") for prefix in choice.get("Requires", "").split())
        if all(not space or space.startswith(_OFFICE_SPACES) for space in wanted):
            return choice
    fallback = alternate.find(f"{MC}Fallback")
    return fallback if fallback is not None else choices[0] if choices else alternate


# --- runs that look otherwise ---


def _read_dressed_run(run: etree._Element, seen: Seen, out: list[str]) -> None:
    properties = run.find(_RUN_PROPERTIES)
    named = _styles_of_run(run, properties) if seen.styles.dress else ()
    if properties is None:
        if not named:
            _read_run(run, seen, out)
            return
        properties = _NO_PROPERTIES
    texts: list[str] = []
    drawn = len(seen.drawn)
    _read_run(run, seen, texts)
    text = "".join(texts)
    if _is_on(properties, not seen.styles.hidden.isdisjoint(named), "vanish"):
        something = bool(text.strip()) or len(seen.drawn) > drawn
        del seen.drawn[drawn:]
        seen.hidden |= something
        seen.objects += something
    elif _is_on(properties, not seen.styles.struck.isdisjoint(named), "strike", "dstrike"):
        seen.struck.append(text.strip())
        seen.objects += bool(text.strip())
    else:
        if text.strip() and _is_unseen(run, properties, _looks_of(named, seen.styles)):
            seen.unseen = True
            seen.doubts += 1
        font = _symbol_font(properties)
        out += [symbol_of(font, text)] if font else texts


_NO_PROPERTIES = etree.Element(_RUN_PROPERTIES)


def _styles_of_run(run: etree._Element, properties: etree._Element | None) -> tuple[str, ...]:
    """The ids of a run's own style and its paragraph's, as far as they have any."""
    paragraph = next(run.iterancestors(f"{W}p"), None)
    return tuple(filter(None, (value_of(properties, "rStyle"), value_of(paragraph, "pPr", "pStyle"))))


def _looks_of(named: Sequence[str], styles: Styles) -> list[Look]:
    return [look for name in named if (look := styles.looks.get(name)) is not None]


def _is_on(properties: etree._Element, by_style: bool, *names: str) -> bool:
    marks = [mark for name in names if (mark := properties.find(W + name)) is not None]
    return any(map(flag, marks)) if marks else by_style


def _symbol_font(properties: etree._Element) -> str:
    """The tick font that a run's own characters are drawn in, or empty."""
    fonts = properties.find(f"{W}rFonts")
    font = "" if fonts is None else fonts.get(f"{W}ascii", "") or fonts.get(f"{W}hAnsi", "")
    return font if is_symbol_font(font) else ""


def _is_unseen(run: etree._Element, properties: etree._Element, looks: Sequence[Look]) -> bool:
    """White on white, or too small to be seen. looks: of its styles, nearest first."""
    if is_tiny(next(filter(None, (value_of(properties, "sz"), *(look.size for look in looks))), "")):
        return True
    if not is_white(next(filter(None, (value_of(properties, "color"), *(look.color for look in looks))), "")):
        return False
    if is_behind(value_of(properties, "highlight")) or any(look.backed for look in looks):
        return False
    places = [properties, *(place for above in run.iterancestors(f"{W}p", f"{W}tc")
                            for place in above.findall(f"{W}pPr") + above.findall(f"{W}tcPr"))]  # fmt: skip
    return not any(is_behind(shade.get(f"{W}fill", "")) for place in places for shade in place.findall(f"{W}shd"))


def dresses(part: XmlPart, styles: Styles) -> bool:
    """Whether a part holds runs that must be looked at; fonts are searched for as every program writes them."""
    if styles.dress or part.has("vanish", "strike", "dstrike") or names_unseen(part):
        return True
    return any(font in part.content.lower() for font in _TICK_FONTS)


_TICK_FONTS = tuple(font.encode() for font in TICK_FONTS)


# --- fields ---

_COPY = re.compile(r" Copy \d+\Z")  # LibreOffice's name of a field that it wrote once more, at times beside the first
_CLOCK = re.compile(r"\s*(?:DATE|TIME)\b", re.IGNORECASE)


def _read_field_char(node: etree._Element, seen: Seen, out: list[str]) -> None:
    kind = node.get(f"{W}fldCharType")
    if kind == "begin":
        shown = _read_form_field(node, seen, out)
        if seen.fields_end:
            seen.fields.append(_Field(shown))
            seen.muted += 1
    elif seen.fields and kind == "separate":
        _open_result(seen.fields[-1], seen)
    elif seen.fields and kind == "end":
        last = seen.fields.pop()
        seen.muted -= last.in_code or not last.shown


def _open_result(here: _Field, seen: Seen) -> None:
    if here.in_code and here.shown:
        seen.muted -= 1
    here.in_code = False
    if _CLOCK.match(here.code) and not seen.muted:
        seen.doubts += 1
        seen.clock = True


def _read_code(node: etree._Element, seen: Seen, _out: list[str]) -> None:
    if seen.fields:
        seen.fields[-1].code += node.text or ""


def _read_simple_field(node: etree._Element, seen: Seen, out: list[str]) -> None:
    if _CLOCK.match(node.get(f"{W}instr", "")):
        seen.doubts += 1
        seen.clock = True
    read_text(node, seen, out)


def _read_form_field(begin: etree._Element, seen: Seen, out: list[str]) -> bool:
    """A form field of old Word says its state in itself; True when its result is what is shown."""
    data = begin.find(f"{W}ffData")
    if data is None:
        return True
    box, choice = data.find(f"{W}checkBox"), data.find(f"{W}ddList")
    if box is not None and not seen.muted:
        state = box.find(f"{W}checked")
        out.append("☑" if flag(box.find(f"{W}default") if state is None else state) else "□")
    if choice is not None and not seen.muted:
        out.append(_chosen_entry(choice))
    if _COPY.search(value_of(data, "name")) and not seen.muted:
        seen.doubts += 1
    return box is None and choice is None


_PROMPT_ENTRY = re.compile(r"[-—\s]*(?:请?选择.*|单击.*|点击.*)?[-—\s]*")


def _chosen_entry(choice: etree._Element) -> str:
    entries = [entry.get(f"{W}val", "") for entry in choice.findall(f"{W}listEntry")]
    number = value_of(choice, "result") or value_of(choice, "default") or "0"
    entry = entries[int(number)] if number.isdigit() and int(number) < len(entries) else ""
    return "" if _PROMPT_ENTRY.fullmatch(entry) else entry


def fields_are_closed(root: etree._Element) -> bool:
    """Whether every field that begins in a part also ends in it; otherwise none hides anything."""
    depth = 0
    for char in root.iter(f"{W}fldChar"):
        depth += {"begin": 1, "end": -1}.get(char.get(f"{W}fldCharType", ""), 0)
        if depth < 0:
            return False
    return depth == 0


# --- formulas ---


def _read_formula(node: etree._Element, seen: Seen, out: list[str]) -> None:
    """Letters in a row are text; a fraction or a root is told, since its parts in a row say something else."""
    for child in node:
        tag = child.tag
        if tag == f"{M}r":
            if not seen.muted:
                out += [text.text or "" for text in child.iter(f"{M}t", _TEXT)]
        elif tag in (f"{M}oMath", f"{M}box"):
            _read_formula(child, seen, out)
        elif tag == f"{M}f" and not seen.muted:
            seen.doubts += 1
            out.append("/".join(_letters(part) for part in child.findall(f"{M}num") + child.findall(f"{M}den")))
        elif not tag.endswith("Pr") and not seen.muted:
            seen.doubts += 1
            out.append(_letters(child))


def _letters(node: etree._Element) -> str:
    return "".join(text.text or "" for text in node.iter(f"{M}t", _TEXT))


_SIGNS = {"tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "-"}
_SILENT = (
    "rPr pPr sdtPr sdtEndPr customXmlPr smartTagPr bookmarkStart bookmarkEnd proofErr permStart permEnd softHyphen "
    "commentRangeStart commentRangeEnd commentReference annotationRef lastRenderedPageBreak moveFromRangeStart "
    "moveFromRangeEnd moveToRangeStart moveToRangeEnd customXmlInsRangeStart customXmlInsRangeEnd "
    "customXmlDelRangeStart customXmlDelRangeEnd customXmlMoveFromRangeStart customXmlMoveFromRangeEnd "
    "customXmlMoveToRangeStart customXmlMoveToRangeEnd footnoteRef endnoteRef separator continuationSeparator "
    "fldData delInstrText delText sectPr tcPr trPr tblPr"
)
_ACTIONS: Mapping[object, Action] = {
    **{f"{W}{name}": _skip for name in _SILENT.split()},
    **{f"{W}{name}": read_text for name in ("sdt", "sdtContent", "customXml", "smartTag", "hyperlink", "dir")},
    **{f"{W}{name}": _puts(text) for name, text in _SIGNS.items()},
    **{f"{W}{name}": _read_changed for name in ("ins", "moveTo")},
    **{f"{W}{name}": _skip_changed for name in ("del", "moveFrom")},
    **{f"{W}{name}": _count_object for name in ("footnoteReference", "endnoteReference", "contentPart", "subDoc",
                                                "altChunk")},
    **{f"{W}{name}": _count_doubt for name in ("pgNum", "dayShort", "monthShort", "yearShort", "dayLong", "monthLong",
                                               "yearLong")},
    **{f"{W}{name}": _keep_drawing for name in ("drawing", "pict", "object")},
    f"{W}br": _read_break,
    f"{W}sym": _read_symbol,
    f"{W}ruby": _read_ruby,
    f"{W}bdo": _read_reversed,
    f"{W}fldChar": _read_field_char,
    f"{W}fldSimple": _read_simple_field,
    f"{W}instrText": _read_code,
    f"{MC}AlternateContent": _read_alternate,
    f"{M}oMath": _read_formula,
    f"{M}oMathPara": _read_formula,
    f"{W}r": _read_run,
    DOUBT: _count_doubt,
}  # fmt: skip
