"""学到的: what corrections taught, which a senior may refuse and take up again; each word is a line of the ledger."""

from starlette.responses import Response

from gengang.codecs import CODECS
from gengang.desk.behind import age_of, looked
from gengang.desk.recorded import fold_small, recording_desk
from gengang.desk.routing import Room, Visit, read, see_other, show, write
from gengang.desk.views.learnt import learnt_now, learnt_page
from gengang.desk.views.queue import MEDIA_WORDS
from gengang.errors import WorkspaceError
from gengang.learning import Learnt
from gengang.refusing import say_of_threshold, say_of_wording


def learnt(visit: Visit) -> Response:
    """What was learnt, and what the next run will learn."""
    now, found = visit.now(), looked(visit, "learnt", learnt_now, Learnt)
    return show(
        visit, "learnt.html", view=learnt_page(now.standing, found.found) if found.found else None, preview=found,
        age=age_of(visit, found), may_refuse=visit.may("senior"), stale=not now.is_current,
        sequence=now.standing.sequence, lines=(), fault=found.fault,
    )  # fmt: skip


def wording(visit: Visit) -> Response:
    """A wording is not to be used, or may be after all. The number names the line that was shown."""
    number, why = visit.form.get("number", ""), visit.form.get("why", "")
    say_of_wording(recording_desk(visit), int(number) if number.isdigit() else 0, _refused(visit), why)
    fold_small(visit)
    return see_other("/learned")


def floor(visit: Visit) -> Response:
    """A threshold is not to be raised, or may be after all; from the next run on."""
    medium, _, codec = visit.form.get("name", "").partition(":")
    if medium not in MEDIA_WORDS or codec not in CODECS:
        raise WorkspaceError("没有这一类。")
    say_of_threshold(recording_desk(visit), (medium, codec), _refused(visit), visit.form.get("why", ""))
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
