"""Programs that we start end: when they are done, when they stand still, when they take too much, when we are gone."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gengang.processes import Patience, bound_memory, cores, kill, machine_megabytes, resident_megabytes, run, started

ROOT = Path(__file__).resolve().parents[2]
SLEEPS = "import time; time.sleep(60)"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def is_alive(process: int) -> bool:
    """Whether a process runs; one that only waits to be asked for its exit code does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def ended(process: int, seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while is_alive(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not is_alive(process)


def test_what_a_program_says_and_how_it_ends() -> None:
    ran = run(python("import os, sys; print(os.environ['A']); sys.exit(3)"), Patience(20), {"A": "张"})
    assert (ran.output.strip(), ran.code, ran.idle) == ("张", 3, False)


def test_a_program_over_its_time_is_ended() -> None:
    start = time.monotonic()
    ran = run(python(SLEEPS), Patience(0.5), {})
    assert (ran.code, ran.idle) == (None, False)
    assert time.monotonic() - start < 5


def test_a_program_that_stands_still_is_ended_and_said_to_have_stood_still() -> None:
    ran = run(python(SLEEPS), Patience(60, idle_seconds=0.5), {})
    assert (ran.code, ran.idle) == (None, True)


def test_a_program_that_gets_on_is_waited_for(tmp_path: Path) -> None:
    code = f"import pathlib, time\nfor n in range(8): pathlib.Path({str(tmp_path)!r}, str(n)).touch(); time.sleep(0.3)"
    ran = run(python(code), Patience(60, idle_seconds=1.5, watched=lambda: len(list(tmp_path.iterdir()))), {})
    assert ran.code == 0


def test_a_program_gets_no_more_memory_than_it_may_have() -> None:
    code = "a = bytearray(400_000_000); print(len(a))"
    assert run(python(code), Patience(20, megabytes=200), {}).code == 1
    assert run(python(code), Patience(20, megabytes=900), {}).output.strip() == "400000000"


def test_a_bound_that_is_set_already_is_kept() -> None:
    shown = "import resource; print(resource.getrlimit(resource.RLIMIT_FSIZE)[1] >> 20)"
    code = (
        "import resource\nfrom gengang.processes import Patience, run\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (500 << 20, 500 << 20))\n"
        f"print(run({python(shown)!r}, Patience(20, megabytes=900), {{}}))"
    )
    done = subprocess.run(python(code), cwd=ROOT, capture_output=True, text=True, check=False)
    assert "code=0, output='500" in done.stdout


def test_what_a_program_started_ends_with_it(tmp_path: Path) -> None:
    told = tmp_path / "child"
    code = (
        f"import pathlib, subprocess, sys, time\nchild = subprocess.Popen([sys.executable, '-c', {SLEEPS!r}])\n"
        f"pathlib.Path({str(told)!r}).write_text(str(child.pid))\ntime.sleep(60)"
    )
    run(python(code), Patience(60, idle_seconds=2, watched=told.exists), {})
    assert ended(int(told.read_text()))


def leaving(told: Path, how: str) -> list[str]:
    """A program that starts another one, tells its number, says `done` and ends with 3."""
    return python(
        f"import pathlib, subprocess, sys\nchild = subprocess.Popen([sys.executable, '-c', {SLEEPS!r}], {how})\n"
        f"pathlib.Path({str(told)!r}).write_text(str(child.pid))\nprint('done')\nsys.exit(3)"
    )


@pytest.mark.parametrize("stdout", ["None", "subprocess.DEVNULL"])
def test_what_a_program_left_behind_ends_when_it_ended_by_itself(tmp_path: Path, stdout: str) -> None:
    told = tmp_path / "child"
    start = time.monotonic()
    ran = run(leaving(told, f"stdout={stdout}"), Patience(20), {})
    assert (ran.code, ran.output.strip(), ran.idle) == (3, "done", False)
    assert time.monotonic() - start < 10
    assert ended(int(told.read_text()))


def test_how_a_program_ended_is_known_though_its_stdout_is_held_open_out_of_reach(tmp_path: Path) -> None:
    told = tmp_path / "child"
    try:
        ran = run(leaving(told, "start_new_session=True"), Patience(20), {})
        assert (ran.code, ran.output.strip()) == (3, "done")
    finally:
        os.kill(int(told.read_text()), signal.SIGKILL)


def test_killing_a_program_that_ended_by_itself_ends_what_it_left_and_keeps_its_code(tmp_path: Path) -> None:
    told = tmp_path / "child"
    with started(leaving(told, "stdout=subprocess.DEVNULL"), {}) as process:
        assert process.stdout is not None
        process.stdout.read()
        time.sleep(0.2)
        kill(process)
        assert ended(int(told.read_text()))
        assert process.wait() == 3


def test_a_program_does_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    told = tmp_path / "child"
    code = (
        f"import pathlib, time\nfrom gengang.processes import started\n"
        f"with started([{sys.executable!r}, '-c', {SLEEPS!r}], {{}}) as child:\n"
        f"    pathlib.Path({str(told)!r}).write_text(str(child.pid))\n    time.sleep(60)"
    )
    parent = subprocess.Popen(python(code), cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    while not told.exists() or not told.read_text():
        time.sleep(0.05)
    time.sleep(0.5)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert ended(int(told.read_text()))


def test_leaving_the_block_ends_the_program() -> None:
    with started(python(SLEEPS), {}) as process:
        assert is_alive(process.pid)
    assert not is_alive(process.pid)


def test_memory_may_be_bounded_and_given_again() -> None:
    code = (
        "from gengang.processes import bound_memory\nbound_memory(150)\n"
        "try:\n    bytearray(400_000_000)\nexcept MemoryError:\n    bound_memory(900)\n"
        "    print(len(bytearray(400_000_000)))"
    )
    done = subprocess.run(python(code), cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("400000000", "")


def test_the_machine_is_known() -> None:
    assert callable(bound_memory)
    assert cores() >= 1
    assert 10 < resident_megabytes() < 5_000
    assert (machine_megabytes() or 0) > 500
