"""The runs as Prefect's server keeps them: those whose process died are ended, a backlog is cut to one.

Nothing but a run's flow, day and state is looked at.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterStartTime,
    FlowRunFilterState,
    FlowRunFilterStateName,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.runtime import deployment, flow_run
from prefect.states import Cancelled, Completed, Crashed

from flows.backlog import Seen, Tidying, tidying
from gengang.errors import LedgerError
from gengang.intake import actor_here
from gengang.ledger import open_ledger
from gengang.ledger_lease import lease
from gengang.settings import Settings

WAITING = [StateType.SCHEDULED]
AT_WORK = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
PAGE = 200  # runs that the server gives at once
SOON = timedelta(seconds=20)  # the runner takes a run a little before it is due
SKIPPED = "Skipped"


def tidy(settings: Settings) -> Tidying:
    """End what died and cut the backlog of this workspace; what was done."""
    with get_client(sync_client=True) as client:
        runs = {str(one.id): one for one in _unfinished(client, settings.workspace)}
        names = {one.id: one.name for one in client.read_flows()} if runs else {}
        seen = [_seen(one, names[one.flow_id]) for one in runs.values()]
        free = any(one.state == "at work" for one in seen) and _nobody_at_work(settings)
        todo = tidying(seen, datetime.now(UTC) + SOON, free)
        for run in todo.crashed:
            client.set_flow_run_state(UUID(run), Crashed(message="Its process ended without a word."), force=True)
        for run in todo.dropped:
            client.set_flow_run_state(UUID(run), Cancelled(message="A later run does its work."), force=True)
        for run in todo.repeated:
            of = runs[run].deployment_id
            if of is not None:
                client.create_flow_run_from_deployment(of)
    return todo


def made_up_for() -> State[None] | None:
    """The state in which a run of a backlog ends at once, since another one began after it was due and was completed.

    None for a run that has work to do, and for one that nobody scheduled.
    """
    if not deployment.id:
        return None
    wanted = FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(any_=[UUID(deployment.id)]),
        state=FlowRunFilterState(name=FlowRunFilterStateName(any_=["Completed"])),
        start_time=FlowRunFilterStartTime(after_=flow_run.scheduled_start_time),
    )
    with get_client(sync_client=True) as client:
        if not client.read_flow_runs(flow_run_filter=wanted, limit=1):
            return None
    return Completed(name=SKIPPED, message="A later run did its work.")


def _unfinished(client: SyncPrefectClient, workspace: Path) -> Iterator[FlowRun]:
    """The runs of this workspace that have not ended, those to come among them."""
    wanted = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[*WAITING, *AT_WORK])))
    offset = 0
    while page := client.read_flow_runs(flow_run_filter=wanted, limit=PAGE, offset=offset):
        yield from (one for one in page if one.parameters.get("workspace") == str(workspace))
        offset += PAGE


def _seen(run: FlowRun, flow: str) -> Seen:
    due = run.expected_start_time or run.created or datetime.now(UTC)
    return Seen(str(run.id), flow, due, "waiting" if run.state_type in WAITING else "at work")


def _nobody_at_work(settings: Settings) -> bool:
    ledger = open_ledger(settings)
    try:
        with lease(ledger, str(actor_here("serve"))):
            return True
    except LedgerError:
        return False
    finally:
        ledger.close()
