"""Prose in a written file: each of its lines begins as the first one does, levels stand in their faces.

A line feed is a break inside the paragraph of the tag, behind which the indent of a first line is two blanks: a reader
takes a paragraph more outside a table for something that was added. In a content control, which says where its text
ends, `prose("分级")` makes paragraphs: 一、 stands in 黑体 and （一） up to its first full stop in 楷体, by GB/T 9704.
"""

import base64
import re

from markupsafe import Markup

LEVELLED = "分级"
LEVEL_ONE_FACE, LEVEL_TWO_FACE = "黑体", "楷体_GB2312"
FILTER = "in_paragraphs"

_PROSE_TAG = re.compile(r"\{\{((?:(?!\{\{|\}\}).)*\|\s*prose\b(?:(?!\{\{|\}\}).)*)\}\}", re.DOTALL)
_PARAGRAPH = re.compile(r"<w:p(?:\s[^>]*)?>(?P<properties><w:pPr>.*?</w:pPr>)?", re.DOTALL)
_RUN = re.compile(r"<w:r(?:\s[^>]*)?>(?P<properties><w:rPr>.*?</w:rPr>)?", re.DOTALL)
_INDENTED = re.compile(r'w:firstLine="[1-9]')

_ONE = re.compile(r"[一二三四五六七八九十]+、.{1,40}(?<![。；])")
_TWO = re.compile(r"（[一二三四五六七八九十]+）[^。]{1,60}。?")


def with_paragraphs(xml: str) -> str:
    """A part whose prose tags in indented paragraphs know how a line of theirs begins."""
    return _PROSE_TAG.sub(lambda tag: _told(tag, xml), xml)


def _told(tag: re.Match[str], xml: str) -> str:
    paragraph, run = (_last(kind, mark, xml, tag.start()) for kind, mark in ((_PARAGRAPH, "w:p"), (_RUN, "w:r")))
    if paragraph is None or run is None or not _INDENTED.search(paragraph):
        return tag[0]
    levels = LEVELLED in tag[1] and _is_inside("w:sdtContent", xml, tag.start())
    said = base64.b64encode(f"{paragraph}\n{run}".encode()).decode() if levels else ""
    return f'{{{{{tag[1]}| {FILTER}("{said}") }}}}'


def _is_inside(mark: str, xml: str, place: int) -> bool:
    return xml.rfind(f"<{mark}>", 0, place) > xml.rfind(f"</{mark}>", 0, place)


def _last(kind: re.Pattern[str], mark: str, xml: str, before: int) -> str | None:
    """The properties of the paragraph or run that is open at a place; None where none is, or another closed in it."""
    start = max(xml.rfind(f"<{mark}>", 0, before), xml.rfind(f"<{mark} ", 0, before))
    if start < 0 or xml.rfind(f"</{mark}>", start, before) >= 0:
        return None
    match = kind.match(xml, start)
    return match["properties"] or "" if match else None


def in_paragraphs(shown: Markup, said: str) -> Markup:
    """A shown prose as WordprocessingML that goes on inside the run of its tag.

    said: the properties of its paragraph and its run; empty where its lines stay in one paragraph.
    """
    if not said:
        return Markup(str(shown).replace(str(BREAK), f"{BREAK}{INDENT}"))
    paragraph, _, run = base64.b64decode(said).decode().partition("\n")
    first, *others = str(shown).split(str(BREAK))
    begun = (f"{_END}<w:p>{_kept(paragraph, line)}<w:r>{run}{_TEXT}{_levelled(line, run)}" for line in others)
    return Markup("".join((_levelled(first, run), *begun)))


def _kept(paragraph: str, line: str) -> str:
    """A heading does not stand alone at the foot of a page."""
    return paragraph.replace("<w:pPr>", "<w:pPr><w:keepNext/>", 1) if _ONE.fullmatch(line) else paragraph


_END = "</w:t></w:r></w:p>"
INDENT = "\u3000\u3000"
BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')
_TEXT = '<w:t xml:space="preserve">'


def _levelled(line: str, run: str) -> str:
    """A line with its number's part in the face of its level."""
    if _ONE.fullmatch(line):
        return _faced(line, "", run, LEVEL_ONE_FACE)
    two = _TWO.match(line)
    return _faced(two[0], line[two.end() :], run, LEVEL_TWO_FACE) if two else line


def _faced(text: str, rest: str, run: str, face: str) -> str:
    other = re.sub(r'w:eastAsia="[^"]*"', f'w:eastAsia="{face}"', run)
    return f"</w:t></w:r><w:r>{other}{_TEXT}{text}</w:t></w:r><w:r>{run}{_TEXT}{rest}"
