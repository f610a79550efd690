"""A preset's text moved to a year, a county and its bodies: every date, every name, and the words that print them."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gengang.errors import WorkspaceError
from gengang.schemefile import scheme_from_toml
from gengang.schemeplaces import with_value
from gengang.timetable import collisions_of

_BODIES = ("base_school", "authority", "college", "county")  # the longest names first: they begin with the county's
_DATE = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_YEAR_WORD = re.compile(r"(?<![\d〔])(\d{4})(?=年)")
# Words that belong to the years for which they were written.
_OF_ITS_TIME = ("“十三五”", "十三五", "教师〔2015〕10号")
_NUMBER_AT_END = re.compile(r"-(\d{4})$")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a new workspace's scheme is to say; empty or 0 leaves it as the preset has it.

    start, end: of a window that the preset's text leaves open.
    """

    year: int = 0
    county: str = ""
    authority: str = ""
    college: str = ""
    base_school: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """The text, and what a person should look at: sentences in Chinese."""

    text: str
    notes: tuple[str, ...]


def moved(text: str, wish: Wish) -> Moved:
    """A scheme file's text as wished. Raises WorkspaceError for a year out of range and names that break the file."""
    if wish.year and not 2000 <= wish.year <= 2100:
        raise WorkspaceError(f"年份应写成 2016 的样子，现在是“{wish.year}”。")
    _refuse_names(wish)
    values: Mapping[str, Any] = tomllib.loads(text)
    named = values["scheme"].get("year")
    year = named if isinstance(named, int) else 0
    wanted = wish.year or (wish.start.year if wish.start and not year else 0)
    made = text
    notes: list[str] = []
    if wanted and wanted != year:
        made, lost = _in_year(made, year, wanted)
        notes += [f"{day}在{wanted}年没有，改成了2月28日，请核对。" for day in lost]
        notes += _of_another_time(made, wanted)
    made = _named(made, values["organisation"], wish)
    made = _with_window(made, wish)
    scheme = scheme_from_toml(made)
    return Moved(made, (*notes, *(one.message for one in collisions_of(scheme))))


def _refuse_names(wish: Wish) -> None:
    for name in (wish.county, wish.authority, wish.college, wish.base_school):
        if re.search(r'["\\\n\r\t{}]', name):
            raise WorkspaceError(f"名称里不能有引号、花括号、反斜线或换行：“{name.strip()}”。")


# --- the year ----------------------------------------------------------------------------------------------------


def _in_year(text: str, old: int, new: int) -> tuple[str, list[str]]:
    """The text with each date as many years later as the programme. Years of other papers, 〔2015〕, stay.

    A preset whose text names no year gets the new one and has no date to move.
    """
    lost: list[str] = []

    def later(found: re.Match[str]) -> str:
        year, month, day = (int(part) for part in found.groups())
        try:
            return date(year + new - old, month, day).isoformat()
        except ValueError:
            lost.append(found[0])
            return f"{year + new - old}-02-28"

    if not old:
        return re.sub(r"(?m)^year = .*$", f"year = {new}", text, count=1), lost
    text = _DATE.sub(later, text)
    text = _YEAR_WORD.sub(lambda found: _year_word(int(found[1]), old, new), text)
    text = with_value(text, "scheme.year", str(new))
    return re.sub(rf'(?m)^(id = ".*)-{old}"', rf'\1-{new}"', text, count=1), lost


def _year_word(year: int, old: int, new: int) -> str:
    """A year of the programme, which may begin or end in the next one; any other is somebody else's."""
    return str(year + new - old) if abs(year - old) <= 1 else str(year)


def _of_another_time(text: str, year: int) -> Iterator[str]:
    if 2016 <= year <= 2020:
        return
    found = [word for word in _OF_ITS_TIME[1:] if word in text]
    if found:
        yield f"方案里有只适用于原来年份的话（{'、'.join(found)}），请按{year}年的文件改写。"


# --- names -------------------------------------------------------------------------------------------------------


def _named(text: str, organisation: Mapping[str, Any], wish: Wish) -> str:
    """The text with the bodies' names in place of the present ones, written with ×× or XX."""
    for body in _BODIES:
        old, new = str(organisation.get(body, "")), str(getattr(wish, body))
        if old and new:
            for spelled in dict.fromkeys((old, old.replace("×", "X"))):
                text = text.replace(spelled, new)
    return text


def _with_window(text: str, wish: Wish) -> str:
    for key, day in (("start", wish.start), ("end", wish.end)):
        if day is not None:
            text = with_value(text, f"calendar.{key}", day.isoformat())
    return text
