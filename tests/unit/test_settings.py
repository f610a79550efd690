"""Settings say where things are, and refuse what they do not understand."""

from datetime import date
from pathlib import Path

import pytest

from gengang.errors import WorkspaceError
from gengang.settings import Limits, Mailbox, Outgoing, limits_of, mailbox_of, outgoing_of, settings_of


def test_a_workspace_has_its_places(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, {})
    places = {
        settings.inbox: "inbox",
        settings.outbox: "outbox",
        settings.aside: "outbox/待处理",
        settings.archive: "archive",
        settings.templates: "templates",
        settings.forms: "templates/forms",
        settings.roster: "roster.xlsx",
        settings.scheme: "scheme.toml",
        settings.ledger: "gengang.db",
    }
    assert {place.relative_to(tmp_path.resolve()).as_posix(): place for place in places} == {
        name: place for place, name in places.items()
    }
    assert settings.database_url is None


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_a_database_address_names_its_driver(tmp_path: Path, scheme: str) -> None:
    settings = settings_of(tmp_path, {"GENGANG_DATABASE_URL": f" {scheme}://a:secret@h/d "})
    assert settings.database_url == "postgresql+psycopg://a:secret@h/d"
    assert "secret" not in repr(settings)


@pytest.mark.parametrize("address", ["mysql://h/d", "h/d", "sqlite:///x", "postgresql"])
def test_another_address_is_refused_without_being_printed(tmp_path: Path, address: str) -> None:
    with pytest.raises(WorkspaceError, match="PostgreSQL 地址") as caught:
        settings_of(tmp_path, {"GENGANG_DATABASE_URL": address})
    assert address not in str(caught.value).replace("PostgreSQL", "").replace("postgresql+psycopg", "")


def test_seconds_come_from_the_environment(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, {"GENGANG_SETTLE_SECONDS": "0.5", "GENGANG_PATIENCE_SECONDS": "30"})
    assert (settings.settle_seconds, settings.patience_seconds) == (0.5, 30.0)


@pytest.mark.parametrize("text", ["soon", "-1", "1e3", "١", "."])
def test_other_seconds_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(WorkspaceError, match="GENGANG_SETTLE_SECONDS"):
        settings_of(tmp_path, {"GENGANG_SETTLE_SECONDS": text})


def test_what_reading_may_cost_comes_from_the_environment() -> None:
    environ = {
        "GENGANG_READERS": "3",
        "GENGANG_PAGE_SECONDS": "5",
        "GENGANG_FILE_SECONDS": "0.5",
        "GENGANG_MEMORY_MB": "2000",
    }
    assert limits_of(environ) == Limits(3, 5.0, 0.5, 2000)
    assert limits_of({}) == Limits() == Limits(None, 20.0, 60.0, 1000)
    assert settings_of(Path(), environ).limits == limits_of(environ)


WRONG = {"GENGANG_READERS": "0", "GENGANG_MEMORY_MB": "100", "GENGANG_FILE_SECONDS": "soon"}


@pytest.mark.parametrize("name", WRONG)
def test_other_limits_are_refused(name: str) -> None:
    with pytest.raises(WorkspaceError, match=name):
        limits_of({name: WRONG[name]})


# --- the mailbox ---

BOX = {"GENGANG_MAIL_HOST": "imap.example.cn", "GENGANG_MAIL_USER": "a@example.cn", "GENGANG_MAIL_PASSWORD": "secret"}


def test_a_mailbox_comes_from_the_environment_and_its_password_is_not_printed(tmp_path: Path) -> None:
    assert settings_of(tmp_path, {}).mailbox is None
    settings = settings_of(tmp_path, BOX)
    assert settings.mailbox == Mailbox("imap.example.cn", "a@example.cn", 993, "secret")
    assert "secret" not in repr(settings)


def test_everything_of_a_mailbox_may_be_said() -> None:
    said = {
        "GENGANG_MAIL_PORT": "1143", "GENGANG_MAIL_FOLDER": "跟岗材料", "GENGANG_MAIL_TLS": "starttls",
        "GENGANG_MAIL_SINCE": "2016-09-01", "GENGANG_MAIL_PASSWORD": "", "GENGANG_MAIL_PASSWORD_FILE": "/x",
    }  # fmt: skip
    found = mailbox_of(BOX | said)
    assert found is not None
    assert (found.port, found.folder, found.tls, found.since) == (1143, "跟岗材料", "starttls", date(2016, 9, 1))
    assert (found.password, found.password_file) == ("", Path("/x"))


def test_without_tls_from_the_first_byte_the_port_is_another() -> None:
    found = mailbox_of(BOX | {"GENGANG_MAIL_TLS": "STARTTLS"})
    assert found is not None
    assert (found.port, found.tls) == (143, "starttls")


NOT_WHOLE = {
    "no host": {"GENGANG_MAIL_HOST": ""},
    "no user": {"GENGANG_MAIL_USER": " "},
    "no password": {"GENGANG_MAIL_PASSWORD": ""},
    "two passwords": {"GENGANG_MAIL_PASSWORD_FILE": "/x"},
    "another port": {"GENGANG_MAIL_PORT": "0"},
    "another way of TLS": {"GENGANG_MAIL_TLS": "no"},
    "a password in the clear over the network": {"GENGANG_MAIL_TLS": "off"},
    "no day": {"GENGANG_MAIL_SINCE": "September"},
    "a line break in the user": {"GENGANG_MAIL_USER": "a\r\nb"},
}


@pytest.mark.parametrize("said", NOT_WHOLE.values(), ids=list(NOT_WHOLE))
def test_a_mailbox_that_is_not_whole_is_refused(said: dict[str, str]) -> None:
    with pytest.raises(WorkspaceError, match="GENGANG_MAIL_") as caught:
        mailbox_of(BOX | said)
    assert "secret" not in str(caught.value)


def test_a_server_on_this_machine_may_go_without_tls() -> None:
    found = mailbox_of(BOX | {"GENGANG_MAIL_HOST": "localhost", "GENGANG_MAIL_TLS": "off"})
    assert found is not None
    assert (found.port, found.tls) == (143, "off")


# --- the morning note by e-mail ---

OUT = {"GENGANG_SMTP_HOST": "smtp.example.cn", "GENGANG_SMTP_FROM": "a@example.cn", "GENGANG_SMTP_TO": "b@example.cn"}
LOGIN = {"GENGANG_SMTP_USER": "a@example.cn", "GENGANG_SMTP_PASSWORD": "secret"}


def test_where_the_note_is_sent_comes_from_the_environment(tmp_path: Path) -> None:
    assert settings_of(tmp_path, {}).outgoing is None
    assert outgoing_of(OUT) == Outgoing("smtp.example.cn", "a@example.cn", ("b@example.cn",), 465)
    said = {"GENGANG_SMTP_TO": "b@example.cn，c@example.cn, d@example.cn", "GENGANG_SMTP_TLS": "starttls"}
    found = outgoing_of(OUT | LOGIN | said)
    assert found is not None
    assert (len(found.to), found.port, found.user, found.password) == (3, 587, "a@example.cn", "secret")
    assert "secret" not in repr(found)


WRONG_OUT = {
    "no host": OUT | {"GENGANG_SMTP_HOST": ""},
    "no recipient": OUT | {"GENGANG_SMTP_TO": " "},
    "only a comma": OUT | {"GENGANG_SMTP_TO": ","},
    "no sender": OUT | {"GENGANG_SMTP_FROM": ""},
    "a user without a password": OUT | {"GENGANG_SMTP_USER": "a"},
    "a password without a user": OUT | {"GENGANG_SMTP_PASSWORD": "secret"},
    "two passwords": OUT | LOGIN | {"GENGANG_SMTP_PASSWORD_FILE": "/x"},
    "no address": OUT | {"GENGANG_SMTP_TO": "b"},
    "a header in an address": OUT | {"GENGANG_SMTP_FROM": "a@example.cn\r\nBcc: x@example.cn"},
    "a name in an address": OUT | {"GENGANG_SMTP_TO": "王 <b@example.cn>"},
    "another way of TLS": OUT | {"GENGANG_SMTP_TLS": "yes"},
    "in the clear over the network": OUT | {"GENGANG_SMTP_TLS": "off"},
}


@pytest.mark.parametrize("said", WRONG_OUT.values(), ids=list(WRONG_OUT))
def test_a_way_to_send_that_is_not_whole_is_refused(said: dict[str, str]) -> None:
    with pytest.raises(WorkspaceError, match="GENGANG_SMTP_") as caught:
        outgoing_of(said)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("place", ["/srv/原件", "s3://bucket", "s3://bucket/县/2016"])
def test_originals_may_lie_elsewhere(tmp_path: Path, place: str) -> None:
    assert settings_of(tmp_path, {"GENGANG_ORIGINALS": f" {place} "}).originals == place


@pytest.mark.parametrize("place", ["originals", "../share", "s3://", "s3:///", "http://host/bucket"])
def test_a_place_of_originals_that_cannot_be_found_from_everywhere_is_refused(tmp_path: Path, place: str) -> None:
    with pytest.raises(WorkspaceError, match="GENGANG_ORIGINALS 应是"):
        settings_of(tmp_path, {"GENGANG_ORIGINALS": place})


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:8786", "tcp://localhost:1", "tcp://10.0.0.7:8786", "tls://hub.example.cn:8786"]
)
def test_readers_may_stand_elsewhere(tmp_path: Path, address: str) -> None:
    assert settings_of(tmp_path, {"GENGANG_READERS_AT": address}).readers_at == address


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("hub:8786", "的样子"),
        ("http://127.0.0.1:8786", "的样子"),
        ("tcp://127.0.0.1", "的样子"),
        ("tcp://127.0.0.1:x", "的样子"),
        ("tcp://8.8.8.8:8786", "不加密"),
        ("tcp://hub.example.cn:8786", "不加密"),
        ("tcp://0.0.0.0:8786", "不加密"),
    ],
)
def test_a_line_that_others_could_listen_to_is_refused(tmp_path: Path, address: str, why: str) -> None:
    with pytest.raises(WorkspaceError, match=why):
        settings_of(tmp_path, {"GENGANG_READERS_AT": address})
