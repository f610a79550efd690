"""Pages a second, ours beside rapidocr page by page with its defaults, in turns on the same pages; and memory.

Usage: python -m benchmarks.scans.speed [--pages N] [--rounds R] [--seed S]
Pages are 300-dpi scans of filled forms. Ours reads forms from them, on as many readers as there are cores with one
thread each; rapidocr gives lines of text alone. Its defaults want onnxruntime, which this program does without.
Memory is the greatest that one of our readers held.
"""

import argparse
import os
import random
import re
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks.reading.families import papers_of_family
from benchmarks.reading.filling import printed_form, templates_of
from benchmarks.scans.damage import scan
from benchmarks.scans.made import FONTS
from extractors.files import read_files
from extractors.scan import pictures_of_pdf
from gengang.form import Form
from gengang.tools import convert_office


def main() -> None:
    """Print both, and how many times ours is faster."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.scans.speed", description=__doc__,
                                        formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    arguments.add_argument("--pages", type=int, default=12)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--seed", type=int, default=2016)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(given.pages, given.rounds, given.seed, Path(folder))


def measure(pages: int, rounds: int, seed: int, folder: Path) -> None:
    """One file a form; the pages of all files are the same for both."""
    templates = templates_of(papers_of_family("tune2", seed))[:pages]
    chance = random.Random(seed)
    docx = [folder / f"{number:03d}.docx" for number in range(len(templates))]
    for path, template in zip(docx, templates, strict=True):
        path.write_bytes(printed_form(template, chance).data)
    files = []
    for made in convert_office(docx, "pdf", folder / "pdf", 60.0 + 20 * len(docx), FONTS):
        assert made.result is not None
        files.append(folder / f"{made.result.stem}-scan.pdf")
        files[-1].write_bytes(scan(made.result.read_bytes(), chance).data)
    _race(files, tuple(template.form for template in templates), rounds)


def _race(files: Sequence[Path], forms: Sequence[Form], rounds: int) -> None:
    cores = os.cpu_count() or 1
    context = get_context("spawn")
    os.environ["OMP_NUM_THREADS"] = "1"
    with ProcessPoolExecutor(cores, context) as readers:
        list(readers.map(partial(_ours, forms=forms), files[:cores]))  # models are loaded before the race
        del os.environ["OMP_NUM_THREADS"]
        with ProcessPoolExecutor(1, context) as other:
            other.submit(_theirs, files[0]).result()
            ours, theirs, pages, held = 0.0, 0.0, 0, 0
            for _ in range(rounds):
                start = time.perf_counter()
                held = max(held, *readers.map(partial(_ours, forms=forms), files))
                ours += time.perf_counter() - start
                start = time.perf_counter()
                pages += sum(other.map(_theirs, files))
                theirs += time.perf_counter() - start
    print(f"ours {pages / ours:6.2f} pages/s on {cores} readers, {held} MB each at most; "
          f"rapidocr {pages / theirs:6.2f} pages/s; {theirs / ours:.2f} times as fast ({pages} pages)")  # fmt: skip


def _ours(path: Path, forms: Sequence[Form]) -> int:
    """Megabytes that this process has held at most."""
    read_files([str(path)], forms)
    status = Path("/proc/self/status").read_text("ascii")
    found = re.search(r"VmHWM:\s+(\d+)", status)
    return int(found[1]) // 1024 if found else 0


_ENGINE: list[object] = []


def _theirs(path: Path) -> int:
    """How many pages were recognised."""
    from rapidocr import RapidOCR

    if not _ENGINE:
        _ENGINE.append(RapidOCR(params={"Global.log_level": "critical"}))
    data = path.read_bytes()
    count = 0
    for picture in pictures_of_pdf(data, range(1, 100)):
        _ENGINE[0](np.ascontiguousarray(picture.pixels[:, :, ::-1]))  # type: ignore[operator]  # its class is untyped
        count += 1
    return count


if __name__ == "__main__":
    main()
