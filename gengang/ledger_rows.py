"""The rows of a ledger: out of one snapshot, and into another database, so that both hold the same lines and seals."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Table, delete, select
from sqlalchemy.engine import Connection

from gengang.database import FACTS, NUMBERS, PERSONAL, SALTS, insert_rows
from gengang.errors import LedgerError
from gengang.ledger import Ledger
from gengang.migrations import unmark_moved

Row = Mapping[str, Any]
TABLES: Mapping[str, Table] = {one.name: one for one in (FACTS, SALTS, PERSONAL, NUMBERS)}  # in the order of filling
OTHER_LINES = "目标数据库里已有别的台账，没有写入。请换一个空的数据库。"


@contextmanager
def rows_of(ledger: Ledger) -> Iterator[Mapping[str, Iterable[Row]]]:
    """Table -> its rows in the order of their keys, all of one moment, whatever is written meanwhile."""
    with ledger.database.reading() as connection:
        yield {name: _rows(connection, table) for name, table in TABLES.items()}


def _rows(connection: Connection, table: Table) -> Iterator[Row]:
    """The first call begins the snapshot's read; a table is read once."""
    for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings():
        yield dict(row)


def fill(ledger: Ledger, rows: Mapping[str, Iterable[Row]]) -> None:
    """Makes a ledger hold these rows, all or nothing; it may hold the first of them already, and is in force then.

    LedgerError when it holds lines that are not the first of these.
    """
    with ledger.database.writing() as connection:
        _insert(connection, FACTS, _further(connection, rows["facts"]))
        connection.execute(delete(PERSONAL))
        connection.execute(delete(SALTS))
        _insert(connection, SALTS, rows["salts"])
        _insert(connection, PERSONAL, rows["personal"])
        _insert(connection, NUMBERS, _absent_numbers(connection, rows["numbers"]))
        unmark_moved(connection)


def _further(connection: Connection, rows: Iterable[Row]) -> Iterator[Row]:
    """The lines that are not there yet. LedgerError when one that is there is another."""
    found = connection.execute(select(FACTS.c.sequence, FACTS.c.chain).order_by(FACTS.c.sequence))
    there: dict[int, str] = {row.sequence: row.chain for row in found}
    for row in rows:
        seal = there.pop(int(row["sequence"]), None)
        if seal is None:
            yield row
        elif seal != row["chain"]:
            raise LedgerError(OTHER_LINES)
    if there:
        raise LedgerError(OTHER_LINES)


def _absent_numbers(connection: Connection, rows: Iterable[Row]) -> Iterator[Row]:
    there = {(row.kind, row.year, row.number) for row in connection.execute(select(NUMBERS))}
    return (row for row in rows if (row["kind"], row["year"], row["number"]) not in there)


def _insert(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    names = [column.name for column in table.columns]
    insert_rows(connection, table, (tuple(row[name] for name in names) for row in rows))
