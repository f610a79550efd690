"""The season as it stands, kept in memory: folded once, folded again behind the scenes when the ledger has grown.

A fold of 15,000 papers takes about a second, which no page may wait for. A page shows the last standing, and lays over
it what was decided since then.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any, TypeVar

from gengang.drafting import Judged
from gengang.errors import GengangError
from gengang.facts import Fact
from gengang.form import Form
from gengang.in_force import scheme_in_force
from gengang.judging import judged_of
from gengang.ledger import Ledger
from gengang.season import HeldPaper
from gengang.settings import Settings
from gengang.workspace import Templates, scheme_of, templates_of

T = TypeVar("T")
OVERLAID = ("decision", "settled")  # kinds of line that a page shows before the season is folded again
LOOK_SECONDS = 1.0  # how often another program's lines are looked for
REST = 2.0  # folds are this many times their own length apart, so that a run's lines leave the pages room


@dataclass(frozen=True, slots=True)
class Standing:
    """The season up to a line of the ledger. forms: stem -> form, with those of earlier releases behind today's.

    papers: key -> paper.
    """

    sequence: int
    facts: tuple[Fact, ...]
    judged: Judged
    templates: Templates
    forms: Mapping[str, Form]
    papers: Mapping[str, HeldPaper]
    _worked_out: dict[Callable[..., Any], Any] = field(default_factory=dict, repr=False, compare=False)

    def of(self, work: Callable[["Standing"], T]) -> T:
        """What a function makes of this standing, worked out once."""
        if work not in self._worked_out:
            self._worked_out[work] = work(self)
        found: T = self._worked_out[work]
        return found


@dataclass(frozen=True, slots=True)
class Now:
    """A standing and what was decided since. head: number of the ledger's last line."""

    standing: Standing
    since: tuple[Fact, ...]
    head: int

    @property
    def judged(self) -> Judged:
        """The season as it was folded last."""
        return self.standing.judged

    @property
    def is_current(self) -> bool:
        """Whether everything in the ledger is in the standing."""
        return self.head <= self.standing.sequence


def standing_of(facts: Collection[Fact], settings: Settings, today: date) -> Standing:
    """The standing that lines come to. Raises WorkspaceError, SchemeError or TemplatesError for a broken workspace."""
    lines = tuple(facts)
    scheme = scheme_in_force(lines) or scheme_of(settings)
    templates = templates_of(settings, scheme)
    judged = judged_of(lines, scheme, min(filter(None, (today, scheme.closing))))
    forms = {form.stem: form for form in reversed(templates.readable)}
    papers = {held.paper.key: held for held in judged.season.papers}
    return Standing(lines[-1].sequence if lines else 0, lines, judged, templates, forms, papers)


class StandingKeeper:
    """Keeps the last standing. warm: what pages ask of it first, worked out before it is shown; told: of each new one,
    behind the scenes.
    """

    def __init__(
        self, ledger: Ledger, settings: Settings, today: Callable[[], date],
        warm: Collection[Callable[[Standing], object]] = (), told: Callable[[Standing], object] = bool,
    ) -> None:  # fmt: skip
        self._ledger, self._settings, self._today, self._warm = ledger, settings, today, tuple(warm)
        self._told = told
        self._reading, self._folding = Lock(), Lock()
        self._wanted, self._ended = Event(), Event()
        self._thread: Thread | None = None
        self.trouble = ""
        self._standing = self._folded()

    def now(self) -> Now:
        """The standing with what came since; a fold is asked for when something did."""
        standing, head = self._standing, self._ledger.head()[0]
        if head <= standing.sequence:
            return Now(standing, (), head)
        self._wanted.set()
        return Now(standing, self._lines(OVERLAID, standing.sequence), head)

    def fold(self) -> Standing:
        """Fold at once, unless nothing came."""
        with self._folding:
            if self._ledger.head()[0] > self._standing.sequence or self._today() != self._day:
                self._standing = self._folded()
                if self._thread is not None:
                    self._told(self._standing)
        return self._standing

    def start(self) -> None:
        """Fold behind the scenes from now on."""
        self._told(self._standing)
        self._thread = Thread(target=self._keep_folding, name="standing", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """No fold begins any more; one under way is waited for."""
        self._ended.set()
        self._wanted.set()
        if self._thread is not None:
            self._thread.join()

    def _keep_folding(self) -> None:
        """A fold that fails leaves the last standing, with the reason for every page to say."""
        while not self._ended.is_set():
            self._wanted.wait(LOOK_SECONDS)
            self._wanted.clear()
            began = monotonic()
            try:
                self.fold()
                self.trouble = ""
            except GengangError as fault:
                self.trouble = str(fault)
            self._ended.wait(REST * (monotonic() - began))

    def _folded(self) -> Standing:
        self._day = self._today()
        standing = standing_of(self._lines(None, 0), self._settings, self._day)
        for work in self._warm:
            standing.of(work)
        return standing

    def _lines(self, kinds: Collection[str] | None, since: int) -> tuple[Fact, ...]:
        """The ledger's memory learns one reader at a time."""
        with self._reading:
            return tuple(self._ledger.read(kinds, since))
