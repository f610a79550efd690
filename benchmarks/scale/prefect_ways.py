"""Pieces as Prefect's tasks, for the comparison alone: imported when its server stands."""

import os
import pickle
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from distributed import KilledWorker
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_worker import serve
from prefect.utilities.annotations import quote
from prefect_dask.task_runners import DaskTaskRunner

from extractors.elsewhere import Sealed, read_piece, sit_down
from tests.far.unlucky import Unlucky


@task(cache_policy=NO_CACHE, persist_result=False)
def piece_submitted(said: bytes) -> bytes:
    """Answered in memory. Bytes alone: whatever else it is given, Prefect takes apart."""
    return _answer(said)


@task(cache_policy=NO_CACHE, persist_result=True)
def piece_delayed(said: bytes) -> bytes:
    """Answered through the folder of results: a task worker knows no other way."""
    return _answer(said)


def _answer(said: bytes) -> bytes:
    return pickle.dumps(read_piece(pickle.loads(said)))


def serve_pieces() -> None:
    """What a task worker runs."""
    sit_down(Unlucky(Path(os.environ["GENGANG_ORIGINALS"])))
    serve(piece_delayed, limit=1)


def flow_at(address: str) -> Any:
    """A flow that has pieces read by the workers of a Dask cluster, and gives what came back."""

    runner: Any = DaskTaskRunner(address=address)

    @flow(name="pieces", task_runner=runner, persist_result=False)
    def pieces(said: Sequence[bytes]) -> list[object]:
        futures = [piece_submitted.submit(one) for one in said]
        return [_came(future) for future in futures]

    return lambda said: pieces(quote([pickle.dumps(one) for one in said]))


def _came(future: Any) -> object:
    """An answer; None where its worker was lost, which the runner leaves at that."""
    try:
        return _opened(future.result(raise_on_failure=False))
    except KilledWorker:
        return None


def delayed(said: Sequence[Sealed], seconds: float) -> Iterator[object]:
    """What came back, each within a time after the last."""
    futures = [piece_delayed.delay(pickle.dumps(one)) for one in said]
    due = time.monotonic() + seconds
    for future in futures:
        future.wait(timeout=max(1.0, due - time.monotonic()))
        if future.state.is_final():
            due = time.monotonic() + seconds
            yield _opened(future.result(raise_on_failure=False))


def _opened(came: object) -> object:
    """An answer, or whatever came in its place."""
    return pickle.loads(came) if isinstance(came, bytes) else came
