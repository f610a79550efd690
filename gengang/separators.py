"""Separators: sheets laid on a pile of paper before it is scanned, which say whose the pages behind them are, or since
when they are in. No form, and never read as one.
"""

import re
from dataclasses import dataclass
from datetime import date

BAG_TITLE, DAY_TITLE = "材料袋封面", "收到日期分隔页"  # the largest print on each, told when its code cannot be read

_BAG = re.compile(r"GG1B/(?P<person>[A-Z0-9-]+)")
_DAY = re.compile(r"GG1D/(?P<day>\d{4}-\d\d-\d\d)")


@dataclass(frozen=True, slots=True)
class BagCover:
    """The pages behind it are a person's, until the next cover. person: key, empty where nobody can tell."""

    person: str


@dataclass(frozen=True, slots=True)
class DaySheet:
    """The pages behind it came in on a day, until the next such sheet. day: None where nobody can tell."""

    day: date | None


Separator = BagCover | DaySheet


def text_of_separator(separator: Separator) -> str:
    """What its QR code holds, in the letters that such a code packs densest."""
    if isinstance(separator, BagCover):
        return f"GG1B/{separator.person.upper()}"
    return f"GG1D/{separator.day.isoformat() if separator.day else ''}"


def separator_of_text(text: str) -> Separator | None:
    """The separator that a QR code names; None for any other code on a paper."""
    bag, day = _BAG.fullmatch(text.strip()), _DAY.fullmatch(text.strip())
    if bag is not None:
        person = bag["person"]
        return BagCover(f"{person[:2]}{person[2:].lower()}")
    if day is None:
        return None
    try:
        return DaySheet(date.fromisoformat(day["day"]))
    except ValueError:
        return DaySheet(None)


def the_one(separators: frozenset[Separator]) -> Separator | None:
    """What the codes of one page say together: two that differ leave it untold whose pages follow, or since when."""
    if len(separators) <= 1:
        return next(iter(separators), None)
    return BagCover("") if any(isinstance(one, BagCover) for one in separators) else DaySheet(None)
