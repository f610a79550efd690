"""The labels that stand over and under a text: of its author, of school and day, and of whom else it names.

Words that mean the same come from the synonyms that the forms are read with. Here stands one word of each such group,
and what only writers of prose put there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from gengang.form import Form
from gengang.labels import labels_of
from gengang.sheet import squeezed


@dataclass(frozen=True, slots=True)
class AuthorLabels:
    """Labels by what stands behind them, each `squeezed`.

    name, school, day: of the author and the day of writing. mentor, base, period, topic: of the mentor, the base
    school, the weeks of study and the lesson. other: known as labels, and of nothing that every text has.
    """

    name: frozenset[str]
    school: frozenset[str]
    day: frozenset[str]
    mentor: frozenset[str]
    base: frozenset[str]
    period: frozenset[str]
    topic: frozenset[str]
    other: frozenset[str]

    def is_name(self, label: str) -> bool:
        """Whether what stands behind a label is its author: 反思人, 您的学员."""
        own = label in self.name or label.endswith(_NAME_ENDS)
        return own and label not in self.mentor

    def knows(self, label: str) -> bool:
        """Whether a word is a label at all."""
        return self.is_name(label) or any(label in words for words in _groups_of(self))


_NAME_ENDS = ("学员", "撰写人", "请假人", "申请人", "反思人", "计划人", "执笔")
_OWN = AuthorLabels(
    name=frozenset({
        "姓名", "作者", "作者姓名", "撰写人", "撰写者", "撰稿人", "撰稿", "执笔", "执笔人", "报告人", "汇报人",
        "总结人", "反思人", "研究者", "请假人", "请假教师", "申请人", "申请者", "学员", "学员签名", "学员签字",
        "跟岗教师", "跟岗学员", "研修教师", "研修学员", "教师", "本人签名", "签名", "署名", "计划人", "规划人",
        "制定人",
    }),
    school=frozenset({"学校", "作者单位", "学员单位", "校名"}),
    day=frozenset({
        "日期", "时间", "报告日期", "撰写日期", "撰写时间", "完成时间", "完成日期", "写作时间", "填写日期", "申请日期",
        "申请时间", "反思时间", "反思日期", "制定日期", "制定时间", "年月日",
    }),
    mentor=frozenset({"指导教师"}),
    base=frozenset({"基地学校", "研修学校", "跟岗单位"}),
    period=frozenset({"研修时间"}),
    topic=frozenset({"课题", "题目", "主题", "研究课题", "课题/主题"}),
    other=frozenset({
        "校长", "校长签名", "校长签字", "负责人", "学科", "学段学科", "年级学科", "学科年级", "班级", "性别", "职称",
        "电话", "基地学校(公章)", "基地校(公章)", "学校(公章)", "学校(盖章)", "基地学校(盖章)", "公章", "盖章", "年级",
        "学段",
    }),
)  # fmt: skip


def _groups_of(labels: AuthorLabels) -> tuple[frozenset[str], ...]:
    return (labels.school, labels.day, labels.mentor, labels.base, labels.period, labels.topic, labels.other)


@lru_cache(maxsize=8)
def author_labels(forms: tuple[Form, ...]) -> AuthorLabels:
    """The labels of texts beside these forms: with the forms' synonyms, and with what the forms call their fields."""
    synonyms = tuple({group for form in forms for group in form.synonyms})
    printed = {squeezed(part) for form in forms for name, label in labels_of(form).items()
               if "." not in name for part in label.split("/")}  # fmt: skip
    own = _OWN
    return AuthorLabels(
        _with(own.name, synonyms), _with(own.school, synonyms), _with(own.day, synonyms), _with(own.mentor, synonyms),
        _with(own.base, synonyms), _with(own.period, synonyms), _with(own.topic, synonyms),
        _with(own.other, synonyms) | printed,
    )  # fmt: skip


def _with(words: frozenset[str], synonyms: Sequence[frozenset[str]]) -> frozenset[str]:
    return words.union(*(group for group in synonyms if group & words))
