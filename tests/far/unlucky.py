"""A worker that dies over some files, and is started again each time, as a service manager would.

`python -m tests.far.unlucky HUB`. Over a piece with a file whose name begins with `dead`, the worker ends as by
kill -9; over one that begins with `once`, the first time alone. Over one that begins with `slow`, it notes its number
in the share's `.slow` and waits to be killed, once; the second time it goes on.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from extractors.elsewhere import Bench, Piece, Trouble
from extractors.hub import run_worker
from extractors.jobs import Taken
from gengang.arrivals import write_whole
from gengang.originals import Folder
from gengang.processes import die_with
from gengang.settings import Limits

NOTE = ".slow"
WAIT_SECONDS = 60.0


class Unlucky(Bench):
    """Dies as it is told."""

    def __init__(self, share: Path) -> None:
        super().__init__(Folder(share), Limits(readers=1))
        self._note = share / NOTE

    def read(self, piece: Piece) -> tuple[Taken, ...] | Trouble:
        """Whatever is to happen, happens first."""
        names = [one.name for one in piece.wanted]
        if any(name.startswith("dead") for name in names):
            os.kill(os.getpid(), signal.SIGKILL)
        if any(name.startswith("once") for name in names) and self._noted():
            os.kill(os.getpid(), signal.SIGKILL)
        if any(name.startswith("slow") for name in names) and self._noted():
            time.sleep(WAIT_SECONDS)
        return super().read(piece)

    def _noted(self) -> bool:
        """Whether nobody was killed yet; whoever asks is next."""
        if self._note.exists():
            return False
        write_whole(self._note, [str(os.getpid()).encode()])
        return True


def work() -> None:
    """One worker at the hub, until it dies."""
    run_worker(sys.argv[1], "", Unlucky(Path(os.environ["GENGANG_ORIGINALS"])))


def main() -> None:
    """Keep one worker at the hub."""
    hub = sys.argv[1]
    if sys.argv[2:]:
        die_with(int(sys.argv[2]))
        work()
        return
    while True:
        subprocess.run([sys.executable, "-m", "tests.far.unlucky", hub, str(os.getpid())], check=False)


if __name__ == "__main__":
    main()
