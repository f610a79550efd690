"""The reader's process as it is, but for mishaps: a file's name says what befalls whoever reads it.

`loop.docx` befalls the file, `第2页!loop.pdf` its second page, `b.docx!loop.zip` a member.
"""

import os
import resource
import signal
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import gettempdir

from extractors import served
from extractors.files import read_opened
from extractors.opening import Opened
from extractors.pace import Pace
from gengang.findings import Finding
from gengang.form import Form
from gengang.reading import FileReading


def main(parent: int) -> None:
    """Answer jobs until there are none, or until one goes wrong."""
    vars(served)["read_opened"] = unlucky
    served.main(parent)


def no_room(parent: int) -> None:
    """The reader as it is on a full disk: no file can be written."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    served.main(parent)


def unlucky(file: Opened, forms: Sequence[Form], office: Mapping[str, bytes | Finding], pace: Pace) -> FileReading:
    """The reading, if the file's name allows."""

    def told(part: str) -> None:
        pace.told(part)
        if part and part not in pace.avoided and f"{part.rpartition('!')[2]}!" in file.name:
            befall(file.name)

    if "!" not in file.name:
        befall(file.name)
    return read_opened(file, forms, office, replace(pace, told=told))


def befall(name: str) -> None:
    """Something a library may do to the process it is in."""
    if "segfault" in name:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "loop" in name:
        while True:
            pass
    if "memory" in name:
        kept = [bytearray(50_000_000) for _ in range(1_000)]
        raise AssertionError(len(kept))
    if "deep" in name:
        befall(name)
    if "unforeseen" in name:
        raise LookupError("nobody foresaw it")
    if "exit" in name:
        os._exit(0)
    if "once" in name:
        try:
            Path(gettempdir(), "fell").touch(exist_ok=False)
        except FileExistsError:
            return
        raise MemoryError
