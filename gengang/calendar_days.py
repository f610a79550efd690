"""Which days are working days: the official calendar of 2004 to 2026, unless the scheme says otherwise.

A year the official calendar does not know is Monday to Friday; `official_year` says which it knows.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

from gengang.scheme import Calendar

FIRST_YEAR, LAST_YEAR = 2004, 2026


def official_year(year: int) -> bool:
    """Whether holidays and make-up working days of a year are known."""
    return FIRST_YEAR <= year <= LAST_YEAR


def is_workday(calendar: Calendar, day: date) -> bool:
    """Whether a day counts (T-02): make-up working days do, holidays and week-ends do not (B07)."""
    if day in calendar.workdays:
        return True
    if day in calendar.holidays:
        return False
    if official_year(day.year):
        return _official(day)
    return day.weekday() < 5


@lru_cache(maxsize=4096)
def _official(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day))


def in_window(calendar: Calendar, day: date) -> bool:
    """Whether a day lies in the programme's window, first and last day included (T-01).

    An edge that nobody set shuts no day out.
    """
    return (calendar.start is None or calendar.start <= day) and (calendar.end is None or day <= calendar.end)


def counts(calendar: Calendar, day: date) -> bool:
    """Whether what happened on a day is counted: a working day in the window."""
    return in_window(calendar, day) and is_workday(calendar, day)


def workdays(calendar: Calendar) -> Iterator[date]:
    """The working days of the window, in order; none of a window whose edges are not both set."""
    if calendar.start is None or calendar.end is None:
        return
    for number in range((calendar.end - calendar.start).days + 1):
        day = calendar.start + timedelta(number)
        if is_workday(calendar, day):
            yield day


def written(day: date) -> str:
    """A day as the office writes it inside the season: 9月6日."""
    return f"{day.month}月{day.day}日"
