"""Agreement: what several versions of one paper say of a field or a list, alike or otherwise.

It knows values and rows alone. Nothing depends on the order in which versions are given, nor on how often one is.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from gengang.codecs import Value

_BLANKS_AND_MARKS = re.compile(r"[\s,.;:!?，。；：！？、“”\"'‘’·（）()]+")
PROSE = 20  # characters from which a text that was read from a picture may be a few characters out
PROSE_ALIKE = 80  # percent


@dataclass(frozen=True, slots=True)
class Cell:
    """What some versions say of one field. stated: distinct accepted values; proposed: distinct ones that wait.

    waits: whether a version has something there that a person has to look at.
    """

    stated: tuple[Value, ...] = ()
    waits: bool = False
    proposed: tuple[Value, ...] = ()

    @property
    def disputed(self) -> bool:
        """Whether two versions state different things."""
        return len(self.stated) > 1

    @property
    def value(self) -> Value | None:
        """What every version that states anything states."""
        return self.stated[0] if len(self.stated) == 1 else None

    @property
    def open(self) -> bool:
        """Whether a person has to look: nobody is sure, two are sure of different things, or a proposal differs."""
        if len(self.stated) != 1:
            return self.disputed or self.waits
        return any(not _alike(self.stated[0], one) for one in self.proposed)


Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Rows:
    """A list as some versions have it. disputed: they have rows that fit none of another's, and not only more rows.

    support: for each row, how many versions have it; of: how many there are.
    """

    rows: tuple[Row, ...]
    support: tuple[int, ...]
    of: int = 1
    disputed: bool = False

    @property
    def agreed(self) -> tuple[Row, ...]:
        """The rows that count: those of every version where versions dispute the list, else all."""
        kept = zip(self.rows, self.support, strict=True)
        return tuple(row for row, number in kept if not self.disputed or number == self.of)


def same(first: Value, second: Value) -> bool:
    """Equal but for blanks and punctuation."""
    if isinstance(first, str) and isinstance(second, str):
        return first == second or _BLANKS_AND_MARKS.sub("", first) == _BLANKS_AND_MARKS.sub("", second) != ""
    return first == second


def _alike(stated: Value, proposed: Value) -> bool:
    if same(stated, proposed):
        return True
    if not isinstance(stated, str) or not isinstance(proposed, str) or min(len(stated), len(proposed)) < PROSE:
        return False
    return fuzz.ratio(stated, proposed) >= PROSE_ALIKE


def joined(cells: Iterable[Cell]) -> Cell:
    """All that these say together."""
    found = tuple(cells)
    return Cell(
        _distinct(value for cell in found for value in cell.stated),
        any(cell.waits for cell in found),
        _distinct(value for cell in found for value in cell.proposed),
    )


def _distinct(values: Iterable[Value]) -> tuple[Value, ...]:
    kept: list[Value] = []
    for value in sorted(values, key=lambda one: (type(one).__name__, str(one))):
        if not any(same(value, one) for one in kept):
            kept.append(value)
    return tuple(kept)


def list_of(versions: Sequence[tuple[Row, ...]], shared: bool = False) -> Rows:
    """One list out of those of several versions; a version that has no row of it says nothing about it.

    shared: whether the versions have other content in common. Two sheets that have nothing in common and tell of
    different hours are two parts of one list; rows that one lacks and the other has in their stead are disputed.
    """
    distinct = sorted({_content(rows): rows for rows in versions if rows}.items())
    if not distinct:
        return Rows((), ())
    first, *more = [rows for _, rows in distinct]
    found = Rows(first, (1,) * len(first))
    for rows in more:
        found = _with(found, rows, shared)
    return found


def _content(rows: Sequence[Row]) -> str:
    return repr([sorted((name, repr(cell)) for name, cell in row.items()) for row in rows])


def _with(known: Rows, rows: tuple[Row, ...], shared: bool) -> Rows:
    pairs = _aligned(known.rows, rows)
    instead = len(pairs) < min(len(known.rows), len(rows)) and not _are_parts(known.rows, rows, shared or bool(pairs))
    if instead and len(known.rows) == len(rows) and all(a == b for a, b in pairs):
        pairs, instead = [(number, number) for number in range(len(rows))], False
    merged: list[Row] = []
    support: list[int] = []
    for mine, theirs in _steps(pairs, len(known.rows), len(rows)):
        own = known.rows[mine] if mine is not None else {}
        other = rows[theirs] if theirs is not None else {}
        merged.append({name: joined([one[name] for one in (own, other) if name in one]) for name in {**own, **other}})
        support.append((known.support[mine] if mine is not None else 0) + (theirs is not None))
    return Rows(tuple(merged), tuple(support), known.of + 1, known.disputed or instead)


def _are_parts(first: Sequence[Row], second: Sequence[Row], shared: bool) -> bool:
    """Whether rows that fit none of the other's are simply further ones: days of a sheet, or hours of another sheet."""
    both = (*first, *second)
    return all(_day(row) is not None for row in both) or (
        not shared and all(_stated(row, "time") is not None for row in both)
    )


def _steps(pairs: Sequence[tuple[int, int]], mine: int, theirs: int) -> Iterable[tuple[int | None, int | None]]:
    """Rows in order: those that belong together as one, the others between them."""
    a = b = 0
    for first, second in (*pairs, (mine, theirs)):
        yield from ((number, None) for number in range(a, first))
        yield from ((None, number) for number in range(b, second))
        if (first, second) != (mine, theirs):
            yield first, second
        a, b = first + 1, second + 1


def _aligned(first: Sequence[Row], second: Sequence[Row]) -> list[tuple[int, int]]:
    """The sequence of rows, in order, that fit each other best."""
    best = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    fits = [[_fit(a, b) for b in second] for a in first]
    for i in reversed(range(len(first))):
        for j in reversed(range(len(second))):
            both = best[i + 1][j + 1] + fits[i][j] if fits[i][j] else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    pairs, i, j = [], 0, 0
    while i < len(first) and j < len(second):
        if fits[i][j] and best[i][j] == best[i + 1][j + 1] + fits[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _day(row: Row) -> Value | None:
    return _stated(row, "date")


def _stated(row: Row, column: str) -> Value | None:
    return row[column].value if column in row else None


def _fit(first: Row, second: Row) -> int:
    """How well two rows fit: 9 when equal, 3 when nothing speaks against it, 1 for one day or hour, or one topic at
    another; else 0. Rows of two days are never one.
    """
    if first == second:
        return 9
    if _day(first) is not None and _day(second) is not None:
        return 3 if _day(first) == _day(second) else 0
    pairs = {name: (first[name].stated, second[name].stated) for name in first if name in second}
    told = {name: same(a[0], b[0]) for name, (a, b) in pairs.items() if a and b}
    nothing = not any(cell.stated for cell in first.values()) or not any(cell.stated for cell in second.values())
    if nothing or (told and all(told.values())):
        return 3
    moved = told.get("topic", False) and all(agrees for name, agrees in told.items() if name != "time")
    return int(told.get("time", False) or moved)
