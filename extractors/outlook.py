"""Outlook's .msg to a mail: storages and streams of an OLE file to properties, as [MS-OXMSG] lays them out."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from olefile import OleFileIO

from extractors.mail import MOST_BYTES, Mail
from extractors.mapi import ANSI, BINARY, DATA, OBJECT, UNICODE, WANTED, Attached, Message, Properties, mail_of_message
from gengang.findings import Finding

PROPERTIES = "__properties_version1.0"
ATTACHMENT = "__attach_version1.0_"
TOP, INSIDE, PART = 32, 24, 8  # bytes before the properties: of a file, of a message in it, of an attachment
MOST_ATTACHED = 2_000
DEEPEST = 20
# What olefile lets through from damaged sector chains and directories.
BROKEN_OLE = (OSError, struct.error, ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError,
              OverflowError)  # fmt: skip


class _TooMuchError(Exception):
    """The message would cost more than a mail may."""


def streams_at_root(data: bytes) -> frozenset[str] | None:
    """Names in small letters of the streams that are an OLE file's own, not those of what is embedded in it.

    None when its directory is damaged.
    """
    try:
        with OleFileIO(BytesIO(data)) as ole:
            return frozenset(path[0].lower() for path in ole.listdir() if len(path) == 1)
    except BROKEN_OLE:
        return None


def mail_of_msg(data: bytes) -> Mail:
    """Read one .msg; what is missing is empty, and what cannot be read is a finding."""
    try:
        with OleFileIO(BytesIO(data)) as ole:
            return mail_of_message(_Reader(ole, _children(ole)).message((), TOP))
    except _TooMuchError:
        return _unread("too_large", "邮件太大，未读取。请把附件另存出来后放入。")
    except BROKEN_OLE:
        return _unread("unreadable_file", "Outlook 邮件已损坏，打不开。请在 Outlook 中重新另存，或直接放入附件。")


def _unread(code: str, message: str) -> Mail:
    return Mail("", "", "", None, (), (Finding(code, message, severity="error"),))


def _children(ole: OleFileIO) -> dict[tuple[str, ...], dict[str, bool]]:
    """What each storage holds: name -> whether it is a storage itself."""
    found: dict[tuple[str, ...], dict[str, bool]] = {}
    for storages in (False, True):
        for path in ole.listdir(streams=not storages, storages=storages):
            found.setdefault(tuple(path[:-1]), {})[path[-1]] = storages
    return found


@dataclass(slots=True)
class _Reader:
    """An open file; taken: bytes read so far, since many streams may be laid over the same sectors."""

    ole: OleFileIO
    children: dict[tuple[str, ...], dict[str, bool]]
    taken: int = 0

    def message(self, at: tuple[str, ...], head: int) -> Message:
        """The message in a storage."""
        if len(at) > 2 * DEEPEST:
            raise _TooMuchError
        names = sorted(name for name, is_storage in self._in(at).items() if is_storage and name.startswith(ATTACHMENT))
        if len(names) > MOST_ATTACHED:
            raise _TooMuchError
        properties, _ = self._properties(at, head)
        return Message(properties, tuple(self._attached((*at, name)) for name in names))

    def _attached(self, at: tuple[str, ...]) -> Attached:
        properties, cut = self._properties(at, PART)
        inside = f"__substg1.0_{DATA:04X}{OBJECT:04X}"
        if PROPERTIES in self._in((*at, inside)):
            return Attached(properties, self.message((*at, inside), INSIDE))
        return Attached(properties, cut=cut)

    def _properties(self, at: tuple[str, ...], head: int) -> tuple[Properties, bool]:
        """Those that are wanted, and whether the attachment's bytes end before they should."""
        found = dict(_fixed(self._read((*at, PROPERTIES))[0][head:]))
        cut = False
        for name in self._in(at):
            number, kind = _tag(name)
            if number in WANTED and kind in (ANSI, UNICODE, BINARY) and not self._in(at)[name]:
                value, whole = self._read((*at, name))
                found[number] = (kind, value)
                cut = cut or (number == DATA and not whole)
        return found, cut

    def _in(self, at: tuple[str, ...]) -> dict[str, bool]:
        return self.children.get(at, {})

    def _read(self, path: Sequence[str]) -> tuple[bytes, bool]:
        """A stream's bytes, and whether they are all that it says it has."""
        size = int(self.ole.get_size(list(path)))
        self.taken += size
        if self.taken > MOST_BYTES:
            raise _TooMuchError
        with self.ole.openstream(list(path)) as stream:
            data = bytes(stream.read())
        return data, len(data) >= size


def _fixed(table: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """Properties whose value stands in the table itself; the others stand in streams of their own."""
    for start in range(0, len(table) - 15, 16):
        kind, number = struct.unpack_from("<HH", table, start)
        if number in WANTED and kind not in (ANSI, UNICODE, BINARY, OBJECT):
            yield number, (kind, table[start + 8 : start + 16])


def _tag(name: str) -> tuple[int, int]:
    """Number and type of the property that a stream holds, (0, 0) for any other stream."""
    tag = name.removeprefix("__substg1.0_")
    try:
        return (int(tag[:4], 16), int(tag[4:], 16)) if len(tag) == 8 and tag != name else (0, 0)
    except ValueError:
        return 0, 0
