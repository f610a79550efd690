"""`gengang undo`, `gengang erase`, `gengang watch`: what was taken in is taken back, erased by request, or awaited."""

from typing import Annotated

import typer

from gengang.cli_shared import HERE, AsOfOption, WorkspaceOption, progress, say, settings_here
from gengang.intake import actor_here, utc_now
from gengang.night import RunRequest, day_of_request
from gengang.undoing import listed_imports, undo_import

WhyOption = Annotated[str, typer.Option("--why", help="The reason, as it shall stand in the ledger.")]
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
