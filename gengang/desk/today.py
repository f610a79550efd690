"""Today (今日要点): the numbers with their lists, files into the inbox, and a run that is started and watched."""

from datetime import date

from starlette.responses import JSONResponse, Response

from gengang.arrivals import waiting_files
from gengang.desk.receiving_files import put_into_inbox
from gengang.desk.routing import Room, Visit, read, see_other, show, write
from gengang.desk.views.asked import asked_of
from gengang.desk.views.today import all_lists, door_counts, owed_by_school, today_of
from gengang.errors import WorkspaceError
from gengang.settings import Settings

ROWS_A_PAGE = 200
SCHOOLS_HOME = "/persons"  # where somebody of a school begins


def today(visit: Visit) -> Response:
    """The page."""
    if not visit.may("reader"):
        return see_other(SCHOOLS_HOME)
    now = visit.now()
    return show(
        visit, "today.html", today=today_of(now), owes=owed_by_school(now.judged), progress=visit.desk.runs.progress,
        inbox=inbox_count(visit.desk.settings), may_run=visit.may("clerk"),
    )  # fmt: skip


def inbox_count(settings: Settings) -> int:
    """Files that lie in the inbox and were not taken in yet."""
    return len(waiting_files(settings.inbox, float("inf"), 0.0))


def listed(visit: Visit) -> Response:
    """The list behind a number."""
    name = visit.path("name")
    found = next((one for one in visit.now().standing.of(all_lists) if one.name == name), None)
    if found is None:
        raise WorkspaceError("没有这个清单。")
    wanted = visit.query("page")
    last = max(0, (found.number - 1) // ROWS_A_PAGE)
    number = min(int(wanted), last) if wanted.isdigit() and len(wanted) < 7 else 0
    rows = found.rows[number * ROWS_A_PAGE : (number + 1) * ROWS_A_PAGE]
    return show(visit, "list.html", listed=found, rows=rows, number=number, last=last)


def again(visit: Visit) -> Response:
    """What has to come again, with a text for each sender."""
    return show(visit, "again.html", asked=asked_of(visit.now()))


def bring(visit: Visit) -> Response:
    """One file into the inbox; the page sends several one after another, each with its progress."""
    file = visit.files.get("file")
    if file is None:
        raise WorkspaceError("没有收到文件。")
    name = visit.form.get("name", "") or file.filename or ""
    put_into_inbox(visit.desk.settings, name, _folder(visit), file.file)
    if visit.form.get("plain", ""):
        return see_other("/")
    return JSONResponse({"inbox": inbox_count(visit.desk.settings)})


def _folder(visit: Visit) -> str:
    """Day of receipt and sender, as a clerk would name the folder; WorkspaceError for a day that is none."""
    day, sender = visit.form.get("received", "").strip(), visit.form.get("sender", "").strip()
    if day:
        try:
            date.fromisoformat(day)
        except ValueError as fault:
            raise WorkspaceError("收到日期要写成 2016-12-06 的样子。") from fault
    return " ".join(part for part in (day, sender.replace("/", "_").lstrip(" .~")) if part)


def start(visit: Visit) -> Response:
    """A run, unless one is under way."""
    visit.desk.runs.start(visit.actor("run"))
    return progress(visit) if visit.partial else see_other("/")


def progress(visit: Visit) -> Response:
    """How far the run is; at its end the page is loaded again, with everything that came of it."""
    now = visit.desk.runs.progress
    if not now.going and visit.query("going"):
        visit.desk.standings.soon()
        return Response(status_code=204, headers={"HX-Refresh": "true"})
    return show(visit, "progress.html", progress=now)


def fresh(visit: Visit) -> Response:
    """Loads the page again once everything in the ledger is counted; asked now and then while it is not."""
    headers = {"HX-Refresh": "true"} if visit.now().is_current else {}
    return Response(status_code=204, headers=headers)


ROOM = Room(
    "today",
    "今日要点",
    "/",
    "reader",
    (
        read("/", today, "school"),
        read("/today/again", again),
        read("/today/{name}", listed),
        write("/inbox", bring),
        write("/run", start),
        read("/run", progress),
        read("/fresh", fresh),
    ),
    warm=(all_lists, door_counts),
)
