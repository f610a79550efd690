"""Word's automatic numbering: what stands before a paragraph on paper though no text of it is in the file.

It counts as Word counts, paragraph by paragraph in the order of the document. It knows no forms.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from gengang.numerals import chinese_number
from gengang.wordpackage import W, value_of
from gengang.wordsymbols import symbol_of

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LEGAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is shown."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    font: str = ""
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Numbering:
    """The lists of a document and how far each has been counted. of_style: paragraph style -> its list and level."""

    lists: Mapping[str, tuple[str, Mapping[int, _Level]]]
    of_style: Mapping[str, tuple[str, int]]
    counted: dict[str, list[int | None]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    def before(self, properties: etree._Element) -> str:
        """What is shown before the paragraph with these properties; '' for none, and for a mere bullet."""
        own = properties.find(f"{W}numPr")
        number, level = self.of_style.get(value_of(properties, "pStyle"), ("", 0))
        if own is not None:
            number = value_of(own, "numId") or number
            level = _int(value_of(own, "ilvl"), level)
        if number not in self.lists or not 0 <= level < _LEVELS:
            return ""
        return self._next(number, level)

    def _next(self, number: str, level: int) -> str:
        abstract, levels = self.lists[number]
        here = levels.get(level, _Level())
        counts = self.counted.setdefault(abstract, [None] * _LEVELS)
        last = counts[level]
        fresh = last is None or ((number, level) not in self.started and here.plain)
        counts[level] = here.start if last is None or fresh else last + 1
        self.started.add((number, level))
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        if here.kind == "bullet":
            mark = symbol_of(here.font, here.text)
            return mark if mark in ("☑", "□") else ""
        return "" if here.kind == "none" else _PLACE.sub(lambda place: _shown(place, levels, counts), here.text)


def _shown(place: re.Match[str], levels: Mapping[int, _Level], counts: list[int | None]) -> str:
    level = int(place[1]) - 1
    shape = levels.get(level, _Level())
    count = counts[level]
    return _written(shape.start if count is None else count, shape.kind)


def _written(number: int, kind: str) -> str:
    return _WAYS.get(kind, str)(number)


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


def _lettered(number: int) -> str:
    return _LATIN[(number - 1) % 26] * ((number - 1) // 26 + 1) if number > 0 else str(number)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _of_cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


_WAYS: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital",
                     "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseDigitalTenThousand"), chinese_number),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional"),
                    lambda number: chinese_number(number).translate(_LEGAL)),
    "decimalFullWidth": lambda number: str(number).translate(_FULL),
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": _lettered,
    "upperLetter": lambda number: _lettered(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "ideographTraditional": _of_cycle(_STEMS),
    "ideographZodiac": _of_cycle(_BRANCHES),
}  # fmt: skip


def numbering_of(root: etree._Element, of_style: Mapping[str, tuple[str, int]]) -> Numbering:
    """The lists of a numbering part."""
    shapes = {one.get(f"{W}abstractNumId", ""): _levels_of(one) for one in root.iter(f"{W}abstractNum")}
    lists: dict[str, tuple[str, Mapping[int, _Level]]] = {}
    for one in root.iter(f"{W}num"):
        abstract = value_of(one, "abstractNumId")
        lists[one.get(f"{W}numId", "")] = abstract, {**shapes.get(abstract, {}), **_overridden(one, shapes, abstract)}
    return Numbering(lists, of_style)


def _levels_of(abstract: etree._Element) -> dict[int, _Level]:
    return {_int(one.get(f"{W}ilvl", "")): _level_of(one) for one in abstract.findall(f"{W}lvl")}


def _level_of(level: etree._Element) -> _Level:
    fonts = level.find(f"{W}rPr/{W}rFonts")
    font = "" if fonts is None else fonts.get(f"{W}ascii", "") or fonts.get(f"{W}hAnsi", "")
    return _Level(_int(value_of(level, "start"), 1), value_of(level, "numFmt") or "decimal",
                  value_of(level, "lvlText"), font)  # fmt: skip


def _overridden(
    num: etree._Element, shapes: Mapping[str, Mapping[int, _Level]], abstract: str
) -> dict[int, _Level]:  # fmt: skip
    """Levels that this list shows otherwise than its pattern; one that starts anew is `plain`."""
    found: dict[int, _Level] = {}
    for one in num.findall(f"{W}lvlOverride"):
        level = _int(one.get(f"{W}ilvl", ""))
        own = one.find(f"{W}lvl")
        shape = shapes.get(abstract, {}).get(level, _Level()) if own is None else _level_of(own)
        start = value_of(one, "startOverride")
        found[level] = _Level(_int(start, shape.start), shape.kind, shape.text, shape.font, bool(start))
    return found


def _int(text: str, otherwise: int = 0) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else otherwise
