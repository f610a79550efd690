"""The manifest of the originals agrees with the ledger and the disk, and what does not is named."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gengang.checking import faults_of_workspace
from gengang.facts import Fact
from gengang.intake import settled_files, take_all_in
from gengang.ledger import Ledger
from gengang.manifest import KINDS, keep_manifest
from gengang.originals import archive_path, sha256_of
from gengang.settings import Settings
from tests.ledger.lines import AT, ME


def kept(settings: Settings, ledger: Ledger, **files: str) -> None:
    """Takes these files in and writes the manifest."""
    for name, content in files.items():
        (settings.inbox / f"{name}.docx").write_text(content, encoding="utf-8")
    take_all_in(settings, ledger, settled_files(settings), date(2016, 12, 6), ME, AT)
    keep_manifest(settings, ledger.read(kinds=KINDS))


def first_original(settings: Settings) -> Path:
    """An original, writable."""
    path = sorted(settings.archive.glob("[0-9a-f][0-9a-f]/*"))[0]
    path.chmod(0o644)
    return path


def test_the_manifest_has_a_line_for_each_original_and_no_name(settings: Settings, ledger: Ledger) -> None:
    kept(settings, ledger, 张三="甲", 李四="乙乙", 再次="甲")
    text = (settings.archive / "manifest.csv").read_text("ascii")
    header, *rows = csv.reader(text.splitlines())
    assert header == ["sha256", "size", "first_day"]
    assert sorted((row[1], row[2]) for row in rows) == [("3", "2016-12-06"), ("6", "2016-12-06")]
    assert all(sha256_of(archive_path(settings.archive, row[0])) == row[0] for row in rows)
    assert faults_of_workspace(settings, "originals") == ()


def test_a_template_stands_in_the_manifest_too(settings: Settings, ledger: Ledger) -> None:
    kept(settings, ledger, 张三="甲")
    data = b"template"
    path = settings.archive / "00" / "placeholder"
    path.parent.mkdir()
    path.write_bytes(data)
    sha256 = sha256_of(path)
    path.unlink()
    path.parent.rmdir()
    archive_path(settings.archive, sha256).parent.mkdir(exist_ok=True)
    archive_path(settings.archive, sha256).write_bytes(data)
    ledger.append([Fact("template", sha256, {"folder": "forms", "stem": "appraisal"}, ME, AT)])
    assert [fault.partition("：")[0] for fault in faults_of_workspace(settings, "originals")] == ["原件清单缺一行"]
    keep_manifest(settings, ledger.read(kinds=KINDS))
    assert f"{sha256},8,2016-12-06" in (settings.archive / "manifest.csv").read_text("ascii")
    assert faults_of_workspace(settings, "originals") == ()


def missing(settings: Settings) -> None:
    """An original is gone."""
    first_original(settings).unlink()


def changed(settings: Settings) -> None:
    """An original was written to."""
    first_original(settings).write_bytes(b"changed")


def stranger(settings: Settings) -> None:
    """Somebody put a file among the originals."""
    (first_original(settings).parent / ("f" * 64)).write_bytes(b"x")


def beside(settings: Settings) -> None:
    """Somebody put a file beside them."""
    (settings.archive / "备忘.txt").write_bytes(b"x")


def misplaced(settings: Settings) -> None:
    """An original lies in another's folder."""
    original = first_original(settings)
    other = settings.archive / ("00" if original.parent.name != "00" else "01")
    other.mkdir(exist_ok=True)
    (other / original.name).write_bytes(original.read_bytes())


def no_manifest(settings: Settings) -> None:
    """The manifest is gone."""
    (settings.archive / "manifest.csv").unlink()


def no_text(settings: Settings) -> None:
    """The manifest is no manifest."""
    (settings.archive / "manifest.csv").write_bytes(b"\xff\x00")


def rows_short(settings: Settings) -> None:
    """A row of the manifest is gone."""
    path = settings.archive / "manifest.csv"
    path.write_text("".join(path.read_text("ascii").splitlines(keepends=True)[:-1]), "ascii")


def rows_long(settings: Settings) -> None:
    """The manifest has a row that nothing stands for."""
    with (settings.archive / "manifest.csv").open("a", encoding="ascii") as manifest:
        manifest.write(f"{'e' * 64},1,2016-12-06\n")


def other_day(settings: Settings) -> None:
    """The manifest says another day."""
    path = settings.archive / "manifest.csv"
    path.write_text(path.read_text("ascii").replace("2016-12-06", "2016-12-07", 1), "ascii")


HARM: dict[Callable[[Settings], None], str] = {
    missing: "原件不见了：张三.docx",
    changed: "原件已被改动：张三.docx",
    stranger: "存档里有台账不认识的文件：archive/",
    beside: "存档里有台账不认识的文件：archive/备忘.txt",
    misplaced: "存档里有台账不认识的文件：archive/0",
    no_manifest: "原件清单 archive/manifest.csv 不见了",
    no_text: "原件清单 archive/manifest.csv 读不出来",
    rows_short: "原件清单缺一行",
    rows_long: f"原件清单多出一行，台账里没有：{'e' * 64}",
    other_day: "原件清单与台账不一致",
}


@pytest.mark.parametrize("harm", HARM, ids=lambda harm: harm.__name__)
def test_what_is_missing_changed_or_unknown_is_named(
    settings: Settings, ledger: Ledger, harm: Callable[[Settings], None]
) -> None:
    kept(settings, ledger, 张三="甲")
    harm(settings)
    [fault] = faults_of_workspace(settings, "originals")
    assert fault.startswith(HARM[harm])


def test_a_manifest_that_is_right_is_not_written_again(settings: Settings, ledger: Ledger) -> None:
    kept(settings, ledger, 张三="甲")
    written = (settings.archive / "manifest.csv").stat().st_mtime_ns
    keep_manifest(settings, ledger.read(kinds=KINDS))
    assert (settings.archive / "manifest.csv").stat().st_mtime_ns == written
