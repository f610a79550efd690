"""Copies of refused files in `outbox/待处理`: out of the clerk's way while what they came with is taken back."""

from collections.abc import Iterable
from pathlib import Path

from gengang.facts import Fact, latest, standing
from gengang.press import WITHDRAWN
from gengang.settings import Settings


def keep_asides_in_step(settings: Settings, facts: Iterable[Fact]) -> None:
    """Moves the copies away while their import is taken back, and back when it counts again. Raises OSError."""
    lines = tuple(facts)
    if not latest(lines, "taken_back"):
        return
    counts = {(fact.kind, fact.subject) for fact in standing(lines)}
    put_off = settings.outbox / WITHDRAWN / settings.aside.name
    for fact in latest(lines, "refused").values():
        name = str((fact.personal or {}).get("aside", ""))
        if name:
            stands = ("refused", fact.subject) in counts
            source, target = (put_off, settings.aside) if stands else (settings.aside, put_off)
            for file in (name, f"{name}.说明.txt"):
                _moved(source / file, target / file)


def _moved(source: Path, target: Path) -> None:
    if source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)
