"""The workspace's log: one JSON line for each stage of a run, with counts and seconds, for whoever keeps the machine.

A line holds numbers and words of this program alone. A name, a file's name or an ID number cannot come into it: what is
no plain word is written as `?`, and a file stands by the beginning of its hash. A log that cannot be written stops
nothing.
"""

import json
import logging
import os
import re
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime
from functools import wraps
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
Value = int | float | str

FILE = "gengang.log"
LARGEST = 1_000_000  # bytes, after which the next run begins a new one
KEPT = 9  # older ones beside it
OURS = ("gengang", "extractors", "flows")
_LOG = logging.Logger("gengang.run", logging.INFO)  # in no registry, where a library's dictConfig would silence it
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.:#-]{0,79}", re.ASCII)
_NUMBER = re.compile(r"\d{7,}", re.ASCII)


def plain_word(text: str) -> str:
    """A word of the program; `?` for anything that could be a person's: other letters, blanks, long numbers."""
    return text if _WORD.fullmatch(text) and not _NUMBER.search(text) else "?"


def hash_word(sha256: str) -> str:
    """How a file is named in a log: by eight digits of its hash, kept apart so that they look like no number."""
    return f"file-{sha256[:4]}-{sha256[4:8]}"


def line_of(at: str, values: Mapping[str, Value]) -> str:
    """One line of the log, a JSON object. at: UTC."""
    shown = {plain_word(name): plain_word(value) if isinstance(value, str) else value for name, value in values.items()}
    return json.dumps({"at": at, **shown})


def log(event: str, **values: Value) -> None:
    """A line, where a log is open; nothing elsewhere."""
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    _LOG.info("%s", line_of(at, {"pid": os.getpid(), "event": event, **values}))


def logged(stage: str, counts: Callable[[Any], Mapping[str, int]]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A stage whose end is a line: its seconds, and counts of what it gave, or what stopped it.

    ValueError for a stage that is no plain word.
    """
    if plain_word(stage) != stage:
        raise ValueError(stage)

    def around(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def timed(*args: P.args, **kwargs: P.kwargs) -> R:
            with _Timed(stage) as found:
                given = function(*args, **kwargs)
                found.update(counts(given))
                return given

        return timed

    return around


class _Timed(AbstractContextManager[dict[str, int]]):
    """Logs its end."""

    def __init__(self, event: str) -> None:
        self.event = event
        self.began = time.monotonic()
        self.found: dict[str, int] = {}

    def __enter__(self) -> dict[str, int]:
        return self.found

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        seconds = round(time.monotonic() - self.began, 3)
        stopped = {} if kind is None else {"stopped": kind.__name__, "where": _where(at)}
        log(self.event, **self.found, seconds=seconds, **stopped)


class RunLog(AbstractContextManager[None]):
    """The log of a workspace while a command runs. folder: `logs`; made where it is missing."""

    def __init__(self, folder: Path, command: str) -> None:
        self.handler = _opened(folder)
        self.whole = _Timed("run")
        self.command = command

    def __enter__(self) -> None:
        _LOG.addHandler(self.handler)
        log("begin", command=self.command)

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.whole.__exit__(kind, fault, at)
        _LOG.removeHandler(self.handler)
        with suppress(OSError):  # what the disk has no room for
            self.handler.close()


class _QuietFile(RotatingFileHandler):
    """A full disk or a file held by another program costs lines of the log and nothing else."""

    def handleError(self, record: logging.LogRecord) -> None:
        del record


def _opened(folder: Path) -> logging.Handler:
    """Turned over here alone, so that nobody's line is cut: two runs may write at once, each line whole."""
    try:
        folder.mkdir(exist_ok=True)
        handler = _QuietFile(folder / FILE, backupCount=KEPT, encoding="utf-8")
    except OSError:
        return logging.NullHandler()
    with suppress(OSError):
        if (folder / FILE).stat().st_size > LARGEST:
            handler.doRollover()
    return handler


def _where(at: TracebackType | None) -> str:
    """Module and line of the program in which it happened."""
    found = "elsewhere"
    while at is not None:
        module = str(at.tb_frame.f_globals.get("__name__", ""))
        found = f"{module}:{at.tb_lineno}" if module.partition(".")[0] in OURS else found
        at = at.tb_next
    return found
