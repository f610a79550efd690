"""What each stage of a night costs for ever more papers, and how fast that grows."""

import math
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.nightly import Clock
from benchmarks.scale.papers import workspace_of
from gengang.intake import actor_here
from gengang.mailbox import Fetched
from gengang.night import Done, judge, print_papers, read_new, settle_roster, take_in, tell
from gengang.processes import resident_megabytes
from gengang.settings import Settings
from gengang.under_way import RunRequest, opened

AT = "2016-12-20T18:30:00Z"
STAGES = ("take in", "read", "roster", "judge", "tell")
ALL = "all"


def print_stages(sizes: Sequence[int], seed: int, printing: bool) -> None:
    """One line a size, and one of exponents between each two."""
    stages = (*STAGES, *(["print"] if printing else []), ALL)
    print(f"Word papers of an invented cohort, seed {seed}, SQLite; CPU seconds (on the wall)")
    print(f"{'papers':>8}" + "".join(f"{name:>18}" for name in stages) + f"{'disk MB':>10}{'memory MB':>11}")
    before: tuple[int, Mapping[str, float]] | None = None
    for papers in sizes:
        with ProcessPoolExecutor(1, get_context("spawn")) as apart:  # memory and caches are each size's own
            clock, disk, memory = apart.submit(night_of, papers, seed, printing).result()
        told = {name: (wall, cpu) for name, wall, cpu in clock}
        told[ALL] = (sum(told[name][0] for name in stages[:-1]), sum(told[name][1] for name in stages[:-1]))
        cells = "".join(f"{told[name][1]:10.2f} ({told[name][0]:5.1f})" for name in stages)
        print(f"{papers:>8}{cells}{disk:>10.0f}{memory:>11}", flush=True)
        spent = {name: cpu for name, (_, cpu) in told.items()}
        if before is not None:
            print("exponent" + "".join(f"{slope(before, (papers, spent), name):>18.2f}" for name in stages), flush=True)
        before = (papers, spent)


def slope(before: tuple[int, Mapping[str, float]], after: tuple[int, Mapping[str, float]], stage: str) -> float:
    """Of log seconds over log papers."""
    (few, first), (many, last) = before, after
    return math.log(max(last[stage], 0.001) / max(first[stage], 0.001)) / math.log(many / few)


def night_of(papers: int, seed: int, printing: bool) -> tuple[list[tuple[str, float, float]], float, int]:
    """Stages with their seconds on the wall and of CPU, megabytes of ledger and originals, megabytes of memory."""
    with tempfile.TemporaryDirectory() as folder:
        settings = workspace_of(Path(folder), papers, seed)
        clock, memory = staged(settings, printing)
        return clock.stages, megabytes_of(settings), memory


def staged(settings: Settings, printing: bool) -> tuple[Clock, int]:
    """A night of a workspace, its stages timed, and megabytes of memory."""
    clock = Clock()
    request = RunRequest(settings, None, actor_here("bench"), AT, lambda _stage, _done, _total: None)
    with opened(request) as under_way:
        intake = clock.timed("take in", lambda: take_in(under_way))
        read = clock.timed("read", lambda: read_new(under_way))
        findings = clock.timed("roster", lambda: settle_roster(under_way))
        judged = clock.timed("judge", lambda: judge(under_way))
        pressed = clock.timed("print", lambda: print_papers(under_way, judged)) if printing else ()
        done = Done(None, intake, read, findings, judged, pressed, Fetched())
        clock.timed("tell", lambda: tell(under_way, done))
        return clock, resident_megabytes()


def megabytes_of(settings: Settings) -> float:
    """The ledger and the originals, without the copies under their own names."""
    originals = settings.archive.glob("[0-9a-f][0-9a-f]/*")
    ledger = settings.workspace.glob("gengang.db*")
    return sum(path.stat().st_size for path in (*originals, *ledger)) / 1e6
