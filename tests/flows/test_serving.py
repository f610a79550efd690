"""`gengang serve` against a real server on loopback: the night is on the schedule, and the schedule is kept."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gengang.roster import School, school_key
from gengang.rosterfile import write_school_table
from gengang.workspace import new_workspace

PROGRAMS = Path(sys.executable).parent
PATIENCE_SECONDS = 150


@contextmanager
def running(command: list[str], folder: Path, environ: dict[str, str]) -> Iterator[None]:
    with (folder / f"{Path(command[0]).name}.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environ, stdout=log, stderr=log)
        try:
            yield
        finally:
            process.terminate()
            process.wait(60)


def asked(api: str, path: str, body: object) -> Any:
    """What the server answers; None while it does not answer yet."""
    request = urllib.request.Request(
        f"{api}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)
    except (urllib.error.URLError, OSError):
        return None


def awaited(api: str, path: str, body: object) -> Any:
    """The first answer that is not empty."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        answer = asked(api, path, body)
        if answer:
            return answer
        time.sleep(1)
    raise AssertionError(f"no answer from {path} in {PATIENCE_SECONDS} s")


def awaited_server(api: str) -> None:
    """Wait until the server is healthy."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{api}/health", timeout=10):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(1)
    raise AssertionError(f"no server in {PATIENCE_SECONDS} s")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def test_the_served_night_is_scheduled(tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    new_workspace(workspace, "county-2016")
    write_school_table([School(school_key("张村小学"), "张村小学")], workspace / "学校一览表.xlsx")
    port = free_port()
    api = f"http://127.0.0.1:{port}/api"
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environ |= {
        "PREFECT_HOME": str(tmp_path / "home"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    server = [str(PROGRAMS / "prefect"), "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    served = [str(PROGRAMS / "gengang"), "serve", "--workspace", str(workspace)]
    with running(server, tmp_path, environ):
        awaited_server(api)
        with running(served, tmp_path, {**environ, "PREFECT_API_URL": api}):
            deployments = awaited(api, "/deployments/filter", {})
            runs = awaited(api, "/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}})
    assert {one["name"] for one in deployments} <= {"nightly", "packet"}
    assert {run["parameters"]["workspace"] for run in runs} == {str(workspace)}
    assert {run["auto_scheduled"] for run in runs} == {True}
