"""How fast Word forms are read and in how much memory, as ratios of one run; on the forms of templates/forms.

Each form goes through all ways before the next one, so that what else the machine does is shared between them.
"""

import io
import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from benchmarks.forms_speed import drawn, dumped, in_turn
from extractors.fields import readings_of_sheet
from gengang.form import Form
from gengang.rendering import Writer, writer_of
from gengang.wordxml import sheet_of_word

ROOT = Path(__file__).resolve().parents[2]
READ = [sys.executable, "-c", "from gengang.start import main; main()", "read", "--json"]
COUNTS = (100, 1_000, 10_000)
MEMORY_FILES = 2_000
DIFFERENT = 2_000  # files that differ; more are copies
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def speed(each: int, seed: int, counts: Sequence[int] = COUNTS, memory_files: int = MEMORY_FILES) -> None:
    """Print the ratios, the peak memory of `gengang read` and how its time grows. each: forms of each template."""
    writers = [writer_of(path.read_bytes(), path.stem) for path in sorted((ROOT / "templates/forms").glob("*.docx"))]
    chance = random.Random(f"speed {seed}")
    _print_ratios(writers, each, chance)
    with tempfile.TemporaryDirectory() as folder:
        names = _written(Path(folder), writers, max(*counts, memory_files), chance)
        seconds, peak = _read(Path(folder), names[:memory_files])
        print(f"peak memory of `gengang read` over {memory_files} Word forms, all its processes: {peak / 1e6:.0f} MB "
              f"({seconds:.1f} s)")  # fmt: skip
        _print_growth(Path(folder), names, counts)


# --- ratios ---


def _print_ratios(writers: Sequence[Writer], each: int, chance: random.Random) -> None:
    forms = [writer.form for writer in writers]
    ways = {"read": lambda data: _fields(data, forms), "unzip and parse": parsed_parts, "docx2python": dumped}
    spent: dict[str, list[list[float]]] = {name: [] for name in ways}
    for writer in writers:
        files = [writer.fill_submission(drawn(writer.form, chance)) for _ in range(each)]
        for name, times in zip(ways, in_turn(files, *ways.values()), strict=True):
            spent[name].append(times)
    every = {name: statistics.median(time for times in found for time in times) for name, found in spent.items()}
    print(f"{each} filled forms of each of {len(writers)} templates, all templates known to the reader; medians in ms")
    print("  ".join(f"{name} {milliseconds:.2f}" for name, milliseconds in every.items()))
    medians = {name: [statistics.median(times) for times in found] for name, found in spent.items()}
    worst = [read / plain for read, plain in zip(medians["read"], medians["unzip and parse"], strict=True)]
    least = [dump / read for read, dump in zip(medians["read"], medians["docx2python"], strict=True)]
    print(f"read / unzip and parse: {every['read'] / every['unzip and parse']:.1f} "
          f"(worst template {forms[worst.index(max(worst))].stem} {max(worst):.1f})")  # fmt: skip
    print(f"docx2python / read: {every['docx2python'] / every['read']:.1f} "
          f"(worst template {forms[least.index(min(least))].stem} {min(least):.1f})")  # fmt: skip


def _fields(data: bytes, forms: Sequence[Form]) -> object:
    return readings_of_sheet(sheet_of_word(data), forms)


def parsed_parts(data: bytes) -> list[object]:
    """The floor: unzip the document, its headers and footers, and parse their XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = (
            name for name in package.namelist() if name.startswith(("word/document", "word/header", "word/footer"))
        )
        return [etree.fromstring(package.read(name)) for name in names]


# --- many files ---


def _written(folder: Path, writers: Sequence[Writer], count: int, chance: random.Random) -> list[str]:
    different: list[bytes] = []
    names = []
    for number in range(count):
        if number < DIFFERENT:
            writer = writers[number % len(writers)]
            different.append(writer.fill_submission(drawn(writer.form, chance)))
        names.append(f"{number:05d}.docx")
        (folder / names[-1]).write_bytes(different[number % DIFFERENT])
    return names


def _read(folder: Path, names: Sequence[str]) -> tuple[float, int]:
    """Seconds and peak bytes of memory of one `gengang read` and what it starts."""
    start, peak = time.perf_counter(), 0
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([*READ, *names], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                          env=surroundings) as process:  # fmt: skip
        while process.poll() is None:
            peak = max(peak, sum(map(resident, family(process.pid))))
            time.sleep(0.05)
    return time.perf_counter() - start, peak


def family(pid: int) -> Iterator[int]:
    """A process and all that it started, where the system tells (Linux)."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in children.read_text().split():
                yield from family(int(child))
        except OSError:
            continue  # it ended meanwhile


def resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


def _print_growth(folder: Path, names: Sequence[str], counts: Sequence[int]) -> None:
    """Seconds for each count, and the exponent of their growth beyond what one file takes."""
    alone, _ = _read(folder, names[:1])
    seconds = [_read(folder, names[:count])[0] for count in counts]
    told = ", ".join(f"{count} in {spent:.1f} s" for count, spent in zip(counts, seconds, strict=True))
    points = [(math.log(n), math.log(max(0.001, s - alone))) for n, s in zip(counts, seconds, strict=True)]
    print(f"Word forms through `gengang read`: 1 in {alone:.1f} s, {told}; time grows as n^{_slope(points):.2f}")


def _slope(points: Sequence[tuple[float, float]]) -> float:
    """Of the line of least squares."""
    x, y = (statistics.fmean(axis) for axis in zip(*points, strict=True))
    above = sum((px - x) * (py - y) for px, py in points)
    return above / sum((px - x) ** 2 for px, _ in points)
