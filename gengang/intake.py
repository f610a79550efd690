"""One intake: what lies whole in the inbox goes under its hash, into the ledger, and out of sight, in that order."""

import getpass
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from gengang.arrivals import Arrival, Candidate, barred, move, plan_moves, take_in, unsettled, waiting_files
from gengang.errors import WorkspaceError
from gengang.facts import Actor, Fact, erased_files
from gengang.ledger import Ledger
from gengang.originals import originals_place, sweep
from gengang.settings import Settings


@dataclass(frozen=True, slots=True)
class Intake:
    """arrivals: taken in now; new: lines written; left: what stays in the inbox, changing or refused, with the why."""

    arrivals: tuple[Arrival, ...]
    new: int
    left: tuple[Candidate, ...]


def actor_here(command: str, role: str = "office") -> Actor:
    """Who acts when this process acts."""
    return Actor(getpass.getuser(), role, platform.node(), command)


def utc_now() -> str:
    """Now as the ledger writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def file_time(modified: int) -> str:
    """Nanoseconds since 1970 as UTC, `2016-12-06T08:00:00Z`."""
    return datetime.fromtimestamp(modified // 1_000_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def arrival_fact(arrival: Arrival, actor: Actor, at: str) -> Fact:
    """The ledger's line of an arrival. Its path is personal: it often holds a name."""
    received = None if arrival.received is None else arrival.received.isoformat()
    data = {"size": arrival.size, "received": received, "modified": file_time(arrival.modified)}
    return Fact("arrival", arrival.sha256, data, actor, at, {"path": arrival.path, "where_from": arrival.where_from})


def settled_files(
    settings: Settings,
    clock: Callable[[], float] = time.time,
    sleep: Callable[[float], None] = time.sleep,
) -> tuple[Candidate, ...]:
    """`waiting_files`, having waited at most settings.patience_seconds for files that still change."""
    began = clock()
    before: dict[str, tuple[int, int]] | None = None
    while True:
        now = clock()
        settled = before if now >= began + settings.settle_seconds else None
        found = waiting_files(settings.inbox, now, settings.settle_seconds, settled)
        if now >= began + settings.patience_seconds or not any(one.state == "changing" for one in found):
            return found
        before = before or {one.path: (one.size, one.modified) for one in found}
        sleep(min(0.25, settings.settle_seconds))


def take_all_in(
    settings: Settings, ledger: Ledger, candidates: Sequence[Candidate], day: date, actor: Actor, at: str
) -> Intake:
    """Takes in every whole candidate and moves it to `archive/received/<day>/`.

    Killed at any line and started again it ends the same: bytes are kept under their hash once, lines written once, and
    a file leaves the inbox only after both. The caller holds the lease.
    WorkspaceError when the disk fails, LedgerError when the ledger does; then the inbox still holds what is not safe.
    """
    try:
        return _take_all_in(settings, ledger, candidates, day, actor, at)
    except OSError as error:
        raise WorkspaceError(
            f"归档时磁盘出错（{error.strerror or error}），收件箱里的文件都还在。请检查磁盘空间和写权限后重试。"
        ) from error


def _take_all_in(
    settings: Settings, ledger: Ledger, candidates: Sequence[Candidate], day: date, actor: Actor, at: str
) -> Intake:
    originals = originals_place(settings)
    sweep(originals)
    erased = erased_files(ledger.read(kinds=("erased", "erasure_ordered")))
    if erased:
        candidates = [barred(candidate, settings.inbox, erased) for candidate in candidates]
    whole = [candidate for candidate in candidates if candidate.state == "whole"]
    taken = [(candidate, take_in(candidate, settings.inbox, originals)) for candidate in whole]
    arrivals = tuple(arrival for _, arrival in taken if arrival is not None)
    new = ledger.append([arrival_fact(arrival, actor, at) for arrival in arrivals])
    for planned in plan_moves(arrivals, settings.inbox, settings.archive, day):
        move(planned, originals)
    changed = [unsettled(candidate) for candidate, arrival in taken if arrival is None]
    left = (*(c for c in candidates if c.state != "whole"), *changed)
    return Intake(arrivals, new, left)
