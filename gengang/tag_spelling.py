"""How something that is meant as a tag is spelt right, where only one spelling can be meant."""

import difflib
import re

from gengang.codecs import CODECS, text_normal
from gengang.numerals import half_width
from gengang.tags import plain_tag

NEEDS_OPTIONS = ("choice", "tick")

# Braces of both widths with what stands between them; `sign` is that of a loop or a comment.
OPEN, CLOSE = "[{｛]", "[}｝]"
_INSIDE = "(?:(?![{｛}｝]).)*?"
REGION = re.compile(
    rf"(?P<open>(?:{OPEN}\s*){{1,4}})(?P<sign>[%％#]?)(?P<inner>{_INSIDE})[%％#]?\s*(?P<close>(?:{CLOSE}\s*){{1,4}})",
    re.DOTALL,
)

# What other programs, and people, call our codecs. A word that may mean several is only answered with them.
_OTHER_WORDS = {
    "text": "string str varchar char input 文本 文字 字符 单行文本 姓名",
    "prose": "textarea longtext long_text paragraph multiline richtext 长文本 多行文本 段落",
    "id_number": "id idcard id_card idno id_no sfz 身份证 身份证号 身份证号码",
    "phone": "tel telephone mobile cellphone phone_number 手机 手机号 电话 联系电话",
    "date": "datetime 日期",
    "month": "year_month yearmonth 年月",
    "period": "daterange date_range range 起止时间 时间段",
    "count": "int integer 整数 次数 个数",
    "days": "天数",
    "score": "分数 成绩 得分",
    "money": "amount price currency 金额",
    "choice": "select dropdown option options 选项 单选",
    "tick": "checkbox check radio 勾选 打勾 复选框",
    "picture": "image img photo pic 照片 图片",
}
_SYNONYMS = {word: codec for codec, words in _OTHER_WORDS.items() for word in words.split()}
_NUMBERS = ("count", "score", "money")
SEVERAL = {"day": ("date", "days"), "time": ("date", "text"), "year": ("count", "month"), "float": _NUMBERS,
            **dict.fromkeys(("number", "num", "数字"), _NUMBERS)}  # fmt: skip
_NEAR, _APART = 0.75, 0.1


_LOOSE_VALUE = re.compile(
    r"-?\s*(?:(?:p|r|tr|tc)\s+(?=\w))?(?:(?P<loop>\w+)\s*\.\s*)?(?P<name>\w+)\s*"
    r"(?:[|:]+\s*(?P<codec>\w+)\s*(?:\((?P<args>.*)\))?\s*)?-?",
    re.DOTALL,
)
_LOOSE_FOR = re.compile(r"-?\s*(?:tr)?\s*-?\s*for\s+(?P<item>\w+)\s+in\s+(?P<list>\w+)\s*-?", re.IGNORECASE)
_LOOSE_END = re.compile(r"-?\s*(?:tr)?\s*-?\s*end\s*for(?:\s+\w+)?\s*-?", re.IGNORECASE)


def mended_tag(text: str) -> str | None:
    """The right spelling of what is meant as a tag; None when none is sure."""
    match = REGION.fullmatch(text)
    if match is None:
        return None
    inner = plain_tag(match["inner"]).strip()
    if match["sign"] in ("%", "％"):
        return _mended_statement(inner)
    value = None if match["sign"] else _LOOSE_VALUE.fullmatch(inner)
    return _mended_value(value) if value else None


def _mended_statement(inner: str) -> str | None:
    if _LOOSE_END.fullmatch(inner):
        return "{%tr endfor %}"
    loop = _LOOSE_FOR.fullmatch(inner)
    return f"{{%tr for {loop['item']} in {loop['list']} %}}" if loop and loop["list"].isidentifier() else None


def _mended_value(value: re.Match[str]) -> str | None:
    name = value["name"] if value["loop"] is None else f"{value['loop']}.{value['name']}"
    if not value["name"].isidentifier() or value["loop"] == "loop" or (value["loop"] or "x")[0].isdigit():
        return None
    if value["codec"] is None:
        return f"{{{{ {name} }}}}"
    codec, options = codec_of_word(value["codec"]), _loose_options(value["args"] or "")
    if codec is None or options is None or bool(options) != (codec in NEEDS_OPTIONS):
        return None
    words = ",".join(f'"{option}"' for option in options)
    return f"{{{{ {name} | {codec}{f'({words})' if words else ''} }}}}"


def codec_of_word(word: str) -> str | None:
    """The codec that a word means: its name, what others call it, or the one name that is spelt nearly so."""
    plain = half_width(word).lower()
    if plain in CODECS or plain in _SYNONYMS:
        return plain if plain in CODECS else _SYNONYMS[plain]
    if plain in SEVERAL:
        return None
    near = sorted(((difflib.SequenceMatcher(None, plain, codec).ratio(), codec) for codec in CODECS), reverse=True)
    (best, codec), (second, _) = near[:2]
    return codec if best >= _NEAR and best - second >= _APART else None


def _loose_options(args: str) -> tuple[str, ...] | None:
    """Options with quotes or without; each in the form in which it can be read back. None when that changes nothing."""
    quoted = re.findall(r"\"([^\"]*)\"|'([^']*)'", args)
    words = [first or second for first, second in quoted] if quoted else re.split("[,/ ]", args)
    options = tuple(dict.fromkeys(half_width(text_normal(word.strip(" '\""))) for word in words if word.strip()))
    unquoted = re.sub(r"\"[^\"]*\"|'[^']*'", "", args) if quoted else ""
    return None if re.search(r"[^\s,、;/]", unquoted) else options
