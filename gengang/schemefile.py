"""The scheme file (TOML) to Scheme: every fault at once, each with its place such as `item[3].max`.

Longer than most files, since each kind of rule has its own short reader here.
"""

import string
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar, cast, get_args

from gengang.errors import SchemeError
from gengang.findings import Severity
from gengang.scheme import (
    Calendar,
    Certificate,
    Certified,
    Clause,
    Debtor,
    Discipline,
    Document,
    Eligibility,
    Event,
    Gate,
    Item,
    ItemRule,
    Measure,
    Organisation,
    Outcomes,
    Question,
    Requirement,
    Scheme,
    Signals,
)

_NEVER = date(1900, 1, 1)
_NUMBER_FIELDS = {"word", "region", "year", "number"}
_WORDING_FIELDS = {
    "name", "id_number", "start", "end", "county", "year", "stage_subject", "base_school", "tasks_done", "hours",
    "school", "trainees", "start_month", "end_month",
}  # fmt: skip


@dataclass(slots=True)
class _Table:
    """A TOML table being read: what is wrong is appended to `faults`, and reading goes on with a neutral value."""

    values: Mapping[str, object]
    place: str
    faults: list[str]
    taken: set[str] = field(default_factory=set)

    def fault(self, key: str, what: str) -> None:
        self.faults.append(f"{self.place}.{key}：{what}" if self.place else f"{key}：{what}")

    def _get(self, key: str, optional: bool = False) -> object:
        self.taken.add(key)
        if key not in self.values and not optional:
            self.fault(key, "缺少")
        return self.values.get(key)

    def text(self, key: str, optional: bool = False) -> str:
        value = self._get(key, optional)
        if isinstance(value, str):
            return value
        if value is not None:
            self.fault(key, "应为文字")
        return ""

    def number(self, key: str, optional: bool = False) -> Decimal:
        value = self._get(key, optional)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            if value is not None:
                self.fault(key, "应为数字")
            return Decimal(0)
        if value < 0:
            self.fault(key, "不能是负数")
        return Decimal(value)

    def whole(self, key: str) -> int:
        value = self.number(key)
        if value != int(value):
            self.fault(key, "应为整数")
        return int(value)

    def yes(self, key: str) -> bool:
        value = self._get(key)
        if value is not None and not isinstance(value, bool):
            self.fault(key, "应为 true 或 false")
        return value is True

    def day(self, key: str, optional: bool = False) -> date | None:
        value = self._get(key, optional)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if value is not None:
            self.fault(key, "应为日期，如 2016-09-01")
        return None

    def sure_day(self, key: str) -> date:
        return self.day(key) or _NEVER

    def days(self, key: str) -> frozenset[date]:
        value = self._get(key, optional=True)
        if value is None:
            return frozenset()
        if not isinstance(value, list) or not all(isinstance(one, date) for one in value):
            self.fault(key, "应为日期的列表")
            return frozenset()
        return frozenset(value)

    def texts(self, key: str, optional: bool = False) -> tuple[str, ...]:
        value = self._get(key, optional)
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        if value is not None:
            self.fault(key, "应为文字的列表")
        return ()

    def choice(self, key: str, words: Iterable[str], optional: bool = False) -> str:
        value, words = self.text(key, optional), tuple(words)
        if value and value not in words:
            self.fault(key, f"“{value}”不是{'、'.join(words)}之一")
        return value

    def table(self, key: str) -> "_Table":
        value = self._get(key)
        if value is not None and not isinstance(value, dict):
            self.fault(key, "应为一节")
        place = f"{self.place}.{key}" if self.place else key
        if isinstance(value, dict):
            return _Table(value, place, self.faults)
        # What a missing section would hold is not missing once more.
        return _Table({}, place, [])

    def tables(self, key: str) -> list["_Table"]:
        value = self._get(key)
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            if value is not None:
                self.fault(key, f"应写成若干 [[{key}]]")
            return []
        return [_Table(one, f"{key}[{number}]", self.faults) for number, one in enumerate(value, 1)]

    def done(self) -> None:
        for key in self.values:
            if key not in self.taken:
                self.fault(key, "不认识的项目，请检查拼写")


Made = TypeVar("Made")


def scheme_from_toml(text: str) -> Scheme:
    """The scheme that a TOML text writes.

    Raises SchemeError with every fault and its place: missing or unknown keys, wrong kinds, clauses nobody quotes,
    rubric rows that do not add up.
    """
    faults: list[str] = []
    root = _Table(_parsed(text), "", faults)
    scheme = _scheme(root)
    root.done()
    faults += _contradictions(scheme) if not faults else []
    if faults:
        raise SchemeError(f"方案文件有{len(faults)}处问题，请改正后再运行：", tuple(faults))
    return scheme


def _parsed(text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise SchemeError("方案文件不合 TOML 格式：", (str(error),)) from None


def _scheme(root: _Table) -> Scheme:
    head = root.table("scheme")
    made = Scheme(
        id=head.text("id"), title=head.text("title"), version=head.text("version"), source=head.text("source"),
        organisation=_organisation(root.table("organisation")), calendar=_calendar(root.table("calendar")),
        closing=head.sure_day("closing"), eligibility=_eligibility(root.table("eligibility")),
        requirements=tuple(map(_requirement, root.tables("requirement"))), items=tuple(map(_item, root.tables("item"))),
        discipline=_discipline(root.table("discipline")), outcomes=_outcomes(root.table("outcomes")),
        signals=_signals(root.table("signals")), documents=tuple(map(_document, root.tables("document"))),
        certificates=tuple(map(_certificate, root.tables("certificate"))),
        events=tuple(map(_event, root.tables("event"))), questions=tuple(map(_question, root.tables("question"))),
        clauses=_clauses(root.table("clause")),
    )  # fmt: skip
    head.done()
    return made


def _whole(table: _Table, made: Made) -> Made:
    table.done()
    return made


def _organisation(t: _Table) -> Organisation:
    return _whole(t, Organisation(
        t.text("county"), t.text("authority"), t.text("college"), t.text("base_school"), t.text("word"),
        t.text("region"),
    ))  # fmt: skip


def _calendar(t: _Table) -> Calendar:
    return _whole(t, Calendar(t.sure_day("start"), t.sure_day("end"), t.days("holidays"), t.days("workdays")))


def _eligibility(t: _Table) -> Eligibility:
    return _whole(t, Eligibility(
        t.sure_day("as_of"), t.whole("age_max"), t.yes("age_inclusive"), t.whole("years_min"),
        t.texts("title_levels"), _words(t.table("degrees")), _words(t.table("subjects")), t.yes("rural_only"),
    ))  # fmt: skip


def _words(t: _Table) -> dict[str, tuple[str, ...]]:
    return {key: t.texts(key) for key in t.values}


def _requirement(t: _Table) -> Requirement:
    return _whole(t, Requirement(
        t.text("id"), t.text("name"), cast(Measure, t.choice("measure", get_args(Measure))), t.number("need"),
        t.text("unit"), t.text("clause"), cast(Severity, t.choice("severity", get_args(Severity))),
        t.yes("tracked"),
    ))  # fmt: skip


def _item(t: _Table) -> Item:
    rule = cast(ItemRule, t.choice("rule", get_args(ItemRule)))
    counted = rule in ("attendance", "count", "lessons", "papers")
    measure = t.choice("measure", get_args(Measure), optional=rule != "count")
    return _whole(t, Item(
        t.text("id"), t.text("name"), t.number("max"), rule, t.text("clause"), t.text("register"),
        t.texts("evidence"), cast(Measure, measure) if measure else None, t.number("each", optional=not counted),
        t.number("at_most", optional=not counted), t.number("judged_max", optional=rule in ("attendance", "count")),
        t.text("assessor", optional=rule in ("attendance", "count")),
    ))  # fmt: skip


def _discipline(t: _Table) -> Discipline:
    return _whole(t, Discipline(t.number("bonus"), t.number("unexcused_half_day"), t.number("late_or_early")))


def _outcomes(t: _Table) -> Outcomes:
    return _whole(t, Outcomes(
        t.number("pass_at"), t.whole("hours_trainee"), t.whole("hours_mentor"), t.number("withhold_unexcused_at"),
        cast(Gate, t.choice("gate_on_missing_tasks", get_args(Gate))), t.texts("gate_items"),
        t.number("gate_lessons_heard"),
    ))  # fmt: skip


def _signals(t: _Table) -> Signals:
    return _whole(
        t, Signals(t.whole("lessons_a_day"), t.number("late_share_of_days"), t.number("late_share_of_window"))
    )


def _document(t: _Table) -> Document:
    return _whole(t, Document(
        t.text("id"), t.text("name"), t.text("form", optional=True),
        cast(Debtor, t.choice("owed_by", get_args(Debtor))),
        cast(Debtor, t.choice("per", get_args(Debtor))), t.whole("need"), t.whole("copies"),
        t.day("due", optional=True), t.text("clause"), t.yes("tracked"),
    ))  # fmt: skip


def _certificate(t: _Table) -> Certificate:
    number, key, wording = t.text("number"), t.text("key"), t.text("wording")
    _known_fields(t, "number", number, _NUMBER_FIELDS)
    _known_fields(t, "key", key, _NUMBER_FIELDS)
    _known_fields(t, "wording", wording, _WORDING_FIELDS)
    return _whole(t, Certificate(
        t.text("id"), t.text("name"), cast(Certified, t.choice("given_to", get_args(Certified))), t.text("series"),
        number, key, wording, t.texts("seals"), t.text("clause"),
    ))  # fmt: skip


def _known_fields(t: _Table, key: str, pattern: str, known: set[str]) -> None:
    try:
        named = {name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None}
    except ValueError:
        t.fault(key, "花括号不成对")
        return
    for name in sorted(named - known):
        t.fault(key, f"不认识的占位符 {{{name}}}")


def _event(t: _Table) -> Event:
    return _whole(t, Event(t.text("id"), t.text("name"), t.sure_day("start"), t.sure_day("end"), t.text("clause")))


def _question(t: _Table) -> Question:
    return _whole(t, Question(t.text("id"), t.text("question"), t.text("default"), t.text("switch")))


def _clauses(t: _Table) -> tuple[Clause, ...]:
    return tuple(_clause(id, t.table(id)) for id in t.values)


def _clause(id: str, t: _Table) -> Clause:
    severity = cast(Severity, t.choice("severity", get_args(Severity)))
    return _whole(t, Clause(id, t.text("quote"), t.text("reading"), severity))


# --- what holds between the parts --------------------------------------------------------------------------------


def _contradictions(scheme: Scheme) -> list[str]:
    return [
        *_unknown_clauses(scheme),
        *_doubled("item", [one.id for one in scheme.items]),
        *_doubled("requirement", [one.id for one in scheme.requirements]),
        *_doubled("document", [one.id for one in scheme.documents]),
        *_points_faults(scheme),
        *_date_faults(scheme),
    ]


def _unknown_clauses(scheme: Scheme) -> list[str]:
    known = {clause.id for clause in scheme.clauses}
    named = [
        *((f"requirement {one.id}", one.clause) for one in scheme.requirements),
        *((f"item {one.id}", one.clause) for one in scheme.items),
        *((f"document {one.id}", one.clause) for one in scheme.documents),
        *((f"certificate {one.id}", one.clause) for one in scheme.certificates),
        *((f"event {one.id}", one.clause) for one in scheme.events),
    ]
    return [f"{place}.clause：没有条款“{clause}”" for place, clause in named if clause not in known]


def _doubled(kind: str, ids: Iterable[str]) -> list[str]:
    return [f"{kind} {id}：编号重复" for id, times in Counter(ids).items() if times > 1]


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
    if scheme.outcomes.pass_at > total:
        faults.append(f"outcomes.pass_at：{scheme.outcomes.pass_at}高于总分{total}")
    return faults


def _date_faults(scheme: Scheme) -> list[str]:
    faults = []
    if scheme.calendar.start > scheme.calendar.end:
        faults.append("calendar.end：早于开始日期")
    if scheme.closing < scheme.calendar.end:
        faults.append("scheme.closing：早于研修结束日期")
    both = sorted(scheme.calendar.holidays & scheme.calendar.workdays)
    faults += [f"calendar：{day.isoformat()}既是休息日又是工作日" for day in both]
    return faults + [f"event {one.id}.end：早于开始日期" for one in scheme.events if one.end < one.start]
