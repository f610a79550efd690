"""The ways to have other machines read, by one measure: seconds, what a piece costs, what a killed worker costs."""

import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.scale.papers import kept_in
from benchmarks.scale.ways import WITH_PREFECT, WITHOUT_PREFECT, Stood, Way, prefect_server
from extractors.by_hash import Wanted
from extractors.elsewhere import PIECE
from tests.far.unlucky import NOTE

EMPTY = 100  # pieces without a paper, to see what a piece costs


def print_choice(papers: int, seed: int) -> None:
    """One line for each way."""
    with tempfile.TemporaryDirectory() as folder:
        share = Path(folder, "share")
        share.mkdir()
        wanted = kept_in(share, papers, seed)
        print(f"{papers} Word papers in pieces of {PIECE}, seed {seed}, two workers of one core each on loopback")
        print(f"{'':<14}{'start s':>9}{'read s':>9}{'ms a piece':>12}   one killed -9 over a piece of them")
        print_ways(WITHOUT_PREFECT, share, wanted)
        with prefect_server():
            print_ways(WITH_PREFECT, share, wanted)


def print_ways(ways: Mapping[str, Way], share: Path, wanted: Sequence[Wanted]) -> None:
    """One line each."""
    for name, way in ways.items():
        began = time.monotonic()
        with way(share) as stood:
            print_way(name, began, share, stood, wanted)


def print_way(name: str, began: float, share: Path, stood: Stood, wanted: Sequence[Wanted]) -> None:
    """Its figures. began: when it began to stand up."""
    stood.read(wanted[: 4 * PIECE])  # readers are hired, libraries loaded
    start = time.monotonic() - began
    came: list[str] = []
    spent = seconds_of(lambda: came.extend(stood.read(wanted)))
    assert came == [one.sha256 for one in wanted]
    empty = seconds_of(lambda: stood.answered(EMPTY))
    print(f"{name:<14}{start:>9.1f}{spent:>9.2f}{1000 * empty / EMPTY:>12.1f}", end="   ", flush=True)
    print(told_of_loss(share, stood, wanted), flush=True)


def told_of_loss(share: Path, stood: Stood, papers: Sequence[Wanted]) -> str:
    """What became of the papers when a worker was killed with a piece of them in hand."""
    (share / NOTE).unlink(missing_ok=True)
    began = time.monotonic()
    came = stood.read([replace(papers[0], name=f"once {papers[0].name}"), *papers[1:]])
    spent = time.monotonic() - began
    assert (share / NOTE).exists()
    lost = len(papers) - len(came)
    return f"{spent:.1f} s, " + (f"{lost} papers never came" if lost else "every paper came, once")


def seconds_of(act: Callable[[], object]) -> float:
    """On the wall."""
    began = time.monotonic()
    act()
    return time.monotonic() - began
