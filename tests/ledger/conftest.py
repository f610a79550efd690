"""Shares the two databases with the ledger's tests."""

from tests.ledger.fixtures import cluster, ledger, settings

__all__ = ["cluster", "ledger", "settings"]
