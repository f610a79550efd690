"""A throw-away SMTP server on loopback: aiosmtpd, with accounts, TLS, and recipients and senders that it refuses."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as SmtpServer
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from gengang.settings import Outgoing, Tls
from tests.mailbox.dovecot import free_port

USER, PASSWORD = "office@example.cn", "geheim-4c1d"
NOBODY = "nobody@example.cn"  # whom the server does not know


@dataclass
class Post:
    """What the server took, and what it does. port: where it listens; sender_refused: it takes nothing from us."""

    port: int
    folder: Path
    taken: list[EmailMessage] = field(default_factory=list)
    for_whom: list[list[str]] = field(default_factory=list)
    sender_refused: bool = False

    @property
    def certificate(self) -> Path:
        """By which it can be trusted."""
        return self.folder / "certificate.pem"

    def outgoing(self, *to: str, tls: Tls = "off", port: int = 0, password: str = PASSWORD) -> Outgoing:
        """As settings name it. port: of somebody between us and the server."""
        return Outgoing("127.0.0.1", USER, to or ("li@example.cn",), port or self.port, USER, password, tls=tls)

    async def handle_MAIL(self, _s: SmtpServer, _session: Session, envelope: Envelope, address: str,
                          options: list[str]) -> str:  # fmt: skip
        if self.sender_refused:
            return "550 not from you, 张三"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, _s: SmtpServer, _session: Session, envelope: Envelope, address: str,
                          options: list[str]) -> str:  # fmt: skip
        if address == NOBODY:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, _server: SmtpServer, _session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        self.taken.append(message_from_bytes(content, policy=policy.default))
        self.for_whom.append(list(envelope.rcpt_tos))
        return "250 OK"


def _knows(_server: SmtpServer, _session: Session, _envelope: Envelope, _how: str, said: object) -> AuthResult:
    right = isinstance(said, LoginPassword) and (said.login, said.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=right)


@contextmanager
def running_post(folder: Path, tls: Tls = "off") -> Iterator[Post]:
    """Starts and at the end stops a server."""
    post = Post(free_port(), folder)
    context = None if tls == "off" else _context(folder)
    usual: dict[str, Any] = {"hostname": "127.0.0.1", "port": post.port, "authenticator": _knows}
    if tls == "on":
        controller = Controller(post, ssl_context=context, auth_require_tls=False, **usual)
    elif tls == "starttls":
        controller = Controller(post, tls_context=context, require_starttls=True, **usual)
    else:
        controller = Controller(post, auth_require_tls=False, **usual)
    controller.start()
    try:
        yield post
    finally:
        controller.stop()


def _context(folder: Path) -> SSLContext:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context
