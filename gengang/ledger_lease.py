"""The lease: one run at a time, given back by the operating system or the server when its holder dies.

SQLite: an exclusive transaction on a second, empty database file, held for the whole run. PostgreSQL: an advisory lock
of a connection of its own. Neither has a time after which it lapses, so a slow run loses it as little as a suspended
laptop does, and a killed one leaves nothing to clear away. The holder's name stands in the ledger only to be told.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, insert, select, text
from sqlalchemy.exc import DBAPIError

from gengang.database import HOLDER, Database, told
from gengang.errors import LedgerError
from gengang.ledger import Ledger

LEASE_LOCK = 0x6C656173


@contextmanager
def lease(ledger: Ledger, holder: str) -> Iterator[None]:
    """Holds the workspace. holder: who runs what and where. LedgerError naming the present holder when it is taken."""
    database = ledger.database
    held = _held_on_server(database) if database.lock_file is None else _held_in_file(database, database.lock_file)
    with held:
        with database.writing() as connection:
            connection.execute(delete(HOLDER))
            since = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
            connection.execute(insert(HOLDER), [{"id": 1, "name": holder, "since": since}])
        yield


@contextmanager
def _held_in_file(database: Database, lock_file: Path) -> Iterator[None]:
    with closing(_opened(lock_file)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise _taken(database) from error
        yield


def _opened(lock_file: Path) -> sqlite3.Connection:
    try:
        return sqlite3.connect(lock_file, timeout=0, isolation_level=None)
    except sqlite3.OperationalError as error:
        raise LedgerError(f"工作区里写不了 {lock_file.name}：请检查文件夹的写权限和磁盘空间。") from error


@contextmanager
def _held_on_server(database: Database) -> Iterator[None]:
    engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
    with told(), engine.connect() as lock:
        got = lock.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": LEASE_LOCK}).scalar_one()
        if not got:
            raise _taken(database)
        try:
            yield
        finally:
            with suppress(DBAPIError):  # the server is gone, and the lock with it
                lock.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": LEASE_LOCK})


def _taken(database: Database) -> LedgerError:
    with database.reading() as connection:
        row = connection.execute(select(HOLDER.c.name, HOLDER.c.since)).one_or_none()
    who = "另一次运行" if row is None else f"{row.name}（自 {row.since} 起）"
    return LedgerError(f"台账正被占用：{who}。请等它结束后再试；如果它已意外中断，直接重试即可，不必清理。")
