"""`gengang scores`: the 评分表 that goes to an assessor."""

from pathlib import Path
from typing import Annotated

import typer

from gengang.cli_shared import HERE, WorkspaceOption, progress, say, settings_here
from gengang.intake import actor_here, utc_now
from gengang.scoring import score_sheet_file
from gengang.under_way import RunRequest


def scores(
    file: Annotated[Path, typer.Argument(help="A new .xlsx or .docx.")],
    role: Annotated[str, typer.Option("--for", help="Who judges: mentor, base_school or college.")],
    mentor: Annotated[str, typer.Option("--mentor", help="This mentor's trainees alone, by name or key.")] = "",
    workspace: WorkspaceOption = HERE,
) -> None:
    """Write a 评分表 with everybody an assessor judges; filled in, it comes back through inbox/."""
    with progress() as told:
        request = RunRequest(settings_here(workspace), None, actor_here("scores"), utc_now(), told)
        say(score_sheet_file(request, file, role, mentor))
