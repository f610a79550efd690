"""`gengang backup`: everything that must not be lost as of one moment, into one file, while runs go on.

In this order, so that whatever a run does meanwhile no file lies in the backup that its ledger does not know: the inbox
and the office's files are copied first, then the ledger in one snapshot, then the originals that the snapshot names,
which never change. A file of ours that changed since the backup began is left out: it is later than the backup, and a
restored workspace makes it again. The file is written under another name, read back, and only then put in its place.
"""

import hashlib
import os
import time
import uuid
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import SpooledTemporaryFile

from gengang.arrivals import BLOCK, RECEIVED, numbered
from gengang.backup_format import FILES, BackupWriter, Kept, Manifest, opened_backup, table_member
from gengang.carried import CARRIED
from gengang.errors import MachineError, WorkspaceError
from gengang.ledger import Ledger, open_ledger
from gengang.ledger_rows import Row, rows_of
from gengang.manifest import KINDS as MANIFEST_KINDS
from gengang.manifest import originals_of
from gengang.meetingbook import FILE as MEETINGS
from gengang.originals import archive_path, damaged_originals, flush_folder, originals_place, sha256_of
from gengang.settings import Settings
from gengang.workspace import SCHOOL_TABLES

Told = Callable[[str, int, int], None]
PRESSBOOK = ".press/pressbook.json"
OFFICE = ("scheme.toml", "roster.xlsx", MEETINGS, *SCHOOL_TABLES, CARRIED)
FIRST = (PRESSBOOK, *OFFICE, "keys", "templates", "inbox")  # the pressbook before the papers it speaks of
HALF = ".gengang-backup-"
STALE_SECONDS = 86_400.0
IN_MEMORY = 32_000_000


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What was made. absent: originals that are gone or damaged in the workspace itself."""

    path: Path
    absent: int
    lines: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """0 done, 1 done, and the workspace needs somebody."""
        return int(self.absent > 0)


def back_up(settings: Settings, target: Path | None, at: str, told: Told) -> BackedUp:
    """Backs a workspace up. target: a new file, None for one of this day in the workspace's `backups/`.

    WorkspaceError when the target is there or lies among what is backed up, or the workspace has no ledger;
    MachineError when it cannot be written; nothing is left of it then.
    """
    if not settings.ledger.exists() and settings.database_url is None:
        raise WorkspaceError("这个工作区还没有台账，没有可备份的：请先运行 gengang run。")
    path = _target(settings, target, at)
    half = path.parent / f"{HALF}{uuid.uuid4().hex}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path.parent)
        with closing(open_ledger(settings)) as ledger, half.open("xb") as writer:
            with zipfile.ZipFile(writer, "w", allowZip64=True) as package:
                manifest = _written(settings, ledger, BackupWriter(package), at, told)
            writer.flush()
            os.fsync(writer.fileno())
        with opened_backup(half) as proved:
            files = len(proved.files)
        _put(half, path)
    except OSError as fault:
        raise MachineError(
            f"备份没有写成（{fault.strerror or fault}）：请检查磁盘空间和权限，或换一个位置。"
        ) from fault
    finally:
        half.unlink(missing_ok=True)
    return BackedUp(path, len(manifest.absent), tuple(_told_lines(path, manifest, files)))


def _target(settings: Settings, target: Path | None, at: str) -> Path:
    if target is None:
        wanted = settings.backups / f"gengang-{at[:10]}.zip"
        return next(path for path in numbered(wanted) if not path.exists())
    path = target.resolve()
    inside = [settings.workspace / name for name in ("inbox", "outbox", "templates", "archive")]
    if path.exists():
        raise WorkspaceError(f"{target} 已经有了，没有覆盖。请换一个文件名。")
    if any(path.is_relative_to(folder) for folder in inside):
        raise WorkspaceError(
            "备份不能放在工作区的 inbox、outbox、templates、archive 里。请换一个位置，最好是另一块盘。"
        )
    return path


def _sweep(folder: Path) -> None:
    """Removes what a backup that was killed left, so long ago that none is at work on it."""
    for half in folder.glob(f"{HALF}*"):
        if time.time() - half.stat().st_mtime > STALE_SECONDS:
            half.unlink()


def _put(half: Path, path: Path) -> None:
    """Under its name, unless somebody took that meanwhile."""
    if path.exists():
        raise FileExistsError(17, "同名文件刚刚出现", str(path))
    half.rename(path)
    flush_folder(path.parent)


def _told_lines(path: Path, manifest: Manifest, files: int) -> Iterator[str]:
    size = path.stat().st_size / 1_000_000
    yield f"已备份：{path}（{size:.1f} MB，台账{manifest.lines}行，文件{files}个），已读回核对。"
    yield "里面有全部个人信息：请像花名册一样保管，并拷到另一块盘上。"
    if manifest.absent:
        yield f"有{len(manifest.absent)}个原件在工作区里已不见或已损坏，备份里也没有：请运行 gengang verify originals。"


# --- what goes in ---


def _written(settings: Settings, ledger: Ledger, writer: BackupWriter, at: str, told: Told) -> Manifest:
    began = time.time_ns()
    files = list(_kept_files(settings, writer, FIRST, None, told))
    files += _kept_files(settings, writer, ("outbox",), began, told)
    with rows_of(ledger) as rows:
        seals = _Seals()
        writer.lines(table_member("facts"), seals.watching(rows["facts"]))
        for table in ("salts", "personal", "numbers"):
            writer.lines(table_member(table), rows[table])
    facts = (fact for fact in ledger.read(kinds=MANIFEST_KINDS) if fact.sequence <= seals.lines)
    originals = tuple(originals_of(facts))
    absent = tuple(damaged_originals(originals_place(settings), originals))
    files += _kept_originals(settings, writer, [one for one in originals if one not in absent], told)
    files += _kept_copies(settings, frozenset(originals) - set(absent))
    writer.lines(FILES, ({"path": one.path, "sha256": one.sha256, "size": one.size, "modified": one.modified}
                         for one in sorted(files, key=lambda one: one.path)))  # fmt: skip
    manifest = Manifest(at, program_version(), seals.lines, seals.seal, writer.members, absent)
    writer.finish(manifest)
    return manifest


class _Seals:
    """Number and seal of the last line that went by."""

    def __init__(self) -> None:
        self.lines, self.seal = 0, "0" * 64

    def watching(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            self.lines, self.seal = int(str(row["sequence"])), str(row["chain"])
            yield row


def program_version() -> str:
    """Of this program, as its installation says it."""
    try:
        return version("gengang")
    except PackageNotFoundError:
        return ""


def _kept_files(
    settings: Settings, writer: BackupWriter, names: Sequence[str], before: int | None, told: Told
) -> Iterator[Kept]:
    """Files below these names. before: nanoseconds since 1970; what changed after that is left out."""
    paths = [path for name in names for path in _files_at(settings.workspace / name)]
    for done, path in enumerate(paths, 1):
        kept = _kept_file(settings.workspace, writer, path, before)
        if kept is not None:
            yield kept
        told("备份文件", done, len(paths))


def _files_at(place: Path) -> Iterator[Path]:
    if place.is_file() and not place.is_symlink():
        yield place
    elif place.is_dir() and not place.is_symlink():
        for entry in sorted(place.iterdir()):
            yield from _files_at(entry)


def _kept_file(workspace: Path, writer: BackupWriter, path: Path, before: int | None) -> Kept | None:
    """None when it went or changed meanwhile; a file that cannot be read at all is an OSError."""
    with SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
        digest = hashlib.sha256()
        try:
            with path.open("rb") as reader:
                first = os.fstat(reader.fileno())
                while block := reader.read(BLOCK):
                    digest.update(block)
                    copy.write(block)
                last = os.fstat(reader.fileno())
        except FileNotFoundError:
            return None
        changed = (first.st_size, first.st_mtime_ns) != (last.st_size, last.st_mtime_ns)
        if changed or (before is not None and last.st_mtime_ns >= before):
            return None
        copy.seek(0)
        writer.file(digest.hexdigest(), copy)
    where = path.relative_to(workspace).as_posix()
    return Kept(where, digest.hexdigest(), last.st_size, last.st_mtime_ns)


def _kept_originals(settings: Settings, writer: BackupWriter, originals: Sequence[str], told: Told) -> Iterator[Kept]:
    """Wherever they lie, a backup has them as the archive folder would."""
    place = originals_place(settings)
    for done, sha256 in enumerate(originals, 1):
        with place.at_hand([sha256]) as paths, paths[sha256].open("rb") as reader:
            writer.file(sha256, reader)
            seen = os.fstat(reader.fileno())
        where = archive_path(Path(settings.archive.name), sha256)
        yield Kept(where.as_posix(), sha256, seen.st_size, seen.st_mtime_ns)
        told("备份原件", done, len(originals))


def _kept_copies(settings: Settings, originals: frozenset[str]) -> Iterator[Kept]:
    """Where originals lie once more under their own names; a copy of what came later is later than the backup."""
    for path in _files_at(settings.archive / RECEIVED):
        try:
            sha256, seen = sha256_of(path), path.stat()
        except FileNotFoundError:
            continue
        if sha256 in originals:
            yield Kept(path.relative_to(settings.workspace).as_posix(), sha256, seen.st_size, seen.st_mtime_ns)
