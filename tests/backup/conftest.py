"""Shares the two databases with the tests of backups."""

from tests.ledger.fixtures import cluster, ledger, settings

__all__ = ["cluster", "ledger", "settings"]
