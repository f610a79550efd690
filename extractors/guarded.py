"""Files to their readings in processes apart: whatever a file does to its reader costs that file alone.

Each file ends as readings, or as one refusal that says what to do. A reader that dies or is over its time is replaced;
where a single page or member of a container was at fault, the file is read once more without it.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from extractors.identify import medium_named
from extractors.jobs import Job, Known, NoRoom, Old, Part, Setup, Taken
from extractors.office import docx_of_paths
from gengang.errors import MachineError
from gengang.findings import Finding
from gengang.form import Form
from gengang.processes import cores, machine_megabytes
from gengang.reading import FileReading
from gengang.scratch import scratch_folder
from gengang.settings import Limits
from gengang.workers import Desk, Lost, Pool, Worker

READER = "extractors.served:main"
MOST_THREADS = 4  # of one reader: with more, recognising a page gains little and takes much memory
ENGINE_MEGABYTES = 700  # what recognising print takes beside the picture, and what it takes for each thread
ENGINE_MEGABYTES_A_THREAD = 100
MOST_AVOIDED = 3
LAST_PAGE_SHARE = 0.8  # of a file's time, after which no page is begun: what was read by then is worth having


@dataclass(frozen=True, slots=True)
class Asked:
    """A file to read. name: given back as `file`; path: where its bytes lie; thumbnails: that is all that is wanted."""

    name: str
    path: str
    thumbnails: bool = False


class Readers:
    """A context in which files are read; its processes start with the first file and end with it."""

    def __init__(self, forms: Sequence[Form], limits: Limits, reader: str = READER) -> None:
        self._forms = tuple(forms)
        self._limits = limits
        self._reader = reader
        self._pool: Pool | None = None
        self._count = 0
        self._scratch = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.__exit__(kind, fault, at)
        self._scratch.close()

    def rest(self) -> None:
        """Its processes, and the memory that they hold, are given back until there is something to read again."""
        self.__exit__(None, None, None)
        self._pool, self._count = None, 0

    def read(self, asked: Sequence[Asked], told: Callable[[int], None] | None = None) -> tuple[Taken, ...]:
        """What each file gave, in order. told: called with 1 after each.

        Raises ToolError if no process can start, MachineError if scratch files cannot be written.
        """
        with scratch_folder("gengang-old-") as folder:
            jobs = [Job(one.name, one.path, 0.0, scratch=str(folder), thumbnails=one.thumbnails) for one in asked]
            first = _told_of(self._answers(jobs), told)
            old = {sha256: Path(folder, f"{sha256}.{kind}")
                   for one in first if isinstance(one, Old) for sha256, kind in one.files.items()}  # fmt: skip
            made = {sha256: one if isinstance(one, Finding) else str(one)
                    for sha256, one in docx_of_paths(old, Path(folder, "docx")).items()}  # fmt: skip
            again = [replace(job, scratch=None, office={sha256: made[sha256] for sha256 in one.files})
                     for job, one in zip(jobs, first, strict=True) if isinstance(one, Old)]  # fmt: skip
            second = iter(_told_of(self._answers(again), told))
        answers = (next(second) if isinstance(one, Old) else one for one in first)
        return tuple(one for one in answers if isinstance(one, Taken))

    def _answers(self, jobs: Sequence[Job]) -> Iterable[Old | Taken]:
        if not jobs:
            return ()
        return self._pool_for(len(jobs)).each(partial(_answer, limits=self._limits), jobs)

    def _pool_for(self, files: int) -> Pool:
        """The pool; a larger one in its place where there is more to do than it was made for."""
        wanted = min(files, _most_readers(self._limits))
        if self._pool is None or self._count < wanted:
            self.__exit__(None, None, None)
            threads = max(1, min(MOST_THREADS, cores() // wanted))
            engine = ENGINE_MEGABYTES + ENGINE_MEGABYTES_A_THREAD * threads
            setup = Setup(self._forms, self._limits.megabytes, self._limits.megabytes + engine)
            scratch = self._scratch.enter_context(scratch_folder("gengang-readers-"))
            self._pool, self._count = Pool(self._reader, setup, surroundings(threads, scratch), wanted), wanted
            self._pool.__enter__()
        return self._pool


def read_guarded(
    paths: Sequence[str], forms: Sequence[Form], limits: Limits, told: Callable[[int], None] | None = None
) -> tuple[FileReading, ...]:
    """One reading for each path, in order. told: called with 1 after each file. Never raises for a file's sake.

    Raises what `Readers.read` does.
    """
    with Readers(forms, limits) as readers:
        return tuple(taken.file for taken in readers.read([Asked(path, path) for path in paths], told))


def _told_of(answers: Iterable[Old | Taken], told: Callable[[int], None] | None) -> list[Old | Taken]:
    kept = []
    for answer in answers:
        kept.append(answer)
        if told is not None and isinstance(answer, Taken):
            told(1)
    return kept


def _most_readers(limits: Limits) -> int:
    """As many as there are cores, and as the machine holds in half its memory."""
    if limits.readers is not None:
        return limits.readers
    memory = machine_megabytes()
    fitting = cores() if memory is None else memory // (2 * limits.megabytes)
    return max(1, min(cores(), fitting))


def surroundings(threads: int, scratch: Path) -> Mapping[str, str]:
    """How many threads the libraries may use, and that memory goes back when it is free.

    A picture's goes back at once and what is smaller is kept for the next, since what was given back is dear to get.
    scratch: for what a reader writes in passing, which is taken away even where the reader was killed over it.
    """
    each, folder = str(threads), str(scratch)
    return {
        "OMP_NUM_THREADS": each,
        "OPENCV_FOR_THREADS_NUM": each,
        "OPENBLAS_NUM_THREADS": "1",
        "TMPDIR": folder,
        "TEMP": folder,
        "MALLOC_ARENA_MAX": "2",
        "MALLOC_MMAP_THRESHOLD_": str(4 << 20),
        "MALLOC_TRIM_THRESHOLD_": str(16 << 20),
    }


# --- one file ---


@dataclass(slots=True)
class _Trial:
    """What is known of a file while it is read. left: seconds; part: the one read when last heard of."""

    left: float
    known: Known | None = None
    part: str = ""
    avoided: dict[str, Finding] = field(default_factory=dict)
    repeated: bool = False

    def may_go_on(self, lost: Lost) -> bool:
        """Whether the file is worth another reader, which leaves out the part that cost one.

        The first that falls may have fallen by what others left in it, as memory: nothing is left out for that.
        """
        if self.left <= 0:
            return False
        if lost.why == "fault" and not self.repeated:
            self.repeated, self.part = True, ""
            return True
        return self.part not in ("", *self.avoided) and len(self.avoided) < MOST_AVOIDED


def _answer(desk: Desk, job: Job, limits: Limits) -> Old | Taken:
    """What the file gave; what cost a reader is left out the next time, or the file refused. Raises MachineError."""
    trial = _Trial(limits.file_seconds)
    while True:
        worker = desk.worker()
        began = worker.moment()
        try:
            answer = _heard(worker, job, trial, limits)
        except Lost as lost:
            trial.left -= worker.worked(began)
            desk.dismiss()
            if not trial.may_go_on(lost):
                return Taken(_refused(job, trial, lost, limits))
            if trial.part:
                trial.avoided[trial.part] = _finding(lost, limits, f"“{trial.part}”")
            continue
        if not worker.rest() or (isinstance(answer, Taken) and answer.last):
            desk.dismiss()
        if isinstance(answer, NoRoom):
            raise MachineError(answer.message)
        return answer


def _heard(worker: Worker, job: Job, trial: _Trial, limits: Limits) -> Old | Taken | NoRoom:
    """The reader's answer. Raises Lost."""
    began = worker.moment()
    trial.part = ""
    worker.allow(trial.left)
    worker.ask(replace(job, seconds=LAST_PAGE_SHARE * trial.left, avoided=trial.avoided))
    while not isinstance(said := worker.hear(), Old | Taken | NoRoom):
        if isinstance(said, Known):
            trial.known = said
        elif isinstance(said, Part):
            trial.part = said.name
            left = trial.left - worker.worked(began)
            worker.allow(min(left, limits.page_seconds) if said.name else left)
    return said


def _refused(job: Job, trial: _Trial, lost: Lost, limits: Limits) -> FileReading:
    known = trial.known or Known(_sha256(job.path), medium_named(job.name))
    return FileReading(job.name, known.sha256, known.medium, (), (_finding(lost, limits, "这份文件"),))


def _finding(lost: Lost, limits: Limits, what: str) -> Finding:
    if lost.fault == "MemoryError":
        message = f"{what}要用的内存超过 {limits.megabytes} MB，未读取。"
    elif lost.why == "time":
        message = f"{what}读得太久（一页限 {limits.page_seconds:g} 秒，一份限 {limits.file_seconds:g} 秒），未读取。"
    else:
        fault = f"（{lost.fault}）" if lost.fault else ""
        advice = "可能已损坏。请用原来的程序打开后另存一份再交；仍不行的，请改交 PDF 或打印后的照片。"
        return Finding("reader_failed", f"{what}使读取程序出错{fault}，未读取，{advice}", severity="error")
    advice = "请用原来的程序打开，删去多余的内容或拆分后另存一份再交。"
    return Finding("too_costly", message + advice, severity="error")


def _sha256(path: str) -> str:
    """Hash of a file that no reader lived to tell of; '' where it cannot be read at all."""
    try:
        with Path(path).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
