"""The packet flow: the December packet from what the ledger holds."""

import os
from pathlib import Path

from prefect import flow

from flows.house import RUN_SECONDS, discreet
from gengang.intake import actor_here, utc_now
from gengang.packeting import packet_papers
from gengang.settings import settings_of
from gengang.under_way import RunRequest, day_of_request


@flow(name="packet", persist_result=False, log_prints=False, timeout_seconds=RUN_SECONDS)
@discreet
def packet(workspace: str, as_of: str = "") -> int:
    """Bind the packet of a workspace; the exit code."""
    settings = settings_of(Path(workspace), os.environ)
    request = RunRequest(settings, day_of_request(as_of), actor_here("packet"), utc_now(), _silent)
    return packet_papers(request).exit_code


def _silent(stage: str, done: int, total: int) -> None:
    """Prefect's own page shows the run."""
