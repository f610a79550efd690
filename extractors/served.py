"""The reader's process: reads one file after another for whoever started it, and says which part it is at.

It catches nothing that nobody foresaw: that ends it, and whoever waits is told.
"""

from collections.abc import Mapping
from pathlib import Path

from extractors.files import read_opened
from extractors.jobs import Job, Known, NoRoom, Old, Part, Setup, Taken
from extractors.materials import thumbnails_of, unopened
from extractors.office import OldFile
from extractors.opening import Opened, load, old_files, opened, unreadable
from extractors.pace import Pace
from gengang.errors import MachineError
from gengang.findings import Finding
from gengang.processes import bound_memory, resident_megabytes
from gengang.scratch import no_room
from gengang.workers import Line, line_to

MOST_FILES = 500  # after which a reader is relieved, whatever its libraries have kept
FULL_SHARE = 0.7  # of its memory, that it may still hold when a file is done


def main(parent: int) -> None:
    """Answer jobs until there are none."""
    line = line_to(parent)
    setup = line.hear()
    assert isinstance(setup, Setup)
    bound_memory(setup.megabytes)
    line.say("ready")
    for left in range(MOST_FILES, 0, -1):
        job = line.hear()
        assert isinstance(job, Job)
        line.say(_answer(job, setup, line, left == 1))


def _answer(job: Job, setup: Setup, line: Line, last: bool) -> Old | Taken | NoRoom:
    kept = unopened(job.name, job.path)
    if kept is not None:
        return Taken(kept, last=last)
    data = load(job.path)
    if isinstance(data, Finding):
        return Taken(unreadable(job.name, data))
    try:
        file = opened(job.name, data)
    except MachineError as fault:
        return NoRoom(str(fault))
    line.say(Known(file.sha256, file.medium))
    if job.thumbnails:
        bound_memory(setup.of_pictures)
        return Taken(thumbnails_of(file), last=last or _is_full(setup))
    del data  # what it held is in the leaves, and a container may be large
    old = old_files(file)
    try:
        if old and job.scratch is not None:
            return _left(old, job.scratch)
        office = {sha256: made if isinstance(made, Finding) else Path(made).read_bytes()
                  for sha256, made in job.office.items()}  # fmt: skip
    except OSError as fault:
        return NoRoom(no_room(fault))
    reading = read_opened(file, setup.forms, office, _pace(job, setup, line))
    return Taken(reading, _day_of_mail(file), last or _is_full(setup), file.mails)


def _left(old: Mapping[str, OldFile], scratch: str) -> Old:
    for sha256, one in old.items():
        Path(scratch, f"{sha256}.{one.kind}").write_bytes(one.data)
    return Old({sha256: one.kind for sha256, one in old.items()})


def _pace(job: Job, setup: Setup, line: Line) -> Pace:
    def told(part: str) -> None:
        line.say(Part(part))

    return Pace(job.seconds, told, job.avoided, lambda: bound_memory(setup.of_pictures))


def _is_full(setup: Setup) -> bool:
    return resident_megabytes() > FULL_SHARE * setup.of_pictures


def _day_of_mail(file: Opened) -> str | None:
    received = file.mails[0].received if file.is_mail and file.mails else None
    return None if received is None else received.isoformat()
