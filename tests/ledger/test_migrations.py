"""A change of the schema is whole or absent, and a database from the future is left alone."""

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Connection

from gengang.database import Database, open_database
from gengang.errors import GengangError, LedgerError
from gengang.ledger import Ledger, open_ledger
from gengang.migrations import STEPS, migrate, tables
from gengang.settings import Settings
from tests.ledger.lines import reading


class StepBroke(GengangError):
    """The fault that the test puts into a step."""


def add_a_table(connection: Connection) -> None:
    """A step that works."""
    connection.execute(text("CREATE TABLE later (id INTEGER PRIMARY KEY)"))


def break_half_way(connection: Connection) -> None:
    """A step that changes three things and then fails."""
    connection.execute(text("CREATE TABLE half (id INTEGER PRIMARY KEY)"))
    connection.execute(text("INSERT INTO half (id) VALUES (1)"))
    connection.execute(text("ALTER TABLE facts ADD COLUMN half TEXT"))
    raise StepBroke("half-way")


def schema(database: Database) -> tuple[object, ...]:
    """Tables, columns of the facts, and the steps that are recorded."""
    with database.reading() as connection:
        columns = tuple(connection.execute(text("SELECT * FROM facts")).keys())
        steps = tuple(tuple(row) for row in connection.execute(text("SELECT number, name FROM schema_steps")))
    return tables(database), columns, steps


def test_a_step_that_fails_half_way_changes_nothing(ledger: Ledger) -> None:
    ledger.append([reading()])
    before = schema(ledger.database)
    with pytest.raises(StepBroke):
        migrate(ledger.database, (*STEPS, break_half_way))
    assert schema(ledger.database) == before
    assert [fact.kind for fact in ledger.read()] == ["reading"]


def test_steps_before_the_failing_one_stay(ledger: Ledger) -> None:
    with pytest.raises(StepBroke):
        migrate(ledger.database, (*STEPS, add_a_table, break_half_way))
    assert "later" in tables(ledger.database)
    assert migrate(ledger.database, (*STEPS, add_a_table)) == 0


def test_a_step_is_applied_once(settings: Settings) -> None:
    database = open_database(settings)
    assert migrate(database) == len(STEPS)
    assert migrate(database) == 0
    database.close()


def test_a_database_newer_than_the_program_is_refused(settings: Settings, ledger: Ledger) -> None:
    migrate(ledger.database, (*STEPS, add_a_table))
    with pytest.raises(LedgerError, match="更新的 gengang"):
        open_ledger(settings)


def test_a_missing_workspace_is_named(settings: Settings) -> None:
    nowhere = replace(settings, workspace=settings.workspace / "nowhere", database_url=None)
    with pytest.raises(GengangError, match="gengang init"):
        open_ledger(nowhere)
