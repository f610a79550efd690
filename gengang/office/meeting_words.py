"""What papers of one meeting say alike: when, where and who, with a ruled blank for what nobody told."""

from collections.abc import Iterator
from dataclasses import dataclass

from gengang.meetings import Meeting, Talk
from gengang.office.kinds import Asking, Material
from gengang.office.name_order import in_list_order
from gengang.papers.draft import file_name
from gengang.papers.words import chinese_date, stage_subject
from gengang.roster import Person, Roster
from gengang.scheme import Event, Scheme

BLANK = "____________"
WEEKDAYS = "一二三四五六日"
FOLDER = "会议"


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who is asked to come; name is empty while nobody told who it is."""

    role: str
    unit: str
    name: str
    post: str
    gender: str = ""
    ethnicity: str = ""
    phone: str = ""


def meeting_of(material: Material, event: Event) -> Meeting:
    """What is told of an event; the scheme's day where it names a single one."""
    told = material.judged.season.meetings.get(event.id)
    return told or Meeting(event.id, event.start if event.start == event.end else None)


def meetings_asked(material: Material, asking: Asking, paper: str) -> tuple[Event, ...]:
    """The events that need a paper, or the one that was asked for by name or id."""
    events = material.judged.scheme.events
    if asking.event:
        return tuple(one for one in events if asking.event in (one.id, one.name) and one.papers)
    return tuple(one for one in events if paper in one.papers)


def issuer_of(scheme: Scheme) -> str:
    """Who calls a meeting: the authority, or the college where the programme names none."""
    return scheme.organisation.authority or scheme.organisation.college


def showcase_of(material: Material) -> Event | None:
    """The meeting at which what came of it (成果) is shown, the last one; None where the scheme has none."""
    shown = [one for one in material.judged.scheme.events if one.papers and "成果" in one.name]
    return shown[-1] if shown else None


def file_of(event: Event, *parts: str) -> str:
    """`会议/成果汇报会/议程`."""
    return f"{FOLDER}/{file_name(event.name)}/{file_name(*parts)}"


# --- when --------------------------------------------------------------------------------------------------------


def held_at(meeting: Meeting) -> str:
    """`2016年12月9日（星期五）上午9时`, with a ruled blank for what is not told; one run, or it reads as a form's."""
    day = meeting.held_on
    if day is None:
        return BLANK * 2 + clock(meeting.starts)
    return f"{chinese_date(day)}（星期{WEEKDAYS[day.weekday()]}）{clock(meeting.starts) or BLANK}"


def clock(time: str) -> str:
    """`上午9时`, `下午2时30分`; empty for no time."""
    if not time:
        return ""
    hours, minutes = map(int, time.split(":"))
    half, shown = ("上午", hours) if hours < 12 else ("中午", hours) if hours == 12 else ("下午", hours - 12)
    return f"{half}{shown}时" + (f"{minutes}分" if minutes else "")


def slots(starts: str, minutes: tuple[int | None, ...]) -> Iterator[str]:
    """`9:00—9:15` of each item one after the other; empty from the first whose length nobody told."""
    at = _minutes(starts) if starts else None
    for length in minutes:
        until = at + length if at is not None and length is not None else None
        yield f"{_hours(at)}—{_hours(until)}" if at is not None and until is not None else ""
        at = until


def _minutes(time: str) -> int:
    hours, minutes = map(int, time.split(":"))
    return hours * 60 + minutes


def _hours(minutes: int) -> str:
    return f"{minutes // 60}：{minutes % 60:02d}"


# --- who ---------------------------------------------------------------------------------------------------------


def attendees(material: Material, event: Event, meeting: Meeting) -> tuple[Attendee, ...]:
    """Everybody the scheme asks to an event, leaders first; one line without a name for each kind nobody told of."""
    return tuple(one for kind in event.attendees for one in _of_kind(kind, material, meeting))


def _of_kind(kind: str, material: Material, meeting: Meeting) -> Iterator[Attendee]:
    roster, organisation = material.judged.season.roster, material.judged.scheme.organisation
    if kind.endswith("教师") and kind != "指导教师":
        yield from (_person(kind, one, stage_subject(one)) for one in trainees(material, meeting))
    elif kind == "指导教师":
        people = in_list_order(roster.mentors, roster, material.judged.scheme, meeting.name_order)
        yield from (_person("指导教师", one, stage_subject(one), organisation.base_school) for one in people)
    elif kind.startswith("基地校"):
        schools = [organisation.base_school, *organisation.further_base_schools]
        told = [one for one in meeting.leaders if one.unit in schools]
        yield from (Attendee("基地校领导", one.unit, one.name, one.post) for one in told)
        missing = [one for one in schools if one not in {leader.unit for leader in told}]
        yield from (Attendee("基地校领导", school, "", "") for school in missing)
    elif kind == "领导小组成员":
        group = [(one.name, one.role) for one in organisation.leading_group] or [("", "")]
        yield from (Attendee("领导小组", organisation.authority, name, role) for name, role in group)
    elif "领导" not in kind:
        yield Attendee(kind, "", "", "")
    else:
        schools = [organisation.base_school, *organisation.further_base_schools]
        told = [one for one in meeting.leaders if one.unit not in schools]
        yield from (Attendee("领导", one.unit or organisation.authority, one.name, one.post) for one in told)
        if not told:
            yield Attendee("领导", organisation.authority, "", "")


def _person(role: str, one: Person, post: str, unit: str = "") -> Attendee:
    return Attendee(role, one.school or unit, one.name, post, one.gender, one.ethnicity, one.phone)


def trainees(material: Material, meeting: Meeting) -> tuple[Person, ...]:
    """The trainees in the order of the meeting's lists."""
    judged = material.judged
    return in_list_order(judged.season.roster.trainees, judged.season.roster, judged.scheme, meeting.name_order)


def speaker(talk: Talk, roster: Roster) -> tuple[str, str, str]:
    """Name, unit, and stage with subject of who gives a report."""
    person = roster.person(talk.person) if talk.person else None
    return (person.name, person.school, stage_subject(person)) if person else (talk.name, talk.unit, "")
