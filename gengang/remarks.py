"""Remarks: what one typed line about a call or a message says of a 改期, against the day on which it was said.

李老师来电，周五改到下周二: from the Friday of that week to the Tuesday of the next. What does not name both days, or
names one that may be two, is understood as a question; nothing is guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gengang.codecs import day_of
from gengang.dayplan import Move
from gengang.halfdays import HalfName

_WEEKDAYS = "一二三四五六日"
_MOVED = re.compile(
    r"(?:改期|改|调整?|挪|移|换|推迟|延后?|延期|提前|顺延|提早|推后)(?:时间)?(?:到|至|成|为|在)|改(?=下?下?[周星礼])"
)
_ABOUT_MOVING = re.compile(r"改期|改时间|换(?:一)?天|调(?:一)?天|推迟|延期|顺延|提前|改天|另(?:定|约|行安排)")
_DAY = re.compile(
    r"(?P<near>大前天|前天|昨天|今天|今日|当天|明天|明日|后天|大后天)"
    r"|(?P<which>下下|下|上上|上|这|本)?(?:个)?(?:周|星期|礼拜)(?P<week>[一二三四五六日天])"
    r"(?![\u3400-\u9fff]{0,2}(?:老师|校长|主任|股长|同志))"  # 周一鸣老师
    r"|(?:(?P<y>\d{4})[年./-])?(?P<m>\d{1,2})(?:月|[./-])(?P<d>\d{1,2})[日号]?"
    r"|(?<!\d)(?P<alone>\d{1,2})[日号]"
)
_HALF = re.compile(r"^(?:的)?(上午|早上|下午|全天|整天)")
_HALVES: dict[str, HalfName | None] = {"上午": "morning", "早上": "morning", "下午": "afternoon"}
_NEAR = {
    "大前天": -3,
    "前天": -2,
    "昨天": -1,
    "今天": 0,
    "今日": 0,
    "当天": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "大后天": 3,
}
_WEEKS = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1, "下下": 2}
_CALLER = re.compile(
    r"^(?:([\u3400-\u9fff·]{1,6}?(?:老师|校长|主任|股长|同志))(?:来电|打电话|电话|来信|微信|短信|发|说|告知|通知)"
    r"|([\u3400-\u9fff·]{2,15}?)(?:来电|打电话|来信|发微信|发短信|发消息))"
)


@dataclass(frozen=True, slots=True)
class Understood:
    """moves: each 改期, none where none is told of or a day is unclear; question: what is to be asked, else empty.

    caller: who called or wrote, as the line begins, empty where it does not say.
    """

    moves: tuple[Move, ...] = ()
    question: str = ""
    caller: str = ""


@dataclass(frozen=True, slots=True)
class _Named:
    """A day that a text names; day: None where it may be two. half: morning or afternoon where one is named."""

    day: date | None
    half: HalfName | None
    words: str


def understood(text: str, on: date) -> Understood:
    """What a line says. on: the day on which it was said, in China."""
    text = re.sub(r"\s", "", text)
    who, begins = _caller(text)
    found = _MOVED.search(text)
    if found is None:
        question = "像是要改期，没有听出从哪天改到哪天" if _ABOUT_MOVING.search(text) else ""
        return Understood((), question, who)
    before = tuple(_days(text[begins : found.start()], on))
    after = tuple(_days(text[found.end() :], on))
    question = _question(before, after)
    if question:
        return Understood((), question, who)
    pairs = zip(before, after, strict=True)
    moves = tuple(Move(one.day, one.half, other.day, other.half, on, text) for one, other in pairs
                  if one.day is not None and other.day is not None)  # fmt: skip
    return Understood(moves, "", who)


def _caller(text: str) -> tuple[str, int]:
    """Who called or wrote, as the line begins, and where that ends; a day or a 改期 in those words is no name."""
    found = _CALLER.match(text)
    who = (found[1] or found[2]) if found else ""
    if found is None or _DAY.search(who) or _MOVED.search(who):
        return "", 0
    return who, found.end()


def _question(before: tuple[_Named, ...], after: tuple[_Named, ...]) -> str:
    unclear = [one.words for one in (*before, *after) if one.day is None]
    if unclear:
        return f"“{'、'.join(unclear)}”是几月几日不清楚"
    if not before or not after:
        return "没有说从哪天改" if not before else "没有说改到哪天"
    if len(before) != len(after):
        return f"说了{len(before)}天改到{len(after)}天，对不上"
    if any((one.day, one.half) == (other.day, other.half) for one, other in zip(before, after, strict=True)):
        return "改前和改后是同一天"
    return ""


def _days(text: str, on: date) -> Iterator[_Named]:
    for found in _DAY.finditer(text):
        half = _HALF.match(text[found.end() :])
        yield _Named(_day(found, on), _HALVES.get(half[1]) if half else None, found[0])


def _day(found: re.Match[str], on: date) -> date | None:
    if found["near"]:
        return on + timedelta(_NEAR[found["near"]])
    if found["week"]:
        return _of_week(found["which"] or "", found["week"], on)
    if found["alone"]:
        # A bare number is of this month, and only while that is still to come: said on the 28th, 3号 may be any.
        day = day_of(str(on.year), str(on.month), found["alone"])
        return day if day is not None and day >= on else None
    if found["y"]:
        return day_of(found["y"], found["m"], found["d"])
    near = [day for year in (on.year - 1, on.year, on.year + 1) if (day := day_of(str(year), found["m"], found["d"]))]
    return min(near, key=lambda day: abs((day - on).days), default=None)


def _of_week(which: str, weekday: str, on: date) -> date | None:
    """Weeks begin on Monday. Without a word before it a weekday is this week's, and only while that is to come."""
    monday = on - timedelta(on.weekday())
    day = monday + timedelta(_WEEKDAYS.index(weekday.replace("天", "日")), weeks=_WEEKS.get(which, 0))
    return day if which or day >= on else None
