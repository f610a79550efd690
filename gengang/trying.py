"""Trying again what may only be out of reach for a moment: a mailbox, a mail server, a share. Never a judgement."""

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")

NIGHT_WAITS = (20.0, 60.0)  # seconds before each further try of a run that nobody waits for


def tried(
    attempt: Callable[[], T],
    failed: Callable[[T], bool],
    waits: Sequence[float],
    sleep: Callable[[float], None] = time.sleep,
) -> T:
    """What the first attempt that did not fail gives, else the last one. waits: seconds before each further attempt."""
    got = attempt()
    for seconds in waits:
        if not failed(got):
            break
        sleep(seconds)
        got = attempt()
    return got
