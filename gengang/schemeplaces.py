"""Places in a scheme file (`evaluation.pass_at`, `item R2.each`, `document DOC1.due`): what stands there, setting it.

A part of which there are several is named by its id, one without an id by its number (`leading_group[1]`). The text
keeps its comments, its order and its other lines.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gengang.errors import WorkspaceError

_SPLIT = re.compile(r"[.\s]+")
_IN_FILE = re.compile(r"[A-Za-z]")
_AN_ID = re.compile(r"[A-Z]+\d")
_APART = re.compile(r"[、，,]|(?<=\d)\s+(?=\d{4}-)")
_NUMBERED = re.compile(r"(\w+)\[(\d{1,3})\]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_HEADER = re.compile(r"(?m)^\[(\[?)([^\[\]\n]+)\]\]?[^\n]*\n")


@dataclass(frozen=True, slots=True)
class _Section:
    """A section of the text. name: as in its header; begin, end: of its lines below the header."""

    name: str
    many: bool
    begin: int
    end: int


def value_at(values: Mapping[str, Any], place: str) -> object:
    """What stands at a place of a file's values; of a part of which there are several, without an id, all of them.

    Raises KeyError when there is no such place.
    """
    found: Any = values
    for part in _SPLIT.split(place.strip()):
        numbered = _NUMBERED.fullmatch(part)
        if numbered is not None and isinstance(found, Mapping):
            number, parts = int(numbered[2]), found[numbered[1]]
            if not 1 <= number <= len(parts):
                raise KeyError(part)
            found = parts[number - 1]
        elif isinstance(found, list):
            named = [one for one in found if one.get("id") == part]
            found = named[0] if named else [one[part] for one in found]
        else:
            found = found[part]
    return found


def places_of(switch: str) -> tuple[str, ...]:
    """The places that a switch names, parted by 、; what is not of the file, such as 学校一览表, is none.

    In `document DOC14.inside、DOC15.due` the second is of the same kind as the first.
    """
    found: list[str] = []
    kind = ""
    for place in switch.split("、"):
        if place and _IN_FILE.match(place):
            kind = place.partition(" ")[0] if " " in place else kind if _AN_ID.match(place) else ""
            found.append(place if " " in place or not kind else f"{kind} {place}")
    return tuple(found)


def words_of_value(value: object) -> str:
    """A value as a reader wants it: 是, 60, 2016年12月7日, 甲、乙; of whole parts how many there are."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, list):
        if value and all(isinstance(one, dict) for one in value):
            return f"{len(value)}项"
        return "、".join(dict.fromkeys(map(words_of_value, value))) or "没有"
    return f"{len(value)}项" if isinstance(value, dict) else str(value) or "（空）"


def with_value(text: str, place: str, written: str) -> str:
    """The text with another value at a place. written: as typed, `65`, `2016-12-09`, `是`, `甲、乙` or TOML.

    Raises WorkspaceError when the place does not exist or holds no single value.
    """
    values = tomllib.loads(text, parse_float=Decimal)
    *parts, key = _SPLIT.split(place.strip())
    try:
        old = value_at(values, place)
    except (KeyError, TypeError, AttributeError):
        raise WorkspaceError(f"方案里没有“{place}”这一项。用 gengang scheme explain 可以看到各项的名称。") from None
    section = _section(text, values, parts)
    found = _line_of(key).search(text, section.begin, section.end)
    if found is None or isinstance(old, dict):
        raise WorkspaceError(f"“{place}”不是一个可以直接设定的值。")
    return text[: found.start("value")] + _in_toml(written, old) + text[found.end("value") :]


def without_part(text: str, kind: str, id: str | int) -> str:
    """The text without the part of this id, or of this number from 1; comments between it and the next part stay.

    Raises WorkspaceError when there is none.
    """
    section = _part(text, kind, id)
    begin = text.rindex("[[", 0, section.begin)
    return text[:begin] + text[begin + len(_lines_set(text[begin : section.end])) :].lstrip("\n")


def with_part(text: str, kind: str, lines: Sequence[str]) -> str:
    """The text with another part behind the last one of its kind, or at its end. lines: `id = "R13"` and the like."""
    own = [one for one in _sections(text) if one.name == kind and one.many]
    made = "\n".join((f"[[{kind}]]", *lines))
    if not own:
        return f"{text.rstrip()}\n\n{made}\n"
    begin = text.rindex("[[", 0, own[-1].begin)
    place = begin + len(_lines_set(text[begin : own[-1].end]))
    return f"{text[:place]}\n{made}\n{text[place:]}"


def _part(text: str, kind: str, id: str | int) -> _Section:
    own = [one for one in _sections(text) if one.name == kind and one.many]
    if isinstance(id, str):
        parts = tomllib.loads(text, parse_float=Decimal).get(kind, ())
        number = next((number for number, one in enumerate(parts, 1) if one.get("id") == id), 0)
    else:
        number = id
    if not 1 <= number <= len(own):
        raise WorkspaceError(f"方案里没有“{kind} {id}”。")
    return own[number - 1]


def _lines_set(section: str) -> str:
    """A section up to its last line that sets something, with that line's end."""
    lines = section.splitlines(keepends=True)
    last = max(number for number, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
    return "".join(lines[: last + 1])


def in_toml(value: str | Decimal | Sequence[str]) -> str:
    """A value of a new line, as TOML."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, str):
        return _quoted(value)
    return f"[{', '.join(map(_quoted, value))}]"


def _line_of(key: str) -> re.Pattern[str]:
    """The line that sets a key: its value may be a list over several lines, and a comment may follow."""
    name, listed, quoted = re.escape(key), r"\[[^\]]*\]", r'"(?:[^"\\\n]|\\.)*"'
    return re.compile(rf'(?m)^(?:{name}|"{name}") = (?P<value>{listed}|{quoted}|[^\n#]*?)[ \t]*(?:#[^\n]*)?$')


def _section(text: str, values: Mapping[str, Any], parts: Sequence[str]) -> _Section:
    """The section in which a key stands: `item R2` is the second [[item]]."""
    sections = _sections(text)
    name, *rest = parts if parts else ("",)
    inside: Any = values.get(name)
    if isinstance(inside, list) and rest:
        number = [one.get("id") for one in inside].index(rest[0])
        own = [one for one in sections if one.name == name and one.many]
        return own[number]
    numbered = _NUMBERED.fullmatch(parts[-1]) if parts else None
    if numbered is not None:
        name = ".".join((*parts[:-1], numbered[1]))
        return [one for one in sections if one.name == name and one.many][int(numbered[2]) - 1]
    full = ".".join(parts)
    found = [one for one in sections if one.name == full]
    if len(found) != 1:
        raise WorkspaceError(f"“{full}”有若干项，请写明是哪一项，例如 item R2.each。")
    return found[0]


def _sections(text: str) -> list[_Section]:
    headers = list(_HEADER.finditer(text))
    ends = [*(one.start() for one in headers[1:]), len(text)]
    return [_Section(one[2].strip(), bool(one[1]), one.end(), end) for one, end in zip(headers, ends, strict=True)]


def _in_toml(written: str, old: object) -> str:
    """What was typed, as TOML of the kind that stands there."""
    plain = written.strip()
    if isinstance(old, bool) and plain in ("是", "否"):
        return "true" if plain == "是" else "false"
    if isinstance(old, list) and not plain.startswith("["):
        return f"[{', '.join(_listed(one) for one in map(str.strip, _APART.split(plain)) if one)}]"
    if plain.startswith('"') or _is_other(plain):
        return plain
    # 未定, 第3周 and 结束后7日 stand where a date or a number else does.
    return _quoted(plain) if isinstance(old, str) or _begins_in_chinese(plain) else plain


def _listed(one: str) -> str:
    return one if _DAY.fullmatch(one) else _quoted(one)


def _begins_in_chinese(plain: str) -> bool:
    return plain[:1] >= "\u4e00"


def _is_other(plain: str) -> bool:
    """Whether a text that takes the place of 未定 is a number or a date."""
    return re.fullmatch(r"\d+(?:\.\d+)?|\d{4}-\d{2}-\d{2}", plain) is not None


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
