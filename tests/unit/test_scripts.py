"""scripts/run.sh and scripts/setup.sh as a clerk meets them: which workspace is taken, which exit codes are success."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETUP_FILES = ("packages.txt", "pyproject.toml", "requirements.lock", "requirements-dev.lock", "requirements-uv.lock")
SETUP_PROGRAMS = ("sh", "sed", "grep", "cat", "sha256sum", "cut", "cmp", "dirname", "python3")


def program(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A workspace with the scripts, an empty inbox, and a gengang that writes down how it was called."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / ".gitkeep").touch()
    program(
        tmp_path / ".venv/bin/gengang",
        'echo "$*" >> calls; if [ "$1" = sample ]; then mkdir "$2"; fi; exit "${CODE:-0}"',
    )
    return tmp_path


def run(tree: Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "CODE": str(code)}
    command = ["sh", "scripts/run.sh"]
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)


def calls(tree: Path) -> list[str]:
    return (tree / "calls").read_text(encoding="utf-8").splitlines()


SAMPLE_CALLS = [
    "sample sample-workspace --people 12 --seed 2016",
    "run --workspace sample-workspace",
    "issue --workspace sample-workspace",
]


def test_an_empty_workspace_takes_the_sample_and_says_so(tree: Path) -> None:
    ran = run(tree)
    assert calls(tree) == SAMPLE_CALLS
    assert "still empty" in ran.stdout


def test_the_sample_is_made_once(tree: Path) -> None:
    run(tree)
    run(tree)
    assert calls(tree) == [*SAMPLE_CALLS, *SAMPLE_CALLS[1:]]


@pytest.mark.parametrize("paper", ["roster.xlsx", "inbox/报名表.docx"])
def test_the_offices_own_papers_are_taken_as_soon_as_there_are_any(tree: Path, paper: str) -> None:
    (tree / paper).touch()
    ran = run(tree)
    assert calls(tree) == ["run --workspace .", "issue --workspace ."]
    assert "sample" not in ran.stdout


@pytest.mark.parametrize(("code", "exit_code", "commands"), [(0, 0, 3), (1, 0, 3), (2, 2, 1), (137, 137, 1)])
def test_things_for_a_person_are_success_and_a_fault_stops(
    tree: Path, code: int, exit_code: int, commands: int
) -> None:
    assert run(tree, code).returncode == exit_code
    assert len(calls(tree)) == commands


@pytest.fixture
def bare(tree: Path) -> Path:
    """A tree beside a folder of the few programs that a bare machine has, for a user who may not install anything."""
    for name in SETUP_FILES:
        shutil.copy(ROOT / name, tree)
    shutil.rmtree(tree / ".venv")
    for name in SETUP_PROGRAMS:
        found = shutil.which(name, path=os.pathsep.join(["/usr/bin", "/bin", os.environ["PATH"]]))
        assert found, name
        (tree / "bin").mkdir(exist_ok=True)
        (tree / "bin" / name).symlink_to(found)
    program(tree / "bin/id", "echo 1000")
    program(tree / "bin/dpkg-query", "exit 1")
    return tree


def setup(bare: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(bare / "bin")}
    command = ["sh", "scripts/setup.sh", "run"]
    return subprocess.run(command, cwd=bare, env=environment, capture_output=True, text=True, check=False)


def commands_said(ran: subprocess.CompletedProcess[str]) -> list[str]:
    return [line.strip() for line in ran.stderr.splitlines() if line.startswith("  ")]


def test_setup_that_may_not_install_says_the_one_command_and_stops(bare: Path) -> None:
    ran = setup(bare)
    assert ran.returncode == 2, ran.stderr
    [command] = commands_said(ran)
    assert command.startswith("su -c 'sh scripts/apt-install.sh libreoffice-writer-nogui ")
    assert not (bare / ".venv").exists()


def test_a_sudo_that_asks_for_a_password_is_named_and_never_waited_for(bare: Path) -> None:
    program(bare / "bin/sudo", 'if [ "$1" = -n ]; then exit 1; fi; sleep 60')
    [command] = commands_said(setup(bare))
    assert command.startswith("sudo sh scripts/apt-install.sh ")


def test_setup_without_any_python_asks_for_it(bare: Path) -> None:
    (bare / "bin/python3").unlink()
    [command] = commands_said(setup(bare))
    assert " python3 python3-venv" in command
