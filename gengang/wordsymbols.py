"""What the symbol fonts of Word draw: ticked and empty boxes by font and position; all other signs stay unread."""

from collections.abc import Mapping

TICK_FONTS = ("wingdings", "webdings", "marlett")
# Ticked, crossed and filled boxes and bare ticks; empty boxes and circles. Positions in each font.
_TICKED: Mapping[str, frozenset[int]] = {
    "wingdings": frozenset({0x6C, 0x6E, 0x78, 0xA4, 0xFB, 0xFC, 0xFD, 0xFE}),
    "wingdings 2": frozenset({0x4F, 0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0xA2}),
    "webdings": frozenset({0x61, 0x67, 0x6E, 0x72}),
    "marlett": frozenset({0x61, 0x62}),
}
_UNTICKED: Mapping[str, frozenset[int]] = {
    "wingdings": frozenset({0x6F, 0x70, 0x71, 0x72, 0xA1, 0xA2, 0xA8}),
    "wingdings 2": frozenset({0x2A, 0x30, 0xA3}),
    "webdings": frozenset({0x63}),
    "marlett": frozenset(),
}
# The same signs without their font, as converters leave them.
_TICKED_ANYWHERE = frozenset({0x50, 0x52, 0x53, 0x54, 0x6E, 0x78, 0xFB, 0xFC, 0xFD, 0xFE})
_UNTICKED_ANYWHERE = frozenset({0x2A, 0x30, 0x6F, 0x70, 0x71, 0x72, 0xA3, 0xA8})
_SYMBOL_SIGNS = {0xD6: "√", 0xB4: "×", 0xB7: "·", 0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xA2: "′", 0xB0: "°"}
UNKNOWN = "\ufffd"


def is_symbol_font(font: str) -> bool:
    """Whether a font draws signs where others draw letters."""
    return font.lower().startswith(TICK_FONTS)


def symbol_of(font: str, chars: str) -> str:
    """What a text in a symbol font shows."""
    return "".join(symbol_at(font, ord(char)) for char in chars)


def symbol_named(font: str, code: str) -> str:
    """The sign whose position a file gives in hexadecimal digits."""
    try:
        return symbol_at(font, int(code, 16))
    except ValueError:
        return UNKNOWN


def symbol_at(font: str, code: int) -> str:
    """The sign at a position, also as its private-use twin F0xx: ☑, □, a blank, or one that a person must read."""
    kind = font.lower()
    private = 0xF000 <= code <= 0xF0FF
    if not private and (code > 0xFF or code < 0x20 or not is_symbol_font(font)):
        return chr(code) if code < 0x110000 else UNKNOWN
    at = code & 0xFF
    if at in (0x20, 0xA0):
        return " "
    if kind == "symbol" and at in _SYMBOL_SIGNS:
        return _SYMBOL_SIGNS[at]
    if at in _TICKED.get(kind, frozenset() if kind == "symbol" else _TICKED_ANYWHERE):
        return "☑"
    if at in _UNTICKED.get(kind, frozenset() if kind == "symbol" else _UNTICKED_ANYWHERE):
        return "□"
    return chr(0xF000 + at)
