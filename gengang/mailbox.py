"""The office's mailbox into the inbox: each new mail one whole .eml file, once, wherever the connection or we stop.

For each mail in this order: the file is written under another name, flushed and renamed into the inbox; the line with
the server's number and date is committed; the mail is marked on the server. Stopped after the file, the next time
finds it there under the same name, or its bytes already taken in; stopped after the line, only the mark is made good.
A mail is known by the line alone, so a server that forgets its marks, and a person who reads mail first, change
nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from extractors.mail import Mail, mail_of
from gengang.arrivals import numbered, write_whole
from gengang.errors import WorkspaceError
from gengang.facts import Actor, Fact, erased_files
from gengang.filenames import legal_name
from gengang.imap import MailError, Session, opened_folder
from gengang.ledger import Ledger, open_ledger
from gengang.ledger_lease import lease
from gengang.mailed import CHINA
from gengang.originals import sha256_of
from gengang.settings import MAIL_HOST, MAIL_PASSWORD_FILE, Mailbox, Settings
from gengang.trying import tried
from gengang.workspace import checked_workspace

FOLDER = "邮件"
MOST_BYTES = 150_000_000
Fate = Literal["kept", "old", "too big", "not given"]
LEFT: Mapping[Fate, str] = {
    "too big": "邮箱里有{}封邮件太大，没有收。请打开邮箱，把附件下载后放进 inbox。",
    "not given": "邮箱里有{}封邮件服务器没有给出，下次运行再收。如果一直这样，请打开邮箱，把附件下载后放进 inbox。",
}
MOST_NAMED = 36  # letters of sender and subject in a file's name
MOST_HEAD = 100_000
HEAD_ENDS = (b"\r\n\r\n", b"\n\n")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as the server gave it. received: when the server had it."""

    uid: int
    data: bytes
    received: datetime | None


@dataclass(frozen=True, slots=True)
class Fetched:
    """count: mails that came into the inbox now; remarks: what hindered it, as the office is told."""

    count: int = 0
    remarks: tuple[str, ...] = ()
    failed: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """For the terminal."""
        return (*((f"从邮箱新收{self.count}封邮件。",) if self.count else ()), *self.remarks)

    @property
    def kept(self) -> "Fetched":
        """What still holds in a pass that asks no mailbox."""
        return Fetched(remarks=self.remarks)

    @property
    def exit_code(self) -> int:
        """2 when the mailbox could not be read to its end."""
        return 2 if self.failed else 0


@dataclass(slots=True)
class _Under:
    """A fetch under way. arrived: hashes of what was taken in; erased: of what was erased by request since."""

    settings: Settings
    ledger: Ledger
    mailbox: Mailbox
    actor: Actor
    at: str
    arrived: frozenset[str]
    erased: frozenset[str]
    count: int = 0


def fetch_now(settings: Settings, actor: Actor, at: str) -> Fetched:
    """The new mails into the inbox, and nothing else. WorkspaceError when no mailbox is set."""
    checked_workspace(settings, needs_roster=False)
    if settings.mailbox is None:
        raise WorkspaceError(f"还没有设置邮箱：请设置环境变量 {MAIL_HOST} 等，见 README 的 Settings。")
    ledger = open_ledger(settings)
    try:
        ledger.refuse_closed()
        with lease(ledger, str(actor)):
            found = fetch_mails(settings, ledger, actor, at)
        return found if found.lines else Fetched(remarks=("邮箱里没有新邮件。",))
    finally:
        ledger.close()


def fetch_mails(
    settings: Settings, ledger: Ledger, actor: Actor, at: str, told: Callable[[str, int, int], None] | None = None
) -> Fetched:
    """The new mails into the inbox; a mailbox out of reach is a sentence, and whatever called goes on.

    OSError when the inbox cannot be written, LedgerError when the ledger fails. The caller holds the lease.
    """
    if settings.mailbox is None:
        return Fetched()
    lines = tuple(ledger.read(kinds=("arrival", "erased", "erasure_ordered")))
    arrived = frozenset(fact.subject for fact in lines if fact.kind == "arrival")
    under = _Under(settings, ledger, settings.mailbox, actor, at, arrived, erased_files(lines))
    try:
        with opened_folder(settings.mailbox, password_of(settings.mailbox)) as session:
            remarks = _fetch(under, session, told)
    except MailError as fault:
        return Fetched(under.count, (str(fault),), failed=True)
    return Fetched(under.count, remarks)


def fetch_patiently(
    settings: Settings,
    ledger: Ledger,
    actor: Actor,
    at: str,
    told: Callable[[str, int, int], None] | None = None,
    waits: Sequence[float] = (),
) -> Fetched:
    """The same, tried again where the mailbox is out of reach. waits: seconds before each further try."""
    counts: list[int] = []

    def fetched() -> Fetched:
        got = fetch_mails(settings, ledger, actor, at, told)
        counts.append(got.count)
        return replace(got, count=sum(counts))

    return tried(fetched, lambda mail: mail.failed, waits)


def password_of(mailbox: Mailbox) -> str:
    """The account's password. MailError when its file cannot be read."""
    if mailbox.password_file is None:
        return mailbox.password
    try:
        return mailbox.password_file.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError):
        raise MailError(f"邮箱密码文件读不出来，这次没有收信。请核对 {MAIL_PASSWORD_FILE} 和文件权限。") from None


def _fetch(under: _Under, session: Session, told: Callable[[str, int, int], None] | None) -> tuple[str, ...]:
    known = _known(under, session.uidvalidity)
    session.mark(session.unmarked(known))
    new = [uid for uid in session.uids(under.mailbox.since) if uid not in known]
    fates: Counter[Fate] = Counter()
    for number, uid in enumerate(new, 1):
        fates[_fetch_one(under, session, uid)] += 1
        if told is not None:
            told("收信", number, len(new))
    return tuple(sentence.format(count) for fate, sentence in LEFT.items() if (count := fates[fate]))


def _fetch_one(under: _Under, session: Session, uid: int) -> Fate:
    about = session.about(uid)
    if about is None:
        return "not given"
    since = under.mailbox.since
    if since is not None and about.received is not None and about.received.astimezone(CHINA).date() < since:
        return "old"
    if about.size > MOST_BYTES:
        return "too big"
    data = session.data(uid)
    if data is None:
        return "not given"
    _keep(under, session, Letter(uid, data, about.received))
    return "kept"


def _known(under: _Under, uidvalidity: int) -> frozenset[int]:
    """Numbers of the mails of this folder that the ledger has."""
    lines = (fact.data for fact in under.ledger.read(kinds=("mail",)))
    place = (_place(under.mailbox), uidvalidity)
    return frozenset(int(str(line["uid"])) for line in lines if (line["mailbox"], line["uidvalidity"]) == place)


def _place(mailbox: Mailbox) -> str:
    """Which folder of which account, without saying whose."""
    named = "\0".join((mailbox.host.lower(), mailbox.user, mailbox.folder))
    return hashlib.sha256(named.encode()).hexdigest()[:16]


def _keep(under: _Under, session: Session, letter: Letter) -> None:
    sha256 = hashlib.sha256(letter.data).hexdigest()
    head = mail_of(_head(letter.data))
    path = _path(under.settings.inbox / FOLDER, _name(letter, head, sha256), sha256)
    if sha256 not in under.arrived and not path.exists():
        path.parent.mkdir(exist_ok=True)
        write_whole(path, [letter.data])
        under.count += 1
    line = _fact(under, session, letter, sha256, head, path.name)
    # A server that numbers its mails anew gives back what was erased: the number is kept, and nobody's name.
    under.ledger.append([replace(line, personal=None) if sha256 in under.erased else line])
    session.mark([letter.uid])


def _head(data: bytes) -> bytes:
    """The headers alone: the mail itself is parsed by a reader in a process apart."""
    ends = [at for mark in HEAD_ENDS if (at := data.find(mark, 0, MOST_HEAD)) >= 0]
    return data[: min(ends, default=MOST_HEAD)] + b"\r\n\r\n"


def _name(letter: Letter, head: Mail, sha256: str) -> str:
    """`2016-12-06 张三 报名表 1a2b3c4d5e6f.eml`: the same for the same bytes."""
    day = "" if letter.received is None else f"{letter.received.astimezone(CHINA).date().isoformat()} "
    said = " ".join(f"{head.sender_name or head.sender} {head.subject}".split())
    words = "".join(letter for letter in said if letter.isprintable())[:MOST_NAMED]  # marks of direction turn an ending
    return legal_name(f"{day}{words.strip(' .')} {sha256[:12]}.eml".strip())


def _path(folder: Path, name: str, sha256: str) -> Path:
    """Where the mail lies or is to lie; a file of that name that somebody changed is left alone."""
    return next(path for path in numbered(folder / name) if not path.exists() or sha256_of(path) == sha256)


def _fact(under: _Under, session: Session, letter: Letter, sha256: str, head: Mail, name: str) -> Fact:
    data = {
        "mailbox": _place(under.mailbox),
        "uidvalidity": session.uidvalidity,
        "uid": letter.uid,
        "received": None if letter.received is None else letter.received.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "source": "imap",
        "size": len(letter.data),
    }
    personal = {
        "sender": head.sender,
        "sender_name": head.sender_name,
        "subject": head.subject,
        "folder": under.mailbox.folder,
        "path": f"{FOLDER}/{name}",
    }
    return Fact("mail", sha256, data, under.actor, under.at, personal)
