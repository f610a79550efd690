"""Tempo: how long a child had to work in, in seconds of the machine that the limits are meant for.

A page that is read in four seconds there takes twenty on a small or throttled PC with other things to do, and is no
worse a page for that: what a child waits for a core does not count, nor what a virtual machine's host gives to others,
and a slow machine's seconds are shorter.
"""

import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path

STEPS = 60_000  # of the yardstick
STEPS_SECONDS = 0.004  # what they take on two cores of a server of 2020, Python 3.11, with nothing beside
TRIALS = 3
SLOWEST = 6.0  # a machine slower than that is given no more time
LONGEST_WAIT = 6.0  # nor is a child that waited for a core for more than so many times what it worked
STALE_SECONDS = 30.0
NANOSECOND = 1e-9
STOLEN = 8  # the word of a core's line in which the kernel counts what its host took, see proc(5)


@dataclass(frozen=True, slots=True)
class Moment:
    """Of a child's life. at: seconds on the monotonic clock; waited: seconds that its first thread had no core.

    A core that the host of a virtual machine had taken is none: short trials of a machine's slowness do not see that.
    """

    at: float
    waited: float


def moment(process: int | None = None) -> Moment:
    """Now, of a process by its number, None for this one."""
    return Moment(time.monotonic(), waited_seconds(process) + stolen_seconds())


def worked_seconds(since: Moment, until: Moment, slowness: float) -> float:
    """How long a child had to work in between two moments of its life, in seconds of the machine that limits mean.

    slowness: how many times as long this machine takes, as `slowness()` says.
    """
    passed = until.at - since.at
    waited = min(max(until.waited - since.waited, 0.0), passed * (1 - 1 / LONGEST_WAIT))
    return (passed - waited) / slowness


def waited_seconds(process: int | None = None) -> float:
    """How long a process's first thread was ready to work and had no core; 0 where the system does not say."""
    name = "self" if process is None else str(process)
    task = Path("/proc", name, "task", str(_own_number() if process is None else process), "schedstat")
    try:
        return int(task.read_text("ascii").split()[1]) * NANOSECOND
    except (OSError, ValueError, IndexError):
        return 0.0


def stolen_seconds(of: Path = Path("/proc/stat")) -> float:
    """How long the host of this virtual machine gave the core that it took most from to others; 0 where nobody says."""
    try:
        lines = of.read_text("ascii").splitlines()
        ticks = [int(line.split()[STOLEN]) for line in lines if line.startswith("cpu") and not line.startswith("cpu ")]
        return max(ticks, default=0) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return 0.0


def _own_number() -> int:
    return threading.main_thread().native_id or 0


class _Slowness:
    """What was measured last, and when."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._known = 1.0
        self._until = 0.0

    def now(self) -> float:
        """Measured anew when what is known is stale: it costs a hundredth of a second."""
        with self._turn:
            if time.monotonic() > self._until:
                self._known = min(SLOWEST, max(1.0, min(_trial() for _ in range(TRIALS)) / STEPS_SECONDS))
                self._until = time.monotonic() + STALE_SECONDS
            return self._known


def _trial() -> float:
    """Seconds of a core that the yardstick takes: other programs do not make it longer, a slow core does."""
    began = time.thread_time()
    total = 0
    for step in range(STEPS):
        total += step * step
    return time.thread_time() - began


slowness = _Slowness().now
