"""What may go wrong while files come in, on both databases: afterwards all is as if nothing had."""

import os
import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Engine

from gengang import database
from gengang.errors import LedgerError
from gengang.ledger import Ledger, open_ledger
from gengang.settings import Settings
from tests.faults.crasher import one_pass
from tests.faults.crasher import settings_for as settled
from tests.faults.test_kill_intake import CRASHER, ROOT, assert_every_original_is_safe, contents, filled, outcome
from tests.ledger.lines import decision


@pytest.fixture
def calm(tmp_path: Path) -> tuple[object, ...]:
    """What a pass that nothing disturbs comes to."""
    quiet = settled(filled(tmp_path / "calm"), "")
    one_pass(quiet)
    return outcome(quiet)


@pytest.fixture
def door(settings: Settings, tmp_path: Path) -> Settings:
    """A full inbox on each database."""
    return settled(filled(tmp_path / "door"), settings.database_url or "")


def everything(settings: Settings) -> list[str]:
    """What the files in the inbox and those that were moved out of it hold."""
    return sorted([*contents(settings.inbox), *contents(settings.archive / "received")])


@contextmanager
def full_disk(settings: Settings) -> Iterator[None]:
    """No line fits into the ledger any more."""
    if settings.database_url:
        act = "CREATE TRIGGER no_room BEFORE INSERT ON facts EXECUTE FUNCTION no_room()"
        body = "RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'"
        on_server(
            settings, f"CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; END $$", act
        )
        yield
        on_server(settings, "DROP TRIGGER no_room ON facts")
        return
    event.listen(Engine, "connect", _bounded)
    try:
        with closing(open_ledger(settings)) as ledger:
            assert any(not takes(ledger, number) for number in range(10_000))  # what is left of its pages is used up
        yield
    finally:
        event.remove(Engine, "connect", _bounded)


def takes(ledger: Ledger, number: int) -> bool:
    try:
        ledger.append([decision("占", path=f"field{number}")])
    except LedgerError:
        return False
    return True


def _bounded(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA max_page_count=1")  # which SQLite raises to what is used


def on_server(settings: Settings, *statements: str) -> None:
    with closing(open_ledger(settings)) as ledger, ledger.database.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_a_full_disk_under_the_ledger_loses_nothing(door: Settings, calm: tuple[object, ...]) -> None:
    before = everything(door)
    open_ledger(door).close()
    with full_disk(door), pytest.raises(LedgerError, match="磁盘已满"):
        one_pass(door)
    assert everything(door) == before
    one_pass(door)
    assert outcome(door) == calm
    assert_every_original_is_safe(door)


# --- somebody else at the ledger ---


@contextmanager
def locked(settings: Settings) -> Iterator[None]:
    """Another program holds the ledger and does not let go."""
    if settings.database_url:
        with closing(open_ledger(settings)) as ledger, ledger.database.writing():
            yield
        return
    with closing(sqlite3.connect(settings.ledger, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def test_a_ledger_that_stays_locked_is_told_and_the_inbox_waits(
    door: Settings, calm: tuple[object, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_MILLISECONDS", 50)
    before = everything(door)
    open_ledger(door).close()
    with locked(door), pytest.raises(LedgerError, match="占着台账"):
        one_pass(door)
    assert everything(door) == before
    one_pass(door)
    assert outcome(door) == calm


def test_decisions_that_are_written_while_a_pass_goes_on_are_all_kept(door: Settings, calm: tuple[object, ...]) -> None:
    open_ledger(door).close()
    written: list[str] = []
    over = threading.Event()

    def decide() -> None:
        with closing(open_ledger(door)) as desk:
            while not over.is_set() or len(written) < 5:
                desk.append([decision(f"第{len(written)}次", path=f"field{len(written)}")])
                written.append(f"field{len(written)}")
                over.wait(0.01)  # without a breath between two decisions nobody else may come to the lock for ever

    clerk = threading.Thread(target=decide)
    clerk.start()
    one_pass(door)
    over.set()
    clerk.join()
    with closing(open_ledger(door)) as ledger:
        assert [str(fact.data["path"]) for fact in ledger.read(kinds=("decision",))] == written
    assert outcome(door) == calm


def test_of_passes_that_start_at_once_one_goes_on_and_nothing_is_done_twice(
    door: Settings, calm: tuple[object, ...]
) -> None:
    open_ledger(door).close()
    command = [sys.executable, str(CRASHER), "PASS", str(door.workspace), door.database_url or ""]
    started = [
        subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [one.communicate(timeout=120)[0].strip() for one in started]
    assert "done" in said
    assert {*said} <= {"done", "taken"}
    assert outcome(door) == calm


# --- the order that outlasts a power cut ---


def test_bytes_are_on_the_disk_before_the_line_and_the_line_before_the_file_moves(
    door: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []

    def told(name: str, act: Callable[..., object], about: Callable[..., bool]) -> Callable[..., object]:
        def done(*given: object, **more: object) -> object:
            found = act(*given, **more)
            if about(*given):
                steps.append(name)
            return found

        return done

    inside = re.compile(r"/[0-9a-f]{2}/[0-9a-f]{64}$").search
    monkeypatch.setattr(os, "fsync", told("flushed", os.fsync, lambda _: True))
    monkeypatch.setattr(Path, "replace", told("named", Path.replace, lambda _, to: bool(inside(str(to)))))
    monkeypatch.setattr(Path, "rename", told("moved", Path.rename, lambda _, to: "received" in str(to)))
    monkeypatch.setattr(Ledger, "append", told("written", Ledger.append, lambda _, facts: facts[0].kind == "arrival"))
    one_pass(door)
    first = [steps.index(name) for name in ("flushed", "named", "written", "moved")]
    assert first == sorted(first)
    copies = [number for number, name in enumerate(steps) if name == "named"]
    assert len(copies) == 3
    assert all(steps[number - 1] == "flushed" and steps[number + 1] == "flushed" for number in copies)
    assert max(copies) < steps.index("written") < steps.index("moved")
    assert steps[-1] == "flushed"
