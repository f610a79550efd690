"""Workers answer in order; one that dies, loops or raises costs its own job; none outlives whoever started it."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from math import inf
from pathlib import Path
from typing import Any

import pytest

from gengang.errors import ToolError
from gengang.workers import Desk, Lost, Pool
from tests.unit.test_processes import ended

ROOT = Path(__file__).resolve().parents[2]
CHILD = "tests.unit.worker_child:main"


def talk(desk: Desk, job: str, seconds: float = 20.0) -> Any:
    """The child's last word about a job, or why there was none."""
    worker = desk.worker()
    worker.allow(seconds)
    try:
        worker.ask(job)
        assert worker.hear() == ("part", job)
        word = worker.hear()
    except Lost as lost:
        desk.dismiss()
        return lost.why, lost.fault
    assert worker.rest()
    return word


def pool(count: int, function: str = CHILD) -> Pool:
    return Pool(function, "setup", {}, count)


def test_answers_come_in_the_order_of_the_jobs() -> None:
    jobs = ["wait", "b", "c", "wait", "e"]
    with pool(2) as workers:
        answers = list(workers.each(talk, jobs))
    assert [(setup, job) for setup, job, _ in answers] == [("setup", job) for job in jobs]
    assert len({process for *_, process in answers}) == 2


def test_a_mishap_costs_its_own_job() -> None:
    jobs = ["a", "die", "b", "raise", "c"]
    with pool(1) as workers:
        answers = list(workers.each(talk, jobs))
    assert answers[1] == ("fault", "")
    assert answers[3] == ("fault", "LookupError")
    assert [answers[number][1] for number in (0, 2, 4)] == ["a", "b", "c"]
    assert len({answers[number][2] for number in (0, 2, 4)}) == 3


def test_a_job_over_its_time_is_ended() -> None:
    start = time.monotonic()
    with pool(1) as workers:
        answers = list(workers.each(partial(talk, seconds=1.0), ["loop", "a"]))
    assert answers[0] == ("time", "")
    assert answers[1][1] == "a"
    assert time.monotonic() - start < 15


def test_what_a_library_prints_is_no_answer() -> None:
    with pool(1) as workers:
        assert [word[1] for word in workers.each(talk, ["print", "a"])] == ["print", "a"]


def test_a_child_that_cannot_start_is_told_as_that() -> None:
    with pytest.raises(ToolError, match="gengang doctor"), pool(1, "tests.unit.worker_child:never") as workers:
        list(workers.each(talk, ["a"]))
    with pytest.raises(ToolError), pool(1, "tests.unit.no_such_module:main") as workers:
        list(workers.each(talk, ["a"]))


def test_leaving_the_pool_ends_what_is_under_way() -> None:
    start = time.monotonic()
    with pool(2) as workers:
        workers.each(partial(talk, seconds=inf), ["loop", "loop", "loop", "a"])
        time.sleep(1)
    assert time.monotonic() - start < 10


def test_workers_do_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    told = tmp_path / "child"
    code = (
        "import pathlib\nfrom tests.unit.test_workers import pool, talk\nwith pool(1) as workers:\n"
        f"    [word] = workers.each(talk, ['a'])\n    pathlib.Path({str(told)!r}).write_text(str(word[2]))\n"
        "    list(workers.each(lambda desk, job: talk(desk, job, 600), ['loop']))"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    while not told.exists() or not told.read_text():
        time.sleep(0.05)
    time.sleep(0.5)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert ended(int(told.read_text()))
