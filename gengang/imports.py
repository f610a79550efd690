"""Imports: what came in together, so that one decision can take it back, with all that followed from it.

Files that came in one intake under one folder of the inbox are one import, and so is each roster of the office. An
import is known by the number of its first line in the ledger, which never changes. Taking back writes one line; the
folds leave out what it names (`facts.standing`, `season.roster_of`). Nothing is deleted.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal

from gengang.facts import Actor, Fact, latest, taken_lines


@dataclass(frozen=True, slots=True)
class Import:
    """Something that can be taken back.

    number: of its first line; kind: `undo` is an earlier taking back. lines: the numbers that count no more with it.
    files: SHA-256 of what came; where: folder of the inbox, or what it is. taken: it was taken back.
    """

    number: int
    kind: Literal["files", "roster", "undo"]
    at: str
    user: str
    where: str
    lines: tuple[int, ...]
    files: tuple[str, ...] = ()
    first_name: str = ""
    taken: bool = False
    subject: str = ""


def imports_of(facts: Iterable[Fact]) -> tuple[Import, ...]:
    """Every import, in order of its number."""
    lines = tuple(facts)
    taken = taken_lines(lines)
    groups = (*_groups_of_files(lines), *_rosters(lines))
    found = [_with_taken(one, taken) for one in (*groups, *_undone(lines))]
    return tuple(sorted(found, key=lambda one: one.number))


def _with_taken(one: Import, taken: Collection[int]) -> Import:
    gone = one.kind != "undo" and set(one.lines) <= set(taken)
    return Import(one.number, one.kind, one.at, one.user, one.where, one.lines, one.files, one.first_name, gone,
                  one.subject or f"import-{one.number}")  # fmt: skip


def _groups_of_files(lines: Sequence[Fact]) -> Iterator[Import]:
    """Two runs in one second are told apart by the end of the first."""
    groups: dict[tuple[int, str, str], list[Fact]] = {}
    runs = 0
    for fact in lines:
        runs += fact.kind == "run"
        if fact.kind in ("arrival", "duplicate"):
            groups.setdefault((runs, fact.at, _folder(fact)), []).append(fact)
    for (_, at, folder), came in groups.items():
        numbers, files = tuple(fact.sequence for fact in came), tuple(dict.fromkeys(fact.subject for fact in came))
        name = PurePosixPath(str((came[0].personal or {}).get("path", ""))).name
        yield Import(numbers[0], "files", at, came[0].actor.user, folder, numbers, files, name)


def _folder(fact: Fact) -> str:
    """The outermost folder of the inbox, empty for what lay in none or was erased."""
    parts = PurePosixPath(str((fact.personal or {}).get("path", ""))).parts
    return parts[0] if len(parts) > 1 else ""


def _rosters(lines: Iterable[Fact]) -> Iterator[Import]:
    """Rosters of the office; one that we made follows from the sign-up papers, and is made anew."""
    for fact in lines:
        if fact.kind == "roster" and fact.data.get("made_from") != "signups":
            yield Import(fact.sequence, "roster", fact.at, fact.actor.user, "roster.xlsx", (fact.sequence,))


def _undone(lines: Iterable[Fact]) -> Iterator[Import]:
    for (subject, _), fact in latest(lines, "taken_back").items():
        if fact.data["back"]:
            numbers: Any = fact.data["lines"]
            yield Import(fact.sequence, "undo", fact.at, fact.actor.user, f"撤回第{subject.rpartition('-')[2]}号",
                         tuple(numbers), subject=subject)  # fmt: skip


def taken_back_fact(one: Import, why: str, by: str, actor: Actor, at: str) -> Fact:
    """The decision as a line: an import counts no more, or, for a taking back, counts again."""
    data = {"lines": list(one.lines), "back": one.kind != "undo"}
    return Fact("taken_back", one.subject, data, actor, at, {"why": why, "by": by})
