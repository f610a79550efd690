"""The figures of a chain: days, lessons, logs and papers of one person, each with what it is made of.

It counts nothing anew: what counts is `records`' and `attendance`'s, and here it is laid open with its places.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gengang.assess import Basis
from gengang.attendance import ABSENT, HALF, LEAVE, PRESENT, Absence, Presence
from gengang.calendar_days import in_window, is_workday, written
from gengang.chain import Entry, Figure, Spot
from gengang.chain_places import Ink
from gengang.copies import name_of_form
from gengang.distinct import Counted
from gengang.halfdays import HALF_WORDS, HALVES, Half, HalfName, day_of_value
from gengang.noted import who_and_when
from gengang.reading import PROSE_TITLE
from gengang.records import DAY_FIELD, FORMS, KINDS, Record, forms_of, records_in
from gengang.rulings import Ruling
from gengang.scheme import COUNTED, Calendar, Measure, Scheme
from gengang.submission import Paper
from gengang.tasks import day_of_paper

UNEXCUSED, SLIPS, OPEN_HALVES = "unexcused", "slips", "open_halves"
_NAMES: dict[Measure, tuple[str, str]] = {
    "workdays": ("到岗", "天"), "lessons_heard": ("听课", "节"), "lessons_taught": ("上课", "节"),
    "report_lessons": ("汇报课", "节"), "research_activities": ("教研活动", "次"),
    "class_activities": ("班级活动", "次"),
    "reflections": ("教育教学反思", "篇"), "logs": ("研修日志", "篇"), UNEXCUSED: ("无故缺勤", "天"),
    SLIPS: ("迟到、早退", "次"), OPEN_HALVES: ("待核定的半天", "个"),
}  # fmt: skip
_ABSENCES: dict[Absence, str] = {
    "unexcused": "无故缺勤", "excused": "缺勤，有批准的请假", "asked": "缺勤，待人核定是否准假或改期",
    "unplanned": "缺勤，不在安排之内，不算",
}  # fmt: skip
_TOLD_BY: dict[str, tuple[str, ...]] = {
    "training_log": ("time", "kind", "topic", "place"),
    "task_summary": ("date", "kind", "lesson_period", "class_name", "topic", "title", "role"),
    "lesson_observation": ("lesson_period", "class_name", "topic"),
    "lesson_taught": ("lesson_period", "class_name", "kind", "topic"),
    "activity_record": ("kind", "activity_name", "place", "role"),
}
_TITLES = ("topic", "report_title", PROSE_TITLE)
# The form of which these are the papers; a figure of such a form is the measure's.
MEASURE_OF_FORM = {"training_log": "logs", "reflection": "reflections"}


@dataclass(frozen=True, slots=True)
class Opened:
    """What figures are opened from. names: form stem -> what the office calls it."""

    scheme: Scheme
    basis: Basis
    ink: Ink
    rulings: tuple[Ruling, ...]
    names: dict[str, str]

    def paper(self, key: str) -> Paper | None:
        """The judged paper with this key."""
        return next((one for one in self.basis.own if one.key == key), None)

    def spots(self, key: str, *paths: str) -> tuple[Spot, ...]:
        """Places of fields of a judged paper."""
        paper = self.paper(key)
        return () if paper is None else self.ink.spots(paper, *paths)


def figures_of(opened: Opened) -> tuple[Figure, ...]:
    """Every figure that the scheme asks for, and of days and records every one of which there is anything."""
    figures = [*_of_days(opened), *(_of_measure(opened, one) for one in COUNTED if one != "workdays")]
    asked = set(measures_asked(opened.scheme))
    figures += [_of_form(opened, form) for form in sorted(asked.difference(COUNTED))]
    return tuple(one for one in figures if one.items or one.left_out or one.id in asked)


def measures_asked(scheme: Scheme) -> tuple[Measure, ...]:
    """Everything of which the scheme asks a number or gives points, each once."""
    found = [way.measure for one in scheme.requirements for way in (one.alternatives or (one,))]
    for item in scheme.items:
        found += ["workdays"] if item.rule == "attendance" else []
        found += ["lessons_taught", "report_lessons"] if item.rule == "lessons" else []
        found += [item.measure] if item.measure else []
        found += [MEASURE_OF_FORM.get(form, form) for form in item.evidence if item.rule == "papers"]
    return tuple(dict.fromkeys(found))


def _named(opened: Opened, id: str) -> tuple[str, str]:
    asked = opened.scheme.requirement(id)
    name, unit = _NAMES.get(id, (opened.names.get(id, id), "份"))
    return (asked.name, asked.unit) if asked and id not in _NAMES else (name, asked.unit if asked else unit)


def _figure(opened: Opened, id: str, items: Iterable[Entry], left_out: Iterable[Entry]) -> Figure:
    name, unit = _named(opened, id)
    kept = tuple(items)
    return Figure(id, name, unit, sum((one.amount for one in kept), Decimal(0)), kept, tuple(left_out))


# --- days ---------------------------------------------------------------------------------------------------------


def _of_days(opened: Opened) -> Iterator[Figure]:
    presence, marked = opened.basis.records.presence, _marked(opened)
    by_day: dict[date, list[Half]] = {}
    for half in presence.marks:
        by_day.setdefault(half[0], []).append(half)
    came = {day: halves for day, halves in by_day.items() if any(presence.marks[one] in PRESENT for one in halves)}
    days = [_day(presence, marked, day, came[day]) for day in sorted(came)]
    made_up = [Entry(f"{written(day)}补岗", day, by=_ruled(opened, "make_up", day)) for day in presence.made_up]
    attended = presence.days
    yield _figure(opened, "workdays", [*days, *made_up, *_seen(opened, "workdays", attended)],
                  [*_not_present(presence, marked), *_days_off(opened)])  # fmt: skip
    yield _figure(opened, UNEXCUSED, _missed(opened, presence, marked), ())
    slips = [half for half, mark in presence.marks.items() if mark in ("迟到", "早退")]
    yield _figure(opened, SLIPS, (Entry(f"{_half(half)}{presence.marks[half]}", half[0], spots=marked.get(half, ()))
                                  for half in slips), ())  # fmt: skip
    yield _figure(opened, OPEN_HALVES, _open_halves(presence, marked), ())


def _marked(opened: Opened) -> dict[Half, tuple[Spot, ...]]:
    """Where each half day's mark stands, with the day beside it."""
    found: dict[Half, tuple[Spot, ...]] = {}
    for paper in opened.basis.own if opened.ink.held else ():
        for number, row in enumerate(paper.submission.rows("days"), 1) if paper.submission.form == "attendance" else ():
            day = day_of_value(row.get("date"))
            for half in HALVES if day else ():
                spots = opened.ink.spots(paper, f"days[{number}].{half}")
                if day and spots:
                    at = opened.ink.spots(paper, f"days[{number}].date")
                    found[day, half] = (*found.get((day, half), ()), *at, *spots)
    return found


def _day(presence: Presence, marked: dict[Half, tuple[Spot, ...]], day: date, halves: Sequence[Half]) -> Entry:
    there = [half for half in halves if presence.marks[half] in PRESENT]
    said = {presence.marks[half] for half in there}
    words = "、".join(f"{HALF_WORDS[half[1]]}{presence.marks[half]}" for half in there)
    words = f"全天{said.pop()}" if len(there) == len(HALVES) and len(said) == 1 else words
    spots = tuple(dict.fromkeys(spot for half in there for spot in marked.get(half, ())))
    return Entry(
        f"{written(day)} {words}", day, HALF * len(there), "" if len(there) == len(HALVES) else "半天", "", spots
    )


def _not_present(presence: Presence, marked: dict[Half, tuple[Spot, ...]]) -> Iterator[Entry]:
    for half, mark in presence.marks.items():
        if mark not in PRESENT:
            why = _ABSENCES[presence.absences[half]] if mark == ABSENT and half in presence.absences else mark
            why = f"{mark}，不算到岗" if mark in LEAVE else why
            yield Entry(f"{_half(half)} {mark}", half[0], Decimal(0), why, "", marked.get(half, ()))
    for half in sorted(presence.unread):
        yield Entry(_half(half), half[0], Decimal(0), "没有读清或前后不同，待人核定", "", marked.get(half, ()))


def _days_off(opened: Opened) -> Iterator[Entry]:
    calendar = opened.scheme.calendar
    for paper in opened.basis.own:
        for number, row in enumerate(paper.submission.rows("days"), 1) if paper.submission.form == "attendance" else ():
            day = day_of_value(row.get("date"))
            said = [f"{HALF_WORDS[half]}{row.get(half)}" for half in HALVES if row.get(half)]
            if day and said and (why := why_no_day(calendar, day)):
                paths = [f"days[{number}].{column}" for column in ("date", *HALVES)]
                yield Entry(
                    f"{written(day)} {'、'.join(said)}", day, Decimal(0), why, "", opened.ink.spots(paper, *paths)
                )


def why_no_day(calendar: Calendar, day: date) -> str:
    """Why nothing counts on a day, empty where it does."""
    if not in_window(calendar, day):
        return "不在研修期内，不计"
    return "" if is_workday(calendar, day) else "休息日，不计"


def _missed(opened: Opened, presence: Presence, marked: dict[Half, tuple[Spot, ...]]) -> Iterator[Entry]:
    """Half days missed without leave; a day made up takes off no more than there is."""
    left = Decimal(0)
    for half, kind in presence.absences.items():
        if kind == "unexcused":
            left += HALF
            yield Entry(f"{_half(half)} 缺勤", half[0], HALF, "", "", marked.get(half, ()))
    for day in presence.made_up:
        taken = min(left, Decimal(1))
        left -= taken
        if taken:
            yield Entry(f"{written(day)}补岗，抵去", day, -taken, "", _ruled(opened, "make_up", day))


def _open_halves(presence: Presence, marked: dict[Half, tuple[Spot, ...]]) -> Iterator[Entry]:
    asked = [half for half, kind in presence.absences.items() if kind == "asked"]
    for half in sorted({*asked, *presence.unread}):
        why = _ABSENCES["asked"] if half in asked else "没有读清或前后不同"
        yield Entry(_half(half), half[0], Decimal(1), why, "", marked.get(half, ()))
    if presence.lost:
        yield Entry("考勤表上日期没有读清的各行", None, Decimal(presence.lost), "每行按两个半天计")


def _half(half: tuple[date, HalfName]) -> str:
    return f"{written(half[0])}{HALF_WORDS[half[1]]}"


def _ruled(opened: Opened, kind: str, day: date) -> str:
    return next((one.by_whom for one in opened.rulings if one.kind == kind and day in one.days), "")


def _seen(opened: Opened, measure: Measure, counted: Decimal) -> Iterator[Entry]:
    """What a clerk saw on paper beyond the scans."""
    seen = opened.basis.records.seen.get(measure)
    if seen is None:
        return
    more = max(Decimal(0), Decimal(seen.number) - counted)
    why = "" if more == seen.number else f"查阅共{seen.number}，其余已有材料"
    yield Entry(
        f"查阅纸质材料{seen.number}{f'，{seen.note}' if seen.note else ''}", seen.on, more, why, who_and_when(seen)
    )


# --- lessons and activities ---------------------------------------------------------------------------------------


def _of_measure(opened: Opened, measure: Measure) -> Figure:
    records = opened.basis.records
    if measure == "logs":
        items = [*_logs(opened)]
        return _figure(opened, measure, [*items, *_seen(opened, measure, Decimal(len(items)))], _logs_left(opened))
    if measure == "reflections":
        kept = records.papers.get("reflection", ())
        items = [_whole(opened, paper) for paper in kept]
        twice = [paper for paper in opened.basis.own if paper.submission.form == "reflection" and paper not in kept]
        left = (_whole(opened, paper, "与另一篇文字相同，只计一次") for paper in twice)
        return _figure(opened, measure, [*items, *_seen(opened, measure, Decimal(len(items)))], left)
    found = records.found.get(measure, ())
    items = sorted((_counted(opened, one) for one in found), key=lambda one: (str(one.day), one.words))
    left_out = [*_left_out(opened, measure, found), *_waiting(opened, measure)]
    return _figure(opened, measure, [*items, *_seen(opened, measure, Decimal(len(items)))], left_out)


def _counted(opened: Opened, one: Counted) -> Entry:
    others = tuple(entry_of(opened, other, "与上面是同一节（次），只计一次") for other in one.others)
    best = entry_of(opened, one.best, "")
    return Entry(best.words, best.day, Decimal(1), "", "", best.spots, others)


def entry_of(opened: Opened, one: Record, why: str) -> Entry:
    """A record with its places."""
    paths = [f"{one.spot}.{column}" if one.spot else column for column in _TOLD_BY.get(one.form, ())]
    day = DAY_FIELD.get(one.form)
    spots = opened.spots(one.source, *([day] if day else []), *paths)
    lesson = f"第{one.period}节" if one.period.isdigit() else one.period
    told = (written(one.day), lesson, one.place, one.topic, one.role)
    return Entry(" ".join(filter(None, told)), one.day, Decimal(0 if why else 1), why, "", spots)


def _left_out(opened: Opened, measure: Measure, found: Sequence[Counted]) -> Iterator[Entry]:
    """What papers show of a measure and does not count, with the reason."""
    told = {one for each in found for one in (each.best, *each.others)}
    for paper in opened.basis.own:
        for one in records_in(paper) if paper.submission.form in FORMS else ():
            wanted = one.kind in KINDS[measure] and (measure != "report_lessons" or one.is_report)
            if wanted and one not in told:
                yield entry_of(opened, one, _why_not(opened, one, measure))


def _why_not(opened: Opened, one: Record, measure: Measure) -> str:
    if one.form not in forms_of(opened.scheme, measure):
        return "评分表不以这种材料为据"
    if why := why_no_day(opened.scheme.calendar, one.day):
        return why
    if opened.basis.records.presence.missed(one.day):
        return "这一天考勤表没有记到岗，待人核定"
    return "与已计的是同一节（次），只计一次"


def _waiting(opened: Opened, measure: Measure) -> Iterator[Entry]:
    """Places that may change a measure and wait for a person."""
    for place in opened.basis.records.waiting(measure):
        key, _, path = place.partition(" ")
        spots = opened.spots(key, path)
        said = next((spot.said or spot.raw for spot in spots), "")
        yield Entry(said or "没有读出", None, Decimal(0), "待人核定，核定前不计", "", spots or (_unplaced(key, path),))


def _unplaced(key: str, path: str) -> Spot:
    return Spot(key, path, "", "", "review", None, None)


# --- logs and whole papers ----------------------------------------------------------------------------------------


def _logs(opened: Opened) -> Iterator[Entry]:
    """A log for each day that counts; further ones of the day stand under it."""
    logs = opened.basis.records.logs
    by_day: dict[date, list[Entry]] = {}
    for key in logs.sources:
        paper = opened.paper(key)
        day = day_of_value(paper.submission.values.get("log_date")) if paper else None
        if paper and day:
            why = "同一天的另一篇，只计一次" if day in by_day else ""
            entry = Entry(f"{written(day)}研修日志", day, Decimal(0 if why else 1), why, "",
                          opened.ink.spots(paper, "log_date"))  # fmt: skip
            by_day.setdefault(day, []).append(entry)
    for day in logs.days:
        first, *further = by_day[day]
        yield Entry(first.words, day, Decimal(1), "", "", first.spots, tuple(further))


def _logs_left(opened: Opened) -> Iterator[Entry]:
    counted = set(opened.basis.records.logs.sources)
    for paper in opened.basis.records.papers.get("training_log", ()):
        if paper.key not in counted:
            day = day_of_value(paper.submission.values.get("log_date"))
            why = "没有日期，不计" if day is None else why_no_day(opened.scheme.calendar, day)
            why = "日期待人核定，核定前不计" if day is None and "log_date" in paper.open_fields else why
            said = f"{written(day)}研修日志" if day else "研修日志"
            spots = opened.ink.spots(paper, "log_date") or (_unplaced(paper.key, ""),)
            yield Entry(said, day, Decimal(0), why or "这一天考勤表没有记到岗，待人核定", "", spots)


def _of_form(opened: Opened, form: str) -> Figure:
    """The papers of a form, and what lies on paper alone."""
    records = opened.basis.records
    items = [_whole(opened, paper) for paper in records.papers.get(form, ())]
    target = records.count(form)
    if form in records.seen:
        return _figure(opened, form, [*items, *_seen(opened, form, Decimal(len(items)))], ())
    copies = records.noted.copies_of(form)
    more = Decimal(target - len(items))
    if copies is not None:
        why = "" if more else "纸质份数，电子件已计"
        items.append(Entry(f"清点纸质{copies.number}份", copies.on, more, why, who_and_when(copies)))
    return _figure(opened, form, items, ())


def _whole(opened: Opened, paper: Paper, why: str = "") -> Entry:
    """A paper that counts as one; by its title where it has one."""
    form = paper.submission.form
    titled = [name for name in _TITLES if paper.submission.text(name)][:1]
    title = paper.submission.text(titled[0]) if titled else ""
    spots = opened.ink.spots(paper, *titled) or tuple(
        _unplaced_of(one) for one in opened.ink.groups.get(paper.key, (paper,)))  # fmt: skip
    name = opened.names.get(form, name_of_form(form))
    return Entry(
        f"{name}{f'：{title}' if title else ''}", day_of_paper(paper), Decimal(0 if why else 1), why, "", spots
    )


def _unplaced_of(paper: Paper) -> Spot:
    """A paper as a whole."""
    return Spot(paper.key, "", "", "", "accepted", None, None)
