"""E-mail (.eml) to sender, subject, date and attachments, with the names Chinese mail programs give them decoded.

What is common to every kind of mail is here too: what its text shows of files that are not in it, which pictures are
no papers, and how text in an unknown encoding is decoded.
"""

import re
import struct
import warnings
from binascii import Error as Base64Error
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.errors import HeaderParseError, MessageError
from email.feedparser import FeedParser
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from io import BytesIO
from urllib.parse import unquote_to_bytes

from lxml.etree import HTMLParser, ParserError, XMLSyntaxError, fromstring
from PIL import Image

from extractors.archive import Member
from gengang.filenames import legal_name
from gengang.findings import Finding
from gengang.mailed import CHINA, MOST_TEXT, Source

# A picture that the text shows is a logo or a smiley, not a photographed form, when a form on it could not be read: by
# its shorter side in pixels, or by less data than a page of print takes. A page in black and white may take little.
LOGO_SIDE = 400
LOGO_BYTES = 30_000
PAGE_SIDE = 1_000
MOST_BYTES = 150_000_000  # twice what a mail service takes
MOST_LINES = 3_000_000  # each costs as much memory as a line of base64
MOST_DASHES = 20_000  # lines that may end a part: each part costs time
LONGEST_HEADER = 20_000
MOST_NAMES = 5  # told of files that a text links to
MOST_SEARCHED = 200_000  # letters of a text that are looked through for them
AT_A_TIME = 1 << 20
CARRIED = frozenset({"message/rfc822", "message/global"})
GB = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "hz-gb-2312"})
LINKED = re.compile("超大附件|云附件|中转站|网盘|微云")
ADDRESS = re.compile("https?://", re.I)
FILE_NAME = re.compile(
    r"[^\s<>\"'/\\|：:；;，,“”]{1,80}\.(?:docx?|wps|rtf|odt|pdf|xlsx?|et|zip|rar|7z|jpe?g|png)(?![A-Za-z0-9])", re.I
)
NO_PAPERS = frozenset({  # what programs add to a mail
    "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "application/pgp-keys",
    "text/vcard", "text/x-vcard", "text/calendar", "application/ics",
})  # fmt: skip
NO_ATTACHMENT = "邮件里没有附件。"
SHOWN_TEXT = "//text()[not(ancestor::script or ancestor::style or ancestor::head)]"
MOST_MARKUP = 400_000  # letters of a page that are looked through for its text
NAME_OF_TYPE = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
CONTINUED = re.compile(r"(?:file)?name\*(\d+)\*?$")


@dataclass(frozen=True, slots=True)
class Mail:
    """sender: address alone; received: when our server had it, else when sent, in China's time; None if unknown.

    sender_name: what the sender's program calls its owner; '' where it says nothing.
    text: what it says, without markup, at most MOST_TEXT letters. source: who stated the time received.
    mails: whole mails carried inside, each with a name that is its own here. Findings are about them too.
    """

    sender: str
    sender_name: str
    subject: str
    received: datetime | None
    attachments: tuple[Member, ...]
    findings: tuple[Finding, ...] = ()
    text: str = ""
    source: Source = ""
    mails: tuple[tuple[str, "Mail"], ...] = ()


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
    """The mail with those inside it; what is wrong is told once, of all of them."""
    mail, bodies = _with_bodies(message)
    return replace(mail, findings=findings_of(mail, "\n".join(bodies)))


def _with_bodies(message: Message) -> tuple[Mail, tuple[str, ...]]:
    parts = tuple(_parts(message))
    inside = [_with_bodies(_carried(part)) for part in parts if part.is_multipart()]
    plain, pages = _body_texts(parts, "plain"), _body_texts(parts, "html")
    sender_name, sender = parseaddr(_text(_header(message, "From")))
    received, source = _received(message)
    mail = Mail(
        sender, sender_name, _text(_header(message, "Subject")), received, tuple(_attachments(parts)),
        text=text_of(plain, pages), source=source, mails=named_apart([mail for mail, _ in inside]),
    )  # fmt: skip
    return mail, (*plain, *pages, *(body for _, bodies in inside for body in bodies))


def _carried(part: Message) -> Message:
    """The mail in a part; some programs encode it, which no standard allows."""
    inside = next(one for one in part.get_payload() if isinstance(one, Message))
    text = inside.get_payload()
    if _header(part, "Content-Transfer-Encoding").strip().lower() != "base64" or not isinstance(text, str):
        return inside
    inside["Content-Transfer-Encoding"] = "base64"
    return _message(_payload(inside))


def _parts(message: Message) -> Iterator[Message]:
    """Everything in a mail that is no wrapper; a mail inside it is one part."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if not part.is_multipart() or (part is not message and part.get_content_type() in CARRIED):
            yield part
        else:
            waiting += reversed([one for one in part.get_payload() if isinstance(one, Message)])


def named_apart(mails: Sequence[Mail]) -> tuple[tuple[str, Mail], ...]:
    """Each mail with a name from its subject, numbered where another has it."""
    stems = [legal_name(mail.subject.replace("!", "！")[:60]) if mail.subject else "邮件" for mail in mails]
    firsts = {stem: number for number, stem in reversed(list(enumerate(stems, 1)))}
    numbered = (stem if firsts[stem] == number else f"{stem} ({number})" for number, stem in enumerate(stems, 1))
    return tuple((f"{name}.eml", mail) for name, mail in zip(numbered, mails, strict=True))


# --- what its text shows ---


def findings_of(mail: Mail, body: str) -> tuple[Finding, ...]:
    """What is not in a mail, or only as a link, from everything that it and the mails inside it say."""
    attached = tuple(every_attachment(mail))
    return tuple(_linked(mail, body, attached)) if attached else (_without_attachment(mail, body),)


def every_attachment(mail: Mail) -> Iterator[Member]:
    """Its attachments, and those of the mails inside it."""
    yield from mail.attachments
    for _, inside in mail.mails:
        yield from every_attachment(inside)


def _without_attachment(mail: Mail, body: str) -> Finding:
    if LINKED.search(body):
        named = _files_named(body)
        text = (
            "邮件里只有超大附件或网盘的链接，没有文件本身。"
            f"请下载{named}后把文件放入，或请发件人{_whose(mail)}以普通附件重发。"
        )
    else:
        text = f"{NO_ATTACHMENT}请联系发件人{_whose(mail)}把表格作为附件重发。"
    return Finding("no_attachment", text, severity="error")


def is_without_attachment(finding: Finding) -> bool:
    """Whether it only says that a mail has none; beside papers in the mail around it that needs nobody."""
    return finding.code == "no_attachment" and finding.message.startswith(NO_ATTACHMENT)


def _linked(mail: Mail, body: str, attached: Sequence[Member]) -> Iterator[Finding]:
    """What a mail program took off the mail for its size and left a link to."""
    if LINKED.search(body) and ADDRESS.search(body):
        named = _files_named(body, [one.name for one in attached])
        text = (
            f"邮件除附件外还有超大附件或网盘的链接{named}，链接里的文件未读取。"
            f"请下载后放入，或请发件人{_whose(mail)}以普通附件重发。"
        )
        yield Finding("linked_attachment", text, severity="error")


def _whose(mail: Mail) -> str:
    known = " ".join(part for part in (mail.sender_name, mail.sender) if part)
    return f"（{known}）" if known else ""


def _files_named(body: str, known: Collection[str] = ()) -> str:
    names = [name for name in dict.fromkeys(FILE_NAME.findall(body[:MOST_SEARCHED])) if name not in known]
    return f"（{'、'.join(names[:MOST_NAMES])}{'等' if len(names) > MOST_NAMES else ''}）" if names else ""


def text_of(plain: Sequence[str], pages: Sequence[str]) -> str:
    """What the mail says, in its first plain text, or in its first page of HTML without the markup."""
    texts = (" ".join(text.split()) for text in (*plain, *map(_without_markup, pages)))
    return next((text for text in texts if text), "")[:MOST_TEXT]


def _without_markup(page: str) -> str:
    try:
        root = fromstring(page[:MOST_MARKUP].encode("utf-8", "replace"), HTMLParser(encoding="utf-8", no_network=True))
    except (ParserError, XMLSyntaxError):
        return ""
    found = [] if root is None else root.xpath(SHOWN_TEXT)
    return " ".join(map(str, found)) if isinstance(found, list) else ""


def _body_texts(parts: Sequence[Message], kind: str) -> tuple[str, ...]:
    """What the parts say that are text of this kind, or of every other."""
    bodies = (part for part in parts if part.get_content_maintype() == "text" and not _file_name(part))
    wanted = (part for part in bodies if (part.get_content_subtype() == "html") == (kind == "html"))
    return tuple(decoded(_payload(part), part.get_content_charset() or "") for part in wanted)


# --- its parts ---


def _attachments(parts: Sequence[Message]) -> Iterator[Member]:
    for number, part in enumerate(parts, 1):
        if part.is_multipart() or part.get_content_type() in NO_PAPERS:
            continue
        data = _payload(part)
        name = _file_name(part)
        if (data or name) and not _is_body(part, name) and not (_is_shown_picture(part) and is_logo(data)):
            ending = NAME_OF_TYPE.get(part.get_content_type(), "bin")
            yield Member(name or f"附件{number}.{ending}", data)


def _is_body(part: Message, name: str) -> bool:
    kind = part.get_content_maintype()
    return not name and (kind == "text" or part.get_content_type() == "message/delivery-status")


def _is_shown_picture(part: Message) -> bool:
    shown = bool(_header(part, "Content-ID")) or part.get_content_disposition() == "inline"
    return part.get_content_maintype() == "image" and shown


def is_logo(data: bytes) -> bool:
    """Whether a picture that the text shows is too small for a page with a form."""
    side = _shorter_side(data)
    if side is None:
        return len(data) < LOGO_BYTES
    return side < LOGO_SIDE or (side < PAGE_SIDE and len(data) < LOGO_BYTES)


def _shorter_side(data: bytes) -> int | None:
    """In pixels, from the picture's head alone; None when it has none that is understood."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its size, which the reader of pictures bounds
        try:
            with Image.open(BytesIO(data)) as picture:
                return min(picture.size)
        except Image.DecompressionBombError:
            return PAGE_SIDE
        except (OSError, ValueError, SyntaxError, struct.error):
            return None


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
        return _percentdecoded("".join(parameters[key] for _, key in pieces))
    for key in ("filename*", "name*"):
        if key in parameters:
            return _percentdecoded(parameters[key])
    return _text(parameters.get("filename") or parameters.get("name") or "")


def _parameters(value: str) -> Iterator[tuple[str, str]]:
    for found in re.finditer(r';\s*([\w*-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)', value):
        text = found[2].strip()
        if text.startswith('"'):
            text = re.sub(r'\\(["\\])', r"\1", text.strip('"'))
        yield found[1].lower(), text


def _percentdecoded(value: str) -> str:
    """RFC 2231: charset'language'percent-encoded bytes."""
    charset, quote, rest = value.partition("'")
    if not quote:
        return _text(value)
    return decoded(unquote_to_bytes(rest.partition("'")[2]), charset)


def _text(value: str) -> str:
    """A header's text: encoded words of RFC 2047, or raw bytes in UTF-8 or GBK."""
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        return decoded(_raw(value), "")
    return "".join(
        decoded(_raw(piece) if isinstance(piece, str) else piece, charset or "") for piece, charset in pieces
    ).strip()


def _raw(value: str) -> bytes:
    return value.encode("latin-1", "replace")


def decoded(data: bytes, charset: str) -> str:
    """Text in the encoding that is stated, else in UTF-8 or GBK, whichever it can be."""
    stated = ("gb18030" if charset.lower() in GB else charset.lower(),) if charset else ()
    for encoding in (*stated, "utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except (ValueError, LookupError):
            continue
    return data.decode("utf-8", "replace")


def _received(message: Message) -> tuple[datetime | None, Source]:
    stated: tuple[tuple[str, Source], ...] = (("Received", "server"), ("Date", "sent"))
    for header, source in stated:
        stamp = _header(message, header).rpartition(";")[2].strip()
        try:
            return in_china(stamp), source
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None, ""


def in_china(stamp: str) -> datetime:
    """A server or a phone set to another zone writes another day than the one it was here."""
    stated = parsedate_to_datetime(re.sub(r"\bCST$", "+0800", stamp))  # which Python takes for American time
    if stated.tzinfo is None:  # -0000 is universal time from nobody says where; without any zone it is ours
        stated = stated.replace(tzinfo=UTC if "-0000" in stamp else CHINA)
    return stated.astimezone(CHINA)
