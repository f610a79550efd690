"""What rooms in which something is recorded share: by whom, what is said of it, waiting for the fold, files to keep."""

from contextlib import suppress
from urllib.parse import quote

from starlette.responses import Response

from gengang.desk.routing import Visit, see_other
from gengang.desk.views.wording import at_desk, told
from gengang.errors import GengangError
from gengang.intake import utc_now
from gengang.recording import Desk

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DONE = "done"
FEW = 60  # people up to whom a page waits for the fold, which then takes a moment


def recording_desk(visit: Visit) -> Desk:
    """Where and by whom something is recorded."""
    return Desk(visit.desk.settings, visit.actor("record"), utc_now(), visit.session.account)


def fold_small(visit: Visit) -> None:
    """Wait for the fold where it takes a moment only; else the page tells that it is under way.

    One that fails says nothing against what was recorded: every page tells of it as soon as it fails again.
    """
    if len(visit.now().judged.verdicts) <= FEW:
        with suppress(GengangError):
            visit.desk.standings.fold()


def done(visit: Visit, path: str, lines: tuple[str, ...]) -> Response:
    """Something was recorded: back to a page, which says so. lines: as the command says it."""
    fold_small(visit)
    name = visit.desk.sentences.keep(visit.session.key, told(lines))
    return see_other(f"{path}{'&' if '?' in path else '?'}{DONE}={name}")


def done_before(visit: Visit) -> tuple[str, ...]:
    """What was done by the form that led to this page, told once."""
    return visit.desk.sentences.told(visit.session.key, visit.query(DONE))


def not_done(visit: Visit, fault: GengangError) -> str:
    """Why nothing was recorded. Somebody else may have been first: the page shows what stands now, or soon."""
    fold_small(visit)
    visit.desk.standings.soon()
    return at_desk(str(fault))


def attachment(data: bytes, name: str) -> Response:
    """A workbook to be kept. name: nobody's."""
    told = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(data, media_type=XLSX, headers={"Content-Disposition": told})
