"""`gengang choose`: which of several versions of a paper counts, and whose a paper is."""

from typing import Annotated

import typer

from gengang.choosing import Chosen, choose_person, choose_version, listed_doubts, take_choice_back
from gengang.cli_shared import HERE, WorkspaceOption, say, settings_here
from gengang.errors import WorkspaceError
from gengang.intake import actor_here, utc_now
from gengang.settings import Settings


def choose(
    paper: Annotated[str, typer.Argument(help="The paper's number, 3f2a9c1b#0; without it papers in doubt.")] = "",
    why: Annotated[str, typer.Option(help="The reason, kept with the decision.")] = "",
    person: Annotated[str, typer.Option(help="Whose it is: a person's number, or a name that only one has.")] = "",
    nobody: Annotated[bool, typer.Option("--nobody", help="It is nobody's of this season.")] = False,
    back: Annotated[bool, typer.Option("--back", help="Take back what was decided of it.")] = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Decide which of several versions counts, or whose a paper is; without a number list the papers in doubt."""
    if bool(person) + nobody + back > 1:
        raise WorkspaceError("--person、--nobody、--back 只能写一个。")
    settings = settings_here(workspace)
    say(_chosen(settings, paper, why, person, nobody, back) if paper else listed_doubts(settings))


def _chosen(settings: Settings, paper: str, why: str, person: str, nobody: bool, back: bool) -> Chosen:
    actor, at = actor_here("choose"), utc_now()
    if back:
        return take_choice_back(settings, paper, why, actor, at)
    if person or nobody:
        return choose_person(settings, paper, person, why, actor, at)
    return choose_version(settings, paper, why, actor, at)
