"""The table of codecs: for each kind of field, text to value and value to text, with one normal form.

The filter of a tag names the codec; what it prints, the same name parses. Normal forms are those of
`docs/read.schema.json`. A codec knows nothing of forms, papers or persons.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal

from gengang.numerals import CHINESE_NUMBER, half_width, integer_of

Options = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both `YYYY-MM-DD` and both included."""

    start: str
    end: str


Value = str | int | Period


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a text means.

    state: value (certain), doubt (value is a proposal or None; a person decides), blank (nobody wrote anything).
    code, note: for a doubt, a stable name and a Chinese sentence.
    """

    state: Literal["value", "doubt", "blank"]
    value: Value | None = None
    code: str = ""
    note: str = ""


BLANK = Parsed("blank")


@dataclass(frozen=True, slots=True)
class Codec:
    """parse: text as it stood -> Parsed; show: value in normal form, or None for an empty place -> printed text.

    closed: whether its texts are told apart from any neighbouring free text by their shape alone.
    sample: a value for stress prints and documentation.
    """

    name: str
    parse: Callable[[str, Options], Parsed]
    show: Callable[[Value | None, Options], str]
    closed: bool
    sample: Value


# --- text and prose ---

HAN = r"々〇〻\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_CONTROLS = "\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\ud800-\udfff\ufffe\uffff"
_INVISIBLE = re.compile(f"[\u200b\u2060\ufeff\u00ad{_CONTROLS}]")
_MIDDLE_DOTS = re.compile("[•‧・⋅∙･·]")
_SPACE = re.compile(r"\s+")
_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}·])\s+(?=[{HAN}·])")
_BREAK_AT_HAN = re.compile(rf"(?<=[{HAN}·])[^\S\n]*\n\s*|\s*\n[^\S\n]*(?=[{HAN}·])")
# ____ or □ or 年  月  日 as a form prints them for somebody to fill in
_RULED_BLANK = re.compile(r"[\s_＿﹍□]*(?:年[\s_＿﹍]{2,}月(?:[\s_＿﹍]{2,}日)?[\s_＿﹍]*)?")


def text_normal(text: str) -> str:
    """One line: white space outside and between Han characters gone, letters and digits half-width, dots as ·."""
    text = _MIDDLE_DOTS.sub("·", half_width(_INVISIBLE.sub("", text)))
    text = _BREAK_AT_HAN.sub("", text.strip())
    return _SPACE.sub(" ", _BETWEEN_HAN.sub("", text)).strip()


def prose_normal(text: str) -> str:
    """Paragraphs joined by a line feed, other white space one blank, none between Han characters."""
    paragraphs = re.split(r"[\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]+", _INVISIBLE.sub("", text))
    tidy = (_SPACE.sub(" ", _BETWEEN_HAN_PROSE.sub("", paragraph)).strip() for paragraph in paragraphs)
    return "\n".join(paragraph for paragraph in tidy if paragraph)


_BETWEEN_HAN_PROSE = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")


_PROMPT_NOTE = "这里还是填表提示或示例，没有填写，请核对。"
_PROMPT = re.compile(
    r"[(（]?(?:例如?|示例|样例)[:：].{1,20}|[(（]?(?:请在|请|点击|单击|请点击|请单击)?(?:此处|这里|此栏)(?:填写|输入|填入).{0,40}|"
    r"[(（]?请(?:填写|输入|填入).{0,8}[)）]?|[Xx×＊*]{2,10}"
)
# What people type for a character that their input method lacks: 郭□, 郭*, 郭口, 郭jun, 郭(金匀).
_HOLE = re.compile(
    rf"[{HAN}]{{1,12}}[□*](?![{HAN}]{{2}}).*|[□*][{HAN}]|[{HAN}]{{1,2}}口|[{HAN}]{{1,2}}[a-z]{{2,6}}|[{HAN}][(（][{HAN}]{{2}}[)）]"
)
_TYPED_DOT = re.compile(rf"[{HAN}]{{2,}}(?:[.．。][{HAN}]{{2,}})+")


def _parse_text(text: str, _options: Options) -> Parsed:
    if _RULED_BLANK.fullmatch(text):
        return BLANK
    value = text_normal(text)
    if not value:
        return BLANK
    if _PROMPT.fullmatch(value):
        return Parsed("doubt", None, "prompt_left", _PROMPT_NOTE)
    if _HOLE.fullmatch(value):
        return Parsed("doubt", value, "placeholder", "像是有打不出的字用别的字符代替了，请对照原件补正。")
    if _TYPED_DOT.fullmatch(value):
        name = re.sub("[.．。]", "·", value)
        return Parsed("doubt", name, "typed_dot", "姓名中的间隔号像是用句点代替了，请核对。")
    if any("\ue000" <= char <= "\uf8ff" or char == "\ufffd" for char in value):
        return Parsed("doubt", value, "private_character", "有电脑上显示不出的字，请对照原件补正。")
    return Parsed("value", value)


def _parse_prose(text: str, _options: Options) -> Parsed:
    value = prose_normal(text)
    if not value or _RULED_BLANK.fullmatch(text):
        return BLANK
    if _PROMPT.fullmatch(value):
        return Parsed("doubt", None, "prompt_left", _PROMPT_NOTE)
    return Parsed("value", value)


def _show_string(value: Value | None, _options: Options) -> str:
    return "" if value is None else str(value)


# --- numbers with a check ---

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_check_character(first17: str) -> str:
    """The last character of an ID number by GB 11643 (ISO 7064 MOD 11-2); first17: 17 ASCII digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def _parse_id_number(text: str, _options: Options) -> Parsed:
    value = re.sub(r"[\s_＿'’‘`—–-]", "", half_width(_INVISIBLE.sub("", text))).upper()
    if not value:
        return BLANK
    if not re.fullmatch(r"\d{17}[\dX]", value, re.ASCII):
        return Parsed("doubt", value, "id_shape", "身份证号应为18位数字（末位可为X），请核对。")
    if day_of(value[6:10], value[10:12], value[12:14]) is None:
        return Parsed("doubt", value, "id_birth", "身份证号第7至14位不是有效的出生日期，请核对。")
    if id_check_character(value[:17]) != value[17]:
        return Parsed("doubt", value, "id_checksum", "身份证号末位校验不符，请对照原件核对。")
    return Parsed("value", value)


_MOBILE = re.compile(r"(?<!\d)(?:\+?86)?(1[3-9]\d{9})(?!\d)", re.ASCII)


def _parse_phone(text: str, _options: Options) -> Parsed:
    kept = half_width(_INVISIBLE.sub("", text)).strip(" \t\n\u3000_＿")
    if not kept:
        return BLANK
    joined = re.sub(r"(?<=\d)[\s—–－-]+(?=\d)", "", kept.replace("＋", "+"))
    joined = re.sub(r"^\(?\+?86\)?[\s-]*(?=1)", "", joined)
    mobiles = _MOBILE.findall(joined)
    if len(mobiles) == 1 and re.fullmatch(r"[\d\s()（）/／、,，;；+-]*", joined, re.ASCII):
        return Parsed("value", mobiles[0])
    digits = re.sub(r"\D", "", joined, flags=re.ASCII)
    if re.fullmatch(r"[(（]?0\d{2,3}[)）]?\d{7,8}", joined, re.ASCII):
        return Parsed("value", digits)
    proposal = mobiles[0] if mobiles else digits or None
    return Parsed("doubt", proposal, "phone_shape", "联系电话不是一个11位手机号或带区号的座机号，请核对。")


# --- dates ---

_YEAR = rf"(?P<y>\d{{4}}|\d{{2}}|[{HAN}○]{{4}})"
_NUMBER = rf"\d{{1,2}}|{CHINESE_NUMBER}"
_DATE = re.compile(
    rf"{_YEAR}(?:年|[./。．,-])(?P<m>{_NUMBER})(?:月|[./。．,-])(?P<d>{_NUMBER})(?:[日号]|[./。．])?"
    r"(?:[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?)?",
    re.ASCII,
)
_DATE_COMPACT = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})", re.ASCII)
_MONTH = re.compile(rf"{_YEAR}(?:年|[./。．-])(?P<m>{_NUMBER})(?:月份?|[./。．])?", re.ASCII)
_MONTH_COMPACT = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})", re.ASCII)
_DATE_BLANK = re.compile(r"[年月日号至到—–~/.\s_＿-]*")


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


def _compact(text: str) -> str:
    return re.sub(r"[\s_＿]+", "", half_width(_INVISIBLE.sub("", text)).replace("／", "/").replace("－", "-"))


def _parse_date(text: str, _options: Options) -> Parsed:
    kept = _compact(text)
    if _DATE_BLANK.fullmatch(kept):
        return BLANK
    match = _DATE.fullmatch(kept) or _DATE_COMPACT.fullmatch(kept)
    if match is None:
        return Parsed("doubt", None, "date_shape", "日期不完整或看不懂，请写成“2016年9月5日”的样子。")
    day = day_of(match["y"], match["m"], match["d"])
    if day is None:
        return Parsed("doubt", None, "date_impossible", "没有这一天，请核对日期。")
    if len(match["y"]) == 2:
        return Parsed("doubt", day.isoformat(), "short_year", "年份只写了两位，请核对。")
    if not 1900 <= day.year <= 2100:
        return Parsed("doubt", day.isoformat(), "odd_year", "年份不合常理，请核对。")
    return Parsed("value", day.isoformat())


def _show_date(value: Value | None, _options: Options) -> str:
    if value is None:
        return "    年  月  日"
    year, month, day = str(value).split("-")
    return f"{year}年{int(month)}月{int(day)}日"


def _parse_month(text: str, _options: Options) -> Parsed:
    kept = _compact(text)
    if _DATE_BLANK.fullmatch(kept):
        return BLANK
    match = _MONTH.fullmatch(kept) or _MONTH_COMPACT.fullmatch(kept)
    if match is None:
        return _month_of_date(kept)
    day = day_of(match["y"], match["m"], "1")
    if day is None:
        return Parsed("doubt", None, "month_impossible", "没有这个月份，请核对。")
    value = day.isoformat()[:7]
    if len(match["y"]) == 2 or not 1900 <= day.year <= 2100:
        return Parsed("doubt", value, "short_year", "年份只写了两位或不合常理，请核对。")
    if re.fullmatch(r"\d{4}\.1", kept, re.ASCII):
        return Parsed("doubt", value, "month_cut", "“.1”可能是1月，也可能是被表格软件去掉零的10月，请核对。")
    return Parsed("value", value)


def _month_of_date(kept: str) -> Parsed:
    whole = _parse_date(kept, ())
    if whole.state == "value":
        return Parsed("value", str(whole.value)[:7])
    return Parsed("doubt", None, "month_shape", "年月不完整或看不懂，请写成“1978年6月”的样子。")


def _show_month(value: Value | None, _options: Options) -> str:
    if value is None:
        return "    年  月"
    year, month = str(value).split("-")
    return f"{year}年{int(month)}月"


_PERIOD_BREAK = re.compile(r"至|到|—+|–+|~|～|－|(?<=[日号])-")


def _parse_period(text: str, _options: Options) -> Parsed:
    kept = _compact(text).replace("－", "—")
    if _DATE_BLANK.fullmatch(kept):
        return BLANK
    parts = [part for part in _PERIOD_BREAK.split(kept) if part]
    if len(parts) == 1 and kept.count("-") == 1:
        parts = kept.split("-")
    if len(parts) != 2:
        return Parsed(
            "doubt", None, "period_shape", "起止时间不完整或看不懂，请写成“2016年9月1日至2016年11月30日”的样子。"
        )
    first = _parse_date(parts[0], ())
    last = _parse_date(_with_missing_front(parts[0], parts[1]), ())
    if first.state != "value" or last.state != "value":
        return Parsed("doubt", None, "period_shape", "起止时间中有一个日期看不懂，请核对。")
    value = Period(str(first.value), str(last.value))
    if value.start > value.end:
        return Parsed("doubt", value, "period_order", "起止时间前后颠倒，请核对。")
    return Parsed("value", value)


def _with_missing_front(first: str, last: str) -> str:
    """`2016年9月1日至11月30日`: what the second date leaves out is the first one's."""
    match = _DATE.fullmatch(first)
    if match is None or _DATE.fullmatch(last) or _DATE_COMPACT.fullmatch(last):
        return last
    if re.fullmatch(rf"(?:{_NUMBER})(?:月|[./-])(?:{_NUMBER})[日号]?", last, re.ASCII):
        return f"{match['y']}年{last}" if "月" in last else f"{match['y']}.{last}"
    if re.fullmatch(rf"(?:{_NUMBER})[日号]", last, re.ASCII):
        return f"{match['y']}年{match['m']}月{last}"
    return last


def _show_period(value: Value | None, _options: Options) -> str:
    if isinstance(value, Period):
        return f"{_show_date(value.start, ())}至{_show_date(value.end, ())}"
    return f"{_show_date(None, ())}至{_show_date(None, ())}"


# --- counted and measured ---

_COUNT_UNITS = "节次篇天人年个份学时小时课时张页周月项场遍名门本元分岁届期号级"
_COUNT = re.compile(rf"第?(?P<n>\d{{1,9}}|{CHINESE_NUMBER})(?:\.0+)?[{_COUNT_UNITS}]{{0,2}}", re.ASCII)
_VAGUE = re.compile(
    rf"(?:约|近|大约|不少于|至少|超过)?(?P<n>\d{{1,9}}|{CHINESE_NUMBER})\s*(?:余|多|\+|＋|以上|左右)", re.ASCII
)


def _parse_count(text: str, _options: Options) -> Parsed:
    kept = _compact(text)
    if not kept or re.fullmatch(rf"[{_COUNT_UNITS}]", kept):
        return BLANK
    match = _COUNT.fullmatch(kept)
    number = integer_of(match["n"]) if match else None
    if number is not None:
        return Parsed("value", number)
    some = _VAGUE.search(kept) or re.search(r"(?P<n>\d{1,9})", kept, re.ASCII)
    proposal = integer_of(some["n"]) if some else None
    return Parsed("doubt", proposal, "count_shape", "这里应填一个整数，请核对。")


def decimal_normal(text: str) -> str | None:
    """A decimal as its shortest plain string (`92.50` -> `92.5`); None when `text` is no plain decimal."""
    if not re.fullmatch(r"-?\d{1,12}(?:\.\d{1,6})?", text, re.ASCII):
        return None
    try:
        plain = format(Decimal(text).normalize(), "f")
    except InvalidOperation:  # pragma: no cover - the pattern above admits none
        return None
    return "0" if plain == "-0" else plain


def _parse_days(text: str, _options: Options) -> Parsed:
    kept = _compact(text).removesuffix("。")
    if not kept or kept in ("天", "日"):
        return BLANK
    value = _days_of(kept)
    if value is None:
        return Parsed("doubt", None, "days_shape", "这里应填天数，如“10”或“9.5”，请核对。")
    if Decimal(value) % Decimal("0.5") or Decimal(value) < 0:
        return Parsed("doubt", value, "days_step", "天数应以半天为单位，请核对。")
    return Parsed("value", value)


def _days_of(kept: str) -> str | None:
    match = re.fullmatch(rf"(?P<n>\d{{1,4}}(?:\.\d{{1,3}})?|{CHINESE_NUMBER}|半)[个]?(?:工作)?[天日]?(?P<h>半)?", kept)
    if match is None:
        return None
    whole = "0.5" if match["n"] == "半" else decimal_normal(match["n"]) or str(integer_of(match["n"]))
    if whole == "None":
        return None
    return decimal_normal(str(Decimal(whole) + Decimal("0.5"))) if match["h"] else whole


def _parse_score(text: str, _options: Options) -> Parsed:
    kept = _compact(text).removesuffix("分")
    if not kept:
        return BLANK
    value = decimal_normal(kept)
    if value is None:
        number = integer_of(kept)
        value = None if number is None else str(number)
    if value is None:
        return Parsed("doubt", None, "score_shape", "这里应填分数（数字），请核对。")
    if not 0 <= Decimal(value) <= 100:
        return Parsed("doubt", value, "score_range", "分数应在0到100之间，请核对。")
    return Parsed("value", value)


def _parse_money(text: str, _options: Options) -> Parsed:
    kept = re.sub(r"^(?:人民币|[¥￥])|(?:元整?|圆整?)$", "", _compact(text))
    kept = re.sub(r"(?<=\d)[,，](?=\d{3}(?!\d))", "", kept)
    if not kept:
        return BLANK
    value = decimal_normal(kept)
    if value is None:
        return Parsed("doubt", None, "money_shape", "这里应填金额（数字，单位元），请核对。")
    return Parsed("value", value)


# --- closed choices ---

TICKED = "☑✓✔√■☒●▣⊠🗹◉"
UNTICKED = "□☐○◻▢◯❏❑"
_BOXES = re.compile(rf"[{TICKED}{UNTICKED}]|[(（]\s*[{TICKED}]?\s*[)）]")


def _parse_choice(text: str, options: Options) -> Parsed:
    value = text_normal(text)
    if _RULED_BLANK.fullmatch(value) or re.fullmatch(rf"[{UNTICKED}\s]*", value):
        return BLANK
    if value in options:
        return Parsed("value", value)
    if _BOXES.search(value):
        return _parse_tick(text, options)
    inside = [option for option in options if option in value]
    inside = [option for option in inside if not any(option in other and option != other for other in inside)]
    proposal = inside[0] if len(inside) == 1 else None
    return Parsed("doubt", proposal, "choice_outside", f"这里应填{'、'.join(options)}中的一个，请核对。")


def _show_tick(value: Value | None, options: Options) -> str:
    return " ".join(("☑" if option == value else "□") + option for option in options)


_MARK_BETWEEN = re.compile(rf"(?<=\w)[(（]?[{TICKED}][)）]?(?=\w)")


def _parse_tick(text: str, options: Options) -> Parsed:
    kept = re.sub(r"\s+", "", half_width(_INVISIBLE.sub("", text)))
    if not kept:
        return BLANK
    if kept in options:
        return Parsed("value", kept)
    chosen, rest = _ticked_options(kept, options)
    note = f"应在{'、'.join(options)}中只勾选一项，请核对。"
    if rest:
        return Parsed("doubt", chosen[0] if len(chosen) == 1 else None, "tick_extra", note)
    if _MARK_BETWEEN.search(kept) and len(_BOXES.findall(kept)) < len(options):
        return Parsed("doubt", None, "tick_between", note)  # 合格√不合格: before or behind its word, nobody can tell
    if not chosen and len(_BOXES.findall(kept)) < len(options):
        return Parsed("doubt", None, "tick_box_gone", note)  # the box that is gone may have been the ticked one
    if not chosen:
        return BLANK
    if len(chosen) > 1:
        return Parsed("doubt", None, "tick_several", note)
    return Parsed("value", chosen[0])


def _ticked_options(kept: str, options: Options) -> tuple[list[str], str]:
    """Options whose box is ticked, and what of the text is neither box nor option. `□√` is one ticked box."""
    words = "|".join(re.escape(re.sub(r"\s+", "", option)) for option in sorted(options, key=len, reverse=True))
    box = rf"(?:{_BOXES.pattern})+"
    after = re.fullmatch(rf"(?:(?:{words}){box}[、，,;；]?)+", kept) is not None
    pair = rf"(?P<o>{words})(?P<b>{box})" if after else rf"(?P<b>{box})?(?P<o>{words})"
    chosen = []
    for match in re.finditer(pair, kept):
        if match["b"] and any(char in TICKED for char in match["b"]):
            chosen.append(next(option for option in options if re.sub(r"\s+", "", option) == match["o"]))
    return chosen, re.sub(r"[、，,;；/]", "", re.sub(pair, "", kept))


def _parse_picture(text: str, _options: Options) -> Parsed:
    return Parsed("value", "present") if text.strip() == "present" else BLANK


def _show_picture(_value: Value | None, _options: Options) -> str:
    """A picture is placed by the writer, never as words."""
    return ""


_CODECS = (
    Codec("text", _parse_text, _show_string, False, "张村小学"),
    Codec("prose", _parse_prose, _show_string, False, "听课认真。\n收获很大。"),
    Codec("id_number", _parse_id_number, _show_string, True, "00000019760305123X"),
    Codec("phone", _parse_phone, _show_string, True, "13800138000"),
    Codec("date", _parse_date, _show_date, True, "2016-09-05"),
    Codec("month", _parse_month, _show_month, True, "1976-03"),
    Codec("period", _parse_period, _show_period, True, Period("2016-09-01", "2016-11-30")),
    Codec("count", _parse_count, _show_string, True, 20),
    Codec("days", _parse_days, _show_string, True, "9.5"),
    Codec("score", _parse_score, _show_string, True, "92.5"),
    Codec("money", _parse_money, _show_string, True, "120.5"),
    Codec("choice", _parse_choice, _show_string, True, "合格"),
    Codec("tick", _parse_tick, _show_tick, True, "合格"),
    Codec("picture", _parse_picture, _show_picture, True, "present"),
)
CODECS: Mapping[str, Codec] = {codec.name: codec for codec in _CODECS}


def parse(codec: str, text: str, options: Options = ()) -> Parsed:
    """What `text` means to the codec. Raises KeyError for a codec that is not in the table."""
    return CODECS[codec].parse(text, options)


def show(codec: str, value: Value | None, options: Options = ()) -> str:
    """What the codec prints for a value in normal form, or for an empty place (None)."""
    return CODECS[codec].show(value, options)
