"""工作日程表: what a scheme asks of whom on which day, in order, and which of its days do not go together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gengang.calendar_days import FIRST_YEAR, LAST_YEAR, is_workday, official_year, written
from gengang.findings import Finding
from gengang.scheme import Debtor, Document, Event, Scheme

WHO: dict[Debtor, str] = {
    "school": "派出学校", "base_school": "基地校", "mentor": "指导教师", "trainee": "学员", "office": "办公室",
}  # fmt: skip
PUBLICITY_DAYS = 5  # working days of 公示 that offices give where they give it
_WEEKDAYS = "一二三四五六日"
_NUMERALS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Line:
    """One entry. first, last: equal for one day, both None where nobody set a day; who: those who act, in Chinese."""

    first: date | None
    last: date | None
    what: str
    who: tuple[str, ...]
    clause: str

    @property
    def when(self) -> str:
        """`9月1日至11月30日`, `12月7日`, `未定`."""
        if self.last is None:
            return "未定"
        first = self.first or self.last
        return written(self.last) if first == self.last else f"{written(first)}至{written(self.last)}"


def timetable_of(scheme: Scheme) -> tuple[Line, ...]:
    """Every event, phase, due day, bulletin and 公示 in order of its last day; what has no day stands at the end."""
    lines = [*_events(scheme), *_phases(scheme), *_dues(scheme), *_bulletins(scheme), *_publicity_line(scheme)]
    return tuple(sorted(lines, key=lambda one: (one.last is None, one.last or date.max, one.first or date.max)))


def _events(scheme: Scheme) -> Iterator[Line]:
    for one in scheme.events:
        needs = f"（备：{'、'.join(one.papers)}）" if one.papers else ""
        yield Line(one.start, one.end, f"{one.name}{needs}", one.attendees, one.clause)


def _phases(scheme: Scheme) -> Iterator[Line]:
    for one in scheme.phases:
        yield Line(one.start, one.end, f"{one.name}：{'、'.join(one.tasks)}", ("学员",), one.clause)


def _dues(scheme: Scheme) -> Iterator[Line]:
    """One line for each day and each who owes something on it."""
    owed: dict[tuple[date, Debtor], list[Document]] = {}
    for one in scheme.documents:
        if one.due is not None:
            owed.setdefault((one.due, one.owed_by), []).append(one)
    for (due, debtor), papers in owed.items():
        names = "、".join(map(_paper, papers))
        yield Line(due, due, f"交齐：{names}", (WHO[debtor],), papers[0].clause)


def _paper(document: Document) -> str:
    copies = f"一式{_NUMERALS[document.copies]}份" if 1 < document.copies < len(_NUMERALS) else ""
    number = f"{document.need}份" if document.need > 1 else ""
    both = "纸质和电子" if len(document.media) > 1 else ""
    to = f"报{'、'.join(document.receivers)}" if document.receivers else ""
    said = "，".join(filter(None, (number, copies, both, to)))
    return f"{document.name}（{said}）" if said else document.name


def bulletin_days(scheme: Scheme) -> tuple[date, ...]:
    """The day on which each 通报 is due, in order; none where the scheme wants none or has no window."""
    start, end = scheme.calendar.start, scheme.calendar.end
    if scheme.bulletins.rhythm == "none" or start is None or end is None:
        return ()
    return tuple(_month_ends(start, end)) if scheme.bulletins.rhythm == "monthly" else (end,)


def _bulletins(scheme: Scheme) -> Iterator[Line]:
    for day in bulletin_days(scheme):
        yield Line(day, day, "学员情况通报", ("办公室",), scheme.bulletins.clause)


def publicity_of(scheme: Scheme) -> tuple[date, date] | None:
    """First and last day of the 公示, from the working day after the last due day; None while it is off."""
    number = scheme.commendation.publicity_days
    return _publicity_days(scheme, scheme.closing, number) if number and scheme.closing else None


def _publicity_line(scheme: Scheme) -> Iterator[Line]:
    days = publicity_of(scheme)
    if days is not None:
        late = "，表彰通报在公示期满后印发" if any(one.code == "publicity_late" for one in _publicity(scheme)) else ""
        what = f"公示表彰名单（{scheme.commendation.publicity_days}个工作日{late}）"
        yield Line(*days, what, ("办公室",), scheme.commendation.clause)


def _month_ends(start: date, end: date) -> Iterator[date]:
    day = start
    while day <= end:
        following = (day.replace(day=1) + timedelta(32)).replace(day=1)
        yield min(following - timedelta(1), end)
        day = following


# --- what does not go together -----------------------------------------------------------------------------------


def collisions_of(scheme: Scheme) -> tuple[Finding, ...]:
    """Days off that somebody is asked for, and days that leave no time between each other; each with its clause."""
    return (*_years(scheme), *rest_days(scheme), *_sign_up(scheme), *_between(scheme), *_publicity(scheme))


def _said(code: str, message: str, clause: str) -> Finding:
    return Finding(code, message, "", "warn", clause)


def _years(scheme: Scheme) -> Iterator[Finding]:
    years = {day.year for day, _, _ in _days(scheme)}
    unknown = sorted(year for year in years if not official_year(year))
    if unknown:
        told = "、".join(f"{year}年" for year in unknown)
        message = (
            f"{told}的放假和调休安排不在程序所知的{FIRST_YEAR}—{LAST_YEAR}年之内，暂按周一至周五算工作日；"
            "公布后请写入 calendar.holidays 和 calendar.workdays。"
        )
        yield _said("calendar_unknown", message, "T-02")


def rest_days(scheme: Scheme) -> tuple[Finding, ...]:
    """Due days and days of meetings that are no working days."""
    return tuple(
        _said("day_off", f"{what}{written(day)}是{_kind_of(day)}，不是工作日。", clause)
        for day, what, clause in _days(scheme)
        if not is_workday(scheme.calendar, day)
    )


def _kind_of(day: date) -> str:
    """A working day of the week that is none is a holiday."""
    return f"星期{_WEEKDAYS[day.weekday()]}" if day.weekday() > 4 else "法定节假日"


def _days(scheme: Scheme) -> Iterator[tuple[date, str, str]]:
    """Each day on which somebody has to act, once, with what it is."""
    seen: set[tuple[date, str]] = set()
    for day, what, clause in (*_days_of_events(scheme), *_days_of_papers(scheme)):
        if (day, what) not in seen:
            seen.add((day, what))
            yield day, what, clause


def _days_of_events(scheme: Scheme) -> Iterator[tuple[date, str, str]]:
    for one in scheme.events:
        for day, edge in _edges(one):
            yield day, f"{one.name}{edge}", one.clause


def _edges(event: Event) -> Iterable[tuple[date, str]]:
    if event.start == event.end:
        return [(event.end, "")] if event.end else []
    pairs = ((event.start, "第一天"), (event.end, "最后一天"))
    return [(day, edge) for day, edge in pairs if day is not None]


def _days_of_papers(scheme: Scheme) -> Iterator[tuple[date, str, str]]:
    for one in scheme.documents:
        if one.due is not None:
            yield one.due, f"{one.name}的截止日", one.clause


def _sign_up(scheme: Scheme) -> Iterator[Finding]:
    """Who takes part is known only after the study has begun."""
    start = scheme.calendar.start
    late = [one for one in scheme.documents if one.owed_by == "school" and start and one.due and one.due > start]
    for due, papers in _by_due(late).items():
        message = f"{'、'.join(one.name for one in papers)}{written(due)}才截止，研修{written(start or due)}已开始。"
        yield _said("sign_up_late", message, papers[0].clause)


def _by_due(papers: Iterable[Document]) -> dict[date, list[Document]]:
    found: dict[date, list[Document]] = {}
    for one in papers:
        if one.due is not None:
            found.setdefault(one.due, []).append(one)
    return found


def _meetings(scheme: Scheme) -> Iterator[tuple[Event, date]]:
    """Meetings after the study with their last possible day; an event to which nobody comes is only a day."""
    end = scheme.calendar.end
    for event in scheme.events:
        if event.attendees and end and event.end and event.end > end:
            yield event, event.end


def _between(scheme: Scheme) -> Iterator[Finding]:
    """A meeting that can use a paper only on the working days that are left between them."""
    for event, last in _meetings(scheme):
        here = [one for one in scheme.documents if one.owed_by == "trainee" and one.due
                and (event.start or last) <= one.due <= last]  # fmt: skip
        for due, papers in _by_due(here).items():
            days = [due + timedelta(number) for number in range(1, (last - due).days + 1)]
            free = [day for day in days if is_workday(scheme.calendar, day)]
            left = f"中间只有{'、'.join(map(written, free))}" if free else "中间没有工作日"
            names = "、".join(one.name for one in papers)
            message = f"{names}{written(due)}截止，{event.name}须在{written(last)}前召开，{left}。"
            yield _said("little_time", message, event.clause)


def _publicity(scheme: Scheme) -> Iterator[Finding]:
    """公示 begins on the working day after the last due day, and ought to end before the last meeting."""
    if scheme.closing is None or not scheme.commendation.kinds:
        return
    number = scheme.commendation.publicity_days or PUBLICITY_DAYS
    first, last = _publicity_days(scheme, scheme.closing, number)
    asked = "公示" if scheme.commendation.publicity_days else "如要公示，"
    for event, day in _meetings(scheme):
        if scheme.closing <= day < last:
            message = (
                f"{asked}{number}个工作日从{written(first)}起，到{written(last)}才结束，"
                f"晚于{event.name}（{written(day)}前）。"
            )
            yield _said("publicity_late", message, scheme.commendation.clause)


def _publicity_days(scheme: Scheme, closing: date, number: int) -> tuple[date, date]:
    first = last = _next_workday(scheme, closing)
    for _ in range(number - 1):
        last = _next_workday(scheme, last)
    return first, last


def _next_workday(scheme: Scheme, day: date) -> date:
    day += timedelta(1)
    while not is_workday(scheme.calendar, day):
        day += timedelta(1)
    return day
