"""One worker of one core against two, at a hub on loopback, and what is read here without any."""

import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from benchmarks.nightly import pythons
from benchmarks.scale.papers import forms, kept_in
from extractors.by_hash import OriginalsReader, ReadersHere, Wanted
from extractors.elsewhere import PIECE, ReadersElsewhere
from gengang.night import BATCH
from gengang.originals import Folder
from tests.far.standing import ALONE, standing


def print_workers(papers: int, seed: int) -> None:
    """Seconds of each, on the wall and of CPU, and what co-ordination adds."""
    with tempfile.TemporaryDirectory() as folder:
        share = Path(folder, "share")
        share.mkdir()
        wanted = kept_in(share, papers, seed)
        print(f"{papers} Word papers, seed {seed}, batches of {BATCH}, pieces of {PIECE}; readers warm")
        spent = {("here", count): spent_here(wanted, share, count) for count in (1, 2)}
        spent |= {("elsewhere", count): spent_elsewhere(wanted, Path(folder), count) for count in (1, 2)}
    for (where, count), (wall, cpu) in spent.items():
        print(f"{count} {where:<10}{wall:9.2f} s on the wall{cpu:9.2f} s CPU{1000 * cpu / papers:9.2f} ms a paper")
    for where in ("here", "elsewhere"):
        one, two = spent[where, 1][0], spent[where, 2][0]
        print(f"{where}: two are {one / two:.2f} times one; of two cores' time {1 - one / two / 2:.0%} is lost")
    more = [spent["elsewhere", count][1] / spent["here", count][1] - 1 for count in (1, 2)]
    print(f"hub, line and run take {more[0]:.0%} more CPU with one worker, {more[1]:.0%} with two")


def spent_here(wanted: Sequence[Wanted], share: Path, readers: int) -> tuple[float, float]:
    """By so many readers of this machine."""
    with ReadersHere(forms(), replace(ALONE, readers=readers), Folder(share)) as here:
        return spent_by(here, wanted)


def spent_elsewhere(wanted: Sequence[Wanted], folder: Path, workers: int) -> tuple[float, float]:
    """By so many workers of one core each."""
    with (
        tempfile.TemporaryDirectory(dir=folder) as apart,
        standing(Path(apart), workers, share=folder / "share") as stood,
        ReadersElsewhere(forms(), ALONE, stood.address) as there,
    ):
        return spent_by(there, wanted)


def spent_by(readers: OriginalsReader, wanted: Sequence[Wanted]) -> tuple[float, float]:
    """Seconds on the wall and of CPU for all of them in batches, when each reader has read something before."""
    readers.read(wanted[: 2 * BATCH])
    batches = [wanted[first : first + BATCH] for first in range(0, len(wanted), BATCH)]
    wall, cpu = time.monotonic(), cpu_of_all()
    readers.expect(batches)
    for batch in batches:
        readers.read(batch)
    return time.monotonic() - wall, cpu_of_all() - cpu


def cpu_of_all() -> float:
    """Seconds of this process and the Python programs that descend from it, those that ended too."""
    ticks = 0
    for process in pythons(os.getpid()):
        with suppress(OSError):
            said = Path(f"/proc/{process}/stat").read_text("utf-8", "replace").rpartition(") ")[2].split()
            ticks += sum(map(int, said[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")
