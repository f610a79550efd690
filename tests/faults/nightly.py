"""A process that runs nights over a workspace: one for each line it is given; run as a program by test_many_nights.

A line is a folder of new files for the inbox, or nothing. After each night it prints its exit code and how many
megabytes it holds then.
"""

import gc
import shutil
import sys
from pathlib import Path

from gengang.errors import GengangError
from gengang.processes import resident_megabytes
from tests.whole.samples import run, settings_for


def main(workspace: Path) -> None:
    """Nights until nothing is given any more."""
    settings = settings_for(workspace)
    for line in sys.stdin:
        if line.strip():
            shutil.copytree(line.strip(), settings.inbox, dirs_exist_ok=True)
        try:
            code = run(settings).exit_code
        except GengangError as fault:
            print(fault, file=sys.stderr)
            code = 2
        gc.collect()
        print(code, resident_megabytes(), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
