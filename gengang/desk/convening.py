"""会议信息: what the office tells of each meeting, typed on a page or brought as the workbook."""

from urllib.parse import quote

from starlette.responses import Response

from gengang.convening import lay_workbook, meeting_book, tell_meeting
from gengang.desk.recorded import attachment, done, done_before, fold_small
from gengang.desk.routing import Visit, read, see_other, show, write
from gengang.desk.views.meetings import at_page, meeting_page, rows_typed
from gengang.desk.views.wording import at_desk
from gengang.errors import FaultsError, GengangError, WorkspaceError
from gengang.intake import utc_now
from gengang.meetingbook import FILE, events_with_papers

LARGEST_BOOK = 5 << 20  # bytes


def meetings(visit: Visit) -> Response:
    """A meeting."""
    return _page(visit)


def _page(visit: Visit, refused: str = "", faults: tuple[str, ...] = (), status: int = 200) -> Response:
    """refused: why what was typed was not kept; it stands there still."""
    now = visit.now()
    id = visit.form.get("event", "") or visit.query("event")
    view = meeting_page(now.standing, id, visit.form if refused else {})
    return show(
        visit, "meetings.html", status, view=view, refused=refused, faults=faults, lines=done_before(visit),
        may_write=visit.may("clerk"), stale=not now.is_current and not refused, sequence=now.standing.sequence,
        seen=visit.form.get("seen", "") if refused else view.seen if view else 0, book=FILE,
    )  # fmt: skip


def save(visit: Visit) -> Response:
    """What was typed of one."""
    id, seen = visit.form.get("event", ""), visit.form.get("seen", "")
    event = next((one for one in events_with_papers(visit.now().judged.scheme) if one.id == id), None)
    if event is None:
        raise WorkspaceError("没有这次会议。")
    rows, number = rows_typed(visit.form, event), int(seen) if seen.isdigit() else 0
    try:
        told = tell_meeting(visit.desk.settings, event.id, rows, number, visit.actor("meetings"), utc_now())
    except FaultsError as fault:
        of_book = FILE in fault.what  # what is wrong there has its place there
        return _page(visit, fault.what, fault.faults if of_book else tuple(map(at_page, fault.faults)), 422)
    except GengangError as fault:
        return _page(visit, at_desk(str(fault)), status=409)
    return done(visit, f"/issuing/meetings?event={quote(id)}", ("已保存。", *map(at_page, told.lines[1:])))


def book_out(visit: Visit) -> Response:
    """The workbook."""
    return attachment(meeting_book(visit.now().standing.facts), FILE)


def book_in(visit: Visit) -> Response:
    """The workbook, filled in elsewhere."""
    upload = visit.files.get("book")
    data = upload.file.read(LARGEST_BOOK + 1) if upload is not None else b""
    if not data or len(data) > LARGEST_BOOK:
        raise WorkspaceError(f"请选填好的{FILE}。")
    lay_workbook(visit.desk.settings, data, visit.actor("meetings"), utc_now())
    fold_small(visit)
    return see_other("/issuing/meetings")


ROUTES = (
    read("/issuing/meetings", meetings),
    write("/issuing/meetings", save),
    read("/issuing/meetings.xlsx", book_out, "clerk"),
    write("/issuing/meetings.xlsx", book_in),
)
