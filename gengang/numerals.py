"""Numbers as Chinese forms write them: full-width, 二十, 贰拾, 二〇一六."""

import re

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
_DIGITS |= {"○": 0, "两": 2, "兩": 2, "弍": 2, "叄": 3, "陸": 6}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "廿": 20, "卅": 30}

_HALF_WIDTH = {ord("０") + i: ord("0") + i for i in range(10)}
_HALF_WIDTH |= {ord("Ａ") + i: ord("A") + i for i in range(26)} | {ord("ａ") + i: ord("a") + i for i in range(26)}
CHINESE_NUMBER = "[" + "".join(sorted({*_DIGITS, *_UNITS})) + "]+"


def half_width(text: str) -> str:
    """Full-width Latin letters and digits as half-width; punctuation stays as it is printed."""
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def integer_of(text: str) -> int | None:
    """The whole number that `text` alone writes, in Arabic or Chinese digits; None when it is none."""
    text = half_width(text)
    if re.fullmatch(r"\d{1,12}", text, re.ASCII):
        return int(text)
    if not re.fullmatch(CHINESE_NUMBER, text):
        return None
    if not any(char in _UNITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    return _summed(text)


def _summed(text: str) -> int | None:
    """二十三 is 2 x 10 + 3; a digit that no unit follows may only stand last."""
    total, digit = 0, None
    for char in text:
        if char in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[char]
        elif char in "廿卅":
            total += _UNITS[char]
        else:
            total += (1 if digit is None else digit) * _UNITS[char]
            digit = None
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
