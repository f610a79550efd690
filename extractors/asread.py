"""What recognised letters must mean where a codec says so, and what a person is shown of those that wait.

`as_read` says what has no other meaning, and may be accepted. `proposed` says what is likely of a value that waits:
what was read stands beside it, and nothing is accepted for it.
"""

import re
from collections.abc import Iterator, Sequence

from gengang.characters import todays_form
from gengang.codecs import HAN, parse
from gengang.form import FieldType
from gengang.parsed import Parsed, Value
from gengang.sheet import squeezed
from gengang.surnames import is_written_by_sound

_DAYS = frozenset({"date", "month", "period"})
_SPECKS = ".,·•'`、"  # as what dirt is read
_FIGURES = _DAYS | {"id_number", "phone", "count", "days", "score", "money"}
_APART = re.compile(r"(?<=[0-9]) (?=[0-9])")
_BAR = re.compile(r"[|丨│lI]")
_DASH = re.compile(r"(?<=[日月\d])\s*一+\s*(?=\d{4})|(?<=[日号])\s*一+\s*(?=\d{1,2}月)")
_SAID = "〇○零一二三四五六七八九"
_ROUND = str.maketrans("0Oo", "〇〇〇")
_DIRT_AROUND, _POINT = f" {_SPECKS}", re.compile(f"[{_SPECKS}]")
_AROUND_DAY = re.compile(rf"\A[\s{_SPECKS}]+(?=\d{{4}}年)|(?<=[日号])[\s{_SPECKS}]+\Z")
_YEAR_SAID = re.compile(rf"(?<![0-9A-Za-z{_SAID}])[一二][{_SAID}0Oo]{{3}}(?=\s*年)")


def as_read(codec: str, text: str) -> str:
    """A recognised text as what it must be, where a codec knows figures alone: wide figures come apart, 1 is a bar.

    A round letter in a year that is said in Chinese figures is 〇; specks around a telephone number or a day, of which
    all figures are known, are none of it.
    """
    if codec not in _FIGURES:
        return text
    if codec == "phone":
        text = _with_points_of_phone(text.strip(_DIRT_AROUND))
    joined = text if re.search(r"[0-9]{2}", text) else _APART.sub("", text)
    barred = _BAR.sub("1", joined) if any(char.isdigit() for char in joined) else joined
    if codec not in _DAYS:
        return barred
    alone = _AROUND_DAY.sub("", barred)
    whole = _YEAR_SAID.sub(lambda year: year[0].translate(_ROUND), alone)
    return _DASH.sub("—", whole) if codec == "period" else whole


def _with_points_of_phone(text: str) -> str:
    """Points part a telephone number in three, four and four; one elsewhere may be what is left of a figure."""
    parts = [sum(map(str.isdigit, part)) for part in _POINT.split(text)]
    return text if len(parts) == 1 or parts == [3, 4, 4] else _POINT.sub("?", text)


def dashes_in(text: str) -> frozenset[int]:
    """The places at which a 一 between two days is a dash."""
    return frozenset(at for dash in _DASH.finditer(text) for at in range(*dash.span()))


# --- proposals ---

_NUMBERS = frozenset({"count", "days", "score", "money"})
_DIRT_IN_DAY = re.compile(rf"(?<=\d)[{_SPECKS}](?=\d*[年月日号])|(?<=[年月])[{_SPECKS}]")
_LIKE_DAY = re.compile(r"(?<=\d月)(\d{1,2})[H曰目口](?![A-Za-z0-9])")  # 日 in a poor copy
_LOST_ZERO = re.compile(rf"(?<![0-9{_SAID}])二(?=[一二三四五六七八九]{{2}}年)")
# A year that is none: 二二一六 was 二〇一六.
_LIKE_ZERO = re.compile(rf"(?<![0-9{_SAID}])二[一二三四五六七八九十](?=[一二三四五六七八九〇]{{2}}年)")
_LIKE_NOUGHT = re.compile(r"(?<!\d)2[1-9](?=\d{2}\D)")
# Dirt beside a Chinese character, or behind a mark that ends a part of a sentence, is read as one of these, where
# Chinese text has wide marks; a comma may be typed so.
_DIRT = re.compile(
    rf"(?<=[{HAN}])[.,'`．](?![.,'`．])|(?<=\d)[.,'`](?=[{HAN}])|(?<=[。！？；：，、）》”])[.,'`·•]"
    rf"|(?<=[A-Za-z])[.,'`](?=[{HAN}])|[·•](?=[。！？；：，、（）《》“”])"
    rf"|(?<=[{HAN}])[·•](?=[A-Za-z0-9])|(?<=[A-Za-z0-9])[·•](?=[{HAN}])"
    r"|(?<=[,;:])[.,'`·•]|(?<=\d)[.'`·•](?=[,;:])"
)
_MANY_POINTS = re.compile(r"(?<![\d.])(?!\d{4}\.)\d+\.\d+\.\d+(?=[分节天次个页元年岁%％])")
_DOT = re.compile(rf"(?<=[{HAN}])·(?=[{HAN}])")  # in the name of another people; anywhere else it may be dirt
_LIKE_DOT = re.compile(rf"([{HAN}]{{2}})[:：]([{HAN}]{{2}})")  # of such a name, in a poor copy
_DIRT_BEHIND = re.compile(rf"(?<=[{HAN}0-9])\s*[.,'`·•]\s*\Z")  # which ends no text of one line
_AHEAD = re.compile(r"(?m)^\s*[、，。；：！？）》”’.·•'`．]")
# What is asked about for its blanks, and of that what is shown without them: words may stand before an @.
_MAY_BE_ADDRESS = re.compile(r"[\w.+ -]+@[\w. -]+|[A-Za-z][\w ]*_[\w ]+", re.ASCII)
_SPACED_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+(?: [\w.-]+)+|\w*[A-Za-z]\w*_[\w ]+", re.ASCII)
_LONG_SENTENCE = 20  # letters; what is shorter may be a heading
_END_OF_ADDRESS = re.compile(r"(?<=@)[\w.-]+\.(\w+)\s*\Z", re.ASCII)
_LIKE_LETTERS = str.maketrans("10", "lo")
_NUMBERS_OF_ITEMS = re.compile(r"(?m)(?:^|(?<=[\s。；，：、！？;,:!?”(（]))\d{1,2}[.,]")
# What is nothing without its figure, alone or at the beginning; and 第, behind which one stands but in 及第 and 门第.
_COUNTED_ALONE = re.compile(r"星期|礼拜|周|年级(?:[\d(（班].*)?|第?(?:[班节次天级号室楼组期]|学时|课时|单元|等奖)")
_UNNUMBERED = re.compile(r"(?<![及门次落])第(?![\d〇零一二三四五六七八九十百千两几ⅠⅡⅢⅣⅤ①-⑩A-Za-z_?？(（])")
_LIKE_ONE = re.compile(r"(?<=星期)[_—－]\Z")  # 一 below two letters
_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)", re.ASCII)


def proposed(kind: FieldType, text: str, parsed: Parsed) -> Value | None:
    """The value to show of a text that was read and means `parsed`; None where nothing can be said."""
    if kind.codec in _DAYS and parsed.state == "doubt":
        days = (parse(kind.codec, as_read(kind.codec, day)) for day in _mended(text))
        return next((day.value for day in days if day.state == "value"), parsed.value)
    if kind.codec == "id_number" and parsed.state == "doubt":
        return _only_id(text) or parsed.value
    if kind.codec == "tick" and parsed.state == "doubt":
        return _only_ticked(squeezed(text), kind.options) or parsed.value
    if kind.codec in _NUMBERS and parsed.state == "doubt":
        clean = parse(kind.codec, as_read(kind.codec, text.strip(_DIRT_AROUND)))
        return clean.value if clean.state == "value" else parsed.value
    if kind.codec == "choice" and parsed.state == "doubt":
        return _nearly_chosen(squeezed(text), kind.options) or parsed.value
    if kind.codec in ("text", "prose") and isinstance(parsed.value, str):
        today = "".join(map(todays_form, parsed.value))
        return _as_address(_without_dirt(_LIKE_ONE.sub("一", today))) if kind.codec == "text" else today
    return parsed.value


def _nearly_chosen(text: str, options: Sequence[str]) -> str | None:
    """The one choice of several letters that the text is but for one letter: 缺勒 was 缺勤."""
    near = [option for option in options if len(text) == len(squeezed(option)) > 1
            and sum(one != two for one, two in zip(text, squeezed(option), strict=True)) == 1]  # fmt: skip
    return near[0] if len(near) == 1 else None


def _only_ticked(text: str, options: Sequence[str]) -> str | None:
    """The option behind the one ticked box of a choice of which other boxes were not seen."""
    _, *behind = text.split("☑")
    named = [option for option in options if len(behind) == 1 and behind[0].startswith(squeezed(option))]
    return max(named, key=len, default=None)


def has_dirt(text: str) -> bool:
    """Whether a narrow mark stands beside a Chinese character or a wide mark where no number of an item has its own.

    Or one too many stands in a number: 24.5分 on a grained page was read 2.4.5分 by both.
    """
    return next(_dirt_in(text), None) is not None or _MANY_POINTS.search(text) is not None


def lacks_beginning(text: str) -> bool:
    """Whether a line begins with a mark that no line begins with: what stood before it, such as 一, was not read.

    A point there is dirt.
    """
    return _AHEAD.search(text) is not None


def has_odd_blank(text: str) -> bool:
    """Whether a blank stands in an address or an account's name, which have none: figures far apart are read so."""
    return " " in text.strip() and _MAY_BE_ADDRESS.fullmatch(text.strip()) is not None


def lacks_end(text: str) -> bool:
    """Whether a paragraph above another ends with a letter behind marks of sentences: its full stop may be lost."""
    above = (line.strip() for line in text.split("\n")[:-1])
    return any(len(line) >= _LONG_SENTENCE and line[-1].isalnum() and "，" in line for line in above)


def lacks_figure(text: str) -> bool:
    """Whether a text names what is counted and no figure: the 一 of 星期一, of 第一小学 or of 一班 was not read."""
    return _COUNTED_ALONE.fullmatch(squeezed(text)) is not None or _UNNUMBERED.search(squeezed(text)) is not None


def _dirt_in(text: str) -> Iterator[int]:
    own = {item.end() - 1 for item in _NUMBERS_OF_ITEMS.finditer(text)}
    yield from (mark.start() for mark in _DIRT.finditer(text) if mark.start() not in own)
    for dot in _DOT.finditer(text):
        if not any(map(is_written_by_sound, (text[dot.start() - 1], text[dot.end()]))):
            yield dot.start()
    yield from (mark.end(1) for mark in _LIKE_DOT.finditer(text) if is_written_by_sound(mark[1] + mark[2]))


def _without_dirt(text: str) -> str:
    dirt = {at for at in _dirt_in(text) if text[at] not in ",·:："}
    return _DIRT_BEHIND.sub("", "".join(char for at, char in enumerate(text) if at not in dirt))


def _as_address(text: str) -> str:
    """An e-mail address without blanks, of which the last part has letters alone, as all have: .c0m was .com."""
    text = "".join(text.split()) if _SPACED_ADDRESS.fullmatch(text) else text
    end = _END_OF_ADDRESS.search(text)
    return text[: end.start(1)] + end[1].translate(_LIKE_LETTERS) if end else text


def _mended(text: str) -> Iterator[str]:
    """A day as it was more and more likely written: without blanks and dirt, with its 日 and its lost 〇."""
    joined = squeezed(text)
    clean = _LIKE_DAY.sub(r"\1日", _DIRT_IN_DAY.sub("", joined))
    yield from (
        joined,
        clean,
        _LOST_ZERO.sub("二〇", clean),
        _LIKE_ZERO.sub("二〇", clean),
        _LIKE_NOUGHT.sub("20", clean),
    )


def _only_id(text: str) -> str | None:
    """The one whole ID number among other letters."""
    read = [parse("id_number", one) for line in text.split("\n") for one in _ID_NUMBER.findall(squeezed(line))]
    whole = {str(one.value) for one in read if one.state == "value"}
    return whole.pop() if len(whole) == 1 else None
