"""Many nights in which a few papers come, some killed at any moment, one on a full disk: all is there at the end.

Each night a twentieth more comes than there was. `make soak` has thirty nights, `make test` some.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gengang.checking import faults_of_workspace
from gengang.facts import DOOR_KINDS, balance
from gengang.ledger import kept_ledger
from gengang.status import season_status
from tests.whole import samples
from tests.whole.samples import bytes_under, settings_for

DRIVER = Path(__file__).with_name("nightly.py")
ROOT = DRIVER.parents[2]
SOAK = bool(os.environ.get("GENGANG_SOAK"))
NIGHTS, KILLED_OF, FULL_AT = (30, 3, 17) if SOAK else (2, 3, 0)
GROWTH = 1.05
QUIET_NIGHTS = 20 if SOAK else 3
MOST_MEGABYTES = 800
SEED = 2016
ROOM = 300_000  # bytes that the full disk has left
# The workspace on a disk of its own that is nearly full, and back again whatever became of it.
ON_FULL_DISK = """
set -u
size=$(du -sb "$1" | cut -f1)
mount -t tmpfs -o size=$((size + size / 10 + $4)) none "$2"
cp -a "$1/." "$2/" && dd if=/dev/zero of="$2/ballast" bs=1k status=none 2>/dev/null; truncate -s -"$4" "$2/ballast"
"$3" "$5" "$2"
rm -f "$2/ballast"
find "$1" -mindepth 1 -delete
cp -a "$2/." "$1/"
"""


@dataclass(frozen=True, slots=True)
class Night:
    """What became of one. megabytes: what the process held after it; 0 when it was killed."""

    code: int
    megabytes: int = 0


def driver(workspace: Path) -> list[str]:
    return [sys.executable, str(DRIVER), str(workspace)]


ENVIRON = {**os.environ, "PYTHONPATH": str(ROOT)}


def nights(workspace: Path, folders: list[Path | None]) -> list[Night]:
    """One process that runs a night for each."""
    given = "".join(f"{folder or ''}\n" for folder in folders)
    done = subprocess.run(
        driver(workspace), input=given, env=ENVIRON, capture_output=True, text=True, timeout=3600, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [Night(*map(int, line.split())) for line in done.stdout.splitlines()]


def killed(workspace: Path, folder: Path, seconds: float) -> None:
    """A night that is killed after so many seconds, or at its end."""
    with subprocess.Popen(
        driver(workspace), env=ENVIRON, text=True, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        process.stdin.write(f"{folder}\n")
        process.stdin.flush()
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGKILL)
        process.stdin.close()


def on_full_disk(workspace: Path, folder: Path, mount: Path) -> str:
    """A night on a disk without room; what it said."""
    shutil.copytree(folder, workspace / "inbox", dirs_exist_ok=True)
    mount.mkdir()
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", ON_FULL_DISK, "sh", workspace, mount, sys.executable, str(ROOM), DRIVER],
        input="\n", env=ENVIRON, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr


def portions(source: Path, into: Path) -> Iterator[Path]:
    """The season's files in as many folders as there are nights, each a twentieth of what came before."""
    files = sorted(path.relative_to(source / "inbox") for path in (source / "inbox").rglob("*") if path.is_file())
    random.Random(SEED).shuffle(files)
    edges = [round(len(files) * GROWTH ** (number - NIGHTS + 1)) for number in range(NIGHTS)]
    for number, (start, end) in enumerate(zip([0, *edges], edges, strict=False)):
        for name in files[start:end]:
            target = into / str(number) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / "inbox" / name, target)
        yield into / str(number)


def emptied(source: Path, target: Path) -> Path:
    """The workspace before anything came."""
    shutil.copytree(source, target)
    shutil.rmtree(target / "inbox")
    (target / "inbox").mkdir()
    return target


def test_all_is_there_after_many_nights(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    source, whole = (
        (samples.twelve(tmp_path_factory), samples.twelve_run(tmp_path_factory)) if SOAK
        else (samples.few(tmp_path_factory), samples.few_run(tmp_path_factory))
    )  # fmt: skip
    workspace, drawn = emptied(source, tmp_path / "w"), random.Random(SEED)
    for number, folder in enumerate(portions(source, tmp_path / "new")):
        if number == FULL_AT:
            said = on_full_disk(workspace, folder, tmp_path / "disk")
            assert said.startswith("2 "), said
            assert "磁盘" in said
            assert nights(workspace, [None])[0].code in (0, 1)
        elif number % KILLED_OF == 1 or number == NIGHTS - 1:
            killed(workspace, folder, drawn.uniform(1.0, 8.0))
            assert nights(workspace, [folder])[0].code in (0, 1)
        else:
            assert nights(workspace, [folder])[0].code in (0, 1)
    settings = settings_for(workspace)
    assert faults_of_workspace(settings, "all") == ()
    assert bytes_under(settings.inbox) == {}
    with kept_ledger(settings) as ledger:
        counts = balance(ledger.read(kinds=DOOR_KINDS))
    assert counts.arrived == counts.filed + counts.refused
    assert season_status(settings, None) == season_status(settings_for(whole), None)
    held = [night.megabytes for night in nights(workspace, [None] * QUIET_NIGHTS)]
    assert max(held) < MOST_MEGABYTES
    assert held[-1] <= held[1] * 1.05, held
