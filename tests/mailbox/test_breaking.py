"""A mailbox whose connection, server, disk or ledger breaks: nothing lost, nothing doubled, on both databases."""

import os
import threading

import pytest

from gengang import imap, mailbox
from gengang.errors import LedgerError
from gengang.ledger import Ledger
from gengang.settings import Settings
from tests.mailbox.dovecot import Account, Server
from tests.mailbox.letters import LATE, fetched, in_inbox, kinds, letter, taken_in
from tests.mailbox.proxy import Proxy

SHARES = (1, 18, 28, 36, 60, 80)  # hundredths of what the server says in an undisturbed look
GOODBYE = 70  # bytes from its end: what it says of the marks and of logging out takes twice as many


def looked_twice(settings: Settings, ledger: Ledger, account: Account, proxy: Proxy, cut: int, number: int) -> int:
    """Two mails, a connection that drops, a pass that goes on, and another look; how many came before the cut."""
    letters = [letter(number), letter(number + 1, 2_000)]
    for one in letters:
        account.deliver(one, LATE)
    before = kinds(ledger)
    proxy.after = cut
    first = fetched(settings, ledger, account, proxy.port)
    there = in_inbox(settings)
    assert set(there) <= set(letters)
    assert len(there) == first.count == kinds(ledger).count("mail") - before.count("mail")
    assert first.failed or first.count == 2
    taken_in(settings, ledger)
    proxy.after = None
    second = fetched(settings, ledger, account, proxy.port)
    assert (first.count + second.count, second.failed) == (2, False)
    taken_in(settings, ledger)
    assert sorted(kinds(ledger)[len(before) :]) == ["arrival", "arrival", "mail", "mail"]
    assert account.flags() == [{"\\Seen", "Gengang"}] * 2
    return first.count


def test_a_connection_that_drops_anywhere_loses_and_doubles_nothing(
    settings: Settings, ledger: Ledger, server: Server, proxy: Proxy
) -> None:
    """Cut from the greeting to the goodbye: before the first mail, in it, after it, and after the second one."""
    account = server.new_account()
    for number in range(2):
        account.deliver(letter(10 + number, 2_000 * number), LATE)
    assert fetched(settings, ledger, account, proxy.port).count == 2
    whole = proxy.passed
    taken_in(settings, ledger)
    cuts = [*(whole * share // 100 for share in SHARES), whole - GOODBYE]
    came = [
        looked_twice(settings, ledger, server.new_account(), proxy, cut, 20 + 2 * at) for at, cut in enumerate(cuts)
    ]
    assert came == sorted(came)
    assert set(came) == {0, 1, 2}


def test_a_server_that_falls_silent_is_given_up(
    settings: Settings, ledger: Ledger, account: Account, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.deliver(letter(1, 20_000), LATE)
    monkeypatch.setattr(imap, "ANSWER_SECONDS", 0.3)
    proxy.after, proxy.silent = 4_000, True
    found = fetched(settings, ledger, account, proxy.port)
    assert (found.count, found.failed) == (0, True)
    assert found.remarks == (imap.DROPPED,)


def test_a_server_that_drips_is_left_for_the_next_time(
    settings: Settings, ledger: Ledger, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.deliver(letter(1), LATE)
    account.deliver(letter(2), LATE)
    over = threading.Event()
    monkeypatch.setattr(imap, "SESSION_SECONDS", 0.2)
    kept = mailbox._keep

    def slowly(*given: object) -> None:
        kept(*given)  # type: ignore[arg-type]
        over.wait(0.4)

    monkeypatch.setattr(mailbox, "_keep", slowly)
    found = fetched(settings, ledger, account)
    assert (found.count, found.remarks) == (1, (imap.DROPPED,))


def test_no_network_is_one_sentence(settings: Settings, ledger: Ledger, account: Account) -> None:
    found = fetched(settings, ledger, account, port=1)
    assert (found.count, found.failed) == (0, True)
    assert "邮箱连不上（127.0.0.1）" in found.remarks[0]


# --- we break ---


def test_stopped_between_file_and_line_nothing_is_doubled(
    settings: Settings, ledger: Ledger, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.deliver(letter(1), LATE)

    def stopped(*_: object) -> int:
        raise LedgerError("stopped")

    for without_network in (False, True):
        with monkeypatch.context() as patched:
            patched.setattr(Ledger, "append", stopped)
            with pytest.raises(LedgerError):
                fetched(settings, ledger, account)
        assert account.flags()[0] <= {"\\Recent"}
        if without_network:  # the next pass takes the file in and reaches no server
            taken_in(settings, ledger)
    assert fetched(settings, ledger, account).count == 0
    taken_in(settings, ledger)
    assert kinds(ledger) == ["arrival", "mail"]
    assert account.flags() == [{"\\Seen", "Gengang"}]


def test_a_full_disk_leaves_the_mail_on_the_server(
    settings: Settings, ledger: Ledger, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.deliver(letter(1), LATE)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(OSError, match="No space"):
            fetched(settings, ledger, account)
    assert kinds(ledger) == []
    assert fetched(settings, ledger, account).count == 1
    assert in_inbox(settings) == [letter(1)]
