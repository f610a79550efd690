"""XML changed at single places, every other byte as it was: elements with their bounds in the text, and edits of it.

A parser that writes its tree again respells quotes, namespaces and empty elements; an office's template must not change
where nothing was mended.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape

_TOKEN = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<![^>]*>"
    r"|<(?P<close>/?)(?P<name>[\w:.-]+)(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(?P<empty>/?)>",
    re.DOTALL,
)


@dataclass(slots=True, eq=False)
class Element:
    """An element. start, end: its bounds in the text; inner, inner_end: those of its content; name: with its prefix."""

    name: str
    attributes: str
    start: int
    inner: int
    inner_end: int = 0
    end: int = 0
    parent: "Element | None" = None
    children: list["Element"] = field(default_factory=list)

    def iter(self, *names: str) -> Iterator["Element"]:
        """Itself and all below it, in order, of these names; of all when none is given."""
        if not names or self.name in names:
            yield self
        for child in self.children:
            yield from child.iter(*names)

    def find(self, *path: str) -> "Element | None":
        """The first child down a path of names."""
        node: Element | None = self
        for step in path:
            node = None if node is None else next((child for child in node.children if child.name == step), None)
        return node

    def above(self) -> Iterator["Element"]:
        """Its parent, the parent of that, and so on."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def get(self, attribute: str) -> str:
        """The value of an attribute, empty where there is none."""
        found = re.search(rf"(?<![\w:.-]){re.escape(attribute)}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", self.attributes)
        return unescape(found[1] or found[2] or "") if found else ""


def element_of(text: str) -> Element:
    """The root element. Raises ValueError when the text is no sound XML."""
    top = Element("", "", 0, 0)
    node = top
    for token in _TOKEN.finditer(text):
        if not token["name"]:
            continue
        if token["close"]:
            if node.name != token["name"] or node.parent is None:
                raise ValueError(f"</{token['name']}> closes <{node.name}>")
            node.inner_end, node.end = token.start(), token.end()
            node = node.parent
            continue
        opened = Element(token["name"], token["attributes"], token.start(), token.end(), parent=node)
        node.children.append(opened)
        if token["empty"]:
            opened.inner_end = opened.end = token.end()
        else:
            node = opened
    if node is not top or len(top.children) != 1:
        raise ValueError("an element is not closed")
    return top.children[0]


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands in place of the text from start to end."""

    start: int
    end: int
    text: str = ""


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made; no two may overlap."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        if edit.start < at:
            raise ValueError("two edits overlap")
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])
