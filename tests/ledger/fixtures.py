"""The ledger on both databases: every test that asks for `settings` or `ledger` runs once on each."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gengang.ledger import Ledger, open_ledger
from gengang.settings import Settings, settings_of
from tests.ledger.cluster import Cluster, running_cluster


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One server for each worker."""
    with running_cluster() as started:
        yield started


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """An empty workspace on each database, whose files are whole at once."""
    (tmp_path / "inbox").mkdir()
    url = request.getfixturevalue("cluster").new_database() if request.param == "postgresql" else None
    return replace(settings_of(tmp_path, {}), database_url=url, settle_seconds=0.0, patience_seconds=0.0)


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    """An open, empty ledger."""
    opened = open_ledger(settings)
    yield opened
    opened.close()
