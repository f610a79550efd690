"""The desk as a server: which address it may have, and that nobody reaches it from elsewhere without an account."""

import gc
import ipaddress
import sys
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from gengang.desk.app import WARM, application
from gengang.desk.doorway import LOOPBACK
from gengang.desk.office import open_desk
from gengang.desk.views.queue import papers_to_show
from gengang.errors import WorkspaceError
from gengang.settings import Settings
from gengang.under_way import COLLECTED

SWITCH_SECONDS = 0.0005  # how long a page waits for its turn while the season is folded


@dataclass(frozen=True, slots=True)
class Serving:
    """Where the desk is served. names: under which others call it; certificate, key: PEM files; behind_tls: a proxy on
    this machine or before it speaks TLS.
    """

    host: str = "127.0.0.1"
    port: int = 8017
    names: tuple[str, ...] = ()
    certificate: Path | None = None
    key: Path | None = None
    behind_tls: bool = False

    @property
    def secure(self) -> bool:
        """Whether it is reached over TLS alone."""
        return self.behind_tls or self.certificate is not None

    @property
    def address(self) -> str:
        """What to type into a browser on this machine."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http{'s' if self.certificate else ''}://{host}:{self.port}/"


def serve(settings: Settings, serving: Serving) -> None:
    """Until it is stopped. Raises WorkspaceError for an address that others reach while anybody could walk in."""
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.set_threshold(*COLLECTED)
    desk = open_desk(settings, WARM, papers_to_show, secure=serving.secure)
    gc.freeze()  # the season: millions of values that would be looked through for cycles again and again
    try:
        refuse_unsafe(serving, desk.open_to_all)
    except WorkspaceError:
        desk.close()
        raise
    hosts = {*LOOPBACK, *(name.lower() for name in serving.names), serving.host}
    config = uvicorn.Config(
        application(desk, hosts), host=serving.host, port=serving.port, log_level="warning", access_log=False,
        ssl_certfile=serving.certificate, ssl_keyfile=serving.key, server_header=False, timeout_graceful_shutdown=5,
    )  # fmt: skip
    uvicorn.Server(config).run()


def refuse_unsafe(serving: Serving, open_to_all: bool) -> None:
    """WorkspaceError where others would reach the desk without an account, or passwords would travel in the clear."""
    if is_loopback(serving.host) and not serving.names:
        return
    if open_to_all:
        raise WorkspaceError("别的电脑也能打开的核对台要有账号：请先用 gengang desk account 名字 --role senior 建立。")
    if not serving.secure:
        raise WorkspaceError(
            "别的电脑也能打开的核对台要用 HTTPS：请用 --certificate、--key 给出证书，"
            "或放在 HTTPS 代理后面并写明 --behind-tls。"
        )


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
