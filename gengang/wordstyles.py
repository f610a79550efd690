"""What the styles of a Word file do to its text: hide it, strike it out, make it unseen, number it.

It knows no forms.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from gengang.wordpackage import W, XmlPart, flag, value_of

_DEEPEST = 12
_LEAST_SIZE = 4  # half points


@dataclass(frozen=True, slots=True)
class Look:
    """How a style draws letters, empty where it does not say. color: RRGGBB; size: in half points.

    backed: another colour than white lies behind them.
    """

    color: str = ""
    size: str = ""
    backed: bool = False


@dataclass(frozen=True, slots=True)
class Styles:
    """hidden, struck: ids of styles that hide or strike out; numbered: paragraph style -> list and level.

    looks: how each style draws letters; none where no style makes them unseen.
    """

    hidden: frozenset[str] = frozenset()
    struck: frozenset[str] = frozenset()
    numbered: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    looks: Mapping[str, Look] = field(default_factory=dict)

    @property
    def dress(self) -> bool:
        """Whether a run's style may change what is seen of it."""
        return bool(self.hidden or self.struck or self.looks)


NO_STYLES = Styles()


def styles_of(root: etree._Element) -> Styles:
    """The styles of a styles part, each with what it is based on."""
    own = {one.get(f"{W}styleId", ""): one for one in root.iter(f"{W}style")}
    found = {name: tuple(_lineage(name, own)) for name in own}
    looks = {name: _look(line) for name, line in found.items()}
    unseen = any(is_white(look.color) or is_tiny(look.size) for look in looks.values())
    return Styles(
        frozenset(name for name, line in found.items() if _is_on(line, "vanish")),
        frozenset(name for name, line in found.items() if _is_on(line, "strike", "dstrike")),
        {name: numbered for name, line in found.items() if (numbered := _numbered(line)) is not None},
        looks if unseen else {},
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


# --- letters that nobody sees ---


def is_white(color: str) -> bool:
    """Whether letters of this colour are seen only where another lies behind them."""
    return color.upper() == "FFFFFF"


def is_tiny(size: str) -> bool:
    """Whether letters of this size, in half points, are too small to be seen."""
    return size.isdecimal() and int(size) <= _LEAST_SIZE


def is_behind(color: str) -> bool:
    """Whether a shade or a highlight makes white letters seen."""
    return color.upper() not in ("", "AUTO", "FFFFFF", "NONE", "WHITE")


def names_unseen(part: XmlPart) -> bool:
    """Whether a part holds white or tiny letters; sizes are searched for as every program writes them."""
    colors = part.root.iter(f"{W}color")
    return (
        b"<w:" not in part.content[:_HEAD]
        or any(is_white(color.get(f"{W}val", "")) for color in colors)
        or any(mark in part.content for mark in _SMALL)
    )


_HEAD = 4_000
_SMALL = tuple(f'w:sz w:val="{size}"'.encode() for size in range(_LEAST_SIZE + 1))


def _look(line: tuple[etree._Element, ...]) -> Look:
    behind = (_said(line, "rPr/highlight"), _said(line, "rPr/shd", "fill"), _said(line, "pPr/shd", "fill"))
    return Look(_said(line, "rPr/color"), _said(line, "rPr/sz"), any(map(is_behind, behind)))


def _said(line: tuple[etree._Element, ...], path: str, attribute: str = "val") -> str:
    """What the nearest style says that says anything."""
    steps = "/".join(W + step for step in path.split("/"))
    marks = (mark for style in line if (mark := style.find(steps)) is not None)
    return next((value for mark in marks if (value := mark.get(W + attribute, ""))), "")
