"""A whole run killed at any moment and run again ends in the same facts and the same files as an undisturbed one."""

from collections import Counter
from pathlib import Path

import pytest

from gengang.facts import Fact, canonical
from gengang.ledger import open_ledger
from gengang.ledger_verify import verify
from tests.faults.killed import Course, Moment, course_of
from tests.faults.killing import FINISHED, KILLED, SOAK, driver, spread
from tests.faults.mixed import mixed
from tests.whole.samples import bytes_under, copied, made_once, settings_for

# ONCE: how many workspaces are killed once; LIVES: how often each of the others is, going on with what it had done.
ARRIVALS, MOMENTS, ONCE, LIVES = (300, 200, 20, 9) if SOAK else (42, 2, 1, 1)
WORKSPACES = ONCE + (MOMENTS - ONCE) // LIVES


def undisturbed(factory: pytest.TempPathFactory) -> Path:
    """A season that nothing disturbed; its course lies beside it as `course`."""
    source = mixed(factory, ARRIVALS)

    def make(half: Path) -> None:
        copied(source, half / "w")
        driver(["TRACE", "season", str(half / "w"), str(half / "course")])

    return made_once(factory, "undisturbed", make)


def said(fact: Fact) -> tuple[str, str, str, str]:
    """What a line says, without its place in the ledger and its time."""
    return fact.kind, fact.subject, canonical(fact.data), canonical(fact.personal)


def facts_said(workspace: Path) -> Counter[tuple[str, str, str, str]]:
    """Every line, in whatever order, and of the runs the last; the chain is whole."""
    ledger = open_ledger(settings_for(workspace))
    try:
        assert verify(ledger) == ()
        *_, last_run = ledger.read(kinds=("run",))
        return Counter([said(last_run), *(said(fact) for fact in ledger.read() if fact.kind != "run")])
    finally:
        ledger.close()


def chosen(course: Course) -> list[list[Moment]]:
    """For each workspace when it is killed, in order.

    Half of all moments are spread over the lines of the season, half over its time, of which most is spent waiting for
    readers and for LibreOffice.
    """
    lines = [(number, 0) for number in range(len(course.places))]
    moments = sorted([*spread(lines, MOMENTS // 2), *spread(course.clock, MOMENTS // 2)])
    once = [[moments.pop(number * MOMENTS // ONCE - number)] for number in range(ONCE)]
    return [*once, *(moments[number :: WORKSPACES - ONCE] for number in range(WORKSPACES - ONCE))]


@pytest.mark.parametrize("number", range(WORKSPACES))
def test_killed_at_any_moment_and_run_again_it_ends_the_same(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, number: int
) -> None:
    calm = undisturbed(tmp_path_factory)
    course = course_of(calm / "course")
    assert len(course.places) > 500, "the driver watches no lines"
    moments = chosen(course)[number]
    workspace = copied(mixed(tmp_path_factory, ARRIVALS), tmp_path / "w").workspace
    told = "\t".join(f"{place}+{lines}" for place, lines in moments)
    ended = driver(["DIE", "season", str(calm / "course")], f"{workspace}\t{told}\n").split()
    assert ended == [KILLED] * len(moments) + [FINISHED], told
    assert bytes_under(workspace / "inbox") == {}, told
    wanted = files_left(calm / "w")
    assert files_left(workspace).keys() == wanted.keys(), told
    assert files_left(workspace) == wanted, told
    assert facts_said(workspace) == facts_said(calm / "w"), told


def test_all_moments_are_there(tmp_path_factory: pytest.TempPathFactory) -> None:
    killed = chosen(course_of(undisturbed(tmp_path_factory) / "course"))
    assert [len(moments) for moments in killed] == [1] * ONCE + [LIVES] * (WORKSPACES - ONCE)
    assert sum(map(len, killed)) == MOMENTS


def files_left(workspace: Path) -> dict[str, bytes]:
    """What lies in the outbox and in the archive."""
    return {f"{folder}/{name}": data for folder in ("outbox", "archive")
            for name, data in bytes_under(workspace / folder).items()}  # fmt: skip


def test_the_undisturbed_season_is_worth_comparing(tmp_path_factory: pytest.TempPathFactory) -> None:
    calm = undisturbed(tmp_path_factory) / "w"
    said = facts_said(calm)
    kinds = Counter(kind for kind, *_ in said.elements())
    assert kinds["arrival"] + kinds["duplicate"] == ARRIVALS
    assert kinds["duplicate"] >= 2
    assert kinds["refused"] >= 5
    assert kinds.keys() >= {"reading", "evidence", "match", "paper", "number_spent", "run"}
    media = {medium for medium in ("word", "pdf", "scan", "sheet", "video", "slides")
             if any(f'"medium":"{medium}"' in data.replace(" ", "") for _, _, data, _ in said)}  # fmt: skip
    assert media >= {"word", "pdf", "scan", "sheet", "video", "slides"}
    assert len(bytes_under(calm / "outbox")) > 20
