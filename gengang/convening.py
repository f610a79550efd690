"""会议信息.xlsx in the workspace: laid ready where it is not, taken into the ledger where it is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gengang.errors import MeetingsError, WorkspaceError
from gengang.facts import Actor, Fact
from gengang.in_force import scheme_stated
from gengang.ledger import Ledger, kept_ledger
from gengang.ledger_lease import lease
from gengang.meetingbook import (
    FILE,
    Book,
    events_with_papers,
    meeting_rows,
    meeting_workbook,
    meetings_in,
    sheets_of_rows,
    told_in,
)
from gengang.meetings import MEETING, Meeting, Talk, meeting_fact, meetings_of, open_points
from gengang.roster import Roster
from gengang.scheme import Scheme
from gengang.season import roster_of
from gengang.settings import Settings
from gengang.workbook import read_sheets, sheets_of, write_whole

BEFORE = "会议信息.上一份.xlsx"


@dataclass(frozen=True, slots=True)
class Convened:
    """What became of the workbook, in sentences for the terminal; exit code 1 where something is still to be told."""

    lines: tuple[str, ...]
    exit_code: int = 0


def meeting_information(settings: Settings, actor: Actor, at: str) -> Convened:
    """Lay 会议信息.xlsx ready, or take in what it says.

    Raises MeetingsError with every fault of the workbook, WorkspaceError where the scheme names no meeting.
    """
    with kept_ledger(settings) as ledger, lease(ledger, str(actor)):
        facts = tuple(ledger.read())
        scheme = scheme_stated(facts)
        if not events_with_papers(scheme):
            raise WorkspaceError("方案里没有要开的会（[[event]] 没有 papers），不需要会议信息。")
        path = settings.workspace / FILE
        if not path.exists():
            write_whole(path, meeting_book(facts))
            return Convened((f"已备好 {FILE}：请填好各次会议的时间、地点、人员，再运行一次本命令。",))
        return _convened(scheme, take_in_meetings(path, scheme, ledger, actor, at))


def _convened(scheme: Scheme, book: Book) -> Convened:
    told = {one.event: one for one in book.meetings}
    open_ones = (_open_line(event.name, told.get(event.id, Meeting(event.id))) for event in events_with_papers(scheme))
    lines = tuple(filter(None, open_ones))
    return Convened((f"已记下{len(book.meetings)}次会议。", *book.remarks, *lines), int(bool(lines or book.remarks)))


def tell_meeting(
    settings: Settings, event: str, rows: Mapping[str, Sequence[Mapping[str, str]]], seen: int, actor: Actor, at: str
) -> Convened:  # fmt: skip
    """What was typed of one meeting, in the place of all that was told of it before; the workbook, where it lies, then
    says the same.

    rows: sheet of the workbook -> its rows; seen: number of the line about it that was shown, 0 for none. Raises
    MeetingsError with every fault, WorkspaceError where somebody else told something since; then nothing is kept.
    """
    with kept_ledger(settings) as ledger, lease(ledger, str(actor)):
        ledger.refuse_closed()
        facts = tuple(ledger.read())
        scheme, roster, path = scheme_stated(facts), roster_of(facts), settings.workspace / FILE
        take_in_meetings(path, scheme, ledger, actor, at)  # what the office wrote into the workbook counts first
        if told_last(ledger.read(kinds=("decision",)), event) > seen:
            raise WorkspaceError("这次会议的信息刚刚被别人改过，您的没有保存。请打开新的一页，对照着再改。")
        book = meetings_in(sheets_of_rows(rows), scheme, roster)
        if book.faults:
            raise MeetingsError(f"有{len(book.faults)}处要改，没有保存：", book.faults)
        new = [one for one in book.meetings if one.event == event]
        if path.exists():
            _put(path, meeting_book(tuple(ledger.read()), new))
        ledger.append([meeting_fact(one, actor, at) for one in new])
    return Convened((f"已记下{len(book.meetings)}次会议。", *book.remarks), int(bool(book.remarks)))


def _put(path: Path, data: bytes) -> None:
    """The workbook, before the ledger learns of it: values of an older one would be taken in over the new ones, those
    of one that is ahead are taken in the next time.
    """
    try:
        write_whole(path, data)
    except OSError:
        raise WorkspaceError(
            f"{path.name} 写不进去，没有保存：请先关掉打开它的 Excel 或 WPS，并看磁盘是否还有空间，再保存一次。"
        ) from None


def told_last(lines: Iterable[Fact], event: str = "") -> int:
    """Number of the last line about a meeting, about any where none is named; 0 for none."""
    return max(
        (fact.sequence for fact in lines if fact.kind == "decision" and fact.slot.startswith(MEETING)
         and event in ("", fact.slot.removeprefix(MEETING))), default=0,
    )  # fmt: skip


# --- a workbook that is brought -----------------------------------------------------------------------------------


def lay_workbook(settings: Settings, data: bytes, actor: Actor, at: str) -> Convened:
    """Another 会议信息.xlsx in the place of the one there, which is kept aside, and what it says.

    Raises MeetingsError with every fault of it, RosterError for no workbook, WorkspaceError where it changes a meeting
    of which somebody told something after it was written; then the old one stays.
    """
    brought = replace(actor, command=f"{actor.command} brought")
    with kept_ledger(settings) as ledger, lease(ledger, str(actor)):
        ledger.refuse_closed()
        facts, path = tuple(ledger.read()), settings.workspace / FILE
        scheme, roster = scheme_stated(facts), roster_of(facts)
        book = meetings_in(sheets_of(FILE, data), scheme, roster)
        if book.faults:
            raise MeetingsError(f"传上来的 {FILE} 有{len(book.faults)}处要改，没有采用：", book.faults)
        take_in_meetings(path, scheme, ledger, actor, at)
        laid = _laid(book, told_in(data), tuple(ledger.read(kinds=("decision",))), scheme, roster, brought)
        if path.exists():
            _put(path.with_name(BEFORE), path.read_bytes())
        _put(path, data if laid == book.meetings else meeting_book(tuple(ledger.read()), laid))
        ledger.append([meeting_fact(one, brought, at) for one in laid])
        return _convened(scheme, replace(book, meetings=laid))


def _laid(
    book: Book, seen: int, lines: Sequence[Fact], scheme: Scheme, roster: Roster, brought: Actor
) -> tuple[Meeting, ...]:  # fmt: skip
    """What a workbook that was written at a line says, beside what was told since: its own changes alone count.

    brought: who brings it, whose earlier ones it goes on from. WorkspaceError where both changed a meeting.
    """
    was = _in_the_book(scheme, roster, meetings_of(fact for fact in lines if fact.sequence <= seen))
    now = _in_the_book(scheme, roster, meetings_of(lines))
    others = tuple(fact for fact in lines if fact.actor != brought)
    since = {one.event for one in book.meetings if told_last(others, one.event) > seen
             and was.get(one.event) != now.get(one.event) != one}  # fmt: skip
    both = {one.event for one in book.meetings if one.event in since and one != was.get(one.event)}
    if both:
        names = "、".join(event.name for event in events_with_papers(scheme) if event.id in both)
        raise WorkspaceError(
            f"{names}的信息在您下载以后被别人改过，传上来的没有采用。请重新下载 {FILE}，对照着改好再传。"
        )
    return tuple(now[one.event] if one.event in since else one for one in book.meetings)


def _in_the_book(scheme: Scheme, roster: Roster, known: Mapping[str, Meeting]) -> dict[str, Meeting]:
    """What is known, as a workbook with it would say; the usual items where nothing is."""
    rows = rows_known(scheme, roster, known)
    return {one.event: one for one in meetings_in(sheets_of_rows(rows), scheme, roster).meetings}


def meeting_book(facts: Sequence[Fact], more: Iterable[Meeting] = ()) -> bytes:
    """会议信息.xlsx as it is known, to be filled in. more: what is told now, and is no line yet."""
    known = {**meetings_of(facts), **{one.event: one for one in more}}
    return meeting_workbook(scheme_stated(facts), known, _names(roster_of(facts)), told_last(facts))


def rows_known(scheme: Scheme, roster: Roster, known: Mapping[str, Meeting]) -> dict[str, list[Mapping[str, str]]]:
    """What is known of every meeting as rows of the workbook."""
    return meeting_rows(scheme, known, _names(roster))


# --- taken in -----------------------------------------------------------------------------------------------------


def take_in_meetings(path: Path, scheme: Scheme, ledger: Ledger, actor: Actor, at: str) -> Book:
    """What the workbook says, kept in the ledger where it is new; an empty book where there is no such file.

    Raises MeetingsError with every fault, and then keeps nothing.
    """
    if not path.exists():
        return Book()
    facts = tuple(ledger.read())
    book = meetings_in(read_sheets(path), scheme, roster_of(facts))
    if book.faults:
        raise MeetingsError(f"{path.name} 有{len(book.faults)}处要改，没有采用：", book.faults)
    ledger.append([meeting_fact(one, actor, at) for one in book.meetings])
    return book


def _names(roster: Roster) -> Callable[[Talk], tuple[str, str]]:
    def named(talk: Talk) -> tuple[str, str]:
        person = roster.person(talk.person) if talk.person else None
        return (person.name, person.school) if person else (talk.name, talk.unit)

    return named


def _open_line(name: str, meeting: Meeting) -> str:
    still = "、".join(open_points(meeting))
    return f"{name}还没有填：{still}。" if still else ""
