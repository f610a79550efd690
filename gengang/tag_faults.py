"""What is wrong with the text of a tag, and how it is spelt right where only one spelling can be meant.

One look at a line serves both ways: the check tells each suspect, mending puts its right spelling in its place.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from gengang.codecs import CODECS, parse, show, text_normal
from gengang.tag_spelling import CLOSE, NEEDS_OPTIONS, OPEN, REGION, SEVERAL, codec_of_word, mended_tag
from gengang.tags import TAG, BadTag, ValueTag, plain_tag, tag_of

_MEANINGS = {
    "text": "一行文字", "prose": "大段文字", "id_number": "身份证号", "phone": "电话", "date": "日期", "month": "年月",
    "period": "起止日期", "count": "整数", "days": "天数", "score": "分数", "money": "金额", "choice": "填选项之一",
    "tick": "勾选项之一", "picture": "照片",
}  # fmt: skip
KNOWN_CODECS = "、".join(f"{codec} {_MEANINGS[codec]}" for codec in CODECS)


@dataclass(frozen=True, slots=True)
class Suspect:
    """A part of a line that is meant as a tag and is none, or is one that cannot be used.

    start, end: where it stands in the line; message: what is wrong and what to do; mended: the one right spelling.
    """

    start: int
    end: int
    code: str
    message: str
    mended: str | None = None


def suspects(text: str) -> tuple[Suspect, ...]:
    """Every part of a line that is meant as a tag and is wrong, in order."""
    return tuple(_suspects(text))


# --- where something may be meant as a tag ---

_CODECS = "|".join(sorted(CODECS, key=len, reverse=True))
_VALUE = rf"(?:[A-Za-z_]\w*\s*\.\s*)?[A-Za-z_]\w*\s*[|｜丨]\s*(?:{_CODECS})(?![A-Za-z0-9_])(?:\s*[(（][^()（）]*[)）])?"
_UNCLOSED = re.compile(rf"(?:{OPEN}\s*){{2}}(?P<inner>{_VALUE})\s*{CLOSE}?")
_UNOPENED = re.compile(rf"(?<![A-Za-z0-9_.])(?P<inner>{_VALUE})\s*(?:{CLOSE}\s*){{2}}", re.ASCII)
_BRACES = ("{{", "}}", "{%", "%}", "{#", "#}", "｛｛", "｝｝", "｛%", "%｝", "｛％", "％｝")


def _suspects(text: str) -> Iterator[Suspect]:
    at = loose = 0
    while at < len(text):
        good = TAG.match(text, at)
        right = good is not None and _is_right(good[0]) and not _has_brace_more(text, loose, good.end())
        found = None if right else _suspect_at(text, at)
        if good is None and found is None:
            at += 1
            continue
        yield from _stray(text, loose, at)
        yield from [found] if found else ()
        at = loose = found.end if found else good.end() if good else at + 1
    yield from _stray(text, loose, len(text))


def _is_right(tag: str) -> bool:
    return next(_faults_of_tag(tag), None) is None


def _has_brace_more(text: str, start: int, end: int) -> bool:
    """A closing brace too many right behind a tag, with no printed one before it that it could close."""
    return text[end : end + 1] in ("}", "｝") and not set("{｛") & set(text[start:end].replace("{{", ""))


def _suspect_at(text: str, at: int) -> Suspect | None:
    """What begins here and is meant as a tag; None for printed text."""
    if text[at] in "{｛":
        match, tag = REGION.match(text, at), TAG.match(text, at)
        if match and (tag or _is_meant(match)):
            return _suspect_of(match[0].rstrip(), at)
        if tag:
            return _suspect_of(tag[0], at)
        unclosed = _UNCLOSED.match(text, at)
        return unclosed and _unpaired(unclosed, "后面缺两个大括号")
    unopened = _UNOPENED.match(text, at)
    return unopened and _unpaired(unopened, "前面缺两个大括号")


def _is_meant(match: re.Match[str]) -> bool:
    """Two braces on a side, a loop's sign, or one brace around a name and a codec."""
    braces = max(len(re.sub(r"\s", "", match[side])) for side in ("open", "close"))
    return braces > 1 or bool(match["sign"]) or bool(re.fullmatch(rf"\s*{_VALUE}\s*", match["inner"]))


def _unpaired(match: re.Match[str], what: str) -> Suspect:
    end = match.start() + len(match[0].rstrip())
    whole = f"{{{{ {match['inner']} }}}}"
    mended = whole if _is_right(whole) and mended_tag(whole) == whole else right_spelling(whole)
    message = f"标记 {shown(match[0])} {what}" + _write(mended)
    return Suspect(match.start(), end, "broken_braces", message, mended)


def _stray(text: str, start: int, end: int) -> Iterator[Suspect]:
    """Braces that belong to no tag at all."""
    rest = text[start:end]
    if any(mark in rest for mark in _BRACES):
        first = start + min(rest.index(mark) for mark in _BRACES if mark in rest)
        what = f"标记的大括号不成对：{shown(rest)}。请补成 {{{{ 字段名 | 类型 }}}}，左右各两个半角大括号。"
        yield Suspect(first, first + len(text[first:end].rstrip()), "broken_braces", what)


def shown(text: str) -> str:
    """A tag as a message quotes it: on one line, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:60]}…"


# --- what is wrong with it ---


def right_spelling(text: str) -> str | None:
    """How a suspect is spelt right; None when no spelling is sure, or it would be wrong too."""
    mended = mended_tag(text)
    return mended if mended is not None and mended != text and _is_right(mended) else None


def _suspect_of(text: str, at: int) -> Suspect:
    mended = right_spelling(text)
    proper = next(_faults_of_tag(text), None) if TAG.fullmatch(text) else None
    code, message = proper or _fault_of_braces(text, mended)
    return Suspect(at, at + len(text), code, message, mended)


def _fault_of_braces(text: str, mended: str | None) -> tuple[str, str]:
    if text.startswith(("{#", "｛#")):
        return "bad_tag", f"{shown(text)} 是模板语言的注释，打印时会消失，读回来对不上，请删掉。"
    if re.search(r"[｛｝％]", text):
        return "broken_braces", f"标记 {shown(text)} 的大括号是全角的" + _write(mended)
    return "broken_braces", f"标记 {shown(text)} 的大括号个数不对，左右应各两个，中间不空格" + _write(mended)


def _write(mended: str | None) -> str:
    return f"，请改成 {mended}。" if mended else "，请改成 {{ 字段名 | 类型 }} 的样子。"


def _faults_of_tag(text: str) -> Iterator[tuple[str, str]]:
    """Code and message of each fault of a text between proper braces."""
    tag = tag_of(text)
    if isinstance(tag, BadTag):
        yield _fault_of_bad_tag(text)
    elif isinstance(tag, ValueTag):
        yield from _faults_of_value(text, tag)
    elif not text.startswith("{%tr "):
        yield "loop_tag", f"列表标记 {shown(text)} 里的空格不是普通空格" + _write(right_spelling(text))


_GLUED = re.compile(r"\{\{(?:p|r|tr|tc) ")


def _faults_of_value(text: str, tag: ValueTag) -> Iterator[tuple[str, str]]:
    codec = tag.type.codec
    if tag.loop == "loop":
        what = "读不回来，请删掉，或改成列表的一栏，如 {{ x.number | count }}。"
        yield "loop_index", f"自动编号 {shown(text)} {what}"
    if _GLUED.match(text):
        yield "glued_name", f"字段名 {tag.name} 紧贴着大括号会被当成别的意思" + _write(right_spelling(text))
    if codec and codec not in CODECS:
        yield "unknown_codec", _unknown_codec(text, tag)
    elif codec in NEEDS_OPTIONS:
        yield from _faults_of_options(text, tag)


def _unknown_codec(text: str, tag: ValueTag) -> str:
    word, mended = tag.type.codec, right_spelling(text)
    if mended:
        return f"字段 {tag.name} 的类型 {word} 不认识，应是 {codec_of_word(word)}，请改成 {mended}。"
    near = SEVERAL.get(word.lower()) or difflib.get_close_matches(word.lower(), CODECS, 2)
    hint = f"，是不是 {' 或 '.join(near)}？" if near else "。"
    return f"字段 {tag.name} 的类型 {word} 不认识{hint}请从这些里选一个：{KNOWN_CODECS}。"


def _faults_of_options(text: str, tag: ValueTag) -> Iterator[tuple[str, str]]:
    codec, options = tag.type.codec, tag.type.options
    normal = [text_normal(option) for option in options]
    mended = right_spelling(text)
    if not options:
        yield "no_options", f'字段 {tag.name} 没写可选的词，请写成 {{{{ {tag.name} | {codec}("是","否") }}}} 的样子。'
    elif not all(normal):
        what = f"字段 {tag.name} 的可选词里有一个是空的"
        yield "empty_option", what + (_write(mended) if mended else f"，请删掉它：{shown(text)}。")
    elif len({*normal}) < len(normal):
        again = next(word for word in normal if normal.count(word) > 1)
        what = f"字段 {tag.name} 的可选词“{again}”写了两次，读回来分不清"
        yield "same_option", what + (_write(mended) if mended else "，请只留一个。")
    else:
        lost = next((one for one in options if not _reads_back(codec, one, options)), None)
        if lost is not None:
            what = f"字段 {tag.name} 的可选词“{lost}”读不回来"
            yield "odd_option", what + (_write(mended) if mended else "，请换一个由汉字或字母组成的词。")


def _reads_back(codec: str, option: str, options: tuple[str, ...]) -> bool:
    printed = show(codec, option, options)
    found = parse(codec, text_normal(printed) if codec == "choice" else printed, options)
    return found.state == "value" and found.value == option


# What Jinja or docxtpl would take and no reader could take back; the first that fits is told.
_NO_TAGS: tuple[tuple[str, str, str], ...] = (
    (r"\{%\s*tc\b", "loop_columns", "往右加列的列表读不回来，请改成往下加行的列表，或每格写一个标记。"),
    (r"\{%\s*(?:tr|p)?\s*(?:end\s*)?for\b", "bad_tag",
     "列表只能写成 {%tr for x in xs %} 和 {%tr endfor %}，不能截取、排序或加条件，请改成这样。"),
    (r"\{%", "bad_tag", "条件、变量等语句读不回来，请删掉；可填可不填的栏目直接写标记就行。"),
    (r"\{\{[^|]*(?:\[|\.\w+\.)", "bad_tag", "不能取列表里的某一项，请每格写一个字段名，如 {{ name | text }}。"),
    (r"\{\{[^|]*\|[^(]*\([^\"]+\)", "bad_tag", "括号里要写可选的词，加引号、用逗号隔开，如 tick(\"是\",\"否\")。"),
    (r"\{\{[^|]*\|[^|]*\|", "bad_tag", "一个标记只能有一个类型，请只留一个，如 {{ name | text }}。"),
)  # fmt: skip


def _fault_of_bad_tag(text: str) -> tuple[str, str]:
    plain, mended = plain_tag(text), right_spelling(text)
    if mended and plain.startswith("{%"):
        return "loop_tag", f"列表标记 {shown(text)} 写法不对，请改成 {mended}，单独占一行。"
    if mended:
        what = "多了 p 或 r" if re.match(r"\{\{\s*(?:p|r|tr|tc)\s", plain) else "写法不对"
        return "bad_tag", f"标记 {shown(text)} {what}{_write(mended)}"
    for pattern, code, message in _NO_TAGS:
        if re.match(pattern, plain, re.DOTALL):
            return code, f"{shown(text)}：{message}"
    return "bad_tag", _bad_name(
        plain
    ) or f"看不懂的标记 {shown(text)}，请写成 {{{{ 字段名 | 类型 }}}}，如 {{{{ name | text }}}}。"


def _bad_name(plain: str) -> str:
    """What to say of a field name with a blank or a sign in it, or one that begins with a digit; empty for others."""
    found = re.match(r"\{\{\s*([^|}]*?)\s*(?:\||\}\})", plain)
    name = found[1] if found else ""
    proposal = re.sub(r"[^\w.]+", "_", name).strip("_")
    proposal = f"x{proposal}" if proposal[:1].isdigit() else proposal
    if proposal == name or not proposal.isidentifier() or not re.fullmatch(r"[\w\s./-]+", name):
        return ""
    return (
        f"字段名“{name}”不能用：只能是字母、汉字、数字和下划线，不以数字开头，中间没有空格，请改成 {proposal} 的样子。"
    )
