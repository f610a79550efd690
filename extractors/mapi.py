"""A message in Outlook's properties to a mail, whichever file carries them: .msg and winmail.dat have the same ones.

[MS-OXPROPS] lists the properties, [MS-OXCMSG] says what an attachment's method means. It opens no file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from extractors.archive import Member
from extractors.mail import (
    Mail,
    decoded,
    findings_of,
    is_logo,
    is_without_attachment,
    mail_of,
    named_apart,
    text_of,
)
from gengang.findings import Finding
from gengang.mailed import CHINA, Source

Properties = Mapping[int, tuple[int, bytes]]  # by the property's number: its type, and its value as it is stored

LONG, OBJECT, ANSI, UNICODE, TIME, BINARY = 0x0003, 0x000D, 0x001E, 0x001F, 0x0040, 0x0102
SUBJECT, SENT_AT, HEADERS, RECEIVED_AT, BODY, PAGE = 0x0037, 0x0039, 0x007D, 0x0E06, 0x1000, 0x1013
NAMES = (0x0042, 0x0C1A)  # on whose behalf, then who
ADDRESSES = (0x5D02, 0x5D01, 0x0065, 0x0C1F)
CODE_PAGES = (0x3FFD, 0x3FDE)
DATA, METHOD, CONTENT_TYPE, CONTENT_ID, HIDDEN = 0x3701, 0x3705, 0x370E, 0x3712, 0x7FFE
FILE_NAMES = (0x3707, 0x3704, 0x3001)
WANTED = frozenset({
    SUBJECT, SENT_AT, HEADERS, RECEIVED_AT, BODY, PAGE, *NAMES, *ADDRESSES, *CODE_PAGES, DATA, METHOD, CONTENT_TYPE,
    CONTENT_ID, HIDDEN, *FILE_NAMES,
})  # fmt: skip
BY_LINK = frozenset({2, 3, 4, 7})  # methods of an attachment whose bytes lie elsewhere
DRAWN_IN = 6  # an object of another program, shown in the text
WESTERN = frozenset({0, 437, 850, 1250, 1251, 1252, 20127, 28591})  # stated by programs that were not asked
SINCE = datetime(1601, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment. inside: the message that it is; cut: its bytes end before they should."""

    properties: Properties
    inside: "Message | None" = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A message. code_page: of its text that is not Unicode, 0 where only its properties may say so."""

    properties: Properties
    attached: tuple[Attached, ...] = ()
    code_page: int = 0


def mail_of_message(message: Message) -> Mail:
    """The mail with those inside it; what is wrong is told once, of all of them."""
    mail, bodies, findings = _with_bodies(message)
    more = findings_of(mail, "\n".join(bodies))
    return replace(
        mail, findings=findings + tuple(one for one in more if not (findings and is_without_attachment(one)))
    )


def _with_bodies(message: Message) -> tuple[Mail, tuple[str, ...], tuple[Finding, ...]]:
    inside = [_with_bodies(one.inside) for one in message.attached if one.inside is not None]
    files = [one for one in message.attached if one.inside is None]
    page = _page_of(message)
    plain = _text(message, message.properties, BODY)
    mail = replace(
        _head(message),
        attachments=tuple(_members(message, files)),
        text=text_of([plain], [page]),
        mails=named_apart([mail for mail, _, _ in inside]),
    )
    bodies = (plain, page, *(body for _, more, _ in inside for body in more))
    return mail, bodies, (*_not_here(message, files), *(finding for _, _, more in inside for finding in more))


def _head(message: Message) -> Mail:
    """Who sent it, when and under which subject; what is not in a property may be in the mail's own headers."""
    own = message.properties
    headers = mail_of(_text(message, own, HEADERS).encode()) if HEADERS in own else Mail("", "", "", None, ())
    names = [name for number in NAMES if (name := _text(message, own, number))]
    addresses = [one for number in ADDRESSES if "@" in (one := _text(message, own, number))]
    received, source = _received(own, headers)
    return Mail(
        addresses[0] if addresses else headers.sender,
        names[0] if names else headers.sender_name,
        _text(message, own, SUBJECT) or headers.subject,
        received,
        (),
        source=source,
    )


def _received(own: Properties, headers: Mail) -> tuple[datetime | None, Source]:
    delivered, sent = _time(own, RECEIVED_AT), _time(own, SENT_AT)
    if delivered is not None:
        return delivered, "server"
    if headers.source == "server" or sent is None:
        return headers.received, headers.source
    return sent, "sent"


# --- attachments ---


def _members(message: Message, files: Sequence[Attached]) -> Iterator[Member]:
    for number, one in enumerate(files, 1):
        if DATA in one.properties and not one.cut:
            _, data = one.properties[DATA]
            if not _is_shown_logo(message, one, data):
                yield Member(_name(message, one) or f"附件{number}.bin", data)


def _is_shown_logo(message: Message, one: Attached, data: bytes) -> bool:
    own = one.properties
    shown = CONTENT_ID in own or _number(own, HIDDEN) != 0
    kind = _text(message, own, CONTENT_TYPE).lower()
    name = _name(message, one).lower()
    picture = kind.startswith("image/") or name.endswith((".png", ".jpg", ".jpeg", ".gif", ".bmp"))
    return picture and shown and is_logo(data)


def _not_here(message: Message, files: Sequence[Attached]) -> Iterator[Finding]:
    """Attachments that are named and whose bytes are not in the message."""
    for one in files:
        name, method = _name(message, one), _number(one.properties, METHOD)
        if one.cut:
            text = f"邮件里的附件“{name}”不完整，未读取。请在 Outlook 中重新另存这封邮件，或直接放入附件。"
            yield Finding("unreadable_file", text, severity="error")
        elif DATA not in one.properties and method in BY_LINK:
            text = f"邮件里的“{name}”只是网盘或共享文件夹的链接，文件未读取。请下载后放入，或请对方以普通附件重发。"
            yield Finding("linked_attachment", text, severity="error")
        elif DATA not in one.properties and method == DRAWN_IN:
            text = f"邮件正文里嵌入的“{name or '对象'}”未读取。请在 Outlook 中打开后另存为文件，再放入。"
            yield Finding("unreadable_file", text, severity="error")


def _name(message: Message, one: Attached) -> str:
    """The attachment's own name, without folders."""
    names = (_text(message, one.properties, number) for number in FILE_NAMES)
    return next((name for name in names if name), "").replace("\\", "/").rpartition("/")[2].strip()


# --- values ---


def _text(message: Message, own: Properties, number: int) -> str:
    kind, data = own.get(number, (0, b""))
    if kind == UNICODE:
        return data.decode("utf-16-le", "replace").partition("\0")[0].strip()
    if kind == ANSI:
        return decoded(data.partition(b"\0")[0], _encoding(message)).strip()
    return ""


def _page_of(message: Message) -> str:
    kind, data = message.properties.get(PAGE, (0, b""))
    if kind == BINARY:
        return decoded(data, _encoding(message))
    return _text(message, message.properties, PAGE)


def _encoding(message: Message) -> str:
    stated = (message.code_page, *(_number(message.properties, number) for number in CODE_PAGES))
    page = next((page for page in stated if page not in WESTERN), 0)
    return {0: "", 65001: "utf-8", 54936: "gb18030", 52936: "gb18030"}.get(page, f"cp{page}")


def _number(own: Properties, number: int) -> int:
    _, data = own.get(number, (0, b""))
    return int.from_bytes(data[:4], "little")


def _time(own: Properties, number: int) -> datetime | None:
    kind, data = own.get(number, (0, b""))
    ticks = int.from_bytes(data[:8], "little")
    if kind != TIME or ticks == 0:
        return None
    try:
        return (SINCE + timedelta(microseconds=ticks // 10)).astimezone(CHINA)
    except OverflowError:
        return None
