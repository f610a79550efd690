"""`gengang choose`: which of several versions of a paper counts, and whether a photo is a form or evidence."""

from typing import Annotated

import typer

from gengang.choosing import Kind, choose_kind, choose_version
from gengang.cli_shared import HERE, WorkspaceOption, say, settings_here
from gengang.intake import actor_here, utc_now


def choose(
    paper: Annotated[str, typer.Argument(help="The number as the morning note shows it, 3f2a9c1b#0; a photo's name.")],
    why: Annotated[str, typer.Option(help="The reason, kept with the decision.")],
    kind: Annotated[Kind | None, typer.Option("--as", help="What a photo is.")] = None,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Decide which of several versions of a paper counts, or with --as whether a photo is a form or evidence."""
    if kind is not None:
        say(choose_kind(settings_here(workspace), paper, kind, why, actor_here("choose"), utc_now()))
    say(choose_version(settings_here(workspace), paper, why, actor_here("choose"), utc_now()))
