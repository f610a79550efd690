"""Text and Word files with their shape kept and their words gone, so that how a paper was read wrong can be shown.

A Han character becomes 某, a digit 0, another letter x: lengths, spaces, boxes and punctuation stay. What a template
prints is no secret and stays where a paragraph says just that around its fields.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from lxml import etree

from gengang.form import Form, PatternLine

HAN = "某"
_EMAIL = re.compile(r"[\w.+-]+@[\w.-]+")
_PLACE = re.compile(r"(?<![\w.])(?:[A-Z]:\\|/)(?!usr/|etc/|bin/)[^\s，。；：、）)”]+")
_QUOTED = re.compile(r"“[^”]*”")
_FILE = re.compile(r"[^\s，。；：、“”（）()]+\.(?:docx?|xlsx?|pdf|zip|eml|msg|jpe?g|png|heic|tiff?)\b", re.IGNORECASE)
_LONG = re.compile(r"\d[\d-]{5,}[\dXx]")

_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|numbering|styles)\.xml")
_RELATIONS = "word/_rels/document.xml.rels"
_NAMED = frozenset({"author", "initials", "descr", "title", "name", "userId", "providerId"})
_NAMED_ELEMENTS = frozenset({"alias", "tag", "name", "docPartGallery", "docPartCategory", "lid", "dataBinding"})
_ORDINARY = re.compile(r"[A-Za-z0-9#%.,:;/_ +={}()-]*")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def masked_shape(text: str) -> str:
    """The text's shape. As many characters as before."""
    return "".join(map(_masked_character, text))


@cache
def _masked_character(one: str) -> str:
    kind = unicodedata.category(one)
    if kind.startswith("N"):
        return "0"
    if kind.startswith("L") and one.isascii():
        return "x"
    return HAN if kind[0] in "LMC" and one not in "\n\t\r" else one


def masked_line(line: str) -> str:
    """A sentence of the program without what it quotes: names of files and places, addresses, long numbers."""
    for pattern in (_QUOTED, _EMAIL, _PLACE, _FILE, _LONG):
        line = pattern.sub(lambda found: masked_shape(found[0]), line)
    return line


# --- Word ---


def masked_word(data: bytes, forms: Sequence[Form]) -> bytes:
    """A .docx with the tables, controls and boxes of a paper, and of its words only what these forms print.

    Pictures, comments, properties, embedded files and links are left out. Raises zipfile.BadZipFile, KeyError and
    etree.XMLSyntaxError for what is no whole Word package.
    """
    patterns = tuple(_pattern(line) for form in forms for line in _lines(form))
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        kept = [name for name in source.namelist() if _PARTS.fullmatch(name)]
        _write(target, "[Content_Types].xml", _types(source.read("[Content_Types].xml"), kept))
        _write(target, "_rels/.rels", _ROOT_RELATIONS)
        if _RELATIONS in source.namelist():
            _write(target, _RELATIONS, _relations(source.read(_RELATIONS), kept))
        for name in kept:
            _write(target, name, _masked_part(source.read(name), patterns))
    return packed.getvalue()


_ROOT_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    b'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    b'officeDocument" Target="word/document.xml"/></Relationships>'
)


def _write(target: zipfile.ZipFile, name: str, content: bytes) -> None:
    target.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(content, parser)


def _types(content: bytes, kept: Iterable[str]) -> bytes:
    root = _parsed(content)
    wanted = {f"/{name}" for name in kept}
    for entry in list(root):
        if entry.get("PartName", "") not in wanted and entry.get("Extension") not in ("xml", "rels"):
            root.remove(entry)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _relations(content: bytes, kept: Iterable[str]) -> bytes:
    root = _parsed(content)
    wanted = {name.removeprefix("word/") for name in kept}
    for entry in list(root):
        if entry.get("TargetMode") == "External" or entry.get("Target", "").removeprefix("/word/") not in wanted:
            root.remove(entry)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _masked_part(content: bytes, patterns: Sequence[re.Pattern[str]]) -> bytes:
    root = _parsed(content)
    kept = _kept_texts(root, patterns)
    for element in root.iter():
        if element.text is not None:
            element.text = kept.get(element, masked_shape(element.text))
        if element.tail is not None:
            element.tail = masked_shape(element.tail)
        for name, value in element.attrib.items():
            element.set(
                name, _masked_attribute(etree.QName(element).localname, etree.QName(name).localname, str(value))
            )
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _masked_attribute(element: str, name: str, value: str) -> str:
    if name in _NAMED or element in _NAMED_ELEMENTS:
        return "x" if value else value
    if not _ORDINARY.fullmatch(value):
        value = masked_shape(value)
    return re.sub(r"\d{9,}", lambda found: "0" * len(found[0]), value)


def _kept_texts(root: etree._Element, patterns: Sequence[re.Pattern[str]]) -> dict[etree._Element, str]:
    """Of each run's text what stays: the template's own words, where a whole paragraph is one of its lines."""
    kept: dict[etree._Element, str] = {}
    for paragraph in root.iter("{*}p"):
        runs = [run for run in paragraph.iter("{*}t") if run.text and next(run.iterancestors("{*}p")) is paragraph]
        shown = iter(_shown("".join(run.text or "" for run in runs), patterns))
        for run in runs:
            kept[run] = "".join(next(shown) for _ in run.text or "")
    return kept


def _shown(text: str, patterns: Sequence[re.Pattern[str]]) -> str:
    best = [False] * len(text)
    for pattern in patterns:
        found = pattern.fullmatch(text)
        if found is None:
            continue
        stays = [False] * len(text)
        for group in range(1, pattern.groups + 1):
            stays[found.start(group) : found.end(group)] = [True] * (found.end(group) - found.start(group))
        best = max(best, stays, key=sum)
    return "".join(one if stays else _masked_character(one) for one, stays in zip(text, best, strict=True))


def _lines(form: Form) -> Iterator[PatternLine]:
    return (line for row in form.rows for cell in row.cells for line in cell.lines if line.printed.strip())


@cache
def _pattern(line: PatternLine) -> re.Pattern[str]:
    """A line as a pattern whose groups are its printed words."""
    pieces = (_words(piece) if isinstance(piece, str) else ".*?" for piece in line.pieces)
    return re.compile(rf"\s*{''.join(pieces)}\s*", re.DOTALL)


def _words(printed: str) -> str:
    letters = r"\s*".join(map(re.escape, re.sub(r"\s+", "", printed)))
    return rf"\s*({letters})\s*" if letters else r"\s*"
