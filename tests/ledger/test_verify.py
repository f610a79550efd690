"""Whoever changes a ledger behind the program's back is found out."""

from collections.abc import Sequence

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Connection

from gengang.ledger import Ledger
from gengang.ledger_register import spend_number
from gengang.ledger_verify import verify
from tests.ledger.lines import AT, ME, arrival, match, person, reading

HARMS: dict[str, tuple[Sequence[str], str]] = {
    "changed": (["UPDATE facts SET data = '{}' WHERE sequence = 2"], "第2行被改动过"),
    "moved": (["UPDATE facts SET at = '2016-01-01T00:00:00Z' WHERE sequence = 1"], "第1行被改动过"),
    "resealed": (["UPDATE facts SET chain = 'x' WHERE sequence = 2"], "第3行被改动过"),
    "removed": (["DELETE FROM facts WHERE sequence = 3"], "第3行到第3行不见了"),
    "value changed": (["UPDATE personal SET body = '{}' WHERE subject LIKE 'P-%'"], "的个人信息被改动过"),
    "value removed": (["DELETE FROM personal WHERE subject LIKE 'P-%'"], "也没有删除记录"),
    "value planted": (
        ["INSERT INTO personal SELECT subject, 'planted', body FROM personal WHERE subject LIKE 'P-%'"],
        "不属于任何一行",
    ),
    "number planted": (
        ["INSERT INTO numbers VALUES ('J', 2016, 2, 'P-2', 'b')"],
        "J-2016-000002 在登记簿和台账里不一致",
    ),
    "number changed": (["UPDATE numbers SET person = 'P-2'"], "J-2016-000001 在登记簿和台账里不一致"),
    "number passed over": (["INSERT INTO numbers VALUES ('J', 2016, 3, 'P-2', 'b')"], "有缺号：最大 3，共 2 个"),
}


def _without_triggers(connection: Connection) -> None:
    """What somebody with the file and bad intent does first."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET session_replication_role = replica"))
        return
    for name in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
        connection.execute(text(f"DROP TRIGGER {name}"))


def _fill(ledger: Ledger) -> None:
    ledger.append([arrival(), reading(), match(), person()])
    spend_number(ledger, "J", 2016, "P-1", "b", ME, AT)


def test_a_whole_ledger_has_no_fault(ledger: Ledger) -> None:
    assert verify(ledger) == ()
    _fill(ledger)
    assert verify(ledger) == ()


@pytest.mark.parametrize("harm", HARMS)
def test_a_harm_is_named(ledger: Ledger, harm: str) -> None:
    _fill(ledger)
    statements, sentence = HARMS[harm]
    with ledger.database.writing() as connection:
        _without_triggers(connection)
        for statement in statements:
            connection.execute(text(statement))
    assert any(sentence in fault for fault in verify(ledger)), verify(ledger)


def test_a_cut_tail_shows_in_the_head(ledger: Ledger) -> None:
    _fill(ledger)
    noted = ledger.head()
    with ledger.database.writing() as connection:
        _without_triggers(connection)
        connection.execute(text("DELETE FROM facts WHERE sequence = 5"))
        connection.execute(text("DELETE FROM numbers"))
    assert verify(ledger) == ()
    assert ledger.head() != noted


def test_an_erasure_excuses_only_what_it_erased(ledger: Ledger) -> None:
    _fill(ledger)
    ledger.erase("P-000000000001", ME, AT)
    ledger.append([person()])
    with ledger.database.writing() as connection:
        connection.execute(text("DELETE FROM personal"))
    assert len(verify(ledger)) == 1
