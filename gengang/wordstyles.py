"""What the styles of a Word file do to its text: hide it, strike it out, number it. It knows no forms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from gengang.wordpackage import W, flag, value_of

_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Styles:
    """hidden, struck: ids of styles that hide or strike out; numbered: paragraph style -> list and level."""

    hidden: frozenset[str] = frozenset()
    struck: frozenset[str] = frozenset()
    numbered: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def dress(self) -> bool:
        """Whether a run's style may change what is seen of it."""
        return bool(self.hidden or self.struck)


NO_STYLES = Styles()


def styles_of(root: etree._Element) -> Styles:
    """The styles of a styles part, each with what it is based on."""
    own = {one.get(f"{W}styleId", ""): one for one in root.iter(f"{W}style")}
    found = {name: tuple(_lineage(name, own)) for name in own}
    return Styles(
        frozenset(name for name, line in found.items() if _is_on(line, "vanish")),
        frozenset(name for name, line in found.items() if _is_on(line, "strike", "dstrike")),
        {name: numbered for name, line in found.items() if (numbered := _numbered(line)) is not None},
    )


def _lineage(name: str, own: Mapping[str, etree._Element]) -> Iterator[etree._Element]:
    """The style and those that it is based on, nearest first."""
    for _ in range(_DEEPEST):
        style = own.get(name)
        if style is None:
            return
        yield style
        name = value_of(style, "basedOn")


def _is_on(line: tuple[etree._Element, ...], *names: str) -> bool:
    for style in line:
        marks = [mark for name in names if (mark := style.find(f"{W}rPr/{W}{name}")) is not None]
        if marks:
            return any(map(flag, marks))
    return False


def _numbered(line: tuple[etree._Element, ...]) -> tuple[str, int] | None:
    for style in line:
        mark = style.find(f"{W}pPr/{W}numPr")
        if mark is not None:
            level = value_of(mark, "ilvl")
            return value_of(mark, "numId"), int(level) if level.isdigit() and len(level) == 1 else 0
    return None
