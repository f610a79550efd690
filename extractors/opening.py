"""A file's bytes to what it is and holds, before anything in it is read; why it cannot be had is a finding."""

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path

from extractors.identify import Kind, kind_of, medium_named, medium_of
from extractors.leaves import MAILS, Leaf, unpacked
from extractors.office import OLD_FORMATS, OldFile
from gengang.findings import Finding
from gengang.mailed import Mailed
from gengang.reading import FileReading
from gengang.sheet import Medium

MOST_BYTES = 300_000_000


@dataclass(frozen=True, slots=True)
class Opened:
    """A file before it is read. leaves: the files that it holds; mails: every mail that it is or holds."""

    name: str
    sha256: str
    kind: Kind
    leaves: tuple[Leaf, ...]
    findings: tuple[Finding, ...]
    mails: tuple[Mailed, ...] = ()

    @property
    def is_mail(self) -> bool:
        """Whether it is itself a mail, whose day is the day the office had it."""
        return self.kind in MAILS

    @property
    def medium(self) -> Medium:
        """What to call it if nothing can be read."""
        return medium_of(self.kind)


def load(path: str) -> bytes | Finding:
    """The bytes of a file, or why they cannot be had."""
    try:
        about = Path(path).stat()
        if about.st_size > MOST_BYTES:
            return _refused("too_large", f"文件超过 {MOST_BYTES // 1_000_000} MB，未读取。请拆分后再放入。")
        if not stat.S_ISREG(about.st_mode) and not stat.S_ISDIR(about.st_mode):
            return _refused("unreadable_file", "不是普通文件，未读取。请给出文件本身。")
        return Path(path).read_bytes()
    except FileNotFoundError:
        return _refused("missing_file", "找不到这个文件。请核对文件名和所在文件夹。")
    except IsADirectoryError:
        return _refused("missing_file", "这是一个文件夹。请给出里面的文件。")
    except (OSError, ValueError) as error:
        return _refused("unreadable_file", f"文件打不开，请核对权限或重新复制。（{error}）")


def _refused(code: str, message: str) -> Finding:
    return Finding(code, message, severity="error")


def opened(name: str, data: bytes) -> Opened:
    """What a file is and holds. name: only a hint."""
    inside = unpacked(name, data)
    return Opened(name, sha256_of(data), kind_of(data, name), inside.leaves, inside.findings, inside.mails)


def old_files(file: Opened) -> dict[str, OldFile]:
    """Every file of an old office format, in containers too, by the hash of its bytes."""
    return {sha256_of(leaf.data): OldFile(leaf.kind, leaf.data) for leaf in file.leaves if leaf.kind in OLD_FORMATS}


def sha256_of(data: bytes) -> str:
    """Hex digest."""
    return hashlib.sha256(data).hexdigest()


def unreadable(name: str, finding: Finding) -> FileReading:
    """The entry of a file whose bytes cannot be had."""
    return FileReading(name, "", medium_named(name), (), (finding,))
