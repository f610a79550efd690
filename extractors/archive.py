"""Zip archives to their members, names decoded, bounded against bombs; nothing is ever written to disk."""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from gengang.findings import Finding
from gengang.zipmembers import TooLargeError, member_of

MOST_MEMBERS = 2_000
MOST_BYTES = 400_000_000
MOST_RATIO = 300
RATIO_FREE_BYTES = 20_000_000
LONGEST_NAME = 1_000
UTF8_NAME = 0x800
ENCRYPTED = 0x1

# What systems and programs leave behind; never a form.
LITTER = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini", "~$", "._")

BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, RuntimeError, NotImplementedError, ValueError,
    EOFError, OSError, IndexError, OverflowError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a container. name: its path there, decoded, `/` between folders."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Contents:
    """What a container gave, and what was wrong with it.

    about: who sent it and under which subject, by mail; words: how the mail's text begins.
    """

    members: tuple[Member, ...] = ()
    findings: tuple[Finding, ...] = ()
    about: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """What may still be taken out of a file and the containers in it: bytes, and members."""

    size: int = MOST_BYTES
    members: int = MOST_MEMBERS

    @property
    def is_full(self) -> bool:
        """Whether another container had better stay closed."""
        return self.size < RATIO_FREE_BYTES or self.members <= 0

    def without(self, members: Sequence[Member]) -> "Room":
        """What is left when these were taken out."""
        return Room(self.size - sum(len(member.data) for member in members), self.members - len(members))


def is_litter(name: str) -> bool:
    """Whether a file is a system's or a program's own, such as `~$报名表.docx` or `Thumbs.db`."""
    lower = name.replace("\\", "/").lower()
    return lower.startswith("__macosx/") or "/__macosx/" in lower or lower.rpartition("/")[2].startswith(LITTER[1:])


def contents_of_zip(data: bytes, room: Room = Room()) -> Contents:
    """The members in the order of the archive; litter is left out without a word."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return _contents(package, len(data), room)
    except BROKEN_ZIP:
        message = "压缩包已损坏，无法打开。请对方重新压缩后再发，或直接发送里面的文件。"
        return Contents(findings=(Finding("unreadable_file", message, severity="error"),))


def _contents(package: zipfile.ZipFile, packed: int, room: Room) -> Contents:
    entries = [entry for entry in package.infolist() if not entry.is_dir()]
    if len(entries) > room.members:
        return Contents(findings=(too_large(f"压缩包里的文件超过 {MOST_MEMBERS} 个"),))
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        message = "压缩包设有密码，无法打开。请取消密码后重新压缩，或直接发送里面的文件。"
        return Contents(findings=(Finding("encrypted", message, severity="error"),))
    wanted = [(name_of(entry), entry) for entry in entries]
    allowed = min(room.size, max(RATIO_FREE_BYTES, packed * MOST_RATIO))
    members: list[Member] = []
    findings: list[Finding] = []
    for name, entry in ((name, entry) for name, entry in wanted if not is_litter(name)):
        try:
            content = member_of(package, entry, allowed)
        except TooLargeError:
            findings.append(too_large(f"压缩包解开后过大，“{name}”及其后的文件未读取"))
            break
        except BROKEN_ZIP:
            message = f"压缩包里的“{name}”已损坏，未读取。请对方重新发送这个文件。"
            findings.append(Finding("unreadable_file", message, severity="error"))
        else:
            allowed -= len(content)
            members.append(Member(name, content))
    return Contents(tuple(members), tuple(findings))


def too_large(what: str) -> Finding:
    """A container that would cost too much."""
    return Finding("too_large", f"{what}。请解压后分批放入。", severity="error")


def name_of(entry: zipfile.ZipInfo) -> str:
    """The member's name; without the UTF-8 mark, Windows in China wrote GBK, and some programs UTF-8 all the same."""
    name = entry.filename[-LONGEST_NAME:]
    if entry.flag_bits & UTF8_NAME:
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name
