"""Values inside the sentences of a letter: counts by the words around them, days, names; each a proposal or certain.

A value is certain when the words say what it is and stand there once; a day without its year never is. Pure.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.signatures import SCHOOL
from gengang.codecs import HAN, Period, Value, parse
from gengang.form import Form, PatternLine, Slot
from gengang.numerals import CHINESE_NUMBER
from gengang.parsed import parts_apart
from gengang.sheet import squeezed
from gengang.surnames import is_name

_ONE_NUMBER = rf"(?:\d{{1,3}}(?:\.\d)?|{CHINESE_NUMBER}|半)"
_NUMBER = rf"{_ONE_NUMBER}(?: {_ONE_NUMBER})*"
# Without 日 a day ends where no figure goes on, not even behind a blank: 9月1 2日 is not 1 September.
_DAY_ENDS = r"(?:\s*[日号]|(?![\d:：点时])(?!\s+\d{1,2}\s*(?:[日号，。,;；)）至到—–~～-]|$)))"
_FULL_DAY = rf"(?<!\d)\d{{4}}\s*[年./-]\s*\d{{1,2}}\s*[月./-]\s*\d{{1,2}}{_DAY_ENDS}"
_SHORT_DAY = r"(?<!\d)(?<!\d\s)\d{1,2}月\d{1,2}[日号]"
_RANGE = re.compile(
    rf"(?P<a>{_FULL_DAY}|{_SHORT_DAY})\s*[上下]?午?\s*起?(?:至|到|—+|－|-|~|～)\s*(?P<b>{_FULL_DAY}|{_SHORT_DAY}|\d{{1,2}}[日号])"
)
_ONE_DAY = re.compile(rf"{_FULL_DAY}|{_SHORT_DAY}")
_ID = re.compile(r"(?<!\d)\d{17}[\dXxＸ](?!\d)")
_LEADING = ("参加", "撰写", "其中", "研修", "完成", "共", "累计", "提交")
_NAME = rf"(?P<name>[{HAN}]{{2,4}}?|[{HAN}]{{2,}}(?:·[{HAN}]+?)+?)"
_SCHOOL_BEFORE = (
    rf"(?P<school>[{HAN}]{{2,20}}?(?:小学|中学|学校|中心校|初中|学区))(?:的)?(?:[{HAN}]{{0,8}}?(?:教师|老师))?"
)
_ABOUT = (
    re.compile(rf"兹有(?:我校|你校|贵校)?{_NAME}(?:老师|同志|教师)"),
    re.compile(rf"兹(?:有|证明)(?:我校|你校|贵校)?{_SCHOOL_BEFORE}{_NAME}(?:老师|同志|教师|[(（，,])"),
    re.compile(rf"{_SCHOOL_BEFORE}{_NAME}(?:老师|同志|教师|[(（，,。])"),
    re.compile(rf"(?:^|\n|[。，])\s*{_NAME}(?:老师|同志)?，[男女]，"),
    re.compile(rf"我校{_NAME}(?:老师|同志)"),
    re.compile(rf"(?:^|\n)\s*{_NAME}(?:老师|同志)(?=[在于到，自])"),
    re.compile(rf"(?:跟岗教师|学员|教师|老师|本人|我是|我叫){_NAME}(?=[,，。(（;；]|同志|老师)"),
)
_MENTOR = re.compile(
    rf"(?:指导(?:教师|老师)(?:是|为|[:：])?|由|跟随|师从)(?P<name>[{HAN}·]{{2,15}}?)(?=[,，。；;）)]|老师|同志|指导)"
)
_DAYS_AWAY = re.compile(rf"(?:请[病事公婚]?假|共计?|为期|时间)(?P<n>{_NUMBER})[天日]")


@dataclass(frozen=True, slots=True)
class InText:
    """A value found in a sentence; raw: the words it was taken from; sure: nothing else could be meant.

    value: None where figures stand apart, so that a person has to say which number they are.
    """

    value: Value | None
    raw: str
    sure: bool


def counts_in(form: Form, text: str) -> Mapping[str, InText]:
    """Fields of numbers, by the words that the form prints before and behind them: 听课20节."""
    plain = _squeezed_apart(text)
    found: dict[str, InText] = {}
    for slot, before, after in _worded(form):
        words, unit = re.escape(before), re.escape(after[:1])
        wanted = re.compile(rf"{words}[岗勤到了共为约计有:]{{0,2}}(?P<n>{_NUMBER}){unit}")
        hits = [hit for hit in wanted.finditer(plain) if not _is_part_of(hit, plain)]
        apart = next((hit["n"] for hit in hits if " " in hit["n"]), "")
        values = {str(parsed.value) for hit in hits if (parsed := parse(slot.type.codec, hit["n"])).state == "value"}
        if apart:
            found.setdefault(slot.name, InText(None, apart, False))
        elif len(values) == 1 and slot.name not in found:
            parsed = parse(slot.type.codec, hits[0]["n"])
            assert parsed.value is not None
            alone = len(hits) == 1 and _is_plain(hits[0], plain) and not _said_again(before, unit, hits[0], plain)
            found[slot.name] = InText(parsed.value, hits[0][0], alone)
    return found


def _squeezed_apart(text: str) -> str:
    """`squeezed`, with one blank left between numerals: 听课10 20节 is not 1020."""
    return " ".join(map(squeezed, parts_apart(text)))


def _is_plain(hit: re.Match[str], text: str) -> bool:
    """A number of this thing alone: not 每天听课两节以上, 约20节, 反思、日志共13篇."""
    front, behind = text[max(0, hit.start() - 4) : hit.start()], text[hit.end() : hit.end() + 3]
    vague = "约" in hit[0] or re.search("每|约|近|超过|不少于", front) or re.match("[以之]上|余|多|左右|以内", behind)
    shared = front[-1:] in tuple("、和及与") and re.search("[共计]", hit[0])
    return not vague and not shared


def _said_again(before: str, unit: str, hit: re.Match[str], text: str) -> bool:
    """The same thing is counted a second time in other words: 听课20节，另听其他学科四节."""
    again = re.compile(rf"[另还又][^，。；,;]{{0,4}}{re.escape(before[0])}[^，。；,;]{{0,8}}{_NUMBER}{unit}")
    return again.search(text[: hit.start()] + text[hit.end() :]) is not None


def _is_part_of(hit: re.Match[str], text: str) -> bool:
    """The words belong to others: 未实到, 早上课."""
    return re.search(r"[未不没早]$", text[: hit.start()]) is not None


def _worded(form: Form) -> Iterator[tuple[Slot, str, str]]:
    """Each number's slot with the core of the printed words before it and its unit."""
    for row in form.rows:
        for cell in row.cells:
            for line in cell.lines:
                yield from _worded_in(line)


def _worded_in(line: PatternLine) -> Iterator[tuple[Slot, str, str]]:
    for number, piece in enumerate(line.pieces):
        if isinstance(piece, str) or piece.loop or piece.type.codec not in ("count", "days", "score"):
            continue
        before = line.pieces[number - 1] if number else ""
        after = line.pieces[number + 1] if number + 1 < len(line.pieces) else ""
        if isinstance(before, str) and isinstance(after, str):
            words = _core(squeezed(before))
            if len(words) >= 2 and squeezed(after):
                yield piece, words, squeezed(after)


def _core(words: str) -> str:
    """天,缺勤 is 缺勤; 次、参加教研活动 is 教研活动."""
    last = re.split(r"[,;。、(（)）:]", words)[-1] or words
    while (shorter := next((last.removeprefix(lead) for lead in _LEADING if last.startswith(lead)), last)) != last:
        last = shorter
    return last


def days_away_in(text: str) -> InText | None:
    """How many days a letter asks for, where it says one number: 请假三天, 请事假一天; never certain."""
    said = [match["n"] for match in _DAYS_AWAY.finditer(_squeezed_apart(text))]
    apart = next((number for number in said if " " in number), "")
    if apart:
        return InText(None, apart, False)
    found = {parsed.value: number for number in said if (parsed := parse("days", number)).state == "value"}
    return next((InText(value, raw, False) for value, raw in found.items()), None) if len(found) == 1 else None


def ids_in(text: str) -> tuple[InText, ...]:
    """ID numbers in a text; certain by their check digit."""
    found = [(match[0], parse("id_number", match[0])) for match in _ID.finditer(text)]
    return tuple(
        InText(parsed.value, raw, parsed.state == "value") for raw, parsed in found if parsed.value is not None
    )


def periods_in(text: str, year: str) -> tuple[InText, ...]:
    """From one day to another. year: of the letter, for days that leave theirs out; such are never certain."""
    found = []
    for match in _RANGE.finditer(text):
        whole = re.fullmatch(_FULL_DAY, match["a"]) is not None
        first = parse("date", _with_year(match["a"], year)).value
        last = parse("date", _with_front(match["b"], str(first or ""))).value
        if isinstance(first, str) and isinstance(last, str) and first <= last:
            found.append(InText(Period(first, last), match[0], whole))
    return tuple(found)


def days_named_in(text: str, year: str) -> tuple[InText, ...]:
    """Single days in a text, those of a range too."""
    found = []
    for match in _ONE_DAY.finditer(text):
        value = parse("date", _with_year(match[0], year)).value
        if isinstance(value, str):
            found.append(InText(value, match[0], re.fullmatch(_FULL_DAY, match[0]) is not None))
    return tuple(found)


def _with_year(day: str, year: str) -> str:
    return day if re.match(r"\d{4}", day) else f"{year}年{day}"


def _with_front(day: str, first: str) -> str:
    """`10月12日至14日`: what the second day leaves out is the first one's."""
    if re.match(r"\d{4}", day) or len(first) != 10:
        return day
    year, month, _ = first.split("-")
    return f"{year}年{day}" if "月" in day else f"{year}年{int(month)}月{day}"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a letter is about, '' where it does not say. sure: it says so in the words of such letters."""

    name: str = ""
    school: str = ""
    sure: bool = False


def subject_of(text: str) -> Subject:
    """School and name of whom a letter is about: 兹有张村小学王芳老师, 王芳老师，张村小学, 本人系张村小学教师王芳."""
    for pattern in _ABOUT:
        for match in pattern.finditer(text):
            name = re.sub("(?:老师|同志|教师)$", "", match["name"])
            if is_name(name) and not SCHOOL.search(name):
                sentence = re.split("[。；]", text[match.start() :])[0]
                inside = match.groupdict().get("school") or ""
                school = SCHOOL.search(inside or sentence)
                named = re.sub("^(?:本人|我)?[系是在]|^兹有|^我校", "", school[0]) if school else ""
                return Subject(name, named, "兹" in match[0])
    return Subject()


def mentor_in(text: str) -> str:
    """The one mentor whom a letter names: 指导教师李明, 由李明老师指导."""
    names = {match["name"] for match in _MENTOR.finditer(text) if is_name(match["name"])}
    return names.pop() if len(names) == 1 else ""


def choice_in(options: Sequence[str], text: str, around: str) -> str:
    """The one option that stands behind the words `around`, or '' where none or several do."""
    hits = {option for option in options if re.search(rf"(?:{around})[^。；;]{{0,6}}?[“\"]?{re.escape(option)}", text)}
    hits = {one for one in hits if not any(one != other and one in other for other in hits)}
    return hits.pop() if len(hits) == 1 else ""
