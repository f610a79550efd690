"""Three ways to have pieces read by workers of other machines; the product has the first alone.

Each stands two workers up, and is asked for readings and for answers without any, from which the cost of a piece is
seen. What does not come back within a time is left out.
"""

import importlib
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.scale.papers import forms
from extractors.by_hash import Wanted
from extractors.elsewhere import (
    Piece,
    ReadersElsewhere,
    Sealed,
    connected,
    packed_forms,
    pieces_of,
    read_piece,
    sealed,
    unsealed,
)
from flows.house import settle
from flows.server import local_server
from gengang.processes import started
from tests.far.standing import ALONE, ROOT, standing

GIVEN_UP_SECONDS = 60.0
UNLUCKY = (sys.executable, "-c", "from tests.far.unlucky import work; work()")
TASKS = "benchmarks.scale.prefect_ways"


@dataclass(frozen=True, slots=True)
class Stood:
    """A way with its workers up. read: the hashes of the papers that came back; answered: so many empty pieces."""

    read: Callable[[Sequence[Wanted]], list[str]]
    answered: Callable[[int], object]


Way = Callable[[Path], AbstractContextManager[Stood]]


def sealed_pieces(wanted: Sequence[Wanted]) -> list[Sealed]:
    """What goes to workers, the same in every way."""
    return [sealed(Piece(piece, *packed_forms(forms()), ALONE)) for piece in pieces_of(wanted)]


def empty_pieces(count: int) -> list[Sealed]:
    """Pieces with forms and without a paper."""
    return [sealed(Piece((), *packed_forms(forms()), ALONE))] * count


def hashes_in(came: Sequence[object]) -> list[str]:
    """Of the papers that came back."""
    return [taken.file.sha256 for said in came if isinstance(said, Sealed) for taken in unsealed(said)]


@contextmanager
def by_dask(share: Path) -> Iterator[Stood]:
    """Dask alone: what the product does."""
    with tempfile.TemporaryDirectory() as folder, standing(Path(folder), 2, UNLUCKY, share) as stood:

        def read(wanted: Sequence[Wanted]) -> list[str]:
            with ReadersElsewhere(forms(), ALONE, stood.address) as readers:
                return [taken.file.sha256 for taken in readers.read(wanted)]

        def answered(count: int) -> object:
            with connected(stood.address) as client:
                return client.gather([client.submit(read_piece, said, pure=False) for said in empty_pieces(count)])

        yield Stood(read, answered)


@contextmanager
def by_prefect_dask(share: Path) -> Iterator[Stood]:
    """A flow whose task runner is the same Dask cluster."""
    with tempfile.TemporaryDirectory() as folder, standing(Path(folder), 2, UNLUCKY, share) as stood:
        flow = importlib.import_module(TASKS).flow_at(stood.address)
        yield _stood(lambda said: list(flow(said)))


@contextmanager
def by_task_workers(share: Path) -> Iterator[Stood]:
    """Prefect's task workers: `task.serve` on their side, `task.delay` on ours, answers through a folder of results."""
    with ExitStack() as all_of_them:
        tasks = importlib.import_module(TASKS)
        command = (sys.executable, "-c", f"from {TASKS} import serve_pieces; serve_pieces()")
        around: Mapping[str, str] = {"PYTHONPATH": str(ROOT), "GENGANG_ORIGINALS": str(share), "GENGANG_READERS": "1"}
        for _ in range(2):
            all_of_them.enter_context(started(command, around))
        yield _stood(lambda said: list(tasks.delayed(said, GIVEN_UP_SECONDS)))


def _stood(ask: Callable[[list[Sealed]], list[object]]) -> Stood:
    return Stood(lambda wanted: hashes_in(ask(sealed_pieces(wanted))), lambda count: ask(empty_pieces(count)))


@contextmanager
def prefect_server() -> Iterator[None]:
    """A server of its own, which this process and its workers speak to."""
    with tempfile.TemporaryDirectory() as folder:
        settle(Path(folder))
        with local_server():
            yield


WITHOUT_PREFECT: Mapping[str, Way] = {"Dask": by_dask}
WITH_PREFECT: Mapping[str, Way] = {"prefect-dask": by_prefect_dask, "task workers": by_task_workers}
