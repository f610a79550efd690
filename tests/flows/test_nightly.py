"""The nightly flow does what `gengang run` does; Prefect keeps counts of it and nobody's name."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from gengang.papers.morning import FILE
from gengang.status import season_status
from tests.whole import samples
from tests.whole.samples import bytes_under, settings_for
from tests.whole.truths import Truth, truth_of

GENGANG = Path(sys.executable).with_name("gengang")
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Ran:
    """A workspace after the flow, and what the terminal saw."""

    workspace: Path
    code: int
    terminal: str


def nightly(workspace: Path) -> Ran:
    """`gengang nightly` with an ephemeral server of its own."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    done = subprocess.run(
        [str(GENGANG), "nightly"],
        cwd=workspace,
        env={**environ, "PYTHONPATH": str(ROOT), "GENGANG_SETTLE_SECONDS": "0"},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    return Ran(workspace, done.returncode, done.stdout + done.stderr)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """One night of the small sample."""
    workspace = tmp_path_factory.mktemp("flow") / "w"
    samples.copied(samples.few(tmp_path_factory), workspace)
    return nightly(workspace)


@pytest.fixture(scope="module")
def truth(ran: Ran) -> Truth:
    return truth_of(ran.workspace)


def test_the_flow_does_what_a_run_does(ran: Ran, tmp_path_factory: pytest.TempPathFactory) -> None:
    plain = samples.few_run(tmp_path_factory)
    assert ran.code == 1, ran.terminal
    assert season_status(settings_for(ran.workspace), None) == season_status(settings_for(plain), None)
    mine, others = (bytes_under(workspace / "outbox") for workspace in (ran.workspace, plain))
    assert mine.keys() == others.keys()
    # The register names who took a file in.
    assert [name for name in mine if mine[name] != others[name] and not name.startswith((FILE, "收件登记簿/"))] == []


def tables(workspace: Path) -> Iterator[tuple[str, str]]:
    """Every row of Prefect's database as text, with its table."""
    with closing(sqlite3.connect(workspace / ".prefect" / "prefect.db")) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            yield from ((name, repr(row)) for row in database.execute(f'SELECT * FROM "{name}"'))


def test_prefect_lives_in_the_workspace_and_knows_of_every_stage(ran: Ran) -> None:
    rows = list(tables(ran.workspace))
    assert len([row for table, row in rows if table == "flow_run"]) == 1
    tasks = "".join(row for table, row in rows if table == "task_run")
    stages = ("taken_in", "batch_read", "roster_settled", "judged_now", "papers_printed")
    assert [stage for stage in stages if stage not in tasks] == []


def test_the_artifact_holds_counts_alone(ran: Ran) -> None:
    with closing(sqlite3.connect(ran.workspace / ".prefect" / "prefect.db")) as database:
        [(kept,)] = database.execute("SELECT data FROM artifact WHERE key = 'gengang-night'").fetchall()
    lines = json.loads(json.loads(kept))
    assert {type(line["count"]) for line in lines} == {int}
    counts = {line["what"]: line["count"] for line in lines}
    assert counts["arrived in all"] == counts["filed"] + counts["refused"] > 25
    assert (counts["refused"], counts["duplicates"]) == (4, 1)


def test_nobody_is_named_in_what_prefect_keeps_or_prints(ran: Ran, truth: Truth) -> None:
    folders = [ran.workspace / ".prefect", ran.workspace / "logs"]
    kept = b"".join(path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file())
    assert b'"event": "judge"' in kept
    escaped = [word.encode("unicode_escape") for word in truth.names]
    secrets = [word.encode() for word in (*truth.secrets, *truth.names)]
    assert [word for word in (*secrets, *escaped) if word in kept] == []
    assert [word for word in (*truth.secrets, *truth.names) if word in ran.terminal] == []


def test_a_night_that_cannot_run_says_why_on_the_terminal_and_not_to_prefect(
    ran: Ran, tmp_path_factory: pytest.TempPathFactory
) -> None:
    workspace = tmp_path_factory.mktemp("stopped") / "w"
    samples.copied(ran.workspace, workspace)
    scheme = workspace / "scheme.toml"
    scheme.write_text('"王芳" = 1\n' + scheme.read_text(encoding="utf-8"), encoding="utf-8")
    stopped = nightly(workspace)
    assert stopped.code == 2
    assert "王芳" in stopped.terminal
    kept = b"".join(path.read_bytes() for path in (workspace / ".prefect").rglob("*") if path.is_file())
    assert b"SchemeError" in kept
    assert [word for word in ("王芳".encode(), "王芳".encode("unicode_escape")) if word in kept] == []


DEPLOYMENTS = """
import json, sys
from pathlib import Path
from flows.house import settle
settle(Path(sys.argv[1]))
from flows.serving import deployments_of
found = deployments_of(sys.argv[1])
print(json.dumps([[one.name, one.parameters, [str(s.schedule) for s in one.schedules or []]] for one in found]))
"""


def test_the_night_is_served_on_its_schedule_and_the_packet_on_demand(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DEPLOYMENTS, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=200,
        check=True,
    )
    night, watch, packet = json.loads(done.stdout)
    assert watch[0] == "watch"
    assert "*/15 7-19 * * *" in watch[2][0]
    assert night[:2] == ["nightly", {"workspace": str(tmp_path)}]
    assert "30 2 * * *" in night[2][0]
    assert "Asia/Shanghai" in night[2][0]
    assert packet == ["packet", {"workspace": str(tmp_path)}, []]
