"""Lists of persons and schools: who handed in what, schools, decisions; and whom a school's account may see."""

from dataclasses import asdict
from urllib.parse import urlencode

from starlette.responses import Response

from gengang.deciding import approve
from gengang.desk.recorded import attachment, fold_small
from gengang.desk.routing import Visit, read, see_other, show, write
from gengang.desk.views.asking import day_typed
from gengang.desk.views.leaves import page_typed
from gengang.desk.views.people import Wanted, matrix_book, matrix_of, school_named, school_page, schools_of
from gengang.desk.views.person import all_rulings
from gengang.desk.views.wording import at_desk
from gengang.errors import WorkspaceError
from gengang.intake import utc_now
from gengang.rulings import Approval


def school_seen(visit: Visit) -> str | None:
    """The school to whose people a visitor is kept; None for the office."""
    return None if visit.may("reader") else visit.session.school


def matrix(visit: Visit) -> Response:
    """Who handed in what."""
    return _matrix(visit, _wanted(visit), page_typed(visit.query("page")))


def find(visit: Visit) -> Response:
    """The same narrowed as a form says; a name never stands in an address."""
    wanted = Wanted(*(visit.form.get(name, "").strip() for name in ("school", "stage", "subject", "state", "name")))
    if wanted.name:
        return _matrix(visit, wanted, 1)
    query = urlencode({name: value for name, value in asdict(wanted).items() if value})
    return see_other(f"/persons?{query}" if query else "/persons")


def _matrix(visit: Visit, wanted: Wanted, page: int) -> Response:
    view = matrix_of(visit.now().standing, school_seen(visit), wanted, page)
    return show(visit, "matrix.html", view=view, wanted=wanted, office=visit.may("reader"))


def matrix_file(visit: Visit) -> Response:
    """The same as an .xlsx."""
    data = matrix_book(visit.now().standing, school_seen(visit), _wanted(visit))
    return attachment(data, "收件情况.xlsx")


def _wanted(visit: Visit) -> Wanted:
    return Wanted(*(visit.query(name).strip() for name in ("school", "stage", "subject", "state")))


def schools(visit: Visit) -> Response:
    """Every school; a school's account is shown its own."""
    now = visit.now()
    mine = school_seen(visit)
    if mine is not None:
        own = school_named(now.standing, mine)
        return see_other(f"/persons/school/{own.key}" if own else "/persons")
    return show(
        visit, "schools.html", rows=schools_of(now.standing), approval=now.judged.season.approval,
        may_decide=visit.may("senior"),
    )  # fmt: skip


def decisions(visit: Visit) -> Response:
    """Every ruling that stands."""
    return show(visit, "decisions.html", rows=visit.now().standing.of(all_rulings))


def school(visit: Visit) -> Response:
    """One school."""
    key, standing = visit.path("key"), visit.now().standing
    mine = school_seen(visit)
    own = school_named(standing, mine) if mine is not None else None
    if mine is not None and (own is None or own.key != key):
        raise WorkspaceError("您的账号只看本校的人。")
    found = school_page(standing, key)
    if found is None:
        raise WorkspaceError("没有这所学校。")
    return show(visit, "school.html", view=found, office=visit.may("reader"))


def approval(visit: Visit) -> Response:
    """The authority's word on the final record."""
    typed = visit.form
    on = typed.get("on", "").strip()
    said = Approval(
        typed.get("word") == "approve", typed.get("authority", "").strip(), typed.get("why", "").strip(),
        day_typed(on) if on else None, typed.get("paper", "").strip(),
    )  # fmt: skip
    try:
        approve(visit.desk.settings, said, visit.actor("rule"), utc_now())
    except WorkspaceError as fault:
        raise WorkspaceError(at_desk(str(fault))) from fault
    fold_small(visit)
    return see_other("/persons/schools")


def fresh(visit: Visit) -> Response:
    """A link, once a page's standing is an old one: somebody may be typing, and it is they who ask for it again."""
    since = visit.query("since")
    is_new = since.isdigit() and visit.now().standing.sequence > int(since)
    return show(visit, "fresh.html") if is_new else Response(status_code=204)


ROUTES = (
    read("/persons", matrix, "school"),
    write("/persons", find, "school"),
    read("/persons/matrix.xlsx", matrix_file, "school"),
    read("/persons/schools", schools, "school"),
    write("/persons/schools/approval", approval, "senior"),
    read("/persons/school/{key}", school, "school"),
    read("/persons/decisions", decisions),
    read("/persons/fresh", fresh, "school"),
)
