"""What a person tells the ledger by a command: who tells it, where and when, and what is said back."""

from dataclasses import dataclass
from datetime import date, datetime

from gengang.facts import Actor
from gengang.mailed import CHINA
from gengang.settings import Settings


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded, in sentences for the terminal; exit code 1 where a person should look again."""

    lines: tuple[str, ...]
    exit_code: int = 0


@dataclass(frozen=True, slots=True)
class Desk:
    """The workspace a person records in. actor, at: for the line, UTC. by: whose word it is, empty for who types."""

    settings: Settings
    actor: Actor
    at: str
    by: str = ""

    @property
    def now(self) -> datetime:
        """The time in China."""
        return datetime.fromisoformat(self.at).astimezone(CHINA)

    @property
    def today(self) -> date:
        """The day in China."""
        return self.now.date()

    def name(self, by: str = "") -> str:
        """Who it was: the one who is named, else whoever types."""
        return by.strip() or self.by.strip() or self.actor.user
