"""A process whose runs die by kill -9 at moments of their choice; run as a program it does so many times over.

`killed.py TRACE ACT WORKSPACE NOTES` acts once, undisturbed, and writes its Course into NOTES; ACT is `season`, or
`issue`, whose moments are those of the commands that issue certificates.
`killed.py DIE ACT NOTES` reads `WORKSPACE<tab>MOMENT<tab>MOMENT…` lines. Each workspace has as many lives as moments: a
forked child goes on with the season and is killed at the first, the next child goes on where that one was killed and is
killed at the second; after the last one a child runs to the end. A child is killed as the system kills: no `finally`,
no flush, its readers and its LibreOffice left behind.

A moment is `PLACE+LINES`: a place of the undisturbed season, by its number among those that were new to it, and how
many lines after it. It is there too in a season that goes on, where what was done is not done again. With HERE for
lines it is that place alone, and no other that was new later.
"""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from types import FrameType, ModuleType
from typing import TYPE_CHECKING

from extractors import guarded
from gengang import (
    arrivals,
    certificate_page,
    filing,
    intake,
    issuing,
    keyring,
    ledger,
    ledger_register,
    night,
    numbering,
    press,
    processes,
    signing,
    tools,
    workers,
)
from gengang.issuing import issue_papers
from gengang.papers import places, pressbook
from gengang.workspace import templates_of, with_writers
from tests.whole.samples import FEW_PEOPLE, issued, request, run, settings_for

if TYPE_CHECKING:
    from _typeshed import TraceFunction

OF_THE_SEASON = (
    arrivals, filing, guarded, intake, issuing, ledger, ledger_register, night, press, pressbook, processes, tools,
    workers,
)  # fmt: skip
OF_ISSUING = (
    certificate_page, issuing, keyring, ledger, ledger_register, numbering, places, press, pressbook, signing,
)  # fmt: skip

Moment = tuple[int, int]
HERE = -1


@dataclass(frozen=True, slots=True)
class Course:
    """How an undisturbed season went.

    places: `file:line` in the order in which they were first come to. clock: to each tenth of a second the moment that
    the season was at. modules: what it had imported at its end.
    """

    places: tuple[str, ...]
    clock: tuple[Moment, ...]
    modules: tuple[str, ...]


def course_of(notes: Path) -> Course:
    """The course that was written down."""
    kept = json.loads(notes.read_text(encoding="utf-8"))
    return Course(
        tuple(kept["places"]), tuple((place, lines) for place, lines in kept["clock"]), tuple(kept["modules"])
    )


def season(workspace: Path) -> None:
    """What the office runs: the night, then the certificates, then the next night."""
    settings = settings_for(workspace)
    run(settings)
    issued(settings)
    run(settings)


def issue(workspace: Path) -> None:
    """Certificates for everybody who is due, then another in the place of one that was lost."""
    settings = settings_for(workspace)
    issued(settings)
    issue_papers(request(settings), FEW_PEOPLE[:1], "遗失")


@dataclass(frozen=True, slots=True)
class Act:
    """What is done to a workspace, and the files whose lines are moments of it."""

    run: Callable[[Path], None]
    watched: frozenset[str]


def act_of(run: Callable[[Path], None], modules: Sequence[ModuleType]) -> Act:
    """The act whose moments are lines of these modules."""
    return Act(run, frozenset(str(module.__file__) for module in modules))


ACTS = {"season": act_of(season, OF_THE_SEASON), "issue": act_of(issue, OF_ISSUING)}


def traced(act: Act, workspace: Path, at_line: Callable[[str], None]) -> None:
    """The act with a call of its place, `file:line`, before every line of the watched files, in every thread."""

    def on_line(frame: FrameType, event: str, _: object) -> "TraceFunction | None":
        if frame.f_code.co_filename not in act.watched:
            return None
        if event == "line":
            at_line(f"{frame.f_code.co_filename}:{frame.f_lineno}")
        return on_line

    threading.settrace(on_line)
    sys.settrace(on_line)
    try:
        act.run(workspace)
    finally:
        sys.settrace(None)
        threading.settrace(None)


def noted(act: Act, workspace: Path) -> Course:
    """The act undisturbed."""
    places: dict[str, int] = {}
    clock: list[Moment] = []
    began, since = time.monotonic(), 0

    def note(place: str) -> None:
        nonlocal since
        known = place in places
        places.setdefault(place, len(places))
        since = since + 1 if known else 0
        passed = int((time.monotonic() - began) * 10)
        clock.extend([(len(places) - 1, since)] * (passed + 1 - len(clock)))

    traced(act, workspace, note)
    return Course(tuple(places), tuple(clock), tuple(sorted(sys.modules)))


def in_child(act: Callable[[], None]) -> int:
    """The exit code of a forked child that does this, negative for a signal; nothing of it comes back here."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    done = False
    try:
        act()
        done = True
    finally:
        os._exit(0 if done else 1)


def killed_at(act: Act, workspace: Path, moment: Moment, numbers: dict[str, int]) -> int:
    """The exit code of a child that goes on with its act and is killed at this moment."""
    place, lines = moment
    since = -1

    def end(at: str) -> None:
        nonlocal since
        number = numbers.get(at, -1)
        since += since >= 0 or number >= place
        if number == place if lines == HERE else since >= lines or number > place:
            os.kill(os.getpid(), signal.SIGKILL)

    def to_the_end() -> None:
        traced(act, workspace, end)
        os.kill(os.getpid(), signal.SIGKILL)  # what was left to do ended before that moment: it dies over its last line

    return in_child(to_the_end)


def lives(act: Act, workspace: Path, moments: Sequence[Moment], course: Course) -> list[int]:
    """The exit code of each life of a workspace."""
    numbers = {place: number for number, place in enumerate(course.places)}
    died = [killed_at(act, workspace, moment, numbers) for moment in moments]
    return [*died, in_child(lambda: act.run(workspace))]


def warm(course: Course, workspace: Path) -> None:
    """Load what each child would load for itself."""
    for name in course.modules:
        with suppress(ImportError):  # parts of compiled modules go under names of their own
            import_module(name)
    settings = settings_for(workspace)
    with_writers(settings, templates_of(settings))


if __name__ == "__main__":
    chosen = ACTS[sys.argv[2]]
    if sys.argv[1] == "TRACE":
        Path(sys.argv[4]).write_text(json.dumps(asdict(noted(chosen, Path(sys.argv[3])))), encoding="utf-8")
    else:
        known = course_of(Path(sys.argv[3]))
        for line in sys.stdin:
            folder, *words = line.rstrip("\n").split("\t")
            warm(known, Path(folder))
            moments = [(int(place), int(lines)) for place, _, lines in (word.partition("+") for word in words)]
            print(*lives(chosen, Path(folder), moments, known), flush=True)
