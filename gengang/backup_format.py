"""The form of a backup: one zip that can be read by hand, made of lists of lines and of files under their SHA-256.

`manifest.json` says what it is and has size and SHA-256 of every other member; `ledger/<table>.jsonl` hold the ledger's
rows; `files.jsonl` says where each file of the workspace lay; `files/<sha256>` are their bytes, once each. Member names
say nothing of anybody. Nothing here writes a workspace or knows a database.
"""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from gengang.arrivals import BLOCK
from gengang.errors import BackupError

FORMAT = 1
MANIFEST = "manifest.json"
FILES = "files.jsonl"
LEDGER_TABLES = ("facts", "salts", "personal", "numbers")
SOME_DAY = (2016, 1, 1, 0, 0, 0)  # a zip must give each member a time; the files' own stand in files.jsonl
UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the zip. size in bytes; sha256 in hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the workspace. path: relative, with `/`; modified: file time in nanoseconds since 1970."""

    path: str
    sha256: str
    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    made_at: UTC; lines, seal: number and seal of the ledger's last line; absent: originals that were gone or damaged
    when it was made, by their hash.
    """

    made_at: str
    program: str
    lines: int
    seal: str
    members: tuple[Member, ...]
    absent: tuple[str, ...] = ()


def member_of(sha256: str) -> str:
    """Where the bytes of a hash lie in the zip."""
    return f"files/{sha256}"


def table_member(table: str) -> str:
    """Where the rows of a table lie."""
    return f"ledger/{table}.jsonl"


def line_of(value: Mapping[str, Any]) -> bytes:
    """A line of a list, as a person can read it."""
    # A file's name need not be text: what is not is kept as an escape.
    try:
        return f"{json.dumps(value, ensure_ascii=False, sort_keys=True)}\n".encode()
    except UnicodeEncodeError:
        return f"{json.dumps(value, sort_keys=True)}\n".encode()


def manifest_bytes(manifest: Manifest) -> bytes:
    """The manifest as its member says it; `manifest_in` of it gives it again."""
    said = {
        "format": FORMAT,
        "made_at": manifest.made_at,
        "program": manifest.program,
        "ledger": {"lines": manifest.lines, "seal": manifest.seal},
        "absent": list(manifest.absent),
        "members": [{"name": one.name, "size": one.size, "sha256": one.sha256} for one in manifest.members],
    }
    return f"{json.dumps(said, ensure_ascii=False, indent=1)}\n".encode()


def manifest_in(data: bytes) -> Manifest:
    """The manifest that these bytes say. BackupError when they say none, or a newer one."""
    try:
        said = json.loads(data)
        if said["format"] > FORMAT:
            raise BackupError("备份不能用：", ("它是更新的 gengang 做的，请换用更新的程序再恢复。",))
        members = tuple(Member(one["name"], one["size"], one["sha256"]) for one in said["members"])
        ledger = said["ledger"]
        return Manifest(
            said["made_at"], said["program"], ledger["lines"], ledger["seal"], members, tuple(said["absent"])
        )
    except (ValueError, KeyError, TypeError) as fault:
        raise BackupError("备份不能用：", (f"{MANIFEST} 读不出来。请换另一份备份。",)) from fault


# --- reading one ---


@dataclass(frozen=True, slots=True)
class Backup:
    """An open backup, every byte of which was held against its manifest."""

    package: zipfile.ZipFile
    manifest: Manifest
    files: tuple[Kept, ...]

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        """The rows of one table of the ledger."""
        with self.package.open(table_member(table)) as reader:
            for line in reader:
                yield json.loads(line)

    def blocks(self, sha256: str) -> Iterator[bytes]:
        """The bytes of a hash, in blocks."""
        with self.package.open(member_of(sha256)) as reader:
            yield from iter(lambda: reader.read(BLOCK), b"")


@contextmanager
def opened_backup(path: Path) -> Iterator[Backup]:
    """A backup, proved whole before anything is taken from it. BackupError with every fault."""
    try:
        with zipfile.ZipFile(path) as package:
            manifest = _manifest_of(package)
            _refuse(tuple(_member_faults(package, manifest)))
            files = tuple(_files_in(package))
            _refuse(tuple(_file_faults(manifest, files)))
            yield Backup(package, manifest, files)
    except FileNotFoundError as fault:
        raise BackupError("备份不能用：", (f"没有这个文件：{path}。",)) from fault
    except zipfile.BadZipFile as fault:
        raise BackupError(
            "备份不能用：", ("它不完整或已损坏（多半是没有拷完）。请重新拷贝，或换另一份备份。",)
        ) from fault


def _refuse(faults: tuple[str, ...]) -> None:
    if faults:
        raise BackupError(f"备份已损坏或不完整，共{len(faults)}处，没有恢复。请重新拷贝，或换另一份备份：", faults)


def _manifest_of(package: zipfile.ZipFile) -> Manifest:
    if MANIFEST not in package.namelist():
        raise BackupError("备份不能用：", (f"里面没有 {MANIFEST}，不是 gengang 的备份。",))
    return manifest_in(package.read(MANIFEST))


def _member_faults(package: zipfile.ZipFile, manifest: Manifest) -> Iterator[str]:
    there = package.namelist()
    wanted = {one.name for one in manifest.members}
    yield from (f"缺少 {name}。" for name in (FILES, *map(table_member, LEDGER_TABLES)) if name not in wanted)
    yield from (f"多出 {name}。" for name in sorted({*there} - wanted - {MANIFEST}))
    yield from (f"{name} 有两个。" for name in sorted(wanted) if there.count(name) > 1)
    for one in manifest.members:
        if one.name not in there:
            yield f"缺少 {one.name}。"
        elif (one.size, one.sha256) != _measured(package, one.name):
            yield f"{one.name} 已损坏。"


def _measured(package: zipfile.ZipFile, name: str) -> tuple[int, str]:
    """Size and hash of a member as it is; of what can be read of it, where it cannot be read to its end."""
    size, digest = 0, hashlib.sha256()
    try:
        with package.open(name) as reader:
            while block := reader.read(BLOCK):
                size += len(block)
                digest.update(block)
    except UNREADABLE:
        return -1, ""
    return size, digest.hexdigest()


def _files_in(package: zipfile.ZipFile) -> Iterator[Kept]:
    try:
        with package.open(FILES) as reader:
            for line in reader:
                said = json.loads(line)
                yield Kept(said["path"], said["sha256"], said["size"], said["modified"])
    except (ValueError, KeyError, TypeError) as fault:
        raise BackupError("备份不能用：", (f"{FILES} 读不出来。请换另一份备份。",)) from fault


def _file_faults(manifest: Manifest, files: Iterable[Kept]) -> Iterator[str]:
    there = {one.name for one in manifest.members}
    for one in files:
        if not _stays_inside(one.path):
            yield f"文件清单里有不该有的路径（第几行可在 {FILES} 里查）：{one.path}"
        elif not _HASH.fullmatch(one.sha256) or member_of(one.sha256) not in there:
            yield f"缺少文件 {one.sha256}。"


def _stays_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and "\\" not in path and ":" not in parts[0] and ".." not in parts


# --- writing one ---


class BackupWriter:
    """Members into a zip, each measured as it is written; `finish` adds the manifest."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._members: dict[str, Member] = {}

    @property
    def members(self) -> tuple[Member, ...]:
        """What was written so far."""
        return tuple(self._members.values())

    def lines(self, name: str, values: Iterable[Mapping[str, Any]]) -> None:
        """A list of lines."""
        self._write(name, map(line_of, values), zipfile.ZIP_DEFLATED)

    def file(self, sha256: str, reader: IO[bytes]) -> None:
        """The bytes of a hash, unless they are there; most files are compressed already, so they are stored."""
        if member_of(sha256) not in self._members:
            self._write(member_of(sha256), iter(lambda: reader.read(BLOCK), b""), zipfile.ZIP_STORED)

    def finish(self, manifest: Manifest) -> None:
        """The manifest, last."""
        self._write(MANIFEST, [manifest_bytes(manifest)], zipfile.ZIP_DEFLATED)

    def _write(self, name: str, blocks: Iterable[bytes], how: int) -> None:
        size, digest = 0, hashlib.sha256()
        about = zipfile.ZipInfo(name, SOME_DAY)
        about.compress_type = how
        with self._package.open(about, "w", force_zip64=True) as writer:
            for block in blocks:
                size += len(block)
                digest.update(block)
                writer.write(block)
        self._members[name] = Member(name, size, digest.hexdigest())
