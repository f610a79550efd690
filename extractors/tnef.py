"""Outlook's winmail.dat (TNEF) to a mail: attributes one after another, as [MS-OXTNEF] lays them out.

Outlook wraps the attachments of a mail in rich text so, and other programs show one file that opens nowhere.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from extractors.mail import MOST_BYTES, Mail, is_without_attachment
from extractors.mapi import (
    ANSI,
    BINARY,
    DATA,
    FILE_NAMES,
    OBJECT,
    SUBJECT,
    UNICODE,
    WANTED,
    Attached,
    Message,
    Properties,
    mail_of_message,
)
from gengang.findings import Finding

SIGNATURE = b"\x78\x9f\x3e\x22"
MARKS_OF_ATTRIBUTE = (1, 2)  # of the message, of an attachment
CODE_PAGE, PROPERTIES, ATTACHED_PROPERTIES = 0x9007, 0x9003, 0x9005
NEXT_ATTACHMENT, TITLE, BYTES, OLD_SUBJECT = 0x9002, 0x8010, 0x800F, 0x8004
A_MESSAGE = bytes.fromhex("0703020000000000c000000000000046")  # before a message in an attachment
SIZES = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 4, 0x0014: 8,
         0x0040: 8, 0x0048: 16}  # fmt: skip
MANY, NAMED = 0x1000, 0x8000
MOST_ATTACHED = 2_000
DEEPEST = 20
TOO_LARGE = "Outlook 附件包（winmail.dat）太大，未读取。请对方把附件分几封邮件重发。"
BROKEN = (
    "Outlook 附件包（winmail.dat）已损坏，里面的附件没有读全。请对方在 Outlook 中把邮件格式改为“HTML”或“纯文本”后重发。"
)


class _CutError(Exception):
    """The bytes end, or say what cannot be."""


def mail_of_tnef(data: bytes) -> Mail:
    """Read one winmail.dat; where it is damaged, what stands before that is read and a finding says what to do."""
    if len(data) > MOST_BYTES:
        return Mail("", "", "", None, (), (Finding("too_large", TOO_LARGE, severity="error"),))
    gathered = _gathered(data, DEEPEST)
    mail = mail_of_message(gathered.message())
    if not gathered.broken:
        return mail
    kept = tuple(one for one in mail.findings if not is_without_attachment(one))
    return replace(mail, findings=(*kept, Finding("unreadable_file", BROKEN, severity="error")))


@dataclass(slots=True)
class _Gathered:
    """What the attributes gave so far."""

    properties: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    attached: list[dict[int, tuple[int, bytes]]] = field(default_factory=list)
    inside: dict[int, Message] = field(default_factory=dict)
    code_page: int = 0
    broken: bool = False

    def message(self) -> Message:
        """The message as far as it could be read."""
        parts = (Attached(one, self.inside.get(at)) for at, one in enumerate(self.attached))
        return Message(self.properties, tuple(parts), self.code_page)


def _gathered(data: bytes, depth: int) -> _Gathered:
    found = _Gathered()
    try:
        for level, tag, value in _attributes(data):
            _take(found, level, tag, value, depth)
    except (_CutError, struct.error):
        found.broken = True
    return found


def _attributes(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Level, tag and value of each; each must have its checksum."""
    if data[:4] != SIGNATURE:
        raise _CutError
    at = 6
    while at < len(data):
        level, tag, _, length = struct.unpack_from("<BHHI", data, at)
        value = data[at + 9 : at + 9 + length]
        [stated] = struct.unpack_from("<H", data, at + 9 + length)
        if level not in MARKS_OF_ATTRIBUTE or sum(value) & 0xFFFF != stated:
            raise _CutError
        yield level, tag, value
        at += 11 + length


def _take(found: _Gathered, level: int, tag: int, value: bytes, depth: int) -> None:
    if tag == CODE_PAGE and len(value) >= 4:
        found.code_page = int.from_bytes(value[:4], "little")
    elif tag == OLD_SUBJECT:
        found.properties.setdefault(SUBJECT, (ANSI, value))
    elif tag == PROPERTIES:
        found.properties |= _properties(value)
    elif tag == NEXT_ATTACHMENT:
        if len(found.attached) >= MOST_ATTACHED:
            raise _CutError
        found.attached.append({})
    elif level == 2 and found.attached:
        _take_of_attachment(found, tag, value, depth)


def _take_of_attachment(found: _Gathered, tag: int, value: bytes, depth: int) -> None:
    own = found.attached[-1]
    if tag == TITLE:
        own.setdefault(FILE_NAMES[-1], (ANSI, value))
    elif tag == BYTES:
        own[DATA] = (BINARY, value)
    elif tag == ATTACHED_PROPERTIES:
        named = _properties(value)
        kind, data = named.get(DATA, (0, b""))
        if kind == OBJECT and data.startswith(A_MESSAGE):
            if depth == 0:
                raise _CutError
            inside = _gathered(data[len(A_MESSAGE) :], depth - 1)
            found.inside[len(found.attached) - 1] = inside.message()
            found.broken = found.broken or inside.broken
        own |= {number: value for number, value in named.items() if number != DATA}


# --- properties ---


def _properties(data: bytes) -> Properties:
    """Those that are wanted; a list counts by its first value."""
    [count] = struct.unpack_from("<I", data)
    found: dict[int, tuple[int, bytes]] = {}
    at = 4
    for _ in range(count):
        kind, number = struct.unpack_from("<HH", data, at)
        at = _after_name(data, at + 4) if number >= NAMED else at + 4
        values, at = _values(data, at, kind)
        if number in WANTED and values:
            found[number] = (kind & ~MANY, values[0])
    return found


def _after_name(data: bytes, at: int) -> int:
    """Where the value begins of a property that is named by an identifier or a text."""
    [by_text, length] = struct.unpack_from("<II", data, at + 16)
    return at + 24 + (_padded(length) if by_text else 0)


def _values(data: bytes, at: int, kind: int) -> tuple[list[bytes], int]:
    single = kind & ~MANY
    variable = single in (ANSI, UNICODE, BINARY, OBJECT)
    count = 1
    if variable or kind & MANY:
        [count] = struct.unpack_from("<I", data, at)
        at += 4
    if not variable and single not in SIZES:
        raise _CutError
    values: list[bytes] = []
    for _ in range(count):
        length = SIZES.get(single, 0)
        if variable:
            [length] = struct.unpack_from("<I", data, at)
            at += 4
        if at + length > len(data):
            raise _CutError
        values.append(data[at : at + length])
        at += _padded(length)
    return values, at


def _padded(length: int) -> int:
    return (length + 3) // 4 * 4
