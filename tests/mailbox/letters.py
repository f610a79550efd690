"""Mails, looks into the mailbox, and what came of them."""

from dataclasses import replace
from datetime import UTC, date, datetime

from gengang.intake import settled_files, take_all_in
from gengang.ledger import Ledger
from gengang.mailbox import Fetched, fetch_mails
from gengang.settings import Settings
from tests.ledger.lines import AT, ME
from tests.mailbox.dovecot import Account
from tests.unit.test_mail import attached, encoded_word, mail

LATE = datetime(2016, 12, 5, 17, 0, tzinfo=UTC)  # the sixth in China


def letter(number: int, size: int = 0) -> bytes:
    """A mail that is like no other."""
    headers = f"Subject: {encoded_word(f'研修日志{number}', 'gbk')}\r\nDate: Thu, 01 Dec 2016 08:00:00 +0800\r\n"
    return mail(attached('attachment; filename="a.docx"', b"%d" % number + bytes(size)), headers=headers)


def fetched(settings: Settings, ledger: Ledger, account: Account, port: int = 0) -> Fetched:
    """One look into the mailbox."""
    return fetch_mails(replace(settings, mailbox=account.mailbox(port)), ledger, ME, AT)


def in_inbox(settings: Settings) -> list[bytes]:
    """What lies there, half files too."""
    return sorted(path.read_bytes() for path in settings.inbox.rglob("*") if path.is_file())


def taken_in(settings: Settings, ledger: Ledger) -> None:
    """The next step of a pass."""
    take_all_in(settings, ledger, settled_files(settings), date(2016, 12, 6), ME, AT)


def kinds(ledger: Ledger) -> list[str]:
    """Of every line."""
    return [fact.kind for fact in ledger.read()]
