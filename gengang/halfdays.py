"""Half days: what attendance, leave and day plans are made of, in order and in words."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Literal

from gengang.calendar_days import written
from gengang.codecs import Value

HalfName = Literal["morning", "afternoon"]
Half = tuple[date, HalfName]
HALVES: tuple[HalfName, ...] = ("morning", "afternoon")
HALF_WORDS: dict[HalfName, str] = {"morning": "上午", "afternoon": "下午"}


def day_of_value(value: Value | None) -> date | None:
    """A `date` value as a day."""
    return date.fromisoformat(value) if isinstance(value, str) else None


def halves_of(day: date) -> tuple[Half, ...]:
    """Morning and afternoon."""
    return tuple((day, half) for half in HALVES)


def in_order(half: Half) -> tuple[date, int]:
    """What half days are sorted by."""
    return half[0], HALVES.index(half[1])


def span(first: Half, last: Half) -> Iterator[Half]:
    """Every half day from one to another, both included; none where the last is before the first."""
    for number in range((last[0] - first[0]).days + 1):
        for half in halves_of(first[0] + timedelta(number)):
            if in_order(first) <= in_order(half) <= in_order(last):
                yield half


def halves_written(halves: Iterable[Half]) -> str:
    """Half days in a sentence, a whole day as its date alone: 9月6日、9月7日下午."""
    by_day: dict[date, list[HalfName]] = {}
    for day, half in sorted(set(halves), key=in_order):
        by_day.setdefault(day, []).append(half)
    return "、".join(
        written(day) + ("" if len(found) == len(HALVES) else HALF_WORDS[found[0]]) for day, found in by_day.items()
    )
