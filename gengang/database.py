"""The database under the ledger: SQLite or PostgreSQL behind one engine, its transactions, its tables for Core.

SQLite runs in WAL with synchronous=FULL: NORMAL may forget the last commits in a power cut, and by then an inbox file
has already been moved on the strength of such a commit. One batch is one commit, so FULL costs one fsync a batch.
A folder on a network share is refused: there WAL loses data without an error.
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text, create_engine, event, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from gengang.errors import LedgerError, WorkspaceError
from gengang.settings import Settings

TABLES = MetaData()
FACTS = Table(
    "facts",
    TABLES,
    Column("sequence", BigInteger, primary_key=True),
    Column("kind", Text),
    Column("version", Integer),
    Column("subject", Text),
    Column("data", Text),
    Column("personal_hash", Text),
    Column("actor", Text),
    Column("at", Text),
    Column("identity", Text),
    Column("turn", Integer),
    Column("chain", Text),
)
PERSONAL = Table(
    "personal",
    TABLES,
    Column("subject", Text, primary_key=True),
    Column("personal_hash", Text, primary_key=True),
    Column("body", Text),
)
SALTS = Table("salts", TABLES, Column("subject", Text, primary_key=True), Column("salt", Text))
NUMBERS = Table(
    "numbers",
    TABLES,
    Column("kind", Text, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("person", Text),
    Column("basis", Text),
)
HOLDER = Table("holder", TABLES, Column("id", Integer, primary_key=True), Column("name", Text), Column("since", Text))

Row = tuple[str | int, ...]  # of one table, in the order of its columns

AT_ONCE = 1000  # rows in one statement
BUSY_MILLISECONDS = 30_000
WRITERS_LOCK = 0x67656E67  # any constant will do: the one key under which this program's PostgreSQL writers queue
_NETWORK = "nfs nfs4 cifs smb2 smb3 smbfs afpfs ncpfs davfs ceph lustre glusterfs vboxsf prl_fs vmhgfs"
_OVER_FUSE = "sshfs davfs davfs2 glusterfs rclone s3fs vmhgfs-fuse smbnetfs"
SHARES = frozenset((*_NETWORK.split(), *(f"fuse.{kind}" for kind in _OVER_FUSE.split())))


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. lock_file: where a run on SQLite holds its lease; None on PostgreSQL."""

    engine: Engine
    lock_file: Path | None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A snapshot: what others write meanwhile is not seen. LedgerError when the database fails."""
        with told(), self._snapshot().begin() as connection:
            yield connection

    def _snapshot(self) -> Engine:
        """SQLite's readers have one anyway; PostgreSQL's have to ask."""
        return self.engine if self.lock_file else self.engine.execution_options(isolation_level="REPEATABLE READ")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The only writer until it ends; all of it is kept or nothing. LedgerError when the database fails."""
        with told(), self.engine.connect().execution_options(writing=True) as connection, connection.begin():
            if self.lock_file is None:
                # Without a limit a program that stands still in its own transaction would hold all others for ever.
                connection.execute(
                    text("SELECT set_config('lock_timeout', :wait, true)"), {"wait": f"{BUSY_MILLISECONDS}ms"}
                )
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS_LOCK})
            yield connection

    def close(self) -> None:
        """Gives all connections back."""
        self.engine.dispose()


def open_database(settings: Settings) -> Database:
    """The workspace's database, made when absent. WorkspaceError on a network share, LedgerError when out of reach."""
    if settings.database_url is not None:
        # A statement that the driver prepares is planned for any values in the end: a search for five hundred subjects
        # then compares each line with each of them.
        plain = {"prepare_threshold": None}
        return Database(create_engine(settings.database_url, pool_pre_ping=True, connect_args=plain), None)
    refuse_share(settings.ledger.parent)
    if not settings.ledger.parent.is_dir():
        raise WorkspaceError(f"文件夹 {settings.ledger.parent} 不存在。请先用 gengang init 建立工作区。")
    return Database(_sqlite(settings.ledger), settings.ledger.with_name(f"{settings.ledger.name}.lock"))


def _sqlite(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_MILLISECONDS / 1000})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Takes transactions out of sqlite3's hands, which begins none before DDL, and sets what the file does not keep."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_MILLISECONDS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """A writer asks for the lock at once: a reader that turns writer half-way is refused without any wait."""
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def insert_rows(connection: Connection, table: Table, rows: Iterable[Row], absent: bool = False) -> None:
    """Rows into a table. absent: those whose key is there already are left out.

    PostgreSQL gets a thousand in one statement, as JSON: a statement a row, even prepared and sent in one go, takes its
    driver several times as long.
    """
    as_json, columns = connection.dialect.name == "postgresql", list(table.columns)
    names = [column.name for column in columns]
    kinds = ", ".join(f"{column.name} {column.type.compile(connection.dialect)}" for column in columns)
    many, each = f"SELECT * FROM json_to_recordset(%s) AS given({kinds})", f"VALUES ({', '.join('?' * len(columns))})"
    into = f"INSERT INTO {table.name} ({', '.join(names)}) {many if as_json else each}"
    statement = f"{into} ON CONFLICT DO NOTHING" if absent else into
    waiting = iter(rows)
    while batch := list(islice(waiting, AT_ONCE)):
        given = (json.dumps([dict(zip(names, row, strict=True)) for row in batch]),) if as_json else batch
        connection.exec_driver_sql(statement, given)


@contextmanager
def told() -> Iterator[None]:
    """Inside it a failure of the database becomes a LedgerError in the office's words."""
    try:
        yield
    except DBAPIError as error:
        raise LedgerError(f"台账数据库出错，本次没有写入任何内容。{_advice(str(error.orig))}") from error


def _advice(reason: str) -> str:
    known = {
        "lock timeout": "有别的程序占着台账：请关闭正在打开台账的程序后重试。",
        "locked": "有别的程序占着台账：请关闭正在打开台账的程序后重试。",
        "full": "磁盘已满：请腾出空间后重试。",
        "No space": "磁盘已满：请腾出空间后重试。",
        "readonly": "台账文件只读：请检查文件夹的写权限。",
        "unable to open": "台账文件打不开：请检查文件夹的写权限。",
        "malformed": "台账文件已损坏：请停用它，用最近一份备份的工作区恢复。",
        "not a database": "台账文件已损坏：请停用它，用最近一份备份的工作区恢复。",
        "connect": "连不上数据库服务器：请检查服务器和网络后重试。",
    }
    said = next((advice for word, advice in known.items() if word in reason), "请把下面这句发给管理员。")
    return f"{said}（{reason.strip().splitlines()[0]}）"


def refuse_share(folder: Path) -> None:
    """WorkspaceError when the folder lies on a network share."""
    share = _windows_share(folder) if sys.platform == "win32" else share_of(folder.resolve(), _mounts())
    if share:
        raise WorkspaceError(
            f"工作区 {folder} 在网络共享盘上（{share}），台账放在那里会损坏。"
            "请把工作区移到本机硬盘；要多人共用，请改用 PostgreSQL（环境变量 GENGANG_DATABASE_URL）。"
        )


def share_of(folder: Path, mounts: str) -> str:
    """Kind of network file system that holds a folder, by the text of a Linux mount table; empty when it is local.

    9p is a share when a hypervisor or Windows hands it in, and the disk itself in some containers (trans=fd).
    """
    best, kind, options = Path("/"), "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 4:
            continue
        point = Path(fields[1].encode().decode("unicode_escape", errors="replace"))
        if folder.is_relative_to(point) and len(point.parts) >= len(best.parts):
            best, kind, options = point, fields[2], fields[3]
    lent = kind == "9p" and ("trans=fd" not in options or "aname=drvfs" in options)
    return kind if kind in SHARES or lent else ""


def _mounts() -> str:
    table = Path("/proc/mounts")
    return table.read_text(encoding="utf-8", errors="replace") if table.exists() else ""


if sys.platform == "win32":
    import ctypes

    def _windows_share(folder: Path) -> str:
        drive = os.path.splitdrive(folder.resolve())[0]
        remote = 4  # DRIVE_REMOTE of GetDriveTypeW
        if drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == remote:
            return "SMB"
        return ""

else:

    def _windows_share(folder: Path) -> str:
        raise AssertionError(folder)
