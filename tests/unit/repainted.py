"""The same print as other programs write it: each letter placed by itself, ruling lines as bars or dashes, other maps.

Knows how LibreOffice writes a page: fonts of one byte a letter, with widths and a map to Unicode.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any

import pikepdf

Instruction = tuple[list[Any], pikepdf.Operator]
Change = Callable[[pikepdf.Page], Iterator[Instruction]]

_MAPPED = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4,})>")


def repainted(data: bytes, change: Change) -> bytes:
    """The file with the drawing of each page changed."""
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.obj["/Contents"] = pdf.make_stream(pikepdf.unparse_content_stream(list(change(page))))
        return saved(pdf)


def saved(pdf: pikepdf.Pdf) -> bytes:
    file = BytesIO()
    pdf.save(file)
    return file.getvalue()


def _operator(name: str) -> pikepdf.Operator:
    return pikepdf.Operator(name)


# --- letters ---


def letter_by_letter(page: pikepdf.Page) -> Iterator[Instruction]:
    """Every letter at a place of its own, as WPS and print drivers do."""
    for text, x, y, before in _letters(page):
        if isinstance(before, tuple):
            yield before
        else:
            yield [1, 0, 0, 1, round(x, 3), round(y, 3)], _operator("Tm")
            yield [pikepdf.String(text)], _operator("Tj")


def kerned(page: pikepdf.Page) -> Iterator[Instruction]:
    """Every text with small steps between its letters, forth and back."""
    for operands, operator in _instructions(page):
        if str(operator) == "Tj":
            parts: list[Any] = []
            for number, code in enumerate(bytes(operands[0])):
                parts += [pikepdf.String(bytes([code])), 4 if number % 2 else -4]
            yield [pikepdf.Array(parts)], _operator("TJ")
        else:
            yield operands, operator


def _instructions(page: pikepdf.Page) -> Iterator[tuple[list[Any], pikepdf.Operator]]:
    for one in pikepdf.parse_content_stream(page):
        yield list(one.operands), one.operator


def _letters(page: pikepdf.Page) -> Iterator[tuple[bytes, float, float, Instruction | None]]:
    """Letters with their places, and all that is no letter as it was."""
    fonts = page.obj.Resources.Font
    font: Any = None
    size, start, at = 1.0, (0.0, 0.0), (0.0, 0.0)
    for operands, operator in _instructions(page):
        name = str(operator)
        if name == "Tf":
            font, size = fonts[str(operands[0])], float(operands[1])
        if name == "BT":
            start = at = (0.0, 0.0)
        if name == "Td":
            start = at = (start[0] + float(operands[0]), start[1] + float(operands[1]))
        elif name == "Tm":
            start = at = (float(operands[4]), float(operands[5]))
        elif name in ("Tj", "TJ"):
            for part in operands[0] if name == "TJ" else [operands[0]]:
                if isinstance(part, pikepdf.String):
                    for code in bytes(part):
                        yield bytes([code]), *at, None
                        at = (at[0] + float(font.Widths[code]) * size / 1000, at[1])
                else:
                    at = (at[0] - float(part) * size / 1000, at[1])
        else:
            yield b"", 0, 0, (operands, operator)


# --- ruling lines ---


def ruled_with_bars(page: pikepdf.Page) -> Iterator[Instruction]:
    """Lines as thin filled bars, as Word draws them."""
    yield from _ruled(page, lambda x0, y0, x1, y1: [_bar(x0, y0, x1, y1)])


def ruled_with_dashes(page: pikepdf.Page) -> Iterator[Instruction]:
    """Lines as rows of short strokes."""
    yield from _ruled(page, lambda *line: [_bar(*part) for part in _parts(line, 3.0, 1.5)])


def ruled_with_dots(page: pikepdf.Page) -> Iterator[Instruction]:
    """Lines as rows of dots."""
    yield from _ruled(page, lambda *line: [_bar(*part) for part in _parts(line, 0.8, 1.2)])


def _ruled(page: pikepdf.Page, draw: Callable[..., Sequence[list[float]]]) -> Iterator[Instruction]:
    begin = (0.0, 0.0)
    for operands, operator in _instructions(page):
        name = str(operator)
        if name == "m":
            begin = (float(operands[0]), float(operands[1]))
        elif name == "l":
            for bar in draw(*begin, float(operands[0]), float(operands[1])):
                yield list(bar), _operator("re")
        elif name == "S":
            yield [0], _operator("g")
            yield [], _operator("f")
        else:
            yield operands, operator


def _bar(x0: float, y0: float, x1: float, y1: float) -> list[float]:
    thick = 0.5
    return [min(x0, x1) - thick / 2, min(y0, y1) - thick / 2, abs(x1 - x0) + thick, abs(y1 - y0) + thick]


def _parts(line: Sequence[float], length: float, gap: float) -> Iterator[tuple[float, float, float, float]]:
    x0, y0, x1, y1 = line
    whole = max(abs(x1 - x0), abs(y1 - y0))
    at = 0.0
    while at < whole:
        ends = (at / whole, min(at + length, whole) / whole)
        (a, b), (c, d) = ((x0 + (x1 - x0) * t, y0 + (y1 - y0) * t) for t in ends)
        yield a, b, c, d
        at += length + gap


# --- maps ---


def remapped(data: bytes, change: Callable[[str], str | None], fonts: Callable[[str], bool] = bool) -> bytes:
    """The file with what its fonts say of their letters changed, its drawing left alone; None: no longer mapped.

    fonts: which of them, by name.
    """
    with pikepdf.open(BytesIO(data)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing and fonts(str(thing.BaseFont)):
                thing["/ToUnicode"] = pdf.make_stream(_MAPPED.sub(_changed(change), thing.ToUnicode.read_bytes()))
        return saved(pdf)


def _changed(change: Callable[[str], str | None]) -> Callable[[re.Match[bytes]], bytes]:
    def one(found: re.Match[bytes]) -> bytes:
        text = change(bytes.fromhex(found[2].decode()).decode("utf-16-be"))
        mapped = "FFFD" if text is None else text.encode("utf-16-be").hex().upper()
        return b"<" + found[1] + b"> <" + mapped.encode() + b">"

    return one


def moved_on(mapped: bytes) -> bytes:
    """A font's map in which each letter is called what the next one draws."""
    found = _MAPPED.findall(mapped)
    following = {code: found[(number + 1) % len(found)][1] for number, (code, _) in enumerate(found)}
    return _MAPPED.sub(lambda one: b"<" + one[1] + b"> <" + following[one[1]] + b">", mapped)


# --- more on a page ---


def with_content(data: bytes, content: str, font: str = "") -> bytes:
    """The file with more drawn on its first page; font: Chinese font that `/More` shall be, not carried by the file."""
    with pikepdf.open(BytesIO(data)) as pdf:
        page = pdf.pages[0]
        if font:
            page.obj.Resources.Font["/More"] = _foreign_font(pdf, font)
        page.contents_add(pdf.make_stream(content.encode()))
        return saved(pdf)


def _foreign_font(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object:
    make, names = pikepdf.Dictionary, pikepdf.Name
    descriptor = pdf.make_indirect(make(Type=names.FontDescriptor, FontName=names("/" + name), Flags=6,
                                        FontBBox=[0, -200, 1000, 900], ItalicAngle=0, Ascent=900, Descent=-200,
                                        CapHeight=700, StemV=80))  # fmt: skip
    glyphs = pdf.make_indirect(make(Type=names.Font, Subtype=names.CIDFontType0, BaseFont=names("/" + name), DW=1000,
                                    CIDSystemInfo=make(Registry=b"Adobe", Ordering=b"GB1", Supplement=4),
                                    FontDescriptor=descriptor))  # fmt: skip
    return pdf.make_indirect(make(Type=names.Font, Subtype=names.Type0, BaseFont=names(f"/{name}-UniGB-UCS2-H"),
                                  Encoding=names("/UniGB-UCS2-H"), DescendantFonts=[glyphs]))  # fmt: skip


def shown_text(text: str, x: float, y: float, size: float = 10.0, before: str = "") -> str:
    """Drawing of a text in `/More` at a place from the lower left; before: what sets its colour or mode."""
    code = text.encode("utf-16-be").hex()
    return f"q {before} BT /More {size} Tf 1 0 0 1 {x} {y} Tm <{code}> Tj ET Q"
