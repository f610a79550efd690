"""How Prefect is kept here: its data in the workspace, no telemetry, quiet logs. Imported before Prefect itself."""

import os
from pathlib import Path


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
        "PREFECT_CLIENT_METRICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    for name, value in wanted.items():
        os.environ.setdefault(name, value)
