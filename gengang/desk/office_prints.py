"""Printing office papers from the desk, in the background; and what was printed, to be kept."""

import re
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import quote

from starlette.responses import FileResponse, Response

from gengang.desk.outbox import about_file, note_download
from gengang.desk.recorded import done_before, fold_small
from gengang.desk.routing import Visit, read, see_other, show, write
from gengang.desk.standing import Now
from gengang.desk.views.chasing import Template
from gengang.desk.views.office_papers import (
    OFFICE,
    OfficePaper,
    PrintedFile,
    last_prints,
    office_papers_of,
    papers_named,
    printed_file,
)
from gengang.desk.views.paper_text import template_here
from gengang.desk.views.wording import told
from gengang.errors import WorkspaceError
from gengang.facts import Fact
from gengang.handing_out import office_papers
from gengang.intake import utc_now
from gengang.issuing import Written
from gengang.office.kinds import Asking
from gengang.papers.letterhead import letter_number
from gengang.papers.pressbook import Entry, Pressbook, open_pressbook, pressbook_in
from gengang.under_way import RunRequest

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {"docx": WORD, "pdf": "application/pdf"}
PLACES = (
    "/notices", "/notices/register", "/notices/bulletin", "/notices/praise", "/notices/report", "/notices/leaders",
    "/notices/papers",
)  # fmt: skip
GONE = "没有这份文件：可能改过、移走了，或者还没有印。请再印一次。"


@dataclass(frozen=True, slots=True)
class PrintWish:
    """What somebody had printed. back: the page they came from."""

    name: str
    back: str


def book_of(visit: Visit) -> dict[str, Entry]:
    """What was pressed for each place."""
    return open_pressbook(visit.desk.settings.workspace / ".press")


def lines_of(visit: Visit) -> tuple[Fact, ...]:
    """Every line that tells of a print."""
    return visit.desk.standings.lines(("paper",))


def last_lines(visit: Visit) -> tuple[Fact, ...]:
    """The last of them of each kind, with what was printed since the season was folded."""
    standing = visit.now().standing
    return (*standing.of(last_prints), *visit.desk.standings.lines(("paper",), standing.sequence))


def pressbook(visit: Visit) -> Pressbook:
    """The pressbook."""
    return pressbook_in(visit.desk.settings.workspace / ".press")


def papers_here(visit: Visit, *names: str) -> tuple[OfficePaper, ...]:
    """The papers that a page is about."""
    return papers_named(names, last_lines(visit), pressbook(visit))


def templates_here(visit: Visit) -> Template:
    """The office's templates of papers."""
    return partial(template_here, visit.desk.settings)


def said(visit: Visit, now: Now, fault: str) -> dict[str, Any]:
    """What each page of these papers shows: what was done or why not, and how far the season is folded.

    A form is filled in over the standing, not over the ledger's last line, which may be a word that the page has not.
    """
    return {
        "lines": done_before(visit), "fault": fault, "typed": visit.form if fault else {}, "stale": not now.is_current,
        "sequence": now.standing.sequence, "may_write": visit.may("clerk"),
    }  # fmt: skip


def listed(visit: Visit) -> Response:
    """The other papers of the office."""
    return show(
        visit, "notices_papers.html", rows=office_papers_of(last_lines(visit), pressbook(visit)),
        schools=sorted({one.school for one in visit.now().judged.season.roster.trainees}),
        may_write=visit.may("clerk"),
    )  # fmt: skip


# --- printing ----------------------------------------------------------------------------------------------------


def begin(visit: Visit) -> Response:
    """A paper is printed as things stand, by the same function as the command."""
    typed = visit.form
    name, back = typed.get("paper", ""), typed.get("back", "")
    if name not in OFFICE:
        raise WorkspaceError(f"没有“{name}”这种材料。")
    asking = Asking(
        "", typed.get("school", "").strip(), typed.get("person", "").strip(), month_typed(typed.get("month", "")),
        number_typed(typed.get("number", "")),
    )  # fmt: skip
    request = RunRequest(visit.desk.settings, None, visit.actor("papers"), utc_now(), lambda *_: None)
    wish = PrintWish(name, back if back in PLACES else "/notices/papers")
    begun = visit.desk.prints.begin(visit.session.key, wish, lambda: office_papers(request, (name,), asking))
    return see_other(f"/notices/print/{begun}")


def month_typed(text: str) -> date | None:
    """The first day of `2016-10`, None for nothing. WorkspaceError for anything else."""
    if not text.strip():
        return None
    found = re.fullmatch(r"(\d{4})-(\d{2})", text.strip())
    if found is None or not 1 <= int(found[2]) <= 12:
        raise WorkspaceError(f"月份应写成 2016-10 的样子，现在是“{text}”。")
    return date(int(found[1]), int(found[2]), 1)


def number_typed(text: str) -> str:
    """A 发文字号 as the standard writes it, empty for none. WorkspaceError for anything else."""
    number = letter_number(text) if text.strip() else ""
    if number is None:
        raise WorkspaceError(f"发文字号应写成“安教体〔2016〕12号”的样子，现在是“{text}”。")
    return number


def printing(visit: Visit) -> Response:
    """How it goes, and what came of it."""
    found = visit.desk.prints.of(visit.session.key, visit.path("name"), PrintWish, Written)
    if found is None:
        raise WorkspaceError("这次打印已经不在了，请到材料那一页看。")
    if found.is_ready:
        fold_small(visit)
    made = found.found
    files = tuple(
        PrintedFile(one.file.rpartition("/")[2], one.file.rpartition("/")[0], one.docx, one.pdf, one.pages)
        for one in made.pressed if one.status != "held"
    ) if made else ()  # fmt: skip
    return show(
        visit, "notices_print.html", preview=found, files=files, lines=told(made.lines) if made else (),
        held=made.held if made else 0,
    )  # fmt: skip


def handed(visit: Visit) -> Response:
    """A printed file, by the hash under which the ledger says it was printed."""
    found = printed_file(visit.path("sha"), lines_of(visit), book_of(visit), visit.desk.settings.outbox)
    if found is None:
        raise WorkspaceError(GONE)
    path, ending = found
    note_download(visit, *about_file(visit.now().standing, visit.path("sha")))
    kind = "inline" if ending == "pdf" else "attachment"
    told_as = f"{kind}; filename*=UTF-8''{quote(path.name)}"
    return FileResponse(path, media_type=TYPES[ending], headers={"Content-Disposition": told_as})


ROUTES = (
    read("/notices/papers", listed),
    write("/notices/print", begin),
    read("/notices/print/{name}", printing, "clerk"),
    read("/notices/file/{sha}", handed, "clerk"),
)
