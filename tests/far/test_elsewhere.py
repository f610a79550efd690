"""What a pass makes of what a hub says: in order, never too much ahead, a lost worker's piece again, one refusal."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, cast

import pytest
from distributed import CancelledError, KilledWorker

from extractors import elsewhere
from extractors.by_hash import Wanted
from extractors.elsewhere import (
    AHEAD,
    PIECE,
    Piece,
    ReadersElsewhere,
    Sealed,
    Trouble,
    program_mark,
    read_piece,
    sealed,
    unsealed,
)
from extractors.jobs import Taken
from gengang.errors import MachineError, WorkspaceError
from gengang.reading import FileReading
from gengang.settings import Limits
from tests.unit.prints import FORMS

AT = "tcp://127.0.0.1:1"
Answer = Callable[[Sequence[Wanted]], object]


class Future:
    """An answer that is worked out when it is asked for."""

    def __init__(self, work: Callable[[], Sealed]) -> None:
        self._work = work

    def result(self, timeout: float) -> Sealed:
        assert timeout
        return self._work()


class Hub:
    """A hub in memory. most: the most pieces that were ever under way at once."""

    def __init__(self, answer: Answer, workers: int = 2) -> None:
        self.answer = answer
        self.workers = workers
        self.sent: list[tuple[Wanted, ...]] = []
        self.open = 0
        self.most = 0

    def __call__(self, address: str) -> "Hub":
        assert address == AT
        return self

    def nthreads(self) -> dict[str, int]:
        return {f"w{number}": 1 for number in range(self.workers)}

    def submit(self, function: object, said: Sealed, pure: bool) -> Future:
        assert (function, pure) == (read_piece, False)
        piece: Piece = unsealed(said)
        self.sent.append(piece.wanted)
        self.open += 1
        self.most = max(self.most, self.open)
        return Future(lambda: self._answered(piece))

    def _answered(self, piece: Piece) -> Sealed:
        self.open -= 1
        given = self.answer(piece.wanted)
        return given if isinstance(given, Sealed) else sealed(given)

    def close(self) -> None:
        self.workers = 0


def read_by(hub: Hub, patience: float = 0.0) -> ReadersElsewhere:
    return ReadersElsewhere(FORMS, Limits(), AT, patience, hub)


def taken(wanted: Sequence[Wanted]) -> tuple[Taken, ...]:
    return tuple(Taken(FileReading(one.name, one.sha256, "word", ())) for one in wanted)


def batch_of(count: int, name: str = "某某") -> list[Wanted]:
    return [Wanted(f"{name}{number}.docx", f"{number:064x}") for number in range(count)]


def lost(_: object = None) -> Any:
    raise KilledWorker("read", cast(Any, None), 0)


def test_files_come_back_in_order_and_told_one_by_one() -> None:
    wanted = batch_of(2 * PIECE + 3)
    hub, heard = Hub(taken), list[int]()
    with read_by(hub) as readers:
        got = readers.read(wanted, heard.append)
    assert [one.file.sha256 for one in got] == [one.sha256 for one in wanted]
    assert heard == [1] * len(wanted)
    assert [len(piece) for piece in hub.sent] == [PIECE, PIECE, 3]


def test_what_is_expected_is_begun_ahead_and_never_too_much_of_it() -> None:
    wanted = batch_of(50 * PIECE)
    batches = [wanted[first : first + 5 * PIECE] for first in range(0, len(wanted), 5 * PIECE)]
    hub = Hub(taken)
    with read_by(hub) as readers:
        readers.expect(batches)
        got = [one.file.sha256 for batch in batches for one in readers.read(batch)]
    assert got == [one.sha256 for one in wanted]
    assert hub.most == AHEAD * 2
    assert [one for piece in hub.sent for one in piece] == wanted


def test_a_lost_workers_piece_is_read_again_file_by_file() -> None:
    fallen: Counter[int] = Counter()

    def answer(wanted: Sequence[Wanted]) -> object:
        fallen[len(wanted)] += 1
        return lost() if len(wanted) > 1 else taken(wanted)

    wanted = batch_of(PIECE)
    with read_by(Hub(answer)) as readers:
        assert readers.read(wanted) == taken(wanted)
    assert fallen == {PIECE: 1, 1: PIECE}


def test_a_file_that_costs_two_workers_alone_is_one_refusal() -> None:
    wanted = batch_of(PIECE)
    bad = wanted[3]
    hub = Hub(lambda piece: lost() if bad in piece else taken(piece))
    with read_by(hub) as readers:
        got = readers.read(wanted)
    [finding] = got[3].file.findings
    assert (finding.code, finding.severity, got[3].file.sha256) == ("reader_failed", "error", bad.sha256)
    assert [one for one in got if one.file.findings] == [got[3]]
    assert hub.sent.count((bad,)) == 2


def test_a_worker_of_another_version_is_refused_with_both_named() -> None:
    with read_by(Hub(lambda _: Sealed("0.0.9 abc", b""))) as readers, pytest.raises(WorkspaceError) as said:
        readers.read(batch_of(1))
    assert program_mark() in str(said.value)
    assert "0.0.9 abc" in str(said.value)


def test_a_worker_opens_nothing_that_another_version_wrote() -> None:
    assert read_piece(Sealed("0.0.9 abc", b"whatever")) == Sealed(program_mark(), b"")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda _: Trouble("reader-3", "磁盘已满。"), "读取机 reader-3 读不了：磁盘已满。"),
        (lambda _: cancelled(), "连不上读取机的调度程序"),
        (lambda _: silent(), "那里没有读取机"),
    ],
)
def test_what_stops_reading_is_said_and_costs_no_paper(answer: Answer, words: str) -> None:
    hub = Hub(answer, workers=0)
    with read_by(hub, patience=-1.0) as readers, pytest.raises(MachineError, match=words) as said:
        readers.read(batch_of(1, "王芳"))
    assert "王芳" not in str(said.value)


def cancelled() -> Any:
    raise CancelledError("read")


def silent() -> Any:
    raise TimeoutError


def test_without_a_hub_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elsewhere, "CONNECT_SECONDS", 0.5)
    with ReadersElsewhere(FORMS, Limits(), AT) as readers, pytest.raises(MachineError, match="连不上"):
        readers.read(batch_of(1))


def test_nothing_to_read_calls_nobody() -> None:
    hub = Hub(lost)
    with read_by(hub) as readers:
        readers.expect([])
        assert readers.read([]) == ()
        readers.rest()
    assert hub.sent == []


def test_what_is_sealed_shows_nothing() -> None:
    assert "王芳" not in repr(sealed(Piece(tuple(batch_of(1, "王芳")), b"", "", Limits())))
