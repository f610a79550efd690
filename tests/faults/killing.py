"""What tests of killed processes share: the driver called, and moments drawn from a course."""

import os
import random
import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from tests.faults.killed import Moment

DRIVER = Path(__file__).with_name("killed.py")
ROOT = DRIVER.parents[2]
SOAK = bool(os.environ.get("GENGANG_SOAK"))
KILLED, FINISHED = "-9", "0"


def driver(arguments: list[str], given: str = "") -> str:
    """What the driver prints."""
    done = subprocess.run(
        [sys.executable, str(DRIVER), *arguments],
        input=given,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=7200,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def spread(moments: Sequence[Moment], count: int) -> list[Moment]:
    """So many drawn with a fixed seed, one from each stretch."""
    drawn = random.Random(2016)
    edges = [len(moments) * number // count for number in range(count + 1)]
    return [drawn.choice(moments[start:end]) for start, end in pairwise(edges)]
