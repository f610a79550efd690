"""Every time that something came in, in the order of the ledger: its number for ever, and of which intake it was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from gengang.facts import Fact

CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Arrived:
    """One arrival of one file.

    number: from 1, of the ledger's order alone, so that it never changes. again: number of the first arrival of these
    bytes, 0 for the first itself. intake: how many runs had ended before it; day: in China, when it was taken in.
    received: the day that its folder states; by: who ran the intake. path is empty once the person was erased.
    """

    number: int
    sha256: str
    path: str
    where_from: str
    received: date | None
    by: str
    day: date
    intake: int
    again: int = 0


def arrived_of(facts: Iterable[Fact]) -> tuple[tuple[Arrived, ...], int]:
    """All arrivals, and how many runs have ended: those of that intake no run has told of yet."""
    found: list[Arrived] = []
    first: dict[str, int] = {}
    ended = 0
    for fact in facts:
        if fact.kind == "run" and fact.data.get("phase") == "done":
            ended += 1
        elif fact.kind in ("arrival", "duplicate"):
            number = len(found) + 1
            found.append(_arrived(fact, number, ended, first.setdefault(fact.subject, number)))
    return tuple(found), ended


def _arrived(fact: Fact, number: int, intake: int, first: int) -> Arrived:
    personal = fact.personal or {}
    received = fact.data["received"]
    stated = date.fromisoformat(received) if isinstance(received, str) else None
    return Arrived(
        number, fact.subject, str(personal.get("path", "")), str(personal.get("where_from", "")), stated,
        fact.actor.user, datetime.fromisoformat(fact.at).astimezone(CHINA).date(), intake,
        0 if first == number else first,
    )  # fmt: skip
