"""What would become of something, worked out behind the scenes: judging a whole cohort once more takes a second or so.

A preview is seen by the session that asked for it alone, and is gone when the desk stops.
"""

import logging
import secrets
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

from gengang.errors import GengangError

FAULT = "程序出错了，没有办成。请再试一次；仍不行，请把核对台窗口里的出错记录发给维护人员。"
MOST = 40  # kept at a time; the oldest gives way
T = TypeVar("T")
A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Preview(Generic[A, T]):
    """about: what was asked; found: None while it is worked on; fault: why there is nothing to be found."""

    name: str
    about: A
    found: T | None
    fault: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether there is an answer."""
        return self.found is not None or bool(self.fault)


@dataclass(frozen=True, slots=True)
class _Asked:
    owner: str
    about: object
    future: Future[object]


@dataclass(frozen=True, slots=True)
class Previews:
    """One at a time, so that the pages have the rest of the machine."""

    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "preview"))
    _asked: dict[str, _Asked] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def begin(self, owner: str, about: object, work: Callable[[], object], patience: float = 0.1) -> str:
        """Begins, and waits so many seconds for what takes no time. owner: key of the session; gives the name."""
        name = secrets.token_urlsafe(9)
        future = self._pool.submit(work)
        future.add_done_callback(_log_fault)
        with self._lock:
            while len(self._asked) >= MOST:
                self._asked.pop(next(iter(self._asked))).future.cancel()
            self._asked[name] = _Asked(owner, about, future)
        wait_for((future,), patience)
        return name

    def of(self, owner: str, name: str, about: type[A], found: type[T]) -> Preview[A, T] | None:
        """The preview of this name, of these kinds; None where the session has none."""
        asked = self._asked.get(name)
        if asked is None or asked.owner != owner or not isinstance(asked.about, about):
            return None
        if not asked.future.done():
            return Preview(name, asked.about, None)
        fault = asked.future.exception()
        if fault is not None:
            return Preview(name, asked.about, None, str(fault) if isinstance(fault, GengangError) else FAULT)
        result = asked.future.result()
        assert isinstance(result, found), "a preview is asked for as what it was begun"
        return Preview(name, asked.about, result)

    def close(self) -> None:
        """Nothing begins any more."""
        self._pool.shutdown(cancel_futures=True)


def _log_fault(done: Future[object]) -> None:
    """A fault of ours, which no sentence tells the office."""
    fault = None if done.cancelled() else done.exception()
    if fault is not None and not isinstance(fault, GengangError):
        logging.getLogger(__name__).error("work behind the scenes failed", exc_info=fault)
