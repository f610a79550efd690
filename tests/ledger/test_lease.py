"""One run at a time, and no lease outlives its holder."""

import pytest

from gengang.errors import LedgerError
from gengang.ledger import Ledger, open_ledger
from gengang.ledger_lease import lease
from gengang.settings import Settings
from tests.ledger.lines import reading
from tests.ledger.processes import started


def test_a_second_run_is_told_who_holds_it(settings: Settings, ledger: Ledger) -> None:
    other = open_ledger(settings)
    with (
        lease(ledger, "王老师@办公室电脑（gengang run）"),
        pytest.raises(LedgerError, match="王老师@办公室电脑（gengang run）（自 20"),
        lease(other, "李老师"),
    ):
        pass
    other.close()


def test_the_lease_is_given_back(settings: Settings, ledger: Ledger) -> None:
    other = open_ledger(settings)
    for holder in (ledger, other, ledger):
        with lease(holder, "x"):
            pass
    other.close()


def test_a_run_that_fails_gives_it_back(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="broken"), lease(ledger, "x"):
        raise LedgerError("broken")
    with lease(ledger, "y"):
        pass


def test_the_holder_may_write_and_others_may_read_and_write(settings: Settings, ledger: Ledger) -> None:
    other = open_ledger(settings)
    with lease(ledger, "x"):
        assert ledger.append([reading()]) == 1
        assert [fact.kind for fact in other.read()] == ["reading"]
        assert other.append([reading(name="李四")]) == 1
    other.close()


def test_a_killed_holder_holds_nothing(settings: Settings, ledger: Ledger) -> None:
    holder = started("hold", settings, "旧运行", 600)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(LedgerError, match="旧运行"), lease(ledger, "x"):
        pass
    holder.kill()
    holder.communicate(timeout=60)
    _wait_for_the_server(ledger)


def _wait_for_the_server(ledger: Ledger) -> None:
    """A killed client's server process needs a moment to see the closed socket."""
    for _ in range(200):
        try:
            with lease(ledger, "新运行"):
                return
        except LedgerError:
            pass
    pytest.fail("the lease of a killed holder was not given back")


def test_a_workspace_that_cannot_be_written_is_not_called_taken(ledger: Ledger, settings: Settings) -> None:
    if ledger.database.lock_file is None:
        assert not list(settings.workspace.glob("*.lock"))
        return
    ledger.database.lock_file.mkdir()
    with pytest.raises(LedgerError, match="写权限"), lease(ledger, "x"):
        pass
