"""Ledgers that earlier releases wrote are read for ever, on both databases, to the same folds."""

import json
from pathlib import Path

import pytest

from gengang.database import open_database
from gengang.facts import FACT_KINDS
from gengang.ledger import open_ledger
from gengang.ledger_verify import verify
from gengang.migrations import STEPS, migrate
from gengang.settings import Settings
from tests.ledger.golden import folds, golden_files, load


@pytest.mark.parametrize("golden", golden_files(), ids=lambda path: path.stem)
def test_a_ledger_of_an_earlier_release_folds_to_the_same(settings: Settings, golden: Path) -> None:
    kept = json.loads(golden.read_text(encoding="utf-8"))
    database = open_database(settings)
    migrate(database, STEPS[: kept["steps"]])
    load(database, kept["tables"])
    database.close()
    ledger = open_ledger(settings)
    assert json.loads(json.dumps(folds(ledger))) == kept["folds"]
    assert verify(ledger) == ()
    ledger.close()


def test_every_version_of_every_kind_stands_in_a_golden_ledger() -> None:
    kept = [json.loads(golden.read_text(encoding="utf-8"))["tables"]["facts"] for golden in golden_files()]
    there = {(line["kind"], line["version"]) for lines in kept for line in lines}
    wanted = {(name, v) for name, kind in FACT_KINDS.items() for v in range(1, kind.version + 1)}
    assert there == wanted, "add the new kind to golden.py and write a golden ledger for it"


def test_every_schema_has_its_golden_ledger() -> None:
    kept = {json.loads(golden.read_text(encoding="utf-8"))["steps"] for golden in golden_files()}
    assert kept == set(range(1, len(STEPS) + 1))
