"""The ledger moved to another database: from SQLite to PostgreSQL, or back.

Killed at any line the ledger in force is the old one, or the new: the new one is filled in one transaction and proved
before the old one is marked, and the same command finishes what was begun. The old one stays as it is, refused by every
program from then on, an older one too.
"""

from dataclasses import dataclass, replace

from sqlalchemy.engine import make_url

from gengang.errors import LedgerError, WorkspaceError
from gengang.facts import Actor, Fact
from gengang.ledger import Ledger, open_ledger
from gengang.ledger_lease import lease
from gengang.ledger_rows import fill, rows_of
from gengang.ledger_verify import verify
from gengang.migrations import mark_moved
from gengang.settings import DATABASE_URL, Settings, database_url_of

SQLITE = "sqlite"


@dataclass(frozen=True, slots=True)
class Moved:
    """lines: sentences for the terminal."""

    lines: tuple[str, ...]
    exit_code: int = 0


def move_ledger(settings: Settings, to: str, actor: Actor, at: str) -> Moved:
    """Moves the workspace's ledger. to: a PostgreSQL address, or `sqlite`.

    WorkspaceError when there is none, or it is there already; LedgerError while a run holds it, when the new database
    holds something else, and when the copy does not prove whole; the old one is in force then.
    """
    target = replace(settings, database_url=None if to == SQLITE else database_url_of(to, "--to"))
    if target == settings:
        raise WorkspaceError("台账已经在那里，不用移。")
    if not settings.ledger.exists() and settings.database_url is None:
        raise WorkspaceError("这个工作区还没有台账：请先运行 gengang run。")
    old = open_ledger(settings)
    try:
        with lease(old, str(actor)):
            lines = _moved(old, target, actor, at)
    finally:
        old.close()
    return Moved((f"台账共{lines}行，已移到{place_of(target)}，封印核对无误。", *_next_steps(target)))


def _moved(old: Ledger, target: Settings, actor: Actor, at: str) -> int:
    where = place_of(target)
    old.append([Fact("run", "run", {"phase": "moved", "to": where}, actor, at)])
    new = open_ledger(target, moved_too=True)
    try:
        with lease(new, str(actor)):
            with rows_of(old) as rows:
                fill(new, rows)
            faults = verify(new)
            if faults or new.head() != old.head():
                raise LedgerError(f"移过去的台账核对不符，仍用原来的台账。{''.join(faults[:1])}")
            with old.database.writing() as connection:
                mark_moved(connection, f"于{at[:10]}移到{where}")
            return new.head()[0]
    finally:
        new.close()


def place_of(settings: Settings) -> str:
    """Where a ledger lies, in words without a password."""
    if settings.database_url is None:
        return f"工作区里的 {settings.ledger.name}"
    url = make_url(settings.database_url)
    return f" PostgreSQL 数据库 {url.database or ''}（{url.host or url.query.get('host', '本机')}）"


def _next_steps(target: Settings) -> tuple[str, ...]:
    if target.database_url is None:
        return (f"请删去环境变量 {DATABASE_URL}（定时任务里的也要删），再运行 gengang verify。",
                "旧的 PostgreSQL 数据库还留着，里面有个人信息：核对无误后请管理员删除。")  # fmt: skip
    return (f"请把环境变量 {DATABASE_URL} 设为这个地址（定时任务里的也要设），再运行 gengang verify。",
            f"旧的 {target.ledger.name} 还留着，里面有个人信息：核对无误后请删除它和同名的 -wal、-shm。")  # fmt: skip
