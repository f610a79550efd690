"""会议信息 as a form: what is told of each meeting, by the columns of its workbook, and what was typed as its rows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gengang.convening import rows_known, told_last
from gengang.desk.standing import Standing
from gengang.facts import Fact
from gengang.meetingbook import SHEETS, events_with_papers
from gengang.meetings import Meeting, open_points
from gengang.night import material_from
from gengang.office.catalogue import KINDS
from gengang.office.meeting_words import showcase_of
from gengang.scheme import Event

HEAD = "会议"
MORE = 3  # empty rows behind what is known
TITLES: Mapping[str, str] = {"领导": "到会领导", "议程": "议程", "汇报": "汇报", "分工": "会务分工"}
_KINDS: Mapping[str, str] = {"held_on": "date", "starts": "time", "ends": "time", "arrives": "time", "demands": "lines"}
_PLACE = re.compile(r"工作表“([^”]*)”第(\d+)行")


@dataclass(frozen=True, slots=True)
class Box:
    """One input. kind: text, date, time, lines or choice."""

    name: str
    label: str
    value: str
    kind: str = "text"
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one sheet."""

    sheet: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Box, ...], ...]


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting. seen: number of the last line about it; still: what is to be told yet; papers: that can be printed."""

    event: Event
    events: tuple[tuple[str, str, int], ...]
    heads: tuple[Box, ...]
    tables: tuple[Table, ...]
    still: tuple[str, ...]
    seen: int
    papers: tuple[tuple[str, str], ...]


def meeting_page(standing: Standing, id: str, typed: Mapping[str, str]) -> MeetingPage | None:
    """The page of a meeting, the last where none of that id is; None where the scheme has none.

    typed: what somebody typed and was not kept, empty for what is known.
    """
    judged = standing.judged
    events = events_with_papers(judged.scheme)
    if not events:
        return None
    event = next((one for one in events if one.id == id), events[-1])
    known = judged.season.meetings
    rows = rows_known(judged.scheme, judged.season.roster, known)
    own = rows_typed(typed, event) if typed else {
        sheet: [row for row in each if row["event"] == event.name] for sheet, each in rows.items()
    }  # fmt: skip
    told = {one.id: known.get(one.id, Meeting(one.id)) for one in events}
    return MeetingPage(
        event, tuple((one.id, one.name, len(tuple(open_points(told[one.id])))) for one in events),
        tuple(sorted(_boxes(HEAD, 0, own[HEAD][0] if own.get(HEAD) else {}), key=lambda box: box.kind == "lines")),
        tuple(_table(sheet, own.get(sheet, ())) for sheet in TITLES),
        tuple(open_points(told[event.id])), told_last(standing.of(decisions), event.id),
        tuple(_papers(standing, event)),
    )  # fmt: skip


def decisions(standing: Standing) -> tuple[Fact, ...]:
    """The lines among which what is told of a meeting stands."""
    return tuple(fact for fact in standing.facts if fact.kind == "decision")


def _table(sheet: str, rows: Sequence[Mapping[str, str]]) -> Table:
    every = (*rows, *({} for _ in range(MORE)))
    heads = tuple(column.labels[0] for column in SHEETS[sheet][1:])
    return Table(
        sheet, TITLES[sheet], heads, tuple(tuple(_boxes(sheet, number, row)) for number, row in enumerate(every))
    )


def _boxes(sheet: str, number: int, row: Mapping[str, str]) -> Iterator[Box]:
    for column in SHEETS[sheet][1:]:
        kind = "choice" if column.choices else _KINDS.get(column.field, "text")
        yield Box(f"{sheet}:{number}:{column.field}", column.labels[0], row.get(column.field, ""), kind, column.choices)


def _papers(standing: Standing, event: Event) -> Iterator[tuple[str, str]]:
    """Names and words of the papers of a meeting; the showcase has all of its part."""
    show = showcase_of(material_from(standing.judged, standing.templates, ()))
    is_show = show is not None and show.id == event.id
    for kind in KINDS:
        if (kind.part == "会议" and kind.name in event.papers) or (is_show and kind.part == "汇报会"):
            yield kind.name, kind.says


# --- what was typed ----------------------------------------------------------------------------------------------


def rows_typed(typed: Mapping[str, str], event: Event) -> dict[str, list[Mapping[str, str]]]:
    """Sheet -> the rows that a form has, in their order."""
    found: dict[str, dict[int, dict[str, str]]] = {sheet: {} for sheet in SHEETS}
    for name, value in typed.items():
        sheet, _, rest = name.partition(":")
        number, _, field = rest.partition(":")
        if sheet in found and number.isdigit() and len(number) < 4:
            found[sheet].setdefault(int(number), {"event": event.name})[field] = value.strip()
    return {sheet: [dict(rows[number]) for number in sorted(rows)] for sheet, rows in found.items()}


def at_page(fault: str) -> str:
    """A fault of the workbook with its place on the page."""
    return _PLACE.sub(lambda found: found[1] if found[1] == HEAD else f"{found[1]}第{int(found[2]) - 1}行", fault)
