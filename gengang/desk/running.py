"""A run that was started from the desk, in a thread of its own, and how far it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock, Thread

from gengang.errors import GengangError
from gengang.facts import Actor
from gengang.intake import utc_now
from gengang.night import run_once
from gengang.settings import Settings
from gengang.under_way import RunRequest


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. stages: name -> done and of how many, in order; lines: what it said at its end; fault: why it
    could not go on.
    """

    going: bool = False
    began: str = ""
    ended: str = ""
    stages: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    fault: str = ""


class RunWatch:
    """The one run of this desk. A run that another program began holds the ledger, and says so."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._progress = Progress()
        self._thread: Thread | None = None

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return self._progress

    def start(self, actor: Actor) -> bool:
        """Whether one was begun; False while one is under way."""
        with self._lock:
            if self._progress.going:
                return False
            self._progress = Progress(going=True, began=utc_now())
        self._thread = Thread(target=self._run, args=(actor,), name="run")
        self._thread.start()
        return True

    def stop(self) -> None:
        """Waits for a run under way: killed, it would lose nothing, and have to be done again."""
        if self._thread is not None:
            self._thread.join()

    def _run(self, actor: Actor) -> None:
        lines: tuple[str, ...] = ()
        fault = "运行中断了，已经读好的都在。请再运行一次；仍不行，请把 logs 里的记录发给维护人员。"
        try:
            lines, fault = run_once(RunRequest(self._settings, None, actor, utc_now(), self._told)).lines, ""
        except GengangError as error:
            fault = str(error)
        finally:
            was = self._progress
            self._progress = Progress(False, was.began, utc_now(), was.stages, lines, fault)

    def _told(self, stage: str, done: int, total: int) -> None:
        was = self._progress
        self._progress = Progress(True, was.began, "", {**was.stages, stage: (done, total)})
