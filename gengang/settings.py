"""Settings: where a workspace keeps its things, and what the environment says about them; it opens nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gengang.errors import WorkspaceError

DATABASE_URL = "GENGANG_DATABASE_URL"
SETTLE_SECONDS = "GENGANG_SETTLE_SECONDS"
PATIENCE_SECONDS = "GENGANG_PATIENCE_SECONDS"
WATCH_SECONDS = "GENGANG_WATCH_SECONDS"
LEAST_WATCH_SECONDS = 0.1  # more often is a busy loop
READERS = "GENGANG_READERS"
PAGE_SECONDS = "GENGANG_PAGE_SECONDS"
FILE_SECONDS = "GENGANG_FILE_SECONDS"
MEMORY_MEGABYTES = "GENGANG_MEMORY_MB"
LEAST_MEGABYTES = 300  # a reader holds a hundred before it has read anything


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost, and how many are read at once.

    readers: processes, None for as many as the machine's cores and memory allow; megabytes: of memory for what a file
    holds (recognising print takes its own beside it); page_seconds, file_seconds: after which it is given up.
    """

    readers: int | None = None
    page_seconds: float = 20.0
    file_seconds: float = 60.0
    megabytes: int = 1_000


@dataclass(frozen=True, slots=True)
class Settings:
    """One workspace.

    database_url: a PostgreSQL address, None for the SQLite file; never printed, since it may hold a password.
    settle_seconds: a file whose size and time did not change for so long is whole.
    patience_seconds: how long a run waits for a file that still changes.
    watch_seconds: how often `gengang watch` looks into the inbox.
    """

    workspace: Path
    database_url: str | None = field(default=None, repr=False)
    settle_seconds: float = 2.0
    patience_seconds: float = 10.0
    watch_seconds: float = 2.0
    limits: Limits = Limits()

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
        """Originals under their hash, and `received/` with the files as they were named."""
        return self.workspace / "archive"

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
        database_url=_database_url(environ.get(DATABASE_URL, "").strip()),
        settle_seconds=_seconds(environ, SETTLE_SECONDS, 2.0),
        patience_seconds=_seconds(environ, PATIENCE_SECONDS, 10.0),
        watch_seconds=max(_seconds(environ, WATCH_SECONDS, 2.0), LEAST_WATCH_SECONDS),
        limits=limits_of(environ),
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


def _database_url(text: str) -> str | None:
    """The address with its driver named, so that the shorter form that PostgreSQL's own tools print works too."""
    if not text:
        return None
    scheme, mark, rest = text.partition("://")
    if not mark or scheme not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise WorkspaceError(
            f"环境变量 {DATABASE_URL} 不是 PostgreSQL 地址。"
            "请写成 postgresql+psycopg://用户@主机/库名，或删去该变量以使用本机的 SQLite 台账。"
        )
    return f"postgresql+psycopg://{rest}"


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
