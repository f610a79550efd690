"""The manifest of the originals, `archive/manifest.csv`: hash, size and first day of each, and no personal value.

It is made from the ledger and written whole; `gengang verify originals` holds disk, ledger and manifest to each other.
Copies in `received/` are for the office's eye and are not originals.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gengang.arrivals import INCOMING, RECEIVED, archive_path, write_whole
from gengang.facts import Fact, erased_files

MANIFEST = "manifest.csv"
COLUMNS = ("sha256", "size", "first_day")
OURS = frozenset((INCOMING, RECEIVED, MANIFEST, f".{MANIFEST}.tmp", "thumbs"))
KINDS = ("arrival", "template", "erased", "erasure_ordered")  # the lines it is made from
_FOLDER = re.compile(r"[0-9a-f]{2}")


@dataclass(frozen=True, slots=True)
class Original:
    """What is known of one original. size: in bytes, None for a template; first_day: when we took it in."""

    sha256: str
    size: int | None
    first_day: str


def originals_of(facts: Iterable[Fact]) -> Mapping[str, Original]:
    """Every original that the ledger holds us to, by hash in order; those that were erased are none."""
    lines = tuple(facts)
    found: dict[str, Original] = {}
    for fact in lines:
        if fact.kind in ("arrival", "template"):
            stated = fact.data.get("size")
            size = stated if isinstance(stated, int) else None
            found.setdefault(fact.subject, Original(fact.subject, size, fact.at[:10]))
    for sha256 in erased_files(lines):
        found.pop(sha256, None)
    return dict(sorted(found.items()))


def manifest_text(originals: Iterable[Original], archive: Path) -> str:
    """The manifest; a template's size is that on the disk."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows((one.sha256, _size(one, archive), one.first_day) for one in originals)
    return written.getvalue()


def _size(one: Original, archive: Path) -> str:
    if one.size is not None:
        return str(one.size)
    path = archive_path(archive, one.sha256)
    return str(path.stat().st_size) if path.is_file() else ""


def keep_manifest(archive: Path, facts: Iterable[Fact]) -> None:
    """Writes the manifest where it says something else. Raises OSError."""
    text = manifest_text(originals_of(facts).values(), archive).encode()
    path = archive / MANIFEST
    if not path.exists() or path.read_bytes() != text:
        archive.mkdir(exist_ok=True)
        write_whole(path, [text])


def manifest_faults(archive: Path, originals: Mapping[str, Original], known: Collection[str]) -> Iterator[str]:
    """Where the manifest and the ledger differ, a Chinese sentence each. known: hashes that may stand in it."""
    try:
        rows = list(csv.reader(io.StringIO((archive / MANIFEST).read_text("ascii"))))
    except FileNotFoundError:
        yield from ["原件清单 archive/manifest.csv 不见了：请运行 gengang run，它会重新写出。"] if originals else []
        return
    except (OSError, UnicodeDecodeError, csv.Error):
        rows = []
    if rows[:1] != [list(COLUMNS)]:
        yield "原件清单 archive/manifest.csv 读不出来：请移走它再运行 gengang run，它会重新写出。"
        return
    listed = {row[0]: row for row in rows[1:] if row}
    for sha256 in sorted(listed.keys() - set(known)):
        yield f"原件清单多出一行，台账里没有：{sha256}"
    for sha256, one in originals.items():
        row = listed.get(sha256)
        if row is None:
            yield f"原件清单缺一行：{sha256}"
        elif row[2:] != [one.first_day] or (one.size is not None and row[1] != str(one.size)):
            yield f"原件清单与台账不一致：{sha256}"


def unknown_files(archive: Path, known: Collection[str], erased: Iterable[str]) -> Iterator[str]:
    """What lies in the archive and is none of the known originals, a Chinese sentence each."""
    gone = frozenset(erased)
    for entry in sorted(archive.iterdir()) if archive.is_dir() else ():
        if entry.is_dir() and _FOLDER.fullmatch(entry.name):
            strangers = (path for path in sorted(entry.iterdir()) if path.name not in known or not _is_at_home(path))
            yield from (_unknown(path, archive, gone) for path in strangers)
        elif entry.name not in OURS:
            yield _unknown(entry, archive, gone)


def _is_at_home(path: Path) -> bool:
    return path.name[:2] == path.parent.name and path.is_file()


def _unknown(path: Path, archive: Path, erased: frozenset[str]) -> str:
    where = f"archive/{path.relative_to(archive).as_posix()}"
    if path.name in erased:
        return f"已按请求删除的原件还在：{where}。请再运行一次 gengang erase。"
    return f"存档里有台账不认识的文件：{where}。运行中断留下的，再运行一次 gengang run；别处来的，请移走。"
