"""The print of a paper with only what is black: coloured words, rules and the picture behind the page are taken out.

What is left is moved by the office's offset and printed onto a sheet that has the rest: a bought shell, a signed form.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pikepdf
import pypdfium2

from gengang.tools import settled_pdf

POINTS_A_MM = 72 / 25.4
DARK = 0.25  # of each primary colour, below which print is black
LARGEST_PICTURE = 0.5  # of the page's area; what is larger lies behind the text
NEAR = 0.3 * POINTS_A_MM
_PAINTED = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"})
_SHOWN = frozenset({"Tj", "TJ", "'", '"'})
_DROPPED = frozenset({"sh", "BDC", "BMC", "EMC"})
_WHOLE = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Matrix = tuple[float, float, float, float, float, float]
Instruction = pikepdf.ContentStreamInstruction


@dataclass(frozen=True, slots=True)
class Offset:
    """How far the print has to be moved, in millimetres: to the right and down, or the other way when below 0."""

    right: float = 0.0
    down: float = 0.0


@dataclass(frozen=True, slots=True)
class Overprint:
    """What is printed onto sheets. pages: numbers, from 1, of the pages that it is printed onto, in its own order."""

    pdf: bytes
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _State:
    """Fill colour and place of what is drawn next."""

    dark: bool = True
    matrix: Matrix = _WHOLE


def overprint_of(pdf: bytes, offset: Offset, pictures: bool) -> Overprint:
    """The black words of a print, moved; pages that have none are left out. pictures: small ones too, as a code is."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        kept = []
        for number, page in enumerate(document.pages, 1):
            left = list(_black(page, pictures))
            if any(str(one.operator) in _SHOWN or str(one.operator) == "Do" for one in left):
                kept.append(number)
                page.Contents = document.make_stream(pikepdf.unparse_content_stream(_moved(left, offset)))
                _drop_unused(page, left)
        for number in range(len(document.pages), 0, -1):
            if number not in kept:
                del document.pages[number - 1]
        for name in ("/StructTreeRoot", "/MarkInfo", "/Metadata", "/Outlines"):
            if name in document.Root:
                del document.Root[name]
        document.remove_unreferenced_resources()
        saved = io.BytesIO()
        document.save(saved)
    return Overprint(settled_pdf(saved.getvalue()) if kept else b"", tuple(kept))


def joined(prints: Sequence[bytes]) -> bytes:
    """The pages of several prints, one behind the other."""
    with pikepdf.new() as document:
        for data in prints:
            with pikepdf.open(io.BytesIO(data)) as one:
                document.pages.extend(one.pages)
        saved = io.BytesIO()
        document.save(saved, deterministic_id=True)
    return saved.getvalue()


# --- what is left out ---


def _black(page: pikepdf.Page, pictures: bool) -> Iterator[Instruction]:
    states, state = [], _State()
    width, height = (float(page.mediabox[corner]) - float(page.mediabox[corner - 2]) for corner in (2, 3))
    for one in pikepdf.parse_content_stream(page):
        if not isinstance(one, Instruction):
            continue  # a picture inside the text
        name = str(one.operator)
        if name == "q":
            states.append(state)
        elif name == "Q" and states:
            state = states.pop()
        elif name == "cm":
            state = _State(state.dark, _times(_matrix(one), state.matrix))
        elif name in ("g", "rg", "k", "sc", "scn", "cs"):
            state = _State(_is_dark(one), state.matrix)
        if name in _PAINTED:
            yield Instruction([], pikepdf.Operator("n"))
        elif name == "Do":
            if pictures and _is_small(page, one, state.matrix, width * height):
                yield one
        elif state.dark if name in _SHOWN else name not in _DROPPED:
            yield one


def _is_dark(one: Instruction) -> bool:
    name, numbers = str(one.operator), [float(operand) for operand in one.operands if _is_number(operand)]
    if name == "cs" or not numbers:
        return name == "cs"
    if name == "k" or len(numbers) == 4:
        return numbers[3] > 1 - DARK or min(numbers[:3]) > 1 - DARK
    return max(numbers) < DARK


def _is_number(operand: object) -> bool:
    return not isinstance(operand, pikepdf.Name | pikepdf.String | pikepdf.Array)


def _matrix(one: Instruction) -> Matrix:
    a, b, c, d, e, f = (float(operand) for operand in one.operands)
    return a, b, c, d, e, f


def _times(left: Matrix, right: Matrix) -> Matrix:
    a, b, c, d, e, f = left
    g, h, i, j, k, m = right
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _is_small(page: pikepdf.Page, one: Instruction, matrix: Matrix, area: float) -> bool:
    named = page.Resources.get("/XObject")
    drawn = None if named is None else named.get(str(one.operands[0]))
    a, b, c, d, _, _ = matrix
    return drawn is not None and drawn.get("/Subtype") == "/Image" and abs(a * d - b * c) < LARGEST_PICTURE * area


def _moved(left: Sequence[Instruction], offset: Offset) -> list[Instruction]:
    right, up = offset.right * POINTS_A_MM, -offset.down * POINTS_A_MM
    move = Instruction([1, 0, 0, 1, round(right, 3), round(up, 3)], pikepdf.Operator("cm"))
    return [Instruction([], pikepdf.Operator("q")), move, *left, Instruction([], pikepdf.Operator("Q"))]


def _drop_unused(page: pikepdf.Page, left: Sequence[Instruction]) -> None:
    """Letters of other words in the print's fonts and the picture behind it go too."""
    shown, font = set(), ""
    for one in left:
        if str(one.operator) == "Tf":
            font = str(one.operands[0])
        elif str(one.operator) in _SHOWN:
            shown.add(font)
        elif str(one.operator) == "Do":
            shown.add(str(one.operands[0]))
    # Pages share one list of resources, and each shows other words.
    resources = pikepdf.Dictionary({name: page.Resources[name] for name in page.Resources.keys()})  # noqa: SIM118
    for kind in ("/Font", "/XObject"):
        named = page.Resources.get(kind)
        if named is not None:
            resources[kind] = pikepdf.Dictionary({name: named[name] for name in named.keys() if name in shown})  # noqa: SIM118
    page.Resources = resources


# --- proof ---


def misplaced(overprint: Overprint, offset: Offset, whole: bytes, also: Mapping[str, str]) -> tuple[str, ...]:
    """Letters of an overprint that do not stand where the whole print has them; empty when all do.

    also: letters that stand in the place of another, such as a tick in the place of a ticked box.
    """
    full = pypdfium2.PdfDocument(whole)
    part = pypdfium2.PdfDocument(overprint.pdf)
    try:
        wrong = []
        for place, number in enumerate(overprint.pages):
            there = list(letters_of(full[number - 1]))
            for letter, x, y in letters_of(part[place]):
                x0, y0 = x - offset.right * POINTS_A_MM, y + offset.down * POINTS_A_MM
                near = (other for other, left, low in there if max(abs(left - x0), abs(low - y0)) < NEAR)
                if not {letter, also.get(letter, letter)} & {*near}:
                    wrong.append(letter)
        return tuple(wrong)
    finally:
        part.close()
        full.close()


def letters_of(page: pypdfium2.PdfPage) -> Iterator[tuple[str, float, float]]:
    """Each letter of a page with the left end of its base line, in points from the lower left."""
    text = page.get_textpage()
    for number in range(text.count_chars()):
        letter = text.get_text_range(number, 1)
        if letter.strip():
            left, low, _, _ = text.get_charbox(number, loose=True)
            yield letter, left, low
    text.close()
