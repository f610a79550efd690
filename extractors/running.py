"""Running text: a sheet without a form as the paragraphs its writer typed, and what else stands on it.

A page shows lines, not paragraphs: an indent begins one, a full line goes on, and what neither tells stays in doubt.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.cells import width_of
from extractors.paper import unbroken_start
from extractors.policy import WRAP_IN_DOUBT
from gengang.sheet import Box, Line, Place, Sheet

# Shares of a character's width.
_NO_ROOM, _SPARE = 0.35, 2.6  # beside what the next line cannot break: less was no room, more was left free
_SAME_LEFT = 0.5
_INDENT = (1.3, 2.8)
_SAME_SIZE = 1.15
_LONG_LINE = 0.6  # of the widest line: only such lines tell where the margins are
_HANGING = "，。、；：！？）”》…,.;:!?"
_CLOSED = "。！？；…”』」.!?;:："
_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十\d]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十])"
)
_PAGE_NUMBER = re.compile(r"[-—–·.\s]*第?\s*\d{1,3}\s*页?(?:\s*[/,，共]*\s*\d{1,3}\s*页?)?[-—–·.\s]*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. sure: its bounds and blanks are its writer's; confidence: the recogniser's, None if digital."""

    text: str
    place: Place
    sure: bool = True
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """The text of a sheet from top to bottom, and the cells' texts of its tables, boxes, headers and footers."""

    paragraphs: tuple[Paragraph, ...]
    beside: tuple[str, ...]
    pictures: int = 0
    unread: bool = False


def running_of(sheet: Sheet) -> Running:
    """The sheet's running text; blank paragraphs and page numbers are left out."""
    body = [row.cells[0] for row in sheet.rows if _is_text(row.table, row.part) and row.cells]
    paged = any(line.box is not None for cell in body for line in cell.lines)
    lines = [_Placed(line, cell.place) for cell in body for line in cell.lines if line.text.strip()]
    paragraphs = _of_pages(lines) if paged else _of_word(lines)
    others = [cell for row in sheet.rows if not _is_text(row.table, row.part) for cell in row.cells]
    beside = tuple(text for cell in others if (text := cell.text.strip()) and not _PAGE_NUMBER.fullmatch(text))
    cells = [*body, *others]
    return Running(
        tuple(one for one in paragraphs if one.text and not _PAGE_NUMBER.fullmatch(one.text)),
        beside,
        sum(cell.pictures for cell in cells),
        any(cell.unread for cell in cells),
    )


def _is_text(table: int, part: str) -> bool:
    return not table and part == "body"


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line and the place it stands in."""

    line: Line
    place: Place

    @property
    def box(self) -> Box:
        """Of a line that is known to have one."""
        assert self.line.box is not None
        return self.line.box

    @property
    def wide(self) -> bool:
        """Whether its place tells anything: one off the page, or without letters, has no width."""
        return self.box[2] > self.box[0]


def _of_word(lines: Sequence[_Placed]) -> Iterator[Paragraph]:
    """A line feed inside a Word paragraph ends a line as a paragraph's end does."""
    for placed in lines:
        for text in placed.line.text.split("\n"):
            place = replace(placed.place, box=None, cell=None)
            yield Paragraph(text.strip(), place, True, placed.line.confidence)


# --- lines of pages ---


@dataclass(frozen=True, slots=True)
class _Margins:
    """Where lines begin and end, and the width of a character, as shares of the page."""

    left: float
    right: float
    character: float
    indented: bool

    def indent(self, box: Box) -> float:
        """Characters between the left margin and the line."""
        return (box[0] - self.left) / self.character

    def room(self, box: Box) -> float:
        """Characters between the line and the right margin."""
        return (self.right - box[2]) / self.character


def _of_pages(lines: Sequence[_Placed]) -> Iterator[Paragraph]:
    placed = [one for one in lines if one.line.box is not None]
    if not placed:
        return
    margins = _margins(placed)
    waiting = _paragraph(placed[0])
    for number, (before, one) in enumerate(pairwise(placed), 1):
        needed = width_of(unbroken_start(following.line.text for following in placed[number:]))
        joint = _joint(before, one, needed, margins)
        if joint == "\n" or (joint and _may_be_heading(one, margins)):
            yield replace(_tidy(waiting), sure=waiting.sure and joint == "\n" and WRAP_IN_DOUBT not in waiting.text)
            waiting = _paragraph(one)
        else:
            waiting = _joined(waiting, _paragraph(one), joint)
    yield _tidy(waiting)


def _margins(lines: Sequence[_Placed]) -> _Margins:
    widest = max(one.box[2] - one.box[0] for one in lines)
    long = [one for one in lines if one.box[2] - one.box[0] >= _LONG_LINE * widest]
    widths = sorted((one.box[2] - one.box[0]) / max(width_of(one.line.text.strip()), 1.0) for one in long)
    character = widths[len(widths) // 2] or 1.0  # no line has a width: their places tell nothing
    left = _left([one.box[0] for one in lines], [one.box[0] for one in long], character)
    # Marks at the end of a line hang over the margin.
    right = max((one.box[2] for one in long if one.line.text.rstrip()[-1:] not in _HANGING), default=long[0].box[2])
    indents = [(one.box[0] - left) / character for one in long]
    return _Margins(left, right, character, any(_INDENT[0] < indent < _INDENT[1] for indent in indents))


def _left(starts: Sequence[float], long: Sequence[float], character: float) -> float:
    """Where lines begin that no indent moves: the leftmost place where two lines do, or a long one."""
    shared = [one for one in starts if sum(abs(one - other) < _SAME_LEFT * character for other in starts) > 1]
    return min([*shared, *long])


def _joint(before: _Placed, line: _Placed, needed: float, margins: _Margins) -> str:
    """What stands between two lines: a paragraph's end, nothing, or a break in doubt.

    needed: width of what a page cannot break at the start of the second line.
    """
    if not (before.wide and line.wide):
        return WRAP_IN_DOUBT
    if abs(margins.indent(line.box)) >= _SAME_LEFT or not _is_alike(before.box, line.box):
        return "\n"
    room = margins.room(before.box) - needed
    if room > _SPARE:
        return "\n"
    # Where paragraphs are not indented a full line that closes a sentence may have been the last of one.
    closed = before.line.text.rstrip(WRAP_IN_DOUBT + " ")[-1:] in _CLOSED
    if room > _NO_ROOM or (closed and (not margins.indented or _may_be_heading(line, margins))):
        return WRAP_IN_DOUBT
    return ""


def _is_alike(one: Box, two: Box) -> bool:
    """Lines of one size of letters."""
    heights = sorted((one[3] - one[1], two[3] - two[1]))
    return heights[1] < _SAME_SIZE * heights[0]


def _may_be_heading(line: _Placed, margins: _Margins) -> bool:
    text = line.line.text.strip()
    short = margins.room(line.box) > (margins.right - margins.left) / margins.character / 2
    return _NUMBERED.match(text) is not None or (short and text[-1:] not in _CLOSED)


def _paragraph(placed: _Placed) -> Paragraph:
    place = replace(placed.place, box=placed.line.box, cell=None)
    return Paragraph(placed.line.text.strip(), place, placed.wide, placed.line.confidence)


def _joined(first: Paragraph, second: Paragraph, joint: str) -> Paragraph:
    one, two = first.text.rstrip(WRAP_IN_DOUBT), second.text
    latin = not joint and one[-1:].isascii() and two[:1].isascii() and one[-1:].isalnum() and two[:1].isalnum()
    known = [value for value in (first.confidence, second.confidence) if value is not None]
    sure = first.sure and second.sure and not latin
    return replace(first, text=one + (" " if latin else joint) + two, sure=sure, confidence=min(known, default=None))


def _tidy(paragraph: Paragraph) -> Paragraph:
    """A mark of doubt at the very end says nothing; inside it makes the paragraph unsure."""
    text = paragraph.text.rstrip(WRAP_IN_DOUBT).strip()
    return replace(paragraph, text=text.replace(WRAP_IN_DOUBT, "\n"), sure=paragraph.sure and WRAP_IN_DOUBT not in text)
