"""通报, 表彰, 学情报告: ticking people, writing what only a person can write, and reading what will be printed."""

from collections.abc import Iterator
from urllib.parse import urlencode

from starlette.responses import Response

from gengang.desk.office_prints import papers_here, said, templates_here
from gengang.desk.recorded import done, not_done, recording_desk
from gengang.desk.routing import Visit, read, show, write
from gengang.desk.views.bulletins import bulletin_page, praise_page, quotes_of, report_page
from gengang.desk.views.leaves import page_typed
from gengang.errors import GengangError, WorkspaceError
from gengang.ticking import tick_each, untick
from gengang.ticking import write as write_part

TICKED, WHY = "t:", "why:"  # before a person's key, in the names of what a form sends
QUOTE = "q:"  # before an excerpt's number


def bulletin(visit: Visit) -> Response:
    """The 通报 of a month."""
    return _bulletin(visit, visit.query("month"), "")


def _bulletin(visit: Visit, month: str, fault: str) -> Response:
    now = visit.now()
    return show(
        visit, "notices_bulletin.html", 422 if fault else 200, **said(visit, now, fault),
        view=bulletin_page(now.standing, month, templates_here(visit)), papers=papers_here(visit, "学员情况通报"),
        everybody=now.judged.season.roster.trainees, ticked=_quoted(visit) if fault else (),
    )  # fmt: skip


def quotes(visit: Visit) -> Response:
    """Excerpts to write from, which take a moment to find among many papers."""
    template = "notices_quotes.html" if visit.partial else "notices_quotes_alone.html"
    return show(
        visit, template, found=quotes_of(visit.now().standing, visit.query("month")), typed_part=visit.query("part"),
        ticked=visit.query("ticked").split(),
    )  # fmt: skip


def praise(visit: Visit) -> Response:
    """表彰."""
    return _praise(visit, "")


def _praise(visit: Visit, fault: str) -> Response:
    now = visit.now()
    return show(
        visit, "notices_praise.html", 422 if fault else 200, **said(visit, now, fault),
        view=praise_page(now.standing, templates_here(visit)),
        papers=papers_here(visit, "表彰名单", "表彰通报", "公示"),
        everybody=now.judged.season.roster.trainees,
    )  # fmt: skip


def report(visit: Visit) -> Response:
    """What a person writes for the report at the end."""
    return _report(visit, "")


def _report(visit: Visit, fault: str) -> Response:
    now = visit.now()
    return show(
        visit, "notices_report.html", 422 if fault else 200, **said(visit, now, fault),
        view=report_page(now.standing, page_typed(visit.query("page"))),
    )  # fmt: skip


# --- what is recorded --------------------------------------------------------------------------------------------


def ticked(visit: Visit) -> Response:
    """People are named on a list, or taken off it."""
    typed = visit.form
    list_name, month, since = typed.get("list", ""), typed.get("month", ""), _since(visit)
    try:
        if typed.get("off"):
            lines = untick(recording_desk(visit), list_name, [typed["off"]], month, typed.get("why", ""), since).lines
        else:
            people = list(_people(visit))
            if not people:
                raise WorkspaceError("没有勾选任何人。")
            lines = tick_each(recording_desk(visit), list_name, people, month, typed.get("group", ""), since).lines
    except GengangError as fault:
        why = not_done(visit, fault)
        return _praise(visit, why) if list_name == "commended" else _bulletin(visit, month, why)
    return done(visit, "/notices/praise" if list_name == "commended" else _of_month(month), lines)


def _people(visit: Visit) -> Iterator[tuple[str, str]]:
    """Who is ticked, and why: those of the list, and one who is not on it."""
    typed = visit.form
    for name in typed:
        if name.startswith(TICKED):
            key = name.removeprefix(TICKED)
            yield key, typed.get(WHY + key, "")
    if typed.get("also", "").strip():
        yield typed["also"].strip(), typed.get("also_why", "")


def written(visit: Visit) -> Response:
    """A part is written, or taken back by leaving it empty."""
    typed = visit.form
    paper, month = typed.get("paper", ""), typed.get("month", "")
    text = typed.get("text", "").replace("\r\n", "\n")
    quoted = typed.get("quoted", "").split()  # none where the page was saved before its quotes had come
    try:
        lines = write_part(
            recording_desk(visit), paper, typed.get("part", ""), text, month, _quoted(visit), _since(visit), quoted
        ).lines
    except GengangError as fault:
        why = not_done(visit, fault)
        if paper == "bulletin":
            return _bulletin(visit, month, why)
        return _praise(visit, why) if paper == "praise" else _report(visit, why)
    back = _of_month(month) if paper == "bulletin" else "/notices/praise" if paper == "praise" else _of_replies(visit)
    return done(visit, back, lines)


def _quoted(visit: Visit) -> tuple[str, ...]:
    return tuple(name.removeprefix(QUOTE) for name in visit.form if name.startswith(QUOTE))


def _of_month(month: str) -> str:
    return f"/notices/bulletin?{urlencode({'month': month})}"


def _of_replies(visit: Visit) -> str:
    return f"/notices/report?page={page_typed(visit.query('page'))}"


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
