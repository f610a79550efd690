"""docs/extending.md is typed as it stands, in one folder from top to bottom, and answers what it shows."""

import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from gengang.template import form_of
from tests.unit.test_docs import word_of

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
TRIES = re.findall(r"^```sh try\n(.*?)^```\n\n```text shown\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def drawn() -> list[str]:
    return re.findall(r"^```text drawn\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_what_is_typed_answers_what_is_shown(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "examples")
    shutil.copytree(ROOT / "templates" / "forms", tmp_path / "templates" / "forms")
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", "COLUMNS": "200"}
    assert len(TRIES) == PAGE.count("```sh try") == 4
    for script, shown in TRIES:
        ran = subprocess.run(
            ["sh", "-c", f"set -e\nexec 2>&1\n{script}"], cwd=tmp_path, env=environment, capture_output=True,
            text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert ran.stdout == shown


@pytest.mark.parametrize(("number", "file"), [(0, "form/home_visit.docx"), (1, "paper/家访通知.docx")])
def test_a_drawing_is_the_file_beside_it(number: int, file: str, tmp_path: Path) -> None:
    word_of(drawn()[number]).save(str(tmp_path / "drawn.docx"))
    here, there = (
        form_of(path.read_bytes(), "x") for path in (tmp_path / "drawn.docx", ROOT / "docs" / "examples" / file)
    )
    assert (here.rows, here.faults) == (there.rows, there.faults)


def test_the_rule_that_is_shown_is_the_one_in_the_file() -> None:
    [shown] = re.findall(r"^```toml rule\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert shown in (ROOT / "docs" / "examples" / "rule" / "home-visits.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", re.findall(r"^\| `([a-z_.]+)` \|", PAGE, re.MULTILINE))
def test_a_function_that_the_page_names_is_there_and_says_what_it_does(name: str) -> None:
    module, _, function = name.rpartition(".")
    assert getattr(import_module(module), function).__doc__
