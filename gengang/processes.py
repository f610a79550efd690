"""Child processes: their group, their bounds, and their end with ours; nothing else starts or ends one."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import IO

STEP_SECONDS = 0.2
MEGABYTE = 1 << 20
LARGEST_FILE = 1_000 * MEGABYTE  # what an outside program may write
PR_SET_PDEATHSIG = 1

# What an outside program begins as. A launcher does it, since preexec_fn is unsafe beside threads; it stops at once
# when the parent died before it asked for the death signal.
_LAUNCHER = f"""
import ctypes, os, resource, signal, sys
ctypes.CDLL(None).prctl({PR_SET_PDEATHSIG}, signal.SIGKILL)
if os.getppid() != int(sys.argv[1]):
    sys.exit(1)
for what, most in ((resource.RLIMIT_DATA, int(sys.argv[2])), (resource.RLIMIT_FSIZE, {LARGEST_FILE})):
    hard = resource.getrlimit(what)[1]
    if most and hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    if most:
        resource.setrlimit(what, (most, most))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
os.execv(sys.argv[3], sys.argv[3:])
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a program ended.

    code: its exit code, None when it was stopped; idle: because nothing moved any more; output: its stdout.
    """

    code: int | None
    output: str = ""
    idle: bool = False


@dataclass(frozen=True, slots=True)
class Patience:
    """When a program is given up.

    seconds: in all; idle_seconds: in which what `watched` gives stays the same; megabytes: of memory, None for any.
    given_up: asked now and then; whether nobody waits for it any more.
    """

    seconds: float
    idle_seconds: float = inf
    watched: Callable[[], object] = int
    megabytes: int | None = None
    given_up: Callable[[], bool] = bool


def run(command: Sequence[str], patience: Patience, settings: Mapping[str, str]) -> Ran:
    """Run a program in its own process group; at a limit the whole group is killed."""
    due = time.monotonic() + patience.seconds
    seen, moved = patience.watched(), time.monotonic()
    with started(command, settings, patience.megabytes) as process:
        while (now := time.monotonic()) < due and now - moved < patience.idle_seconds:
            if patience.given_up():
                return Ran(None)
            try:
                output, _ = process.communicate(timeout=min(STEP_SECONDS, due - now))
            except subprocess.TimeoutExpired:
                if _has_ended(process):  # and what it left behind holds its stdout open
                    return _ended(process)
                seen, moved = (seen, moved) if patience.watched() == seen else (patience.watched(), now)
            else:
                _kill_group(process.pid)  # which no other process was given meanwhile: they are given in turn
                return Ran(process.returncode, output.decode("utf-8", "replace"))
    return Ran(None, idle=now < due)


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether it ended; its number stays its own until it is waited for."""
    if os.name != "posix":
        return process.poll() is not None
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _ended(process: subprocess.Popen[bytes]) -> Ran:
    """How an ended program ended and what it said, though others may hold its stdout open for ever."""
    kill(process)
    try:
        output, _ = process.communicate(timeout=STEP_SECONDS)
    except subprocess.TimeoutExpired as late:
        output = late.output or b""
    return Ran(process.wait(), output.decode("utf-8", "replace"))


@contextmanager
def started(
    command: Sequence[str], settings: Mapping[str, str], megabytes: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A running program that does not outlive this block, nor on Linux the thread that started it."""
    linux = sys.platform.startswith("linux")
    bounds = [str(os.getpid()), str((megabytes or 0) * MEGABYTE)]
    launcher = [sys.executable, "-I", "-S", "-c", _LAUNCHER, *bounds] if linux else []
    process = _popen([*launcher, *command], subprocess.DEVNULL, settings)
    try:
        yield process
    finally:
        end(process)


@contextmanager
def piped(command: Sequence[str], settings: Mapping[str, str], seconds: float, megabytes: int) -> Iterator[IO[bytes]]:
    """What a program says, to be read as it says it; the program ends with this block, or when its time is over."""
    with started(command, settings, megabytes) as process:
        assert process.stdout is not None
        watch = threading.Timer(seconds, kill, (process,))
        watch.daemon = True
        watch.start()
        try:
            yield process.stdout
        finally:
            watch.cancel()
            watch.join()


def started_own(function: str, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """A Python of our own that calls `module:function` with its parent's number; it talks over its stdin and stdout."""
    module, _, name = function.partition(":")
    code = f"import sys; sys.path[:0] = sys.argv[2:]; import {module} as own; own.{name}(int(sys.argv[1]))"
    paths = [str(Path(__file__).resolve().parents[1]), *sys.path]
    return _popen([sys.executable, "-c", code, str(os.getpid()), *paths], subprocess.PIPE, settings)


def _popen(command: Sequence[str], stdin: int, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **settings},
        start_new_session=os.name == "posix",
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program that we started, if it did not end by itself, and what it started; close what leads to it."""
    kill(process)
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            try:
                stream.close()
            except OSError:  # what was still to be written to a process that is gone is nobody's
                continue
    process.wait()


def kill(process: subprocess.Popen[bytes]) -> None:
    """The same, leaving what leads to it to whoever listens there.

    What it left behind ends too where it ended by itself: until it is waited for, its number names its group alone.
    """
    if process.returncode is not None:
        return
    if os.name == "posix":
        _kill_group(process.pid)
    else:
        process.kill()


def _kill_group(leader: int) -> None:
    if os.name == "posix":
        with suppress(
            ProcessLookupError, PermissionError
        ):  # nobody is left; macOS says so of those who wait to be heard
            os.killpg(leader, signal.SIGKILL)


# --- what a process of our own asks for itself ---


def die_with(parent: int) -> None:
    """End when the thread that started us ends; at once when that was before. Linux alone: elsewhere nothing."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            sys.exit(1)


def bound_memory(megabytes: int) -> None:
    """Let asking for more memory fail from here on, which may be raised again; no core file. Not on Windows."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = megabytes * MEGABYTE
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard < 0 else min(wanted, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def resident_megabytes() -> int:
    """How much memory this process holds just now; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // MEGABYTE


def cores() -> int:
    """How many cores we may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def machine_megabytes() -> int | None:
    """The machine's memory, None where the system does not say."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // MEGABYTE
    except (AttributeError, ValueError, OSError):
        return None
