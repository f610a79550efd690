"""How often within the window: the weeks, months and terms in which something is asked, and those that lack it.

A week, month or quarter is counted from the window's first day, since a programme's weeks are its own. Without a first
day there are none, and nothing is missed; without a last day they go on.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from gengang.calendar_days import workdays, written
from gengang.points import plain
from gengang.scheme import Alternative, Calendar, Measure, Per, Phase, Requirement

_MONTHS: Mapping[Per, int] = {"month": 1, "quarter": 3, "term": 6}
_EACH: Mapping[Per, str] = {
    "total": "累计", "workday": "每个工作日", "week": "每周", "month": "每月", "quarter": "每季度", "term": "每学期",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stretch:
    """One week, month, quarter or term. name: as it is said, 第3周; first, last: its days, both included."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Kept:
    """How a rhythm was kept up to a day. passed: stretches that are over; missed, over: those of them with too few and
    too many. way: what was counted, in words.
    """

    way: str
    passed: tuple[Stretch, ...]
    missed: tuple[Stretch, ...]
    over: tuple[Stretch, ...]


def stretches(calendar: Calendar, per: Per, within: Phase | None = None) -> tuple[Stretch, ...]:
    """The stretches of the window in order; of a phase those that begin in it. The last one may be cut short."""
    if calendar.start is None or calendar.end is None or per == "total":
        return ()
    found = tuple(_stretches(calendar, calendar.start, calendar.end, per))
    if within is None or within.start is None or within.end is None:
        return found
    return tuple(one for one in found if within.start <= one.first <= within.end)


def _stretches(calendar: Calendar, start: date, end: date, per: Per) -> Iterator[Stretch]:
    if per == "workday":
        yield from (Stretch(written(day), day, day) for day in workdays(calendar))
        return
    number, first = 1, start
    while first <= end:
        following = start + timedelta(7 * number) if per == "week" else _months_after(start, number * _MONTHS[per])
        last = min(following - timedelta(1), end)
        yield Stretch(_name(per, number, first, last), first, last)
        number, first = number + 1, following


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for length in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, length))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _name(per: Per, number: int, first: date, last: date) -> str:
    if per == "week":
        return f"第{number}周"
    if per == "month" and first.day == 1:
        return f"{first.month}月"
    return f"{written(first)}至{written(last)}"


def as_far_as(calendar: Calendar, as_of: date) -> Calendar:
    """The window itself, or, where it has no last day, what of it there has been by a day."""
    return calendar if calendar.end else replace(calendar, end=as_of)


def kept(
    asked: Requirement, days: Mapping[Measure, Sequence[date]], calendar: Calendar, phases: Iterable[Phase], as_of: date
) -> Kept:
    """How a task with a rhythm was kept in the stretches that are over by a day.

    days: of each counted record of a measure. Where one of several ways is enough, that which was kept best.
    """
    within = next((one for one in phases if one.id == asked.phase), None)
    ways = asked.alternatives or (Alternative(asked.measure, asked.need, asked.per, asked.name, asked.unit),)
    known = as_far_as(calendar, as_of)
    found = [_kept(way, asked.most, days.get(way.measure, ()), stretches(known, way.per, within), as_of)
             for way in ways]  # fmt: skip
    return min(found, key=lambda one: (len(one.missed) / max(len(one.passed), 1), -len(one.passed)))


def _kept(way: Alternative, most: Decimal, days: Sequence[date], every: Sequence[Stretch], as_of: date) -> Kept:
    passed = tuple(one for one in every if one.last < as_of)
    counts = {one: sum(one.first <= day <= one.last for day in days) for one in passed}
    each = _EACH[way.per]
    words = f"{each}{way.name.removeprefix(each)}不少于{plain(way.need)}{way.unit}"
    return Kept(
        words, passed, tuple(one for one in passed if counts[one] < way.need),
        tuple(one for one in passed if most and counts[one] > most),
    )  # fmt: skip


def asked_words(one: Requirement) -> str:
    """`累计不少于20节`, `每周2至3次`, `每月不少于1本`, `不计数`, `每月阅读一本1本；或每季度参加一次1次`."""
    if one.alternatives:
        return "；或".join(f"{_EACH[way.per]}{way.name}{plain(way.need)}{way.unit}" for way in one.alternatives)
    if one.need == 0:
        return "不计数"
    number = f"{plain(one.need)}至{plain(one.most)}" if one.most else f"不少于{plain(one.need)}"
    return f"{_EACH[one.per]}{number}{one.unit}"


def kept_words(asked: Requirement, found: Kept) -> str:
    """`周报：第3周、第5周不够（每周周报不少于1份）`, empty when nothing is missed."""
    if not found.missed:
        return ""
    return f"{asked.name}：{'、'.join(one.name for one in found.missed)}不够（{found.way}）"
