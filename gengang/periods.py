"""Periods: which lessons of the day a paper's words name, and whether two papers name the same one."""

import re
from typing import Literal

Compared = Literal["same", "apart", "unclear"]
_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}")
_NUMERAL = r"[一二三四五六七八九十]|1?\d"
_RANGE = re.compile(rf"({_NUMERAL})[-—~～至到]+第?({_NUMERAL})")
_ONE = re.compile(r"(上午|下午|晚上)?第(\d+)节")
_DIGITS = {character: number for number, character in enumerate("一二三四五六七八九十", 1)}
_MORNING_LESSONS = 4  # a higher number is counted through the day, whatever half stands before it


def periods(time: str) -> tuple[str, ...]:
    """The lessons of the day that a text lists: 第2、3节 are two, 上午第1—2节 are two, 8:00—8:40 is one, 上午 none."""
    time = re.sub(r"\s", "", time)
    if _CLOCK.search(time):
        return (time,)
    half = next((word for word in ("上午", "下午", "晚上") if word in time), "")
    spelled = _RANGE.sub(lambda found: "、".join(map(str, _between(found[1], found[2]))), time)
    numbers = [_number(found) for found in re.findall(_NUMERAL, spelled)]
    return tuple(f"{half}第{number}节" for number in dict.fromkeys(numbers))


def _between(first: str, last: str) -> range:
    return range(_number(first), _number(last) + 1)


def _number(text: str) -> int:
    return _DIGITS[text] if text in _DIGITS else int(text)


def compared(first: str, second: str) -> Compared:
    """Whether two of `periods` are one lesson of the day; unclear where one is blank or they are counted otherwise."""
    if not first or not second:
        return "unclear"
    one, other = _ONE.fullmatch(first), _ONE.fullmatch(second)
    if one is None or other is None:
        return _of_clocks(first, second) if one is None and other is None else "unclear"
    if one[2] != other[2]:
        halves = {one[1], other[1]}
        return "unclear" if halves & {"下午", "晚上"} and None in halves else "apart"
    through = int(one[2]) > _MORNING_LESSONS
    if one[1] == other[1] or through or {one[1], other[1]} == {None, "上午"}:
        return "same"
    return "unclear" if None in (one[1], other[1]) else "apart"


def _of_clocks(first: str, second: str) -> Compared:
    """By when they begin."""
    begins = [_CLOCK.search(text) for text in (first, second)]
    starts = {found[0].replace("：", ":") if found else "" for found in begins}
    return "same" if len(starts) == 1 else "apart"
