"""What every command line of gengang shares: the terminal, progress, options, and how a result is told."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Protocol

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from gengang.errors import GengangError
from gengang.settings import Settings, settings_of

WorkspaceOption = Annotated[Path, typer.Option("--workspace", help="The workspace folder.")]
AsOfOption = Annotated[str, typer.Option("--as-of", help="Judge as of this day, YYYY-MM-DD.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output.")]
HERE = Path()
EVERY_SECONDS = 30.0
WORDS = Console(stderr=True, highlight=False)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """told(stage, done, total); bars on a terminal, plain lines in a log."""
    if not WORDS.is_terminal:
        yield PlainLines(lambda line: WORDS.print(line, markup=False, soft_wrap=True), time.monotonic).told
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=WORDS, transient=True) as bars:
        tasks = {}

        def told(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield told


class PlainLines:
    """Progress where nobody looks on: a stage is silent for half a minute, then says how far it is, and its end."""

    def __init__(self, say: Callable[[str], object], clock: Callable[[], float]) -> None:
        self.say = say
        self.clock = clock
        self.stage = ""
        self.due = 0.0
        self.spoke = False

    def told(self, stage: str, done: int, total: int) -> None:
        """A line when one is due, or when a stage that spoke comes to its end."""
        if stage != self.stage:
            self.stage, self.due, self.spoke = stage, self.clock() + EVERY_SECONDS, False
        if self.clock() >= self.due or (self.spoke and done >= total):
            self.say(f"{stage} {done}/{total}")
            self.due, self.spoke = self.clock() + EVERY_SECONDS, done < total


def settings_here(workspace: Path) -> Settings:
    """The settings of a workspace under this process's environment."""
    return settings_of(workspace, os.environ)


class Told(Protocol):
    """What a command did: sentences for the terminal, and the exit code."""

    @property
    def lines(self) -> tuple[str, ...]: ...

    @property
    def exit_code(self) -> int: ...


def ended_with(command: Callable[[], object]) -> None:
    """Run a command line; what is wrong with the program or its surroundings ends with its own exit code."""
    try:
        command()
    except GengangError as fault:
        WORDS.print(str(fault), style="bold red", markup=False, soft_wrap=True)
        sys.exit(fault.exit_code)


def say(written: Told) -> None:
    """Tell what a command wrote and end with its exit code."""
    for line in written.lines:
        WORDS.print(line, markup=False, soft_wrap=True)
    raise typer.Exit(written.exit_code)
