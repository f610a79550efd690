"""`gengang roster …`: who is proposed, the office's word on them, and its workbook checked and applied."""

from pathlib import Path
from typing import Annotated

import typer

from gengang.admitting import accept, apply, check, export, listed_people, refuse
from gengang.cli_shared import HERE, WorkspaceOption, progress, say, settings_here
from gengang.intake import actor_here, utc_now
from gengang.under_way import RunRequest

roster_app = typer.Typer(no_args_is_help=True, help="The roster: whom papers propose, and the office's word on them.")
WhoArgument = Annotated[list[str] | None, typer.Argument(help="Names or keys.")]
WhyOption = Annotated[str, typer.Option(help="The reason, kept with the decision.")]


def _request(workspace: Path) -> RunRequest:
    with progress() as told:
        return RunRequest(settings_here(workspace), None, actor_here("roster"), utc_now(), told)


@roster_app.command("list")
def roster_list(workspace: WorkspaceOption = HERE) -> None:
    """Everybody who is proposed or of the roster: state, name, key, what is wrong."""
    told = listed_people(_request(workspace))
    for line in told.lines:
        print(line)
    raise typer.Exit(told.exit_code)


@roster_app.command("accept")
def roster_accept(
    who: WhoArgument = None,
    everybody: Annotated[bool, typer.Option("--all", help="All in whom nothing is against the rules.")] = False,
    why: WhyOption = "",
    workspace: WorkspaceOption = HERE,
) -> None:
    """Accept people and pairs into the roster, once for ever."""
    say(accept(_request(workspace), tuple(who or ()), everybody, why))


@roster_app.command("refuse")
def roster_refuse(who: WhoArgument = None, why: WhyOption = "", workspace: WorkspaceOption = HERE) -> None:
    """Refuse people and pairs, with the reason."""
    say(refuse(_request(workspace), tuple(who or ()), why))


@roster_app.command("export")
def roster_export(
    file: Annotated[Path, typer.Argument(help="A new .xlsx.")], workspace: WorkspaceOption = HERE
) -> None:
    """Write the roster as a workbook, with the office's word and the findings beside each."""
    say(export(_request(workspace), file))


@roster_app.command("check")
def roster_check(
    file: Annotated[Path, typer.Argument(help="A roster workbook.")], workspace: WorkspaceOption = HERE
) -> None:
    """Every fault of a workbook at once, else what it would change; nothing is written."""
    say(check(_request(workspace), file))


@roster_app.command("apply")
def roster_apply(
    file: Annotated[Path | None, typer.Argument(help="A roster workbook; roster.xlsx when none.")] = None,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Take a workbook as the roster, also where people with papers leave it or an ID number changes."""
    say(apply(_request(workspace), file))
