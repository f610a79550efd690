"""Aspects: of which of the scheme's six matters (C-01) and kinds of activity (C-02) a log tells; tags, never a test."""

import re
from collections.abc import Callable, Iterable, Mapping

from gengang.codecs import Value
from gengang.submission import Paper

# C-01, by the words in which people write of them.
ASPECTS: Mapping[str, re.Pattern[str]] = {
    "教学设计": re.compile(r"教学设计|备课|教案|学情|教学目标|重难点|重点难点|教材分析|单元设计|环节设计|导入设计"),
    "听课评课": re.compile(r"听课|评课|观课|听评课|课后评议|评议|同课异构"),
    "教学过程与方法": re.compile(
        r"教学过程|教学方法|教学环节|小组合作|合作学习|探究|启发|提问|追问|情境|引导|自主学习"
    ),
    "教学手段": re.compile(r"教学手段|多媒体|课件|信息技术|白板|微课|投影|实验器材|教具|学具|视频|希沃|网络"),
    "教学评价": re.compile(r"教学评价|评价|表扬|激励|反馈|作业批改|检测|过关|当堂练习|测验"),
    "教学反思": re.compile(r"反思|不足|改进|遗憾|再教|重建|差距|反省"),
}
# C-02, by the kind and topic of a row, and what is told of it.
STAGES: Mapping[str, re.Pattern[str]] = {
    "备课": re.compile(r"备课|教学设计"),
    "上课": re.compile(r"上课|授课|研究课|汇报课|执教|试讲"),
    "说课": re.compile(r"说课"),
    "评课": re.compile(r"评课|评议|议课|听评课"),
    "班级活动": re.compile(r"班级活动|班会|队会|团会|第二课堂|班级管理|班主任"),
}


def aspects_of(logs: Iterable[Paper]) -> dict[str, int]:
    """Of how many logs each aspect is told, by what the writer says in them and did that day."""
    return _tagged(ASPECTS, logs, _all_words)


def stages_of(logs: Iterable[Paper]) -> dict[str, int]:
    """In how many logs each kind of activity stands, by kind and topic of their rows."""
    return _tagged(STAGES, logs, _row_words)


def _tagged(
    tags: Mapping[str, re.Pattern[str]], logs: Iterable[Paper], words_of: Callable[[Paper], str]
) -> dict[str, int]:
    texts = [words_of(paper) for paper in logs]
    return {tag: sum(words.search(text) is not None for text in texts) for tag, words in tags.items()}


def _all_words(paper: Paper) -> str:
    return "\n".join((*_texts(paper.submission.values, ("gains", "questions")), _row_words(paper)))


def _row_words(paper: Paper) -> str:
    rows = paper.submission.rows("activities")
    return "\n".join(text for row in rows for text in _texts(row, ("kind", "topic")))


def _texts(row: Mapping[str, Value | None], names: Iterable[str]) -> list[str]:
    return [value for name in names if isinstance(value := row.get(name), str)]
