"""学到的: what corrections taught, which a senior may refuse and take up again; each word is a line of the ledger."""

from starlette.responses import Response

from gengang.desk.recorded import fold_small, recording_desk
from gengang.desk.routing import Room, Visit, read, see_other, show, write
from gengang.desk.views.learnt import groups_of, learnt_page
from gengang.errors import WorkspaceError
from gengang.refusing import say_of_threshold, say_of_wording


def learnt(visit: Visit) -> Response:
    """What was learnt, and what the next run will learn."""
    now = visit.now()
    return show(
        visit, "learnt.html", view=learnt_page(now.standing), may_refuse=visit.may("senior"), stale=not now.is_current,
        sequence=now.standing.sequence, lines=(), fault="",
    )  # fmt: skip


def wording(visit: Visit) -> Response:
    """A wording is not to be used, or may be after all. The number names the line that was shown."""
    number, why = visit.form.get("number", ""), visit.form.get("why", "")
    say_of_wording(recording_desk(visit), int(number) if number.isdigit() else 0, _refused(visit), why)
    fold_small(visit)
    return see_other("/learned")


def floor(visit: Visit) -> Response:
    """A threshold is not to be raised, or may be after all; from the next run on."""
    name, standing = visit.form.get("name", ""), visit.now().standing
    group = next((one for one in groups_of(standing) if ":".join(one) == name), None)
    if group is None:
        raise WorkspaceError("没有这一类。")
    say_of_threshold(recording_desk(visit), group, _refused(visit), visit.form.get("why", ""))
    fold_small(visit)
    return see_other("/learned#floors")


def _refused(visit: Visit) -> bool:
    return visit.form.get("what") == "refuse"


ROOM = Room(
    "learned",
    "学到的",
    "/learned",
    "clerk",
    (
        read("/learned", learnt, "clerk"),
        write("/learned/wording", wording, "senior"),
        write("/learned/floor", floor, "senior"),
    ),
)
