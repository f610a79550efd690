"""A running text in its parts: title, author lines above, body with its headings, signature lines below. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.authorlabels import AuthorLabels
from extractors.prosekinds import is_bare_title, names_a_paper
from extractors.running import Paragraph
from extractors.signatures import Signature, signature_of
from gengang.codecs import HAN, text_normal

LONGEST_LINE = 40  # characters of a title or a heading
_MOST_TITLE_LINES = 3
_MOST_LINES = 8
_ENDS = tuple("。；;，,？！?!…、")
_DASHES = ("——", "—", "──", "─", "--", "－－", "――", "-")
_EDGE = 4  # lines at each end of a body that are looked at for authors that were not understood
_SIGN = re.compile(
    r"\d{4}年|\d{1,2}月\d|[〇零一二三四五六七八九]{4}年|\d{4}[./-]\d|小学|中学|学校|中心校|初中|进修|教[体育]局|教务处|签|章[)）]?$|敬上|谨|作者|"
    r"[人员师长位间期]\s*[:：]|^——|^文[/／]"
)
_ATTACHMENT = re.compile(r"附件?\s*[一二三四五六七八九十\d]*\s*[:：]?")
_NUMBERED = re.compile(
    r"(?P<style>第[一二三四五六七八九十]+(?:部分|章|节|、)|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十]{1,3}[)）]、?|"
    r"\d{1,2}[、.．](?!\d)|[(（]\d{1,2}[)）]|[①-⑳])\s*(?P<rest>.*)", re.DOTALL,
)  # fmt: skip
_CLOSING = re.compile(r"此致|敬礼[！!]?|此致\s*敬礼[！!]?|特此(?:申请|报告|说明)[。！]?|谢谢[！!。]?")
_SALUTATION = re.compile(
    rf"(?:尊敬的|敬爱的|各位)?[{HAN}、·()（）\s]{{0,30}}(?:老师|领导|校长|主任|学校|中学|小学|校|局|科|股|同志|教师)们?"
    rf"[:：]\s*(?:您好|你们好)?[！!。]?|[{HAN}]{{0,12}}(?:教育局|教体局|教育体育局|进修学校|进修校|教研室)"
)
_REMARK = re.compile(r"(?:同意|准假|批准|情况属实|已阅|属实|不同意)|[^:：]{0,12}(?:意见|审批|批示|评语|批语)\s*[:：]")


@dataclass(frozen=True, slots=True)
class Signed:
    """An author's line with what it says."""

    paragraph: Paragraph
    says: Signature


@dataclass(frozen=True, slots=True)
class Outline:
    """A text in its parts, each in order.

    title: its lines without the attachment's number. above, below: author lines over and under the body.
    remarks: what somebody else wrote under it, such as 同意.
    """

    title: tuple[Paragraph, ...]
    above: tuple[Signed, ...]
    below: tuple[Signed, ...]
    remarks: tuple[Paragraph, ...]
    body: tuple[Paragraph, ...]

    @property
    def heading(self) -> str:
        """The title's lines as one, without a first line that says only which paper it is."""
        lines = [one.text for one in self.title]
        own = lines[1:] if len(lines) > 1 and is_bare_title(lines[0]) and not is_bare_title(lines[1]) else lines
        return text_normal("".join(own))

    @property
    def is_plain(self) -> bool:
        """Whether the title is one line, or goes on behind a dash, in brackets or within its marks."""
        return all(_is_joined(one.text, two.text) for one, two in pairwise(self.title))

    @property
    def naming(self) -> str:
        """All lines of the title, each its own."""
        return "\n".join(one.text for one in self.title)

    @property
    def signed(self) -> tuple[Signed, ...]:
        """Author lines above and below."""
        return (*self.above, *self.below)


def outline_of(paragraphs: Sequence[Paragraph], labels: AuthorLabels) -> Outline:
    """The parts of a text; what is no title and no author line is body, so nothing is left out."""
    first = sum(_ATTACHMENT.fullmatch(one.text) is not None for one in paragraphs[:1])
    title = _title_lines(paragraphs[first:], labels)
    rest = paragraphs[first + len(title) :]
    start = next((n for n, one in enumerate(rest) if not _is_author_line(one, labels)), len(rest))
    end = start + _end_of_body(rest[start:], labels)
    return Outline(
        tuple(title), _signed(rest[:start], labels), _signed(rest[end:], labels),
        tuple(one for one in rest[end:] if _is_remark(one)), tuple(rest[start:end]),
    )  # fmt: skip


def _signed(lines: Sequence[Paragraph], labels: AuthorLabels) -> tuple[Signed, ...]:
    says = [(one, signature_of(one.text, labels)) for one in lines if not _is_remark(one)]
    return tuple(Signed(one, said) for one, said in says if said is not None)


# --- title ---


def _title_lines(paragraphs: Sequence[Paragraph], labels: AuthorLabels) -> Sequence[Paragraph]:
    """The first short line, and those after it that go on: a subtitle behind a dash, the rest of a broken title.

    A school's name over a short line is the beginning of its title.
    """
    if not paragraphs or not _is_short(paragraphs[0].text):
        return ()
    says = signature_of(paragraphs[0].text, labels)
    if says is not None:
        followed = (
            len(paragraphs) > 1 and _is_short(paragraphs[1].text) and not signature_of(paragraphs[1].text, labels)
        )
        if not followed or not says.schools or says.names or says.days or is_heading(paragraphs[1].text, True):
            return ()
        return paragraphs[:2]
    count = 1
    while count < min(_MOST_TITLE_LINES, len(paragraphs)) and _goes_on(
        paragraphs[count - 1].text, paragraphs[count].text, labels
    ):
        count += 1
    return paragraphs[:count]


def _is_short(text: str) -> bool:
    return len(text.strip()) <= LONGEST_LINE and not text.strip().endswith(("。", "；", "，", ",", ";", ":", "："))


def _goes_on(before: str, text: str, labels: AuthorLabels) -> bool:
    """Whether a line is the title's second: behind a dash or in brackets, or the first was cut within its marks."""
    bracketed = re.fullmatch(r"[(（].*[)）]", text.strip()) is not None and signature_of(text, labels) is None
    named = names_a_paper(text) != names_a_paper(before) and not is_heading(text, True)
    own = is_bare_title(before) and signature_of(text, labels) is None and not re.search("[:：。，]", text)
    named = named and (names_a_paper(text) or own)
    return _is_short(text) and (_is_joined(before, text) or bracketed or named)


def _is_joined(before: str, text: str) -> bool:
    broken = before.rstrip().endswith((*_DASHES, "：", "、")) or before.count("《") > before.count("》")
    return broken or text.lstrip().startswith(_DASHES)


# --- author lines ---


def _is_author_line(one: Paragraph, labels: AuthorLabels) -> bool:
    return _is_formula(one.text) or signature_of(one.text, labels) is not None


def _is_formula(text: str) -> bool:
    return _CLOSING.fullmatch(text.strip()) is not None or _SALUTATION.fullmatch(text.strip()) is not None


def _is_remark(one: Paragraph) -> bool:
    return _REMARK.match(one.text.strip()) is not None and len(one.text) <= 2 * LONGEST_LINE


def _end_of_body(paragraphs: Sequence[Paragraph], labels: AuthorLabels) -> int:
    """Where the body ends: before the lines of signature, formula and remark that the text closes with.

    A remark stands under an author's line; without one above it is a sentence of the text that begins alike.
    """
    end = at = len(paragraphs)
    least = max(1, end - _MOST_LINES)
    while at > least:
        at -= 1
        if _is_author_line(paragraphs[at], labels):
            end = at
        elif not _is_remark(paragraphs[at]):
            break
    return end


def is_edge_clear(outline: Outline) -> bool:
    """Whether no line at the body's edges may be an author's, a signer's or a cover's that was not understood."""
    edges = (*outline.body[:_EDGE], *outline.body[-_EDGE:])
    return not any(_may_be_signed(one.text.strip()) for one in edges)


def _may_be_signed(text: str) -> bool:
    """A line that closes no sentence and holds a day, a month, a school, a label or a seal's word."""
    if (
        len(text) > LONGEST_LINE
        or text.endswith(("。", "！", "？", "”", "；", "…", "!", "?"))
        or is_heading(text, True)
    ):
        return False
    return _SIGN.search(text) is not None


# --- headings ---


def heading_parts(text: str) -> tuple[str, str]:
    """The number's style and the words of a heading: `一、主要收获` is (一、, 主要收获); no number has the style ''."""
    match = _NUMBERED.fullmatch(text.strip())
    if match is None:
        return "", text.strip().rstrip(":：")
    style = re.sub(r"[一二三四五六七八九十]+", "一", re.sub(r"\d+", "1", match["style"]))
    return re.sub("[①-⑳]", "①", style), match["rest"].strip().rstrip(":：")


def is_heading(text: str, numbered: bool = False) -> bool:
    """A short line that closes no sentence; numbered, or of few words. numbered: only the first kind counts."""
    style, rest = heading_parts(text)
    if numbered and not style:
        return False
    return bool(rest) and len(rest) <= (LONGEST_LINE - 10 if style else 14) and not rest.endswith(_ENDS)


def headings_of(body: Sequence[Paragraph]) -> tuple[str, ...]:
    """The words of the body's headings, in order."""
    return tuple(heading_parts(one.text)[1] for one in body if is_heading(one.text))
