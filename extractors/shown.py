"""What a spreadsheet's cell shows, as somebody would type it, and whether the program spoiled what was typed."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from openpyxl.utils.datetime import from_excel

Fault = Literal["", "number_damaged", "formula_uncached", "cell_error", "display_differs", "letter_lost"]

# Excel's own date formats of a Chinese system have numbers without words in the file, and openpyxl does not know them.
_CHINESE_DATES = {
    27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy", 31: "yyyy年m月d日", 32: "h时mm分", 33: "h时mm分ss秒",
    34: "h时mm分", 35: "h时mm分ss秒", 36: "yyyy年m月", 50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日",
    54: "m月d日", 55: "h时mm分", 56: "h时mm分ss秒", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!)")
_DAMAGED_TEXT = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d{2}|\d{15}000", re.ASCII)
_ROUNDED_TEXT = re.compile(r"[1-9]\d{5,8}00000", re.ASCII)
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]|_x000D_")
_SPOKEN = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.')
_FIRST_DAY, _LAST_DAY = 18_264, 73_050  # 1950 to 2099 as Excel counts days
_EXACT_BELOW = 10**15
_LONG, _ROUNDED = 10**10, 10**5


@dataclass(frozen=True, slots=True)
class Shown:
    """text: as it would be typed; where fault is told it is no more than a proposal.

    day: the day that a bare whole number is in Excel's count, YYYY-MM-DD, empty where it is none.
    """

    text: str = ""
    day: str = ""
    fault: Fault = ""


def shown_of_value(cell: Any, formula: bool = False) -> Shown:
    """What an openpyxl cell shows. formula: the cell holds one, and `cell` its stored result."""
    value = cell.value
    if value is None:
        return Shown(fault="formula_uncached" if formula else "")
    if cell.data_type == "e":
        return Shown(fault="cell_error")
    return shown_of_typed(value, str(cell.number_format or ""), cell._style.numFmtId, cell.parent.parent.epoch)


def shown_of_typed(value: object, code: str, number: int, epoch: datetime) -> Shown:
    """What a value shows in the format of its cell. number: of a format whose code the file may leave out, or 0."""
    if isinstance(value, bool):
        return Shown(str(value).upper())
    chinese = _CHINESE_DATES.get(number, "")
    if isinstance(value, int | float):
        return _shown_number(value, code, chinese, epoch)
    if isinstance(value, datetime | date | time | timedelta):
        return _shown_moment(value, chinese or code)
    return shown_of_text(str(value))


def shown_of_text(value: str) -> Shown:
    """Without what nobody sees, and without the apostrophe that told Excel to leave a text alone."""
    text = _UNSEEN.sub("", value)
    if text.startswith("'") and not text.endswith("'"):
        text = text[1:]
    joined = "".join(text.split())
    if _ERROR.fullmatch(joined):
        return Shown(fault="cell_error")
    return Shown(text, fault="number_damaged" if _DAMAGED_TEXT.fullmatch(joined) else "")


def shown_of_digits(value: str) -> Shown:
    """What a file shows that keeps no kinds of values: a number may have been rounded before it was written."""
    shown = shown_of_text(value)
    spoiled = not shown.fault and _ROUNDED_TEXT.fullmatch("".join(shown.text.split()))
    return Shown(shown.text, fault="number_damaged") if spoiled else shown


# --- numbers ---


def _shown_number(value: float, code: str, chinese: str, epoch: datetime) -> Shown:
    if not abs(value) < _EXACT_BELOW:  # more digits than Excel keeps, or no number at all
        return Shown(f"{value:.5E}", fault="number_damaged")
    if abs(value) >= _LONG and value % _ROUNDED == 0:  # a telephone number that was shown as 1.38123E+10, and kept so
        return Shown(_plain(value), fault="number_damaged")
    day = _day_of(value, epoch)
    if chinese and day:
        return _shown_moment(date.fromisoformat(day), chinese)
    pattern = code.partition(";")[0]
    if any(re.search(r"\d", one[0] or one[1]) for one in _SPOKEN.findall(pattern)):
        return Shown(_plain(value), fault="display_differs")  # "138"00000000 shows more digits than are stored
    if "%" in _SPOKEN.sub("", pattern):
        return Shown(f"{value * 100:.15g}%")
    if re.fullmatch("0{2,}", pattern) and float(value).is_integer():
        return Shown(f"{int(value):0{len(pattern)}d}")
    return Shown(_plain(value), day)


def _plain(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else f"{value:.15g}"


def _day_of(value: float, epoch: datetime) -> str:
    if not float(value).is_integer() or not _FIRST_DAY <= value <= _LAST_DAY:
        return ""
    moment = from_excel(value, epoch)
    return moment.date().isoformat() if isinstance(moment, datetime) else ""


# --- days and times ---


def _shown_moment(value: date | time | timedelta, code: str) -> Shown:
    """No more of a day than its cell shows: a month stays a month, and a day without its year is in doubt."""
    if isinstance(value, time):
        return Shown(f"{value:%H:%M:%S}".removesuffix(":00"))
    if isinstance(value, timedelta):
        return Shown(str(value))
    day = value.date() if isinstance(value, datetime) else value
    letters = _SPOKEN.sub("", code.partition(";")[0]).lower()
    if "y" not in letters and "e" not in letters:
        return Shown(day.isoformat(), fault="display_differs")
    if "d" not in letters:
        return Shown(day.isoformat()[: 7 if "m" in letters else 4])
    hours = f" {value:%H:%M}" if isinstance(value, datetime) and "h" in letters and value.time() != time() else ""
    return Shown(day.isoformat() + hours)
