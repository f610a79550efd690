"""Type 1 font programs as LibreOffice embeds them: each print has its own subset, whose glyphs bear the font's names.

A program is taken apart into what all subsets of a font share and its glyphs, and one is built of the glyphs of many.
The charstrings stay encrypted as they are: equal glyphs are equal bytes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

_KEY, _FACTOR, _ADDEND, _LEAD = 55665, 52845, 22719, 4  # of the encryption of a program (Adobe Type 1 Font Format, 7)
_INVERSE = pow(_FACTOR, -1, 1 << 16)
_NUMBERS = re.compile(rb"/UniqueID \d+ def\n")  # a serial number of the process that printed
_ENCODING = re.compile(rb"/Encoding 256 array\n.*?readonly def\n", re.DOTALL)
_CODE = re.compile(rb"dup (\d+) /(\S+) put")
_CHARSTRINGS = re.compile(rb"2 index /CharStrings \d+ dict dup begin\n")
_GLYPH = re.compile(rb"/(\S+) (\d+) RD ")
_AFTER_GLYPH = b" ND\n"
_PLAIN_ENCODING = b"/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\nreadonly def\n"
_ZEROS = (b"0" * 64 + b"\n") * 8 + b"cleartomark\n"


@dataclass(frozen=True, slots=True)
class Type1Program:
    """A program taken apart.

    clear, private, tail: what all subsets of the font share; codes: code -> name of a glyph.
    glyphs: name -> charstring.
    """

    clear: bytes
    private: bytes
    tail: bytes
    codes: Mapping[int, str]
    glyphs: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Built:
    """A program and the lengths of its three parts, as a PDF states them."""

    data: bytes
    lengths: tuple[int, int, int]


def type1_of(data: bytes, clear_length: int, encrypted_length: int) -> Type1Program | None:
    """The program's parts; None where it is not written the way we know."""
    clear = data[:clear_length]
    inside = _decrypted(data[clear_length : clear_length + encrypted_length])
    encoding, start = _ENCODING.search(clear), _CHARSTRINGS.search(inside)
    if encoding is None or start is None:
        return None
    glyphs, end = _glyphs(inside, start.end())
    codes = {int(code): name.decode("ascii") for code, name in _CODE.findall(encoding[0])}
    if ".notdef" not in glyphs or not {*codes.values()} <= {*glyphs}:
        return None
    shared = _NUMBERS.sub(b"", clear[: encoding.start()] + _PLAIN_ENCODING + clear[encoding.end() :])
    return Type1Program(shared, _NUMBERS.sub(b"", inside[: start.start()]), inside[end:], codes, glyphs)


def _glyphs(inside: bytes, at: int) -> tuple[dict[str, bytes], int]:
    """Every glyph from a place on, and where they end."""
    found: dict[str, bytes] = {}
    while (head := _GLYPH.match(inside, at)) is not None:
        end = head.end() + int(head[2])
        if not inside.startswith(_AFTER_GLYPH, end):
            return {}, at
        found[head[1].decode("ascii")] = inside[head.end() : end]
        at = end + len(_AFTER_GLYPH)
    return found, at


def type1_program(shared: Type1Program, glyphs: Mapping[str, bytes]) -> Built:
    """One program of all these glyphs, in the order of their names."""
    names = sorted(glyphs, key=lambda name: (name != ".notdef", name))
    head = b"2 index /CharStrings %d dict dup begin\n" % len(names)
    body = b"".join(b"/%s %d RD %s ND\n" % (name.encode("ascii"), len(glyphs[name]), glyphs[name]) for name in names)
    encrypted = _encrypted(shared.private + head + body + shared.tail)
    lengths = len(shared.clear), len(encrypted), len(_ZEROS)
    return Built(shared.clear + encrypted + _ZEROS, lengths)


def _decrypted(data: bytes) -> bytes:
    """Each key follows from the one before and its cipher byte, modulo 2 to the 16th: a sum, taken at once."""
    cipher = np.frombuffer(data, np.uint8).astype(np.uint64)
    if not len(cipher):
        return b""
    powers = np.empty(len(cipher) + 1, np.uint64)
    inverses = np.empty(len(cipher) + 1, np.uint64)
    powers[0] = inverses[0] = 1
    _fill_powers(powers, _FACTOR)
    _fill_powers(inverses, _INVERSE)
    steps = (cipher * _FACTOR + _ADDEND) & 0xFFFF
    sums = np.cumsum((steps * inverses[1:]) & 0xFFFF) & 0xFFFF
    keys = np.empty(len(cipher), np.uint64)
    keys[0] = _KEY
    keys[1:] = (powers[1:-1] * ((_KEY + sums[:-1]) & 0xFFFF)) & 0xFFFF
    plain = (cipher ^ (keys >> np.uint64(8))).astype(np.uint8)
    return plain[_LEAD:].tobytes()


def _fill_powers(powers: "np.typing.NDArray[np.uint64]", base: int) -> None:
    """1, base, base², … modulo 2 to the 16th, by doubling what is there."""
    done = 1
    while done < len(powers):
        more = min(done, len(powers) - done)
        factor = np.uint64(pow(base, done, 1 << 16))
        powers[done : done + more] = (powers[:more] * factor) & np.uint64(0xFFFF)
        done += more


def _encrypted(plain: bytes) -> bytes:
    key = _KEY
    made = bytearray()
    for byte in bytes(_LEAD) + plain:
        cipher = byte ^ (key >> 8)
        key = ((cipher + key) * _FACTOR + _ADDEND) & 0xFFFF
        made.append(cipher)
    return bytes(made)
