"""Distinct: which records are one lesson or one activity, and how many different ones there surely are.

Two rows may be one where nothing tells them apart. Counted is the largest set of which no two may be one: so a further
paper never lowers the number, in whatever order the papers came, and one lesson in three papers counts once.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations

from rapidfuzz import fuzz

from gengang.periods import compared
from gengang.records import Record

EXACT = 28  # records of one day that may be one another; above that each is taken that stands in the way of fewest
SAME_TOPIC = 60  # percent of characters in the same order: 圆的面积 and 圆面积计算
_FIGURES = str.maketrans("一二三四五六七八九", "123456789")
_NO_WORDS = re.compile(r"[\W_]+")
_MARKED = re.compile(r"^(?:研究课|汇报课|公开课|课题)(?=.)")


@dataclass(frozen=True, slots=True)
class Counted:
    """One lesson or activity that counts. best: the record that names it; others: what may be the same."""

    best: Record
    others: tuple[Record, ...]


def distinct(records: Iterable[Record], forms: Sequence[str]) -> tuple[Counted, ...]:
    """Each lesson or activity once, in order of day. forms: of the papers, the best evidence first."""
    rank = {form: number for number, form in enumerate(forms)}
    by_day: dict[date, list[Record]] = {}
    for one in sorted(records, key=lambda one: (rank.get(one.form, len(rank)), *_order(one))):
        by_day.setdefault(one.day, []).append(one)
    return tuple(one for day in sorted(by_day) for one in _of_day(by_day[day]))


def _order(one: Record) -> tuple[str, ...]:
    return one.source, one.spot, one.period, one.topic, one.place, one.role, one.kind, one.teacher


def _of_day(found: Sequence[Record]) -> Iterator[Counted]:
    near = [0] * len(found)
    for m, n in combinations(range(len(found)), 2):
        if may_be_one(found[m], found[n]):
            near[m] |= 1 << n
            near[n] |= 1 << m
    chosen = [n for part in _parts(near) for n in _bits(_apart(near, part))]
    for number in sorted(chosen):
        group = [found[n] for n in _bits(near[number] | 1 << number)]
        yield Counted(group[0], tuple(group[1:]))


# --- whether two are one -----------------------------------------------------------------------------------------


def may_be_one(one: Record, other: Record) -> bool:
    """Whether nothing tells two records of one day and measure apart.

    Nobody sits in two lessons at one time, so two papers about one lesson of the day are about one lesson. Rows of one
    paper are what their writer kept apart, unless they agree in everything.
    """
    time = compared(one.period, other.period)
    agree = _agree(one.topic, other.topic) and _agree(_class(one.place), _class(other.place))
    if one.source == other.source:
        return agree and (time == "same" or not (one.period or other.period))
    if time != "apart":
        return time == "same" or agree
    # The same lesson in the same class under two numbers of the day: one of the two papers is wrong.
    return one.form != other.form and bool(one.topic and other.topic) and agree


def _agree(one: str, other: str) -> bool:
    """Equal but for how it is written, blank, or one of them saying more: 分数 and 《分数》的意义."""
    first, second = _plain(one), _plain(other)
    return not first or not second or first in second or second in first


@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    return _MARKED.sub("", _NO_WORDS.sub("", unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=2048)
def _class(place: str) -> str:
    """A class in one spelling: 三（1）班, 数学三年级1班 and 3.1 agree."""
    return _plain(place).translate(_FIGURES).replace("年级", "").replace("班", "")


def contradict(one: Record, other: Record) -> bool:
    """Whether two records that may be one do not say the same of it; a topic in other words is the same topic."""
    first, second = _plain(one.topic), _plain(other.topic)
    topics = _agree(one.topic, other.topic) or fuzz.ratio(first, second) >= SAME_TOPIC
    return (
        not (topics and _agree(_class(one.place), _class(other.place))) or compared(one.period, other.period) == "apart"
    )


# --- the most of which no two are one ----------------------------------------------------------------------------


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _parts(near: Sequence[int]) -> Iterator[int]:
    """Those that hang together, each part as bits."""
    left = (1 << len(near)) - 1
    while left:
        part, edge = 0, left & -left
        while edge:
            part |= edge
            edge = sum(1 << n for n in range(len(near)) if any(near[n] >> m & 1 for m in _bits(edge))) & ~part
        yield part
        left &= ~part


def _apart(near: Sequence[int], left: int) -> int:
    """The largest part of `left` of which no two are neighbours, the first in order among equals."""
    chosen = 0
    while left:
        free = next((n for n in _bits(left) if _neighbours_agree(near, near[n] & left)), None)
        if free is None and left.bit_count() <= EXACT:
            break
        one = min(_bits(left), key=lambda n: (near[n] & left).bit_count()) if free is None else free
        chosen |= 1 << one
        left &= ~(near[one] | 1 << one)
    if not left:
        return chosen
    busy = max(_bits(left), key=lambda n: (near[n] & left).bit_count())
    with_it = 1 << busy | _apart(near, left & ~(near[busy] | 1 << busy))
    return chosen | max(with_it, _apart(near, left & ~(1 << busy)), key=int.bit_count)


def _neighbours_agree(near: Sequence[int], around: int) -> bool:
    """Whether one's neighbours are all neighbours of each other: then one of them counts, and it may be this one."""
    return all(not (around & ~near[n] & ~(1 << n)) for n in _bits(around))
