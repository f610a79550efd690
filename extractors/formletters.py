"""Values of form fields as letters in their place on the page, so that labels find them as they find print.

Knows neither the file's objects nor templates.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from extractors.acroform import Widget
from extractors.layout import Rect
from extractors.letters import Char, baseline_of
from extractors.textlayer import is_garbage

SIZE = 10.0  # points
INSET = 2.0
FONT = "form field"
_FILLERS = frozenset("_＿﹍.…‥·□☐☑■▢○◯口 \u3000")


def letters_of(widget: Widget, beside: Sequence[Char], edges: Sequence[float]) -> list[Char]:
    """The widget's text as letters of the page, each of its paragraphs a line of its own.

    beside: the page's letters, for the line that the text shall stand on; edges: x of standing lines: the slots of a
    comb that they part are cells.
    """
    lines = widget.text.split("\n") if widget.text else []
    rect = _inset(widget.rect)
    if widget.slots and any(rect.left < edge < rect.right for edge in edges):
        return list(_in_slots(widget))
    sizes = [SIZE, *(rect.height / len(lines) for _ in lines), *(rect.width / len(line) for line in lines if line)]
    base = _baseline_beside(rect, beside) if len(lines) == 1 else None
    letters: list[Char] = []
    for number, line in enumerate(lines):
        level = rect.top + (number + 0.5) * rect.height / len(lines) + 0.35 * min(sizes)
        letters += _row(line, rect.left, level if base is None else base, min(sizes))
    return letters


def _inset(rect: Rect) -> Rect:
    edge = min(INSET, 0.1 * rect.width)
    return replace(rect, left=rect.left + edge, right=rect.right - edge)


def _row(line: str, left: float, base: float, size: float) -> Iterator[Char]:
    for at, text in enumerate(line):
        yield _letter(text, left + at * size, base, size, at + 1 == len(line))


def _in_slots(widget: Widget) -> Iterator[Char]:
    width = widget.rect.width / widget.slots
    size = min(SIZE, width)
    base = widget.rect.centre[1] + 0.35 * size
    for at, text in enumerate(widget.text):
        yield _letter(text, widget.rect.left + (at + 0.5) * width - size / 2, base, size, True)


def _letter(text: str, left: float, base: float, size: float, ended: bool) -> Char:
    return {"text": text, "x0": left, "x1": left + size, "top": base - size, "bottom": base, "y0": 0.0, "size": size,
            "matrix": (1, 0, 0, 1, 0, 0.0), "fontname": FONT, "upright": True, "ended": ended}  # fmt: skip


def _baseline_beside(rect: Rect, letters: Sequence[Char]) -> float | None:
    """y of the printed line that the field stands in, None where it stands alone."""
    if rect.height > 4 * SIZE:
        return None
    bases = ((baseline_of(char), char["size"]) for char in letters)
    inside = sorted(base for base, size in bases if rect.top < base - 0.35 * size < rect.bottom)
    return inside[len(inside) // 2] if inside else None


def is_filler(char: Char, widgets: Iterable[Widget]) -> bool:
    """Whether a letter of the page only marks the place of a field: a ruled blank or a printed box under it."""
    if char["text"] not in _FILLERS:
        return False
    middle = (float(char["x0"] + char["x1"]) / 2, float(char["top"] + char["bottom"]) / 2)
    return any(widget.rect.holds(middle) for widget in widgets)


# --- what their appearance shows ---


def compared(widgets: Sequence[Widget], shown: Mapping[int, Sequence[Char]]) -> list[Widget]:
    """The widgets, in doubt where the appearance shows something else; one without a value with what it shows.

    shown: letters of the appearances, by page.
    """
    return [_compared(widget, shown.get(widget.page, ())) if widget.kind == "text" else widget for widget in widgets]


def _compared(widget: Widget, letters: Sequence[Char]) -> Widget:
    inside = [char for char in letters if widget.rect.holds(_middle(char)) and char["text"].strip()]
    if not inside or any(map(is_garbage, inside)):
        return widget
    value, look = _bare(widget.text), _bare("".join(char["text"] for char in inside))
    if not value:
        return replace(widget, text=_as_lines(inside), doubt=True)
    # A long value is shown as far as there is room; letters that a font lacks are drawn as nothing or as a mark.
    return widget if value.startswith(look) or not _has_letters(look) else replace(widget, doubt=True)


def _middle(char: Char) -> tuple[float, float]:
    return float(char["x0"] + char["x1"]) / 2, float(char["top"] + char["bottom"]) / 2


def _bare(text: str) -> str:
    return "".join(text.split())


def _has_letters(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def _as_lines(letters: Sequence[Char]) -> str:
    rows = groupby(sorted(letters, key=lambda char: (round(char["top"]), char["x0"])), key=lambda c: round(c["top"]))
    return "\n".join("".join(char["text"] for char in row) for _, row in rows)
