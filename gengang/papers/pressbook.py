"""The pressbook: what was pressed for each place in the outbox, so that nothing is pressed twice or overwritten.

It lies in the staging folder beside the ledger, never in the outbox. Losing it costs time, not papers.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

NAME = "pressbook.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """What was pressed for one draft's file.

    kind: the draft's; content: hash of what it said; at: path under the outbox without ending, where it really lies.
    docx, pdf: hex SHA-256 of the two files; pages: of the print; final: as the draft's.
    """

    kind: str
    content: str
    at: str
    docx: str
    pdf: str
    pages: int
    final: bool = False


def open_pressbook(staging: Path) -> dict[str, Entry]:
    """Draft file -> its entry; empty when there is no readable pressbook."""
    try:
        kept = json.loads((staging / NAME).read_text("utf-8"))
        return {file: Entry(**entry) for file, entry in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


@dataclass(frozen=True, slots=True)
class Pressbook:
    """A pressbook to look things up in. by_kind: draft's kind -> entries, in the order of their files.

    by_hash: hex SHA-256 of a file -> its entry and the file's ending.
    """

    by_kind: Mapping[str, tuple[Entry, ...]]
    by_hash: Mapping[str, tuple[Entry, str]]


def pressbook_in(staging: Path) -> Pressbook:
    """What the pressbook there says now; read again only when it was written again."""
    try:
        told = (staging / NAME).stat()
    except OSError:
        return Pressbook({}, {})
    return _pressbook(staging, told.st_mtime_ns, told.st_size, told.st_ino)


@lru_cache(maxsize=2)
def _pressbook(staging: Path, *_: int) -> Pressbook:
    by_kind: dict[str, list[Entry]] = {}
    by_hash: dict[str, tuple[Entry, str]] = {}
    for _file, entry in sorted(open_pressbook(staging).items()):
        by_kind.setdefault(entry.kind, []).append(entry)
        by_hash |= {entry.pdf: (entry, "pdf"), entry.docx: (entry, "docx")}
    return Pressbook({kind: tuple(found) for kind, found in by_kind.items()}, by_hash)


def save_pressbook(staging: Path, entries: Mapping[str, Entry]) -> None:
    """Write it whole or not at all."""
    staging.mkdir(parents=True, exist_ok=True)
    text = json.dumps({file: asdict(entry) for file, entry in sorted(entries.items())}, ensure_ascii=False, indent=0)
    put(staging / NAME, text.encode())


def put(path: Path, data: bytes) -> None:
    """Write a file so that it is never seen half written, making its folder. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.part")
    half.write_bytes(data)
    try:
        half.replace(path)
    except OSError:
        half.unlink(missing_ok=True)
        raise


def hash_of(path: Path) -> str:
    """Hex SHA-256 of a file, empty when there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def is_open_elsewhere(path: Path) -> bool:
    """Whether Word, WPS or LibreOffice has left the file that says a document is being edited."""
    locks = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    return any((path.parent / lock).exists() for lock in locks)
