"""各种材料: office papers printed now, 套打 onto bought sheets, and people and hours for the province's platform."""

import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from starlette.responses import Response

from gengang.desk import working
from gengang.desk.outbox import note_download
from gengang.desk.recorded import attachment
from gengang.desk.routing import Visit, read, see_other, show, write
from gengang.desk.running import Ended
from gengang.desk.views.paper_kinds import asking_typed, papers_typed, parts
from gengang.desk.views.wording import told
from gengang.errors import WorkspaceError
from gengang.handing_out import bag_covers, office_papers, own_forms
from gengang.intake import utc_now
from gengang.issuing import Written, wanted_keys
from gengang.office.kinds import Asking
from gengang.papers.draft import file_name
from gengang.papers.words import masked
from gengang.platform_export import export
from gengang.under_way import RunRequest

LARGEST_BOOK = 10 << 20  # bytes
GONE = "这一页已经过期，请重新选一次样表。"


def papers(visit: Visit) -> Response:
    """Every paper that can be printed."""
    judged = visit.now().judged
    return show(
        visit, "papers.html", parts=parts(), may_print=visit.may("clerk"), schools=judged.season.roster.schools,
        events=tuple(one for one in judged.scheme.events if one.papers), last=visit.desk.runs.of(working.PAPERS),
    )  # fmt: skip


def print_papers(visit: Visit) -> Response:
    """Some of them, now."""
    return working.begin(
        visit, working.PAPERS, partial(_printed, papers_typed(visit.form), asking_typed(visit.form))
    )  # fmt: skip


def _printed(names: tuple[str, ...], asking: Asking, request: RunRequest) -> Ended:
    done = office_papers(request, names, asking)
    return Ended(done.lines, done)


def hand_out(visit: Visit) -> Response:
    """Forms with everybody's name on them, or covers for what is scanned."""
    whom = tuple(visit.form.get("person", "").split())
    wanted_keys(visit.now().judged.season.roster, whom)
    return working.begin(visit, working.PAPERS, partial(_handed_out, visit.form.get("what", ""), whom))


def _handed_out(what: str, whom: tuple[str, ...], request: RunRequest) -> Ended:
    done: Written = bag_covers(request, whom, ()) if what == "bag" else own_forms(request, whom, (), None)
    return Ended(done.lines, done)


# --- the province's platform -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sample:
    """A platform's own sample workbook."""

    name: str
    mentors: bool


@dataclass(frozen=True, slots=True)
class Filled:
    """It filled in. lines: what to look at before it is sent."""

    data: bytes
    name: str
    lines: tuple[str, ...]


def platform(visit: Visit) -> Response:
    """A sample workbook is filled in."""
    upload = visit.files.get("book")
    data = upload.file.read(LARGEST_BOOK + 1) if upload is not None else b""
    if upload is None or not data or len(data) > LARGEST_BOOK:
        raise WorkspaceError("请选平台的样表（.xlsx）。")
    sample = Sample(file_name(Path(upload.filename or "样表").stem), visit.form.get("whom") == "mentors")
    request = RunRequest(visit.desk.settings, None, visit.actor("export"), utc_now(), lambda *_: None)
    everybody = visit.form.get("everybody") == "yes"
    name = visit.desk.previews.begin(visit.session.key, sample, partial(_filled, request, sample, data, everybody))
    return see_other(f"/issuing/platform/{name}")


def _filled(request: RunRequest, sample: Sample, data: bytes, everybody: bool) -> Filled:
    with tempfile.TemporaryDirectory(prefix="gengang-desk-") as folder:
        head = Path(folder) / f"{sample.name}.xlsx"
        head.write_bytes(data)
        done = export(request, head, sample.mentors, everybody)
    lines = tuple(masked(line) for line in told(done.lines))
    return Filled(done.path.read_bytes(), done.path.name, lines)


def platform_filled(visit: Visit) -> Response:
    """What to look at before it is sent; with `?keep=yes` the workbook itself, which shows whole ID numbers."""
    found = visit.desk.previews.of(visit.session.key, visit.path("name"), Sample, Filled)
    if found is None:
        raise WorkspaceError(GONE)
    if visit.query("keep") and found.found:
        note_download(visit, "cohort", "platform")
        return attachment(found.found.data, found.found.name)
    return show(visit, "platform.html", preview=found)


ROUTES = (
    read("/issuing/papers", papers),
    write("/issuing/papers", print_papers),
    write("/issuing/hand-out", hand_out),
    write("/issuing/platform", platform),
    read("/issuing/platform/{name}", platform_filled, "clerk"),
)
