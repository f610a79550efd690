"""Outlook's files as Outlook writes them: an OLE file of property streams (.msg), and attributes in a row (TNEF)."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

Storage = Mapping[str, "bytes | Storage"]
Property = tuple[int, int, bytes | int]  # number, type, value

SECTOR, SMALL, CUTOFF = 512, 64, 4096
FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
NOTHING = 0xFFFFFFFF
LONG, ANSI, UNICODE, TIME, BINARY, OBJECT = 0x0003, 0x001E, 0x001F, 0x0040, 0x0102, 0x000D


def ticks(moment: datetime) -> bytes:
    """A moment as Windows counts it."""
    return struct.pack("<Q", int((moment - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000)


def words(number: int, text: str, code_page: str = "") -> Property:
    """A text, in Unicode or in a code page."""
    return (number, ANSI, text.encode(code_page)) if code_page else (number, UNICODE, text.encode("utf-16-le"))


# --- an OLE file ---


@dataclass
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    first: int = END
    child: int = NOTHING
    next: int = NOTHING


@dataclass
class _Disk:
    entries: list[_Entry] = field(default_factory=list)
    sectors: list[bytes] = field(default_factory=list)
    chain: list[int] = field(default_factory=list)
    small: bytearray = field(default_factory=bytearray)
    small_chain: list[int] = field(default_factory=list)

    def add(self, name: str, content: "bytes | Storage", kind: int = 1) -> int:
        """An entry with everything below it; siblings hang on each other in a row."""
        at = len(self.entries)
        if isinstance(content, bytes):
            self.entries.append(_Entry(name, 2, content))
            return at
        entry = _Entry(name, kind)
        self.entries.append(entry)
        last: _Entry | None = None
        for below in content:
            number = self.add(below, content[below])
            if last is None:
                entry.child = number
            else:
                last.next = number
            last = self.entries[number]
        return at

    def place(self, data: bytes) -> int:
        """The first sector of some bytes."""
        pieces = [data[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(data), SECTOR)]
        first = len(self.sectors)
        self.chain += [*range(first + 1, first + len(pieces)), END] if pieces else []
        self.sectors += pieces
        return first if pieces else END

    def place_small(self, data: bytes) -> int:
        """The first small sector of some bytes."""
        count = -(-len(data) // SMALL)
        first = len(self.small_chain)
        self.small_chain += [*range(first + 1, first + count), END] if count else []
        self.small += data.ljust(count * SMALL, b"\0")
        return first if count else END


def ole_file(root: Storage) -> bytes:
    """An OLE file with these storages and streams."""
    disk = _Disk()
    disk.add("Root Entry", root, 5)
    for entry in disk.entries:
        if entry.kind == 2:
            entry.first = disk.place(entry.data) if len(entry.data) >= CUTOFF else disk.place_small(entry.data)
    disk.entries[0].data = bytes(disk.small)
    disk.entries[0].first = disk.place(bytes(disk.small))
    of_small = struct.pack(f"<{len(disk.small_chain)}I", *disk.small_chain)
    small_fat = disk.place(of_small.ljust(-(-len(of_small) // SECTOR) * SECTOR, b"\xff"))
    directory = disk.place(b"".join(map(_directory_entry, disk.entries)))
    fats = 1
    while (len(disk.sectors) + fats) * 4 > fats * SECTOR:
        fats += 1
    first_fat = len(disk.sectors)
    fat = struct.pack(f"<{len(disk.chain)}I", *disk.chain) + struct.pack("<I", FAT_SECTOR) * fats
    places = (fats, directory, 0, CUTOFF, small_fat, -(-len(of_small) // SECTOR), END, 0, first_fat)
    head = struct.pack("<8s16xHHHHH6x10I", bytes.fromhex("d0cf11e0a1b11ae1"), 0x3E, 3, 0xFFFE, 9, 6, 0, *places)
    table = struct.pack(f"<{fats - 1}I", *range(first_fat + 1, first_fat + fats))
    return (head + table).ljust(SECTOR, b"\xff") + b"".join(disk.sectors) + fat.ljust(fats * SECTOR, b"\xff")


def _directory_entry(entry: _Entry) -> bytes:
    name = (entry.name + "\0").encode("utf-16-le")
    return struct.pack("<64sHBBIII16x4x16xIQ", name, len(name), entry.kind, 1, NOTHING, entry.next, entry.child,
                       entry.first, len(entry.data))  # fmt: skip


# --- .msg ---


def storage_of(properties: Sequence[Property], head: int, more: Storage | None = None) -> Storage:
    """A message's or an attachment's storage: what is short in one table, what is long in streams beside it."""
    table = bytearray(head)
    streams: dict[str, bytes | Storage] = {}
    for number, kind, value in properties:
        if isinstance(value, int):
            stored = struct.pack("<Q", value)
        elif kind == TIME:
            stored = value
        else:
            streams[f"__substg1.0_{number:04X}{kind:04X}"] = value
            stored = struct.pack("<II", len(value) + {ANSI: 1, UNICODE: 2}.get(kind, 0), 0)
        table += struct.pack("<HHI8s", kind, number, 6, stored)
    return {"__properties_version1.0": bytes(table), **streams, **(more or {})}


def attachments(parts: Sequence[Storage]) -> Storage:
    """The storages of attachments, in order."""
    return {f"__attach_version1.0_#{number:08X}": part for number, part in enumerate(parts)}


def attached(name: str, data: bytes, *more: Property, code_page: str = "") -> Storage:
    """A file."""
    return storage_of([words(0x3707, name, code_page), (0x3701, BINARY, data), (0x3705, LONG, 1), *more], 8)


def carried(message: Storage) -> Storage:
    """A message as an attachment; made with `storage_of(…, 24, …)`."""
    return storage_of([(0x3705, LONG, 5)], 8, {"__substg1.0_3701000D": message})


def msg(properties: Sequence[Property], parts: Sequence[Storage] = ()) -> bytes:
    """A .msg file."""
    return ole_file(storage_of(properties, 32, attachments(parts)))


# --- winmail.dat ---


def attribute(level: int, tag: int, kind: int, value: bytes) -> bytes:
    """One attribute with its checksum."""
    return struct.pack("<BHHI", level, tag, kind, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def property_list(properties: Sequence[Property]) -> bytes:
    """Properties as TNEF packs them."""
    packed = bytearray(struct.pack("<I", len(properties)))
    for number, kind, value in properties:
        packed += struct.pack("<HH", kind, number)
        if isinstance(value, int):
            packed += struct.pack("<I", value)
        elif kind == TIME:
            packed += value
        else:
            ended = value + {ANSI: b"\0", UNICODE: b"\0\0"}.get(kind, b"")
            packed += struct.pack("<II", 1, len(ended)) + ended + bytes(-len(ended) % 4)
    return bytes(packed)


def tnef_file(title: bytes, data: bytes, *more: Property) -> bytes:
    """A file in a winmail.dat."""
    parts = attribute(2, 0x9002, 6, bytes(14)) + attribute(2, 0x8010, 1, title + b"\0") + attribute(2, 0x800F, 6, data)
    return parts + (attribute(2, 0x9005, 6, property_list(more)) if more else b"")


def tnef(*parts: bytes, properties: Sequence[Property] = (), code_page: int = 936) -> bytes:
    """A winmail.dat."""
    head = struct.pack("<IH", 0x223E9F78, 1) + attribute(1, 0x9006, 8, struct.pack("<I", 0x10000))
    head += attribute(1, 0x9007, 6, struct.pack("<II", code_page, 0))
    return head + attribute(1, 0x9003, 6, property_list(properties)) + b"".join(parts)
