"""Originals: the bytes of what came in, and of every template, each under its hash, in a folder or an object store.

Whoever keeps one hands over a flushed copy; it is there whole or not at all, and has been read again by then. A folder
may be the workspace's own or a shared one; a store is asked through fsspec. Nothing here knows a ledger.
"""

import errno
import hashlib
import os
import tempfile
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from gengang.errors import WorkspaceError
from gengang.settings import Settings, is_store

INCOMING = ".incoming"
NO_STORE = (
    "环境变量 {name} 指到对象存储（{place}），但没有安装它要用的程序。请照 docs/operating.md 安装 province 部分。"
)
OriginalState = Literal["", "absent", "changed"]


class Originals(Protocol):
    """Where originals lie. Every call raises OSError when the place is out of reach or fails."""

    @property
    def incoming(self) -> Path:
        """Where a copy is made before it is kept; what lies there is a killed run's."""

    def keep(self, temporary: Path, sha256: str) -> None:
        """Takes a flushed file over under its hash; OSError when the place gave back other bytes."""

    def has(self, sha256: str) -> bool:
        """Whether something lies under this hash; its bytes are not looked at."""

    def state(self, sha256: str) -> OriginalState:
        """Whether the bytes are those of the hash."""

    def size(self, sha256: str) -> int | None:
        """In bytes; None when it is not there."""

    def at_hand(self, hashes: Sequence[str]) -> AbstractContextManager[Mapping[str, Path]]:
        """A path on this machine for each; FileNotFoundError for one that is not there."""

    def drop(self, sha256: str) -> None:
        """Deletes it, if it is there."""

    def listed(self) -> tuple[str, ...]:
        """The name of everything that lies there but `incoming`, `ab/abcd…`, in order."""


def originals_place(settings: Settings) -> Originals:
    """Where the workspace keeps its originals.

    WorkspaceError for a store without the library that speaks to it, and for a folder that is not there.
    """
    if not settings.originals:
        return Folder(settings.archive)
    if not is_store(settings.originals):
        if not Path(settings.originals).is_dir():
            raise WorkspaceError(f"放原件的文件夹 {settings.originals} 不在：请检查共享文件夹是否挂好，或先建好它。")
        return Folder(Path(settings.originals))
    try:
        import s3fs
        from botocore.exceptions import BotoCoreError
    except ImportError as fault:
        raise WorkspaceError(NO_STORE) from fault
    # What another machine has put there since is asked for, not remembered.
    files = s3fs.S3FileSystem(use_listings_cache=False)
    root = settings.originals.partition("://")[2].rstrip("/")
    return Store(files, root, settings.archive / INCOMING, (BotoCoreError,))


# --- a folder ---


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of this machine or a share: renamed into place, with every flush that outlasts a power cut."""

    root: Path

    @property
    def incoming(self) -> Path:
        """On the same disk, since renaming reaches no other."""
        return self.root / INCOMING

    def keep(self, temporary: Path, sha256: str) -> None:
        """Renames it to its hash."""
        keep_under_hash(temporary, sha256, self.root)

    def has(self, sha256: str) -> bool:
        """Whether a file of that name is there."""
        return archive_path(self.root, sha256).is_file()

    def state(self, sha256: str) -> OriginalState:
        """By reading it."""
        path = archive_path(self.root, sha256)
        if not path.is_file():
            return "absent"
        return "" if sha256_of(path) == sha256 else "changed"

    def size(self, sha256: str) -> int | None:
        """As the folder says."""
        path = archive_path(self.root, sha256)
        return path.stat().st_size if path.is_file() else None

    @contextmanager
    def at_hand(self, hashes: Sequence[str]) -> Iterator[Mapping[str, Path]]:
        """Its own paths."""
        paths = {sha256: archive_path(self.root, sha256) for sha256 in hashes}
        for path in paths.values():
            path.stat()
        yield paths

    def drop(self, sha256: str) -> None:
        """Windows deletes nothing that is read-only."""
        path = archive_path(self.root, sha256)
        if path.is_file():
            path.chmod(0o644)
            path.unlink()

    def listed(self) -> tuple[str, ...]:
        """Folders of two digits by what lies in them, everything else by its name."""
        return tuple(name for entry in sorted(self.root.iterdir()) for name in _names(entry) if name != INCOMING) if (
            self.root.is_dir()
        ) else ()  # fmt: skip


def _names(entry: Path) -> Iterator[str]:
    if entry.is_dir() and len(entry.name) == 2:
        yield from (f"{entry.name}/{path.name}" for path in sorted(entry.iterdir()))
    else:
        yield entry.name


# --- a store of whole objects ---


@dataclass(frozen=True, slots=True)
class Store:
    """An object store, where what is written is there whole or not at all.

    files: fsspec's file system, root: bucket and prefix; faults: what its library raises that is no OSError.
    """

    files: Any  # fsspec has no types
    root: str
    incoming: Path
    faults: tuple[type[Exception], ...] = ()

    def keep(self, temporary: Path, sha256: str) -> None:
        """Writes it as one object, reads that again, and takes the copy away."""
        if self.state(sha256) != "":
            with self._reached():
                self.files.put_file(str(temporary), self._name(sha256))
            if self.state(sha256) != "":
                raise OSError(f"{self.root} did not keep the bytes of {sha256[:12]}")
        temporary.unlink()

    def has(self, sha256: str) -> bool:
        """Asked of the store each time."""
        return self.size(sha256) is not None

    def state(self, sha256: str) -> OriginalState:
        """By reading all of it."""
        digest = hashlib.sha256()
        try:
            with self._reached(), self.files.open(self._name(sha256), "rb") as reader:
                while block := reader.read(1 << 20):
                    digest.update(block)
        except FileNotFoundError:
            return "absent"
        return "" if digest.hexdigest() == sha256 else "changed"

    def size(self, sha256: str) -> int | None:
        """As the store says."""
        try:
            with self._reached():
                return int(self.files.info(self._name(sha256))["size"])
        except FileNotFoundError:
            return None

    @contextmanager
    def at_hand(self, hashes: Sequence[str]) -> Iterator[Mapping[str, Path]]:
        """Copies that are gone afterwards; OSError for one whose bytes are not those of its hash."""
        with tempfile.TemporaryDirectory(prefix="gengang-originals-", ignore_cleanup_errors=True) as folder:
            paths = {sha256: Path(folder, sha256) for sha256 in hashes}
            for sha256, path in paths.items():
                with self._reached():
                    self.files.get_file(self._name(sha256), str(path))
                if sha256_of(path) != sha256:
                    raise OSError(f"{self.root} gave other bytes for {sha256[:12]}")
            yield paths

    def drop(self, sha256: str) -> None:
        """One object."""
        if self.has(sha256):
            with self._reached():
                self.files.rm_file(self._name(sha256))

    def listed(self) -> tuple[str, ...]:
        """Every object below the root."""
        with self._reached():
            found = self.files.find(self.root)
        return tuple(sorted(name[len(self.root) :].lstrip("/") for name in found))

    def _name(self, sha256: str) -> str:
        return f"{self.root}/{sha256[:2]}/{sha256}"

    @contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            yield
        except self.faults as fault:
            raise OSError(errno.EIO, f"对象存储 {self.root} 连不上：{type(fault).__name__}") from fault


# --- whatever the place ---


def keep_bytes(originals: Originals, data: bytes) -> str:
    """Puts bytes under their hash where they are not yet; the hash."""
    sha256 = hashlib.sha256(data).hexdigest()
    if originals.has(sha256):
        return sha256
    originals.incoming.mkdir(parents=True, exist_ok=True)
    temporary = originals.incoming / uuid.uuid4().hex
    try:
        with temporary.open("xb") as writer:
            writer.write(data)
            writer.flush()
            os.fsync(writer.fileno())
        originals.keep(temporary, sha256)
    finally:
        temporary.unlink(missing_ok=True)
    return sha256


def bytes_of(originals: Originals, sha256: str) -> bytes | None:
    """The bytes under a hash; None where they are gone."""
    try:
        with originals.at_hand([sha256]) as paths:
            return paths[sha256].read_bytes()
    except FileNotFoundError:
        return None


def refuse_wrong_place(settings: Settings, kept: Sequence[str]) -> None:
    """WorkspaceError where none of these is at the place that the settings name: a share that is not mounted is empty.

    kept: some that must be there; none of them is asked for in the workspace's own folder.
    """
    originals = originals_place(settings)
    if settings.originals and kept and not any(originals.has(sha256) for sha256 in kept):
        raise WorkspaceError(
            f"{settings.originals} 里没有已收下的原件：请检查共享文件夹是否挂好、地址是否正确；"
            "刚改到这里的，请先把工作区 archive 里两位字母数字的文件夹都复制过去。"
        )


def sweep(originals: Originals) -> None:
    """Removes the half copies that a killed run left; to be called by the one run that holds the lease."""
    for half in originals.incoming.glob("*"):
        half.unlink()


def damaged_originals(originals: Originals, sha256s: Sequence[str]) -> Mapping[str, str]:
    """Which of these originals are `absent` or `changed`, by their hash."""
    states = {sha256: originals.state(sha256) for sha256 in sha256s}
    return {sha256: state for sha256, state in states.items() if state}


# --- files under their hash ---


def keep_under_hash(temporary: Path, sha256: str, archive: Path) -> Path:
    """Renames a flushed file to its hash after reading it again. OSError when the disk gave back other bytes."""
    target = archive_path(archive, sha256)
    if target.exists() and sha256_of(target) == sha256:
        return target
    if sha256_of(temporary) != sha256:
        raise OSError(f"{temporary} did not keep its bytes")
    target.parent.mkdir(exist_ok=True)
    temporary.chmod(0o444)
    temporary.replace(target)
    flush_folder(target.parent)
    flush_folder(archive)
    return target


def archive_path(archive: Path, sha256: str) -> Path:
    """Where the bytes of a hash lie."""
    return archive / sha256[:2] / sha256


def sha256_of(path: Path) -> str:
    """Hex SHA-256 of a file."""
    with path.open("rb") as reader:
        return hashlib.file_digest(reader, "sha256").hexdigest()


def flush_folder(folder: Path) -> None:
    """Makes renames in a folder outlast a power cut; Windows has no such call and needs none."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
