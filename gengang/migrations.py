"""The ledger's schema as numbered steps; each is applied in one transaction with the record that it was.

A step that has left this repository is never edited: a change of the schema is a further step at the end.
"""

from collections.abc import Callable, Sequence

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from gengang.database import Database
from gengang.errors import LedgerError

Step = Callable[[Connection], None]

_FIRST = (
    """CREATE TABLE facts (
        sequence BIGINT PRIMARY KEY,
        kind TEXT NOT NULL,
        version INTEGER NOT NULL,
        subject TEXT NOT NULL,
        data TEXT NOT NULL,
        personal_hash TEXT NOT NULL,
        actor TEXT NOT NULL,
        at TEXT NOT NULL,
        identity TEXT NOT NULL,
        turn INTEGER NOT NULL,
        chain TEXT NOT NULL,
        UNIQUE (identity, turn))""",
    "CREATE INDEX facts_about ON facts (kind, subject)",
    "CREATE UNIQUE INDEX facts_one_arrival ON facts (subject) WHERE kind = 'arrival'",
    "CREATE UNIQUE INDEX facts_one_number ON facts (subject) WHERE kind = 'number_spent'",
    """CREATE TABLE salts (
        subject TEXT PRIMARY KEY,
        salt TEXT NOT NULL)""",
    """CREATE TABLE personal (
        subject TEXT NOT NULL REFERENCES salts (subject),
        personal_hash TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (subject, personal_hash))""",
    """CREATE TABLE numbers (
        kind TEXT NOT NULL CHECK (kind IN ('J', 'X')),
        year INTEGER NOT NULL,
        number INTEGER NOT NULL CHECK (number > 0),
        person TEXT NOT NULL,
        basis TEXT NOT NULL,
        PRIMARY KEY (kind, year, number))""",
    "CREATE INDEX numbers_of ON numbers (person, kind, year)",
    """CREATE TABLE holder (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        name TEXT NOT NULL,
        since TEXT NOT NULL)""",
)


def first_schema(connection: Connection) -> None:
    """Facts, personal values, numbers. Facts and numbers can be neither changed nor deleted, values only deleted."""
    for statement in _FIRST:
        connection.execute(text(statement))
    refuse = _refuse_sqlite if connection.dialect.name == "sqlite" else _refuse_postgresql
    for table in ("facts", "numbers"):
        refuse(connection, table, ("UPDATE", "DELETE"))
    refuse(connection, "personal", ("UPDATE",))


def _refuse_sqlite(connection: Connection, table: str, acts: tuple[str, ...]) -> None:
    for act in acts:
        connection.execute(
            text(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        )


def _refuse_postgresql(connection: Connection, table: str, acts: tuple[str, ...]) -> None:
    connection.execute(
        text(
            f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
        )
    )
    for act in (*acts, "TRUNCATE"):
        each = "STATEMENT" if act == "TRUNCATE" else "ROW"
        connection.execute(
            text(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}"
                f" FOR EACH {each} EXECUTE FUNCTION {table}_refuse()"
            )
        )


STEPS: tuple[Step, ...] = (first_schema,)
MOVED = 1_000_000  # a step that no program has: an older one refuses a ledger that was moved away, too


def migrate(database: Database, steps: Sequence[Step] = STEPS, moved_too: bool = False) -> int:
    """Applies what is not applied yet; how many steps that were. LedgerError when the database is newer.

    moved_too: also one that was moved away, which is otherwise refused.
    """
    with database.writing() as connection:
        connection.execute(
            text("CREATE TABLE IF NOT EXISTS schema_steps (number INTEGER PRIMARY KEY, name TEXT NOT NULL)")
        )
        if not moved_too:
            refuse_moved(connection)
    applied = 0
    while _next_step(database, steps):
        applied += 1
    return applied


def _next_step(database: Database, steps: Sequence[Step]) -> bool:
    with database.writing() as connection:
        applied = text("SELECT COALESCE(MAX(number), 0) FROM schema_steps WHERE number < :moved")
        done = int(connection.execute(applied, {"moved": MOVED}).scalar_one())
        if done > len(steps):
            raise LedgerError(
                f"台账是更新的程序写的（结构第{done}版，本程序只认得第{len(steps)}版）。请换用更新的 gengang 后再打开。"
            )
        if done == len(steps):
            return False
        step = steps[done]
        step(connection)
        connection.execute(
            text("INSERT INTO schema_steps (number, name) VALUES (:number, :name)"),
            {"number": done + 1, "name": step.__name__},
        )
        return True


# --- a ledger that was moved away ---


def mark_moved(connection: Connection, where: str) -> None:
    """From now on this ledger is refused. where: in words that follow “台账已”, without a password."""
    unmark_moved(connection)
    said = text("INSERT INTO schema_steps (number, name) VALUES (:number, :name)")
    connection.execute(said, {"number": MOVED, "name": where})


def unmark_moved(connection: Connection) -> None:
    """It is in force again."""
    connection.execute(text("DELETE FROM schema_steps WHERE number = :number"), {"number": MOVED})


def refuse_moved(connection: Connection) -> None:
    """LedgerError, saying where to, when this ledger was moved away."""
    where = moved_where(connection)
    if where is not None:
        raise LedgerError(
            f"台账已{where}，这一份不再使用，也不能再写。"
            "请设置（或删去）环境变量 GENGANG_DATABASE_URL，让它指到现在的台账。"
        )


def moved_where(connection: Connection) -> str | None:
    """Where this ledger was moved to, None for one in force."""
    said = text("SELECT name FROM schema_steps WHERE number = :number")
    where = connection.execute(said, {"number": MOVED}).scalar_one_or_none()
    return None if where is None else str(where)


def tables(database: Database) -> frozenset[str]:
    """Names of the tables that are there."""
    with database.reading() as connection:
        return frozenset(inspect(connection).get_table_names())
