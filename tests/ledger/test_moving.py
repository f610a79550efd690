"""The ledger moved to another database and back: the same lines and seals there, and nobody writes to the old one."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as searching
from hypothesis import strategies as st
from sqlalchemy import text

from gengang.errors import LedgerError, WorkspaceError
from gengang.facts import Fact, canonical
from gengang.ledger import Ledger, open_ledger
from gengang.ledger_lease import lease
from gengang.ledger_rows import fill, rows_of
from gengang.ledger_verify import verify
from gengang.moving import SQLITE, move_ledger
from gengang.settings import Settings, settings_of
from tests.ledger.cluster import Cluster
from tests.ledger.golden import dump, filled, folds
from tests.ledger.lines import AT, ME, arrival, person, reading

Opened = Callable[[Settings], Ledger]


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Opens ledgers, which are closed at the end."""
    found: list[Ledger] = []

    def open_it(settings: Settings) -> Ledger:
        found.append(open_ledger(settings))
        return found[-1]

    yield open_it
    for one in found:
        one.close()


@pytest.fixture
def other(settings: Settings, cluster: Cluster) -> Settings:
    """The same workspace with its ledger in the other database."""
    return replace(settings, database_url=cluster.new_database() if settings.database_url is None else None)


def tables(ledger: Ledger) -> dict[str, list[str]]:
    """Every row as text, in an order of our own: databases sort text each in their way."""
    return {name: sorted(map(canonical, rows)) for name, rows in dump(ledger).items()}


def to(target: Settings) -> str:
    return target.database_url or SQLITE


def test_it_holds_the_same_lines_there_and_nobody_writes_to_the_old_one(
    settings: Settings, other: Settings, opened: Opened
) -> None:
    old = opened(settings)
    filled(old)
    said, kept = folds(old), tables(old)
    moved = move_ledger(settings, to(other), ME, AT)
    new = opened(other)
    assert verify(new) == ()
    [line] = [row for row in tables(new)["facts"] if row not in kept["facts"]]
    assert "moved" in line
    assert {**tables(new), "facts": kept["facts"]} == kept
    assert {**folds(new), "head": said["head"]} == said
    assert "已移到" in moved.lines[0]
    with pytest.raises(LedgerError, match="这一份不再使用"):
        open_ledger(settings)
    with pytest.raises(LedgerError, match="这一份不再使用"):  # by a program that had it open meanwhile
        old.append([reading("d" * 64 + "#0")])
    assert new.append([reading("d" * 64 + "#0")]) == 1


def test_it_may_be_moved_back_and_again(settings: Settings, other: Settings, opened: Opened) -> None:
    opened(settings).append([arrival(), person()])
    move_ledger(settings, to(other), ME, AT)
    opened(other).append([reading()])
    opened(other).erase("P-000000000001", ME, AT)
    move_ledger(other, to(settings), ME, AT)
    back = opened(settings)
    assert verify(back) == ()
    assert [fact.kind for fact in back.read() if fact.kind != "run"] == ["arrival", "person", "reading", "erased"]
    assert [fact.kind for fact in back.read() if fact.erased] == ["person"]
    move_ledger(settings, to(other), ME, AT)
    assert verify(opened(other)) == ()


def test_a_program_that_is_older_refuses_it_too(settings: Settings, other: Settings, opened: Opened) -> None:
    opened(settings).append([arrival()])
    move_ledger(settings, to(other), ME, AT)
    old = open_ledger(settings, moved_too=True)
    with old.database.reading() as connection:
        newest = connection.execute(text("SELECT MAX(number) FROM schema_steps")).scalar_one()
    old.close()
    assert newest >= 1_000_000


def test_not_while_a_run_holds_the_lease(settings: Settings, other: Settings, opened: Opened) -> None:
    running = opened(settings)
    running.append([arrival()])
    with lease(running, "王老师@办公室电脑（gengang run）"), pytest.raises(LedgerError, match="台账正被占用：王老师"):
        move_ledger(settings, to(other), ME, AT)
    assert running.append([reading()]) == 1


def test_not_onto_another_ledger(settings: Settings, other: Settings, opened: Opened) -> None:
    opened(settings).append([arrival()])
    opened(other).append([person()])
    with pytest.raises(LedgerError, match="已有别的台账"):
        move_ledger(settings, to(other), ME, AT)
    assert [fact.kind for fact in opened(other).read()] == ["person"]
    assert opened(settings).append([reading()]) == 1


def test_not_where_it_is_and_not_from_nowhere(settings: Settings, other: Settings, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="已经在那里"):
        move_ledger(settings, to(settings), ME, AT)
    with pytest.raises(WorkspaceError, match="还没有台账"):
        move_ledger(settings_of(tmp_path / "none", {}), "postgresql://x/y", ME, AT)
    with pytest.raises(WorkspaceError, match="不是 PostgreSQL 地址"):
        move_ledger(settings, "mysql://x/y", ME, AT)
    assert other != settings


def test_a_copy_that_does_not_prove_whole_leaves_the_old_one_in_force(
    settings: Settings, other: Settings, opened: Opened
) -> None:
    old = opened(settings)
    old.append([arrival(), person()])
    with old.database.writing() as connection:  # as a failing disk might
        connection.execute(text("DELETE FROM personal WHERE subject = 'P-000000000001'"))
    with pytest.raises(LedgerError, match="仍用原来的台账"):
        move_ledger(settings, to(other), ME, AT)
    assert old.append([reading()]) == 1


def a_line(number: int) -> Fact:
    return person(f"P-{number:012d}", f"张{number}")


@searching(max_examples=15)
@given(had=st.integers(0, 8), more=st.integers(0, 8), strange=st.booleans())
def test_a_copy_goes_on_where_an_earlier_one_stopped_and_only_there(
    tmp_path_factory: pytest.TempPathFactory, had: int, more: int, strange: bool
) -> None:
    folder = tmp_path_factory.mktemp("ledgers")
    (folder / "b").mkdir()
    source, target = open_ledger(settings_of(folder, {})), open_ledger(settings_of(folder / "b", {}))
    try:
        source.append([a_line(number) for number in range(had)])
        with rows_of(source) as rows:
            fill(target, rows)
        source.append([a_line(number) for number in range(had, had + more)])
        if strange:
            target.append([a_line(99)])
            with rows_of(source) as rows, pytest.raises(LedgerError, match="已有别的台账"):
                fill(target, rows)
        else:
            with rows_of(source) as rows:
                fill(target, rows)
            assert tables(target) == tables(source)
            assert verify(target) == ()
    finally:
        source.close()
        target.close()
