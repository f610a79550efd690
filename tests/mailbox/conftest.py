"""Shares one IMAP server and the two databases with the tests of the mailbox."""

from collections.abc import Iterator

import pytest

from tests.ledger.fixtures import cluster, ledger, settings
from tests.mailbox.dovecot import Account, Server, running_server
from tests.mailbox.proxy import Proxy, proxy_to

__all__ = ["cluster", "ledger", "settings"]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One server for each worker."""
    with running_server() as started:
        yield started


@pytest.fixture
def account(server: Server) -> Account:
    """An empty mailbox."""
    return server.new_account()


@pytest.fixture
def proxy(server: Server) -> Iterator[Proxy]:
    """Somebody between us and the server."""
    with proxy_to(server.plain) as between:
        yield between
