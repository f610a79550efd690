"""A run killed at any line and started again ends like one that was never disturbed."""

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from gengang.facts import Balance, balance, canonical
from gengang.ledger import open_ledger
from gengang.ledger_verify import verify
from gengang.originals import damaged_originals, originals_place
from gengang.settings import Settings
from tests.faults.crasher import one_pass, settings_for
from tests.ledger.cluster import Cluster

CRASHER = Path(__file__).with_name("crasher.py")
ROOT = CRASHER.parents[2]
FILES = {
    "2016-12-06 张村小学/张三.docx": "张三",
    "张村小学/李四.docx": "李四",
    "李四 再次.docx": "李四",
    "空.docx": "",
    "~$张三.docx": "lock",
}
KEPT = {content for name, content in FILES.items() if not name.startswith("~$")}
SEEDED = 10
EVERY_LINE = 1 if os.environ.get("GENGANG_SOAK") else 10  # every tenth line keeps `make test` short


def filled(folder: Path) -> str:
    """A workspace with a full inbox; the file times are fixed, so that every ledger may be compared."""
    for name, content in FILES.items():
        file = folder / "inbox" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
        os.utime(file, (1_480_000_000, 1_480_000_000))
    return str(folder)


def crasher(arguments: list[str], given: str = "") -> str:
    """What the crasher prints."""
    done = subprocess.run(
        [sys.executable, str(CRASHER), *arguments],
        input=given,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=3_600 if EVERY_LINE == 1 else 300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert not done.stderr, done.stderr[-2000:]
    return done.stdout


def outcome(settings: Settings) -> tuple[object, ...]:
    """All that may be told apart afterwards, without the order in which it came about."""
    opened = open_ledger(settings)
    facts = list(opened.read())
    faults = verify(opened)
    opened.close()
    lines = Counter((f.kind, f.subject, canonical(f.data), canonical(f.personal)) for f in facts if f.kind in SAME)
    numbers = sorted(str(f.data["number"]) for f in facts if f.kind == "number_spent")
    people = sorted(str(f.data["person"]) for f in facts if f.kind == "number_spent")
    return balance(facts), lines, numbers, people, faults, contents(settings.archive / "received"), names(settings)


SAME = frozenset({"arrival", "duplicate", "reading", "refused"})


def contents(folder: Path) -> list[str]:
    """What the files hold, in order of it."""
    return sorted(path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file())


def names(settings: Settings) -> tuple[list[str], list[str]]:
    """What stands in the inbox and in the folder of refused files."""
    return tuple(  # type: ignore[return-value]  # a pair: two folders
        sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
        for folder in (settings.inbox, settings.aside)
    )


def assert_every_original_is_safe(settings: Settings) -> None:
    """Each content that was in the inbox lies whole in the archive, and nothing else does."""
    hashes = [sha256(content.encode()).hexdigest() for content in sorted(KEPT)]
    assert damaged_originals(originals_place(settings), hashes) == {}
    assert {path.name for path in settings.archive.glob("??/*")} == set(hashes)
    assert list((settings.archive / ".incoming").iterdir()) == []


def assert_nothing_is_lost(settings: Settings) -> None:
    """Right after a crash: every content is in the inbox or in `received`, none is gone."""
    there = Counter(contents(settings.inbox)) + Counter(contents(settings.archive / "received"))
    assert there == Counter(FILES.values())


def kill_and_run_again(settings: list[Settings], wanted: list[int], undisturbed: tuple[object, ...]) -> None:
    """Each workspace dies at its moment, is run again and must be like the undisturbed one."""
    lines = (f"{s.workspace}\t{s.database_url or ''}\t{moment}\n" for s, moment in zip(settings, wanted, strict=True))
    crasher(["DIE"], "".join(lines))
    for workspace, moment in zip(settings, wanted, strict=True):
        assert_nothing_is_lost(workspace)
        one_pass(workspace)
        assert outcome(workspace) == undisturbed, moment
        assert_every_original_is_safe(workspace)


def prepared(tmp_path: Path, address: Callable[[], str]) -> tuple[Settings, tuple[object, ...], int, list[int]]:
    """An undisturbed workspace, its outcome, how many moments it had and the first ones of each line."""
    traced = settings_for(filled(tmp_path / "traced"), address())
    total, *firsts = map(int, crasher(["TRACE", str(traced.workspace), traced.database_url or ""]).split())
    return traced, outcome(traced), total, firsts


def some(total: int, count: int) -> list[int]:
    """Moments drawn with a fixed seed."""
    return sorted(random.Random(2016).sample(range(total), count))


def test_killed_at_lines_of_every_step_on_sqlite(tmp_path: Path) -> None:
    _, undisturbed, total, firsts = prepared(tmp_path, lambda: "")
    wanted = sorted({*firsts[::EVERY_LINE], *some(total, SEEDED)})
    assert len(firsts) > 100, "the crasher watches no lines"
    spaces = [settings_for(filled(tmp_path / str(moment)), "") for moment in wanted]
    kill_and_run_again(spaces, wanted, undisturbed)


def test_killed_at_random_moments_on_postgresql(tmp_path: Path, cluster: Cluster) -> None:
    _, undisturbed, total, _ = prepared(tmp_path, cluster.new_database)
    wanted = some(total, SEEDED)
    spaces = [settings_for(filled(tmp_path / str(moment)), cluster.new_database()) for moment in wanted]
    kill_and_run_again(spaces, wanted, undisturbed)


@pytest.mark.parametrize("times", [2, 3])
def test_killed_again_and_again(tmp_path: Path, times: int) -> None:
    _, undisturbed, total, _ = prepared(tmp_path, lambda: "")
    space = settings_for(filled(tmp_path / "again"), "")
    kill_and_run_again([space] * times, some(total, times), undisturbed)


def test_a_second_pass_changes_nothing(tmp_path: Path) -> None:
    traced, undisturbed, *_ = prepared(tmp_path, lambda: "")
    one_pass(traced)
    assert outcome(traced) == undisturbed


def test_the_undisturbed_counts_are_what_was_dropped(tmp_path: Path) -> None:
    _, undisturbed, *_ = prepared(tmp_path, lambda: "")
    assert undisturbed[0] == Balance(arrived=3, filed=2, waiting=0, refused=1, duplicates=1)
    assert undisturbed[2] == ["1", "2"]
    assert undisturbed[4] == ()
    assert undisturbed[6] == (["~$张三.docx"], ["空.docx", "空.docx.说明.txt"])
