"""发证与成册: who can be given what and what is in the way; numbers are spent after somebody senior saw which."""

from dataclasses import dataclass
from functools import partial

from starlette.responses import Response

from gengang.desk import binding, convening, outbox, overprints, printing, register, working
from gengang.desk.behind import age_of, looked
from gengang.desk.office import Desk
from gengang.desk.routing import Room, Visit, read, see_other, show, write
from gengang.desk.running import Ended
from gengang.desk.standing import Standing
from gengang.desk.views.certificates import (
    PlanPage,
    Sought,
    certificates,
    dues,
    issuing_page,
    plan_page,
    printed,
    spent,
)
from gengang.desk.views.leaves import page_typed
from gengang.desk.views.preflight import preflight_page
from gengang.desk.views.register import entries
from gengang.desk.views.wording import at_desk
from gengang.errors import WorkspaceError
from gengang.handing_out import Lacking, lacking
from gengang.issuing import issue_papers, reason_of
from gengang.keyring import key_in_use
from gengang.numbering import firsts_of, issue_plan
from gengang.under_way import RunRequest
from gengang.workspace import with_writers

GONE = "这一页已经过期，请重新选一次。"
WHO = "who:"  # before a key: the name of its box


def issuing(visit: Visit) -> Response:
    """What can be issued."""
    return _page(visit, Sought(visit.query("document"), visit.query("state"), visit.query("school")))


def find(visit: Visit) -> Response:
    """The same of those whose name a form has; a name never stands in an address."""
    return _page(visit, Sought(visit.query("document"), name=visit.form.get("name", "").strip()))


def _page(visit: Visit, sought: Sought) -> Response:
    now = visit.now()
    view = issuing_page(now.standing, sought, page_typed(visit.query("page")))
    return show(
        visit, "issuing.html", view=view, sought=sought, may_issue=visit.may("senior"), may_print=visit.may("clerk"),
        stale=not now.is_current, sequence=now.standing.sequence,
    )  # fmt: skip


# --- what papers lack --------------------------------------------------------------------------------------------


def check(visit: Visit) -> Response:
    """What papers lack, person by person."""
    found = looked(visit, "lacking", partial(_lacking, visit.desk), Lacking)
    view = preflight_page(visit.now().standing, found.found) if found.found else None
    return show(visit, "check.html", preview=found, view=view, age=age_of(visit, found))


def _lacking(desk: Desk, standing: Standing) -> Lacking:
    return lacking(standing.judged, with_writers(desk.settings, standing.templates), standing.of(spent))


# --- numbers -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wish:
    """Certificates that somebody thinks of giving out. keys: none for everybody; again: why another number, or None."""

    keys: tuple[str, ...]
    again: str | None = None


def think(visit: Visit) -> Response:
    """Begins to work out which numbers would be spent."""
    keys = tuple(name.removeprefix(WHO) for name in visit.form if name.startswith(WHO))
    again = visit.form.get("again")
    if visit.form.get("whom") == "all":
        keys = ()
    elif not keys:
        raise WorkspaceError("请先选好人。")
    if again is not None:
        try:
            again = reason_of(visit.now().judged.season.roster, again)
        except WorkspaceError as fault:
            raise WorkspaceError(at_desk(str(fault))) from fault
    wish = Wish(keys, again)
    name = visit.desk.previews.begin(visit.session.key, wish, partial(_planned, visit.desk, wish))
    return see_other(f"/issuing/plan/{name}")


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan in words, and its seal. closed: the season is."""

    page: PlanPage
    seal: str
    closed: bool


def _planned(desk: Desk, wish: Wish) -> Planned:
    standing = desk.standings.fold()
    firsts = firsts_of(desk.ledger, standing.judged.scheme)
    closed = desk.ledger.closed() is not None
    plan = issue_plan(standing.judged, standing.of(spent), wish.keys, wish.again is not None, firsts, closed)
    return Planned(plan_page(standing, plan), plan.seal, closed)


def thought(visit: Visit) -> Response:
    """How many numbers, from which to which, under which key; and the button that spends them."""
    found = visit.desk.previews.of(visit.session.key, visit.path("name"), Wish, Planned)
    if found is None:
        raise WorkspaceError(GONE)
    key = key_in_use(visit.desk.settings.keys)
    approval = visit.now().judged.season.approval
    return show(
        visit, "issuing_plan.html", preview=found, view=found.found and found.found.page,
        signing_key=key.public.id if key else "", approved=approval is not None and approval.approved,
    )  # fmt: skip


def issue(visit: Visit) -> Response:
    """The numbers that were shown are spent, and no others."""
    found = visit.desk.previews.of(visit.session.key, visit.path("name"), Wish, Planned)
    if found is None or found.found is None:
        raise WorkspaceError(GONE)
    wish, seal = found.about, found.found.seal

    def work(request: RunRequest) -> Ended:
        done = issue_papers(request, wish.keys, wish.again, seal)
        return Ended(done.lines, done)

    return working.begin(visit, working.ISSUE, work)


ROOM = Room(
    "issuing",
    "发证与成册",
    "/issuing",
    "reader",
    (
        read("/issuing", issuing),
        write("/issuing/find", find, "reader"),
        read("/issuing/check", check),
        write("/issuing/plan", think, "senior"),
        read("/issuing/plan/{name}", thought, "senior"),
        write("/issuing/plan/{name}", issue, "senior"),
        *register.ROUTES,
        *convening.ROUTES,
        *binding.ROUTES,
        *printing.ROUTES,
        *overprints.ROUTES,
        *outbox.ROUTES,
        *working.ROUTES,
    ),
    warm=(certificates, dues, printed, entries),
)
