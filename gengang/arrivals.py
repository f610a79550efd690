"""Arrivals: the inbox on disk. Which files are whole, their bytes kept under their hash, then their move out of sight.

The order that lets a crash at any line lose nothing: the bytes are copied to a temporary file in the archive, flushed
to the disk, read again and compared by hash, renamed to their hash, and the folder is flushed; the caller then commits
the arrival to the ledger; only then is the inbox file renamed into `archive/received/`. No step deletes a file of the
office; a step that is repeated finds its work done. It knows no ledger.
"""

import errno
import hashlib
import io
import os
import re
import stat
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_
from pathlib import Path, PurePosixPath
from typing import Literal

from gengang.filenames import is_ignored, legal_name, stated_date
from gengang.originals import Originals, flush_folder, sha256_of

State = Literal["whole", "changing", "refused", "erased"]

RECEIVED = "received"
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file seen in the inbox.

    path: relative to the inbox, with `/`. size in bytes; modified: file time in nanoseconds since 1970.
    why: unless it is whole, the Chinese sentence that says so; its bytes were not touched.
    """

    path: str
    size: int
    modified: int
    state: State
    why: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file whose bytes are safe in the archive.

    path: where it stood, relative to the inbox. sha256: hex digest. size in bytes.
    received: the date a clerk stated by a folder's name, None where nobody did.
    where_from: its folder in the inbox, evidence of school, person or kind, never proof.
    modified: file time in nanoseconds; it proves only that the content is not younger.
    """

    path: str
    sha256: str
    size: int
    received: date | None
    where_from: str
    modified: int


@dataclass(frozen=True, slots=True)
class Move:
    """An inbox file on its way into `archive/received/`."""

    source: Path
    target: Path
    sha256: str
    size: int
    modified: int


def waiting_files(
    inbox: Path, now: float, settle_seconds: float, before: Mapping[str, tuple[int, int]] | None = None
) -> tuple[Candidate, ...]:
    """Everything in the inbox in order of path, with what may be done with it now (seconds since 1970).

    A file is whole when neither its content's nor its entry's time is younger than settle_seconds. A file time in the
    future (a camera's clock) is not believed; one that has no other (our clock set back, or a server's ahead) is whole
    when it is as it was settle_seconds before. Office locks, unfinished downloads and hidden files are not listed.
    before: path -> size and file time as they were then, None when nobody looked.
    """
    found = (_candidate(inbox, path, now - settle_seconds, now, before or {}) for path in _entries(str(inbox)))
    return tuple(sorted((c for c in found if c is not None), key=lambda candidate: candidate.path))


def _entries(inbox: str) -> Iterator[str]:
    """Paths relative to the inbox, as text: objects for each of ten thousand would cost more than looking at them."""
    for folder, folders, files in os.walk(inbox):
        shut = [name for name in folders if not _may_enter(Path(folder) / name)]
        folders[:] = [name for name in folders if name not in shut and not is_ignored(name)]
        front = folder[len(inbox) :].lstrip(os.sep)
        front = front.replace(os.sep, "/") + "/" if front else ""
        yield from (front + name for name in (*shut, *files) if not is_ignored(name))


def _may_enter(folder: Path) -> bool:
    """False for links, and for folders without permission, which a walk would pass over without a word."""
    return not folder.is_symlink() and os.access(folder, os.R_OK | os.X_OK)


def _candidate(
    inbox: Path, relative: str, settled: float, now: float, before: Mapping[str, tuple[int, int]]
) -> Candidate | None:
    try:
        seen = os.lstat(f"{inbox}/{relative}")
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(seen.st_mode):
        if _leads_inside(inbox, inbox / relative):
            return None
        return _refused(relative, seen, "是指向收件箱以外或已失效的快捷链接，请把文件本身复制进来")
    if stat.S_ISDIR(seen.st_mode):
        return _refused(relative, seen, "是没有读取权限的文件夹，请改好权限或移走")
    if not stat.S_ISREG(seen.st_mode):
        return _refused(relative, seen, "不是普通文件，请移走")
    times = [moment for moment in (seen.st_mtime, seen.st_ctime) if moment <= now]
    changed = max(times, default=None)
    found = Candidate(relative, seen.st_size, seen.st_mtime_ns, "whole")
    stayed = before.get(relative) == (found.size, found.modified)
    return found if (stayed if changed is None else changed <= settled) else unsettled(found)


def _leads_inside(inbox: Path, link: Path) -> bool:
    try:
        return link.exists() and link.resolve().is_relative_to(inbox.resolve())
    except (OSError, RuntimeError):  # a link that leads to itself
        return False


def unsettled(candidate: Candidate) -> Candidate:
    """The same file as one that cannot be taken yet, with the sentence for it."""
    why = f"“{candidate.path}”还在写入、正被别的程序使用或没有读取权限，下次运行会再收。"
    return replace(candidate, state="changing", why=why)


def barred(candidate: Candidate, inbox: Path, erased: Collection[str]) -> Candidate:
    """The same file, or as one whose bytes were erased by request: it is not taken in again without a person."""
    try:
        again = candidate.state == "whole" and sha256_of(inbox / candidate.path) in erased
    except OSError:  # locked or gone: whoever takes it in will see
        return candidate
    if not again:
        return candidate
    why = f"“{candidate.path}”已按本人请求删除过，这次没有收。请与本人确认后移走；确要重交的，请本人另交一份。"
    return replace(candidate, state="erased", why=why)


def _refused(relative: str, seen: os.stat_result, why: str) -> Candidate:
    return Candidate(relative, seen.st_size, seen.st_mtime_ns, "refused", f"“{relative}”{why}。")


def take_in(candidate: Candidate, inbox: Path, originals: Originals) -> Arrival | None:
    """Copies the bytes under their hash; None when it changed, went or was locked meanwhile.

    OSError when the originals cannot be written (disk full); the inbox is as it was.
    """
    originals.incoming.mkdir(parents=True, exist_ok=True)
    temporary = originals.incoming / uuid.uuid4().hex
    try:
        sha256 = _copy(inbox / candidate.path, temporary, candidate)
        if sha256 is None:
            return None
        originals.keep(temporary, sha256)
    finally:
        temporary.unlink(missing_ok=True)
    received, where_from = stated_date(candidate.path), PurePosixPath(candidate.path).parent.as_posix()
    where = "" if where_from == "." else where_from
    return Arrival(candidate.path, sha256, candidate.size, received, where, candidate.modified)


def _copy(source: Path, target: Path, candidate: Candidate) -> str | None:
    """Hex SHA-256 of what was copied and flushed; None when it cannot be read as it was seen in the inbox."""
    try:
        reader = opened(source)
    except OSError:  # it went, is locked, or is a link or a pipe by now
        return None
    with reader, target.open("xb") as writer:
        before = os.fstat(reader.fileno())
        digest = hashlib.sha256()
        for block in _blocks(reader) if stat.S_ISREG(before.st_mode) else ():
            if block is None or writer.tell() > candidate.size:  # the disk fails, or somebody writes on and on
                return None
            digest.update(block)
            writer.write(block)
        writer.flush()
        os.fsync(writer.fileno())
        after = os.fstat(reader.fileno())
    seen = {(stat.S_ISREG(s.st_mode), s.st_size, s.st_mtime_ns) for s in (before, after)}
    return digest.hexdigest() if seen == {(True, candidate.size, candidate.modified)} else None


def opened(source: Path) -> io.BufferedReader:
    """A file opened for reading, neither through a link nor waiting for the other end of a pipe. OSError as ever."""
    flags = (getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
    handle = os.open(source, reduce(or_, flags, os.O_RDONLY))
    return io.BufferedReader(io.FileIO(handle))


def _blocks(reader: io.BufferedReader) -> Iterator[bytes | None]:
    """The bytes in blocks; None, and no more, where the disk that the file lies on cannot give them."""
    while True:
        try:
            block = reader.read(BLOCK)
        except OSError:
            yield None
            return
        if not block:
            return
        yield block


def plan_moves(arrivals: Iterable[Arrival], inbox: Path, archive: Path, day: date) -> tuple[Move, ...]:
    """Where each inbox file goes: `archive/received/<day>/<its path>`, numbered where a name is taken."""
    planned: list[Move] = []
    taken: set[Path] = set()
    for arrival in arrivals:
        source = inbox / arrival.path
        parts = [legal_name(part) for part in PurePosixPath(arrival.path).parts]
        target = _free(archive.joinpath(RECEIVED, day.isoformat(), *parts), taken)
        taken.add(target)
        planned.append(Move(source, target, arrival.sha256, arrival.size, arrival.modified))
    return tuple(planned)


def _free(target: Path, taken: set[Path]) -> Path:
    for number in range(2, 1_000_000):
        if target not in taken and not target.exists():
            return target
        stem = re.sub(r" \(\d+\)$", "", target.stem)
        target = target.with_name(f"{stem} ({number}){target.suffix}")
    raise OSError(f"no free name for {target}")


def move(planned: Move, originals: Originals) -> bool:
    """Renames one inbox file; False when it is gone already, or is no longer the file whose bytes are safe.

    OSError when its bytes are not among the originals, or the disk fails.
    """
    if not originals.has(planned.sha256):
        raise OSError(f"bytes of {planned.source} are not among the originals")
    if not _is_still(planned):
        return False
    planned.target.parent.mkdir(parents=True, exist_ok=True)
    try:
        planned.source.rename(planned.target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _copy_whole(planned.source, planned.target)
        planned.source.unlink()
    flush_folder(planned.target.parent)
    flush_folder(planned.source.parent)
    return True


def _is_still(planned: Move) -> bool:
    try:
        seen = planned.source.lstat()
    except FileNotFoundError:
        return False
    same = (seen.st_size, seen.st_mtime_ns) == (planned.size, planned.modified)
    return same and sha256_of(planned.source) == planned.sha256


def put_aside(original: Path, name: str, sentence: str, folder: Path) -> Path:
    """A copy of a refused file under its name, and `<name>.说明.txt` beside it with the sentence; the copy's path.

    The same bytes under the same name are put there once.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = folder / legal_name(PurePosixPath(name).name)
    sha256 = sha256_of(original)
    target = next((path for path in numbered(wanted) if not path.exists() or sha256_of(path) == sha256), wanted)
    if not target.exists():
        _copy_whole(original, target)
    write_whole(target.with_name(f"{target.name}.说明.txt"), [f"{sentence}\n".encode("utf-8-sig")])
    return target


def numbered(path: Path) -> Iterator[Path]:
    """The path itself, then `name (2).ending` and so on, for where a name is taken."""
    yield path
    for number in range(2, 1_000_000):
        yield path.with_name(f"{path.stem} ({number}){path.suffix}")


def _copy_whole(source: Path, target: Path) -> None:
    with source.open("rb") as reader:
        write_whole(target, iter(lambda: reader.read(BLOCK), b""))


def write_whole(path: Path, blocks: Iterable[bytes]) -> None:
    """Writes a file so that a reader sees all of it or none, also after a power cut."""
    temporary = path.with_name(f".{path.name}.tmp")  # the same name each time: what a killed run left is overwritten
    with temporary.open("wb") as writer:
        writer.writelines(blocks)
        writer.flush()
        os.fsync(writer.fileno())
    temporary.replace(path)
    flush_folder(path.parent)
