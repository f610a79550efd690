"""The command line begins with what its command needs, and reads the same either way."""

import json
import subprocess
import sys
from pathlib import Path

from tests.unit.prints import docx_of

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("sqlalchemy", "cv2", "openpyxl", "pdfplumber", "pikepdf")
START = f"""
import sys
from gengang.start import main
try:
    main()
finally:
    print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)
"""


def started(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_reading_waits_for_no_other_command(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(docx_of("training_log"))
    alone = started(START, "read", str(file), "--json")
    assert (alone.returncode, alone.stderr.strip()) == (0, "[]")
    whole = started("from gengang.cli import main; main()", "read", "--json", str(file))
    assert json.loads(alone.stdout) == json.loads(whole.stdout)


def test_every_command_is_there_and_each_says_its_name() -> None:
    helped = started(START, "--help").stdout
    assert all(name in helped for name in ("read", "run", "forms", "status"))
    assert "Usage: gengang read" in started(START, "read", "--help").stdout
    nothing = started(START, "read")
    assert nothing.returncode == 2
    assert "Usage: gengang read" in nothing.stderr
