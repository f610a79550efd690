"""Settings: where a workspace keeps its things, and what the environment says about them; it opens nothing."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, cast, get_args
from urllib.parse import urlsplit

from gengang.errors import WorkspaceError

DATABASE_URL = "GENGANG_DATABASE_URL"
ORIGINALS = "GENGANG_ORIGINALS"
STORE = "s3://"
READERS_AT = "GENGANG_READERS_AT"
SETTLE_SECONDS = "GENGANG_SETTLE_SECONDS"
PATIENCE_SECONDS = "GENGANG_PATIENCE_SECONDS"
WATCH_SECONDS = "GENGANG_WATCH_SECONDS"
LEAST_WATCH_SECONDS = 0.1  # more often is a busy loop
MAIL_SECONDS = "GENGANG_MAIL_SECONDS"
LEAST_MAIL_SECONDS = 10.0  # servers shut out an account that asks all the time
READERS = "GENGANG_READERS"
PAGE_SECONDS = "GENGANG_PAGE_SECONDS"
FILE_SECONDS = "GENGANG_FILE_SECONDS"
MEMORY_MEGABYTES = "GENGANG_MEMORY_MB"
MAIL_HOST = "GENGANG_MAIL_HOST"
MAIL_PORT = "GENGANG_MAIL_PORT"
MAIL_USER = "GENGANG_MAIL_USER"
MAIL_PASSWORD = "GENGANG_MAIL_PASSWORD"
MAIL_PASSWORD_FILE = "GENGANG_MAIL_PASSWORD_FILE"
MAIL_FOLDER = "GENGANG_MAIL_FOLDER"
MAIL_TLS = "GENGANG_MAIL_TLS"
MAIL_SINCE = "GENGANG_MAIL_SINCE"
MAIL_NAMES = (MAIL_HOST, MAIL_PORT, MAIL_USER, MAIL_PASSWORD, MAIL_PASSWORD_FILE, MAIL_FOLDER, MAIL_TLS, MAIL_SINCE)
SMTP_HOST = "GENGANG_SMTP_HOST"
SMTP_PORT = "GENGANG_SMTP_PORT"
SMTP_USER = "GENGANG_SMTP_USER"
SMTP_PASSWORD = "GENGANG_SMTP_PASSWORD"
SMTP_PASSWORD_FILE = "GENGANG_SMTP_PASSWORD_FILE"
SMTP_TLS = "GENGANG_SMTP_TLS"
SMTP_FROM = "GENGANG_SMTP_FROM"
SMTP_TO = "GENGANG_SMTP_TO"
SMTP_NAMES = (SMTP_HOST, SMTP_PORT, SMTP_USER, SMTP_PASSWORD, SMTP_PASSWORD_FILE, SMTP_TLS, SMTP_FROM, SMTP_TO)
Tls = Literal["on", "starttls", "off"]
PORTS: Mapping[Tls, int] = {"on": 993, "starttls": 143, "off": 143}
SMTP_PORTS: Mapping[Tls, int] = {"on": 465, "starttls": 587, "off": 25}
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
LEAST_MEGABYTES = 300  # a reader holds a hundred before it has read anything


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost, and how many are read at once.

    readers: processes, None for as many as the machine's cores and memory allow; megabytes: of memory for what a file
    holds (recognising print takes its own beside it); page_seconds, file_seconds: after which it is given up,
    counted as gengang.tempo does: a slow machine, and one with other things to do, are no fault of the file.
    """

    readers: int | None = None
    page_seconds: float = 20.0
    file_seconds: float = 60.0
    megabytes: int = 1_000


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The office's mailbox, read over IMAP. Neither password nor password_file's content is ever printed.

    tls: `on` from the first byte, `starttls`, or `off`, which only a server on this machine may have.
    since: mails that the server had before that day are left alone.
    """

    host: str
    user: str
    port: int = PORTS["on"]
    password: str = field(default="", repr=False)
    password_file: Path | None = None
    folder: str = "INBOX"
    tls: Tls = "on"
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Where the morning note is sent by e-mail, over SMTP; sender and to are addresses.

    user: empty where the server asks for none. tls: `on` from the first byte, `starttls`, or `off` on this machine.
    """

    host: str
    sender: str
    to: tuple[str, ...]
    port: int = SMTP_PORTS["on"]
    user: str = ""
    password: str = field(default="", repr=False)
    password_file: Path | None = None
    tls: Tls = "on"


@dataclass(frozen=True, slots=True)
class Settings:
    """One workspace.

    database_url: a PostgreSQL address, None for the SQLite file; never printed, since it may hold a password.
    originals: a shared folder or `s3://bucket/prefix` where originals and templates lie, empty for the archive folder.
    readers_at: where the readers of other machines stand, `tls://host:port`, empty for those of this machine.
    settle_seconds: a file whose size and time did not change for so long is whole.
    patience_seconds: how long a run waits for a file that still changes.
    mailbox: None where the office has none to read.
    outgoing: None where the morning note is not sent.
    watch_seconds: how often `gengang watch` looks into the inbox; mail_seconds: and asks the mailbox.
    """

    workspace: Path
    database_url: str | None = field(default=None, repr=False)
    originals: str = ""
    readers_at: str = ""
    settle_seconds: float = 2.0
    patience_seconds: float = 10.0
    watch_seconds: float = 2.0
    mail_seconds: float = 300.0
    limits: Limits = Limits()
    mailbox: Mailbox | None = None
    outgoing: Outgoing | None = None

    @property
    def inbox(self) -> Path:
        """What the office drops in."""
        return self.workspace / "inbox"

    @property
    def outbox(self) -> Path:
        """What the office takes out."""
        return self.workspace / "outbox"

    @property
    def aside(self) -> Path:
        """Copies of refused files, each with the sentence that says what to do."""
        return self.outbox / "待处理"

    @property
    def archive(self) -> Path:
        """Originals under their hash unless they lie elsewhere, and `received/` with the files as they were named."""
        return self.workspace / "archive"

    @property
    def shown(self) -> Path:
        """Pictures of pages for the desk, drawn again when they are gone."""
        return self.workspace / ".desk"

    @property
    def logs(self) -> Path:
        """What runs say of themselves, without anything personal."""
        return self.workspace / "logs"

    @property
    def backups(self) -> Path:
        """Backups that were given no other place."""
        return self.workspace / "backups"

    @property
    def keys(self) -> Path:
        """The keys that sign certificates; never in the outbox, which is handed on."""
        return self.workspace / "keys"

    @property
    def templates(self) -> Path:
        """Forms, papers and schemes of this office."""
        return self.workspace / "templates"

    @property
    def forms(self) -> Path:
        """The tagged Word forms."""
        return self.templates / "forms"

    @property
    def roster(self) -> Path:
        """The roster workbook."""
        return self.workspace / "roster.xlsx"

    @property
    def scheme(self) -> Path:
        """The programme's rules."""
        return self.workspace / "scheme.toml"

    @property
    def ledger(self) -> Path:
        """The SQLite ledger, where no PostgreSQL is named."""
        return self.workspace / "gengang.db"


def settings_of(workspace: Path, environ: Mapping[str, str]) -> Settings:
    """The settings of a folder under an environment. WorkspaceError when a variable cannot be understood."""
    return Settings(
        workspace=workspace.resolve(),
        database_url=database_url_of(environ.get(DATABASE_URL, "").strip(), f"环境变量 {DATABASE_URL} "),
        originals=originals_named(environ),
        readers_at=hub_named(environ.get(READERS_AT, "").strip(), f"环境变量 {READERS_AT} "),
        settle_seconds=_seconds(environ, SETTLE_SECONDS, 2.0),
        patience_seconds=_seconds(environ, PATIENCE_SECONDS, 10.0),
        watch_seconds=max(_seconds(environ, WATCH_SECONDS, 2.0), LEAST_WATCH_SECONDS),
        mail_seconds=max(_seconds(environ, MAIL_SECONDS, 300.0), LEAST_MAIL_SECONDS),
        limits=limits_of(environ),
        mailbox=mailbox_of(environ),
        outgoing=outgoing_of(environ),
    )


def limits_of(environ: Mapping[str, str]) -> Limits:
    """The limits that the environment sets. WorkspaceError when a variable cannot be understood."""
    usual = Limits()
    return Limits(
        readers=_count(environ, READERS, 1),
        page_seconds=_seconds(environ, PAGE_SECONDS, usual.page_seconds),
        file_seconds=_seconds(environ, FILE_SECONDS, usual.file_seconds),
        megabytes=_count(environ, MEMORY_MEGABYTES, LEAST_MEGABYTES) or usual.megabytes,
    )


def mailbox_of(environ: Mapping[str, str]) -> Mailbox | None:
    """The mailbox that the environment names, None when it names none. WorkspaceError when it is not whole."""
    said = {name: environ[name].strip() for name in MAIL_NAMES if environ.get(name, "").strip()}
    if not said:
        return None
    absent = [name for name in (MAIL_HOST, MAIL_USER) if name not in said]
    if (MAIL_PASSWORD in said) == (MAIL_PASSWORD_FILE in said):
        absent.append(f"{MAIL_PASSWORD} 或 {MAIL_PASSWORD_FILE}（二者之一）")
    if absent:
        raise WorkspaceError(f"邮箱设置不全：请设置环境变量 {'、'.join(absent)}，或删去所有 GENGANG_MAIL_ 变量。")
    wrong = next((name for name, text in said.items() if not text.isprintable()), None)
    if wrong is not None:
        raise WorkspaceError(f"环境变量 {wrong} 里有不能显示的字符。请改正后重试。")
    tls = _tls(said, MAIL_TLS, said[MAIL_HOST])
    return Mailbox(
        host=said[MAIL_HOST],
        user=said[MAIL_USER],
        port=_count(said, MAIL_PORT, 1) or PORTS[tls],
        password=said.get(MAIL_PASSWORD, ""),
        password_file=Path(said[MAIL_PASSWORD_FILE]) if MAIL_PASSWORD_FILE in said else None,
        folder=said.get(MAIL_FOLDER, "INBOX"),
        tls=tls,
        since=_day(said, MAIL_SINCE),
    )


def outgoing_of(environ: Mapping[str, str]) -> Outgoing | None:
    """Where the environment sends the morning note, None when nowhere. WorkspaceError when it is not whole."""
    said = {name: environ[name].strip() for name in SMTP_NAMES if environ.get(name, "").strip()}
    if not said:
        return None
    absent = [name for name in (SMTP_HOST, SMTP_FROM, SMTP_TO) if name not in said]
    passwords = sum(name in said for name in (SMTP_PASSWORD, SMTP_PASSWORD_FILE))
    if passwords != (1 if SMTP_USER in said else 0):
        absent.append(
            f"{SMTP_USER} 和 {SMTP_PASSWORD} 或 {SMTP_PASSWORD_FILE}（要登录的，密码二者之一；不登录的都不设）"
        )
    if absent:
        raise WorkspaceError(f"发信设置不全：请设置环境变量 {'、'.join(absent)}，或删去所有 GENGANG_SMTP_ 变量。")
    to = tuple(one.strip() for one in said[SMTP_TO].replace("，", ",").split(",") if one.strip())
    wrong = [name for name, text in said.items() if not text.isprintable()]
    wrong += [SMTP_FROM] if not _is_address(said[SMTP_FROM]) else []
    wrong += [SMTP_TO] if not to or not all(map(_is_address, to)) else []
    if wrong:
        raise WorkspaceError(
            f"环境变量 {wrong[0]} 写得不对：地址应是 office@example.cn 的样子，几个之间用逗号。请改正后重试。"
        )
    tls = _tls(said, SMTP_TLS, said[SMTP_HOST])
    file = said.get(SMTP_PASSWORD_FILE)
    return Outgoing(
        said[SMTP_HOST], said[SMTP_FROM], to, _count(said, SMTP_PORT, 1) or SMTP_PORTS[tls], said.get(SMTP_USER, ""),
        said.get(SMTP_PASSWORD, ""), Path(file) if file else None, tls,
    )  # fmt: skip


def _is_address(text: str) -> bool:
    name, mark, place = text.rpartition("@")
    return bool(name and mark and place) and text.isascii() and not set(text) & set(' <>,;:"()[]\\')


def _tls(said: Mapping[str, str], name: str, host: str) -> Tls:
    text = said.get(name, "on").lower()
    tls = next((one for one in get_args(Tls) if one == text), None)
    if tls is None:
        raise WorkspaceError(f"环境变量 {name} 应是 on、starttls 或 off，现在是“{text}”。请改正后重试。")
    if tls == "off" and host.lower() not in THIS_MACHINE:
        raise WorkspaceError(f"环境变量 {name}=off 会让密码在网上明文传送，只能用于本机的服务器。请删去这个变量。")
    return cast(Tls, tls)


def _day(said: Mapping[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(said[name]) if name in said else None
    except ValueError as fault:
        raise WorkspaceError(
            f"环境变量 {name} 应写成 2016-09-01 的样子，现在是“{said[name]}”。请改正后重试。"
        ) from fault


def database_url_of(text: str, said: str) -> str | None:
    """The address with its driver named, so that the shorter form that PostgreSQL's own tools print works too.

    None for an empty text. said: where it was written, for the sentence of the WorkspaceError.
    """
    if not text:
        return None
    scheme, mark, rest = text.partition("://")
    if not mark or scheme not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise WorkspaceError(
            f"{said}不是 PostgreSQL 地址。"
            "请写成 postgresql+psycopg://用户@主机/库名，或删去它以使用本机的 SQLite 台账。"
        )
    return f"postgresql+psycopg://{rest}"


def originals_named(environ: Mapping[str, str]) -> str:
    """The shared folder or store that the environment names, empty for none. WorkspaceError for anything else."""
    text = environ.get(ORIGINALS, "").strip()
    if not text or (is_store(text) and text[len(STORE) :].strip("/")) or Path(text).is_absolute():
        return text
    raise WorkspaceError(
        f"环境变量 {ORIGINALS} 应是共享文件夹的完整路径或 s3://存储桶/前缀，现在是“{text}”。请改正后重试。"
    )


def is_store(place: str) -> bool:
    """Whether originals lie in an object store."""
    return place.startswith(STORE)


def hub_named(text: str, said: str) -> str:
    """The address at which readers of other machines stand, empty for none. said: where it was written.

    WorkspaceError for anything else, and for a line that others could listen to: names and numbers go over it, and
    whoever reaches it can have a program run.
    """
    if not text:
        return ""
    found = urlsplit(text)
    try:
        whole = found.scheme in ("tcp", "tls") and bool(found.hostname) and bool(found.port)
    except ValueError:
        whole = False
    if not whole:
        raise WorkspaceError(
            f"{said}应写成 tls://主机:8786 或 tcp://127.0.0.1:8786 的样子，现在是“{text}”。请改正后重试。"
        )
    if found.scheme == "tcp" and not is_private(str(found.hostname)):
        raise WorkspaceError(
            f"{said}的 tcp:// 不加密，只能用于本机或内网的 IP 地址。请改用 tls://（见 docs/operating.md）。"
        )
    return text


def is_private(host: str) -> bool:
    """Whether it is this machine, or an address that no other network can reach."""
    try:
        address = ipaddress.ip_address("127.0.0.1" if host.lower() in THIS_MACHINE else host)
        return address.is_private and not address.is_unspecified
    except ValueError:
        return False


def _count(environ: Mapping[str, str], name: str, least: int) -> int | None:
    text = environ.get(name, "").strip()
    if not text:
        return None
    if not text.isdecimal() or not text.isascii() or int(text) < least:
        raise WorkspaceError(f"环境变量 {name} 应是不小于 {least} 的整数，现在是“{text}”。请改正后重试。")
    return int(text)


def _seconds(environ: Mapping[str, str], name: str, default: float) -> float:
    text = environ.get(name, "").strip()
    if not text:
        return default
    if not text.replace(".", "", 1).isdecimal() or not text.isascii():
        raise WorkspaceError(f"环境变量 {name} 应是秒数（如 2 或 0.5），现在是“{text}”。请改正后重试。")
    return float(text)
