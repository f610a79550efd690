"""The morning note by e-mail: when something happened, once, without a name, and a server away stops nothing."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengang import smtp
from gengang.ledger import Ledger
from gengang.mailbox import Fetched
from gengang.night import Done, judge, read_new, take_in, tell
from gengang.papers.morning import FILE, Came, Changed, Link, MorningNote, Need, Overdue
from gengang.papers.morning_mail import Known, happened, hidden, mail_text, standing_of, subject_of
from gengang.posting import FOLDER, post_note
from gengang.settings import Limits, Outgoing, Settings, Tls, settings_of
from gengang.smtp import PostError, send, try_login
from gengang.under_way import RunRequest, opened
from gengang.workspace import BUILT_IN, new_workspace
from tests.ledger.kept_season import LISTED, ZHANG
from tests.ledger.lines import AT, ME
from tests.mailbox.proxy import Proxy, proxy_to
from tests.mailbox.smtpd import NOBODY, Post, running_post

NOTE = MorningNote(
    "安和县2016年跟岗研修",
    date(2016, 12, 7),
    came=(Came("研修日志2份", f"张村小学 {ZHANG.name}", Link("x")),),
    changed=(Changed(f"张村小学 {ZHANG.name}", "考核结论", "未考核", "合格 86分"),),
    needs=(
        Need(f"张村小学 {ZHANG.name}", Link("x"), "身份证号", f"“{ZHANG.id_number}”与花名册不同"),
        Need("2016-12-06 钱多多", Link("x"), "", "认不出是谁的材料，请指定。"),
    ),
    overdue=(Overdue("张村小学", "考勤表", "W-03", "已过期3天"), Overdue("周明", "指导工作总结", "W-04", "")),
)
QUIET = replace(NOTE, came=(), changed=())


@pytest.fixture
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    """A server without TLS."""
    with running_post(tmp_path_factory.mktemp("post")) as started:
        yield started


@pytest.fixture
def between(post: Post) -> Iterator[Proxy]:
    """Somebody between us and the server."""
    with proxy_to(post.port) as proxy:
        yield proxy


def posted(settings: Settings, ledger: Ledger, outgoing: Outgoing, note: MorningNote = NOTE) -> tuple[str, ...]:
    return post_note(replace(settings, outgoing=outgoing), ledger, note, LISTED, ME, AT)


def waiting(settings: Settings) -> int:
    return len([*(settings.workspace / FOLDER).glob("*.eml")])


# --- once, and when something happened ---


def test_what_happened_is_sent_once_and_a_quiet_run_sends_nothing(
    settings: Settings, ledger: Ledger, post: Post
) -> None:
    assert posted(settings, ledger, post.outgoing()) == ()
    assert posted(settings, ledger, post.outgoing()) == ()  # a run that was killed before it could say so
    later = replace(
        QUIET, as_of=date(2016, 12, 8), overdue=(replace(NOTE.overdue[0], late="已过期4天"), NOTE.overdue[1])
    )
    assert posted(settings, ledger, post.outgoing(), later) == ()
    assert [mail["Subject"] for mail in post.taken] == ["今日要点 2016-12-07：需要处理2件，未交2件，过期1件"]
    assert waiting(settings) == 0
    settled = replace(later, needs=NOTE.needs[:1])
    posted(settings, ledger, post.outgoing(), settled)
    assert len(post.taken) == 2


def test_without_settings_nothing_is_written(settings: Settings, ledger: Ledger) -> None:
    assert post_note(settings, ledger, NOTE, LISTED, ME, AT) == ()
    assert ledger.head()[0] == 0
    assert not (settings.workspace / ".press").exists()


def test_a_first_run_with_nothing_to_tell_sends_nothing() -> None:
    assert not happened(MorningNote("x", date(2016, 12, 7)), None)
    assert happened(QUIET, None)
    assert not happened(QUIET, standing_of(QUIET))


def test_a_mail_is_whole_and_says_who_sent_it(settings: Settings, ledger: Ledger, post: Post) -> None:
    posted(settings, ledger, post.outgoing("li@example.cn", "wang@example.cn"))
    [mail] = post.taken
    assert (mail["From"], mail["To"]) == ("office@example.cn", "li@example.cn, wang@example.cn")
    assert mail["Message-ID"].endswith("@example.cn>")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().replace("\r\n", "\n") == mail_text(NOTE, known())
    assert post.for_whom == [["li@example.cn", "wang@example.cn"]]


# --- nobody's name leaves the machine ---


def known() -> Known:
    return Known({ZHANG.name, "周明"}, {"张村小学"})


def test_the_mail_says_what_waits_and_no_name_number_or_quoted_value() -> None:
    said = f"{subject_of(NOTE)}\n{mail_text(NOTE, known())}"
    assert "张村小学 张××　身份证号　“……”与花名册不同" in said
    assert "周××　指导工作总结" in said
    assert "未考核 → 合格：1人" in said
    assert "××　认不出是谁的材料" in said
    for secret in (ZHANG.name, ZHANG.id_number, "钱多多", "周明", "86"):
        assert secret not in said


NAMES = st.lists(st.text("张王李赵欧阳小三四五明华", min_size=2, max_size=4), min_size=1, max_size=6, unique=True)


@given(NAMES, st.lists(st.sampled_from(["，", "“", "”", "与", "13800138000", "li@example.cn", "第3栏"]), max_size=9))
def test_no_name_of_the_roster_and_no_number_stays_in_a_line(names: list[str], words: list[str]) -> None:
    text = "".join(part for pair in zip(names * 2, [*words, *[""] * 12], strict=False) for part in pair)
    said = hidden(text, names)
    assert [name for name in names if name in said] == []
    assert "13800138000" not in said
    assert "example.cn" not in said


# --- a server that is away, or does not want it ---


def test_a_server_away_is_told_and_the_next_run_sends_it(settings: Settings, ledger: Ledger, post: Post) -> None:
    away = replace(post.outgoing(), port=1)
    [said] = posted(settings, ledger, away)
    assert "连不上" in said
    [said] = posted(settings, ledger, away, QUIET)
    assert waiting(settings) == 1
    assert posted(settings, ledger, post.outgoing(), QUIET) == ()
    assert [mail["Subject"] for mail in post.taken] == [subject_of(NOTE)]
    assert waiting(settings) == 0


def test_a_refused_login_is_told_without_the_password(settings: Settings, ledger: Ledger, post: Post) -> None:
    [said] = posted(settings, ledger, post.outgoing(password="wrong-7"))
    assert "登录被拒绝" in said
    assert "wrong-7" not in said
    assert (len(post.taken), waiting(settings)) == (0, 1)


def test_one_recipient_refused_costs_the_others_nothing(settings: Settings, ledger: Ledger, post: Post) -> None:
    [said] = posted(settings, ledger, post.outgoing("li@example.cn", NOBODY))
    assert "第2个收件人" in said
    assert NOBODY not in said
    assert post.for_whom == [["li@example.cn"]]
    assert waiting(settings) == 0


def test_all_recipients_refused_or_the_sender_keeps_it(settings: Settings, ledger: Ledger, post: Post) -> None:
    [said] = posted(settings, ledger, post.outgoing(NOBODY))
    assert "拒收" in said
    post.sender_refused = True
    [said] = posted(settings, ledger, post.outgoing(), QUIET)
    assert "发件人" in said
    assert "张三" not in said
    post.sender_refused = False
    assert posted(settings, ledger, post.outgoing(), QUIET) == ()
    assert len(post.taken) == 1


@pytest.mark.parametrize("after", [0, 10, 40, 90, 180, 240, 260])
@pytest.mark.parametrize("silent", [False, True])
def test_wherever_the_connection_drops_it_is_sent_once(
    post: Post, between: Proxy, monkeypatch: pytest.MonkeyPatch, after: int, silent: bool
) -> None:
    monkeypatch.setattr(smtp, "ANSWER_SECONDS", 0.3)
    between.after, between.silent = after, silent
    mail = _mail()
    got_through = True
    try:
        send(post.outgoing(port=between.port), mail)
    except PostError:
        got_through = False
    assert got_through <= (len(post.taken) == 1)
    between.after = None
    if not got_through:
        send(post.outgoing(port=between.port), mail)
    assert {one["Message-ID"] for one in post.taken} == {mail["Message-ID"]}
    assert len(post.taken) <= 2  # twice only when the server's yes was lost, and then under the same number


def _mail() -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = "office@example.cn", "li@example.cn", "<1@example.cn>"
    mail.set_content("要点")
    return mail


@pytest.mark.parametrize("tls", ["on", "starttls"])
def test_over_tls_a_server_is_trusted_by_its_certificate_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tls: Tls
) -> None:
    with running_post(tmp_path, tls) as post:
        with pytest.raises(PostError, match="证书"):
            try_login(post.outgoing(tls=tls))
        monkeypatch.setenv("SSL_CERT_FILE", str(post.certificate))
        try_login(post.outgoing(tls=tls))
        assert send(post.outgoing(tls=tls), _mail()) == ()
        assert len(post.taken) == 1


def test_a_pass_goes_on_without_its_mail_and_sends_it_the_next_time(tmp_path: Path, post: Post) -> None:
    new_workspace(tmp_path / "w", "county-2016")
    settings = replace(settings_of(tmp_path / "w", {}), settle_seconds=0.0, patience_seconds=0.0, limits=Limits(1))
    for name in ("forms/training_log.docx", "papers/packet_cover.docx"):  # all of them take a second to compile
        (settings.templates / name).parent.mkdir()
        shutil.copy(BUILT_IN / name, settings.templates / name)
    (settings.workspace / "学校一览表.csv").write_text("学校名称,是否农村,学段\n张村小学,是,小学\n", encoding="utf-8")
    (settings.inbox / "坏.docx").write_bytes(b"broken")
    told = []
    for outgoing in (replace(post.outgoing(), port=1), post.outgoing()):
        request = RunRequest(replace(settings, outgoing=outgoing), date(2016, 12, 20), ME, AT, lambda *_: None)
        with opened(request) as under_way:
            intake, read = take_in(under_way), read_new(under_way)
            night = tell(under_way, Done(None, intake, read, (), judge(under_way), (), Fetched()))
        page = (settings.outbox / FILE).read_text("utf-8")
        told.append(("连不上" in page, any("连不上" in one for one in night.lines)))
    assert told == [(True, True), (False, False)]
    assert len(post.taken) == 1


def test_a_password_file_that_is_gone_is_told(post: Post, tmp_path: Path) -> None:
    gone = replace(post.outgoing(), password="", password_file=tmp_path / "gone")
    with pytest.raises(PostError, match="GENGANG_SMTP_PASSWORD_FILE"):
        try_login(gone)
    (tmp_path / "gone").write_text(f"{post.outgoing().password}\n")
    try_login(gone)
