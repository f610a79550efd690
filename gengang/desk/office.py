"""The desk as a whole: the workspace, its ledger and standing, who is signed in, and the run that is under way."""

import getpass
import platform
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import date

from gengang.desk.accounts import FILE, Accounts
from gengang.desk.pace import PASSWORDS, REQUESTS, Buckets
from gengang.desk.pictures import PictureRoom
from gengang.desk.previews import Previews
from gengang.desk.running import RunWatch
from gengang.desk.sentences import Sentences
from gengang.desk.sessions import Session, Sessions
from gengang.desk.standing import Standing, StandingKeeper
from gengang.desk.weighing import Scales
from gengang.facts import Actor
from gengang.ledger import Ledger, open_ledger
from gengang.season import HeldPaper
from gengang.settings import Settings
from gengang.workspace import checked_workspace


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that a handler may ask. secure: it is reached over TLS alone."""

    settings: Settings
    ledger: Ledger
    standings: StandingKeeper
    accounts: Accounts
    sessions: Sessions
    requests: Buckets
    passwords: Buckets
    runs: RunWatch
    pictures: PictureRoom
    scales: Scales
    secure: bool = False
    previews: Previews = field(default_factory=Previews)
    sentences: Sentences = field(default_factory=Sentences)

    @property
    def open_to_all(self) -> bool:
        """One person at one PC: no account was made, and the desk is reached from this machine alone."""
        return not self.accounts.all()

    def actor(self, session: Session, command: str) -> Actor:
        """Who makes a line: the account, or whoever is signed in at this PC."""
        name = session.account or getpass.getuser()
        return Actor(name, session.role or "office", platform.node(), f"desk {command}")

    def close(self) -> None:
        """Gives everything back."""
        self.runs.stop()
        self.previews.close()
        self.standings.stop()
        self.pictures.close()
        self.ledger.close()


def nothing(_: Standing) -> Iterable[HeldPaper]:
    """No paper."""
    return ()


def open_desk(
    settings: Settings,
    warm: Collection[Callable[[Standing], object]] = (),
    wanted: Callable[[Standing], Iterable[HeldPaper]] = nothing,
    clock: Callable[[], float] = time.monotonic,
    today: Callable[[], date] = date.today,
    secure: bool = False,
) -> Desk:
    """A desk over a workspace; not yet folding behind the scenes. Raises GengangError where a run could not start.

    wanted: papers of which pictures will be asked for.
    """
    settings = checked_workspace(settings, needs_roster=False)
    pictures, scales = PictureRoom(settings), Scales()

    def idle(standing: Standing, goes_on: Callable[[], bool]) -> None:
        pictures.queue(wanted(standing), tuple(standing.forms.values()))
        scales.weigh(standing, goes_on)

    with ExitStack() as stack:
        ledger = stack.enter_context(closing(open_ledger(settings)))
        standings = StandingKeeper(ledger, settings, today, warm, scales.weights, idle)
        stack.pop_all()
    return Desk(
        settings, ledger, standings, Accounts(settings.workspace / FILE), Sessions(clock), Buckets(REQUESTS, clock),
        Buckets(PASSWORDS, clock), RunWatch(settings), pictures, scales, secure,
    )  # fmt: skip
