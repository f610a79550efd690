"""Starts `issuer.py` in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from gengang.settings import Settings

ISSUER = Path(__file__).with_name("issuer.py")
ROOT = ISSUER.parents[2]


def started(mode: str, settings: Settings, name: str, count: int) -> subprocess.Popen[str]:
    """The process; its standard output is a pipe of text."""
    return subprocess.Popen(
        [sys.executable, str(ISSUER), mode, str(settings.workspace), settings.database_url or "", name, str(count)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
