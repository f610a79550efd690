"""An IMAP mailbox: which mails it has, one mail whole, and a mark on it. Nothing here deletes.

Two traps: `MailBox.flag` of imap-tools expunges after every mark, and CLOSE expunges by itself; both would destroy what
somebody only marked for deletion. Marks are set by STORE, and the session ends with LOGOUT. The password is in no
sentence, and a server's own words are never passed on, since they may repeat what was sent.
"""

import imaplib
import re
import ssl
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from socket import SHUT_RDWR
from threading import Timer
from typing import Final

from imap_tools.errors import ImapToolsError, MailboxFolderSelectError
from imap_tools.mailbox import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted

from gengang.errors import GengangError
from gengang.settings import Mailbox

ANSWER_SECONDS = 30.0
SESSION_SECONDS = 900.0  # after which the rest is left for the next time, however slowly the server still talks
AT_ONCE = 500  # marked in one command
DROPPED = "收信时邮箱的连接中断，已收的都在，其余下次运行再收。"
KEYWORD: Final = "Gengang"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# What a server that lies, hangs or goes away makes of imaplib and imap-tools.
FAULTS = (OSError, imaplib.IMAP4.error, ImapToolsError, ValueError, TypeError, AttributeError, KeyError, IndexError)


class MailError(GengangError):
    """The mailbox cannot be read now; the sentence says what to do. What was fetched before stays."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class About:
    """received: when the server had it (INTERNALDATE), None if it does not say; size in bytes, 0 if it does not."""

    received: datetime | None
    size: int


@dataclass(frozen=True, slots=True)
class Session:
    """A folder that is open. uidvalidity: numbers of mails hold under it alone.

    What a server refuses is answered with None or nothing; only a connection that is lost raises MailError.
    """

    client: imaplib.IMAP4
    box: BaseMailBox
    uidvalidity: int
    keeps_keywords: bool

    def uids(self, since: date | None) -> tuple[int, ...]:
        """The numbers of all mails, in order. Some that are older may be among them: not every server knows SINCE."""
        found = None
        if since is not None:
            day = since - timedelta(days=1)  # the server's day may not be the one in China
            found = self._search(f"SINCE {day.day}-{MONTHS[day.month - 1]}-{day.year}")
        if found is None:
            found = self._search("ALL")
        if found is None:
            raise MailError(DROPPED)
        return found

    def _search(self, criteria: str) -> tuple[int, ...] | None:
        with _told(DROPPED), _refusable():
            return tuple(sorted({int(uid) for uid in self.box.uids(criteria, charset=None)}))
        return None

    def about(self, uid: int) -> About | None:
        """When the server had a mail, and its size; None when it has gone meanwhile, or the server will not say."""
        with _told(DROPPED), _refusable():
            answer = _answer(self.client, uid, "(UID INTERNALDATE RFC822.SIZE)")
            size = re.search(rb"RFC822\.SIZE (\d+)", answer.said) if answer is not None else None
            return None if answer is None else About(_internal_date(answer.said), int(size[1]) if size else 0)
        return None

    def data(self, uid: int) -> bytes | None:
        """A mail whole, and unmarked; None when it has gone meanwhile, or the server does not give it."""
        with _told(DROPPED), _refusable():
            answer = _answer(self.client, uid, "(UID BODY.PEEK[])")
            return None if answer is None else answer.literal
        return None

    def mark(self, uids: Sequence[int]) -> None:
        """Marks mails as read, and as read by us where the server keeps such a mark; a refusal is nobody's loss."""
        flags = rf"(\Seen {KEYWORD})" if self.keeps_keywords else r"(\Seen)"
        for start in range(0, len(uids), AT_ONCE):
            with _told(DROPPED), _refusable():
                self.client.uid("STORE", ",".join(map(str, uids[start : start + AT_ONCE])), "+FLAGS.SILENT", flags)

    def unmarked(self, known: Collection[int]) -> tuple[int, ...]:
        """Which of these have lost our mark, or never got it when a run was killed."""
        found = self._search(f"UNKEYWORD {KEYWORD}") if known and self.keeps_keywords else None
        return tuple(uid for uid in found or () if uid in known)


@contextmanager
def opened_folder(mailbox: Mailbox, password: str) -> Iterator[Session]:
    """The folder, open for a while. MailError when it cannot be, or as soon as the connection is lost."""
    with _told(f"邮箱连不上（{mailbox.host}），这次没有收信，下次运行再收。请检查网络和邮箱设置。"):
        box = _connected(mailbox)
    alarm = Timer(SESSION_SECONDS, _cut, [box.client])
    alarm.daemon = True
    alarm.start()
    try:
        _log_in(box, mailbox, password)
        yield _selected(box, mailbox)
    finally:
        alarm.cancel()
        with suppress(*FAULTS):
            box.client.logout()
        with suppress(*FAULTS):
            box.client.shutdown()


@contextmanager
def _told(sentence: str) -> Iterator[None]:
    try:
        yield
    except ssl.SSLCertVerificationError as fault:
        raise MailError(
            "邮箱服务器的证书核对不过，这次没有收信。请核对服务器地址；自建服务器请管理员登记证书。"
        ) from fault
    except FAULTS as fault:
        raise MailError(sentence) from fault


@contextmanager
def _refusable() -> Iterator[None]:
    """What the server will not do is left undone; a connection that is lost is no refusal."""
    try:
        yield
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, ImapToolsError):
        return


def _connected(mailbox: Mailbox) -> BaseMailBox:
    if mailbox.tls == "off":
        return MailBoxUnencrypted(mailbox.host, mailbox.port, ANSWER_SECONDS)
    context = ssl.create_default_context()
    if mailbox.tls == "starttls":
        return MailBoxStartTls(mailbox.host, mailbox.port, ANSWER_SECONDS, ssl_context=context)
    return MailBox(mailbox.host, mailbox.port, ANSWER_SECONDS, ssl_context=context)


def _cut(client: imaplib.IMAP4) -> None:
    with suppress(*FAULTS):
        client.socket().shutdown(SHUT_RDWR)


def _log_in(box: BaseMailBox, mailbox: Mailbox, password: str) -> None:
    """163 and 126 open no folder for a program that has not said its name (RFC 2971)."""
    refused = "邮箱登录被拒绝：请核对用户名和密码；QQ、163 等邮箱要先在网页里开通 IMAP，并用“授权码”代替密码。"
    try:
        plain = (mailbox.user + password).isascii()
        login = box.login if plain else box.login_utf8
        login(mailbox.user, password, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise MailError(DROPPED) from None
    except (imaplib.IMAP4.error, ImapToolsError):
        raise MailError(refused) from None  # what the server said may hold what it was sent
    except FAULTS:
        raise MailError(DROPPED) from None
    with _told(DROPPED):
        if "ID" in box.client.capabilities or mailbox.host.endswith((".163.com", ".126.com", ".yeah.net")):
            box.client.xatom("ID", '("name" "gengang" "version" "1")')


def _selected(box: BaseMailBox, mailbox: Mailbox) -> Session:
    """The folder, with what the server said of it before the next answer overwrites that."""
    with _told(DROPPED):
        try:
            box.folder.set(mailbox.folder)
        except (MailboxFolderSelectError, imaplib.IMAP4.readonly) as fault:
            why = f"邮箱里打不开文件夹“{mailbox.folder}”，这次没有收信。请核对文件夹名（GENGANG_MAIL_FOLDER）和权限。"
            raise MailError(why) from fault
        _, (*_, uidvalidity) = box.client.response("UIDVALIDITY")
        _, told = box.client.response("PERMANENTFLAGS")
        flags = b" ".join(one for one in told if one)
        return Session(box.client, box, int(uidvalidity), rb"\*" in flags or KEYWORD.encode() in flags)


# --- what the server answers ---


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was said about one mail, beside the literal that may stand in it."""

    said: bytes
    literal: bytes | None


def _answer(client: imaplib.IMAP4, uid: int, wanted: str) -> _Answer | None:
    """The answer about this mail; servers may tell of others in between."""
    _, parts = client.uid("FETCH", str(uid), wanted)
    about = re.compile(rb"\bUID %d\b" % uid)
    for at, part in enumerate(parts):
        after = parts[at + 1] if at + 1 < len(parts) and isinstance(parts[at + 1], bytes) else b""
        said, literal = (part[0] + b" " + after, part[1]) if isinstance(part, tuple) else (part or b"", None)
        if about.search(said) and (literal is not None or "BODY" not in wanted):
            return _Answer(said, literal)
    return None


def _internal_date(said: bytes) -> datetime | None:
    """`05-Dec-2016 17:00:00 +0000` as UTC."""
    found = re.search(rb'INTERNALDATE "([^"]+)"', said)
    try:
        stamp = parsedate_to_datetime(found[1].decode("ascii").replace("-", " ", 2)) if found else None
        return None if stamp is None or stamp.tzinfo is None else stamp.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, UnicodeDecodeError):
        return None
