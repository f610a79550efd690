"""Children that the tests of the workers start: they do what they are told, good or bad."""

import os
import signal
import sys
import time

from gengang.workers import line_to


def main(parent: int) -> None:
    """Repeats the setup with each job; some jobs are mishaps."""
    line = line_to(parent)
    setup = line.hear()
    line.say("ready")
    while True:
        job = line.hear()
        if job == "die":
            os.kill(os.getpid(), signal.SIGSEGV)
        elif job == "loop":
            while True:
                pass
        elif job == "raise":
            raise LookupError("nobody foresaw it")
        elif job == "print":
            print("noise")
            os.write(1, b"more noise")
        elif job == "wait":
            time.sleep(0.4)
        line.say(("part", job))
        line.say((setup, job, os.getpid()))


def never(parent: int) -> None:
    """Is gone before it is ready."""
    line_to(parent)
    sys.exit(3)
