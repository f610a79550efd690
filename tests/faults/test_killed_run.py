"""A whole run killed at any line and run again ends in the same facts and the same outbox as an undisturbed one."""

import os
import random
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from gengang.facts import Fact, canonical
from gengang.ledger import open_ledger
from gengang.ledger_verify import verify
from gengang.settings import Settings
from tests.unit.evidence_pictures import FILM
from tests.whole.samples import bytes_under, copied, few, made_once, settings_for

DRIVER = Path(__file__).with_name("killed.py")
ROOT = DRIVER.parents[2]
PARTS = 2  # one for each worker
MOMENTS = 200 if os.environ.get("GENGANG_SOAK") else 8
KILLED, FINISHED = "-9", "0"


def driver(arguments: list[str], given: str = "") -> str:
    """What the driver prints."""
    done = subprocess.run(
        [sys.executable, str(DRIVER), *arguments],
        input=given,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=7200,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def with_film(settings: Settings) -> Path:
    """A workspace in whose inbox lies evidence besides."""
    film = settings.inbox / "叶玉桂 听课" / "1.mp4"
    film.parent.mkdir()
    film.write_bytes(FILM)
    os.utime(film, (1_476_235_800, 1_476_235_800))  # a file's time is part of what the ledger says
    return settings.workspace


def undisturbed(factory: pytest.TempPathFactory) -> tuple[Path, list[int]]:
    """A season that nothing disturbed, and the moments at which its lines ran for the first time."""
    source = few(factory)

    def make(half: Path) -> None:
        with_film(copied(source, half))
        (half / "moments").write_text(driver(["TRACE", str(half)]), encoding="utf-8")

    workspace = made_once(factory, "undisturbed", make)
    return workspace, [int(word) for word in (workspace / "moments").read_text(encoding="utf-8").split()]


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


def spread(moments: list[int], count: int) -> list[int]:
    """So many moments drawn with a fixed seed, one from each stretch of the season."""
    drawn = random.Random(2016)
    edges = [len(moments) * number // count for number in range(count + 1)]
    return [drawn.choice(moments[start:end]) for start, end in pairwise(edges)]


@pytest.mark.parametrize("part", range(PARTS))
def test_killed_at_any_line_and_run_again_it_ends_the_same(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, part: int
) -> None:
    calm, moments = undisturbed(tmp_path_factory)
    assert len(moments) > 200, "the driver watches no lines"
    wanted_facts, wanted_outbox = facts_said(calm), bytes_under(calm / "outbox")
    moments = spread(moments, MOMENTS)[part::PARTS]
    spaces = [with_film(copied(few(tmp_path_factory), tmp_path / str(moment))) for moment in moments]
    ended = driver(["DIE"], "".join(f"{space}\t{space.name}\n" for space in spaces)).split()
    assert ended == [KILLED, FINISHED] * len(spaces)
    for workspace in spaces:
        assert bytes_under(workspace / "inbox") == {}, workspace
        assert bytes_under(workspace / "outbox").keys() == wanted_outbox.keys(), workspace
        assert bytes_under(workspace / "outbox") == wanted_outbox, workspace
        assert facts_said(workspace) == wanted_facts, workspace


def test_the_undisturbed_season_is_worth_comparing(tmp_path_factory: pytest.TempPathFactory) -> None:
    calm, _ = undisturbed(tmp_path_factory)
    kinds = Counter(kind for kind, *_ in facts_said(calm))
    assert kinds.keys() >= {
        "arrival",
        "duplicate",
        "refused",
        "reading",
        "evidence",
        "match",
        "paper",
        "number_spent",
        "run",
    }
    assert len(bytes_under(calm / "outbox")) > 20
