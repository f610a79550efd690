"""The README's exit codes: what cannot run ends with 2 and a Chinese sentence, whichever command it is."""

import re
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import typer

from gengang.cli import app, main

# What a command needs beside a workspace; each is run in a folder that is none.
ARGUMENTS = {
    "choose": ["没有.docx", "--as", "form", "--why", "看过"],
    "decide": ["张三", "withdraw", "--why", "请求"],
    "erase": ["张三", "--why", "请求"],
    "forms check": ["没有.docx"],
    "papers print": ["没有"],
    "move": ["--to", "sqlite"],
    "restore": ["没有.zip", "新"],
    "undo": ["3", "--why", "放错"],
    "whatif": ["--set", "evaluation.pass_at=65"],
}
# They work without a workspace, or make one, and have their own tests.
ANYWHERE = {
    *("sample", "init", "read", "scheme presets", "doctor"),
    *("forms list", "forms blank", "papers list", "papers names"),
}


def commands(group: Any, before: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every command by its words."""
    inner = getattr(group, "commands", None)
    if inner is None:
        yield " ".join(before), group
    for name, one in (inner or {}).items():
        yield from commands(one, (*before, name))


COMMANDS = dict(commands(typer.main.get_command(app)))


def ended(words: list[str]) -> tuple[int, str]:
    said = StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stderr(said), redirect_stdout(said):
        patch.setattr(sys, "argv", ["gengang", *words])
        with pytest.raises(SystemExit) as left:
            main()
    return int(left.value.code or 0), said.getvalue()


def arguments(command: str) -> list[str]:
    """Those of the table, else a word for each that must be there."""
    if command in ARGUMENTS:
        return ARGUMENTS[command]
    needed = [one for one in COMMANDS[command].params if one.required]
    return [word for one in needed for word in ([] if one.param_type_name == "argument" else [one.opts[0]]) + ["1"]]


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - ANYWHERE))
def test_where_there_is_no_workspace_a_command_ends_with_2(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, said = ended([*command.split(), *arguments(command)])
    assert code == 2, said
    assert re.search(r"[\u4e00-\u9fff]", said) or "Usage" in said
    assert list(tmp_path.iterdir()) == []


def test_a_command_that_is_not_understood_ends_with_2() -> None:
    assert ended(["run", "--quickly"])[0] == 2
    assert ended(["没有"])[0] == 2


def test_a_command_is_excepted_while_it_is_there() -> None:
    assert set(COMMANDS) >= ANYWHERE | set(ARGUMENTS)
