"""What was read of a ledger stays in memory as text, so that a pass that reads it many times asks the database once.

Open dictionaries of all papers would need several times the room, so values are decoded when they are looked at. After
an erasure everything is asked anew.
"""

import json
from collections.abc import Collection
from functools import lru_cache
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.engine import Connection, Row

from gengang.database import FACTS, PERSONAL
from gengang.facts import FACT_KINDS, Actor, Fact, Kept, readable

AT_A_TIME = 2000  # rows that are asked of the driver together
Line = Row[Any]  # SQLAlchemy does not type the columns of a text-built table


class Memory:
    """What is known of one ledger; it learns as it is asked.

    lines: kind -> its facts so far; upto: kind -> the number up to which it was read; erased: that of the last erasure;
    known: up to which every line is of a kind and version that this program knows.
    """

    def __init__(self) -> None:
        self.lines: dict[str, list[Fact]] = {}
        self.upto: dict[str, int] = {}
        self.erased = 0
        self.known = 0

    def facts(self, connection: Connection, kinds: Collection[str] | None, since: int) -> list[Fact]:
        """Facts of these kinds (all when None) after a number, in order. connection: one snapshot of the database.

        LedgerError when any line is too new: what it says might change what the others mean.
        """
        erased = _last(connection, FACTS.c.kind == "erased")
        if erased != self.erased:
            self.lines, self.upto, self.erased = {}, {}, erased
        self._learn(connection, kinds)
        wanted = (self.lines.get(kind, ()) for kind in (self.lines if kinds is None else {*kinds}))
        found = [fact for facts in wanted for fact in facts if fact.sequence > since]
        return sorted(found, key=attrgetter("sequence"))

    def _learn(self, connection: Connection, kinds: Collection[str] | None) -> None:
        head = _last(connection)
        if head > self.known:
            kinds_there = select(FACTS.c.kind, func.max(FACTS.c.version)).where(FACTS.c.sequence > self.known)
            for kind, version in connection.execute(kinds_there.group_by(FACTS.c.kind)):
                readable(kind, version)
            self.known = head
        asked = {*(FACT_KINDS if kinds is None else kinds)}
        behind = [self.upto.get(kind, 0) for kind in asked]
        if kinds is None:
            self._add(connection, min(behind), head, None)
        for upto in {*behind} if kinds is not None else ():
            self._add(connection, upto, head, {kind for kind in asked if self.upto.get(kind, 0) == upto})
        self.upto |= dict.fromkeys(asked, head)

    def _add(self, connection: Connection, upto: int, head: int, kinds: Collection[str] | None) -> None:
        if upto >= head:
            return
        for rows in connection.execute(_after(upto, kinds)).partitions(AT_A_TIME):
            for row in rows:
                if row.sequence > self.upto.get(row.kind, 0):
                    self.lines.setdefault(row.kind, []).append(fact_of(row))


def joined() -> Select[Any]:
    """Lines with their personal values."""
    same = (PERSONAL.c.subject == FACTS.c.subject) & (PERSONAL.c.personal_hash == FACTS.c.personal_hash)
    return select(FACTS, PERSONAL.c.body).select_from(FACTS.outerjoin(PERSONAL, same))


def fact_of(row: Line) -> Fact:
    """A line as a fact. LedgerError when it is too new."""
    readable(row.kind, row.version)
    return Fact(
        kind=row.kind,
        subject=row.subject,
        data=json.loads(row.data),
        actor=_actor(row.actor),
        at=row.at,
        personal=None if row.body is None else Kept(row.body),
        version=row.version,
        sequence=row.sequence,
        personal_hash=row.personal_hash,
    )


@lru_cache(maxsize=1 << 10)
def _actor(text: str) -> Actor:
    """A season is written by few."""
    return Actor(*json.loads(text))


def _after(upto: int, kinds: Collection[str] | None) -> Select[Any]:
    wanted: ColumnElement[bool] = FACTS.c.sequence > upto
    if kinds is not None:
        wanted = wanted & FACTS.c.kind.in_(sorted(kinds))
    return joined().where(wanted).order_by(FACTS.c.sequence)


def _last(connection: Connection, *where: ColumnElement[bool]) -> int:
    """The number of the last line; 0 where there is none."""
    return int(connection.execute(select(func.max(FACTS.c.sequence)).where(*where)).scalar() or 0)
