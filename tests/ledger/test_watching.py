"""A watch takes in what arrives, once, survives passes that fail, and does nothing while nothing happens."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gengang.errors import LedgerError, WorkspaceError
from gengang.intake import settled_files, take_all_in
from gengang.ledger import Ledger, open_ledger
from gengang.ledger_lease import lease
from gengang.settings import Mailbox, Settings, settings_of
from gengang.watching import Surroundings, watch
from gengang.workspace import new_workspace
from tests.ledger.lines import AT, ME

ROOT = Path(__file__).parents[2]


class Day:
    """Time that passes only while the watch waits, things that happen at its looks, and an end after some looks."""

    def __init__(self, looks: int, **happens: Callable[[], object]) -> None:
        self.now = 4e9
        self.said: list[str] = []
        self.passes: list[int] = []
        self.asked: list[int] = []
        self.look = 0
        self._looks = looks
        self._happens = {int(look.removeprefix("at_")): act for look, act in happens.items()}

    def wait(self, seconds: float) -> None:
        """The next look."""
        assert seconds > 0, "a busy loop"
        self.now += seconds
        self.look += 1
        if self.look == self._looks:
            raise KeyboardInterrupt
        self._happens.get(self.look, lambda: None)()

    def watched(self, settings: Settings, one_pass: Callable[[], object]) -> "Day":
        """The whole day."""

        def counted(asks: bool) -> None:
            self.passes.append(self.look)
            self.asked += [self.look] if asks else []
            one_pass()

        with pytest.raises(KeyboardInterrupt):
            watch(settings, counted, Surroundings(lambda: self.now, self.wait, self.said.append))
        return self


def drop(settings: Settings, name: str, content: str = "x") -> Callable[[], object]:
    """Puts a file into the inbox when it is called."""
    return lambda: (settings.inbox / name).write_text(content, encoding="utf-8")


def intake(settings: Settings, ledger: Ledger) -> Callable[[], object]:
    """A pass in small."""

    def one_pass() -> None:
        with lease(ledger, "watch"):
            take_all_in(settings, ledger, settled_files(settings), date(2016, 12, 6), ME, AT)

    return one_pass


def nothing() -> None:
    """A pass that takes nothing in."""


def test_what_arrives_is_taken_in_when_it_comes(settings: Settings, ledger: Ledger) -> None:
    day = Day(9, at_2=drop(settings, "a.docx", "a"), at_6=drop(settings, "b.docx", "b"))
    day.watched(settings, intake(settings, ledger))
    assert day.passes == [0, 2, 6]
    assert [fact.kind for fact in ledger.read()] == ["arrival", "arrival"]
    assert list(settings.inbox.iterdir()) == []
    assert day.said == []


def test_what_a_pass_leaves_starts_no_other_until_it_changes(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, {})
    settings.inbox.mkdir()
    drop(settings, "a.docx")()
    (settings.inbox / "link").symlink_to("/nowhere")
    day = Day(12, at_8=drop(settings, "a.docx", "longer"))
    assert day.watched(settings, nothing).passes == [0, 8]


def test_what_arrives_during_a_pass_starts_the_next(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, {})
    settings.inbox.mkdir()
    late = iter((drop(settings, "late.docx"), nothing, nothing))
    assert Day(6).watched(settings, lambda: next(late)()).passes == [0, 1]


def test_a_file_that_still_changes_is_waited_for(tmp_path: Path) -> None:
    settings = replace(settings_of(tmp_path, {}), settle_seconds=2.0, watch_seconds=1.0)
    settings.inbox.mkdir()

    def growing() -> None:
        drop(settings, "a.docx")()
        os.utime(settings.inbox / "a.docx", (day.now, day.now))

    day = Day(9, at_2=growing)
    day.now = time.time()
    assert day.watched(settings, nothing).passes == [0, 4]


def test_a_file_that_another_program_lets_go_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_of(tmp_path, {})
    settings.inbox.mkdir()
    drop(settings, "a.docx")()
    shut = {"a.docx"}
    monkeypatch.setattr("gengang.watching._opens", lambda path: path.name not in shut)
    assert Day(9, at_5=shut.clear).watched(settings, nothing).passes == [0, 5]


def test_the_mailbox_is_asked_now_and_then_and_not_whenever_a_file_comes(tmp_path: Path) -> None:
    box = Mailbox("127.0.0.1", "office@example.cn", tls="off")
    settings = replace(settings_of(tmp_path, {}), watch_seconds=5.0, mail_seconds=60.0, mailbox=box)
    settings.inbox.mkdir()
    day = Day(40, at_2=drop(settings, "a.docx"), at_15=drop(settings, "b.docx"))
    day.watched(settings, nothing)
    assert day.passes == [0, 2, 12, 15, 24, 36]
    assert day.asked == [0, 12, 24, 36]


def test_a_mailbox_is_not_asked_again_because_the_pass_could_not_run(tmp_path: Path) -> None:
    box = Mailbox("127.0.0.1", "office@example.cn", tls="off")
    settings = replace(settings_of(tmp_path, {}), watch_seconds=5.0, mail_seconds=60.0, mailbox=box)
    settings.inbox.mkdir()

    def failing() -> None:
        raise WorkspaceError("磁盘已满")

    day = Day(13).watched(settings, failing)
    assert (day.passes, day.asked) == ([0, 3, 9, 12], [0, 12])


def test_without_a_mailbox_none_is_asked(tmp_path: Path) -> None:
    settings = replace(settings_of(tmp_path, {}), watch_seconds=5.0, mail_seconds=60.0)
    settings.inbox.mkdir()
    day = Day(40).watched(settings, nothing)
    assert (day.passes, day.asked) == ([0], [])


def test_a_pass_that_cannot_run_is_told_once_and_tried_again_later_each_time(tmp_path: Path) -> None:
    settings = replace(settings_of(tmp_path, {}), watch_seconds=5.0)
    settings.inbox.mkdir()
    faults = iter([LedgerError("台账正被占用")] * 3 + [WorkspaceError("磁盘已满")])

    def failing() -> None:
        for fault in faults:
            raise fault

    day = Day(60).watched(settings, failing)
    assert day.passes == [0, 3, 9, 21, 45]
    assert day.said == ["台账正被占用", "磁盘已满"]


def test_after_a_pass_that_could_not_run_what_comes_is_tried_at_once(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, {})
    settings.inbox.mkdir()
    outcomes = iter((OSError("disk"), None))

    def once() -> None:
        if fault := next(outcomes):
            raise fault

    assert Day(20, at_2=drop(settings, "a.docx")).watched(settings, once).passes == [0, 2]


def test_an_inbox_out_of_reach_is_told_once_and_waited_for(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, {})
    settings.inbox.mkdir()
    away = tmp_path / "away"

    def back() -> None:
        away.rename(settings.inbox)
        drop(settings, "a.docx")()

    day = Day(20, at_2=lambda: settings.inbox.rename(away), at_9=back).watched(settings, nothing)
    assert day.passes == [0, 9]
    [sentence] = day.said
    assert sentence.startswith("收件箱现在够不着")


def test_while_another_run_holds_the_ledger_nothing_is_lost(settings: Settings, ledger: Ledger) -> None:
    drop(settings, "a.docx")()
    settings = replace(settings, watch_seconds=20.0)
    other = open_ledger(settings)
    held = lease(other, "nightly")
    held.__enter__()
    day = Day(6, at_1=lambda: held.__exit__(None, None, None)).watched(settings, intake(settings, ledger))
    other.close()
    assert day.passes == [0, 1]
    assert "正被占用" in day.said[0]
    assert [fact.kind for fact in ledger.read()] == ["arrival"]


def test_a_real_watch_ends_at_once_with_0_and_costs_next_to_nothing(tmp_path: Path) -> None:
    new_workspace(tmp_path / "w", "county-2016")
    (tmp_path / "w" / "roster.xlsx").write_bytes(b"no workbook")
    program = Path(sys.executable).with_name("gengang")
    watching = subprocess.Popen(
        [program, "watch", "--workspace", tmp_path / "w"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "GENGANG_WATCH_SECONDS": "0.1", "PYTHONUNBUFFERED": "1"},
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert watching.stderr is not None
    assert "roster" in watching.stderr.readline()
    before = _cpu_seconds(watching.pid)
    time.sleep(1)
    assert _cpu_seconds(watching.pid) - before < 0.3
    asked = time.monotonic()
    watching.send_signal(signal.SIGTERM)
    _, words = watching.communicate(timeout=20)
    assert time.monotonic() - asked < 5
    assert watching.returncode == 0
    assert "Traceback" not in words


def _cpu_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
