"""`gengang choose`: which of several versions of a paper counts."""

from typing import Annotated

import typer

from gengang.choosing import choose_version
from gengang.cli_shared import HERE, WorkspaceOption, say, settings_here
from gengang.intake import actor_here, utc_now


def choose(
    paper: Annotated[str, typer.Argument(help="The version's number as the morning note shows it, 3f2a9c1b#0.")],
    why: Annotated[str, typer.Option(help="The reason, kept with the decision.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Decide which of several versions of a paper counts."""
    say(choose_version(settings_here(workspace), paper, why, actor_here("choose"), utc_now()))
