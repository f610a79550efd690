"""One intake over a real inbox and a real ledger."""

import errno
import os
from datetime import date
from pathlib import Path

import pytest

from gengang.arrivals import waiting_files
from gengang.errors import LedgerError, WorkspaceError
from gengang.facts import Balance, balance, unread
from gengang.intake import Intake, actor_here, settled_files, take_all_in, utc_now
from gengang.ledger import Ledger, open_ledger
from gengang.ledger_verify import verify
from gengang.originals import damaged_originals, originals_place
from gengang.settings import Settings, settings_of
from tests.ledger.lines import AT, ME


def drop(settings: Settings, path: str, content: str) -> None:
    """Puts a file into the inbox."""
    file = settings.inbox / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")


def taken(settings: Settings, ledger: Ledger) -> Intake:
    """One intake of everything that is there."""
    return take_all_in(settings, ledger, settled_files(settings), date(2016, 12, 6), ME, AT)


def test_what_was_dropped_is_in_the_ledger_and_out_of_sight(settings: Settings, ledger: Ledger) -> None:
    drop(settings, "2016-12-06 张村小学/张三.docx", "张三")
    drop(settings, "李四.docx", "李四")
    found = taken(settings, ledger)
    assert (found.new, found.left) == (2, ())
    assert waiting_files(settings.inbox, 4e9, 0) == ()
    stated = {str((fact.personal or {})["path"]): fact.data["received"] for fact in ledger.read()}
    assert stated == {"2016-12-06 张村小学/张三.docx": "2016-12-06", "李四.docx": None}
    assert damaged_originals(originals_place(settings), [a.sha256 for a in found.arrivals]) == {}
    assert balance(ledger.read()) == Balance(arrived=2, filed=0, waiting=2, refused=0, duplicates=0)
    assert [fact.subject for fact in unread(ledger.read())] == [a.sha256 for a in found.arrivals]


def test_a_second_intake_of_an_empty_inbox_writes_nothing(settings: Settings, ledger: Ledger) -> None:
    drop(settings, "a.docx", "a")
    taken(settings, ledger)
    assert taken(settings, ledger) == Intake((), 0, ())


def test_the_same_bytes_are_one_document_and_every_arrival_is_told(settings: Settings, ledger: Ledger) -> None:
    for name in ("a.docx", "b.docx", "张村小学/c.docx"):
        drop(settings, name, "same")
    taken(settings, ledger)
    assert [fact.kind for fact in ledger.read()] == ["arrival", "duplicate", "duplicate"]
    assert verify(ledger) == ()


def test_what_cannot_be_taken_stays_with_a_reason(settings: Settings, ledger: Ledger, tmp_path: Path) -> None:
    (settings.inbox / "link.docx").symlink_to(tmp_path / "elsewhere")
    found = taken(settings, ledger)
    assert [(c.path, c.state) for c in found.left] == [("link.docx", "refused")]
    assert (settings.inbox / "link.docx").is_symlink()


def test_a_ledger_that_fails_leaves_the_inbox_as_it_was(settings: Settings) -> None:
    drop(settings, "a.docx", "a")
    broken = open_ledger(settings)
    with broken.database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE personal")
    with pytest.raises(LedgerError):
        taken(settings, broken)
    broken.close()
    assert [c.path for c in waiting_files(settings.inbox, 4e9, 0)] == ["a.docx"]


def test_a_full_disk_leaves_the_inbox_as_it_was(
    settings: Settings, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(settings, "a.docx", "a")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(WorkspaceError, match="收件箱里的文件都还在"):
            taken(settings, ledger)
    assert [c.path for c in waiting_files(settings.inbox, 4e9, 0)] == ["a.docx"]
    assert list(ledger.read()) == []
    assert taken(settings, ledger).new == 1


def test_a_file_that_changes_while_it_is_taken_in_stays_with_a_reason(settings: Settings, ledger: Ledger) -> None:
    drop(settings, "a.docx", "a")
    candidates = settled_files(settings)
    drop(settings, "a.docx", "longer")
    found = take_all_in(settings, ledger, candidates, date(2016, 12, 6), ME, AT)
    assert (found.new, [(c.path, c.state) for c in found.left]) == (0, [("a.docx", "changing")])


def test_leavings_of_a_killed_run_are_swept(settings: Settings, ledger: Ledger) -> None:
    half = settings.archive / ".incoming" / "half"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"half")
    taken(settings, ledger)
    assert not half.exists()


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self, now: float) -> None:
        self.now = now
        self.slept = 0.0

    def time(self) -> float:
        """Seconds since 1970."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Lets time pass."""
        self.now += seconds
        self.slept += seconds


def test_a_run_waits_a_few_seconds_for_a_file_that_still_changes(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, {})
    drop(settings, "a.docx", "a")
    changed = (settings.inbox / "a.docx").stat().st_ctime
    clock = Clock(changed)
    [candidate] = settled_files(settings, clock.time, clock.sleep)
    assert candidate.state == "whole"
    assert 2.0 <= clock.slept < 2.5


def test_under_a_clock_that_was_set_back_a_file_is_whole_once_it_stayed_the_same_for_a_while(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, {})
    drop(settings, "a.docx", "a")
    clock = Clock((settings.inbox / "a.docx").stat().st_ctime - 86_400)
    [candidate] = settled_files(settings, clock.time, clock.sleep)
    assert candidate.state == "whole"
    assert 2.0 <= clock.slept < 2.5


def test_under_a_clock_that_was_set_back_a_file_that_grows_stays(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, {})
    drop(settings, "a.docx", "a")
    clock = Clock((settings.inbox / "a.docx").stat().st_ctime - 86_400)

    def sleep(seconds: float) -> None:
        clock.sleep(seconds)
        drop(settings, "a.docx", "a" * int(clock.slept * 100))

    [candidate] = settled_files(settings, clock.time, sleep)
    assert candidate.state == "changing"


def test_a_file_that_never_settles_does_not_hold_the_run(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, {"GENGANG_SETTLE_SECONDS": "60", "GENGANG_PATIENCE_SECONDS": "5"})
    drop(settings, "a.docx", "a")
    clock = Clock((settings.inbox / "a.docx").stat().st_ctime)
    [candidate] = settled_files(settings, clock.time, clock.sleep)
    assert candidate.state == "changing"
    assert 5.0 <= clock.slept < 6.0


def test_the_actor_is_who_runs_this() -> None:
    actor = actor_here("gengang run")
    assert actor.user
    assert actor.machine
    assert (actor.role, actor.command) == ("office", "gengang run")
    assert len(utc_now()) == len(AT)
