"""Archives that Python cannot make: RAR of both versions and 7z, their members stored as they are.

Only what a reader needs is written; compressed ones are unar's own affair.
"""

import io
import struct
import tarfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stored:
    """A member as the archive shall have it. crc: another one than its bytes have; is_locked: said to be encrypted."""

    data: bytes
    crc: int | None = None
    is_locked: bool = False
    links_to: str = ""

    @property
    def check(self) -> bytes:
        return struct.pack("<I", zlib.crc32(self.data) if self.crc is None else self.crc)


Members = Mapping[str, Stored | bytes]


def stored(member: Stored | bytes) -> Stored:
    return member if isinstance(member, Stored) else Stored(member)


# --- RAR 1.5 to 4 ---


def rar4(members: Members, flags: int = 0, encoding: str = "gbk") -> bytes:
    """flags: of the archive: 1 a volume, 0x80 with its names encrypted."""
    blocks = [_block4(0x73, flags, bytes(6))]
    for name, member in members.items():
        one, raw = stored(member), name.replace("/", "\\").encode(encoding)
        size = struct.pack("<II", len(one.data), len(one.data))
        head = size + b"\2" + one.check + struct.pack("<IBBHI", 0, 29, 0x30, len(raw), 0x20) + raw
        blocks.append(_block4(0x74, 0x8000 | (0x04 if one.is_locked else 0), head) + one.data)
    return b"Rar!\x1a\x07\x00" + b"".join(blocks) + _block4(0x7B, 0x4000, b"")


def _block4(kind: int, flags: int, body: bytes) -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head


# --- RAR 5 ---


def rar5(members: Members, flags: int = 0, locked_names: bool = False) -> bytes:
    """flags: of the archive: 1 a volume; locked_names: its list is encrypted too."""
    blocks = [_block5(number(4) + number(0) + number(0) + number(0) + b"\x0f" + bytes(16))] if locked_names else []
    blocks.append(_block5(number(1) + number(0) + number(flags)))
    blocks += [_file5(name, stored(member)) for name, member in members.items()]
    return b"Rar!\x1a\x07\x01\x00" + b"".join(blocks) + _block5(number(5) + number(0) + number(0))


def _file5(name: str, one: Stored) -> bytes:
    raw, size = name.encode("utf-8", "surrogateescape"), number(len(one.data))
    extra = b""
    if one.is_locked:
        extra += _record5(1, number(0) + number(0) + b"\x0f" + bytes(32))
    if one.links_to:
        target = one.links_to.encode()
        extra += _record5(5, number(1) + number(0) + number(len(target)) + target)
    head = number(2) + number(3 if extra else 2) + (number(len(extra)) if extra else b"") + size
    head += number(4) + size + number(0x20) + one.check + number(0) + number(1) + number(len(raw)) + raw
    return _block5(head + extra) + one.data


def _record5(kind: int, body: bytes) -> bytes:
    body = number(kind) + body
    return number(len(body)) + body


def _block5(body: bytes) -> bytes:
    sized = number(len(body)) + body
    return struct.pack("<I", zlib.crc32(sized)) + sized


def number(value: int) -> bytes:
    """In pieces of seven bits, the lowest first."""
    made = b""
    while value > 0x7F:
        made, value = made + bytes([value & 0x7F | 0x80]), value >> 7
    return made + bytes([value])


# --- 7z ---


def seven_zip(members: Members, locked_names: bool = False) -> bytes:
    """Each member a folder of its own. Locked ones, and a list with locked names, are said to be packed with AES."""
    all_of = [(name, stored(member)) for name, member in members.items()]
    packed = b"".join(one.data for _, one in all_of)
    count, sizes = _seven(len(all_of)), b"".join(_seven(len(one.data)) for _, one in all_of)
    coders = b"".join(b"\x01\x24\x06\xf1\x07\x01\x01\x00" if one.is_locked else b"\x01\x01\x00" for _, one in all_of)
    checks = b"".join(one.check for _, one in all_of)
    names = b"\x00" + b"".join(name.encode("utf-16-le") + b"\0\0" for name, _ in all_of)
    header = b"\x01\x04\x06\x00" + count + b"\x09" + sizes + b"\x00"
    header += b"\x07\x0b" + count + b"\x00" + coders + b"\x0c" + sizes + b"\x0a\x01" + checks + b"\x00\x00"
    header += b"\x05" + count + b"\x11" + _seven(len(names)) + names + b"\x00\x00"
    if locked_names:
        header = b"\x17\x06\x00\x01\x09\x20\x00\x07\x0b\x01\x00\x01\x24\x06\xf1\x07\x01\x01\x00\x0c\x20\x00\x00"
    start = struct.pack("<QQI", len(packed), len(header), zlib.crc32(header))
    return b"7z\xbc\xaf\x27\x1c\x00\x04" + struct.pack("<I", zlib.crc32(start)) + start + packed + header


def _seven(value: int) -> bytes:
    """7z's own way with numbers: the first byte's leading ones say how many follow."""
    if value < 0x80:
        return bytes([value])
    if value < 0x4000:
        return bytes([0x80 | value >> 8, value & 0xFF])
    return b"\xf0" + struct.pack("<I", value)


# --- tar ---


def tarred(members: Mapping[str, bytes], mode: str = "w") -> bytes:
    """mode: `w`, or `w:gz` for a packed one."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode, format=tarfile.GNU_FORMAT) as archive:  # type: ignore[call-overload]  # its modes are literals
        for name, content in members.items():
            about = tarfile.TarInfo(name)
            about.size = len(content)
            archive.addfile(about, io.BytesIO(content))
    return data.getvalue()
