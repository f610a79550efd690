"""A filled Word file in which only the kept values are black: everything else keeps its place and is white.

So what is printed onto a signed sheet stands exactly where the same template prints it. Of the package it knows text
runs alone; rules and pictures are taken out of the print (`overprint_pdf`).
"""

import io
import re
import zipfile
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from gengang.rendering import KEPT_FROM, KEPT_TO
from gengang.wordxml import W

_PARTS = re.compile(r"word/(?:document|\w*header\d*|\w*footer\d*|footnotes|endnotes)\.xml")
_WHITE = "FFFFFF"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_TEXT = f"{W}t"


def alone(docx: bytes) -> bytes:
    """The package with all text white that is not between the marks of a kept value; the marks are gone."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, _whitened(data) if _PARTS.fullmatch(name) else data)
    return packed.getvalue()


def _whitened(data: bytes) -> bytes:
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    for mark in root.iter(f"{W}pPr"):
        _colour(mark)  # numbers that Word counts by itself take the colour of the paragraph's mark
    for run in list(root.iter(f"{W}r")):
        _split(run)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _split(run: etree._Element) -> None:
    """The run in pieces, the kept ones black."""
    texts = [text for text in run.findall(_TEXT) if KEPT_FROM in (text.text or "")]
    if not texts:
        _colour(run)
        return
    parent = run.getparent()
    assert parent is not None, "a run stands in a paragraph"
    place = parent.index(run)
    pieces = [piece for child in run if child.tag != f"{W}rPr" for piece in _pieces_of(child)]
    for kept, child in reversed(pieces):
        piece = etree.Element(f"{W}r")
        properties = run.find(f"{W}rPr")
        if properties is not None:
            piece.append(deepcopy(properties))
        piece.append(child)
        _colour(piece, "000000" if kept else _WHITE)
        parent.insert(place, piece)
    parent.remove(run)


def _pieces_of(child: etree._Element) -> Iterator[tuple[bool, etree._Element]]:
    if child.tag != _TEXT:
        yield False, deepcopy(child)
        return
    for number, part in enumerate(re.split(f"[{KEPT_FROM}{KEPT_TO}]", child.text or "")):
        if part:
            text = etree.Element(_TEXT)
            text.set(_SPACE, "preserve")
            text.text = part
            yield number % 2 == 1, text


def _colour(owner: etree._Element, colour: str = _WHITE) -> None:
    properties = owner.find(f"{W}rPr")
    if properties is None:
        properties = etree.Element(f"{W}rPr")
        owner.insert(0 if owner.tag == f"{W}r" else len(owner), properties)
    for old in properties.findall(f"{W}color"):
        properties.remove(old)
    etree.SubElement(properties, f"{W}color").set(f"{W}val", colour)
