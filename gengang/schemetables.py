"""A table of the scheme file being read: what is wrong is noted with its place, and reading goes on.

A value that the programme's text leaves open is written as `"未定：原文的话"`, wherever a date or a number may stand.
Days may be written from the window: `"第3周"`, `"开始前3日"`, `"结束后7日"`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal, TypeVar

from gengang.scheme import Unknown

UNKNOWN = "未定："
_NEVER = date(1900, 1, 1)
_WEEK = re.compile(r"第(\d+)周")
_FROM_EDGE = re.compile(r"(?:研修)?(开始|结束)(?:日|(前|后)(\d+)[日天])")
_WRITTEN_SO = "应为日期，如 2016-09-01，或“第3周”“结束后7日”的样子；还没有定的写“未定：……”"
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Notes:
    """What reading one file found: sentences with their places, what the text leaves open, what follows from it."""

    faults: list[str] = field(default_factory=list)
    unknowns: list[Unknown] = field(default_factory=list)
    waiting: list[Unknown] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Table:
    """A TOML table being read: what is wrong goes to `notes`, and reading goes on with a neutral value.

    taken: keys that were asked for. start, end: edges of the window, from which other days may be written.
    """

    values: Mapping[str, object]
    place: str
    notes: Notes
    taken: set[str] = field(default_factory=set)
    start: date | None = None
    end: date | None = None

    def within(self, start: date | None, end: date | None) -> "Table":
        """The same table, in which days may be written from these edges."""
        return replace(self, start=start, end=end)

    def fault(self, key: str, what: str) -> None:
        """Note a fault of one key."""
        self.notes.faults.append(f"{self._place_of(key)}：{what}")

    def _place_of(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def _get(self, key: str, optional: bool = False) -> object:
        self.taken.add(key)
        if key not in self.values and not optional:
            self.fault(key, "缺少")
        return self.values.get(key)

    def _is_open(self, key: str, value: object) -> bool:
        """Whether the text leaves it open, which is noted."""
        if not isinstance(value, str) or not value.startswith(UNKNOWN):
            return False
        self.notes.unknowns.append(Unknown(self._place_of(key), value.removeprefix(UNKNOWN).strip()))
        return True

    # --- words ---

    def text(self, key: str, optional: bool = False) -> str:
        """A text, empty where it is left open."""
        value = self._get(key, optional)
        if isinstance(value, str):
            return "" if self._is_open(key, value) else value
        if value is not None:
            self.fault(key, "应为文字")
        return ""

    def texts(self, key: str, optional: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        value = self._get(key, optional)
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        if value is not None:
            self.fault(key, "应为文字的列表")
        return ()

    def choice(self, key: str, words: Iterable[str], optional: bool = False) -> str:
        """One of some words."""
        value, words = self.text(key, optional), tuple(words)
        if value and value not in words:
            self.fault(key, f"“{value}”不是{'、'.join(words)}之一")
        return value

    def choices(self, key: str, words: Iterable[str], optional: bool = False) -> tuple[str, ...]:
        """Some of some words."""
        values, words = self.texts(key, optional), tuple(words)
        for value in values:
            if value not in words:
                self.fault(key, f"“{value}”不是{'、'.join(words)}之一")
        return values

    def yes(self, key: str, default: bool | None = None) -> bool:
        """True or false. default: when the key may be absent."""
        value = self._get(key, default is not None)
        if value is None:
            return default is True
        if not isinstance(value, bool):
            self.fault(key, "应为 true 或 false")
        return value is True

    # --- numbers ---

    def number(self, key: str, optional: bool = False) -> Decimal:
        """A number from 0, which is also what is left open."""
        value = self._get(key, optional)
        if self._is_open(key, value):
            return Decimal(0)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            if value is not None:
                self.fault(key, "应为数字")
            return Decimal(0)
        if value < 0:
            self.fault(key, "不能是负数")
        return Decimal(value)

    def whole(self, key: str, optional: bool = False) -> int:
        """A whole number from 0."""
        value = self.number(key, optional)
        if value != int(value):
            self.fault(key, "应为整数")
        return int(value)

    # --- days ---

    def first_day(self, key: str, optional: bool = False) -> date | None:
        """A day; of a week its first. None where it is left open or follows from a window that is."""
        return self._when(key, "first", optional)

    def last_day(self, key: str, optional: bool = False) -> date | None:
        """A day; of a week its last."""
        return self._when(key, "last", optional)

    def sure_day(self, key: str) -> date:
        """A day that has to be known."""
        return self._when(key, "first", optional=False, open_too=False) or _NEVER

    def _when(self, key: str, edge: Literal["first", "last"], optional: bool, open_too: bool = True) -> date | None:
        value = self._get(key, optional)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if open_too and self._is_open(key, value):
            return None
        known = isinstance(value, str) and (_WEEK.fullmatch(value) or _FROM_EDGE.fullmatch(value))
        if value is not None and not known:
            self.fault(key, _WRITTEN_SO)
        day = self._from_window(str(value), edge) if known else None
        if known and day is None:
            self.notes.waiting.append(Unknown(self._place_of(key), str(value)))
        return day

    def _from_window(self, text: str, edge: Literal["first", "last"]) -> date | None:
        week, away = _WEEK.fullmatch(text), _FROM_EDGE.fullmatch(text)
        base = self.end if away and away[1] == "结束" else self.start
        if base is None:
            return None
        if week:
            return base + timedelta(7 * (int(week[1]) - 1) + (6 if edge == "last" else 0))
        assert away is not None, "only one of the two patterns is asked for"
        days = int(away[3] or 0)
        return base + timedelta(-days if away[2] == "前" else days)

    def days(self, key: str) -> frozenset[date]:
        """A list of days, which may be absent."""
        value = self._get(key, optional=True)
        if value is None:
            return frozenset()
        if not isinstance(value, list) or not all(isinstance(one, date) for one in value):
            self.fault(key, "应为日期的列表")
            return frozenset()
        return frozenset(value)

    # --- tables ---

    def table(self, key: str, optional: bool = False) -> "Table":
        """A section; an empty one where it is absent, in which nothing is missing once more."""
        value = self._get(key, optional)
        if value is not None and not isinstance(value, dict):
            self.fault(key, "应为一节")
        if isinstance(value, dict):
            return self._part(value, key, self.notes)
        return self._part({}, key, Notes())

    def tables(self, key: str, optional: bool = False) -> list["Table"]:
        """Sections of one name, in their order."""
        value = self._get(key, optional)
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            if value is not None:
                self.fault(key, f"应写成若干 [[{self._place_of(key)}]]")
            return []
        return [self._part(one, _called(key, number, one), self.notes) for number, one in enumerate(value, 1)]

    def _part(self, values: Mapping[str, object], key: str, notes: Notes) -> "Table":
        return Table(values, self._place_of(key), notes, start=self.start, end=self.end)

    def has(self, key: str) -> bool:
        """Whether the file says anything under this key."""
        return key in self.values

    def whole_as(self, made: Made) -> Made:
        """What was made of this table; a key that nobody asked for is a fault, most often of spelling."""
        for key in self.values:
            if key not in self.taken:
                self.fault(key, "不认识的项目，请检查拼写")
        return made


def _called(key: str, number: int, values: Mapping[str, object]) -> str:
    """`item R3` by its id; `item[3]` where it has none."""
    id = values.get("id")
    return f"{key} {id}" if isinstance(id, str) and id else f"{key}[{number}]"
