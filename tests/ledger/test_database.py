"""Where a ledger may lie, and how its files are set."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from gengang.database import refuse_share, share_of
from gengang.errors import LedgerError, WorkspaceError
from gengang.ledger import Ledger, open_ledger
from gengang.settings import Settings

MOUNTS = r"""
/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /tmp tmpfs rw 0 0
//server/office /mnt/office cifs rw,username=a 0 0
server:/export /mnt/nfs nfs4 rw 0 0
/dev/sdb1 /mnt/nfs/local xfs rw 0 0
a@b: /home/a/far\040away fuse.sshfs rw 0 0
C:\134 /mnt/c 9p rw,aname=drvfs;path=C:\;uid=1000,trans=fd,rfd=8 0 0
none /sandbox 9p rw,trans=fd,rfdno=4 0 0
hostshare /mnt/host 9p rw,trans=virtio,version=9p2000.L 0 0
broken line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/a", ""),
        ("/tmp/x", ""),
        ("/mnt/office", "cifs"),
        ("/mnt/office/2016/跟岗", "cifs"),
        ("/mnt/officer", ""),
        ("/mnt/nfs/a", "nfs4"),
        ("/mnt/nfs/local/a", ""),
        ("/home/a/far away/w", "fuse.sshfs"),
        ("/mnt/c/跟岗", "9p"),
        ("/sandbox/w", ""),
        ("/mnt/host/w", "9p"),
    ],
)
def test_a_network_share_is_known_by_the_mount_table(folder: str, kind: str) -> None:
    assert share_of(Path(folder), MOUNTS) == kind


def test_without_a_mount_table_nothing_is_a_share() -> None:
    assert share_of(Path("/mnt/office"), "") == ""


def test_a_ledger_on_a_share_is_refused_with_what_to_do(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gengang.database._mounts", lambda: "//server/office / cifs rw 0 0\n")
    with pytest.raises(WorkspaceError, match="移到本机硬盘"):
        open_ledger(replace(settings, database_url=None))
    assert not settings.ledger.exists()


def test_this_folder_is_local(tmp_path: Path) -> None:
    refuse_share(tmp_path)


def test_sqlite_outlasts_a_power_cut(ledger: Ledger) -> None:
    if ledger.database.lock_file is None:
        assert ledger.database.engine.dialect.name == "postgresql"
        return
    with ledger.database.reading() as connection:
        found = {p: connection.execute(text(f"PRAGMA {p}")).scalar_one() for p in ("journal_mode", "synchronous")}
    assert found == {"journal_mode": "wal", "synchronous": 2}


def test_a_server_that_is_not_there_is_named(settings: Settings) -> None:
    nowhere = replace(settings, database_url="postgresql+psycopg://nobody@/x?host=/nonexistent")
    with pytest.raises(LedgerError, match="连不上数据库服务器"):
        open_ledger(nowhere)
