"""A filled form as it is handed out: hidden custom XML, and in the top right corner of each page its mark.

It knows Word packages and no form. Word has one header for the first page, one for even and one for odd pages, so up
to three pages bear their own number; the later ones repeat 2 and 3.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import quoteattr

import segno
from lxml import etree

from gengang.issued import MARK_NAME, NAMESPACE, Issued, PageMark, text_of_mark
from gengang.wordsections import sections_of
from gengang.wordxml import W

HIGHEST_MM, LEAST_MM, TOP_MM, CLEAR_MM = 16.0, 11.0, 5.0, 1.0
_EMU, _TWIP = 36_000, 1440 / 25.4
_EPOCH = (1980, 1, 1, 0, 0, 0)
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PAGES = (("first", 1), ("even", 2), ("default", 3))
_BEHIND_TITLE_PAGE = ("textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings", "sectPrChange")
# What Word's schema puts before w:evenAndOddHeaders in its settings.
_NAMES_BEFORE_EVEN = (
    "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries "
    "displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData "
    "embedTrueTypeFonts embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges "
    "bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors "
    "activeWritingStyle proofState formsDesign attachedTemplate linkStyles stylePaneFormatFilter "
    "stylePaneSortMethod documentType mailMerge revisionView trackRevisions doNotTrackMoves doNotTrackFormatting "
    "documentProtection autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop autoHyphenation "
    "consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle "
    "defaultTableStyle "
)
_BEFORE_EVEN = frozenset(_NAMES_BEFORE_EVEN.split())


Slot = tuple[str, str]  # header or footer; first, even or default


@dataclass(slots=True)
class _Package:
    """A Word package being changed: its parts by name, and the names of the main part's relations."""

    parts: dict[str, bytes]
    main: str

    def tree(self, name: str) -> etree._Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        return etree.fromstring(self.parts[name], parser)

    def put(self, name: str, root: etree._Element) -> None:
        self.parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def free_name(self, pattern: str) -> str:
        return next(name for n in range(1, 10_000) if (name := pattern.format(n)) not in self.parts)


def marked(docx: bytes, issued: Issued) -> bytes:
    """The .docx that says whose form it is: hidden for a blank one, on its pages too for a person's own.

    docx: a sound Word package. Equal arguments give equal bytes.
    """
    with zipfile.ZipFile(io.BytesIO(docx)) as source:
        package = _Package({name: source.read(name) for name in source.namelist()}, "word/document.xml")
    _add_custom_xml(package, issued)
    if issued.person:
        _add_page_marks(package, issued)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name, data in package.parts.items():
            target.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


# --- hidden ---


def _add_custom_xml(package: _Package, issued: Issued) -> None:
    name = package.free_name("customXml/item{}.xml")
    number = name.removeprefix("customXml/item").removesuffix(".xml")
    root = etree.Element(f"{{{NAMESPACE}}}issued", nsmap={"gg": NAMESPACE})
    for key in ("form", "version", "person"):
        root.set(key, getattr(issued, key))
    for _, page in _PAGES:
        etree.SubElement(root, f"{{{NAMESPACE}}}page", number=str(page)).text = text_of_mark(PageMark(issued, page))
    package.put(name, root)
    properties = etree.Element(f"{{{_CUSTOM}}}datastoreItem", nsmap={"ds": _CUSTOM})
    properties.set(f"{{{_CUSTOM}}}itemID", "{6E67616E-6765-4E67-8001-" + issued.version.upper() + "}")
    package.put(f"customXml/itemProps{number}.xml", properties)
    _add_override(package, f"customXml/itemProps{number}.xml",
                  "application/vnd.openxmlformats-officedocument.customXmlProperties+xml")  # fmt: skip
    _add_relation(package, name, f"{_R}/customXmlProps", f"itemProps{number}.xml")
    _add_relation(package, package.main, f"{_R}/customXml", f"../{name}")


# --- on the pages ---


def _add_page_marks(package: _Package, issued: Issued) -> None:
    document = package.tree(package.main)
    parts: dict[Slot, str] = {}
    for section, properties in enumerate(sections_of(document)):
        parts |= _parts_of_section(package, properties)  # a section without a header of its own has the last one's
        for kind, number in _PAGES:
            mark = PageMark(issued, number if section == 0 else 0)
            _put_reference(
                package, properties, ("header", kind), _marked_header(package, parts, kind, mark, properties)
            )
            footer = parts.get(("footer", kind)) or parts.get(("footer", "default"))
            if footer is not None:
                _put_reference(package, properties, ("footer", kind), _copied(package, footer, "footer"))
        _set_title_page(properties)
    package.put(package.main, document)
    _set_even_and_odd(package)


def _parts_of_section(package: _Package, properties: etree._Element) -> dict[Slot, str]:
    """(header or footer, first or even or default) -> part, as far as the section shows them now."""
    targets = {key: posixpath.normpath(posixpath.join("word", target)) for key, target in _relations(package)}
    shown = {"default"} | ({"first"} if properties.find(f"{W}titlePg") is not None else set())
    if "word/settings.xml" in package.parts and b"evenAndOddHeaders" in package.parts["word/settings.xml"]:
        shown.add("even")
    found = {}
    for place in ("header", "footer"):
        for reference in list(properties.findall(f"{W}{place}Reference")):
            kind = reference.get(f"{W}type", "default")
            if kind in shown:
                found[place, kind] = targets[reference.get(f"{{{_R}}}id", "")]
            else:
                properties.remove(reference)
    return found


def _marked_header(
    package: _Package, parts: dict[Slot, str], kind: str, mark: PageMark, properties: etree._Element
) -> str:
    """The name of a new header part: what the page's header shows today, and the mark."""
    today = parts.get(("header", kind)) or parts.get(("header", "default"))
    name = _copied(package, today, "header") if today else _new_header(package)
    picture = package.free_name("word/media/gengang{}.png")
    package.parts[picture] = _png(text_of_mark(mark))
    _add_default(package, "png", "image/png")
    relation = _add_relation(package, name, f"{_R}/image", f"media/{posixpath.basename(picture)}")
    root = package.tree(name)
    paragraph = root.find(f"{W}p")
    if paragraph is None:
        paragraph = etree.SubElement(root, f"{W}p")
    paragraph.append(_drawing(mark, relation, properties))
    package.put(name, root)
    return name


def _copied(package: _Package, part: str, place: str) -> str:
    name = package.free_name(f"word/gengang_{place}{{}}.xml")
    package.parts[name] = package.parts[part]
    relations = _relations_part(part)
    if relations in package.parts:
        package.parts[_relations_part(name)] = package.parts[relations]
    _add_override(package, name, f"{_WML}.{place}+xml")
    return name


def _new_header(package: _Package) -> str:
    name = package.free_name("word/gengang_header{}.xml")
    root = etree.Element(f"{W}hdr", nsmap={"w": W[1:-1]})
    paragraph = etree.SubElement(root, f"{W}p")
    spacing = etree.SubElement(etree.SubElement(paragraph, f"{W}pPr"), f"{W}spacing")
    spacing.set(f"{W}line", "20")  # a header of one point, so that the page's text stays where it was
    spacing.set(f"{W}lineRule", "exact")
    package.put(name, root)
    _add_override(package, name, f"{_WML}.header+xml")
    return name


@lru_cache(maxsize=1024)  # whoever hands in ten logs has the same three codes on each
def _png(words: str) -> bytes:
    drawn = io.BytesIO()
    segno.make(words, error="q", micro=False).save(drawn, kind="png", scale=8, border=2)
    return drawn.getvalue()


def _drawing(mark: PageMark, relation: str, properties: etree._Element) -> etree._Element:
    """A picture at the right margin, over the page's top margin."""
    size = properties.find(f"{W}pgSz")
    margins = properties.find(f"{W}pgMar")
    width = 210.0 if size is None else int(size.get(f"{W}w", "11906")) / _TWIP
    top, right = (20.0 if margins is None else int(margins.get(f"{W}{side}", "1134")) / _TWIP
                  for side in ("top", "right"))  # fmt: skip
    edge = min(HIGHEST_MM, max(LEAST_MM, top - TOP_MM - CLEAR_MM))
    long, left, above = (round(length * _EMU) for length in (edge, width - right - edge, TOP_MM))
    place = '<wp:position{0} relativeFrom="page"><wp:posOffset>{1}</wp:posOffset></wp:position{0}>'
    number = mark.page + 9_000  # far from the numbers of pictures that people put in
    name, said = f"{MARK_NAME}-{mark.page}", quoteattr(text_of_mark(mark))
    return etree.fromstring(
        f'<w:r xmlns:w="{W[1:-1]}" xmlns:r="{_R}" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="1" '
        'locked="1" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'{place.format("H", left)}{place.format("V", above)}<wp:extent cx="{long}" cy="{long}"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="{name}" descr={said}/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="{name}" descr={said}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{long}" cy="{long}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:anchor></w:drawing></w:r>"
    )


def _set_title_page(properties: etree._Element) -> None:
    if properties.find(f"{W}titlePg") is None:
        behind = [child for child in properties if etree.QName(child).localname in _BEHIND_TITLE_PAGE]
        place = properties.index(behind[0]) if behind else len(properties)
        properties.insert(place, etree.Element(f"{W}titlePg"))


def _set_even_and_odd(package: _Package) -> None:
    name = "word/settings.xml"
    if name not in package.parts:
        package.put(name, etree.Element(f"{W}settings", nsmap={"w": W[1:-1]}))
        _add_override(package, name, f"{_WML}.settings+xml")
        _add_relation(package, package.main, f"{_R}/settings", "settings.xml")
    settings = package.tree(name)
    if settings.find(f"{W}evenAndOddHeaders") is None:
        later = (n for n, child in enumerate(settings) if etree.QName(child).localname not in _BEFORE_EVEN)
        settings.insert(next(later, len(settings)), etree.Element(f"{W}evenAndOddHeaders"))
        package.put(name, settings)


# --- relations and types ---


def _relations_part(part: str) -> str:
    folder, base = posixpath.split(part)
    return f"{folder}/_rels/{base}.rels"


def _relations(package: _Package) -> Iterator[tuple[str, str]]:
    name = _relations_part(package.main)
    if name in package.parts:
        for relation in package.tree(name):
            if relation.get("TargetMode") != "External":
                yield relation.get("Id", ""), relation.get("Target", "").removeprefix("/word/")


def _add_relation(package: _Package, part: str, kind: str, target: str) -> str:
    name = _relations_part(part)
    known = name in package.parts
    root = package.tree(name) if known else etree.fromstring(f'<Relationships xmlns="{_RELATIONS}"/>')
    taken = {relation.get("Id") for relation in root}
    key = next(key for n in range(1, 10_000) if (key := f"rIdGg{n}") not in taken)
    etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=key, Type=kind, Target=target)
    package.put(name, root)
    return key


def _add_override(package: _Package, part: str, content_type: str) -> None:
    types = package.tree("[Content_Types].xml")
    etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=content_type)
    package.put("[Content_Types].xml", types)


def _add_default(package: _Package, ending: str, content_type: str) -> None:
    types = package.tree("[Content_Types].xml")
    known = {default.get("Extension", "").lower() for default in types.findall(f"{{{_TYPES}}}Default")}
    if ending not in known:
        types.insert(0, etree.Element(f"{{{_TYPES}}}Default", Extension=ending, ContentType=content_type))
        package.put("[Content_Types].xml", types)


def _put_reference(package: _Package, properties: etree._Element, slot: Slot, part: str) -> None:
    place, kind = slot
    for old in properties.findall(f"{W}{place}Reference"):
        if old.get(f"{W}type", "default") == kind:
            properties.remove(old)
    key = _add_relation(package, package.main, f"{_R}/{place}", posixpath.relpath(part, "word"))
    reference = etree.Element(f"{W}{place}Reference")
    reference.set(f"{W}type", kind)
    reference.set(f"{{{_R}}}id", key)
    properties.insert(0, reference)
