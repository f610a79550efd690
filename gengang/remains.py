"""Where in a workspace somebody's name or number still stands: in names of files, in their bytes, and inside documents.

Zip packages (Word, Excel) are opened, mails decoded, the text of PDFs read. What a picture shows is not seen: for that
the ledger says what was read from it.
"""

import email
import io
import os
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pypdfium2

from gengang.facts import Fact, canonical
from gengang.papers.print_proof import page_texts
from gengang.zipmembers import TooLargeError, member_of

MOST_BYTES = 256 << 20  # of one member
DEEPEST = 4  # packages inside packages
NOT_OURS = frozenset((".git", ".venv", "node_modules"))  # where the workspace is a folder of programs
_TAG = re.compile(rb"<[^>]*>")


def spellings(word: str) -> tuple[bytes, ...]:
    """How a word may stand in a file: in the encodings of our files, and as JSON escapes it."""
    return tuple(dict.fromkeys((*(word.encode(name, "ignore") for name in ("utf-8", "gb18030", "utf-16-le")),
                                canonical(word)[1:-1].encode())))  # fmt: skip


def names_in(text: str, words: Iterable[str]) -> bool:
    """Whether a text holds one of the words."""
    return any(word in text for word in words)


def says(data: bytes, words: Sequence[str], depth: int = 0) -> bool:
    """Whether the bytes of a file hold one of the words, plainly or inside a package, a mail or a PDF."""
    wanted = [spelling for word in words for spelling in spellings(word) if spelling]
    plain = _TAG.sub(b"", data) if b"<" in data else b""  # a name may be cut into several runs of one line
    if any(spelling in data or spelling in plain for spelling in wanted):
        return True
    if depth >= DEEPEST:
        return False
    if data[:4] == b"PK\x03\x04":
        return any(says(member, words, depth + 1) for member in _members(data))  # names of members stand there plainly
    if data[:5] == b"%PDF-":
        return names_in(_text_of_pdf(data), words)
    return any(says(part, words, depth + 1) for part in _parts(data))


def _members(data: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for info in package.infolist():
                yield member_of(package, info, MOST_BYTES)
    except (zipfile.BadZipFile, TooLargeError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return


def _text_of_pdf(data: bytes) -> str:
    try:
        return re.sub(r"\s+", "", "".join(page_texts(data)))
    except pypdfium2.PdfiumError:
        return ""


def _parts(data: bytes) -> Iterator[bytes]:
    """The decoded parts of a mail; of anything else none."""
    head = data[:4096].lower()
    if b"mime-version:" not in head and b"content-type:" not in head:
        return
    for part in email.message_from_bytes(data).walk():
        body = part.get_payload(decode=True)
        if isinstance(body, bytes):
            yield body
        name = part.get_filename()
        if name:
            yield str(email.header.make_header(email.header.decode_header(name))).encode("utf-8", "replace")


def files_that_say(workspace: Path, words: Sequence[str], passed_over: Iterable[str] = ()) -> Iterator[Path]:
    """Every file of a workspace whose path or content holds one of the words, in order. passed_over: names at its top.

    Raises OSError for a file that cannot be read: silence about it would be a proof of nothing.
    """
    left_out = NOT_OURS | set(passed_over)
    for folder, folders, files in os.walk(workspace):
        folders[:] = sorted(name for name in folders if name not in left_out)
        for name in sorted(files):
            path = Path(folder) / name
            if path.parent == workspace and name in left_out:
                continue
            where = path.relative_to(workspace).as_posix()
            if path.is_file() and (names_in(where, words) or says(path.read_bytes(), words)):
                yield path


def lines_that_say(facts: Iterable[Fact], words: Sequence[str]) -> tuple[str, ...]:
    """Subjects of lines whose personal values hold one of the words, each once."""
    escaped = [canonical(word)[1:-1] for word in words]
    found = (fact.subject for fact in facts if fact.personal and names_in(canonical(fact.personal), escaped))
    return tuple(dict.fromkeys(found))
