"""An SMTP server: one message handed over, or a sentence that says why not. The server's own words are never passed on.

What the server took is sent, what it did not take is not: it answers for each recipient before the message goes.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from socket import SHUT_RDWR
from threading import Timer

from gengang.errors import GengangError
from gengang.settings import SMTP_PASSWORD_FILE, SMTP_TO, Outgoing

ANSWER_SECONDS = 30.0
SESSION_SECONDS = 120.0  # after which it is given up, however slowly the server still talks
OURSELVES = "[127.0.0.1]"  # said to the server, which has no need of this machine's name
FAULTS = (OSError, smtplib.SMTPException, ValueError, TypeError, KeyError, IndexError)


class PostError(GengangError):
    """The message is not sent; the sentence says what to do, and it is tried again."""

    exit_code = 2


def send(outgoing: Outgoing, message: EmailMessage) -> tuple[int, ...]:
    """Sends a message; which recipients the server refused, by their place in the settings from 1, while others got it.

    PostError when nobody got it.
    """
    with _session(outgoing) as session:
        try:
            refused = session.send_message(message, outgoing.sender, outgoing.to)
        except smtplib.SMTPRecipientsRefused:
            raise PostError(f"今日要点没有发出：收件人被邮件服务器拒收，下次运行再发。请核对 {SMTP_TO}。") from None
        except smtplib.SMTPSenderRefused:
            raise PostError(
                "今日要点没有发出：邮件服务器不接受发件人地址，下次运行再发。请核对 GENGANG_SMTP_FROM。"
            ) from None
        except FAULTS:
            raise PostError("今日要点没有发出：发信时连接中断或被服务器拒绝，下次运行再发。") from None
    return tuple(number for number, one in enumerate(outgoing.to, 1) if one in refused)


def try_login(outgoing: Outgoing) -> None:
    """Connects and logs in, and sends nothing. PostError when that fails."""
    with _session(outgoing):
        pass


@contextmanager
def _session(outgoing: Outgoing) -> Iterator[smtplib.SMTP]:
    password = _password(outgoing)
    session = _connected(outgoing)
    alarm = Timer(SESSION_SECONDS, _cut, [session])
    alarm.daemon = True
    alarm.start()
    try:
        _log_in(session, outgoing, password)
        yield session
    finally:
        alarm.cancel()
        with suppress(*FAULTS):
            session.quit()
        session.close()


def _password(outgoing: Outgoing) -> str:
    if outgoing.password_file is None:
        return outgoing.password
    try:
        return outgoing.password_file.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError):
        raise PostError(f"今日要点没有发出：发信密码文件读不出来。请核对 {SMTP_PASSWORD_FILE} 和文件权限。") from None


def _connected(outgoing: Outgoing) -> smtplib.SMTP:
    context = ssl.create_default_context()
    session: smtplib.SMTP | None = None
    try:
        if outgoing.tls == "on":
            return smtplib.SMTP_SSL(outgoing.host, outgoing.port, OURSELVES, timeout=ANSWER_SECONDS, context=context)
        session = smtplib.SMTP(outgoing.host, outgoing.port, OURSELVES, timeout=ANSWER_SECONDS)
        if outgoing.tls == "starttls":
            session.starttls(context=context)
        return session
    except FAULTS as fault:
        if session is not None:
            session.close()
        if isinstance(fault, ssl.SSLCertVerificationError):
            why = "邮件服务器的证书核对不过。请核对服务器地址；自建服务器请管理员登记证书。"
        else:
            why = f"邮件服务器连不上（{outgoing.host}），下次运行再发。请检查网络和发信设置。"
        raise PostError(f"今日要点没有发出：{why}") from None


def _log_in(session: smtplib.SMTP, outgoing: Outgoing, password: str) -> None:
    if not outgoing.user:
        return
    try:
        session.login(outgoing.user, password)
    except smtplib.SMTPServerDisconnected:
        raise PostError("今日要点没有发出：登录时连接中断，下次运行再发。") from None
    except FAULTS:
        raise PostError(
            "今日要点没有发出：发信登录被拒绝，下次运行再发。请核对用户名和密码；"
            "QQ、163 等邮箱要先在网页里开通 SMTP，并用“授权码”代替密码。"
        ) from None  # what the server said may hold what it was sent


def _cut(session: smtplib.SMTP) -> None:
    with suppress(*FAULTS):
        if session.sock is not None:
            session.sock.shutdown(SHUT_RDWR)
