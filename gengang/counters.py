"""The counters of a run, stage by stage, as the ledger keeps them; a night in which nothing moved has no line."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from gengang.facts import Actor, Fact, latest

PHASE = "stages"


@dataclass(frozen=True, slots=True)
class Counters:
    """What a run did. arrived: files, and duplicates; read: files; judged: people; printed, held: papers; needs: things
    for a person."""

    arrived: int
    read: int
    judged: int
    printed: int
    held: int
    needs: int

    @property
    def moved(self) -> bool:
        """Whether the run did anything; the others are as they stand."""
        return bool(self.arrived or self.read or self.printed)


def lines_of_counters(runs: Iterable[Fact], counters: Counters, actor: Actor, at: str) -> list[Fact]:
    """The line to be written before the run's last one, or none. runs: the lines of earlier runs.

    `after` names the last run that had something to tell, so that two nights with equal counts are two lines.
    """
    last = latest(runs, "run")
    done, before = last.get(("run", "done")), last.get(("run", PHASE))
    said = asdict(counters)
    if before is not None and not counters.moved:
        standing = ("judged", "held", "needs")
        if all(before.data.get(name) == said[name] for name in standing):
            return []
    after = 0 if done is None else done.sequence
    return [Fact("run", "run", {"phase": PHASE, "after": after, **said}, actor, at)]
