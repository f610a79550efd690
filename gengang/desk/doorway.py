"""What stands before every page: whom the desk is called as, headers that shut out scripts and frames, how often.

Pure ASGI, so that a picture streams through it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gengang.desk.pace import Buckets
from gengang.desk.sessions import COOKIE

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
KEPT_NOWHERE = "no-store"  # a shared PC's browser keeps no page with names
STATIC = "/static/"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


@dataclass(frozen=True, slots=True)
class Doorway:
    """hosts: names by which the desk may be called; another name is a site elsewhere that points at this machine."""

    app: ASGIApp
    hosts: Collection[str]
    buckets: Buckets
    secure: bool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), scope["path"])
            await send(message)

        barred = self._barred(connection)
        await (barred or self.app)(scope, receive, with_headers)

    def _add(self, headers: MutableHeaders, path: str) -> None:
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        headers.setdefault("Cache-Control", "no-cache" if path.startswith(STATIC) else KEPT_NOWHERE)
        if self.secure:
            headers["Strict-Transport-Security"] = "max-age=31536000"

    def _barred(self, connection: HTTPConnection) -> PlainTextResponse | None:
        if host_of(connection.headers.get("host", "")) not in self.hosts:
            return PlainTextResponse("核对台不叫这个名字。", 421)
        who = connection.cookies.get(COOKIE) or (connection.client.host if connection.client else "")
        if not self.buckets.take(who):
            return PlainTextResponse("请求太多，请过一会儿再试。", 429, {"Retry-After": "5"})
        if connection.headers.get("sec-fetch-site") == "cross-site" and connection.scope["method"] not in (
            "GET",
            "HEAD",
        ):
            return PlainTextResponse("这个请求来自别的网站，没有执行。", 403)
        return None


def host_of(header: str) -> str:
    """`127.0.0.1:8017` is 127.0.0.1."""
    name, colon, port = header.rpartition(":")
    return name.lower() if colon and port.isdigit() else header.lower()
