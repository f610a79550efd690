"""The register of certificate numbers: J (completion) and X (hours) of a year, without gaps, none ever used twice."""

import json
from collections.abc import Mapping
from typing import Literal

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection

from gengang.database import FACTS, NUMBERS
from gengang.errors import LedgerError
from gengang.facts import Actor, Fact
from gengang.ledger import Ledger, append_within

Series = Literal["J", "X"]


def number_subject(series: Series, year: int, number: int) -> str:
    """The ledger's name of a number, `J-2016-000001`."""
    return f"{series}-{year:04d}-{number:06d}"


def spend_number(ledger: Ledger, series: Series, year: int, person: str, basis: str, actor: Actor, at: str) -> int:
    """The number of a certificate: the one it has, or the next of its series and year.

    person: key of the roster. basis: hash of what the certificate states; a change of it asks for a new number.
    A voided number stays spent. LedgerError when the database fails; then nothing was spent.
    """
    with ledger.database.writing() as connection:
        held = _held(connection, series, year, person, basis)
        if held is not None:
            return held
        number = _next(connection, series, year)
        line: Mapping[str, object] = {
            "kind": series,
            "year": year,
            "number": number,
            "person": person,
            "basis": basis,
        }
        connection.execute(insert(NUMBERS), [line])
        append_within(connection, [Fact("number_spent", number_subject(series, year, number), line, actor, at)])
        return number


def replace_number(
    ledger: Ledger, series: Series, year: int, person: str, basis: str, why: str, actor: Actor, at: str
) -> int:
    """The next number in the place of every one that a person holds in the series and year.

    Those count no more from then on, and each says which took its place. why: one sentence without personal values.
    LedgerError when the database fails; then nothing was spent and nothing voided.
    """
    with ledger.database.writing() as connection:
        before = _standing(connection, {"kind": series, "year": year, "person": person})
        number = _next(connection, series, year)
        line: Mapping[str, object] = {"kind": series, "year": year, "number": number, "person": person, "basis": basis}
        connection.execute(insert(NUMBERS), [line])
        new = number_subject(series, year, number)
        voids = [Fact("number_void", number_subject(series, year, old), {"why": why, "replaced_by": new}, actor, at)
                 for old in sorted(before)]  # fmt: skip
        append_within(connection, [Fact("number_spent", new, line, actor, at), *voids])
        return number


def void_number(ledger: Ledger, series: Series, year: int, number: int, why: str, actor: Actor, at: str) -> int:
    """Records that a number counts no more; how many lines that were. LedgerError when it was never spent.

    why: one sentence without personal values.
    """
    subject = number_subject(series, year, number)
    with ledger.database.writing() as connection:
        if not _has(connection, "number_spent", subject):
            raise LedgerError(f"证书编号 {subject} 从未发出，不能作废。请核对编号。")
        if _has(connection, "number_void", subject):
            return 0
        return len(append_within(connection, [Fact("number_void", subject, {"why": why}, actor, at)]))


def _held(connection: Connection, series: Series, year: int, person: str, basis: str) -> int | None:
    mine = {"kind": series, "year": year, "person": person, "basis": basis}
    return max(_standing(connection, mine), default=None)


def _standing(connection: Connection, mine: Mapping[str, object]) -> tuple[int, ...]:
    """Numbers of the register's rows that say this, without those that were voided. mine: with kind and year."""
    columns = (NUMBERS.c[name] == value for name, value in mine.items())
    numbers = connection.execute(select(NUMBERS.c.number).where(*columns)).scalars().all()
    voided = select(FACTS.c.subject).where(FACTS.c.kind == "number_void")
    gone = set(connection.execute(voided).scalars()) if numbers else set()
    return tuple(n for n in numbers if f"{mine['kind']}-{mine['year']:04d}-{n:06d}" not in gone)


def _next(connection: Connection, series: Series, year: int) -> int:
    """One more than the last; every writer waits for the one before, so that no number is passed over."""
    spent = select(func.coalesce(func.max(NUMBERS.c.number), 0)).where(NUMBERS.c.kind == series, NUMBERS.c.year == year)
    return max(int(connection.execute(spent).scalar_one()), carried_number(connection, series)) + 1


def carried_number(connection: Connection, series: str) -> int:
    """The last number that the season before left, 0 where the series begins here."""
    lines = connection.execute(select(FACTS.c.data).where(FACTS.c.kind == "carried_over")).scalars()
    return max((int(json.loads(line)["numbers"].get(series, 0)) for line in lines), default=0)


def next_number(ledger: Ledger, series: Series, year: int) -> int:
    """The number that would be spent next; spent by somebody else meanwhile, it is another."""
    with ledger.database.reading() as connection:
        return _next(connection, series, year)


def last_number(ledger: Ledger, series: str) -> int:
    """The last number of a series in any year, here or before."""
    with ledger.database.reading() as connection:
        spent = select(func.coalesce(func.max(NUMBERS.c.number), 0)).where(NUMBERS.c.kind == series)
        return max(int(connection.execute(spent).scalar_one()), carried_number(connection, series))


def _has(connection: Connection, kind: str, subject: str) -> bool:
    there = select(FACTS.c.sequence).where(FACTS.c.kind == kind, FACTS.c.subject == subject).limit(1)
    return connection.execute(there).first() is not None
