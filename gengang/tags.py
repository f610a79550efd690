"""The grammar of a tag in a template: `{{ name | codec("a","b") }}`, `{%tr for x in xs %}`, `{%tr endfor %}`.

What Word, an input method or a web page made of its marks is understood inside a tag: quotes, commas, brackets, bars,
full-width letters, characters without width. Its braces must be plain.
"""

import re
from dataclasses import dataclass

from gengang.form import FieldType

TAG = re.compile(r"\{\{(?:(?!\{\{|\}\}).)*\}\}|\{%(?:(?!\{%|%\}).)*%\}", re.DOTALL)
_VALUE = re.compile(
    r"\{\{\s*(?:(?P<loop>\w+)\.)?(?P<name>\w+)\s*(?:\|\s*(?P<codec>\w+)\s*(?:\((?P<args>.*)\))?\s*)?\}\}", re.DOTALL
)
_FOR = re.compile(r"\{%tr\s+for\s+(?P<item>\w+)\s+in\s+(?P<list>\w+)\s*%\}")
_ENDFOR = re.compile(r"\{%tr\s+endfor\s*%\}")
_WORD = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)')\s*(?:,|$)""")
_QUOTES = "\"“”„'‘’＂＇「」『』"
_QUOTED = re.compile(f"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]")
_TYPED = {
    **dict.fromkeys(map(ord, "“”„＂「」『』"), '"'), **dict.fromkeys(map(ord, "‘’＇"), "'"),
    **dict.fromkeys(map(ord, "｜丨│┃∣︱￨"), "|"), **dict.fromkeys(map(ord, "，、；"), ","),
    **dict.fromkeys(map(ord, "．。"), "."), **dict.fromkeys(map(ord, "\u3000\u00a0"), " "),
    **{code: chr(code - 0xFEE0) for code in map(ord, "（）＿％")},
    **{code: chr(code - 0xFEE0) for a, z in ("０９", "ＡＺ", "ａｚ") for code in range(ord(a), ord(z) + 1)},
    **dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"), ""),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ValueTag:
    """`{{ loop.name | codec(options) }}`; codec is empty when the tag has no filter."""

    name: str
    type: FieldType
    loop: str = ""


@dataclass(frozen=True, slots=True)
class ForTag:
    """`{%tr for item in list %}`."""

    item: str
    list: str


@dataclass(frozen=True, slots=True)
class EndTag:
    """`{%tr endfor %}`."""


@dataclass(frozen=True, slots=True)
class BadTag:
    """Something between braces that is no tag of ours."""

    text: str


Tag = ValueTag | ForTag | EndTag | BadTag


def plain_tag(text: str) -> str:
    """A tag as Jinja reads it: marks that an editor made Chinese become the plain ones, but not in a quoted word."""
    plain, at = "", 0
    for word in _QUOTED.finditer(text):
        plain += text[at : word.start()].translate(_TYPED) + f'"{word[1]}"'
        at = word.end()
    return plain + text[at:].translate(_TYPED)


def tag_of(text: str) -> Tag:
    """What one tag says; `text` runs from its opening to its closing braces."""
    plain = plain_tag(text)
    if match := _VALUE.fullmatch(plain):
        options = _options(match["args"] or "")
        if options is None or not match["name"].isidentifier():
            return BadTag(text)
        return ValueTag(match["name"], FieldType(match["codec"] or "", options), match["loop"] or "")
    if match := _FOR.fullmatch(plain):
        return ForTag(match["item"], match["list"])
    return EndTag() if _ENDFOR.fullmatch(plain) else BadTag(text)


def _options(args: str) -> tuple[str, ...] | None:
    words, position = [], 0
    while args[position:].strip():
        match = _WORD.match(args, position)
        if match is None:
            return None
        words.append(match[1] if match[1] is not None else match[2])
        position = match.end()
    return tuple(words)


def pieces_of(text: str) -> tuple[str | Tag, ...]:
    """A line of a template as printed text and tags in order."""
    found: list[str | Tag] = []
    position = 0
    for match in TAG.finditer(text):
        if match.start() > position:
            found.append(text[position : match.start()])
        found.append(tag_of(match[0]))
        position = match.end()
    if position < len(text):
        found.append(text[position:])
    return tuple(found)
