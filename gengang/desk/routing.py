"""A handler's one argument, and how an address, a role and a handler become a route.

`read` and `write` are the only ways to a route: who may is asked, and a written form's token is looked at, before a
handler sees anything. A handler is an ordinary function; it runs beside the loop that serves the others.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from gengang.desk.accounts import Role
from gengang.desk.office import Desk
from gengang.desk.pages import complaint, page
from gengang.desk.sessions import COOKIE, Session
from gengang.desk.standing import Now
from gengang.errors import GengangError
from gengang.facts import Actor

RANK: Mapping[Role, int] = {"school": 0, "reader": 1, "clerk": 2, "senior": 3}
TOKEN = "token"
TOKEN_HEADER = "X-Desk-Token"
SIGN_IN = "/sign-in"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
LARGEST_PART = 1 << 20  # bytes of one field of a form; files go another way


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: who, what was asked, and the desk. form: fields of a written form, the last of each name."""

    desk: Desk
    session: Session
    request: Request
    form: Mapping[str, str]
    files: Mapping[str, UploadFile]

    @property
    def role(self) -> Role:
        """What the visitor may do; a visitor who is not signed in is never handed to a handler that asks for a role."""
        return self.session.role or "school"

    @property
    def partial(self) -> bool:
        """Whether only a part of the page is wanted (htmx)."""
        return "hx-request" in self.request.headers

    def may(self, role: Role) -> bool:
        """Whether the visitor may do what this role may."""
        return self.session.role is not None and RANK[self.role] >= RANK[role]

    def now(self) -> Now:
        """The season as it stands."""
        return self.desk.standings.now()

    def path(self, name: str) -> str:
        """A part of the address."""
        return str(self.request.path_params.get(name, ""))

    def query(self, name: str) -> str:
        """What stands behind the address's question mark."""
        return self.request.query_params.get(name, "")

    def actor(self, command: str) -> Actor:
        """Who writes a line of the ledger. command: such as `settle`; it stands there as `desk settle`."""
        return self.desk.actor(self.session, command)


Handler = Callable[[Visit], Response]


@dataclass(frozen=True, slots=True)
class Room:
    """An entry of the menu. path: its first page; role: the least that sees it; routes: all its addresses.

    warm: what its first page asks of a standing.
    """

    name: str
    title: str
    path: str
    role: Role
    routes: tuple[Route, ...]
    warm: tuple[Callable[..., object], ...] = ()


def read(path: str, handler: Handler, role: Role | None = "reader") -> Route:
    """A page. role: the least that sees it; None for everybody, signed in or not."""

    async def endpoint(request: Request) -> Response:
        visit = _visit(request)
        barred = _barred(visit, role)
        return barred or await _answered(handler, visit)

    return Route(path, endpoint, methods=["GET"], name=f"read {role}")


def write(path: str, handler: Handler, role: Role | None = "clerk") -> Route:
    """What changes something. Refused without the session's own token, in the form or in a header."""

    async def endpoint(request: Request) -> Response:
        visit = _visit(request)
        barred = _barred(visit, role)
        if barred is not None:
            return barred
        header = request.headers.get(TOKEN_HEADER, "")
        if header and not visit.session.wrote(header):
            return _expired(visit)
        if not request.headers.get("content-type", "").startswith(FORMS):
            return await _answered(handler, visit) if header else _expired(visit)
        async with request.form(max_part_size=LARGEST_PART) as form:
            visit = _with_form(visit, form)
            own = header or visit.form.get(TOKEN, "")
            return await _answered(handler, visit) if visit.session.wrote(own) else _expired(visit)

    return Route(path, endpoint, methods=["POST"], name=f"write {role}")


def show(visit: Visit, template: str, status: int = 200, /, **values: object) -> Response:
    """A template of `pages/` with these values. status: of the response."""
    return page(visit.desk, visit.session, visit.request, template, status, values)


def see_other(path: str) -> Response:
    """Back to a page after something was written."""
    return RedirectResponse(path, 303)


def _visit(request: Request) -> Visit:
    desk: Desk = request.app.state.desk
    return Visit(desk, request.state.session, request, {}, {})


def _barred(visit: Visit, role: Role | None) -> Response | None:
    if role is None or visit.may(role):
        return None
    if visit.session.role is None:
        if visit.partial:  # a fragment cannot hold the sign-in page
            return Response(status_code=401, headers={"HX-Redirect": SIGN_IN})
        return see_other(SIGN_IN)
    return complaint(visit.desk, visit.session, visit.request, "您的账号不能做这件事，请找负责人。", 403)


def _expired(visit: Visit) -> Response:
    sentence = "这一页已经过期，没有保存。请刷新后再做一次。"
    return complaint(visit.desk, visit.session, visit.request, sentence, 403)


def _with_form(visit: Visit, form: FormData) -> Visit:
    texts = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    files = {name: value for name, value in form.multi_items() if isinstance(value, UploadFile)}
    return Visit(visit.desk, visit.session, visit.request, texts, files)


async def _answered(handler: Handler, visit: Visit) -> Response:
    """What the office can mend is told as a page; anything else is a fault of ours and ends in the server's log."""
    try:
        return await run_in_threadpool(handler, visit)
    except GengangError as fault:
        return complaint(visit.desk, visit.session, visit.request, str(fault), 409)


def cookie_of(request: Request) -> str:
    """What names the session."""
    return request.cookies.get(COOKIE, "")
