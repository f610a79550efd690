"""The check-up of a workspace: what is not as it should be is said with what to do, and nothing is made."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from gengang.doctor import Check
from gengang.doctor_workspace import LOOKED_AT, workspace_checks
from gengang.facts import Fact
from gengang.keyring import key_facts, new_key
from gengang.ledger import Ledger, open_ledger
from gengang.migrations import mark_moved
from gengang.settings import Mailbox, Outgoing, Settings, settings_of
from tests.ledger.lines import AT, ME, person
from tests.mailbox.smtpd import running_post

NOW = datetime(2016, 12, 7, tzinfo=UTC)


def checks(settings: Settings, home: Path | None = None, now: datetime = NOW) -> dict[str, Check]:
    return {one.name: one for one in workspace_checks(settings, home or settings.workspace / "home", now)}


def test_a_new_workspace_has_notes_and_no_error_and_no_ledger_is_made(tmp_path: Path) -> None:
    found = checks(settings_of(tmp_path, {}))
    assert {one.state for one in found.values()} <= {"ok", "note"}
    assert "第一次运行" in found["ledger"].sentence
    assert [*tmp_path.iterdir()] == []


def test_a_ledger_in_use_is_sound(settings: Settings, ledger: Ledger) -> None:
    ledger.append([Fact("run", "run", {"phase": "done"}, ME, AT), person()])
    found = checks(settings)
    assert {name: found[name].state for name in ("database", "ledger", "seals", "last run")} == dict.fromkeys(
        ("database", "ledger", "seals", "last run"), "ok"
    )
    assert ("SQLite" if settings.database_url is None else "PostgreSQL") in found["database"].sentence
    late = checks(settings, now=datetime(2016, 12, 20, tzinfo=UTC))["last run"]
    assert (late.state, "已过13天" in late.sentence) == ("note", True)


def test_a_key_is_there_read_by_others_or_lost(settings: Settings, ledger: Ledger) -> None:
    assert checks(settings)["key"].state == "note"
    key = new_key(settings.keys, AT)
    ledger.append(key_facts(settings.keys, ME, AT))
    assert (checks(settings)["key"].state, key.public.id in checks(settings)["key"].sentence) == ("ok", True)
    [secret] = settings.keys.glob("*.pem")
    secret.chmod(0o644)
    assert "chmod 600" in checks(settings)["key"].sentence
    shutil.rmtree(settings.keys)
    lost = checks(settings)["key"]
    assert (lost.state, "不见了" in lost.sentence) == ("warning", True)


def test_an_empty_database_is_a_note(settings: Settings) -> None:
    if settings.database_url is None:
        settings.ledger.touch()
    found = checks(settings)
    assert (found["ledger"].state, "空的" in found["ledger"].sentence) == ("note", True)


def tamper(ledger: Ledger, sequence: int) -> None:
    """Somebody changes a line behind our back."""
    with ledger.database.writing() as connection:
        if ledger.database.lock_file is None:
            connection.execute(text("ALTER TABLE facts DISABLE TRIGGER USER"))
        else:
            connection.execute(text("DROP TRIGGER facts_no_update"))
        connection.execute(text(f"UPDATE facts SET at = '2000-01-01T00:00:00Z' WHERE sequence = {sequence}"))


@pytest.mark.parametrize("sequence", [1, 3])
def test_a_line_that_was_changed_is_an_error(settings: Settings, ledger: Ledger, sequence: int) -> None:
    ledger.append([person(f"P-{number:012d}") for number in range(4)])
    tamper(ledger, sequence)
    seals = checks(settings)["seals"]
    assert seals.state == "error"
    assert f"第{sequence}行" in seals.sentence
    assert "备份" in seals.sentence


def test_of_a_long_ledger_the_last_lines_are_looked_at(tmp_path: Path) -> None:
    ledger = open_ledger(settings_of(tmp_path, {}))
    ledger.append([person(f"P-{number:012d}") for number in range(LOOKED_AT + 50)])
    assert checks(settings_of(tmp_path, {}))["seals"].state == "ok"
    tamper(ledger, LOOKED_AT + 49)
    ledger.close()
    assert checks(settings_of(tmp_path, {}))["seals"].state == "error"


def test_a_ledger_that_was_moved_or_is_newer_is_an_error(settings: Settings, ledger: Ledger) -> None:
    with ledger.database.writing() as connection:
        connection.execute(text("INSERT INTO schema_steps (number, name) VALUES (77, 'later')"))
    assert "更新的" in checks(settings)["ledger"].sentence
    with ledger.database.writing() as connection:
        mark_moved(connection, "于2016-12-07移到别处")
    found = checks(settings)["ledger"]
    assert found.state == "error"
    assert "移到别处" in found.sentence


def test_a_database_out_of_reach_is_an_error(tmp_path: Path) -> None:
    away = replace(settings_of(tmp_path, {}), database_url=f"postgresql+psycopg://x@/y?host={tmp_path}")
    found = checks(away)["database"]
    assert (found.state, "连不上" in found.sentence) == ("error", True)


def cron(home: Path) -> None:
    (home / ".config/systemd/user").mkdir(parents=True)
    (home / "gengang").touch()
    (home / ".config/systemd/user/night.service").write_text("ExecStart=%h/gengang run")


def moved_away(home: Path) -> None:
    cron(home)
    (home / "gengang").unlink()


def of_others(home: Path) -> None:
    (home / ".config/systemd/user").mkdir(parents=True)
    (home / ".config/systemd/user/other.timer").write_text("[Timer]")


@pytest.mark.parametrize(("laid", "state"), [(cron, "ok"), (of_others, "note"), (moved_away, "warning")])
def test_a_schedule_is_found_or_it_says_how(tmp_path: Path, laid: Callable[[Path], None], state: str) -> None:
    laid(tmp_path / "home")
    found = checks(settings_of(tmp_path, {}), tmp_path / "home")["schedule"]
    assert found.state == state
    assert ("Every night" in found.sentence) == (state == "note")


def test_mail_that_cannot_be_reached_is_a_warning_and_one_that_can_is_not(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, {})
    assert (checks(settings)["mailbox"].state, checks(settings)["outgoing mail"].state) == ("note", "note")
    away = replace(
        settings,
        mailbox=Mailbox("127.0.0.1", "a@example.cn", 1, "geheim", tls="off"),
        outgoing=Outgoing("127.0.0.1", "a@example.cn", ("b@example.cn",), 1, tls="off"),
    )
    found = checks(away)
    assert (found["mailbox"].state, found["outgoing mail"].state) == ("warning", "warning")
    assert "今日要点没有发出" not in found["outgoing mail"].sentence
    with running_post(tmp_path) as post:
        found = checks(replace(settings, outgoing=post.outgoing()))
        assert found["outgoing mail"].state == "ok"
        assert post.taken == []
