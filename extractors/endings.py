"""Lines of a page to who ended each: the page, its writer, or nobody can tell.

Knows neither PDF nor cells: lines as they were measured go in, one answer for each comes out. An answer is given only
where the place of the letters, or what the same writer did elsewhere, leaves no other reading.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from extractors.layout import Rect
from gengang.numerals import integer_of

End = Literal["on", "full", "ended", "doubt"]

# Points.
STRETCHED, AS_SET = 0.6, 0.3  # a line wider than its letters by more was stretched; by less it was not
# LibreOffice stretches in steps of a twentieth of a point a gap, so a line may stay that much short of the edge.
STEP = 0.06
# Shares of a letter's size.
PADDING = 0.6  # between the text and the ruling line at its right
SPARE = 2.6  # what a paragraph may hold back from the right edge without being seen to
NEARLY = 1.8  # a line with more room than that is not full, however wide what follows
WHOLE, MOST_UNPARTED = 0.2, 3.0  # but where a number or a closing mark follows, all that it needs may be left
HELD_BACK = 6.0  # more than that nobody holds a paragraph back by
AT_ONE_PLACE = 0.3
FIRST_INDENT = (1.3, 2.8)
DEEP_INDENT = 3.5
WITHIN = 0.25  # what a page puts between Chinese and Latin by itself
ANOTHER_PITCH = 1.35  # letters of several fonts move a line by less

_UNPARTED = re.compile(r".[。，、；：！？）”》]|[\d.]{1,5}(?![\d.])")

SENTENCE_ENDS = frozenset("。！？；…：”』」.!?;:")
CLOSING = frozenset("。，、；：！？）”》")


@dataclass(frozen=True, slots=True)
class Measured:
    """A line as it was measured, in points.

    base: y of the line its letters stand on; spread: how much wider justification made it; gaps: how many gaps that was
    put into; needed: width of what a page cannot break at its start; closed: its writer is known to have ended it;
    pressed: by how much narrower than letters its marks are drawn.
    """

    text: str
    rect: Rect
    base: float
    size: float
    spread: float
    gaps: int
    needed: float
    closed: bool = False
    pressed: float = 0.0

    @property
    def natural(self) -> float:
        """x where its letters would end without stretching."""
        return self.rect.right - self.spread

    @property
    def core(self) -> float:
        """x that its letters surely had room up to: a closing mark may hang over the edge."""
        return self.rect.right - (self.size if self.text[-1:] in CLOSING else 0.0)

    @property
    def closes(self) -> bool:
        """Whether a paragraph may end so."""
        return self.text.rstrip()[-1:] in SENTENCE_ENDS


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that may be one text, from top to bottom.

    area: of their cell, None outside tables; there they are known to have room up to `reach`, and perhaps to `most`,
    as tables have.
    """

    lines: tuple[Measured, ...]
    area: Rect | None = None
    reach: float = 0.0
    most: float = 0.0

    @property
    def left(self) -> float:
        """Where its lines begin."""
        return min((line.rect.left for line in self.lines), default=0.0)

    @property
    def reached(self) -> float:
        """How far its lines surely may go to the right."""
        return max((line.core for line in self.lines), default=0.0) if self.area else self._reached_outside

    @property
    def _reached_outside(self) -> float:
        return max(self.reach, *(line.core for line in self.lines)) if self.lines else self.reach

    @property
    def stretched_to(self) -> float | None:
        """Where stretched lines end; None when none is stretched, or one that went on was left unstretched."""
        ends = [line.rect.right for line in self.lines[:-1] if line.spread > STRETCHED]
        if not ends or any(_left_unstretched(line, max(ends)) and not line.closes for line in self.lines[:-1]):
            return None
        return max(ends)


def ends_of_blocks(blocks: Sequence[Block]) -> list[tuple[End, ...]]:
    """For each block who ended each of its lines: on, the page; ended, its writer, as he did the last one.

    full: what follows found no room, and closes no sentence; whose writer ends paragraphs with a mark did not end it.
    """
    first = [_by_room(block) for block in blocks]
    habits = _habits(blocks, first)
    return [tuple(_settled(block, ends, habits)) for block, ends in zip(blocks, first, strict=True)]


# --- what the room at the right says ---


def _by_room(block: Block) -> list[End]:
    """A line ended where what follows had room; it is full where that had none and it closes no sentence."""
    last: list[End] = ["ended"] if block.lines else []
    return [*(_by_its_room(block, number) for number in range(len(block.lines) - 1)), *last]


def _by_its_room(block: Block, number: int) -> End:
    line, following = block.lines[number], block.lines[number + 1]
    size = line.size
    if line.closed or line.spread > following.needed + size:
        return "ended"
    if abs(line.rect.left - following.rect.left) > DEEP_INDENT * size:
        return "ended" if _stands_apart(block, line, following) and not _fills(block, line, following) else "doubt"
    room = block.reached - line.natural - line.pressed
    if block.area is not None:
        room = max(room, block.area.right - (PADDING + SPARE) * size - line.natural - line.pressed)
    if room > following.needed + (size if line.spread > size else WITHIN * size):
        return "doubt" if _is_held_back(block, line, following, room) else "ended"
    return "full" if not line.closes and _is_full(block, line, following) else "doubt"


def _stands_apart(block: Block, line: Measured, following: Measured) -> bool:
    """Of two lines that begin at different places the first is set from the right, or the second is."""
    wide = block.reached - block.left
    free = line.rect.left - block.left if line.rect.left > following.rect.left else following.rect.left - block.left
    return free + DEEP_INDENT * line.size < wide and free > following.needed + DEEP_INDENT * line.size


def _fills(block: Block, line: Measured, following: Measured) -> bool:
    """Whether a line leaves its cell no room for what follows, which is centred or set from the right below it."""
    if block.area is None:
        return False
    return block.area.width - 2 * PADDING * line.size - (line.natural - line.rect.left) < following.needed


def _is_held_back(block: Block, line: Measured, following: Measured, room: float) -> bool:
    """Two lines that end at one place may be a paragraph that holds back from the right."""
    alike = abs(line.rect.right - following.rect.right) < AT_ONE_PLACE * line.size
    wide = block.reached - block.left if block.area is None else block.area.width
    return alike and room < HELD_BACK * line.size and line.rect.width > wide / 2


def _is_full(block: Block, line: Measured, following: Measured) -> bool:
    """Whether what follows surely found no room, in a line that begins where lines do."""
    edge, begins = max(block.reached, block.most), True
    if block.area is not None:
        edge = block.area.right - PADDING * line.size
        begins = line.rect.left - block.area.left < HELD_BACK * line.size or line.rect.width > block.area.width / 2
    needed = min(following.needed, MOST_UNPARTED * line.size) if _UNPARTED.match(following.text) else 0.0
    free = max(NEARLY * line.size, needed + WHOLE * line.size)
    return begins and edge - line.natural < following.needed and edge - line.rect.right < free


def _left_unstretched(line: Measured, edge: float) -> bool:
    return line.spread < AS_SET and edge - line.rect.right > STEP * line.gaps + STRETCHED


# --- what the writer and the page did elsewhere ---


@dataclass(frozen=True, slots=True)
class _Habits:
    """What the lines that are sure show.

    kept, stretched: lines that their writer ended in a justified text were left as set, or stretched.
    indented, flat: the lines behind those begin further right than others, or do not.
    """

    kept: bool
    stretched: bool
    indented: bool
    flat: bool


def _habits(blocks: Sequence[Block], ends: Sequence[Sequence[End]]) -> _Habits:
    broken = [(block, *pair) for block, some in zip(blocks, ends, strict=True)
              for pair, end in zip(pairwise(block.lines), some, strict=False) if end == "ended"]  # fmt: skip
    justified = [line for block, line, _ in broken if block.stretched_to is not None]
    behind = [_is_indented(block, following) for block, _, following in broken if _is_indented(block, block.lines[0])]
    return _Habits(
        any(line.spread < AS_SET for line in justified),
        any(line.spread > STRETCHED for _, line, _ in broken),
        any(behind),
        not all(behind),
    )


def _is_indented(block: Block, line: Measured) -> bool:
    return FIRST_INDENT[0] * line.size < line.rect.left - block.left < FIRST_INDENT[1] * line.size


def _settled(block: Block, ends: Sequence[End], habits: _Habits) -> Iterator[End]:
    for number, end in enumerate(ends):
        if end == "ended" or number + 1 == len(ends):
            yield end
        else:
            told = _by_habit(block, number, habits) or _by_pitch(block, ends, number)
            yield told or (end if end == "full" else _by_numbers(block, ends, number))


def _by_habit(block: Block, number: int, habits: _Habits) -> End | None:
    line, following = block.lines[number], block.lines[number + 1]
    if block.area is not None and line.rect.left - block.area.left > HELD_BACK * line.size:
        return None
    edge = block.stretched_to
    if edge is not None and line.closes and _left_unstretched(line, edge):
        return "ended"
    if edge is not None and line.spread > STRETCHED and habits.kept and not habits.stretched:
        return "on"
    if _is_indented(block, block.lines[0]) and line.closes:
        if _is_indented(block, following):
            return "ended"
        return "on" if habits.indented and not habits.flat else None
    return None


def _by_pitch(block: Block, ends: Sequence[End], number: int) -> End | None:
    """Where paragraphs stand further apart than lines do, the distance tells them.

    Between a text and what is signed below it stands more.
    """
    pitches = [two.base - one.base for one, two in pairwise(block.lines)]
    inside = [pitch for pitch, end in zip(pitches, ends, strict=False) if end == "full"]
    between = [pitch for pitch, end, following in zip(pitches, ends, block.lines[1:], strict=False)
               if end == "ended" and following.rect.left - block.left < DEEP_INDENT * following.size]  # fmt: skip
    if len(inside) < 2 or not between or min(between) < ANOTHER_PITCH * max(inside):
        return None
    return (
        "ended"
        if pitches[number] >= min(between) - AS_SET
        else "on"
        if pitches[number] <= max(inside) + AS_SET
        else None
    )


# --- what numbers say ---

_HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
_MARKERS = tuple(re.compile(pattern) for pattern in (
    rf"({_HAN_NUMBER})[、.．]", rf"[(（]({_HAN_NUMBER})[)）]", r"(\d{1,2})[、.．](?!\d)", r"[(（](\d{1,2})[)）]",
    r"(\d{1,2})[)）]", rf"第({_HAN_NUMBER})[，,、：:]", rf"({_HAN_NUMBER})是",
))  # fmt: skip


def _by_numbers(block: Block, ends: Sequence[End], number: int) -> End:
    """In a text whose paragraphs are numbered: the next number begins one, and between two others stands none."""
    for marker in _MARKERS:
        begun = {place + 1: found for place, end in enumerate(ends[:-1])
                 if (found := _ordinal(marker, block.lines[place + 1].text)) and end == "ended"}  # fmt: skip
        inline = sum(len(marker.findall(line.text)) for line in block.lines)
        heads = [_ordinal(marker, line.text) for line in block.lines]
        if not begun or inline > sum(map(bool, heads)):
            continue
        before = next((found for found in reversed(heads[: number + 1]) if found), 0)
        behind = next((found for found in heads[number + 2 :] if found), 0)
        own = heads[number + 1]
        if own and (before == own - 1 or behind == own + 1):
            return "ended"
        steps = sum(end == "ended" for end in ends[:-1])
        if not own and before and behind == before + 1 and len(begun) == steps >= 2:
            return "on"
    return "doubt"


def _ordinal(marker: re.Pattern[str], text: str) -> int:
    """The number a line begins with, 0 for none."""
    found = marker.match(text)
    return 0 if found is None else integer_of(found[1]) or 0
