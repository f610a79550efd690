"""The inbox: what is whole, bytes under their hash, moves that lose nothing."""

import errno
import io
import os
import socket
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from gengang import arrivals
from gengang.arrivals import Arrival, Candidate, move, plan_moves, put_aside, take_in, waiting_files
from gengang.originals import Folder, archive_path, damaged_originals, keep_under_hash, sha256_of

LATER = 4_000_000_000.0
DAY = date(2016, 12, 6)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """An empty inbox; the archive lies beside it."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def drop(inbox: Path, path: str, content: bytes = b"content") -> Path:
    """Puts a file in."""
    file = inbox / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def seen(inbox: Path) -> list[tuple[str, str]]:
    """Paths with their states, long after."""
    return [(c.path, c.state) for c in waiting_files(inbox, LATER, 2)]


def taken(inbox: Path) -> list[Arrival]:
    """Everything taken in, which must succeed."""
    found = [
        take_in(c, inbox, Folder(inbox.parent / "archive"))
        for c in waiting_files(inbox, LATER, 2)
        if c.state == "whole"
    ]
    return [arrival for arrival in found if arrival is not None]


@pytest.mark.parametrize(
    "name",
    ["~$张三.docx", ".~lock.a.docx#", "a.docx.crdownload", "a.PART", "a.tmp", "Thumbs.db", ".DS_Store", ".gitkeep"],
)
def test_what_a_program_left_in_passing_is_not_seen(inbox: Path, name: str) -> None:
    drop(inbox, name)
    drop(inbox, "__MACOSX/a.docx")
    drop(inbox, ".hidden/a.docx")
    assert seen(inbox) == []


def test_files_come_in_order_of_path_with_folders(inbox: Path) -> None:
    for path in ("b.docx", "张村小学/a.pdf", "a.docx"):
        drop(inbox, path)
    assert seen(inbox) == [("a.docx", "whole"), ("b.docx", "whole"), ("张村小学/a.pdf", "whole")]


def test_a_file_that_changed_just_now_still_changes(inbox: Path) -> None:
    changed = drop(inbox, "a.docx").stat().st_ctime
    found = [waiting_files(inbox, changed + wait, 2)[0] for wait in (0.0, 1.9, 2.1)]
    assert [candidate.state for candidate in found] == ["changing", "changing", "whole"]
    assert [bool(candidate.why) for candidate in found] == [True, True, False]


def test_a_copy_that_keeps_an_old_file_time_still_changes(inbox: Path) -> None:
    file = drop(inbox, "a.docx")
    os.utime(file, (1_000_000_000, 1_000_000_000))
    [candidate] = waiting_files(inbox, file.stat().st_ctime + 1, 2)
    assert candidate.state == "changing"


def test_a_file_time_in_the_future_does_not_keep_a_file_waiting(inbox: Path) -> None:
    file = drop(inbox, "a.jpg")
    os.utime(file, (LATER + 9, LATER + 9))
    [candidate] = waiting_files(inbox, file.stat().st_ctime + 3, 2)
    assert candidate.state == "whole"


def test_a_link_out_of_the_inbox_is_refused_with_what_to_do(inbox: Path) -> None:
    secret = inbox.parent / "secret.docx"
    secret.write_bytes(b"secret")
    (inbox / "a.docx").symlink_to(secret)
    (inbox / "folder").symlink_to(inbox.parent)
    (inbox / "broken.docx").symlink_to(inbox / "nothing")
    found = waiting_files(inbox, LATER, 2)
    assert [(c.path, c.state) for c in found] == [
        ("a.docx", "refused"),
        ("broken.docx", "refused"),
        ("folder", "refused"),
    ]
    assert all("请把文件本身复制进来" in c.why for c in found)


def test_a_link_inside_the_inbox_is_the_file_it_names(inbox: Path) -> None:
    (inbox / "b.docx").symlink_to(drop(inbox, "a.docx"))
    assert seen(inbox) == [("a.docx", "whole")]


def test_what_is_no_file_is_refused(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(inbox / "pipe.docx")
    monkeypatch.chdir(inbox)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s.docx")
    assert seen(inbox) == [("pipe.docx", "refused"), ("s.docx", "refused")]


def test_a_folder_that_may_not_be_entered_is_named(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(inbox, "shut/a.docx")
    drop(inbox, "open/a.docx")
    monkeypatch.setattr(os, "access", lambda folder, _: folder.name != "shut")
    found = waiting_files(inbox, LATER, 2)
    assert [(c.path, c.state) for c in found] == [("open/a.docx", "whole"), ("shut", "refused")]
    assert "没有读取权限" in found[1].why


def test_bytes_lie_under_their_hash(inbox: Path) -> None:
    drop(inbox, "2016-12-06 张村小学/张三.docx", b"form")
    [arrival] = taken(inbox)
    name = sha256(b"form").hexdigest()
    assert (arrival.path, arrival.sha256, arrival.size) == ("2016-12-06 张村小学/张三.docx", name, 4)
    assert (arrival.received, arrival.where_from) == (DAY, "2016-12-06 张村小学")
    kept = inbox.parent / "archive" / name[:2] / name
    assert kept.read_bytes() == b"form"
    assert kept.stat().st_mode & 0o222 == 0


def test_taking_in_twice_keeps_one_copy_and_no_leavings(inbox: Path) -> None:
    drop(inbox, "a.docx")
    drop(inbox, "b.docx")
    archive = inbox.parent / "archive"
    assert taken(inbox)[0].sha256 == taken(inbox)[1].sha256
    assert len([path for path in archive.rglob("*") if path.is_file()]) == 1


def test_a_damaged_original_is_replaced_by_whole_bytes(inbox: Path) -> None:
    drop(inbox, "a.docx")
    [arrival] = taken(inbox)
    archive = inbox.parent / "archive"
    kept = archive_path(archive, arrival.sha256)
    kept.chmod(0o644)
    kept.write_bytes(b"rotten")
    assert damaged_originals(Folder(archive), [arrival.sha256, "f" * 64]) == {
        arrival.sha256: "changed",
        "f" * 64: "absent",
    }
    taken(inbox)
    assert damaged_originals(Folder(archive), [arrival.sha256]) == {}


def test_a_file_that_grows_while_it_is_read_is_left(inbox: Path) -> None:
    file = drop(inbox, "a.docx", b"half")
    [candidate] = waiting_files(inbox, LATER, 2)
    file.write_bytes(b"half and half")
    assert take_in(candidate, inbox, Folder(inbox.parent / "archive")) is None
    assert file.read_bytes() == b"half and half"
    assert [path for path in (inbox.parent / "archive").rglob("*") if path.is_file()] == []


def test_a_file_that_went_is_left(inbox: Path) -> None:
    assert take_in(Candidate("a.docx", 1, 1, "whole"), inbox, Folder(inbox.parent / "archive")) is None


def test_a_disk_that_gives_back_other_bytes_is_not_believed(tmp_path: Path) -> None:
    temporary = tmp_path / "t"
    temporary.write_bytes(b"other")
    with pytest.raises(OSError, match="did not keep"):
        keep_under_hash(temporary, sha256(b"these").hexdigest(), tmp_path / "archive")


def test_a_filed_file_leaves_the_inbox_under_its_own_name(inbox: Path) -> None:
    drop(inbox, "张村小学/张三.docx", b"form")
    archive = inbox.parent / "archive"
    [planned] = plan_moves(taken(inbox), inbox, archive, DAY)
    assert move(planned, Folder(archive))
    assert not move(planned, Folder(archive))
    assert seen(inbox) == []
    assert (archive / "received/2016-12-06/张村小学/张三.docx").read_bytes() == b"form"


def test_a_plan_moves_nothing(inbox: Path) -> None:
    drop(inbox, "a.docx")
    plan_moves(taken(inbox), inbox, inbox.parent / "archive", DAY)
    assert seen(inbox) == [("a.docx", "whole")]


def test_names_that_are_taken_are_numbered(inbox: Path) -> None:
    archive = inbox.parent / "archive"
    for content in (b"first", b"second", b"third"):
        drop(inbox, "a.docx", content)
        [planned] = plan_moves(taken(inbox), inbox, archive, DAY)
        move(planned, Folder(archive))
    names = {path.name: path.read_bytes() for path in (archive / "received/2016-12-06").iterdir()}
    assert names == {"a.docx": b"first", "a (2).docx": b"second", "a (3).docx": b"third"}


def test_two_names_that_become_one_are_told_apart(inbox: Path) -> None:
    drop(inbox, "a:b.docx", b"1")
    drop(inbox, "a?b.docx", b"2")
    planned = plan_moves(taken(inbox), inbox, inbox.parent / "archive", DAY)
    assert [p.target.name for p in planned] == ["a_b.docx", "a_b (2).docx"]


def test_a_new_version_under_the_same_name_stays(inbox: Path) -> None:
    file = drop(inbox, "a.docx", b"old!")
    archive = inbox.parent / "archive"
    [planned] = plan_moves(taken(inbox), inbox, archive, DAY)
    file.write_bytes(b"new!")
    os.utime(file, ns=(planned.modified, planned.modified))
    assert not move(planned, Folder(archive))
    assert file.read_bytes() == b"new!"


def test_nothing_is_moved_whose_bytes_are_not_kept(inbox: Path) -> None:
    drop(inbox, "a.docx")
    archive = inbox.parent / "archive"
    [planned] = plan_moves(taken(inbox), inbox, archive, DAY)
    archive_path(archive, planned.sha256).unlink()
    with pytest.raises(OSError, match="not among the originals"):
        move(planned, Folder(archive))
    assert seen(inbox) == [("a.docx", "whole")]


def test_a_refused_file_is_put_aside_once_with_its_sentence(inbox: Path, tmp_path: Path) -> None:
    original, aside = drop(inbox, "张村小学/坏.docx", b"bad"), tmp_path / "待处理"
    sentence = "“坏.docx”打不开，请重新保存后再放入。"
    for _ in range(2):
        assert put_aside(original, "张村小学/坏.docx", sentence, aside) == aside / "坏.docx"
    assert put_aside(drop(inbox, "坏.docx", b"worse"), "坏.docx", sentence, aside) == aside / "坏 (2).docx"
    assert sorted(path.name for path in aside.iterdir()) == [
        "坏 (2).docx",
        "坏 (2).docx.说明.txt",
        "坏.docx",
        "坏.docx.说明.txt",
    ]
    assert (aside / "坏.docx.说明.txt").read_text(encoding="utf-8-sig") == f"{sentence}\n"
    assert sha256_of(aside / "坏.docx") == sha256(b"bad").hexdigest()


def test_an_inbox_on_another_disk_is_moved_too(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(inbox, "a.docx")
    archive = inbox.parent / "archive"
    [planned] = plan_moves(taken(inbox), inbox, archive, DAY)

    def other_disk(_: Path, __: Path) -> Path:
        raise OSError(errno.EXDEV, "another disk")

    monkeypatch.setattr(Path, "rename", other_disk)
    assert move(planned, Folder(archive))
    assert [(path.name, path.read_bytes()) for path in planned.target.parent.iterdir()] == [("a.docx", b"content")]
    assert seen(inbox) == []


# --- between the look and the taking ---


def kept(inbox: Path) -> list[Path]:
    """What lies in the archive."""
    return [path for path in (inbox.parent / "archive").rglob("*") if path.is_file()]


def replaced_by_link(file: Path) -> None:
    secret, modified = file.parent.parent / "secret.docx", file.stat().st_mtime_ns
    file.unlink()
    secret.write_bytes(b"content")
    os.utime(secret, ns=(modified, modified))
    file.symlink_to(secret)


def replaced_by_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def replaced_by_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def made_unreadable(file: Path) -> None:
    file.unlink()


@pytest.mark.parametrize("mishap", [replaced_by_link, replaced_by_pipe, replaced_by_folder, made_unreadable])
def test_what_is_no_file_any_more_is_left_and_holds_nobody_up(inbox: Path, mishap: Callable[[Path], None]) -> None:
    file = drop(inbox, "a.docx")
    [candidate] = waiting_files(inbox, LATER, 2)
    mishap(file)
    assert take_in(candidate, inbox, Folder(inbox.parent / "archive")) is None
    assert kept(inbox) == []


def test_a_file_that_grows_as_fast_as_it_is_read_is_left(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = drop(inbox, "a.docx", b"half")
    [candidate] = waiting_files(inbox, LATER, 2)

    def opened(path: Path) -> io.BufferedReader:
        class Grows(io.FileIO):
            def readinto(self, buffer: Any) -> int | None:
                with file.open("ab") as writer:
                    writer.write(b"more")
                return super().readinto(buffer)

        return io.BufferedReader(Grows(path))

    monkeypatch.setattr(arrivals, "opened", opened)
    assert take_in(candidate, inbox, Folder(inbox.parent / "archive")) is None
    assert kept(inbox) == []


def test_a_file_that_a_bad_disk_cannot_give_is_left_and_the_others_are_taken(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(inbox, "bad.docx")
    drop(inbox, "good.docx")
    whole = arrivals.opened

    def opened(path: Path) -> io.BufferedReader:
        class Fails(io.FileIO):
            def readinto(self, _: Any) -> int:
                raise OSError(errno.EIO, os.strerror(errno.EIO))

        return io.BufferedReader(Fails(path)) if path.name == "bad.docx" else whole(path)

    monkeypatch.setattr(arrivals, "opened", opened)
    assert [arrival.path for arrival in taken(inbox)] == ["good.docx"]


def test_a_link_to_itself_is_refused(inbox: Path) -> None:
    (inbox / "a.docx").symlink_to(inbox / "a.docx")
    (inbox / "b").symlink_to(inbox / "c")
    (inbox / "c").symlink_to(inbox / "b")
    assert seen(inbox) == [("a.docx", "refused"), ("b", "refused"), ("c", "refused")]


@pytest.mark.parametrize(
    "name",
    ["张三.zip.xltd", "a.baiduyun.p.downloading", "a.docx.aria2", "ehthumbs.db", "$RECYCLE.BIN/a.docx",
     "#recycle/a.docx", "System Volume Information/a", "@eaDir/a.docx", "~WRL0001.tmp", ".~张三.docx"],
)  # fmt: skip
def test_what_downloads_and_shared_folders_leave_is_not_seen(inbox: Path, name: str) -> None:
    drop(inbox, name)
    assert seen(inbox) == []


# --- a clock that is behind the files ---


def test_a_file_whose_times_all_lie_ahead_is_whole_when_it_stayed_as_it_was(inbox: Path) -> None:
    """A server whose clock is ahead of ours, or ours set back: no time says whether it is still written."""
    file = drop(inbox, "a.docx")
    now = file.stat().st_ctime - 1_000
    [first] = waiting_files(inbox, now, 2)
    assert (first.state, bool(first.why)) == ("changing", True)
    before = {first.path: (first.size, first.modified)}
    assert [one.state for one in waiting_files(inbox, now, 2, before)] == ["whole"]
    file.write_bytes(b"content and more")
    assert [one.state for one in waiting_files(inbox, now, 2, before)] == ["changing"]
