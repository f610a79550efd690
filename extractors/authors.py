"""Whose a running text is and of which day: from its author lines, and from the names of the file and its folders.

A name is certain when the paper says that it is one; the file's name only supports what the paper says.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from extractors.authorlabels import AuthorLabels
from extractors.outline import Outline, Signed
from extractors.running import Paragraph
from extractors.signatures import SCHOOL, day_of, is_whole_day
from gengang.codecs import HAN, text_normal
from gengang.names import name_skeleton, one_character_apart, plain_name
from gengang.sheet import squeezed
from gengang.surnames import is_name

_WORDS_OF_FILES = re.compile(
    r"老师|同志|教师|学员|的|跟岗|研修|教学|教育|反思|总结|报告|计划|规划|方案|请[病事]?假条?|[病事公]假条?|鉴定[书表]?|指导|心得|体会|行动研究|个人|"
    r"专业|发展|成长|学习|语文|数学|英语|物理|化学|生物|政治|历史|地理|小学|初中|中学|高中|最终版?|终[版稿]|国培|省培|线上|修改版?|定稿|初稿|电子版|附件|提交|上交|"
    r"材料|成果|高效|课堂|常规|班级|活动|文件|文档|汇总|新建|平安|安全|任务|时间|方法|表述|基地校?"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A value that the paper states. sure: it says what it is; paragraph: where it stands, None for a file's name."""

    value: str
    sure: bool
    paragraph: Paragraph | None = None


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a text, of which school, on which day; named: names in the file's name."""

    name: Said | None = None
    school: Said | None = None
    day: Said | None = None
    named: tuple[str, ...] = ()


def author_of(
    outline: Outline, labels: AuthorLabels, named: str, also: Collection[str] = (), not_names: Collection[str] = ()
) -> Author:
    """The author of a text.

    named: path of the file; also: further labels of the author in this kind; not_names: of somebody else.
    """
    names = [one for line in outline.signed for one in _names(line, labels, also, not_names)]
    schools = [one for line in outline.signed for one in _schools(line, labels)]
    days = [one for line in outline.signed for one in _days(line, labels)]
    filed = names_in_path(named.replace(outline.heading, " ") if outline.heading else named)
    first = next((one for one in names if one.sure), names[0] if names else None)
    near = first is not None and any(one_character_apart(one, first.value) for one in filed)
    if first is not None and not first.sure and (first.value in filed or first.value in named):
        first = Said(first.value, True, first.paragraph)  # the paper and its file say the same
    other = first is not None and bool(filed) and first.value not in filed
    if first is not None and (near or other or _contradicted(first, names)):
        first = Said(first.value, False, first.paragraph)
    if first is None and len(filed) == 1:
        first = Said(filed[0], False)
    school = _one(schools) or next((Said(one, False) for one in schools_in_path(named)), None)
    return Author(first, school, _one(days), filed)


def _contradicted(first: Said, names: Sequence[Said]) -> bool:
    """Another name over or under the text, which may be the author's as well."""
    return any(name_skeleton(one.value) != name_skeleton(first.value) for one in names)


def _one(found: Sequence[Said]) -> Said | None:
    """The first; unsure where the paper says two different things."""
    if not found:
        return None
    same = len({squeezed(one.value) for one in found}) == 1
    return Said(found[0].value, found[0].sure and same, found[0].paragraph)


def _names(line: Signed, labels: AuthorLabels, also: Collection[str], not_names: Collection[str]) -> list[Said]:
    """Names in a line; one behind a label, or the only one beside a school, is certain."""
    at, says = line.paragraph, line.says
    found = [_labelled_name(value, at) for label, value in says.labelled
             if label in also or (labels.is_name(label) and label not in not_names)]  # fmt: skip
    beside = bool(says.schools) and len(says.names) == 1 and at.sure
    unusual = [Said(says.unusual, False, at)] if says.unusual else []
    return [*found, *(Said(name, beside, at) for name in says.names), *unusual]


def _labelled_name(value: str, at: Paragraph) -> Said:
    """The name behind a label, without the school before it or in brackets behind it."""
    value = re.sub(r"[(（][^()（）]*[)）]$", "", value.strip()) or value
    plain = plain_name(value)
    rest = plain_name(SCHOOL.sub("", value, count=1))
    name = rest if rest != plain and is_name(rest) else plain
    return Said(
        text_normal(name), at.sure and (is_name(name) or re.fullmatch(rf"[{HAN}]{{2,3}}", name) is not None), at
    )


def _schools(line: Signed, labels: AuthorLabels) -> list[Said]:
    at, says = line.paragraph, line.says
    found = [value for label, value in says.labelled if label in labels.school]
    found += [match[0] for label, value in says.labelled if labels.is_name(label) and (match := SCHOOL.match(value))]
    labelled = [Said(text_normal(one), at.sure, at) for one in found]
    sealed = [Said(text_normal(value), at.sure, at) for label, value in says.labelled if label.endswith(("章)", "章"))]
    return [
        *labelled,
        *sealed,
        *(Said(text_normal(one), at.sure and len(says.schools) == 1, at) for one in says.schools),
    ]


def _days(line: Signed, labels: AuthorLabels) -> list[Said]:
    at, says = line.paragraph, line.says
    found = [value for label, value in says.labelled if label in labels.day] + [*says.days]
    days = [(day_of(one), one) for one in found]
    return [Said(day or whole, at.sure and is_whole_day(day), at) for day, whole in days]


# --- the file's name ---


def names_in_path(named: str) -> tuple[str, ...]:
    """Names in the name of a file or its folders, once what schools and papers are called is taken out."""
    found: list[str] = []
    for part in reversed(re.split(r"[/\\!]", named)):
        text = re.sub(r"《[^》]*》|“[^”]*”", " ", re.sub(r"\.[A-Za-z0-9]{1,5}$", "", part))
        for piece in re.split(rf"[^{HAN}·]+", text):
            words = _WORDS_OF_FILES.sub(" ", SCHOOL.sub(" ", piece))
            rest = plain_name(words)
            found += [name for name in ([rest] if is_name(rest) else words.split()) if is_name(name)]
    return tuple(dict.fromkeys(found))


def schools_in_path(named: str) -> tuple[str, ...]:
    """Schools in the name of a file or its folders, the nearest first."""
    parts = reversed(re.split(r"[/\\!]", named))
    return tuple(match[0] for part in parts for match in SCHOOL.finditer(part) if len(match[0]) > 2)


def labels_said(signed: Sequence[Signed]) -> Mapping[str, tuple[str, Paragraph]]:
    """Label -> what stands behind it and where, of labels that stand there once."""
    found: dict[str, list[tuple[str, Paragraph]]] = {}
    for line in signed:
        for label, value in line.says.labelled:
            found.setdefault(label, []).append((value, line.paragraph))
    return {label: values[0] for label, values in found.items() if len(values) == 1}
