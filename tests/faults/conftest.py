"""Shares the two databases with the fault tests."""

from tests.ledger.fixtures import cluster, ledger, settings

__all__ = ["cluster", "ledger", "settings"]
