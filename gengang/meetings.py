"""Meetings: what the office told of each event of the scheme: when, where, who chairs, who speaks, who sees to what.

Nothing is guessed: what nobody told is empty, prints as a ruled blank and is listed by `open_points`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast, get_args

from gengang.facts import Actor, Fact, latest
from gengang.rulings import COHORT

MEETING = "@meeting:"
NameOrder = Literal["笔画", "拼音"]


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody who sits at the front. post: 职务; does: what they do there, such as 讲话, empty for nothing told."""

    name: str
    unit: str
    post: str
    does: str = ""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A line of the agenda. minutes: None while not told."""

    item: str
    who: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Talk:
    """A report given there. person: key of the roster, '' for somebody who is not in it; name: then theirs."""

    person: str
    name: str
    unit: str
    title: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Duty:
    """What somebody sees to (会务分工)."""

    task: str
    who: str
    phone: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """Everything told of one event. event: its id in the scheme.

    starts, ends, arrives: HH:MM; contact_phone: of the office, never a private one.
    rows, seats: of the room, 0 while unknown.
    """

    event: str
    held_on: date | None = None
    starts: str = ""
    ends: str = ""
    arrives: str = ""
    place: str = ""
    chair: str = ""
    chair_post: str = ""
    contact: str = ""
    contact_phone: str = ""
    rows: int = 0
    seats: int = 0
    demands: str = ""
    name_order: NameOrder = "笔画"
    leaders: tuple[Leader, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    talks: tuple[Talk, ...] = ()
    duties: tuple[Duty, ...] = ()


def open_points(meeting: Meeting) -> Iterator[str]:
    """What of a meeting is still to be told, in the words of the workbook's columns."""
    told: tuple[tuple[str, object], ...] = (
        ("日期", meeting.held_on), ("开始时间", meeting.starts), ("地点", meeting.place), ("主持人", meeting.chair),
        ("联系人", meeting.contact), ("办公电话", meeting.contact_phone), ("领导", meeting.leaders),
        ("议程", meeting.agenda), ("分工", meeting.duties),
    )  # fmt: skip
    yield from (label for label, value in told if not value)
    yield from (f"议项“{one.item}”的人" for one in meeting.agenda if not one.who)


# --- to the ledger and back --------------------------------------------------------------------------------------


def meeting_fact(meeting: Meeting, actor: Actor, at: str) -> Fact:
    """A line; the last one about an event counts. Somebody of the roster is named by key alone."""
    value = {
        "held_on": meeting.held_on.isoformat() if meeting.held_on else "",
        **{name: getattr(meeting, name) for name in _PLAIN},
        "leaders": [[one.name, one.unit, one.post, one.does] for one in meeting.leaders],
        "agenda": [[one.item, one.who, one.minutes] for one in meeting.agenda],
        "talks": [[one.person, "" if one.person else one.name, "" if one.person else one.unit, one.title, one.minutes]
                  for one in meeting.talks],
        "duties": [[one.task, one.who, one.phone] for one in meeting.duties],
    }  # fmt: skip
    return Fact("decision", COHORT, {"path": f"{MEETING}{meeting.event}"}, actor, at, {"value": value, "why": ""})


_PLAIN = ("starts", "ends", "arrives", "place", "chair", "chair_post", "contact", "contact_phone", "rows", "seats",
          "demands", "name_order")  # fmt: skip


def meetings_of(lines: Iterable[Fact]) -> dict[str, Meeting]:
    """Event id -> what was last told of it. The names of people of the roster are filled in by who prints."""
    found = {}
    for (subject, path), fact in latest(lines, "decision").items():
        value = (fact.personal or {}).get("value")
        if subject == COHORT and path.startswith(MEETING) and isinstance(value, Mapping):
            event = path.removeprefix(MEETING)
            found[event] = _meeting(event, value)
    return found


def _meeting(event: str, kept: Mapping[str, Any]) -> Meeting:
    order = str(kept["name_order"])
    assert order in get_args(NameOrder), "only such are written"
    plain = {name: kept[name] for name in _PLAIN if name != "name_order"}
    return Meeting(
        event=event,
        held_on=date.fromisoformat(kept["held_on"]) if kept["held_on"] else None,
        **plain,
        name_order=cast(NameOrder, order),
        leaders=tuple(Leader(*one) for one in kept["leaders"]),
        agenda=tuple(AgendaItem(*one) for one in kept["agenda"]),
        talks=tuple(Talk(*one) for one in kept["talks"]),
        duties=tuple(Duty(*one) for one in kept["duties"]),
    )
