"""Tasks: what the scheme asks in all, in each week or month, or in one of several ways, and what is not there of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from gengang.calendar_days import written
from gengang.codecs import Period
from gengang.findings import Finding
from gengang.outlook import Chance, chance_of
from gengang.points import Records, plain
from gengang.rhythm import kept, kept_words
from gengang.scheme import Measure, Requirement, Scheme
from gengang.submission import Paper

# C-04: the four forms of study, by what is counted of each.
FORMS_OF_STUDY: dict[Measure, str] = {
    "lessons_heard": "跟班听课", "lessons_taught": "随班上课", "class_activities": "参与班级管理",
    "research_activities": "参加教科研活动",
}  # fmt: skip
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_EACH_DAY = "workday"  # asked of a day that was attended, which no stretch of the window tells


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What is asked and not there. sentence: Chinese; requirement: id of the scheme's requirement.

    have, need: records, or of a rhythm the stretches that are over. chance: what can still be done about it.
    """

    requirement: str
    have: Decimal
    need: Decimal
    clause: str
    sentence: str
    chance: Chance = "open"


def shortfalls(scheme: Scheme, records: Records, as_of: date) -> tuple[Shortfall, ...]:
    """Everything tracked that is not there, in the scheme's order; what nobody can know yet is not missing."""
    unknown = () if records.presence.known or "workdays" in records.seen else ("workdays",)
    found: list[Shortfall] = []
    for asked in scheme.requirements:
        if not asked.tracked or asked.per == _EACH_DAY or asked.measure in unknown:
            continue
        if asked.per != "total" or asked.alternatives:
            found += _of_rhythm(scheme, records, asked, as_of)
        elif (have := _have(records, asked.measure)) < asked.need:
            chance = chance_of(scheme, asked.measure, as_of)
            sentence = _short_sentence(scheme, asked, have, chance, records.shown)
            found.append(Shortfall(asked.id, have, asked.need, asked.clause, sentence, chance))
    return tuple(found)


def _of_rhythm(scheme: Scheme, records: Records, asked: Requirement, as_of: date) -> list[Shortfall]:
    measures = {asked.measure, *(way.measure for way in asked.alternatives)}
    days = {measure: days_recorded(records, measure) for measure in measures}
    found = kept(asked, days, scheme.calendar, scheme.phases, as_of)
    if not found.missed:
        return []
    chance = chance_of(scheme, asked.measure, as_of)
    have, need = len(found.passed) - len(found.missed), len(found.passed)
    sentence = f"{kept_words(asked, found)}{_afterwards(scheme, asked.measure, chance)}。"
    return [Shortfall(asked.id, Decimal(have), Decimal(need), asked.clause, sentence, chance)]


def days_recorded(records: Records, measure: Measure) -> tuple[date, ...]:
    """The day of each record of a measure; a paper of which no day is known is of none."""
    if measure in records.found:
        return records.days_of(measure)
    if measure in ("logs", "workdays"):
        return records.logs.days if measure == "logs" else records.presence.dates
    form = "reflection" if measure == "reflections" else measure
    return tuple(day for paper in records.papers.get(form, ()) if (day := day_of_paper(paper)))


def day_of_paper(paper: Paper) -> date | None:
    """The first day that a paper states, of a period its last; else the day on which it was received."""
    for value in paper.submission.values.values():
        if isinstance(value, Period):
            return date.fromisoformat(value.end)
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    return paper.received


def _have(records: Records, measure: Measure) -> Decimal:
    return records.days if measure == "workdays" else Decimal(records.count(measure))


def _short_sentence(
    scheme: Scheme, asked: Requirement, have: Decimal, chance: Chance, shown: Mapping[Measure, str]
) -> str:
    gap = f"{asked.name}{plain(have)}{asked.unit}，还差{plain(asked.need - have)}{asked.unit}"
    if asked.measure in shown:
        gap += f"（有佐证：{shown[asked.measure]}）"
    return f"{gap}{_afterwards(scheme, asked.measure, chance)}。"


def _afterwards(scheme: Scheme, measure: Measure, chance: Chance) -> str:
    if chance == "open":
        return ""
    if chance == "papers":
        until = f"{written(scheme.closing)}前" if scheme.closing else ""
        return f"；研修已结束，做过而未交材料的{until}可补交"
    return "；研修已结束，天数已不可补" if measure == "workdays" else "；已过补交期"


# --- findings ----------------------------------------------------------------------------------------------------


def task_findings(scheme: Scheme, records: Records, short: Sequence[Shortfall]) -> list[Finding]:
    """What is short, said once anything is in; days with few lessons, what logs stand for, forms without a record."""
    asked = {one.id: one for one in scheme.requirements}
    begun = records.papers.get("training_log") or records.presence.known or any(records.found.values())
    findings = [
        Finding("task_short", one.sentence, "", asked[one.requirement].severity, one.clause)
        for one in short
        if begun or asked[one.requirement].per != "total" or asked[one.requirement].measure in records.papers
    ]
    return [
        *findings, *_thin_days(scheme, records), *_counted_from_logs(scheme, records), *_forms_without(scheme, records),
        *_late_rush(scheme, records),
    ]  # fmt: skip


def _counted_from_logs(scheme: Scheme, records: Records) -> list[Finding]:
    """What is counted from logs because the paper made for it is not in, said in one line."""
    log = "training_log"
    names = [
        item.name
        for item in scheme.items
        if log in item.evidence[1:] and not any(records.papers.get(form) for form in item.evidence if form != log)
    ]
    if not names or not records.logs.days:
        return []
    message = f"没有专门的记录表，按研修日志计：{'、'.join(names)}。"
    return [Finding("counted_from_logs", message, "", "info", "G-04")]


def _thin_days(scheme: Scheme, records: Records) -> list[Finding]:
    """L-03a, one line for all days; silent before any log is in and where an entry waits."""
    asked = scheme.each_workday("lessons_heard")
    if asked is None or not asked.tracked or not records.logs.days or records.waiting("lessons_heard"):
        return []
    heard = records.days_of("lessons_heard")
    thin = [day for day in records.presence.dates or records.logs.days if heard.count(day) < asked.need]
    if not thin:
        return []
    message = f"每日听课不足{plain(asked.need)}节：{'、'.join(written(day) for day in thin)}。"
    return [Finding("few_lessons_a_day", message, "", asked.severity, asked.clause)]


def _forms_without(scheme: Scheme, records: Records) -> list[Finding]:
    """C-04: a form of study of which nothing is recorded, once anything is."""
    if all(clause.id != "C-04" for clause in scheme.clauses):
        return []
    none = [name for measure, name in FORMS_OF_STUDY.items() if not records.count(measure)]
    if not none or len(none) == len(FORMS_OF_STUDY):
        return []
    return [Finding("form_without_record", f"还没有记录的研修形式：{'、'.join(none)}。", "", "info", "C-04")]


def _late_rush(scheme: Scheme, records: Records) -> list[Finding]:
    """G-02: what looks like cramming is shown, never decided."""
    rules, calendar = scheme.signals, scheme.calendar
    if calendar.start is None or calendar.end is None or not rules.late_share_of_window:
        return []
    span = ((calendar.end - calendar.start).days + 1) * rules.late_share_of_window
    edge = calendar.end - timedelta(days=int(span))
    late = [day for day in records.presence.dates if day > edge]
    if not late or len(late) < len(records.presence.dates) * rules.late_share_of_days:
        return []
    message = f"{len(records.presence.dates)}个到岗日中有{len(late)}个在研修期最后{int(span)}天，请核对是否突击。"
    return [Finding("late_rush", message, "", "warn", "G-02")]
