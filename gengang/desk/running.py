"""What takes a while and was begun at the desk (a run, certificates, a packet), in a thread of its own; how far it is.

All of it holds the ledger, so there is one at a time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock, Thread

from gengang.errors import GengangError
from gengang.facts import Actor
from gengang.intake import utc_now
from gengang.night import run_once
from gengang.settings import Settings
from gengang.under_way import RunRequest

RUN = "run"


@dataclass(frozen=True, slots=True)
class Ended:
    """What a work came to. lines: sentences; made: what pages show of it, as the library gave it."""

    lines: tuple[str, ...]
    made: object = None


Work = Callable[[RunRequest], Ended]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far something is. name: what it is; by: who began it; stages: name -> done and of how many, in order.

    lines: what it said at its end; fault: why it could not go on.
    """

    going: bool = False
    began: str = ""
    ended: str = ""
    stages: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    fault: str = ""
    name: str = RUN
    by: str = ""
    made: object = None


def run_through(request: RunRequest) -> Ended:
    """The whole pass."""
    return Ended(run_once(request).lines)


class RunWatch:
    """The one work of this desk. One that another program began holds the ledger, and says so."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._last: dict[str, Progress] = {}
        self._going: Progress | None = None
        self._thread: Thread | None = None

    @property
    def progress(self) -> Progress:
        """How far what is under way is, else the last run."""
        return self._going or self._last.get(RUN, Progress())

    def of(self, name: str) -> Progress | None:
        """How far the last of this name is; None where there was none since the desk was opened."""
        going = self._going
        return going if going is not None and going.name == name else self._last.get(name)

    def start(self, actor: Actor, name: str = RUN, work: Work = run_through) -> bool:
        """Whether it was begun; False while anything is under way."""
        with self._lock:
            if self._going is not None:
                return False
            self._going = Progress(going=True, began=utc_now(), name=name, by=actor.user)
        self._thread = Thread(target=self._run, args=(actor, work), name=name)
        self._thread.start()
        return True

    def stop(self) -> None:
        """Waits for what is under way: killed, it would lose nothing, and have to be done again."""
        if self._thread is not None:
            self._thread.join()

    def _run(self, actor: Actor, work: Work) -> None:
        done, fault = Ended(()), "中断了，已经办好的都在。请再做一次；仍不行，请把 logs 里的记录发给维护人员。"
        try:
            done, fault = work(RunRequest(self._settings, None, actor, utc_now(), self._told)), ""
        except GengangError as error:
            fault = str(error)
        finally:
            was = self.progress
            self._last[was.name] = replace(
                was, going=False, ended=utc_now(), lines=done.lines, made=done.made, fault=fault
            )  # fmt: skip
            self._going = None

    def _told(self, stage: str, done: int, total: int) -> None:
        was = self.progress
        self._going = replace(was, stages={**was.stages, stage: (done, total)})
