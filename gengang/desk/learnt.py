"""学到的: what corrections taught, which a senior may refuse and take up again; each word is a line of the ledger."""

from starlette.responses import Response

from gengang.desk.recorded import fold_small
from gengang.desk.routing import Room, Visit, read, see_other, show, write
from gengang.desk.views.learnt import learnt_now, learnt_page
from gengang.errors import WorkspaceError
from gengang.intake import utc_now
from gengang.learned import alias_fact, alias_lines, refusal_fact, refused_groups

MEANWHILE = "这一条刚刚被别人改过，您的没有保存。请刷新后再看。"


def learnt(visit: Visit) -> Response:
    """What was learnt, and what the next run will learn."""
    now = visit.now()
    return show(
        visit, "learnt.html", view=learnt_page(now.standing), may_refuse=visit.may("senior"), stale=not now.is_current,
        sequence=now.standing.sequence, lines=(), fault="",
    )  # fmt: skip


def wording(visit: Visit) -> Response:
    """A wording is not to be used, or may be after all. The number names the line that was shown."""
    lines = alias_lines(visit.desk.standings.lines(("learned",)))
    number = visit.form.get("number", "")
    line = next((one for one in lines if str(one.number) == number), None)
    if line is None:
        raise WorkspaceError(MEANWHILE)
    refused = visit.form.get("what") == "refuse"
    fact = alias_fact(
        line.alias, "refused" if refused else "in_use", _why(visit, refused), visit.actor("learned"), utc_now()
    )  # fmt: skip
    visit.desk.ledger.append([fact])
    fold_small(visit)
    return see_other("/learned")


def floor(visit: Visit) -> Response:
    """A threshold is not to be raised, or may be after all; from the next run on."""
    name = visit.form.get("name", "")
    standing = visit.now().standing
    group = next((one for one in standing.of(learnt_now).counts if ":".join(one) == name), None)
    if group is None:
        raise WorkspaceError(MEANWHILE)
    refused = visit.form.get("what") == "refuse"
    if (group in refused_groups(visit.desk.standings.lines(("learned",)))) == refused:
        raise WorkspaceError(MEANWHILE)
    visit.desk.ledger.append([refusal_fact(group, refused, _why(visit, refused), visit.actor("learned"), utc_now())])
    fold_small(visit)
    return see_other("/learned#floors")


def _why(visit: Visit, needed: bool) -> str:
    why = visit.form.get("why", "").strip()
    if needed and not why:
        raise WorkspaceError("请写明理由。")
    return why


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
