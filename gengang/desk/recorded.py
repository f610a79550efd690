"""What rooms in which something is recorded share: by whom it is, waiting for the fold, and files to be kept."""

from urllib.parse import quote

from starlette.responses import Response

from gengang.desk.routing import Visit
from gengang.desk.views.wording import at_desk
from gengang.errors import GengangError
from gengang.intake import utc_now
from gengang.recording import Desk

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FEW = 60  # people up to whom a page waits for the fold, which then takes a moment


def recording_desk(visit: Visit) -> Desk:
    """Where and by whom something is recorded."""
    return Desk(visit.desk.settings, visit.actor("record"), utc_now(), visit.session.account)


def fold_small(visit: Visit) -> None:
    """Wait for the fold where it takes a moment only; else the page tells that it is under way."""
    if len(visit.now().judged.verdicts) <= FEW:
        visit.desk.standings.fold()


def not_done(visit: Visit, fault: GengangError) -> str:
    """Why nothing was recorded. Somebody else may have been first: the page shows what stands now, or soon."""
    fold_small(visit)
    visit.desk.standings.soon()
    return at_desk(str(fault))


def attachment(data: bytes, name: str) -> Response:
    """A workbook to be kept. name: nobody's."""
    told = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(data, media_type=XLSX, headers={"Content-Disposition": told})
