"""E-mail (.eml) to sender, subject, date and attachments, with the names Chinese mail programs give them decoded."""

import re
from binascii import Error as Base64Error
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.errors import HeaderParseError, MessageError
from email.feedparser import FeedParser
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from urllib.parse import unquote_to_bytes

from extractors.archive import Member
from gengang.findings import Finding

# A picture that the text shows and that is smaller than this is a logo or a smiley, not a photographed form.
LOGO_BYTES = 30_000
MOST_BYTES = 150_000_000  # twice what a mail service takes
MOST_LINES = 3_000_000  # each costs as much memory as a line of base64
MOST_DASHES = 20_000  # lines that may end a part: each part costs time
LONGEST_HEADER = 20_000
MOST_WORDS = 200  # letters of a text that are kept as what it says of its attachments
MOST_NAMES = 5  # told of files that a text links to
MOST_SEARCHED = 200_000  # letters of a text that are looked through for them
AT_A_TIME = 1 << 20
CHINA = timezone(timedelta(hours=8))
GB = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "hz-gb-2312"})
LINKED = re.compile("超大附件|云附件|中转站|网盘|微云")
ADDRESS = re.compile("https?://", re.I)
FILE_NAME = re.compile(
    r"[^\s<>\"'/\\|：:；;，,“”]{1,80}\.(?:docx?|wps|rtf|odt|pdf|xlsx?|et|zip|rar|7z|jpe?g|png)(?![A-Za-z0-9])", re.I
)
NAME_OF_TYPE = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
CONTINUED = re.compile(r"(?:file)?name\*(\d+)\*?$")


@dataclass(frozen=True, slots=True)
class Mail:
    """sender: address alone; received: when our server had it, else when sent, in China's time; None if unknown.

    sender_name: what the sender's program calls its owner; '' where it says nothing.
    words: how its plain text begins.
    """

    sender: str
    sender_name: str
    subject: str
    received: datetime | None
    attachments: tuple[Member, ...]
    findings: tuple[Finding, ...] = ()
    words: str = ""


def mail_of(data: bytes) -> Mail:
    """Read one message; what is missing is empty, and a mail without attachment says so in a finding."""
    if len(data) > MOST_BYTES or data.count(b"\n") > MOST_LINES or data.count(b"\n--") > MOST_DASHES:
        return _unread("邮件太大")
    try:
        return _mail(_message(data))
    except RecursionError:
        return _unread("邮件里层层套着邮件")


def _unread(why: str) -> Mail:
    message = f"{why}，未读取。请把附件另存出来后放入。"
    return Mail("", "", "", None, (), (Finding("too_large", message, severity="error"),))


def _message(data: bytes) -> Message:
    """Latin-1 keeps every byte, so that a header in raw GBK is not lost before its encoding is known."""
    parser = FeedParser()
    for start in range(0, len(data), AT_A_TIME):
        parser.feed(data[start : start + AT_A_TIME].decode("latin-1"))
    return parser.close()


def _mail(message: Message) -> Mail:
    attachments = tuple(_attachments(message))
    body = "\n".join(_body_texts(message))
    findings = tuple(_linked(body, attachments)) if attachments else (_without_attachment(body),)
    sender_name, sender = parseaddr(_text(_header(message, "From")))
    subject, received = _text(_header(message, "Subject")), _received(message)
    return Mail(sender, sender_name, subject, received, attachments, findings, _first_words(message))


def _without_attachment(body: str) -> Finding:
    if LINKED.search(body):
        named = _files_named(body)
        text = f"邮件里只有超大附件或网盘的链接{named}，没有文件本身。请下载后把文件放入，或请对方以普通附件重发。"
    else:
        text = "邮件里没有附件。请联系发件人把表格作为附件重发。"
    return Finding("no_attachment", text, severity="error")


def _linked(body: str, attachments: Sequence[Member]) -> Iterator[Finding]:
    """What a mail program took off the mail for its size and left a link to."""
    if LINKED.search(body) and ADDRESS.search(body):
        named = _files_named(body, [one.name for one in attachments])
        text = (
            f"邮件除附件外还有超大附件或网盘的链接{named}，链接里的文件未读取。请下载后放入，或请对方以普通附件重发。"
        )
        yield Finding("linked_attachment", text, severity="error")


def _files_named(body: str, known: Collection[str] = ()) -> str:
    names = [name for name in dict.fromkeys(FILE_NAME.findall(body[:MOST_SEARCHED])) if name not in known]
    return f"（{'、'.join(names[:MOST_NAMES])}{'等' if len(names) > MOST_NAMES else ''}）" if names else ""


def _first_words(message: Message) -> str:
    plain = (part for part in message.walk() if part.get_content_type() == "text/plain" and not _file_name(part))
    text = next((_decoded(_payload(part), part.get_content_charset() or "") for part in plain), "")
    return " ".join(text[: 4 * MOST_WORDS].split())[:MOST_WORDS]


def _body_texts(message: Message) -> Iterator[str]:
    for part in message.walk():
        if part.get_content_maintype() == "text" and not _file_name(part):
            yield _decoded(_payload(part), part.get_content_charset() or "")


def _attachments(message: Message) -> Iterator[Member]:
    for number, part in enumerate(message.walk(), 1):
        if part.is_multipart():
            continue
        data = _payload(part)
        name = _file_name(part)
        if data and not _is_body(part, name) and not _is_logo(part, data):
            ending = NAME_OF_TYPE.get(part.get_content_type(), "bin")
            yield Member(name or f"附件{number}.{ending}", data)


def _is_body(part: Message, name: str) -> bool:
    kind = part.get_content_maintype()
    return not name and (kind == "text" or part.get_content_type() in ("message/delivery-status", "text/calendar"))


def _is_logo(part: Message, data: bytes) -> bool:
    shown = bool(_header(part, "Content-ID")) or part.get_content_disposition() == "inline"
    return part.get_content_maintype() == "image" and shown and len(data) < LOGO_BYTES


def _payload(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (Base64Error, MessageError, ValueError, LookupError):
        return b""
    return data if isinstance(data, bytes) else b""


def _header(part: Message, name: str) -> str:
    """A header's value as it was sent, folded lines joined; empty when absent."""
    value = next((value for key, value in part.raw_items() if key.lower() == name.lower()), "")
    return re.sub(r"\r?\n[ \t]+", " ", str(value)[:LONGEST_HEADER])


def _file_name(part: Message) -> str:
    """The attachment's own name, without folders."""
    for header in ("Content-Disposition", "Content-Type"):
        name = _name_in(_header(part, header))
        if name:
            return name.replace("\\", "/").rpartition("/")[2].strip()
    return ""


def _name_in(value: str) -> str:
    parameters = dict(_parameters(value))
    pieces = sorted((int(found[1]), key) for key in parameters if (found := CONTINUED.match(key)))
    if pieces:
        return _percent_decoded("".join(parameters[key] for _, key in pieces))
    for key in ("filename*", "name*"):
        if key in parameters:
            return _percent_decoded(parameters[key])
    return _text(parameters.get("filename") or parameters.get("name") or "")


def _parameters(value: str) -> Iterator[tuple[str, str]]:
    for found in re.finditer(r';\s*([\w*-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)', value):
        text = found[2].strip()
        if text.startswith('"'):
            text = re.sub(r'\\(["\\])', r"\1", text.strip('"'))
        yield found[1].lower(), text


def _percent_decoded(value: str) -> str:
    """RFC 2231: charset'language'percent-encoded bytes."""
    charset, quote, rest = value.partition("'")
    if not quote:
        return _text(value)
    return _decoded(unquote_to_bytes(rest.partition("'")[2]), charset)


def _text(value: str) -> str:
    """A header's text: encoded words of RFC 2047, or raw bytes in UTF-8 or GBK."""
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        return _decoded(_raw(value), "")
    return "".join(
        _decoded(_raw(piece) if isinstance(piece, str) else piece, charset or "") for piece, charset in pieces
    ).strip()


def _raw(value: str) -> bytes:
    return value.encode("latin-1", "replace")


def _decoded(data: bytes, charset: str) -> str:
    stated = ("gb18030" if charset.lower() in GB else charset.lower(),) if charset else ()
    for encoding in (*stated, "utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")


def _received(message: Message) -> datetime | None:
    for header in ("Received", "Date"):
        stamp = _header(message, header).rpartition(";")[2].strip()
        try:
            return _in_china(stamp)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _in_china(stamp: str) -> datetime:
    """A server or a phone set to another zone writes another day than the one it was here."""
    stated = parsedate_to_datetime(re.sub(r"\bCST$", "+0800", stamp))  # which Python takes for American time
    if stated.tzinfo is None:  # -0000 is universal time from nobody says where; without any zone it is ours
        stated = stated.replace(tzinfo=UTC if "-0000" in stamp else CHINA)
    return stated.astimezone(CHINA)
