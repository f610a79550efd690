"""通报, 表彰, 学情报告: ticking people, writing what only a person can write, and reading what will be printed."""

from collections.abc import Iterator

from starlette.responses import Response

from gengang.desk.office_prints import papers_here, said, templates_here
from gengang.desk.recorded import fold_small, not_done, recording_desk
from gengang.desk.routing import Visit, read, show, write
from gengang.desk.views.bulletins import bulletin_page, praise_page, quotes_of, report_page
from gengang.desk.views.leaves import page_typed
from gengang.desk.views.wording import told
from gengang.errors import WorkspaceError
from gengang.ticking import tick_each, untick
from gengang.ticking import write as write_part

TICKED, WHY = "t:", "why:"  # before a person's key, in the names of what a form sends


def bulletin(visit: Visit) -> Response:
    """The 通报 of a month."""
    return _bulletin(visit, visit.query("month"), (), "")


def _bulletin(visit: Visit, month: str, lines: tuple[str, ...], fault: str) -> Response:
    now = visit.now()
    return show(
        visit, "notices_bulletin.html", 422 if fault else 200, **said(visit, now, lines, fault),
        view=bulletin_page(now.standing, month, templates_here(visit)), papers=papers_here(visit, "学员情况通报"),
        everybody=now.judged.season.roster.trainees,
    )  # fmt: skip


def quotes(visit: Visit) -> Response:
    """Excerpts to write from, which take a moment to find among many papers."""
    template = "notices_quotes.html" if visit.partial else "notices_quotes_alone.html"
    return show(visit, template, found=quotes_of(visit.now().standing, visit.query("month")))


def praise(visit: Visit) -> Response:
    """表彰."""
    return _praise(visit, (), "")


def _praise(visit: Visit, lines: tuple[str, ...], fault: str) -> Response:
    now = visit.now()
    return show(
        visit, "notices_praise.html", 422 if fault else 200, **said(visit, now, lines, fault),
        view=praise_page(now.standing, templates_here(visit)),
        papers=papers_here(visit, "表彰名单", "表彰通报", "公示"),
        everybody=now.judged.season.roster.trainees,
    )  # fmt: skip


def report(visit: Visit) -> Response:
    """What a person writes for the report at the end."""
    return _report(visit, (), "")


def _report(visit: Visit, lines: tuple[str, ...], fault: str) -> Response:
    now = visit.now()
    return show(
        visit, "notices_report.html", 422 if fault else 200, **said(visit, now, lines, fault),
        view=report_page(now.standing, page_typed(visit.query("page"))),
    )  # fmt: skip


# --- what is recorded --------------------------------------------------------------------------------------------


def ticked(visit: Visit) -> Response:
    """People are named on a list, or taken off it."""
    typed = visit.form
    list_name, month, since = typed.get("list", ""), typed.get("month", ""), _since(visit)
    try:
        if typed.get("off"):
            done = untick(recording_desk(visit), list_name, [typed["off"]], month, typed.get("why", ""), since)
        else:
            people = list(_people(visit))
            if not people:
                raise WorkspaceError("没有勾选任何人。")
            done = tick_each(recording_desk(visit), list_name, people, month, typed.get("group", ""), since)
    except WorkspaceError as fault:
        return _shown(visit, list_name, month, (), not_done(visit, fault))
    fold_small(visit)
    return _shown(visit, list_name, month, told(done.lines), "")


def _people(visit: Visit) -> Iterator[tuple[str, str]]:
    """Who is ticked, and why: those of the list, and one who is not on it."""
    typed = visit.form
    for name in typed:
        if name.startswith(TICKED):
            key = name.removeprefix(TICKED)
            yield key, typed.get(WHY + key, "")
    if typed.get("also", "").strip():
        yield typed["also"].strip(), typed.get("also_why", "")


def _shown(visit: Visit, list_name: str, month: str, lines: tuple[str, ...], fault: str) -> Response:
    return _praise(visit, lines, fault) if list_name == "commended" else _bulletin(visit, month, lines, fault)


def written(visit: Visit) -> Response:
    """A part is written, or taken back by leaving it empty."""
    typed = visit.form
    paper, month = typed.get("paper", ""), typed.get("month", "")
    sources = [name.removeprefix("q:") for name in typed if name.startswith("q:")]
    lines: tuple[str, ...] = ()
    fault = ""
    try:
        text = typed.get("text", "").replace("\r\n", "\n")
        quoted = typed.get("quoted", "").split()  # none where the page was saved before its quotes had come
        done = write_part(
            recording_desk(visit), paper, typed.get("part", ""), text, month, sources, _since(visit), quoted
        )
        lines = told(done.lines)
        fold_small(visit)
    except WorkspaceError as refused:
        fault = not_done(visit, refused)
    if paper == "bulletin":
        return _bulletin(visit, month, lines, fault)
    return _praise(visit, lines, fault) if paper == "praise" else _report(visit, lines, fault)


def _since(visit: Visit) -> int:
    since = visit.form.get("since", "")
    return int(since) if since.isdigit() else 0


ROUTES = (
    read("/notices/bulletin", bulletin),
    read("/notices/bulletin/quotes", quotes),
    read("/notices/praise", praise),
    read("/notices/report", report),
    write("/notices/tick", ticked),
    write("/notices/write", written),
)
