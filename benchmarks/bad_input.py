"""What damaged and hostile files cost: seconds a file, memory, and how each of them ended.

Usage: python -m benchmarks.bad_input [--files N] [--seed S] [--hostile]
Damaged: filled forms in every kind of file that is sent, cut, flipped and torn inside. Hostile: files made to hurt,
each read alone. Memory is the peak of all processes together.
"""

import argparse
import io
import os
import random
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pypdfium2

from benchmarks.forms_speed import drawn
from benchmarks.reading.speed import family, resident
from extractors.guarded import Asked, Readers
from gengang.rendering import writer_of
from gengang.settings import limits_of
from gengang.template import forms_of_folder
from gengang.tools import OfficeFormat, convert_office
from gengang.workspace import BUILT_IN
from tests.faults.damage import damaged
from tests.faults.hostile import everything
from tests.unit.packing import mailed, zipped

SENT = ("appraisal", "training_log", "registration", "attendance", "leave_request")
OFFICE: tuple[OfficeFormat, ...] = ("pdf", "doc", "rtf", "odt")
PICTURES = {"jpg": "JPEG", "png": "PNG", "tif": "TIFF", "bmp": "BMP", "webp": "WEBP", "gif": "GIF"}


def main() -> None:
    """Print a line for the damaged files, and one for each hostile file when asked."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--files", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=2016)
    arguments.add_argument("--hostile", action="store_true")
    given = arguments.parse_args()
    forms, _ = forms_of_folder(BUILT_IN / "forms")
    with tempfile.TemporaryDirectory() as folder, Readers(forms, limits_of(os.environ)) as readers:
        _print_damaged(readers, _damaged(Path(folder), given.files, random.Random(given.seed)))
        if given.hostile:
            _print_hostile(readers, Path(folder))


def _print_damaged(readers: Readers, paths: Sequence[Path]) -> None:
    with _watched() as peak:
        start = time.perf_counter()
        taken = readers.read([Asked(path.name, str(path)) for path in paths])
        seconds = time.perf_counter() - start
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(Counter(path.suffix for path in paths).items()))
    read = sum(bool(one.file.submissions) for one in taken)
    codes = Counter(finding.code for one in taken for finding in one.file.findings)
    print(f"{len(paths)} damaged files ({kinds}): {seconds / len(paths):.2f} s a file, {peak[0]} MB")
    print(f"{read} gave readings all the same; told: {', '.join(f'{n} {code}' for code, n in codes.most_common())}")


def _print_hostile(readers: Readers, folder: Path) -> None:
    for name, make in everything().items():
        (folder / name).write_bytes(make())
        with _watched() as peak:
            start = time.perf_counter()
            [taken] = readers.read([Asked(name, str(folder / name))])
            seconds = time.perf_counter() - start
        told = ", ".join(dict.fromkeys(finding.code for finding in taken.file.findings))
        print(f"{name:28}{seconds:6.1f} s {peak[0]:6} MB  {told}")
        (folder / name).unlink()


@contextmanager
def _watched() -> Iterator[list[int]]:
    """The peak, in megabytes, of this process and all that it starts; known at the end."""
    peak, done = [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.05):
            peak[0] = max(peak[0], sum(map(resident, family(os.getpid()))) // 1_000_000)

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield peak
    finally:
        done.set()
        watching.join()


# --- what is sent ---


def _damaged(folder: Path, count: int, chance: random.Random) -> list[Path]:
    seeds = _seeds(folder, chance)
    made = []
    for number in range(count):
        kind = chance.choice(sorted(seeds))
        made.append(folder / f"{number:05d}.{kind}")
        made[-1].write_bytes(damaged(kind, chance.choice(seeds[kind]), chance))
    return made


def _seeds(folder: Path, chance: random.Random) -> dict[str, list[bytes]]:
    """Sound files by their ending."""
    words = [writer_of((BUILT_IN / "forms" / f"{stem}.docx").read_bytes(), stem) for stem in SENT]
    seeds = {"docx": [word.fill_submission(drawn(word.form, chance)) for word in words]}
    paths = [folder / f"{stem}.docx" for stem in SENT]
    for path, data in zip(paths, seeds["docx"], strict=True):
        path.write_bytes(data)
    for kind in OFFICE:
        done = convert_office(paths, kind, folder / kind, 300, BUILT_IN / "fonts")
        seeds[kind] = [one.result.read_bytes() for one in done if one.result is not None]
    seeds |= {ending: [_picture(data, kind) for data in seeds["pdf"]] for ending, kind in PICTURES.items()}
    seeds["eml"] = [mailed("表.docx", data) for data in seeds["docx"]]
    seeds["zip"] = [zipped({"表.docx": data, "页.jpg": seeds["jpg"][0]}) for data in seeds["docx"]]
    return seeds


def _picture(data: bytes, kind: str) -> bytes:
    """The first page as a scanner gives it."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        drawn_page = pdf[0].render(scale=200 / 72).to_pil()
    finally:
        pdf.close()
    made = io.BytesIO()
    drawn_page.save(made, kind)
    return made.getvalue()


if __name__ == "__main__":
    main()
