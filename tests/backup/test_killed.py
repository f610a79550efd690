"""Killed at any line, backup, restore, move and close leave the old state or the new one, and the same command ends."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from gengang.backing_up import back_up
from gengang.backup_format import opened_backup
from gengang.checking import faults_of_workspace
from gengang.errors import LedgerError
from gengang.ledger import open_ledger
from gengang.ledger_verify import verify
from gengang.manifest import KINDS, keep_manifest
from gengang.moving import SQLITE
from gengang.settings import Settings
from gengang.under_way import opened
from tests.ledger.cluster import Cluster
from tests.ledger.kept_season import request, small_season
from tests.ledger.lines import AT
from tests.whole.samples import made_once, settings_for, silent

DRIVER = Path(__file__).with_name("killed.py")
ROOT = DRIVER.parents[2]
MOMENTS = 60 if os.environ.get("GENGANG_SOAK") else 4


def driver(how: str, lines: Sequence[Sequence[str]]) -> list[str]:
    """What the driver prints for each line."""
    done = subprocess.run(
        [sys.executable, str(DRIVER), how], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True,
        input="".join("\t".join(words) + "\n" for words in lines), text=True, timeout=3600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    printed = done.stdout.splitlines()
    assert len(printed) == len(lines)
    return printed


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small season on SQLite, with a backup of it inside."""

    def make(half: Path) -> None:
        (half / "inbox").mkdir(parents=True)
        settings = settings_for(half)
        ledger = open_ledger(settings)
        small_season(settings, ledger)
        ledger.close()
        with opened(request(settings)) as under_way:
            keep_manifest(settings, under_way.ledger.read(kinds=KINDS))
        back_up(settings, half / "kept.zip", AT, silent)

    return made_once(tmp_path_factory, "small_kept", make)


def drawn(printed: str) -> list[int]:
    """Some of the moments of an act, drawn with a fixed seed, some of the last lines among them."""
    found = [int(word) for word in printed.split()]
    assert len(found) > 60, "the driver watches no lines"
    return [*random.Random(2016).sample(found[:-12], MOMENTS - 2), *random.Random(7).sample(found[-12:], 2)]


Check = Callable[[Settings, str], None]


def is_backed_up(settings: Settings, third: str) -> None:
    if Path(third).exists():
        with opened_backup(Path(third)) as kept:
            assert kept.manifest.absent == ()
    assert faults_of_workspace(settings, "all") == ()


def is_restored(settings: Settings, _third: str) -> None:
    if settings.workspace.exists() and any(settings.workspace.iterdir()):
        assert faults_of_workspace(settings, "all") == ()


def is_moved(settings: Settings, third: str) -> None:
    """One of the two is in force, and whole."""
    other = settings_for(settings.workspace, "" if third == SQLITE else third)
    in_force = 0
    for one in (settings, other):
        try:
            ledger = open_ledger(one)
        except LedgerError:
            continue
        assert verify(ledger) == ()
        in_force += ledger.head()[0] > 0
        ledger.close()
    assert in_force >= 1


def is_closed_or_open(settings: Settings, third: str) -> None:
    assert faults_of_workspace(settings, "all") == ()
    ledger = open_ledger(settings)
    closed = ledger.closed()
    ledger.close()
    if Path(third).exists():
        assert closed is not None
        assert (Path(third) / "carried.json").exists()


CHECKS: dict[str, Check] = {
    "backup": is_backed_up,
    "restore": is_restored,
    "move": is_moved,
    "close": is_closed_or_open,
}


def laid_out(act: str, source: Path, folder: Path, cluster: Cluster) -> tuple[str, str, str]:
    """The workspace, the address of its ledger, and the third word, each fresh."""
    folder.mkdir(parents=True)
    workspace = folder / "w"
    if act == "restore":
        return str(workspace), cluster.new_database(), str(source / "kept.zip")
    shutil.copytree(source, workspace)
    thirds = {"backup": str(folder / "a.zip"), "move": "", "close": str(folder / "next")}
    return str(workspace), "", thirds[act] or cluster.new_database()


def is_done(act: str, workspace: str, third: str) -> bool:
    """Killed after the last line that matters: the same command would be refused."""
    return (act == "backup" and Path(third).exists()) or (act == "restore" and Path(workspace).exists())


def test_killed_at_any_line_the_old_state_is_left_or_the_new_one(
    source: Path, cluster: Cluster, tmp_path: Path
) -> None:
    calm = [(act, *laid_out(act, source, tmp_path / "calm" / act, cluster)) for act in CHECKS]
    moments = [(act, moment) for (act, *_), printed in zip(calm, driver("TRACE", calm), strict=True)
               for moment in drawn(printed)]  # fmt: skip
    tried = [(act, *laid_out(act, source, tmp_path / f"{act}{moment}", cluster)) for act, moment in moments]
    died = driver("DIE", [(str(moment), *words) for (_, moment), words in zip(moments, tried, strict=True)])
    assert "-9" in died
    assert {*died} <= {"-9", "0"}
    for act, workspace, url, third in tried:
        CHECKS[act](settings_for(Path(workspace), url), third)
    left = [words for words in tried if not is_done(words[0], words[1], words[3])]
    assert {*driver("DO", left)} == {"0"}
    for act, workspace, url, third in tried:
        CHECKS[act](settings_for(Path(workspace), url), third)
        assert is_done(act, workspace, third) or act in ("move", "close")
