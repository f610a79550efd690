"""Serve the scheduled deployments: nightly at 02:30 and the packet on demand, from one process on the office PC."""

from pathlib import Path

from prefect import serve
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron

from flows.nightly import nightly
from flows.packet import packet

NIGHTLY_AT = "30 2 * * *"


def serve_deployments(workspace: str) -> None:
    """Register both deployments and run what is due until stopped. Needs a Prefect server (`prefect server start`).

    One run at a time, and stopping leaves the schedule on: the PC is switched off at weekends.
    """
    serve(*deployments_of(workspace), pause_on_shutdown=False, limit=1)


def deployments_of(workspace: str) -> tuple[RunnerDeployment, ...]:
    """The night on its schedule, and the packet on demand, of one workspace."""
    parameters = {"workspace": str(Path(workspace).resolve())}
    every_night = RunnerDeployment.from_flow(
        nightly,
        "nightly",
        parameters=parameters,
        schedule=Cron(NIGHTLY_AT, timezone="Asia/Shanghai"),
        concurrency_limit=1,
    )
    return every_night, RunnerDeployment.from_flow(packet, "packet", parameters=parameters, concurrency_limit=1)
