"""Watching the inbox: a pass whenever something arrives and is whole.

It looks every few seconds and needs no events: every pass empties the inbox, so that a look is a listing of a few
names, and events fail without a word on shared folders (SMB), in some virtual machines and after a reconnection. What a
pass left in the inbox does not start another one until it changes or can be opened.
"""

from collections.abc import Callable
from dataclasses import dataclass
from errno import ENOENT
from math import inf
from os import strerror
from pathlib import Path

from gengang.arrivals import Candidate, waiting_files
from gengang.errors import GengangError
from gengang.settings import Settings

FIRST_RETRY_SECONDS = 15.0
LAST_RETRY_SECONDS = 600.0

Mark = tuple[str, int, int, str, bool]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a watch needs of the world. clock: seconds since 1970; wait: sleeps, and is what an end interrupts."""

    clock: Callable[[], float]
    wait: Callable[[float], None]
    told: Callable[[str], None]


def watch(settings: Settings, one_pass: Callable[[bool], None], around: Surroundings) -> None:
    """Runs a pass at the start and whenever something came; for ever, until `around.wait` or a pass is interrupted.

    one_pass: is told whether to ask the mailbox, which is asked at the start and every settings.mail_seconds.

    A pass that cannot run (another one holds the ledger, a full disk, a faulty roster) is told once and tried again,
    later each time, and at once when something comes. An inbox out of reach (a share that is gone) is waited for.
    """
    seen: frozenset[Mark] | None = None
    retry_at, delay, complaint = inf, FIRST_RETRY_SECONDS, ""
    ask_at = inf if settings.mailbox is None else -inf
    while True:
        try:
            here = _marks(settings, around.clock())
        except OSError as fault:
            complaint = _complained(
                around, complaint, f"收件箱现在够不着（{fault.strerror or fault}），恢复后会接着收。"
            )
            around.wait(settings.watch_seconds)
            continue
        asks = around.clock() >= ask_at
        if seen is None or here - seen or asks or around.clock() >= retry_at:
            seen = here
            ask_at = around.clock() + settings.mail_seconds if asks else ask_at
            try:
                one_pass(asks)
                seen = here & _marks(settings, around.clock())
                retry_at, delay, complaint = inf, FIRST_RETRY_SECONDS, ""
            except (GengangError, OSError) as fault:
                complaint = _complained(around, complaint, str(fault))
                retry_at, delay = around.clock() + delay, min(2 * delay, LAST_RETRY_SECONDS)
        around.wait(settings.watch_seconds)


def _complained(around: Surroundings, before: str, now: str) -> str:
    """Told when it is another than before."""
    if now != before:
        around.told(now)
    return now


def _marks(settings: Settings, now: float) -> frozenset[Mark]:
    """What lies in the inbox and does not change any more. Raises OSError when a share is out of reach."""
    if not settings.inbox.is_dir():
        raise FileNotFoundError(ENOENT, strerror(ENOENT))
    found = waiting_files(settings.inbox, now, settings.settle_seconds)
    return frozenset(_mark(settings.inbox, one) for one in found if one.state != "changing")


def something_came(settings: Settings, now: float) -> bool:
    """Whether anything lies in the inbox that a pass could take in. now: seconds since 1970."""
    return any(mark[-1] for mark in _marks(settings, now))


def _mark(inbox: Path, one: Candidate) -> Mark:
    return one.path, one.size, one.modified, one.state, one.state == "whole" and _opens(inbox / one.path)


def _opens(path: Path) -> bool:
    """Word and virus scanners hold a file for themselves without changing it."""
    try:
        path.open("rb").close()
    except OSError:
        return False
    return True
