"""How fast files are taken in, and what a look at an inbox costs in which nothing changed.

Usage: python -m benchmarks.intake [--files N] [--seed S]
Small Word files of their own content each, in folders of a hundred, on this disk with every flush that outlasts a power
cut. `look` is finding out what may be taken of all of them, beside listing and stat-ing them alone; `cold` takes all in
and commits them to a SQLite ledger; `again` is the same call once nothing is left. Memory is the process's peak.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

from gengang.arrivals import waiting_files
from gengang.facts import Actor
from gengang.intake import settled_files, take_all_in
from gengang.ledger import open_ledger
from gengang.processes import resident_megabytes
from gengang.settings import Settings, settings_of

ME = Actor("bench", "office", "bench", "benchmarks.intake")
AT, DAY = "2016-12-06T08:00:00Z", date(2016, 12, 6)
A_FOLDER, TIMES = 100, 5


def main() -> None:
    """Print one line a figure."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.intake", description=__doc__,
                                        formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    arguments.add_argument("--files", type=int, default=10_000)
    arguments.add_argument("--seed", type=int, default=2016)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(settings_of(Path(folder), {}), settle_seconds=0.0, patience_seconds=0.0)
        size = fill(settings.inbox, given.files, given.seed)
        print(f"{given.files} Word files of {size / given.files / 1000:.1f} kB on average, seed {given.seed}")
        print_looks(settings)
        print_intake(settings, given.files)
    print(f"memory: {resident_megabytes():.0f} MB at the end")


def fill(inbox: Path, files: int, seed: int) -> int:
    """That many small Word packages; how many bytes."""
    chance = random.Random(f"intake {seed}")
    size = 0
    for number in range(files):
        folder = inbox / f"2016-12-06 学校{number // A_FOLDER}"
        folder.mkdir(parents=True, exist_ok=True)
        size += (folder / f"{number:05d}.docx").write_bytes(package(chance.randbytes(1_500)))
    return size


def package(content: bytes) -> bytes:
    """A Word file as far as its head tells."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", b"<w:document>" + content.hex().encode() + b"</w:document>")
    return file.getvalue()


def print_looks(settings: Settings) -> None:
    """A look at all that lies there, beside the least that a look can cost."""
    looks = [seconds(lambda: waiting_files(settings.inbox, time.time() + 60, 2.0)) for _ in range(TIMES)]
    floors = [seconds(lambda: listed(settings.inbox)) for _ in range(TIMES)]
    look, floor = statistics.median(looks), statistics.median(floors)
    print(f"look at an unchanged inbox {look:.3f} s, listing and stat-ing it {floor:.3f} s: {look / floor:.1f} times")


def listed(inbox: Path) -> int:
    """All files with their size and time."""
    return sum(os.lstat(os.path.join(folder, name)).st_size for folder, _, files in os.walk(inbox) for name in files)  # noqa: PTH118


def print_intake(settings: Settings, files: int) -> None:
    """All taken in, then the same with nothing left."""
    ledger = open_ledger(settings)
    for name in ("cold", "again"):
        spent = seconds(lambda: take_all_in(settings, ledger, settled_files(settings), DAY, ME, AT))
        told = f", {files / spent:.0f} arrivals a second" if name == "cold" else ""
        print(f"{name}: {spent:.2f} s{told}")
    ledger.close()


def seconds(act: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
