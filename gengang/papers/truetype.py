"""TrueType subsets as LibreOffice embeds them: glyphs numbered in the order in which a print used them.

A subset is taken apart into glyphs known by what they draw, and one program is built of the glyphs of many.
"""

import hashlib
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SHARED = ("cvt ", "fpgm", "prep")
_WORDS, _MORE, _SCALE, _XY, _TWO = 0x1, 0x20, 0x8, 0x40, 0x80
_ADJUSTMENT_PLACE, _LOC_FORMAT_PLACE = 8, 50
_MAGIC = 0xB1B0AFBA
_LONG_LOC = 1


@dataclass(frozen=True, slots=True)
class Glyph:
    """outline: as it stands in `glyf`; parts: identities of the glyphs that it is composed of; in font units."""

    advance: int
    bearing: int
    outline: bytes
    parts: tuple[str, ...] = ()

    @property
    def identity(self) -> str:
        """Hex hash of what it draws, whatever its number."""
        plain = self.outline if not self.parts else _renumbered(self.outline, [0] * len(self.parts))
        told = f"{self.advance} {self.bearing} {' '.join(self.parts)} ".encode() + plain
        return hashlib.sha256(told).hexdigest()


@dataclass(frozen=True, slots=True)
class Subset:
    """A program taken apart. glyphs: identity -> glyph; codes: code -> identity; first: identity of .notdef.

    tables: what all subsets of the font share.
    """

    tables: Mapping[str, bytes]
    glyphs: Mapping[str, Glyph]
    codes: Mapping[int, str]
    first: str


def subset_of(data: bytes) -> Subset | None:
    """The program's parts; None where it is not written the way we know."""
    try:
        return _subset(data)
    except (struct.error, KeyError, IndexError, ValueError, RecursionError):
        return None


def _subset(data: bytes) -> Subset | None:
    tables = _tables(data)
    codes = _codes(tables["cmap"])
    outlines = _outlines(tables)
    if codes is None:
        return None
    long_metrics = struct.unpack_from(">H", tables["hhea"], 34)[0]
    metrics = [_metric(tables["hmtx"], number, long_metrics) for number in range(len(outlines))]
    made: dict[int, Glyph] = {}

    def glyph(number: int) -> Glyph:
        if number not in made:
            parts = tuple(glyph(part).identity for part in _parts(outlines[number]))
            made[number] = Glyph(*metrics[number], outlines[number], parts)
        return made[number]

    every = [glyph(number) for number in range(len(outlines))]
    shared = {name: tables[name] for name in _SHARED if name in tables}
    shared["head"] = (
        tables["head"][:4] + bytes(8) + tables["head"][12:20] + bytes(16) + tables["head"][36:50] + bytes(4)
    )
    shared["hhea"] = tables["hhea"][:34] + bytes(2)
    shared["maxp"] = tables["maxp"]
    by_identity = {one.identity: one for one in every}
    return Subset(shared, by_identity, {code: every[number].identity for code, number in codes.items()},
                  every[0].identity)  # fmt: skip


def _tables(data: bytes) -> dict[str, bytes]:
    found = {}
    for number in range(struct.unpack_from(">H", data, 4)[0]):
        tag, _, offset, length = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        found[tag.decode("latin-1")] = data[offset : offset + length]
    return found


def _codes(cmap: bytes) -> dict[int, int] | None:
    """Code -> glyph of a byte table (format 0), the only one of a simple font."""
    if struct.unpack_from(">H", cmap, 2)[0] != 1:
        return None
    start = struct.unpack_from(">I", cmap, 8)[0]
    if struct.unpack_from(">H", cmap, start)[0] != 0:
        return None
    return {code: number for code, number in enumerate(cmap[start + 6 : start + 262]) if number}


def _outlines(tables: Mapping[str, bytes]) -> list[bytes]:
    number = struct.unpack_from(">H", tables["maxp"], 4)[0]
    if struct.unpack_from(">h", tables["head"], _LOC_FORMAT_PLACE)[0]:
        places = struct.unpack_from(f">{number + 1}I", tables["loca"])
    else:
        places = tuple(2 * place for place in struct.unpack_from(f">{number + 1}H", tables["loca"]))
    return [tables["glyf"][first:end] for first, end in pairwise(places)]


def _metric(hmtx: bytes, number: int, long_metrics: int) -> tuple[int, int]:
    if number < long_metrics:
        advance, bearing = struct.unpack_from(">Hh", hmtx, 4 * number)
        return advance, bearing
    advance = struct.unpack_from(">H", hmtx, 4 * (long_metrics - 1))[0]
    place = 4 * long_metrics + 2 * (number - long_metrics)
    return advance, struct.unpack_from(">h", hmtx, place)[0]


def _part_places(outline: bytes) -> Iterable[int]:
    """Where in a composed glyph the numbers of its parts stand."""
    if len(outline) < 10 or struct.unpack_from(">h", outline)[0] >= 0:
        return
    at, flags = 10, _MORE
    while flags & _MORE:
        flags = struct.unpack_from(">H", outline, at)[0]
        yield at + 2
        at += 4 + (4 if flags & _WORDS else 2)
        at += 8 if flags & _TWO else 4 if flags & _XY else 2 if flags & _SCALE else 0


def _parts(outline: bytes) -> list[int]:
    return [struct.unpack_from(">H", outline, place)[0] for place in _part_places(outline)]


def _renumbered(outline: bytes, numbers: Sequence[int]) -> bytes:
    made = bytearray(outline)
    for place, number in zip(_part_places(outline), numbers, strict=True):
        struct.pack_into(">H", made, place, number)
    return bytes(made)


# --- one of many -------------------------------------------------------------------------------------------------


def order_of(first: str, identities: Iterable[str]) -> tuple[str, ...]:
    """The glyphs of a merged program by number: .notdef, then by what they draw, whichever print came first."""
    return first, *sorted({*identities} - {first})


def widest(one: bytes, other: bytes) -> bytes:
    """Of two tables `maxp` the one with the greater of each figure, since it bounds the glyphs of both."""
    count = len(one) // 2
    pairs = zip(struct.unpack(f">{count}H", one), struct.unpack(f">{count}H", other), strict=True)
    return struct.pack(f">{count}H", *map(max, pairs))


def merged_program(tables: Mapping[str, bytes], glyphs: Mapping[str, Glyph], order: Sequence[str]) -> bytes:
    """One TrueType program; without a cmap, since a PDF names the glyphs by number."""
    numbers = {identity: number for number, identity in enumerate(order)}
    outlines, places = bytearray(), [0]
    for identity in order:
        one = glyphs[identity]
        outlines += _renumbered(one.outline, [numbers[part] for part in one.parts]) if one.parts else one.outline
        outlines += bytes(-len(outlines) % 4)
        places.append(len(outlines))
    metrics = b"".join(struct.pack(">Hh", glyphs[one].advance, glyphs[one].bearing) for one in order)
    count = len(order)
    made = {
        **{name: table for name, table in tables.items() if name in _SHARED},
        "glyf": bytes(outlines),
        "head": tables["head"][:_LOC_FORMAT_PLACE] + struct.pack(">hh", _LONG_LOC, 0),
        "hhea": tables["hhea"][:34] + struct.pack(">H", count),
        "hmtx": metrics,
        "loca": struct.pack(f">{len(places)}I", *places),
        "maxp": tables["maxp"][:4] + struct.pack(">H", count) + tables["maxp"][6:],
    }
    return _with_directory(made)


def _with_directory(tables: Mapping[str, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    head = struct.pack(">IHHHH", 0x00010000, count, 16 << power, power, 16 * count - (16 << power))
    offset, directory, body = 12 + 16 * count, b"", b""
    for name in sorted(tables):
        table = tables[name] + bytes(-len(tables[name]) % 4)
        directory += struct.pack(">4sIII", name.encode(), _sum(table), offset + len(body), len(tables[name]))
        body += table
    whole = bytearray(head + directory + body)
    place = _place_of_head(tables, offset)
    struct.pack_into(">I", whole, place + _ADJUSTMENT_PLACE, (_MAGIC - _sum(bytes(whole))) & 0xFFFFFFFF)
    return bytes(whole)


def _place_of_head(tables: Mapping[str, bytes], offset: int) -> int:
    before = (tables[name] for name in sorted(tables) if name < "head")
    return offset + sum(len(table) + -len(table) % 4 for table in before)


def _sum(table: bytes) -> int:
    padded = table + bytes(-len(table) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
