"""The mailbox on a real IMAP server: every mail once, whole, with the server's day, whatever breaks in between."""

import hashlib
import logging
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from gengang import imap, mailbox
from gengang.errors import WorkspaceError
from gengang.facts import Fact
from gengang.ledger import Ledger
from gengang.mailbox import FOLDER as IN_INBOX
from gengang.mailbox import Fetched, fetch_mails, fetch_now
from gengang.mailed import Mailed, Source, kept_mails
from gengang.reading import Reading
from gengang.season import reading_fact, season_of
from gengang.settings import Settings, settings_of
from tests.ledger.lines import AT, ME
from tests.mailbox.dovecot import FOLDER, OTHER_PASSWORD, PASSWORD, UTF7, Account
from tests.mailbox.letters import LATE, fetched, in_inbox, kinds, letter, taken_in
from tests.mailbox.proxy import Proxy
from tests.unit.test_mail import encoded_word


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A workspace on SQLite alone: what breaks is tried on both databases."""
    (tmp_path / "inbox").mkdir()
    return replace(settings_of(tmp_path, {}), settle_seconds=0.0, patience_seconds=0.0)


# --- one mail ---


def test_a_new_mail_is_a_file_in_the_inbox_a_line_and_a_mark(
    settings: Settings, ledger: Ledger, account: Account
) -> None:
    account.deliver(letter(1), LATE)
    assert fetched(settings, ledger, account) == Fetched(1)
    [path] = (settings.inbox / IN_INBOX).iterdir()
    assert path.read_bytes() == letter(1)
    sha256 = hashlib.sha256(letter(1)).hexdigest()
    assert path.name == f"2016-12-06 a@example.cn 研修日志1 {sha256[:12]}.eml"
    [line] = ledger.read(kinds=("mail",))
    assert (line.subject, line.data["received"], line.data["source"]) == (sha256, "2016-12-05T17:00:00Z", "imap")
    assert (line.personal or {})["sender"] == "a@example.cn"
    assert account.flags() == [{"\\Seen", "Gengang"}]


def test_a_mail_is_fetched_once_even_if_the_server_forgets_its_marks(
    settings: Settings, ledger: Ledger, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.deliver(letter(1), LATE)
    fetched(settings, ledger, account)
    taken_in(settings, ledger)
    account.store("-FLAGS", r"(\Seen Gengang)")
    monkeypatch.delattr(imap.Session, "data")
    assert fetched(settings, ledger, account) == Fetched()
    assert in_inbox(settings) == []
    assert account.flags() == [{"\\Seen", "Gengang"}]


def test_a_mail_that_a_person_has_read_is_fetched(settings: Settings, ledger: Ledger, account: Account) -> None:
    account.deliver(letter(1), LATE)
    account.store("+FLAGS", r"(\Seen)")
    assert fetched(settings, ledger, account).count == 1


def test_what_somebody_marked_for_deletion_is_not_deleted_by_us(
    settings: Settings, ledger: Ledger, account: Account
) -> None:
    account.deliver(letter(1), LATE)
    account.store("+FLAGS", r"(\Deleted)")
    assert fetched(settings, ledger, account).count == 1
    assert account.flags() == [{"\\Seen", "Gengang", "\\Deleted"}]


def test_a_folder_made_anew_is_read_anew_and_its_mails_are_filed_once(
    settings: Settings, ledger: Ledger, account: Account
) -> None:
    box = replace(account.mailbox(), folder=FOLDER)
    there = replace(settings, mailbox=box)
    account.deliver(letter(1), LATE, UTF7)
    assert fetch_mails(there, ledger, ME, AT).count == 1
    taken_in(settings, ledger)
    with account.client() as client:
        client.delete(UTF7)
        client.create(UTF7)
    account.deliver(letter(1), LATE, UTF7)
    account.deliver(letter(2), LATE, UTF7)
    assert fetch_mails(there, ledger, ME, AT).count == 1
    assert in_inbox(settings) == [letter(2)]
    assert kinds(ledger) == ["mail", "arrival", "mail", "mail"]


def test_a_mail_that_was_erased_comes_back_neither_as_file_nor_by_name(
    settings: Settings, ledger: Ledger, account: Account
) -> None:
    there = replace(settings, mailbox=replace(account.mailbox(), folder=FOLDER))
    sha256 = hashlib.sha256(letter(1)).hexdigest()
    account.deliver(letter(1), LATE, UTF7)
    fetch_mails(there, ledger, ME, AT)
    taken_in(settings, ledger)
    ordered = {"subjects": ["P-000000000001", sha256], "files": [sha256]}
    ledger.append([Fact("erasure_ordered", "P-000000000001", ordered, ME, AT)])
    with account.client() as client:
        client.delete(UTF7)
        client.create(UTF7)
    account.deliver(letter(1), LATE, UTF7)
    assert fetch_mails(there, ledger, ME, AT) == Fetched()
    assert in_inbox(settings) == []
    [first, again] = ledger.read(kinds=("mail",))
    assert first.data["uidvalidity"] != again.data["uidvalidity"]
    assert again.personal is None


def test_mails_of_before_a_day_are_left_alone(settings: Settings, ledger: Ledger, account: Account) -> None:
    """Their day is the one in China, which the server does not know."""
    for number, hour in ((0, 1), (1, 15), (2, 17)):
        account.deliver(letter(number), datetime(2016, 12, 5, hour, 59, tzinfo=UTC))
    since = replace(settings, mailbox=replace(account.mailbox(), since=date(2016, 12, 6)))
    assert fetch_mails(since, ledger, ME, AT).count == 1
    assert in_inbox(settings) == [letter(2)]


def test_equal_mails_are_one_file_and_a_line_each(settings: Settings, ledger: Ledger, account: Account) -> None:
    for _ in range(2):
        account.deliver(letter(1), LATE)
    assert fetched(settings, ledger, account).count == 1
    assert kinds(ledger) == ["mail", "mail"]


def test_a_mail_too_big_stays_where_it_is_and_is_told(
    settings: Settings, ledger: Ledger, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.deliver(letter(1), LATE)
    account.deliver(letter(2, 9_000), LATE)
    monkeypatch.setattr(mailbox, "MOST_BYTES", 5_000)
    found = fetched(settings, ledger, account)
    assert found.count == 1
    assert "1封邮件太大" in found.remarks[0]
    assert account.flags()[1] == {"\\Recent"} or account.flags()[1] == set()


def test_a_mail_s_name_is_legal_whatever_it_says(settings: Settings, ledger: Ledger, account: Account) -> None:
    for words in ('a/../../b: *?" \u202e', "长" * 300, "", "\r\n CON"):
        account.deliver(f"From: x@example.cn\r\nSubject: {encoded_word(words, 'utf-8')}\r\n\r\n{words}".encode(), LATE)
    assert fetched(settings, ledger, account).count == 4
    names = [path.name for path in (settings.inbox / IN_INBOX).iterdir()]
    assert all(len(name.encode()) <= 110 and name.endswith(".eml") for name in names)
    assert not any(set(name) & set('<>:"/\\|?*\u202e\r\n') for name in names)
    taken_in(settings, ledger)
    assert kinds(ledger).count("arrival") == 4


def test_a_file_that_somebody_changed_is_left_alone(settings: Settings, ledger: Ledger, account: Account) -> None:
    account.deliver(letter(1), LATE)
    fetched(settings, ledger, account)
    [path] = (settings.inbox / IN_INBOX).iterdir()
    path.write_bytes(b"changed")
    again = replace(account.mailbox(), host="localhost")
    fetch_mails(replace(settings, mailbox=again), ledger, ME, AT)
    assert in_inbox(settings) == sorted([b"changed", letter(1)])


# --- the day ---


def test_the_server_s_day_counts_before_the_mail_s_own_and_before_its_folder_s(
    settings: Settings, ledger: Ledger, account: Account
) -> None:
    account.deliver(letter(1), LATE)
    fetched(settings, ledger, account)
    taken_in(settings, ledger)
    [line] = ledger.read(kinds=("mail",))
    append_reading(ledger, line.subject, "2016-12-01", "sent")
    assert received_days(ledger) == [date(2016, 12, 6)]
    again = settings.inbox / "2016-12-03 张村小学" / "a.eml"
    again.parent.mkdir()
    again.write_bytes(letter(1))
    taken_in(settings, ledger)
    assert received_days(ledger) == [date(2016, 12, 6)]


def test_a_mail_moved_from_another_mailbox_was_received_when_its_headers_say(
    settings: Settings, ledger: Ledger, account: Account
) -> None:
    """A server gives a mail that is moved in the day of the move; what it stamped on top is older, and its own word."""
    account.deliver(letter(1), LATE)
    fetched(settings, ledger, account)
    taken_in(settings, ledger)
    [line] = ledger.read(kinds=("mail",))
    for stamped, day in (("2016-12-02", 2), ("2016-12-09", 6)):
        append_reading(ledger, line.subject, stamped, "server")
        assert received_days(ledger) == [date(2016, 12, day)]


def append_reading(ledger: Ledger, sha256: str, received: str, source: Source) -> None:
    """A paper that came in a mail with that day."""
    mailed = Mailed("a.eml", "a@example.cn", "", "", received=date.fromisoformat(received), source=source)
    about = {"received": received, "mails": kept_mails([mailed])}
    ledger.append([reading_fact(f"{sha256}#0", Reading("appraisal", "v", {}), "word", about, ME, AT)])


def received_days(ledger: Ledger) -> list[date | None]:
    """When each paper was received, by all that is known."""
    return [held.paper.received for held in season_of(ledger.read()).papers]


# --- a server that refuses ---


REFUSED = {
    "a search by mark": (b"UNKEYWORD", b"UNKNOWNWD", (2, False)),
    "a mark": (b"STORE", b"STOKE", (2, False)),
    "a search by day": (b"SINCE", b"SINSE", (2, False)),
    "a mail": (b"BODY.PEEK", b"BODY.PEER", (0, False)),
    "every search": (b"SEARCH", b"SERACH", (0, True)),
}


@pytest.mark.parametrize(("said", "heard", "expected"), REFUSED.values(), ids=list(REFUSED))
def test_what_a_server_refuses_costs_no_more_than_that(
    settings: Settings, ledger: Ledger, account: Account, proxy: Proxy,
    said: bytes, heard: bytes, expected: tuple[int, bool],
) -> None:  # fmt: skip
    account.deliver(letter(1), LATE)
    fetched(settings, ledger, account)
    for number in (2, 3):
        account.deliver(letter(number), LATE)
    proxy.spoiled = (said, heard)
    box = replace(account.mailbox(proxy.port), since=date(2016, 12, 1))
    found = fetch_mails(replace(settings, mailbox=box), ledger, ME, AT)
    assert (found.count, found.failed) == expected
    assert bool(found.remarks) == (found.count == 0)
    assert fetched(settings, ledger, account).count == 2 - found.count


# --- settings ---


@pytest.mark.parametrize("tls", ["on", "starttls"])
def test_a_connection_is_encrypted_and_the_server_proved(
    settings: Settings, ledger: Ledger, account: Account, tls: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.deliver(letter(1), LATE)
    port = account.server.secure if tls == "on" else account.server.plain
    box = replace(account.mailbox(port), host="localhost", tls=tls)  # type: ignore[arg-type]
    untrusted = fetch_mails(replace(settings, mailbox=box), ledger, ME, AT)
    assert "证书" in untrusted.remarks[0]
    monkeypatch.setenv("SSL_CERT_FILE", str(account.server.certificate))
    assert fetch_mails(replace(settings, mailbox=box), ledger, ME, AT) == Fetched(1)


def test_a_folder_that_is_not_there_is_told(settings: Settings, ledger: Ledger, account: Account) -> None:
    box = replace(account.mailbox(), folder="没有")
    found = fetch_mails(replace(settings, mailbox=box), ledger, ME, AT)
    assert "打不开文件夹“没有”" in found.remarks[0]


def test_the_password_may_stand_in_a_file(settings: Settings, ledger: Ledger, account: Account, tmp_path: Path) -> None:
    account.deliver(letter(1), LATE)
    secret = tmp_path / "password.txt"
    box = replace(account.mailbox(), password="", password_file=secret)
    there = replace(settings, mailbox=box)
    assert "邮箱密码文件读不出来" in fetch_mails(there, ledger, ME, AT).remarks[0]
    secret.write_text(f"{PASSWORD}\r\n", encoding="utf-8-sig")
    assert fetch_mails(there, ledger, ME, AT) == Fetched(1)


def test_a_password_of_any_letters_is_taken(settings: Settings, ledger: Ledger, account: Account) -> None:
    account.deliver(letter(1), LATE)
    box = replace(account.mailbox(), password=OTHER_PASSWORD)
    assert fetch_mails(replace(settings, mailbox=box), ledger, ME, AT) == Fetched(1)


def test_the_password_is_in_no_log_line_sentence_or_file(
    settings: Settings, ledger: Ledger, account: Account, proxy: Proxy,
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    account.deliver(letter(1), LATE)
    said: list[str] = []
    for known in (PASSWORD, OTHER_PASSWORD):
        wrong = replace(account.mailbox(), password=f"{known}x")
        said += [*fetch_mails(replace(settings, mailbox=wrong), ledger, ME, AT).remarks, repr(wrong)]
        assert "授权码”代替密码" in said[-2]
    for after in (100, 400, 2_000, None):
        proxy.after = after
        said += fetched(settings, ledger, account, proxy.port).remarks
    printed = "".join(capfd.readouterr())
    kept = b"".join(path.read_bytes() for path in settings.workspace.rglob("*") if path.is_file())
    lines = [repr(fact) for fact in ledger.read()]
    for secret in (PASSWORD, OTHER_PASSWORD, "geheim"):
        assert secret not in "\n".join([*said, *lines, printed, caplog.text])
        assert secret.encode() not in kept


def test_no_mailbox_is_no_mail(settings: Settings, ledger: Ledger) -> None:
    assert fetch_mails(settings, ledger, ME, AT) == Fetched()


def test_mail_alone_is_fetched_by_a_command(settings: Settings, account: Account) -> None:
    (settings.workspace / "scheme.toml").write_text("", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="GENGANG_MAIL_HOST"):
        fetch_now(settings, ME, AT)
    there = replace(settings, mailbox=account.mailbox())
    assert fetch_now(there, ME, AT).lines == ("邮箱里没有新邮件。",)
    account.deliver(letter(1), LATE)
    found = fetch_now(there, ME, AT)
    assert (found.lines, found.exit_code) == (("从邮箱新收1封邮件。",), 0)
    assert fetch_now(replace(settings, mailbox=account.mailbox(1)), ME, AT).exit_code == 2
