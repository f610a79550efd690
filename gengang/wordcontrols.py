"""Content controls of a Word file before it is read: what only prompts is emptied, what contradicts itself is marked.

A control shows one thing and says another at times: its tick and its state, its text and the data it is bound to.
Such a place gets a mark that makes its text doubtful. It knows no forms.
"""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from gengang.wordpackage import Package, W, flag, value_of
from gengang.wordsymbols import is_symbol_font, symbol_named, symbol_of
from gengang.wordtext import DOUBT

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_STORE = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}"
_CORE, _APP = "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}", "{6668398D-A668-4E3E-A5EB-62B293D839F1}"
_PROMPT = re.compile(r"单击|点击|轻触|此处|请输入|请选择|选择一项|Click|Tap|Choose|Enter", re.IGNORECASE)
_PLAIN_PATH = re.compile(r"(?:/(?:[\w.-]+:)?[\w.-]+(?:\[\d{1,4}\])?){1,30}(?:/@[\w:.-]+)?(?:/text\(\))?")
_PREFIX = re.compile(r"xmlns:([\w.-]+)=['\"]([^'\"]+)['\"]")
_LARGEST_STORE = 2_000_000
_BOXES = {"☑": "☑", "☒": "☑", "√": "☑", "✓": "☑", "✔": "☑", "■": "☑", "□": "□", "☐": "□", "○": "□"}


def settle_controls(root: etree._Element, package: Package, part: str) -> None:
    """Change the tree so that the text of each control is what a person sees of it, or is marked as doubtful."""
    stores: dict[str, etree._Element] | None = None
    for properties in list(root.iter(f"{W}sdtPr")):
        control = properties.getparent()
        content = None if control is None else control.find(f"{W}sdtContent")
        if content is None:
            continue
        if flag(properties.find(f"{W}showingPlcHdr")):
            _settle_prompt(properties, content, package)
        box, binding = properties.find(f"{_W14}checkbox"), properties.find(f"{W}dataBinding")
        if box is not None:
            _settle_box(box, content)
        if binding is not None:
            stores = _stores_of(package, part) if stores is None else stores
            _settle_binding(binding, content, stores, box is not None)


LONG_TEXT = "gengang-prose"  # the tag of a control around a text of several paragraphs outside tables


def is_of_long_text(content: etree._Element | None) -> bool:
    """Whether this is the content of a control around one text of several paragraphs, which tells where it ends."""
    if content is None or content.tag != f"{W}sdtContent":
        return False
    control = content.getparent()
    return control is not None and value_of(control.find(f"{W}sdtPr/{W}tag")) == LONG_TEXT


def _doubt(content: etree._Element) -> None:
    """The mark stands with the control's own text, in its cell and line."""
    home = next(content.iter(f"{W}r"), None)
    if home is None:
        home = next(content.iter(f"{W}p"), content)
    etree.SubElement(home, DOUBT)


def _text_of(content: etree._Element) -> str:
    return "".join(text.text or "" for text in content.iter(f"{W}t"))


# --- prompts ---


def _settle_prompt(properties: etree._Element, content: etree._Element, package: Package) -> None:
    """A control that nobody touched shows its prompt, which is no answer; some programs fill it and leave it so."""
    texts = list(content.iter(f"{W}t"))
    shown = _text_of(content).strip()
    if properties.find(f"{W}picture") is not None:
        for drawing in list(content.iter(f"{W}drawing", f"{W}pict")):
            drawing.getparent().remove(drawing)  # type: ignore[union-attr]  # what stands in a content has a parent
    elif _PROMPT.search(shown) or shown == _prompt_of(properties, package):
        for text in texts:
            text.text = ""
    elif shown:
        _doubt(content)


def _prompt_of(properties: etree._Element, package: Package) -> str | None:
    """The prompt as it is kept in the file's glossary; None where there is none."""
    name = value_of(properties, "placeholder", "docPart")
    for part in package.of_kind(package.main, "glossaryDocument") if name else ():
        for one in package.part(part).root.iter(f"{W}docPart"):
            if value_of(one, "docPartPr", "name") == name:
                return _text_of(one).strip()
    return None


# --- tick boxes ---


def _settle_box(box: etree._Element, content: etree._Element) -> None:
    """The sign that is shown as ☑ or □; in doubt when the control's state says otherwise or the sign is unknown."""
    ticked = _is_one(box.find(f"{_W14}checked"))
    seen = _sign_shown(content).strip()
    drawn = {_drawn_as(box.find(f"{_W14}{name}")): mark for name, mark in (("checkedState", "☑"),
                                                                             ("uncheckedState", "□"))}  # fmt: skip
    mark = _BOXES.get(seen) or (drawn.get(seen, "") if seen else "")
    if seen and drawn.get(seen) and len(drawn) == 2:
        mark = drawn[seen]
    if mark and mark != seen:
        _show(content, mark)
    if not mark or (mark == "☑") != ticked:
        _doubt(content)


def _is_one(node: etree._Element | None) -> bool:
    return node is not None and node.get(f"{_W14}val", "1") in ("1", "true", "on")


def _drawn_as(state: etree._Element | None) -> str:
    return "" if state is None else symbol_named(state.get(f"{_W14}font", ""), state.get(f"{_W14}val", ""))


def _sign_shown(content: etree._Element) -> str:
    signs = []
    for node in content.iter(f"{W}t", f"{W}sym"):
        if node.tag == f"{W}t":
            signs.append(_in_its_font(node))
        else:
            signs.append(symbol_named(node.get(f"{W}font", ""), node.get(f"{W}char", "")))
    return "".join(signs)


def _in_its_font(text: etree._Element) -> str:
    run = text.getparent()
    fonts = None if run is None else run.find(f"{W}rPr/{W}rFonts")
    font = "" if fonts is None else fonts.get(f"{W}ascii", "")
    return symbol_of(font, text.text or "") if is_symbol_font(font) else text.text or ""


def _show(content: etree._Element, mark: str) -> None:
    """One sign in place of those that are there."""
    nodes = list(content.iter(f"{W}t", f"{W}sym"))
    for node in nodes[1:]:
        node.getparent().remove(node)  # type: ignore[union-attr]  # as above
    first = nodes[0]
    first.tag, first.text = f"{W}t", mark
    run = first.getparent()
    fonts = None if run is None else run.find(f"{W}rPr/{W}rFonts")
    if fonts is not None:
        fonts.getparent().remove(fonts)  # type: ignore[union-attr]  # as above


# --- bound data ---


def _stores_of(package: Package, part: str) -> dict[str, etree._Element]:
    """The file's stores of data by their id; those of programs that nobody can parse are left out."""
    found = {}
    for key, kind in ((_CORE, "core-properties"), (_APP, "extended-properties")):
        for name in package.of_kind("", kind):
            found[key] = name
    for name in package.of_kind(part, "customXml"):
        for about in package.of_kind(name, "customXmlProps"):
            item = package.part(about).root.get(f"{_STORE}itemID", "")
            found[item.upper()] = name
    stores = {}
    for key, name in found.items():
        root = _store(package, name)
        if root is not None:
            stores[key] = root
    return stores


def _store(package: Package, name: str) -> etree._Element | None:
    if package.file.getinfo(name).file_size > _LARGEST_STORE:
        return None
    try:
        return package.part(name).root
    except (etree.XMLSyntaxError, ValueError):
        return None


def _settle_binding(
    binding: etree._Element, content: etree._Element, stores: Mapping[str, etree._Element], is_box: bool
) -> None:
    """Word shows the data it is bound to; where the file's text is another, nobody knows which was meant."""
    store = stores.get(binding.get(f"{W}storeItemID", "").upper())
    path = binding.get(f"{W}xpath", "")
    if store is None or is_box or not _PLAIN_PATH.fullmatch(path):
        return
    spaces = dict(_PREFIX.findall(binding.get(f"{W}prefixMappings", "")))
    held = next(_held(store, path, spaces), None)
    if held is not None and "".join(held.split()) != "".join(_text_of(content).split()):
        _doubt(content)


def _held(store: etree._Element, path: str, spaces: Mapping[str, str]) -> Iterator[str]:
    try:
        nodes = store.getroottree().xpath(path, namespaces=spaces or None)
    except etree.XPathError:
        return
    for node in nodes if isinstance(nodes, list) else ():
        if isinstance(node, etree._Element):
            yield "".join(str(text) for text in node.itertext())
        elif isinstance(node, str):
            yield str(node)
