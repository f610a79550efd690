"""A season whose originals lie in a shared folder or a store is run, proved, backed up, restored and erased as ever."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import boto3
import pytest

from gengang.backing_up import back_up
from gengang.checking import faults_of_workspace
from gengang.doctor_machines import machine_checks
from gengang.erasing import erase_person
from gengang.erasure import Wish
from gengang.errors import WorkspaceError
from gengang.ledger import open_ledger
from gengang.masked_archive import masked_archive
from gengang.night import run_once
from gengang.originals import originals_place
from gengang.restoring import restore
from gengang.settings import Settings, settings_of
from gengang.status import season_status
from gengang.under_way import RunRequest, opened
from tests.far.store import NAMES, started_store
from tests.ledger.kept_season import AT, ZHANG, Small, print_nothing, request, small_season
from tests.whole.samples import silent


@pytest.fixture(autouse=True)
def _no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    print_nothing(monkeypatch)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bucket."""
    with started_store() as address:
        for name, value in {**NAMES, "AWS_ENDPOINT_URL": address}.items():
            monkeypatch.setenv(name, value)
        boto3.client("s3").create_bucket(Bucket="gengang")
        yield "s3://gengang"


@pytest.fixture(params=["share", "store"])
def small(request: pytest.FixtureRequest, tmp_path: Path) -> Small:
    """The small season after a run."""
    (tmp_path / "w" / "inbox").mkdir(parents=True)
    (tmp_path / "share").mkdir()
    place = str(tmp_path / "share") if request.param == "share" else f"{request.getfixturevalue('store')}/县/2016"
    settings = replace(settings_of(tmp_path / "w", {}), originals=place, settle_seconds=0.0, patience_seconds=0.0)
    ledger = open_ledger(settings)
    season = small_season(settings, ledger)
    ledger.close()
    run_once(pass_of(settings))
    return season


def pass_of(settings: Settings) -> RunRequest:
    return request(settings, at=AT)


def test_the_check_up_says_whether_they_are_there(small: Small, tmp_path: Path) -> None:
    [said] = machine_checks(small.settings)
    assert (said.name, said.state) == ("originals", "ok")
    (tmp_path / "empty").mkdir()
    [said] = machine_checks(replace(small.settings, originals=str(tmp_path / "empty")))
    assert (said.state, "没有已收下的原件" in said.sentence) == ("error", True)
    [said] = machine_checks(replace(small.settings, originals=str(tmp_path / "not mounted")))
    assert (said.state, "挂好" in said.sentence) == ("error", True)


def test_nothing_lies_in_the_workspace_and_all_of_it_is_proved(small: Small) -> None:
    settings = small.settings
    assert not list(settings.archive.glob("[0-9a-f][0-9a-f]"))
    assert set(small.hashes.values()) <= {name[3:] for name in originals_place(settings).listed()}
    assert faults_of_workspace(settings, "all") == ()
    lost = next(iter(small.hashes.values()))
    originals_place(settings).drop(lost)
    [fault] = faults_of_workspace(settings, "originals")
    assert "不见了" in fault


def test_a_backup_brings_the_originals_along_and_puts_them_where_they_are_to_lie(small: Small, tmp_path: Path) -> None:
    done = back_up(small.settings, tmp_path / "a.zip", AT, silent)
    assert done.exit_code == 0
    here = settings_of(tmp_path / "here", {})
    (tmp_path / "other").mkdir()
    there = replace(settings_of(tmp_path / "there", {}), originals=str(tmp_path / "other"))
    for target in (here, there):
        assert restore(done.path, target, "x").exit_code == 0
        assert faults_of_workspace(target, "all") == ()
        assert season_status(target, None) == season_status(small.settings, None)
        assert originals_place(target).listed()
    assert not list(there.archive.glob("[0-9a-f][0-9a-f]"))


def test_who_is_erased_is_gone_from_there_and_where_they_still_stand_is_told(small: Small) -> None:
    settings = small.settings
    before = originals_place(settings).listed()
    done = erase_person(pass_of(settings), ZHANG.name, Wish("本人书面要求", "李主任"))
    left = originals_place(settings).listed()
    assert set(left) < set(before)
    proof = (settings.outbox / done.proof).read_text("utf-8-sig")
    assert f"原件 {small.hashes['2016-12-05 张村小学/张小三 日志.docx']}" in proof
    assert "原件里还有别人的材料，不能只删一人" in proof
    assert faults_of_workspace(settings, "all") == ()


def test_a_paper_is_found_by_its_number(small: Small) -> None:
    sha256 = next(iter(small.hashes.values()))
    assert masked_archive(small.settings, sha256[:12], ()).exists()


def test_another_place_than_before_is_refused(small: Small, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    moved = replace(small.settings, originals=str(tmp_path / "empty"))
    with pytest.raises(WorkspaceError, match="没有已收下的原件"), opened(pass_of(moved)):
        pass
