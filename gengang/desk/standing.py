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
OVERLAID = ("decision", "settled", "rechecked")  # kinds of line that a page shows before the season is folded again
LOOK_SECONDS = 1.0  # how often another program's lines are looked for
REST = 9.0  # folds are this many times their own length apart: while clerks settle and runs write, pages have room
SAID = frozenset(
    {"settled", "looked_at", "rechecked"}
)  # kinds that change one paper's fields, and none of what lasts longer


@dataclass(frozen=True, slots=True)
class Standing:
    """The season up to a line of the ledger. forms: stem -> form, with those of earlier releases behind today's.

    papers: key -> paper. quiet: number of the last line that is more than a word on a field.
    weights: what is known of what hangs on open fields, by the time it is asked.
    """

    sequence: int
    facts: tuple[Fact, ...]
    judged: Judged
    templates: Templates
    forms: Mapping[str, Form]
    papers: Mapping[str, HeldPaper]
    quiet: int = 0
    weights: Callable[[], Mapping[str, Any]] = dict
    _worked_out: dict[Callable[..., Any], Any] = field(default_factory=dict, repr=False, compare=False)
    _lasting: dict[str, tuple[object, Any]] = field(default_factory=dict, repr=False, compare=False)

    def of(self, work: Callable[["Standing"], T]) -> T:
        """What a function makes of this standing, worked out once."""
        if work not in self._worked_out:
            self._worked_out[work] = work(self)
        found: T = self._worked_out[work]
        return found

    def forget(self, work: Callable[..., object]) -> None:
        """It is to be worked out again: what it rests on is known better now."""
        self._worked_out.pop(work, None)

    def lasting(self, name: str, key: object, work: Callable[[], T]) -> T:
        """The same for what outlives this standing: worked out again only where its key is another one."""
        if self._lasting.get(name, (None, None))[0] != key:
            self._lasting[name] = (key, work())
        found: T = self._lasting[name][1]
        return found


@dataclass(frozen=True, slots=True)
class Now:
    """A standing and what was decided since. head: number of the ledger's last line; touched: of which papers."""

    standing: Standing
    since: tuple[Fact, ...]
    head: int
    touched: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Asked for of every paper of a list."""
        object.__setattr__(self, "touched", frozenset(fact.subject for fact in self.since))

    @property
    def judged(self) -> Judged:
        """The season as it was folded last."""
        return self.standing.judged

    @property
    def is_current(self) -> bool:
        """Whether everything in the ledger is in the standing."""
        return self.head <= self.standing.sequence


def standing_of(
    facts: Collection[Fact], settings: Settings, today: date, weights: Callable[[], Mapping[str, Any]] = dict,
    lasting: dict[str, tuple[object, Any]] | None = None,
) -> Standing:  # fmt: skip
    """The standing that lines come to. lasting: what earlier ones left.

    Raises WorkspaceError, SchemeError or TemplatesError for a broken workspace.
    """
    lines = tuple(facts)
    scheme = scheme_in_force(lines) or scheme_of(settings)
    templates = templates_of(settings, scheme)
    judged = judged_of(lines, scheme, min(filter(None, (today, scheme.closing))))
    forms = {form.stem: form for form in reversed(templates.readable)}
    papers = {held.paper.key: held for held in judged.season.papers}
    quiet = next((fact.sequence for fact in reversed(lines) if fact.kind not in SAID), 0)
    last = lines[-1].sequence if lines else 0
    return Standing(
        last, lines, judged, templates, forms, papers, quiet, weights, {}, {} if lasting is None else lasting
    )


Idle = Callable[[Standing, Callable[[], bool]], object]  # what is done between folds, while the second says to go on


def do_nothing(_: Standing, __: Callable[[], bool]) -> None:
    """Between folds."""


class StandingKeeper:
    """Keeps the last standing. warm: what pages ask of it first, worked out before it is shown; weights: what is known
    of what hangs on open fields; idle: what is done between two folds.
    """

    def __init__(
        self, ledger: Ledger, settings: Settings, today: Callable[[], date],
        warm: Collection[Callable[[Standing], object]] = (), weights: Callable[[], Mapping[str, Any]] = dict,
        idle: Idle = do_nothing,
    ) -> None:  # fmt: skip
        self._ledger, self._settings, self._today, self._warm = ledger, settings, today, tuple(warm)
        self._weights, self._idle = weights, idle
        self._reading, self._folding = Lock(), Lock()
        self._wanted, self._hurry, self._ended = Event(), Event(), Event()
        self._lasting: dict[str, tuple[object, Any]] = {}
        self._thread: Thread | None = None
        self.trouble = ""
        self._standing = self._folded()
        self._now: Now | None = None  # as it was last asked for: twenty clerks ask between two lines

    def now(self) -> Now:
        """The standing with what came since; a fold is asked for when something did."""
        standing, head, last = self._standing, self._ledger.head()[0], self._now
        if head > standing.sequence:
            self._wanted.set()
        if last is None or last.standing is not standing or last.head != head:
            came = self.lines(OVERLAID, standing.sequence) if head > standing.sequence else ()
            last = self._now = Now(standing, came, head)
        return last

    def fold(self) -> Standing:
        """Fold at once, unless nothing came."""
        with self._folding:
            if self._ledger.head()[0] > self._standing.sequence or self._today() != self._day:
                self._standing = self._folded()
        return self._standing

    def soon(self) -> None:
        """Something was decided of which the next page should know: no rest before the next fold."""
        self._hurry.set()
        self._wanted.set()

    def start(self) -> None:
        """Fold behind the scenes from now on."""
        self._thread = Thread(target=self._keep_folding, name="standing", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """No fold begins any more; one under way is waited for."""
        self._ended.set()
        self.soon()
        if self._thread is not None:
            self._thread.join()

    def _keep_folding(self) -> None:
        """A fold that fails leaves the last standing, with the reason for every page to say."""
        while not self._ended.is_set():
            began = monotonic()
            try:
                standing = self.fold()
                self.trouble = ""
                self._rest(standing, monotonic() + REST * (monotonic() - began))
            except GengangError as fault:
                self.trouble = str(fault)
            self._hurry.clear()
            if not self._ended.is_set():
                self._wanted.wait(LOOK_SECONDS)
                self._wanted.clear()

    def _rest(self, standing: Standing, until: float) -> None:
        """Pages have the machine until then, but for what is done meanwhile; somebody's hurry ends it."""

        def goes_on() -> bool:
            return not self._hurry.is_set() and (monotonic() < until or not self._wanted.is_set())

        self._idle(standing, goes_on)
        self._hurry.wait(max(0.0, until - monotonic()))

    def _folded(self) -> Standing:
        self._day = self._today()
        standing = standing_of(self.lines(None), self._settings, self._day, self._weights, self._lasting)
        for work in self._warm:
            standing.of(work)
        return standing

    def lines(self, kinds: Collection[str] | None, since: int = 0) -> tuple[Fact, ...]:
        """Lines of these kinds, all when None, after a number: the ledger's memory learns one reader at a time."""
        with self._reading:
            return tuple(self._ledger.read(kinds, since))
