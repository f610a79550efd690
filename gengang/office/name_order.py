"""The order of printed lists of people: 小学 before 初中, subjects as in the scheme, schools' order, then names.

People of one school, stage and subject stand by the strokes or by the sound of their names, as the office chose.
"""

from collections.abc import Iterable
from typing import Any

from gengang.characters import characters
from gengang.meetings import NameOrder
from gengang.papers.draft import list_order
from gengang.roster import Person, Roster
from gengang.scheme import Scheme

_UNKNOWN_STROKES, _UNKNOWN_SOUND = 99, "~"
# Surnames that sound otherwise than the character does elsewhere.
_AS_SURNAME = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "区": "ou", "查": "zha", "朴": "piao", "盖": "ge",
    "种": "chong", "召": "shao", "尉": "yu", "乐": "yue", "员": "yun", "任": "ren", "华": "hua", "缪": "miao",
}  # fmt: skip
RULE = "排序：小学在前、初中在后，学科按方案次序，学校按学校一览表次序，同校同学科的按姓名{order}。"


def in_list_order(people: Iterable[Person], roster: Roster, scheme: Scheme, order: NameOrder) -> tuple[Person, ...]:
    """People in the order of the showcase's lists."""
    return list_order(people, roster, scheme.participants.subjects, lambda name: name_key(name, order))


def name_key(name: str, order: NameOrder) -> tuple[tuple[Any, ...], str]:
    """What a name is sorted by: the strokes, or the sound, of one character after the other."""
    table = characters()
    parts: list[Any] = []
    for place, letter in enumerate(name):
        known = table.get(letter)
        if order == "笔画":
            parts.append(known.strokes if known and known.strokes else _UNKNOWN_STROKES)
        elif place == 0 and letter in _AS_SURNAME:
            parts.append(_AS_SURNAME[letter])
        else:
            parts.append(min(known.sounds) if known and known.sounds else _UNKNOWN_SOUND)
    return tuple(parts), name
