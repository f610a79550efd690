"""Serve the deployments, one run at a time: the night and looks into the inbox by schedule, the packet on demand."""

from pathlib import Path
from typing import Any

from prefect import Flow, serve
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.nightly import nightly
from flows.packet import packet
from flows.runs import tidy
from flows.watch import watch
from gengang.settings import Settings

NIGHTLY_AT = "30 2 * * *"
WATCH_AT = "*/15 7-19 * * *"
ZONE = "Asia/Shanghai"
SCHEDULES = {"nightly": NIGHTLY_AT, "watch": WATCH_AT}
FLOWS: tuple[Flow[..., Any], ...] = (nightly, watch, packet)


def serve_deployments(settings: Settings) -> None:
    """Tidy up, register the deployments, and run what is due until stopped.

    One run at a time, and stopping leaves the schedule on: the PC is switched off at weekends.
    """
    tidy(settings)
    serve(*deployments_of(str(settings.workspace)), pause_on_shutdown=False, limit=1)


def deployments_of(workspace: str) -> tuple[RunnerDeployment, ...]:
    """The flows of one workspace, those with a schedule on it."""
    parameters = {"workspace": str(Path(workspace).resolve())}
    return tuple(
        RunnerDeployment.from_flow(
            one,
            one.name,
            parameters=parameters,
            schedule=Cron(SCHEDULES[one.name], timezone=ZONE) if one.name in SCHEDULES else None,
            concurrency_limit=1,
            entrypoint_type=EntrypointType.MODULE_PATH,  # from whatever folder it is served, and from another drive
        )
        for one in FLOWS
    )
