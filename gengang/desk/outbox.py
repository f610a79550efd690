"""Printed papers over the web: by the SHA-256 of a file that the press, or the packet's list, knows; never by a path.

What is handed over has that hash: a file that somebody changed since is told of, and not given out for ours.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote

from starlette.responses import FileResponse, Response

from gengang.desk.routing import Visit, read
from gengang.desk.standing import Standing, StandingKeeper
from gengang.desk.views.certificates import number_facts
from gengang.desk.views.packets import sums_in
from gengang.errors import WorkspaceError
from gengang.facts import Fact
from gengang.intake import utc_now
from gengang.papers.certificate_page import FILE as CHECK_PAGE
from gengang.papers.packet import FOLDER
from gengang.papers.packet_files import SUMS
from gengang.papers.places import path_of
from gengang.papers.pressbook import hash_of, pressbook_in
from gengang.settings import Settings

ABSENT = "没有这个文件，可能已经重印、作废或移走。请回到上一页刷新。"
CHANGED = "这个文件已被人改过，不再是程序印的那一份。请到 outbox 里打开看，或移走后再印。"
NAMES = {".pdf": "application/pdf", ".zip": "application/zip", ".txt": "text/plain; charset=utf-8",
         ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}  # fmt: skip


def paper(visit: Visit) -> Response:
    """A printed paper, with `?see=yes` to be looked at in the browser. It may show a whole ID number: each time is a
    line of the ledger.
    """
    wanted = visit.path("sha256")
    path = place_of(visit.desk.settings, wanted)
    if path is None:
        raise WorkspaceError(ABSENT)
    return handed(visit, path, wanted, *about_file(visit.desk.standings, wanted))


def about_file(standings: StandingKeeper, sha256: str) -> tuple[str, str]:
    """Whom the printed paper of this hash is about, and of what kind it is; a form of nobody is the cohort's.

    One that was printed a moment ago is known too.
    """
    standing = standings.now().standing
    fresh = printed_for(standings.lines(("paper",), standing.sequence))
    return fresh.get(sha256) or standing.of(_printed_before).get(sha256, ("cohort", "form"))


def _printed_before(standing: Standing) -> Mapping[str, tuple[str, str]]:
    return printed_for(standing.of(number_facts))


def printed_for(lines: Iterable[Fact]) -> Mapping[str, tuple[str, str]]:
    """Hash of a file -> whom the paper is about, and of what kind it is."""
    return {
        str(fact.data.get(name)): (fact.subject, str(fact.data["kind"]))
        for fact in lines if fact.kind == "paper" for name in ("sha256", "pdf")
    }  # fmt: skip


def place_of(settings: Settings, wanted: str) -> Path | None:
    """Where the file of a hash was put; None where nothing of it is known."""
    found = pressbook_in(settings.workspace / ".press").by_hash.get(wanted)
    return path_of(settings.outbox, found[0].at, found[1]) if found else None


def bound(visit: Visit) -> Response:
    """A volume, a bundle or a zip of the packet."""
    wanted, folder = visit.path("sha256"), visit.desk.settings.outbox / FOLDER
    name = next((name for found, name in sums_in(folder / SUMS) if found == wanted), None)
    if name is None:
        raise WorkspaceError(ABSENT)
    return handed(visit, folder / name, wanted, "packet", "packet")


def handed(visit: Visit, path: Path, wanted: str, subject: str, what: str) -> Response:
    """A file that has this hash; that it was handed out is a line of the ledger. subject, what: of the line."""
    if not path.is_file():
        raise WorkspaceError(ABSENT)
    if hash_of(path) != wanted:
        raise WorkspaceError(CHANGED)
    note_download(visit, subject, what)
    return kept_file(path, "inline" if visit.query("see") and path.suffix == ".pdf" else "attachment")


def note_download(visit: Visit, subject: str, what: str) -> None:
    """The line of the ledger: a printed paper may show a whole ID number."""
    actor, at = visit.actor("download"), utc_now()
    visit.desk.ledger.append([Fact("looked_at", subject, {"what": what, "at": at, "by": actor.user}, actor, at)])


def kept_file(path: Path, how: str = "attachment") -> Response:
    """A file under its own name. how: `attachment` to be kept, `inline` to be looked at."""
    told = f"{how}; filename*=UTF-8''{quote(path.name)}"
    return FileResponse(path, media_type=NAMES.get(path.suffix), headers={"Content-Disposition": told})


def check_page(visit: Visit) -> Response:
    """The page that checks certificates without the internet."""
    path = visit.desk.settings.outbox / CHECK_PAGE
    if not path.is_file():
        raise WorkspaceError("还没有核验页：发了第一份证书就有。")
    return kept_file(path)


ROUTES = (
    read("/issuing/paper/{sha256}", paper, "clerk"),
    read("/issuing/bound/{sha256}", bound, "clerk"),
    read("/issuing/check-page", check_page, "clerk"),
)
