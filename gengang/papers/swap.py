"""换页清单: which pages of a printed packet have to be printed again, sealed and swapped after a correction; pure.

Pages are compared by what they show and by the number printed on them, part by part, so that a page that only moved is
named only where its number says otherwise.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from gengang.papers.packet import PacketPage

CHANGED, ADDED, GONE, MOVED = "换", "增", "撤", "换（页码顺延）"


@dataclass(frozen=True, slots=True)
class Swap:
    """A run of pages of one part. act: 换, 增, 撤 or 换（页码顺延）; first, last: pages of the packet they are about.

    Pages are counted from the cover; those of what is taken out are the old packet's.
    """

    part: str
    act: str
    first: int
    last: int


def swaps_between(old: Sequence[PacketPage], new: Sequence[PacketPage]) -> tuple[Swap, ...]:
    """What to do to the old packet so that it becomes the new one, in the order of the pages."""
    before, after = _by_part(old), _by_part(new)
    told = [*_of_new(before, new), *_taken_out(old, after)]
    return tuple(sorted(told, key=lambda swap: (swap.first, swap.act != GONE)))


def _by_part(pages: Sequence[PacketPage]) -> dict[str, dict[int, PacketPage]]:
    found: dict[str, dict[int, PacketPage]] = {}
    for page in pages:
        found.setdefault(page.part, {})[page.place] = page
    return found


def _of_new(before: Mapping[str, Mapping[int, PacketPage]], new: Sequence[PacketPage]) -> Iterator[Swap]:
    acts = [(number, page, _act(before.get(page.part, {}).get(page.place), page)) for number, page in enumerate(new, 1)]
    for (part, act), run in groupby(acts, key=lambda one: (one[1].part, one[2])):
        numbers = [number for number, _, _ in run]
        if act:
            yield Swap(part, act, numbers[0], numbers[-1])


def _act(old: PacketPage | None, new: PacketPage) -> str:
    if old is None:
        return ADDED
    if old.seen != new.seen:
        return CHANGED
    return MOVED if old.number != new.number else ""


def _taken_out(old: Sequence[PacketPage], after: Mapping[str, Mapping[int, PacketPage]]) -> Iterator[Swap]:
    gone = [(number, page, page.place in after.get(page.part, {})) for number, page in enumerate(old, 1)]
    for (part, stays), run in groupby(gone, key=lambda one: (one[1].part, one[2])):
        numbers = [number for number, _, _ in run]
        if not stays:
            yield Swap(part, GONE, numbers[0], numbers[-1])
