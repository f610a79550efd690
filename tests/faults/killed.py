"""A process whose runs die by kill -9 at lines of their choice; run as a program it does so many times over.

`killed.py TRACE WORKSPACE` runs the season once and prints the moments at which a line is executed for the first time.
`killed.py DIE` reads `WORKSPACE<tab>MOMENT` lines; for each a forked child runs and is killed at that moment, then the
next child runs to the end. A child is killed as the system kills: no `finally`, no flush, its LibreOffice left behind.
"""

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from gengang import arrivals, intake, issuing, ledger, ledger_register, night, press
from gengang.papers import pressbook
from tests.whole.samples import issued, run, settings_for

if TYPE_CHECKING:
    from _typeshed import TraceFunction

WATCHED = frozenset(
    str(module.__file__) for module in (arrivals, intake, issuing, ledger, ledger_register, night, press, pressbook)
)


def season(workspace: Path) -> None:
    """What the office runs: the night, then the certificates, then the next night."""
    settings = settings_for(workspace)
    run(settings)
    issued(settings)
    run(settings)


def traced(workspace: Path, at_moment: Callable[[int, str], None]) -> None:
    """The season with a call before every line of the watched modules: its number, and `file:line`."""
    count = 0

    def on_line(frame: FrameType, event: str, _: object) -> "TraceFunction | None":
        nonlocal count
        if frame.f_code.co_filename not in WATCHED:
            return None
        if event == "line":
            at_moment(count, f"{frame.f_code.co_filename}:{frame.f_lineno}")
            count += 1
        return on_line

    sys.settrace(on_line)
    try:
        season(workspace)
    finally:
        sys.settrace(None)


def first_moments(workspace: Path) -> list[int]:
    """The moments at which a line is executed for the first time, in order."""
    places: dict[str, int] = {}

    def note(moment: int, place: str) -> None:
        places.setdefault(place, moment)

    traced(workspace, note)
    return sorted(places.values())


def in_child(act: Callable[[], None]) -> int:
    """The wait status of a forked child that does this; nothing of it comes back here."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    done = False
    try:
        act()
        done = True
    finally:
        os._exit(0 if done else 1)


def killed_at(workspace: Path, wanted: int) -> int:
    """The wait status of a child that is killed at this moment of its season."""

    def end(moment: int, _: str) -> None:
        if moment == wanted:
            os.kill(os.getpid(), signal.SIGKILL)

    return in_child(lambda: traced(workspace, end))


if __name__ == "__main__":
    if sys.argv[1] == "TRACE":
        print(*first_moments(Path(sys.argv[2])))
    else:
        for line in sys.stdin:
            folder, moment = line.rstrip("\n").split("\t")
            died = killed_at(Path(folder), int(moment))
            finished = in_child(partial(season, Path(folder)))
            print(os.waitstatus_to_exitcode(died), os.waitstatus_to_exitcode(finished), flush=True)
