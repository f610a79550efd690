"""A running text in its parts: title, author lines above, body with its headings, signature lines below. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.running import Paragraph
from gengang.codecs import HAN, parse, text_normal
from gengang.sheet import squeezed
from gengang.surnames import is_name

LONGEST_LINE = 40  # characters of a title, a heading or an author line
_MOST_TITLE_LINES = 3
_MOST_LINES_BELOW = 8
_ENDS = tuple("。；;，,？！?!…、")
_ATTACHMENT = re.compile(r"附件?\s*[一二三四五六七八九十\d]*\s*[:：]?")
_NUMBERED = re.compile(
    r"(?P<style>第[一二三四五六七八九十]+(?:部分|章|节|、)|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十]{1,3}[)）]、?|"
    r"\d{1,2}[、.．](?!\d)|[(（]\d{1,2}[)）]|[①-⑳])\s*(?P<rest>.*)", re.DOTALL,
)  # fmt: skip
SCHOOL = re.compile(
    rf"[{HAN}A-Za-z0-9（）()]{{1,28}}?(?:小学|中学|学校|中心校|中心学校|学区|初中|高中|完小|附小|附中|实验校|幼儿园|教学点|"
    r"[一二三四五六七八九十]中|[一二三四五六七八九十]小)(?:[(（][^()（）]{1,10}[)）])?(?:[东南西北]?校区|分校)?"
)
_LABELLED = re.compile(
    rf"(?P<label>[{HAN}/／·、（）()\s]{{1,14}}?)\s*[:：]\s*(?P<value>[^:：]*?)(?=[\s\u3000]+[{HAN}\s]{{2,10}}[:：]|$)"
)
_CLOSING = re.compile(
    r"此致|敬礼[！!]?|此致\s*敬礼[！!]?|特此(?:申请|报告|说明)[。！]?|谢谢[！!。]?|以上(?:报告|申请).{0,10}"
)
_SALUTATION = re.compile(
    rf"(?:尊敬的|敬爱的|各位)?[{HAN}、，·()（）\s]{{2,40}}[:：]|[{HAN}]{{0,12}}(?:教育局|教体局|教育体育局|进修学校|进修校|教研室)"
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """`姓名：王芳` in a line above or below the text."""

    label: str
    value: str
    place: Paragraph


@dataclass(frozen=True, slots=True)
class Outline:
    """A text in its parts, each in order.

    title: its lines without the attachment's number. signed: author lines above and below that are no label with a
    value: schools, names, days. remarks: what somebody else wrote under it, such as 同意.
    """

    title: tuple[Paragraph, ...]
    labelled: tuple[Labelled, ...]
    signed: tuple[Paragraph, ...]
    remarks: tuple[Paragraph, ...]
    body: tuple[Paragraph, ...]

    @property
    def heading(self) -> str:
        """The title's lines as one."""
        return text_normal("".join(one.text for one in self.title))


def outline_of(paragraphs: Sequence[Paragraph], labels: frozenset[str]) -> Outline:
    """The parts of a text; what is no title and no author line is body, so nothing is left out.

    labels: squeezed, what may stand before a value in an author line.
    """
    title = tuple(_title_lines(paragraphs, labels))
    first = len(title) + sum(bool(_ATTACHMENT.fullmatch(one.text)) for one in paragraphs[: len(title) + 1])
    above = _lines_above(paragraphs[first:], labels)
    last = len(paragraphs) - _lines_below(paragraphs[first + len(above) :], labels)
    remarks = tuple(one for one in paragraphs[last:] if _is_remark(one.text.strip()))
    lines = [*above, *(one for one in paragraphs[last:] if one not in remarks)]
    pairs = tuple(pair for one in lines for pair in labelled_in(one, labels))
    signed = tuple(one for one in lines if not labelled_in(one, labels) and not _is_formula(one.text))
    return Outline(title, pairs, signed, remarks, tuple(paragraphs[first + len(above) : last]))


def heading_parts(text: str) -> tuple[str, str]:
    """The number's style and the words of a heading: `一、主要收获` is (一、, 主要收获); no number has the style ''."""
    match = _NUMBERED.fullmatch(text.strip())
    if match is None:
        return "", text.strip().rstrip(":：")
    style = re.sub(r"[一二三四五六七八九十]+", "一", re.sub(r"\d+", "1", match["style"]))
    return re.sub("[①-⑳]", "①", style), match["rest"].strip().rstrip(":：")


def is_heading(text: str) -> bool:
    """A short line that closes no sentence; numbered, or of few words."""
    style, rest = heading_parts(text)
    return bool(rest) and len(rest) <= (LONGEST_LINE if style else 14) - 10 * bool(style) and not rest.endswith(_ENDS)


def headings_of(body: Sequence[Paragraph]) -> tuple[str, ...]:
    """The words of the body's headings, in order."""
    return tuple(heading_parts(one.text)[1] for one in body if is_heading(one.text))


# --- above ---


def _title_lines(paragraphs: Sequence[Paragraph], labels: frozenset[str]) -> Iterator[Paragraph]:
    """The first short line, and those after it that go on: a subtitle behind a dash, the rest of a broken title."""
    lines = [one for one in paragraphs[: _MOST_TITLE_LINES + 1] if not _ATTACHMENT.fullmatch(one.text)]
    for number, one in enumerate(lines[:_MOST_TITLE_LINES]):
        if number and not _is_subtitle(lines[number - 1].text, one.text):
            return
        if not number and not _may_be_title(one, labels):
            return
        yield one


def _may_be_title(one: Paragraph, labels: frozenset[str]) -> bool:
    text = one.text.strip()
    short = len(text) <= LONGEST_LINE and not text.endswith(("。", "；", "，", ",", ";", ":", "："))
    return short and not labelled_in(one, labels) and not _is_signature(text)


def _is_subtitle(before: str, text: str) -> bool:
    short = len(text) <= LONGEST_LINE and not text.endswith(("。", "；", "，", ":", "："))
    broken = before.rstrip().endswith(("——", "—", "-", "：", "、")) or (
        before.count("《") > before.count("》") or before.count("“") > before.count("”")
    )
    return short and (text.lstrip().startswith(("——", "—", "--", "－－", "-")) or broken)


def _lines_above(paragraphs: Sequence[Paragraph], labels: frozenset[str]) -> Sequence[Paragraph]:
    end = 0
    while end < len(paragraphs) and _is_author_line(paragraphs[end], labels):
        end += 1
    return paragraphs[:end]


def _is_author_line(one: Paragraph, labels: frozenset[str]) -> bool:
    text = one.text.strip()
    if _is_formula(text):
        return True
    return len(text) <= 2 * LONGEST_LINE and (_is_signature(text) or bool(labelled_in(one, labels)))


def _is_formula(text: str) -> bool:
    return _CLOSING.fullmatch(text.strip()) is not None or _SALUTATION.fullmatch(text.strip()) is not None


# --- below ---


def _lines_below(paragraphs: Sequence[Paragraph], labels: frozenset[str]) -> int:
    """How many lines at the end are signature; a remark of somebody else may stand among them."""
    count = found = 0
    for one in reversed(paragraphs[-_MOST_LINES_BELOW:]):
        text = one.text.strip()
        if _is_author_line(one, labels) and not text.endswith(("：", ":")):
            count = found = count + 1
        elif found == 0 and len(text) <= LONGEST_LINE and _is_remark(text):
            count += 1
        else:
            break
    return found if found else 0


_REMARK = re.compile(r"^(?:同意|准假|批准|情况属实|已阅|属实|不同意)")


def _is_remark(text: str) -> bool:
    return _REMARK.match(text) is not None


# --- lines of an author ---


def labelled_in(one: Paragraph, labels: frozenset[str]) -> tuple[Labelled, ...]:
    """The labels with values of one line; nothing where the line is more than these."""
    text = one.text.strip().strip("()（）")
    found = list(_LABELLED.finditer(text)) if len(text) <= 2 * LONGEST_LINE and not text.endswith(("。", "；")) else []
    covered = "".join(match[0] for match in found)
    whole = re.sub(r"\s", "", covered) == re.sub(r"[\s\u3000]", "", text)
    pairs = tuple(Labelled(re.sub(r"\s", "", match["label"]), match["value"].strip(), one) for match in found)
    return pairs if whole and all(pair.value and squeezed(pair.label) in labels for pair in pairs) else ()


def _is_signature(text: str) -> bool:
    """A line of schools, names and days alone."""
    rest = bare_of_days(text)
    while (shorter := SCHOOL.sub("", rest, count=1).strip(" \u3000()（）,，、·:：")) != rest:
        rest = shorter
    names = re.split(r"[\s\u3000、]+", rest) if rest else []
    together = re.sub(r"\s", "", rest)
    return bool(text.strip()) and (not rest or is_name(together) or all(is_name(name) for name in names))


_DAY = re.compile(
    r"(?:\d{4}|[〇○零一二三四五六七八九]{4}|\d{2})\s*[年./-]\s*[\d一二三四五六七八九十]{1,3}\s*[月./-]\s*[\d一二三四五六七八九十]{1,3}\s*[日号]?"
)


def days_in(text: str) -> tuple[str, ...]:
    """The days that a line names, as they stand there."""
    return tuple(match[0] for match in _DAY.finditer(text) if parse("date", match[0]).state != "blank")


def bare_of_days(text: str) -> str:
    """A line without the days in it."""
    return _DAY.sub("", text).strip(" \u3000()（）,，、。.")
