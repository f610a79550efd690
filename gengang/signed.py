"""Signed facts: what a certificate prints, packed with its signature into the text of its QR code, and back.

It knows no key and no cryptography. The text has capitals, digits and `/` alone, which a QR code packs densely and a
chat leaves alone; a Han character takes two bytes. What is signed is `message`: no signature of another paper fits.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

Series = Literal["J", "X"]

MARK = "GGZ1/"
KEY_BYTES, SIGNATURE_BYTES = 5, 64
# The facts in the order in which they are packed: their fields on the certificate and how a person calls them.
FACTS: Mapping[Series, tuple[tuple[str, str], ...]] = {
    "J": (
        ("number", "证书编号"), ("name", "姓名"), ("id_number", "身份证号"), ("period", "研修时间"),
        ("programme", "研修项目"), ("stage_subject", "学段学科"), ("base_school", "基地校"), ("completion", "结论"),
        ("hours", "认定学时"), ("bureau", "发证机关"), ("college", "培训单位"), ("issued_on", "发证日期"),
    ),
    "X": (
        ("number", "证书编号"), ("name", "姓名"), ("id_number", "身份证号"), ("school", "工作单位"),
        ("period", "指导时间"), ("programme", "研修项目"), ("trainee_count", "指导人数"), ("trainees", "跟岗教师"),
        ("hours", "认定学时"), ("bureau", "发证机关"), ("college", "培训单位"), ("issued_on", "发证日期"),
    ),
}  # fmt: skip
TITLES: Mapping[Series, str] = {"J": "培训结业证书", "X": "学时证明书"}
_BETWEEN, _ESCAPE = 0x1F, 0x01
_FIRST, _BEHIND = 0x3000, 0xB000  # of the characters that take two bytes
_CONTEXT = b"gengang certificate 1\x00"


@dataclass(frozen=True, slots=True)
class Signed:
    """What a QR code says. key: id of the key that signed, ten hex digits; facts: as printed, in the order of FACTS."""

    key: str
    series: Series
    facts: tuple[str, ...]
    signature: bytes = b""

    @property
    def message(self) -> bytes:
        """What is signed."""
        return _CONTEXT + self._body()

    @property
    def text(self) -> str:
        """What the QR code holds."""
        packed = base64.b32encode(self._body() + self.signature).decode().rstrip("=")
        return f"{MARK}{packed}"

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Every fact under the name that a person calls it by."""
        return tuple((label, fact) for (_, label), fact in zip(FACTS[self.series], self.facts, strict=True))

    @property
    def number(self) -> str:
        """As printed."""
        return self.facts[0]

    def _body(self) -> bytes:
        packed = bytes([_BETWEEN]).join(map(_packed, self.facts))
        return bytes.fromhex(self.key) + self.series.encode() + packed


def is_signed_text(text: str) -> bool:
    """Whether a text begins as that of a certificate's code does."""
    return _tidied(text).startswith(MARK)


def signed_of_text(text: str) -> Signed | None:
    """What a code says, None when it is not whole; blanks and small letters are what a chat made of it."""
    tidy = _tidied(text)
    if not tidy.startswith(MARK):
        return None
    letters = tidy.removeprefix(MARK)
    try:
        data = base64.b32decode(letters + "=" * (-len(letters) % 8))
        signed = _signed_of(data)
    except (binascii.Error, ValueError):
        return None
    return signed if signed is not None and signed.text == tidy else None  # one spelling alone, to the last bit


def _tidied(text: str) -> str:
    return "".join(text.split()).upper()


def _signed_of(data: bytes) -> Signed | None:
    body, signature = data[:-SIGNATURE_BYTES], data[-SIGNATURE_BYTES:]
    series = body[KEY_BYTES : KEY_BYTES + 1].decode("latin-1")
    if series not in FACTS:
        return None
    facts = tuple(_unpacked(body[KEY_BYTES + 1 :]).split(chr(_BETWEEN)))
    known = cast(Series, series)
    if len(facts) != len(FACTS[known]):
        return None
    return Signed(body[:KEY_BYTES].hex(), known, facts, signature)


def _packed(text: str) -> bytes:
    return b"".join(_packed_one(ord(letter)) for letter in text)


def _packed_one(point: int) -> bytes:
    if point < 0x80 and point not in (_BETWEEN, _ESCAPE):
        return bytes([point])
    if _FIRST <= point < _BEHIND:
        return (0x8000 | point - _FIRST).to_bytes(2, "big")
    return bytes([_ESCAPE]) + point.to_bytes(3, "big")


def _unpacked(data: bytes) -> str:
    """Raises ValueError when the bytes end within a character, or name none."""
    letters, place = [], 0
    while place < len(data):
        first = data[place]
        length = 2 if first >= 0x80 else 4 if first == _ESCAPE else 1
        piece = data[place : place + length]
        if len(piece) < length:
            raise ValueError("cut short")
        number = int.from_bytes(piece, "big")
        letters.append(chr(number - 0x8000 + _FIRST if length == 2 else number & 0xFFFFFF if length == 4 else number))
        place += length
    return "".join(letters)
