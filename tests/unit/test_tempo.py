"""What a child waits for a core is no time of its own, and a slow machine's seconds are shorter."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.pace import Pace
from gengang.tempo import (
    LONGEST_WAIT,
    SLOWEST,
    Moment,
    moment,
    slowness,
    stolen_seconds,
    waited_seconds,
    worked_seconds,
)
from gengang.workers import Worker

SECONDS = st.floats(0, 1e6)
LOOP = "while True: pass"


@given(SECONDS, SECONDS, SECONDS, st.floats(1, SLOWEST))
def test_work_is_what_passed_without_what_was_waited(at: float, passed: float, waited: float, slow: float) -> None:
    since, until = Moment(at, 3.0), Moment(at + passed, 3.0 + waited)
    worked = worked_seconds(since, until, slow)
    most = until.at - since.at
    assert most / LONGEST_WAIT / slow <= worked * (1 + 1e-9) + 1e-9
    assert worked <= most
    assert worked_seconds(since, until, slow * 2) == pytest.approx(worked / 2)
    assert worked_seconds(since, Moment(until.at, until.waited + 1), slow) <= worked


def test_a_process_that_is_gone_waited_for_nothing() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    began = Moment(0.0, 5.0)
    child.wait()
    assert waited_seconds(child.pid) == 0.0
    assert worked_seconds(began, Moment(2.0, waited_seconds(child.pid)), 1.0) == 2.0


def test_what_a_host_took_is_told_of_the_core_that_lost_most(tmp_path: Path) -> None:
    told = tmp_path / "stat"
    told.write_text("cpu  1 2 3 4 5 6 7 999 0 0\ncpu0 1 2 3 4 5 6 7 300 0 0\ncpu1 1 2 3 4 5 6 7 699 0 0\nintr 7\n")
    assert stolen_seconds(told) == 699 / os.sysconf("SC_CLK_TCK")
    told.write_text("cpu0 1 2 3\n")
    assert stolen_seconds(told) == stolen_seconds(tmp_path / "none") == 0.0
    before = stolen_seconds()
    assert before <= moment().waited


def test_slowness_is_bounded_and_remembered() -> None:
    known = slowness()
    assert 1.0 <= known <= SLOWEST
    assert slowness() == known


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """What is started within may use that core alone."""
    mine = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, mine)


@contextmanager
def crowd(count: int) -> Iterator[None]:
    """So many processes that work without end."""
    others = [subprocess.Popen([sys.executable, "-c", LOOP]) for _ in range(count)]
    try:
        yield
    finally:
        for other in others:
            other.kill()
            other.wait()


def test_what_a_child_waits_for_a_busy_core_is_not_its_time() -> None:
    with on_core(min(os.sched_getaffinity(0))):
        worker = Worker("tests.unit.worker_child:main", {})
    try:
        worker.ask("setup")
        assert worker.hear() == "ready"
        with on_core(min(os.sched_getaffinity(0))), crowd(3):
            worker.ask("loop")
            began = worker.moment()
            time.sleep(3)
            assert worker.moment().waited - began.waited > 1
            assert worker.worked(began) < 2
    finally:
        worker.close()


def test_no_part_is_begun_when_the_time_for_it_was_worked() -> None:
    began = moment()
    assert not Pace(inf, began=Moment(began.at - 1e9, 0.0)).over
    assert not Pace(60.0, began=began).over
    assert Pace(1.0, began=Moment(began.at - 100.0, began.waited)).over
