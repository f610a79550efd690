"""What holds between the parts of a scheme: clauses that are quoted, points that add up, days in their order."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from gengang.scheme import COUNTED, Scheme
from gengang.schemeplaces import places_of, value_at


def contradictions(scheme: Scheme, values: Mapping[str, Any]) -> list[str]:
    """Every fault of a scheme whose parts are each well written; sentences with their place, in Chinese.

    values: the file's, in which each switch has to be.
    """
    return [
        *_unknown_clauses(scheme),
        *_doubled("item", [one.id for one in scheme.items]),
        *_doubled("requirement", [one.id for one in scheme.requirements]),
        *_doubled("document", [one.id for one in scheme.documents]),
        *_doubled("event", [one.id for one in scheme.events]),
        *_unknown_insides(scheme),
        *_unknown_measures(scheme),
        *_unknown_phases(scheme),
        *_paper_faults(scheme),
        *(_points_faults(scheme) if scheme.evaluation.kind == "points" else ()),
        *_date_faults(scheme),
        *_switch_faults(scheme, values),
    ]


def _unknown_clauses(scheme: Scheme) -> list[str]:
    known = {clause.id for clause in scheme.clauses}
    return [f"{place}.clause：没有条款“{clause}”" for place, clause in _named_clauses(scheme) if clause not in known]


def _named_clauses(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Place and clause of each part that has to name one, and of what names one although it need not."""
    for kind, parts in (
        ("requirement", scheme.requirements), ("item", scheme.items), ("document", scheme.documents),
        ("certificate", scheme.certificates), ("event", scheme.events), ("phase", scheme.phases),
    ):  # fmt: skip
        yield from ((f"{kind} {one.id}", one.clause) for one in parts)
    yield from ((f"support[{number}]", one.clause) for number, one in enumerate(scheme.support, 1))
    for place, clause in (
        ("participants", scheme.participants.clause), ("evaluation", scheme.evaluation.clause),
        ("bulletins", scheme.bulletins.clause), ("commendation", scheme.commendation.clause),
        ("roll_up", scheme.roll_up.clause),
    ):  # fmt: skip
        if clause:
            yield place, clause


def _doubled(kind: str, ids: Iterable[str]) -> list[str]:
    return [f"{kind} {id}：编号重复" for id, times in Counter(ids).items() if times > 1]


def _unknown_measures(scheme: Scheme) -> list[str]:
    known = {*COUNTED, *(one.form for one in scheme.documents if one.form)}
    named = [
        *((f"requirement {one.id}.measure", one.measure) for one in scheme.requirements),
        *((f"requirement {one.id}.within", one.within) for one in scheme.requirements if one.within),
        *((f"requirement {one.id}.any_of", way.measure) for one in scheme.requirements for way in one.alternatives),
        *((f"item {one.id}.measure", one.measure) for one in scheme.items if one.measure),
    ]
    words = "、".join(COUNTED)
    return [
        f"{place}：“{measure}”不是{words}之一，也不是 document 里的表式"
        for place, measure in named
        if measure not in known
    ]


def _switch_faults(scheme: Scheme, values: Mapping[str, Any]) -> Iterator[str]:
    named = [
        *((f"question {one.id}", one.switch) for one in scheme.questions),
        *((f"clause.{one.id}", one.switch) for one in scheme.clauses),
    ]
    for owner, switch in named:
        for place in places_of(switch):
            try:
                value_at(values, place)
            except (KeyError, TypeError):
                yield f"{owner}.switch：方案里没有“{place}”"


def _unknown_insides(scheme: Scheme) -> list[str]:
    return [f"document {one.id}.inside：document 里没有表式“{one.inside}”" for one in scheme.documents
            if one.inside and scheme.document(one.inside) is None]  # fmt: skip


def _unknown_phases(scheme: Scheme) -> list[str]:
    known = {one.id for one in scheme.phases}
    return [f"requirement {one.id}.phase：没有阶段“{one.phase}”" for one in scheme.requirements
            if one.phase and one.phase not in known]  # fmt: skip


def _paper_faults(scheme: Scheme) -> list[str]:
    faults = [
        f"document {one.id}.keepers：写了{len(one.keepers)}个保存单位，份数是{one.copies}"
        for one in scheme.documents
        if one.keepers and len(one.keepers) != one.copies
    ]
    form = scheme.evaluation.form
    if form and scheme.document(form) is None:
        faults.append(f"evaluation.form：document 里没有表式“{form}”")
    return faults


def _points_faults(scheme: Scheme) -> list[str]:
    faults = [
        f"item {one.id}.judged_max：{one.judged_max}大于分值{one.max}"
        for one in scheme.items
        if one.judged_max > one.max
    ]
    total = sum((one.max for one in scheme.items), Decimal(0))
    if total != 100:
        faults.append(f"item：各项分值合计{total}，应为100")
    unknown = sorted(set(scheme.outcomes.gate_items) - {one.id for one in scheme.items})
    faults += [f"outcomes.gate_items：没有考核项目“{id}”" for id in unknown]
    for key, mark in (("pass_at", scheme.evaluation.pass_at), ("excellent_at", scheme.evaluation.excellent_at)):
        if mark > total:
            faults.append(f"evaluation.{key}：{mark}高于总分{total}")
    if scheme.evaluation.excellent_share > 1:
        faults.append(f"evaluation.excellent_share：{scheme.evaluation.excellent_share}应为0到1之间的比例")
    return faults


def _date_faults(scheme: Scheme) -> list[str]:
    calendar, faults = scheme.calendar, []
    if _is_before(calendar.end, calendar.start):
        faults.append("calendar.end：早于开始日期")
    if _is_before(scheme.closing, calendar.end):
        faults.append("scheme.closing：早于研修结束日期")
    both = sorted(calendar.holidays & calendar.workdays)
    faults += [f"calendar：{day.isoformat()}既是休息日又是工作日" for day in both]
    for kind, parts in (("event", scheme.events), ("phase", scheme.phases)):
        faults += [f"{kind} {one.id}.end：早于开始日期" for one in parts if _is_before(one.end, one.start)]
    return faults


def _is_before(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day < other
