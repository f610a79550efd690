"""`gengang choose`: which version of a paper counts, whose a paper is, and whether a photo is a form or evidence."""

from dataclasses import dataclass
from typing import Annotated

import typer

from gengang.choosing import Chosen, Kind, choose_kind, choose_person, choose_version, listed_doubts, take_choice_back
from gengang.cli_shared import HERE, WorkspaceOption, say, settings_here
from gengang.errors import WorkspaceError
from gengang.intake import actor_here, utc_now
from gengang.settings import Settings


@dataclass(frozen=True, slots=True)
class _Word:
    """What was typed; at most one of the last four."""

    paper: str
    why: str
    person: str
    nobody: bool
    back: bool
    kind: Kind | None


def choose(
    paper: Annotated[str, typer.Argument(help="The paper's number, 3f2a9c1b#0; a photo's name; none for a list.")] = "",
    why: Annotated[str, typer.Option(help="The reason, kept with the decision.")] = "",
    person: Annotated[str, typer.Option(help="Whose it is: a person's number, or a name that only one has.")] = "",
    nobody: Annotated[bool, typer.Option("--nobody", help="It is nobody's of this season.")] = False,
    back: Annotated[bool, typer.Option("--back", help="Take back what was decided of it.")] = False,
    kind: Annotated[Kind | None, typer.Option("--as", help="What a photo is.")] = None,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Decide which version counts, whose a paper is or what a photo is; without a number list the papers in doubt."""
    if bool(person) + nobody + back + (kind is not None) > 1:
        raise WorkspaceError("--person、--nobody、--back、--as 只能写一个。")
    settings = settings_here(workspace)
    say(_chosen(settings, _Word(paper, why, person, nobody, back, kind)) if paper else listed_doubts(settings))


def _chosen(settings: Settings, word: _Word) -> Chosen:
    actor, at = actor_here("choose"), utc_now()
    if word.kind is not None:
        return choose_kind(settings, word.paper, word.kind, word.why, actor, at)
    if word.back:
        return take_choice_back(settings, word.paper, word.why, actor, at)
    if word.person or word.nobody:
        return choose_person(settings, word.paper, word.person, word.why, actor, at)
    return choose_version(settings, word.paper, word.why, actor, at)
