"""`gengang undo`, `gengang erase`, `gengang watch`: what was taken in is taken back, erased by request, or awaited."""

import signal
import time
from types import FrameType
from typing import Annotated, NoReturn

import typer

from gengang.cli_shared import HERE, WORDS, AsOfOption, WorkspaceOption, progress, say, settings_here
from gengang.erasing import erase_person
from gengang.erasure import Wish
from gengang.intake import actor_here, utc_now
from gengang.mailbox import Fetched
from gengang.night import run_once
from gengang.under_way import RunRequest, day_of_request
from gengang.undoing import listed_imports, undo_import
from gengang.watching import Surroundings, watch
from gengang.workspace import checked_workspace

WhyOption = Annotated[str, typer.Option("--why", help="The reason, as it shall stand in the ledger.")]
SeniorOption = Annotated[bool, typer.Option("--senior", help="Somebody senior decides, before the season closes.")]
ByOption = Annotated[str, typer.Option("--by", help="Who decided, when it was not whoever types.")]


def undo(
    number: Annotated[int | None, typer.Argument(help="What to take back; none: list the last imports.")] = None,
    why: WhyOption = "",
    by: ByOption = "",
    workspace: WorkspaceOption = HERE,
    as_of: AsOfOption = "",
) -> None:
    """Take an import back with all that followed from it; originals stay."""
    if number is None:
        for line in listed_imports(settings_here(workspace)):
            print(line)
        return
    with progress() as told:
        request = RunRequest(settings_here(workspace), day_of_request(as_of), actor_here("undo"), utc_now(), told)
        say(undo_import(request, number, why, by))


def erase(
    person: Annotated[str, typer.Argument(help="Name or key.")],
    why: WhyOption = "",
    by: ByOption = "",
    senior: SeniorOption = False,
    workspace: WorkspaceOption = HERE,
    as_of: AsOfOption = "",
) -> None:
    """Erase one person by request, with proof in outbox/; what the scheme orders kept stays."""
    with progress() as told:
        request = RunRequest(settings_here(workspace), day_of_request(as_of), actor_here("erase"), utc_now(), told)
        say(erase_person(request, person, Wish(why, by, senior)))


def watch_inbox(workspace: WorkspaceOption = HERE, as_of: AsOfOption = "") -> None:
    """A pass whenever something arrives in the inbox or the mailbox, until stopped (Ctrl-C, SIGTERM)."""
    settings = checked_workspace(settings_here(workspace))
    day = day_of_request(as_of)
    mail = Fetched()
    said: tuple[str, ...] = ()

    def one_pass(asks: bool) -> None:
        nonlocal mail, said
        with progress() as told:
            night = run_once(RunRequest(settings, day, actor_here("watch"), utc_now(), told, None if asks else mail))
        for line in night.lines if night.lines != said else ():
            _told(line)
        mail, said = night.mail.kept, night.lines

    signal.signal(signal.SIGTERM, _stop)
    try:
        watch(settings, one_pass, Surroundings(time.time, time.sleep, _told))
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


def _told(line: str) -> None:
    WORDS.print(line, markup=False, soft_wrap=True)


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    """Ends a watch as Ctrl-C does, in the midst of a pass too: readers and LibreOffice go with it."""
    raise KeyboardInterrupt
