"""Originals lie under their hash the same way wherever they lie: a folder, a store of any kind, one that speaks S3."""

import hashlib
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import boto3
import pytest
import s3fs
from fsspec.implementations.local import LocalFileSystem
from fsspec.implementations.memory import MemoryFileSystem

from gengang.errors import WorkspaceError
from gengang.originals import (
    Folder,
    Originals,
    Store,
    bytes_of,
    damaged_originals,
    keep_bytes,
    originals_place,
    refuse_wrong_place,
    sha256_of,
    sweep,
)
from gengang.settings import Settings, settings_of
from tests.far.store import NAMES, started_store

PLACES = ("folder", "local", "memory", "s3")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with started_store() as address:
        yield address


@pytest.fixture
def s3(endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A workspace whose originals lie in a bucket of its own."""
    for name, value in {**NAMES, "AWS_ENDPOINT_URL": endpoint}.items():
        monkeypatch.setenv(name, value)
    bucket = f"b{hashlib.sha256(str(tmp_path).encode()).hexdigest()[:20]}"
    boto3.client("s3").create_bucket(Bucket=bucket)
    return replace(settings_of(tmp_path, {}), originals=f"s3://{bucket}/县/2016")


@pytest.fixture(params=PLACES)
def originals(request: pytest.FixtureRequest, tmp_path: Path) -> Originals:
    """Each kind of place, empty."""
    incoming = tmp_path / ".incoming"
    if request.param == "folder":
        return Folder(tmp_path / "share")
    if request.param == "local":
        return Store(LocalFileSystem(auto_mkdir=True), str(tmp_path / "store"), incoming)
    if request.param == "memory":
        return Store(MemoryFileSystem(), f"/{tmp_path.name}", incoming)
    settings: Settings = request.getfixturevalue("s3")
    return originals_place(settings)


def hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_what_is_kept_is_there_whole_and_under_its_hash(originals: Originals) -> None:
    sha256 = hash_of(b"these")
    assert (originals.has(sha256), originals.state(sha256), originals.size(sha256)) == (False, "absent", None)
    assert originals.listed() == ()
    assert keep_bytes(originals, b"these") == sha256
    assert (originals.has(sha256), originals.state(sha256), originals.size(sha256)) == (True, "", 5)
    assert originals.listed() == (f"{sha256[:2]}/{sha256}",)
    with originals.at_hand([sha256]) as paths:
        assert {name: sha256_of(path) for name, path in paths.items()} == {sha256: sha256}
    assert list(originals.incoming.iterdir()) == []


def test_keeping_again_changes_nothing_and_mends_what_was_changed(originals: Originals, tmp_path: Path) -> None:
    sha256 = keep_bytes(originals, b"these")
    assert keep_bytes(originals, b"these") == sha256
    spoil(originals, sha256)
    assert damaged_originals(originals, [sha256, "f" * 64]) == {sha256: "changed", "f" * 64: "absent"}
    copy = tmp_path / "copy"
    copy.write_bytes(b"these")
    originals.keep(copy, sha256)
    assert damaged_originals(originals, [sha256]) == {}


def spoil(originals: Originals, sha256: str) -> None:
    """Other bytes under the same hash."""
    if isinstance(originals, Store):
        originals.files.pipe_file(f"{originals.root}/{sha256[:2]}/{sha256}", b"those")
    else:
        with originals.at_hand([sha256]) as paths:
            paths[sha256].chmod(0o644)
            paths[sha256].write_bytes(b"those")


def test_bytes_that_are_not_those_of_the_hash_are_not_kept(originals: Originals, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.write_bytes(b"those")
    with pytest.raises(OSError, match="did not keep"):
        originals.keep(copy, hash_of(b"these"))
    assert originals.state(hash_of(b"these")) != ""


def test_a_copy_of_a_store_is_proved_and_gone_afterwards(originals: Originals) -> None:
    sha256 = keep_bytes(originals, b"these")
    with originals.at_hand([sha256]) as paths:
        path = paths[sha256]
    assert path.exists() == isinstance(originals, Folder)
    spoil(originals, sha256)
    if isinstance(originals, Store):
        with pytest.raises(OSError, match="other bytes"), originals.at_hand([sha256]):
            pass


def test_what_is_not_there_is_said(originals: Originals) -> None:
    assert bytes_of(originals, "f" * 64) is None
    with pytest.raises(FileNotFoundError), originals.at_hand(["f" * 64]):
        pass
    originals.drop("f" * 64)


def test_what_is_dropped_is_gone_and_nothing_else(originals: Originals) -> None:
    gone, kept = keep_bytes(originals, b"gone"), keep_bytes(originals, b"kept")
    originals.drop(gone)
    assert [originals.state(gone), originals.state(kept)] == ["absent", ""]


def test_half_copies_of_a_killed_run_are_swept(originals: Originals) -> None:
    sweep(originals)
    keep_bytes(originals, b"whole")
    (originals.incoming / "half").write_bytes(b"ha")
    sweep(originals)
    assert list(originals.incoming.iterdir()) == []
    assert bytes_of(originals, hash_of(b"whole")) == b"whole"


def test_a_store_out_of_reach_is_a_fault_of_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    for name, value in {**NAMES, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "AWS_MAX_ATTEMPTS": "1"}.items():
        monkeypatch.setenv(name, value)
    settings = replace(settings_of(tmp_path, {}), originals="s3://nowhere/2016")
    s3fs.S3FileSystem.clear_instance_cache()  # it remembers the address of before
    with pytest.raises(OSError, match="连不上"):
        originals_place(settings).has("f" * 64)


def test_a_share_that_is_not_mounted_is_refused(tmp_path: Path) -> None:
    share = tmp_path / "share"
    settings = replace(settings_of(tmp_path / "w", {}), originals=str(share))
    with pytest.raises(WorkspaceError, match="不在"):
        originals_place(settings)
    share.mkdir()
    refuse_wrong_place(settings, [])
    with pytest.raises(WorkspaceError, match="没有已收下的原件"):
        refuse_wrong_place(settings, ["f" * 64])
    sha256 = keep_bytes(originals_place(settings), b"these")
    refuse_wrong_place(settings, ["f" * 64, sha256])
