"""A whole season backed up, restored, closed: the same state and packet, and a certificate printed again."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gengang.backing_up import back_up
from gengang.checking import faults_of_workspace
from gengang.closing import close_season
from gengang.erasure import Wish
from gengang.packeting import packet_papers
from gengang.restoring import restore
from gengang.settings import Settings
from gengang.status import season_status
from gengang.workspace import BUILT_IN
from tests.ledger.cluster import running_cluster
from tests.whole.samples import (
    AT,
    bytes_under,
    copied,
    few_packet,
    head,
    issued,
    made_once,
    request,
    settings_for,
    silent,
)

PACKET = "汇编/办公室底册_草稿.pdf"


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three trainees' season with its certificates and its packet."""

    def make(half: Path) -> None:
        packet_papers(request(copied(few_packet(tmp_path_factory), half)))

    return made_once(tmp_path_factory, "ended", make)


def packet_of(settings: Settings) -> bytes:
    """The packet, bound anew."""
    (settings.outbox / PACKET).unlink()
    packet_papers(request(settings))
    return (settings.outbox / PACKET).read_bytes()


def test_a_restored_season_has_the_same_state_and_binds_the_same_packet(ended: Path, tmp_path: Path) -> None:
    settings = copied(ended, tmp_path / "w")
    bound = (settings.outbox / PACKET).read_bytes()
    backup = back_up(settings, tmp_path / "a.zip", AT, silent).path
    with running_cluster() as cluster:
        for name, url in (("sqlite", ""), ("postgresql", cluster.new_database())):
            target = settings_for(tmp_path / name, url)
            restore(backup, target, "x")
            assert season_status(target, None) == season_status(settings, None)
            before = head(target)
            assert packet_of(target) == bound
            assert head(target) == before  # nothing was printed or judged anew
            assert faults_of_workspace(target, "all") == ()


def test_a_certificate_of_a_closed_year_verifies_and_is_printed_again(ended: Path, tmp_path: Path) -> None:
    settings = copied(ended, tmp_path / "w")
    close_season(replace(request(settings), as_of=date(2017, 1, 16)), Wish(""), tmp_path / "2017")
    papers = {path: path.read_bytes() for path in (settings.outbox / "证书").rglob("*.docx")}
    assert papers
    for path in papers:
        path.unlink()
        path.with_suffix(".pdf").unlink()
    upgraded(settings)
    again = issued(settings, "2018-03-01T08:00:00Z")
    assert "新出" in again.lines[0]
    assert {path: path.read_bytes() for path in papers} == papers
    assert faults_of_workspace(settings, "all") == ()


def upgraded(settings: Settings) -> None:
    """Years later the office's templates and rules are others."""
    (settings.templates / "papers").mkdir(parents=True, exist_ok=True)
    for path in (BUILT_IN / "papers").glob("*.docx"):
        other = BUILT_IN / "papers" / "missing_list.docx" if path.stem == "certificate" else path
        (settings.templates / "papers" / path.name).write_bytes(other.read_bytes())
    text = settings.scheme.read_text(encoding="utf-8")
    settings.scheme.write_text(text.replace("2016", "2017"), encoding="utf-8")


def test_nobody_gets_a_new_number_after_the_closing(few_run: Path, tmp_path: Path) -> None:
    settings = copied(few_run, tmp_path / "w")
    early = Wish("证书另行办理", "李主任", senior=True)
    close_season(replace(request(settings), as_of=date(2017, 1, 16)), early, None)
    before = bytes_under(settings.archive), head(settings)
    told = issued(settings, "2017-02-01T08:00:00Z")
    assert any("不再发新号" in line for line in told.lines)
    assert told.exit_code == 1
    assert (bytes_under(settings.archive), head(settings)) == before
    assert not any(line.startswith("J") for line in told.lines)
