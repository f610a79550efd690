"""How dates and numbers are typed: group B of the catalogue."""

from decimal import Decimal

from gengang.codecs import Period, Value
from gengang.sample.habits_document import Spot
from gengang.sample.habits_typing import HabitRow, everywhere, once, otherwise, way

_DIGITS, _FORMAL = "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
_FULL_WIDTH = {ord("0") + digit: ord("０") + digit for digit in range(10)}


def _parts(value: object) -> tuple[int, ...]:
    return tuple(map(int, str(value).split("-")))


def _in_words(number: int, digits: str = _DIGITS, ten: str = "十") -> str:
    """A number below a hundred: 二十一, or 贰拾壹 with the digits of a cheque."""
    tens, ones = divmod(number, 10)
    front = "" if not tens else ten if tens == 1 and ten == "十" else digits[tens] + ten
    return front + (digits[ones] if ones or not tens else "")


# --- dates ---


def _date_spelled(spot: Spot, style: int) -> str:
    year, month, day = _parts(spot.value)
    ways = (f"{year}.{month}.{day}", f"{year}-{month}-{day}", f"{year}/{month:02d}/{day:02d}",
            f"{year}{month:02d}{day:02d}", f"{year}. {month} .{day}", f"{year}-{month:02d}-{day:02d}",
            f"{year}年{month:02d}月{day:02d}日", f"{year} 年 {month} 月 {day} 日",
            f"{year}．{month}．{day}")  # fmt: skip
    return way(ways, style)


def _month_spelled(spot: Spot, style: int) -> str:
    year, month = _parts(spot.value)
    ways = (f"{year}.{month:02d}", f"{year}-{month:02d}", f"{year}{month:02d}", f"{year}年{month:02d}月",
            f"{year}年{month}月份", f"{year} 年 {month} 月", f"{year}/{month}")  # fmt: skip
    return way(ways, style)


def _two_digit_year(spot: Spot, style: int) -> str:
    year, month, day = _parts(spot.value)
    return way((f"{year % 100:02d}.{month}.{day}", f"{year % 100:02d}年{month}月{day}日"), style)


def _date_in_words(spot: Spot, style: int) -> str:
    year, month, day = _parts(spot.value)
    words = "".join(_DIGITS[int(digit)] for digit in str(year))
    other = words.replace("〇", "零")
    ways = (f"{words}年{_in_words(month)}月{_in_words(day)}日", f"{other}年{_in_words(month)}月{day}日",
            f"{year}年{month}月{day}号")  # fmt: skip
    return way(ways, style)


def _date_without_year(spot: Spot, style: int) -> str:
    _, month, day = _parts(spot.value)
    return way((f"{_in_words(month)}月{_in_words(day)}日", f"{month}月{day}日", f"{month}.{day}"), style)


def _no_such_day(spot: Spot, style: int) -> str:
    year, _, _ = _parts(spot.value)
    return way((f"{year}年9月31日", f"{year}年2月30日", f"{year}.11.31"), style)


def _month_cut(spot: Spot, _style: int) -> str | None:
    """1980.10 comes as 1980.1 from a cell that holds a number."""
    year, month = _parts(spot.value)
    return f"{year}.1" if month in (1, 10) else None


def _of_the_old_calendar(_spot: Spot, style: int) -> str:
    return way(("八月十五", "农历九月初九", "丙申年八月廿五"), style)


def _period_spelled(spot: Spot, style: int) -> str | None:
    if not isinstance(spot.value, Period):
        return None
    first, last = _parts(spot.value.start), _parts(spot.value.end)
    (year, month, day), (to_year, to_month, to_day) = first, last
    ways = (f"{year}.{month}.{day}—{to_year}.{to_month}.{to_day}", f"{year}年{month}月{day}日—{to_month}月{to_day}日",
            f"{year}.{month}.{day}-{to_month}.{to_day}", f"{year}年{month}月{day}日到{to_year}年{to_month}月{to_day}日",
            f"{year}/{month}/{day}~{to_year}/{to_month}/{to_day}")  # fmt: skip
    return way(ways, style) if year == to_year else ways[0]


def _period_without_year(spot: Spot, style: int) -> str | None:
    if not isinstance(spot.value, Period):
        return None
    (_, month, day), (_, to_month, to_day) = _parts(spot.value.start), _parts(spot.value.end)
    return way((f"{month}.{day}—{to_month}.{to_day}", f"{month}月{day}日至{to_month}月{to_day}日"), style)


# --- numbers ---


def _number(spot: Spot) -> Decimal:
    return Decimal(str(spot.value))


def _whole(spot: Spot, least: int) -> int | None:
    number = _number(spot)
    return int(number) if least <= number < 100 and number == int(number) else None


def _number_in_words(spot: Spot, style: int) -> str | None:
    number = _whole(spot, 1)
    if number is None:
        return None
    return way((_in_words(number), _in_words(number, _FORMAL, "拾")), style)


def _number_with_unit(spot: Spot, style: int) -> str | None:
    """`20节` where no unit is printed, a blank around the figure where one is."""
    unit = {"teaching_years": "年", "minutes": "分"}.get(spot.slot.name, "")
    if unit and not spot.after:
        return f"{spot.text}{unit}"
    return way((f" {spot.text} ", f"　{spot.text}", f"{spot.text}.0"), style)


def _number_vague(spot: Spot, style: int) -> str | None:
    number = _whole(spot, 3)
    return None if number is None else way((f"约{number}", f"{number}+", f"{number}余", f"{number}左右"), style)


def _score_spelled(spot: Spot, style: int) -> str:
    whole = "." not in spot.text
    more = f"{spot.text}.0" if whole else f"{spot.text}0"
    with_unit = f" {spot.text}" if spot.after.startswith("分") else f"{spot.text}分"
    return way((more, f"{more}0", with_unit, spot.text.translate(_FULL_WIDTH)), style)


def _score_outside(_spot: Spot, style: int) -> str:
    return way(("105", "-3", "优", "A", "良好", "满分"), style)


def _total_wrong(spot: Spot, style: int) -> Value | None:
    if spot.slot.name not in ("total", "assessed_total"):
        return None
    other = _number(spot) + (5, -5, 1, -1, 10)[style % 5]
    return format(other if 0 <= other <= 100 else abs(_number(spot) - 2), "f")


def _full_width(spot: Spot, _style: int) -> str | None:
    wide = spot.text.translate(_FULL_WIDTH)
    return wide if wide != spot.text else None


DATES_AND_NUMBERS: tuple[HabitRow, ...] = (
    ("B01", "dates_spelled", "harmless", everywhere(_date_spelled, "date")),
    ("B01", "months_spelled", "harmless", everywhere(_month_spelled, "month")),
    ("B01", "two_digit_year", "asks", once(_two_digit_year, "date", asked=True)),
    ("B02", "dates_in_words", "harmless", everywhere(_date_in_words, "date")),
    ("B02", "date_without_year", "asks", once(_date_without_year, "date", asked=True)),
    ("B04", "month_cut", "asks", once(_month_cut, "month", asked=True)),
    ("B05", "no_such_day", "asks", once(_no_such_day, "date", asked=True)),
    ("B06", "old_calendar", "asks", once(_of_the_old_calendar, "date", asked=True)),
    ("B09", "number_in_words", "harmless", once(_number_in_words, "count", "days", "score")),
    ("B09", "number_with_unit", "harmless", once(_number_with_unit, "count")),
    ("B09", "number_vague", "asks", once(_number_vague, "count", "days", asked=True)),
    ("B10", "period_spelled", "harmless", everywhere(_period_spelled, "period")),
    ("B10", "period_without_year", "asks", once(_period_without_year, "period", asked=True)),
    ("B16", "total_wrong", "typed", otherwise(_total_wrong, "score")),
    ("B17", "score_outside", "asks", once(_score_outside, "score", asked=True)),
    ("B20", "score_spelled", "harmless", once(_score_spelled, "score")),
    ("D15", "figures_full_width", "harmless", once(_full_width, "date", "month", "count", "days", "score", "phone")),
)
