"""Processes of our own that answer one job at a time: several at once, each watched, each replaced when it is lost.

What they say to one another are pickled frames over the child's standard input and output. A child that dies, whatever
killed it, or that is over its time, costs the job it had and nothing else.
"""

import os
import pickle
import struct
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from math import inf
from types import TracebackType
from typing import IO, Literal, Self, TypeVar

from gengang.errors import ToolError
from gengang.processes import STEP_SECONDS, die_with, end, kill, started_own
from gengang.tempo import Moment, moment, slowness, worked_seconds

START_SECONDS = 120.0  # a cold start on a slow disk reads a hundred megabytes of libraries
LENGTH = struct.Struct(">Q")
NOT_STARTED = "读取文件的进程无法启动。请运行 gengang doctor 检查；若不能解决，请重新运行 make setup。"

Why = Literal["time", "fault"]
J = TypeVar("J")
T = TypeVar("T")


class Lost(Exception):
    """A worker is gone. why: it was over its time, or it fell; fault: the exception it fell by, empty when unknown."""

    def __init__(self, why: Why, fault: str = "") -> None:
        super().__init__(f"{why} {fault}".strip())
        self.why = why
        self.fault = fault


@dataclass(frozen=True, slots=True)
class _Fell:
    """A child's last word. fault: the kind of exception that nobody foresaw."""

    fault: str


# --- our side ---


class Worker:
    """One child. Whoever asks it says how long it may take; the pool's watch ends it when that is over."""

    def __init__(self, function: str, settings: Mapping[str, str]) -> None:
        self._process = started_own(function, settings)
        self._turn = threading.Lock()
        self._late = False
        self._allowed = inf
        self._since = self.moment()

    def moment(self) -> Moment:
        """Now, of its life."""
        return moment(self._process.pid)

    def worked(self, since: Moment) -> float:
        """Seconds that it had to work in since a moment of its life, of the machine that limits mean."""
        return worked_seconds(since, self.moment(), slowness())

    def allow(self, seconds: float) -> None:
        """It may work so long from now on, in such seconds."""
        with self._turn:
            self._allowed, self._since = seconds, self.moment()

    def rest(self) -> bool:
        """It has answered; False when it was ended all the same, at the last moment."""
        self.allow(inf)
        return not self._late

    def ask(self, job: object) -> None:
        """Give it a job. Raises Lost."""
        assert self._process.stdin is not None
        try:
            _write(self._process.stdin, job)
        except OSError as fault:
            raise self._lost() from fault

    def hear(self) -> object:
        """The next thing it says. Raises Lost."""
        assert self._process.stdout is not None
        said = _read(self._process.stdout)
        if said is None:
            raise self._lost()
        if isinstance(said, _Fell):
            raise self._lost(said.fault)
        return said

    def watch(self) -> None:
        """End it if it is over its time; whoever hears it is told."""
        with self._turn:
            if not self._late and self._allowed < inf and self.worked(self._since) > self._allowed:
                self._late = True
                kill(self._process)

    def close(self) -> None:
        """End it."""
        end(self._process)

    def _lost(self, fault: str = "") -> Lost:
        return Lost("time" if self._late else "fault", fault)


class Desk:
    """The place of one worker: empty until somebody asks there, and again when it was lost or is to be relieved."""

    def __init__(self, function: str, setup: object, settings: Mapping[str, str]) -> None:
        self._function = function
        self._setup = setup
        self._settings = settings
        self._worker: Worker | None = None
        self._closed = False

    def worker(self) -> Worker:
        """The worker here, hired if need be. Raises ToolError when none can be started, Lost at the pool's end."""
        if self._closed:
            raise Lost("fault")
        if self._worker is None:
            try:
                worker = self._worker = Worker(self._function, self._settings)
                worker.allow(START_SECONDS)
                worker.ask(self._setup)
                worker.hear()
            except (Lost, OSError) as fault:
                self.dismiss()
                raise ToolError(NOT_STARTED) from fault
        return self._worker

    def dismiss(self) -> None:
        """End the worker that is here."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()

    def watch(self, closing: bool) -> None:
        """End the worker here if it is over its time, or at once when the pool is closed."""
        self._closed = closing
        worker = self._worker
        if worker is not None:
            if closing:
                worker.allow(-inf)
            worker.watch()


class Pool:
    """A context with so many desks, each with a thread of its own; at its end every worker has ended.

    function: `module:function` of the child, which calls `serve`; setup: what each child is told first.
    """

    def __init__(self, function: str, setup: object, settings: Mapping[str, str], count: int) -> None:
        self._new_desk = partial(Desk, function, setup, settings)
        self._desks: list[Desk] = []
        self._mine = threading.local()
        self._closing = False
        self._done = threading.Event()
        self._threads = ThreadPoolExecutor(count, "reader", self._sit_down)
        self._watch = threading.Thread(target=self._watched, name="readers' watch", daemon=True)

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._closing = True
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._done.set()
        self._watch.join()
        for desk in self._desks:
            desk.dismiss()

    def each(self, talk: Callable[[Desk, J], T], jobs: Sequence[J]) -> Iterator[T]:
        """What talking at a desk about each job gave, in the order of the jobs; several are talked about at once."""
        return self._threads.map(lambda job: talk(self._mine.desk, job), jobs)

    def _sit_down(self) -> None:
        self._mine.desk = self._new_desk()
        self._desks.append(self._mine.desk)

    def _watched(self) -> None:
        while not self._done.wait(STEP_SECONDS):
            for desk in tuple(self._desks):
                desk.watch(self._closing)


# --- the child's side ---


class Line:
    """A child's end of the line to whoever started it."""

    def __init__(self, hears: IO[bytes], says: IO[bytes]) -> None:
        self._hears = hears
        self._says = says

    def hear(self) -> object:
        """The next job; the process ends when there will be none."""
        job = _read(self._hears)
        if job is None:
            os._exit(0)
        return job

    def say(self, word: object) -> None:
        """Tell something."""
        _write(self._says, word)

    def fall(self, kind: type[BaseException], fault: BaseException, at: TracebackType | None) -> None:
        """What nobody foresaw ends the process: it may have left anything behind in it."""
        del fault, at
        self.say(_Fell(MemoryError.__name__ if issubclass(kind, MemoryError) else kind.__name__))
        os._exit(1)


def line_to(parent: int) -> Line:
    """The line to the process that started this one, whose number it is; nothing else may use stdin and stdout."""
    die_with(parent)
    hears, says = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for taken in (0, 1):
        os.dup2(nowhere, taken)
    line = Line(hears, says)
    sys.excepthook = line.fall
    return line


# --- frames ---


def _write(stream: IO[bytes], word: object) -> None:
    data = pickle.dumps(word, pickle.HIGHEST_PROTOCOL)
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def _read(stream: IO[bytes]) -> object:
    """The next frame; None at the end, which may come within a frame."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    [length] = LENGTH.unpack(head)
    data = stream.read(length)
    return pickle.loads(data) if len(data) == length else None
