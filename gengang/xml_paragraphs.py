"""The text of a paragraph in the XML of a Word part, and edits that change it where it stands."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from xml.sax.saxutils import escape

from gengang.tags import TAG
from gengang.xml_edits import Edit, Element

_BREAKS = {"w:tab": " ", "w:ptab": " ", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_ELSEWHERE = frozenset(("w:del", "w:moveFrom", "w:instrText", "mc:Fallback", "w:p", "w:txbxContent"))


@dataclass(frozen=True, slots=True)
class Leaf:
    """A stretch of a paragraph's text. element: `w:t`, or the tab or break that shows as `text`; run: what holds it."""

    element: Element
    text: str
    run: Element


def leaves_of(paragraph: Element, source: str) -> list[Leaf]:
    """The texts of a paragraph that are seen, without those of the text boxes in it."""
    return list(_leaves_below(paragraph, source))


def _leaves_below(node: Element, source: str) -> Iterator[Leaf]:
    for child in node.children:
        if child.name == "w:t":
            yield Leaf(child, unescape(source[child.inner : child.inner_end]), node)
        elif child.name in _BREAKS:
            yield Leaf(child, _BREAKS[child.name], node)
        elif child.name not in _ELSEWHERE:
            yield from _leaves_below(child, source)


def text_of(leaves: Sequence[Leaf]) -> str:
    """The text of a paragraph."""
    return "".join(leaf.text for leaf in leaves)


@dataclass(frozen=True, slots=True)
class Change:
    """What stands in a paragraph's text from start to end from now on."""

    start: int
    end: int
    text: str


def edits_of_changes(leaves: Sequence[Leaf], changes: Sequence[Change]) -> Iterator[Edit]:
    """Each change wholly in the run where it begins; a tab or a break inside of it goes."""
    at = 0
    for leaf in leaves:
        end = at + len(leaf.text)
        touching = [change for change in changes if change.start < end and change.end > at]
        if touching and leaf.element.name != "w:t":
            yield Edit(leaf.element.start, leaf.element.end)
        elif touching:
            yield text_edit(leaf.element, _changed(leaf.text, at, touching))
        at = end


def _changed(text: str, at: int, changes: Sequence[Change]) -> str:
    parts, done = [], 0
    for change in changes:
        start, end = max(change.start - at, 0), min(change.end - at, len(text))
        parts += [text[done:start], change.text if change.start >= at else ""]
        done = end
    return "".join([*parts, text[done:]])


def text_edit(element: Element, text: str) -> Edit:
    """A `w:t` with another text."""
    spaced = 'xml:space="preserve"'
    attributes = element.attributes if "xml:space" in element.attributes else f"{element.attributes.rstrip()} {spaced}"
    return Edit(element.start, element.end, f"<w:t{attributes}>{escape(text)}</w:t>")


def split_tags(leaves: Sequence[Leaf]) -> Iterator[Change]:
    """Tags that stand in more than one run, each as one text."""
    bounds, at = [], 0
    for leaf in leaves:
        at += len(leaf.text)
        bounds.append(at)
    for tag in TAG.finditer(text_of(leaves)):
        if any(tag.start() < bound < tag.end() for bound in bounds):
            yield Change(tag.start(), tag.end(), re.sub(r"\s*\n\s*", " ", tag[0]))
