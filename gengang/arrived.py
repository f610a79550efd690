"""Every time that something came in, in the order of the ledger: its number for ever, and of which intake it was."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from gengang.facts import FILING, Fact, file_of, values_of

RECEIPTS = "receipts"  # phase of a run in which it tells the senders


@dataclass(frozen=True, slots=True)
class Arrived:
    """One arrival of one file.

    number: from 1, of the ledger's order alone, so that it never changes. again: number of the first arrival of these
    bytes, 0 for the first itself. intake: how many runs had ended before it. received: the day that its folder states;
    by: who ran the intake. back: somebody took it back. path is empty then, and once the person was erased.
    erased: it, or something in it, was erased by request.
    """

    number: int
    sha256: str
    path: str
    where_from: str
    received: date | None
    by: str
    intake: int
    again: int = 0
    back: bool = False
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """All arrivals, and how many runs have ended: of the intake with that number no run has told to its end.

    days: number of an intake -> the day as of which its senders were told, also where the run was killed thereafter.
    """

    arrived: tuple[Arrived, ...] = ()
    intakes: int = 0
    days: Mapping[int, date] = field(default_factory=dict)

    def day_told(self, as_of: date) -> date:
        """The day that the receipts of this intake bear: the first as of which they were told, else this one."""
        return self.days.get(self.intakes, as_of)


NO_DOOR = Door()


def door_of(facts: Iterable[Fact], taken: Collection[int] = ()) -> Door:
    """What all lines say of it. taken: lines that were taken back; they keep their numbers, so that none changes."""
    found: list[Arrived] = []
    erased: set[str] = set()
    first: dict[str, int] = {}
    days: dict[int, date] = {}
    ended = 0
    for fact in facts:
        if fact.erased and fact.kind in ("arrival", "duplicate", *FILING):
            erased.add(file_of(fact.subject))
        if fact.kind == "run" and fact.data.get("phase") == "done":
            ended += 1
        elif fact.kind == "run" and fact.data.get("phase") == RECEIPTS:
            days[int(str(fact.data["intake"]))] = date.fromisoformat(str(fact.data["as_of"]))
        elif fact.kind in ("arrival", "duplicate"):
            number = len(found) + 1
            if fact.sequence in taken:
                found.append(Arrived(number, fact.subject, "", "", None, fact.actor.user, ended, back=True))
            else:
                found.append(_arrived(fact, number, ended, first.setdefault(fact.subject, number)))
    return Door(tuple(replace(one, erased=one.sha256 in erased) for one in found), ended, days)


def _arrived(fact: Fact, number: int, intake: int, first: int) -> Arrived:
    personal = values_of(fact.personal)
    received = fact.data["received"]
    stated = date.fromisoformat(received) if isinstance(received, str) else None
    return Arrived(
        number, fact.subject, str(personal.get("path", "")), str(personal.get("where_from", "")), stated,
        fact.actor.user, intake, 0 if first == number else first,
    )  # fmt: skip
