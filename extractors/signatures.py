"""One line over or under a text as its author wrote it: whose, of which school, of which day. Pure.

A line counts as such only when nothing is left of it once names, schools, days and their labels are taken out.
"""

import re
from dataclasses import dataclass

from extractors.authorlabels import AuthorLabels
from gengang.codecs import HAN, parse, text_normal
from gengang.names import plain_name
from gengang.sheet import squeezed
from gengang.surnames import is_name

SCHOOL = re.compile(
    rf"[{HAN}A-Za-z0-9]{{0,28}}?(?:小学校(?!长)|小学(?!校(?!长))|中学|学校|中心校|学区|初中|高中|完小|附小|附中|幼儿园|教学点|[一二三四五六七八九十]中(?![学心])|"
    r"[一二三四五六七八九十]小(?!学))(?:[东南西北]?校区|分校|小学部|初中部|中学部)?"
)
_OFFICE = re.compile(r"教务处|政教处|教导处|办公室|教研组|教研室|教科室|总务处")
_HAN_DIGITS = "〇○零一二三四五六七八九十廿OoＯ"
_NUMBER = rf"[\d０-９{_HAN_DIGITS}]"
# Without 日 a day ends where no figure goes on, not even behind a blank, unless that is a time of day.
_DAY_ENDS = rf"(?:\s*[日号]|(?!{_NUMBER}|[:：点时])(?!\s+{_NUMBER}{{1,3}}\s*(?:[日号]|$)))"
_DAY = re.compile(
    rf"{_NUMBER}{{2,4}}\s*[年./．-]\s*{_NUMBER}{{1,3}}\s*[月./．-]\s*{_NUMBER}{{1,3}}{_DAY_ENDS}"
    rf"|{_NUMBER}{{4}}年{_NUMBER}{{1,3}}月(?!\s*{_NUMBER})|{_NUMBER}{{1,3}}月{_NUMBER}{{1,3}}[日号]"
)
_RANGE = re.compile(r"[—–~～至到-]{1,2}")
_PAIR = re.compile(
    rf"(?P<label>[{HAN}/／、（）()\s]{{1,14}}?)\s*[:：]\s*(?P<value>[^:：]*?)(?=[\s\u3000]+[{HAN}\s]{{2,10}}[:：]|$)"
)
_NOTHING = re.compile(
    r"[\s\u3000()（）\[\]【】,，、。.·:：;；/／—─-]|\d{6,}|邮编|电话|写于|记于|作于|完成于|[上下]午|[早晚中]上?|深?夜|凌晨|"
    r"星期[一-日天]|周[一-日天]|作者[系为]?|执笔|文[/／:：]|敬[上呈启]|谨[上呈识记]|签[字名章]|手印|章|系|来自|跟岗(?:学员|教师)?|"
    r"骨干|[一二三高]级|[一二三四五六七八九]年级|[一二三四五六七八九]\d?班|班主任|备课组|年级组|课题组|学员|"
    r"小?学?(?:语文|数学|英语|物理|化学|生物|政治|历史|地理|道德与法治|音乐|体育|美术|科学)(?:组|教师|老师)?|老师|教师|同志|公章|盖章"
)
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Signature:
    """What one line says of its author.

    labelled: label without white space -> value; names, schools, days: those without a label, days as they stand.
    unusual: a word beside a school or a day that may be a name, though it has no known surname.
    """

    labelled: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    unusual: str = ""


def signature_of(text: str, labels: AuthorLabels) -> Signature | None:
    """The line as a signature; None when it says anything else, or has a label that is not among `labels`."""
    line = _unwrapped(text.strip(" \u3000\n"))
    if not line or len(line) > _LONGEST or line.endswith(("。", "；", "！", "？", "：", ":")):
        return None
    pairs = _pairs(line, labels)
    if pairs:
        return Signature(labelled=pairs)
    line = re.sub(r"(?<=[\u4e00-\u9fff])[\d¹²³⁴\*]{1,2}(?=[\s\u3000、,，]|$)", "", line) if "年" not in line else line
    days = tuple(match[0] for match in _DAY.finditer(line))
    if len(days) > 1 or (days and _RANGE.search(_DAY.sub("", line))):
        return None  # from one day to another: a subtitle, not the day of writing
    rest = _DAY.sub(" ", line)
    placed = re.sub(rf"(?:[写记作]|完成)?[于在]{SCHOOL.pattern}", " ", rest)
    schools = tuple(match[0] for match in SCHOOL.finditer(placed) if len(match[0]) > 1)
    rest = _OFFICE.sub(" ", SCHOOL.sub(" ", placed))
    names, rest = _names_in(rest)
    found = bool(days or schools or names or _OFFICE.search(placed))
    left = _NOTHING.sub("", rest)
    unusual = left if (days or schools) and not names and re.fullmatch(rf"[{HAN}]{{2,5}}", left) else ""
    return Signature((), names, schools, days, unusual) if found and left == unusual else None


def _unwrapped(line: str) -> str:
    """（张村小学　王芳） without the brackets around all of it."""
    return line[1:-1].strip() if re.fullmatch(r"[(（][^()（）]*[)）]", line) else line


def _pairs(line: str, labels: AuthorLabels) -> tuple[tuple[str, str], ...]:
    """`姓名：王芳　单位：张村小学`, or `规划人　王芳`; nothing where the line is more than that."""
    blank = re.fullmatch(
        rf"(?P<label>[{HAN}]{{2,6}})[\s\u3000]+(?P<value>[{HAN}·]{{2,15}}|[{HAN}][\s\u3000][{HAN}])", line
    )
    if blank and blank["label"] in labels.name and is_name(plain_name(blank["value"])):
        return ((blank["label"], blank["value"]),)
    found = list(_PAIR.finditer(line))
    whole = "".join(re.sub(r"\s", "", match[0]) for match in found)
    if not found or whole != re.sub(r"[\s\u3000]", "", line):
        return ()
    pairs = tuple((_label(match["label"]), match["value"].strip()) for match in found)
    known = all(value and labels.knows(label) for label, value in pairs)
    return pairs if known else ()


def _label(text: str) -> str:
    """校长（签字） is 校长; 基地学校（公章） keeps what makes it a seal's."""
    plain = squeezed(text)
    return plain if "章" in plain else re.sub(r"\([^()]*\)", "", plain)


def _names_in(text: str) -> tuple[tuple[str, ...], str]:
    """Names among the words of a line, and what is left of it; a name's characters may stand apart."""
    plain = re.sub(r"[(（][^()（）]*[)）]", lambda match: " " if _NOTHING.sub("", match[0]) == "" else match[0], text)
    dotted = text_normal(plain)
    joined = re.sub(r"[\s\u3000]", "", dotted)
    if is_name(joined):
        return (joined,), ""
    words = [word for word in re.split(r"[\s\u3000、,，]+", dotted) if word]
    names = tuple(word for word in words if is_name(word))
    return names, " ".join(word for word in words if word not in names)


def day_of(text: str) -> str:
    """The one day that a text names, with Latin O for 〇 put right; '' where it names none or several."""
    days = [match[0] for match in _DAY.finditer(text)]
    if len(days) != 1:
        return ""
    return re.sub(rf"(?<=[{_HAN_DIGITS}])[OoＯ](?=[{_HAN_DIGITS}])", "〇", days[0])


def is_whole_day(text: str) -> bool:
    """Whether a day names its year, month and day."""
    return parse("date", text).state == "value"
