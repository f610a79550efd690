"""A process that keeps a season safe and dies by kill -9 at lines of its choice; run as a program it does so often.

Lines `ACT<tab>WORKSPACE<tab>ADDRESS<tab>THIRD` come on standard input; ACT is backup, restore, move or close. `TRACE`
does each and prints the moments at which a line is executed for the first time; `DIE`, where a moment stands before the
act, does each in a forked child that is killed then; `DO` does each to its end.
"""

import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from gengang import arrivals, backing_up, backup_format, closing, ledger, ledger_rows, migrations, moving, restoring
from gengang.closing import close_season
from gengang.erasure import Wish
from gengang.errors import LedgerError
from tests.faults.killed import in_child
from tests.ledger.lines import AT, ME
from tests.whole.samples import request, settings_for, silent

if TYPE_CHECKING:
    from _typeshed import TraceFunction

MODULES = (arrivals, backing_up, backup_format, closing, ledger, ledger_rows, migrations, moving, restoring)
WATCHED = frozenset(str(module.__file__) for module in MODULES)


def backup(workspace: str, url: str, target: str) -> None:
    backing_up.back_up(settings_for(Path(workspace), url), Path(target), AT, silent)


def restore(workspace: str, url: str, source: str) -> None:
    restoring.restore(Path(source), settings_for(Path(workspace), url), "x")


def move(workspace: str, url: str, to: str) -> None:
    with suppress(LedgerError):  # it was moved before the kill
        moving.move_ledger(settings_for(Path(workspace), url), to, ME, AT)


def close(workspace: str, url: str, target: str) -> None:
    """A folder that is there already was opened before the kill."""
    wanted = None if Path(target).exists() else Path(target)
    asked = replace(request(settings_for(Path(workspace), url)), as_of=date(2017, 1, 16))
    close_season(asked, Wish("归档", "李主任", senior=True), wanted)


ACTS: Mapping[str, Callable[[str, str, str], None]] = {
    "backup": backup,
    "restore": restore,
    "move": move,
    "close": close,
}


def traced(words: Sequence[str], at_moment: Callable[[int, str], None]) -> None:
    """The act with a call before every line of the watched modules: its number, and `file:line`."""
    count = 0

    def on_line(frame: FrameType, event: str, _: object) -> "TraceFunction | None":
        nonlocal count
        if frame.f_code.co_filename not in WATCHED:
            return None
        if event == "line":
            at_moment(count, f"{frame.f_code.co_filename}:{frame.f_lineno}")
            count += 1
        return on_line

    act, workspace, url, third = words
    sys.settrace(on_line)
    try:
        ACTS[act](workspace, url, third)
    finally:
        sys.settrace(None)


def first_moments(words: Sequence[str]) -> list[int]:
    """The moments at which a line is executed for the first time, in order."""
    places: dict[str, int] = {}
    traced(words, lambda moment, place: ignored(places.setdefault(place, moment)))
    return sorted(places.values())


def ignored(_value: object) -> None:
    """What a dict says of itself."""


def killed_at(words: Sequence[str], wanted: int) -> int:
    """The exit code of a child that is killed at this moment."""

    def end(moment: int, _: str) -> None:
        if moment == wanted:
            os.kill(os.getpid(), signal.SIGKILL)

    return in_child(lambda: traced(words, end))


def done_in_child(words: Sequence[str]) -> int:
    """The exit code of a child that does this to the end."""
    act, workspace, url, third = words
    return in_child(lambda: ACTS[act](workspace, url, third))


if __name__ == "__main__":
    for line in sys.stdin:
        given = line.rstrip("\n").split("\t")
        if sys.argv[1] == "TRACE":
            print(*first_moments(given), flush=True)
        elif sys.argv[1] == "DIE":
            print(killed_at(given[1:], int(given[0])), flush=True)
        else:
            print(done_in_child(given), flush=True)
