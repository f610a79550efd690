"""考核细则 as a workbook, written and read back: a row for each item of the rubric.

Who changes the rubric sees words; the file keeps its own. What is left out of the workbook leaves the rubric, what is
added joins it; whether it all adds up is said by the scheme file's own check.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import get_args

from gengang.errors import SchemeError
from gengang.papers.words import plain_name
from gengang.points import plain
from gengang.scheme import Item, ItemRule, Scheme
from gengang.schemeplaces import in_toml, with_part, with_value, without_part
from gengang.workbook import Column, Line, lines_of, sheets_of, workbook_bytes

SHEET = "考核细则"
RULES: Mapping[ItemRule, str] = {
    "attendance": "按出勤", "count": "按记录数", "lessons": "按上课节数", "papers": "按材料份数", "judged": "由人评",
}  # fmt: skip
_NUMBERS = ("max", "each", "at_most", "judged_max")
COLUMNS = (
    Column("id", ("编号",), needed=True),
    Column("name", ("项目", "考核项目"), needed=True),
    Column("max", ("分值",), needed=True),
    Column("rule", ("计分办法",), needed=True, choices=tuple(RULES.values())),
    Column("measure", ("数什么",)),
    Column("each", ("每次得分",)),
    Column("at_most", ("最多计几次",)),
    Column("judged_max", ("其中由人评",)),
    Column("assessor", ("谁评",), choices=("指导教师", "基地校", "教师进修学校")),
    Column("evidence", ("依据材料",)),
    Column("register", ("登记表栏目",), needed=True),
    Column("clause", ("条款",), needed=True),
)
_ORDER = ("id", "name", "max", "rule", "measure", "each", "at_most", "judged_max", "assessor", "register", "evidence",
          "clause")  # fmt: skip
Values = Mapping[str, str | Decimal | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Names:
    """What measures and forms are called in the workbook."""

    measures: Mapping[str, str]
    forms: Mapping[str, str]


def rubric_book(scheme: Scheme) -> bytes:
    """The rubric as an .xlsx."""
    names = _names_of(scheme)
    return workbook_bytes({SHEET: (COLUMNS, [_row(item, names) for item in scheme.items])})


def _names_of(scheme: Scheme) -> _Names:
    return _Names(
        {one.measure: one.name for one in scheme.in_all},
        {one.form: plain_name(one.name) for one in scheme.documents if one.form},
    )


def _row(item: Item, names: _Names) -> dict[str, str]:
    numbers = {name: plain(getattr(item, name)) if getattr(item, name) else "" for name in _NUMBERS}
    return {
        "id": item.id, "name": item.name, "rule": RULES[item.rule],
        "measure": names.measures.get(item.measure or "", item.measure or ""), "assessor": item.assessor,
        "evidence": "、".join(names.forms.get(form, form) for form in item.evidence), "register": item.register,
        "clause": item.clause, **numbers,
    }  # fmt: skip


def text_with_rubric(text: str, scheme: Scheme, data: bytes) -> str:
    """The scheme file with the rubric of a workbook. scheme: what the text says.

    Raises RosterError for a file that is no workbook, SchemeError with every fault of its rows.
    """
    rows = _rows_in(data, _names_of(scheme))
    there = {item.id: _values(item) for item in scheme.items}
    for values in rows:
        id = str(values["id"])
        text = _changed(text, id, there[id], values) if id in there else with_part(text, "item", _lines(values))
    for id in there.keys() - {str(values["id"]) for values in rows}:
        text = without_part(text, "item", id)
    return text


def _rows_in(data: bytes, names: _Names) -> list[Values]:
    found = sheets_of("考核细则.xlsx", data)
    name = SHEET if SHEET in found else next(iter(found))
    lines, faults = lines_of(name, found[name], COLUMNS)
    made = [(line, dict(_typed(line, names))) for line in lines]
    faults += [fault for line, values in made for fault in _faults(line, values)]
    if faults or not made:
        raise SchemeError("考核细则不能用：", tuple(faults) or ("没有考核项目",))
    return [{name: value for name, value in values.items() if value != ""} for _, values in made]


def _typed(line: Line, names: _Names) -> Iterator[tuple[str, str | Decimal | tuple[str, ...]]]:
    rules = {word: rule for rule, word in RULES.items()}
    measures, forms = ({word: own for own, word in known.items()} for known in (names.measures, names.forms))
    for column in COLUMNS:
        text = line[column.field].strip()
        if column.field in _NUMBERS:
            yield column.field, _number(text) if text else ""
        elif column.field == "rule":
            yield column.field, rules.get(text, text)
        elif column.field == "measure":
            yield column.field, measures.get(text, text)
        elif column.field == "evidence":
            yield column.field, tuple(forms.get(one, one) for one in _listed(text))
        else:
            yield column.field, text


def _number(text: str) -> Decimal | str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return number if number.is_finite() and number >= 0 else text


def _listed(text: str) -> Iterable[str]:
    return (one for one in text.replace("，", "、").replace(",", "、").split("、") if one)


def _faults(line: Line, values: Values) -> Iterator[str]:
    labels = {column.field: column.labels[0] for column in COLUMNS}
    for column in COLUMNS:
        value = values[column.field]
        if column.needed and value == "":
            yield line.fault(labels[column.field], "空着")
        elif column.field in _NUMBERS and isinstance(value, str) and value:
            yield line.fault(labels[column.field], f"应为数，现在是“{value}”")
    if values["rule"] not in (*get_args(ItemRule), ""):
        yield line.fault(labels["rule"], f"应是{'、'.join(RULES.values())}之一，现在是“{values['rule']}”")


# --- into the file -----------------------------------------------------------------------------------------------


def _values(item: Item) -> Values:
    """What the file may say of an item; what stands there by default is left out."""
    every: dict[str, str | Decimal | tuple[str, ...]] = {
        "id": item.id, "name": item.name, "max": item.max, "rule": item.rule, "measure": item.measure or "",
        "each": item.each, "at_most": item.at_most, "judged_max": item.judged_max, "assessor": item.assessor,
        "evidence": item.evidence, "register": item.register, "clause": item.clause,
    }  # fmt: skip
    return {name: value for name, value in every.items() if value not in ("", Decimal(0)) or name == "max"}


def _changed(text: str, id: str, old: Values, new: Values) -> str:
    """Line by line where the same lines are set; a part that gains or loses one is written anew."""
    new = {name: value for name, value in new.items() if value != Decimal(0) or name == "max"}
    if old == new:
        return text
    if old.keys() == new.keys():
        for name, value in new.items():
            if value != old[name]:
                text = with_value(text, f"item {id}.{name}", in_toml(value))
        return text
    return with_part(without_part(text, "item", id), "item", _lines(new))


_NEEDED: Mapping[str, tuple[str, ...]] = {
    "judged": ("judged_max",),
    "papers": ("each", "at_most", "judged_max"),
    "lessons": ("each", "at_most", "judged_max"),
}


def _lines(values: Values) -> Sequence[str]:
    needed = _NEEDED.get(str(values.get("rule")), ("each", "at_most"))
    whole: dict[str, str | Decimal | tuple[str, ...]] = {name: Decimal(0) for name in needed}
    whole |= values
    whole.setdefault("evidence", ())
    return [f"{name} = {in_toml(whole[name])}" for name in _ORDER if name in whole]
