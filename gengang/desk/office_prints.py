"""What the pages of office papers share: what was printed of each, and what was done. `printing` prints them."""

from functools import partial
from typing import Any

from starlette.responses import Response

from gengang.desk.routing import Visit, read, show
from gengang.desk.standing import Now
from gengang.desk.views.chasing import Template
from gengang.desk.views.office_papers import (
    OfficePaper,
    office_papers_of,
    papers_named,
)
from gengang.desk.views.paper_text import template_here
from gengang.facts import Fact
from gengang.papers.pressbook import Entry, open_pressbook


def book_of(visit: Visit) -> dict[str, Entry]:
    """What was pressed for each place."""
    return open_pressbook(visit.desk.settings.workspace / ".press")


def lines_of(visit: Visit) -> tuple[Fact, ...]:
    """Every line that tells of a print."""
    return visit.desk.standings.lines(("paper",))


def papers_here(visit: Visit, *names: str) -> tuple[OfficePaper, ...]:
    """The papers that a page is about."""
    return papers_named(names, lines_of(visit), book_of(visit))


def templates_here(visit: Visit) -> Template:
    """The office's templates of papers."""
    return partial(template_here, visit.desk.settings)


def said(visit: Visit, now: Now, lines: tuple[str, ...], fault: str) -> dict[str, Any]:
    """What each page of these papers shows: what was done or why not, and how far the season is folded."""
    return {
        "lines": lines, "fault": fault, "typed": visit.form if fault else {}, "head": now.head,
        "stale": not now.is_current, "sequence": now.standing.sequence, "may_write": visit.may("clerk"),
    }  # fmt: skip


def listed(visit: Visit) -> Response:
    """The other papers of the office."""
    return show(
        visit, "notices_papers.html", rows=office_papers_of(lines_of(visit), book_of(visit)),
        schools=sorted({one.school for one in visit.now().judged.season.roster.trainees}),
        may_write=visit.may("clerk"),
    )  # fmt: skip


ROUTES = (read("/notices/papers", listed),)
