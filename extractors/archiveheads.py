"""What an archive says of itself at its beginning: that it is one volume of several, or that its list is encrypted.

A volume that says nothing is told by its name.
"""

import re
from dataclasses import dataclass

VOLUME_NAME = re.compile(r"\.(?:z\d\d|r\d\d|part\d+\.rar|(?:zip|7z|rar|tar)\.\d{3})$", re.I)
RAR4, RAR5 = b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"
END5 = b"\x03\x05"  # how long the last header is, and its kind
LONGEST_TAIL = 64
IS_VOLUME, NAMES_LOCKED = 0x1, 0x80  # among the flags of RAR 4; the first of RAR 5 too
HAS_DATA4, HAS_DATA5 = 0x8000, 0x2  # among the flags of any header
MAIN5, LOCKED5 = 1, 4  # kinds of a first header of RAR 5
LONGEST_NUMBER = 10
ZIP_END, ZIP_END_LENGTH, LONGEST_COMMENT = b"PK\x05\x06", 22, 1 << 16
SEVEN_ZIP_START = 32
PACKED_LIST = b"\x17"
AES = b"\x06\xf1\x07\x01"  # 7z's number for it


def is_volume(data: bytes, name: str, kind: str) -> bool:
    """Whether a file is one volume of several. kind: what it is otherwise."""
    named = bool(VOLUME_NAME.search(name))
    match kind:
        case "rar":
            return _rar_head(data).is_volume
        case "7z":
            return named and _list_of_7z(data) is None
        case "zip":
            return _is_last_of_zips(data) or (named and ZIP_END not in data[-LONGEST_COMMENT:])
        case "unknown" | "text" | "empty":
            return named
    return False


def hides_its_list(data: bytes, kind: str) -> bool:
    """Whether even the names in an archive are encrypted. kind: rar or 7z."""
    if kind == "rar":
        return _rar_head(data).is_locked
    listed = _list_of_7z(data) or b"" if kind == "7z" else b""
    return listed.startswith(PACKED_LIST) and AES in listed


def lacks_its_end(data: bytes) -> bool:
    """Whether a RAR 5 archive, which always says where it ends, does not."""
    return data.startswith(RAR5) and END5 not in data[-LONGEST_TAIL:]


def has_more_headers(data: bytes, most: int) -> bool:
    """Whether a RAR archive has more members and services than this; unar needs memory for every one."""
    after, at = (_after_rar4, len(RAR4)) if data.startswith(RAR4) else (_after_rar5, len(RAR5))
    for _ in range(most):
        following = after(data, at)
        if following <= at or following >= len(data):
            return False
        at = following
    return True


def _after_rar4(data: bytes, at: int) -> int:
    """Where the header at a place and what belongs to it end."""
    flags, size = (int.from_bytes(data[at + begin : at + begin + 2], "little") for begin in (3, 5))
    added = int.from_bytes(data[at + 7 : at + 11], "little") if flags & HAS_DATA4 else 0
    return at + size + added


def _after_rar5(data: bytes, at: int) -> int:
    size, begin = _number(data, at + 4)
    _, at = _number(data, begin)
    flags, at = _number(data, at)
    if flags & 1:
        _, at = _number(data, at)
    added = _number(data, at)[0] if flags & HAS_DATA5 else 0
    return begin + size + added


@dataclass(frozen=True, slots=True)
class _Head:
    is_volume: bool = False
    is_locked: bool = False


def _rar_head(data: bytes) -> _Head:
    if data.startswith(RAR4):
        flags = int.from_bytes(data[10:12], "little")
        return _Head(bool(flags & IS_VOLUME), bool(flags & NAMES_LOCKED))
    at = len(RAR5) + 4  # behind the mark and the header's checksum
    _, at = _number(data, at)  # its length
    kind, at = _number(data, at)
    flags, at = _number(data, at)
    if kind != MAIN5:
        return _Head(is_locked=kind == LOCKED5)
    if flags & 1:
        _, at = _number(data, at)  # the length of what is added
    archive_flags, _ = _number(data, at)
    return _Head(bool(archive_flags & IS_VOLUME))


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number in pieces of seven bits, the lowest first, and where it ends."""
    number = 0
    for place, byte in enumerate(data[at : at + LONGEST_NUMBER]):
        number |= (byte & 0x7F) << 7 * place
        at += 1
        if byte < 0x80:
            break
    return number, at


def _is_last_of_zips(data: bytes) -> bool:
    """The last volume alone has the list of all, and counts the volumes before it."""
    end = data.rfind(ZIP_END, max(0, len(data) - ZIP_END_LENGTH - LONGEST_COMMENT))
    return end >= 0 and int.from_bytes(data[end + 4 : end + 6], "little") not in (0, 0xFFFF)


def _list_of_7z(data: bytes) -> bytes | None:
    """The list stands at the end, and the beginning says where; None where the file ends before it."""
    offset, length = (int.from_bytes(data[at : at + 8], "little") for at in (12, 20))
    end = SEVEN_ZIP_START + offset + length
    return data[end - length : end] if end <= len(data) else None
