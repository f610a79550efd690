"""The desk's rooms and addresses on one screen, and the application that serves them."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gengang.desk import (
    issuing,
    learnt,
    matching,
    notices,
    people,
    rechecking,
    reviewing,
    roll,
    rules,
    scores,
    showing,
    signing_in,
    today,
    versions,
)
from gengang.desk.doorway import HEADERS, LOOPBACK, STATIC, Doorway
from gengang.desk.office import Desk
from gengang.desk.pages import FOLDER, complaint
from gengang.desk.routing import RANK, Room, cookie_of
from gengang.desk.sessions import Session, cookie_header

ROOMS: tuple[Room, ...] = (
    today.ROOM,
    reviewing.ROOM,
    matching.ROOM,
    versions.ROOM,
    rechecking.ROOM,
    learnt.ROOM,
    people.ROOM,
    scores.ROOM,
    notices.ROOM,
    issuing.ROOM,
    roll.ROOM,
    rules.ROOM,
)
BESIDE = (*signing_in.ROUTES, *showing.ROUTES)  # addresses of no room
WARM = tuple(work for room in ROOMS for work in room.warm)


def menu(session: Session) -> tuple[Room, ...]:
    """The rooms that somebody sees."""
    return tuple(one for one in ROOMS if session.role is not None and RANK[session.role] >= RANK[one.role])


def application(desk: Desk, hosts: Collection[str] = LOOPBACK) -> Starlette:
    """The desk as an ASGI application. hosts: names by which it may be called."""
    rooms = [route for room in ROOMS for route in room.routes]
    static = Mount("/static", StaticFiles(directory=FOLDER / "static"), name="static")

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        desk.standings.start()
        yield
        desk.close()

    app = Starlette(
        routes=[*rooms, *BESIDE, static],
        middleware=[
            Middleware(Doorway, hosts=frozenset(hosts), buckets=desk.requests, secure=desk.secure),
            Middleware(SessionDoor, desk=desk),
        ],
        exception_handlers={404: _nowhere, 405: _nowhere, 500: _broken},
        lifespan=lifespan,
    )
    app.state.desk, app.state.menu = desk, menu
    return app


@dataclass(frozen=True, slots=True)
class SessionDoor:
    """Everybody has a session, signed in or not: a form needs its token."""

    app: ASGIApp
    desk: Desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["path"].startswith(STATIC):
            await self.app(scope, receive, send)
            return
        session, cookie = self._session(cookie_of(Request(scope)))
        scope.setdefault("state", {})["session"] = session

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and cookie:
                headers = MutableHeaders(scope=message)
                if "set-cookie" not in headers:
                    headers.append("set-cookie", cookie_header(cookie, self.desk.secure))
            await send(message)

        await self.app(scope, receive, with_cookie)

    def _session(self, cookie: str) -> tuple[Session, str]:
        """The visitor's session, and the cookie to give where it is a new one."""
        found, open_to_all = self.desk.sessions.of(cookie), self.desk.open_to_all
        if found is not None and not found.account and (found.role is not None) != open_to_all:
            found = None  # the first account was made, or the last one taken away
        if found is not None:
            return found, ""
        cookie, session = self.desk.sessions.begin(role="senior" if open_to_all else None)
        return session, cookie


async def _nowhere(request: Request, _: Exception) -> Response:
    desk: Desk = request.app.state.desk
    if request.url.path.startswith(STATIC):
        return PlainTextResponse("没有这个文件。", 404)
    return complaint(desk, request.state.session, request, "没有这一页。", 404)


async def _broken(_: Request, __: Exception) -> Response:
    """It may have gone wrong before there was a session."""
    return PlainTextResponse("程序出错了，没有保存。请把刚才做的步骤告诉维护人员。", 500, dict(HEADERS))
