"""Mail in a pass: who sent it stands in the ledger and in the morning note, and no mailbox stops anything."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from gengang.facts import Fact
from gengang.mailbox import Fetched
from gengang.night import Done, Night, fetch_mail, judge, read_new, take_in, tell
from gengang.papers.morning import FILE
from gengang.season import Season, season_of
from gengang.settings import Limits, Mailbox, settings_of
from gengang.under_way import RunRequest, opened
from gengang.workspace import new_workspace
from tests.ledger.lines import AT, ME
from tests.unit.outlook_files import TIME, attached, attachments, carried, msg, storage_of, ticks, words
from tests.unit.prints import docx_of
from tests.unit.test_mail import encoded_word, mail

NOWHERE = Mailbox("127.0.0.1", "office@example.cn", 1, "x", tls="off")


@dataclass(frozen=True, slots=True)
class Passed:
    """What a pass left behind."""

    facts: tuple[Fact, ...]
    season: Season
    night: Night
    note: str


def passed_on() -> bytes:
    """A head teacher's .msg with a teacher's message in it, and that one's form."""
    own = [words(0x0C1A, "张三"), words(0x0C1F, "zhang@example.cn"), words(0x0037, "研修日志")]
    inner = storage_of(own, 24, attachments([attached("日志.docx", docx_of("training_log"))]))
    delivered = (0x0E06, TIME, ticks(datetime(2016, 12, 5, 17, 0, tzinfo=UTC)))
    return msg([words(0x0C1A, "王校长"), words(0x0C1F, "wang@example.cn"), delivered], [carried(inner)])


@pytest.fixture(scope="module")
def passed(tmp_path_factory: pytest.TempPathFactory) -> Passed:
    """A pass over two mails, without printing, with a mailbox that is out of reach."""
    folder = tmp_path_factory.mktemp("mail") / "w"
    new_workspace(folder, "county-2016")
    _drop(folder / "inbox")
    settings = replace(settings_of(folder, {}), settle_seconds=0.0, patience_seconds=0.0, limits=Limits(1))
    request = RunRequest(replace(settings, mailbox=NOWHERE), date(2016, 12, 20), ME, AT, lambda *_: None)
    with opened(request, needs_roster=False) as under_way:
        fetched = fetch_mail(under_way)
        intake = take_in(under_way)
        read = read_new(under_way)
        night = tell(under_way, Done(None, intake, read, (), judge(under_way), (), fetched))
        facts = tuple(under_way.ledger.read())
    return Passed(facts, season_of(facts), night, (folder / "outbox" / FILE).read_text(encoding="utf-8"))


def _drop(inbox: Path) -> None:
    (inbox / "a.msg").write_bytes(passed_on())
    sender = f"From: {encoded_word('李四', 'gbk')} <li@example.cn>\r\n"
    (inbox / "b.eml").write_bytes(mail().replace(b"From: a@example.cn\r\n", sender.encode()))


def test_a_paper_has_the_day_of_the_outer_mail_and_both_senders(passed: Passed) -> None:
    [held] = passed.season.papers
    assert held.paper.received == date(2016, 12, 6)
    assert [one.whose for one in held.mails] == ["王校长 wang@example.cn", "张三 zhang@example.cn"]


def test_what_was_sent_back_names_its_sender_where_a_person_looks(passed: Passed) -> None:
    [refusal] = passed.season.refusals
    assert [one.whose for one in refusal.mails] == ["李四 li@example.cn"]
    assert "李四 li@example.cn" in passed.note


def test_a_mailbox_out_of_reach_is_told_and_the_pass_goes_on(passed: Passed) -> None:
    [sentence] = [line for line in passed.night.lines if "邮箱" in line]
    assert sentence in passed.note
    assert passed.night.counts.even
    assert passed.night.counts.arrived == 2


def test_a_pass_that_asks_no_mailbox_tells_what_the_last_look_was_told(tmp_path: Path) -> None:
    new_workspace(tmp_path, "county-2016")
    settings = replace(settings_of(tmp_path, {}), mailbox=NOWHERE)
    last = Fetched(2, ("邮箱里有1封邮件太大，没有收。",))
    asks = RunRequest(settings, date(2016, 12, 20), ME, AT, lambda *_: None)
    for request, failed, told in ((asks, True, "连不上"), (replace(asks, mail=last.kept), False, "太大")):
        with opened(request, needs_roster=False) as under_way:
            found = fetch_mail(under_way)
        assert (found.count, found.failed) == (0, failed)
        assert told in found.remarks[0]


def test_no_sender_stands_beside_the_personal_values(passed: Passed) -> None:
    said = repr([(fact.kind, fact.subject, fact.data) for fact in passed.facts])
    assert "example.cn" not in said
    assert "张三" not in said
