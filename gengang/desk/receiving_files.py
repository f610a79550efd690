"""Files that a browser brings, into the inbox: as they are, under their own names, never over another file."""

import os
import secrets
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from gengang.arrivals import numbered
from gengang.errors import MachineError, WorkspaceError
from gengang.filenames import is_ignored, legal_name
from gengang.settings import Settings

BLOCK = 1 << 20
DEEPEST = 6  # folders inside folders
LARGEST = 300_000_000  # bytes; the readers read none that is larger


def put_into_inbox(settings: Settings, name: str, folder: str, stream: BinaryIO) -> str:
    """The file's path in the inbox. name: with folders where one was dropped; folder: of the whole drop, '' for none.

    It is written aside and put there whole, so that no run takes half a file. WorkspaceError for a name that the inbox
    passes over, or a file too large; MachineError when the disk fails.
    """
    parts = [legal_name(part) for part in (*PurePosixPath(folder).parts, *_parts(name))][-DEEPEST:]
    if not parts or any(is_ignored(part) for part in parts):
        raise WorkspaceError("这是系统或程序留下的临时文件，没有收。")
    staged = settings.shown / "uploads" / secrets.token_hex(8)
    try:
        settings.shown.mkdir(mode=0o700, exist_ok=True)
        staged.parent.mkdir(exist_ok=True)
        _copy(stream, staged)
        return _placed(staged, settings.inbox.joinpath(*parts)).relative_to(settings.inbox).as_posix()
    except OSError as fault:
        raise MachineError(f"文件没有收下（{fault.strerror or fault}）：请检查磁盘空间和写权限后重试。") from fault
    finally:
        staged.unlink(missing_ok=True)


def _parts(name: str) -> tuple[str, ...]:
    """A name that a browser sends may be a path of either kind; what leads upwards is no part of it."""
    return tuple(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))


def _copy(stream: BinaryIO, target: Path) -> None:
    size = 0
    with target.open("xb") as file:
        while block := stream.read(BLOCK):
            size += len(block)
            if size > LARGEST:
                raise WorkspaceError(f"文件超过{LARGEST // 1_000_000} MB，没有收。请拆分后再放入。")
            file.write(block)
        file.flush()
        os.fsync(file.fileno())


def _placed(staged: Path, wanted: Path) -> Path:
    """Under its name, or with a number where that is taken; two who bring one name at once both keep theirs."""
    wanted.parent.mkdir(parents=True, exist_ok=True)
    for target in numbered(wanted):
        try:
            os.link(staged, target)
        except FileExistsError:
            continue
        return target
    raise AssertionError("numbers do not end")
