"""A hub and workers on loopback, each a process as an operator starts it, and a season whose papers they read."""

import os
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from extractors.elsewhere import connected
from gengang.facts import Fact
from gengang.night import read_new, take_in
from gengang.processes import started
from gengang.settings import Settings, settings_of
from gengang.under_way import RunRequest, opened
from gengang.workspace import new_workspace
from tests.ledger.lines import AT, ME
from tests.patience import PATIENT

SENT_AT = 1_480_000_000  # seconds since 1970: a day of the season
ROOT = Path(__file__).parents[2]
GENGANG = (sys.executable, "-c", "from gengang.start import main; main()")
WORKER = (*GENGANG, "readers", "work")
READ_KINDS = ("reading", "evidence", "refused", "duplicate")
ALONE = replace(PATIENT, readers=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """A hub with workers. address: of the hub; share: where they take originals from; workers: process numbers."""

    address: str
    share: Path
    workers: tuple[int, ...]


@contextmanager
def standing(
    folder: Path, workers: int, program: tuple[str, ...] = WORKER, share: Path | None = None, scheme: str = "tcp"
) -> Iterator[Standing]:
    """So many workers at a hub of their own, with a share of their own where none is given."""
    share = share or folder / "share"
    share.mkdir(exist_ok=True)
    address = f"{scheme}://127.0.0.1:{free_port()}"
    around = {"PYTHONPATH": str(ROOT), "GENGANG_ORIGINALS": str(share), "GENGANG_READERS": "1"}
    with ExitStack() as all_of_them:
        all_of_them.enter_context(_running((*GENGANG, "readers", "hub", address), around))
        wait_for(address)
        found = [all_of_them.enter_context(_running((*program, address), around)) for _ in range(workers)]
        wait_for_workers(address, workers)
        yield Standing(address, share, tuple(found))


@contextmanager
def _running(command: tuple[str, ...], around: Mapping[str, str]) -> Iterator[int]:
    with started(command, around) as process:
        yield process.pid


def free_port() -> int:
    """A port that nobody has just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def wait_for(address: str) -> None:
    """Until somebody listens there."""
    host, _, port = address.partition("://")[2].partition(":")
    due = time.monotonic() + 60
    while time.monotonic() < due:
        with socket.socket() as one:
            if one.connect_ex((host, int(port))) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nobody listens at {address}")


def wait_for_workers(address: str, workers: int) -> None:
    """Until so many stand at the hub."""
    with connected(address) as client:
        client.wait_for_workers(workers, timeout=90)


def workspace(folder: Path, files: Mapping[str, bytes]) -> Settings:
    """A new workspace with these in its inbox, read on this machine; all its files are of one second.

    Two workspaces made after each other stand for one, and the ledger keeps the second at which a file was changed.
    """
    new_workspace(folder, "county-2016")
    for name, data in files.items():
        arrived = folder / "inbox" / name
        arrived.write_bytes(data)
        os.utime(arrived, (SENT_AT, SENT_AT))
    return replace(settings_of(folder, {}), settle_seconds=0.0, patience_seconds=0.0, limits=ALONE)


def facts_read(settings: Settings) -> tuple[Fact, ...]:
    """What the ledger says of the files after they were taken in and read."""
    request = RunRequest(settings, date(2016, 12, 20), ME, AT, lambda *_: None)
    with opened(request, needs_roster=False) as under_way:
        take_in(under_way)
        read_new(under_way)
        return tuple(under_way.ledger.read(kinds=READ_KINDS))


def told(facts: tuple[Fact, ...]) -> list[tuple[object, ...]]:
    """Facts without their place in a ledger, in an order that does not depend on who read first."""
    return sorted(((fact.kind, fact.subject, fact.data, fact.personal) for fact in facts), key=repr)


def seen_within(seconds: float, path: Path) -> bool:
    """Whether a file comes to be in time."""
    due = time.monotonic() + seconds
    while time.monotonic() < due and not path.exists():
        time.sleep(0.05)
    return path.exists()
