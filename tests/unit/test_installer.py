"""The installer over tiny bundles, with a real environment and real wheels: whole, or as it was before."""

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from scripts.bundle import Parts, app_of, packed, pip_wheel, windows_list
from scripts.installer import CURRENT, MANIFEST, VERSIONS, WHEELS, WORKSPACES

# The program's part in it: what it says of a workspace stands in a file there, and it writes down that it was asked.
START = """
import sys
from pathlib import Path
import tiny

def main():
    asked, place = sys.argv[1], Path(sys.argv[-1])
    if asked == "say":
        print("VERSION", tiny.NUMBER)
        return
    damaged = place / "damaged"  # says which version finds a fault
    wrong = BROKEN if asked == "doctor" else damaged.exists() and damaged.read_text() == str(tiny.NUMBER)
    if asked == "verify":
        (place / "opened").touch()
    print("✗ soffice：找不到" if wrong else "✓")
    sys.exit(2 if wrong else 0)
"""


def tiny_wheel(folder: Path, number: int) -> Path:
    """A wheel of one module that says a number."""
    path = folder / f"tiny-{number}-py3-none-any.whl"
    files = {
        "tiny.py": f"NUMBER = {number}\n",
        f"tiny-{number}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: tiny\nVersion: {number}\n",
        f"tiny-{number}.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    digests = {name: base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
               for name, text in files.items()}  # fmt: skip
    record = "".join(f"{name},sha256={digests[name]},{len(text.encode())}\n" for name, text in files.items())
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in {**files, f"tiny-{number}.dist-info/RECORD": record}.items():
            wheel.writestr(zipfile.ZipInfo(name), text)
    return path


def bundle(folder: Path, number: int, broken: bool = False, lock: str = "") -> Path:
    """A bundle, unpacked. broken: its check-up fails; lock: in place of the true one."""
    tree = folder / f"tree-{number}"
    (tree / "gengang").mkdir(parents=True)
    (tree / "gengang" / "__init__.py").touch()
    (tree / "gengang" / "start.py").write_text(f"BROKEN = {broken}\n{START}", encoding="utf-8")
    wheel = tiny_wheel(tree, number)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    lock = lock or f"tiny=={number} \\\n    --hash=sha256:{digest}\n"
    names = ["gengang/__init__.py", "gengang/start.py"]
    parts = Parts(app_of(tree, names), lock, (wheel,), pip_wheel(), (), (), str(number))
    archive = packed(parts, folder)
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return folder / archive.stem


def ran(program: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    # An index that answers nobody: whatever is wanted from it fails at once.
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "https_proxy": "http://127.0.0.1:9", "PYTHONUTF8": "1"}
    command = [sys.executable, program / "install.py", *words]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, env={**os.environ, **nowhere}
    )


def says(target: Path) -> str:
    """Which version answers."""
    return subprocess.run([target / "gengang", "say", "x"], capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundle(tmp_path_factory.mktemp("one"), 1)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundle(tmp_path_factory.mktemp("two"), 2)


def test_a_bundle_installs_upgrades_and_rolls_back_and_reads_workspaces_only(
    one: Path, two: Path, tmp_path: Path
) -> None:
    target, workspace = tmp_path / "装在这里", tmp_path / "跟岗2016"
    workspace.mkdir()
    sqlite = workspace / "gengang.db"
    subprocess.run(
        [sys.executable, "-c", f"import sqlite3; sqlite3.connect({str(sqlite)!r}).execute('create table t(a)')"],
        check=True,
    )
    first = ran(one, "install", target, "--workspace", workspace)
    assert (first.returncode, says(target)) == (0, "VERSION 1"), first.stderr
    assert ran(one, "install", target).stdout.endswith("未作改动。\n")
    before = {path: path.read_bytes() for path in workspace.iterdir()}
    (target / VERSIONS / two.name / ".venv").mkdir(parents=True)  # as a killed installation leaves it
    second = ran(two, "install", target)
    assert (second.returncode, says(target)) == (0, "VERSION 2"), second.stderr
    # The old version verified in its place, the new one on a copy: what the copy's program wrote is not here.
    assert {path: path.read_bytes() for path in workspace.iterdir() if path.name != "opened"} == before
    assert (target / WORKSPACES).read_text(encoding="utf-8") == f"{workspace}\n"
    assert ran(target, "rollback", target).returncode == 0
    assert says(target) == "VERSION 1"
    assert ran(target, "rollback", target).returncode == 0
    assert says(target) == "VERSION 2"


@pytest.fixture(scope="module")
def installed(one: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Version 1, which every test that shares it leaves as it is."""
    target = tmp_path_factory.mktemp("shared") / "target"
    assert ran(one, "install", target).returncode == 0
    return target


def stays(target: Path) -> None:
    """Version 1 answers, and nothing of another one is left."""
    assert says(target) == "VERSION 1"
    assert [path.name.split("-")[1] for path in (target / VERSIONS).iterdir()] == ["1"]


def test_an_upgrade_whose_check_up_fails_leaves_the_old_version(installed: Path, tmp_path: Path) -> None:
    ended = ran(bundle(tmp_path, 3, broken=True), "install", installed)
    assert ended.returncode == 2
    assert "已退回" in ended.stderr
    assert "soffice" in ended.stderr
    stays(installed)


def test_a_wheel_that_the_lock_does_not_know_leaves_the_old_version(installed: Path, tmp_path: Path) -> None:
    lock = f"tiny==4 \\\n    --hash=sha256:{'0' * 64}\n"
    ended = ran(bundle(tmp_path, 4, lock=lock), "install", installed)
    assert ended.returncode == 2
    stays(installed)


@pytest.mark.parametrize("damage", ["changed", "gone", "no manifest"])
def test_a_damaged_bundle_changes_nothing(two: Path, installed: Path, tmp_path: Path, damage: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(two, copy)
    [wheel] = (copy / WHEELS).glob("tiny-*")
    if damage == "changed":
        wheel.write_bytes(wheel.read_bytes()[:-1] + b"x")
    else:
        (wheel if damage == "gone" else copy / MANIFEST).unlink()
    ended = ran(copy, "install", installed)
    assert ended.returncode == 2
    assert (wheel.name if damage != "no manifest" else MANIFEST) in ended.stderr
    stays(installed)


def test_a_bundle_for_another_python_is_refused(two: Path, installed: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(two, copy)
    said = json.loads((copy / MANIFEST).read_text(encoding="utf-8"))
    (copy / MANIFEST).write_text(json.dumps({**said, "python": "3.99"}), encoding="utf-8")
    ended = ran(copy, "install", installed)
    assert ended.returncode == 2
    assert "python3.99" in ended.stderr
    stays(installed)


def test_a_workspace_that_the_new_version_cannot_verify_keeps_the_old_one(
    two: Path, installed: Path, tmp_path: Path
) -> None:
    workspace = tmp_path / "ws"
    workspace.mkdir()
    (workspace / "gengang.db").touch()
    (workspace / "damaged").write_text("2", encoding="utf-8")
    ended = ran(two, "install", installed, "--workspace", workspace)
    assert ended.returncode == 2
    assert "副本" in ended.stderr
    stays(installed)


def test_there_is_no_way_back_from_the_first_version(installed: Path) -> None:
    assert ran(installed, "rollback", installed).returncode == 2
    assert (installed / CURRENT).read_text(encoding="utf-8").splitlines()[1] == ""


def test_the_same_parts_give_the_same_archive(tmp_path: Path, one: Path) -> None:
    again = bundle(tmp_path, 1)
    assert again.name == one.name
    assert Path(f"{again}.tar").read_bytes() == Path(f"{one}.tar").read_bytes()


def test_what_windows_would_need_is_listed() -> None:
    lock = (
        "lxml==6.0 \\\n    --hash=sha256:0\nuvloop==1 ; sys_platform != 'win32' \\\n    --hash=sha256:1\ntyper==2 \\\n"
    )
    listed = windows_list(lock, [Path("typer-2-py3-none-any.whl"), Path("lxml-6.0-cp311-cp311-linux_x86_64.whl")])
    assert listed.splitlines()[1:] == ["lxml==6.0  win_amd64", "typer==2  通用"]
