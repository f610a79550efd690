"""`gengang restore`: a workspace out of a backup, whole or not at all.

The backup is proved before anything is written, the workspace is built beside its place and proved as `gengang verify`
would, and only then renamed. Killed at any line there is no workspace, or all of it; the same command starts again.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from gengang.backup_format import LEDGER_TABLES, Backup, Kept, opened_backup
from gengang.carried import CARRIED
from gengang.checking import faults_of_workspace
from gengang.errors import BackupError, MachineError, WorkspaceError
from gengang.ledger import open_ledger
from gengang.ledger_lease import lease
from gengang.ledger_rows import fill
from gengang.manifest import KINDS as MANIFEST_KINDS
from gengang.manifest import keep_manifest
from gengang.meetingbook import FILE as MEETINGS
from gengang.originals import flush_folder, originals_place
from gengang.settings import Settings
from gengang.workspace import SCHOOL_TABLES

FOLDERS = ("inbox", "outbox", "templates")
TOPS = frozenset(
    (*FOLDERS, "archive", ".press", "keys", "scheme.toml", "roster.xlsx", MEETINGS, CARRIED, *SCHOOL_TABLES)
)
ROOM = 50_000_000  # bytes beside the backup's own that the ledger may need


@dataclass(frozen=True, slots=True)
class Restored:
    """lines: sentences for the terminal. absent: originals that were not in the backup either."""

    lines: tuple[str, ...]
    absent: int

    @property
    def exit_code(self) -> int:
        """0 done, 1 done with originals that nobody has."""
        return int(self.absent > 0)


def restore(backup: Path, settings: Settings, holder: str) -> Restored:
    """Restores into the settings' folder, which must not be in use, and their database, which must be empty.

    BackupError with every fault of the backup; WorkspaceError for a folder in use, MachineError without room,
    LedgerError when the database holds another ledger. The folder is as it was then.
    """
    target = settings.workspace
    _refuse_in_use(target)
    half = target.with_name(f".{target.name}.restoring")
    try:
        with opened_backup(backup) as kept:
            _refuse_full(target.parent, kept)
            _remove(half)
            try:
                _build(kept, replace(settings, workspace=half), holder)
                _put(half, target)
            finally:
                _remove(half)
            return Restored(tuple(_told(kept, target)), len(kept.manifest.absent))
    except OSError as fault:
        raise MachineError(f"没有恢复成（{fault.strerror or fault}）：请检查磁盘空间和权限，或换一个位置。") from fault


def _refuse_in_use(target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise WorkspaceError(f"{target} 里已经有东西，没有恢复。请换一个新的或空的文件夹。")
    if not target.parent.is_dir():
        raise WorkspaceError(f"{target.parent} 不存在。请先建好这个文件夹，或换一个位置。")


def _refuse_full(folder: Path, kept: Backup) -> None:
    ledger = sum(one.size for one in kept.manifest.members if one.name.startswith("ledger/"))
    wanted = sum(one.size for one in kept.files) + 3 * ledger + ROOM
    free = shutil.disk_usage(folder).free
    if free < wanted:
        raise MachineError(f"磁盘空间不够：要{wanted // 1_000_000} MB，只有{free // 1_000_000} MB。请换一块盘。")


def _build(kept: Backup, settings: Settings, holder: str) -> None:
    strange = [one.path for one in kept.files if Path(one.path).parts[0] not in TOPS]
    if strange:
        raise BackupError("备份不能用，里面有不是工作区的文件：", tuple(strange[:5]))
    for name in FOLDERS:
        (settings.workspace / name).mkdir(parents=True)
    for one in kept.files:
        _write(kept, one, settings)
    with closing(open_ledger(settings, moved_too=True)) as ledger:
        with lease(ledger, holder):
            fill(ledger, {table: kept.rows(table) for table in LEDGER_TABLES})
        if ledger.head() != (kept.manifest.lines, kept.manifest.seal):
            raise BackupError("备份不能用：", ("台账的最后一行和清单里写的不一致。请换另一份备份。",))
        keep_manifest(settings, ledger.read(kinds=MANIFEST_KINDS))
    settings.ledger.with_name(f"{settings.ledger.name}.lock").unlink(missing_ok=True)
    faults = tuple(_new_faults(settings, kept))
    if faults:
        raise BackupError(f"恢复出来的工作区有{len(faults)}处不符，没有留下。请换另一份备份：", faults)


def _new_faults(settings: Settings, kept: Backup) -> Iterator[str]:
    """What `gengang verify` says, but for originals that were not in the backup either."""
    faults = faults_of_workspace(settings, "all")
    gone = [fault for fault in faults if fault.startswith("原件不见了")]
    yield from (fault for fault in faults if fault not in gone)
    yield from gone if len(gone) != len(kept.manifest.absent) else ()


def _write(kept: Backup, one: Kept, settings: Settings) -> None:
    """An original goes where originals lie now, wherever they lay when the backup was made."""
    if Path(one.path).name != one.sha256:
        _write_file(kept, one, settings.workspace / one.path)
        return
    originals = originals_place(settings)
    temporary = originals.incoming / one.sha256
    temporary.unlink(missing_ok=True)
    _write_file(kept, one, temporary)
    originals.keep(temporary, one.sha256)
    temporary.unlink(missing_ok=True)


def _write_file(kept: Backup, one: Kept, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as writer:
        writer.writelines(kept.blocks(one.sha256))
        writer.flush()
        os.fsync(writer.fileno())
    os.utime(path, ns=(one.modified, one.modified))
    if path.parent.name == "keys":
        path.chmod(0o600)


def _put(half: Path, target: Path) -> None:
    if target.exists():
        target.rmdir()  # it is empty; Windows renames onto nothing
    half.rename(target)
    flush_folder(target.parent)


def _remove(half: Path) -> None:
    for path in half.rglob("*") if half.exists() else ():
        if path.is_file():
            path.chmod(0o644)  # Windows deletes nothing that is read-only
    shutil.rmtree(half, ignore_errors=True)


def _told(kept: Backup, target: Path) -> Iterator[str]:
    said = kept.manifest
    yield f"已恢复到 {target}（{said.made_at[:10]} 的备份，台账{said.lines}行，文件{len(kept.files)}个），已核对完好。"
    if said.absent:
        yield f"有{len(said.absent)}个原件在备份时就已不见或已损坏，没有恢复：请运行 gengang verify originals 查看。"
    yield "备份以后收到的材料，请重新放进 inbox，再运行 gengang run。"
