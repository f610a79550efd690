"""A throw-away PostgreSQL of the tests' own: own folder, own socket, and an account of its own when we are root."""

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

ACCOUNT = "postgres"
BINARIES = Path("/usr/lib/postgresql")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server. folder: where its socket lies."""

    folder: Path

    def new_database(self) -> str:
        """The address of a fresh, empty database."""
        name = f"t{uuid.uuid4().hex}"
        with psycopg.connect(host=str(self.folder), user=ACCOUNT, dbname="postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0'.encode())
        return f"postgresql+psycopg://{ACCOUNT}@/{name}?host={self.folder}"


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Makes, starts and at the end removes a server. AssertionError when PostgreSQL is not installed."""
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="gengang-pg-"))
    account = ACCOUNT if os.geteuid() == 0 else None
    if account is not None:
        shutil.chown(folder, account, account)
    data = folder / "data"
    fast = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=16MB"
    try:
        _call(
            [binaries / "initdb", "-D", data, "-U", ACCOUNT, "-A", "trust", "-E", "UTF8", "--no-sync"], account, folder
        )
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' {fast}"
        _call([binaries / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start"], account, folder)
        try:
            yield Cluster(folder)
        finally:
            _call([binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], account, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path:
    versions = sorted(BINARIES.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    assert versions, (
        "PostgreSQL is not installed: the ledger is tested on it too. Run `make setup` or install postgresql."
    )
    return versions[-1].parent


def _call(command: list[object], account: str | None, folder: Path) -> None:
    """The server writes into a log of its own, so that it does not hold our pipes open for its lifetime."""
    with (folder / "calls").open("ab") as log:
        done = subprocess.run(
            [str(part) for part in command],
            user=account,
            group=account,
            extra_groups=None if account is None else [],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            timeout=60,
            check=False,
        )
    assert done.returncode == 0, (folder / "calls").read_text(errors="replace")[-2000:]
