"""A task, a document or a certificate more or less in a scheme file, with what else has to follow.

A part that goes is no longer what a clause's or a question's switch names: the switch loses it, and a question that
asked of nothing else goes too. Whatever else rests on it is a fault of the file, and told as one.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from gengang.errors import WorkspaceError
from gengang.schemefile import scheme_from_toml, values_of_toml
from gengang.schemeplaces import in_toml, places_of, with_part, with_value, without_part

PARTS: Mapping[str, str] = {"requirement": "任务", "document": "材料", "certificate": "证书"}
_PREFIX = {"requirement": "TASK", "document": "DOC", "certificate": "CERT"}
_NEEDED = {
    "requirement": ("name", "measure", "need", "unit", "clause"),
    "document": ("name", "owed_by", "per", "need", "copies", "clause"),
    "certificate": ("name", "given_to", "series", "number", "key", "wording", "seals", "clause"),
}
_MORE = {
    "requirement": ("per", "severity"),
    "document": ("form", "due", "receivers"),
    "certificate": (),
}
_NUMBERS = frozenset(("need", "copies"))
_LISTS = frozenset(("receivers", "seals"))
_WORDS = {
    "name": "名称", "measure": "数什么", "need": "要几份", "unit": "单位", "clause": "依据的条款", "owed_by": "谁交",
    "per": "按什么算", "copies": "一式几份", "given_to": "发给谁", "series": "编号序列", "number": "编号",
    "key": "登记号", "wording": "证书文字", "seals": "盖章单位",
}  # fmt: skip


def with_new_part(text: str, kind: str, said: Mapping[str, str]) -> str:
    """The file with a part more. said: key -> as typed; a list's members are parted by 、.

    Raises WorkspaceError for another kind, for what has to be said and is not, and for a number that is none.
    """
    if kind not in PARTS:
        raise WorkspaceError("这一类不能在这里增加。")
    typed = {key: said.get(key, "").strip() for key in (*_NEEDED[kind], *_MORE[kind])}
    lacking = [_WORDS[key] for key in _NEEDED[kind] if not typed[key]]
    if lacking:
        raise WorkspaceError(f"请写明{'、'.join(lacking)}。")
    if any(not letter.isprintable() for value in typed.values() for letter in value):
        raise WorkspaceError("内容里不能有换行或控制字符。")
    lines = [f"id = {in_toml(_free_id(text, kind))}", *_lines(kind, typed)]
    return with_part(text, kind, lines)


def _lines(kind: str, typed: Mapping[str, str]) -> Iterator[str]:
    for key, value in typed.items():
        if key in _NUMBERS:
            yield f"{key} = {in_toml(_number(key, value))}"
        elif key in _LISTS and value:
            yield f"{key} = {in_toml([one.strip() for one in value.split('、') if one.strip()])}"
        elif key == "due" and value:
            yield f"due = {value if value[:1].isdigit() else in_toml(value)}"
        elif value:
            yield f"{key} = {in_toml(value)}"
    if kind == "requirement" and not typed["severity"]:
        yield 'severity = "warn"'
    if kind != "certificate":
        yield f"tracked = {'true' if typed.get('form', typed.get('measure')) else 'false'}"


def _number(key: str, value: str) -> Decimal:
    try:
        return Decimal(value)
    except InvalidOperation as fault:
        raise WorkspaceError(f"{_WORDS[key]}应是数字，现在是“{value}”。") from fault


def _free_id(text: str, kind: str) -> str:
    """An id that no part of the kind has; numbers go on behind the highest."""
    taken = {id for id, _ in parts_in(text)[kind]}
    prefix = _PREFIX[kind]
    numbers = [int(one.removeprefix(prefix)) for one in taken
               if one.startswith(prefix) and one.removeprefix(prefix).isdigit()]  # fmt: skip
    return f"{prefix}{max(numbers, default=0) + 1}"


def without_old_part(text: str, kind: str, id: str) -> str:
    """The file with a part less. Raises WorkspaceError where there is none of the kind and id."""
    if kind not in PARTS:
        raise WorkspaceError("这一类不能在这里去掉。")
    scheme, left = scheme_from_toml(text), without_part(text, kind, id)
    for clause in scheme.clauses:
        still = _still(clause.switch, kind, id)
        if still != clause.switch:
            left = with_value(left, f"clause.{clause.id}.switch", f'"{still}"')
    for question in scheme.questions:
        still = _still(question.switch, kind, id)
        if still != question.switch:
            left = with_value(left, f"question {question.id}.switch", f'"{still}"') if still else (
                without_part(left, "question", question.id))  # fmt: skip
    return left


def _still(switch: str, kind: str, id: str) -> str:
    """A switch without what names a part."""
    named = places_of(switch)
    kept = [place for place in named if place.partition(".")[0] != f"{kind} {id}"]
    return switch if len(kept) == len(named) else "、".join(kept)


def parts_in(text: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Kind -> id and name of each part that may go."""
    values: Mapping[str, Any] = values_of_toml(text)
    return {kind: tuple((str(one["id"]), str(one["name"])) for one in values.get(kind, ())) for kind in PARTS}
