"""Numbers as Chinese forms write them: full-width, 二十, 贰拾, 二〇一六, 廿, 十二点五, 1.2万."""

import re
from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
_DIGITS |= {"○": 0, "两": 2, "兩": 2, "弍": 2, "贰": 2, "貳": 2, "叁": 3, "參": 3, "叄": 3, "陸": 6}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}

_HALF_WIDTH = {ord("０") + i: ord("0") + i for i in range(10)}
_HALF_WIDTH |= {ord("Ａ") + i: ord("A") + i for i in range(26)} | {ord("ａ") + i: ord("a") + i for i in range(26)}
_SAID = str.maketrans({digit: str(value) for digit, value in _DIGITS.items()})
CHINESE_DIGITS = "".join(sorted(_DIGITS))
CHINESE_NUMBER = "[" + "".join(sorted({*_DIGITS, *_TENS, *_UNITS, *_MYRIADS})) + "]+"
_CHINESE_NUMBER = re.compile(CHINESE_NUMBER)


def half_width(text: str) -> str:
    """Full-width Latin letters and digits as half-width; punctuation stays as it is printed."""
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def digits_said(text: str) -> str:
    """Chinese digits as Arabic ones, each by itself: 一三八〇 as 1380; all else stays."""
    return text.translate(_SAID)


def integer_of(text: str) -> int | None:
    """The whole number that `text` alone writes, in Arabic or Chinese digits; None when it is none.

    Digits without a unit are said one by one (二〇一六). 二百五 and 一十百 are none: nobody can tell.
    """
    text = half_width(text)
    if text.isascii():
        return int(text) if text.isdigit() and len(text) <= 12 else None
    if not _CHINESE_NUMBER.fullmatch(text):
        return None
    if all(char in _DIGITS for char in text):
        return int(digits_said(text)) if len(text) <= 12 else None
    return _with_myriads(text)


def counted_of(text: str) -> int | None:
    """The whole number that a count of things writes: as `integer_of`, but 三五 and 一二 may mean about so many."""
    if len(text) == 2 and all(char in _DIGITS for char in text) and _DIGITS[text[1]]:
        return None
    return integer_of(text)


def decimal_of(text: str) -> Decimal | None:
    """The number that `text` alone writes, with a point or 点, or with 万 behind digits; None when it is none."""
    text = half_width(text).replace("．", ".")
    factor = 1
    if re.fullmatch(r"[\d.]+[百千万萬]", text, re.ASCII):
        factor, text = (_UNITS | _MYRIADS)[text[-1]], text[:-1]
    if re.fullmatch(r"\d{1,12}(?:\.\d{1,6})?", text, re.ASCII):
        return Decimal(text) * factor
    whole, point, rest = text.partition("点")
    number = counted_of(whole) if not text.isascii() else None
    if number is None or not point:
        return None if number is None else Decimal(number)
    if not 1 <= len(rest) <= 6 or not all(char in _DIGITS for char in rest):
        return None
    return Decimal(f"{number}.{digits_said(rest)}")


def _with_myriads(text: str) -> int | None:
    """三万零五十: what stands before 亿 and 万 counts so many of them, from the larger to the smaller."""
    total, rest, last = 0, text, 0
    for name, size in sorted(_MYRIADS.items(), key=lambda one: -one[1]):
        if rest.count(name) == 1:
            if last == size:
                return None
            front, _, rest = rest.partition(name)
            many = _below_myriad(front)
            if not many:
                return None
            total, last = total + many * size, size
    if any(char in _MYRIADS for char in rest):
        return None
    low = _below_myriad(rest) if rest else 0
    # 三万五 is said for 35,000 and 三万零五 for 30,005; the first is nobody's number here.
    if low is None or (last and rest and low < 1000 and rest[0] not in "零〇○"):
        return None
    return total + low


def _below_myriad(text: str) -> int | None:
    """二十三 is 2 x 10 + 3; units go from large to small, and only 十 may leave its 一 out."""
    total, digit, last, gap = 0, None, 10_000, False
    for char in text:
        if char in _DIGITS:
            if digit is not None:
                return None
            if _DIGITS[char] == 0:
                gap = True
                continue
            digit = _DIGITS[char]
        elif char in _TENS:
            if last <= 10 or digit is not None:
                return None
            total, last = total + _TENS[char], 10
        else:
            size = _UNITS.get(char, last)  # 万 before 亿 is a myriad inside a myriad
            if size >= last or (digit is None and size != 10):
                return None
            total, digit, last, gap = total + (1 if digit is None else digit) * size, None, size, False
    if digit is not None and last not in (10, 10_000) and not gap:
        return None
    return total + (digit or 0)


_SIGNS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """The number as Chinese lists count: 十, 十一, 一百零三; in Arabic digits below 1 and from 10,000 on."""
    if not 0 < number < 10_000:
        return str(number)
    places = zip(f"{number:04d}", ("千", "百", "十", ""), strict=True)
    text = "".join(_SIGNS[int(digit)] + (unit if digit != "0" else "") for digit, unit in places)
    text = re.sub("零+", "零", text).strip("零")
    return text[1:] if text.startswith("一十") else text
