"""Zip archives to their members, names decoded, bounded against bombs; nothing is ever written to disk.

What goes for every kind of archive stands here too: the room for its members, and how what was left out is told.
"""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from gengang.filenames import honest_name
from gengang.findings import Finding
from gengang.zipmembers import TooLargeError, member_of

MOST_MEMBERS = 2_000
MOST_ENTRIES = 20_000  # of a zip, folders counted: a list of a million of them takes ten seconds and half a gigabyte
MOST_BYTES = 400_000_000
MOST_RATIO = 300
RATIO_FREE_BYTES = 20_000_000
LONGEST_NAME = 1_000
MOST_NAMED = 3
UTF8_NAME = 0x800
FIRST_OF_THREE_BYTES = "\u0800"  # in UTF-8, as every Chinese letter has
ENCRYPTED = 0x1
ENTRY, END, END_LENGTH, LONGEST_COMMENT = b"PK\x01\x02", b"PK\x05\x06", 22, 1 << 16

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
    """What a container gave, and what was wrong with it."""

    members: tuple[Member, ...] = ()
    findings: tuple[Finding, ...] = ()


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

    def for_packed(self, size: int) -> int:
        """How many bytes an archive of so many may unfold to."""
        return min(self.size, max(RATIO_FREE_BYTES, size * MOST_RATIO))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Names of members that were not read, by why."""

    broken: list[str] = field(default_factory=list)
    large: list[str] = field(default_factory=list)
    locked: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)

    def told(self, read: int) -> Iterator[Finding]:
        """One finding for each why. read: how many members were."""
        if self.locked:
            yield refused(
                "encrypted", LOCKED if not read else LOCKED.replace("压缩包", f"压缩包里的{few_named(self.locked)}", 1)
            )
        if self.broken:
            yield refused("unreadable_file", f"压缩包里的{few_named(self.broken)}已损坏，未读取。请对方重新发送。")
        if self.large:
            yield too_large(f"压缩包里的{few_named(self.large)}解开后过大，未读取")
        if self.late:
            yield too_large(f"压缩包解开得太久，里面的{few_named(self.late)}未读取")
        if self.links:
            message = f"压缩包里的{few_named(self.links)}只是指向别处的链接，没有内容。请对方把文件本身压缩后再发。"
            yield refused("unreadable_file", message)


LOCKED = "压缩包设有密码，无法打开。请取消密码后重新压缩，或直接发送里面的文件。"


def refused(code: str, message: str) -> Finding:
    """What keeps an archive, or something in it, from being read."""
    return Finding(code, message, severity="error")


def broken_archive() -> Contents:
    """An archive that does not open."""
    message = "压缩包已损坏，无法打开。请对方重新压缩后再发，或直接发送里面的文件。"
    return Contents(findings=(refused("unreadable_file", message),))


def too_many() -> Contents:
    """An archive of more files than anybody sends."""
    return Contents(findings=(too_large(f"压缩包里的文件超过 {MOST_MEMBERS} 个"),))


def too_large(what: str) -> Finding:
    """A container that would cost too much."""
    return refused("too_large", f"{what}。请解压后分批放入。")


def few_named(names: Sequence[str]) -> str:
    """The first of some names, and how many there are."""
    shown = "、".join(f"“{name}”" for name in names[:MOST_NAMED])
    return shown if len(names) <= MOST_NAMED else f"{shown}等 {len(names)} 个文件"


def is_litter(name: str) -> bool:
    """Whether a file is a system's or a program's own, such as `~$报名表.docx` or `Thumbs.db`."""
    lower = name.replace("\\", "/").lower()
    return lower.startswith("__macosx/") or "/__macosx/" in lower or lower.rpartition("/")[2].startswith(LITTER[1:])


def has_too_many_entries(data: bytes) -> bool:
    """Whether listing a zip would cost too much; told from the length of its list, which is not read."""
    end = data.rfind(END, max(0, len(data) - END_LENGTH - LONGEST_COMMENT))
    if end < 0 or end + END_LENGTH > len(data):
        return False
    stated = int.from_bytes(data[end + 12 : end + 16], "little")
    start = 0 if stated == 0xFFFFFFFF else max(0, end - stated)  # a longer list is stated elsewhere
    return data.count(ENTRY, start, end) > MOST_ENTRIES


def contents_of_zip(data: bytes, room: Room = Room()) -> Contents:
    """The members in the order of the archive; litter is left out without a word."""
    if has_too_many_entries(data):
        return too_many()
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return _contents(package, len(data), room)
    except BROKEN_ZIP:
        return broken_archive()


def _contents(package: zipfile.ZipFile, packed: int, room: Room) -> Contents:
    entries = [entry for entry in package.infolist() if not entry.is_dir()]
    if len(entries) > room.members:
        return too_many()
    allowed = room.for_packed(packed)
    members: list[Member] = []
    left_out = LeftOut()
    for name, entry in ((name_of(entry), entry) for entry in entries):
        if is_litter(name):
            continue
        if entry.flag_bits & ENCRYPTED:
            left_out.locked.append(name)
            continue
        try:
            content = member_of(package, entry, allowed)
        except TooLargeError:
            left_out.large.append(name)
        except BROKEN_ZIP:
            left_out.broken.append(name)
        else:
            allowed -= len(content)
            members.append(Member(name, content))
    return Contents(tuple(members), tuple(left_out.told(len(members))))


def name_of(entry: zipfile.ZipInfo) -> str:
    """The member's name; without the UTF-8 mark, Windows in China wrote GBK, and some programs UTF-8 all the same."""
    name = entry.filename[-LONGEST_NAME:]
    if entry.flag_bits & UTF8_NAME:
        return honest_name(name)
    try:
        return honest_name(decoded_name(name.encode("cp437")) or name)
    except UnicodeEncodeError:
        return honest_name(name)


def decoded_name(raw: bytes) -> str:
    """A name of which nobody says in what encoding it is; empty where it is in none that is used here.

    Some GBK is UTF-8 too, by chance and without a Chinese letter in it: `前` would be `ǰ`.
    """
    in_utf8, in_gbk = _decoded(raw, "utf-8"), _decoded(raw, "gb18030")
    return in_utf8 if any(letter >= FIRST_OF_THREE_BYTES for letter in in_utf8) else in_gbk or in_utf8


def _decoded(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return ""
