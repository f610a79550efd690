"""Numbers of every kind, as people write them on forms: ID and telephone numbers, counts, days, scores, money.

Vague and impossible ones are doubts, with the number that is probably meant where there is one.
"""

import re
from datetime import date
from decimal import Decimal

from gengang.numerals import CHINESE_DIGITS, CHINESE_NUMBER, counted_of, decimal_of, digits_said, half_width, integer_of
from gengang.parsed import BLANK, INVISIBLE, Options, Parsed, compact, doubt, value

# --- ID numbers ---

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_NOISE = re.compile(r"[\s_＿'’‘`—–\-－−·.．]")
_DAMAGED = re.compile(r"\d(?:\.\d+)?E\+?\d{1,2}", re.ASCII)
_TAKEN_FOR_DIGITS = {"O": "0", "Q": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8"}


def id_check_character(first17: str) -> str:
    """The last character of an ID number by GB 11643 (ISO 7064 MOD 11-2); first17: 17 ASCII digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def day_of(year: str, month: str, day: str) -> date | None:
    """The day that three written numbers name; None when there is no such day. Two-digit years are 20xx."""
    numbers = [integer_of(part) for part in (year, month, day)]
    if None in numbers:
        return None
    y, m, d = (number or 0 for number in numbers)
    try:
        return date(y + 2000 if len(year) == 2 else y, m, d)
    except ValueError:
        return None


def parse_id_number(text: str, _options: Options) -> Parsed:
    """18 characters with a right birthday and check digit."""
    kept = half_width(INVISIBLE.sub("", text)).upper()
    if _DAMAGED.fullmatch(_ID_NOISE.sub("", kept.replace("E+", "E"))) or _DAMAGED.fullmatch(kept.strip()):
        return doubt(None, "id_damaged", "身份证号被表格软件改成了科学计数，后几位已丢失，请对方重新填写。")
    number = digits_said(_ID_NOISE.sub("", kept).replace("×", "X").replace("╳", "X"))
    if not number:
        return BLANK
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        return _misshapen(number)
    if day_of(number[6:10], number[10:12], number[12:14]) is None:
        return doubt(number, "id_birth", "身份证号第7至14位不是有效的出生日期，请核对。")
    if id_check_character(number[:17]) == number[17]:
        return value(number)
    if number.endswith("000"):
        return doubt(number, "id_damaged", "身份证号以000结尾且校验不符，像是被表格软件截断，请对方重新填写。")
    return doubt(number, "id_checksum", "身份证号末位校验不符，请对照原件核对。")


def _misshapen(number: str) -> Parsed:
    if re.fullmatch(r"\d{15}", number, re.ASCII):
        return doubt(number, "id_old", "这是15位旧身份证号，请改填现在的18位号码。")
    wrong = [(place, char) for place, char in enumerate(number, 1)
             if not (char.isdigit() and char.isascii()) and not (char == "X" and place == 18)]  # fmt: skip
    if len(number) == 18 and wrong:
        meant = "".join(_TAKEN_FOR_DIGITS.get(char, char) for char in number)
        certain = re.fullmatch(r"\d{17}[\dX]", meant, re.ASCII) and id_check_character(meant[:17]) == meant[17]
        where = "、".join(f"第{place}位是“{char}”" for place, char in wrong[:3])
        return doubt(meant if certain else number, "id_shape", f"身份证号{where}，应为数字，请核对。")
    return doubt(number, "id_shape", f"身份证号应为18位数字（末位可为X），这里是{len(number)}位，请核对。")


# --- telephones ---

_MOBILE = re.compile(r"(?<!\d)(?:\+?86|0086)?(1[3-9]\d{9})(?!\d)", re.ASCII)
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s—–－‐‑−.·-]+(?=\d)")
_COUNTRY = re.compile(r"^[(（]?(?:\+|00)86[)）]?[\s-]*(?=1)")
_SAME_ELSEWHERE = re.compile(r"[(（]?(?:微信|QQ)?(?:同号|同步|与微信同号|同微信|微信同号|手机同微信|微信同)[)）]?")
_PHONE_SIGNS = re.compile(r"[\d\s()（）/／、,，;；+-]*", re.ASCII)


def parse_phone(text: str, _options: Options) -> Parsed:
    """One mobile number, beside a landline perhaps; or a landline with its area code."""
    kept = half_width(INVISIBLE.sub("", text)).strip(" \t\n\u3000_＿").replace("＋", "+")
    if not kept:
        return BLANK
    if re.fullmatch(rf"[{CHINESE_DIGITS}\s]{{11,}}", kept):
        kept = digits_said(kept)
    kept = _SAME_ELSEWHERE.sub("", kept)
    joined = kept if _MOBILE.search(kept) else _COUNTRY.sub("", _BETWEEN_DIGITS.sub("", kept))
    mobiles = list(dict.fromkeys(_MOBILE.findall(joined)))
    if len(mobiles) == 1 and _PHONE_SIGNS.fullmatch(joined):
        return value(mobiles[0])
    digits = re.sub(r"\D", "", joined, flags=re.ASCII)
    if re.fullmatch(r"[(（]?0\d{2,3}[)）]?\d{7,8}", joined, re.ASCII):
        return value(digits)
    proposal = mobiles[0] if mobiles else digits if 5 <= len(digits) <= 12 else None
    return doubt(proposal, "phone_shape", "联系电话不是一个11位手机号或带区号的座机号，请核对。")


# --- counted ---

_COUNT_UNITS = "节次篇天人年个份学时小时课时张页周月项场遍名门本元分岁届期号级"
_COUNT = re.compile(
    rf"(?:共计?|计|合计|总计|第)?(?P<n>\d{{1,9}}|\d{{1,3}}(?:[,，]\d{{3}})+|{CHINESE_NUMBER})(?:\.0+)?"
    rf"[{_COUNT_UNITS}]{{0,2}}课?[。，,、;；]?", re.ASCII,
)  # fmt: skip
_ONE_NUMBER = re.compile(rf"(?<![\d.\-])(?P<n>\d{{1,9}}|{CHINESE_NUMBER})(?![\d.])", re.ASCII)
_NONE = re.compile("无|没有|未|零次?")
_LISTED = re.compile(r"(?<=\d)[,，.．]\s+(?=\d)")  # 12, 345 and 1. 92 are two numbers, 12,345 and 1.92 are one


def _figures(text: str) -> str:
    """`compact`, with a blank for the comma or point that parts two numbers."""
    return compact(_LISTED.sub(" ", text))


def _apart(kept: str) -> Parsed | None:
    """The doubt of figures with a blank or a line's end between; joined, they would be a number nobody wrote."""
    note = "数字之间有空格或换行，看不出是一个数还是几个数，请核对。"
    return doubt(None, "figures_apart", note) if " " in kept else None


def parse_count(text: str, _options: Options) -> Parsed:
    """A whole number of things, with its unit perhaps."""
    kept = _figures(text)
    if not kept or re.fullmatch(rf"[{_COUNT_UNITS}]", kept):
        return BLANK
    return _apart(kept) or _count_of(kept)


def _count_of(kept: str) -> Parsed:
    match = _COUNT.fullmatch(kept)
    number = counted_of(re.sub("[,，]", "", match["n"])) if match else None
    if number is not None:
        return value(number)
    if _NONE.fullmatch(kept):
        return doubt(0, "count_shape", "这里应填一个整数；写的是“无”，请确认是不是0。")
    return doubt(_only_number(kept), "count_shape", "这里应填一个整数，请核对。")


def _only_number(kept: str) -> int | None:
    """The one number in a vague count; none where there are several, or where it belongs to a date."""
    found = [match["n"] for match in _ONE_NUMBER.finditer(kept)]
    if len(found) != 1 or "至今" in kept or re.search(r"\d[.\-/]\d", kept):
        return None
    return integer_of(found[0])


def decimal_normal(text: str) -> str | None:
    """A decimal as its shortest plain string (`92.50` -> `92.5`); None when `text` is no plain decimal."""
    if not re.fullmatch(r"-?\d{1,12}(?:\.\d{1,6})?", text, re.ASCII):
        return None
    return _plain(Decimal(text))


def _plain(number: Decimal) -> str:
    text = format(number.normalize(), "f")
    return "0" if text == "-0" else text


def _number_in(kept: str) -> str | None:
    """The one number in an unclear text, as a proposal."""
    found = re.findall(r"-?(?<![\d.])\d{1,9}(?:[.。]\d{1,3})?(?![\d.])", kept, re.ASCII)
    return decimal_normal(found[0].replace("。", ".")) if len(found) == 1 and found[0][0] != "-" else None


# --- days ---

_DAYS = re.compile(
    rf"(?:共计?|合计)?(?P<n>\d{{1,4}}(?:\.\d{{1,3}})?|{CHINESE_NUMBER}(?:点[{CHINESE_DIGITS}]{{1,2}})?|半)"
    r"个?(?:工作)?[天日]?(?P<h>半)?[。，,]?", re.ASCII,
)  # fmt: skip


def parse_days(text: str, _options: Options) -> Parsed:
    """Days in halves."""
    kept = _figures(text)
    if not kept or kept in ("天", "日"):
        return BLANK
    apart = _apart(kept)
    if apart is not None:
        return apart
    days = _days_of(kept)
    if days is None:
        proposal = _number_in(kept) if not _NONE.fullmatch(kept) else "0"
        return doubt(proposal, "days_shape", "这里应填天数，如“10”或“9.5”，请核对。")
    if days % Decimal("0.5"):
        return doubt(_plain(days), "days_step", "天数应以半天为单位，请核对。")
    return value(_plain(days))


def _days_of(kept: str) -> Decimal | None:
    match = _DAYS.fullmatch(kept)
    if match is None or (match["n"] == "半" and match["h"]):
        return None
    whole = Decimal("0.5") if match["n"] == "半" else _decimal(match["n"])
    return None if whole is None else whole + Decimal("0.5") if match["h"] else whole


def _decimal(text: str) -> Decimal | None:
    return decimal_of(text) if text[:1].isascii() or "点" in text or counted_of(text) is not None else None


# --- scores ---


def parse_score(text: str, _options: Options) -> Parsed:
    """A score out of a hundred."""
    kept = re.sub("分[。]?$|[。，]$", "", _figures(text))
    if not kept:
        return BLANK
    return _apart(kept) or _score_of(kept)


def _score_of(kept: str) -> Parsed:
    number = _decimal(kept) if not re.search("[百千万萬]$", kept) or not kept[0].isdigit() else None
    if number is None:
        negative = decimal_normal(kept)
        code = "score_shape" if negative is None else "score_range"
        return doubt(negative or _number_in(kept), code, "这里应填分数（数字，0到100），请核对。")
    if number > 100:
        return doubt(_plain(number), "score_range", "分数应在0到100之间，请核对。")
    return value(_plain(number))


# --- money ---

_SUM = re.compile(
    rf"(?:(?P<yuan>\d{{1,9}}(?:\.\d{{1,6}})?[百千万萬亿]?|{CHINESE_NUMBER}(?:点[{CHINESE_DIGITS}]{{1,2}})?)[元圆块]?)?"
    rf"(?:零?(?P<jiao>\d|[{CHINESE_DIGITS}])[角毛])?(?:零?(?P<fen>\d|[{CHINESE_DIGITS}])分)?[整正]?[。]?", re.ASCII,
)  # fmt: skip
_CURRENCY = re.compile(r"^(?:人民币|RMB|[¥￥])?(?:大写|小写)?[:：]?(?:人民币|RMB|[¥￥])?", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")


def parse_money(text: str, _options: Options) -> Parsed:
    """A sum in yuan, in figures or in words; both where they say the same."""
    kept = _figures(text)
    bare = _CURRENCY.sub("", kept).rstrip("元整正圆")
    if not bare:
        return BLANK
    return _apart(kept) or _money_of(kept)


def _money_of(kept: str) -> Parsed:
    parts = [part for part in re.split("[()（）]", kept) if part]
    sums = {_sum_of(part) for part in parts}
    if len(sums) == 1 and None not in sums:
        return value(_plain(next(iter(sums)) or Decimal(0)))
    return doubt(_number_in(_THOUSANDS.sub("", kept)), "money_shape", "这里应填金额（数字，单位元），请核对。")


def _sum_of(text: str) -> Decimal | None:
    match = _SUM.fullmatch(_THOUSANDS.sub("", _CURRENCY.sub("", text)))
    if match is None or not any(match.groups()):
        return None
    yuan = Decimal(0) if match["yuan"] is None else _decimal(match["yuan"])
    smaller = [integer_of(match[name] or "0") for name in ("jiao", "fen")]
    # 三元五 leaves open what the five are; a point and 角 say the same twice.
    if yuan is None or (any(smaller) and yuan % 1):
        return None
    return yuan + Decimal(smaller[0] or 0) / 10 + Decimal(smaller[1] or 0) / 100
