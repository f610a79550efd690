"""Whose a running text is and of which day: from its author lines, and from the names of the file and its folders.

A name is certain when the paper says that it is one; the file's name only supports what the paper says.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.outline import SCHOOL, Labelled, Outline, bare_of_days, days_in
from extractors.running import Paragraph
from gengang.codecs import HAN, parse, text_normal
from gengang.names import name_skeleton, plain_name
from gengang.sheet import squeezed
from gengang.surnames import is_name

# What stands before an author's name, beside the labels of the form itself.
NAME_LABELS = frozenset({
    "姓名", "作者", "作者姓名", "撰写人", "撰写者", "撰稿人", "撰稿", "执笔", "执笔人", "报告人", "汇报人",
    "总结人", "反思人", "研究者", "请假人", "申请人", "学员", "学员姓名", "学员签名", "学员签字", "跟岗教师",
    "跟岗学员", "研修教师", "研修学员", "参训教师", "教师姓名", "教师", "本人签名", "签名", "署名", "计划人",
    "规划人", "制定人", "申请者", "请假教师",
})  # fmt: skip
SCHOOL_LABELS = frozenset({
    "单位", "作者单位", "工作单位", "学校", "所在学校", "所在单位", "派出学校", "任教学校", "学校名称", "校名",
    "学员单位",
})  # fmt: skip
DATE_LABELS = frozenset({
    "日期", "时间", "报告日期", "撰写日期", "撰写时间", "完成时间", "完成日期", "写作时间", "填写日期", "申请日期",
    "申请时间", "反思时间", "反思日期", "制定日期", "制定时间", "年月日",
})  # fmt: skip
MENTOR_LABELS = frozenset({
    "指导教师", "指导老师", "导师", "指导人", "带教教师", "带教老师", "师傅",
})  # fmt: skip
SIGNER_LABELS = frozenset(
    {"校长", "校长签名", "校长签字", "负责人", "学科", "学段学科", "年级学科", "学科年级", "班级", "课题", "基地校"}
)
_SPLIT = re.compile(r"[\s\u3000、,，·]+")
_WORDS_OF_FILES = re.compile(
    r"老师|同志|教师|学员|的|跟岗|研修|教学|教育|反思|总结|报告|计划|规划|方案|请假条?|鉴定书?|指导|心得|体会|行动研究|个人|专业|发展|学习|语文|数学|英语|物理|化学|生物|政治|"
    r"历史|地理|小学|初中|中学|最终版?|终版|修改版?|定稿|初稿|电子版|附件|提交|上交|材料"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A value that the paper states. sure: it says what it is; paragraph: where it stands, None for a file's name."""

    value: str
    sure: bool
    paragraph: Paragraph | None = None


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a text, of which school, on which day. others: further names found there; named: in the file's name."""

    name: Said | None = None
    school: Said | None = None
    day: Said | None = None
    others: tuple[str, ...] = ()
    named: str = ""


def author_of(outline: Outline, named: str, name_labels: frozenset[str], school_labels: frozenset[str]) -> Author:
    """The author of a text. named: path of the file; name_labels, school_labels: squeezed, as this form has them."""
    names = [*_labelled(outline.labelled, name_labels), *_signed_names(outline.signed)]
    schools = [*_labelled(outline.labelled, school_labels), *_signed_schools(outline.signed)]
    days = [*_labelled(outline.labelled, DATE_LABELS), *_signed_days(outline)]
    filed = names_in_path(named)
    first = next((one for one in names if one.sure), names[0] if names else None)
    if first is not None and not first.sure and plain_name(first.value) in filed:
        first = Said(first.value, True, first.paragraph)  # the paper and its file say the same
    if first is None and len(filed) == 1:
        first = Said(filed[0], False)
    others = {one.value for one in names if first and name_skeleton(one.value) != name_skeleton(first.value)}
    return Author(
        first, _one(schools), _one(days), tuple(sorted(others)), next((name for name in filed), "")
    )  # fmt: skip


def names_in_path(named: str) -> tuple[str, ...]:
    """Names in the name of a file or its folders, once what schools and papers are called is taken out."""
    found: list[str] = []
    for part in reversed(re.split(r"[/\\!]", named)):
        text = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", part)
        text = SCHOOL.sub(" ", text) if not is_name(text) else text
        for piece in re.split(rf"[^{HAN}·]+", _WORDS_OF_FILES.sub(" ", text)):
            name = plain_name(piece)
            if is_name(name) and name not in found:
                found.append(name)
    return tuple(found)


def _one(found: Sequence[Said]) -> Said | None:
    """The first; unsure where the paper says two different things."""
    if not found:
        return None
    same = len({squeezed(one.value) for one in found}) == 1
    return Said(found[0].value, found[0].sure and same, found[0].paragraph)


def _labelled(pairs: Sequence[Labelled], labels: frozenset[str]) -> list[Said]:
    return [
        Said(text_normal(pair.value), pair.place.sure, pair.place) for pair in pairs if squeezed(pair.label) in labels
    ]


def _signed_names(lines: Sequence[Paragraph]) -> list[Said]:
    """Names in lines of schools, names and days; one beside a school is certain."""
    found = []
    for line in lines:
        rest = bare_of_days(line.text)
        school = _school_in(rest)
        left = (rest.replace(school, " ") if school else rest).strip(" \u3000()（）,，、:：")
        together = re.sub(r"[\s\u3000]", "", left)
        names = [together] if is_name(together) else [name for name in _SPLIT.split(left) if is_name(name)]
        found += [Said(text_normal(name), bool(school) and len(names) == 1 and line.sure, line) for name in names]
    return found


def _signed_schools(lines: Sequence[Paragraph]) -> list[Said]:
    found = [(line, _school_in(bare_of_days(line.text))) for line in lines]
    return [Said(text_normal(school), line.sure, line) for line, school in found if school]


def _school_in(text: str) -> str:
    """The school that a line names; the longest reading, since 张村镇中心学校小学部 goes on."""
    match = SCHOOL.match(text.strip(" \u3000(（"))
    if match is None:
        return ""
    rest = text.strip(" \u3000(（")[match.end() :]
    more = SCHOOL.match(rest)
    return match[0] + (more[0] if more and not re.match(r"[\s\u3000]", rest) else "")


def _signed_days(outline: Outline) -> list[Said]:
    """Days in signature lines; under the text only those of its author, not of who approved it afterwards."""
    lines = outline.signed
    return [
        Said(day, line.sure and parse("date", day).state == "value", line)
        for line in lines
        for day in days_in(line.text)
    ]


def labels_said(pairs: Sequence[Labelled]) -> Mapping[str, Labelled]:
    """Label -> what stands behind it, of labels that stand there once."""
    counts: dict[str, list[Labelled]] = {}
    for pair in pairs:
        counts.setdefault(squeezed(pair.label), []).append(pair)
    return {label: found[0] for label, found in counts.items() if len(found) == 1}
