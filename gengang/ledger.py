"""The ledger: append-only facts in SQLite or PostgreSQL, personal values beside them, state as a fold of what is read.

Writers queue; the sequence has no gaps; each line is sealed with the one before. What is already there, and was not
taken back, is not written again, so any step may be repeated after a crash.
"""

import json
import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache

from sqlalchemy import delete, select, text
from sqlalchemy.engine import Connection

from gengang.database import FACTS, PERSONAL, SALTS, Database, Row, insert_rows, open_database, told
from gengang.errors import GengangError, LedgerError, WorkspaceError
from gengang.facts import (
    CLOSING,
    FACT_KINDS,
    Actor,
    Fact,
    canonical,
    chained,
    checked,
    identity,
    may_follow_closing,
    salted_hash,
    taken_lines,
)
from gengang.facts import subjects_of as subjects_of_person
from gengang.ledger_memory import Line, Memory, fact_of, joined
from gengang.migrations import migrate, refuse_moved
from gengang.settings import Settings

GENESIS = "0" * 64
SEALED = ("sequence", "kind", "version", "subject", "data", "personal_hash", "actor", "at", "identity", "turn")
CHUNK = 500  # bound values in one statement; SQLite's oldest limit is 999


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open ledger. Use `open_ledger`, and `close` it. memory: what was read so far."""

    database: Database
    memory: Memory = field(default_factory=Memory, compare=False, repr=False)

    def append(self, facts: Sequence[Fact]) -> int:
        """Writes what is not there yet, all or nothing; how many lines that were.

        A second `arrival` of the same bytes under another path or time, or after the first was taken back, becomes a
        `duplicate`.
        LedgerError when a fact is not one of FACT_KINDS or the database fails.
        """
        if not facts:
            return 0
        with self.database.writing() as connection:
            return len(append_within(connection, facts))

    def read(self, kinds: Collection[str] | None = None, since: int = 0) -> Iterator[Fact]:
        """Facts of these kinds (all when None) after a sequence number, in order. LedgerError when one is too new."""
        with self.database.reading() as connection:
            found = self.memory.facts(connection, kinds, since)
        yield from found

    def head(self) -> tuple[int, str]:
        """Sequence and seal of the last line, (0, zeros) when empty; noted elsewhere, it proves that no tail is cut."""
        with self.database.reading() as connection:
            return _head(connection)

    def closed(self) -> Fact | None:
        """The line that closed the season, None while it is open."""
        with self.database.reading() as connection:
            return _closed(connection)

    def refuse_closed(self) -> None:
        """LedgerError when the season was closed."""
        line = self.closed()
        if line is not None:
            raise _is_closed(line)

    def erase(
        self,
        person: str,
        actor: Actor,
        at: str,
        papers: Collection[str] = (),
        proof: Mapping[str, object] | None = None,
        kept: Sequence[Fact] = (),
    ) -> int:
        """Deletes the personal values of a person and of their papers; how many. The lines and their seals stay.

        Papers are the person's by their last `match`, or by being named. Values that several people share in one paper
        stay. proof: what else the line of the erasure says, without personal values; kept: lines written with it.
        """
        subjects = subjects_of_person(person, self.read(), papers)
        with self.database.writing() as connection:
            gone = _delete_values(connection, subjects)
            if gone:
                data = {"values": gone, "subjects": list(subjects), "through": _head(connection)[0], **(proof or {})}
                append_within(connection, [*kept, Fact("erased", person, data, actor, at)])
        self.forget()
        return gone

    def forget(self) -> None:
        """Takes deleted values out of the files too: SQLite's log, PostgreSQL's dead rows."""
        engine = self.database.engine.execution_options(isolation_level="AUTOCOMMIT")
        with told(), engine.connect() as connection:
            if self.database.lock_file is None:
                connection.execute(text("VACUUM personal"))
                connection.execute(text("VACUUM salts"))
            else:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Gives its connections back."""
        self.database.close()


def open_ledger(settings: Settings, moved_too: bool = False) -> Ledger:
    """The workspace's ledger, made or brought up to date when needed.

    WorkspaceError on a network share; LedgerError when it is newer than this program or out of reach, and when it was
    moved away, unless moved_too.
    """
    database = open_database(settings)
    try:
        migrate(database, moved_too=moved_too)
    except GengangError:
        database.close()
        raise
    return Ledger(database)


@contextmanager
def kept_ledger(settings: Settings) -> Iterator[Ledger]:
    """The ledger that runs have written, closed again. WorkspaceError before the first run, and like `open_ledger`."""
    if not settings.ledger.exists() and settings.database_url is None:
        raise WorkspaceError("这个工作区还没有台账：请先运行 gengang run。")
    with closing(open_ledger(settings)) as ledger:
        yield ledger


def append_within(connection: Connection, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """`Ledger.append` inside a writing transaction; the new facts with their sequence numbers."""
    salts = _salts(connection, facts)
    taken = _taken_back(connection) if any(fact.kind == "arrival" for fact in facts) else frozenset()
    named = [checked(fact) for fact in _duplicates_named(connection, facts, taken)]
    known = _history(connection, named, taken)
    sequence, seal = _head(connection)
    lines: list[Row] = []
    written: list[Fact] = []
    for fact in named:
        hidden = _hash_of(fact, salts)
        content = identity(fact, hidden)
        turn = known.turn_of(fact, content)
        if turn is None:
            continue
        sequence += 1
        numbered = replace(fact, sequence=sequence, personal_hash=hidden)
        line = _line(numbered, content, turn)
        seal = chained(seal, line)
        lines.append((*line, seal))
        written.append(numbered)
    if lines:
        _refuse_shut(connection, written)
        insert_rows(connection, FACTS, lines)
    _keep_values(connection, written, salts)
    return tuple(written)


def facts_about(connection: Connection, subject: str, kinds: Collection[str]) -> tuple[Fact, ...]:
    """Lines of these kinds about one subject, in order, as a transaction sees them."""
    lines = joined().where(FACTS.c.subject == subject, FACTS.c.kind.in_(sorted(kinds))).order_by(FACTS.c.sequence)
    return tuple(map(fact_of, connection.execute(lines)))


def _refuse_shut(connection: Connection, written: Sequence[Fact]) -> None:
    """LedgerError when the ledger was moved away, or closed and this is no line that may follow that."""
    refuse_moved(connection)
    line = None if all(map(may_follow_closing, written)) else _closed(connection)
    if line is not None:
        raise _is_closed(line)


def _closed(connection: Connection) -> Fact | None:
    last = joined().where(FACTS.c.kind.in_(CLOSING)).order_by(FACTS.c.sequence.desc()).limit(1)
    row = connection.execute(last).one_or_none()
    line = None if row is None else fact_of(row)
    return line if line is not None and line.data["closed"] else None


def _is_closed(line: Fact) -> LedgerError:
    return LedgerError(
        f"本期已于{line.at[:10]}封存，只能查看（gengang status、gengang verify）和补印已发的证书（gengang issue）。"
        "新一期请用新的工作区；确需改动的，请负责人决定后运行 gengang close --reopen --senior --why 原因。"
    )


def _hash_of(fact: Fact, salts: dict[str, str]) -> str:
    """Of its personal values; empty where it has none."""
    return "" if fact.personal is None else salted_hash(salts[fact.subject], canonical(fact.personal))


def _line(fact: Fact, content: str, turn: int) -> Row:
    """What the seal covers, in the order of SEALED. content: its `identity`; turn: of `_History.turn_of`."""
    return (
        fact.sequence,
        fact.kind,
        fact.version,
        fact.subject,
        canonical(fact.data),
        fact.personal_hash,
        _signed(fact.actor),
        fact.at,
        content,
        turn,
    )


@lru_cache(maxsize=64)
def _signed(actor: Actor) -> str:
    """A batch is one actor's as a rule."""
    return canonical([actor.user, actor.role, actor.machine, actor.command])


@dataclass(frozen=True, slots=True)
class _History:
    """What is known of the subjects of a batch; it learns the batch as it goes.

    times: how often each content was written; last: the content that counts, by (kind, subject, slot); taken: contents
    whose last line was taken back.
    """

    times: Counter[str]
    last: dict[tuple[str, str, str], str]
    taken: set[str]

    def turn_of(self, fact: Fact, content: str) -> int | None:
        """How often this content, a fact's `identity`, was written before; None when it need not be written again."""
        place = (fact.kind, fact.subject, fact.slot)
        turn = self.times[content]
        if turn and content not in self.taken and (not FACT_KINDS[fact.kind].latest or self.last.get(place) == content):
            return None
        self.taken.discard(content)
        self.times[content] += 1
        self.last[place] = content
        return turn


def _taken_back(connection: Connection) -> frozenset[int]:
    """Numbers of the arrivals that were taken back: what comes again after that is no repetition."""
    lines = joined().where(FACTS.c.kind == "taken_back").order_by(FACTS.c.sequence)
    return taken_lines(map(fact_of, connection.execute(lines)))


def _history(connection: Connection, facts: Sequence[Fact], taken: Collection[int]) -> _History:
    known = _History(Counter(), {}, set())
    for kind in sorted({fact.kind for fact in facts}):
        slot = FACT_KINDS[kind].slot
        for row in _about(connection, kind, {fact.subject for fact in facts if fact.kind == kind}):
            known.times[row.identity] += 1
            known.last[kind, row.subject, str(json.loads(row.data).get(slot, "")) if slot else ""] = row.identity
            if kind in ("arrival", "duplicate"):
                (known.taken.add if row.sequence in taken else known.taken.discard)(row.identity)
    return known


def _about(connection: Connection, kind: str, subjects: Collection[str]) -> Iterator[Line]:
    """Sequence, subject, data and identity of each line, in order."""
    columns = select(FACTS.c.sequence, FACTS.c.subject, FACTS.c.data, FACTS.c.identity).where(FACTS.c.kind == kind)
    for chunk in _chunks(subjects):
        yield from connection.execute(columns.where(FACTS.c.subject.in_(chunk)).order_by(FACTS.c.sequence))


def _chunks(values: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(values)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def _duplicates_named(connection: Connection, facts: Sequence[Fact], taken: Collection[int]) -> Iterator[Fact]:
    """The same facts, where an arrival of bytes that are here under another path or time is a duplicate.

    So is one whose first arrival was taken back: the line stays what it is, and may be given again.
    """
    arrived = {fact.subject for fact in facts if fact.kind == "arrival"}
    if not arrived:
        yield from facts
        return
    first = {row.subject: None if row.sequence in taken else _told_of(row) for row in _arrivals(connection, arrived)}
    for fact in facts:
        if fact.kind == "arrival":
            told = (canonical(fact.data), canonical(fact.personal))
            kind = "arrival" if first.setdefault(fact.subject, told) == told else "duplicate"
            yield replace(fact, kind=kind, version=FACT_KINDS[kind].version)
        else:
            yield fact


def _arrivals(connection: Connection, subjects: Collection[str]) -> Iterator[Line]:
    for chunk in _chunks(subjects):
        yield from connection.execute(joined().where(FACTS.c.kind == "arrival", FACTS.c.subject.in_(chunk)))


def _told_of(row: Line) -> tuple[str, str]:
    return row.data, row.body or canonical(None)


def _salts(connection: Connection, facts: Iterable[Fact]) -> dict[str, str]:
    """Each subject's salt, new ones drawn; they are kept with the first value (`_keep_values`)."""
    subjects = {fact.subject for fact in facts if fact.personal is not None}
    salts = {subject: secrets.token_hex(16) for subject in subjects}
    for chunk in _chunks(subjects):
        rows = connection.execute(select(SALTS.c.subject, SALTS.c.salt).where(SALTS.c.subject.in_(chunk)))
        salts.update((row.subject, row.salt) for row in rows)
    return salts


def _keep_values(connection: Connection, facts: Sequence[Fact], salts: dict[str, str]) -> None:
    """Rows whose key is there already hold the same content: the key is a hash of it, or the salt just read."""
    values = {(fact.subject, fact.personal_hash): fact.personal for fact in facts if fact.personal is not None}
    subjects = sorted({subject for subject, _ in values})
    insert_rows(connection, SALTS, [(subject, salts[subject]) for subject in subjects], absent=True)
    rows: list[Row] = [(*key, canonical(body)) for key, body in values.items()]
    insert_rows(connection, PERSONAL, rows, absent=True)


def _delete_values(connection: Connection, subjects: Sequence[str]) -> int:
    gone = 0
    for chunk in _chunks(subjects):
        gone += connection.execute(delete(PERSONAL).where(PERSONAL.c.subject.in_(chunk))).rowcount
        connection.execute(delete(SALTS).where(SALTS.c.subject.in_(chunk)))
    return gone


def _head(connection: Connection) -> tuple[int, str]:
    last = select(FACTS.c.sequence, FACTS.c.chain).order_by(FACTS.c.sequence.desc()).limit(1)
    row = connection.execute(last).one_or_none()
    return (0, GENESIS) if row is None else (int(row.sequence), str(row.chain))
