"""What is to become of the runs that Prefect still knows when it is served again; pure, and without Prefect.

Prefect makes a run for every night ahead, and after a month off they are all late, the oldest first. One pass takes in
all that came meanwhile, so one of them is left.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

NIGHTLY = "nightly"


@dataclass(frozen=True, slots=True)
class Seen:
    """A run that has not ended. flow: its flow's name; due: with its time zone."""

    run: str
    flow: str
    due: datetime
    state: Literal["waiting", "at work"]


@dataclass(frozen=True, slots=True)
class Tidying:
    """Runs by their ids. crashed: their process died; dropped: a newer one does their work; repeated: of the crashed,
    those to be made up for by a new one."""

    crashed: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()


def tidying(seen: Iterable[Seen], now: datetime, free: bool) -> Tidying:
    """What to do before the first run. free: nobody holds the ledger, so that whatever is at work is not."""
    runs = sorted(seen, key=lambda one: (one.due, one.run))
    late = [one for one in runs if one.state == "waiting" and one.due <= now]
    newest = {one.flow: one.run for one in late}
    crashed = [one for one in runs if one.state == "at work"] if free else []
    broken = [one.run for one in crashed if one.flow == NIGHTLY]
    return Tidying(
        tuple(one.run for one in crashed),
        tuple(one.run for one in late if newest[one.flow] != one.run),
        tuple(broken[-1:]) if NIGHTLY not in newest else (),
    )
