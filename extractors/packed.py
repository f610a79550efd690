"""RAR, 7z, tar and gz archives to their members: what is in them is listed first, then taken out within bounds.

Nothing in an archive is ever written to disk, whatever it is called and wherever it leads: unar gives the members'
bytes through a pipe, and each is held to the length and the checksum that the list states.
"""

import hashlib
import json
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from extractors.archive import (
    LOCKED,
    LONGEST_NAME,
    MOST_ENTRIES,
    Contents,
    LeftOut,
    Member,
    Room,
    broken_archive,
    decoded_name,
    is_litter,
    refused,
    too_large,
    too_many,
)
from extractors.archiveheads import has_more_headers, hides_its_list, lacks_its_end
from gengang.errors import ToolError
from gengang.filenames import honest_name
from gengang.findings import MISSING_PROGRAM
from gengang.scratch import scratch_folder, writing_scratch
from gengang.tools import listing, unpacking

Packed = Literal["rar", "7z", "tar"]

SECONDS = 30.0  # of one archive, listing and unpacking
LONGEST_LIST = 10_000_000  # bytes of JSON: ten times that of a list of as many members as are taken out
MOST_STREAMS = 100  # one after the other in a .gz: each costs a copy of those behind it
CHECKSUMS = ("RARCRC32", "RAR5CRC32", "7zCRC32")
BLAKE = "RAR5BLAKE2spHash"
CUT_OFF = "压缩包的后一部分已损坏，那里的文件未读取。请对方重新压缩后再发。"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of an archive's list. size: bytes, None where it is not stated; check: what its bytes must give.

    Only a tar has no checksum; a RAR or 7z that states none for a member is damaged there.
    """

    index: int
    name: str
    size: int | None
    check: int | bytes | None
    is_locked: bool
    is_link: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """What is in an archive. whole: whether the list came to its end."""

    entries: tuple[Entry, ...]
    whole: bool


def contents_of_packed(data: bytes, kind: Packed, room: Room) -> Contents:
    """The members in the order of the archive; litter is left out without a word.

    Raises MachineError when there is no room for a copy of the archive.
    """
    if hides_its_list(data, kind):
        return Contents(findings=(refused("encrypted", LOCKED),))
    if kind == "rar" and has_more_headers(data, MOST_ENTRIES):
        return too_many()
    due = time.monotonic() + SECONDS
    with scratch_folder("gengang-archive-") as folder:
        archive = folder / "archive"
        with writing_scratch():
            archive.write_bytes(data)
        try:
            listed = _listed(archive, kind, due)
            if isinstance(listed, Contents):
                return listed
            whole = listed.whole and not lacks_its_end(data)
            return _contents(archive, replace(listed, whole=whole), len(data), room, due)
        except ToolError as error:
            return Contents(findings=(refused(MISSING_PROGRAM, str(error)),))


def _listed(archive: Path, kind: Packed, due: float) -> Listed | Contents:
    with listing(archive, due - time.monotonic()) as said:
        text = said.read(LONGEST_LIST + 1)
    if len(text) > LONGEST_LIST:
        return too_many()
    if time.monotonic() > due:
        return Contents(findings=(too_large("压缩包里的文件太多，解开得太久，未读取"),))
    try:
        told = json.loads(text.decode("utf-8", "surrogateescape"), strict=False)
        entries = tuple(_entry(line, kind) for line in told["lsarContents"] if not line.get("XADIsDirectory"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return broken_archive()
    if not told["lsarContents"]:
        return broken_archive()
    corrupted = told.get("lsarError") or told.get("lsarProperties", {}).get("XADIsCorrupted")
    return Listed(entries, whole=not corrupted)


def _entry(line: Mapping[str, object], kind: Packed) -> Entry:
    size = 0 if line.get("7zIsEmptyStream") else line.get("XADFileSize")
    check = _check(line)
    is_stated = isinstance(size, int) and size >= 0 and (size == 0 or check is not None or kind == "tar")
    return Entry(
        index=int(str(line["XADIndex"])),
        name=_name(str(line.get("XADFileName", "")), kind),
        size=int(str(size)) if is_stated else None,
        check=check,
        is_locked=bool(line.get("XADIsEncrypted")),
        is_link=bool(line.get("XADIsLink")),
    )


def _check(line: Mapping[str, object]) -> int | bytes | None:
    blake = line.get(BLAKE)
    if isinstance(blake, str):
        return blake.encode("latin-1", "replace")
    return next((crc & 0xFFFFFFFF for key in CHECKSUMS if isinstance(crc := line.get(key), int)), None)


def _name(name: str, kind: Packed) -> str:
    """7z states every name in Unicode; RAR and tar may leave it open, and then the letters are the name's bytes."""
    name = name[-LONGEST_NAME:]
    if kind != "7z" and not name.isascii():
        try:
            name = decoded_name(name.encode("latin-1")) or name
        except UnicodeEncodeError:
            return honest_name(name)
    return honest_name(name)


def _contents(archive: Path, listed: Listed, packed: int, room: Room, due: float) -> Contents:
    if len(listed.entries) > room.members:
        return too_many()
    left_out = LeftOut()
    wanted = list(_wanted(listed.entries, room.for_packed(packed), left_out))
    members = list(_taken_out(archive, wanted, left_out, due))
    findings = [*left_out.told(len(members))]
    if not listed.whole:
        findings.append(refused("unreadable_file", CUT_OFF) if listed.entries else broken_archive().findings[0])
    return Contents(tuple(members), tuple(findings))


def _wanted(entries: Sequence[Entry], allowed: int, left_out: LeftOut) -> Iterator[Entry]:
    """Those that are worth taking out and for which there is room."""
    for entry in entries:
        if is_litter(entry.name):
            continue
        if entry.is_locked:
            left_out.locked.append(entry.name)
        elif entry.is_link:
            left_out.links.append(entry.name)
        elif entry.size is None:
            left_out.broken.append(entry.name)
        elif entry.size > allowed:
            left_out.large.append(entry.name)
        else:
            allowed -= entry.size
            yield entry


def _taken_out(archive: Path, wanted: Sequence[Entry], left_out: LeftOut, due: float) -> Iterator[Member]:
    """Where one is damaged, nobody knows where the next begins: the program is asked again for those after it."""
    waiting = list(wanted)
    while waiting and time.monotonic() < due:
        with unpacking(archive, [entry.index for entry in waiting], due - time.monotonic()) as said:
            while waiting:
                entry = waiting.pop(0)
                data = said.read(entry.size or 0)
                if not _is_sound(entry, data):
                    (left_out.broken if time.monotonic() < due else left_out.late).append(entry.name)
                    break
                yield Member(entry.name, data)
    left_out.late.extend(entry.name for entry in waiting)


def _is_sound(entry: Entry, data: bytes) -> bool:
    if len(data) != entry.size:
        return False
    if isinstance(entry.check, bytes):
        return _blake2sp(data) == entry.check
    return entry.check is None or zlib.crc32(data) == entry.check


def _blake2sp(data: bytes) -> bytes:
    """BLAKE2s over eight leaves, which take pieces of 64 bytes in turn: what WinRAR writes instead of a CRC."""
    leaves = [hashlib.blake2s(fanout=8, depth=2, inner_size=32, node_offset=leaf, last_node=leaf == 7)
              for leaf in range(8)]  # fmt: skip
    view = memoryview(data)
    for start in range(0, len(data), 64):
        leaves[start // 64 % 8].update(view[start : start + 64])
    digests = b"".join(leaf.digest() for leaf in leaves)
    return hashlib.blake2s(digests, fanout=8, depth=2, inner_size=32, node_depth=1, last_node=True).digest()


# --- gz ---


def contents_of_gz(data: bytes, name: str, room: Room) -> Contents:
    """The one file that a .gz holds. name: of the .gz, whose ending is taken off."""
    most = room.for_packed(len(data))
    content = _unfolded(data, most)
    if content is None:
        return broken_archive()
    if len(content) > most:
        return Contents(findings=(too_large("压缩包解开后过大，未读取"),))
    stem = name.replace("\\", "/").rpartition("/")[2]
    own = f"{stem[:-4]}.tar" if stem.lower().endswith(".tgz") else stem.removesuffix(".gz")
    return Contents((Member(own, content),))


def _unfolded(data: bytes, most: int) -> bytes | None:
    """A little more than `most` bytes at most; None when the file is damaged or cut off."""
    pieces: list[bytes] = []
    left, rest = most + 1, data
    for _ in range(MOST_STREAMS):
        if not rest or left <= 0:
            break
        unfolder = zlib.decompressobj(wbits=31)
        try:
            pieces.append(unfolder.decompress(rest, left))
        except zlib.error:
            return None
        left -= len(pieces[-1])
        if not unfolder.eof:
            return b"".join(pieces) if left <= 0 else None
        rest = unfolder.unused_data.lstrip(b"\0")
    return b"".join(pieces)
