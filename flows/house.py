"""How Prefect is kept here: its data in the workspace, no telemetry, quiet logs, nothing personal in what it keeps.

Imported before Prefect itself.
"""

import os
from contextlib import ContextDecorator
from pathlib import Path
from types import TracebackType

RUN_SECONDS = 6 * 3600  # after which a run is ended; what it read is kept, and the next one goes on
KEPT_SECONDS = 60 * 86400  # runs that ended longer ago are deleted


class FlowStopped(Exception):
    """What stopped a flow, as Prefect may keep it: by its kind alone, since its words may name a person.

    fault: what it was, for the terminal.
    """

    def __init__(self, fault: Exception) -> None:
        super().__init__(f"{type(fault).__name__}: run `gengang run` in the workspace to read why")
        self.fault = fault


class _Discreet(ContextDecorator):
    """Turns whatever stops a flow or a task into a FlowStopped; Prefect writes messages into its database and log."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        if isinstance(fault, Exception) and not isinstance(fault, FlowStopped):
            raise FlowStopped(fault).with_traceback(at) from None


discreet = _Discreet()


def settle(workspace: Path) -> None:
    """Set what Prefect reads from the environment, unless the operator has set it.

    Its database and logs live in the workspace, so that two offices on one machine do not share them; it listens on
    loopback alone and reports to nobody.
    """
    home = workspace.resolve() / ".prefect"
    wanted = {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",  # its own 20 s are short on a busy office PC
        "PREFECT_CLIENT_METRICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(KEPT_SECONDS),
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P7D",
    }
    for name, value in wanted.items():
        os.environ.setdefault(name, value)
