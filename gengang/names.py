"""How people, subjects, titles and ID numbers are written: the one spelling that two papers are compared in.

Nothing here is printed again except `plain_name`, which only removes spaces and makes every middle dot one.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Literal

from gengang.codecs import day_of, id_check_character
from gengang.numerals import half_width

TitleLevel = Literal["初级", "中级", "副高", "正高", "不明"]

_DOTS_BETWEEN = re.compile(r"(?<=[^\x00-\x7f])\s*[·•‧・∙⋅．.。｡\-－]\s*(?=[^\x00-\x7f])")
_SPACES = re.compile(r"\s+")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_UNSEEN = re.compile(r"[□口*＊?？○〇]|[（(][^（）()]*[）)]|[A-Za-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+")
_STAGE_WORDS = (("小学", "小学"), ("初级中学", "初中"), ("初中", "初中"), ("中学", "初中"))
_GRADES = re.compile(r"(?:([一二三四五六1-6])|([七八九7-9]))年级")

# T-04; the textbook of 政治 was renamed in autumn 2016.
SUBJECT_ALIASES = {
    "思想品德": "政治", "思品": "政治", "道德与法治": "政治", "道法": "政治", "思想政治": "政治",
    "外语": "英语", "生物学": "生物", "语": "语文", "数": "数学", "英": "英语",
}  # fmt: skip

# E-03c; both the old and the new series are met in 2016.
_TITLE_ALIASES = {
    "小高": "小学高级教师", "小一": "小学一级教师", "小二": "小学二级教师", "小中高": "高级教师",
    "中高": "中学高级教师", "中一": "中学一级教师", "中二": "中学二级教师", "中三": "中学三级教师",
}  # fmt: skip
_TITLE_LEVELS: dict[str, TitleLevel] = {
    "三级教师": "初级", "二级教师": "初级", "小学一级教师": "初级", "小学二级教师": "初级", "小学三级教师": "初级",
    "中学二级教师": "初级", "中学三级教师": "初级",
    "一级教师": "中级", "小学高级教师": "中级", "中学一级教师": "中级",
    "高级教师": "副高", "中学高级教师": "副高", "正高级教师": "正高",
}  # fmt: skip


def plain_name(text: str) -> str:
    """A name without white space, every middle dot as U+00B7; characters are never replaced (A01, A06, A09)."""
    return _SPACES.sub("", _DOTS_BETWEEN.sub("·", text.strip()))


@lru_cache(maxsize=1 << 16)
def name_skeleton(text: str) -> str:
    """A name without its dots, since a space may stand for one (A09); for comparing only."""
    return plain_name(text).replace("·", "")


def may_be_name(written: str, name: str) -> bool:
    """Whether a name with a placeholder (□, 口, *, pinyin; A07) may stand for another: each hides one character."""
    pattern, whole = hidden_pattern(written), name_skeleton(name)
    return len(pattern) == len(whole) > 0 and all(one in ("", other) for one, other in zip(pattern, whole, strict=True))


def hidden_pattern(written: str) -> tuple[str, ...]:
    """The characters of a name, '' for each that is hidden; nothing when none is hidden, or all are."""
    pieces = re.findall(f"{_UNSEEN.pattern}|.", name_skeleton(written))
    pattern = tuple("" if _UNSEEN.fullmatch(piece) else piece for piece in pieces)
    return pattern if "" in pattern and any(pattern) else ()


def one_character_apart(one: str, other: str) -> bool:
    """Whether two different names have the same length and differ in one character (A05, A12)."""
    one, other = name_skeleton(one), name_skeleton(other)
    return len(one) == len(other) > 1 and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def plain_stage_subject(text: str) -> tuple[str, str]:
    """Stage (小学, 初中 or empty) and subject of a text like 初中数学, 小学语文（三年级） or 道德与法治 (T-04)."""
    text = _SPACES.sub("", text)
    stage = _stage_of_grade(text)
    rest = _GRADES.sub("", _BRACKETS.sub("", text))
    for word, meant in _STAGE_WORDS:
        if rest.startswith(word):
            stage, rest = meant, rest.removeprefix(word)
            break
    return stage, SUBJECT_ALIASES.get(rest, rest)


def _stage_of_grade(text: str) -> str:
    grade = _GRADES.search(text)
    if grade is None:
        return ""
    return "小学" if grade[1] else "初中"


def plain_title(text: str) -> str:
    """A title in its full wording: 小高 is 小学高级教师, 中小学一级教师 is 一级教师; 一级 alone stays 一级 (B14)."""
    text = _BRACKETS.sub("", _SPACES.sub("", text)).removeprefix("中小学")
    text = _TITLE_ALIASES.get(text, text)
    if text in ("一级", "") or text.endswith("教师"):
        return text
    return f"{text}教师" if f"{text}教师" in _TITLE_LEVELS else text


def title_level(text: str) -> TitleLevel:
    """The level of a title (E-03c); 不明 for one that is not in the table, such as 一级 alone or an honour."""
    return _TITLE_LEVELS.get(plain_title(text), "不明")


@lru_cache(maxsize=1 << 16)
def plain_place(text: str) -> str:
    """A school's name for comparing: without white space, brackets all alike."""
    return _SPACES.sub("", text).replace("(", "（").replace(")", "）")


def plain_id(text: str) -> str:
    """An ID number without white space, full-width characters half-width, capital X (A13); nothing is repaired."""
    return re.sub(r"[\s'’‘`-]", "", half_width(text)).upper()


def id_fault(number: str) -> str:
    """What is wrong with an ID number, as a Chinese sentence; empty when the check digit holds (A14, A15, A17)."""
    if re.search(r"E\+", number):
        return "身份证号被电子表格改成了科学记数法，请向本人重新收取"
    if len(number) == 15 and number.isdigit():
        return "身份证号是15位旧号，请填18位号码"
    if len(number) != 18:
        return f"身份证号应为18位，实为{len(number)}位"
    for position, character in enumerate(number, 1):
        if not (character in "0123456789" or (position == 18 and character == "X")):
            return f"身份证号第{position}位是“{character}”，不是数字"
    if born_of_id(number) is None:
        return "身份证号第7至14位不是有效的出生日期"
    return _check_fault(number)


def _check_fault(number: str) -> str:
    expected = id_check_character(number[:17])
    if number[17] == expected:
        return ""
    if number.endswith("000"):
        return "身份证号末三位为000且校验码不符，疑被电子表格改坏，请向本人重新收取"
    return f"身份证号第18位校验码应为{expected}，实为{number[17]}，请核对"


def born_of_id(number: str) -> date | None:
    """The birthday in digits 7 to 14, None when there is none."""
    return day_of(number[6:10], number[10:12], number[12:14])


def gender_of_id(number: str) -> str:
    """男 or 女 by the 17th digit."""
    return "男" if int(number[16]) % 2 else "女"
