"""`gengang serve` against a real server on loopback after three weeks off: one pass, and the schedule is kept."""

import json
import os
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.house import settle
from flows.server import API_URL, local_server, near
from gengang.errors import WorkspaceError
from gengang.logs import FILE
from gengang.roster import School, school_key
from gengang.rosterfile import write_school_table
from gengang.workspace import new_workspace

PROGRAMS = Path(sys.executable).parent
ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 150
NIGHTS_OFF = 20
QUICK = {
    "PREFECT_RUNNER_POLL_FREQUENCY": "1",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_LOOP_SECONDS": "5",
    "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "5",
}


@contextmanager
def serving(workspace: Path) -> Iterator[None]:
    """`gengang serve` under the environment of this process."""
    with (workspace / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            [str(PROGRAMS / "gengang"), "serve", "--workspace", str(workspace)],
            cwd=workspace, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            yield
        finally:
            process.terminate()
            process.wait(60)


def asked(path: str, body: object) -> Any:
    """What the server answers; it is asked again while it says that its database is busy."""
    request = urllib.request.Request(
        f"{os.environ[API_URL]}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}, method="POST"
    )
    return json.loads(awaited(lambda: answered(request)))


def answered(request: urllib.request.Request) -> bytes:
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as fault:
        if fault.code != 503:
            raise
        return b""


def awaited(found: Callable[[], Any]) -> Any:
    """The first answer that is not empty."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        answer = found()
        if answer:
            return answer
        time.sleep(0.5)
    raise AssertionError(f"nothing in {PATIENCE_SECONDS} s")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty season, with the environment in which its flows are served."""
    folder = tmp_path / "w"
    new_workspace(folder, "county-2016")
    write_school_table([School(school_key("张村小学"), "张村小学", (), True, ("小学",))], folder / "学校一览表.xlsx")
    monkeypatch.setattr(os, "environ", os.environ.copy())
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        del os.environ[name]
    os.environ.update(QUICK)
    settle(folder)
    return folder


def late(deployment: str, workspace: Path, days: int) -> str:
    """A run that was due some days ago; its id."""
    due = (datetime.now(UTC) - timedelta(days=days)).isoformat()
    state = {"type": "SCHEDULED", "name": "Late", "state_details": {"scheduled_time": due}}
    body = {"state": state, "parameters": {"workspace": str(workspace)}}
    return str(asked(f"/deployments/{deployment}/create_flow_run", body)["id"])


def states(runs: list[str]) -> Counter[str]:
    """How the runs that are still kept ended."""
    found = asked("/flow_runs/filter", {"flow_runs": {"id": {"any_": runs}}})
    return Counter(one["state_name"] for one in found)


def test_after_three_weeks_off_one_pass_is_made_and_the_rest_ends_at_once(workspace: Path) -> None:
    with local_server() as address:
        assert address.startswith("http://127.0.0.1:")
        flow = asked("/flows/", {"name": "nightly"})["id"]
        night = asked("/deployments/", {"name": "nightly", "flow_id": flow})["id"]
        off = [late(night, workspace, days) for days in range(1, NIGHTS_OFF + 1)]
        dead = late(night, workspace, NIGHTS_OFF + 1)
        asked(f"/flow_runs/{dead}/set_state", {"state": {"type": "RUNNING"}, "force": True})
        with serving(workspace):
            awaited(lambda: states(off)["Completed"])
            assert states(off) == {"Completed": 1, "Cancelled": NIGHTS_OFF - 1}
            assert states([dead]) == {"Crashed": 1}
            assert states(off[:1]) == {"Completed": 1}
            age(workspace, off[-1])
            asleep = late(night, workspace, 2)
            awaited(lambda: states([asleep])["Skipped"])
            awaited(lambda: not states(off[-1:]))
            coming = {"state": {"type": {"any_": ["SCHEDULED"]}}}
            runs = awaited(lambda: asked("/flow_runs/filter", {"flow_runs": coming}))
        deployments = asked("/deployments/filter", {})
    assert {one["name"] for one in deployments} == {"nightly", "watch", "packet"}
    assert {run["parameters"]["workspace"] for run in runs} == {str(workspace)}
    log = [json.loads(line) for line in (workspace / "logs" / FILE).read_text("utf-8").splitlines()]
    assert [one["command"] for one in log if one["event"] == "begin"] == ["nightly"]


def age(workspace: Path, run: str) -> None:
    """Let a run have ended a hundred days ago."""
    with closing(sqlite3.connect(workspace / ".prefect" / "prefect.db", timeout=30)) as database, database:
        when = (datetime.now(UTC) - timedelta(days=100)).strftime("%Y-%m-%d %H:%M:%S.%f")
        database.execute("UPDATE flow_run SET end_time = ? WHERE id = ?", (when, run))


@pytest.mark.parametrize("address", ["http://10.0.0.5:4200/api", "https://api.prefect.cloud/api", "nonsense"])
def test_a_server_on_another_machine_is_refused(address: str) -> None:
    with pytest.raises(WorkspaceError, match="PREFECT_API_URL"):
        near(address)
