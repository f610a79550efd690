"""Templates to responses. A template prints values and works nothing out; what is absent from them is a fault."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gengang.desk.office import Desk
from gengang.desk.sessions import Session
from gengang.desk.views.papers import address_of
from gengang.papers.words import chinese_date, masked

FOLDER = Path(__file__).parent


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Everything is escaped, and every name that a value does not have is an error."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.filters["masked"] = masked
    made.filters["day"] = chinese_date
    made.filters["address"] = address_of
    return made


def rendered(desk: Desk, session: Session, request: Request, name: str, values: dict[str, object]) -> str:
    """A template's text. Every page knows who looks on, the menu and what a form must carry."""
    told = {
        "menu": request.app.state.menu(session),
        "here": request.url.path,
        "by_address": request.method == "GET",  # an answer to a form is not asked for again
        "session": session,
        "token": session.token,
        "open_to_all": desk.open_to_all,
        "trouble": desk.standings.trouble,
    }
    return environment().get_template(name).render({**told, **values})


def page(
    desk: Desk, session: Session, request: Request, template: str, status: int, values: dict[str, object]
) -> Response:  # fmt: skip
    """A page as a response."""
    return HTMLResponse(rendered(desk, session, request, template, values), status)


def complaint(desk: Desk, session: Session, request: Request, sentence: str, status: int) -> Response:
    """A sentence that says what was not done and what to do; in place of a part where only a part was asked for."""
    partial = "hx-request" in request.headers
    template = "said.html" if partial else "complaint.html"
    response = page(desk, session, request, template, status, {"sentence": sentence})
    if partial:  # htmx puts nothing in place for a status that tells of a fault
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#said", "innerHTML"
        response.status_code = 200
    return response
