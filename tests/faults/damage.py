"""Damage as files suffer it: cut off, bytes lost or changed; and as programs do it: elements moved, numbers wild."""

import io
import re
import zipfile
from functools import lru_cache
from random import Random

import pikepdf

WILD = ("0", "-1", "99999999999", "2147483648", "1e9", "NaN", "", "٣")
STRANGE = ("字" * 5_000, "\u202e", "\ufffe", "&#x10FFFF;", "\U0001f600", "☑□", "＿" * 300, "年 月 日", "1" * 400)
AROUND = (
    "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", "<w:ins>{}</w:ins>", "<w:del>{}</w:del>", "<w:p>{}</w:p>",
    "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", "",
)  # fmt: skip
OPERATORS = re.compile(rb"-?\d+\.?\d*|/\w+|\b(?:obj|endobj|stream|R|Tj|TJ|Tf|Td|re|l|m|S|cm|Do|BT|ET|q|Q)\b")
MAIL_LINES = (
    b"Content-Type: multipart/mixed; boundary=a", b"Content-Transfer-Encoding: base64", b"Content-Type: message/rfc822",
    b"Content-Transfer-Encoding: uuencode", b"Content-Type: text/plain; charset=hz", b"--", b"",
    b"Content-Type: text/plain; charset=idna", b"Content-Disposition: attachment; filename*=x'y'%zz",
    b"Date: Mon, 99 Foo 99999 99:99:99 +99999", b"Content-Type: text/plain; charset=\xff",
)  # fmt: skip


def damaged(kind: str, data: bytes, chance: Random) -> bytes:
    """A damaged copy. kind: the file's ending."""
    how = {"docx": package, "xlsx": package, "zip": package, "odt": package, "pdf": pdf, "eml": mail}.get(kind, raw)
    return how(data, chance) if data else data


def raw(data: bytes, chance: Random) -> bytes:
    """Cut off, a piece lost, a piece added, a piece repeated, or bytes changed."""
    at = chance.randrange(len(data))
    way = chance.randrange(5)
    if way == 0:
        return data[:at]
    if way == 1:
        return data[:at] + data[at + chance.randrange(1, 3_000) :]
    if way == 2:
        return data[:at] + chance.randbytes(chance.randrange(1, 200)) + data[at:]
    if way == 3:
        return data[:at] + data[at : at + 500] * chance.choice((2, 5, 50)) + data[at + 500 :]
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 10, 60))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def package(data: bytes, chance: Random) -> bytes:
    """The same zip with a part damaged, most often the one that says most."""
    if chance.random() < 0.2:
        return raw(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        members = {name: source.read(name) for name in source.namelist()}
    largest = max(members, key=lambda name: len(members[name]))
    victim = largest if chance.random() < 0.7 else chance.choice(sorted(members))
    content = members[victim]
    if content.lstrip().startswith(b"<"):
        members[victim] = markup(content.decode("utf-8", "replace"), chance).encode("utf-8", "surrogatepass")
    elif content:
        members[victim] = raw(content, chance)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in members.items():
            target.writestr(name, part)
    return made.getvalue()


def markup(text: str, chance: Random) -> str:
    """XML with tags lost, repeated and exchanged, elements wrapped and repeated, attributes and texts gone wild."""
    for _ in range(chance.choice((1, 1, 2, 4, 10))):
        tags = [found.span() for found in re.finditer(r"<[^>]+>", text)]
        if not tags:
            return text
        (start, end), (other, last) = chance.choice(tags), chance.choice(tags)
        tag = text[start:end]
        way = chance.randrange(6)
        if way == 0:
            text = text[:start] + tag * chance.choice((0, 2, 300)) + text[end:]
        elif way == 1:
            text = text[:start] + text[other:last] + text[end:]
        elif way == 2:
            text = text[:start] + re.sub(r'"[^"]*"', f'"{chance.choice(WILD)}"', tag) + text[end:]
        elif way == 3:
            text = text[:end] + chance.choice(STRANGE) + text[end:]
        else:
            text = element(text, start, end, chance)
    return text


def element(text: str, start: int, end: int, chance: Random) -> str:
    """The text with the element that begins at a tag wrapped, lost or repeated."""
    name = re.match(r"<([\w:]+)", text[start:end])
    close = f"</{name[1]}>" if name else ""
    stop = text.find(close, end) if name else -1
    if stop < 0:
        return text
    whole = text[start : stop + len(close)]
    shown = chance.choice(AROUND).replace("{}", whole) if chance.random() < 0.6 else whole * chance.choice((2, 20))
    return text[:start] + shown + text[stop + len(close) :]


def pdf(data: bytes, chance: Random) -> bytes:
    """The same PDF with operators, names and numbers damaged inside its unpacked streams."""
    if chance.random() < 0.3 or b"/Encrypt" in data:
        return raw(data, chance)
    made = unpacked(data)
    for _ in range(chance.choice((1, 2, 5, 15))):
        places = [found.span() for found in OPERATORS.finditer(made[:400_000])]
        (start, end), (other, last) = chance.choice(places), chance.choice(places)
        new = (chance.choice(WILD).encode(), made[other:last], b"", made[start:end] * 50, chance.randbytes(9))
        made = made[:start] + chance.choice(new) + made[end:]
    return made


@lru_cache
def unpacked(data: bytes) -> bytes:
    """The same PDF with its streams open to everybody."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as source:
        source.save(made, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable,
                    stream_decode_level=pikepdf.StreamDecodeLevel.generalized)  # fmt: skip
    return made.getvalue()


def mail(data: bytes, chance: Random) -> bytes:
    """The same mail with lines lost, repeated, moved, and headers that say something else."""
    lines = data.split(b"\n")
    for _ in range(chance.choice((1, 3, 10))):
        at = chance.randrange(min(len(lines), 80))
        there, strange = lines[at], chance.choice(MAIL_LINES)
        lines[at : at + 1] = chance.choice(([], [there] * 30, [strange], [strange, there], [lines[-1 - at], there]))
        lines = lines or [b""]
    return b"\n".join(lines)
