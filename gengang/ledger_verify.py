"""Whether a ledger is as it was written: its seals, its personal values, its numbers; it changes nothing."""

import json
from collections import Counter
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.engine import Connection

from gengang.database import FACTS, NUMBERS, PERSONAL, SALTS
from gengang.facts import canonical, chained, salted_hash
from gengang.ledger import GENESIS, SEALED, Ledger
from gengang.ledger_register import carried_number, number_subject


def verify(ledger: Ledger) -> tuple[str, ...]:
    """Every fault, each a Chinese sentence with the line's number; none when the ledger is whole.

    A tail that was cut off leaves no trace inside: compare `Ledger.head` with one noted elsewhere.
    """
    with ledger.database.reading() as connection:
        return (*_chain_faults(connection), *_value_faults(connection), *_number_faults(connection))


def _chain_faults(connection: Connection) -> Iterator[str]:
    seal, expected = GENESIS, 1
    for row in connection.execute(select(FACTS).order_by(FACTS.c.sequence)).mappings():
        if row["sequence"] != expected:
            yield f"台账第{expected}行到第{row['sequence'] - 1}行不见了。"
        if row["chain"] != chained(seal, tuple(row[name] for name in SEALED)):
            yield f"台账第{row['sequence']}行被改动过，或它前面的一行被改动过。"
        seal, expected = row["chain"], row["sequence"] + 1


def _value_faults(connection: Connection) -> Iterator[str]:
    salts = {row.subject: row.salt for row in connection.execute(select(SALTS))}
    kept: set[tuple[str, str]] = set()
    for row in connection.execute(select(PERSONAL)):
        kept.add((row.subject, row.personal_hash))
        if row.personal_hash != salted_hash(salts.get(row.subject, ""), row.body):
            yield f"{row.subject} 的个人信息被改动过。"
    erased = _erased_until(connection)
    named = connection.execute(select(FACTS.c.sequence, FACTS.c.subject, FACTS.c.personal_hash))
    wanted = {(row.subject, row.personal_hash): row.sequence for row in named if row.personal_hash}
    for (subject, name), sequence in wanted.items():
        if (subject, name) not in kept and sequence > erased.get(subject, 0):
            yield f"台账第{sequence}行的个人信息不见了，也没有删除记录。"
    yield from (
        f"{subject} 有一条个人信息不属于任何一行台账。" for subject, name in kept if (subject, name) not in wanted
    )


def _erased_until(connection: Connection) -> dict[str, int]:
    """Up to which line each subject's values were erased by order."""
    until: dict[str, int] = {}
    for text in connection.execute(select(FACTS.c.data).where(FACTS.c.kind == "erased")).scalars():
        data = json.loads(text)
        until |= {subject: max(until.get(subject, 0), data["through"]) for subject in data["subjects"]}
    return until


def _number_faults(connection: Connection) -> Iterator[str]:
    spent = {
        row.subject: row.data
        for row in connection.execute(select(FACTS.c.subject, FACTS.c.data).where(FACTS.c.kind == "number_spent"))
    }
    register = {
        number_subject(row["kind"], row["year"], row["number"]): canonical(dict(row))
        for row in connection.execute(select(NUMBERS)).mappings()
    }
    for subject in sorted(spent.keys() | register.keys()):
        if spent.get(subject) != register.get(subject):
            yield f"证书编号 {subject} 在登记簿和台账里不一致。"
    counts = Counter(subject.rpartition("-")[0] for subject in register)
    for series, count in sorted(counts.items()):
        last = max(int(s.rpartition("-")[2]) for s in register if s.startswith(f"{series}-"))
        before = carried_number(connection, series.partition("-")[0])
        if last != before + count:
            yield f"证书编号 {series} 有缺号：最大 {last}，共 {count} 个{f'，上期到 {before}' if before else ''}。"
