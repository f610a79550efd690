"""Pairing two rows of things by what each pair is worth: the best way in order, all about as good, and the most pairs.

Figures alone: it knows no form and no sheet. A `loop` may be paired with several in a row.
"""

from collections.abc import Iterator, Mapping, Sequence, Set

Worth = Sequence[Sequence[int]]
Numbers = Set[int]


def best_paths(worth: Worth, loops: Sequence[bool], margin: int) -> tuple[list[tuple[int, int]], set[tuple[int, int]]]:
    """The best alignment, and every pairing that stands in one no more than `margin` worse."""
    before, after = _best_before(worth, loops), _best_after(worth, loops)
    return _walked(worth, loops, after), _rivals(worth, loops, before, after, margin)


def _best_before(worth: Worth, loops: Sequence[bool]) -> list[list[int]]:
    """[i][j]: the best alignment of the first i with the first j."""
    width = len(worth[0]) if worth else 0
    best = [[0] * (width + 1) for _ in range(len(worth) + 1)]
    for i, line in enumerate(worth):
        for j, here in enumerate(line):
            front = max(best[i][j], best[i + 1][j] if loops[i] else 0)
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], front + here if here else 0)
    return best


def _best_after(worth: Worth, loops: Sequence[bool]) -> list[list[int]]:
    """[i][j]: the best alignment of those from i on with those from j on."""
    width = len(worth[0]) if worth else 0
    best = [[0] * (width + 1) for _ in range(len(worth) + 1)]
    for i in range(len(worth) - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            here = worth[i][j]
            rest = max(best[i + 1][j + 1], best[i][j + 1] if loops[i] else 0)
            best[i][j] = max(best[i + 1][j], best[i][j + 1], rest + here if here else 0)
    return best


def _walked(worth: Worth, loops: Sequence[bool], after: Worth) -> list[tuple[int, int]]:
    """The best alignment."""
    path = []
    i = j = 0
    while i < len(worth) and j < len(worth[0]):
        here = worth[i][j]
        if here and loops[i] and after[i][j] == here + after[i][j + 1]:
            path.append((i, j))
            j += 1
        elif here and after[i][j] == here + after[i + 1][j + 1]:
            path.append((i, j))
            i, j = i + 1, j + 1
        elif after[i][j] == after[i + 1][j]:
            i += 1
        else:
            j += 1
    return path


def _rivals(worth: Worth, loops: Sequence[bool], before: Worth, after: Worth, margin: int) -> set[tuple[int, int]]:
    """Every pairing that stands in an alignment no more than `margin` worse than the best one."""
    floor = after[0][0] - margin
    found = set()
    for i, line in enumerate(worth):
        for j, here in enumerate(line):
            front = max(before[i][j], before[i + 1][j] if loops[i] else 0)
            rest = max(after[i + 1][j + 1], after[i][j + 1] if loops[i] else 0)
            if here and front + here + rest >= floor:
                found.add((i, j))
    return found


def is_sure(i: int, j: int, loops: Sequence[bool], rivals: Set[tuple[int, int]]) -> bool:
    """Whether no rival pairs either of two otherwise."""
    if any(row == j and other != i for other, row in rivals):
        return False
    return loops[i] or not any(other == i and row != j for other, row in rivals)


# --- out of order ---


def short_groups(fits: Mapping[int, Numbers], done: Set[tuple[int, int]]) -> Iterator[tuple[Numbers, Numbers]]:
    """Groups of those that fit one another, first and second, of which more could be paired than are. fits: first ->
    seconds; done: the pairs so far.
    """
    left = {first for first, seconds in fits.items() if seconds}
    while left:
        group = _group_of(min(left), fits)
        left -= group
        held = {first: {second for second in fits[first] if (first, second) in done} for first in group}
        if _most_pairs(held) < _most_pairs({first: fits[first] for first in group}):
            yield group, {second for first in group for second in fits[first]}


def _group_of(first: int, fits: Mapping[int, Numbers]) -> set[int]:
    group, seconds = {first}, {*fits[first]}
    while more := {other for other in fits if other not in group and fits[other] & seconds}:
        group |= more
        seconds = seconds.union(*(fits[other] for other in more))
    return group


def _most_pairs(fits: Mapping[int, Numbers]) -> int:
    """How many may be paired at once."""
    owner: dict[int, int] = {}

    def finds(first: int, tried: set[int]) -> bool:
        for second in fits[first] - tried:
            tried.add(second)
            if second not in owner or finds(owner[second], tried):
                owner[second] = first
                return True
        return False

    return sum(finds(first, set()) for first in fits)
