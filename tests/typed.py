"""`gengang …` as it is typed, in this process: an interpreter for each of many would cost more than what is tried."""

import sys
from collections.abc import Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from gengang.start import main


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command printed on standard output and standard error, and its exit code."""

    out: str
    err: str
    code: int

    @property
    def said(self) -> str:
        """All that it printed."""
        return self.out + self.err


def typed(words: Sequence[str], folder: Path | None = None) -> Answer:
    """A command in a folder, wide enough that no option's name is broken."""
    out, err = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patch, chdir(folder or Path()), redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["gengang", *words])
        patch.setenv("COLUMNS", "200")
        with pytest.raises(SystemExit) as left:
            main()
    return Answer(out.getvalue(), err.getvalue(), int(left.value.code or 0))
