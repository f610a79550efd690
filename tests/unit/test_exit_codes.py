"""The README's exit codes: what cannot run ends with 2 and a Chinese sentence, whichever command it is."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from gengang.cli import app
from tests.typed import typed

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
    *("forms list", "forms blank", "papers list", "papers names", "readers hub"),
}


def commands(group: Any, before: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every command by its words."""
    inner = getattr(group, "commands", None)
    if inner is None:
        yield " ".join(before), group
    for name, one in (inner or {}).items():
        yield from commands(one, (*before, name))


COMMANDS = dict(commands(typer.main.get_command(app)))


def arguments(command: str) -> list[str]:
    """Those of the table, else a word for each that must be there."""
    if command in ARGUMENTS:
        return ARGUMENTS[command]
    needed = [one for one in COMMANDS[command].params if one.required]
    return [word for one in needed for word in ([] if one.param_type_name == "argument" else [one.opts[0]]) + ["1"]]


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - ANYWHERE))
def test_where_there_is_no_workspace_a_command_ends_with_2(command: str, tmp_path: Path) -> None:
    answer = typed([*command.split(), *arguments(command)], tmp_path)
    assert answer.code == 2, answer.said
    assert re.search(r"[\u4e00-\u9fff]", answer.said) or "Usage" in answer.said
    assert list(tmp_path.iterdir()) == []


def test_a_command_that_is_not_understood_ends_with_2() -> None:
    assert typed(["run", "--quickly"]).code == 2
    assert typed(["没有"]).code == 2


def test_a_command_is_excepted_while_it_is_there() -> None:
    assert set(COMMANDS) >= ANYWHERE | set(ARGUMENTS)
