"""The manifest of the originals, `archive/manifest.csv`: hash, size and first day of each, and no personal value.

It is made from the ledger and written whole; `gengang verify originals` holds disk, ledger and manifest to each other.
Copies in `received/` are for the office's eye and are not originals.
"""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gengang.arrivals import RECEIVED, write_whole
from gengang.facts import Fact, erased_files
from gengang.originals import Originals, originals_place
from gengang.settings import Settings

MANIFEST = "manifest.csv"
COLUMNS = ("sha256", "size", "first_day")
OURS = frozenset((RECEIVED, MANIFEST, f".{MANIFEST}.tmp", "thumbs"))
KINDS = ("arrival", "template", "erased", "erasure_ordered")  # the lines it is made from


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


def manifest_text(known: Iterable[Original], originals: Originals) -> str:
    """The manifest; a template's size is that of its bytes."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows((one.sha256, _size(one, originals), one.first_day) for one in known)
    return written.getvalue()


def _size(one: Original, originals: Originals) -> str:
    size = originals.size(one.sha256) if one.size is None else one.size
    return "" if size is None else str(size)


def keep_manifest(settings: Settings, facts: Iterable[Fact]) -> None:
    """Writes the manifest where it says something else. Raises OSError."""
    text = manifest_text(originals_of(facts).values(), originals_place(settings)).encode()
    path = settings.archive / MANIFEST
    if not path.exists() or path.read_bytes() != text:
        settings.archive.mkdir(exist_ok=True)
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


def unknown_files(settings: Settings, known: Collection[str], erased: Iterable[str]) -> Iterator[str]:
    """What lies among the originals and is none of the known ones, a Chinese sentence each."""
    gone = frozenset(erased)
    place = settings.originals or "archive"
    for name in originals_place(settings).listed():
        folder, _, sha256 = name.rpartition("/")
        if name not in OURS and (folder != sha256[:2] or sha256 not in known):
            yield _unknown(f"{place}/{name}", sha256 in gone)


def _unknown(where: str, erased: bool) -> str:
    if erased:
        return f"已按请求删除的原件还在：{where}。请再运行一次 gengang erase。"
    return f"存档里有台账不认识的文件：{where}。运行中断留下的，再运行一次 gengang run；别处来的，请移走。"
