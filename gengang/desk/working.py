"""What takes a while and is begun in the room of papers: its progress on a page, and what came of it."""

from starlette.responses import Response

from gengang.desk.routing import Visit, read, see_other, show
from gengang.desk.running import Work
from gengang.desk.views.printed import result_of
from gengang.errors import WorkspaceError

ISSUE, PACKET, PAPERS, OVERPRINT = "issue", "packet", "papers", "overprint"
TITLES = {
    ISSUE: ("发证", "/issuing"), PACKET: ("汇编成册", "/issuing/packet"), PAPERS: ("印材料", "/issuing/papers"),
    OVERPRINT: ("套打", "/issuing/overprint"),
}  # fmt: skip
# Other pages from which papers are printed, and to which one goes back.
PLACES = (
    "/notices", "/notices/register", "/notices/bulletin", "/notices/praise", "/notices/leaders", "/notices/papers",
)  # fmt: skip


def begin(visit: Visit, name: str, work: Work) -> Response:
    """Begins it, and shows how far it is. WorkspaceError while anything else is under way.

    The form may say in `back` to which of PLACES one goes back.
    """
    if not visit.desk.runs.start(visit.actor(name), name, work):
        raise WorkspaceError("正在处理别的事，这件没有开始。请等它办完（今日要点里看得到）再来。")
    return see_other(_address(name, visit.form.get("back", "")))


def _address(name: str, back: str) -> str:
    return f"/issuing/work/{name}{f'?back={back}' if back in PLACES else ''}"


def work(visit: Visit) -> Response:
    """How far the last of a name is, or what came of it."""
    name = visit.path("name")
    if name not in TITLES:
        raise WorkspaceError("没有这一页。")
    title, room = TITLES[name]
    wanted = visit.query("back")
    back = wanted if wanted in PLACES else room
    progress = visit.desk.runs.of(name)
    if progress is None:
        return see_other(back)
    if not progress.going:
        visit.desk.standings.soon()
    made = result_of(progress.made, visit.now().judged)
    return show(
        visit, "work.html", title=title, back=back, address=_address(name, wanted), progress=progress, made=made
    )


ROUTES = (read("/issuing/work/{name}", work, "clerk"),)
