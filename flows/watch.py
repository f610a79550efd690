"""The watch flow: one look into the inbox, and a pass when something lies there whole."""

import os
import time
from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.house import RUN_SECONDS, discreet
from gengang.intake import actor_here, utc_now
from gengang.night import run_once
from gengang.settings import settings_of
from gengang.under_way import RunRequest, day_of_request
from gengang.watching import something_came


@flow(name="watch", persist_result=False, log_prints=False, timeout_seconds=RUN_SECONDS)
@discreet
def watch(workspace: str, as_of: str = "") -> int | State[None]:
    """A look, and a pass when it found something; the exit code of the pass. An office with a mailbox has it asked."""
    settings = settings_of(Path(workspace), os.environ)
    if settings.mailbox is None and not something_came(settings, time.time()):
        return Completed(name="Nothing", message="Nothing came.")
    request = RunRequest(settings, day_of_request(as_of), actor_here("watch"), utc_now(), _silent)
    return run_once(request).exit_code


def _silent(stage: str, done: int, total: int) -> None:
    """Prefect's own page shows the run."""
