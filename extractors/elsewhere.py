"""Originals read on other machines: pieces of a batch go to workers of a Dask cluster, the readings come back.

The pass alone commits them. A worker needs no workspace: hashes, forms and limits go with each piece, the bytes it
takes from the originals' place. No name of a file or person stands in a task's key, in a log or on a page: what goes
over the line is sealed, and is opened only by a program of the same version.
"""

import hashlib
import pickle
import platform
import time
import zlib
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from extractors.by_hash import ReadersHere, Told, Wanted
from extractors.identify import medium_named
from extractors.jobs import Taken
from gengang.errors import GengangError, MachineError, WorkspaceError
from gengang.findings import Finding
from gengang.form import Form
from gengang.originals import Originals
from gengang.reading import FileReading
from gengang.settings import Limits

PIECE = 25  # files that one worker reads at a time: what is read again when it is lost
AHEAD = 3  # pieces under way for each worker; more would only wait, and their readings would be held here
MOST_TRIES = 2  # of a file alone, each of which cost a worker
STEP_SECONDS = 5.0
PATIENCE_SECONDS = 120.0  # without any worker; one that fell is started again within seconds
CONNECT_SECONDS = 20.0
READING = ("lxml", "numpy", "opencv-python-headless", "openvino", "pdfplumber", "pypdfium2", "rapidocr", "zxing-cpp")

NO_PROGRAM = "在别的电脑上读取要用的程序没有安装。请照 docs/operating.md 安装 province 部分。"
NO_KEYS = "{at} 要用证书，但没有设置证书文件：请照 docs/operating.md 设置 DASK_DISTRIBUTED__COMM__TLS__ 几个环境变量。"
LATER = "收到的材料都在，再运行一次即可。"
NO_HUB = "连不上读取机的调度程序（{at}）：请检查它是否在运行（gengang readers hub）和网络。" + LATER
NO_WORKERS = "调度程序（{at}）那里没有读取机：请在读取机上运行 gengang readers work。" + LATER
DIFFERS = "读取机的程序与本机不同（本机 {ours}，读取机 {theirs}），没有让它读取。请把两边升级到同一版本后再运行。"
TROUBLE = "读取机 {who} 读不了：{why}改正以后，" + LATER
NOT_THERE = "它那里看不到原件，或取不出来（{fault}）。请检查它的共享文件夹是否挂好、GENGANG_ORIGINALS 是否正确。"
FELL = (
    "这份文件两次使读取机停止工作，未读取，可能已损坏。"
    "请用原来的程序打开后另存一份再交；仍不行的，请改交 PDF 或打印后的照片。"
)


# --- what goes over the line ---


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is said to a worker, or by it. mark: the program that wrote it; data: never shown."""

    mark: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Piece:
    """Originals to read. forms: as they were compiled, packed; version: their hash."""

    wanted: tuple[Wanted, ...]
    forms: bytes
    version: str
    limits: Limits


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why nothing of a piece was read, no fault of its files. who: the machine; why: a Chinese sentence."""

    who: str
    why: str


@cache
def program_mark() -> str:
    """What two programs must share to read alike: our source, the libraries that read, and Python."""
    digest = hashlib.sha256(platform.python_version().encode())
    root = Path(__file__).resolve().parents[1]
    for package in ("gengang", "extractors"):
        for path in sorted((root / package).rglob("*")):
            if path.suffix in (".py", ".tsv"):
                digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    digest.update("".join(f"{name} {version(name)} " for name in READING).encode())
    try:
        ours = version("gengang")
    except PackageNotFoundError:
        ours = ""
    return f"{ours} {digest.hexdigest()[:12]}".strip()


def sealed(value: object) -> Sealed:
    """A value on its way."""
    return Sealed(program_mark(), zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1))


def unsealed(said: Sealed) -> Any:
    """The value. WorkspaceError when another version of the program wrote it."""
    if said.mark != program_mark():
        raise WorkspaceError(DIFFERS.format(ours=program_mark(), theirs=said.mark))
    return pickle.loads(zlib.decompress(said.data))


# --- the worker's side ---


class Bench:
    """Where a worker reads: its readers are kept from piece to piece while forms and limits stay the same."""

    def __init__(self, originals: Originals, own: Limits) -> None:
        self._originals = originals
        self._own = own
        self._readers: ReadersHere | None = None
        self._set_for: tuple[str, Limits] | None = None

    def read(self, piece: Piece) -> tuple[Taken, ...] | Trouble:
        """What each original gave."""
        try:
            return self._readers_for(piece).read(piece.wanted)
        except OSError as fault:
            return Trouble(platform.node(), NOT_THERE.format(fault=fault.strerror or type(fault).__name__))
        except GengangError as fault:
            return Trouble(platform.node(), str(fault))

    def _readers_for(self, piece: Piece) -> ReadersHere:
        wanted = (piece.version, piece.limits)
        if self._readers is None or self._set_for != wanted:
            self.close()
            limits = replace(piece.limits, readers=self._own.readers)
            forms: tuple[Form, ...] = pickle.loads(zlib.decompress(piece.forms))
            self._readers, self._set_for = ReadersHere(forms, limits, self._originals), wanted
        return self._readers

    def close(self) -> None:
        """Ends its processes."""
        if self._readers is not None:
            self._readers.__exit__(None, None, None)
        self._readers = None


_benches: list[Bench] = []  # the one of this process, when it is a worker


def sit_down(bench: Bench) -> None:
    """This process reads at that bench from now on."""
    _benches[:] = [bench]


def read_piece(said: Sealed) -> Sealed:
    """What a worker is asked to do; a program of another version is answered with our mark and nothing else."""
    if said.mark != program_mark():
        return Sealed(program_mark(), b"")
    [bench] = _benches
    return sealed(bench.read(unsealed(said)))


# --- the pass's side ---


class ReadersElsewhere:
    """A context in which originals are read by the workers that stand at a hub; it is called when there is something.

    patience: seconds without any worker after which nothing can be read.
    """

    def __init__(
        self,
        forms: Sequence[Form],
        limits: Limits,
        address: str,
        patience: float = PATIENCE_SECONDS,
        connect: Callable[[str], Any] | None = None,
    ) -> None:
        self._forms, self._version = packed_forms(forms)
        self._limits = limits
        self._at = address
        self._patience = patience
        self._connect = connect or connected
        self._client: Any = None
        self._due: deque[tuple[Wanted, ...]] = deque()
        self._under_way: dict[tuple[Wanted, ...], Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._due.clear()
        self._under_way.clear()
        client, self._client = self._client, None
        if client is not None:
            client.close()

    def rest(self) -> None:
        """Hangs up."""
        self.__exit__(None, None, None)

    def expect(self, batches: Sequence[Sequence[Wanted]]) -> None:
        """So many pieces of them are begun ahead as keep every worker busy."""
        self._due.extend(piece for batch in batches for piece in pieces_of(batch))

    def read(self, wanted: Sequence[Wanted], told: Told | None = None) -> tuple[Taken, ...]:
        """What each gave, in order, whoever read it.

        Raises MachineError when hub or workers are out of reach, WorkspaceError when their program is another one.
        """
        taken: list[Taken] = []
        most = AHEAD * max(1, self._workers()) if wanted else 0
        for piece in pieces_of(wanted):
            if piece not in self._under_way:
                self._begin(piece)
            self._begin_ahead(most)
            for one in self._answered(piece, self._under_way.pop(piece)):
                taken.append(one)
                if told is not None:
                    told(1)
        return tuple(taken)

    def _begin(self, piece: tuple[Wanted, ...]) -> None:
        """Sends a piece now, though others may be due before it."""
        if self._due and self._due[0] == piece:
            self._due.popleft()
        self._under_way[piece] = self._sent(piece)

    def _begin_ahead(self, most: int) -> None:
        """Sends what is due while fewer than so many pieces are under way."""
        while self._due and len(self._under_way) < most:
            self._begin(self._due[0])

    def _sent(self, piece: tuple[Wanted, ...]) -> Any:
        said = sealed(Piece(piece, self._forms, self._version, self._limits))
        return self._hub().submit(read_piece, said, pure=False)

    def _hub(self) -> Any:
        if self._client is None:
            self._client = self._connect(self._at)
        return self._client

    def _answered(self, piece: tuple[Wanted, ...], future: Any) -> tuple[Taken, ...]:
        """What a piece gave; where it cost its worker, what each of its files gives alone."""
        got = self._heard(future)
        if got is not None:
            return got
        return tuple(one for wanted in piece for one in self._alone(wanted))

    def _alone(self, wanted: Wanted) -> tuple[Taken, ...]:
        for _ in range(MOST_TRIES):
            got = self._heard(self._sent((wanted,)))
            if got is not None:
                return got
        finding = Finding("reader_failed", FELL, severity="error")
        return (Taken(FileReading(wanted.name, wanted.sha256, medium_named(wanted.name), (), (finding,))),)

    def _heard(self, future: Any) -> tuple[Taken, ...] | None:
        """What a worker said; None when it was lost over it."""
        from distributed import CancelledError, KilledWorker

        try:
            said = unsealed(self._waited_for(future))
        except KilledWorker:
            return None
        except CancelledError as fault:
            raise MachineError(NO_HUB.format(at=self._at)) from fault
        if isinstance(said, Trouble):
            raise MachineError(TROUBLE.format(who=said.who, why=said.why))
        taken: tuple[Taken, ...] = said
        return taken

    def _waited_for(self, future: Any) -> Sealed:
        seen = time.monotonic()
        while True:
            try:
                said: Sealed = future.result(timeout=STEP_SECONDS)
            except TimeoutError:
                seen = time.monotonic() if self._workers() else seen
                if time.monotonic() - seen > self._patience:
                    raise MachineError(NO_WORKERS.format(at=self._at)) from None
            else:
                return said

    def _workers(self) -> int:
        """How many stand ready or are at work."""
        try:
            return len(self._hub().nthreads())
        except OSError as fault:
            raise MachineError(NO_HUB.format(at=self._at)) from fault


def packed_forms(forms: Sequence[Form]) -> tuple[bytes, str]:
    """Forms as they go with each piece (37 kB for the built-in ones), and their hash."""
    data = zlib.compress(pickle.dumps(tuple(forms), pickle.HIGHEST_PROTOCOL))
    return data, hashlib.sha256(data).hexdigest()


def pieces_of(batch: Sequence[Wanted]) -> list[tuple[Wanted, ...]]:
    """A batch in pieces."""
    return [tuple(batch[first : first + PIECE]) for first in range(0, len(batch), PIECE)]


def connected(address: str, seconds: float | None = None) -> Any:
    """A client of the hub. WorkspaceError without the library or keys, MachineError when nobody answers in time."""
    library = distributed_here(address)
    try:
        return library.Client(address, timeout=seconds or CONNECT_SECONDS, set_as_default=False)
    except OSError as fault:
        raise MachineError(NO_HUB.format(at=address)) from fault


@dataclass(frozen=True, slots=True)
class Distributed:
    """What is used of the library."""

    Client: Any
    Scheduler: Any
    Worker: Any
    dask_config: Any
    get_ip: Any


def distributed_here(address: str) -> Distributed:
    """The library, when it is installed and has the keys that the address asks for. WorkspaceError otherwise."""
    try:
        import dask.config
        from distributed import Client, Scheduler, Worker
        from distributed.utils import get_ip
    except ImportError as fault:
        raise WorkspaceError(NO_PROGRAM) from fault
    if address.startswith("tls:") and not dask.config.get("distributed.comm.tls.ca-file"):
        raise WorkspaceError(NO_KEYS.format(at=address))
    return Distributed(Client, Scheduler, Worker, dask.config.set, get_ip)
