"""Days, months and periods as people write them on forms; what does not exist or is not whole is a doubt."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from gengang.codec_numbers import day_of
from gengang.numerals import CHINESE_DIGITS, CHINESE_NUMBER, integer_of
from gengang.parsed import BLANK, Options, Parsed, Period, Value, compact, doubt, value

_YEAR = rf"(?P<y>\d{{4}}|\d{{2}}|[{CHINESE_DIGITS}]{{4}}|[{CHINESE_DIGITS}]{{2}})"
_NUMBER = rf"\d{{1,2}}|{CHINESE_NUMBER}|元|正"
_WEEKDAYS = "一二三四五六日"
_HALF = "(?:[上下中]午|晚上?|全天|早上|凌晨)"
_CLOCK = r"(?:[01]?\d|2[0-4])(?:[:：][0-5]\d(?:[:：][0-5]\d(?:\.\d+)?)?|[点时](?:[0-5]?\d分?|半|整)?)(?:[AaPp][Mm])?"
# Behind figures a time of day needs a blank, or a day and an hour of two figures each: 9-112:30 may be 9-1 or 9-11.
_GLUED = r"(?<=\D\d\d)(?=\d\d[:：])"
_AFTER = (
    r"[(（,，]?(?:(?:星期|周|礼拜)(?P<w>[一二三四五六日天]))?[)）]?"
    rf"(?:(?:T| |{_HALF})?(?:(?<!\d)|{_GLUED})(?P<t>{_CLOCK}))?{_HALF}?"
)
_DATE = re.compile(
    rf"(?:公元)?(?<!\d){_YEAR}(?:年度?|[./。,，、-])(?P<m>{_NUMBER})(?:月份?|[./。,，、-])(?P<d>{_NUMBER})"
    rf"(?:(?<!\d)|(?![\d:：点时]|\.\d)|{_GLUED})(?! (?:\d{{1,2}}|{CHINESE_NUMBER})(?:[日号]|$))"
    rf"(?P<end>[日号]|[./。])?{_AFTER}", re.ASCII,
)  # fmt: skip
_DATE_COMPACT = re.compile(rf"(?P<y>\d{{4}})(?P<m>\d{{2}})(?P<d>\d{{2}})(?: {_CLOCK})?", re.ASCII)
_DATE_SPACED = re.compile(rf"(?P<y>\d{{4}}) (?P<m>\d{{1,2}}) (?P<d>\d{{1,2}})(?: {_CLOCK})?", re.ASCII)
_SIX_DIGITS = re.compile(r"(?P<y>\d{2})(?P<m>\d{2})(?P<d>\d{2})", re.ASCII)
_MONTH = re.compile(rf"(?:公元)?{_YEAR}(?:年度?|[./。,，、-])(?P<m>{_NUMBER})(?:月份?|[./。])?", re.ASCII)
_MONTH_COMPACT = re.compile(r"(?P<y>\d{4}) ?(?P<m>\d{2})", re.ASCII)
_BLANK_DATE = re.compile(r"[年月日号至到—–~/.\s_＿共天-]*")
_LUNAR = re.compile("农历|阴历|初[一二三四五六七八九十]|腊月|[八正]月十五")
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050  # 2000 to 2099 as spreadsheets count days
_SERIAL_ZERO = date(1899, 12, 30)
# 二 〇 一 六 年: four figures by themselves before 年 are the year, however far apart they stand.
_FIGURE = rf"[\d{CHINESE_DIGITS}]"
_YEAR_APART = re.compile(rf"(?<!{_FIGURE})(?:{_FIGURE} ){{3}}{_FIGURE}(?=年)", re.ASCII)


def _kept(text: str) -> str:
    return _YEAR_APART.sub(lambda year: year[0].replace(" ", ""), compact(text))


def _number(text: str) -> str:
    return "1" if text in ("元", "正") else text


def _day_in(match: re.Match[str]) -> date | None:
    return day_of(match["y"], _number(match["m"]), match["d"])


def parse_date(text: str, _options: Options) -> Parsed:
    """A whole day."""
    kept = _kept(text)
    if _BLANK_DATE.fullmatch(kept):
        return BLANK
    match = _DATE.fullmatch(kept) or _DATE_SPACED.fullmatch(kept) or _DATE_COMPACT.fullmatch(kept)
    if match is None:
        return _unclear_date(kept)
    day = _day_in(match)
    if day is None:
        return doubt(None, "date_impossible", "没有这一天，请核对日期。")
    return _doubts_of(day, match) or value(day.isoformat())


def _doubts_of(day: date, match: re.Match[str]) -> Parsed | None:
    told = match.groupdict()
    shown = day.isoformat()
    if len(told["y"]) == 2:
        return doubt(shown, "short_year", "年份只写了两位，请核对。")
    if not 1900 <= day.year <= 2100:
        return doubt(shown, "odd_year", "年份不合常理，请核对。")
    weekday = (told.get("w") or "").replace("天", "日")
    if weekday and _WEEKDAYS.index(weekday) != day.weekday():
        note = f"日期和星期对不上（这一天是星期{_WEEKDAYS[day.weekday()]}），请核对。"
        return doubt(shown, "weekday_differs", note)
    if not told.get("end", "日") and not any(char.isdigit() for char in told["m"] + told["d"]) and len(told["d"]) > 1:
        return doubt(shown, "date_lunar", "日期没有写“日”，可能是农历，请核对。")
    return None


def _unclear_date(kept: str) -> Parsed:
    if _LUNAR.search(kept):
        return doubt(None, "date_lunar", "像是农历日期，请改写成公历，如“2016年9月5日”。")
    if re.fullmatch(r"\d{5}", kept, re.ASCII) and _FIRST_SERIAL <= int(kept) <= _LAST_SERIAL:
        day = _SERIAL_ZERO + timedelta(days=int(kept))
        return doubt(day.isoformat(), "date_serial", "这是表格软件里的日期序号，请核对换算出的日期。")
    six = _SIX_DIGITS.fullmatch(kept)
    short = None if six is None else _day_in(six)
    if short is not None:
        return doubt(short.isoformat(), "short_year", "年份只写了两位，请核对。")
    found = set(_days_in(kept))
    note = "日期不完整或看不懂，请写成“2016年9月5日”的样子。"
    return doubt(found.pop() if len(found) == 1 else None, "date_shape", note)


def _days_in(kept: str) -> Iterator[str]:
    """Every whole day that stands in a text."""
    for match in _DATE.finditer(kept):
        day = _day_in(match)
        if day is not None and len(match["y"]) == 4:
            yield day.isoformat()


def show_date(found: Value | None, _options: Options) -> str:
    """`2016年9月5日`."""
    if found is None:
        return "    年  月  日"
    year, month, day = str(found).split("-")
    return f"{year}年{int(month)}月{int(day)}日"


# --- months ---


def parse_month(text: str, _options: Options) -> Parsed:
    """A month of a year; of a whole day its month."""
    kept = _kept(text)
    if _BLANK_DATE.fullmatch(kept):
        return BLANK
    match = _MONTH.fullmatch(kept) or _MONTH_COMPACT.fullmatch(kept)
    if match is None:
        return _month_of_date(text)
    year = _whole_year(match["y"])
    day = None if year is None else day_of(year, _number(match["m"]), "1")
    if day is None:
        return doubt(None, "month_impossible", "没有这个月份，请核对。")
    month = day.isoformat()[:7]
    if len(match["y"]) == 2 or not 1900 <= day.year <= 2100:
        return doubt(month, "short_year", "年份只写了两位或不合常理，请核对。")
    if re.fullmatch(r"\d{4}\.1", kept, re.ASCII):
        return doubt(month, "month_cut", "“.1”可能是1月，也可能是被表格软件去掉零的10月，请核对。")
    return value(month)


def _whole_year(year: str) -> str | None:
    """A year of two digits is taken for one that a person now working can have been born or begun in."""
    number = integer_of(year)
    if number is None or len(year) != 2:
        return None if number is None else str(number).zfill(4)
    return str(number + (1900 if number > 30 else 2000))


def _month_of_date(text: str) -> Parsed:
    whole = parse_date(text, ())
    if whole.state == "value":
        return value(str(whole.value)[:7])
    proposal = str(whole.value)[:7] if whole.value is not None else None
    if whole.code == "date_impossible":
        return doubt(None, "month_impossible", "没有这一天，请核对。")
    return doubt(proposal, "month_shape", "年月不完整或看不懂，请写成“1978年6月”的样子。")


def show_month(found: Value | None, _options: Options) -> str:
    """`1978年6月`."""
    if found is None:
        return "    年  月"
    year, month = str(found).split("-")
    return f"{year}年{int(month)}月"


# --- periods ---

_BREAK = re.compile(r"至|到|—+|–+|~+|～+|－|(?<=[日号])-")
_AROUND = re.compile(r"^(?:自|从|由)|[起](?=至|到|—|~|$)|止$")
_TWO_DATES = re.compile(
    rf"(\d{{4}}-\d{{1,2}}-\d{{1,2}}(?: {_CLOCK})?)-(\d{{4}}-\d{{1,2}}-\d{{1,2}}(?: {_CLOCK})?)", re.ASCII
)
_WITHOUT_YEAR = re.compile(rf"(?:{_NUMBER})(?:月|[./-])(?:{_NUMBER})[日号]?{_AFTER}", re.ASCII)
_DAY_ALONE = re.compile(rf"(?:{_NUMBER})[日号]{_AFTER}", re.ASCII)
_LENGTH = re.compile(r"[,，;；(（]?共?[计]?[\d.一二三四五六七八九十]+个?(?:工作)?(?:天|日|周|个月)[)）]?$")
_MONTHS = re.compile(rf"{_YEAR}[年./-](?P<m>{_NUMBER})月?", re.ASCII)


def parse_period(text: str, _options: Options) -> Parsed:
    """From one day to another; what the second leaves out is the first one's."""
    kept = _AROUND.sub("", _kept(text))
    if _BLANK_DATE.fullmatch(kept):
        return BLANK
    note = "起止时间不完整或看不懂，请写成“2016年9月1日至2016年11月30日”的样子。"
    if re.search("[、;；]", kept):
        return doubt(_span(kept), "period_several", "这里写了几段时间，请核对起止。")
    parts = _parts_of(kept)
    if len(parts) != 2:
        return doubt(_span(kept), "period_shape", note)
    first = parse_date(parts[0], ())
    last = parse_date(_with_missing_front(parts[0], parts[1]), ())
    if first.state != "value" or last.state != "value":
        return doubt(_proposed(parts, first, last), "period_shape", "起止时间中有一个日期看不懂，请核对。")
    found = Period(str(first.value), str(last.value))
    if found.start > found.end:
        return doubt(found, "period_order", "起止时间前后颠倒，请核对。")
    return value(found)


def _parts_of(kept: str) -> list[str]:
    two = _TWO_DATES.fullmatch(kept)
    if two:
        return [two[1], two[2]]
    parts = [part for part in _BREAK.split(kept) if part]
    return kept.split("-") if len(parts) == 1 and kept.count("-") == 1 else parts


def _span(kept: str) -> Period | None:
    """From the first to the last day that a text names, as a proposal."""
    days = sorted(_days_in(kept))
    return Period(days[0], days[-1]) if days else None


def _proposed(parts: list[str], first: Parsed, last: Parsed) -> Period | None:
    if first.value is not None and last.value is not None:
        return Period(str(first.value), str(last.value))
    bare = _LENGTH.sub("", parts[1]).rstrip()
    if bare != parts[1] and first.state == "value":
        again = parse_date(_with_missing_front(parts[0], bare), ())
        return Period(str(first.value), str(again.value)) if again.state == "value" else None
    return _whole_months(parts)


def _whole_months(parts: list[str]) -> Period | None:
    """2016年9月至11月: from the first day of the one to the last day of the other."""
    first = _MONTHS.fullmatch(parts[0])
    if first is None or len(first["y"]) == 2:
        return None
    last = _MONTHS.fullmatch(parts[1]) or _MONTHS.fullmatch(f"{first['y']}年{parts[1]}")
    start = day_of(first["y"], _number(first["m"]), "1")
    end = None if last is None else day_of(last["y"], _number(last["m"]), "1")
    if start is None or end is None:
        return None
    return Period(start.isoformat(), end.replace(day=monthrange(end.year, end.month)[1]).isoformat())


def _with_missing_front(first: str, last: str) -> str:
    """`2016年9月1日至11月30日`: what the second date leaves out is the first one's."""
    match = _DATE.fullmatch(first)
    if match is None or _DATE.fullmatch(last) or _DATE_COMPACT.fullmatch(last):
        return last
    short = _WITHOUT_YEAR.fullmatch(last)
    if short and "月" in last:
        return f"{match['y']}年{last}"
    if short and (short["t"] or not match["t"]):  # 8:30-9.30 are two times of one day
        return f"{match['y']}.{last}"
    if _DAY_ALONE.fullmatch(last):
        return f"{match['y']}年{match['m']}月{last}"
    return last


def show_period(found: Value | None, _options: Options) -> str:
    """`2016年9月1日至2016年11月30日`."""
    if isinstance(found, Period):
        return f"{show_date(found.start, ())}至{show_date(found.end, ())}"
    return f"{show_date(None, ())}至{show_date(None, ())}"
