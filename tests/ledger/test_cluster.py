"""Without PostgreSQL the ledger's tests fail with a sentence; they are never passed over."""

from pathlib import Path

import pytest

from tests.ledger import cluster


def test_a_missing_server_fails_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "BINARIES", tmp_path)
    with pytest.raises(AssertionError, match="Run `make setup`"), cluster.running_cluster():
        pass
