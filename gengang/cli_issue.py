"""`gengang issue`: certificate numbers are spent, replaced and voided, and the key that signs is renewed."""

from typing import Annotated

import typer

from gengang.cli_shared import HERE, AsOfOption, WorkspaceOption, progress, say, settings_here
from gengang.intake import actor_here, utc_now
from gengang.issuing import issue_papers, renew_key, void_certificate
from gengang.under_way import RunRequest, day_of_request


def issue(
    persons: Annotated[list[str] | None, typer.Argument(help="Names or keys; everybody who is due when none.")] = None,
    again: Annotated[bool, typer.Option(help="Another number for those named; the one they hold is void.")] = False,
    void: Annotated[str, typer.Option(help="Void this number, as printed; nothing takes its place.")] = "",
    why: Annotated[str, typer.Option(help="Why one is replaced or void, without names or numbers.")] = "",
    new_key: Annotated[bool, typer.Option(help="Sign with another key from now on; old certificates hold.")] = False,
    workspace: WorkspaceOption = HERE,
    as_of: AsOfOption = "",
) -> None:
    """Spend the next certificate numbers and write the final papers."""
    settings = settings_here(workspace)
    with progress() as told:
        request = RunRequest(settings, day_of_request(as_of), actor_here("issue"), utc_now(), told)
        if new_key:
            say(renew_key(request))
        if void:
            say(void_certificate(request, void, why))
        say(issue_papers(request, tuple(persons or ()), why if again else None))
