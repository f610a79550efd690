"""What the pages of office papers share: what was printed of each, and what was done. `printing` prints them."""

from functools import partial
from typing import Any

from starlette.responses import Response

from gengang.desk.recorded import done_before
from gengang.desk.routing import Visit, read, show
from gengang.desk.standing import Now
from gengang.desk.views.chasing import Template
from gengang.desk.views.office_papers import (
    OfficePaper,
    last_prints,
    office_papers_of,
    papers_named,
)
from gengang.desk.views.paper_text import template_here
from gengang.facts import Fact
from gengang.papers.pressbook import Pressbook, pressbook_in
from gengang.ticks import told_of_papers


def last_lines(visit: Visit) -> tuple[Fact, ...]:
    """The last line of a print of each kind, with what was printed since the season was folded."""
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
    """What each page of these papers shows: what was done or why not, the last fold, and parts written since.

    A form is filled in over the standing, not over the ledger's last line, which may be a word that the page has not.
    """
    return {
        "lines": done_before(visit), "fault": fault, "typed": visit.form if fault else {}, "stale": not now.is_current,
        "sequence": now.standing.sequence, "may_write": visit.may("clerk"),
        "newer": {(one.paper, one.month, one.part): one for one in told_of_papers(now.since).written},
    }  # fmt: skip


def listed(visit: Visit) -> Response:
    """The other papers of the office."""
    return show(
        visit, "notices_papers.html", rows=office_papers_of(last_lines(visit), pressbook(visit)),
        schools=sorted({one.school for one in visit.now().judged.season.roster.trainees}),
        may_write=visit.may("clerk"),
    )  # fmt: skip


ROUTES = (read("/notices/papers", listed),)
