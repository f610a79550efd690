"""A backup gives the same workspace again, into either database; a damaged one is refused with what is wrong."""

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import settings as searching
from hypothesis import strategies as st

from gengang.backing_up import FIRST, BackedUp, back_up
from gengang.backup_format import Manifest, Member, line_of, manifest_bytes, manifest_in
from gengang.checking import faults_of_workspace
from gengang.erasing import erase_person
from gengang.erasure import Wish
from gengang.errors import BackupError, LedgerError, WorkspaceError
from gengang.ledger import Ledger, open_ledger
from gengang.manifest import KINDS, keep_manifest
from gengang.restoring import TOPS, restore
from gengang.settings import Settings, settings_of
from gengang.status import season_status
from gengang.under_way import opened
from tests.ledger.cluster import Cluster
from tests.ledger.kept_season import ZHANG, request, small_season
from tests.ledger.lines import AT, reading
from tests.whole.samples import bytes_under, silent


@pytest.fixture
def season(settings: Settings, ledger: Ledger) -> Settings:
    """A small season with papers in the outbox and something that waits in the inbox."""
    small_season(settings, ledger)
    with opened(request(settings)):  # a pass keeps scheme and templates
        pass
    keep_manifest(settings, ledger.read(kinds=KINDS))
    for name, text in {"outbox/证书/张小三.pdf": "certificate", "inbox/2016-12-08 张村小学/迟.docx": "late",
                       "keys/20161209T010000Z_0123456789.pem": "secret", "会议信息.xlsx": "told",
                       ".press/pressbook.json": "{}", ".press/half/x.docx": "x", "notes.txt": "n"}.items():  # fmt: skip
        path = settings.workspace / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        os.utime(path, (1_480_000_000, 1_480_000_000))
    return settings


@pytest.fixture
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another disk, as it were."""
    return tmp_path_factory.mktemp("elsewhere")


def backed(settings: Settings, path: Path) -> BackedUp:
    return back_up(settings, path, AT, silent)


def into(folder: Path, url: str | None = None) -> Settings:
    return replace(settings_of(folder, {}), database_url=url, settle_seconds=0.0, patience_seconds=0.0)


def carried(workspace: Path) -> dict[str, bytes]:
    """What has to be the same: all but the ledger's own files, previews, half-made papers, the log and strangers."""
    left = ("gengang.db", "archive/thumbs", "archive/.incoming", ".press/half", "logs/", "notes.txt")
    return {name: data for name, data in bytes_under(workspace).items() if not name.startswith(left)}


def test_whatever_is_backed_up_can_be_restored() -> None:
    assert {PurePosixPath(name).parts[0] for name in FIRST} <= TOPS


@pytest.mark.parametrize("other", [False, True], ids=["same database", "other database"])
def test_what_is_restored_is_the_same_and_proves_whole(
    season: Settings, cluster: Cluster, elsewhere: Path, other: bool
) -> None:
    done = backed(season, elsewhere / "a.zip")
    url = cluster.new_database() if (season.database_url is None) == other else None
    target = into(elsewhere / "back", url)
    assert restore(done.path, target, "x").exit_code == 0
    assert done.exit_code == 0
    assert carried(target.workspace) == carried(season.workspace)
    assert faults_of_workspace(target, "all") == ()
    assert season_status(target, None) == season_status(season, None)
    [key] = target.keys.iterdir()
    assert key.stat().st_mode & 0o077 == 0
    late = "inbox/2016-12-08 张村小学/迟.docx"
    assert (target.workspace / late).stat().st_mtime == 1_480_000_000
    with opened(request(target)) as under_way:  # it can be gone on with
        assert under_way.ledger.append([reading("d" * 64 + "#0")]) == 1


def test_no_name_in_the_backup_says_whose_it_is(season: Settings, elsewhere: Path) -> None:
    path = backed(season, elsewhere / "a.zip").path
    with zipfile.ZipFile(path) as package:
        names = "\n".join(package.namelist())
        assert json.loads(package.read("manifest.json"))["format"] == 1
        first = json.loads(package.read("ledger/facts.jsonl").splitlines()[0])
    assert names.isascii()
    assert ZHANG.id_number not in names
    assert first["sequence"] == 1


def test_without_a_name_it_lies_beside_with_its_day(season: Settings) -> None:
    paths = [back_up(season, None, AT, silent).path for _ in range(2)]
    assert [path.name for path in paths] == ["gengang-2016-12-06.zip", "gengang-2016-12-06 (2).zip"]
    assert {path.parent for path in paths} == {season.workspace / "backups"}


def test_what_is_there_is_not_overwritten_and_nothing_is_put_among_the_papers(
    season: Settings, elsewhere: Path
) -> None:
    there = elsewhere / "there.zip"
    there.write_bytes(b"x")
    with pytest.raises(WorkspaceError, match="没有覆盖"):
        backed(season, there)
    with pytest.raises(WorkspaceError, match="换一个位置"):
        backed(season, season.outbox / "a.zip")
    assert there.read_bytes() == b"x"


def test_a_workspace_without_a_ledger_has_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="还没有台账"):
        backed(settings_of(tmp_path, {}), tmp_path / "a.zip")


def test_an_original_that_is_gone_is_told_and_costs_nothing_else(season: Settings, elsewhere: Path) -> None:
    first = next(path for path in sorted(season.archive.glob("[0-9a-f][0-9a-f]/*")))
    first.unlink()
    done = backed(season, elsewhere / "a.zip")
    assert done.exit_code == 1
    assert any("1个原件" in line for line in done.lines)
    target = into(elsewhere / "back")
    restored = restore(done.path, target, "x")
    assert restored.exit_code == 1
    [fault] = faults_of_workspace(target, "all")
    assert fault.startswith("原件不见了")


def test_an_erasure_says_in_which_backups_the_person_still_is(season: Settings) -> None:
    back_up(season, None, AT, silent)
    done = erase_person(request(season), ZHANG.name, Wish("本人要求", senior=True))
    assert any("backups/gengang-2016-12-06.zip：备份里还有此人" in line for line in done.lines)


# --- what a run does meanwhile ---


def test_what_changes_meanwhile_is_later_than_the_backup(season: Settings, elsewhere: Path) -> None:
    """A paper printed, a file taken in and moved, lines written, each while files are copied."""
    seen: list[str] = []

    def meddle(stage: str, _done: int, _total: int) -> None:
        if stage == "备份文件" and not seen:
            seen.append(stage)
            (season.outbox / "证书" / "张小三.pdf").write_text("printed anew")
            (season.outbox / "证书" / "新.pdf").write_text("new")
            with opened(request(season)) as under_way:
                under_way.ledger.append([reading("d" * 64 + "#0")])

    done = back_up(season, elsewhere / "a.zip", AT, meddle)
    target = into(elsewhere / "back")
    restore(done.path, target, "x")
    assert seen
    assert faults_of_workspace(target, "all") == ()
    assert not (target.outbox / "证书").exists()  # whatever stood there is printed again
    ledger = open_ledger(target)
    assert [fact.subject for fact in ledger.read(kinds=("reading",))][-1] == "d" * 64 + "#0"
    ledger.close()


def test_a_file_that_is_taken_in_meanwhile_is_in_the_backup(season: Settings, elsewhere: Path) -> None:
    late = season.inbox / "2016-12-08 张村小学" / "迟.docx"
    moved = season.archive / "received" / "2016-12-08" / "迟.docx"

    def meddle(stage: str, done: int, total: int) -> None:
        if stage == "备份文件" and done == total and late.exists():  # copied, and then moved by a run
            moved.parent.mkdir(parents=True, exist_ok=True)
            late.rename(moved)

    done = back_up(season, elsewhere / "a.zip", AT, meddle)
    target = into(elsewhere / "back")
    restore(done.path, target, "x")
    assert (target.inbox / "2016-12-08 张村小学" / "迟.docx").read_text() == "late"
    assert not (target.archive / "received" / "2016-12-08").exists()


# --- what is refused ---


def rewritten(source: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The same zip with other members."""
    with zipfile.ZipFile(source) as package:
        members = {name: package.read(name) for name in package.namelist()}
    change(members)
    with zipfile.ZipFile(target, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    return target


def cut_a_line(members: dict[str, bytes]) -> None:
    members["ledger/facts.jsonl"] = b"\n".join(members["ledger/facts.jsonl"].splitlines()[:-1])


def lose_an_original(members: dict[str, bytes]) -> None:
    del members[next(name for name in members if name.startswith("files/"))]


def newer(members: dict[str, bytes]) -> None:
    members["manifest.json"] = members["manifest.json"].replace(b'"format": 1', b'"format": 2')


def leads_outside(members: dict[str, bytes]) -> None:
    lines = members["files.jsonl"].splitlines()
    line = json.loads(lines[0]) | {"path": "../../outside"}
    _restated(members, "files.jsonl", b"\n".join([line_of(line).strip(), *lines[1:]]))


def other_last_line(members: dict[str, bytes]) -> None:
    manifest = manifest_in(members["manifest.json"])
    members["manifest.json"] = manifest_bytes(replace(manifest, lines=manifest.lines + 1))


def changed_value(members: dict[str, bytes]) -> None:
    """By somebody who wrote the manifest anew, too: the ledger's own seals tell."""
    _restated(members, "ledger/facts.jsonl", members["ledger/facts.jsonl"].replace(b'"size', b'"sizE', 1))


def _restated(members: dict[str, bytes], name: str, data: bytes) -> None:
    members[name] = data
    manifest = manifest_in(members["manifest.json"])
    stated = tuple(one for one in manifest.members if one.name != name)
    said = Member(name, len(data), hashlib.sha256(data).hexdigest())
    members["manifest.json"] = manifest_bytes(replace(manifest, members=(*stated, said)))


REFUSED: dict[str, tuple[Callable[[dict[str, bytes]], None], str]] = {
    "a line cut": (cut_a_line, r"ledger/facts.jsonl 已损坏"),
    "an original lost": (lose_an_original, r"缺少 files/"),
    "a stranger": (lambda members: members.update(x=b"x"), r"多出 x"),
    "no manifest": (lambda members: ignored(members.pop("manifest.json")), r"不是 gengang 的备份"),
    "a newer one": (newer, r"更新的 gengang"),
    "a path that leads outside": (leads_outside, r"不该有的路径"),
    "another last line": (other_last_line, r"最后一行"),
    "a value changed": (changed_value, r"被改动过"),
}


def ignored(_value: object) -> None:
    """What was taken out."""


@pytest.fixture(scope="module")
def one_backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a small season on SQLite."""
    folder = tmp_path_factory.mktemp("season")
    settings = into(folder)
    (folder / "inbox").mkdir()
    ledger = open_ledger(settings)
    small_season(settings, ledger)
    ledger.close()
    return backed(settings, folder.with_name("one.zip")).path


@pytest.mark.parametrize("name", REFUSED)
def test_a_damaged_backup_is_refused_and_leaves_nothing(one_backup: Path, tmp_path: Path, name: str) -> None:
    change, said = REFUSED[name]
    bad = rewritten(one_backup, tmp_path / "bad.zip", change)
    with pytest.raises(BackupError, match=said):
        restore(bad, into(tmp_path / "back"), "x")
    assert [path.name for path in tmp_path.iterdir()] == ["bad.zip"]


@searching(max_examples=40)
@given(share=st.floats(0, 1, exclude_max=True), flip=st.booleans())
def test_a_backup_cut_short_or_with_a_byte_changed_never_gives_another_workspace(
    one_backup: Path, tmp_path_factory: pytest.TempPathFactory, share: float, flip: bool
) -> None:
    whole = one_backup.read_bytes()
    at = int(share * len(whole))
    folder = tmp_path_factory.mktemp("cut")
    bad = folder / "bad.zip"
    bad.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] if flip else whole[:at])
    target = into(folder / "back")
    try:
        restore(bad, target, "x")
    except BackupError:
        assert not target.workspace.exists()
    else:  # a byte of the zip that means nothing, such as a member's time
        assert flip
        assert faults_of_workspace(target, "all") == ()
    shutil.rmtree(folder)


def test_a_folder_in_use_is_refused_and_an_empty_one_is_not(one_backup: Path, tmp_path: Path) -> None:
    used = tmp_path / "used"
    used.mkdir()
    (used / "x").write_text("mine")
    with pytest.raises(WorkspaceError, match="已经有东西"):
        restore(one_backup, into(used), "x")
    (used / "x").unlink()
    assert restore(one_backup, into(used), "x").exit_code == 0
    with pytest.raises(WorkspaceError, match="不存在"):
        restore(one_backup, into(tmp_path / "none" / "deep"), "x")


def test_a_database_in_use_is_refused(one_backup: Path, cluster: Cluster, tmp_path: Path) -> None:
    url = cluster.new_database()
    ledger = open_ledger(into(tmp_path, url))
    ledger.append([reading()])
    ledger.close()
    with pytest.raises(LedgerError, match="已有别的台账"):
        restore(one_backup, into(tmp_path / "back", url), "x")
    assert not (tmp_path / "back").exists()


@given(
    st.builds(
        Manifest,
        st.text(),
        st.text(),
        st.integers(0),
        st.text(),
        st.lists(st.builds(Member, st.text(), st.integers(0), st.text())).map(tuple),
        st.lists(st.text()).map(tuple),
    )
)
def test_a_manifest_is_read_as_it_was_written(manifest: Manifest) -> None:
    assert manifest_in(manifest_bytes(manifest)) == manifest
