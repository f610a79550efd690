"""What a ledger says is in force: its last rules, its last finished run, and what was known on a past day."""

from collections.abc import Iterable, Sequence
from datetime import date

from gengang.errors import SchemeError, WorkspaceError
from gengang.facts import Fact, latest
from gengang.scheme import Scheme
from gengang.schemefile import scheme_from_toml


def scheme_in_force(facts: Iterable[Fact]) -> Scheme | None:
    """The last rules that these lines state; None where they state none, or none that this program reads."""
    rules = latest(facts, "scheme").get(("scheme", ""))
    try:
        return None if rules is None else scheme_from_toml(str(rules.data["text"]))
    except SchemeError:
        return None


def scheme_stated(facts: Iterable[Fact]) -> Scheme:
    """The same. Raises WorkspaceError where there are none: the next run writes those of the scheme file."""
    scheme = scheme_in_force(facts)
    if scheme is None:
        raise WorkspaceError("台账里还没有这个版本能用的方案：请先运行 gengang run。")
    return scheme


def last_run(facts: Iterable[Fact]) -> Fact | None:
    """The line of the last run that came to its end and had something to tell."""
    return latest(facts, "run").get(("run", "done"))


def known_by(facts: Sequence[Fact], as_of: date) -> tuple[Fact, ...]:
    """What the last run that judged as of this day or an earlier one knew, so that its answer can be had again.

    Everything when no run judged as of an earlier day and a later one, for then nothing came in between.
    """
    runs = [(date.fromisoformat(str(fact.data["as_of"])), fact.sequence) for fact in facts
            if fact.kind == "run" and fact.data.get("phase") == "done"]  # fmt: skip
    early = [number for day, number in runs if day <= as_of]
    if not early or all(day <= as_of for day, _ in runs):
        return tuple(facts)
    return tuple(fact for fact in facts if fact.sequence <= max(early))


def day_to_judge(facts: Sequence[Fact], scheme: Scheme) -> date:
    """The day as of which the last finished run judged; before one the scheme's closing, else the last line's day."""
    done = last_run(facts)
    if done is not None:
        return date.fromisoformat(str(done.data["as_of"]))
    return scheme.closing or max((date.fromisoformat(fact.at[:10]) for fact in facts), default=date.min)
