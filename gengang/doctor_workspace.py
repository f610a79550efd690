"""What a workspace needs beside programs and fonts: its database, seals, schedule, key, mail; each with how to mend.

It looks and never mends, makes no ledger where there is none, and asks a mail server for no more than a greeting.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select, text

from gengang.database import FACTS, Database, open_database
from gengang.doctor import Check
from gengang.doctor_machines import machine_checks
from gengang.errors import GengangError
from gengang.facts import chained
from gengang.imap import opened_folder
from gengang.keyring import KEY_KIND, key_in_use
from gengang.ledger import GENESIS, SEALED
from gengang.mailbox import password_of
from gengang.migrations import MOVED, STEPS, moved_where, tables
from gengang.schedules import unit_faults
from gengang.settings import DATABASE_URL, MAIL_HOST, SMTP_HOST, Settings
from gengang.smtp import try_login
from gengang.tools import crontab

LOOKED_AT = 200  # last lines whose seals are held against each other; `gengang verify` looks at all
LATE_DAYS = 3
OLDEST_POSTGRESQL = 120000
SCHEDULES = (".config/systemd/user", "/etc/systemd/system", "/etc/cron.d", "/etc/crontab")
HOW_TO_SCHEDULE = "可用 cron、systemd 或 gengang serve 设每晚运行，写法见 docs/operating.md 的 Every night。"


def workspace_checks(settings: Settings, home: Path, now: datetime) -> tuple[Check, ...]:
    """The checks in order. home: where this account's schedules lie; now: with its time zone."""
    return (
        *_ledger(settings, now),
        *machine_checks(settings),
        _schedule(settings, home),
        _key(settings),
        _mailbox(settings),
        _outgoing(settings),
    )


# --- the database ---


def _ledger(settings: Settings, now: datetime) -> Iterator[Check]:
    """Nothing is made or upgraded: a ledger of an older program is brought up to date by its first run."""
    if settings.database_url is None and not settings.ledger.exists():
        yield Check("ledger", "note", "还没有台账：第一次运行 gengang run 时建立。")
        return
    try:
        with closing(open_database(settings)) as database:
            yield _version(database)
            if "schema_steps" not in tables(database):
                yield Check("ledger", "note", "数据库是空的：第一次运行 gengang run 时建立台账。")
                return
            yield _state(database)
            yield _seals(database)
            yield _last_run(database, now)
    except GengangError as fault:
        yield Check("database", "error", str(fault))


def _key(settings: Settings) -> Check:
    """Of the certificates. A key that was there once and is not any more was lost, or taken."""
    key = key_in_use(settings.keys)
    if key is None:
        lost = any(settings.keys.glob("*.pub")) or _knows_a_key(settings)
        missing = "证书签名密钥不见了：请从备份里找回 keys；找不回就照常出证，会换新的，旧证书仍能核验。"
        return (
            Check("key", "warning", missing) if lost else Check("key", "note", "还没有证书签名密钥：第一次出证时生成。")
        )
    if os.name == "posix" and any(path.stat().st_mode & 0o077 for path in settings.keys.glob("*.pem")):
        return Check("key", "warning", "证书签名密钥别的账号也能读：请运行 chmod 600 keys/*.pem。")
    return Check("key", "ok", f"有证书签名密钥（{key.public.id}），随 gengang backup 备份。")


def _knows_a_key(settings: Settings) -> bool:
    if settings.database_url is None and not settings.ledger.exists():
        return False
    try:
        with closing(open_database(settings)) as database:
            if "facts" not in tables(database):
                return False
            with database.reading() as connection:
                wanted = select(FACTS.c.sequence).where(FACTS.c.kind == KEY_KIND).limit(1)
                return connection.execute(wanted).first() is not None
    except GengangError:
        return False


def _version(database: Database) -> Check:
    if database.lock_file is not None:
        return Check("database", "ok", f"台账在本机的 SQLite {sqlite3.sqlite_version}。")
    with database.reading() as connection:
        number = int(str(connection.execute(text("SHOW server_version_num")).scalar_one()))
        name = str(connection.execute(text("SHOW server_version")).scalar_one())
    if number < OLDEST_POSTGRESQL:
        return Check("database", "warning", f"PostgreSQL {name} 太旧，没有试过：请管理员升级到 12 以上。")
    return Check("database", "ok", f"连得上 PostgreSQL {name}。")


def _state(database: Database) -> Check:
    with database.reading() as connection:
        where = moved_where(connection)
        applied = text("SELECT COALESCE(MAX(number), 0) FROM schema_steps WHERE number < :moved")
        steps = int(connection.execute(applied, {"moved": MOVED}).scalar_one())
    if where is not None:
        return Check("ledger", "error", f"台账已{where}：请设置（或删去）环境变量 {DATABASE_URL}，让它指到现在的台账。")
    if steps > len(STEPS):
        return Check("ledger", "error", f"台账是更新的程序写的（结构第{steps}版）：请换用更新的 gengang。")
    if steps < len(STEPS):
        return Check("ledger", "note", "台账是较早的程序写的：下次运行时自动更新，请先备份（gengang backup）。")
    return Check("ledger", "ok", f"台账结构第{steps}版。")


def _seals(database: Database) -> Check:
    with database.reading() as connection:
        newest = select(FACTS).order_by(FACTS.c.sequence.desc()).limit(LOOKED_AT + 1)
        rows = list(reversed(connection.execute(newest).mappings().all()))
    seal = GENESIS if rows and rows[0]["sequence"] == 1 else None
    for row in rows:
        if seal is not None and row["chain"] != chained(seal, tuple(row[name] for name in SEALED)):
            why = f"台账第{row['sequence']}行的封印不符：请不要再写，运行 gengang verify，并从最近一份备份恢复。"
            return Check("seals", "error", why)
        seal = row["chain"]
    return Check("seals", "ok", f"台账最后{len(rows)}行的封印完好；全部核对请运行 gengang verify。")


def _last_run(database: Database, now: datetime) -> Check:
    with database.reading() as connection:
        lines = select(FACTS.c.at).where(FACTS.c.kind == "run").order_by(FACTS.c.sequence.desc()).limit(1)
        at = connection.execute(lines).scalar_one_or_none()
    if at is None:
        return Check("last run", "note", "还没有运行过：请运行 gengang run。")
    days = (now - datetime.fromisoformat(str(at).replace("Z", "+00:00")).astimezone(UTC)).days
    said = f"上次有变化的运行在{str(at)[:10]}"
    if days > LATE_DAYS:
        return Check("last run", "note", f"{said}，已过{days}天：如果不是放假，请核对夜里是不是还在运行。")
    return Check("last run", "ok", f"{said}。")


# --- the schedule ---


def _schedule(settings: Settings, home: Path, programs: Callable[[], str] = crontab) -> Check:
    """Whether some schedule of this machine names gengang; Windows keeps its own where we do not look."""
    places = [home / place if not place.startswith("/") else Path(place) for place in SCHEDULES]
    found = [path for place in places for path in _files(place) if _says_gengang(path)]
    faults = [fault for path in found for fault in unit_faults(path.name, _text(path), home, Path.exists)]
    if faults:
        return Check("schedule", "warning", "".join(faults))
    if found or "gengang" in programs():
        return Check("schedule", "ok", f"已设定时运行：{found[0] if found else 'crontab'}。")
    served = (settings.workspace / ".prefect").is_dir()
    also = "工作区里有 Prefect 的数据，如果 gengang serve 一直开着，就不用另设。" if served else ""
    return Check("schedule", "note", f"没有找到定时运行的设置（Windows 的任务计划请自行查看）。{also}{HOW_TO_SCHEDULE}")


def _files(place: Path) -> Iterator[Path]:
    try:
        yield from (path for path in sorted(place.iterdir()) if path.is_file()) if place.is_dir() else ()
        yield from [place] if place.is_file() else []
    except OSError:  # somebody else's
        return


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _says_gengang(path: Path) -> bool:
    try:
        return b"gengang" in path.read_bytes()[:100_000]
    except OSError:
        return False


# --- mail ---


def _mailbox(settings: Settings) -> Check:
    box = settings.mailbox
    if box is None:
        return Check("mailbox", "note", f"没有设收信邮箱：要自动收邮件，请设置 {MAIL_HOST} 等环境变量。")
    try:
        with opened_folder(box, password_of(box)):
            return Check("mailbox", "ok", f"收信邮箱登录正常，文件夹“{box.folder}”打得开。")
    except GengangError as fault:
        return Check("mailbox", "warning", str(fault))


def _outgoing(settings: Settings) -> Check:
    post = settings.outgoing
    if post is None:
        return Check("outgoing mail", "note", f"没有设发信：要把今日要点发到邮箱，请设置 {SMTP_HOST} 等环境变量。")
    try:
        try_login(post)
    except GengangError as fault:
        said = str(fault).removeprefix("今日要点没有发出：").replace("，下次运行再发", "")
        return Check("outgoing mail", "warning", said)
    return Check("outgoing mail", "ok", f"发信服务器登录正常，收件人{len(post.to)}位。")
