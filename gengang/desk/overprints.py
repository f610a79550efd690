"""套打: what is new printed onto bought shells and signed forms, and how far a printer is off."""

import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from starlette.responses import Response

from gengang.desk import working
from gengang.desk.outbox import ABSENT, handed
from gengang.desk.routing import Visit, read, see_other, show, write
from gengang.desk.running import Ended
from gengang.desk.views.meetings import decisions
from gengang.desk.views.wording import at_desk
from gengang.errors import WorkspaceError
from gengang.intake import utc_now
from gengang.issuing import wanted_keys
from gengang.office.kinds import Asking
from gengang.office.signed_sheets import FOLDER
from gengang.offsets import PAPERS, offsets_of
from gengang.overprinting import keep_offset, offset_from_scan, offset_words, overprinted
from gengang.papers.overprint_pdf import Offset
from gengang.papers.pressbook import hash_of
from gengang.settings import Settings
from gengang.under_way import RunRequest

LARGEST_SCAN = 60 << 20  # bytes
BY_HAND = "手工输入"


@dataclass(frozen=True, slots=True)
class Row:
    """A paper that is printed onto sheets. offset: in words; sha256: of what lies ready, '' for nothing."""

    paper: str
    offset: str
    sha256: str


def overprint(visit: Visit) -> Response:
    """The page."""
    kept, settings = offsets_of(visit.now().standing.of(decisions)), visit.desk.settings
    rows = tuple(
        Row(paper, offset_words(Offset(*kept[stem])) if stem in kept else "没有校准过",
            hash_of(whole_file(settings, paper)))
        for paper, stem in PAPERS.items()
    )  # fmt: skip
    return show(
        visit, "overprint.html", rows=rows, schools=visit.now().judged.season.roster.schools,
        may_print=visit.may("clerk"), last=visit.desk.runs.of(working.OVERPRINT),
    )  # fmt: skip


def whole_file(settings: Settings, paper: str) -> Path:
    """The file in which everybody's overprint is."""
    return settings.outbox / FOLDER / f"{paper}_全部.pdf"


def begin(visit: Visit) -> Response:
    """Begins to print some."""
    paper, person = visit.form.get("paper", ""), visit.form.get("person", "").strip()
    if paper not in PAPERS:
        raise WorkspaceError("请选要套打的材料。")
    wanted_keys(visit.now().judged.season.roster, (person,) if person else ())
    asking = Asking(school=visit.form.get("school", ""), person=person)
    return working.begin(visit, working.OVERPRINT, partial(_printed, paper, asking))


def _printed(paper: str, asking: Asking, request: RunRequest) -> Ended:
    return Ended(tuple(at_desk(line) for line in overprinted(request, paper, asking).lines))


def file(visit: Visit) -> Response:
    """What lies ready, by its hash."""
    wanted = visit.path("sha256")
    files = {paper: whole_file(visit.desk.settings, paper) for paper in PAPERS}
    paper = next((paper for paper, path in files.items() if hash_of(path) == wanted), None)
    if paper is None:
        raise WorkspaceError(ABSENT)
    return handed(visit, files[paper], wanted, "cohort", f"overprint_{PAPERS[paper]}")


def measure(visit: Visit) -> Response:
    """How far the printer is off: on a scan, or in millimetres that somebody took with a ruler."""
    request = RunRequest(visit.desk.settings, None, visit.actor("offset"), utc_now(), lambda *_: None)
    papers = tuple(paper for paper in PAPERS if visit.form.get("paper") == paper)
    upload = visit.files.get("scan")
    data = upload.file.read(LARGEST_SCAN + 1) if upload is not None and upload.filename else b""
    if data:
        with tempfile.TemporaryDirectory(prefix="gengang-desk-") as folder:
            scan = Path(folder) / f"校准页{Path(upload.filename or '').suffix if upload else ''}"
            scan.write_bytes(data[:LARGEST_SCAN])
            offset_from_scan(visit.desk.settings, papers, str(scan), request)
    else:
        offset = Offset(_millimetres(visit, "right"), _millimetres(visit, "down"))
        keep_offset(visit.desk.settings, papers, offset, BY_HAND, request)
    visit.desk.standings.fold()
    return see_other("/issuing/overprint")


def _millimetres(visit: Visit, name: str) -> float:
    text = visit.form.get(name, "").strip() or "0"
    try:
        return float(text)
    except ValueError as fault:
        raise WorkspaceError(f"偏移要写毫米数，例如 1.5 或 -0.8，现在是“{text}”。") from fault


ROUTES = (
    read("/issuing/overprint", overprint),
    write("/issuing/overprint", begin),
    write("/issuing/overprint/offset", measure),
    read("/issuing/overprint/{sha256}", file, "clerk"),
)
