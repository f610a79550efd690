"""Files that only we need and that are gone at the end; where they cannot be written, no form is to blame."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gengang.errors import MachineError

NO_ROOM = (
    "临时文件写不下去（{fault}）。多半是磁盘已满，或对临时文件夹没有写入权限，不是表格有问题。"
    "请清理磁盘或改正权限后重新运行，材料都还在。"
)


@contextmanager
def writing_scratch() -> Iterator[None]:
    """Where nothing but scratch files is read and written. Raises MachineError for any OSError."""
    try:
        yield
    except OSError as fault:
        raise MachineError(no_room(fault)) from fault


def no_room(fault: OSError) -> str:
    """What to say when a scratch file cannot be written, or cannot be read again."""
    return NO_ROOM.format(fault=fault)


@contextmanager
def scratch_folder(prefix: str, beside: Path | None = None) -> Iterator[Path]:
    """A new folder, removed at the end. beside: where, None for the system's own place.

    Raises MachineError when none can be made.
    """
    with writing_scratch():
        made = tempfile.TemporaryDirectory(prefix=prefix, dir=beside, ignore_cleanup_errors=True)
    with made as folder:
        yield Path(folder)
