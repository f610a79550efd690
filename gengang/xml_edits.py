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


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """An element. start, end: its bounds in the text; inner, inner_end: those of its content; name: with its prefix."""

    name: str
    attributes: str
    start: int
    inner: int
    inner_end: int
    end: int
    children: tuple["Element", ...] = ()

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

    def get(self, attribute: str) -> str:
        """The value of an attribute, empty where there is none."""
        found = re.search(rf"(?<![\w:.-]){re.escape(attribute)}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", self.attributes)
        return unescape(found[1] or found[2] or "") if found else ""


@dataclass(slots=True)
class _Open:
    """An element whose end has not come yet."""

    name: str
    attributes: str
    start: int
    inner: int
    children: list[Element] = field(default_factory=list)

    def closed(self, inner_end: int, end: int) -> Element:
        return Element(self.name, self.attributes, self.start, self.inner, inner_end, end, tuple(self.children))


def element_of(text: str) -> Element:
    """The root element. Raises ValueError when the text is no sound XML."""
    stack = [_Open("", "", 0, 0)]
    for token in _TOKEN.finditer(text):
        if not token["name"]:
            continue
        if token["close"]:
            opened = stack.pop()
            if opened.name != token["name"] or not stack:
                raise ValueError(f"</{token['name']}> closes <{opened.name}>")
            stack[-1].children.append(opened.closed(token.start(), token.end()))
            continue
        opened = _Open(token["name"], token["attributes"], token.start(), token.end())
        if token["empty"]:
            stack[-1].children.append(opened.closed(token.end(), token.end()))
        else:
            stack.append(opened)
    if len(stack) != 1 or len(stack[0].children) != 1:
        raise ValueError("an element is not closed")
    return stack[0].children[0]


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
