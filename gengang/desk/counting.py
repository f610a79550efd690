"""清点份数: paper copies of one kind of paper counted for many people at once; a page of persons and schools."""

from datetime import date

from starlette.responses import Response

from gengang.desk.recorded import fold_small, recording_desk
from gengang.desk.routing import Visit, read, show, write
from gengang.desk.views.asking import day_typed, number_typed
from gengang.desk.views.copies_counted import STATES, count_page, typed_numbers
from gengang.desk.views.leaves import page_typed
from gengang.desk.views.people import Wanted
from gengang.desk.views.wording import at_desk, told
from gengang.errors import WorkspaceError
from gengang.noting import record_all_copies

NOTHING = "没有改动：请先填份数。"


def copies(visit: Visit) -> Response:
    """One kind of paper of everybody."""
    return _page(visit, (), "")


def save(visit: Visit) -> Response:
    """Numbers that were typed."""
    typed, since = visit.form, visit.form.get("since", "")
    try:
        given = [(key, number_typed(number)) for key, number in typed_numbers(typed)]
        if not given:
            return _page(visit, (), NOTHING)
        done = record_all_copies(
            recording_desk(visit), visit.query("form"), given, day_typed(typed.get("on", "")), typed.get("by", ""),
            int(since) if since.isdigit() else 0,
        )  # fmt: skip
    except WorkspaceError as fault:
        return _page(visit, (), at_desk(str(fault)))
    fold_small(visit)
    return _page(visit, told(done.lines), "")


def _page(visit: Visit, lines: tuple[str, ...], fault: str) -> Response:
    now = visit.now()
    wanted = Wanted(school=visit.query("school"), state=visit.query("state"))
    return show(
        visit, "copies.html", 422 if fault else 200, view=count_page(
            now.standing, wanted, visit.query("form"), page_typed(visit.query("page"))),
        wanted=wanted, states=STATES, day=min(now.judged.as_of, date.today()).isoformat(),
        may_write=visit.may("clerk"), lines=lines, fault=fault, stale=not now.is_current,
        sequence=now.standing.sequence, typed=visit.form if fault else {},
    )  # fmt: skip


ROUTES = (
    read("/persons/copies", copies),
    write("/persons/copies", save),
)
