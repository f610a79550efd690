"""`gengang backup`, `restore`, `move`, `close`: what keeps a season safe, and ends it."""

from pathlib import Path
from typing import Annotated

import typer

from gengang.backing_up import back_up
from gengang.cli_kept import ByOption, SeniorOption, WhyOption
from gengang.cli_shared import HERE, AsOfOption, WorkspaceOption, progress, say, settings_here
from gengang.closing import close_season, reopen_season
from gengang.erasure import Wish
from gengang.intake import actor_here, utc_now
from gengang.moving import move_ledger
from gengang.restoring import restore
from gengang.under_way import RunRequest, day_of_request


def backup(
    file: Annotated[Path | None, typer.Argument(help="A new file; none: a dated one in the workspace.")] = None,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Everything that must not be lost into one file, while a run goes on too."""
    with progress() as told:
        say(back_up(settings_here(workspace), file, utc_now(), told))


def restore_backup(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    target: Annotated[Path, typer.Argument(help="A new or empty folder, which becomes the workspace.")],
) -> None:
    """A workspace out of a backup, proved; its ledger into SQLite, or the PostgreSQL that the environment names."""
    say(restore(file, settings_here(target), str(actor_here("restore"))))


def move(
    to: Annotated[str, typer.Option(help="A PostgreSQL address, or `sqlite` for the workspace's own file.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Move the ledger to another database; the old one stays and is written no more."""
    say(move_ledger(settings_here(workspace), to, actor_here("move"), utc_now()))


def close(
    next_dir: Annotated[Path | None, typer.Argument(help="A new folder for next year's workspace.")] = None,
    why: WhyOption = "",
    by: ByOption = "",
    senior: SeniorOption = False,
    reopen: Annotated[bool, typer.Option("--reopen", help="Let a closed season be written again.")] = False,
    workspace: WorkspaceOption = HERE,
    as_of: AsOfOption = "",
) -> None:
    """Seal the season, read-only from then on, and open next year's workspace."""
    wish = Wish(why, by, senior)
    with progress() as told:
        request = RunRequest(settings_here(workspace), day_of_request(as_of), actor_here("close"), utc_now(), told)
        say(reopen_season(request, wish) if reopen else close_season(request, wish, next_dir))
