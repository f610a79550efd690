"""One worker of one core against two, at a hub on loopback, and what is read here without any."""

import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.scale.papers import forms, kept_in
from extractors.by_hash import OriginalsReader, ReadersHere, Wanted
from extractors.elsewhere import ReadersElsewhere
from gengang.night import BATCH
from gengang.originals import Folder
from tests.far.standing import PATIENT, standing


def print_workers(papers: int, seed: int) -> None:
    """Seconds of each, and what co-ordination loses."""
    with tempfile.TemporaryDirectory() as folder:
        share = Path(folder, "share")
        share.mkdir()
        wanted = kept_in(share, papers, seed)
        print(f"{papers} Word papers, seed {seed}, batches of {BATCH}; seconds on the wall, readers warm")
        read = {f"here, {count} reader(s)": seconds_here(wanted, share, count) for count in (1, 2)}
        read |= {f"elsewhere, {count} worker(s)": seconds_elsewhere(wanted, Path(folder), count) for count in (1, 2)}
        for name, seconds in read.items():
            print(f"{name:>22}{seconds:9.2f} s{1000 * seconds / papers:9.2f} ms a paper")
        for where in ("here", "elsewhere"):
            one, two = (seconds for name, seconds in read.items() if name.startswith(f"{where},"))
            print(f"{where}: two are {one / two:.2f} times one; of two cores' time {1 - one / two / 2:.0%} is lost")


def seconds_here(wanted: Sequence[Wanted], share: Path, readers: int) -> float:
    """By so many readers of this machine."""
    with ReadersHere(forms(), replace(PATIENT, readers=readers), Folder(share)) as here:
        return seconds_of(here, wanted)


def seconds_elsewhere(wanted: Sequence[Wanted], folder: Path, workers: int) -> float:
    """By so many workers of one core each."""
    with (
        tempfile.TemporaryDirectory(dir=folder) as apart,
        standing(Path(apart), workers, share=folder / "share") as stood,
        ReadersElsewhere(forms(), PATIENT, stood.address) as there,
    ):
        return seconds_of(there, wanted)


def seconds_of(readers: OriginalsReader, wanted: Sequence[Wanted]) -> float:
    """For all of them in batches, when each reader has read something before."""
    readers.read(wanted[: 2 * BATCH])
    batches = [wanted[first : first + BATCH] for first in range(0, len(wanted), BATCH)]
    began = time.monotonic()
    readers.expect(batches)
    for batch in batches:
        readers.read(batch)
    return time.monotonic() - began
