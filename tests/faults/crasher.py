"""A process that takes an inbox in and dies at a line of its choice; run as a program it does so many times over.

`crasher.py PASS WORKSPACE URL` makes one pass and says `done`, or `taken` where another one holds the workspace.
`crasher.py TRACE WORKSPACE URL` prints how many moments a pass has, and those of each line's first execution.
`crasher.py DIE` reads `WORKSPACE<tab>URL<tab>MOMENT` lines and lets one forked child die at each moment. The child ends
without any clean-up: no `finally`, no rollback, no flush, as under kill -9.
"""

import os
import sys
from collections.abc import Callable, Collection
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from gengang import arrivals, intake, ledger, ledger_register
from gengang.arrivals import put_aside
from gengang.errors import LedgerError
from gengang.facts import Actor, Fact, unread
from gengang.intake import settled_files, take_all_in
from gengang.ledger import Ledger, open_ledger
from gengang.ledger_lease import lease
from gengang.ledger_register import spend_number
from gengang.originals import archive_path
from gengang.settings import Settings, settings_of

if TYPE_CHECKING:
    from _typeshed import TraceFunction

AT = "2016-12-06T08:00:00Z"
ME = Actor("王老师", "office", "办公室电脑", "gengang run")
WATCHED = frozenset(str(module.__file__) for module in (arrivals, intake, ledger, ledger_register)) | {__file__}


def settings_for(workspace: str, url: str) -> Settings:
    """Settings whose files are whole at once."""
    return replace(settings_of(Path(workspace), {}), database_url=url or None, settle_seconds=0, patience_seconds=0)


def one_pass(settings: Settings) -> None:
    """A run in small: take in, read or refuse, number what was read."""
    with closing(open_ledger(settings)) as opened, lease(opened, "pass"):
        take_all_in(settings, opened, settled_files(settings), date(2016, 12, 6), ME, AT)
        for fact in unread(opened.read()):
            read_or_refuse(settings, opened, fact)
        for fact in opened.read(kinds=("reading",)):
            spend_number(opened, "J", 2016, fact.subject, "basis", ME, AT)


def read_or_refuse(settings: Settings, opened: Ledger, fact: Fact) -> None:
    """An empty file is refused, any other read."""
    original = archive_path(settings.archive, fact.subject)
    if original.stat().st_size:
        data = {"form": "appraisal", "version": "v", "medium": "word", "index": 0}
        values = {"name": original.read_text(encoding="utf-8")}
        opened.append([Fact("reading", f"{fact.subject}#0", data, ME, AT, values)])
        return
    name = str(fact.personal["path"]) if fact.personal is not None else fact.subject
    put_aside(original, name, "文件是空的，请重新保存后再放入。", settings.aside)
    opened.append([Fact("refused", fact.subject, {"code": "empty"}, ME, AT, {"sentence": "文件是空的。"})])


def traced(run: Callable[[], None], at_moment: Callable[[int, str], None], watched: Collection[str] = WATCHED) -> None:
    """Runs with a call before every line of the watched modules: its number in the run, and `file:line`."""
    count = 0

    def on_line(frame: FrameType, event: str, _: object) -> "TraceFunction | None":
        nonlocal count
        if frame.f_code.co_filename not in watched:
            return None
        if event == "line":
            at_moment(count, f"{frame.f_code.co_filename}:{frame.f_lineno}")
            count += 1
        return on_line

    sys.settrace(on_line)
    try:
        run()
    finally:
        sys.settrace(None)


def moments(run: Callable[[], None], watched: Collection[str] = WATCHED) -> tuple[int, list[int]]:
    """How many moments a run has, and those at which a line is executed for the first time."""
    places: list[str] = []
    traced(run, lambda _, place: places.append(place), watched)
    first = {place: moment for moment, place in reversed(list(enumerate(places)))}
    return len(places), sorted(first.values())


def die_at(run: Callable[[], None], wanted: int, watched: Collection[str] = WATCHED) -> None:
    """Runs in a child that is gone before the wanted line."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return

    def end(moment: int, _: str) -> None:
        if moment == wanted:
            os._exit(9)

    try:
        traced(run, end, watched)
    finally:
        os._exit(1)


if __name__ == "__main__":
    if sys.argv[1] == "TRACE":
        total, firsts = moments(partial(one_pass, settings_for(sys.argv[2], sys.argv[3])))
        print(total, *firsts)
    elif sys.argv[1] == "PASS":
        try:
            one_pass(settings_for(sys.argv[2], sys.argv[3]))
            print("done")
        except LedgerError:
            print("taken")
    else:
        for line in sys.stdin:
            workspace, url, moment = line.rstrip("\n").split("\t")
            die_at(partial(one_pass, settings_for(workspace, url)), int(moment))
