"""Labels that mean the same field: a table in a file that an office may extend, read with all its faults.

A group holds words that stand for one another on every form. Which of them pairs a label with a field is the readers'
business; this module knows the file alone.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gengang.sheet import squeezed

FILE_NAME = "synonyms.toml"
_EXAMPLE = '["姓名", "学员姓名"]'
_LINE = re.compile(r"\(at line (\d+)")

Group = frozenset[str]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """groups: words as they are compared, `squeezed`, none in two groups; faults: what is wrong, with its place."""

    groups: tuple[Group, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()


def synonyms_of(text: str) -> Synonyms:
    """The table that a file's text holds; what is faulty is left out and told."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        line = _LINE.search(str(fault))
        place = f"第{line[1]}行" if line else "文件末尾"
        return Synonyms((), ((place, f"写法有误，读不懂；每一组写成 {_EXAMPLE} 的样子，组间用逗号隔开。"),))
    groups: list[Group] = []
    faults = [(_place_of(key, text), f"不认识“{key}”，这里只有 groups 一项。") for key in found if key != "groups"]
    listed = found.get("groups", [])
    if not isinstance(listed, list):
        faults.append((_place_of("groups", text), f"groups 应是一组一组的词，如 groups = [{_EXAMPLE}]。"))
        return Synonyms((), tuple(faults))
    for number, group in enumerate(listed, 1):
        wrong = list(_faults_of_group(group, number, groups, text))
        faults += wrong
        if not wrong:
            groups.append(frozenset(map(squeezed, group)))
    return Synonyms(tuple(groups), tuple(faults))


def _faults_of_group(group: object, number: int, known: Sequence[Group], text: str) -> Iterator[tuple[str, str]]:
    where = f"第{number}组"
    if not isinstance(group, list) or not all(isinstance(word, str) for word in group):
        yield where, f"一组应是加引号的词，如 {_EXAMPLE}。"
        return
    words = [squeezed(word) for word in group]
    if len(set(words)) < 2:
        yield where, "一组至少要有两个不同的词。"
    for at, (word, written) in enumerate(zip(words, group, strict=True)):
        place = f"{where} {_place_of(written, text)}".strip()
        if not word:
            yield place, "有一个空白的词，请删去或补上。"
        elif word in words[:at]:
            yield place, f"“{written}”在这一组里写了两次，请删去一个。"
        if any(word in other for other in known):
            yield place, f"“{written}”已在前面另一组里；一个词只能在一组，否则分不清是哪一栏。"


def _place_of(word: str, text: str) -> str:
    """The line where a word stands first."""
    at = text.find(word) if word.strip() else -1
    return f"第{text.count(chr(10), 0, at) + 1}行" if at >= 0 else ""


def joined(tables: Sequence[Synonyms]) -> tuple[Group, ...]:
    """The groups of several files as one table: groups that share a word are one."""
    groups: list[Group] = []
    for group in (group for table in tables for group in table.groups):
        touching = [one for one in groups if one & group]
        groups = [one for one in groups if not one & group]
        groups.append(group.union(*touching))
    return tuple(groups)
